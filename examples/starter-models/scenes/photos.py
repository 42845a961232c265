"""Pictures that look like photographs from afar: light, texture, blur and things without names."""

import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

from .grounds import generator

# Colours as they are outdoors and indoors: a light, a middle and a dark one.
PALETTES = (
    ((150, 170, 90), (80, 110, 50), (30, 45, 20)), ((200, 180, 150), (140, 110, 80), (60, 45, 30)),
    ((215, 225, 235), (130, 160, 195), (50, 75, 110)), ((235, 200, 175), (190, 140, 110), (90, 55, 40)),
    ((225, 225, 225), (140, 140, 138), (45, 45, 48)), ((240, 190, 110), (190, 110, 50), (80, 40, 20)),
    ((180, 205, 190), (90, 130, 120), (30, 55, 60)), ((230, 170, 190), (170, 80, 110), (70, 25, 45)),
    ((210, 190, 225), (120, 90, 150), (45, 30, 65)), ((250, 245, 220), (180, 170, 130), (80, 75, 55)),
)


def clouds(random, size, octaves=(2, 4, 8, 16, 32, 64), fall=0.55, stretch=1.0):
    """Noise with as much in every octave as nature has, from 0 to 1, [height, width]."""
    numbers = generator(random)
    total = numpy.zeros(size[::-1], numpy.float32)
    strength = 1.0
    for cells in octaves:
        across = max(2, round(cells * stretch))
        noise = numbers.random((cells, across), dtype=numpy.float32)
        total += strength * numpy.asarray(Image.fromarray(noise).resize(size, Image.BICUBIC))
        strength *= fall
    low, high = numpy.percentile(total[::4, ::4], (1, 99))
    return ((total - low) / (high - low + 1e-6)).clip(0, 1)


def coloured(values, palette):
    """Maps values from 0 to 1 through a palette, dark to light."""
    steps = numpy.float32(palette[::-1])
    at = numpy.linspace(0, 1, len(steps))
    table = numpy.stack([numpy.interp(numpy.linspace(0, 1, 256), at, steps[:, c]) for c in range(3)], 1)
    return Image.fromarray(table.astype(numpy.uint8)[(values * 255).astype(numpy.uint8)])


def palette(random):
    strays = [random.randint(-30, 30) for _ in range(3)]
    return [tuple(min(255, max(0, value + stray)) for value, stray in zip(colour, strays))
            for colour in random.choice(PALETTES)]


def texture(random, size):
    """One surface: cloud, fur, wood, water or grain."""
    octaves = random.choice(((2, 4, 8, 16, 32, 64), (8, 16, 32, 64), (3, 5, 60), (24, 48, 90)))
    stretch = random.choice((1, 1, 1, 0.15, 6))
    values = clouds(random, size, octaves, random.uniform(0.4, 0.9), stretch)
    if random.random() < 0.2:  # veins and rings
        values = (numpy.sin(values * random.uniform(8, 40)) + 1) / 2
    return coloured(values, palette(random))


def leaves(random, size, count, largest):
    """Overlapping patches of every size: what pictures of the world are, statistically."""
    picture = Image.new("RGB", size, palette(random)[1])
    draw = ImageDraw.Draw(picture)
    colours = [colour for _ in range(random.randint(1, 3)) for colour in palette(random)]
    for _ in range(count):
        radius = largest * max(size) * random.paretovariate(1.5) ** -1.0
        radius = max(2, radius * random.random())
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        light = random.uniform(0.6, 1.3)
        colour = tuple(min(255, int(value * light)) for value in random.choice(colours))
        if random.random() < 0.5:
            slim = random.uniform(0.4, 1)
            draw.ellipse((x - radius, y - radius * slim, x + radius, y + radius * slim), colour)
        else:
            corners = random.randint(3, 9)
            draw.polygon([(x + radius * random.uniform(0.5, 1) * math.cos(2 * math.pi * i / corners),
                           y + radius * random.uniform(0.5, 1) * math.sin(2 * math.pi * i / corners))
                          for i in range(corners)], colour)
    return picture


def blob(random, size):
    """The outline of some body: a few ellipses that touch, soft or hard at the edge."""
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    x, y = (random.uniform(0.3, 0.7) * extent for extent in size)
    radius = min(size) * random.uniform(0.15, 0.4)
    for _ in range(random.randint(1, 7)):
        wide, tall = radius * random.uniform(0.4, 1.2), radius * random.uniform(0.4, 1.2)
        draw.ellipse((x - wide, y - tall, x + wide, y + tall), 255)
        turn = random.uniform(0, 2 * math.pi)
        x, y = x + radius * math.cos(turn), y + radius * math.sin(turn)
        radius *= random.uniform(0.6, 1.05)
    return mask.filter(ImageFilter.GaussianBlur(random.choice((0.7, 1.5, 4))))


