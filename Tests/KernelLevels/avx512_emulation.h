// The AVX-512 instructions that Sources/Kernels/avx512.c uses, in plain C, each as Intel's
// Intrinsics Guide defines it. With these the file's own logic runs, and can be watched by
// sanitizers, on any x86-64 machine.
#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef int32_t __m512i __attribute__((vector_size(64)));
typedef int32_t __m256i __attribute__((vector_size(32)));
typedef float __m512 __attribute__((vector_size(64)));
typedef float __m128 __attribute__((vector_size(16)));
typedef uint16_t __m512bh __attribute__((vector_size(64)));
typedef uint16_t __m256bh __attribute__((vector_size(32)));
typedef uint16_t __m128bh __attribute__((vector_size(16)));

enum { _MM_HINT_T0 };
#define _mm_prefetch(address, hint) ((void)(address))

static inline __m512i _mm512_set1_epi32(int32_t x) {
    __m512i v;
    for (int i = 0; i < 16; i++) v[i] = x;
    return v;
}

static inline __m512 _mm512_set1_ps(float x) {
    __m512 v;
    for (int i = 0; i < 16; i++) v[i] = x;
    return v;
}

static inline __m512i _mm512_set1_epi8(int8_t x) {
    __m512i v;
    memset(&v, x, sizeof v);
    return v;
}

static inline __m512i _mm512_setzero_si512(void) { return _mm512_set1_epi32(0); }
static inline __m512 _mm512_setzero_ps(void) { return _mm512_set1_ps(0); }

static inline __m512i _mm512_loadu_si512(const void *from) {
    __m512i v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline __m512 _mm512_loadu_ps(const void *from) {
    __m512 v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline void _mm512_storeu_ps(void *to, __m512 v) { memcpy(to, &v, sizeof v); }
static inline __m512i _mm512_mullo_epi32(__m512i a, __m512i b) { return a * b; }
static inline __m512i _mm512_and_si512(__m512i a, __m512i b) { return a & b; }

static inline __m512i _mm512_srli_epi16(__m512i a, unsigned count) {
    uint16_t lanes[32];
    memcpy(lanes, &a, sizeof lanes);
    for (int i = 0; i < 32; i++) lanes[i] = (uint16_t)(lanes[i] >> count);
    memcpy(&a, lanes, sizeof a);
    return a;
}

static inline __m512i _mm512_sub_epi32(__m512i a, __m512i b) { return a - b; }
static inline __m512 _mm512_add_ps(__m512 a, __m512 b) { return a + b; }
static inline __m512 _mm512_mul_ps(__m512 a, __m512 b) { return a * b; }
static inline __m512 _mm512_cvtepi32_ps(__m512i a) { return __builtin_convertvector(a, __m512); }

static inline __m512i _mm512_cvtepi8_epi16(__m256i a) {
    int8_t bytes[32];
    int16_t shorts[32];
    __m512i v;
    memcpy(bytes, &a, sizeof bytes);
    for (int i = 0; i < 32; i++) shorts[i] = bytes[i];
    memcpy(&v, shorts, sizeof v);
    return v;
}

// Per lane: the sum of the two products of signed 16-bit numbers.
static inline __m512i _mm512_madd_epi16(__m512i a, __m512i b) {
    int16_t x[32], y[32];
    __m512i v;
    memcpy(x, &a, sizeof x);
    memcpy(y, &b, sizeof y);
    for (int i = 0; i < 16; i++) v[i] = x[2 * i] * y[2 * i] + x[2 * i + 1] * y[2 * i + 1];
    return v;
}

// Per lane: sum + the four products of unsigned bytes of a and signed bytes of b.
static inline __m512i _mm512_dpbusd_epi32(__m512i sum, __m512i a, __m512i b) {
    uint8_t x[64];
    int8_t y[64];
    memcpy(x, &a, sizeof x);
    memcpy(y, &b, sizeof y);
    for (int i = 0; i < 64; i++) sum[i / 4] += x[i] * y[i];
    return sum;
}

static inline float from_bf16(uint16_t bits) {
    uint32_t wide = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &wide, sizeof value);
    return value;
}

// Nearest, ties to even.
static inline uint16_t nearest_bf16(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

// Per lane: sum + the two products of neighbours.
static inline __m512 _mm512_dpbf16_ps(__m512 sum, __m512bh a, __m512bh b) {
    for (int i = 0; i < 32; i++) sum[i / 2] += from_bf16(a[i]) * from_bf16(b[i]);
    return sum;
}

static inline __m256bh _mm512_cvtneps_pbh(__m512 v) {
    __m256bh out;
    for (int i = 0; i < 16; i++) out[i] = nearest_bf16(v[i]);
    return out;
}

static inline __m128 _mm_set_ss(float x) { return (__m128){x, 0, 0, 0}; }

static inline __m128bh _mm_cvtneps_pbh(__m128 v) {
    __m128bh out = {0};
    out[0] = nearest_bf16(v[0]);
    return out;
}
