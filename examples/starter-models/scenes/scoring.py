"""Compares what was said with the truth, fact by fact."""

import collections

from . import words
from .captions import facts_of

SURE = 0.7  # captions less probable than this are not said, here and in describe-image
OBJECTS = ("first", "second", "third")
CHARTS = ("bar", "line", "pie")


def singulars():
    """From every plural noun to its singular."""
    found = {}
    for kind in words.KINDS:
        for colour in (("",) if kind in words.PICTOGRAPHS else words.COLOURS):
            noun = f"{colour} {kind}".strip()
            found[words.plural(noun)] = noun
    return found


def calibration_error(pairs, bins=10):
    """Expected difference between the probability given and the share that was right."""
    sums = collections.defaultdict(lambda: [0, 0.0, 0])
    for probability, right in pairs:
        one = sums[min(bins - 1, int(probability * bins))]
        one[0] += 1
        one[1] += probability
        one[2] += right
    return sum(abs(given - right) for _, given, right in sums.values()) / max(1, len(pairs))


class Tally:
    """Counts of right and all, by name, printed as per cents."""

    def __init__(self):
        self.right, self.all = collections.Counter(), collections.Counter()

    def add(self, name, is_right):
        self.all[name] += 1
        self.right[name] += bool(is_right)

    def shares(self):
        return {name: f"{100 * self.right[name] / count:.1f} ({self.right[name]} of {count})"
                for name, count in self.all.items()}


def kind_of(noun):
    """A noun without its colour."""
    colour, _, rest = noun.partition(" ")
    return rest if colour in words.COLOURS and rest in words.SHAPES else noun


def compare(tally, truth, said, where=""):
    """Adds a picture's facts to the tally, each name prefixed with `where`."""
    scene = truth["scene"]
    if scene in CHARTS:
        tally.add(where + "chart-kind", said["scene"] == scene)
        tally.add(where + "chart-parts", said["scene"] == scene and said.get("parts") == truth["parts"])
        tally.add(where + "chart-largest",
                  said["scene"] == scene and said.get("largest") == truth["largest"])
    elif scene == "sign":
        tally.add(where + "sign", said["scene"] == "sign")
        for name in ("shape", "colour", "arrow"):
            tally.add(f"{where}sign-{name}", said["scene"] == "sign" and said.get(name) == truth.get(name))
    else:
        for name in OBJECTS:
            if name in truth:
                named = said.get(name, "")
                tally.add(where + "objects", kind_of(named) == kind_of(truth[name]))
                if kind_of(truth[name]) != truth[name]:
                    tally.add(where + "colours", named.partition(" ")[0] == truth[name].partition(" ")[0])
        if "relation" in truth:
            tally.add(where + "relation", said.get("relation") == truth["relation"])
        if "count" in truth:
            tally.add(where + "count", said.get("count") == truth["count"])
        if "arrangement" in truth:
            tally.add(where + "arrangement", said.get("arrangement") == truth["arrangement"])
        tally.add(where + "ground", said.get("ground") == truth.get("ground"))


def measures(rows):
    """Rows of true caption, said caption and perhaps its probability, to lines of name and value.

    `objects` and the like judge every caption that the model writes; `said-` those that are sure
    enough to be said.
    """
    plurals, tally, pairs, errors = singulars(), Tally(), [], []
    for true_text, text, *probability in rows:
        probability = float(probability[0]) if probability else 1.0
        truth, said = facts_of(true_text, plurals), facts_of(text, plurals)
        is_said = bool(text) and probability >= SURE
        if truth["scene"] == "else":
            tally.add("abstained-on-anything-else", not is_said)
        else:
            tally.add("caption-right", text == true_text)
            tally.add("said", is_said)
            compare(tally, truth, said)
            if is_said:
                tally.add("said-caption-right", text == true_text)
                compare(tally, truth, said, "said-")
        if text:
            pairs.append((probability, text == true_text))
    shares = dict(sorted(tally.shares().items()))
    shares["calibration-error"] = f"{calibration_error(pairs):.3f}"
    return shares
