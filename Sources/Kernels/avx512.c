// AVX-512 with VNNI: 16 floats or 64 products of bytes at a time.
// Tests/KernelLevels compiles this file with CC_EMULATED, against the same instructions in plain C.
#if defined(__x86_64__)
#ifdef CC_EMULATED
#include "avx512_emulation.h"
#else
#include <immintrin.h>

#pragma clang attribute push(                                                       \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c"))),  \
    apply_to = function)
#endif

#define LANES 16
#define TILE_ROWS 12
#define TILE_COLUMNS 32
#define PACKING
#define NEAR_GELU
#include "avx512_rows.h"

#define PAIR_PRODUCTS
static inline ints pair_products(const int16_t *x, const int8_t *pairs) {
    int32_t both;
    __m256i integers;
    memcpy(&both, x, sizeof both);
    memcpy(&integers, pairs, sizeof integers);
    return (ints)_mm512_madd_epi16(_mm512_set1_epi32(both), _mm512_cvtepi8_epi16(integers));
}

#include "vector_products.h"
#include "packed_int4.h"

static inline __m512i four_bytes_everywhere(const uint8_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return _mm512_set1_epi32(word);
}

// `bias` and `residual`, whose rows lie like those of out, may be NULL. In each step half a line of
// the weights at `next` is asked for: beside so much arithmetic that takes no time.
static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panels, const int8_t *next, const float *scales, const int32_t *sums,
    const float *bias, const cc_activation activation, const float *residual, float *out,
    size_t out_stride) {
    __m512i products[CC_TILE_ROWS][2];
    const int8_t *second = panels + inner * CC_PANEL;
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        __m512i negated = _mm512_sub_epi32(_mm512_setzero_si512(),
                                           _mm512_loadu_si512(sums + p * CC_PANEL));
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++)
            products[r][p] = _mm512_mullo_epi32(_mm512_set1_epi32(steps[r].zero), negated);
    }
    for (size_t i = 0; i < inner; i += 4) {
        _mm_prefetch((const char *)next + i * CC_PANEL / 2, _MM_HINT_T1);
        __m512i left = _mm512_loadu_si512(panels + i * CC_PANEL);
        __m512i right = _mm512_loadu_si512(second + i * CC_PANEL);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512i x = four_bytes_everywhere(a + r * a_stride + i);
            products[r][0] = _mm512_dpbusd_epi32(products[r][0], x, left);
            products[r][1] = _mm512_dpbusd_epi32(products[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        vec scale = load(scales + p * CC_PANEL, LANES);
        vec added = bias ? load(bias + p * CC_PANEL, LANES) : splat(0);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            size_t at = r * out_stride + p * CC_PANEL;
            vec value = fused(_mm512_cvtepi32_ps(products[r][p]), scale * splat(steps[r].scale),
                              added);
            value = activated(value, activation);
            if (residual) value += load(residual + at, LANES);
            store(out + at, value, LANES);
        }
    }
}

static inline __attribute__((always_inline)) void tile_int8_with(
    size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panels, const int8_t *next, const float *scales, const int32_t *sums,
    const float *bias, const cc_activation activation, const float *residual, float *out,
    size_t out_stride) {
#define TILE(count)                                                                             \
    small_tile_int8(count, inner, a, a_stride, steps, panels, next, scales, sums, bias,         \
                    activation, residual, out, out_stride);                                     \
    a += count * a_stride, steps += count, out += count * out_stride, rows -= count;            \
    if (residual) residual += count * out_stride
    if (rows == CC_TILE_ROWS) { TILE(12); }
    while (rows >= 4) { TILE(4); }
    if (rows >= 2) { TILE(2); }
    if (rows) { TILE(1); }
#undef TILE
}

