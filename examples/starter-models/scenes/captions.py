"""Facts to captions and back.

A caption follows from the facts of a scene without any choice: so a model that has seen all of the
scene has no doubt about any word, and the probability of a whole caption says how sure it is of the
facts. On anything that is not such a scene the caption is empty.
"""

import re

from .words import DIRECTIONS, NUMBERS, ORDINALS, PATTERNS, SIGN_COLOURS, SIGN_SHAPES
from .words import plural, with_article

BESIDE = {"left": "to the left of", "right": "to the right of", "above": "above",
          "below": "below", "inside": "inside"}
ALONG = {"row": "from left to right", "column": "from top to bottom"}


def pointing(facts, name):
    return f" pointing {facts[name]}" if facts.get(name) else ""


def ground(facts):
    return f" on a {facts['ground']} ground" if facts.get("ground") else ""


def thing(facts, name):
    key = "pointing" if name == "first" else name + " pointing"
    return with_article(facts[name]) + pointing(facts, key)


def caption(facts):
    scene = facts["scene"]
    if scene == "one":
        size = facts["size"] + " " if facts.get("size") else ""
        return with_article(size + facts["first"]) + pointing(facts, "pointing") + ground(facts)
    if scene == "count":
        layout = f" in a {facts['arrangement']}" if facts.get("arrangement") else ""
        return (f"{NUMBERS[int(facts['count'])]} {plural(facts['first'])}"
                f"{pointing(facts, 'pointing')}{layout}{ground(facts)}")
    if scene == "two":
        return (f"{thing(facts, 'first')} {BESIDE[facts['relation']]} "
                f"{thing(facts, 'second')}{ground(facts)}")
    if scene == "three":
        return (f"{ALONG[facts['arrangement']]}, {thing(facts, 'first')}, "
                f"{thing(facts, 'second')} and {thing(facts, 'third')}{ground(facts)}")
    if scene == "bar":
        return (f"a bar chart with {NUMBERS[int(facts['parts'])]} bars, the tallest is the "
                f"{ORDINALS[int(facts['largest'])]} from the left")
    if scene == "line":
        return (f"a line chart with {NUMBERS[int(facts['parts'])]} points, the highest is the "
                f"{ORDINALS[int(facts['largest'])]} from the left")
    if scene == "pie":
        return (f"a pie chart with {NUMBERS[int(facts['parts'])]} parts, the largest is "
                f"{facts['largest']}")
    if scene == "sign":
        arrow = f" and an arrow pointing {facts['arrow']}" if facts.get("arrow") else ""
        return f"{with_article(facts['shape'] + ' ' + facts['colour'])} sign with a word{arrow}"
    return ""


def one_of(words):
    return "(" + "|".join(words) + ")"


END = rf"(?: on a {one_of(PATTERNS)} ground)?$"
AIMED = rf"(?: pointing {one_of(DIRECTIONS)})?"
THING = rf"an? ((?:(?! inside | above | below | to the ).)+?){AIMED}"
RULES = (
    (rf"a bar chart with {one_of(NUMBERS)} bars, the tallest is the {one_of(ORDINALS)} from the left$",
     {"scene": "bar"}, ("parts", "largest")),
    (rf"a line chart with {one_of(NUMBERS)} points, the highest is the {one_of(ORDINALS)} from the "
     r"left$", {"scene": "line"}, ("parts", "largest")),
    (rf"a pie chart with {one_of(NUMBERS)} parts, the largest is (\w+)$", {"scene": "pie"},
     ("parts", "largest")),
    (rf"an? {one_of(SIGN_SHAPES)} {one_of(SIGN_COLOURS)} sign with a word"
     rf"(?: and an arrow pointing {one_of(DIRECTIONS)})?$", {"scene": "sign"},
     ("shape", "colour", "arrow")),
    (rf"(from .+?), {THING}, {THING} and {THING}{END}", {"scene": "three"},
     ("arrangement", "first", "pointing", "second", "second pointing", "third", "third pointing",
      "ground")),
    (rf"{THING} {one_of(BESIDE.values())} {THING}{END}", {"scene": "two"},
     ("first", "pointing", "relation", "second", "second pointing", "ground")),
    (rf"{one_of(NUMBERS[2:])} (.+?){AIMED}(?: in a (row|column))?{END}", {"scene": "count"},
     ("count", "first", "pointing", "arrangement", "ground")),
    (rf"an? (?:(small|large) )?(.+?){AIMED}{END}", {"scene": "one"},
     ("size", "first", "pointing", "ground")),
)
VALUES = {"relation": {words: name for name, words in BESIDE.items()},
          "arrangement": {words: name for name, words in ALONG.items()}}
COUNTED = {"parts": NUMBERS, "count": NUMBERS, "largest": ORDINALS}


def facts_of(text, singulars):
    """What a caption says. `singulars` maps plural nouns to singular ones."""
    text = text.strip()
    if not text:
        return {"scene": "else"}
    for pattern, known, names in RULES:
        match = re.match(pattern, text)
        if not match:
            continue
        facts = dict(known)
        for name, value in zip(names, match.groups()):
            value = VALUES.get(name, {}).get(value, value) or ""
            if value in COUNTED.get(name, ()):
                value = str(COUNTED[name].index(value))
            if value:
                facts[name] = value
        if facts["scene"] == "count":
            facts["first"] = singulars.get(facts["first"], facts["first"])
        return facts
    return {"scene": "unreadable"}
