"""One sentence said by one voice, with the frames of every word and phoneme."""

from typing import NamedTuple

import numpy as np
from scipy.signal import firwin, resample_poly

from .espeak import SAMPLE_RATE as ENGINE_RATE

SAMPLE_RATE = 16000
# eSpeak NG's names of the sounds of its English accents; the first class is silence, the last any other.
_PHONEMES = """_ n t s d I r l @ z k D m E w 0 p V a# a b f oU v eI I2 aI 3 i: i u: @2 g h N 3: A@ T ; aU @L j O@ dZ tS S e@
O: r- U o@ aa i@3 OI I# t# O2 i@ aI@ t[ @5 Z A: aI2 VR U@""".split()
_CLASS = {name: index for index, name in enumerate(_PHONEMES)}
PHONEME_CLASSES = len(_PHONEMES) + 1


# The filter that `resample_poly` would compute at every call.
_UP, _DOWN = 320, 441
_FILTER = firwin(20 * _DOWN + 1, 1 / _DOWN, window=("kaiser", 5.0)).astype(np.float32)


class Word(NamedTuple):
    """As it is written, its punctuation included; when it begins and ends, in samples at 16 kHz."""

    text: str
    begin: int
    end: int


class Utterance(NamedTuple):
    samples: np.ndarray
    words: list
    # (sample at 16 kHz, class) where each phoneme begins.
    phonemes: list


def _phoneme_class(name):
    if name.startswith("_") or not name:
        return 0
    return _CLASS.get(name, PHONEME_CLASSES - 1)


def utter(engine, text, setting):
    """Says a text and cuts the silence at its ends; None where the engine's times cannot be used."""
    said = engine.speak(text, setting.voice, **setting.parameters)
    phonemes = [(sample, _phoneme_class(name)) for sample, name in said.phonemes]
    voiced = [index for index, (_, kind) in enumerate(phonemes) if kind]
    if not voiced or not said.words:
        return None
    first = phonemes[voiced[0]][0]
    last = phonemes[voiced[-1] + 1][0] if voiced[-1] + 1 < len(phonemes) else len(said.samples)
    scale = SAMPLE_RATE / ENGINE_RATE
    at = lambda sample: int((min(max(sample, first), last) - first) * scale)

    samples = resample_poly(said.samples[first:last].astype(np.float32) / 32768, _UP, _DOWN, window=_FILTER)
    written, position = [], 0
    for word in text.split(" "):
        written.append((word, position, position + len(word)))
        position += len(word) + 1
    begins = []
    for _, start, stop in written:
        found = [sample for sample, place in said.words if start <= place < stop]
        begins.append(at(found[0]) if found else None)
    begins[0] = 0
    if sum(begin is None for begin in begins) > len(begins) // 3:
        return None
    for index, begin in enumerate(begins):
        # The engine joins some small words with the next and tells the time of one of them.
        if begin is None or (index and begin < begins[index - 1]):
            begins[index] = begins[index - 1]
    ends = begins[1:] + [len(samples)]
    words = [Word(word, begin, end) for (word, _, _), begin, end in zip(written, begins, ends)]
    return Utterance(samples, words, [(at(sample), kind) for sample, kind in phonemes])
