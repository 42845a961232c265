"""From a seed to a finished picture, its caption and the truth about each of its patches."""

import functools
import hashlib
import io
import random as randoms

import numpy
from PIL import Image, ImageEnhance, ImageFilter

from . import anything_else, charts, objects, signs
from . import scene as scenes
from .captions import caption
from .grounds import generator
from .scene import GRID

SIDE = 128  # pixels along each side of the model's picture

# How often each scene is drawn. Several things in a picture teach more than one does. A seventh is
# anything else: the model has to know what it does not know.
SCENES = (
    (objects.one, 0.15), (objects.several, 0.12), (objects.two, 0.23), (objects.inside, 0.05),
    (objects.three, 0.11), (charts.bar, 0.045), (charts.line, 0.045), (charts.pie, 0.04),
    (signs.sign, 0.06), (anything_else.scene, 0.15),
)


@functools.lru_cache(maxsize=None)
def weights(only):
    chosen = [(make, share) for make, share in SCENES if not only or make.__name__ in only]
    return tuple(zip(*chosen))


def is_reserved(facts, detail):
    """Whether a composition is kept for the measure: one in fifty, told by its hash.

    The composition is what the caption says and, where captions are few, also the detail.
    """
    key = caption(facts) + "\n" + detail
    return hashlib.sha256(key.encode()).digest()[0] < 5  # 5 of 256


def spoilt(random, picture):
    """Light, blur, noise and JPEG artefacts, as cameras, screens and mail programs add."""
    if random.random() < 0.3:
        picture = ImageEnhance.Brightness(picture).enhance(random.uniform(0.75, 1.15))
    if random.random() < 0.3:
        picture = ImageEnhance.Contrast(picture).enhance(random.uniform(0.75, 1.2))
    scale = min(picture.size) / SIDE
    if random.random() < 0.2:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.8) * scale))
    if random.random() < 0.25:
        noise = generator(random).normal(0, random.uniform(3, 14), picture.size[::-1] + (3,))
        noisy = numpy.asarray(picture, numpy.float32) + noise.astype(numpy.float32)
        picture = Image.fromarray(noisy.clip(0, 255).astype(numpy.uint8))
    if random.random() < 0.3:
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=random.randint(25, 92))
        picture = Image.open(data).convert("RGB")
    return picture


def draw(seed, reserved=False, only=()):
    """The scene of a seed: one that is reserved for the measure, or one that is not.

    Anything else has no composition: there the seeds keep measure and training apart.
    """
    random = randoms.Random(seed)
    makers, shares = weights(tuple(only))
    make = random.choices(makers, shares)[0]
    scenes.is_wanted = lambda facts, detail: is_reserved(facts, detail) == reserved
    while True:
        try:
            scene = make(random)
            break
        except scenes.Unwanted:
            continue
    scene.picture = spoilt(random, scene.picture)
    return scene


def squashed(picture):
    """What BlipImageProcessor makes of a picture before it scales its values."""
    return numpy.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.BICUBIC))


def patch_owners(scene):
    """Which thing covers each patch: the most common owner where things cover a fifth of it."""
    fine = numpy.asarray(scene.owner.resize((GRID * 4, GRID * 4), Image.NEAREST))
    cells = fine.reshape(GRID, 4, GRID, 4).transpose(0, 2, 1, 3).reshape(GRID * GRID, 16)
    counts = (cells[:, :, None] == numpy.arange(9)).sum(1)
    counts[:, 0] = numpy.where(counts[:, 0] > 12, 99, 0)
    return counts.argmax(1)
