"""Makes Tests/Fixtures/text-and-pixels: what the reference says of text and of pixels.

    python3 -m venv .venv
    .venv/bin/pip install tokenizers==0.23.3 transformers==5.23.0 pillow==13.0.0 torch numpy
    .venv/bin/python Tests/Fixtures/make_text_and_pixels.py

The sentences, the noise and the gradients are made here; nothing is taken from elsewhere.
"""

import base64
import json
import pathlib
import random
import sys
import tempfile

import numpy
import PIL
import tokenizers
import transformers
from PIL import Image
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers import processors, trainers

OUT = pathlib.Path(__file__).parent / "text-and-pixels"

SENTENCES = """
A dog runs along the beach, and its owner's hat flies away.
Two children are playing chess at a wooden table; they're laughing.
The old man doesn't see the red bicycle that's leaning on the wall.
In 1984 the station had 12 platforms, 3 clocks and 250,000 passengers a day.
Café crème, naïve façade, jalapeño, Ångström, smörgåsbord, Übergröße.
Привет, мир! Собака бежит по пляжу. Γειά σου Κόσμε.
東京の駅で犬が待っている。你好，世界！ 한국어 문장도 있다.
She said: "I've never seen 100% of it!" (nor have we).
e-mail: someone@example.org, https://example.org/a?b=c&d=1
🙂 👍🏽 👩‍👩‍👧‍👦 🇫🇷 all the emoji in a row
a man and a woman are standing in front of a large window with a view of the city
a plate of food with a fork and a knife on a wooden table next to a glass of water
""".strip().split("\n")

AWKWARD = [
    "", " ", "\n", "  two  spaces ", "tab\tand\nline\r\nends ", "Hello, world!",
    "a dog's tail, isn't it? don't! we're I'm you've", "rock 'n' roll ' ' '", "I'VE SHOUTED IT'S",
    "naïve café Ångström", "e\u0301cole cafe\u0301", "İstanbul ẞ ǅ ﬁne ΑΣ",
    "1234567890 3.14159 ½ ² Ⅷ ٣", "x=1;y<=2 && z!=3", "日本語のテスト 你好，世界", "안녕하세요 한국어",
    "🙂👍🏽 👩‍👩‍👧‍👦 🇫🇷", "\u00a0nbsp\u2003em\u200bzero\u200djoin\ufeff", "nul\x00 bell\x07 \ufffd",
    "[CLS] in [MASK] text [SEP]", "<|start|> and <|end|>  tail", "don n't n 't n ' t",
    "supercalifragilisticexpialidocious" * 4, "ααα ωωω привет", "—“quotes” … €100 ¿qué?",
    "\U0001d4d0\U0001d4d1 math", "हिन्दी नमस्ते", "\u0300 lone mark", "a.b.c...d", "..", "C++/C#",
]


def encodings(tokenizer):
    rows = []
    for text in AWKWARD + SENTENCES:
        encoded = tokenizer.encode(text)
        plain = tokenizer.encode(text, add_special_tokens=False)
        rows.append({
            "text": text,
            "ids": encoded.ids,
            "plain": plain.ids,
            "decoded": tokenizer.decode(encoded.ids),
            "decodedWhole": tokenizer.decode(encoded.ids, skip_special_tokens=False),
        })
    return rows


def write(name, value):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def tokenizer(name, made):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    made.save(str(folder / "tokenizer.json"), pretty=False)
    write(f"{name}/encodings.json", encodings(made))


def word_piece(lowercase):
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.train_from_iterator(SENTENCES, trainers.WordPieceTrainer(
        vocab_size=400, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        show_progress=False))
    first, last = made.token_to_id("[CLS]"), made.token_to_id("[SEP]")
    if lowercase:
        made.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", first), ("[SEP]", last)])
    else:
        made.post_processor = processors.BertProcessing(("[SEP]", last), ("[CLS]", first))
    return made


def byte_pairs(pre_tokenizer, normalizer=None, suffix=None):
    suffixed = {"end_of_word_suffix": suffix} if suffix else {}
    made = Tokenizer(models.BPE(**suffixed))
    if normalizer:
        made.normalizer = normalizer
    made.pre_tokenizer = pre_tokenizer
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(SENTENCES, trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
        special_tokens=["<|start|>", "<|end|>"], **suffixed))
    made.add_tokens([
        tokenizers.AddedToken("  tail", normalized=False),
        tokenizers.AddedToken("tail", single_word=True, lstrip=True),
    ])
    made.post_processor = processors.TemplateProcessing(
        single="<|start|> $A <|end|>",
        special_tokens=[(t, made.token_to_id(t)) for t in ["<|start|>", "<|end|>"]])
    return made


