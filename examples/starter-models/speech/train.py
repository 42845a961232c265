"""Trains starter-speech: `python -m speech.train WORK`, from the folder above.

The folder WORK holds the tokenizer, the checkpoint (written every three minutes; a run that finds one goes on from it)
and the log.  Without a GPU, each of --workers processes learns from windows of its own, and they share what they learn
at every step; with one, a single process learns, from what --makers processes make.  The learning rate warms up, stays,
and falls to nothing in the last steps; a file WORK/finish with the number of another last step begins that fall at
once."""

import argparse
import fcntl
import itertools
import multiprocessing
import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import connection
from pathlib import Path

import torch
from torch import distributed, nn
from torch.nn import functional

from . import tokens
from .features import log_mel
from .muon import Muon
from .network import GUIDED_HEADS, SOUND_POSITIONS, WIDTH, Whisper
from .utterances import PHONEME_CLASSES

# The highest learning rate, for a few windows a step and for some hundred, and the steps until it is reached.
PEAK, PEAK_OF_MANY, WARM_UP = 2e-3, 3e-3, 60
# Weights of the losses beside that of the text.  The phonemes of the frames teach the encoder within minutes, and the
# heads that are told where to look spare the decoder the search.
PHONEME_WEIGHT, GUIDE_WEIGHT = 0.5, 1.0
AVERAGE = 0.995
# The share of windows with clean speech, and the share of all steps until it has fallen to that.
CLEAN, CLEAN_STEPS = 0.25, 0.11
# Batches whose encoded sound is kept to be read again.
KEPT = 24
# The share of texts whose attention is given, and the share of all steps until none is.
FORCED, FORCED_STEPS = 0.75, 0.16
SECONDS_PER_CHECKPOINT = 180
# What a pipe holds at most: with less, its reader and the learner ask for Python's lock too often.
PIPE_BYTES = 1 << 20


def produce(batches, path, size, clean_steps, seed, first, stride):
    """Runs in a process of its own and sends batch after batch through a pipe."""
    from tokenizers import Tokenizer

    from .espeak import Engine
    from .windows import Maker, batch

    torch.set_num_threads(1)
    maker = Maker(Engine(), Tokenizer.from_file(str(path)), seed)
    for step in itertools.count(first, stride):
        # Clean speech first: what has learnt to hear that, learns to hear through noise soon after.
        maker.clean = max(CLEAN, 1.0 - (1.0 - CLEAN) * step / clean_steps)
        batches.send(batch(maker, size))


