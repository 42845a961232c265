// The AVX-VNNI instructions that Sources/Kernels/avxvnni.c uses, in plain C, each as Intel's
// Intrinsics Guide defines it.
#pragma once

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define _mm256_dpbusd_avx_epi32 emulated_dpbusd
#define _mm256_dpwssd_avx_epi32 emulated_dpwssd

// Per lane: sum + the four products of unsigned bytes of a and signed bytes of b.
static inline __m256i emulated_dpbusd(__m256i sum, __m256i a, __m256i b) {
    uint8_t x[32];
    int8_t y[32];
    int32_t sums[8];
    memcpy(x, &a, sizeof x);
    memcpy(y, &b, sizeof y);
    memcpy(sums, &sum, sizeof sums);
    for (int i = 0; i < 32; i++) sums[i / 4] += x[i] * y[i];
    memcpy(&sum, sums, sizeof sum);
    return sum;
}

// Per lane: sum + the two products of signed 16-bit numbers.
static inline __m256i emulated_dpwssd(__m256i sum, __m256i a, __m256i b) {
    int16_t x[16], y[16];
    int32_t sums[8];
    memcpy(x, &a, sizeof x);
    memcpy(y, &b, sizeof y);
    memcpy(sums, &sum, sizeof sums);
    for (int i = 0; i < 16; i++) sums[i / 2] += x[i] * y[i];
    memcpy(&sum, sums, sizeof sum);
    return sum;
}
