"""Writes the trained model in the published format: calibrated, and in float16.

    python export_scenes.py WORK MODEL [--calibrate 2000]
"""

import argparse
import json
import pathlib

import torch
from transformers import GenerationConfig

from scenes import calibration, labels, vocabulary
from scenes.model import DEVIATION, MEAN, PATCH, new_model
from scenes.scene import GRID

CALIBRATION_SEED = 500_000_000  # far from every seed of training and of the measure

PREPROCESSOR = {
    "do_convert_rgb": True, "do_normalize": True, "do_rescale": True, "do_resize": True,
    "image_mean": [MEAN] * 3, "image_processor_type": "BlipImageProcessor",
    "image_std": [DEVIATION] * 3, "processor_class": "BlipProcessor", "resample": 3,
    "rescale_factor": 1 / 255, "size": {"height": PATCH * GRID, "width": PATCH * GRID},
}


def trained(work):
    """The average of the weights over the last steps."""
    state = torch.load(work / "checkpoint.pt", weights_only=True)
    model = new_model(seed=0).eval()
    model.load_state_dict(state["model"])
    with torch.no_grad():
        for weight, average in zip(model.parameters(), state["average"]):
            weight.copy_(average)
    return model


# What Curbcut reads beside the published fields: all that the model knows, and below which probability
# of a whole caption it says nothing. Of the captions of at least 0.7 nine in ten are right in every
# fact; at one half it also spoke of four of 23 captioned photographs.
CURBCUT = {"knows": "drawings of shapes and pictographs, simple charts and signs",
           "abstain_below": 0.7}


def write(model, folder):
    folder.mkdir(parents=True, exist_ok=True)
    limits = dict(bos_token_id=vocabulary.BEGIN, eos_token_id=vocabulary.END,
                  pad_token_id=vocabulary.PAD, max_length=labels.LENGTH + 8, curbcut=CURBCUT)
    model.generation_config = GenerationConfig(**limits)
    model.half().save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2) + "\n")
    vocabulary.write_tokenizer(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--calibrate", type=int, default=2000,
                        help="pictures to fit the temperature on; 0 leaves it as it is")
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    model = trained(asked.work)
    if asked.calibrate:
        seeds = range(CALIBRATION_SEED, CALIBRATION_SEED + asked.calibrate)
        degrees = calibration.temperature(model, seeds)
        print(f"temperature {degrees:.3f}")
        calibration.fold(model, degrees)
    write(model, asked.model)


if __name__ == "__main__":
    main()
