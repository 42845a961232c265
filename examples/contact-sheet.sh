#!/usr/bin/env bash
# Writes a page for each film of a folder, with frames, times and words, and an index of them all.
# Usage: contact-sheet.sh FOLDER PAGES-FOLDER [OPTIONS OF caption-video-frames]
# A run that was stopped goes on where it was; a film that cannot be read is reported and left out.
set -uo pipefail
export LC_ALL=C.UTF-8
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

if [ "$#" -lt 2 ] || [ ! -d "$1" ]; then
    echo "contact-sheet.sh: give a folder that exists and one for the pages, for example:" \
        "contact-sheet.sh films pages" >&2
    exit 64
fi
folder=$1
pages=$2
shift 2
mkdir -p "$pages" || exit 74

find "$folder" -type f \( -iname '*.mp4' -o -iname '*.mkv' -o -iname '*.webm' -o -iname '*.mov' \
    -o -iname '*.avi' -o -iname '*.ts' -o -iname '*.gif' \) -print0 | sort -z |
    caption-video-frames --format html -O "$pages" --skip-existing --progress --files0-from - "$@"
status=$?

escape() { sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g'; }
{
    printf '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    printf '<title>Films, described</title>\n</head>\n<body>\n<main>\n<h1>Films, described</h1>\n<ul>\n'
    for page in "$pages"/*.html; do
        name=$(basename "$page")
        if [ ! -f "$page" ] || [ "$name" = index.html ]; then continue; fi
        # In an address "%" and "#" mean something else; "?" too.
        link=$(printf '%s' "$name" | sed -e 's/%/%25/g' -e 's/#/%23/g' -e 's/?/%3F/g' | escape)
        printf '<li><a href="%s">%s</a></li>\n' "$link" "$(printf '%s' "${name%.html}" | escape)"
    done
    printf '</ul>\n</main>\n</body>\n</html>\n'
} > "$pages/index.html"
exit "$status"
