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
#include "vector_rows.h"

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

// (sum - row zero * weight sum) * (row scale * column scale)
static inline __m512 dequantized(__m512i sum, const int32_t *sums, cc_row_step step,
                                 const float *scales) {
    __m512i zero_point = _mm512_mullo_epi32(_mm512_set1_epi32(step.zero),
                                            _mm512_loadu_si512(sums));
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(step.scale), _mm512_loadu_ps(scales));
    return _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, zero_point)), scale);
}

static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panels, const float *scales, const int32_t *sums, float *out,
    size_t out_stride) {
    __m512i products[CC_TILE_ROWS][2];
    const int8_t *second = panels + inner * CC_PANEL;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) products[r][0] = products[r][1] = _mm512_setzero_si512();
    for (size_t i = 0; i < inner; i += 4) {
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
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t p = 0; p < 2; p++)
            _mm512_storeu_ps(out + r * out_stride + p * CC_PANEL,
                             dequantized(products[r][p], sums + p * CC_PANEL, steps[r],
                                         scales + p * CC_PANEL));
}

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const float *scales,
                      const int32_t *sums, float *out, size_t out_stride) {
#define TILE(count)                                                                            \
    small_tile_int8(count, inner, a, a_stride, steps, panels, scales, sums, out, out_stride); \
    a += count * a_stride, steps += count, out += count * out_stride, rows -= count
    if (rows == CC_TILE_ROWS) { TILE(12); }
    while (rows >= 4) { TILE(4); }
    if (rows >= 2) { TILE(2); }
    if (rows) { TILE(1); }
#undef TILE
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

const cc_level_table cc_avx512_table = {VECTOR_FUNCTIONS};

#ifndef CC_EMULATED
#pragma clang attribute pop
#endif

// BF16 as well: products of pairs of 16-bit floats, at twice the rate of floats.
#ifndef CC_EMULATED
#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512bf16,avx2,fma,f16c"))),  \
    apply_to = function)
#endif

static inline __m512bh two_everywhere(const uint16_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return (__m512bh)_mm512_set1_epi32(word);
}

static inline __attribute__((always_inline)) void small_tile_bf16(
    const size_t rows, size_t inner, const uint16_t *a, size_t a_stride, const uint16_t *panels,
    float *out, size_t out_stride) {
    __m512 sums[CC_TILE_ROWS][2];
    const uint16_t *second = panels + inner * CC_PANEL;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_ps();
    for (size_t i = 0; i < inner; i += 2) {
        __m512bh left = (__m512bh)_mm512_loadu_si512(panels + i * CC_PANEL);
        __m512bh right = (__m512bh)_mm512_loadu_si512(second + i * CC_PANEL);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512bh x = two_everywhere(a + r * a_stride + i);
            sums[r][0] = _mm512_dpbf16_ps(sums[r][0], x, left);
            sums[r][1] = _mm512_dpbf16_ps(sums[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        _mm512_storeu_ps(out + r * out_stride, sums[r][0]);
        _mm512_storeu_ps(out + r * out_stride + CC_PANEL, sums[r][1]);
    }
}

static void tile_bf16(size_t rows, size_t inner, const uint16_t *a, size_t a_stride,
                      const uint16_t *panels, float *out, size_t out_stride) {
    if (rows == CC_TILE_ROWS) {
        small_tile_bf16(CC_TILE_ROWS, inner, a, a_stride, panels, out, out_stride);
        return;
    }
    for (size_t r = 0; r < rows; r++)
        small_tile_bf16(1, inner, a + r * a_stride, a_stride, panels, out + r * out_stride,
                        out_stride);
}

static void to_bf16(const float *x, size_t count, uint16_t *out) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256bh low = _mm512_cvtneps_pbh(_mm512_loadu_ps(x + i));
        memcpy(out + i, &low, sizeof low);
    }
    for (; i < count; i++) {
        __m128bh low = _mm_cvtneps_pbh(_mm_set_ss(x[i]));
        memcpy(out + i, &low, sizeof *out);
    }
}

const cc_level_table cc_avx512bf16_table = {
    VECTOR_FUNCTIONS, .tile_bf16 = tile_bf16, .to_bf16 = to_bf16,
};

#ifndef CC_EMULATED
#pragma clang attribute pop
#endif
#endif
