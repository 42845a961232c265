"""Makes English sentences: a grammar of many constructions over the parts of `phrases.py`.

Every sentence belongs either to training or to the held-out measure, by its hash; see `is_reserved`."""

import hashlib
from pathlib import Path

from .forms import gerund, number, participle, past, plural, with_article
from .phrases import (ADVERBS, COLOURS, COUNTS, GROUNDS, INTRANSITIVE, LINKS, NAMES, NOUNS, ORDINALS, PICTURED,
                      PLACING, RARE, SHAPES, SMALL, TOWNS, TRANSITIVE, UNITS, Phrases)

# One sentence in fifty is never trained on.
RESERVED_SHARE = 50

# Alone, without a sentence around them, they cannot be told from another word by their sound.
_AMBIGUOUS = set("""
sun son whole hole week weak read red right write rite sail sale see sea meet meat flour flower hair hare pair pear
pare rose rows road rode rowed knight night know no knew new made maid mail male main mane peace piece plain plane
plumber prince prints principal principle role roll root route sew so sole soul stair stare steal steel tail tale
their there they're to too two wait weight wear where which witch wood would bear bare be bee bean been blew blue
board bored brake break buy by bye cell sell cent scent sent cereal serial deer dear due dew die dye fair fare for
four great grate heal heel hear here heard herd him hymn hour our in inn key quay lead led led one won pause paws
poor pour pore pray prey profit prophet rain reign rein sight site cite some sum sweet suite threw through tide tied
vain vein waist waste way weigh weather whether wheel we'll council counsel course coarse current currant check
cheque draft draught board grown groan hall haul heard idle idol lessen lesson loan lone mussel muscle none nun
passed past pale pail peak pique rap wrap ring wring tire tyre ton tun urn earn wine whine ant aunt ball bawl beach
beech berry bury bite byte bold bowled boy buoy creak creek flea flee gene jean jeans knit nit kernel colonel mist
missed moose mousse mustard mustered packed pact pact paced paste seam seem ad add allowed aloud arc ark bough bow
side sighed size sighs stake steak style stile sword soared tax tacks team teem throne thrown toe tow told tolled
caught court law lore source sauce saw sore flaw floor pole poll practice practise license licence
""".split())


# Everyday prose, written for the measure only.
WRITTEN = [line for line in (Path(__file__).parent / "written_sentences.txt").read_text().splitlines() if line]
_WRITTEN = {line.lower() for line in WRITTEN}


def is_reserved(sentence):
    """Whether the sentence is kept for the measure, however it is written in capitals."""
    if sentence.lower() in _WRITTEN:
        return True
    digest = hashlib.sha256(sentence.lower().encode()).digest()
    return int.from_bytes(digest[:8], "big") % RESERVED_SHARE == 0


