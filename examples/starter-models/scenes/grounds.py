"""What scenes stand on: plain, gradient, cloudy, grainy and patterned grounds."""

import math

import numpy
from PIL import Image, ImageDraw

from .words import PATTERNS


def distance(one, other):
    """How far apart two colours look, 0 to about 255."""
    red, green, blue = (a - b for a, b in zip(one, other))
    return math.sqrt(0.3 * red * red + 0.5 * green * green + 0.2 * blue * blue)


def tone(random):
    """A ground's colour: pale more often than not, as pages and walls are."""
    choice = random.random()
    if choice < 0.2:
        return (255, 255, 255)
    if choice < 0.6:
        return tuple(random.randint(175, 255) for _ in range(3))
    if choice < 0.75:
        return tuple(random.randint(0, 80) for _ in range(3))
    return tuple(random.randint(20, 240) for _ in range(3))


def generator(random):
    """A numpy generator whose numbers follow from the scene's own."""
    return numpy.random.Generator(numpy.random.SFC64(random.getrandbits(32)))


def cloudy(random, size, cells, low, high):
    """Smooth noise between two colours, `cells` bumps across."""
    noise = generator(random).random((cells, cells), dtype=numpy.float32)
    mask = Image.fromarray((noise * 255).astype(numpy.uint8)).resize(size, Image.BICUBIC)
    return Image.composite(Image.new("RGB", size, high), Image.new("RGB", size, low), mask)


def gradient(random, size, low, high):
    corners = generator(random).random((2, 2), dtype=numpy.float32)
    if random.random() < 0.6:  # straight across or down
        corners = numpy.float32([[0, 0], [1, 1]] if random.random() < 0.5 else [[0, 1], [0, 1]])
    mask = Image.fromarray((corners * 255).astype(numpy.uint8)).resize((8, 8), Image.BILINEAR)
    mask = mask.resize(size, Image.BILINEAR)
    return Image.composite(Image.new("RGB", size, high), Image.new("RGB", size, low), mask)


def striped(random, size, low, high):
    width, height = size
    picture = Image.new("RGB", size, low)
    draw = ImageDraw.Draw(picture)
    period = max(size) / random.uniform(6, 13)
    slant = random.choice((0, 0, math.pi / 2, math.pi / 2, math.pi / 4, -math.pi / 4))
    cos, sin = math.cos(slant), math.sin(slant)
    reach = width + height
    at = -reach + random.uniform(0, period)
    while at < reach:
        middle = (width / 2 + at * cos, height / 2 + at * sin)
        draw.line((middle[0] - reach * sin, middle[1] + reach * cos,
                   middle[0] + reach * sin, middle[1] - reach * cos), high, round(period / 2))
        at += period
    return picture


def dotted(random, size, low, high):
    picture = Image.new("RGB", size, low)
    draw = ImageDraw.Draw(picture)
    period = max(size) / random.uniform(7, 13)
    radius = period * random.uniform(0.2, 0.32)
    row, y = 0, random.uniform(-period, 0)
    staggered = random.random() < 0.5
    while y < size[1] + period:
        x = -period / 2 * (row % 2) * staggered - period / 3
        while x < size[0] + period:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), high)
            x += period
        row, y = row + 1, y + period
    return picture


def checked(random, size, low, high):
    picture = Image.new("RGB", size, low)
    draw = ImageDraw.Draw(picture)
    side = max(size) / random.uniform(7, 14)
    for row in range(int(size[1] / side) + 1):
        for column in range(row % 2, int(size[0] / side) + 1, 2):
            x, y = column * side, row * side
            draw.rectangle((x, y, x + side - 1, y + side - 1), high)
    return picture


def ground(random, size, avoid, patterned=0.25, decided=lambda pattern: None):
    """A ground from which every colour in `avoid` stands out.

    `decided` is told the pattern before anything is drawn. Returns the picture and the name of its pattern, empty where it has none worth saying.
    """
    kind = random.random()
    pattern = random.choice(PATTERNS) if kind < patterned else ""
    decided(pattern)
    contrast = 45 if pattern else 0  # a pattern must be seen to be named
    for demand in (85, 85, 85, 75, 75, 65, 65, 55, 55, 45, 45, 35, 35, 25, 25, 15, 0, 0, 0):
        low = tone(random)
        if pattern:
            high = tone(random)
        else:
            high = tuple(min(255, max(0, value + random.randint(-60, 60))) for value in low)
        if distance(low, high) >= contrast and all(
                distance(low, colour) >= demand and distance(high, colour) >= demand
                for colour in avoid):
            break
    else:
        low, high = (255, 255, 255), (190, 190, 190)
    if pattern:
        return {"striped": striped, "dotted": dotted, "checked": checked}[pattern](
            random, size, low, high), pattern
    kind = (kind - patterned) / (1 - patterned)
    if kind < 0.4:
        return Image.new("RGB", size, low), ""
    if kind < 0.7:
        return gradient(random, size, low, high), ""
    return cloudy(random, size, random.choice((3, 5, 9, 16, 40)), low, high), ""
