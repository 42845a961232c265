#!/usr/bin/env python3
"""Curbcut beside every peer: report.py BENCH PHOTO CHECKPOINT... [--rounds N] [--results FOLDER]

BENCH is the release build's `bench`, PHOTO a 12-megapixel JPEG (make_photo.py). Each CHECKPOINT is the
folder of a Whisper, a BLIP or a CLIP (make_whisper.py, make_blip.py, make_clip.py); what the peers
need of it is made beside it, once, in CHECKPOINT.peers. Prints each table and keeps it as a TSV file
in the results, named by model, processor and day.
"""

import argparse
import datetime
import json
import subprocess
import sys
from pathlib import Path

from rounds import ISA, processor

HERE = Path(__file__).resolve().parent


def python(script, *arguments):
    subprocess.run([sys.executable, HERE / script, *arguments], check=True)


def whisper(checkpoint, made):
    if not (made / "ct2" / "model.bin").exists():
        import ctranslate2.converters
        ctranslate2.converters.TransformersConverter(
            str(checkpoint), copy_files=["tokenizer.json", "preprocessor_config.json"]).convert(
            str(made / "ct2"), quantization="int8", force=True)
    if not (made / "q8_0.bin").exists():
        python("whisper_ggml.py", checkpoint, made / "new.bin")
        (made / "new.bin").rename(made / "q8_0.bin")
    return "whisper_peers.py", [checkpoint, made / "ct2", made / "q8_0.bin"]


def blip(checkpoint, made, photo):
    if not (made / "step.int8.onnx").exists():
        python("blip_onnx.py", checkpoint, made)
    if not (made / "cross.int8.xml").exists():
        python("blip_openvino.py", made, photo)
    return "blip_peers.py", [checkpoint, made, photo]


def clip(checkpoint, made, photo):
    if not (made / "vision.int8.xml").exists():
        python("clip_vision.py", checkpoint, made, photo)
    return "clip_peers.py", [checkpoint, made, photo]


def report(given, checkpoint):
    made = checkpoint.with_name(checkpoint.name + ".peers")
    made.mkdir(exist_ok=True)
    kind = json.load(open(checkpoint / "config.json"))["model_type"]
    if kind not in ("whisper", "blip", "clip"):
        raise SystemExit(f"{checkpoint} is a {kind}: only Whisper, BLIP and CLIP have peers here")
    if ISA and kind != "whisper":
        raise SystemExit(f"{checkpoint} is a {kind}: of the peers of pictures, ONNX Runtime cannot "
                         "be told to do without instructions, and OpenVINO fails then")
    script, arguments = {
        "whisper": lambda: whisper(checkpoint, made),
        "blip": lambda: blip(checkpoint, made, given.photo),
        "clip": lambda: clip(checkpoint, made, given.photo)}[kind]()
    run = subprocess.run(
        [sys.executable, HERE / script, given.bench, *arguments, str(given.rounds)],
        check=True, stdout=subprocess.PIPE, text=True)
    print(run.stdout, flush=True)
    name = checkpoint.name.removeprefix("random-")
    day = datetime.date.today().isoformat()
    (given.results / f"peers-{name}-{processor()[1]}-{day}.tsv").write_text(run.stdout)


def main():
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("bench", type=Path)
    reader.add_argument("photo", type=Path)
    reader.add_argument("checkpoints", type=Path, nargs="+")
    reader.add_argument("--rounds", type=int, default=5)
    reader.add_argument("--results", type=Path, default=HERE.parent / "results")
    given = reader.parse_args()
    for checkpoint in given.checkpoints:
        report(given, checkpoint)


if __name__ == "__main__":
    main()
