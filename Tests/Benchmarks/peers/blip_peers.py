#!/usr/bin/env python3
"""BLIP beside its fastest peer, in turn: python3 blip_peers.py BENCH CHECKPOINT ONNX PICTURE [ROUNDS]

BENCH is the built `bench`, CHECKPOINT comes from make_blip.py, ONNX from blip_onnx.py, PICTURE is a
12-megapixel JPEG. Both run on two threads. Each round times ONNX Runtime int8, then Curbcut; a
row's ratio is the median of the rounds' ratios, so that a machine that slows down slows both.
Prints TSV: what, Curbcut's median ms, the peer's median ms, Curbcut / peer.
"""

import statistics
import subprocess
import sys
import time

import numpy as np
import onnxruntime
from PIL import Image


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def least(work, runs):
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - begin))
    return min(times)


def pixels(picture):
    image = Image.open(picture)
    image.draft("RGB", (384, 384))
    image = image.convert("RGB").resize((384, 384), Image.BICUBIC)
    mean = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
    deviation = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
    scaled = (np.asarray(image, np.float32) / 255 - mean) / deviation
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])


class Peer:
    def __init__(self, folder, picture):
        self.vision, self.cross, self.step = (
            session(f"{folder}/{name}.int8.onnx") for name in ("vision", "cross", "step"))
        self.picture = picture

    def token(self, token, position, past, cross):
        logits, k, v = self.step.run(None, {
            "token": np.array([[token]]), "position": np.array([[position]]), "past_k": past[0],
            "past_v": past[1], "cross_k": cross[0], "cross_v": cross[1]})
        return int(logits[0, 0].argmax()), (k, v)

    def caption(self):
        rows = self.vision.run(None, {"pixels": pixels(self.picture)})[0]
        cross = self.cross.run(None, {"rows": rows})
        past = (np.zeros((12, 1, 12, 0, 64), np.float32),) * 2
        token = 30522
        for position in range(20):
            token, past = self.token(token, position, past, cross)

    def times(self):
        seen = {"pixels": pixels(self.picture)}
        rows = self.vision.run(None, seen)[0]
        cross = self.cross.run(None, {"rows": rows})
        past = (np.zeros((12, 1, 12, 10, 64), np.float32),) * 2
        return {"picture to pixels": least(lambda: pixels(self.picture), 3),
                "encode": least(lambda: self.vision.run(None, seen), 4),
                "cross keys": least(lambda: self.cross.run(None, {"rows": rows}), 4),
                "token": least(lambda: self.token(2000, 10, past, cross), 20),
                "picture to 20 tokens": least(self.caption, 4)}


def cosine(a, b):
    a, b = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def accuracy(bench, checkpoint, onnx, picture, vision):
    """Cosines of the encoder's output in 8 bits with that in 32: Curbcut's, then the peer's."""
    lines = subprocess.run(
        [bench, "blip-accuracy", "--model", checkpoint, "--picture", picture],
        check=True, capture_output=True, text=True).stdout.splitlines()
    seen = {"pixels": pixels(picture)}
    exact = session(f"{onnx}/vision.onnx").run(None, seen)[0]
    return float(lines[1].split("\t")[1]), cosine(vision.run(None, seen)[0], exact)


def ours(bench, checkpoint, picture):
    lines = subprocess.run(
        [bench, "blip", "--model", checkpoint, "--picture", picture, "--runs", "4"],
        check=True, capture_output=True, text=True).stdout.splitlines()
    rows = {line.split("\t")[0]: line.split("\t") for line in lines[1:]}
    return {name: float(row[1]) for name, row in rows.items() if row[1]} | {
        "peak megabytes": float(rows["peak megabytes"][2])}


def main(bench, checkpoint, onnx, picture, rounds="5"):
    peer = Peer(onnx, picture)
    pairs = [(ours(bench, checkpoint, picture), peer.times()) for _ in range(int(rounds))]
    model = next(line for line in open("/proc/cpuinfo") if line.startswith("model name"))
    flags = next(line for line in open("/proc/cpuinfo") if line.startswith("flags")).split()
    wide = [flag for flag in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16") if flag in flags]
    print(f"# {model.split(':')[1].strip()} with {' '.join(wide)}, 2 threads, ONNX Runtime "
          f"{onnxruntime.__version__} int8, {rounds} rounds")
    print("what\tcurbcut ms\tonnxruntime ms\tratio")
    for name in pairs[0][1]:
        a = statistics.median(mine[name] for mine, _ in pairs)
        b = statistics.median(theirs[name] for _, theirs in pairs)
        ratio = statistics.median(mine[name] / theirs[name] for mine, theirs in pairs)
        print(f"{name}\t{a:.1f}\t{b:.1f}\t{ratio:.2f}")
    mine, theirs = accuracy(bench, checkpoint, onnx, picture, peer.vision)
    print(f"encoder output, cosine of int8 with f32\t{mine:.5f}\t{theirs:.5f}\t")
    for name in ("load", "peak megabytes"):
        print(f"{name}\t{statistics.median(mine[name] for mine, _ in pairs):.1f}\t\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
