"""Pictographs and shapes as small pictures with transparency, ready to be pasted into a scene."""

import functools
import math

from PIL import Image, ImageDraw, ImageFont

from .words import COLOURS, PICTOGRAPHS

EMOJI_FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
EMOJI_SIZE = 109  # the only size at which this bitmap font has pictures


@functools.lru_cache(maxsize=None)
def emoji_font():
    return ImageFont.truetype(EMOJI_FONT, EMOJI_SIZE)


@functools.lru_cache(maxsize=None)
def glyph(character):
    """The pictograph of one character, cut to its edges; None where the font has no picture."""
    picture = Image.new("RGBA", (140, 140))
    ImageDraw.Draw(picture).text((2, 2), character, font=emoji_font(), embedded_color=True)
    box = picture.getbbox()
    return picture.crop(box) if box else None


@functools.lru_cache(maxsize=None)
def mean_colour(character):
    """What colour a pictograph is on the whole: it has to stand out from the ground."""
    reduced = glyph(character).convert("RGBa").resize((1, 1), Image.BOX).convert("RGBA")
    return reduced.getpixel((0, 0))[:3]


def turned(picture, side, angle):
    """The picture with its longer side `side` pixels long, then turned by `angle` degrees."""
    scale = side / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.BICUBIC, reducing_gap=2.0)
    if not angle:
        return small
    small = small.rotate(angle, Image.BICUBIC, expand=True)
    box = small.getbbox()
    return small.crop(box) if box else small


def pictograph(name, side, angle):
    return turned(glyph(PICTOGRAPHS[name]), side, angle)


def regular(count, start, inner=None):
    """Corners of a polygon, or of a star where `inner` is given, in the square from -1 to 1."""
    points = []
    steps = count * (2 if inner else 1)
    for step in range(steps):
        radius = inner if inner and step % 2 else 1.0
        turn = math.radians(start) + 2 * math.pi * step / steps
        points.append((radius * math.cos(turn), radius * math.sin(turn)))
    return points


def heart_outline():
    points = []
    for step in range(40):
        t = 2 * math.pi * step / 40
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((x / 17, -(y + 2.5) / 17))
    return points


CROSS = [(-.3, -1), (.3, -1), (.3, -.3), (1, -.3), (1, .3), (.3, .3), (.3, 1), (-.3, 1),
         (-.3, .3), (-1, .3), (-1, -.3), (-.3, -.3)]
ARROW = [(1, 0), (.2, -.75), (.2, -.3), (-1, -.3), (-1, .3), (.2, .3), (.2, .75)]
OUTLINES = {
    "square": [(-.9, -.9), (.9, -.9), (.9, .9), (-.9, .9)],
    "triangle": [(0, -.95), (1, .8), (-1, .8)],
    "star": regular(5, -90, 0.42),
    "hexagon": regular(6, 0),
    "cross": CROSS,
    "heart": heart_outline(),
    "arrow": ARROW,
}
# Turning a square or a cross far makes another shape of it.
LARGEST_TURN = {"square": 10, "cross": 12, "arrow": 12, "triangle": 12}
POINTING = {"right": 0, "down": 90, "left": 180, "up": 270}


def shape(name, colour, side, angle, pointing=None, outline=None):
    """A filled shape; `outline` is the colour of its edge, if it is to have one."""
    over = 2  # drawn twice as large and reduced, which smooths the edges
    extent = side * over
    picture = Image.new("RGBA", (extent, extent), tuple(colour) + (0,))
    draw = ImageDraw.Draw(picture)
    edge = tuple(outline) + (255,) if outline else None
    width = max(2, extent // 24) if outline else 0
    fill = tuple(colour) + (255,)
    if name == "circle":
        draw.ellipse((0, 0, extent - 1, extent - 1), fill, edge, width)
    elif name == "ring":
        draw.ellipse((0, 0, extent - 1, extent - 1), None, fill, round(extent * 0.19))
    else:
        turn = math.radians(angle + POINTING.get(pointing, 0))
        cos, sin = math.cos(turn), math.sin(turn)
        half = extent / 2
        points = [(half + half * (x * cos - y * sin) * 0.97, half + half * (x * sin + y * cos) * 0.97)
                  for x, y in OUTLINES[name]]
        draw.polygon(points, fill)
        if edge:
            draw.line(points + points[:2], edge, width, joint="curve")
    picture = picture.resize((side, side), Image.BOX)
    return picture.crop(picture.getbbox())


def jittered(random, name):
    """A colour that everyone would still call `name`."""
    middle, spread = COLOURS[name]
    if name in ("black", "white", "grey"):
        shift = random.randint(-spread, spread)
        return tuple(min(255, max(0, value + shift)) for value in middle)
    return tuple(min(255, max(0, value + random.randint(-spread, spread))) for value in middle)
