"""Muon for matrices, Adam for the rest.

Muon (Jordan and others, 2024) makes every direction of a matrix's momentum equally strong before
the step. Small transformers learn from clearly fewer pictures with it than with Adam alone, which
is what counts where a processor has to do all the work.
"""

import collections

import torch

STEPS = 4  # more make the step no better here


def orthogonal(stack):
    """Nearest matrices with equal singular values, by Newton and Schulz's iteration.

    The iteration runs on each matrix's product with its own transpose, which is small, and is
    applied to the matrix once at the end.
    """
    tall = stack.shape[1] > stack.shape[2]
    x = stack.transpose(1, 2) if tall else stack
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    square, total = x @ x.transpose(1, 2), None
    for step in range(STEPS):
        change = -4.7750 * square + 2.0315 * (square @ square)
        change.diagonal(dim1=1, dim2=2).add_(3.4445)
        total = change if total is None else change @ total
        if step < STEPS - 1:
            square = change @ square @ change
    x = total @ x
    return x.transpose(1, 2) if tall else x


class Optimiser:
    def __init__(self, model, teachers):
        self.by_shape = collections.defaultdict(list)
        others = list(teachers.parameters())
        for name, weight in model.named_parameters():
            inner = "encoder.layer" in name or "transform.dense" in name
            if inner and weight.dim() == 2:
                self.by_shape[tuple(weight.shape)].append(weight)
            else:
                others.append(weight)
        self.momenta = {shape: torch.zeros(len(group), *shape)
                        for shape, group in self.by_shape.items()}
        self.adam = torch.optim.AdamW(others, lr=1.0, betas=(0.9, 0.98), weight_decay=0.0)
        self.matrices = [weight for group in self.by_shape.values() for weight in group]
        self.weights = others + self.matrices

    @torch.no_grad()
    def step(self, adam_rate, muon_rate, decay=0.02):
        torch.nn.utils.clip_grad_norm_(self.adam.param_groups[0]["params"], 2.0)
        self.adam.param_groups[0]["lr"] = adam_rate
        self.adam.step()
        for shape, group in self.by_shape.items():
            if any(weight.grad is None for weight in group):
                continue  # the decoder, while only the encoder learns
            gradient = torch.stack([weight.grad for weight in group])
            momentum = self.momenta[shape].lerp_(gradient, 0.05)
            update = orthogonal(gradient.lerp(momentum, 0.95))
            rate = muon_rate * 0.2 * max(shape) ** 0.5  # as strong as a step of Adam
            for weight, change in zip(group, update):
                weight.mul_(1 - muon_rate * decay).sub_(change, alpha=rate)
        for weight in self.weights:
            weight.grad = None

    def state(self):
        return {"adam": self.adam.state_dict(), "momenta": self.momenta}

    def load(self, state):
        self.adam.load_state_dict(state["adam"])
        for shape, momentum in state["momenta"].items():
            self.momenta[shape].copy_(momentum)
