"""Forms of English words: plurals, tenses, articles and spelled numbers."""

from . import words as lists

_PLURALS = dict(lists.table(lists.IRREGULAR_PLURALS))
_VERBS = {row[0]: row[1:] for row in lists.table(lists.IRREGULAR)}
_DOUBLING = set(lists.words(lists.DOUBLING))
_SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
          "seventeen eighteen nineteen").split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def _with_s(word):
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do"):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def plural(noun):
    return _PLURALS.get(noun) or _with_s(noun)


def third(verb):
    """As in "she goes"."""
    return "has" if verb == "have" else _with_s(verb)


def _regular_past(verb):
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLING else "") + "ed"


def past(verb):
    return _VERBS[verb][0] if verb in _VERBS else _regular_past(verb)


def participle(verb):
    return _VERBS[verb][1] if verb in _VERBS else _regular_past(verb)


def gerund(verb):
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLING else "") + "ing"


def with_article(phrase):
    """Puts "a" or "an" before it, by its sound."""
    vowel = phrase[0].lower() in "aeiou" and not phrase.startswith(("uni", "use", "euro", "one"))
    return ("an " if vowel or phrase.startswith(("hour", "honest", "honour", "heir")) else "a ") + phrase


def number(value):
    """A whole number below ten thousand in words."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        tens, rest = divmod(value, 10)
        return _TENS[tens] + (" " + _SMALL[rest] if rest else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return _SMALL[hundreds] + " hundred" + (" and " + number(rest) if rest else "")
    thousands, rest = divmod(value, 1000)
    joint = " and " if 0 < rest < 100 else " "
    return number(thousands) + " thousand" + (joint + number(rest) if rest else "")


def year(value):
    """As it is said: "nineteen eighty four"."""
    century, rest = divmod(value, 100)
    if century == 20 and rest < 10:
        return "two thousand" + (" and " + number(rest) if rest else "")
    if rest == 0:
        return number(century) + " hundred"
    return number(century) + (" oh " if rest < 10 else " ") + number(rest)
