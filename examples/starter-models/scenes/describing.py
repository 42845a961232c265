"""Describes files with the published model class, as any user of `transformers` would."""

import sys

import torch
from PIL import Image, ImageOps
from transformers import AutoProcessor, AutoTokenizer, BlipForConditionalGeneration


def opened(path):
    """The picture as people see it: turned as its Exif says, transparent parts on white."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return picture.convert("RGB")


def describe(model_folder, folder, names, beams=1):
    """Yields file, caption and the caption's probability."""
    model = BlipForConditionalGeneration.from_pretrained(model_folder, dtype=torch.float32).eval()
    processor = AutoProcessor.from_pretrained(model_folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    end = model.config.text_config.sep_token_id
    for name in names:
        try:
            picture = opened(folder / name)
        except Exception as problem:
            print(f"{name}: not read: {problem}", file=sys.stderr)
            continue
        pixels = processor(images=picture, return_tensors="pt")["pixel_values"]
        with torch.no_grad():
            made = model.generate(pixel_values=pixels, num_beams=beams, do_sample=False,
                                  max_length=model.generation_config.max_length,
                                  output_scores=True, return_dict_in_generate=True)
            scores = model.text_decoder.compute_transition_scores(
                made.sequences, made.scores, getattr(made, "beam_indices", None),
                normalize_logits=beams == 1)[0]
        words = made.sequences[0, -len(scores):].tolist()
        kept = words.index(end) + 1 if end in words else len(words)
        yield (name, tokenizer.decode(made.sequences[0], skip_special_tokens=True),
               float(scores[:kept].sum().exp()))
