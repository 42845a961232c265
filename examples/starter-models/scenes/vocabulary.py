"""The small WordPiece vocabulary of the captions.

Every word of a caption is one token, but for a regular plural, which is the singular and "##s": so
what is learned about a dog helps with dogs. Single letters are there so that any prefix that a
user gives can be read.
"""

import functools
import json
import pathlib
import re
import string

from . import words
from .captions import ALONG, BESIDE

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[DEC]")
PAD, UNKNOWN, CLASS, END, MASK, BEGIN = range(6)


def build():
    """All tokens, in the order of their numbers."""
    phrases = [*words.KINDS, *words.COLOURS, *words.NUMBERS[1:], *words.ORDINALS[1:],
               *words.DIRECTIONS, *words.PATTERNS, *words.SIGN_SHAPES, *words.IRREGULAR.values(),
               *ALONG.values(), *BESIDE.values(), "tomato"]
    phrases += ["a an on ground in row column small large pointing and sign with word arrow the is "
                "bar chart bars tallest line points highest pie parts largest of"]
    plain = sorted({word for phrase in phrases for word in phrase.split()})
    tokens = list(SPECIAL) + [","] + plain
    for letter in string.ascii_lowercase:
        tokens += [token for token in (letter, "##" + letter) if token not in tokens]
    return tokens + ["##es"]


TOKENS = build()
NUMBER = {token: number for number, token in enumerate(TOKENS)}


@functools.lru_cache(maxsize=None)
def pieces(word):
    """The longest pieces first, as WordPiece does it."""
    found, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            number = NUMBER.get(mark + word[start:end])
            if number is not None:
                break
        else:
            return (UNKNOWN,)
        found.append(number)
        start = end
    return tuple(found)


def encode(text):
    """Numbers of a caption's tokens, and where each token's word begins in the caption."""
    numbers, starts = [], []
    for match in re.finditer(r"\w+|[^\w\s]", text):
        for number in pieces(match.group()):
            numbers.append(number)
            starts.append(match.start())
    return numbers, starts


def decode(numbers):
    text = " ".join(TOKENS[number] for number in numbers if number >= len(SPECIAL))
    return text.replace(" ##", "").replace(" ,", ",")


def write_tokenizer(folder):
    """`tokenizer.json` and `tokenizer_config.json` as `transformers` and Curbcut read them."""
    from transformers import BertTokenizerFast

    folder = pathlib.Path(folder)
    tokenizer = BertTokenizerFast(
        vocab={token: number for number, token in enumerate(TOKENS)}, do_lower_case=True,
        model_max_length=512, bos_token="[DEC]")
    tokenizer.save_pretrained(folder)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    settings["tokenizer_class"] = "BertTokenizer"
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
