#!/bin/sh
# Writes two text tracks for a film, as web players take them: NAME.captions.vtt has what is said,
# NAME.descriptions.vtt what is shown.
# Usage: film-tracks.sh FILM [OPTIONS OF transcribe]
set -eu
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if [ ! -f "${1:-}" ]; then
    echo "film-tracks.sh: give a film that exists, for example: film-tracks.sh film.mp4" >&2
    exit 64
fi
film=$1
shift
caption-video-frames --format vtt -o "${film%.*}.descriptions.vtt" "$film"
transcribe --format vtt -o "${film%.*}.captions.vtt" "$film" "$@"
