#!/usr/bin/env python3
"""BLIP beside its peers, in turn: python3 blip_peers.py BENCH CHECKPOINT ONNX PICTURE [ROUNDS]

BENCH is the built `bench`, CHECKPOINT comes from make_blip.py, ONNX from blip_onnx.py and
blip_openvino.py, PICTURE is a 12-megapixel JPEG (make_photo.py). All run on two threads
(PEER_THREADS). Each round times one after the other; a row's ratio is the median of the rounds'
ratios, so that a machine that slows down slows all. Prints TSV: what, the median ms of each, and
Curbcut over the fastest peer.

libvips makes bytes of 384 by 384 pixels of the picture, Curbcut and Pillow the normalised planes
that a model takes. transformers runs in bf16 where the processor multiplies that, else in f32.
"""

import ctypes
import ctypes.util
import sys

import numpy as np
from PIL import Image

from rounds import PEAK, THREADS, answer, bench, child, has_bf16, least, machine, peak_megabytes, \
    table, timed

COSINE = "encoder output, cosine with f32"


def pixels(picture):
    image = Image.open(picture)
    image.draft("RGB", (384, 384))
    image = image.convert("RGB").resize((384, 384), Image.BICUBIC)
    mean = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
    deviation = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
    scaled = (np.asarray(image, np.float32) / 255 - mean) / deviation
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])


def onnx_session(path):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda inputs: session.run(None, inputs)


def openvino_session(path):
    import openvino
    model = openvino.Core().compile_model(
        path, "CPU", {"INFERENCE_NUM_THREADS": THREADS, "PERFORMANCE_HINT": "LATENCY"})
    request = model.create_infer_request()

    def run(inputs):
        request.infer(inputs)
        return [request.get_output_tensor(i).data.copy() for i in range(len(model.outputs))]

    return run


def cosine(a, b):
    a, b = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def in_parts(session, ending, folder, picture):
    """A runtime that has the model as three files: vision, cross and step."""
    load, (vision, cross, step) = timed(lambda: [
        session(f"{folder}/{name}{ending}") for name in ("vision", "cross", "step")])

    def token(token, position, past, seen):
        logits, k, v = step({
            "token": np.array([[token]]), "position": np.array([[position]]), "past_k": past[0],
            "past_v": past[1], "cross_k": seen[0], "cross_v": seen[1]})
        return int(logits[0, 0].argmax()), (k, v)

    def caption():
        seen = cross({"rows": vision({"pixels": pixels(picture)})[0]})
        past, word = (np.zeros((12, 1, 12, 0, 64), np.float32),) * 2, 30522
        for position in range(20):
            word, past = token(word, position, past, seen)

    taken = {"pixels": pixels(picture)}
    rows = vision(taken)[0]
    seen = cross({"rows": rows})
    past = (np.zeros((12, 1, 12, 10, 64), np.float32),) * 2
    times = {"load": load,
             "picture to pixels": least(lambda: pixels(picture), 3),
             "encode": least(lambda: vision(taken), 4),
             "cross keys": least(lambda: cross({"rows": rows}), 4),
             "token": least(lambda: token(2000, 10, past, seen), 20),
             "picture to 20 tokens": least(caption, 4), PEAK: peak_megabytes()}
    if "int8" in ending:
        times[COSINE] = cosine(rows, session(f"{folder}/vision.onnx")(taken)[0])
    return times


def onnxruntime_int8(folder, picture):
    return in_parts(onnx_session, ".int8.onnx", folder, picture)


def openvino_int8(folder, picture):
    return in_parts(openvino_session, ".int8.xml", folder, picture)


def openvino_f32(folder, picture):
    return in_parts(openvino_session, ".onnx", folder, picture)


def transformers(checkpoint, picture):
    import torch
    from transformers import BlipForConditionalGeneration
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    kind = torch.bfloat16 if has_bf16() else torch.float32
    load, model = timed(lambda: BlipForConditionalGeneration.from_pretrained(
        checkpoint, dtype=kind).eval())

    def taken():
        return torch.from_numpy(pixels(picture)).to(kind)

    def caption(seen, tokens):
        model.generate(pixel_values=seen, num_beams=1, do_sample=False,
                       min_new_tokens=tokens, max_new_tokens=tokens)

    seen = taken()
    few, many = (least(lambda: caption(seen, tokens), 3) for tokens in (4, 20))
    return {"load": load,
            "encode": least(lambda: model.vision_model(pixel_values=seen), 4),
            "token": (many - few) / 16,
            "picture to 20 tokens": least(lambda: caption(taken(), 20), 3)}


def libvips(picture):
    """What `vipsthumbnail` does, without the start of a program and without a file to write."""
    library = ctypes.CDLL(ctypes.util.find_library("vips") or "libvips.so.42")
    library.vips_image_write_to_memory.restype = ctypes.c_void_p
    library.vips_init(b"peers")
    library.vips_concurrency_set(THREADS)
    library.vips_cache_set_max(0)

    def thumbnail():
        image, size = ctypes.c_void_p(), ctypes.c_size_t()
        forced = 3  # VIPS_SIZE_FORCE
        if library.vips_thumbnail(picture.encode(), ctypes.byref(image), ctypes.c_int(384),
                                  b"height", ctypes.c_int(384), b"size", ctypes.c_int(forced),
                                  ctypes.c_void_p()):
            raise SystemExit(f"libvips cannot read {picture}")
        bytes_of_it = library.vips_image_write_to_memory(image, ctypes.byref(size))
        if size.value != 384 * 384 * 3:
            raise SystemExit(f"libvips made {size.value} bytes of {picture}")
        library.g_free(ctypes.c_void_p(bytes_of_it))
        library.g_object_unref(image)

    return {"picture to pixels": least(thumbnail, 5)}


PEERS = {"onnxruntime_int8": onnxruntime_int8, "openvino_int8": openvino_int8,
         "openvino_f32": openvino_f32, "transformers": transformers, "libvips": libvips}


def our_cosine(program, checkpoint, picture):
    import subprocess
    lines = subprocess.run(
        [program, "blip-accuracy", "--model", checkpoint, "--picture", picture],
        check=True, capture_output=True, text=True).stdout.splitlines()
    return float(lines[1].split("\t")[1])


def heading(rounds):
    from importlib.metadata import version
    return (f"# {machine()}, {rounds} rounds; ONNX Runtime {version('onnxruntime')}; OpenVINO "
            f"{version('openvino')}, int8 by NNCF {version('nncf')}; transformers "
            f"{version('transformers')} on torch {version('torch')} in "
            f"{'bf16' if has_bf16() else 'f32, since the processor has no bf16'}")


def main(program, checkpoint, onnx, picture, rounds="5"):
    near = our_cosine(program, checkpoint, picture)
    engines = {
        "curbcut ms": lambda: {COSINE: near} | bench(
            [program, "blip", "--model", checkpoint, "--picture", picture, "--runs", "4"]),
        "onnxruntime int8 ms": lambda: child(__file__, "onnxruntime_int8", onnx, picture),
        "openvino int8 ms": lambda: child(__file__, "openvino_int8", onnx, picture),
        "openvino f32 ms": lambda: child(__file__, "openvino_f32", onnx, picture),
        "transformers ms": lambda: child(__file__, "transformers", checkpoint, picture),
        "libvips ms": lambda: child(__file__, "libvips", picture)}
    table(heading(rounds), int(rounds), engines,
          ("load", "picture to pixels", "encode", "cross keys", "token", "picture to 20 tokens",
           COSINE, PEAK))


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        answer(PEERS[sys.argv[2]](*sys.argv[3:]))
    else:
        main(*sys.argv[1:])