def lit(random, picture):
    """Light from a side, a vignette, and a cast."""
    width, height = picture.size
    shade = clouds(random, picture.size, (2, 3)) * random.uniform(0.2, 0.9)
    values = numpy.asarray(picture, numpy.float32)
    values = values * (1.25 - shade)[:, :, None] * numpy.float32(
        [random.uniform(0.85, 1.1) for _ in range(3)])
    return Image.fromarray(values.clip(0, 255).astype(numpy.uint8))


def surroundings(random, size):
    choice = random.random()
    if choice < 0.3:
        return texture(random, size)
    if choice < 0.6:
        return leaves(random, size, random.randint(20, 150), random.uniform(0.15, 0.5))
    if choice < 0.8:
        return landscape(random, size)
    return facade(random, size)


def subject(random, size):
    """One or two bodies with a surface of their own before a blurred ground."""
    picture = surroundings(random, size)
    picture = picture.filter(ImageFilter.GaussianBlur(random.choice((0, 1, 3, 6, 10))))
    for _ in range(random.choice((1, 1, 2, 3))):
        surface = texture(random, size) if random.random() < 0.7 else leaves(random, size, 80, 0.2)
        picture.paste(lit(random, surface), (0, 0), blob(random, size))
    if random.random() < 0.4:
        draw = ImageDraw.Draw(picture)
        x, y = (random.uniform(0.3, 0.7) * extent for extent in size)
        radius = random.uniform(0.01, 0.035) * size[0]
        for side in (-1, 1):  # something like eyes
            at = x + side * radius * random.uniform(2, 4)
            draw.ellipse((at - radius, y - radius, at + radius, y + radius), (20, 16, 14))
    return lit(random, picture)


def portrait(random, size):
    """A head and shoulders, made of ellipses, before a wall or a blurred room."""
    width, height = size
    picture = surroundings(random, size).filter(ImageFilter.GaussianBlur(random.choice((2, 5, 9))))
    draw = ImageDraw.Draw(picture)
    x, y = width * random.uniform(0.35, 0.65), height * random.uniform(0.35, 0.55)
    tall = height * random.uniform(0.16, 0.36)
    wide = tall * random.uniform(0.68, 0.85)
    skin = random.choice(((235, 200, 175), (220, 175, 145), (180, 130, 95), (120, 80, 55), (85, 55, 40)))
    hair = random.choice(((30, 22, 18), (70, 45, 25), (150, 110, 60), (140, 140, 140), (110, 50, 25)))
    cloth = random.choice(palette(random))
    body = wide * random.uniform(1.8, 2.6)
    draw.ellipse((x - body, y + tall * 1.15, x + body, y + tall * 5), cloth)
    draw.ellipse((x - wide * 1.2, y - tall * 1.3, x + wide * 1.2,
                  y + tall * random.uniform(0.3, 1.4)), hair)
    draw.rectangle((x - wide * 0.4, y, x + wide * 0.4, y + tall * 1.35),
                   tuple(int(value * 0.85) for value in skin))
    draw.ellipse((x - wide, y - tall, x + wide, y + tall), skin)
    for side in (-1, 1):
        at = x + side * wide * 0.42
        draw.ellipse((at - wide * 0.16, y - tall * 0.22, at + wide * 0.16, y - tall * 0.08), (40, 30, 26))
        draw.line((at - wide * 0.25, y - tall * 0.36, at + wide * 0.25, y - tall * 0.38), hair,
                  max(1, int(wide * 0.08)))
    draw.line((x, y, x - wide * 0.1, y + tall * 0.25, x + wide * 0.08, y + tall * 0.27),
              tuple(int(value * 0.75) for value in skin), max(1, int(wide * 0.06)))
    draw.ellipse((x - wide * 0.3, y + tall * 0.48, x + wide * 0.3, y + tall * 0.62), (160, 70, 70))
    if random.random() < 0.3:
        draw.ellipse((x - wide * 1.25, y - tall * 1.35, x + wide * 1.25, y - tall * 0.6), cloth)
    return lit(random, picture.filter(ImageFilter.GaussianBlur(random.uniform(0.6, 1.8))))


