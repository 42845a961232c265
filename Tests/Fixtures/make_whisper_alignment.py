#!/usr/bin/env python3
"""When words were said, as `openai/whisper` finds it.

    .venv/bin/python make_whisper_alignment.py  # writes whisper-alignment/ beside itself

Uses the environment of `make_whisper_fixtures.py` and the checkpoint that it made in whisper-tiny/,
and writes what `timing.py` makes of it: the attention that is walked through, the words with their
times and probabilities, and what becomes of segments. Besides, random matrices with their medians
and cheapest paths.
"""

import json
from pathlib import Path

import numpy as np
import torch
import whisper.timing as timing
from safetensors.torch import load_file, save_file
from transformers import WhisperForConditionalGeneration
from whisper.tokenizer import LANGUAGES, Tokenizer

import make_whisper_fixtures as tiny

HERE = Path(__file__).parent
FOLDER = HERE / "whisper-alignment"
TEXTS = {
    "english": ("en", [" The ramp at the corner, \"and so\" the old clock (in the hall).",
                       " I can't hear - it's too loud!"]),
    "one_word": ("en", [" ramp"]),
    "german": ("de", [" Grüße aus Köln, ça va très bien?", "", " ¿Qué tal? ♪♪ Ja."]),
    "japanese": ("ja", ["東京の駅で、「犬」が待っている。", "はい。"]),
    "joined": ("en", [" The ramp was made", " for wheelchairs. . . And everyone uses it."]),
}


def random_matrices():
    generator = torch.Generator().manual_seed(3)
    tensors, paths = {}, {}
    for i, (rows, columns) in enumerate([(1, 1), (1, 9), (6, 1), (5, 3), (3, 40), (20, 200),
                                         (40, 15), (7, 4), (9, 7)]):
        for kind, x in {"smooth": torch.randn(rows, columns, generator=generator),
                        "tied": torch.randint(-2, 3, (rows, columns), generator=generator).float()
                        }.items():
            name = f"{kind}.{i}"
            tensors[f"matrix.{name}"] = x
            tensors[f"medians.{name}"] = timing.median_filter(x, 7).clone()
            # The reference refuses to walk from a corner to itself.
            walked = ([[0], [0]] if rows * columns == 1 else timing.dtw(x).tolist())
            paths[name] = {"rows": walked[0], "columns": walked[1]}
    return tensors, paths


def tokenizer_for(words, language):
    return Tokenizer(encoding=words, num_languages=99, language=language, task="transcribe")


def splits(words):
    cases = []
    for language in ["en", "ja"]:
        tokenizer = tokenizer_for(words, language)
        for text in tiny.SENTENCES + [" a  b", "東京 駅 a", " «Grüße», ¿qué?", "a\u0301 \u0301b ♪"]:
            tokens = words.encode(text)
            made, groups = tokenizer.split_to_word_tokens(tokens + [tokenizer.eot])
            cases.append({"language": language, "tokens": tokens, "words": made[:-1],
                          "counts": [len(group) for group in groups[:-1]]})
    return cases