class Batches:
    """The batches that processes of their own make, as tensors on a device."""

    def __init__(self, what, seed, first, makers, device):
        """- what: the tokenizer's path, the windows of a batch, the steps until few are clean
        - seed: another for every call; first: the number of the first batch"""
        self.context = multiprocessing.get_context("spawn")
        self.what, self.seed, self.first, self.makers, self.device = what, seed, first, makers, device
        self.ready = queue.Queue(maxsize=12)
        threading.Thread(target=self._run, daemon=True).start()

    def _start(self, number):
        """Starts a maker; returns the end of the pipe where its batches arrive."""
        here, there = self.context.Pipe(duplex=False)
        fcntl.fcntl(here.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        what = there, *self.what, self.seed * 1_000_003 + number, self.first, self.makers
        self.context.Process(target=produce, args=what, daemon=True).start()
        there.close()
        return here

    def _run(self):
        """What the thread does."""
        try:
            self._gather()
        finally:
            self.ready.put(None)

    def _gather(self):
        """Takes batches until the makers end one after another without having made any."""
        pipes = [self._start(number) for number in range(self.makers)]
        count, fruitless = self.makers, 0
        while fruitless < 3:
            for pipe in connection.wait(pipes):
                try:
                    drawn, fruitless = pipe.recv(), 0
                except (EOFError, OSError):
                    # The engine crashes once in many thousand voices.
                    pipes[pipes.index(pipe)] = self._start(count)
                    count, fruitless = count + 1, fruitless + 1
                    continue
                self.ready.put({name: torch.from_numpy(part).to(self.device) for name, part in drawn.items()})

    def take(self):
        taken = self.ready.get()
        if taken is None:
            raise RuntimeError("nobody makes windows any more")
        return taken


def text_loss(logits, targets):
    """Cross-entropy; of a time a part of the truth goes to the two times beside it, 20 ms off."""
    flat, truth = logits.flatten(0, 1), targets.flatten()
    flat, truth = flat[truth >= 0], truth[truth >= 0]
    logs = functional.log_softmax(flat, dim=-1)
    is_time = truth >= tokens.FIRST_TIME
    take = lambda index: logs.gather(1, index.unsqueeze(1)).squeeze(1)
    beside = 0.5 * (take((truth - 1).clamp(min=0)) + take((truth + 1).clamp(max=tokens.VOCABULARY - 1)))
    return -torch.where(is_time, 0.5 * take(truth) + 0.5 * beside, take(truth)).mean()


def guide_loss(weights, spans):
    """How little of their attention the guided heads give to the frames where the next token is heard.

    The head of the first layer, which knows only what was written, may look at the frames of the last token too: to
    find what it has just written is the easier task, and tells the second layer where to go on."""
    frames = torch.arange(weights.shape[-1], device=weights.device)
    last = torch.cat([spans[:, :1, :1], spans[:, :-1, :1]], dim=1)
    wide = torch.cat([torch.where(last >= 0, torch.minimum(last, spans[..., :1]), spans[..., :1]), spans[..., 1:]], dim=-1)
    each = torch.stack([spans if layer else wide for layer, _ in GUIDED_HEADS], dim=1)
    inside = (frames >= each[..., :1]) & (frames <= each[..., 1:])
    mass = (weights * inside).sum(-1).clamp(min=1e-4)
    known = (spans[..., 1] >= 0).unsqueeze(1).expand_as(mass)
    return -mass[known].log().mean()


def forced_attention(spans, share):
    """For the first texts of a batch, as many as `share` says: the attention that listens just where the next token is
    heard.  So the spelling of sounds is learnt while the heads still learn where to listen."""
    frames = torch.arange(SOUND_POSITIONS, device=spans.device)
    inside = ((frames >= spans[..., :1]) & (frames <= spans[..., 1:]) & (spans[..., 1:] >= 0)).float()
    inside[round(share * len(spans)):] = 0
    return (inside / inside.sum(-1, keepdim=True).clamp(min=1)).unsqueeze(1)


class Worker:
    """One of the processes that learn together; the first decides for all."""

    def __init__(self, folder, index, count):
        self.index, self.count = index, count
        self.others = []
        if count > 1:
            # A machine's own name may lead to an address where it does not answer.
            os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
            meeting = folder / "meeting"
            if index == 0:
                meeting.unlink(missing_ok=True)
                own = [sys.executable, "-m", "speech.train", *sys.argv[1:]]
                self.others = [subprocess.Popen(own + ["--worker", str(other)]) for other in range(1, count)]
            distributed.init_process_group("gloo", store=distributed.FileStore(str(meeting), count),
                                           rank=index, world_size=count)

    def exchange(self, parameters, *numbers):
        """Averages the gradients over all workers; returns the first worker's numbers."""
        if self.count == 1:
            return numbers
        given = torch.tensor(numbers) * (self.count if self.index == 0 else 0)
        shared = torch.cat([parameter.grad.flatten() for parameter in parameters] + [given])
        distributed.all_reduce(shared)
        shared /= self.count
        begin = 0
        for parameter in parameters:
            parameter.grad.copy_(shared[begin:begin + parameter.numel()].view_as(parameter))
            begin += parameter.numel()
        return shared[begin:].tolist()


class Training:
    def __init__(self, folder, worker, device, fall, forced_steps):
        """- fall: the step at which the learning rate begins to fall, that at which it is nothing, and where it begins"""
        self.folder, self.worker, self.device = folder, worker, device
        self.fall, self.forced_steps = fall, forced_steps
        self.network = Whisper().to(device)
        self.phonemes = nn.Linear(WIDTH, PHONEME_CLASSES).to(device)
        self.average = Whisper().to(device)
        self.average.load_state_dict(self.network.state_dict())
        named = [(name, value) for name, value in self.network.named_parameters() if value.requires_grad]
        matrices = [value for name, value in named if ".layers." in name and value.dim() == 2]
        others = [value for name, value in named if not (".layers." in name and value.dim() == 2)]
        self.parameters = [value for _, value in named] + list(self.phonemes.parameters())
        self.optimisers = [
            Muon(matrices, lr=fall[2]),
            torch.optim.AdamW(others + list(self.phonemes.parameters()), lr=fall[2], betas=(0.9, 0.98), weight_decay=0.01)]
        self.step = 0
        # The last step, as the first worker knows it.
        self.last = None
        self.kept = []

    def save(self):
        state = dict(network=self.network.state_dict(), average=self.average.state_dict(),
                     phonemes=self.phonemes.state_dict(), step=self.step, fall=self.fall,
                     optimisers=[optimiser.state_dict() for optimiser in self.optimisers])
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")

    def load(self):
        state = torch.load(self.folder / "checkpoint.pt", map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.phonemes.load_state_dict(state["phonemes"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"]):
            optimiser.load_state_dict(saved)
        self.step, self.fall = state["step"], state["fall"]

    def rate(self):
        """The learning rate of this step, which falls on a line to nothing at the last one."""
        asked = self.folder / "finish"
        last = int(asked.read_text()) if asked.exists() else self.fall[1]
        if last != self.fall[1]:
            self.fall = (self.step, last, self._rate())
        return self._rate()

    def _rate(self):
        begin, last, peak = self.fall
        falling = 1.0 if self.step < begin else max(0.0, (last - self.step) / (last - begin))
        return peak * min(1.0, (self.step + 1) / WARM_UP) * falling

    def _read(self, sound, inputs, targets, spans, forced=None):
        """The losses of the text and of the guided heads, and the logits."""
        logits, weights = self.network.decoder(inputs, sound, forced)
        return text_loss(logits, targets), guide_loss(weights, spans), logits

    def _replay(self, sound, texts):
        """The losses of texts of one of the last batches, whose sound need not be encoded again, and keeps these.

        To encode costs five times as much as to read, and English spelling takes more examples than its sounds do."""
        losses = 0.0
        if len(self.kept) == KEPT:
            index = random.randrange(KEPT)
            old_sound, old_texts = self.kept[index]
            half = len(old_sound) * random.randrange(2)
            text, guide, _ = self._read(old_sound, *(part[half:half + len(old_sound)] for part in old_texts))
            losses = 0.5 * (text + GUIDE_WEIGHT * guide)
            self.kept.pop(index)
        self.kept.append((sound.detach(), texts))
        return losses

    def learn(self, drawn):
        """One step; returns what the log says of it."""
        classes, inputs, targets, spans = (drawn[name] for name in ("classes", "inputs", "targets", "spans"))
        share = FORCED * max(0.0, 1 - self.step / self.forced_steps)
        forced = forced_attention(spans, share) if share > 0 else None
        sound = self.network.encoder(log_mel(drawn["samples"].float() / 32768))
        text, guide, logits = self._read(sound, inputs, targets, spans, forced)
        replayed = self._replay(sound, (inputs, targets, spans))
        heard = self.phonemes(sound)
        phoneme = functional.cross_entropy(heard.flatten(0, 1), classes.flatten())
        for parameter in self.parameters:
            parameter.grad = None
        (text + PHONEME_WEIGHT * phoneme + GUIDE_WEIGHT * guide + replayed).backward()
        rate, self.last = self.worker.exchange(self.parameters, self.rate(), float(self.fall[1]))
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        with torch.no_grad():
            weight = 1 - min(AVERAGE, self.step / (self.step + 20))
            for averaged, value in zip(self.average.parameters(), self.network.parameters()):
                averaged.lerp_(value, weight)
        # Of the texts whose attention is their own.
        first = round(share * len(inputs))
        own = logits[first:], targets[first:]
        is_text = (own[1] >= 0) & (own[1] < tokens.END)
        right = own[0].argmax(-1) == own[1]
        speech = classes > 0
        return dict(text=text.item(), phoneme=phoneme.item(), guide=guide.item(),
                    tokens_right=right[is_text].float().mean().item(),
                    phonemes_right=(heard.argmax(-1) == classes)[speech].float().mean().item(), rate=rate)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    has_gpu = torch.cuda.is_available()
    parser.add_argument("--steps", type=int, default=3000 if has_gpu else 9000, help="in all")
    parser.add_argument("--fall", type=float, default=0.8, help="share of these with a falling learning rate")
    parser.add_argument("--batch", type=int, default=256 if has_gpu else 8, help="windows of a step, of each worker")
    parser.add_argument("--workers", type=int, default=1 if has_gpu else 2, help="processes that learn, one a core")
    parser.add_argument("--makers", type=int, default=max(1, os.cpu_count() - 1) if has_gpu else 1,
                        help="processes that make windows, for each worker")
    parser.add_argument("--worker", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    tokenizer = options.folder / "tokenizer.json"
    if options.worker == 0 and not tokenizer.exists():
        tokens.make_tokenizer().save(str(tokenizer))

    torch.set_float32_matmul_precision("high")
    device = torch.device("cuda" if has_gpu else "cpu")
    worker = Worker(options.folder, options.worker, options.workers)
    fall = round(options.steps * (1 - options.fall)), options.steps, PEAK_OF_MANY if has_gpu else PEAK
    training = Training(options.folder, worker, device, fall, FORCED_STEPS * options.steps)
    if (options.folder / "checkpoint.pt").exists():
        training.load()
    # A run that goes on draws other windows than it had, and so does each worker.
    seed = (options.seed * 1_000_003 + training.step) * 16 + worker.index
    what = tokenizer, options.batch, CLEAN_STEPS * options.steps
    batches = Batches(what, seed, training.step, options.makers, device)
    if worker.index == 0:
        with open(options.folder / "log.txt", "a") as log:
            learn_and_log(training, batches, log)
    else:
        while training.last is None or training.step < training.last:
            training.learn(batches.take())


def learn_and_log(training, batches, log):
    """What the first worker does: learns, writes the log and the checkpoint, and loses no step when it is stopped."""
    def stop(*_):
        training.save()
        for other in training.worker.others:
            other.terminate()
        sys.exit(1)

    signal.signal(signal.SIGTERM, stop)
    began = saved = time.monotonic()
    waited, sums, count = 0.0, {}, 0
    while training.step < training.fall[1]:
        asked = time.monotonic()
        drawn = batches.take()
        waited += time.monotonic() - asked
        for name, value in training.learn(drawn).items():
            sums[name] = sums.get(name, 0.0) + value
        count += 1
        if training.step % 20 == 0:
            means = " ".join(f"{name} {value / count:.4g}" for name, value in sums.items())
            seconds = time.monotonic() - began
            print(f"step {training.step} {means} seconds {seconds:.0f} waited {waited:.0f}", file=log, flush=True)
            sums, count = {}, 0
        if time.monotonic() - saved > SECONDS_PER_CHECKPOINT:
            training.save()
            saved = time.monotonic()
    training.save()


if __name__ == "__main__":
    main()
