#!/usr/bin/env python3
"""What voices sound like, in numbers: python3 voices/measure.py [--speak PATH] [VOICE-FILE...]

Speaks four sentences of the Harvard list with each voice file (by default those of this folder)
and with the engine's own English voice, and prints a line of plain words for each:

- how long it takes, and how long at 400 words a minute;
- level: root mean square and the highest sample, in decibels below full scale;
- pitch: median, and the semitones between the 10th and the 90th percentile;
- spectrum: its centre and its spread in Hz, and how many per cent of the energy are at 1 to 4 kHz;
- the first two formants of the vowels of "fleece", "palm" and "goose", and the area of the triangle
  between them, in square Bark: how far apart vowels are;
- the share of speech that stays audible in pink noise of the voice's own level, by the octave bands
  of ANSI S3.5-1997 over short pieces: 0 is nothing, 1 is all of it.

Needs numpy.
"""

import argparse
import io
import subprocess
import wave
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
# IEEE Recommended Practice for Speech Quality Measurements, 1969: list 1.
SENTENCES = ("The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background. "
             "It's easy to tell the depth of a well. These days a chicken leg is a rare dish.")
VOWELS = ("iː", "ɑː", "uː")
# ANSI S3.5-1997, octave bands from 250 Hz: how much each adds to being understood.
IMPORTANCE = (0.0617, 0.1671, 0.2373, 0.2648, 0.2142, 0.0549)


def said(speak, voice, text, *options):
    """Samples from -1 to 1, and their rate."""
    choice = ["--voice-file", voice] if voice else []
    sound = subprocess.run([speak, *choice, *options], input=text.encode(), check=True,
                           capture_output=True).stdout
    with wave.open(io.BytesIO(sound)) as file:
        rate = file.getframerate()
        return np.frombuffer(sound[44:], "<i2").astype(float) / 32768, rate


def decibels(ratio):
    return 20 * np.log10(max(ratio, 1e-9))


def frames(x, size, step):
    return np.lib.stride_tricks.sliding_window_view(x, size)[::step]


def loud(pieces, range_=25):
    """The pieces that are not silent: within so many decibels of the loudest."""
    levels = np.sqrt((pieces ** 2).mean(1))
    return pieces[levels > levels.max() * 10 ** (-range_ / 20)]


