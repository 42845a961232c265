"""The vocabulary: byte pairs of GPT-2's kind learnt from our own sentences, then Whisper's special tokens in order."""

import random

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from .sentences import Grammar

# Text tokens: 256 bytes and what common words and endings need; more would cost a tenth of the model.
TEXT_TOKENS = 700
SECONDS = 10
TIMES_PER_SECOND = 50
CONTROLS = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
            "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
END, START, ENGLISH, TRANSLATE, TRANSCRIBE, START_OF_MODEL, PREVIOUS, NO_SPEECH, NO_TIMES = (
    TEXT_TOKENS + index for index in range(len(CONTROLS)))
FIRST_TIME = NO_TIMES + 1
TIME_TOKENS = SECONDS * TIMES_PER_SECOND + 1
VOCABULARY = FIRST_TIME + TIME_TOKENS


def make_tokenizer(seed=1, sentences=60_000):
    """Learns the byte pairs; the same seed gives the same tokens."""
    grammar = Grammar(random.Random(seed))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=TEXT_TOKENS, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
    # A space before each, since Whisper's texts begin with one.
    tokenizer.train_from_iterator((" " + grammar.sentence() for _ in range(sentences)), trainer)
    if tokenizer.get_vocab_size() != TEXT_TOKENS:
        raise RuntimeError(f"{tokenizer.get_vocab_size()} text tokens instead of {TEXT_TOKENS}")
    times = [f"<|{index / TIMES_PER_SECOND:.2f}|>" for index in range(TIME_TOKENS)]
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in CONTROLS])
    # As in Whisper's own files, the times are no special tokens, so that they can be kept in a decoded text.
    tokenizer.add_tokens([AddedToken(name, special=False, normalized=False) for name in times])
    return tokenizer
