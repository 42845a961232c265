// AVX2 with AVX-VNNI, as many processors have it that lack AVX-512: products of bytes and of 16-bit
// integers are added to sums of 32 bits at once, and weights need not be smaller than 127.
// Tests/KernelLevels compiles this file with CC_EMULATED, against the same instructions in plain C.
#if defined(__x86_64__)
#include <immintrin.h>

#ifdef CC_EMULATED
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "avxvnni_emulation.h"
#else
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,avxvnni"))), apply_to = function)
#endif

#include "avx2_rows.h"

// MARK: 8-bit products

// Twelve sums, two vectors of weights and one of a row fill the registers.
enum { SMALL_ROWS = 6 };

// `rows` rows against one panel.
static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panel, const float *scales, const int32_t *sums, float *out,
    size_t out_stride) {
    __m256i products[SMALL_ROWS][2];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++)
            products[r][half] = zero_point(sums + half * 8, steps[r]);
    const int8_t *end = panel + inner * CC_PANEL;
    for (; panel < end; panel += 4 * CC_PANEL, a += 4) {
        __m256i left = weights_at(panel), right = weights_at(panel + 32);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m256i x = four_bytes_everywhere(a + r * a_stride);
            products[r][0] = _mm256_dpbusd_avx_epi32(products[r][0], x, left);
            products[r][1] = _mm256_dpbusd_avx_epi32(products[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++)
            dequantize(products[r][half], steps[r], scales + half * 8,
                       out + r * out_stride + half * 8);
}

// MARK: Sums

static inline __m256i with_fours(__m256i sums, __m256i x, __m256i weights) {
    return _mm256_dpbusd_avx_epi32(sums, x, weights);
}

static inline __m256i with_pairs(__m256i sums, __m256i x, __m256i y) {
    return _mm256_dpwssd_avx_epi32(sums, x, y);
}

// Eight outputs of a group: the nibbles are the unsigned factors here.
static inline __m256i group_sums(const uint8_t *nibbles, const int8_t *x) {
    const __m256i low = _mm256_set1_epi8(15);
    __m256i sums = _mm256_setzero_si256();
#pragma clang loop unroll(full)
    for (size_t i = 0; i < CC_GROUP; i += 8) {
        __m256i both = weights_at((const int8_t *)nibbles + i * CC_PANEL / 2);
        __m256i below = _mm256_and_si256(both, low);
        __m256i above = _mm256_and_si256(_mm256_srli_epi16(both, 4), low);
        sums = with_fours(sums, below, four_bytes_everywhere((const uint8_t *)x + i));
        sums = with_fours(sums, above, four_bytes_everywhere((const uint8_t *)x + i + 4));
    }
    return sums;
}

#include "avx2_products.h"

const cc_level_table cc_avxvnni_table = {
    VECTOR_FUNCTIONS, INT16_FUNCTIONS, .least_rows = SMALL_ROWS,
};

#pragma clang attribute pop
#endif
