#!/usr/bin/env python3
"""Tiny Whisper checkpoints with random weights, and what the references make of them stage by stage.

    python3 -m venv .venv
    .venv/bin/pip install torch==2.15.0 transformers==5.24.0 openai-whisper==20250625
    .venv/bin/python make_whisper_fixtures.py  # writes whisper-tiny/ and whisper-tiny.en/ beside itself

Mel, encoder and logits are those of `transformers`; decoding and its rules those of
`openai/whisper`, which runs with the same weights. The weights are drawn with a fixed seed and
bent so that texts end by themselves and times follow each other; nothing is trained. whisper-tiny
is stored in F16 with a `tokenizer.json` that knows the times; whisper-tiny.en in BF16, with the
older `vocab.json`, `merges.txt` and `added_tokens.json` that do not. The references compute in F32
with the rounded weights.
"""

import importlib
import json
import shutil
from pathlib import Path

import numpy as np
import tiktoken
import torch
import whisper
import whisper.decoding
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutput
from whisper.decoding import (ApplyTimestampRules, DecodingOptions, MaximumLikelihoodRanker)
from whisper.tokenizer import LANGUAGES
from whisper.utils import compression_ratio

HERE = Path(__file__).parent
# A function of that name hides the module.
transcribing = importlib.import_module("whisper.transcribe")
SECONDS = 2.0
SENTENCES = [
    "The ramp at the corner was made for wheelchairs, and everyone uses it.",
    "And so the old clock in the hall struck nine, then ten, while nobody listened.",
    "I can't hear what they're saying; it's too loud in here, isn't it?",
    "In 1984 the train left at 7:45 - or was it 8:15? Nobody knows (yet).",
    "Grüße aus Köln, ça va très bien, ¿qué tal?", "東京の駅で犬が待っている。",
    "<< >> <<< >>> -- --- [[ ]] {{ }} ♪♪ ♪♪♪ \"quoted\" #1 50% *so* a/b = c_d ~ 「はい」『いいえ』",
]


def specials(languages):
    return (["<|endoftext|>", "<|startoftranscript|>"] + [f"<|{code}|>" for code in languages]
            + ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
               "<|nospeech|>", "<|notimestamps|>"])


TIMES = [f"<|{i * 0.02:.2f}|>" for i in range(1501)]


def byte_pairs():
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(SENTENCES * 3, trainers.BpeTrainer(
        vocab_size=400, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False))
    return made


