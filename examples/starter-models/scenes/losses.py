"""What training asks for: the caption, and the truth about every patch and the whole picture."""

import torch
from torch.nn.functional import cross_entropy, smooth_l1_loss

from . import labels, vocabulary
from .model import DEVIATION, MEAN, decode, encode
from .scene import GRID


class Batch:
    """Rows of the pool as tensors."""

    def __init__(self, rows, augment=True):
        pixels = torch.from_numpy(rows["picture"].copy()).permute(0, 3, 1, 2).float().div_(255)
        self.pixels = pixels.sub_(MEAN).div_(DEVIATION).contiguous()
        if augment:
            count = len(rows)
            gain = torch.empty(count, 1, 1, 1).uniform_(0.85, 1.1)
            shift = torch.empty(count, 3, 1, 1).uniform_(-0.12, 0.12)
            self.pixels.mul_(gain).add_(shift).add_(torch.randn(count, 1, 128, 128),
                                                    alpha=0.06).clamp_(-2, 2)
        self.tokens = torch.from_numpy(rows["tokens"].astype("i8"))
        self.about = torch.from_numpy(rows["about"].astype("i8"))
        self.owners = torch.from_numpy(rows["owners"].astype("i8"))
        self.kinds = torch.from_numpy(rows["kinds"].astype("i8"))
        self.colours = torch.from_numpy(rows["colours"].astype("i8"))
        self.boxes = torch.from_numpy(rows["boxes"].copy())
        self.answers = torch.from_numpy(rows["answers"].astype("i8"))

    def some_patches(self, count):
        """Picks patches, those of things first: most of a ground can be left out."""
        luck = torch.rand(self.owners.shape) + 0.7 * (self.owners > 0)
        return luck.topk(count, 1).indices.sort(1).values


def patch_losses(teachers, rows, batch, kept):
    owners = batch.owners if kept is None else batch.owners.gather(1, kept)
    x = rows[:, 1:].reshape(-1, rows.shape[2])
    kinds = batch.kinds.gather(1, owners).flatten()
    colours = batch.colours.gather(1, owners).flatten()
    kind_logits = teachers.kind(x)
    # Ground is most of all patches, and easy.
    weight = torch.where(kinds == 0, 0.15, 1.0)
    kind = (cross_entropy(kind_logits, kinds, reduction="none") * weight).sum() / weight.sum()
    on = owners.flatten() > 0
    right = (kind_logits.argmax(1) == kinds)[on].float().mean()
    colour = cross_entropy(teachers.colour(x)[on], colours[on])
    order = cross_entropy(teachers.order(x)[on], owners.flatten()[on])
    numbers = torch.arange(GRID * GRID).expand(owners.shape[0], -1) if kept is None else kept
    spots = torch.stack([numbers % GRID, numbers // GRID], 2).float()
    target = batch.boxes.gather(1, owners[:, :, None].expand(-1, -1, 4))
    target = torch.cat([(target[..., :2] - spots) / 2, target[..., 2:].clamp(min=1).log()], 2)
    box = smooth_l1_loss(teachers.box(x)[on], target.flatten(0, 1)[on])
    return {"kind": kind, "colour": colour, "order": order, "box": box}, right


def answer_loss(teachers, rows, batch):
    logits = teachers.answers(rows[:, 0])
    total, start = 0.0, 0
    for place, answers in enumerate(labels.QUESTIONS.values()):
        part = logits[:, start:start + len(answers)]
        total = total + cross_entropy(part, batch.answers[:, place])
        start += len(answers)
    return total


def caption_losses(model, rows, batch, kept):
    """The words' loss, and how far one head of each layer looks past the thing it speaks of."""
    length = int((batch.tokens != vocabulary.PAD).sum(1).max())
    targets = batch.tokens[:, :length]
    begin = torch.full((len(targets), 1), vocabulary.BEGIN)
    logits, looks = decode(model, torch.cat([begin, targets[:, :-1]], 1), rows)
    words = cross_entropy(logits.transpose(1, 2), targets, ignore_index=vocabulary.PAD,
                          reduction="none").sum(1).mean()
    about = batch.about[:, :length, None]
    owners = batch.owners if kept is None else batch.owners.gather(1, kept)
    owners = owners[:, None, :]
    theirs = (about == owners) | ((about == labels.ANY) & (owners > 0))
    seen = theirs.any(2) & (about[:, :, 0] > 0)
    guide = 0.0
    for look in looks:
        on = (look[:, 0, :, 1:] * theirs).sum(2)
        guide = guide - (on[seen] + 1e-4).log().sum() / max(1, int(seen.sum()))
    right = ((logits.argmax(2) == targets) | (targets == vocabulary.PAD)).all(1).float().mean()
    return {"words": words, "guide": guide}, right


WEIGHTS = {"kind": 1.0, "colour": 0.4, "order": 0.3, "box": 0.3, "answers": 0.15, "words": 0.3,
           "guide": 0.05}


def losses(model, teachers, batch, patches, speak):
    """All losses by name, their weighted sum, and how often patches and captions are right."""
    kept = batch.some_patches(patches) if patches < GRID * GRID else None
    rows = encode(model, batch.pixels, kept)
    parts, right = patch_losses(teachers, rows, batch, kept)
    parts["answers"] = answer_loss(teachers, rows, batch)
    rights = {"patches right": right}
    if speak:
        said, right = caption_losses(model, rows, batch, kept)
        parts.update(said)
        rights["captions right"] = right
    total = sum(WEIGHTS[name] * value for name, value in parts.items())
    return total, parts, rights
