#!/usr/bin/env python3
"""The tiny Whisper in whisper.cpp's format, and blocks of ggml's quantised types.

    .venv/bin/pip install gguf==0.19.0
    .venv/bin/python make_whisper_ggml.py  # writes whisper-tiny-ggml/ beside itself

Uses the environment of `make_whisper_fixtures.py` and the checkpoint that it made in whisper-tiny/.
The layout is that of whisper.cpp's `models/convert-pt-to-ggml.py`: matrices and convolutions in
half precision, everything else in F32. The blocks are made and read by the package `gguf` of
ggml's own authors.
"""

import json
import struct
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import WhisperFeatureExtractor

HERE = Path(__file__).parent
FOLDER = HERE / "whisper-tiny-ggml"
NAMES = [("model.", ""), ("layers.", "blocks."), ("encoder_attn_layer_norm", "cross_attn_ln"),
         ("self_attn_layer_norm", "attn_ln"), ("final_layer_norm", "mlp_ln"),
         ("encoder_attn", "cross_attn"), ("self_attn", "attn"), ("q_proj", "query"),
         ("k_proj", "key"), ("v_proj", "value"), ("out_proj", "out"), ("fc1", "mlp.0"),
         ("fc2", "mlp.2"), ("embed_tokens", "token_embedding"),
         ("embed_positions.weight", "positional_embedding"),
         ("encoder.layer_norm", "encoder.ln_post"), ("decoder.layer_norm", "decoder.ln")]


def renamed(name):
    for old, new in NAMES:
        name = name.replace(old, new)
    return name


def vocabulary(folder):
    """Bytes of the tokens before the first with a purpose."""
    file = json.loads((folder / "tokenizer.json").read_text())
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    back = {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(others)}
    end = next(t["id"] for t in file["added_tokens"] if t["content"] == "<|endoftext|>")
    tokens = sorted((id, token) for token, id in file["model"]["vocab"].items() if id < end)
    return [bytes(back[letter] for letter in token) for _, token in tokens]


def write(path, config, tokens, tensors):
    """A file of half-precision matrices, as `convert-pt-to-ggml.py` writes it."""
    filters = WhisperFeatureExtractor(feature_size=config["num_mel_bins"]).mel_filters.T
    with open(path, "wb") as out:
        out.write(struct.pack("<I11i", 0x67676D6C, config["vocab_size"],
                              config["max_source_positions"], config["d_model"],
                              config["encoder_attention_heads"], config["encoder_layers"],
                              config["max_target_positions"], config["d_model"],
                              config["decoder_attention_heads"], config["decoder_layers"],
                              config["num_mel_bins"], 1))
        out.write(struct.pack("<2i", *filters.shape) + filters.astype("<f4").tobytes())
        out.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            out.write(struct.pack("<i", len(token)) + token)
        for name, tensor in tensors.items():
            name, data = renamed(name), tensor.float().numpy()
            if name in ["encoder.conv1.bias", "encoder.conv2.bias"]:
                data = data.reshape(-1, 1)
            plain = data.ndim < 2 or data.shape[-1] == 1 or "positional" in name
            name = name.encode()
            out.write(struct.pack("<3i", data.ndim, len(name), 0 if plain else 1))
            out.write(struct.pack(f"<{data.ndim}i", *reversed(data.shape)) + name)
            out.write(data.astype("<f4" if plain else "<f2").tobytes())


def blocks():
    from gguf import GGMLQuantizationType as Type
    from gguf import quants

    generator = np.random.default_rng(7)
    x = generator.normal(size=(9, 64)).astype(np.float32)
    x[7] = 0
    x[8] = np.linspace(-3, 3, 64)
    tensors = {"numbers": torch.from_numpy(x)}
    for type in [Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0]:
        stored = quants.quantize(x, type)
        tensors[f"{type.name}.blocks"] = torch.from_numpy(stored.copy()).float()
        tensors[f"{type.name}.numbers"] = torch.from_numpy(quants.dequantize(stored, type).copy())
    return tensors


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    config = json.loads((HERE / "whisper-tiny/config.json").read_text())
    write(FOLDER / "f16.bin", config, vocabulary(HERE / "whisper-tiny"),
          load_file(HERE / "whisper-tiny/model.safetensors"))
    save_file(blocks(), FOLDER / "expected.safetensors")
