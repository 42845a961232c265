"""Makes the files of the measure: sentences that are never trained on, by voices known and unseen, clean and degraded,
and sounds without speech.  Their truth stands in truth.tsv."""

import random as plain_random
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

from . import sound, voices
from .espeak import Engine
from .sentences import WRITTEN, Grammar
from .utterances import SAMPLE_RATE, utter

_HEADER = ["file", "group", "text", "times"]


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2").tobytes())


def read_wav(path):
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768, file.getframerate()


class HeldOut:
    """Writes files of several groups into one folder."""

    def __init__(self, folder, seed, speak):
        self.folder, self.speak = folder, speak
        folder.mkdir(parents=True, exist_ok=True)
        # Other streams than any of training, whose seeds are small.
        self.random = plain_random.Random(f"held out {seed}")
        self.numbers = np.random.default_rng([0x4E1D, seed])
        self.grammar = Grammar(self.random)
        self.engine = Engine()
        self.rows = []

    def _silence(self, most=0.8):
        return np.zeros(int(self.random.random() * most * SAMPLE_RATE), np.float32)

    def _said(self, texts, draw):
        """The texts one after another, and when each begins and ends in seconds; None where the engine tells no times
        of a text with any of many voices."""
        setting, parts, times = draw(self.random), [self._silence()], []
        for text in texts:
            for _ in range(50):
                made = utter(self.engine, text, setting)
                if made is not None:
                    break
                setting = draw(self.random)
            else:
                return None
            begin = sum(map(len, parts))
            times += [begin / SAMPLE_RATE, (begin + len(made.samples)) / SAMPLE_RATE]
            parts += [made.samples, np.zeros(int(self.random.uniform(0.15, 0.8) * SAMPLE_RATE), np.float32)]
        return np.concatenate(parts + [self._silence()]), times

    def _add(self, group, index, samples, texts, times):
        name = f"{group}-{index:04}.wav"
        write_wav(self.folder / name, samples)
        self._row(name, group, texts, times)

    def _row(self, name, group, texts, times):
        self.rows.append([name, group, " ".join(texts), ",".join(f"{time:.2f}" for time in times)])

    def _sentences(self, count):
        return [self.grammar.sentence(reserved=True) for _ in range(count)]

    def spoken(self, group, count, draw, degraded=False, coded=False, seconds=9.8):
        """Files of one window with one sentence or two."""
        index = 0
        while index < count:
            texts = self._sentences(self.random.choice([1, 1, 2]))
            said = self._said(texts, draw)
            if said is None or len(said[0]) > seconds * SAMPLE_RATE:
                continue
            samples, times = said
            if degraded:
                samples = sound.degrade(self.numbers, samples)
            samples = sound.levelled(self.numbers, samples)
            if coded:
                samples = self._coded(samples)
            self._add(group, index, samples, texts, times)
            index += 1

    def long(self, count):
        """Files of 20 to 40 seconds by one voice."""
        index = 0
        while index < count:
            texts = self._sentences(self.random.randrange(7, 13))
            said = self._said(texts, voices.known)
            if said is None:
                continue
            self._add("long", index, sound.levelled(self.numbers, said[0]), texts, said[1])
            index += 1

    def written(self):
        for index, text in enumerate(WRITTEN):
            while True:
                said = self._said([text], voices.known)
                if said is not None and len(said[0]) < 9.8 * SAMPLE_RATE:
                    break
            self._add("written", index, sound.levelled(self.numbers, said[0]), [text], said[1])

    def _coded(self, samples):
        """Through a lossy format at a low rate and back."""
        kind, rate = self.random.choice([("libopus", "12k"), ("libopus", "24k"), ("libmp3lame", "32k"), ("aac", "32k")])
        suffix = {"libopus": ".ogg", "libmp3lame": ".mp3", "aac": ".m4a"}[kind]
        with tempfile.TemporaryDirectory() as folder:
            plain, coded, back = (Path(folder) / name for name in ("plain.wav", "coded" + suffix, "back.wav"))
            write_wav(plain, samples)
            for command in (["-i", plain, "-c:a", kind, "-b:a", rate, coded],
                            ["-i", coded, "-ar", str(SAMPLE_RATE), "-ac", "1", back]):
                subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, command)], check=True)
            return read_wav(back)[0]

    def spoken_by_tool(self, count):
        """Files as `speak` writes them, in its own sample rate, by our voices and the engine's."""
        choices = [("--voice-file", path) for path in voices.OWN_VOICES]
        choices += [("--voice", name) for name in ("en", "en-us", "en-us+f3", "en-gb-scotland", "en+m3")]
        for index in range(count):
            text = WRITTEN[index] if index < len(WRITTEN) // 2 else self.grammar.sentence(reserved=True)
            name = f"speak-{index:04}.wav"
            rate = self.random.choice([140, 175, 175, 175, 220, 260])
            subprocess.run([self.speak, *self.random.choice(choices), "--rate", str(rate),
                            "-o", str(self.folder / name), text], check=True)
            self._row(name, "speak", [text], [])

    def without_speech(self, count):
        for index in range(count):
            others = [utter(self.engine, self.grammar.sentence(), voices.known(self.random)) for _ in range(5)]
            length = int(self.random.uniform(1, 10) * SAMPLE_RATE)
            samples = sound.without_speech(self.numbers, length, [other.samples for other in others if other])
            self._add("nothing", index, samples, [], [])

    def finish(self):
        lines = ["\t".join(row) for row in [_HEADER] + self.rows]
        (self.folder / "truth.tsv").write_text("\n".join(lines) + "\n")


def make(folder, count, seed, speak):
    """Writes `count` files of each group by known voices, and fewer of the smaller groups."""
    held_out = HeldOut(folder, seed, speak)
    held_out.spoken("known-clean", count, voices.known)
    held_out.spoken("known-degraded", count, voices.known, degraded=True)
    held_out.spoken("unseen-clean", count, voices.unseen)
    held_out.spoken("unseen-degraded", count, voices.unseen, degraded=True)
    if shutil.which("ffmpeg"):
        held_out.spoken("coded", count // 4, voices.known, coded=True)
    held_out.written()
    held_out.long(max(1, count // 20))
    held_out.without_speech(count)
    if speak:
        held_out.spoken_by_tool(max(1, count // 2))
    held_out.finish()
