"""Speech from libespeak-ng, the engine of `speak`, with the time of every word and phoneme."""

import ctypes
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

SAMPLE_RATE = 22050
_SYNCHRONOUS, _BUFFER_MILLISECONDS = 2, 200
_PHONEME_EVENTS, _DO_NOT_EXIT = 1, 0x8000
_UTF8, _POSITION_CHARACTER = 1, 1
_WORD, _PHONEME = 1, 7
# The parameters' numbers of `espeak_SetParameter`.
_PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4, "gap": 7}


class _Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("identifier", ctypes.c_uint), ("position", ctypes.c_int),
                ("length", ctypes.c_int), ("milliseconds", ctypes.c_int), ("sample", ctypes.c_int),
                ("user", ctypes.c_void_p), ("text", ctypes.c_char * 8)]


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Utterance(NamedTuple):
    """Samples of 16 bits at 22050 Hz; the places where words begin as (sample, character of the text counted from
    0); and where phonemes begin as (sample, eSpeak's name of it)."""

    samples: np.ndarray
    words: list
    phonemes: list


class Engine:
    """One per process: the library keeps its state in globals."""

    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p]
        rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, _BUFFER_MILLISECONDS, None, _PHONEME_EVENTS | _DO_NOT_EXIT)
        if rate != SAMPLE_RATE:
            raise RuntimeError(f"libespeak-ng answers {rate} instead of its sample rate")
        self._callback = _CALLBACK(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = None

    def _take(self, samples, count, events):
        if count > 0:
            self._samples.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type != 0:
            event = events[index]
            if event.type == _WORD and event.length > 0:
                self._words.append((event.sample, event.position - 1))
            elif event.type == _PHONEME:
                self._phonemes.append((event.sample, event.text.decode("ascii", "replace")))
            index += 1
        return 0

    def _select(self, voice):
        if "/" not in voice and "\n" not in voice:
            return self._library.espeak_ng_SetVoiceByName(voice.encode())
        # By its path the engine would lower the letters, cut it at 59 bytes and split it at a plus.
        descriptor = os.memfd_create("voice")
        try:
            os.write(descriptor, voice.encode() if "\n" in voice else Path(voice).read_bytes())
            return self._library.espeak_ng_SetVoiceByFile(f"/dev/fd/{descriptor}".encode())
        finally:
            os.close(descriptor)

    def speak(self, text, voice, **parameters):
        """Says a text.

        - voice: a name such as "en-us+f3", the path of a voice file (with a slash in it), or the text of one (with
          ends of lines)
        - parameters: rate (words a minute), pitch, range, volume (0 to 100 and 200), gap (hundredths of a second)"""
        if voice != self._voice:
            if self._select(voice) != 0:
                raise RuntimeError(f"libespeak-ng has no voice {voice}")
            self._voice = voice
        for name, number in _PARAMETERS.items():
            value = parameters.get(name, {"rate": 175, "volume": 100, "pitch": 50, "range": 50, "gap": 0}[name])
            self._library.espeak_SetParameter(number, int(value), 0)
        self._samples, self._words, self._phonemes = [], [], []
        spoken = text.encode() + b"\0"
        if self._library.espeak_Synth(spoken, len(spoken), 0, _POSITION_CHARACTER, 0, _UTF8, None, None) != 0:
            raise RuntimeError(f"libespeak-ng did not say {text!r}")
        samples = np.concatenate(self._samples) if self._samples else np.zeros(0, np.int16)
        return Utterance(samples, self._words, self._phonemes)
