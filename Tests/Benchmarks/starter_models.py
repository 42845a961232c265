#!/usr/bin/env python3
"""Judges the starter models by what they say, at each precision, beside transformers.

Makes held-out pictures and recordings with the recipe's own measure, has describe-image, transcribe
and transformers answer for the same files, scores every answer with the same scorer, and prints
rows: model, engine, precision, search, measure, value. The measure "same text" is the share of files
for which an engine says word for word what transformers says with the same search. Weights are float16 on
disk, so f32 is their arithmetic in 32 bits. What a model is not sure enough of counts as not said.

    python3 Tests/Benchmarks/starter_models.py WORK-FOLDER [--count N] [--seed S]

Needs the Python packages of examples/starter-models/requirements.txt, and a release build.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "examples" / "starter-models"
TOOLS = ROOT / ".build" / "release"
BEAMS = 3  # what the BLIP paper searches with


def answers(command, files):
    """What a tool says of files: one JSON object a line, in the order of the files."""
    names = "\0".join(str(file) for file in files).encode()
    run = subprocess.run([*command, "--files0-from", "-"], input=names, stdout=subprocess.PIPE,
                         env={**os.environ, "CURBCUT_MODELS": ""})
    found = {}
    for line in run.stdout.decode().splitlines():
        answer = json.loads(line)
        found[Path(answer["input"]).name] = answer
    return found


def described(folder, files, precision, beams):
    """Captions as the model wrote them, without the capital and the stop that the tool adds."""
    said = answers([TOOLS / "describe-image", "--brief", "--json", "--precision", precision,
                    "--beams", str(beams), "--model", RECIPE / "starter-scenes"], files)
    return {name: (answer["caption"] or "").rstrip(".").lower() for name, answer in said.items()}


def transcribed(folder, files, precision, beams):
    """Texts of whole windows: no detector and no second tries, as transformers decodes them."""
    said = answers([TOOLS / "transcribe", "--json", "--precision", precision, "--vad", "off",
                    "--no-fallback", "--language", "en", "--beams", str(beams),
                    "--model", RECIPE / "starter-speech"], files)
    return {name: " ".join(segment["text"].strip() for segment in answer["segments"])
            for name, answer in said.items()}


def referenced(script, model, folder, beams, options):
    """What transformers says of the files in a folder, where the model's own border lets it be said."""
    settings = json.loads((RECIPE / model / "generation_config.json").read_text())
    least = settings.get("curbcut", {}).get("abstain_below", 0)
    rows = subprocess.run(
        [sys.executable, RECIPE / script, "transformers", RECIPE / model, folder,
         "--beams", str(beams), *options],
        stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    said = {}
    for row in rows:
        name, text, *more = row.split("\t")
        said[name] = "" if least and float(more[0]) < least else text
    return said


def scores(script, folder, said, label):
    """The scorer's lines "name value" for what was said."""
    path = folder / f"said-{label}.tsv"
    path.write_text("".join(f"{name}\t{text}\n" for name, text in sorted(said.items())))
    lines = subprocess.run([sys.executable, RECIPE / script, "score", folder, path],
                           stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    return [line.split(" ", 1) for line in lines if " " in line]


def same(said, reference):
    """The share of files with the same text, spaces aside."""
    equal = sum(" ".join(said.get(name, "").split()) == " ".join(text.split())
                for name, text in reference.items())
    return equal / len(reference)


def judge(model, script, folder, ending, ours, options):
    """Prints the rows of one model; `options` are those of the reference."""
    files = sorted(folder.rglob("*" + ending))
    for beams in (1, BEAMS):
        search = "greedy" if beams == 1 else f"beam {beams}"
        reference = referenced(script, model, folder, beams, options)
        runs = [("transformers", "f32", reference)]
        runs += [("curbcut", precision, ours(folder, files, precision, beams))
                 for precision in ("f32", "int8")]
        for engine, precision, said in runs:
            label = f"{engine}-{precision}-{beams}"
            for name, value in scores(script, folder, said, label):
                print(model, engine, precision, search, name, value, sep="\t")
            print(model, engine, precision, search, "same text",
                  f"{same(said, reference):.4f}", sep="\t", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=9_000_000)
    parser.add_argument("--model", help="only this one")
    given = parser.parse_args()
    print("model", "engine", "precision", "search", "measure", "value", sep="\t")
    for model, script, ending, ours, options in (
            ("starter-scenes", "measure_scenes.py", ".png", described, []),
            # As transcribe does: a model of times writes other words without them.
            ("starter-speech", "measure_speech.py", ".wav", transcribed, ["--times"])):
        if given.model not in (None, model):
            continue
        if not (RECIPE / model).exists():
            print(f"{model} is not there and not judged", file=sys.stderr)
            continue
        folder = given.work / model
        subprocess.run([sys.executable, RECIPE / script, "make", folder, "--count",
                        str(given.count), "--seed", str(given.seed)], check=True,
                       stdout=subprocess.DEVNULL)
        judge(model, script, folder, ending, ours, options)


if __name__ == "__main__":
    main()
