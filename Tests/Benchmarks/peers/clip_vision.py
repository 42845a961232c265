#!/usr/bin/env python3
"""CLIP's vision side for its peers, from a checkpoint: python3 clip_vision.py CHECKPOINT FOLDER PICTURE

Writes vision.onnx and vision.int8.onnx, quantised as ONNX Runtime's users do it (dynamic
activations, MatMul only, one scale per output column), and vision.int8.xml for OpenVINO, whose
weights and activations are in 8 bits (NNCF's quantize, ranges measured on the photo PICTURE). Needs
torch, transformers, onnx, onnxruntime, openvino and nncf.
"""

import sys
from pathlib import Path

import nncf
import openvino
import torch
from transformers import CLIPModel

from blip_onnx import export
from clip_peers import pixels


class Vision(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.seen, self.project = model.vision_model, model.visual_projection

    def forward(self, pixels):
        return self.project(self.seen(pixel_values=pixels).pooler_output)


def main(checkpoint, folder, picture):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    torch.set_grad_enabled(False)
    model = CLIPModel.from_pretrained(checkpoint, attn_implementation="eager").eval()
    side = model.config.vision_config.image_size
    export(Vision(model), (torch.zeros(1, 3, side, side),), ["pixels"], ["direction"], None,
           folder / "vision.onnx")
    quantized = nncf.quantize(
        openvino.Core().read_model(folder / "vision.onnx"),
        nncf.Dataset([{"pixels": pixels(picture)}]), subset_size=1,
        model_type=nncf.ModelType.TRANSFORMER, fast_bias_correction=True)
    openvino.save_model(quantized, folder / "vision.int8.xml", compress_to_fp16=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
