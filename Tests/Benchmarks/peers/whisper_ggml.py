#!/usr/bin/env python3
"""A Whisper checkpoint for whisper.cpp, in q8_0: whisper_ggml.py FOLDER FILE

FOLDER is as Hugging Face publishes it (or make_whisper.py makes it). Writes what whisper.cpp's own
`convert-h5-to-ggml.py` and then `quantize … q8_0` would: matrices in blocks of 32 bytes with one
f16 scale, convolutions in f16, the rest in f32. Needs torch, safetensors and transformers.
"""

import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from transformers.audio_utils import mel_filter_bank

F32, F16, Q8_0 = 0, 1, 8  # ggml_type
FILE_TYPE = 2 * 1000 + 7  # quantisation format 2, mostly q8_0
NAMES = [
    (r"\.layers\.", ".blocks."), (r"self_attn\.", "attn."), (r"self_attn_layer_norm", "attn_ln"),
    (r"encoder_attn\.", "cross_attn."), (r"encoder_attn_layer_norm", "cross_attn_ln"),
    (r"q_proj", "query"), (r"k_proj", "key"), (r"v_proj", "value"), (r"out_proj", "out"),
    (r"fc1", "mlp.0"), (r"fc2", "mlp.2"), (r"final_layer_norm", "mlp_ln"),
    (r"encoder\.layer_norm", "encoder.ln_post"), (r"decoder\.layer_norm", "decoder.ln"),
    (r"embed_tokens", "token_embedding"), (r"embed_positions\.weight", "positional_embedding")]


def name_of(tensor):
    name = tensor.removeprefix("model.")
    for pattern, new in NAMES:
        name = re.sub(pattern, new, name)
    return name


def q8_0(values):
    blocks = values.reshape(-1, 32)
    scales = np.abs(blocks).max(axis=1, keepdims=True) / 127
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    packed = np.empty(len(blocks), np.dtype([("scale", "<f2"), ("q", "i1", 32)]))
    packed["scale"] = scales[:, 0]
    packed["q"] = np.round(blocks * inverse)
    return packed.tobytes()


def write_tensor(file, name, values):
    if re.search(r"conv\d\.bias", name):
        values = values.reshape(-1, 1)
    kind, data = F32, values.astype("<f4").tobytes
    if values.ndim == 3:
        kind, data = F16, values.astype("<f2").tobytes
    elif values.ndim == 2 and "bias" not in name and "positional" not in name:
        kind, data = Q8_0, lambda: q8_0(values.astype(np.float32))
    file.write(struct.pack("<3i", values.ndim, len(name), kind))
    file.write(struct.pack(f"<{values.ndim}i", *reversed(values.shape)))
    file.write(name.encode() + data())


def words(folder):
    """The bytes of every token before the end token, in the order of the ids."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in kept]
    byte_of = {chr(b): b for b in kept} | {chr(256 + i): b for i, b in enumerate(rest)}
    table = json.load(open(folder / "tokenizer.json"))["model"]["vocab"]
    return [bytes(byte_of[c] for c in word) for word in sorted(table, key=table.get)]


def main(folder, path):
    folder = Path(folder)
    config = json.load(open(folder / "config.json"))
    mels = config["num_mel_bins"]
    filters = mel_filter_bank(201, mels, 0, 8000, 16000, norm="slaney", mel_scale="slaney").T
    fields = [config[name] for name in (
        "vocab_size", "max_source_positions", "d_model", "encoder_attention_heads",
        "encoder_layers", "max_target_positions", "d_model", "decoder_attention_heads",
        "decoder_layers", "num_mel_bins")]
    with open(path, "wb") as file:
        file.write(struct.pack("<i10ii", 0x67676D6C, *fields, FILE_TYPE))
        file.write(struct.pack("<2i", *filters.shape) + filters.astype("<f4").tobytes())
        tokens = words(folder)
        file.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            file.write(struct.pack("<i", len(token)) + token)
        for tensor, values in load_file(folder / "model.safetensors").items():
            if tensor != "proj_out.weight":
                write_tensor(file, name_of(tensor), values)


if __name__ == "__main__":
    main(*sys.argv[1:])
