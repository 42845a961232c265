#!/usr/bin/env python3
"""A full-size CLIP with random weights, for speed and memory: python3 make_clip.py FOLDER [SIZE]

SIZE is base-patch32, base-patch16 or large-patch14. Writes the files of openai/clip-vit-SIZE with
weights drawn by a fixed seed. Needs torch and transformers. What it tells apart means nothing.
"""

import sys
from pathlib import Path

import torch
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPTokenizer, CLIPVisionConfig
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

START, END = "<|startoftext|>", "<|endoftext|>"


def config(size):
    patch = int(size.split("-patch")[1])
    if not size.startswith("large"):
        return CLIPConfig(text_config=CLIPTextConfig().to_dict(),
                          vision_config=CLIPVisionConfig(patch_size=patch).to_dict())
    text = CLIPTextConfig(hidden_size=768, intermediate_size=3072, num_attention_heads=12,
                          projection_dim=768)
    vision = CLIPVisionConfig(hidden_size=1024, intermediate_size=4096, num_hidden_layers=24,
                              num_attention_heads=16, patch_size=patch, projection_dim=768)
    return CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(),
                      projection_dim=768)


def main(folder, size="base-patch32"):
    folder = Path(folder)
    torch.manual_seed(0)
    model = CLIPModel(config(size)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embedding" in name:
                parameter.normal_(std=0.2)
            elif parameter.dim() > 1:
                parameter.normal_(std=1.5 / parameter[0].numel() ** 0.5)
    model.save_pretrained(folder)
    pieces = [f"piece{i}" for i in range(model.config.text_config.vocab_size - 2)] + [START, END]
    CLIPTokenizer(vocab={piece: i for i, piece in enumerate(pieces)}, merges=[]).save_pretrained(
        folder)
    CLIPImageProcessorPil().save_pretrained(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
