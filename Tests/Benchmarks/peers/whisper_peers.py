#!/usr/bin/env python3
"""Whisper beside its fastest peers, in turn: whisper_peers.py BENCH CHECKPOINT CT2 GGML [ROUNDS]

BENCH is the built `bench`; CHECKPOINT comes from make_whisper.py, CT2 from
`ct2-transformers-converter --quantization int8`, GGML from whisper_ggml.py. All run on two threads,
on the same 30 seconds, and write 64 tokens that nobody chooses (the end is never chosen). Each
round starts a process for each of the three in turn and takes the least of a few windows; a row's
ratio is the median of the rounds' ratios, so that a machine that slows down slows all.
Prints TSV: what, Curbcut's median ms, faster-whisper's, whisper.cpp's, and Curbcut over the faster.

`CT2_FORCE_CPU_ISA` is AVX512 where the processor has it. What instructions whisper.cpp was built
with is in the first line.
"""

import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOKENS = 64
WINDOWS = 3
PROMPT = [50258, 50259, 50359, 50363]  # start, English, transcribe, no times


def sound():
    """30 s: a tone that wanders, its overtones and noise, louder and softer."""
    import numpy as np
    t = np.arange(480_000) / 16_000
    pitch = 2 * np.pi * np.cumsum(140 + 40 * np.sin(2 * np.pi * 0.7 * t)) / 16_000
    voice = sum(np.sin(n * pitch) / n for n in range(1, 20))
    noise = np.random.default_rng(0).standard_normal(len(t))
    loudness = 0.5 + 0.5 * np.sin(2 * np.pi * 3 * t)
    return (0.1 * loudness * (voice + 0.2 * noise)).astype(np.float32)


def peak_megabytes():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def timed(work):
    begin = time.perf_counter()
    result = work()
    return 1e3 * (time.perf_counter() - begin), result


def least(stages):
    """Runs the stages of a window, each on the result of the one before, one window to warm up."""
    best = {}
    for window in range(WINDOWS + 1):
        value, whole = None, 0
        for name, work in stages:
            took, value = timed(lambda: work(value))
            whole += took
            if window:
                best[name] = min(best.get(name, took), took)
        if window:
            best["window"] = min(best.get("window", whole), whole)
    return best


def faster_whisper(folder):
    import ctranslate2
    from faster_whisper.feature_extractor import FeatureExtractor
    load, model = timed(lambda: ctranslate2.models.Whisper(
        folder, device="cpu", compute_type="int8", intra_threads=2, inter_threads=1))
    extract, samples = FeatureExtractor(), sound()

    def write(rows):
        return model.generate(
            rows, [PROMPT], beam_size=1, max_length=2 * TOKENS, suppress_blank=False,
            suppress_tokens=[50257])[0].sequences_ids[0]

    times = least([
        ("mel", lambda _: extract(samples, padding=0)[:, :3000]),
        ("encode", lambda mel: model.encode(
            ctranslate2.StorageView.from_array(mel[None]), to_cpu=False)),
        ("text", write)])
    rows = model.encode(ctranslate2.StorageView.from_array(extract(samples, padding=0)[None, :, :3000]))
    written = len(write(rows))
    if written != TOKENS:
        raise SystemExit(f"faster-whisper wrote {written} tokens, not {TOKENS}")
    return times | {"load": load}


class Parameters(ctypes.Structure):
    """`whisper_context_params`, as whisper.h declares it."""
    _fields_ = [("use_gpu", ctypes.c_bool), ("flash_attn", ctypes.c_bool),
                ("gpu_device", ctypes.c_int), ("dtw_token_timestamps", ctypes.c_bool),
                ("dtw_aheads_preset", ctypes.c_int), ("dtw_n_top", ctypes.c_int),
                ("dtw_head_count", ctypes.c_size_t), ("dtw_heads", ctypes.c_void_p),
                ("dtw_mem_size", ctypes.c_size_t)]


def whisper_library():
    """The library that pywhispercpp brings; its own binding of `whisper_decode` takes no arrays."""
    import _pywhispercpp  # finds the libraries that libwhisper needs
    beside = Path(_pywhispercpp.__file__).parent
    library = ctypes.CDLL(str(next(beside.glob("pywhispercpp.libs/libwhisper*.so*"),
                                   beside / "libwhisper.so")))
    library.whisper_context_default_params.restype = Parameters
    library.whisper_init_from_file_with_params.restype = ctypes.c_void_p
    library.whisper_init_from_file_with_params.argtypes = [ctypes.c_char_p, Parameters]
    return library


