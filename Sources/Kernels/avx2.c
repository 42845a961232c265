// AVX2 with FMA and F16C: 8 floats or 32 products of bytes at a time.
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#include "avx2_rows.h"

// `vpmaddubsw` adds two products of an unsigned and a signed byte in 16 bits and saturates there.
// This level adds two such sums before it widens them, which saves a fifth of the instructions.
// So that nothing ever saturates, weights are packed with a scale at which the positive weights of
// each four that meet in a sum add up to at most 128, and the negative ones as well:
// 255 * 128 = 32640. The four are inputs 0, 1, 4, 5 or 2, 3, 6, 7 of every eight.
enum { FOUR_LIMIT = 128 };

// The largest sum of positive, or of negated negative, elements among four as above.
static inline __m128 fours_of(__m256 v) {
    __m256 positive = _mm256_max_ps(v, _mm256_setzero_ps());
    __m256 pairs = _mm256_hadd_ps(positive, _mm256_sub_ps(positive, v));
    return _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
}

static float largest_four(const float *x, size_t count) {
    __m128 most = _mm_setzero_ps();
    size_t i = 0;
    for (; i + 8 <= count; i += 8) most = _mm_max_ps(most, fours_of(_mm256_loadu_ps(x + i)));
    most = _mm_max_ps(most, fours_of(load(x + i, count - i)));
    float four[4], result = 0;
    _mm_storeu_ps(four, most);
    for (int k = 0; k < 4; k++)
        if (four[k] > result) result = four[k];
    return result;
}

static inline __m256i widened(__m256i sums, __m256i pairs) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

// Eight sums, two vectors of weights and what is between fill the registers; the other two vectors
// of weights are read where they are multiplied. With three rows and four vectors in registers it
// took 1.03 times as long, beside a busy neighbour 1.15: that leaves every other turn of the decoder.
enum { SMALL_ROWS = 4 };

// The products of bytes with weights that stay in memory: one instruction, where the compiler would
// read them for all rows into a register that it has to free.
static inline __m256i pairs_from_memory(__m256i x, const int8_t *panel) {
    __m256i pairs;
    __asm__("vpmaddubsw %2, %1, %0" : "=x"(pairs) : "x"(x), "m"(*(const __m256i_u *)panel));
    return pairs;
}

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
    // With pointers that move, a row's place costs no instruction.
    const int8_t *end = panel + inner / 8 * 8 * CC_PANEL;
#pragma clang loop unroll_count(2)
    for (; panel < end; panel += 8 * CC_PANEL, a += 8) {
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m256i x = four_bytes_everywhere(a + r * a_stride);
            __m256i y = four_bytes_everywhere(a + r * a_stride + 4);
#pragma clang loop unroll(full)
            for (size_t half = 0; half < 2; half++) {
                __m256i pairs = _mm256_maddubs_epi16(x, weights_at(panel + half * 32));
                __m256i next = pairs_from_memory(y, panel + half * 32 + 64);
                products[r][half] = widened(products[r][half], _mm256_add_epi16(pairs, next));
            }
        }
    }
    if (inner % 8)  // four inputs are left
        for (size_t r = 0; r < rows; r++) {
            __m256i x = four_bytes_everywhere(a + r * a_stride);
            for (size_t half = 0; half < 2; half++)
                products[r][half] = widened(
                    products[r][half], _mm256_maddubs_epi16(x, weights_at(panel + half * 32)));
        }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++)
            dequantize(products[r][half], steps[r], scales + half * 8,
                       out + r * out_stride + half * 8);
}

static inline __m256i with_fours(__m256i sums, __m256i x, __m256i weights) {
    return widened(sums, _mm256_maddubs_epi16(x, weights));
}

static inline __m256i with_pairs(__m256i sums, __m256i x, __m256i y) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(x, y));
}

// Eight outputs of a group: the nibbles are the unsigned factors here. 16 products of at most
// 15 * 127 fit in 16 bits.
static inline __m256i group_sums(const uint8_t *nibbles, const int8_t *x) {
    const __m256i low = _mm256_set1_epi8(15);
    __m256i sums = _mm256_setzero_si256();
#pragma clang loop unroll(full)
    for (size_t i = 0; i < CC_GROUP; i += 8) {
        __m256i both = weights_at((const int8_t *)nibbles + i * CC_PANEL / 2);
        __m256i below = _mm256_and_si256(both, low);
        __m256i above = _mm256_and_si256(_mm256_srli_epi16(both, 4), low);
        sums = _mm256_add_epi16(
            sums, _mm256_maddubs_epi16(below, four_bytes_everywhere((const uint8_t *)x + i)));
        sums = _mm256_add_epi16(
            sums, _mm256_maddubs_epi16(above, four_bytes_everywhere((const uint8_t *)x + i + 4)));
    }
    return _mm256_madd_epi16(sums, _mm256_set1_epi16(1));
}

#include "avx2_products.h"

const cc_level_table cc_avx2_table = {
    VECTOR_FUNCTIONS, INT16_FUNCTIONS, .least_rows = SMALL_ROWS,
    .largest_four = largest_four, .four_limit = FOUR_LIMIT,
};

#pragma clang attribute pop
#endif
