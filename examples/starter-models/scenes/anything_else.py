"""Pictures on which the model has to say nothing: anything but the scenes that it is taught."""

import functools
import unicodedata

import numpy
from PIL import Image

from . import pages, photos
from .grounds import ground
from .scene import Scene, canvas_size
from .sprites import glyph, mean_colour, turned
from .words import CHARACTERS, PICTOGRAPHS

# Where Unicode keeps its pictographs. Skin tones, letters of flags and key caps are left out.
BLOCKS = ((0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF),
          (0x1FA70, 0x1FAFF), (0x2600, 0x27BF))
# How far a picture must be from every taught one, on 12 x 12 pixels with values up to 255, so that
# nobody would give it a taught name.
FAR = 48.0


def small(character):
    picture = Image.new("RGBA", (140, 140), (200, 200, 200, 255))
    sprite = turned(glyph(character), 136, 0)
    picture.paste(sprite, ((140 - sprite.width) // 2, (140 - sprite.height) // 2), sprite)
    return numpy.asarray(picture.convert("RGB").resize((12, 12), Image.BOX), numpy.float32).ravel()


@functools.lru_cache(maxsize=None)
def strangers():
    """Pictographs that are not taught and do not look like any that is."""
    taught = numpy.stack([small(character) for character in CHARACTERS])
    kinds = [set(name.split()) for name in PICTOGRAPHS]
    found = []
    for first, last in BLOCKS:
        for code in range(first, last + 1):
            character = chr(code)
            name = unicodedata.name(character, "")
            if not name or character in CHARACTERS or "SELECTOR" in name or "FITZPATRICK" in name:
                continue
            if any(kind <= set(name.lower().split()) for kind in kinds):
                continue  # another cat, another book
            if glyph(character) is None:
                continue
            away = numpy.sqrt(((taught - small(character)) ** 2).mean(1)).min()
            if away > FAR and mean_colour(character):
                found.append(character)
    return found


def stranger(random, size):
    """One to three pictographs that have no name here."""
    chosen = [random.choice(strangers()) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    picture, _ = ground(random, size, [mean_colour(character) for character in chosen])
    side = random.uniform(0.33, 0.95 if len(chosen) == 1 else 0.45) * min(size)
    for number, character in enumerate(chosen):
        sprite = turned(glyph(character), side, random.uniform(-25, 25))
        room = (max(0, size[0] - sprite.width), max(0, size[1] - sprite.height))
        x = room[0] * (random.random() if len(chosen) == 1 else number / (len(chosen) - 1))
        picture.paste(sprite, (round(x), round(random.random() * room[1])), sprite)
    return picture


def crowd(random, size):
    """Too many pictographs to count, or too small to be known."""
    picture, _ = ground(random, size, [])
    tiny = random.random() < 0.4
    side = min(size) * (random.uniform(0.06, 0.13) if tiny else random.uniform(0.16, 0.3))
    for _ in range(random.randint(1, 30) if tiny else random.randint(12, 40)):
        sprite = turned(glyph(random.choice(CHARACTERS)), side, random.uniform(-40, 40))
        picture.paste(sprite, (random.randint(-10, size[0] - 10), random.randint(-10, size[1] - 10)), sprite)
    return picture


def close(random, size):
    """So near to a pictograph that only a part is seen."""
    sprite = turned(glyph(random.choice(CHARACTERS)), max(size) * random.uniform(2.5, 5), 0)
    picture, _ = ground(random, size, [])
    shift = [random.uniform(0.25, 0.75) * (extent - wanted) for extent, wanted in zip(sprite.size, size)]
    picture.paste(sprite, (round(-shift[0]), round(-shift[1])), sprite)
    return picture


def collage(random, size):
    """Two to nine pictures side by side."""
    columns, rows = random.choice(((2, 1), (1, 2), (2, 2), (3, 2), (3, 3)))
    picture = Image.new("RGB", size, random.choice(((255, 255, 255), (20, 20, 20))))
    gap = random.choice((0, 3, 8))
    tile = (max(8, size[0] // columns - gap), max(8, size[1] // rows - gap))
    for row in range(rows):
        for column in range(columns):
            part = random.choice((photos.photo, pages.drawn, stranger))(random, (96, 96))
            picture.paste(part.resize(tile), (column * size[0] // columns, row * size[1] // rows))
    return picture


# Photographs and pages are what people have; strangers are what is most easily mistaken.
MAKERS = ((photos.photo, 0.50), (pages.drawn, 0.27), (stranger, 0.12), (crowd, 0.04), (close, 0.03),
          (collage, 0.04))


def scene(random):
    makers, shares = zip(*MAKERS)
    make = random.choices(makers, shares)[0]
    size = canvas_size(random)
    if make is not pages.drawn:  # textures need no more pixels than the model will see
        size = tuple(max(110, extent * 2 // 3) for extent in size)
    made = Scene.on(make(random, size), {"scene": "else"})
    made.detail = make.__name__
    return made