class Grammar(Phrases):
    """Draws whole sentences."""

    def sentence(self, reserved=False):
        """One sentence of the wanted side of the division."""
        while True:
            makers, weights = zip(*_CONSTRUCTIONS)
            text = self.random.choices(makers, weights)[0](self).strip()
            text = text[0].upper() + text[1:]
            if text[-1] not in ".?!":
                text += "."
            if is_reserved(text) == reserved:
                return text

    def compound(self):
        return f"{self.clause()}{self.pick([',', ''])} {self.pick(LINKS)} {self.clause()}"

    def question(self):
        who, takes_s = self.subject()
        verb, rest = self.bare()
        do = self.pick(["does" if takes_s else "do", "did", "will", "can", "should", "would", "could"])
        ask = self.pick(["", "", "when ", "where ", "why ", "how ", "how often "])
        return self.pick([
            lambda: f"{ask}{do} {who} {verb}{rest}?", lambda: f"who {past(verb)}{rest}?",
            lambda: f"what {'is' if self.random.random() < 0.7 else 'was'} {self.one()} {self.place()}?",
            lambda: f"how many {plural(self.noun())} are there {self.place()}?",
            lambda: f"where {self.pick(['is ' + self.one(), 'are ' + self.several()])}?",
            lambda: f"what is the {self.noun()} of {self.one()}?", lambda: f"how much does {self.one()} cost?",
            lambda: f"which {self.noun()} is {self.adjective()}?"])()

    def command(self):
        verb, rest = self.bare()
        return self.pick(["", "", "please ", "do not ", "always ", "never "]) + verb + rest + self.pick([".", ".", "!"])

    def speech(self):
        return f"{self.name()} {self.pick(['said', 'thought', 'knew', 'hoped', 'told me', 'explained', 'believed', 'heard'])} that {self.clause()}"

    def passive(self):
        who, takes_s = self.subject()
        be = self.pick(["was" if takes_s or who == "I" else "were", "will be", "can be", "must be", "has been" if takes_s
                        else "have been", "is being" if takes_s else "were being"])
        return f"{who} {be} {participle(self.pick(TRANSITIVE))}{self.pick([' by ' + self.one(), self.tail()])}"

    def purpose(self):
        verb, rest = self.bare()
        who, takes_s = self.subject()
        s, be = "s" if takes_s else "", "am" if who == "I" else "is" if takes_s else "are"
        would = self.pick(["would like to", "used to", f"need{s} to", "tried to", f"{be} going to", f"{be} ready to",
                           f"{be} able to", "had to", "started to", f"{be} about to", "decided to", f"seem{s} to"])
        end = "" if self.random.random() < 0.5 else " to " + " ".join(self.bare()).replace("  ", " ")
        return f"{who} {would} {verb}{rest}{end}"

    def which(self):
        verb, rest = self.bare()
        return self.pick([
            lambda: f"the {self.noun()} {self.pick(['that', 'which'])} {self.clause()} {self.pick(['is', 'was'])} {self.adjective()}",
            lambda: f"this is the {self.noun()} {self.pick(['that', 'which', 'where', 'when'])} {self.clause()}",
            lambda: f"the {self.noun()} {self.pick(['of', 'from', 'with', 'without', 'for'])} the {self.noun()} {past(verb)}{rest}",
            lambda: f"{self.when()}, {self.clause()}", lambda: f"{self.place()}, {self.clause()}",
            lambda: f"{self.pick(['if', 'when', 'after', 'before', 'while', 'because'])} {self.clause()}, {self.clause()}",
            lambda: f"{gerund(verb)}{rest} is {self.adjective()}"])()

    def existence(self):
        if self.random.random() < 0.5:
            return f"there {self.pick(['is', 'was'])} {with_article(self.maybe(0.4, self.adjective) + self.noun())} {self.place()}"
        return f"there {self.pick(['are', 'were'])} {self.pick(COUNTS)} {self.maybe(0.4, self.adjective)}{plural(self.noun())} {self.place()}"

    def relative(self):
        verb, rest = self.bare()
        who = self.pick(NOUNS["PEOPLE"])
        return f"the {self.maybe(0.3, self.adjective)}{who} who {past(verb)}{rest} {self.pick(['is', 'was'])} {self.adjective()}{self.tail()}"

    def series(self):
        items = [self.pick([self.one, self.several])() for _ in range(self.random.randrange(2, 5))]
        who, takes_s = self.subject()
        return f"{who} {past(self.pick(TRANSITIVE))} {', '.join(items)} and {self.one()}"

    def comparison(self):
        return f"{self.one()} is {self.pick(['more ' + self.adjective() + ' than', 'as ' + self.adjective() + ' as', 'bigger than', 'smaller than', 'older than', 'better than', 'taller than', 'heavier than'])} {self.one()}"

    def amount(self):
        count = number(self.random.choice([self.random.randrange(2, 20), self.random.randrange(2, 100),
                                           self.random.randrange(100, 10000)]))
        return self.pick([
            lambda: f"{self.one()} costs {count} {self.pick(['euros', 'dollars', 'pounds', 'pence', 'cents'])}",
            lambda: f"{self.one()} is {count} {self.pick(UNITS)} {self.pick(['long', 'high', 'wide', 'deep', 'away', 'old'])}",
            lambda: f"the {self.pick(ORDINALS)} {self.noun()} is {self.adjective()}",
            lambda: f"the number is {count}", lambda: f"{self.name()} is {count} years old",
            lambda: f"{count} {plural(self.noun())} {past(self.pick(INTRANSITIVE))}{self.tail()}",
            lambda: f"the answer is {number(self.random.randrange(100))} point {number(self.random.randrange(10))}",
            lambda: f"platform {number(self.random.randrange(1, 30))} is for the train to {self.pick(TOWNS)} {self.clock()}"])()

    def drawn(self):
        """How a picture of shapes and pictographs, a chart or a sign is described."""
        def kind():
            roll = self.random.random()
            return (self.random.choice(PICTURED) if roll < 0.5 else self.pick(COLOURS) + " " + self.pick(SHAPES) if roll < 0.8
                    else self.pick(SHAPES) if roll < 0.85 else self.maybe(0.4, lambda: self.pick(COLOURS)) + self.noun())

        def more():
            first, _, last = kind().rpartition(" ")
            return f"{self.pick(COUNTS[:11])} {first}{' ' if first else ''}{plural(last)}"

        one = lambda: with_article(self.maybe(0.2, lambda: self.pick(["small", "large", "big", "little"])) + kind())
        part = self.pick(["left", "right", "top", "bottom", "middle"])
        aim = lambda: self.maybe(0.15, lambda: " pointing " + self.pick(["left", "right", "up", "down"])).rstrip()
        ground = lambda: self.pick(["", "", f" on a {self.pick(GROUNDS)} {self.pick(['ground', 'background'])}",
                                    f" on a {self.pick(COLOURS)} background", f" on {with_article(self.pick(COLOURS))} ground"])
        many, place = self.pick(COUNTS[:11]), self.pick(ORDINALS[:8])
        return self.pick([
            lambda: f"{one()}{aim()} {self.pick(PLACING)} {one()}{ground()}",
            lambda: f"{more()} in a {self.pick(['row', 'column', 'line', 'circle'])}{ground()}",
            lambda: f"{one()} and {one()}{ground()}", lambda: f"{more()} {self.pick(PLACING)} {one()}",
            lambda: f"from {self.pick(['left to right', 'top to bottom'])}, {one()}, {one()} and {one()}{ground()}",
            lambda: f"a bar chart with {many} bars, the {self.pick(['tallest', 'shortest', 'largest'])} is the {place} from the {part}",
            lambda: f"a line chart with {many} points, the {self.pick(['highest', 'lowest'])} is the {place} from the {part}",
            lambda: f"a pie chart with {many} {self.pick(['parts', 'slices'])}, the largest is {self.pick(COLOURS)}",
            lambda: f"a {self.pick(['round', 'rectangular', 'triangular', 'octagonal', 'square'])} {self.pick(COLOURS)} sign with a word and an arrow pointing {self.pick(['left', 'right', 'up', 'down'])}",
            lambda: f"a {self.pick(['round', 'rectangular', 'triangular', 'octagonal'])} {self.pick(COLOURS)} sign with the word {self.noun()}",
            lambda: f"the picture shows {one()} {self.pick(PLACING)} {more()}",
            lambda: f"there is {one()} in the {part} of the {self.pick(['picture', 'photograph', 'image', 'screen'])}",
            lambda: f"{more()}{ground()}", lambda: one() + ground()])()

    def said(self):
        return self.pick([
            lambda: f"good {self.pick(['morning', 'afternoon', 'evening', 'night'])}, {self.name()}",
            lambda: f"thank you {self.pick(['', 'very much', 'so much'])} for {self.one()}",
            lambda: f"hello, my name is {self.name()} and I live {self.place()}",
            lambda: f"I am sorry, but {self.clause()}", lambda: f"yes, {self.clause()}", lambda: f"no, {self.clause()}",
            lambda: f"let us {' '.join(self.bare()).replace('  ', ' ')}", lambda: f"what a {self.adjective()} {self.noun()}!",
            lambda: f"I think {self.clause()}", lambda: f"it's {self.adjective()}, isn't it?",
            lambda: f"don't {' '.join(self.bare()).replace('  ', ' ')}", lambda: f"I'm {self.adjective()}",
            lambda: f"we'll {' '.join(self.bare()).replace('  ', ' ')}", lambda: f"welcome to {self.pick(TOWNS)}"])()

    def loose(self):
        """Words that no sentence joins, so that each must be heard for itself; half of them rare ones."""
        pool = []
        while len(pool) < self.random.randrange(2, 9):
            word = self.pick([lambda: self.random.choice(RARE), lambda: self.random.choice(RARE), self.noun, self.adjective,
                              lambda: past(self.pick(TRANSITIVE)), lambda: plural(self.random.choice(RARE)),
                              lambda: gerund(self.pick(TRANSITIVE)), lambda: self.pick(NAMES),
                              lambda: self.pick(TOWNS), lambda: self.pick(ADVERBS), lambda: self.pick(SMALL),
                              lambda: self.pick(SMALL)])()
            if word.lower() not in _AMBIGUOUS:
                pool.append(word)
        return " ".join(pool)

    def rare(self):
        first, second = self.random.choice(RARE), self.random.choice(RARE)
        return self.pick([
            lambda: f"the {first} of the {second} {self.pick(['is', 'was'])} {self.adjective()}",
            lambda: f"{self.name()} {past(self.pick(TRANSITIVE))} the {first} and the {second}",
            lambda: f"the word {first} is {self.pick(['on', 'under', 'near'])} the {self.noun()}",
            lambda: f"they talked about {first} and {second}{self.tail()}"])()


# How often each kind of sentence is drawn.
_CONSTRUCTIONS = [
    (Grammar.clause, 16), (Grammar.compound, 8), (Grammar.question, 9), (Grammar.command, 6), (Grammar.speech, 5),
    (Grammar.existence, 5), (Grammar.relative, 4), (Grammar.series, 3), (Grammar.comparison, 3), (Grammar.amount, 7),
    (Grammar.passive, 5), (Grammar.purpose, 6), (Grammar.which, 8), (Grammar.drawn, 12), (Grammar.said, 5), (Grammar.loose, 6), (Grammar.rare, 4)]