# The pattern of CLIP's tokenizer.json.
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
# The pattern of Llama 3's and Qwen 2's tokenizer.json.
LLAMA = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
         r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


# Characters that Unicode has moved to another category since the reference's tables were made.
RECLASSIFIED = {0x1734, 0x1885, 0x1886, 0xA9BD}


def normal_forms():
    """What normalisers make of the basic plane: a checksum for each 4096 of them."""
    forms = {
        "bert": normalizers.BertNormalizer(lowercase=True),
        "lowercase": normalizers.Lowercase(),
        "nfc": normalizers.NFC(),
        "nfd": normalizers.NFD(),
        "stripAccents": normalizers.StripAccents(),
    }
    sums = {}
    for name, form in forms.items():
        sums[name] = []
        for block in range(16):
            total = 0
            for code in range(block << 12, (block + 1) << 12):
                if 0xD800 <= code < 0xE000 or code in RECLASSIFIED:
                    continue
                for position, scalar in enumerate(form.normalize_str("a" + chr(code) + "b")):
                    total = (total * 31 + ord(scalar) + position) & 0xFFFFFFFFFFFF
            sums[name].append(total)
    return sums


FILTERS = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}


def noise(width, height, seed):
    """Bytes of a linear congruential generator, which the Swift tests make again."""
    state, values = seed, []
    for _ in range(width * height * 3):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        values.append(state >> 16 & 0xFF)
    return Image.frombytes("RGB", (width, height), bytes(values))


def resampled():
    rows = []
    sizes = [((37, 23), (16, 16)), ((16, 9), (31, 29)), ((1, 1), (5, 3)), ((50, 1), (7, 4)),
             ((7, 40), (1, 1)), ((20, 20), (20, 11)), ((20, 20), (9, 20)), ((64, 48), (13, 47)),
             ((300, 200), (24, 24))]
    for number in FILTERS:
        for source, target in sizes:
            image = noise(*source, seed=source[0] * 1000 + source[1])
            result = image.resize(target, resample=Image.Resampling(number))
            rows.append({
                "filter": number, "source": source, "target": target,
                "pixels": base64.b64encode(result.tobytes()).decode(),
            })
    return rows


def processed():
    """What the PIL-backed processors of transformers give."""
    rows = []
    mean = [0.48145466, 0.4578275, 0.40821073]
    std = [0.26862954, 0.26130258, 0.27577711]
    blip = transformers.BlipImageProcessorPil(size={"height": 24, "width": 24})
    clip = transformers.CLIPImageProcessorPil(
        size={"shortest_edge": 20}, crop_size={"height": 16, "width": 16})
    vit = transformers.ViTImageProcessorPil(
        size={"height": 18, "width": 14}, image_mean=[0.5] * 3, image_std=[0.5] * 3, resample=2)
    crop = transformers.CLIPImageProcessorPil(
        do_resize=False, crop_size={"height": 21, "width": 33}, image_mean=mean, image_std=std)
    bare = transformers.ViTImageProcessorPil(
        size={"height": 9, "width": 8}, do_normalize=False, do_rescale=False, resample=0)
    for name, processor in [("blip", blip), ("clip", clip), ("vit", vit), ("crop", crop),
                            ("bare", bare)]:
        with tempfile.TemporaryDirectory() as folder:
            processor.save_pretrained(folder)
            saved = json.loads((pathlib.Path(folder) / "preprocessor_config.json").read_text())
        for source in [(40, 30), (17, 33)]:
            image = noise(*source, seed=source[0] * 1000 + source[1])
            values = processor(image, return_tensors="np")["pixel_values"][0]
            assert values.shape[0] == 3
            rows.append({
                "name": name, "config": saved, "source": source,
                "height": values.shape[1], "width": values.shape[2],
                "values": base64.b64encode(values.astype("<f4").tobytes()).decode(),
            })
    return rows


def main():
    random.seed(0)
    print(sys.version, tokenizers.__version__, transformers.__version__, PIL.__version__,
          numpy.__version__)
    tokenizer("wordpiece", word_piece(lowercase=True))
    tokenizer("wordpiece-cased", word_piece(lowercase=False))
    tokenizer("bytelevel", byte_pairs(pre_tokenizers.ByteLevel(add_prefix_space=False)))
    tokenizer("bytelevel-prefix", byte_pairs(pre_tokenizers.ByteLevel(add_prefix_space=True)))
    tokenizer("digits", byte_pairs(pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False)])))
    tokenizer("llama-split", byte_pairs(pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(LLAMA), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])))
    tokenizer("clip-split", byte_pairs(
        pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(CLIP), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False)]),
        normalizers.Sequence([
            normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]),
        suffix="</w>"))
    write("normal-forms.json", normal_forms())
    write("resampled.json", resampled())
    write("processed.json", processed())


main()
