// Attention in 16-bit integers with AVX-512; see attention_int16.c. Only avx512.c includes it.
static inline ints rounded(vec x) { return (ints)_mm512_cvtps_epi32(x); }

#include "vector_int16.h"

// MARK: Products

// `rows` rows against two panels.
static inline __attribute__((always_inline)) void small_tile_int16(
    const size_t rows, size_t inner, const int16_t *a, const float *row_scales,
    const int16_t *panels, const float *column_scales, const float *keep, float *out) {
    __m512i sums[CC_TILE_ROWS][2];
    const int16_t *second = panels + inner * CC_PANEL, *end = second;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_si512();
    for (; panels < end; panels += 2 * CC_PANEL, second += 2 * CC_PANEL, a += 2) {
        __m512i left = _mm512_loadu_si512(panels), right = _mm512_loadu_si512(second);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512i x = four_bytes_everywhere((const uint8_t *)(a + r * CC_SHORTS));
            sums[r][0] = _mm512_dpwssd_epi32(sums[r][0], x, left);
            sums[r][1] = _mm512_dpwssd_epi32(sums[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        vec column_scale = load(column_scales + p * CC_PANEL, LANES);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            float *place = out + r * CC_SHORTS + p * CC_PANEL;
            vec value = _mm512_cvtepi32_ps(sums[r][p])
                * (row_scales ? splat(row_scales[r]) * column_scale : column_scale);
            if (keep) value = fused(splat(keep[r]), load(place, LANES), value);
            store(place, value, LANES);
        }
    }
}

static inline __attribute__((always_inline)) void tile_int16_with(
    size_t rows, size_t inner, const int16_t *a, const float *row_scales, const int16_t *panels,
    const float *column_scales, const float *keep, float *out) {
    if (rows == CC_TILE_ROWS) {
        small_tile_int16(CC_TILE_ROWS, inner, a, row_scales, panels, column_scales, keep, out);
        return;
    }
    for (size_t r = 0; r < rows; r++)
        small_tile_int16(1, inner, a + r * CC_SHORTS, from_row(row_scales, r), panels,
                         column_scales, from_row(keep, r), out + r * CC_SHORTS);
}

// MARK: Weights

// Lane r of the result is all lanes of rows[r], joined. Each of four steps joins halves of two
// vectors, so that all rows together take 45 instructions; one after the other they take 8 each.
#define JOIN_ROWS(rows, join)                                                                  \
    vec eight[8], four[4], two[2];                                                             \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 8; r++) {                        \
        vec x = rows[r], y = rows[r + 8];                                                      \
        eight[r] = join(__builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19,  \
                                                20, 21, 22, 23),                               \
                        __builtin_shufflevector(x, y, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25,    \
                                                26, 27, 28, 29, 30, 31));                      \
    }                                                                                          \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 4; r++) {                        \
        vec x = eight[r], y = eight[r + 4];                                                    \
        four[r] = join(__builtin_shufflevector(x, y, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, \
                                               24, 25, 26, 27),                                \
                       __builtin_shufflevector(x, y, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14,   \
                                               15, 28, 29, 30, 31));                           \
    }                                                                                          \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++) {                        \
        vec x = four[r], y = four[r + 2];                                                      \
        two[r] = join(__builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25,  \
                                              12, 13, 28, 29),                                 \
                      __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26,    \
                                              27, 14, 15, 30, 31));                            \
    }                                                                                          \
    return join(__builtin_shufflevector(two[0], two[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, \
                                        26, 12, 28, 14, 30),                                   \
                __builtin_shufflevector(two[0], two[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, \
                                        27, 13, 29, 15, 31));

static inline vec added(vec a, vec b) { return a + b; }
static inline vec largest_of_rows(const vec rows[CC_PANEL]) { JOIN_ROWS(rows, _mm512_max_ps) }
static inline vec sums_of_rows(const vec rows[CC_PANEL]) { JOIN_ROWS(rows, added) }

// 2^(14 - u) of 32 numbers u, which are given times 2^11, as 16-bit integers. With u = n + f that
// is 2^14 times a cubic polynomial of f, halved n times; within 1.9, and 2.8 for the rounding of u.
// What is beyond 16 or not a number becomes 0: a float out of range becomes the least integer.
static inline __m512i powers_of_two(vec first, vec second) {
    __m512i u = _mm512_packs_epi32(_mm512_cvtps_epi32(first), _mm512_cvtps_epi32(second));
    u = _mm512_abs_epi16(u);  // the least integer is 2^15 then, without a sign: 16 halvings
    __m512i f = _mm512_slli_epi16(u, 5);
    __m512i p = _mm512_sub_epi16(_mm512_set1_epi16(3803),
                                 _mm512_mulhi_epu16(f, _mm512_set1_epi16(660)));
    p = _mm512_sub_epi16(_mm512_set1_epi16(11337), _mm512_mulhi_epu16(f, p));
    p = _mm512_sub_epi16(_mm512_set1_epi16(16384), _mm512_mulhi_epu16(f, p));
    return _mm512_srlv_epi16(p, _mm512_srli_epi16(u, 11));
}

// The largest of all rows first: else each row's powers wait for the end of its search.
static void power_rows_int16(const float *x, size_t rows, size_t count, const float *scales,
                             float *most, float *keep, float *sums, int16_t *out) {
    vec tops[CC_PANEL], wholes[CC_PANEL];
    for (size_t r = rows; r < CC_PANEL; r++) tops[r] = wholes[r] = splat(0);
    for (size_t r = 0; r < rows; r++) {
        tops[r] = splat(-3e38f);
        for (size_t i = 0; i < count; i += LANES)  // a NaN is never the largest
            tops[r] = _mm512_max_ps(load(x + r * CC_SHORTS + i, LANES), tops[r]);
    }
    store(keep, largest_of_rows(tops), LANES);
    raise_rows(scales, most, keep, sums);
    for (size_t r = 0; r < rows; r++, x += CC_SHORTS, out += CC_SHORTS) {
        __m512i whole = _mm512_setzero_si512();
        vec top = splat(most[r] * 2048), scale = splat(scales[r] * -2048);
        for (size_t i = 0; i < count; i += 2 * LANES) {
            __m512i powers = powers_of_two(fused(load(x + i, LANES), scale, top),
                                           fused(load(x + i + LANES, LANES), scale, top));
            whole = _mm512_dpwssd_epi32(whole, powers, _mm512_set1_epi16(1));
            memcpy(out + i, &powers, sizeof powers);
        }
        wholes[r] = _mm512_cvtepi32_ps(whole);
    }
    store(sums, load(sums, LANES) + sums_of_rows(wholes), LANES);
}
