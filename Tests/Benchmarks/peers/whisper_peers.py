#!/usr/bin/env python3
"""Whisper beside its peers, in turn: whisper_peers.py BENCH CHECKPOINT CT2 GGML [ROUNDS]

BENCH is the built `bench`; CHECKPOINT comes from make_whisper.py, CT2 from
`ct2-transformers-converter --quantization int8`, GGML from whisper_ggml.py. All run on two threads
(PEER_THREADS), on the same 30 seconds, and write 64 tokens that nobody chooses (the end is never
chosen). Each round starts a process for each in turn and takes the least of a few windows; a row's
ratio is the median of the rounds' ratios, so that a machine that slows down slows all.
Prints TSV: what, the median ms of each, and Curbcut over the fastest peer. In the row for 4 bits
Curbcut's decoder has 4 bits and the peers have their 8.

`CT2_FORCE_CPU_ISA` is AVX512 where the processor has it. What instructions whisper.cpp was built
with is in the first line. transformers runs in bf16 where the processor multiplies that, else in
f32; its own Python is part of its time.
"""

import ctypes
import sys
import tempfile
from pathlib import Path

from rounds import PEAK, THREADS, answer, bench, child, has_bf16, machine, table, timed

TOKENS = 64
FOUR_BITS = "text, ours in 4 bits"
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


def least_of_windows(stages):
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
    return best | {FOUR_BITS: best["text"]}


def faster_whisper(folder):
    import ctranslate2
    from faster_whisper.feature_extractor import FeatureExtractor
    load, model = timed(lambda: ctranslate2.models.Whisper(
        folder, device="cpu", compute_type="int8", intra_threads=THREADS, inter_threads=1))
    extract, samples = FeatureExtractor(), sound()

    def write(rows):
        return model.generate(
            rows, [PROMPT], beam_size=1, max_length=2 * TOKENS, suppress_blank=False,
            suppress_tokens=[50257])[0].sequences_ids[0]

    times = least_of_windows([
        ("mel", lambda _: extract(samples, padding=0)[:, :3000]),
        ("encode", lambda mel: model.encode(
            ctranslate2.StorageView.from_array(mel[None]), to_cpu=False)),
        ("text", write)])
    rows = model.encode(ctranslate2.StorageView.from_array(
        extract(samples, padding=0)[None, :, :3000]))
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
        if library.whisper_decode(context, array, len(tokens), past, THREADS):
            raise SystemExit("whisper.cpp failed to decode")

    def write(_):
        decode(PROMPT, 0)
        for i in range(1, TOKENS):
            decode([1000 + 37 * i], len(PROMPT) + i - 1)

    return least_of_windows([
        ("mel", lambda _: library.whisper_pcm_to_mel(context, pointer, len(samples), THREADS)),
        ("encode", lambda _: library.whisper_encode(context, 0, THREADS)),
        ("text", write)]) | {"load": load}


def transformers(folder):
    import torch
    from transformers import WhisperFeatureExtractor, WhisperForConditionalGeneration
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    kind = torch.bfloat16 if has_bf16() else torch.float32
    load, model = timed(lambda: WhisperForConditionalGeneration.from_pretrained(
        folder, dtype=kind, attn_implementation="sdpa").eval())
    extract, samples = WhisperFeatureExtractor.from_pretrained(folder), sound()

    def write(rows):
        past, tokens = None, PROMPT
        for i in range(1, TOKENS + 1):
            out = model(encoder_outputs=(rows,), decoder_input_ids=torch.tensor([tokens]),
                        past_key_values=past, use_cache=True)
            out.logits[0, -1].argmax()
            past, tokens = out.past_key_values, [1000 + 37 * i]

    return least_of_windows([
        ("mel", lambda _: extract(samples, sampling_rate=16_000, return_tensors="pt")
         .input_features.to(kind)),
        ("encode", lambda mel: model.model.encoder(mel).last_hidden_state),
        ("text", write)]) | {"load": load}


PEERS = {"faster_whisper": faster_whisper, "whisper_cpp": whisper_cpp,
         "transformers": transformers}


def ours(program, checkpoint):
    with tempfile.NamedTemporaryFile() as file:
        file.write(sound().tobytes())
        file.flush()
        command = [program, "whisper", "--model", checkpoint, "--sound", file.name,
                   "--tokens", str(TOKENS), "--repeats", str(WINDOWS)]
        rows, rough = bench(command), bench([*command, "--precision", "int4"])
    # The peers pay for the keys and values of the sound in the first token, or while encoding.
    rows["text"] += rows["cross keys"]
    return rows | {FOUR_BITS: rough["text"] + rough["cross keys"]}


def heading(rounds):
    import ctranslate2
    from importlib.metadata import version
    import _pywhispercpp
    built = _pywhispercpp.whisper_print_system_info().split("CPU :")[-1].split("|")
    return (f"# {machine()}, {TOKENS} tokens, {rounds} rounds; CTranslate2 "
            f"{ctranslate2.__version__} int8; whisper.cpp q8_0 of "
            f"pywhispercpp {version('pywhispercpp')}, built with"
            f"{','.join(part.split('=')[0].rstrip() for part in built if '=' in part)}; "
            f"transformers {version('transformers')} on torch {version('torch')} in "
            f"{'bf16' if has_bf16() else 'f32, since the processor has no bf16'}")


def main(program, checkpoint, ct2, ggml, rounds="5"):
    engines = {
        "curbcut ms": lambda: ours(program, checkpoint),
        "faster-whisper ms": lambda: child(__file__, "faster_whisper", ct2),
        "whisper.cpp ms": lambda: child(__file__, "whisper_cpp", ggml),
        "transformers ms": lambda: child(__file__, "transformers", checkpoint)}
    table(heading(rounds), int(rounds), engines, ("load", "mel", "encode", "text", FOUR_BITS, "window", PEAK))


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        answer(PEERS[sys.argv[2]](*sys.argv[3:]))
    else:
        main(*sys.argv[1:])
