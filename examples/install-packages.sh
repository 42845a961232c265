#!/bin/sh
# Installs the Debian packages that Curbcut is built with, where they are missing.
# Usage: install-packages.sh [MORE-PACKAGES]
set -eu

wanted="libjpeg-dev libpng-dev libwebp-dev libsndfile1-dev libespeak-ng-dev libtesseract-dev
    tesseract-ocr-eng libzbar-dev pkg-config $*"

missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing with apt:$missing" >&2
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
# The names are words of their own.
# shellcheck disable=SC2086
{
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing
} < /dev/null >&2
