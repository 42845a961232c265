#!/usr/bin/env python3
"""CLIP's vision side beside its peers, in turn: clip_peers.py BENCH CHECKPOINT MADE PICTURE [ROUNDS]

BENCH is the built `bench`, CHECKPOINT comes from make_clip.py, MADE from clip_vision.py, PICTURE is a
12-megapixel JPEG (make_photo.py). As in blip_peers.py a row's ratio is the median of the rounds'
ratios, and transformers runs in bf16 where the processor multiplies that.
"""

import subprocess
import sys

import numpy as np
from PIL import Image

from blip_peers import cosine, heading, onnx_session, openvino_session
from rounds import PEAK, THREADS, answer, bench, child, has_bf16, least, peak_megabytes, table, \
    timed

COSINE = "direction, cosine with f32"
SIDE = 224
ENCODE_RUNS = 12


def pixels(picture):
    image = Image.open(picture)
    image.draft("RGB", (SIDE, SIDE))
    image = image.convert("RGB")
    scale = SIDE / min(image.size)
    width, height = (max(SIDE, int(side * scale)) for side in image.size)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    image = image.resize((width, height), Image.BICUBIC).crop(
        (left, top, left + SIDE, top + SIDE))
    mean = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
    deviation = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
    scaled = (np.asarray(image, np.float32) / 255 - mean) / deviation
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])


def measured(load, see, picture):
    """`see` takes pixels and gives a direction."""
    taken = pixels(picture)
    return {"load": load,
            "picture to pixels": least(lambda: pixels(picture), 3),
            "encode": least(lambda: see(taken), ENCODE_RUNS),
            "picture to direction": least(lambda: see(pixels(picture)), 4),
            PEAK: peak_megabytes()}


def runtime(session, file, exact, picture):
    load, run = timed(lambda: session(file))
    times = measured(load, lambda taken: run({"pixels": taken})[0], picture)
    taken = {"pixels": pixels(picture)}
    return times | {COSINE: cosine(run(taken)[0], onnx_session(exact)(taken)[0])}


def onnxruntime_int8(folder, picture):
    return runtime(onnx_session, f"{folder}/vision.int8.onnx", f"{folder}/vision.onnx", picture)


def openvino_int8(folder, picture):
    return runtime(openvino_session, f"{folder}/vision.int8.xml", f"{folder}/vision.onnx", picture)


def transformers(checkpoint, picture):
    import torch
    from transformers import CLIPModel
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    kind = torch.bfloat16 if has_bf16() else torch.float32
    load, model = timed(lambda: CLIPModel.from_pretrained(checkpoint, dtype=kind).eval())
    return measured(
        load, lambda taken: model.get_image_features(torch.from_numpy(taken).to(kind)), picture)


PEERS = {"onnxruntime_int8": onnxruntime_int8, "openvino_int8": openvino_int8,
         "transformers": transformers}


def our_cosine(program, checkpoint, picture):
    lines = subprocess.run(
        [program, "clip-accuracy", "--model", checkpoint, "--picture", picture],
        check=True, capture_output=True, text=True).stdout.splitlines()
    return float(lines[1].split("\t")[1])


def main(program, checkpoint, made, picture, rounds="5"):
    near = our_cosine(program, checkpoint, picture)
    engines = {
        "curbcut ms": lambda: {COSINE: near} | bench(
            [program, "clip", "--model", checkpoint, "--picture", picture, "--runs",
             str(ENCODE_RUNS)]),
        "onnxruntime int8 ms": lambda: child(__file__, "onnxruntime_int8", made, picture),
        "openvino int8 ms": lambda: child(__file__, "openvino_int8", made, picture),
        "transformers ms": lambda: child(__file__, "transformers", checkpoint, picture)}
    table(heading(rounds), int(rounds), engines,
          ("load", "picture to pixels", "encode", "picture to direction", COSINE, PEAK))


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        answer(PEERS[sys.argv[2]](*sys.argv[3:]))
    else:
        main(*sys.argv[1:])
