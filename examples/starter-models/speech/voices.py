"""Which voices are trained, which are kept for the measure, and how a setting is drawn."""

from pathlib import Path
from typing import NamedTuple

_OWN = Path(__file__).resolve().parents[3] / "voices"

# Accents and variants of eSpeak NG 1.51.
ACCENTS = ["en", "en-us", "en-029", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-rp", "en-us-nyc"]
VARIANTS = ["m1", "m2", "m3", "m5", "m6", "m7", "m8", "f1", "f3", "f4", "f5", "klatt", "klatt2", "klatt3", "klatt5",
            "Alex", "Alicia", "Andrea", "Andy", "anika", "antonio", "aunty", "belinda", "benjamin", "boris", "caleb",
            "david", "Diogo", "edward", "Gene", "grandma", "grandpa", "Henrique", "Hugo", "iven", "Jacky", "john",
            "linda", "Marco", "max", "Michael", "michel", "miguel", "Mike", "norbert", "paul", "pedro", "quincy", "rob",
            "robert", "sandro", "shelby", "steph", "travis", "victor", "zac", "croak", "whisper"]
# The tables of sounds of these accents, out of which others are invented.
_TABLES = ["en", "en-us", "en-wi", "en-sc", "en-n", "en-rp", "en-us-nyc"]
# (sound, what an accent may say instead, share of the invented accents that do); NULL is silence.
_SHIFTS = [
    ("h", ["NULL"], 0.25), ("D", ["d", "v", "z"], 0.12), ("T", ["t", "f", "s"], 0.15), ("N", ["n"], 0.1),
    ("w", ["v"], 0.05), ("v", ["w", "f"], 0.05), ("z", ["s"], 0.05), ("t#", ["t"], 0.2), ("r", ["w"], 0.04),
    ("aI", ["OI", "A:", "aI@", "eI"], 0.2), ("eI", ["aI", "E", "i:"], 0.2), ("OI", ["aI", "oU"], 0.1),
    ("oU", ["aU", "O:", "u:", "0"], 0.2), ("aU", ["a", "oU", "E", "A:"], 0.15), ("V", ["U", "@", "a", "0"], 0.2),
    ("0", ["A:", "O:", "a"], 0.15), ("a", ["E", "A:", "V"], 0.15), ("aa", ["a", "A:"], 0.2),
    ("A:", ["a", "0", "O:"], 0.15), ("E", ["I", "a", "eI"], 0.12), ("I", ["i:", "E", "@"], 0.12),
    ("I2", ["i:", "E", "@"], 0.1), ("i:", ["eI", "I"], 0.12), ("i", ["I", "eI", "@"], 0.1),
    ("U", ["u:", "V"], 0.12), ("u:", ["U", "I", "oU"], 0.1), ("O:", ["oU", "0", "A:"], 0.12),
    ("3:", ["E", "O:", "@"], 0.15), ("3", ["a", "@", "V"], 0.15), ("@", ["V", "a", "I"], 0.06),
    ("e@", ["E", "3:", "eI"], 0.15), ("i@", ["i:", "E"], 0.12), ("U@", ["O:", "u:"], 0.12), ("o@", ["oU", "O:"], 0.12)]
OWN_VOICES = [str(_OWN / name) for name in ("calm", "brisk", "describer")]

# Never trained: an accent, and variants of every kind.
UNSEEN_ACCENT = "en-gb-x-gbcwmd"
UNSEEN_VARIANTS = ["m4", "f2", "klatt4", "Annie", "ed", "steph2", "Lee", "pablo", "adam", "marcelo"]


class Setting(NamedTuple):
    voice: str
    parameters: dict


def _parameters(random):
    plain = random.random() < 0.25
    return dict(
        rate=random.randrange(160, 190) if plain else random.randrange(120, 321),
        pitch=50 if plain else random.randrange(20, 81), range=50 if plain else random.randrange(20, 91),
        gap=0 if random.random() < 0.8 else random.randrange(1, 6), volume=random.randrange(60, 121))


def known(random):
    """A setting of the voices that are trained."""
    roll = random.random()
    if roll < 0.15:
        voice = random.choice(OWN_VOICES)
    elif roll < 0.35:
        voice = random.choice(ACCENTS)
    else:
        voice = random.choice(ACCENTS) + "+" + random.choice(VARIANTS)
    return Setting(voice, _parameters(random))


def invented(random):
    """A setting of a voice that nobody else has: an accent with some of its sounds shifted, and a throat of its own.

    Who has learnt many accents understands one more; the few of the engine are too few to teach that."""
    about = lambda spread: round(100 * random.lognormvariate(0, spread))
    # The engine may crash where the second pitch is far below the first.
    lowest = random.randrange(60, 190)
    lines = ["name invented", "language en", "phonemes " + random.choice(_TABLES),
             f"pitch {lowest} {round(lowest * random.uniform(1.0, 1.6))}", f"flutter {random.randrange(0, 15)}",
             f"roughness {random.choice([0, 0, 1, 2, 3])}"]
    throat = random.lognormvariate(0, 0.1)
    for formant in range(6):
        frequency = about(0.25) if formant == 0 else round(about(0.05) * throat)
        lines.append(f"formant {formant} {frequency} {about(0.2)} {about(0.25)}")
    if random.random() < 0.4:
        low, middle, high = (random.randrange(least, 256) for least in (80, 40, 20))
        lines.append(f"tone 600 {low} 1200 {middle} 2400 {high}")
    if random.random() < 0.5:
        weak, strong = random.randrange(120, 190), random.randrange(170, 240)
        lines.append(f"stressLength {weak} {weak - 20} {strong} {strong} 0 0 {strong + 50} {strong + 70}")
    if random.random() < 0.15:
        lines.append(f"klatt {random.randrange(1, 6)}")
    strength = random.choice([0.0, 0.5, 1.0, 1.5])
    lines += [f"replace 00 {sound} {random.choice(others)}" for sound, others, share in _SHIFTS
              if random.random() < share * strength]
    return Setting("\n".join(lines) + "\n", _parameters(random))


def trained(random):
    """A setting of training: a known voice or an invented one."""
    return known(random) if random.random() < 0.65 else invented(random)


def unseen(random):
    """A setting whose accent or variant, or both, were never trained."""
    accent, variant = random.choice([
        (UNSEEN_ACCENT, None), (UNSEEN_ACCENT, random.choice(VARIANTS[:56])),
        (random.choice(ACCENTS), random.choice(UNSEEN_VARIANTS)), (UNSEEN_ACCENT, random.choice(UNSEEN_VARIANTS))])
    return Setting(accent + ("+" + variant if variant else ""), _parameters(random))
