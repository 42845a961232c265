#!/usr/bin/env python3
"""Whole processes, from start to what a user notices: python3 startup.py [BUILD-FOLDER]

Prints TSV: what, least and median milliseconds of 21 runs. "First sound" is the first byte of the
WAV header and the first sample after it, of `describe-image PICTURE | speak` without a captioner.
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


def main():
    print("what\tleast ms\tmedian ms")
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
