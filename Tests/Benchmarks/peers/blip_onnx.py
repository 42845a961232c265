#!/usr/bin/env python3
"""ONNX Runtime's int8 BLIP, made from a checkpoint: python3 blip_onnx.py CHECKPOINT FOLDER

Writes vision.onnx, cross.onnx (keys and values of a picture for every layer) and step.onnx (one
decoder step on explicit keys and values), and their int8 copies, quantised as ONNX Runtime's users do it: dynamic activations, MatMul only, one scale per
output column. Needs torch, transformers, onnx and onnxruntime.
"""

import sys
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BlipForConditionalGeneration


class Vision(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).last_hidden_state


class Cross(torch.nn.Module):
    def __init__(self, decoder):
        super().__init__()
        self.layers = decoder.bert.encoder.layer
        self.heads = decoder.config.num_attention_heads

    def split(self, x):
        return x.view(1, x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, rows):
        attentions = [layer.crossattention.self for layer in self.layers]
        return (torch.stack([self.split(a.key(rows)) for a in attentions]),
                torch.stack([self.split(a.value(rows)) for a in attentions]))


class Step(torch.nn.Module):
    """One token: self-attention over given keys and values, cross-attention over given ones."""

    def __init__(self, decoder):
        super().__init__()
        self.bert, self.head = decoder.bert, decoder.cls
        self.heads = decoder.config.num_attention_heads

    def attend(self, attention, x, keys, values):
        q = attention.self.query(x).view(1, 1, self.heads, -1).transpose(1, 2)
        scores = q @ keys.transpose(-1, -2) / q.shape[-1] ** 0.5
        mixed = (scores.softmax(-1) @ values).transpose(1, 2).reshape(1, 1, -1)
        return attention.output(mixed, x)

    def forward(self, token, position, past_k, past_v, cross_k, cross_v):
        e = self.bert.embeddings
        x = e.LayerNorm(e.word_embeddings(token) + e.position_embeddings(position))
        new_k, new_v = [], []
        for i, layer in enumerate(self.bert.encoder.layer):
            a = layer.attention.self
            k = a.key(x).view(1, 1, self.heads, -1).transpose(1, 2)
            v = a.value(x).view(1, 1, self.heads, -1).transpose(1, 2)
            k, v = torch.cat([past_k[i], k], 2), torch.cat([past_v[i], v], 2)
            new_k.append(k)
            new_v.append(v)
            x = self.attend(layer.attention, x, k, v)
            x = self.attend(layer.crossattention, x, cross_k[i], cross_v[i])
            x = layer.feed_forward_chunk(x)
        return self.head(x), torch.stack(new_k), torch.stack(new_v)


def export(module, inputs, names, outputs, axes, path):
    torch.onnx.export(module, inputs, str(path), input_names=names, output_names=outputs,
                      dynamic_axes=axes, dynamo=False)
    quantize_dynamic(str(path), str(path.with_suffix(".int8.onnx")),
                     op_types_to_quantize=["MatMul"], per_channel=True,
                     weight_type=QuantType.QInt8)


def main(checkpoint, folder):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    torch.set_grad_enabled(False)
    model = BlipForConditionalGeneration.from_pretrained(
        checkpoint, attn_implementation="eager").eval()
    text, vision = model.config.text_config, model.config.vision_config
    export(Vision(model.vision_model), (torch.zeros(1, 3, vision.image_size, vision.image_size),),
           ["pixels"], ["rows"], None, folder / "vision.onnx")
    heads, layers = text.num_attention_heads, text.num_hidden_layers
    width = text.hidden_size // heads
    seen = (vision.image_size // vision.patch_size) ** 2 + 1
    export(Cross(model.text_decoder), (torch.zeros(1, seen, vision.hidden_size),), ["rows"],
           ["cross_k", "cross_v"], None, folder / "cross.onnx")
    past, cross = torch.zeros(layers, 1, heads, 3, width), torch.zeros(layers, 1, heads, seen, width)
    export(Step(model.text_decoder),
           (torch.zeros(1, 1, dtype=torch.long), torch.zeros(1, 1, dtype=torch.long),
            past, past, cross, cross),
           ["token", "position", "past_k", "past_v", "cross_k", "cross_v"],
           ["logits", "new_k", "new_v"],
           {"past_k": {3: "n"}, "past_v": {3: "n"}, "new_k": {3: "m"}, "new_v": {3: "m"}},
           folder / "step.onnx")


if __name__ == "__main__":
    main(*sys.argv[1:])
