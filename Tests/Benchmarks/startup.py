#!/usr/bin/env python3
"""Whole processes, from start to what a user notices: python3 startup.py [BUILD-FOLDER [MODEL...]]

Prints TSV: what, least and median milliseconds of 21 runs. "First sound" is the first byte of the
WAV header and the first sample after it, of `describe-image PICTURE | speak` without a captioner.

With folders of models: only what `bench start` says of each, without kept weights, at the first
start that keeps them (once) and at later ones. "To the first computation" is from the start of the
process to a model that is loaded; what is kept is removed at the end.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "../../.build/release").resolve()
PICTURE = HERE / "../../examples/pictures/harbour.jpg"
RUNS = 21


def row(name, work):
    work()
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - begin))
    print(f"{name}\t{min(times):.1f}\t{statistics.median(times):.1f}", flush=True)


def help_of(tool):
    subprocess.run([BUILD / tool, "--help"], check=True, capture_output=True)


def first_sound(environment):
    describe = subprocess.Popen([BUILD / "describe-image", PICTURE], env=environment,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    speak = subprocess.Popen([BUILD / "speak"], stdin=describe.stdout, stdout=subprocess.PIPE)
    describe.stdout.close()
    if len(speak.stdout.read(46)) < 46:
        raise SystemExit("speak wrote no sound")
    yield
    speak.stdout.read()
    speak.wait()
    describe.wait()


def model_start(model, *options):
    """What one process of `bench start` printed, and its way to the first computation."""
    begin = 1e3 * time.clock_gettime(time.CLOCK_MONOTONIC)
    lines = subprocess.run(
        [BUILD / "bench", "start", "--model", model, "--since", str(begin), *options], check=True,
        capture_output=True, text=True).stdout.splitlines()
    facts = {name: float(value) for name, value in (line.split("\t") for line in lines)}
    return {"to the first computation": facts["started"] + facts["loaded"], **facts}


def forget(model):
    for kept in Path(model).glob("model.*.curbcut"):
        kept.unlink()


def model_starts(model):
    def rows(name, starts):
        for fact in starts[0]:
            values = [start[fact] for start in starts]
            print(f"{Path(model).name}, {name}: {fact}\t{min(values):.1f}"
                  f"\t{statistics.median(values):.1f}", flush=True)

    forget(model)
    model_start(model)
    runs = int(os.environ.get("RUNS", RUNS))
    rows("nothing kept", [model_start(model) for _ in range(runs)])
    rows("first", [model_start(model, "--kept")])
    rows("later", [model_start(model, "--kept") for _ in range(runs)])
    forget(model)


def main():
    print("what\tleast ms\tmedian ms")
    if sys.argv[2:]:
        for model in sys.argv[2:]:
            model_starts(model)
        return
    for tool in ("describe-image", "transcribe", "speak"):
        row(f"{tool} --help", lambda: help_of(tool))
    with tempfile.TemporaryDirectory() as empty:
        environment = dict(os.environ, HOME=empty, XDG_DATA_HOME=empty, HF_HOME=empty,
                           CURBCUT_MODELS=empty)
        environment.pop("HF_HUB_CACHE", None)
        times = []
        for _ in range(RUNS + 1):
            begin = time.perf_counter()
            sound = first_sound(environment)
            next(sound)
            times.append(1e3 * (time.perf_counter() - begin))
            list(sound)
        times = times[1:]
        print(f"describe-image | speak, first sound\t{min(times):.1f}\t{statistics.median(times):.1f}")


if __name__ == "__main__":
    main()
