#!/bin/sh
# Trains starter-speech, exports it and measures it.  usage: train-speech.sh [work folder] [options of speech.train]
#
# Needs Python 3.11 and libespeak-ng 1.51 (Debian: apt-get install python3-venv espeak-ng-data libespeak-ng1); ffmpeg
# adds the measure of lossy formats.  A run that was stopped goes on where its last checkpoint is.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mkdir -p "${1:-work}" && CDPATH= cd -- "${1:-work}" && pwd)
[ $# -eq 0 ] || shift
cd "$here"
python=$work/venv/bin/python

[ -x "$python" ] || python3 -m venv "$work/venv"
"$python" -m pip install --quiet -r requirements.txt

"$python" -m speech.train "$work/speech" "$@"
"$python" -m speech.export "$work/speech" "$work/starter-speech"

"$python" measure_speech.py make "$work/speech-files" --count 200 --seed 1 ${SPEAK:+--speak "$SPEAK"}
for beams in 1 5; do
    "$python" measure_speech.py transformers "$work/starter-speech" "$work/speech-files" --beams "$beams" \
        > "$work/speech-said-$beams.tsv"
    echo "beams $beams"
    "$python" measure_speech.py score "$work/speech-files" "$work/speech-said-$beams.tsv"
done
