#!/bin/sh
# From a fresh checkout on Debian 12 with Swift to a picture described aloud.
# Usage: quickstart.sh [PICTURE [SOUND-FILE]]
set -eu

caller=$PWD
cd "$(dirname "$0")/.."
picture=${1:-$PWD/examples/pictures/scene.png}
sound=${2:-description.wav}

if ! command -v swift > /dev/null; then
    echo "quickstart.sh: swift is not found; install it: https://www.swift.org/install/linux/" >&2
    exit 69
fi
sh examples/install-packages.sh
for tool in describe-image transcribe speak caption-video-frames; do
    swift build -c release --product "$tool" >&2
done
PATH=$(swift build -c release --show-bin-path):$PATH

cd "$caller"
text=$(describe-image "$picture")
echo "$text"
echo "$text" | speak -o "$sound"
echo "The description is spoken in $sound." >&2
