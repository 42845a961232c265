"""What the scripts beside share: rounds in which Curbcut and each peer run in turn, and their table.

Every engine runs in a process of its own, so that none finds threads, caches or memory of another.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time

THREADS = int(os.environ.get("PEER_THREADS", "2"))
PEAK = "peak megabytes"
# With "avx2" nobody uses what came later, as on a processor that lacks it; for Whisper.
ISA = os.environ.get("PEER_ISA", "")
if ISA not in ("", "avx2"):
    raise SystemExit(f"PEER_ISA is '{ISA}'; it can be avx2")
RESTRICTED = {
    "CURBCUT_KERNELS": "avx2", "ATEN_CPU_CAPABILITY": "avx2", "DNNL_MAX_CPU_ISA": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2", "MKL_ENABLE_INSTRUCTIONS": "AVX2"} if ISA else {}
# For one engine in one round; whisper.cpp's threads wait for each other without end where a
# real-time scheduler has both on one core.
MOST_SECONDS = 300


def features():
    """What the processor has that products are fast with, and PEER_ISA lets them use."""
    flags = next((line.split() for line in open("/proc/cpuinfo")
                  if line.startswith(("flags", "Features"))), [])
    wanted = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "asimddp",
              "i8mm", "bf16")
    later = ("avx_vnni", "avx512", "amx") if ISA else ()
    return [name for name in wanted if name in flags and not name.startswith(later)]


def field(name):
    line = next((line for line in open("/proc/cpuinfo") if line.startswith(name)), ":")
    return line.split(":")[1].strip()


def processor():
    """Its name, and a short one for the names of files, in which PEER_ISA stands too."""
    name, short = processor_names()
    return name, short + (f"-{ISA}" if ISA else "")


def processor_names():
    name = field("model name") or "unknown processor"
    family, model = field("cpu family"), field("model\t")
    if "AMD" in name and family == "25":
        number = int(model)
        return name, "zen4" if 0x10 <= number < 0x20 or number >= 0x60 else "zen3"
    if "AMD" in name and family == "26":
        return name, "zen5"
    return name, re.sub(r"[^a-z0-9]+", "-", re.sub(r"\(r\)|\(tm\)|cpu|@.*", "", name.lower())).strip("-")


def has_bf16():
    return any(name in features() for name in ("avx512_bf16", "amx_int8", "bf16"))


def machine():
    return f"{processor()[0]} with {' '.join(features())}, {THREADS} threads"


def timed(work):
    begin = time.perf_counter()
    result = work()
    return 1e3 * (time.perf_counter() - begin), result


def least(work, runs):
    """Milliseconds of the fastest run, after one to warm up."""
    work()
    return min(timed(work)[0] for _ in range(runs))


def peak_megabytes():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def bench(arguments):
    """The rows of Curbcut's `bench`: the least time of each, and its peak memory."""
    lines = subprocess.run(arguments + ["--threads", str(THREADS)], check=True, capture_output=True,
                           text=True, env=os.environ | RESTRICTED).stdout.splitlines()
    rows = {line.split("\t")[0]: line.split("\t") for line in lines[1:]}
    times = {name: float(row[1]) for name, row in rows.items() if row[1]}
    return times | {PEAK: float(rows[PEAK][2])}


def child(script, name, *arguments):
    """What a peer measures in a process of its own; that prints JSON as its last line."""
    isa = "AVX512" if "avx512f" in features() else "AVX2"
    environment = os.environ | {
        "OMP_NUM_THREADS": str(THREADS), "VIPS_CONCURRENCY": str(THREADS),
        "CT2_FORCE_CPU_ISA": isa} | RESTRICTED
    try:
        run = subprocess.run([sys.executable, script, "--peer", name, *arguments],
                             stdout=subprocess.PIPE, text=True, env=environment,
                             timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{name} did not end within {MOST_SECONDS} seconds")
    if run.returncode:
        raise SystemExit(f"{name} failed with status {run.returncode}")
    return json.loads(run.stdout.splitlines()[-1])


def answer(result):
    """The child's side of `child`."""
    print(json.dumps({PEAK: peak_megabytes()} | result))


def table(heading, rounds, engines, names):
    """Prints TSV: medians of the rounds, and the median of each round's ratio to its fastest peer.

    `engines` maps names to what measures one round; Curbcut is the first. An engine that lacks a row
    has an empty field. Rows whose names have "cosine" in them have no ratio: more is better.
    """
    measured = [{name: engine() for name, engine in engines.items()} for _ in range(rounds)]
    print(heading)
    print("\t".join(["what", *engines, "ratio to the best peer"]))
    ours, *peers = engines
    for name in names:
        fields = [name]
        for engine in engines:
            values = [one[engine][name] for one in measured if name in one[engine]]
            digits = 5 if "cosine" in name else 1
            fields.append(f"{statistics.median(values):.{digits}f}" if values else "")
        ratios = [one[ours][name] / min(one[peer][name] for peer in peers if name in one[peer])
                  for one in measured
                  if name in one[ours] and any(name in one[peer] for peer in peers)]
        shown = ratios and "cosine" not in name
        print("\t".join([*fields, f"{statistics.median(ratios):.3f}" if shown else ""]), flush=True)
