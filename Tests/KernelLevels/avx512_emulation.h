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

// Per lane: sum + the two products of signed 16-bit numbers.
static inline __m512i _mm512_dpwssd_epi32(__m512i sum, __m512i a, __m512i b) {
    return sum + _mm512_madd_epi16(a, b);
}

// MARK: 16-bit lanes

typedef int16_t shorts_512 __attribute__((vector_size(64)));
typedef uint16_t unsigned_512 __attribute__((vector_size(64)));

static inline __m512i _mm512_set1_epi16(int16_t x) {
    return (__m512i)((shorts_512){0} + x);
}

static inline __m512i _mm512_sub_epi16(__m512i a, __m512i b) {
    return (__m512i)((unsigned_512)a - (unsigned_512)b);
}

static inline __m512i _mm512_mulhi_epu16(__m512i a, __m512i b) {
    unsigned_512 x = (unsigned_512)a, y = (unsigned_512)b;
    for (int i = 0; i < 32; i++) x[i] = (uint16_t)((uint32_t)x[i] * y[i] >> 16);
    return (__m512i)x;
}

// The least number stays, as its magnitude has no place.
static inline __m512i _mm512_abs_epi16(__m512i a) {
    unsigned_512 x = (unsigned_512)a;
    for (int i = 0; i < 32; i++) x[i] = x[i] & 0x8000 ? (uint16_t)-x[i] : x[i];
    return (__m512i)x;
}

static inline __m512i _mm512_slli_epi16(__m512i a, unsigned count) {
    unsigned_512 x = (unsigned_512)a;
    for (int i = 0; i < 32; i++) x[i] = (uint16_t)(x[i] << count);
    return (__m512i)x;
}

static inline __m512i _mm512_srlv_epi16(__m512i a, __m512i counts) {
    unsigned_512 x = (unsigned_512)a, by = (unsigned_512)counts;
    for (int i = 0; i < 32; i++) x[i] = by[i] < 16 ? (uint16_t)(x[i] >> by[i]) : 0;
    return (__m512i)x;
}

static inline int cut(int x, int least, int most) { return x < least ? least : x > most ? most : x; }

static inline __m512i _mm512_adds_epi16(__m512i a, __m512i b) {
    shorts_512 x = (shorts_512)a, y = (shorts_512)b;
    for (int i = 0; i < 32; i++) x[i] = (int16_t)cut(x[i] + y[i], INT16_MIN, INT16_MAX);
    return (__m512i)x;
}

// MARK: From one width to another

// The nearest integer, ties to even; the least one where there is none.
static inline __m512i _mm512_cvtps_epi32(__m512 a) {
    __m512i v;
    for (int i = 0; i < 16; i++)
        v[i] = fabsf(a[i]) < 0x1p31f ? (int32_t)rintf(a[i]) : INT32_MIN;
    return v;
}

static inline __m256i _mm512_cvtsepi32_epi16(__m512i a) {
    int16_t shorts[16];
    __m256i v;
    for (int i = 0; i < 16; i++) shorts[i] = (int16_t)cut(a[i], INT16_MIN, INT16_MAX);
    memcpy(&v, shorts, sizeof v);
    return v;
}

// Of each four lanes those of a, then those of b.
static inline __m512i _mm512_packs_epi32(__m512i a, __m512i b) {
    shorts_512 v;
    for (int i = 0; i < 32; i++)
        v[i] = (int16_t)cut((i / 4 % 2 ? b : a)[i / 8 * 4 + i % 4], INT16_MIN, INT16_MAX);
    return (__m512i)v;
}

// Of each eight lanes those of a, then those of b.
static inline __m512i _mm512_packus_epi16(__m512i a, __m512i b) {
    shorts_512 x = (shorts_512)a, y = (shorts_512)b;
    uint8_t bytes[64];
    __m512i v;
    for (int i = 0; i < 64; i++)
        bytes[i] = (uint8_t)cut((i / 8 % 2 ? y : x)[i / 16 * 8 + i % 8], 0, UINT8_MAX);
    memcpy(&v, bytes, sizeof v);
    return v;
}

// MARK: Lanes in another order

#define _mm512_setr_epi32(...) ((__m512i){__VA_ARGS__})

static inline __m512i _mm512_permutexvar_epi32(__m512i order, __m512i a) {
    __m512i v;
    for (int i = 0; i < 16; i++) v[i] = a[order[i] & 15];
    return v;
}

static inline __m512 _mm512_permutexvar_ps(__m512i order, __m512 a) {
    __m512 v;
    for (int i = 0; i < 16; i++) v[i] = a[order[i] & 15];
    return v;
}

// MARK: Floats

static inline __m512 _mm512_abs_ps(__m512 a) { return (__m512)((__m512i)a & 0x7FFFFFFF); }

// The second where either is no number.
static inline __m512 _mm512_min_ps(__m512 a, __m512 b) {
    for (int i = 0; i < 16; i++) a[i] = a[i] < b[i] ? a[i] : b[i];
    return a;
}

static inline __m512 _mm512_max_ps(__m512 a, __m512 b) {
    for (int i = 0; i < 16; i++) a[i] = a[i] > b[i] ? a[i] : b[i];
    return a;
}
