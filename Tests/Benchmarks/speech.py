#!/usr/bin/env python3
"""speak beside espeak-ng, in turn: python3 speech.py [--build FOLDER] [--long MEGABYTES] [--lossless]

Prints TSV: what, engine, median and worst of the runs, and the ratio of the medians to espeak-ng's.

- first audio: from the start of the process, with its input left open, to the first sample after the
  WAV header on a pipe, 15 runs.
- real-time factor: the time of a text of 25 KB, over the length of its sound, 3 runs.
- memory: of the same, the most that the tool and the process of its engine hold together.

With --long, instead, the most that speak holds while it speaks a text of so many megabytes, after
each twentieth of it, and the processor's seconds that this took. At --rate 449: from 450 on the
engine calls libsonic, which takes three times as long. That is long: a megabyte takes 40 seconds of
one core.

With --lossless, instead, whether the sound of a megabyte as FLAC is that as WAV, bit for bit, which
takes the command flac.
"""

import argparse
import hashlib
import os
import platform
import statistics
import subprocess
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS = 15
RATE = 22050
PARAGRAPH = (
    "It was on a dreary night of November that I beheld the accomplishment of my toils. With an "
    "anxiety that almost amounted to agony, I collected the instruments of life around me, that I "
    "might infuse a spark of being into the lifeless thing that lay at my feet. It was already one "
    "in the morning; the rain pattered dismally against the panes, and my candle was nearly burnt "
    "out.\n\n")


def text(size):
    return (PARAGRAPH * (size // len(PARAGRAPH) + 1)).encode()[:size]


def held(pid):
    """Peak kilobytes of a process and of its children."""
    total = 0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in [pid, *children]:
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    total += int(line.split()[1])
    except OSError:
        pass
    return total


def first_audio(command):
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(b"A cat on a mat.\n")
        process.stdin.flush()
        got = 0
        while got < 46:
            chunk = os.read(process.stdout.fileno(), 65536)
            if not chunk:
                raise SystemExit(f"{command[0]} wrote no sound")
            got += len(chunk)
        taken = 1e3 * (time.perf_counter() - begin)
        process.stdin.close()
        process.stdout.read()
    return taken


def speech(command, source):
    """Seconds taken, seconds of sound, and peak kilobytes."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        def feed():
            process.stdin.write(source)
            process.stdin.close()
        threading.Thread(target=feed).start()
        size = peak = 0
        while chunk := os.read(process.stdout.fileno(), 1 << 16):
            size += len(chunk)
            peak = max(peak, held(process.pid)) if size % (1 << 20) < (1 << 16) else peak
    return time.perf_counter() - begin, (size - 44) / 2 / RATE, peak


def row(what, values, digits):
    peer = statistics.median(values["espeak-ng"])
    for engine, list_ in values.items():
        median = statistics.median(list_)
        print(f"{what}\t{engine}\t{median:.{digits}f}\t{max(list_):.{digits}f}\t{median / peer:.2f}",
              flush=True)


def compare(commands):
    print("what\tengine\tmedian\tworst\tratio to espeak-ng")
    times = {engine: [] for engine in commands}
    for run in range(RUNS + 1):
        for engine, command in commands.items():
            taken = first_audio(command)
            # The first has the files read from the disk.
            if run > 0:
                times[engine].append(taken)
    row("first audio, ms", times, 1)
    factors = {engine: [] for engine in commands}
    memory = {engine: [] for engine in commands}
    source = text(25_000)
    for _ in range(3):
        for engine, command in commands.items():
            taken, seconds, peak = speech(command, source)
            factors[engine].append(taken / seconds)
            memory[engine].append(peak / 1024)
    row("real-time factor", factors, 5)
    row("memory of all processes, MB", memory, 1)


def spent(pid):
    """Seconds of the processor that a process and its children have had."""
    total = 0
    try:
        for process in [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    except OSError:
        pass
    return total / os.sysconf("SC_CLK_TCK")


def grow(command, megabytes):
    """Feeds the text part by part; what is held is asked for when a part is taken."""
    print("megabytes spoken\tMB held at most by both processes\tseconds of the processor")
    size = int(megabytes * 5e4)
    with subprocess.Popen([*command, "--rate", "449"], stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL) as process:
        for part in range(1, 21):
            process.stdin.write(text(size))
            process.stdin.flush()
            print(f"{part * megabytes / 20:.2f}\t{held(process.pid) / 1024:.1f}\t"
                  f"{spent(process.pid):.0f}", flush=True)
        process.stdin.close()


def digest(command, source):
    """Bytes and digest of what a shell's pipeline writes."""
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:
        def feed():
            process.stdin.write(source)
            process.stdin.close()
        threading.Thread(target=feed).start()
        state, size = hashlib.sha256(), 0
        while chunk := process.stdout.read(1 << 20):
            state.update(chunk)
            size += len(chunk)
    return size, state.hexdigest()


def lossless(speak):
    source = text(1_000_000)
    wav = digest(f"'{speak}' --rate 449 | tail -c +45", source)
    flac = digest(f"'{speak}' --rate 449 --format flac | flac -dcs --force-raw-format "
                  "--endian=little --sign=signed -", source)
    print(f"1 MB of text: {wav[0] // 2} samples as WAV, {flac[0] // 2} as FLAC, "
          f"{'the same' if wav == flac else 'not the same'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=HERE / "../../.build/release")
    parser.add_argument("--long", type=float, metavar="MEGABYTES")
    parser.add_argument("--lossless", action="store_true")
    arguments = parser.parse_args()
    speak = str((arguments.build / "speak").resolve())
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.processor())
    print(f"# {cpu}, {os.cpu_count()} cores; the engine is libespeak-ng in both")
    if arguments.long is not None:
        return grow([speak], arguments.long)
    if arguments.lossless:
        return lossless(speak)
    compare({"speak": [speak], "espeak-ng": ["espeak-ng", "--stdout"]})


if __name__ == "__main__":
    main()
