#!/usr/bin/env python3
"""A full-size Whisper with random weights: make_whisper.py FOLDER tiny|base|small [--tokenizer FOLDER]

Writes the files of openai/whisper-tiny (or -base, -small) with weights drawn by a fixed seed. Needs
torch and transformers. `--tokenizer` names a folder with the tokenizer.json of any multilingual
Whisper; without it, words are made up. The words that such a model writes mean nothing.
"""

import argparse
import json
from pathlib import Path

import torch
from transformers import WhisperConfig, WhisperForConditionalGeneration
from transformers.models.whisper.configuration_whisper import NON_SPEECH_TOKENS_MULTI
from transformers.models.whisper.tokenization_whisper import LANGUAGES

WIDTHS = {"tiny": (384, 4), "base": (512, 6), "small": (768, 12)}  # width, layers of each side
HEADS = {  # the published alignment heads
    "tiny": [[2, 2], [3, 0], [3, 2], [3, 3], [3, 4], [3, 5]],
    "base": [[3, 1], [4, 2], [4, 3], [4, 7], [5, 1], [5, 2], [5, 4], [5, 6]],
    "small": [[5, 3], [5, 9], [8, 0], [8, 4], [8, 7], [8, 8], [9, 0], [9, 7], [9, 9], [10, 5]]}
END, START, TRANSLATE, TRANSCRIBE, PREVIOUS, NO_TIMES = 50257, 50258, 50358, 50359, 50361, 50363
CODES = [code for code in LANGUAGES if code != "yue"]  # large-v3 was the first to know it


def config(size):
    width, layers = WIDTHS[size]
    return WhisperConfig(
        d_model=width, encoder_layers=layers, decoder_layers=layers,
        encoder_attention_heads=width // 64, decoder_attention_heads=width // 64,
        encoder_ffn_dim=4 * width, decoder_ffn_dim=4 * width, vocab_size=51865,
        bos_token_id=END, eos_token_id=END, pad_token_id=END, decoder_start_token_id=START,
        suppress_tokens=None, begin_suppress_tokens=[220, END])


def generation(size):
    return {
        "alignment_heads": HEADS[size], "begin_suppress_tokens": [220, END], "bos_token_id": END,
        "decoder_start_token_id": START, "eos_token_id": END,
        "forced_decoder_ids": [[1, None], [2, TRANSCRIBE]],
        "is_multilingual": True,
        "lang_to_id": {f"<|{code}|>": START + 1 + i for i, code in enumerate(CODES)},
        "max_initial_timestamp_index": 50, "max_length": 448, "no_timestamps_token_id": NO_TIMES,
        "pad_token_id": END, "prev_sot_token_id": PREVIOUS, "return_timestamps": False,
        "suppress_tokens": sorted({*NON_SPEECH_TOKENS_MULTI, TRANSLATE, TRANSCRIBE}),
        "task_to_id": {"transcribe": TRANSCRIBE, "translate": TRANSLATE}}


def special_tokens():
    """From the end token to 30.00 seconds, in the order of their ids."""
    names = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{code}|>" for code in CODES),
             "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
             "<|nospeech|>", "<|notimestamps|>"]
    return names + [f"<|{i * 0.02:.2f}|>" for i in range(1501)]


def letters_of_bytes():
    """GPT-2's printable stand-ins for the 256 bytes."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(b) for b in kept] + [chr(256 + i) for i in range(256 - len(kept))]


def made_up_words():
    """Every byte, 50,000 words that are a pair of earlier ones, and the empty one, as published."""
    letters = letters_of_bytes()
    words, pairs, have = list(letters), [], set(letters)
    for right in letters:
        for left in list(words):
            if len(words) == END - 1:
                break
            if left + right not in have:
                have.add(left + right)
                words.append(left + right)
                pairs.append(f"{left} {right}")
    return {word: i for i, word in enumerate([*words, ""])}, pairs


def template():
    """What the published file puts around a text."""
    tokens = {"<|startoftranscript|>": START, "<|notimestamps|>": NO_TIMES, "<|endoftext|>": END}
    def special(name):
        return {"SpecialToken": {"id": name, "type_id": 0}}
    def text(letter):
        return {"Sequence": {"id": letter, "type_id": 0}}
    before = [special("<|startoftranscript|>"), special("<|notimestamps|>")]
    return {"type": "TemplateProcessing", "single": [*before, text("A"), special("<|endoftext|>")],
            "pair": [*before, text("A"), text("B"), special("<|endoftext|>")],
            "special_tokens": {name: {"id": name, "ids": [number], "tokens": [name]}
                               for name, number in tokens.items()}}


def tokenizer(folder):
    whole = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
             "use_regex": True}
    if folder:
        model = json.load(open(Path(folder) / "tokenizer.json"))["model"]
    else:
        vocabulary, merges = made_up_words()
        model = {"type": "BPE", "dropout": None, "unk_token": "", "continuing_subword_prefix": "",
                 "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False,
                 "vocab": vocabulary, "merges": merges}
    added = [{"id": END + i, "content": name, "single_word": False, "lstrip": False,
              "rstrip": False, "normalized": False, "special": END + i <= NO_TIMES}
             for i, name in enumerate(special_tokens())]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
            "normalizer": None, "pre_tokenizer": whole, "post_processor": template(),
            "decoder": whole, "model": model}


def main(folder, size, words):
    folder = Path(folder)
    torch.manual_seed(0)
    model = WhisperForConditionalGeneration(config(size)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embed_positions" in name:
                continue
            if "embed_tokens" in name:
                parameter.normal_(std=0.2)
            elif parameter.dim() > 1:
                parameter.normal_(std=1.5 / parameter[0].numel() ** 0.5)
    model.save_pretrained(folder)
    mel = {"chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor",
           "feature_size": 80, "hop_length": 160, "n_fft": 400, "n_samples": 480000,
           "nb_max_frames": 3000, "padding_side": "right", "padding_value": 0.0,
           "processor_class": "WhisperProcessor", "return_attention_mask": False,
           "sampling_rate": 16000}
    json.dump(mel, open(folder / "preprocessor_config.json", "w"), indent=2)
    json.dump(generation(size), open(folder / "generation_config.json", "w"), indent=2)
    json.dump(tokenizer(words), open(folder / "tokenizer.json", "w"),
              indent=2, ensure_ascii=False)
    json.dump({"tokenizer_class": "WhisperTokenizer", "model_max_length": 1024, "errors": "replace",
               "add_prefix_space": False, "eos_token": "<|endoftext|>",
               "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"},
              open(folder / "tokenizer_config.json", "w"), indent=2)


if __name__ == "__main__":
    reader = argparse.ArgumentParser()
    reader.add_argument("folder")
    reader.add_argument("size", choices=list(WIDTHS))
    reader.add_argument("--tokenizer")
    given = reader.parse_args()
    main(given.folder, given.size, given.tokenizer)
