"""Makes the probability of a caption mean what it says: how often such captions are right.

One number, the temperature, divides all logits. It never changes which word is likeliest, only how
sure the model sounds. It is fitted on drawn pictures that training has not seen.
"""

import torch

from . import labels, vocabulary
from .captions import caption
from .draw import draw, squashed
from .model import DEVIATION, MEAN, decode, encode


def pixels_of(pictures):
    pixels = torch.stack([torch.from_numpy(picture.copy()) for picture in pictures])
    return (pixels.permute(0, 3, 1, 2).float() / 255 - MEAN) / DEVIATION


@torch.no_grad()
def greedy(model, pixels):
    """Tokens up to the end, and the logits of every step: a pair for each picture."""
    rows = encode(model, pixels.contiguous())
    tokens = torch.full((len(pixels), 1), vocabulary.BEGIN)
    for _ in range(labels.LENGTH):
        logits, _ = decode(model, tokens, rows)
        tokens = torch.cat([tokens, logits[:, -1:].argmax(2)], 1)
        if (tokens == vocabulary.END).any(1).all():
            break
    found = []
    for numbers, steps in zip(tokens[:, 1:], logits):
        ends = (numbers == vocabulary.END).nonzero()
        count = int(ends[0]) + 1 if len(ends) else len(numbers)
        found.append((numbers[:count], steps[:count]))
    return found


def answers(model, seeds, at_once=50):
    """For each seed's picture: what is said, its logits, and the true caption."""
    seeds = list(seeds)
    for start in range(0, len(seeds), at_once):
        scenes = [draw(seed) for seed in seeds[start:start + at_once]]
        said = greedy(model, pixels_of([squashed(scene.picture) for scene in scenes]))
        for scene, (numbers, logits) in zip(scenes, said):
            yield numbers, logits, caption(scene.facts)


def chance(numbers, logits, temperature):
    """The logarithm of a caption's probability, its end included."""
    steps = (logits / temperature).log_softmax(1)
    return float(steps[torch.arange(len(numbers)), numbers].sum())


def temperature(model, seeds):
    """The temperature at which captions are right as often as their probability says."""
    written = [(numbers, logits, vocabulary.decode(numbers.tolist()) == truth)
               for numbers, logits, truth in answers(model, seeds) if len(numbers) > 1]
    best = (float("inf"), 1.0)
    for tried in [0.5 * 1.05 ** power for power in range(40)]:
        surprise = 0.0
        for numbers, logits, right in written:
            sure = torch.tensor(chance(numbers, logits, tried)).exp().clamp(1e-4, 1 - 1e-4)
            surprise -= float(torch.log(sure if right else 1 - sure))
        best = min(best, (surprise / len(written), tried))
    return best[1]


@torch.no_grad()
def fold(model, degrees):
    """Divides all logits by the temperature, for good.

    The words' matrix is tied to the embeddings, which must stay: so the norm before it shrinks.
    """
    head = model.text_decoder.cls.predictions
    head.transform.LayerNorm.weight.div_(degrees)
    head.transform.LayerNorm.bias.div_(degrees)
    head.bias.div_(degrees)
