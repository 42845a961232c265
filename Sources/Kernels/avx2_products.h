// What products are made of in vectors of 256 bits. A level brings
//   small_tile_int8   see tile_int8.h
//   with_fours        sums + the products of unsigned and signed bytes, four in each lane
//   with_pairs        sums + the products of 16-bit integers, two in each lane
//   group_sums        those of eight outputs and a group of 4-bit weights
#include "tile_int8.h"

// MARK: A row of 8 bits

// Bytes: on Zen 3 as good as 512 and 1024, a tenth faster than 1536 and than the next two panels.
enum { FETCH_AHEAD = 768 };

// One row: the weights' way from memory is what takes the time, so two panels are multiplied side
// by side while what follows in each is fetched.
static void row_int8(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    for (size_t column = 0; column < 4 * CC_PANEL * blocks; column += CC_PAIR) {
        const int8_t *first = panels + column * inner, *second = first + CC_PANEL * inner;
        __m256i products[4];
        for (size_t v = 0; v < 4; v++) products[v] = zero_point(sums + column + v * 8, step);
        for (size_t i = 0; i < inner; i += 4) {
            __m256i x = four_bytes_everywhere(a + i);
            _mm_prefetch((const char *)first + i * CC_PANEL + FETCH_AHEAD, _MM_HINT_T0);
            _mm_prefetch((const char *)second + i * CC_PANEL + FETCH_AHEAD, _MM_HINT_T0);
#pragma clang loop unroll(full)
            for (size_t v = 0; v < 4; v++) {
                const int8_t *panel = (v < 2 ? first : second) + i * CC_PANEL + v % 2 * 32;
                products[v] = with_fours(products[v], x, weights_at(panel));
            }
        }
        for (size_t v = 0; v < 4; v++)
            dequantize(products[v], step, scales + column + v * 8, out + column + v * 8);
    }
}

// MARK: 4-bit weights

static void row_int4(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out) {
    for (size_t p = 0; p < panels; p++, out += CC_PANEL) {
        __m256 totals[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
        for (size_t g = 0; g < groups; g++, weights += CC_GROUP_BYTES) {
            __m256i offset = _mm256_set1_epi32(8 * sums[g]);
#pragma clang loop unroll(full)
            for (size_t half = 0; half < 2; half++) {
                __m256i sum = group_sums(weights + half * 32, x + g * CC_GROUP);
                vec scale = load_typed(weights + CC_NIBBLES, CC_F16, half * 8, LANES);
                totals[half] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(sum, offset)),
                                               scale * splat(steps[g]), totals[half]);
            }
        }
        _mm256_storeu_ps(out, totals[0]);
        _mm256_storeu_ps(out + LANES, totals[1]);
    }
}

// MARK: 16-bit integers

enum { SHORT_ROWS = 6 };

// `rows` rows against one panel.
static inline __attribute__((always_inline)) void small_tile_int16(
    const size_t rows, size_t inner, const int16_t *a, const float *row_scales,
    const int16_t *panel, const float *column_scales, const float *keep, float *out) {
    __m256i sums[SHORT_ROWS][2];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm256_setzero_si256();
    // Unrolled it is slower, however the compiler orders it.
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < inner; i += 2, panel += 2 * CC_PANEL, a += 2) {
        __m256i left = _mm256_loadu_si256((const __m256i_u *)panel);
        __m256i right = _mm256_loadu_si256((const __m256i_u *)(panel + CC_PANEL));
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m256i x = four_bytes_everywhere((const uint8_t *)(a + r * CC_SHORTS));
            sums[r][0] = with_pairs(sums[r][0], x, left);
            sums[r][1] = with_pairs(sums[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t half = 0; half < 2; half++) {
        __m256 column_scale = _mm256_loadu_ps(column_scales + half * 8);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            float *place = out + r * CC_SHORTS + half * 8;
            __m256 value = _mm256_cvtepi32_ps(sums[r][half])
                * (row_scales ? splat(row_scales[r]) * column_scale : column_scale);
            if (keep) value = _mm256_fmadd_ps(splat(keep[r]), _mm256_loadu_ps(place), value);
            _mm256_storeu_ps(place, value);
        }
    }
}

