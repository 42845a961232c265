"""What happens to a sound on its way: rooms, bands, noise, coding, level; and sounds that nobody speaks in.

All at 16 kHz, as numbers between -1 and 1."""

import numpy as np
from scipy.signal import butter, oaconvolve, sosfilt

SAMPLE_RATE = 16000


def _level(sound):
    return float(np.sqrt(np.mean(np.square(sound)) + 1e-12))


def _new_noise(random, count):
    spectrum = np.fft.rfft(random.standard_normal(count).astype(np.float32))
    frequencies = np.maximum(np.arange(len(spectrum)), count * 30 / SAMPLE_RATE)
    spectrum *= (frequencies / len(spectrum)) ** (-random.uniform(-0.3, 1.2))
    noise = np.fft.irfft(spectrum, count).astype(np.float32)
    return noise / _level(noise)


def coloured_noise(random, count, _kept=[]):
    """Noise whose power falls by a drawn exponent of the frequency: white, pink, brown and between.

    Making it costs as much as all else of a window, so that two of three are kept ones that begin elsewhere."""
    kept = [noise for noise in _kept if len(noise) == count]
    if len(kept) < 24 or random.random() < 0.34:
        noise = _new_noise(random, count)
        if len(kept) < 24:
            _kept.append(noise)
        return noise
    return np.roll(kept[int(random.integers(len(kept)))], int(random.integers(count))) * random.choice([-1, 1])


def hum(random, count):
    """The mains, with overtones."""
    base = random.choice([50.0, 60.0, 100.0, 120.0])
    time = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    sound = sum(random.uniform(0, 1) / order * np.sin(2 * np.pi * base * order * time + random.uniform(0, 6))
                for order in range(1, 6))
    return sound.astype(np.float32) / _level(sound)


def clicks(random, count):
    """Knocks and crackle: short decaying bursts."""
    sound = np.zeros(count, np.float32)
    for _ in range(random.integers(1, 40)):
        length = int(random.integers(20, 1500))
        begin = int(random.integers(0, count - length))
        burst = random.standard_normal(length) * np.exp(-np.arange(length) / (length / 5))
        sound[begin:begin + length] += burst * random.uniform(0.1, 1)
    return sound / max(float(np.abs(sound).max()), 1e-6)


def tones(random, count):
    """Notes of a scale with overtones, as an instrument or an alarm plays them."""
    sound = np.zeros(count, np.float32)
    begin, root = 0, random.uniform(100, 600)
    step = int(SAMPLE_RATE * random.uniform(0.08, 0.8))
    while begin < count:
        length = min(step * int(random.integers(1, 4)), count - begin)
        time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
        frequency = root * 2 ** (random.integers(-7, 13) / 12)
        envelope = np.exp(-time * random.uniform(0, 6)) * np.minimum(1, time * 100)
        for order in range(1, 5):
            sound[begin:begin + length] += envelope * np.sin(2 * np.pi * frequency * order * time) / order ** 1.5
        begin += length
    return sound / max(float(np.abs(sound).max()), 1e-6)


def babble(random, count, utterances):
    """Voices that say nothing: several reversed utterances over one another."""
    sound = np.zeros(count, np.float32)
    for utterance in utterances:
        backwards = utterance[::-1][:count]
        begin = int(random.integers(0, max(1, count - len(backwards))))
        sound[begin:begin + len(backwards)] += backwards * random.uniform(0.5, 1)
    return sound


def room(random, sound):
    """The echo of a room: noise that decays within a tenth to half a second, behind the direct sound."""
    decay = random.uniform(0.08, 0.5)
    count = int(decay * SAMPLE_RATE)
    tail = random.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail[:int(random.uniform(0.001, 0.01) * SAMPLE_RATE)] = 0
    tail *= random.uniform(0.15, 0.8) / np.sqrt(np.sum(tail ** 2))
    tail[0] = 1
    return oaconvolve(sound, tail.astype(np.float32))[:len(sound)].astype(np.float32)


def band(random, sound):
    """A telephone, or a codec that keeps the lower frequencies only."""
    if random.random() < 0.4:
        edges, kind = [random.uniform(200, 350), random.uniform(3200, 3600)], "bandpass"
    else:
        edges, kind = random.uniform(3400, 7400), "lowpass"
    return sosfilt(butter(4, edges, kind, fs=SAMPLE_RATE, output="sos"), sound).astype(np.float32)


def mu_law(sound):
    """Eight bits of a telephone line."""
    peak = max(float(np.abs(sound).max()), 1e-6)
    packed = np.sign(sound) * np.log1p(255 * np.abs(sound) / peak) / np.log(256)
    packed = np.round(packed * 127) / 127
    return (np.sign(packed) * np.expm1(np.abs(packed) * np.log(256)) / 255 * peak).astype(np.float32)


def degrade(random, sound, hardest=5.0):
    """A sound as it may arrive; the noise is at least `hardest` decibels below the speech."""
    if random.random() < 0.3:
        sound = room(random, sound)
    if random.random() < 0.5:
        roll = random.random()
        noise = (coloured_noise(random, len(sound)) if roll < 0.8 else hum(random, len(sound)) if roll < 0.9
                 else clicks(random, len(sound)) if roll < 0.95 else tones(random, len(sound)))
        # The level of the speech alone, without its pauses.
        speech = _level(sound[np.abs(sound) > 0.01 * np.abs(sound).max()]) if sound.any() else 0.05
        sound = sound + noise * (speech * 10 ** (-random.uniform(hardest, 40) / 20) / _level(noise))
    if random.random() < 0.3:
        sound = band(random, sound)
    roll = random.random()
    if roll < 0.06:
        sound = mu_law(sound)
    elif roll < 0.1:
        limit = np.abs(sound).max() * random.uniform(0.3, 0.9)
        sound = np.clip(sound, -limit, limit)
    return sound.astype(np.float32)


def levelled(random, sound):
    """The sound at a drawn loudness, rounded to 16 bits as files hold it."""
    peak = max(float(np.abs(sound).max()), 1e-6)
    gain = np.exp(random.uniform(np.log(0.03), 0.0)) / peak
    if random.random() < 0.04:
        return np.round(sound * gain * 127).astype(np.float32) / 127
    return np.round(sound * gain * 32767).astype(np.float32) / 32768


def without_speech(random, count, utterances):
    """A sound in which nobody speaks: silence, noise, hum, clicks, tones, or voices backwards."""
    roll = random.random()
    if roll < 0.2:
        return np.zeros(count, np.float32)
    if roll < 0.5:
        sound = coloured_noise(random, count)
    elif roll < 0.6:
        sound = hum(random, count) + coloured_noise(random, count) * random.uniform(0, 0.3)
    elif roll < 0.7:
        sound = clicks(random, count) + coloured_noise(random, count) * random.uniform(0, 0.1)
    elif roll < 0.85:
        sound = tones(random, count) + coloured_noise(random, count) * random.uniform(0, 0.1)
    else:
        sound = babble(random, count, utterances)
    if random.random() < 0.3:
        sound = band(random, sound)
    if random.random() < 0.3:
        # A short file: the rest of the window is padding.
        sound[int(random.uniform(0.1, 1) * count):] = 0
    return levelled(random, sound)
