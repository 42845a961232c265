// Products and sums in registers, at each level of the kernels.
#include "loops.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define VECTOR "v"
#elif defined(__aarch64__)
#include <arm_neon.h>
#define VECTOR "w"
#endif

// MARK: Plain C

enum { SCALAR_CHAINS = 8 };

static void scalar_int(size_t rounds) {
    int sums[SCALAR_CHAINS] = {0}, a = 3, b = 5;
    for (size_t round = 0; round < rounds; round++)
        CHAINS(SCALAR_CHAINS, OPAQUE("r", a); sums[k] += a * b; OPAQUE("r", sums[k]))
}

static void scalar_f32(size_t rounds) {
    float sums[SCALAR_CHAINS] = {0}, a = 1, b = 1e-3f;
    for (size_t round = 0; round < rounds; round++)
        CHAINS(SCALAR_CHAINS, OPAQUE(VECTOR, a); sums[k] += a * b; OPAQUE(VECTOR, sums[k]))
}

#if defined(__x86_64__)

// MARK: AVX2

// Products of six chains, then their sums: on Zen 3 a tenth faster than one after the other.
enum { AVX2_CHAINS = 12, AVX2_GROUP = 6, AVX2_GROUPS = 4 };

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

static void avx2_f32(size_t rounds) {
    __m256 sums[AVX2_CHAINS], a = _mm256_set1_ps(1), b = _mm256_set1_ps(1e-3f);
    CHAINS(AVX2_CHAINS, sums[k] = a; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX2_CHAINS, sums[k] = _mm256_fmadd_ps(a, b, sums[k]); OPAQUE(VECTOR, sums[k]))
}

// All of a group before the next step.
#define GROUP(statement) CHAINS(AVX2_GROUP, statement)
#define MADE(value) OPAQUE(VECTOR, value)

static void avx2_int16(size_t rounds) {
    __m256i sums[AVX2_GROUP], x[AVX2_GROUP], a = _mm256_set1_epi16(3), b = _mm256_set1_epi16(5);
    GROUP(sums[k] = a; MADE(sums[k]))
#pragma clang loop unroll_count(4)
    for (size_t group = 0; group < AVX2_GROUPS * rounds; group++) {
        GROUP(MADE(a); x[k] = _mm256_madd_epi16(a, b); MADE(x[k]))
        GROUP(sums[k] = _mm256_add_epi32(sums[k], x[k]); MADE(sums[k]))
    }
}

// As the kernels do it: two sums of two products are added before they are widened.
static void avx2_int8(size_t rounds) {
    __m256i sums[AVX2_GROUP], x[AVX2_GROUP], y[AVX2_GROUP];
    __m256i a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(5), ones = _mm256_set1_epi16(1);
    GROUP(sums[k] = a; MADE(sums[k]))
#pragma clang loop unroll_count(4)
    for (size_t group = 0; group < AVX2_GROUPS * rounds; group++) {
        GROUP(MADE(a); x[k] = _mm256_maddubs_epi16(a, b); MADE(x[k]); MADE(a);
              y[k] = _mm256_maddubs_epi16(a, b); MADE(y[k]))
        GROUP(x[k] = _mm256_add_epi16(x[k], y[k]); MADE(x[k]))
        GROUP(x[k] = _mm256_madd_epi16(x[k], ones); MADE(x[k]))
        GROUP(sums[k] = _mm256_add_epi32(sums[k], x[k]); MADE(sums[k]))
    }
}

#pragma clang attribute pop

// MARK: AVX-VNNI

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

