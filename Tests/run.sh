#!/usr/bin/env bash
# Everything that has to pass: format, build, parsers under AddressSanitizer, kernels, tests.
# Usage: Tests/run.sh, from anywhere, on Debian 12 with Swift 6.2 or later.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
exec < /dev/null

failed=""
step() {
    local name=$1
    shift
    local start=$SECONDS
    echo "== $name" >&2
    if "$@"; then
        echo "== $name: passed, $((SECONDS - start)) s" >&2
    else
        failed="$failed, $name"
        echo "== $name: failed, $((SECONDS - start)) s" >&2
        return 1
    fi
}

fuzz() {
    swift build -c release --sanitize=address --product fuzz-parsers \
        --scratch-path .build/asan || return
    local folder
    folder=$(swift build -c release --sanitize=address --scratch-path .build/asan \
        --show-bin-path) || return
    local data=${CURBCUT_TEST_DATA:-../shared/testdata}
    local samples=(Tests/Fixtures examples/pictures voices)
    for more in "$data/hostile" "$data/images" "$data/safetensors" "$data/tokenizers" \
        "$data/speech/encodings" "$data/audio-formats" "$data/subtitles" "$data/video"; do
        if [ -d "$more" ]; then samples+=("$more"); fi
    done
    # Whole files, then damage for a minute in all; what is stuck longer will not end.
    LSAN_OPTIONS="suppressions=$PWD/Tests/FuzzTests/leaks-of-libraries.txt" \
        timeout 600 "$folder/fuzz-parsers" --seed 1 --seconds 60 "${samples[@]}"
}

if ! command -v swift > /dev/null; then
    echo "Tests/run.sh: swift is not found; install it: https://www.swift.org/install/linux/" >&2
    exit 69
fi
step "packages" sh examples/install-packages.sh ffmpeg tidy || exit 1
step "format" swift format lint --strict --recursive Package.swift Sources Tests
step "build" swift build -c release --build-tests || exit 1
step "parsers under AddressSanitizer" fuzz
step "kernels of other processors" Tests/KernelLevels/run.sh

# Last, so that the output ends with what the test runner reports.
if [ -n "$failed" ]; then
    echo "Tests/run.sh: this will end with status 1, for what failed before: ${failed#, }" >&2
fi
step "tests" swift test -c release --skip-build
[ -z "$failed" ]
