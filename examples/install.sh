#!/bin/sh
# Installs what is built: the tools, voices and starter models, manuals, and completions for bash, zsh and fish.
# Usage: install.sh [--uninstall] [--from BUILD-FOLDER] [PREFIX]; PREFIX is /usr/local, DESTDIR goes before it.
set -eu

fail() {
    echo "install.sh: $2" >&2
    exit "$1"
}

checkout=$(cd "$(dirname "$0")/.." && pwd)
build=$checkout/.build/release
prefix=""
uninstalls=""
while [ $# -gt 0 ]; do
    case $1 in
    --uninstall) uninstalls=yes ;;
    --from)
        [ $# -gt 1 ] || fail 64 "--from needs the folder of the built tools"
        build=$2
        shift
        ;;
    -h | --help)
        sed -n 's/^# //p' "$0" | head -n 2
        exit 0
        ;;
    -*) fail 64 "there is no option $1; for help type: $0 --help" ;;
    *)
        [ -z "$prefix" ] || fail 64 "there is one PREFIX, not $prefix and $1"
        prefix=$1
        ;;
    esac
    shift
done
case ${prefix:=/usr/local} in
/*) ;;
*) prefix=$PWD/$prefix ;;
esac
root=${DESTDIR:-}${prefix%/}
# What is installed, a path below the prefix on each line.
list=share/curbcut/installed-files

# Removes the files that standard input names, and of our own folders those that are empty then.
remove() {
    while IFS= read -r path; do
        rm -f "$root/$path"
        folder=$(dirname "$path")
        while case $folder in *curbcut*) ;; *) false ;; esac && rmdir "$root/$folder" 2> /dev/null; do
            folder=$(dirname "$folder")
        done
    done
}

if [ -n "$uninstalls" ]; then
    [ -f "$root/$list" ] || fail 66 "nothing is installed in $root; give the PREFIX that was used"
    [ -w "$root/$list" ] || fail 74 "$root is not yours to change; try it with sudo"
    names=$(cat "$root/$list")
    printf '%s\n' "$names" | remove
    exit 0
fi

tools=""
for tool in caption-video-frames curbcut describe-image speak transcribe; do
    if [ -x "$build/$tool" ]; then tools="$tools $tool"; fi
done
[ -n "$tools" ] || fail 69 "$build holds no tool; build them with: swift build -c release"
mkdir -p "$root" 2> /dev/null || true
[ -w "$root" ] || fail 74 "$root cannot be written; try sudo, or a folder of yours: $0 ~/.local"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# put MODE FILE PATH: copies FILE to PATH below the prefix.
put() {
    mkdir -p "$root/$(dirname "$3")"
    install -m "$1" "$2" "$root/$3"
    echo "$3" >> "$scratch/list"
}

export COLUMNS=80
epoch=${SOURCE_DATE_EPOCH:-$(date +%s)}
day=$(LC_ALL=C date -u -d "@$epoch" '+%B %e, %Y' | tr -s ' ')
for tool in $tools; do
    "$build/$tool" --generate-completion-script bash > "$scratch/bash"
    "$build/$tool" --generate-completion-script zsh > "$scratch/zsh"
    "$build/$tool" --generate-completion-script fish > "$scratch/fish"
    "$build/$tool" --help > "$scratch/help"
    # A tool of several commands has the help of each in its manual.
    for command in $(sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p' "$scratch/help"); do
        printf '\nCOMMAND %s\n' "$command"
        "$build/$tool" "$command" --help
    done > "$scratch/commands"
    cat "$scratch/help" "$scratch/commands" |
        awk -v name="$tool" -v day="$day" -v others="$tools" -f "$checkout/examples/manual.awk" \
            > "$scratch/manual"
    put 644 "$scratch/bash" "share/bash-completion/completions/$tool"
    put 644 "$scratch/zsh" "share/zsh/site-functions/_$tool"
    put 644 "$scratch/fish" "share/fish/vendor_completions.d/$tool.fish"
    put 644 "$scratch/manual" "share/man/man1/$tool.1"
    put 755 "$build/$tool" "bin/$tool"
done

for voice in "$checkout"/voices/*; do
    case ${voice##*/} in
    *.py | __pycache__) ;;
    *) put 644 "$voice" "share/curbcut/voices/${voice##*/}" ;;
    esac
done
for model in "$checkout"/examples/starter-models/*/; do
    [ -f "$model/config.json" ] || continue
    name=$(basename "$model")
    for file in "$model"*; do
        put 644 "$file" "share/curbcut/models/$name/${file##*/}"
    done
done
put 644 "$checkout/LICENSE" "share/doc/curbcut/LICENSE"

# What an older version had and this one has not.
echo "$list" >> "$scratch/list"
if [ -f "$root/$list" ]; then
    grep -vxF -f "$scratch/list" "$root/$list" | remove || true
fi
install -m 644 "$scratch/list" "$root/$list"

echo "Installed in $root:$tools." >&2
case :$PATH: in
*:"$root/bin":*) ;;
*) echo "Add $prefix/bin to your PATH to call them by name." >&2 ;;
esac
