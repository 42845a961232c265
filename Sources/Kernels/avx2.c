// AVX2 with FMA and F16C: 8 floats or 32 products of bytes at a time.
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define LANES 8
#define TILE_ROWS 6
#define TILE_COLUMNS 16
#define PACKING
#include "vector_rows.h"

// MARK: Rounding to integers

// Sixteen floats, rounded and cut to 16 bits, in the order 0-3, 8-11, 4-7, 12-15.
static inline __m256i sixteen_shorts(__m256 first, __m256 second) {
    return _mm256_packs_epi32(_mm256_cvtps_epi32(first), _mm256_cvtps_epi32(second));
}

static void to_int16(const float *x, size_t count, float factor, int16_t *out) {
    for (size_t i = 0; i < count; i += CC_PANEL) {
        size_t n = cc_least(count - i, CC_PANEL);
        const float *from = x + i;
        float part[CC_PANEL] = {0};
        if (n < CC_PANEL) from = memcpy(part, from, n * sizeof *from);
        __m256i shorts = sixteen_shorts(load(from, LANES) * splat(factor),
                                        load(from + LANES, LANES) * splat(factor));
        shorts = _mm256_permute4x64_epi64(shorts, 0xD8);
        if (n == CC_PANEL) _mm256_storeu_si256((__m256i_u *)(out + i), shorts);
        else memcpy(out + i, &shorts, n * sizeof *out);
    }
}

static void quantize(const float *x, size_t count, float factor, int zero, uint8_t *out) {
    enum { BYTES = 32 };
    const __m256i base = _mm256_set1_epi16((int16_t)zero);
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    for (size_t i = 0; i < count; i += BYTES) {
        size_t n = cc_least(count - i, BYTES);
        const float *from = x + i;
        float part[BYTES] = {0};
        if (n < BYTES) from = memcpy(part, from, n * sizeof *from);
        __m256i shorts[2];
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++, from += CC_PANEL)
            shorts[half] = _mm256_adds_epi16(
                base, sixteen_shorts(load(from, LANES) * splat(factor),
                                     load(from + LANES, LANES) * splat(factor)));
        __m256i bytes = _mm256_packus_epi16(shorts[0], shorts[1]);
        bytes = _mm256_permutevar8x32_epi32(bytes, order);
        if (n == BYTES) _mm256_storeu_si256((__m256i_u *)(out + i), bytes);
        else memcpy(out + i, &bytes, n);
    }
}

static inline ints rounded(vec x) { return (ints)_mm256_cvtps_epi32(x); }

#include "vector_int16.h"

#define PAIR_PRODUCTS
static inline ints pair_products(const int16_t *x, const int8_t *pairs) {
    int32_t both;
    __m128i integers;
    memcpy(&both, x, sizeof both);
    memcpy(&integers, pairs, sizeof integers);
    return (ints)_mm256_madd_epi16(_mm256_set1_epi32(both), _mm256_cvtepi8_epi16(integers));
}

#include "vector_products.h"
#include "packed_int4.h"

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

static inline __m256i four_bytes_everywhere(const uint8_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return _mm256_set1_epi32(word);
}

static inline __m256i weights_at(const int8_t *panel) {
    return _mm256_loadu_si256((const __m256i_u *)panel);
}

// What the sums of eight columns begin with: -(row zero * weight sum).
static inline __m256i zero_point(const int32_t *sums, cc_row_step step) {
    return _mm256_mullo_epi32(_mm256_set1_epi32(-step.zero),
                              _mm256_loadu_si256((const __m256i_u *)sums));
}

// sum * (row scale * column scale), eight columns.
static inline void dequantize(__m256i sum, cc_row_step step, const float *scales, float *out) {
    _mm256_storeu_ps(out, _mm256_cvtepi32_ps(sum) * (splat(step.scale) * _mm256_loadu_ps(scales)));
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

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const int8_t *next,
                      const float *scales, const int32_t *sums, float *out, size_t out_stride) {
    (void)next;
    for (size_t column = 0; column < CC_PAIR; column += CC_PANEL) {
        const int8_t *panel = panels + column * inner;
        size_t r = 0;
        for (; r + SMALL_ROWS <= rows; r += SMALL_ROWS)
            small_tile_int8(SMALL_ROWS, inner, a + r * a_stride, a_stride, steps + r, panel,
                            scales + column, sums + column, out + r * out_stride + column,
                            out_stride);
        for (; r < rows; r++)
            small_tile_int8(1, inner, a + r * a_stride, a_stride, steps + r, panel,
                            scales + column, sums + column, out + r * out_stride + column,
                            out_stride);
    }
}

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
                products[v] = widened(products[v], _mm256_maddubs_epi16(x, weights_at(panel)));
            }
        }
        for (size_t v = 0; v < 4; v++)
            dequantize(products[v], step, scales + column + v * 8, out + column + v * 8);
    }
}

// MARK: 4-bit weights

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
            sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(x, left));
            sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(x, right));
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

static inline const float *from_row(const float *numbers, size_t row) {
    return numbers ? numbers + row : NULL;
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

static void tile_int16(size_t rows, size_t inner, const int16_t *a, const float *row_scales,
                       const int16_t *panels, const float *column_scales, const float *keep,
                       float *out) {
    if (!row_scales) tile_int16_with(rows, inner, a, NULL, panels, column_scales, NULL, out);
    else tile_int16_with(rows, inner, a, row_scales, panels, column_scales, keep, out);
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

const cc_level_table cc_avx2_table = {
    VECTOR_FUNCTIONS, INT16_FUNCTIONS, .least_rows = SMALL_ROWS,
    .largest_four = largest_four, .four_limit = FOUR_LIMIT,
};

#pragma clang attribute pop
#endif