def landscape(random, size):
    """Sky, ridges, and fields or water before them."""
    width, height = size
    sky = palette(random) if random.random() < 0.3 else ((235, 240, 245), (150, 190, 230), (90, 140, 200))
    fade = numpy.linspace(0, 1, height, dtype=numpy.float32)[:, None]
    values = (fade * 0.8 + 0.3 * clouds(random, size, (3, 6, 12, 24), 0.6, 0.5)).clip(0, 1)
    picture = coloured(values, sky)
    level = height * random.uniform(0.3, 0.6)
    for _ in range(random.randint(1, 4)):
        ridge = clouds(random, (width, 8), (2, 4, 8, 16, 32), random.uniform(0.3, 0.7))[0]
        tops = level - ridge * height * random.uniform(0.05, 0.35)
        mask = numpy.arange(height)[:, None] > tops[None]
        picture.paste(lit(random, texture(random, size)), (0, 0), Image.fromarray(mask))
        level += height * random.uniform(0.08, 0.25)
    return picture


def facade(random, size):
    """Houses, walls, shelves: upright blocks with rows of openings."""
    width, height = size
    picture = texture(random, size).filter(ImageFilter.GaussianBlur(2))
    draw = ImageDraw.Draw(picture)
    x = -random.uniform(0, 30)
    while x < width:
        wide, top = random.uniform(0.15, 0.6) * width, height * random.uniform(0, 0.5)
        light, middle, dark = palette(random)
        draw.rectangle((x, top, x + wide, height), middle)
        step = random.uniform(0.05, 0.16) * width
        for row in range(1, int((height - top) / step) + 1):
            for column in range(int(wide / step)):
                left, upper = x + (column + 0.25) * step, top + (row - 0.6) * step
                draw.rectangle((left, upper, left + step * 0.5, upper + step * 0.6),
                               dark if random.random() < 0.8 else light)
        x += wide
    return lit(random, picture)


def lights(random, size):
    """Lamps out of focus, fireworks, stars."""
    picture = texture(random, size).point(lambda value: value // 4)
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(random.randint(8, 80)):
        radius = random.uniform(0.005, 0.08) * size[0]
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        colour = random.choice(palette(random)[:2]) + (random.randint(60, 255),)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), colour)
    return picture.filter(ImageFilter.GaussianBlur(random.uniform(0, 2)))


def cells(random, size):
    """Stones, cells, mosaics: the nearest of many points decides the colour."""
    count = random.randint(8, 120)
    numbers = generator(random)
    points = numbers.random((count, 2)).astype(numpy.float32)
    grid = numpy.stack(numpy.meshgrid(numpy.linspace(0, 1, 96), numpy.linspace(0, 1, 96)), 2)
    squares = ((grid[:, :, None] - points) ** 2).sum(3)
    nearest = squares.argmin(2)
    colours = numpy.uint8([random.choice(palette(random)) for _ in range(min(count, 12))])
    picture = Image.fromarray(colours[nearest % len(colours)]).resize(size, Image.BILINEAR)
    return lit(random, picture) if random.random() < 0.6 else picture


def petals(random, size):
    """A flower, a fan or a wheel close by."""
    picture = surroundings(random, size).filter(ImageFilter.GaussianBlur(random.choice((2, 5, 8))))
    draw = ImageDraw.Draw(picture)
    x, y = (random.uniform(0.3, 0.7) * extent for extent in size)
    count, start = random.randint(4, 24), random.uniform(0, 6)
    long = min(size) * random.uniform(0.25, 0.6)
    light, middle, dark = palette(random)
    for number in range(count):
        turn = start + 2 * math.pi * number / count
        wide = math.pi / count * random.uniform(0.7, 1.6)
        shade = random.uniform(0.7, 1.15)
        colour = tuple(min(255, int(value * shade)) for value in random.choice((light, middle)))
        draw.polygon([(x, y), (x + long * 0.7 * math.cos(turn - wide), y + long * 0.7 * math.sin(turn - wide)),
                      (x + long * math.cos(turn), y + long * math.sin(turn)),
                      (x + long * 0.7 * math.cos(turn + wide), y + long * 0.7 * math.sin(turn + wide))], colour)
    middle_radius = long * random.uniform(0.1, 0.3)
    draw.ellipse((x - middle_radius, y - middle_radius, x + middle_radius, y + middle_radius), dark)
    return lit(random, picture.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 2))))


MAKERS = (texture, leaves, subject, subject, subject, subject, portrait, portrait, landscape, landscape,
          facade, lights, cells, petals)


def photo(random, size):
    make = random.choice(MAKERS)
    if make is leaves:
        picture = leaves(random, size, random.randint(30, 300), random.uniform(0.1, 0.6))
    else:
        picture = make(random, size)
    if random.random() < 0.5:  # grain, and fine texture over all
        grain = generator(random).normal(0, random.uniform(3, 14), size[::-1]).astype(numpy.float32)
        picture = Image.fromarray(
            (numpy.asarray(picture, numpy.float32) + grain[:, :, None]).clip(0, 255).astype(numpy.uint8))
    if random.random() < 0.15:
        picture = picture.convert("L").convert("RGB")
    return picture
