#!/usr/bin/env python3
"""A JPEG of 12 megapixels that compresses like a photo: python3 make_photo.py FILE [WIDTH HEIGHT]

Clouds at every scale, drawn by a fixed seed; quality 90, chroma at half size. Needs numpy and Pillow.
"""

import sys

import numpy as np
from PIL import Image


def clouds(width, height, rng):
    """Noise whose grain doubles in size and in strength, eleven times."""
    total = np.zeros((height, width), np.float32)
    for octave in range(11):
        grain = 2 ** octave
        shape = (-(-height // grain) + 1, -(-width // grain) + 1)
        noise = Image.fromarray(rng.random(shape, np.float32))
        total += grain ** 0.3 * np.asarray(noise.resize((width, height), Image.BICUBIC))
    low, high = np.percentile(total, (1, 99))
    return np.clip(255 * (total - low) / (high - low), 0, 255).astype(np.uint8)


def main(path, width="4000", height="3000"):
    rng = np.random.default_rng(0)
    planes = [clouds(int(width), int(height), rng) for _ in range(3)]
    Image.fromarray(np.stack(planes, axis=-1)).save(path, "JPEG", quality=90, subsampling="4:2:0")


if __name__ == "__main__":
    main(*sys.argv[1:])
