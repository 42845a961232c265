"""Signs with a word, and perhaps an arrow: what the word is, is left to text recognition."""

from PIL import Image, ImageDraw

from .grounds import distance, ground
from .lettering import font, word
from .scene import Scene, canvas_size, decide
from .sprites import jittered, regular, shape
from .words import COLOURS, DIRECTIONS, SIGN_COLOURS, SIGN_SHAPES


def board(random, form, paint, ink, size):
    """The empty sign, with a rim in the ink's colour or none."""
    width, height = size
    picture = Image.new("RGBA", size)
    draw = ImageDraw.Draw(picture)
    rim = max(2, min(size) // 22) if random.random() < 0.6 else 0
    box = (0, 0, width - 1, height - 1)
    if form == "round":
        draw.ellipse(box, paint + (255,), ink + (255,), rim)
    elif form == "rectangular":
        draw.rounded_rectangle(box, random.choice((0, min(size) // 10)), paint + (255,),
                               ink + (255,), rim)
    else:
        if form == "triangular":
            corners = [(0.5, 0.0), (1.0, 1.0), (0.0, 1.0)]
        else:
            corners = [(0.5 + 0.54 * x, 0.5 + 0.54 * y) for x, y in regular(8, 22.5)]
        points = [(x * (width - 1), y * (height - 1)) for x, y in corners]
        draw.polygon(points, paint + (255,))
        if rim:
            draw.line(points + points[:2], ink + (255,), rim * 2, joint="curve")
    return picture


def fitted(random, text, width, height):
    """The largest font in which the text fits."""
    size = max(8, int(height))
    face = font(random, size)
    length = max(1, face.getlength(text))
    return font_at(face, max(7, int(size * min(1.0, width / length))))


def font_at(face, size):
    return face.font_variant(size=size)


def sign(random):
    form = random.choice(SIGN_SHAPES)
    colour = random.choice(SIGN_COLOURS)
    arrow = random.choice(DIRECTIONS) if random.random() < 0.5 and form != "triangular" else ""
    paint = jittered(random, colour)
    ink_name = random.choice([name for name in ("white", "black", "yellow")
                              if distance(COLOURS[name][0], paint) > 90])
    ink = jittered(random, ink_name)
    facts = {"scene": "sign", "shape": form, "colour": colour, "arrow": arrow}
    text = word(random)[:9].upper() if random.random() < 0.7 else word(random)[:9]
    decide(facts, text)
    picture, _ = ground(random, canvas_size(random), [paint], patterned=0)
    scene = Scene.on(picture, facts)
    shorter = min(picture.size)
    side = shorter * random.uniform(0.62, 0.95)
    size = (round(side), round(side))
    if form == "rectangular":  # wide enough never to be taken for a square
        size = (round(picture.width * random.uniform(0.7, 0.94)), round(shorter * random.uniform(0.4, 0.6)))
    face = board(random, form, paint, ink, size)
    draw = ImageDraw.Draw(face)
    width, height = size
    beside = form == "rectangular" and arrow
    share = {"round": 0.74, "rectangular": 0.55 if beside else 0.85, "triangular": 0.5,
             "octagonal": 0.8}[form]
    tall = 0.55 if form == "rectangular" else 0.34
    middle = [width / 2, height * (0.74 if form == "triangular" else 0.5)]
    if arrow:
        length = min(width, height) * (0.55 if beside else 0.36)
        figure = shape("arrow", ink, max(8, round(length)), 0, arrow)
        if beside:
            at = (width * (0.18 if arrow == "left" else 0.82), height / 2)
            middle[0] = width * (0.66 if arrow == "left" else 0.34)
        else:
            at = (width / 2, height * (0.27 if arrow == "up" else 0.72))
            middle[1] = height * (0.64 if arrow == "up" else 0.33)
            share -= 0.1
        face.paste(figure, (round(at[0] - figure.width / 2), round(at[1] - figure.height / 2)), figure)
    draw.text(middle, text, ink + (255,), fitted(random, text, width * share, height * tall),
              anchor="mm")
    turned = face.rotate(random.uniform(-7, 7), Image.BICUBIC, expand=True)
    spare = (picture.width - turned.width, picture.height - turned.height)
    where = (turned.width / 2 + random.random() * max(0, spare[0]),
             turned.height / 2 + random.random() * max(0, spare[1]))
    if random.random() < 0.4:  # a post
        post = ImageDraw.Draw(scene.picture)
        thick = max(2, shorter // 40)
        post.rectangle((where[0] - thick, where[1], where[0] + thick, picture.height),
                       (110, 110, 112))
    scene.paste(turned, where, "sign", colour)
    scene.detail = text
    return scene
