"""Draws one scene by its seed to a PNG file and prints its caption: what starter-scenes is taught.

    python draw_scene.py SEED PICTURE.png [--of two --of bar] [--reserved] [--size 640x480]
"""

import argparse

from scenes import scene as scenes
from scenes.captions import caption
from scenes.draw import SCENES, draw


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("picture")
    names = [make.__name__ for make, _ in SCENES]
    parser.add_argument("--of", action="append", choices=names, default=[],
                        help="only scenes of this sort; may be given more than once")
    parser.add_argument("--reserved", action="store_true",
                        help="a composition that is kept out of training")
    parser.add_argument("--size", help="width and height, such as 640x480; else the seed decides")
    asked = parser.parse_args()
    size = tuple(map(int, asked.size.split("x"))) if asked.size else None
    with scenes.canvas_of(size):
        scene = draw(asked.seed, asked.reserved, tuple(asked.of))
    scene.picture.save(asked.picture)
    print(caption(scene.facts))


if __name__ == "__main__":
    main()