static void finished_tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                               const cc_row_step *steps, const int8_t *panels,
                               const int8_t *next, const float *scales, const int32_t *sums,
                               const float *bias, cc_activation activation, const float *residual,
                               float *out, size_t out_stride) {
#define WITH(activation, residual)                                                              \
    tile_int8_with(rows, inner, a, a_stride, steps, panels, next, scales, sums, bias,           \
                   activation, residual, out, out_stride)
    if (residual) WITH(CC_IDENTITY, residual);
    else if (activation == CC_GELU_NEAR) WITH(CC_GELU_NEAR, NULL);
    else WITH(CC_IDENTITY, NULL);
#undef WITH
}

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const int8_t *next,
                      const float *scales, const int32_t *sums, float *out, size_t out_stride) {
    finished_tile_int8(rows, inner, a, a_stride, steps, panels, next, scales, sums, NULL,
                       CC_IDENTITY, NULL, out, out_stride);
}

// (sum - row zero * weight sum) * (row scale * column scale)
static inline __m512 dequantized(__m512i sum, const int32_t *sums, cc_row_step step,
                                 const float *scales) {
    __m512i zero_point = _mm512_mullo_epi32(_mm512_set1_epi32(step.zero),
                                            _mm512_loadu_si512(sums));
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(step.scale), _mm512_loadu_ps(scales));
    return _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, zero_point)), scale);
}

// While four panels are multiplied, the next four are fetched in the order in which they lie in
// memory: that keeps one long read going, which reaches the memory's rate.
static void row_int8(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    size_t panel_bytes = inner * CC_PANEL;
    for (size_t block = 0; block < blocks; block++) {
        const int8_t *first = panels + block * 4 * panel_bytes;
        const char *next = (const char *)first + 4 * panel_bytes;
        bool fetch = block + 1 < blocks;
        __m512i products[4];
        for (int p = 0; p < 4; p++) products[p] = _mm512_setzero_si512();
        for (size_t i = 0; i < inner; i += 4) {
            __m512i x = four_bytes_everywhere(a + i);
            if (fetch)
#pragma clang loop unroll(full)
                for (size_t line = 0; line < 4; line++)
                    _mm_prefetch(next + i * CC_PAIR * 2 + line * 64, _MM_HINT_T0);
#pragma clang loop unroll(full)
            for (size_t p = 0; p < 4; p++)
                products[p] = _mm512_dpbusd_epi32(
                    products[p], x, _mm512_loadu_si512(first + p * panel_bytes + i * CC_PANEL));
        }
        for (size_t p = 0; p < 4; p++) {
            size_t column = (block * 4 + p) * CC_PANEL;
            _mm512_storeu_ps(out + column,
                             dequantized(products[p], sums + column, step, scales + column));
        }
    }
}

static void row_int4(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out) {
    const __m512i low = _mm512_set1_epi8(15);
    for (size_t p = 0; p < panels; p++, out += CC_PANEL) {
        __m512 total = _mm512_setzero_ps();
        for (size_t g = 0; g < groups; g++, weights += CC_GROUP_BYTES) {
            __m512i sum = _mm512_set1_epi32(-8 * sums[g]);
#pragma clang loop unroll(full)
            for (size_t i = 0; i < CC_GROUP; i += 8) {
                const uint8_t *quads = (const uint8_t *)x + g * CC_GROUP + i;
                __m512i both = _mm512_loadu_si512(weights + i * CC_PANEL / 2);
                __m512i above = _mm512_and_si512(_mm512_srli_epi16(both, 4), low);
                sum = _mm512_dpbusd_epi32(sum, _mm512_and_si512(both, low),
                                          four_bytes_everywhere(quads));
                sum = _mm512_dpbusd_epi32(sum, above, four_bytes_everywhere(quads + 4));
            }
            vec scale = load_typed(weights + CC_NIBBLES, CC_F16, 0, LANES);
            total = _mm512_add_ps(
                total, _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale * splat(steps[g])));
        }
        _mm512_storeu_ps(out, total);
    }
}

#include "avx512_int16.h"

const cc_level_table cc_avx512_table = {
    VECTOR_FUNCTIONS, INT16_FUNCTIONS, .finished_tile_int8 = finished_tile_int8,
    .least_rows = CC_TILE_ROWS,
};

#ifndef CC_EMULATED
#pragma clang attribute pop
#endif
#endif
