"""Parts of English sentences: names, noun phrases, places, times and clauses over the lists of `words.py`."""

from . import words as lists
from .forms import gerund, number, participle, past, plural, third, with_article, year

NOUNS = {kind: lists.words(getattr(lists, kind)) for kind in
          "PEOPLE ANIMALS FOOD THINGS PLACES NATURE BODY IDEAS".split()}
KINDS = ["PEOPLE", "ANIMALS", "FOOD", "THINGS", "THINGS", "PLACES", "NATURE", "BODY", "IDEAS"]
UNCOUNTED = set(lists.words(lists.UNCOUNTED))
ADJECTIVES, COLOURS, GROUNDS = map(lists.words, (lists.ADJECTIVES, lists.COLOURS, lists.GROUNDS))
ADVERBS, NAMES, SURNAMES, TOWNS = map(
    lists.words, (lists.ADVERBS, lists.NAMES, lists.SURNAMES, lists.TOWNS))
TRANSITIVE, INTRANSITIVE = lists.words(lists.TRANSITIVE), lists.words(lists.INTRANSITIVE)
DAYS, MONTHS, ORDINALS, UNITS = map(
    lists.words, (lists.DAYS, lists.MONTHS, lists.ORDINALS, lists.UNITS))
RARE = lists.words(lists.RARE)
SHAPES, PICTURED, SMALL = lists.words(lists.SHAPES), lists.phrases(lists.PICTURED), lists.words(lists.SMALL)
NEAR = ["in", "on", "near", "under", "behind", "beside", "above", "below", "next to", "in front of", "on top of",
         "inside", "outside", "at the end of", "at the back of", "in the middle of", "close to", "across", "around",
         "over", "between the walls of", "opposite", "against", "along", "through", "towards", "into", "out of", "from"]
PLACING = ["to the left of", "to the right of", "above", "below", "inside", "next to", "on top of", "in front of",
            "behind", "beside", "under", "over", "between", "near"]
COUNTS = "two three four five six seven eight nine ten eleven twelve many several some few".split()
SUBJECTS = ["I", "you", "we", "they"]
SINGULAR = ["he", "she", "it", "somebody", "nobody", "everyone", "someone"]
OBJECTS = ["me", "you", "him", "her", "it", "us", "them", "nothing", "everything", "something"]
OWNERS = ["my", "your", "his", "her", "its", "our", "their"]
MODALS = ["can", "could", "will", "would", "should", "must", "may", "might", "cannot", "will not", "should not"]
LINKS = ["and", "but", "so", "because", "while", "although", "when", "before", "after", "if", "until", "since", "or"]