static inline __attribute__((always_inline)) void tile_int16_with(
    size_t rows, size_t inner, const int16_t *a, const float *row_scales, const int16_t *panels,
    const float *column_scales, const float *keep, float *out) {
    for (size_t column = 0; column < CC_PAIR; column += CC_PANEL) {
        const int16_t *panel = panels + column * inner;
        size_t r = 0;
        for (; r + SHORT_ROWS <= rows; r += SHORT_ROWS)
            small_tile_int16(SHORT_ROWS, inner, a + r * CC_SHORTS, from_row(row_scales, r), panel,
                             column_scales + column, from_row(keep, r),
                             out + r * CC_SHORTS + column);
        for (; r < rows; r++)
            small_tile_int16(1, inner, a + r * CC_SHORTS, from_row(row_scales, r), panel,
                             column_scales + column, from_row(keep, r),
                             out + r * CC_SHORTS + column);
    }
}

// 2^(14 - u) for u >= 0, as integers: n bits less of 2^14 times a polynomial of n - u, where n is
// u rounded; within 2.8. The polynomial's own 2^14 are the last bits of a float of 768 and more. A
// shift by 32 and more, or by what a NaN is rounded to, leaves 0.
static inline __m256i power_of_two(__m256 u) {
    __m256 f = u - _mm256_round_ps(u, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 p = fused(splat(-5.51715696e-2f), f, splat(2.42611115e-1f));
    p = fused(p, f, splat(-6.93261004e-1f));
    p = fused(p, f, splat(768 + 9.99928074e-1f));
    __m256i power = _mm256_and_si256(_mm256_castps_si256(p), _mm256_set1_epi32(0x7FFF));
    return _mm256_srlv_epi32(power, _mm256_cvtps_epi32(u));
}

static inline float largest_in(const float *x, size_t count) {
    __m256 tops[2] = {splat(-3e38f), splat(-3e38f)};
    for (size_t i = 0; i < count; i += CC_PANEL) {  // a NaN is never the largest
        tops[0] = _mm256_max_ps(_mm256_loadu_ps(x + i), tops[0]);
        tops[1] = _mm256_max_ps(_mm256_loadu_ps(x + i + 8), tops[1]);
    }
    __m256 top = _mm256_max_ps(tops[0], tops[1]);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(top), _mm256_extractf128_ps(top, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

// The largest of all rows first: else each row's powers wait for the end of its search.
static void power_rows_int16(const float *x, size_t rows, size_t count, const float *scales,
                             float *most, float *keep, float *sums, int16_t *out) {
    for (size_t r = 0; r < rows; r++) keep[r] = largest_in(x + r * CC_SHORTS, count);
    raise_rows(scales, most, keep, sums);
    for (size_t r = 0; r < rows; r++, x += CC_SHORTS, out += CC_SHORTS) {
        __m256i whole[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        __m256 top = splat(most[r]), scale = splat(scales[r]);
        for (size_t i = 0; i < count; i += CC_PANEL) {
            __m256i low = power_of_two(_mm256_fnmadd_ps(_mm256_loadu_ps(x + i), scale, top));
            __m256i high = power_of_two(_mm256_fnmadd_ps(_mm256_loadu_ps(x + i + 8), scale, top));
            whole[0] = _mm256_add_epi32(whole[0], low);
            whole[1] = _mm256_add_epi32(whole[1], high);
            _mm256_storeu_si256((__m256i_u *)(out + i), _mm256_packs_epi32(low, high));
        }
        sums[r] += sum_of(_mm256_cvtepi32_ps(_mm256_add_epi32(whole[0], whole[1])));
    }
}
