"""Fits the numbers of EnergyDetector.evidence; prints them, writes nothing.

    cc -O3 -shared -fPIC -ISources/Kernels/include Sources/Kernels/voice.c -lm -o libvoice.so
    python3 -m venv .venv
    .venv/bin/pip install numpy scipy soundfile onnxruntime
    .venv/bin/python Tests/Fixtures/fit_energy_detector.py libvoice.so SILERO.onnx SPEECH...

Truth is what Silero says (0.5) of each recording before noise is added to it; steady and broken
noise, clicks and tones made here are the other class, six times as heavy. The measures are the C
ones, the state between chunks follows Background.swift, PeriodMeter.swift and EnergyDetector.swift.
"""

import ctypes
import math
import sys

import numpy
import onnxruntime
import soundfile
from scipy.optimize import minimize
from scipy.signal import butter, lfilter, resample_poly, sosfilt

RATE, STEP = 16000, 256
EDGES = [round(hertz / 31.25) for hertz in (
    200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700)]
random = numpy.random.default_rng(1)


def pointer(array):
    return array.ctypes.data_as(ctypes.c_void_p)


def measured(voice, sound):
    """Powers [chunks, 15] and repetition [chunks]."""
    table, power = numpy.zeros(1536, numpy.float32), numpy.zeros(257, numpy.float32)
    scratch, lowered = numpy.zeros(1024, numpy.float32), numpy.zeros(64, numpy.float32)
    voice.cc_voice_table(pointer(table))
    count = len(sound) // STEP
    padded = numpy.concatenate([numpy.zeros(STEP), sound]).astype(numpy.float32)
    powers, low = [], []
    for k in range(count):
        frame = numpy.ascontiguousarray(padded[k * STEP:k * STEP + 512])
        voice.cc_voice_power(pointer(frame), pointer(table), pointer(power), pointer(scratch))
        powers.append(numpy.add.reduceat(power, EDGES)[:15] * 2 / (512 * 512 * 0.375))
        tail = numpy.ascontiguousarray(frame[512 - 268:])
        voice.cc_voice_lower(pointer(tail), pointer(lowered))
        low.append(lowered.copy())
    low = numpy.concatenate([numpy.zeros(176)] + low)
    low = lfilter([1, -1], [1, -0.65], lfilter([1, -1], [1, -0.65], low)).astype(numpy.float32)
    windows = [numpy.ascontiguousarray(low[k * 64:k * 64 + 240]) for k in range(count)]
    return numpy.array(powers), [voice.cc_voice_periodicity(pointer(w)) for w in windows]


def features(powers, repetition):
    """Recent voicing, bands that stand out, share of the loudest band: [chunks - 1, 3]."""
    smoothed, current, blocks, rows = powers[1].copy(), powers[1].copy(), [], []
    voicing = recent = 0.0
    for k in range(1, len(powers)):
        smoothed += 0.3 * (powers[k] - smoothed)
        current = numpy.minimum(current, smoothed)
        level = numpy.maximum(numpy.min(blocks + [current], axis=0), 1e-11) * 1.5
        standing = (numpy.log10(numpy.maximum(powers[k], 1e-11) / level) > 0.5).mean()
        if k % 32 == 0:
            blocks, current = (blocks + [current])[-4:], smoothed.copy()
        voiced = min(max((repetition[k] - 0.45) / 0.4, 0), 1)
        voicing += 0.3 * (voiced * min(max((standing - 0.15) / 0.3, 0), 1) - voicing)
        recent = max(0.95 * recent, voicing)
        rows.append((recent, standing, powers[k].max() / max(powers[k].sum(), 1e-12)))
    return numpy.array(rows)


