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


def unseen(random):
    """A setting whose accent or variant, or both, were never trained."""
    accent, variant = random.choice([
        (UNSEEN_ACCENT, None), (UNSEEN_ACCENT, random.choice(VARIANTS[:56])),
        (random.choice(ACCENTS), random.choice(UNSEEN_VARIANTS)), (UNSEEN_ACCENT, random.choice(UNSEEN_VARIANTS))])
    return Setting(accent + ("+" + variant if variant else ""), _parameters(random))
