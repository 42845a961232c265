"""Pages, screens, codes, maps and test pictures: drawn things that are no scene of ours."""

import math

import numpy
from PIL import Image, ImageDraw

from .grounds import generator, tone
from .lettering import font, sentence, word


def ink_on(paper):
    return (235, 235, 235) if sum(paper) < 380 else (25, 25, 28)


def text_block(random, draw, box, ink, size):
    left, top, right, bottom = box
    face, y = font(random, size), top
    while y < bottom - size:
        text = sentence(random, 14)
        if random.random() < 0.15:
            text = text[:random.randint(5, 30)]
        limit = int((right - left) / max(1, face.getlength("n")))
        draw.text((left, y), text[:limit], ink, face)
        y += size * random.uniform(1.3, 1.4)
        if random.random() < 0.1:
            y += size


def page(random, size):
    """A page of text, in one column or two, perhaps with a heading; perhaps scanned askew."""
    paper = random.choice(((255, 255, 255), (250, 248, 240), (240, 240, 240), (228, 220, 200), (30, 30, 34)))
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    ink = ink_on(paper)
    letters = random.randint(6, 22)
    top = size[1] * random.uniform(0.02, 0.1)
    if random.random() < 0.4:
        draw.text((size[0] * 0.08, top), sentence(random, 3), ink, font(random, letters * 2))
        top += letters * 3
    columns = random.choice((1, 1, 2))
    for column in range(columns):
        left = size[0] * (0.06 + 0.48 * column)
        right = size[0] * (0.94 if columns == 1 else 0.46 + 0.48 * column)
        text_block(random, draw, (left, top, right, size[1] * random.uniform(0.3, 1)), ink, letters)
    if random.random() < 0.3:
        picture = picture.rotate(random.choice((180, 90, random.uniform(-4, 4))), Image.BILINEAR,
                                 fillcolor=paper)
    return picture


