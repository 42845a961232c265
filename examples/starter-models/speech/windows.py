"""Training windows: ten seconds of sound, the tokens to write, and the whole truth about where they are heard."""

import random as plain_random

import numpy as np

from . import sound, tokens
from .sentences import Grammar
from .utterances import SAMPLE_RATE, utter
from .voices import trained

WINDOW = tokens.SECONDS * SAMPLE_RATE
FRAME = SAMPLE_RATE // tokens.TIMES_PER_SECOND
FRAMES = WINDOW // FRAME
# Room for the prompt and the times besides the text, within the decoder's positions.
MOST_TOKENS = 132
# Whoever joins windows takes the next from this many waiting utterances, each used three times on the average.
_POOL, _USES = 64, 3


class Maker:
    """Draws windows; two makers of the same seed draw the same."""

    def __init__(self, engine, tokenizer, seed):
        self.random = plain_random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.grammar = Grammar(self.random)
        self.engine = engine
        self.tokenizer = tokenizer
        # The share of windows whose speech nothing happens to.
        self.clean = 0.25
        self._pieces = {}
        self._pool = [self._utterance() for _ in range(_POOL)]

    def _utterance(self):
        while True:
            text = self.grammar.sentence()
            # A second sentence behind a short one, as a paragraph has it.
            if self.random.random() < 0.1 and len(text) < 40:
                text += " " + self.grammar.sentence()
            made = utter(self.engine, text, trained(self.random))
            if made is not None and len(made.samples) < WINDOW * 1.2 and len(made.samples) > 1600:
                return made

    def _take(self, fitting):
        """An utterance of the pool, of at most so many samples; None where none fits."""
        for _ in range(12):
            index = self.random.randrange(len(self._pool))
            chosen = self._pool[index]
            if len(chosen.samples) <= fitting:
                if self.random.random() < 1 / _USES:
                    self._pool[index] = self._utterance()
                return chosen
        return None

    def pieces(self, word):
        """The tokens of a word with the space before it."""
        if word not in self._pieces:
            self._pieces[word] = self.tokenizer.encode(" " + word, add_special_tokens=False).ids
        return self._pieces[word]

    def _place(self):
        """Utterances one after another: (utterance, sample of the window where it begins), the first of which may
        begin before the window and the last of which may end behind it."""
        placed, count = [], 0
        position = int(self.random.choice([0.02, 0.3, 0.6, 0.6, 2.5]) * self.random.random() * SAMPLE_RATE)
        if self.random.random() < 0.12:
            first = self._take(WINDOW * 2)
            if first and len(first.words) > 3:
                position = -first.words[self.random.randrange(1, len(first.words) - 1)].begin
                placed.append((first, position))
                position += len(first.samples) + self._pause()
        may_be_cut = self.random.random() < 0.3
        # Mostly full windows: the network works as long on an empty second.
        wanted = self.random.choice([1, 1, 2, 3, 9, 9, 9, 9, 9, 9, 9, 9])
        while len(placed) < wanted and position < WINDOW - SAMPLE_RATE // 2:
            chosen = self._take(WINDOW * 2 if may_be_cut else WINDOW - position - 400)
            if chosen is None:
                break
            count += sum(len(self.pieces(word.text)) for word in chosen.words) + 2
            if count > MOST_TOKENS:
                break
            placed.append((chosen, position))
            position += len(chosen.samples) + self._pause()
        return placed

    def _pause(self):
        return int(min(2.5, 0.06 + self.random.expovariate(2.5)) * SAMPLE_RATE)

    def window(self):
        """A window as a dictionary of arrays; see `_target` for the tokens."""
        placed = [] if self.random.random() < 0.08 else self._place()
        classes = np.zeros(FRAMES, np.int64)
        if placed:
            clean = np.zeros(WINDOW, np.float32)
            end = 0
            for utterance, begin in placed:
                level = np.exp(self.random.uniform(-0.5, 0.3))
                first, last = max(0, begin), min(WINDOW, begin + len(utterance.samples))
                clean[first:last] += utterance.samples[first - begin:last - begin] * level
                end = max(end, last)
                for (start, kind), (stop, _) in zip(
                        utterance.phonemes, utterance.phonemes[1:] + [(len(utterance.samples), 0)]):
                    low, high = round((begin + start) / FRAME), round((begin + stop) / FRAME)
                    classes[max(0, low):max(0, high)] = kind
            samples = clean if self.random.random() < self.clean else sound.degrade(self.numbers, clean)
            if self.random.random() < 0.5:
                # A file that ends after the speech: the rest of the window is padding.
                samples[end + int(self.random.random() ** 2 * SAMPLE_RATE):] = 0
            samples = sound.levelled(self.numbers, samples)
        else:
            voices = [self._take(WINDOW * 2).samples for _ in range(self.random.randrange(3, 7))]
            samples = sound.without_speech(self.numbers, WINDOW, voices)
        return dict(samples=np.round(samples * 32768).clip(-32768, 32767).astype(np.int16), classes=classes,
                    texts=[self._target(placed, with_times) for with_times in (False, True)])

    def _target(self, placed, with_times):
        """What the decoder reads, what it is to write after each token (-100: anything) and the frames where that is
        heard (-1: nowhere).

        A word that the window cuts is not written. With times, an utterance that goes on behind the window is left to
        the next window, which its first time says; only the first utterance of a window is written in part."""
        written, spans = [], []

        def write(token, low=-1, high=-1):
            written.append(token)
            spans.append((low, high))

        def write_time(sample):
            frame = min(FRAMES, max(0, round(sample / FRAME)))
            write(tokens.FIRST_TIME + frame, frame - 2, frame + 2)

        for index, (utterance, begin) in enumerate(placed):
            whole = [word for word in utterance.words if begin + word.begin >= 0 and begin + word.end <= WINDOW]
            cut = begin + len(utterance.samples) > WINDOW
            if with_times and cut and (index or not whole):
                write_time(begin)
                break
            if not whole:
                break
            if with_times:
                write_time(begin + whole[0].begin)
            for word in whole:
                self._write_word(word, begin, write)
            if with_times:
                write_time(begin + whole[-1].end)
                if cut:
                    write_time(begin + whole[-1].end)
        if with_times and not placed:
            write_time(0)
        write(tokens.END)
        prompt = [tokens.START, tokens.ENGLISH, tokens.TRANSCRIBE] + ([] if with_times else [tokens.NO_TIMES])
        known_part = [tokens.ENGLISH if placed else tokens.NO_SPEECH] + [-100] * (len(prompt) - 2)
        targets = known_part + written
        spans = [(-1, -1)] * len(known_part) + spans
        return (np.array(prompt + written[:-1], np.int64), np.array(targets, np.int64), np.array(spans, np.int64))

    def _write_word(self, word, begin, write):
        """The tokens of a word, each where its share of the letters is heard."""
        pieces = self.pieces(word.text)
        letters = [len(self.tokenizer.id_to_token(piece)) for piece in pieces]
        total, before = sum(letters), 0
        for piece, count in zip(pieces, letters):
            low = begin + word.begin + (word.end - word.begin) * before / total
            before += count
            high = begin + word.begin + (word.end - word.begin) * before / total
            write(piece, int(low / FRAME) - 1, int(high / FRAME) + 1)


def batch(maker, count):
    """Windows side by side, samples as 16-bit integers; first the texts of all of them without times and then with,
    padded to the longest."""
    drawn = [maker.window() for _ in range(count)]
    texts = [window["texts"][mode] for mode in (0, 1) for window in drawn]
    longest = max(len(inputs) for inputs, _, _ in texts)
    inputs = np.full((2 * count, longest), tokens.END, np.int64)
    targets = np.full((2 * count, longest), -100, np.int64)
    spans = np.full((2 * count, longest, 2), -1, np.int64)
    for row, text in enumerate(texts):
        size = len(text[0])
        inputs[row, :size], targets[row, :size], spans[row, :size] = text
    return dict(samples=np.stack([window["samples"] for window in drawn]),
                classes=np.stack([window["classes"] for window in drawn]), inputs=inputs, targets=targets, spans=spans)