class Phrases:
    """Draws parts of sentences with one generator of random numbers."""

    def __init__(self, random):
        self.random = random

    def pick(self, choices):
        """One of a list; of a long one, whose beginning has its commonest words, rather from there, as people speak."""
        if len(choices) > 60:
            return choices[int(len(choices) * self.random.random() ** 1.5)]
        return self.random.choice(choices)

    def maybe(self, chance, text):
        return text() + " " if self.random.random() < chance else ""

    # Parts

    def noun(self):
        return self.pick(NOUNS[self.pick(KINDS)]) if self.random.random() < 0.95 else self.random.choice(RARE)

    def adjective(self):
        return self.pick(COLOURS) if self.random.random() < 0.2 else self.pick(ADJECTIVES)

    def name(self):
        roll = self.random.random()
        if roll < 0.65:
            return self.pick(NAMES)
        if roll < 0.8:
            return self.pick(NAMES) + " " + self.pick(SURNAMES)
        return self.pick(["Mister", "Missus", "Miss", "Doctor", "Professor", "Captain"]) + " " + self.pick(SURNAMES)

    def one(self, noun=None):
        """A noun phrase in the singular."""
        noun = noun or self.noun()
        inner = self.maybe(0.35, self.adjective) + noun
        if noun in UNCOUNTED:
            return self.pick(["the ", "some ", "no ", "this ", "more ", ""]) + inner
        roll = self.random.random()
        if roll < 0.42:
            return "the " + inner
        if roll < 0.75:
            return with_article(inner)
        if roll < 0.87:
            return self.pick(OWNERS) + " " + inner
        if roll < 0.95:
            return self.pick(["this", "that", "every", "each", "another", "no", "any"]) + " " + inner
        return self.pick(NAMES) + "'s " + inner

    def several(self, noun=None):
        noun = noun or self.noun()
        head = self.pick([lambda: "the", lambda: self.pick(OWNERS), lambda: self.pick(COUNTS), lambda: "these",
                          lambda: "those", lambda: "all the", lambda: "most of the", lambda: "a lot of", lambda: "both",
                          lambda: number(self.random.randrange(2, 100))])()
        if noun in UNCOUNTED:
            return self.one(noun)
        return head + " " + self.maybe(0.3, self.adjective) + plural(noun)

    def thing(self):
        """A noun phrase for any place but the subject's."""
        roll = self.random.random()
        if roll < 0.55:
            return self.one()
        if roll < 0.75:
            return self.several()
        if roll < 0.85:
            return self.name()
        if roll < 0.93:
            return self.pick(OBJECTS)
        return self.one() + " and " + self.one()

    def subject(self):
        """A subject and whether its verb takes an s."""
        roll = self.random.random()
        if roll < 0.25:
            return self.pick(SUBJECTS), False
        if roll < 0.42:
            return self.pick(SINGULAR), True
        if roll < 0.58:
            return self.name(), True
        if roll < 0.82:
            return self.one(), True
        return self.several(), False

    def place(self):
        roll = self.random.random()
        if roll < 0.15:
            return self.pick(["in ", "from ", "to ", "near "]) + self.pick(TOWNS)
        if roll < 0.6:
            return self.pick(NEAR) + " the " + self.pick(NOUNS["PLACES"])
        return self.pick(NEAR) + " " + self.one()

    def clock(self):
        hour = number(self.random.randrange(1, 13))
        return self.pick([
            lambda: f"at {hour} o'clock", lambda: f"at half past {hour}", lambda: f"at quarter to {hour}",
            lambda: f"at quarter past {hour}", lambda: f"at {number(self.random.randrange(10, 60))} minutes past {hour}",
            lambda: f"at {hour} {number(self.random.randrange(10, 60))}", lambda: f"at {hour} in the morning",
            lambda: f"at {hour} in the afternoon"])()

    def when(self):
        return self.pick([
            self.clock, lambda: "on " + self.pick(DAYS), lambda: "in " + self.pick(MONTHS),
            lambda: f"on the {self.pick(ORDINALS)} of {self.pick(MONTHS)}",
            lambda: "in " + year(self.random.randrange(1700, 2050)),
            lambda: self.pick(["last", "next", "every", "this"]) + " " + self.pick(
                ["week", "month", "year", "morning", "evening", "night", "summer", "winter", "weekend"] + DAYS),
            lambda: self.pick(["today", "tomorrow", "yesterday", "now", "soon", "later", "tonight", "this afternoon"]),
            lambda: f"{number(self.random.randrange(2, 60))} {self.pick(UNITS[11:17])} ago",
            lambda: f"for {number(self.random.randrange(2, 60))} {self.pick(UNITS[11:17])}",
            lambda: f"on {self.pick(DAYS)} {self.pick(['morning', 'evening', 'afternoon', 'night'])}"])()

    def tail(self):
        """What may follow a verb phrase."""
        roll = self.random.random()
        if roll < 0.4:
            return ""
        if roll < 0.6:
            return " " + self.place()
        if roll < 0.8:
            return " " + self.when()
        if roll < 0.93:
            return " " + self.pick(ADVERBS)
        return " " + self.place() + " " + self.when()

    def bare(self):
        """A verb in its plain form, and what belongs behind it."""
        if self.random.random() < 0.68:
            return self.pick(TRANSITIVE), " " + self.thing() + self.tail()
        return self.pick(INTRANSITIVE), self.tail()

    def clause(self):
        who, takes_s = self.subject()
        roll = self.random.random()
        verb, rest = self.bare()
        be = "am" if who == "I" else "is" if takes_s else "are"
        was = "was" if takes_s or who == "I" else "were"
        if roll < 0.3:
            return f"{who} {past(verb)}{rest}"
        if roll < 0.42:
            return f"{who} {third(verb) if takes_s else verb}{rest}"
        if roll < 0.55:
            return f"{who} {self.pick(MODALS)} {verb}{rest}"
        if roll < 0.64:
            return f"{who} {self.pick([be, was])} {gerund(verb)}{rest}"
        if roll < 0.7:
            return f"{who} {'has' if takes_s else 'have'} {self.maybe(0.2, lambda: self.pick(['never', 'already', 'just', 'always']))}{participle(verb)}{rest}"
        if roll < 0.75:
            return f"{who} {'does' if takes_s else 'do'} not {verb}{rest}"
        if roll < 0.8:
            return f"{who} did not {verb}{rest}"
        if roll < 0.9:
            return f"{who} {self.pick([be, was])} {self.maybe(0.3, lambda: self.pick(['very', 'not', 'too', 'really', 'quite', 'always']))}{self.adjective()}{self.tail()}"
        if roll < 0.95:
            return f"{who} {self.pick([be, was])} {self.place()}"
        return f"{who} {'wants' if takes_s else 'want'} to {verb}{rest}"
