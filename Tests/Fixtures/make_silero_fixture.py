"""Makes Tests/Fixtures/silero-tiny: a narrow Silero VAD with random weights, and what it says.

    python3 -m venv .venv
    .venv/bin/pip install numpy==2.4.6 safetensors==0.8.0 torch==2.15.0
    .venv/bin/python Tests/Fixtures/make_silero_fixture.py

The graph is that of `silero_vad_16k_op15.onnx` (snakers4/silero-vad), written with torch's own
layers; every width is smaller. The sound is made here.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

OUT = pathlib.Path(__file__).parent / "silero-tiny"
WINDOW, BINS, WIDTHS, CHUNKS = 32, 9, (12, 8, 8, 16), 24
CHUNK, CONTEXT, HOP = WINDOW * 2, WINDOW // 4, WINDOW // 2


def weights():
    torch.manual_seed(3)
    tensors = {"stft_conv.weight": torch.randn(2 * BINS, 1, WINDOW) * 0.5}
    channels = BINS
    for i, width in enumerate(WIDTHS, 1):
        tensors[f"conv{i}.weight"] = torch.randn(width, channels, 3) * 0.3
        tensors[f"conv{i}.bias"] = torch.randn(width) * 0.1
        channels = width
    for part in ("ih", "hh"):
        tensors[f"lstm_cell.weight_{part}"] = torch.randn(4 * channels, channels)
        tensors[f"lstm_cell.bias_{part}"] = torch.randn(4 * channels) * 0.1
    tensors["final_conv.weight"] = torch.randn(1, channels, 1) * 3
    tensors["final_conv.bias"] = torch.randn(1) * 0.1
    return tensors


def probabilities(tensors, sound):
    width = WIDTHS[-1]
    cell = torch.nn.LSTMCell(width, width)
    cell.load_state_dict({k.split(".")[1]: v for k, v in tensors.items() if "lstm" in k})
    hidden = memory = torch.zeros(1, width)
    context = torch.zeros(CONTEXT)
    out = []
    for chunk in sound.split(CHUNK):
        x = torch.cat([context, chunk])[None, None]
        context = chunk[-CONTEXT:]
        x = F.conv1d(F.pad(x, (0, WINDOW // 4), mode="reflect"), tensors["stft_conv.weight"], stride=HOP)
        x = torch.sqrt(x[:, :BINS] ** 2 + x[:, BINS:] ** 2)
        for i, stride in enumerate((1, 2, 2, 1), 1):
            x = F.relu(F.conv1d(x, tensors[f"conv{i}.weight"], tensors[f"conv{i}.bias"],
                                stride=stride, padding=1))
        hidden, memory = cell(x[:, :, 0], (hidden, memory))
        x = F.conv1d(F.relu(hidden)[..., None], tensors["final_conv.weight"], tensors["final_conv.bias"])
        out.append(torch.sigmoid(x).item())
    return out


def main():
    OUT.mkdir(exist_ok=True)
    tensors = weights()
    save_file({k: v.contiguous() for k, v in tensors.items()}, OUT / "model.safetensors")
    time = torch.arange(CHUNK * CHUNKS) / 16000
    sound = 0.3 * torch.sin(2 * torch.pi * 700 * time) * torch.sin(2 * torch.pi * 40 * time)
    sound += 0.1 * torch.randn(len(time))
    with torch.no_grad():
        expected = probabilities(tensors, sound)
    save_file({"sound": sound, "probabilities": torch.tensor(expected)}, OUT / "expected.safetensors")
    print(json.dumps([round(p, 4) for p in expected]))


main()
