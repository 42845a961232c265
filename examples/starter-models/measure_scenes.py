"""Measures how well pictures are described: on held-out drawn scenes, and on what is no scene.

    python measure_scenes.py make FOLDER --count 2000 --seed 9000000
    python measure_scenes.py transformers MODEL FOLDER > said.tsv
    python measure_scenes.py score FOLDER said.tsv

`make` draws only compositions that are kept out of training. `said.tsv` holds a line for each
picture: its file, a tab, the caption, and perhaps another tab and the caption's probability. A
caption is taken for said where it is not empty and its probability, if given, is at least 0.7.
`transformers` also describes any folder of pictures: where there is no truth.tsv, `score` counts
how often nothing was said.
"""

import argparse
import csv
import pathlib
import sys

from scenes import scoring
from scenes.captions import caption
from scenes.draw import draw


def make(folder, count, seed):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.tsv", "w", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(["file", "caption", "facts", "detail"])
        for number in range(count):
            scene = draw(seed + number, reserved=True)
            name = f"{number:05}.png"
            scene.picture.save(folder / name)
            facts = "; ".join(f"{key}={value}" for key, value in scene.facts.items() if value)
            table.writerow([name, caption(scene.facts), facts, scene.detail])


def read(path):
    with open(path, newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def pictures(folder):
    """The folder's pictures: those of truth.tsv, else all that Pillow can open."""
    if (folder / "truth.tsv").exists():
        return [row[0] for row in read(folder / "truth.tsv")[1:]]
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def score(folder, said):
    said = {row[0]: row[1:] for row in read(said)}
    if (folder / "truth.tsv").exists():
        rows = [(row[1], *said[row[0]]) for row in read(folder / "truth.tsv")[1:]]
    else:
        rows = [("", *rest) for rest in said.values()]
    for name, value in scoring.measures(rows).items():
        print(name, value)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="draw held-out pictures into a folder")
    making.add_argument("folder", type=pathlib.Path)
    making.add_argument("--count", type=int, default=2000)
    making.add_argument("--seed", type=int, default=9_000_000)
    running = commands.add_parser("transformers", help="describe a folder's pictures")
    running.add_argument("model")
    running.add_argument("folder", type=pathlib.Path)
    running.add_argument("--beams", type=int, default=1)
    scoring_ = commands.add_parser("score", help="compare what was said with the truth")
    scoring_.add_argument("folder", type=pathlib.Path)
    scoring_.add_argument("said", type=pathlib.Path)
    asked = parser.parse_args()
    if asked.command == "make":
        make(asked.folder, asked.count, asked.seed)
    elif asked.command == "transformers":
        from scenes.describing import describe
        for name, text, probability in describe(
                asked.model, asked.folder, pictures(asked.folder), asked.beams):
            print(name, text, f"{probability:.4f}", sep="\t", file=sys.stdout, flush=True)
    else:
        score(asked.folder, asked.said)


if __name__ == "__main__":
    main()