def pitches(x, rate):
    """The fundamental of each loud and voiced 40 ms, by normalised autocorrelation."""
    found = []
    low, high = rate // 400, rate // 50
    for piece in loud(frames(x, rate * 4 // 100, rate // 100)):
        piece = piece - piece.mean()
        spectrum = np.fft.rfft(piece, 4096)
        like = np.fft.irfft(np.abs(spectrum) ** 2)[:high + 1]
        # Less of the piece is compared at a longer lag.
        like = like / (1 - np.arange(high + 1) / len(piece)) / max(like[0], 1e-12)
        best = low + int(np.argmax(like[low:]))
        # The period, not twice the period.
        for part in (4, 3, 2):
            near = best // part
            if near > low and like[near - 2:near + 3].max() > 0.85 * like[best]:
                best = near - 2 + int(np.argmax(like[near - 2:near + 3]))
                break
        if like[best] > 0.5:
            found.append(rate / best)
    return np.array(found or [0.0])


def power(x, rate):
    pieces = loud(frames(x, 1024, 512)) * np.hanning(1024)
    return np.fft.rfftfreq(1024, 1 / rate), (np.abs(np.fft.rfft(pieces)) ** 2).mean(0)


def formants(x, rate):
    """The two lowest resonances, by linear prediction at 10 kHz over the loud middle."""
    size = len(x) * 10000 // rate
    x = np.interp(np.arange(size) * rate / 10000, np.arange(len(x)), x)
    pieces = loud(frames(np.append(x[0], x[1:] - 0.95 * x[:-1]), 400, 100))
    pieces = pieces[len(pieces) // 4:len(pieces) * 3 // 4]
    found = []
    for piece in pieces * np.hamming(400):
        r = np.correlate(piece, piece, "full")[399:399 + 13]
        matrix = r[np.abs(np.subtract.outer(range(12), range(12)))] + np.eye(12) * r[0] * 1e-6
        roots = np.roots(np.append(1, -np.linalg.solve(matrix, r[1:])))
        roots = roots[roots.imag > 0]
        hertz = np.angle(roots) * 10000 / (2 * np.pi)
        width = -np.log(np.abs(roots)) * 10000 / np.pi
        good = np.sort(hertz[(hertz > 150) & (width < 500)])
        if len(good) >= 2:
            found.append(good[:2])
    return np.median(found, axis=0) if found else np.zeros(2)


def bark(hertz):
    """Traunmüller, 1990."""
    return 26.81 * hertz / (1960 + hertz) - 0.53


def audible(x, rate):
    """The share of speech above pink noise of the same level, 23 ms by 23 ms, 250 Hz to 8 kHz."""
    pieces = loud(frames(x, 512, 256), 40) * np.hanning(512)
    hertz, energy = np.fft.rfftfreq(512, 1 / rate), np.abs(np.fft.rfft(pieces)) ** 2
    edges = [250 * 2 ** (i + 0.5) for i in range(-1, 6)]
    bands = np.array([energy[:, (hertz >= low) & (hertz < high)].sum(1)
                      for low, high in zip(edges, edges[1:])])
    # Pink noise has as much in every octave.
    noise = bands.sum(0).mean() / len(bands)
    ratio = 10 * np.log10(np.maximum(bands, 1e-12) / noise)
    return float((np.array(IMPORTANCE) @ np.clip((ratio + 15) / 30, 0, 1)).mean())


def measure(speak, voice):
    x, rate = said(speak, voice, SENTENCES)
    fast, _ = said(speak, voice, SENTENCES, "--rate", "400")
    tones = pitches(x, rate)
    hertz, energy = power(x, rate)
    centre = (hertz * energy).sum() / energy.sum()
    spread = np.sqrt(((hertz - centre) ** 2 * energy).sum() / energy.sum())
    middle = energy[(hertz >= 1000) & (hertz < 4000)].sum() / energy.sum()
    points = []
    # A low voice has more harmonics to draw the resonances with.
    slow = ("--ssml", "--rate", "80", "--pitch", "0")
    for vowel in VOWELS:
        text = f'<speak><phoneme alphabet="ipa" ph="{vowel}">a</phoneme></speak>'
        points.append(formants(said(speak, voice, text, *slow)[0], rate))
    (x1, y1), (x2, y2), (x3, y3) = [bark(point) for point in points]
    area = abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2
    low, high = np.percentile(tones, [10, 90])
    return {
        "seconds": len(x) / rate, "fast": len(fast) / rate,
        "level": decibels(np.sqrt((x ** 2).mean())), "peak": decibels(np.abs(x).max()),
        "pitch": np.median(tones), "range": 12 * np.log2(high / low) if low else 0,
        "centre": centre, "spread": spread, "middle": 100 * middle,
        "formants": " and ".join(f"{a:.0f} {b:.0f}" for a, b in points), "area": area,
        "audible": audible(x, rate),
    }


def sentence(name, m):
    return (f"{name}: {m['seconds']:.2f} s, at 400 words a minute {m['fast']:.2f} s; level "
            f"{m['level']:.1f} dB, peak {m['peak']:.1f} dB; pitch {m['pitch']:.0f} Hz over "
            f"{m['range']:.1f} semitones; spectrum around {m['centre']:.0f} Hz, spread "
            f"{m['spread']:.0f} Hz, {m['middle']:.0f} per cent at 1 to 4 kHz; formants "
            f"{m['formants']} Hz, {m['area']:.1f} square Bark; audible in noise {m['audible']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speak", default=HERE / "../.build/release/speak")
    parser.add_argument("voices", nargs="*", type=Path)
    arguments = parser.parse_args()
    files = arguments.voices or sorted(p for p in HERE.iterdir() if p.is_file() and not p.suffix)
    for voice in [None, *files]:
        print(sentence(voice.name if voice else "en", measure(arguments.speak, voice)), flush=True)


if __name__ == "__main__":
    main()
