"""Words and fonts for charts, signs, pages and screens."""

import functools

from PIL import ImageFont

FONTS = tuple(f"/usr/share/fonts/truetype/dejavu/{name}.ttf" for name in (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSansMono",
    "DejaVuSansCondensed"))

WORDS = (
    "stop exit open closed push pull slow danger ahead entry private parking taxi bus hotel cafe "
    "museum school library station platform ticket north south east west city centre airport "
    "beach garden market price total sales growth year month week average result score team group "
    "name file edit view help save print search settings account message report table figure "
    "the of and to in a is that for it as was with on by not this are from at which or be an have "
    "water power energy heat light sound paper metal glass wood stone bread milk apple orange").split()


@functools.lru_cache(maxsize=256)
def loaded(path, size):
    return ImageFont.truetype(path, size)


def font(random, size):
    return loaded(random.choice(FONTS), size)


def word(random):
    """One of the words above, or letters in any order."""
    if random.random() < 0.75:
        text = random.choice(WORDS)
    else:
        text = "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(2, 9)))
    return random.choice((text, text.capitalize(), text.upper()))


def sentence(random, count):
    return " ".join(word(random).lower() for _ in range(count)).capitalize() + "."
