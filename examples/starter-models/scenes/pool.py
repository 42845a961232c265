"""Pictures are drawn by a process of its own into a pool from which the trainer takes batches.

Drawing a picture takes about a third of the time that training needs for it: so each picture is
taken a few times, each time moved and lit a little differently, and in the end drawn over.
"""

import multiprocessing
import os
import signal
import time
from multiprocessing import shared_memory

import numpy

from . import labels
from .draw import draw, squashed


ENOUGH = 800  # pictures with which training may begin


def run(name, capacity, seed, only, counters):
    """Draws for ever, but never further ahead of the trainer than it has use for."""
    memory = shared_memory.SharedMemory(name)
    rows = numpy.ndarray(capacity, labels.ROW, memory.buf)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the trainer says when to stop
    parent = os.getppid()
    while not counters[2] and os.getppid() == parent:
        if counters[0] >= counters[1]:
            time.sleep(0.02)
            continue
        scene = draw(seed, only=only)
        labels.fill(rows[counters[0] % capacity], scene, squashed(scene.picture))
        counters[0] += 1
        seed += 1


class Pool:
    """The last `capacity` pictures, each taken about `uses` times."""

    def __init__(self, seed, only=(), capacity=20000, uses=3.0, first=5000):
        self.capacity, self.uses, self.first, self.seed = capacity, uses, first, seed
        self.memory = shared_memory.SharedMemory(create=True, size=capacity * labels.ROW.itemsize)
        self.rows = numpy.ndarray(capacity, labels.ROW, self.memory.buf)
        # How many are drawn, how many may be drawn, and whether to stop.
        self.counters = multiprocessing.Array("q", [0, first, 0], lock=False)
        self.taken = 0
        self.process = multiprocessing.Process(
            target=run, args=(self.memory.name, capacity, seed, only, self.counters), daemon=True)
        self.process.start()

    @property
    def next_seed(self):
        return self.seed + self.counters[0]

    def batch(self, size, generator):
        while self.counters[0] < ENOUGH:
            assert self.process.is_alive(), "the drawing process died"
            time.sleep(0.2)
        drawn = self.counters[0]
        self.taken += size
        self.counters[1] = self.first + int(self.taken / self.uses)
        # The place that is being drawn over right now is left alone.
        places = generator.integers(0, min(drawn, self.capacity), size)
        places = numpy.where(places == drawn % self.capacity, (places + 2) % min(drawn, self.capacity),
                             places)
        rows = self.rows[places]
        span = numpy.arange(128)
        for row, (across, down) in zip(rows, generator.integers(-4, 5, (size, 2))):
            row["picture"] = row["picture"][(span + down).clip(0, 127)][:, (span + across).clip(0, 127)]
        return rows

    def close(self):
        self.counters[2] = 1
        self.process.join(5)
        self.rows = None
        self.memory.close()
        self.memory.unlink()
