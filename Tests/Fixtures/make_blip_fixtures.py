#!/usr/bin/env python3
"""Tiny BLIP checkpoints with random weights, and what the reference makes of them stage by stage.

Run in an environment with torch, transformers, tokenizers and Pillow:

    python3 make_blip_fixtures.py            # writes blip-tiny/ and blip-vqa-tiny/ beside itself

The weights are drawn with a fixed seed and are wide enough that different pictures give different
words. blip-tiny is stored in F32, blip-vqa-tiny in BF16 (the reference computes with the rounded
weights). Nothing here is trained.
"""

import json
import re
import shutil
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from tokenizers import BertWordPieceTokenizer
from transformers import (BlipConfig, BlipForConditionalGeneration, BlipForQuestionAnswering,
                          BlipTextConfig, BlipVisionConfig, PreTrainedTokenizerFast)
from transformers.models.blip.image_processing_pil_blip import BlipImageProcessorPil

HERE = Path(__file__).parent
SENTENCES = [
    "a picture of a red square above a blue circle on a white wall",
    "two small boats near the shore of a quiet lake under grey clouds",
    "what colour is the door of the house? it is green",
    "how many people sit around the table? three women and one man",
    "the old dog's ball isn't here, it rolled down the stairs",
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tokenizer(folder):
    """WordPiece: the short words of the sentences above, letters for the others, and [DEC], [ENC]."""
    words = re.findall(r"[a-z]+|[^a-z ]", " ".join(SENTENCES).lower())
    letters = sorted(set("".join(words)))
    pieces = letters + ["##" + c for c in letters if c.isalpha()] + ["##ing", "##s", "##er"]
    pieces += sorted({word for word in words if 1 < len(word) < 7})
    folder.mkdir(exist_ok=True)
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(SPECIAL + pieces))}
    words = BertWordPieceTokenizer(vocab=vocabulary, lowercase=True)
    made = PreTrainedTokenizerFast(
        tokenizer_object=words._tokenizer, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
    made.add_special_tokens({"bos_token": "[DEC]"})
    made.add_special_tokens({"extra_special_tokens": ["[ENC]"]})
    made.save_pretrained(folder)
    return made


def config(words, vision_width):
    text = BlipTextConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=40,
        bos_token_id=words.convert_tokens_to_ids("[DEC]"), sep_token_id=words.sep_token_id,
        eos_token_id=words.sep_token_id, pad_token_id=words.pad_token_id)
    vision = BlipVisionConfig(
        hidden_size=vision_width, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
        image_size=32, patch_size=8)
    return BlipConfig(text_config=text.to_dict(), vision_config=vision.to_dict())


def draw_weights(model, seed, end_bias):
    """`end_bias` makes [SEP] likelier, so that texts end by themselves."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name.lower() and name.endswith("weight"):
                parameter.copy_(1 + 0.1 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.1 * noise)
            elif "embedding" in name:  # places weigh more than words, or a word repeats for ever
                parameter.copy_((1.5 if "position" in name else 0.5) * noise)
            else:
                parameter.copy_(1.5 * noise / parameter.shape[-1] ** 0.5)
        model.text_decoder.cls.predictions.bias[model.config.text_config.sep_token_id] += end_bias
    return model.eval()


def picture():
    """A gradient with a disc, 50 x 37: no side is the model's."""
    image = Image.new("RGB", (50, 37))
    for y in range(37):
        for x in range(50):
            inside = (x - 30) ** 2 + (y - 15) ** 2 < 100
            image.putpixel((x, y), (200, 40, 30) if inside else (x * 5, y * 6, 255 - x * 3))
    return image


def common(folder, model, words):
    processor = BlipImageProcessorPil(size={"height": 32, "width": 32})
    processor.save_pretrained(folder)
    image = picture()
    image.save(folder / "picture.png")
    pixels = processor(image, return_tensors="pt")["pixel_values"]
    seen = model.vision_model(pixels, output_hidden_states=True)
    tensors = {"pixels": pixels[0], "last_hidden_state": seen.last_hidden_state[0]}
    for i, state in enumerate(seen.hidden_states):
        tensors[f"hidden.{i}"] = state[0]
    return pixels, seen.last_hidden_state, tensors


def logits(decoder, ids, source):
    return decoder(input_ids=torch.tensor([ids]), encoder_hidden_states=source,
                   is_decoder=True).logits[0]


def write(folder, tensors, facts):
    save_file({name: t.detach().float().contiguous() for name, t in tensors.items()},
              folder / "expected.safetensors")
    (folder / "expected.json").write_text(json.dumps(facts, indent=1) + "\n")


@torch.no_grad()
def captioning():
    folder = HERE / "blip-tiny"
    shutil.rmtree(folder, ignore_errors=True)
    words = tokenizer(folder)
    model = draw_weights(BlipForConditionalGeneration(config(words, 48)), seed=6, end_bias=5.0)
    model.save_pretrained(folder)
    pixels, source, tensors = common(folder, model, words)
    forced = [model.config.text_config.bos_token_id] + words.encode(
        SENTENCES[0], add_special_tokens=False)
    tensors["logits"] = logits(model.text_decoder, forced, source)
    prompt = words("a picture of", return_tensors="pt")
    facts = {"forced": forced, "prefix": "a picture of"}
    for name, extra in {
        "greedy": {}, "prefixed": {"input_ids": prompt.input_ids},
        "beam3": {"num_beams": 3}, "beam3_prefixed": {"num_beams": 3, "input_ids": prompt.input_ids},
        "beam4_short": {"num_beams": 4, "max_length": 7, "length_penalty": 0.5},
    }.items():
        extra = {name: value.clone() if torch.is_tensor(value) else value
                 for name, value in extra.items()}  # generate writes into input_ids
        ids = model.generate(pixel_values=pixels, **extra)[0].tolist()
        facts[name] = {"ids": ids, "text": words.decode(ids, skip_special_tokens=True)}
    write(folder, tensors, facts)


@torch.no_grad()
def answering():
    folder = HERE / "blip-vqa-tiny"
    shutil.rmtree(folder, ignore_errors=True)
    words = tokenizer(folder)
    model = draw_weights(BlipForQuestionAnswering(config(words, 32)), seed=33, end_bias=5.0)
    model = model.to(torch.bfloat16)
    model.save_pretrained(folder)
    model = model.to(torch.float32)  # the rounded weights, computed with in full
    pixels, source, tensors = common(folder, model, words)
    question = "what colour is the door?"
    asked = words(question, return_tensors="pt")
    read = model.text_encoder(input_ids=asked.input_ids, encoder_hidden_states=source)[0]
    tensors["question"] = read[0]
    forced = [model.config.text_config.bos_token_id] + words.encode(
        "it is green", add_special_tokens=False)
    tensors["logits"] = logits(model.text_decoder, forced, read)
    ids = model.generate(pixel_values=pixels, input_ids=asked.input_ids)[0].tolist()
    write(folder, tensors, {
        "question": question, "question_ids": asked.input_ids[0].tolist(), "forced": forced,
        "greedy": {"ids": ids, "text": words.decode(ids, skip_special_tokens=True)}})


if __name__ == "__main__":
    captioning()
    answering()