def whisper_cpp(path):
    library = whisper_library()
    parameters = library.whisper_context_default_params()
    parameters.use_gpu, parameters.flash_attn = False, True
    load, context = timed(
        lambda: library.whisper_init_from_file_with_params(path.encode(), parameters))
    if not context:
        raise SystemExit(f"whisper.cpp cannot read {path}")
    context, samples = ctypes.c_void_p(context), sound()
    pointer = samples.ctypes.data_as(ctypes.POINTER(ctypes.c_float))

    def decode(tokens, past):
        array = (ctypes.c_int * len(tokens))(*tokens)
        if library.whisper_decode(context, array, len(tokens), past, 2):
            raise SystemExit("whisper.cpp failed to decode")

    def write(_):
        decode(PROMPT, 0)
        for i in range(1, TOKENS):
            decode([1000 + 37 * i], len(PROMPT) + i - 1)

    return least([
        ("mel", lambda _: library.whisper_pcm_to_mel(context, pointer, len(samples), 2)),
        ("encode", lambda _: library.whisper_encode(context, 0, 2)),
        ("text", write)]) | {"load": load}


def peer(name, model):
    """Times a peer in a process of its own."""
    flags = open("/proc/cpuinfo").read()
    environment = os.environ | {
        "OMP_NUM_THREADS": "2", "CT2_FORCE_CPU_ISA": "AVX512" if "avx512f" in flags else "AVX2"}
    lines = subprocess.run(
        [sys.executable, __file__, "--peer", name, model], check=True, capture_output=True,
        text=True, env=environment).stdout.splitlines()
    return json.loads(lines[-1])


def ours(bench, checkpoint):
    with tempfile.NamedTemporaryFile() as file:
        file.write(sound().tobytes())
        file.flush()
        lines = subprocess.run(
            [bench, "whisper", "--model", checkpoint, "--sound", file.name, "--tokens",
             str(TOKENS), "--repeats", str(WINDOWS)], check=True, capture_output=True,
            text=True).stdout.splitlines()
    rows = {line.split("\t")[0]: line.split("\t") for line in lines[1:]}
    times = {name: float(row[1]) for name, row in rows.items() if row[1]}
    # The peers pay for the keys and values of the sound in the first token, or while encoding.
    times["text"] += times["cross keys"]
    return times | {"peak megabytes": float(rows["peak megabytes"][2])}


def heading(rounds):
    import ctranslate2
    from importlib.metadata import version
    import _pywhispercpp
    cpu = open("/proc/cpuinfo").read()
    model = next(line for line in cpu.splitlines() if line.startswith("model name"))
    wide = [f for f in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16") if f" {f} " in cpu]
    built = _pywhispercpp.whisper_print_system_info().split("CPU :")[-1].split("|")
    return (f"# {model.split(':')[1].strip()} with {' '.join(wide)}, 2 threads, {TOKENS} tokens, "
            f"{rounds} rounds; CTranslate2 {ctranslate2.__version__} int8; whisper.cpp q8_0 of "
            f"pywhispercpp {version('pywhispercpp')}, built with"
            f"{','.join(part.split('=')[0].rstrip() for part in built if '=' in part)}")


def main(bench, checkpoint, ct2, ggml, rounds="5"):
    all_rounds = [(ours(bench, checkpoint), peer("faster_whisper", ct2), peer("whisper_cpp", ggml))
                  for _ in range(int(rounds))]
    print(heading(rounds))
    print("what\tcurbcut ms\tfaster-whisper ms\twhisper.cpp ms\tratio to the faster")
    for name in ("load", "mel", "encode", "text", "window", "peak megabytes"):
        if any(name not in one for one in all_rounds[0]):
            continue
        medians = [statistics.median(one[i][name] for one in all_rounds) for i in range(3)]
        ratio = statistics.median(a[name] / min(b[name], c[name]) for a, b, c in all_rounds)
        print("\t".join([name, *(f"{x:.1f}" for x in medians), f"{ratio:.3f}"]))


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        result = {"faster_whisper": faster_whisper, "whisper_cpp": whisper_cpp}[sys.argv[2]](
            sys.argv[3])
        print(json.dumps(result | {"peak megabytes": peak_megabytes()}))
    else:
        main(*sys.argv[1:])
