#!/usr/bin/env python3
"""A full-size BLIP with random weights, for speed and memory: python3 make_blip.py FOLDER [base|large]

Writes the files of Salesforce/blip-image-captioning-base (or -large) with weights drawn by a fixed
seed. Needs torch, transformers and tokenizers. The words it writes mean nothing.
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers import BertWordPieceTokenizer
from transformers import (BlipConfig, BlipForConditionalGeneration, BlipTextConfig,
                          BlipVisionConfig, PreTrainedTokenizerFast)
from transformers.models.blip.image_processing_pil_blip import BlipImageProcessorPil

SPECIAL = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]"}


def config(size):
    text = BlipTextConfig(num_attention_heads=12)
    vision = BlipVisionConfig()
    if size == "large":
        vision = BlipVisionConfig(hidden_size=1024, intermediate_size=4096, num_hidden_layers=24,
                                  num_attention_heads=16)
    return BlipConfig(text_config=text.to_dict(), vision_config=vision.to_dict())


def tokenizer():
    """30,522 made-up words in the places of BERT's, and BLIP's two tokens after them."""
    vocabulary = {SPECIAL.get(i, f"word{i}"): i for i in range(30522)}
    words = BertWordPieceTokenizer(vocab=vocabulary, lowercase=True)
    made = PreTrainedTokenizerFast(
        tokenizer_object=words._tokenizer, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
    made.add_special_tokens({"bos_token": "[DEC]"})
    made.add_special_tokens({"extra_special_tokens": ["[ENC]"]})
    return made


def main(folder, size="base"):
    folder = Path(folder)
    torch.manual_seed(0)
    model = BlipForConditionalGeneration(config(size)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embedding" in name:
                parameter.normal_(std=0.2)
            elif parameter.dim() > 1:
                parameter.normal_(std=1.5 / parameter[0].numel() ** 0.5)
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    BlipImageProcessorPil().save_pretrained(folder)
    json.dump({"max_length": 21}, open(folder / "generation_config.json", "w"))


if __name__ == "__main__":
    main(*sys.argv[1:])