def encoding(made, special):
    """The same tokens for `openai/whisper`: a token's rank is its id."""
    back = {c: b for b, c in byte_letters().items()}
    ranks = {bytes(back[c] for c in token): id for token, id in made.get_vocab().items()}
    return tiktoken.Encoding(
        name="tiny", explicit_n_vocab=len(ranks) + len(special), mergeable_ranks=ranks,
        pat_str=r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""",
        special_tokens={token: len(ranks) + i for i, token in enumerate(special)})


def byte_letters():
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(others)}


def draw_weights(model, seed, first_time, end, time_bias, time_fall, end_bias):
    """Times fall off from the first on, and the end grows likelier along the text."""
    generator = torch.Generator().manual_seed(seed)

    def noise(*shape):
        return torch.randn(shape, generator=generator)

    width = model.config.d_model
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            if name == "model.encoder.embed_positions.weight":
                continue  # sinusoids, as published
            drawn = noise(*parameter.shape)
            if "norm" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.1 * drawn)
            elif name.endswith("bias"):
                parameter.copy_(0.1 * drawn)
            elif "embed" in name:
                parameter.copy_((1.5 if "position" in name else 0.5) * drawn)
            else:
                parameter.copy_(2.0 * drawn / parameter[0].numel() ** 0.5)
        decoder = model.model.decoder
        constant, growing = torch.zeros(width), torch.zeros(width)
        constant[3], growing[5] = 1, 1
        decoder.layer_norm.bias += 2 * constant
        count = model.config.max_target_positions
        decoder.embed_positions.weight += torch.linspace(0, 60, count)[:, None] * growing
        words = decoder.embed_tokens.weight
        words[:, 5] *= 0.2
        words[end, 5] += 3.4
        words[end, 3] -= end_bias
        words[end + 1:first_time] *= 0.4
        words[first_time:] *= 0.55
        words[first_time:, 3] += time_bias - time_fall * torch.linspace(0, 1, 1501)
    return model.eval()


def sound():
    """Two tones that glide, a hiss between them and silence at the end; exact in 16 bits."""
    t = torch.arange(int(16_000 * SECONDS), dtype=torch.float64) / 16_000
    rate = torch.where(t < 0.7, 180 + 900 * t, 2500 - 1200 * t)
    voice = torch.sin(2 * torch.pi * torch.cumsum(rate, 0) / 16_000)
    hiss = torch.rand(t.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64) - 0.5
    loud = torch.where(t < 0.7, 0.4, torch.where(t < 0.9, 0.0, torch.where(t < 1.6, 0.2, 0.0)))
    return (loud * voice + torch.where((t > 0.65) & (t < 1.0), 0.05, 0.0) * hiss).half()


def openai_model(model, first_time):
    """The same weights in `openai/whisper`'s own code."""
    c = model.config
    dims = whisper.model.ModelDimensions(
        c.num_mel_bins, c.max_source_positions, c.d_model, c.encoder_attention_heads,
        c.encoder_layers, c.vocab_size, c.max_target_positions, c.d_model,
        c.decoder_attention_heads, c.decoder_layers)

    class Tiny(whisper.model.Whisper):
        is_multilingual = property(lambda self: self.many)
        num_languages = property(lambda self: 99)

    made = Tiny(dims)
    renames = [
        ("model.", ""), ("layers.", "blocks."), ("self_attn_layer_norm", "attn_ln"),
        ("encoder_attn_layer_norm", "cross_attn_ln"), ("final_layer_norm", "mlp_ln"),
        ("encoder_attn", "cross_attn"), ("self_attn", "attn"), ("q_proj", "query"),
        ("k_proj", "key"), ("v_proj", "value"), ("out_proj", "out"), ("fc1", "mlp.0"),
        ("fc2", "mlp.2"), ("embed_tokens", "token_embedding"),
        ("encoder.embed_positions.weight", "encoder.positional_embedding"),
        ("decoder.embed_positions.weight", "decoder.positional_embedding"),
        ("encoder.layer_norm", "encoder.ln_post"), ("decoder.layer_norm", "decoder.ln"),
    ]
    state = {}
    for name, tensor in model.state_dict().items():
        if name.startswith("proj_out"):
            continue
        for old, new in renames:
            name = name.replace(old, new)
        state[name] = tensor
    made.load_state_dict(state)
    return made.eval()


def use_tokenizer(words, many):
    """Has `openai/whisper` speak with the tiny vocabulary."""
    def get(multilingual, *, num_languages=99, language=None, task=None):
        return whisper.tokenizer.Tokenizer(
            encoding=words, num_languages=99, language=(language or "en") if many else None,
            task=(task or "transcribe") if many else None)

    whisper.decoding.get_tokenizer = transcribing.get_tokenizer = get
    return get


def result(found):
    return {"tokens": found.tokens, "text": found.text, "meanLogProbability": found.avg_logprob,
            "noSpeech": found.no_speech_prob, "compressionRatio": found.compression_ratio,
            "language": found.language}


def segments(model, mel, seconds, **options):
    """What the first window of `transcribe` holds; silence is as `transformers` pads it."""
    frames = int(seconds * 100)
    silence = mel[:, -1:]

    def padded(array, length=3000, axis=-1):
        return torch.cat([array[:, :length], silence.expand(-1, max(0, length - array.shape[1]))], 1)

    transcribing.log_mel_spectrogram = lambda *_, **__: torch.cat(
        [mel[:, :frames], silence.expand(-1, 3000)], 1)
    transcribing.pad_or_trim = padded
    made = transcribing.transcribe(
        model, np.zeros(0, np.float32), fp16=False, verbose=None, temperature=0.0,
        logprob_threshold=None, no_speech_threshold=None, compression_ratio_threshold=None,
        **options)
    first = [s for s in made["segments"] if s["seek"] == 0]
    later = [s["seek"] for s in made["segments"] if s["seek"] > 0]
    return {"segments": [{"start": s["start"], "end": s["end"], "text": s["text"],
                          "tokens": s["tokens"]} for s in first],
            "settled": min(later, default=frames) / 100}


def ranges(ids):
    """Ids as [first, last] pairs."""
    made = []
    for id in ids:
        if made and made[-1][1] == id - 1:
            made[-1][1] = id
        else:
            made.append([id, id])
    return made


def formula(count, seed):
    """Numbers that any language makes alike."""
    return torch.tensor([((i * 7919 + seed * 104729) % 1009) / 50 for i in range(count)])


def rules(tokenizer, vocabulary):
    """Which tokens the timestamp rules leave after some texts, on logits of `formula`."""
    begin, text = tokenizer.timestamp_begin, 40
    cases = []
    for seed, after in enumerate([
            [], [begin], [begin + 50], [begin, text], [begin, text, text + 1],
            [begin, text, begin + 70], [begin, text, begin + 70, begin + 70],
            [begin, text, begin + 70, begin + 70, text], [begin, text, begin + 1500],
            [begin + 3, text, begin + 3], [text], [text, text], [text, begin + 9]]):
        for boost in [0, 12]:
            logits = formula(vocabulary, seed)[None]
            logits[:, begin:] -= 12 - boost
            prompt = [tokenizer.sot, 1, 2]
            ApplyTimestampRules(tokenizer, len(prompt), 50).apply(
                logits, torch.tensor([prompt + after]))
            allowed = torch.isfinite(logits[0]).nonzero()[:, 0].tolist()
            cases.append({"after": after, "seed": seed, "boost": boost, "allowed": ranges(allowed)})
    return cases


def ranks():
    cases = []
    for penalty in [None, 0.0, 0.6, 1.0]:
        lengths, sums = [3, 9, 30, 1], [-2.0, -5.5, -17.0, -0.9]
        best = MaximumLikelihoodRanker(penalty).rank([[[0] * n for n in lengths]], [sums])[0]
        cases.append({"penalty": penalty, "lengths": lengths, "sums": sums, "best": int(best)})
    return cases


def ratios():
    texts = ["Hello.", "the same, the same, the same, the same, the same, the same",
             "東京の駅で犬が待っている。", " ".join(SENTENCES), "ha" * 300]
    return [{"text": text, "ratio": compression_ratio(text)} for text in texts]


def generation_config(folder, ids, suppressed, model, many):
    heads = [[0, 1], [1, 0], [1, 3]] if many else [[0, 1]]
    common = {
        "alignment_heads": heads, "begin_suppress_tokens": [ids(" "), ids("<|endoftext|>")],
        "bos_token_id": ids("<|endoftext|>"), "eos_token_id": ids("<|endoftext|>"),
        "pad_token_id": ids("<|endoftext|>"),
        "decoder_start_token_id": ids("<|startoftranscript|>"), "max_initial_timestamp_index": 50,
        "max_length": model.config.max_target_positions,
        "no_timestamps_token_id": ids("<|notimestamps|>"), "return_timestamps": False,
        "suppress_tokens": suppressed, "transformers_version": "4.31.0.dev0"}
    if many:
        common |= {
            "is_multilingual": True,
            "lang_to_id": {f"<|{code}|>": ids(f"<|{code}|>") for code in LANGUAGES
                           if ids(f"<|{code}|>") is not None},
            "task_to_id": {task: ids(f"<|{task}|>") for task in ["transcribe", "translate"]},
            "prev_sot_token_id": ids("<|startofprev|>")}
    else:
        common |= {"forced_decoder_ids": [[1, ids("<|notimestamps|>")]], "is_multilingual": False}
    (folder / "generation_config.json").write_text(json.dumps(common) + "\n")


def save_weights(model, folder, type):
    rounded = {name: tensor.to(type) for name, tensor in model.state_dict().items()
               if name != "proj_out.weight"}
    model.load_state_dict({name: tensor.float() for name, tensor in rounded.items()}, strict=False)
    model.tie_weights()
    save_file({name: tensor.contiguous() for name, tensor in rounded.items()},
              folder / "model.safetensors", metadata={"format": "pt"})


def settle(folder, model, type):
    model.config.dtype = type
    config = model.config.to_dict()
    for name in ["transformers_version", "_name_or_path"]:
        config.pop(name, None)
    config["architectures"] = ["WhisperForConditionalGeneration"]
    config["dtype"] = str(type).removeprefix("torch.")
    (folder / "config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")


def model_of(vocabulary, layers, width, heads, ids, mels=80):
    end = ids("<|endoftext|>")
    return WhisperForConditionalGeneration(WhisperConfig(
        vocab_size=vocabulary, d_model=width, encoder_layers=layers, decoder_layers=layers,
        encoder_attention_heads=heads, decoder_attention_heads=heads, encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width, num_mel_bins=mels, bos_token_id=end, eos_token_id=end,
        pad_token_id=end, decoder_start_token_id=ids("<|startoftranscript|>"),
        suppress_tokens=None, begin_suppress_tokens=None, attn_implementation="eager"))


@torch.no_grad()
def many_languages(seed=26):
    folder = HERE / "whisper-tiny"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made = byte_pairs()
    special = specials(list(LANGUAGES)[:99]) + TIMES
    words = encoding(made, special)
    made.add_special_tokens(special[:-len(TIMES)])
    made.add_tokens([AddedToken(time, normalized=True) for time in TIMES])
    ids = made.token_to_id
    made.post_processor = processors.TemplateProcessing(
        single="<|startoftranscript|> <|notimestamps|> $A <|endoftext|>",
        special_tokens=[(t, ids(t)) for t in [
            "<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>"]])
    made.save(str(folder / "tokenizer.json"), pretty=False)
    id = lambda text: ids(text) if text != " " else ids("Ġ")
    model = draw_weights(
        model_of(len(made.get_vocab()), 2, 32, 4, id), seed, ids("<|0.00|>"),
        ids("<|endoftext|>"), time_bias=1.9, time_fall=22.0, end_bias=1.6)
    save_weights(model, folder, torch.float16)
    settle(folder, model, torch.float16)
    extractor = WhisperFeatureExtractor(feature_size=80)
    extractor.save_pretrained(folder)
    samples = sound()
    features = extractor(samples.float().numpy(), sampling_rate=16_000, return_tensors="pt")
    mel = features.input_features[0]

    tokenizer = use_tokenizer(words, many=True)(True, language="en", task="transcribe")
    suppressed = sorted(set(tokenizer.non_speech_tokens) | {
        tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev,
        tokenizer.sot_lm, tokenizer.no_speech})
    generation_config(folder, id, suppressed, model, many=True)

    seen = model.model.encoder(mel[None], output_hidden_states=True)
    tensors = {"samples": samples, "mel": mel.T[:int(SECONDS * 100) + 4]}
    silent = mel[:, -1]
    assert torch.equal(mel[:, int(SECONDS * 100) + 3:], silent[:, None].expand(
        -1, mel.shape[1] - int(SECONDS * 100) - 3))
    for i, state in enumerate(seen.hidden_states[:-1] + (seen.last_hidden_state,)):
        tensors[f"hidden.{i}"] = state[0, ::25]
    forced = ([tokenizer.sot_prev] + words.encode(" The old clock") + list(tokenizer.sot_sequence)
              + [tokenizer.timestamp_begin] + words.encode(" I can't hear it.")
              + [tokenizer.timestamp_begin + 77])
    logits = model(
        encoder_outputs=BaseModelOutput(seen.last_hidden_state),
        decoder_input_ids=torch.tensor([forced])).logits[0]
    tensors["logits.first"] = model(
        encoder_outputs=BaseModelOutput(seen.last_hidden_state),
        decoder_input_ids=torch.tensor([[tokenizer.sot]])).logits[0]
    tensors["logits.forced"] = logits[:, ::7]

    twin = openai_model(model, tokenizer.timestamp_begin)
    twin.many = True
    options = {"language": "en", "fp16": False}
    _, languages = twin.detect_language(mel)
    facts = {"forced": forced, "silence": float(silent[0]), "languages": languages,
             "suppressed": suppressed, "prompt": "The old clock, 1984."}
    prompt = {"prompt": facts["prompt"]}
    context = words.encode(" nobody listened.")
    facts["context"] = context
    for name, extra in {
        "greedy": {}, "plain": {"without_timestamps": True}, "german": {"language": "de"},
        "guessed": {"language": None}, "translated": {"task": "translate"},
        "beam5": {"beam_size": 5}, "beam5_plain": {"beam_size": 5, "without_timestamps": True},
        "beam3_patient": {"beam_size": 3, "patience": 2.0, "length_penalty": 0.3},
        "prompted": prompt, "continued": {"prompt": words.encode(" " + prompt["prompt"]) + context},
        "short": {"sample_len": 5}, "beam5_short": {"sample_len": 5, "beam_size": 5},
    }.items():
        facts[name] = result(whisper.decode(twin, mel, DecodingOptions(**(options | extra))))
    facts["window"] = segments(twin, mel, SECONDS, language="en")
    facts["window_plain"] = segments(twin, mel, SECONDS, language="en", without_timestamps=True)
    # A window whose sound fills it.
    facts["window_whole"] = segments(twin, mel, 30, language="en")
    facts |= {"rules": rules(tokenizer, len(made.get_vocab())), "ranks": ranks(),
              "ratios": ratios()}
    write(folder, tensors, facts)
    return facts


@torch.no_grad()
def english(seed=11):
    folder = HERE / "whisper-tiny.en"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made = byte_pairs()
    special = specials(list(LANGUAGES)[:99])
    words = encoding(made, special + TIMES)
    made.model.save(str(folder))
    first = len(made.get_vocab())
    table = {token: first + i for i, token in enumerate(special)}
    # An older name of the same token.
    written = {token.replace("nospeech", "nocaptions"): id for token, id in table.items()
               if token != "<|endoftext|>"}
    (folder / "added_tokens.json").write_text(json.dumps(written) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "WhisperTokenizer", "unk_token": "<|endoftext|>",
        "bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>",
        "added_tokens_decoder": {str(first): {
            "content": "<|endoftext|>", "lstrip": False, "normalized": False, "rstrip": False,
            "single_word": False, "special": True}}}) + "\n")
    id = lambda text: table.get(text) if text != " " else made.token_to_id("Ġ")
    model = draw_weights(
        model_of(first + len(special) + len(TIMES), 1, 16, 2, id), seed, first + len(special),
        first, time_bias=1.9, time_fall=22.0, end_bias=1.6)
    save_weights(model, folder, torch.bfloat16)
    settle(folder, model, torch.bfloat16)
    extractor = WhisperFeatureExtractor(feature_size=80)
    extractor.save_pretrained(folder)
    mel = extractor(sound().float().numpy(), sampling_rate=16_000,
                    return_tensors="pt").input_features[0]
    tokenizer = use_tokenizer(words, many=False)(False)
    suppressed = sorted(set(tokenizer.non_speech_tokens) | {
        tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev,
        tokenizer.sot_lm, tokenizer.no_speech})
    generation_config(folder, id, suppressed, model, many=False)
    twin = openai_model(model, tokenizer.timestamp_begin)
    twin.many = False
    facts = {"suppressed": suppressed}
    for name, extra in {"greedy": {}, "plain": {"without_timestamps": True}}.items():
        facts[name] = result(whisper.decode(twin, mel, DecodingOptions(language="en", fp16=False, **extra)))
    (folder / "expected.json").write_text(json.dumps(facts, ensure_ascii=False) + "\n")
    return facts


def write(folder, tensors, facts):
    save_file({name: (t if name == "samples" else t.float()).contiguous()
               for name, t in tensors.items()}, folder / "expected.safetensors")
    (folder / "expected.json").write_text(json.dumps(facts, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    many_languages()
    english()
