#!/usr/bin/env python3
"""OpenVINO's int8 BLIP, made from ONNX files: python3 blip_openvino.py ONNX PICTURE

ONNX is the folder that blip_onnx.py wrote; PICTURE a photo that ranges are measured on. Writes
vision.int8.xml and cross.int8.xml there, whose weights and activations are in 8 bits (NNCF's
quantize), and step.int8.xml, whose weights are (NNCF's compress_weights). Needs openvino and nncf.
"""

import sys

import nncf
import openvino

from blip_peers import pixels


def main(folder, picture):
    core = openvino.Core()
    vision, cross, step = (
        core.read_model(f"{folder}/{name}.onnx") for name in ("vision", "cross", "step"))
    seen = pixels(picture)
    rows = core.compile_model(vision, "CPU")({"pixels": seen})["rows"]
    openvino.save_model(nncf.compress_weights(step, mode=nncf.CompressWeightsMode.INT8_SYM),
                        f"{folder}/step.int8.xml", compress_to_fp16=False)
    for name, model, inputs in (("vision", vision, {"pixels": seen}),
                                ("cross", cross, {"rows": rows})):
        quantized = nncf.quantize(
            model, nncf.Dataset([inputs]), subset_size=1,
            model_type=nncf.ModelType.TRANSFORMER, fast_bias_correction=True)
        openvino.save_model(quantized, f"{folder}/{name}.int8.xml", compress_to_fp16=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
