"""Bar, line and pie charts with titles, axes and labels as spreadsheets draw them."""

import math

from PIL import Image, ImageDraw

from .grounds import distance
from . import scene as scenes
from .lettering import font, word
from .scene import Scene, decide
from .sprites import jittered
from .words import COLOURS

SLICE_COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "grey")


def canvas(random):
    width = random.randint(220, 360)
    size = (width, round(width / random.choice((1, 4 / 3, 4 / 3, 1.5))))
    size = scenes.fixed_size or size
    paper = random.choice(((255, 255, 255),) * 3 + ((246, 246, 240), (235, 240, 246), (32, 34, 40)))
    ink = (230, 230, 230) if sum(paper) < 300 else random.choice(((0, 0, 0), (60, 60, 60)))
    return Image.new("RGB", size, paper), paper, ink


def heading(random, draw, size, ink):
    """Perhaps a title; returns how much height it took, as a part of the whole."""
    if random.random() < 0.5:
        return 0.05
    text = " ".join(word(random) for _ in range(random.randint(1, 3)))
    draw.text((size[0] * random.choice((0.1, 0.3)), 3), text, ink,
              font(random, max(8, size[1] // random.randint(14, 20))))
    return 0.13


def values(random, count):
    """Heights from 0 to 1 of which one is clearly the largest; the largest is 1."""
    largest = random.randrange(count)
    below = random.choice((0.6, 0.75, 0.87))
    heights = [random.uniform(0.12, below) for _ in range(count)]
    heights[largest] = 1.0
    return heights, largest


def frame(random, picture, draw, ink):
    """Axes, grid and tick marks; returns the plot's edges."""
    width, height = picture.size
    top = heading(random, draw, picture.size, ink) * height
    left, right = width * random.uniform(0.07, 0.16), width * random.uniform(0.92, 0.97)
    bottom = height * random.uniform(0.84, 0.93)
    if random.random() < 0.5:
        pale = tuple((3 * a + b) // 4 for a, b in zip(picture.getpixel((0, 0)), ink))
        for step in range(random.randint(3, 6)):
            y = top + (bottom - top) * step / 5
            draw.line((left, y, right, y), pale)
            if random.random() < 0.5:
                draw.text((2, y - 5), str(random.randint(1, 999)), ink, font(random, 9))
    if random.random() < 0.85:
        draw.line((left, bottom, right, bottom), ink, random.randint(1, 3))
    if random.random() < 0.7:
        draw.line((left, top, left, bottom), ink, random.randint(1, 3))
    return left, top + (bottom - top) * random.uniform(0.02, 0.2), right, bottom


def label(random, draw, at, ink, picture):
    size = max(7, picture.size[1] // 26)
    draw.text(at, word(random)[:3], ink, font(random, size), anchor="ma")


def bar(random):
    count = random.randint(3, 7)
    heights, largest = values(random, count)
    facts = {"scene": "bar", "parts": str(count), "largest": str(largest + 1)}
    detail = " ".join(f"{share:.1f}" for share in heights)
    decide(facts, detail)
    picture, paper, ink = canvas(random)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = frame(random, picture, draw, ink)
    scene = Scene.on(picture, facts)
    owner = ImageDraw.Draw(scene.owner)
    step = (right - left) / count
    wide = step * random.uniform(0.45, 0.8)
    names = [random.choice(tuple(COLOURS))] * count
    if random.random() < 0.4:
        names = [random.choice(tuple(COLOURS)) for _ in range(count)]
    paints = {}
    for name in names:
        while name not in paints or distance(paints[name], paper) < 40:
            paints[name] = jittered(random, name if name not in paints else "blue")
    labelled = random.random() < 0.5
    outlined = ink if random.random() < 0.3 else None
    for number, (share, name) in enumerate(zip(heights, names), 1):
        middle = left + step * (number - 0.5)
        box = (middle - wide / 2, bottom - share * (bottom - top), middle + wide / 2, bottom - 1)
        draw.rectangle(box, paints[name], outlined)
        owner.rectangle(box, number)
        scene.things.append(("bar", ""))
        if labelled:
            label(random, draw, (middle, bottom + 3), ink, picture)
    scene.detail = detail
    return scene


def line(random):
    count = random.randint(3, 7)
    heights, largest = values(random, count)
    facts = {"scene": "line", "parts": str(count), "largest": str(largest + 1)}
    detail = " ".join(f"{share:.1f}" for share in heights)
    decide(facts, detail)
    picture, paper, ink = canvas(random)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = frame(random, picture, draw, ink)
    scene = Scene.on(picture, facts)
    owner = ImageDraw.Draw(scene.owner)
    margin = (right - left) * random.uniform(0.03, 0.09)
    step = (right - left - 2 * margin) / (count - 1)
    points = [(left + margin + step * i, bottom - 4 - share * (bottom - 4 - top) * 0.97)
              for i, share in enumerate(heights)]
    paint = jittered(random, random.choice(tuple(COLOURS)))
    while distance(paint, paper) < 60:
        paint = jittered(random, random.choice(tuple(COLOURS)))
    scale = min(picture.size) / 128
    draw.line(points, paint, max(1, round(random.uniform(1.2, 2.6) * scale)), joint="curve")
    radius = random.uniform(2.2, 3.6) * scale
    labelled = random.random() < 0.5
    square = random.random() < 0.25
    for number, (x, y) in enumerate(points, 1):
        (draw.rectangle if square else draw.ellipse)(
            (x - radius, y - radius, x + radius, y + radius), paint)
        wide = 6 * scale
        owner.ellipse((x - wide, y - wide, x + wide, y + wide), number)
        scene.things.append(("point", ""))
        if labelled:
            label(random, draw, (x, bottom + 3), ink, picture)
    scene.detail = detail
    return scene


def pie(random):
    count = random.randint(3, 6)
    names = random.sample(SLICE_COLOURS, count)
    while True:
        shares = [random.uniform(0.08, 0.6) for _ in range(count)]
        shares = [share / sum(shares) for share in shares]
        ranked = sorted(shares)
        if ranked[-1] > ranked[-2] * 1.2 + 0.04 and ranked[0] > 0.06:
            break
    largest = names[shares.index(max(shares))]
    facts = {"scene": "pie", "parts": str(count), "largest": largest}
    detail = " ".join(f"{name} {share:.1f}" for name, share in zip(names, shares))
    decide(facts, detail)
    picture, paper, ink = canvas(random)
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    top = heading(random, draw, picture.size, ink) * height
    side = min(width, height - top) * random.uniform(0.72, 0.95)
    x = side / 2 + random.uniform(0.02, 0.98) * (width - side)
    y = top + (height - top) / 2
    box = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    scene = Scene.on(picture, facts)
    owner = ImageDraw.Draw(scene.owner)
    angle = random.uniform(0, 360)
    edge = random.choice((None, paper, paper, ink))
    for number, (name, share) in enumerate(zip(names, shares), 1):
        end = angle + 360 * share
        draw.pieslice(box, angle, end, jittered(random, name), edge, 2 if edge else 0)
        owner.pieslice(box, angle, end, number)
        scene.things.append(("slice", name))
        if random.random() < 0.3:
            turn = math.radians((angle + end) / 2)
            draw.text((x + 0.33 * side * math.cos(turn), y + 0.33 * side * math.sin(turn)),
                      f"{round(100 * share)}%", (0, 0, 0), font(random, 9), anchor="mm")
        angle = end
    if random.random() < 0.25:  # a ring chart is a pie chart with a hole
        hole = side * random.uniform(0.18, 0.27)
        draw.ellipse((x - hole, y - hole, x + hole, y + hole), paper, edge, 1)
        owner.ellipse((x - hole, y - hole, x + hole, y + hole), 0)
    scene.detail = detail
    return scene
