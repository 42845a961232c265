"""The words of the captions: what can be drawn, and how it is called in the singular and plural.

Pictographs are called by their Unicode names in lower case. `PLAIN` gives another name where the
Unicode name would not be understood when heard, or says something about print and not about the
thing ("black telephone").
"""

import unicodedata

# One character a kind. Near-duplicates (other cats, clock faces, hearts, flags) are left out.
CHARACTERS = (
    "🐵🐶🐱🦊🐻🐼🐨🐯🦁🐮🐷🐸🐔🐧🦆🦉🦋🐌🐞🐝🕷🦀🐙🐠🐬🐳🐘🐫🦓🐴🐰🐭🐍🐢🦔🦇🐊🦩🦚🐑"
    "🌵🌴🌲🌻🌹🌷🍄🍁🍀🍎🍌🍇🍉🍋🍍🍐🍒🍓🥝🥑🥕🌽🥦🍆🥥🍞🧀🍔🍕🌭🥨🥐🍩🎂🍦🍭🍳☕🍺🍷"
    "🚗🚌🚜🚲🚂🚀🚁⛵⚓🚦🛸🎈⏰⌚☎📱💻🖨📷📺🔋💡🕯🔑🔒🔨📖✉🎁🏆⚽🏀🏈🎲🎸🥁"
    "🎺🔔☂👑🎩👟👠👕👗🎒👜🪑🛏🚪🛁🚽🧲🧭⌛🧹⚙🔥💧❄☁☀🌈⚡🌙🌍🏠🏰⛺⛄🎃👻💀👽🤖"
    "👍👁👂👄💎💰🚩🎯💣🛡🎤🌋🍯"
)

PLAIN = {
    "monkey face": "monkey", "dog face": "dog", "cat face": "cat", "fox face": "fox",
    "bear face": "bear", "panda face": "panda", "tiger face": "tiger", "lion face": "lion",
    "cow face": "cow", "pig face": "pig", "frog face": "frog", "zebra face": "zebra",
    "horse face": "horse", "rabbit face": "rabbit", "mouse face": "mouse",
    "lady beetle": "ladybird", "spouting whale": "whale", "bactrian camel": "camel",
    "red apple": "apple", "grapes": "bunch of grapes", "cherries": "pair of cherries",
    "ear of maize": "maize cob", "bread": "loaf of bread", "broccoli": "broccoli floret",
    "slice of pizza": "pizza slice", "kiwifruit": "kiwi", "soft ice cream": "ice cream",
    "cooking": "frying pan", "hot beverage": "cup", "automobile": "car",
    "steam locomotive": "locomotive", "vertical traffic light": "traffic light",
    "black telephone": "telephone", "personal computer": "laptop",
    "electric light bulb": "light bulb", "wrapped present": "present", "soccer ball": "football",
    "american football": "rugby ball", "game die": "die",
    "basketball and hoop": "basketball",    "drum with drumsticks": "drum", "athletic shoe": "sports shoe", "school satchel": "satchel",
    "snowman without snow": "snowman", "black sun with rays": "sun",
    "high voltage sign": "lightning bolt", "earth globe europe-africa": "globe",
    "house building": "house", "european castle": "castle", "jack-o-lantern": "pumpkin",
    "extraterrestrial alien": "alien", "robot face": "robot", "thumbs up sign": "thumb",
    "gem stone": "gem", "triangular flag on post": "flag", "direct hit": "target",
        "high-heeled shoe": "high heel",
    "t-shirt": "shirt", "fire": "flame",
}

IRREGULAR = {"mouse": "mice", "die": "dice", "snowman": "snowmen",
             "sheep": "sheep", "strawberry": "strawberries", "leaf": "leaves"}


def plain_name(character):
    name = unicodedata.name(character).lower()
    return PLAIN.get(name, name)


PICTOGRAPHS = {plain_name(character): character for character in CHARACTERS}

# Shapes that stay what they are when a picture is squashed to a square: a circle may become an
# oval and a square an oblong, so ovals and oblongs are not taught.
SHAPES = ("circle", "square", "triangle", "star", "cross", "ring", "heart", "hexagon", "arrow")

# Middle of each colour in red, green and blue; `jitter` is how far a channel may stray.
COLOURS = {
    "red": ((214, 30, 36), 20), "orange": ((246, 136, 24), 12), "yellow": ((250, 220, 40), 16),
    "green": ((40, 158, 60), 28), "blue": ((36, 84, 214), 28), "purple": ((128, 46, 170), 20),
    "pink": ((250, 140, 190), 14), "brown": ((124, 74, 36), 14), "black": ((24, 24, 26), 16),
    "white": ((246, 246, 246), 8), "grey": ((134, 134, 136), 16),
}

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
DIRECTIONS = ("left", "right", "up", "down")
PATTERNS = ("striped", "dotted", "checked")
SIGN_SHAPES = ("round", "rectangular", "triangular", "octagonal")
SIGN_COLOURS = ("red", "blue", "green", "yellow", "orange", "white", "black", "brown")

KINDS = tuple(PICTOGRAPHS) + SHAPES


def plural(name):
    """The plural of a thing's name: of its first noun where it is an "of" phrase."""
    head, of, rest = name.partition(" of ")
    before, _, last = head.rpartition(" ")
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith(("s", "x", "ch", "sh", "ss", "tomato")):
        last += "es"
    else:
        last += "s"
    return (before + " " if before else "") + last + of + rest


def with_article(phrase):
    return ("an " if phrase.startswith(("a", "e", "i", "o", "u", "hour")) else "a ") + phrase
