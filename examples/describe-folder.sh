#!/usr/bin/env bash
# Writes alt texts for all pictures of a folder: name, tab, text, one picture a line.
# Usage: describe-folder.sh FOLDER [OPTIONS OF describe-image] > alt.tsv
# One model load serves all pictures; one that cannot be read is reported and left out.
set -uo pipefail
# Names are cut and compared as characters, whatever the caller's locale.
export LC_ALL=C.UTF-8

if [ ! -d "${1:-}" ]; then
    echo "describe-folder.sh: give a folder that exists, for example: describe-folder.sh photos" >&2
    exit 64
fi
folder=$1
shift
PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

mapfile -d '' -t names < <(
    find "$folder" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' \
        -o -iname '*.webp' \) -print0 | sort -z
)
if [ "${#names[@]}" -eq 0 ]; then
    echo "describe-folder.sh: $folder holds no JPEG, PNG or WebP picture" >&2
    exit 66
fi

# Lines come as "name: text" in the order of the names, so the name in turn tells where to cut.
next=0
printf '%s\0' "${names[@]}" | describe-image --alt --files0-from - "$@" |
    while IFS= read -r line; do
        while [ "$next" -lt "${#names[@]}" ]; do
            name=${names[$next]//[[:cntrl:]]/$'\uFFFD'}
            next=$((next + 1))
            if [ "${line:0:${#name}}" = "$name" ]; then
                printf '%s\t%s\n' "$name" "${line:${#name}+2}"
                break
            fi
        done
    done
exit "${PIPESTATUS[1]}"
