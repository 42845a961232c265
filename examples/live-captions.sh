#!/bin/sh
# Writes down what the microphone hears, word by word, until Ctrl-C.
# Usage: live-captions.sh [OPTIONS OF transcribe]
set -eu
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if ! command -v arecord > /dev/null; then
    echo "live-captions.sh: there is no arecord here; type: sudo apt install alsa-utils" >&2
    exit 69
fi
arecord --quiet -t raw -f S16_LE -r 16000 -c 1 | transcribe --live --raw s16le:16000:1 "$@"
