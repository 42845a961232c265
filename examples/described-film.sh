#!/bin/sh
# Makes a described film: a copy with one more sound track, in which a voice says between the words
# of the film what it shows. What fits nowhere is planned as pauses in NAME.pauses.jsonl beside it.
# Usage: described-film.sh FILM DESCRIBED-FILM [OPTIONS OF caption-video-frames]
set -eu
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if [ "$#" -lt 2 ] || [ ! -f "$1" ]; then
    echo "described-film.sh: give a film that exists and a name for the new one, for example:" \
        "described-film.sh film.mp4 described.mp4" >&2
    exit 64
fi
film=$1
described=$2
shift 2
exec caption-video-frames --describe-audio "$described" \
    --extended "${described%.*}.pauses.jsonl" "$film" "$@"