def merges():
    cases = []
    for texts in [[" \"", " so", "\"", ","], [" (", " [", " a", "]", ")", "."], [" ", " b"], ["a", " ", "."],
                  [" -", "x", "-"], ["「", "犬", "」", "。"], [" ¿", "que", "?!"], ["'"], []]:
        made = [timing.WordTiming(text, [i], i / 10, i / 10 + 0.1, 0.5) for i, text in enumerate(texts)]
        timing.merge_punctuations(made, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        cases.append({"texts": texts, "merged": [
            {"text": w.word, "start": w.start} for w in made if w.word]})
    return cases


def segment_times():
    """`add_word_timestamps` on alignments of our own, so that every rule is met."""
    generator = np.random.default_rng(11)
    tokenizer = None
    cases = []
    for case in range(60):
        segments, words, at, index = [], [], 0.0, 0
        at += float(generator.choice([0, 0, 2, 5]))
        for _ in range(int(generator.integers(1, 4))):
            begin, tokens = at, []
            for _ in range(int(generator.integers(0 if case % 7 == 0 else 1, 6))):
                length = float(generator.choice([0, 1, 10, 15, 20, 25, 30, 90, 200])) / 50
                mark = str(generator.choice(["", "", "", ".", "?", ","]))
                for text in [" w" + str(index)] + ([mark] if mark else []):
                    words.append([text, at, round(at + length, 2), float(generator.random())])
                    tokens.append(index)
                    at, index = round(at + length, 2), index + 1
                    length = float(generator.choice([0, 10, 100])) / 50
            shift = generator.choice([0, 0, 0.4, 0.7, 1.5, -0.8], size=2)
            start = max(0.0, float(begin + shift[0]))
            segments.append({"start": start, "end": max(start, float(at - shift[1])),
                             "tokens": tokens, "seek": 0})
        made = [timing.WordTiming(w[0], [i], w[1], w[2], w[3]) for i, w in enumerate(words)]
        timing.find_alignment, kept = (lambda *_, **__: made), timing.find_alignment
        given = [{"start": s["start"], "end": s["end"], "tokens": s["tokens"]} for s in segments]
        timing.add_word_timestamps(
            segments=segments, model=None, tokenizer=type("T", (), {"eot": 10**6}), mel=None,
            num_frames=3000, last_speech_timestamp=0.0)
        timing.find_alignment = kept
        cases.append({"given": given, "words": words, "segments": [
            {"start": s["start"], "end": s["end"],
             "words": [{"text": w["word"], "start": w["start"], "end": w["end"]} for w in s["words"]]}
            for s in segments]})
    return cases


@torch.no_grad()
def main():
    FOLDER.mkdir(exist_ok=True)
    made = tiny.byte_pairs()
    special = tiny.specials(list(LANGUAGES)[:99]) + tiny.TIMES
    words = tiny.encoding(made, special)
    model = WhisperForConditionalGeneration.from_pretrained(
        HERE / "whisper-tiny", dtype=torch.float32, attn_implementation="eager").eval()
    settings = json.loads((HERE / "whisper-tiny/generation_config.json").read_text())
    twin = tiny.openai_model(model, words.encode_single_token("<|0.00|>"))
    twin.many = True
    heads = torch.zeros(twin.dims.n_text_layer, twin.dims.n_text_head, dtype=torch.bool)
    for layer, head in settings["alignment_heads"]:
        heads[layer, head] = True
    twin.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    mel = torch.full((80, 3000), 0.0)
    kept = load_file(HERE / "whisper-tiny/expected.safetensors")["mel"].T
    mel[:, :kept.shape[1]] = kept
    mel[:, kept.shape[1]:] = kept[:, -1:]

    tensors, paths = random_matrices()
    facts = {"paths": paths, "splits": splits(words), "merges": merges(), "times": segment_times(),
             "texts": {}}
    for name, (language, texts) in TEXTS.items():
        tokenizer = tokenizer_for(words, language)
        tokens = [words.encode(text) for text in texts]
        frames = 200 if name != "one_word" else 31
        seen = {}

        def keep(x, dtw=timing.dtw):
            seen["matrix"], seen["path"] = -x, dtw(x)
            return seen["path"]

        plain, timing.dtw = timing.dtw, keep
        flat = [token for text in tokens for token in text]
        found = timing.find_alignment(twin, tokenizer, flat, mel, frames)
        timing.dtw = plain
        tensors[f"attention.{name}"] = seen["matrix"].contiguous()
        length = frames / 100
        segments = [{"start": length * i / len(texts), "end": length * (i + 1) / len(texts),
                     "tokens": ids, "seek": 0} for i, ids in enumerate(tokens)]
        given = [{"start": s["start"], "end": s["end"], "tokens": s["tokens"]} for s in segments]
        timing.add_word_timestamps(
            segments=segments, model=twin, tokenizer=tokenizer, mel=mel, num_frames=frames,
            last_speech_timestamp=0.0)
        facts["texts"][name] = {
            "language": language, "frames": frames, "prefix": [
                *tokenizer.sot_sequence, tokenizer.no_timestamps], "given": given,
            "path": {"rows": seen["path"][0].tolist(), "columns": seen["path"][1].tolist()},
            "words": [{"text": w.word, "start": float(w.start), "end": float(w.end),
                       "probability": float(w.probability)} for w in found],
            "segments": [{"start": s["start"], "end": s["end"], "words": [
                {"text": w["word"], "start": w["start"], "end": w["end"]} for w in s["words"]]}
                for s in segments]}
    save_file(tensors, FOLDER / "expected.safetensors")
    (FOLDER / "expected.json").write_text(json.dumps(facts, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
