"""Trains starter-scenes on pictures that are drawn while it learns.

    python train_scenes.py WORK [--steps N] [--decay N]

Everything that is needed to go on after an interruption is in WORK/checkpoint.pt. To end early,
write a number of steps into WORK/finish: the learning rate then falls to nothing in so many steps.
"""

import argparse
import os
import pathlib
import signal
import sys
import time

import numpy
import torch

from scenes import losses, optimiser
from scenes.model import Teachers, new_model
from scenes.pool import Pool

# Reused memory instead of fresh pages for every tensor: a third faster on Linux. The settings are
# read when a process starts.
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "4000000000", "MALLOC_TRIM_THRESHOLD_": "16000000000",
             "MALLOC_TOP_PAD_": "200000000"}

BATCH = 64
ADAM_RATE, MUON_RATE = 1.5e-3, 4e-3
WARM_UP = 60  # steps
# First what things are, from pictures of things, with a part of the patches and no captions.
OBJECTS = ("one", "several", "two", "inside", "three")
OBJECT_STEPS, OBJECT_PATCHES = 600, 28
# Then everything, still without some of the ground for most of the time; at the end all of it.
SPEAK_PATCHES, ALL_PATCHES, ALL_STEPS = 36, 64, 650
SAVE_SECONDS = 180


class Run:
    def __init__(self, folder, steps, decay):
        self.folder, self.steps, self.decay = folder, steps, decay
        self.model, self.teachers = new_model(seed=4), Teachers()
        self.optimiser = optimiser.Optimiser(self.model, self.teachers)
        self.step, self.seed = 0, 1_000_000
        self.average = [weight.detach().clone() for weight in self.model.parameters()]
        if (folder / "checkpoint.pt").exists():
            self.load()
        self.pool, self.pool_objects = None, None
        self.stopped = False
        signal.signal(signal.SIGTERM, self.stop)

    def load(self):
        state = torch.load(self.folder / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.teachers.load_state_dict(state["teachers"])
        self.optimiser.load(state["optimiser"])
        for ours, theirs in zip(self.average, state["average"]):
            ours.copy_(theirs)
        self.step, self.seed = state["step"], state["seed"]

    def save(self):
        if self.pool:
            self.seed = self.pool.next_seed
        state = {"model": self.model.state_dict(), "teachers": self.teachers.state_dict(),
                 "optimiser": self.optimiser.state(), "average": self.average,
                 "step": self.step, "seed": self.seed, "end": self.steps}
        part = self.folder / "checkpoint.part"
        torch.save(state, part)
        part.rename(self.folder / "checkpoint.pt")

    def pictures(self):
        """A pool of the pictures that this part of the training wants."""
        objects = self.step < OBJECT_STEPS
        if self.pool is None or objects != self.pool_objects:
            if self.pool:
                self.seed = self.pool.next_seed
                self.pool.close()
            self.pool = Pool(self.seed, OBJECTS if objects else ())
            self.pool_objects = objects
        return self.pool

    def one_step(self, generator):
        rows = self.pictures().batch(BATCH, generator)
        last = self.step >= self.steps - ALL_STEPS
        speak = self.step >= OBJECT_STEPS
        patches = (ALL_PATCHES if last else SPEAK_PATCHES) if speak else OBJECT_PATCHES
        total, parts, rights = losses.losses(
            self.model, self.teachers, losses.Batch(rows), patches, speak)
        total.backward()
        # Warm-up, constant, and a decay by one minus a square root (Haegele and others, 2024).
        scale = min((self.step + 1) / WARM_UP, 1 - self.decayed() ** 0.5)
        self.optimiser.step(ADAM_RATE * scale, MUON_RATE * scale)
        # An average over the last few hundred steps, shorter at the start.
        keep = min(0.996, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, list(self.model.parameters()), 1 - keep)
        self.step += 1
        return {**parts, **rights}

    def decayed(self):
        """How much of the decay is over, from 0 to 1."""
        return max(0.0, 1 - (self.steps - self.step) / self.decay)

    def stop(self, *_):
        self.stopped = True

    def check_finish(self):
        asked = self.folder / "finish"
        if asked.exists():
            left = int(asked.read_text())
            self.decay = round(left / (1 - self.decayed()))
            self.steps = self.step + left
            asked.unlink()

    def go(self):
        started = saved = time.time()
        sums, count = {}, 0
        while self.step < self.steps and not self.stopped:
            generator = numpy.random.default_rng(self.step)
            torch.manual_seed(self.step)
            for name, value in self.one_step(generator).items():
                sums.setdefault(name, []).append(float(value.detach()))
            count += 1
            if count % 20 == 0:
                figures = "  ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sums.items())
                print(f"step {self.step}  {time.time() - started:.0f} s  drawn "
                      f"{self.pool.counters[0]}  {figures}", flush=True)
                sums = {}
                self.check_finish()
            if time.time() - saved > SAVE_SECONDS:
                self.save()
                saved = time.time()
        self.save()
        self.pool.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--decay", type=int, default=4000)
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    asked.work.mkdir(parents=True, exist_ok=True)
    Run(asked.work, asked.steps, asked.decay).go()


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in ALLOCATOR.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ALLOCATOR})
    main()