def screen(random, size):
    """A window with a bar, a menu, a list or a form, and buttons."""
    width, height = size
    paper = random.choice(((255, 255, 255), (240, 240, 243), (250, 250, 250), (36, 38, 44), tone(random)))
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    ink = ink_on(paper)
    bar = height * random.uniform(0.05, 0.14)
    accent = tone(random)
    draw.rectangle((0, 0, width, bar), accent)
    draw.text((6, 2), sentence(random, 3), ink_on(accent), font(random, max(6, int(bar * 0.6))))
    side = width * random.choice((0, 0, 0.22, 0.3))
    if side:
        draw.rectangle((0, bar, side, height), tuple(int(value * 0.93) for value in paper))
    letters = random.randint(6, 14)
    y = bar + letters
    while y < height:
        choice = random.random()
        x = side + width * 0.03
        if side and random.random() < 0.7:
            draw.text((5, y), word(random), ink, font(random, letters))
        if choice < 0.35:
            draw.text((x, y), sentence(random, 6)[:40], ink, font(random, letters))
        elif choice < 0.5:
            box = (x, y, x + width * random.uniform(0.15, 0.5), y + letters * 2)
            draw.rounded_rectangle(box, 3, random.choice((accent, paper)), ink)
            draw.text((x + 5, y + letters * 0.4), word(random), ink, font(random, letters))
        elif choice < 0.6:
            draw.ellipse((x, y, x + letters, y + letters), None, ink)
            draw.text((x + letters * 2, y), sentence(random, 3), ink, font(random, letters))
        elif choice < 0.75:
            tall = random.uniform(2, 6) * letters
            draw.rectangle((x, y, x + width * random.uniform(0.2, 0.6), y + tall), tone(random))
            y += tall - letters
        elif choice < 0.85:
            draw.line((side, y, width, y), tuple((3 * a + b) // 4 for a, b in zip(paper, ink)))
        y += letters * random.uniform(1.3, 2.6)
    return picture


def table(random, size):
    width, height = size
    paper = random.choice(((255, 255, 255), (246, 246, 246), (32, 34, 40)))
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    ink = ink_on(paper)
    line = tuple((2 * a + b) // 3 for a, b in zip(paper, ink))
    rows, columns = random.randint(4, 24), random.randint(2, 9)
    tall, wide = height / rows, width / columns
    letters = max(5, min(16, int(tall * 0.6)))
    face = font(random, letters)
    head = tone(random)
    draw.rectangle((0, 0, width, tall), head)
    for row in range(rows):
        if random.random() < 0.1:
            draw.rectangle((0, row * tall, width, row * tall + tall), tone(random))
        draw.line((0, row * tall, width, row * tall), line)
        for column in range(columns):
            if random.random() < 0.8:
                text = word(random) if column == 0 or row == 0 else str(random.randint(0, 9999))
                draw.text((column * wide + 3, row * tall + 2), text[:max(1, int(wide / letters * 1.6))],
                          ink_on(head) if row == 0 else ink, face)
    for column in range(columns):
        draw.line((column * wide, 0, column * wide, height), line)
    return picture


def codes(random, size):
    """Bar codes and square codes."""
    picture = Image.new("RGB", size, (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    numbers = generator(random)
    if random.random() < 0.5:
        x = size[0] * 0.1
        while x < size[0] * 0.9:
            wide = random.randint(1, 4) * size[0] / 200
            draw.rectangle((x, size[1] * 0.2, x + wide, size[1] * 0.8), (0, 0, 0))
            x += wide + random.randint(1, 4) * size[0] / 200
        return picture
    count = random.randint(17, 41)
    dots = (numbers.random((count, count)) < 0.5).astype(numpy.uint8) * 255
    for y, x in ((0, 0), (0, count - 7), (count - 7, 0)):
        dots[y:y + 7, x:x + 7] = 0
        dots[y + 1:y + 6, x + 1:x + 6] = 255
        dots[y + 2:y + 5, x + 2:x + 5] = 0
    side = int(min(size) * random.uniform(0.5, 1))
    square = Image.fromarray(dots).resize((side, side), Image.NEAREST)
    picture.paste(square, ((size[0] - side) // 2, (size[1] - side) // 2))
    return picture


def plan(random, size):
    """A map or a plan: areas, roads, names."""
    picture = Image.new("RGB", size, random.choice(((242, 239, 233), (230, 238, 226), (255, 255, 255))))
    draw = ImageDraw.Draw(picture)
    for _ in range(random.randint(2, 8)):
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        reach = random.uniform(0.1, 0.4) * size[0]
        draw.polygon([(x + reach * random.uniform(-1, 1), y + reach * random.uniform(-1, 1))
                      for _ in range(random.randint(4, 8))],
                     random.choice(((200, 220, 180), (170, 210, 225), (225, 220, 210), tone(random))))
    for _ in range(random.randint(4, 25)):
        points = [(random.uniform(-0.1, 1.1) * size[0], random.uniform(-0.1, 1.1) * size[1])
                  for _ in range(random.randint(2, 4))]
        wide = random.randint(1, 7)
        draw.line(points, (160, 160, 160), wide + 2)
        draw.line(points, random.choice(((255, 255, 255), (250, 220, 130), (245, 170, 140))), wide)
    for _ in range(random.randint(0, 12)):
        draw.text((random.uniform(0, 0.9) * size[0], random.uniform(0, 0.9) * size[1]), word(random),
                  (60, 60, 60), font(random, random.randint(6, 12)))
    return picture


def sketch(random, size):
    """Lines by hand, curves, technical drawings, notes of music."""
    paper = tone(random)
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    for _ in range(random.randint(3, 40)):
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        turn, points = random.uniform(0, 6), []
        for _ in range(random.randint(2, 30)):
            turn += random.uniform(-0.7, 0.7)
            x, y = x + 9 * math.cos(turn), y + 9 * math.sin(turn)
            points.append((x, y))
        colour = ink_on(paper) if random.random() < 0.7 else tone(random)
        if len(points) > 4 and random.random() < 0.15:
            draw.polygon(points, colour)
        else:
            draw.line(points, colour, random.randint(1, 5), joint="curve")
    return picture


def test_picture(random, size):
    """Colour bars, rings of waves, ramps, noise, a blank sheet."""
    width, height = size
    choice = random.randrange(7)
    if choice == 0:
        picture = Image.new("RGB", size)
        draw = ImageDraw.Draw(picture)
        count = random.randint(4, 12)
        for number in range(count):
            draw.rectangle((width * number / count, 0, width * (number + 1) / count, height), tone(random))
        return picture.rotate(random.choice((0, 0, 180)))
    if choice == 1:
        y, x = numpy.mgrid[-1:1:height * 1j, -1:1:width * 1j]
        waves = numpy.sin((x * x + y * y) * random.uniform(8, 160)) * 0.5 + 0.5
        return Image.fromarray((waves * 255).astype(numpy.uint8)).convert("RGB")
    if choice == 2:
        from_to = generator(random).random((2, 2, 3)) * 255
        return Image.fromarray(from_to.astype(numpy.uint8)).resize(size, Image.BILINEAR)
    if choice == 3:
        scale = random.choice((1, 2, 6))
        noise = generator(random).random((height // scale, width // scale, 3)) * 255
        return Image.fromarray(noise.astype(numpy.uint8)).resize(size, Image.NEAREST)
    if choice == 4:
        return Image.new("RGB", size, tone(random))
    if choice == 5:
        blur = generator(random).random((random.randint(2, 6), random.randint(2, 6), 3)) * 255
        return Image.fromarray(blur.astype(numpy.uint8)).resize(size, Image.BICUBIC)
    from .grounds import ground
    return ground(random, size, [], patterned=0.5)[0]


def abstract(random, size):
    """Many shapes over one another: too many, too odd or too hidden to be named."""
    picture = Image.new("RGB", size, tone(random))
    draw = ImageDraw.Draw(picture)
    for _ in range(random.randint(7, 60)):
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        wide, tall = (random.uniform(0.04, 0.4) * extent for extent in size)
        colour = tuple(random.randint(0, 255) for _ in range(3))
        choice = random.random()
        box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        if choice < 0.35:
            draw.ellipse(box, colour)
        elif choice < 0.6:
            draw.rectangle(box, colour)
        else:
            draw.polygon([(random.uniform(box[0], box[2]), random.uniform(box[1], box[3]))
                          for _ in range(random.randint(3, 7))], colour)
    return picture


MAKERS = (page, page, page, screen, screen, screen, table, table, codes, plan, sketch, test_picture,
          test_picture, abstract, abstract)


def drawn(random, size):
    return random.choice(MAKERS)(random, size)
