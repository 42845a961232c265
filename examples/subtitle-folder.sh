#!/bin/sh
# Writes subtitles for all recordings and films of a folder, beside one another in a second folder.
# Usage: subtitle-folder.sh FOLDER SUBTITLE-FOLDER [OPTIONS OF transcribe]
# A run that was stopped goes on where it was: what has its subtitles already is left out.
set -eu
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if [ "$#" -lt 2 ] || [ ! -d "$1" ]; then
    echo "subtitle-folder.sh: give a folder that exists and one for the subtitles, for example:" \
        "subtitle-folder.sh talks subtitles" >&2
    exit 64
fi
folder=$1
subtitles=$2
shift 2
mkdir -p "$subtitles"

find "$folder" -type f \( -iname '*.wav' -o -iname '*.flac' -o -iname '*.mp3' -o -iname '*.ogg' \
    -o -iname '*.opus' -o -iname '*.m4a' -o -iname '*.mp4' -o -iname '*.mkv' -o -iname '*.webm' \
    -o -iname '*.mov' \) -print0 | sort -z |
    transcribe --format vtt -O "$subtitles" --skip-existing --progress --files0-from - "$@"
