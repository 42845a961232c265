#!/usr/bin/env bash
# Kernels of processors that this machine is not: AVX-512 and AVX-VNNI emulated in plain C under
# sanitizers, and NEON under qemu where qemu-user and an arm64 C library are installed
# (Debian: qemu-user libc6-dev-arm64-cross gcc-aarch64-linux-gnu).
set -euo pipefail
cd "$(dirname "$0")"
kernels=../../Sources/Kernels
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
flags=(-std=gnu2x -I "$kernels/include" -I . levels_test.c "$kernels"/*.c -lm -lpthread)

if [ "$(uname -m)" = x86_64 ] && grep -qw avx2 /proc/cpuinfo; then
    clang -fuse-ld=lld -O1 -fsanitize=address,undefined -fno-sanitize-recover -DCC_EMULATED -Wno-psabi \
        "${flags[@]}" -o "$built/emulated"
    "$built/emulated"
fi

if command -v qemu-aarch64 > /dev/null && [ -d /usr/aarch64-linux-gnu/include ]; then
    clang --target=aarch64-linux-gnu --gcc-toolchain=/usr -fuse-ld=lld -static -O2 \
        -I /usr/aarch64-linux-gnu/include "${flags[@]}" -o "$built/arm64"
    qemu-aarch64 -cpu max "$built/arm64"
else
    echo "NEON kernels are not run: qemu-user or libc6-dev-arm64-cross is not installed."
fi
