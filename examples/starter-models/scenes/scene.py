"""A drawn scene, with the whole truth about it."""

import contextlib
import dataclasses

from PIL import Image

GRID = 8  # patches along each side of the model's picture


class Unwanted(Exception):
    """The composition is one that is not to be drawn now."""


# Asked with the facts and the detail of every composition before it is drawn.
is_wanted = None


def decide(facts, detail=""):
    """Every maker calls this when it knows what it will draw, and before the work of drawing."""
    if is_wanted and not is_wanted(facts, detail):
        raise Unwanted


@dataclasses.dataclass
class Scene:
    """A picture, what is in it, and which of its things covers each pixel.

    `facts` are what the caption says. `owner` holds 0 where no thing is, else the number of a
    thing: its place in `things`, counted from 1, in the order in which the caption names them.
    `things` are pairs of kind and colour; a colour that the caption does not say is empty.
    `detail` is what else tells this composition from another, for keeping some out of training.
    """

    picture: Image.Image
    facts: dict
    owner: Image.Image
    things: list = dataclasses.field(default_factory=list)
    detail: str = ""

    @classmethod
    def on(cls, picture, facts):
        return cls(picture, facts, Image.new("L", picture.size))

    def paste(self, sprite, middle, kind, colour="", order=None):
        """Puts a thing into the picture, in front of what is there."""
        corner = (round(middle[0] - sprite.width / 2), round(middle[1] - sprite.height / 2))
        self.picture.paste(sprite, corner, sprite)
        self.things.append((kind, colour))
        number = len(self.things) if order is None else order
        self.owner.paste(number, corner, sprite.getchannel("A").point(lambda a: 255 * (a > 100)))


fixed_size = None


@contextlib.contextmanager
def canvas_of(size):
    """Draws all within on canvases of one size; of any, where it is None."""
    global fixed_size
    fixed_size = size
    yield
    fixed_size = None


def canvas_size(random, along=""):
    """Pictures of many shapes; all become squares of 128 pixels before the model sees them.

    A picture of a row is never upright, and one of a column never lies: so the things have room.
    """
    long = random.randint(170, 330)
    short = round(long / random.choice((1, 1, 4 / 3, 4 / 3, 1.5, 1.4)))
    lies = random.random() < 0.7
    if fixed_size:
        return fixed_size
    if along:
        lies = along == "row"
    return (long, short) if lies else (short, long)
