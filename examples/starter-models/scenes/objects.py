"""Scenes of pictographs and shapes: one, several of a kind, two in a relation, three in a line."""

from .grounds import distance, ground
from .scene import Scene, canvas_size, decide
from .sprites import LARGEST_TURN, jittered, mean_colour, pictograph, shape
from .words import COLOURS, DIRECTIONS, PICTOGRAPHS, SHAPES, with_article

SAID_COLOURS = tuple(COLOURS)


class Thing:
    """One kind of thing, with the colour and the direction that all its copies have."""

    def __init__(self, random, avoid=(), only=None):
        self.pointing = ""
        if only != "pictograph" and (only or random.random() < 0.2):
            self.kind = random.choice(only if isinstance(only, tuple) else SHAPES)
            while True:
                self.colour = random.choice(SAID_COLOURS)
                self.paint = jittered(random, self.colour)
                if all(distance(self.paint, other) > 50 for other in avoid):
                    break
            if self.kind == "arrow":
                self.pointing = random.choice(DIRECTIONS)
        else:
            self.kind = random.choice(tuple(PICTOGRAPHS))
            self.colour = ""
            self.paint = mean_colour(PICTOGRAPHS[self.kind])

    @property
    def is_shape(self):
        return bool(self.colour)

    @property
    def noun(self):
        return f"{self.colour} {self.kind}".strip()

    @property
    def tail(self):
        return f" pointing {self.pointing}" if self.pointing else ""

    @property
    def phrase(self):
        return with_article(self.noun) + self.tail

    def sprite(self, random, side):
        most = LARGEST_TURN.get(self.kind, 15)
        angle = random.uniform(-most, most) if random.random() < 0.6 else 0
        if self.is_shape:
            outline = None
            if random.random() < 0.25:
                outline = tuple(value // 3 for value in self.paint)
            return shape(self.kind, self.paint, max(4, round(side)), angle, self.pointing, outline)
        return pictograph(self.kind, side, angle)


def finish(scene, random, places, side, things):
    """Pastes things at places given in parts of the canvas; `side` in parts of its shorter side."""
    width, height = scene.picture.size
    for number, ((x, y), thing) in enumerate(zip(places, things), 1):
        sprite = thing.sprite(random, side * min(width, height) * random.uniform(0.93, 1.07))
        half = (sprite.width / 2 + 1, sprite.height / 2 + 1)
        middle = (min(max(x * width, half[0]), width - half[0]),
                  min(max(y * height, half[1]), height - half[1]))
        scene.paste(sprite, middle, thing.kind, thing.colour, number)
    return scene


def begin(random, facts, things, detail=""):
    """The empty scene, on a ground from which the things stand out."""
    def decided(pattern):
        if pattern:
            facts["ground"] = pattern
        decide(facts, detail)

    size = canvas_size(random, facts.get("arrangement", ""))
    picture, _ = ground(random, size, [thing.paint for thing in things], decided=decided)
    scene = Scene.on(picture, facts)
    scene.detail = detail
    return scene


def one(random):
    thing = Thing(random)
    # A gap between the sizes leaves no doubt which word is right.
    size, low, high = random.choice((("small", 0.35, 0.41), ("", 0.50, 0.64), ("", 0.50, 0.64),
                                     ("large", 0.77, 0.94)))
    side = random.uniform(low, high)
    facts = {"scene": "one", "first": thing.noun, "pointing": thing.pointing, "size": size}
    scene = begin(random, facts, [thing], f"{side:.2f}")
    places = [(random.uniform(0.2, 0.8), random.uniform(0.2, 0.8))]
    return finish(scene, random, places, side, [thing])


def apart(random, count, gap):
    """Places of which any two are at least `gap` apart, and not in a line."""
    while True:
        places = []
        for _ in range(40):
            place = (random.uniform(0.16, 0.84), random.uniform(0.16, 0.84))
            if all(max(abs(place[0] - x), abs(place[1] - y)) > gap for x, y in places):
                places.append(place)
            if len(places) == count:
                break
        if len(places) == count and all(
                max(axis) - min(axis) > 0.3 for axis in zip(*places)):
            return sorted(places)


def line(random, count, wobble):
    """Places along a row, from the left: evenly apart but for a little, and almost level."""
    step = random.uniform(0.9, 1.0) * min(0.36, 0.98 / count)
    start = 0.5 + random.uniform(-0.5, 0.5) * (0.98 - step * count) - step * (count - 1) / 2
    level = random.uniform(0.3, 0.7)
    return [(start + step * i + random.uniform(-0.012, 0.012),
             level + random.uniform(-wobble, wobble)) for i in range(count)]


def upright(places):
    return [(y, x) for x, y in places]


def several(random):
    thing = Thing(random)
    count = random.choice((2, 2, 3, 3, 4, 5))
    layout = random.choice(("row", "column") if count == 2 else ("row", "column", "", ""))
    facts = {"scene": "count", "count": str(count), "first": thing.noun,
             "pointing": thing.pointing, "arrangement": layout}
    scene = begin(random, facts, [thing])
    if not layout:
        side = random.uniform(0.27, 0.31 if count < 5 else 0.29)
        places = apart(random, count, 0.30 if count < 5 else 0.28)
    else:
        width, height = scene.picture.size
        longer = max(width, height) / min(width, height)
        side = min(0.40, 0.92 * longer / count) * random.uniform(0.88, 1.0)
        places = line(random, count, 0.03)
        if layout == "column":
            places = upright(places)
    return finish(scene, random, places, side, [thing] * count)


RELATIONS = ("left", "right", "above", "below")


def two(random):
    """Two things beside or above one another.

    Which one the caption names first follows from the picture: a pictograph before a shape,
    else the left one or the upper one.
    """
    first = Thing(random)
    second = Thing(random, [first.paint] if first.is_shape else ())
    while second.noun == first.noun:
        second = Thing(random)
    relation = random.choice(RELATIONS)
    if first.is_shape and not second.is_shape:
        first, second = second, first
    if first.is_shape == second.is_shape:
        relation = random.choice(("left", "above"))
    facts = {"scene": "two", "first": first.noun, "pointing": first.pointing,
             "relation": relation, "second": second.noun, "second pointing": second.pointing}
    scene = begin(random, facts, [first, second])
    side = random.uniform(0.38, 0.47)
    near = random.uniform(0.20, 0.27)
    level = random.uniform(0.3, 0.7)
    slip = random.uniform(-0.12, 0.12)
    places = [(near, level - slip), (1 - random.uniform(0.20, 0.27), level + slip)]
    if relation in ("right", "below"):
        places.reverse()
    if relation in ("above", "below"):
        places = upright(places)
    return finish(scene, random, places, side, [first, second])


def inside(random):
    outer = Thing(random, only=("circle", "square", "hexagon", "heart", "ring"))
    inner = Thing(random, [outer.paint])
    while distance(inner.paint, outer.paint) < 50 or inner.kind == outer.kind:
        inner = Thing(random, [outer.paint])
    facts = {"scene": "two", "first": inner.noun, "pointing": inner.pointing,
             "relation": "inside", "second": outer.noun, "second pointing": ""}
    scene = begin(random, facts, [outer] if outer.kind != "ring" else [outer, inner])
    width, height = scene.picture.size
    side = random.uniform(0.76, 0.95) * min(width, height)
    middle = (width / 2 + random.uniform(-0.5, 0.5) * (width - side),
              height / 2 + random.uniform(-0.5, 0.5) * (height - side))
    scene.paste(outer.sprite(random, side), middle, outer.kind, outer.colour, 2)
    scene.things.pop()
    sprite = inner.sprite(random, side * random.uniform(0.42, 0.5))
    lift = -0.06 * side if outer.kind == "heart" else 0
    scene.paste(sprite, (middle[0], middle[1] + lift), inner.kind, inner.colour, 1)
    scene.things.append((outer.kind, outer.colour))
    return scene


def three(random):
    things = []
    while len(things) < 3:
        thing = Thing(random, [other.paint for other in things if other.is_shape])
        if thing.noun not in [other.noun for other in things]:
            things.append(thing)
    layout = random.choice(("row", "column"))
    facts = {"scene": "three", "arrangement": layout}
    for name, thing in zip(("first", "second", "third"), things):
        facts[name] = thing.noun
        facts["pointing" if name == "first" else name + " pointing"] = thing.pointing
    scene = begin(random, facts, things)
    places = line(random, 3, 0.08)
    if layout == "column":
        places = upright(places)
    return finish(scene, random, places, random.uniform(0.32, 0.36), things)
