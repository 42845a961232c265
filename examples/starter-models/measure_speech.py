"""Measures starter-speech on files that nobody trained on.

    measure_speech.py make FOLDER --count 200 --seed 1 [--speak PATH]    writes WAV files and truth.tsv
    measure_speech.py transformers MODEL FOLDER [--beams N] [--times]    prints file, text and times, by tabs
    measure_speech.py score FOLDER said.tsv                              prints the measures, one on a line

The scorer takes the lines of any program: the file's name, a tab, and the text; and where a third field is there, the
seconds in which the sentences begin and end, by commas."""

import argparse
import sys
import warnings
from pathlib import Path

from speech import scoring


# Files of one window that `transformers` is given at a time.
BATCH = 16


class Transcriber:
    """What `transformers` writes of sound files."""

    def __init__(self, options):
        import torch
        from transformers import WhisperForConditionalGeneration, WhisperProcessor
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        warnings.filterwarnings("ignore")
        torch.set_num_threads(options.threads)
        self.model = WhisperForConditionalGeneration.from_pretrained(options.model, dtype=torch.float32)
        self.processor = WhisperProcessor.from_pretrained(options.model)
        self.window = self.processor.feature_extractor.n_samples
        self.options = dict(language="en", task="transcribe", num_beams=options.beams)
        self.with_times = options.times

    def short(self, sounds):
        """Of sounds that one window holds; for each the text and the times."""
        features = self.processor(sounds, sampling_rate=16000, return_tensors="pt")
        written = self.model.generate(**features, return_timestamps=self.with_times, **self.options)
        for tokens in written:
            if self.with_times:
                said = self.processor.tokenizer.decode(tokens, output_offsets=True, skip_special_tokens=True)
                times = [time or 0 for offset in said["offsets"] for time in offset["timestamp"]]
                yield said["text"].strip(), times
            else:
                yield self.processor.decode(tokens, skip_special_tokens=True).strip(), []

    def long(self, sound):
        features = self.processor(
            sound, sampling_rate=16000, return_tensors="pt", truncation=False, padding="longest",
            return_attention_mask=True)
        result = self.model.generate(**features, return_timestamps=True, return_segments=True, **self.options)
        segments = result["segments"][0]
        texts = [self.processor.decode(segment["tokens"], skip_special_tokens=True).strip() for segment in segments]
        return " ".join(filter(None, texts)), [
            float(segment[edge]) for text, segment in zip(texts, segments) if text for edge in ("start", "end")]


def load(path):
    """The samples at 16 kHz."""
    from scipy.signal import resample_poly

    from speech.heldout import read_wav

    samples, rate = read_wav(path)
    return samples if rate == 16000 else resample_poly(samples, 16000, rate).astype("float32")


def transcribe(options):
    """Prints what `transformers` writes, file by file; long files last."""
    transcriber = Transcriber(options)
    wanted = options.groups.split(",") if options.groups else None
    names = [name for name, group, *_ in scoring.rows(options.folder / "truth.tsv") if not wanted or group in wanted]
    sounds = {name: load(options.folder / name) for name in names}
    short = [name for name in names if len(sounds[name]) <= transcriber.window]
    for index in range(0, len(short), BATCH):
        batch = short[index:index + BATCH]
        said = dict(zip(batch, transcriber.short([sounds[name] for name in batch])))
        show(said)
    for name in names:
        if name not in short:
            show({name: transcriber.long(sounds[name])})


def show(said):
    for name, (text, times) in said.items():
        print(name, text, ",".join(f"{time:.2f}" for time in times), sep="\t", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("make")
    command.add_argument("folder", type=Path)
    command.add_argument("--count", type=int, default=200, help="files of each of the large groups")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--speak", help="the built tool, for files of its own making")
    command = commands.add_parser("transformers")
    command.add_argument("model")
    command.add_argument("folder", type=Path)
    command.add_argument("--beams", type=int, default=1)
    command.add_argument("--times", action="store_true", help="let the model write times in short files too")
    command.add_argument("--groups", help="some groups of truth.tsv, by commas")
    command.add_argument("--threads", type=int, default=1)
    command = commands.add_parser("score")
    command.add_argument("folder", type=Path)
    command.add_argument("said", type=Path)
    options = parser.parse_args()
    if options.command == "make":
        from speech.heldout import make
        make(options.folder, options.count, options.seed, options.speak)
    elif options.command == "transformers":
        transcribe(options)
    else:
        for name, value in scoring.score(options.folder, options.said):
            print(name, value, file=sys.stdout)


if __name__ == "__main__":
    main()
