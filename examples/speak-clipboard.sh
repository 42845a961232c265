#!/bin/sh
# Says what is on the clipboard: text as it is, a picture in words.
# Usage: speak-clipboard.sh [OPTIONS OF speak]
set -eu
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if [ -n "${WAYLAND_DISPLAY:-}" ] && command -v wl-paste > /dev/null; then
    kinds() { wl-paste --list-types; }
    paste_text() { wl-paste --no-newline; }
    paste_picture() { wl-paste --type "$1"; }
elif command -v xclip > /dev/null; then
    kinds() { xclip -selection clipboard -t TARGETS -o; }
    paste_text() { xclip -selection clipboard -o; }
    paste_picture() { xclip -selection clipboard -t "$1" -o; }
elif command -v xsel > /dev/null; then
    kinds() { echo text; }
    paste_text() { xsel --clipboard --output; }
    paste_picture() { return 1; }
else
    echo "speak-clipboard.sh: nothing here reads the clipboard; type:" \
        "sudo apt install wl-clipboard (Wayland) or xclip (X11)" >&2
    exit 69
fi

picture=$(kinds | grep -m 1 -E '^image/(png|jpeg|webp)$' || true)
if [ -n "$picture" ]; then
    paste_picture "$picture" | describe-image | speak "$@"
else
    paste_text | speak "$@"
fi
