#!/usr/bin/env python3
"""How time and memory grow with the input: growth.py BUILD WHISPER BLIP PHOTO RESULT [--most N]

Runs the release build's transcribe on a recording that is repeated 1, 2, 4 ... 64 times, and
describe-image on as many pictures. WHISPER and BLIP are checkpoints' folders, PHOTO a picture.
Writes RESULT.tsv (tool, inputs, seconds, peak megabytes, the start included) and draws RESULT.png.
Needs numpy and matplotlib.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
import wave
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "peers"))
from rounds import machine  # noqa: E402
from whisper_peers import sound  # noqa: E402


def peak_of(process, peak):
    """Keeps the greatest VmHWM seen; `wait4` would count this Python's own memory."""
    while process.poll() is None:
        try:
            for line in open(f"/proc/{process.pid}/status"):
                if line.startswith("VmHWM"):
                    peak[0] = max(peak[0], int(line.split()[1]) * 1024 / 1e6)
        except OSError:
            return
        time.sleep(0.01)


def run(command):
    """Seconds and peak megabytes of a tool."""
    peak, begin = [0.0], time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watch = threading.Thread(target=peak_of, args=(process, peak))
    watch.start()
    said = process.stderr.read().decode()
    status = process.wait()
    seconds = time.perf_counter() - begin
    watch.join()
    if status:
        raise SystemExit(f"{command[0]} ended with status {status}: {said}")
    return seconds, peak[0]


def write_sound(path, repeats):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        samples = (sound() * 32767).astype("<i2").tobytes()
        for _ in range(repeats):
            file.writeframes(samples)


def measure(given):
    """Tool, inputs, seconds and peak megabytes, as soon as each is known."""
    counts = [1 << i for i in range(7) if 1 << i <= given.most]
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder) / "sound.wav"
        for count in counts:
            write_sound(recording, count)
            yield "transcribe", count, *run(
                [given.build / "transcribe", "--model", given.whisper, "--language", "en",
                 "--vad", "off", "--no-fallback", "--max-tokens", "64", recording])
    for count in counts:
        yield "describe-image", count, *run(
            [given.build / "describe-image", "--brief", "--model", given.blip,
             *[given.photo] * count])


def draw(rows, path):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, (seconds, memory) = pyplot.subplots(1, 2, figsize=(8, 3.6), dpi=80)
    for tool, unit, mark in (("transcribe", "windows of 30 s", "o-"),
                             ("describe-image", "pictures", "s--")):
        mine = [row for row in rows if row[0] == tool]
        label = f"{tool}, {unit}"
        seconds.plot([row[1] for row in mine], [row[2] for row in mine], mark, label=label)
        memory.plot([row[1] for row in mine], [row[3] for row in mine], mark, label=label)
    for axes, name in ((seconds, "seconds"), (memory, "peak megabytes")):
        axes.set_xlabel("inputs")
        axes.set_ylabel(name)
        axes.set_ylim(bottom=0)
        axes.legend()
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path)


def main():
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("build", type=Path)
    reader.add_argument("whisper")
    reader.add_argument("blip")
    reader.add_argument("photo")
    reader.add_argument("result")
    reader.add_argument("--most", type=int, default=64)
    given = reader.parse_args()
    rows = []
    with open(given.result + ".tsv", "w") as file:
        print(f"# {machine()}; {Path(given.whisper).name} and {Path(given.blip).name}", file=file)
        print("tool\tinputs\tseconds\tpeak megabytes", file=file)
        for tool, count, seconds, peak in measure(given):
            rows.append((tool, count, seconds, peak))
            print(f"{tool}\t{count}\t{seconds:.2f}\t{peak:.0f}", file=file, flush=True)
    draw(rows, given.result + ".png")


if __name__ == "__main__":
    main()
