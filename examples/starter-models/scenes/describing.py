"""Describes files with the published model class, as any user of `transformers` would."""

import sys

import torch
from PIL import Image, ImageOps
from transformers import AutoProcessor, AutoTokenizer, BlipForConditionalGeneration

AT_ONCE = 32  # pictures


def opened(path):
    """The picture as people see it: turned as its Exif says, transparent parts on white."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return picture.convert("RGB")


def readable(folder, names):
    """Name and picture of every file that Pillow can read."""
    for name in names:
        try:
            yield name, opened(folder / name)
        except Exception as problem:
            print(f"{name}: not read: {problem}", file=sys.stderr)


def together(pairs):
    batch = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


@torch.no_grad()
def describe(model_folder, folder, names, beams=1):
    """Yields file, caption and the caption's probability."""
    model = BlipForConditionalGeneration.from_pretrained(model_folder, dtype=torch.float32).eval()
    processor = AutoProcessor.from_pretrained(model_folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    end = model.config.text_config.sep_token_id
    for batch in together(readable(folder, names)):
        pixels = torch.cat([processor(images=picture, return_tensors="pt")["pixel_values"]
                            for _, picture in batch])
        made = model.generate(pixel_values=pixels, num_beams=beams, do_sample=False,
                              max_length=model.generation_config.max_length,
                              output_scores=True, return_dict_in_generate=True)
        scores = model.text_decoder.compute_transition_scores(
            made.sequences, made.scores, getattr(made, "beam_indices", None),
            normalize_logits=beams == 1)
        for (name, _), tokens, steps in zip(batch, made.sequences, scores):
            words = tokens[1:].tolist()  # after the token that begins every caption
            count = words.index(end) + 1 if end in words else len(words)
            yield (name, tokenizer.decode(tokens, skip_special_tokens=True),
                   float(steps[:count].sum().exp()))
