"""The truth about a scene as numbers: what the trainer's losses compare with."""

import numpy

from . import vocabulary, words
from .captions import caption
from .draw import patch_owners
from .scene import GRID

LENGTH = 32  # tokens of the longest caption, with its end
THINGS = 8  # most things in a scene
ANY = 9  # a word about all things of a scene
PATCH_KINDS = ("nothing", *words.KINDS, "bar", "point", "slice", "sign", "else")
KIND = {name: number for number, name in enumerate(PATCH_KINDS)}
PATCH_COLOURS = ("", *words.COLOURS)
COLOUR = {name: number for number, name in enumerate(PATCH_COLOURS)}

# What the whole picture is asked, and the answers; the first answer stands for all others.
QUESTIONS = {
    "scene": ("one", "count", "two", "three", "bar", "line", "pie", "sign", "else"),
    "relation": ("", "left", "right", "above", "below", "inside"),
    "arrangement": ("", "row", "column"),
    "count": ("", "2", "3", "4", "5"),
    "parts": ("", "3", "4", "5", "6", "7"),
    "largest": ("", "1", "2", "3", "4", "5", "6", "7", *words.COLOURS),
    "ground": ("", *words.PATTERNS),
    "size": ("", "small", "large"),
    "pointing": ("", *words.DIRECTIONS),
    "arrow": ("", *words.DIRECTIONS),
    "shape": ("", *words.SIGN_SHAPES),
}

ROW = numpy.dtype([
    ("picture", "u1", (128, 128, 3)), ("tokens", "i2", LENGTH), ("about", "u1", LENGTH),
    ("owners", "u1", GRID * GRID), ("kinds", "i2", THINGS + 1), ("colours", "u1", THINGS + 1),
    ("boxes", "f4", (THINGS + 1, 4)), ("answers", "u1", len(QUESTIONS))])


def words_about(facts, text):
    """Ranges of the caption's letters that name a thing, with that thing's number."""
    scene = facts["scene"]
    if scene == "count":
        return [(0, len(text.partition(" in a ")[0].partition(" on a ")[0]), ANY)]
    if scene in ("bar", "line"):
        start = text.rfind(" the ")
        return [(start, len(text), int(facts["largest"]))]
    if scene == "sign":
        return [(0, len(text), 1)]
    ranges, start = [], 0
    for number, name in enumerate(("first", "second", "third"), 1):
        if name in facts:
            # The article is told by the thing as well.
            begin = text.index(facts[name], start)
            start = begin + len(facts[name])
            key = "pointing" if name == "first" else name + " pointing"
            reach = len(" pointing " + facts[key]) if facts.get(key) else 0
            ranges.append((max(0, begin - 3), start + reach, number))
    return ranges


def boxes(owners):
    """Middle and extent of every thing, in patches, from the patches that it covers."""
    found = numpy.zeros((THINGS + 1, 4), "f4")
    for number in range(1, THINGS + 1):
        at = numpy.flatnonzero(owners == number)
        if len(at):
            y, x = at // GRID, at % GRID
            found[number] = ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2,
                             x.max() - x.min() + 1, y.max() - y.min() + 1)
    return found


def fill(row, scene, picture):
    """Writes a scene into one row of an array of type ROW."""
    text = caption(scene.facts)
    numbers, starts = vocabulary.encode(text)
    assert len(numbers) < LENGTH, text
    row["picture"] = picture
    row["tokens"] = vocabulary.PAD
    row["tokens"][:len(numbers) + 1] = numbers + [vocabulary.END]
    row["about"] = 0
    about = words_about(scene.facts, text)
    if scene.facts["scene"] == "pie":
        colours = [colour for _, colour in scene.things]
        about = [(text.rfind(" "), len(text), colours.index(scene.facts["largest"]) + 1)]
    for place, start in enumerate(starts):
        for first, last, number in about:
            if first <= start < last:
                row["about"][place] = number
    owners = patch_owners(scene)
    row["owners"] = owners
    row["kinds"] = KIND["else"] if scene.facts["scene"] == "else" else 0
    row["colours"] = 0
    for number, (kind, colour) in enumerate(scene.things, 1):
        row["kinds"][number] = KIND[kind]
        row["colours"][number] = COLOUR[colour]
    row["boxes"] = boxes(owners)
    row["answers"] = [answers.index(scene.facts[name]) if scene.facts.get(name) in answers else 0
                      for name, answers in QUESTIONS.items()]
