#!/bin/sh
# Installs the Debian packages that Curbcut is built with, where they are missing.
# Usage: install-packages.sh [MORE-PACKAGES]
set -eu

wanted="libjpeg-dev libpng-dev libwebp-dev zlib1g-dev libsndfile1-dev libavformat-dev
    libavcodec-dev libavutil-dev libswscale-dev libespeak-ng-dev libmd4c-dev libxml2-dev
    libtesseract-dev tesseract-ocr-eng tesseract-ocr-osd libzbar-dev pkg-config $*"

missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing with apt:$missing" >&2
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
for command in apt-get $as_root; do
    if ! command -v "$command" > /dev/null; then
        echo "install-packages.sh: there is no $command here; install by hand:$missing" >&2
        exit 69
    fi
done
# The names are words of their own.
# shellcheck disable=SC2086
{
    # One list that is out of reach need not hold up the others; what is missing fails below.
    $as_root apt-get update -qq || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        -o DPkg::Lock::Timeout=120 --no-install-recommends $missing
} < /dev/null >&2