static void avxvnni_int16(size_t rounds) {
    __m256i sums[AVX2_CHAINS], a = _mm256_set1_epi16(3), b = _mm256_set1_epi16(5);
    CHAINS(AVX2_CHAINS, sums[k] = a; OPAQUE("x", sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX2_CHAINS, sums[k] = _mm256_dpwssd_avx_epi32(sums[k], a, b); OPAQUE("x", sums[k]))
}

static void avxvnni_int8(size_t rounds) {
    __m256i sums[AVX2_CHAINS], a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(5);
    CHAINS(AVX2_CHAINS, sums[k] = a; OPAQUE("x", sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX2_CHAINS, sums[k] = _mm256_dpbusd_avx_epi32(sums[k], a, b); OPAQUE("x", sums[k]))
}

#pragma clang attribute pop

// MARK: AVX-512

enum { AVX512_CHAINS = 24 };

#pragma clang attribute push(                                                                   \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512bf16"))),                \
    apply_to = function)

static void avx512_f32(size_t rounds) {
    __m512 sums[AVX512_CHAINS], a = _mm512_set1_ps(1), b = _mm512_set1_ps(1e-3f);
    CHAINS(AVX512_CHAINS, sums[k] = a; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX512_CHAINS, sums[k] = _mm512_fmadd_ps(a, b, sums[k]); OPAQUE(VECTOR, sums[k]))
}

static void avx512_bf16(size_t rounds) {
    __m512 sums[AVX512_CHAINS], x = _mm512_set1_ps(1);
    __m512bh a = _mm512_cvtne2ps_pbh(x, x), b = a;
    CHAINS(AVX512_CHAINS, sums[k] = x; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX512_CHAINS, sums[k] = _mm512_dpbf16_ps(sums[k], a, b); OPAQUE(VECTOR, sums[k]))
}

static void avx512_int16(size_t rounds) {
    __m512i sums[AVX512_CHAINS], a = _mm512_set1_epi16(3), b = _mm512_set1_epi16(5);
    CHAINS(AVX512_CHAINS, sums[k] = a; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX512_CHAINS, sums[k] = _mm512_dpwssd_epi32(sums[k], a, b);
               OPAQUE(VECTOR, sums[k]))
}

static void avx512_int8(size_t rounds) {
    __m512i sums[AVX512_CHAINS], a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(5);
    CHAINS(AVX512_CHAINS, sums[k] = a; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(AVX512_CHAINS, sums[k] = _mm512_dpbusd_epi32(sums[k], a, b);
               OPAQUE(VECTOR, sums[k]))
}

#pragma clang attribute pop

#elif defined(__aarch64__)

// MARK: NEON

enum { NEON_CHAINS = 20 };

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

static void neon_f32(size_t rounds) {
    float32x4_t sums[NEON_CHAINS], a = vdupq_n_f32(1), b = vdupq_n_f32(1e-3f);
    CHAINS(NEON_CHAINS, sums[k] = a; OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(NEON_CHAINS, sums[k] = vfmaq_f32(sums[k], a, b); OPAQUE(VECTOR, sums[k]))
}

static void neon_int8(size_t rounds) {
    int32x4_t sums[NEON_CHAINS];
    int8x16_t a = vdupq_n_s8(3), b = vdupq_n_s8(5);
    CHAINS(NEON_CHAINS, sums[k] = vdupq_n_s32(0); OPAQUE(VECTOR, sums[k]))
    for (size_t round = 0; round < rounds; round++)
        CHAINS(NEON_CHAINS, sums[k] = vdotq_s32(sums[k], a, b); OPAQUE(VECTOR, sums[k]))
}

#pragma clang attribute pop

#endif

// MARK: Choice

// Operations of a round: chains times lanes times two.
static peaks_loop scalar_loop(peaks_kind kind) {
    switch (kind) {
    case PEAKS_F32: return (peaks_loop){scalar_f32, SCALAR_CHAINS * 2};
    case PEAKS_INT8: return (peaks_loop){scalar_int, SCALAR_CHAINS * 2};
    default: return (peaks_loop){NULL, 0};
    }
}

#if defined(__x86_64__)
static peaks_loop avx2_loop(peaks_kind kind) {
    switch (kind) {
    case PEAKS_F32: return (peaks_loop){avx2_f32, AVX2_CHAINS * 8 * 2};
    case PEAKS_INT16: return (peaks_loop){avx2_int16, AVX2_GROUPS * AVX2_GROUP * 16 * 2};
    case PEAKS_INT8: return (peaks_loop){avx2_int8, AVX2_GROUPS * AVX2_GROUP * 64 * 2};
    default: return (peaks_loop){NULL, 0};
    }
}

static peaks_loop avxvnni_loop(peaks_kind kind) {
    switch (kind) {
    case PEAKS_F32: return avx2_loop(kind);
    case PEAKS_INT16: return (peaks_loop){avxvnni_int16, AVX2_CHAINS * 16 * 2};
    case PEAKS_INT8: return (peaks_loop){avxvnni_int8, AVX2_CHAINS * 32 * 2};
    default: return (peaks_loop){NULL, 0};
    }
}

static peaks_loop avx512_loop(peaks_kind kind) {
    switch (kind) {
    case PEAKS_F32: return (peaks_loop){avx512_f32, AVX512_CHAINS * 16 * 2};
    case PEAKS_INT16: return (peaks_loop){avx512_int16, AVX512_CHAINS * 32 * 2};
    case PEAKS_INT8: return (peaks_loop){avx512_int8, AVX512_CHAINS * 64 * 2};
    case PEAKS_BF16:
        if (__builtin_cpu_supports("avx512bf16"))
            return (peaks_loop){avx512_bf16, AVX512_CHAINS * 32 * 2};
    }
    return (peaks_loop){NULL, 0};
}
#elif defined(__aarch64__)
static peaks_loop neon_loop(peaks_kind kind) {
    switch (kind) {
    case PEAKS_F32: return (peaks_loop){neon_f32, NEON_CHAINS * 4 * 2};
    case PEAKS_INT8: return (peaks_loop){neon_int8, NEON_CHAINS * 16 * 2};
    default: return (peaks_loop){NULL, 0};
    }
}
#endif

peaks_loop peaks_loop_of(peaks_kind kind, cc_level level) {
    switch (level) {
#if defined(__x86_64__)
    case CC_LEVEL_AVX2: return avx2_loop(kind);
    case CC_LEVEL_AVXVNNI: return avxvnni_loop(kind);
    case CC_LEVEL_AVX512: return avx512_loop(kind);
#elif defined(__aarch64__)
    case CC_LEVEL_NEON: return neon_loop(kind);
#endif
    default: return scalar_loop(kind);
    }
}