def spoken(session, sound):
    """Silero's verdict, one for each of our chunks."""
    state, context, out = numpy.zeros((2, 1, 128), numpy.float32), numpy.zeros(64, numpy.float32), []
    for k in range(len(sound) // 512):
        chunk = sound[k * 512:k * 512 + 512]
        inputs = {"input": numpy.concatenate([context, chunk])[None], "state": state,
                  "sr": numpy.array(RATE, numpy.int64)}
        probability, state = session.run(None, inputs)
        out += [probability[0, 0] > 0.5] * 2
        context = chunk[-64:]
    return numpy.array(out)


def noise(slope, count):
    """White, pink or brown for a slope of 0, 0.5 or 1; mean square 1."""
    spectrum = numpy.fft.rfft(random.standard_normal(count))
    spectrum /= numpy.maximum(numpy.arange(len(spectrum)), 1) ** slope
    made = numpy.fft.irfft(spectrum, count)
    return (made / made.std()).astype(numpy.float32)


def loaded(path):
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    common = math.gcd(rate, RATE)
    return resample_poly(sound.mean(1), RATE // common, rate // common).astype(numpy.float32)


def variants(sound, verdict):
    active = numpy.repeat(verdict, STEP)
    level = numpy.sqrt((sound[:len(active)][active] ** 2).mean()) if active.any() else 0.05
    yield from (sound, sound * 0.03)
    yield sosfilt(butter(4, [300, 3400], "band", fs=RATE, output="sos"), sound)
    for slope in (0, 0.5, 1):
        for decibels in (20, 10):
            yield sound + noise(slope, len(sound)) * level * 10 ** (-decibels / 20)
    yield (sound + noise(0.5, len(sound)) * level * 0.1) * 0.03
    yield sound + 0.02 * hum(50, len(sound))


def hum(hertz, count):
    time = numpy.arange(count) / RATE
    return sum(numpy.sin(2 * numpy.pi * hertz * k * time) / k for k in range(1, 12))


def noises(count=10 * RATE):
    gate = (numpy.arange(count) % int(1.3 * RATE) < 0.4 * RATE).astype(numpy.float32)
    room = noise(0.5, count) * 0.0005
    time = numpy.arange(count) / RATE
    for slope in (0, 0.5, 1):
        yield from (noise(slope, count) * level for level in (0.001, 0.01, 0.1))
        yield noise(slope, count) * 0.1 * gate + room
        yield noise(slope, count) * 0.1 * (0.5 + 0.5 * numpy.sin(0.4 * numpy.pi * time))
    for hertz in (120, 440, 1000, 2500):
        tone = 0.1 * numpy.sin(2 * numpy.pi * hertz * time)
        yield from (tone, tone * gate + room)
    yield from (0.1 * hum(hertz, count) + room for hertz in (50, 60, 100, 120))
    for rate in (1, 3, 8):
        yield room + 0.3 * noise(0, count) * (numpy.arange(count) % (RATE // rate) < 100)


def main():
    voice = ctypes.CDLL(sys.argv[1])
    voice.cc_voice_periodicity.restype = ctypes.c_float
    session = onnxruntime.InferenceSession(sys.argv[2])
    rows, truth, weight = [], [], []
    for path in sys.argv[3:]:
        sound = loaded(path)
        verdict = spoken(session, sound)
        for variant in variants(sound, verdict):
            made = features(*measured(voice, variant))[:len(verdict) - 1]
            rows.append(made)
            truth.append(verdict[1:len(made) + 1])
            weight.append(numpy.ones(len(made)))
    for sound in noises():
        made = features(*measured(voice, sound))
        rows.append(made)
        truth.append(numpy.zeros(len(made), bool))
        weight.append(numpy.full(len(made), 6.0))
    x = numpy.hstack([numpy.concatenate(rows), numpy.ones((sum(map(len, rows)), 1))])
    y, w = numpy.concatenate(truth).astype(float), numpy.concatenate(weight)

    def loss(a):
        z = x @ a
        return ((w * (numpy.logaddexp(0, z) - y * z)).sum() / w.sum(),
                x.T @ (w * (1 / (1 + numpy.exp(-z)) - y)) / w.sum())

    fitted = minimize(loss, numpy.zeros(4), jac=True, method="L-BFGS-B").x
    print("recent voicing, standing, loudest, constant:", numpy.round(fitted, 2))


main()
