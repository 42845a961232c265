#!/bin/sh
# Trains starter-scenes, exports it and measures it.  usage: train-scenes.sh [work folder] [options of train_scenes.py]
#
# Needs Python 3.11 and two packages of fonts (Debian: apt-get install python3-venv fonts-noto-color-emoji
# fonts-dejavu).  A run that was stopped goes on where its last checkpoint is.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mkdir -p "${1:-work}" && CDPATH= cd -- "${1:-work}" && pwd)
[ $# -eq 0 ] || shift
cd "$here"
python=$work/venv/bin/python

[ -x "$python" ] || python3 -m venv "$work/venv"
"$python" -m pip install --quiet -r requirements.txt

"$python" train_scenes.py "$work/scenes" "$@"
"$python" export_scenes.py "$work/scenes" "$work/starter-scenes"

"$python" measure_scenes.py make "$work/scenes-files" --count 2000 --seed 9000000
"$python" measure_scenes.py transformers "$work/starter-scenes" "$work/scenes-files" > "$work/scenes-said.tsv"
"$python" measure_scenes.py score "$work/scenes-files" "$work/scenes-said.tsv"
