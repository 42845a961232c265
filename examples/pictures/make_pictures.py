#!/usr/bin/env python3
"""Draws the pictures of this folder: python3 make_pictures.py

Needs Pillow 10.1 or later and qrcode (pip install pillow qrcode). Nothing is downloaded: the
letters are those that Pillow carries (Aileron, CC0), the rest is drawn here.
"""

import qrcode
from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 480)


def sign():
    """White words on a blue board."""
    picture = Image.new("RGB", SIZE, (225, 228, 230))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 330, 340, 480), fill=(110, 110, 115))
    draw.rounded_rectangle((60, 70, 580, 340), 24, fill=(20, 60, 140))
    draw.text((320, 150), "Ferry to the island", (255, 255, 255), ImageFont.load_default(52), "mm")
    draw.text((320, 250), "Pier 2, every hour", (255, 255, 255), ImageFont.load_default(46), "mm")
    picture.save("sign.png", optimize=True)


def harbour():
    """A boat with a red sail on the sea under an evening sun."""
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(300):
        draw.line((0, y, 640, y), fill=(90 + y // 2, 150 + y // 4, 235 - y // 5))
    for y in range(300, 480):
        draw.line((0, y, 640, y), fill=(15, 70 + (480 - y) // 5, 130 + (480 - y) // 6))
    draw.ellipse((470, 60, 550, 140), fill=(255, 226, 120))
    draw.polygon(((300, 110), (300, 290), (190, 290)), fill=(200, 40, 40))
    draw.polygon(((312, 140), (312, 290), (400, 290)), fill=(245, 240, 230))
    draw.line((306, 90, 306, 320), fill=(80, 50, 30), width=8)
    draw.polygon(((170, 310), (440, 310), (390, 370), (220, 370)), fill=(120, 75, 40))
    picture.save("harbour.jpg", quality=80, optimize=True)


def chart():
    """Three bars with their numbers."""
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.text((320, 40), "Passengers per day", "black", ImageFont.load_default(40), "mm")
    draw.line((80, 420, 580, 420), fill="black", width=3)
    for place, (day, count) in enumerate((("Friday", 210), ("Saturday", 340), ("Sunday", 290))):
        left = 110 + 165 * place
        draw.rectangle((left, 420 - count * 0.85, left + 100, 420), fill=(40, 110, 180))
        draw.text((left + 50, 448), day, "black", ImageFont.load_default(30), "mm")
        top = 420 - count * 0.85 - 22
        draw.text((left + 50, top), str(count), "black", ImageFont.load_default(30), "mm")
    picture.save("chart.png", optimize=True)


def ticket():
    """A QR code that leads to a page."""
    code = qrcode.QRCode(box_size=8, border=4)
    code.add_data("https://example.org/ticket/42")
    code.make_image().convert("L").save("ticket.png", optimize=True)


if __name__ == "__main__":
    sign()
    harbour()
    chart()
    ticket()
