#!/usr/bin/env python3
"""Tiny CLIP checkpoints with random weights, and what the reference makes of them stage by stage.

Run in an environment with torch, transformers and Pillow:

    python3 make_clip_fixtures.py            # writes clip-tiny/ and clip-gelu-tiny/ beside itself

clip-tiny is stored in F32 and laid out as OpenAI's files are: quick GELU, and an eos_token_id of 2
that is not the tokenizer's. clip-gelu-tiny is stored in BF16 (the reference computes with the rounded
weights) and laid out as LAION's: GELU, other widths, the right eos_token_id. Nothing is trained.
"""

import re
import shutil

import torch
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPTokenizer, CLIPVisionConfig
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from make_blip_fixtures import HERE, SENTENCES, picture, write

START, END = "<|startoftext|>", "<|endoftext|>"
TEXTS = ["a red square above a blue circle", "Two small boats!", "a door's colour, 123 times",
         "déjà  vu"]


def tokenizer():
    """Byte pairs that put the sentences' words together, ends of words marked.

    As in CLIP each byte is there twice, within words and at their ends, and the two special tokens
    are the last.
    """
    merges = {}
    for word in sorted(set(re.findall(r"[a-z]{2,6}", " ".join(SENTENCES)))):
        left, *rest = [*word[:-1], word[-1] + "</w>"]
        for right in rest:
            merges[left, right] = left = left + right
    letters = "abcdefghijklmnopqrstuvwxyz0123456789!,.'Ã©łĂĠâ"
    pieces = [*letters, *(letter + "</w>" for letter in letters), *merges.values(), START, END]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}
    return CLIPTokenizer(vocab=vocabulary, merges=list(merges))


def config(words, is_laion):
    text = CLIPTextConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=24, projection_dim=24,
        hidden_act="gelu" if is_laion else "quick_gelu", bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id if is_laion else 2)
    vision = CLIPVisionConfig(
        hidden_size=32 if is_laion else 48, intermediate_size=96, num_hidden_layers=2,
        num_attention_heads=2 if is_laion else 4, image_size=32, patch_size=8, projection_dim=24,
        hidden_act="gelu" if is_laion else "quick_gelu")
    return CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(),
                      projection_dim=24)


def draw_weights(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if name == "logit_scale":
                continue
            if "norm" in name or "layrnorm" in name:
                parameter.copy_((1 if name.endswith("weight") else 0) + 0.1 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.1 * noise)
            elif "embedding" in name:
                parameter.copy_(0.5 * noise)
            else:
                parameter.copy_(1.5 * noise / parameter.shape[-1] ** 0.5)
    return model.eval()


@torch.no_grad()
def make(name, seed, is_laion):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    words = tokenizer()
    words.save_pretrained(folder)
    model = draw_weights(CLIPModel(config(words, is_laion)), seed)
    if is_laion:
        model = model.to(torch.bfloat16)
    model.save_pretrained(folder)
    model = model.to(torch.float32)
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    processor.save_pretrained(folder)
    image = picture()
    image.save(folder / "picture.png")
    pixels = processor(image, return_tensors="pt")["pixel_values"]
    seen = model.vision_model(pixels, output_hidden_states=True)
    tensors = {"pixels": pixels[0], "pooled": seen.pooler_output[0]}
    for i, state in enumerate(seen.hidden_states):
        tensors[f"hidden.{i}"] = state[0]
    ids = [words(text).input_ids for text in TEXTS]
    read = model.text_model(torch.tensor([ids[0]]), output_hidden_states=True)
    tensors["text.pooled"] = read.pooler_output[0]
    for i, state in enumerate(read.hidden_states):
        tensors[f"text.hidden.{i}"] = state[0]
    both = words(TEXTS, padding=True, return_tensors="pt")
    out = model(pixel_values=pixels, **both)
    tensors |= {"image": out.image_embeds[0], "texts": out.text_embeds,
                "logits": out.logits_per_image[0]}
    write(folder, tensors, {"texts": TEXTS, "ids": ids})


if __name__ == "__main__":
    make("clip-tiny", seed=12, is_laion=False)
    make("clip-gelu-tiny", seed=14, is_laion=True)
