// Products in float, written once for every vector width; see vector_rows.h.
//
// TILE_ROWS and TILE_COLUMNS (a multiple of LANES, at most CC_PANEL or CC_PAIR) are what the
// registers hold: TILE_ROWS * TILE_COLUMNS / LANES sums, and room for a row of the panel.
#include "levels.h"

enum { TILE_VECTORS = TILE_COLUMNS / LANES, PANEL_VECTORS = CC_PANEL / LANES };

static inline __attribute__((always_inline)) void small_tile(
    const size_t rows, size_t inner, const float *a, size_t a_stride, const float *panels,
    size_t column, float *out, size_t out_stride) {
    vec sums[TILE_ROWS][TILE_VECTORS] = {0};
    const float *columns[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < TILE_VECTORS; v++) {
        size_t c = column + (size_t)v * LANES;
        columns[v] = panels + c / CC_PANEL * inner * CC_PANEL + c % CC_PANEL;
    }
    for (size_t i = 0; i < inner; i++) {
        vec b[TILE_VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < TILE_VECTORS; v++) b[v] = load(columns[v] + i * CC_PANEL, LANES);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            vec x = splat(a[r * a_stride + i]);
#pragma clang loop unroll(full)
            for (int v = 0; v < TILE_VECTORS; v++) sums[r][v] = fused(x, b[v], sums[r][v]);
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < TILE_VECTORS; v++)
            store(out + r * out_stride + column + (size_t)v * LANES, sums[r][v], LANES);
}

static void tile_f32(size_t rows, size_t inner, const float *a, size_t a_stride,
                     const float *panels, float *out, size_t out_stride) {
    for (size_t column = 0; column < CC_PAIR; column += TILE_COLUMNS) {
        size_t r = 0;
        for (; r + TILE_ROWS <= rows; r += TILE_ROWS)
            small_tile(TILE_ROWS, inner, a + r * a_stride, a_stride, panels, column,
                       out + r * out_stride, out_stride);
        for (; r < rows; r++)
            small_tile(1, inner, a + r * a_stride, a_stride, panels, column, out + r * out_stride,
                       out_stride);
    }
}

// Four rows of weights at a time, two sums each, so that eight chains of additions run at once.
static inline __attribute__((always_inline)) void dot_four(
    const float *x, size_t width, const void *weights, const cc_type type, size_t row,
    float *out) {
    vec sums[4][2] = {0};
    size_t i = 0;
    for (; i + 2 * LANES <= width; i += 2 * LANES)
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            size_t at = i + (size_t)half * LANES;
            vec v = load(x + at, LANES);
#pragma clang loop unroll(full)
            for (size_t r = 0; r < 4; r++)
                sums[r][half] = fused(v, load_typed(weights, type, (row + r) * width + at, LANES),
                                      sums[r][half]);
        }
    for (; i < width; i += LANES) {
        size_t n = width - i < LANES ? width - i : LANES;
        for (size_t r = 0; r < 4; r++)
            sums[r][0] = fused(load(x + i, n), load_typed(weights, type, (row + r) * width + i, n),
                               sums[r][0]);
    }
    for (size_t r = 0; r < 4; r++) out[row + r] = sum_of(sums[r][0] + sums[r][1]);
}

static inline __attribute__((always_inline)) void dot_rows_typed(
    const float *x, size_t width, const void *weights, const cc_type type, size_t rows,
    float *out) {
    size_t row = 0;
    for (; row + 4 <= rows; row += 4) dot_four(x, width, weights, type, row, out);
    for (; row < rows; row++) {
        vec sum = {0};
        FOR_VECTORS(width, sum = fused(load(x + i, n),
                                       load_typed(weights, type, row * width + i, n), sum);)
        out[row] = sum_of(sum);
    }
}

static void dot_rows(const float *x, size_t width, const void *weights, cc_type type, size_t rows,
                     float *out) {
    switch (type) {
    case CC_F32: dot_rows_typed(x, width, weights, CC_F32, rows, out); break;
    case CC_F16: dot_rows_typed(x, width, weights, CC_F16, rows, out); break;
    case CC_BF16: dot_rows_typed(x, width, weights, CC_BF16, rows, out); break;
    }
}

// Numbers [i, i + count) of the width of 16 keys, each into sums of its own.
static inline __attribute__((always_inline)) void add_scores(
    const float *q, const void *keys, const cc_type type, size_t i, const size_t count,
    vec sums[PANEL_VECTORS][2]) {
#pragma clang loop unroll(full)
    for (size_t k = 0; k < count; k++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < PANEL_VECTORS; v++)
            sums[v][k] = fused(splat(q[i + k]),
                               load_typed(keys, type, (i + k) * CC_PANEL + v * LANES, LANES),
                               sums[v][k]);
}

static inline __attribute__((always_inline)) void scores_typed(
    const float *q, size_t width, const char *keys, const cc_type type, size_t blocks,
    float scale, float *scores) {
    size_t block_bytes = CC_PANEL * width * (type == CC_F32 ? 4 : 2);
    for (size_t block = 0; block < blocks; block++, keys += block_bytes) {
        vec sums[PANEL_VECTORS][2] = {0};
        size_t i = 0;
        for (; i + 2 <= width; i += 2) add_scores(q, keys, type, i, 2, sums);
        if (i < width) add_scores(q, keys, type, i, 1, sums);
        for (size_t v = 0; v < PANEL_VECTORS; v++)
            store(scores + block * CC_PANEL + v * LANES, (sums[v][0] + sums[v][1]) * splat(scale),
                  LANES);
    }
}

static void cached_scores(const float *q, size_t width, const void *keys, cc_type type,
                          size_t blocks, float scale, float *scores) {
    if (type == CC_F16) scores_typed(q, width, keys, CC_F16, blocks, scale, scores);
    else scores_typed(q, width, keys, CC_F32, blocks, scale, scores);
}

static inline __attribute__((always_inline)) void mixture_typed(
    const float *weights, size_t count, const void *values, const cc_type type, size_t width,
    float *out) {
    size_t column = 0;
    for (; column + 4 * LANES <= width; column += 4 * LANES) {
        vec sums[4] = {0};
        for (size_t t = 0; t < count; t++)
#pragma clang loop unroll(full)
            for (size_t v = 0; v < 4; v++)
                sums[v] = fused(splat(weights[t]),
                                load_typed(values, type, t * width + column + v * LANES, LANES),
                                sums[v]);
        for (size_t v = 0; v < 4; v++) store(out + column + v * LANES, sums[v], LANES);
    }
    for (; column < width; column += LANES) {
        size_t n = width - column < LANES ? width - column : LANES;
        vec sum = {0};
        for (size_t t = 0; t < count; t++)
            sum = fused(splat(weights[t]), load_typed(values, type, t * width + column, n), sum);
        store(out + column, sum, n);
    }
}

static void cached_mixture(const float *weights, size_t count, const void *values, cc_type type,
                           size_t width, float *out) {
    if (type == CC_F16) mixture_typed(weights, count, values, CC_F16, width, out);
    else mixture_typed(weights, count, values, CC_F32, width, out);
}

// MARK: Keys and values in 8 bits

// Bytes that are fetched ahead, on Zen 3 as good as 1536 and 3072: 0.85 of the time without.
enum { FETCH_KEPT = 2048 };

#ifndef PAIR_PRODUCTS  // a level that has an instruction for it brings its own
// x[0] * pairs[2 c] + x[1] * pairs[2 c + 1] for LANES pairs.
static inline ints pair_products(const int16_t *x, const int8_t *pairs) {
    int16_t shorts_of __attribute__((vector_size(LANES * 2)));
    memcpy(&shorts_of, pairs, sizeof shorts_of);
    ints both = __builtin_convertvector(shorts_of, ints);
    return (both << 24 >> 24) * x[0] + (both >> 8) * x[1];
}
#endif

static void scores_int8(const int16_t *q, size_t width, const char *keys, size_t blocks,
                        float step, float *scores) {
    size_t pairs = (width + 1) / 2;
    for (size_t block = 0; block < blocks; block++) {
        const float *floats = (const float *)keys;
        const int8_t *integers = (const int8_t *)(floats + CC_PANEL);
        ints sums[PANEL_VECTORS] = {0};
        for (size_t p = 0; p < pairs; p++) {
            __builtin_prefetch(integers + 2 * p * CC_PANEL + FETCH_KEPT);
#pragma clang loop unroll(full)
            for (size_t v = 0; v < PANEL_VECTORS; v++)
                sums[v] += pair_products(q + 2 * p, integers + 2 * (p * CC_PANEL + v * LANES));
        }
        for (size_t v = 0; v < PANEL_VECTORS; v++)
            store(scores + block * CC_PANEL + v * LANES,
                  __builtin_convertvector(sums[v], vec) * load(floats + v * LANES, LANES)
                      * splat(step), LANES);
        keys = (const char *)integers + 2 * pairs * CC_PANEL;
    }
}

// `columns` columns, a multiple of LANES, as far as the registers hold their sums.
static inline __attribute__((always_inline)) void mix_columns(
    const int16_t *weights, size_t blocks, const int8_t *integers, size_t row_bytes,
    const size_t columns, float step, float *out) {
    ints sums[64 / LANES] = {0};
    for (size_t block = 0; block < blocks; block++, integers += CC_PANEL * sizeof(float))
        for (size_t pair = 0; pair < CC_PANEL / 2; pair++, weights += 2, integers += row_bytes) {
            for (size_t line = 0; line < 2 * columns; line += 64)
                __builtin_prefetch(integers + FETCH_KEPT + line);
#pragma clang loop unroll(full)
            for (size_t v = 0; v < columns / LANES; v++)
                sums[v] += pair_products(weights, integers + 2 * v * LANES);
        }
    for (size_t v = 0; v < columns / LANES; v++)
        store(out + v * LANES, __builtin_convertvector(sums[v], vec) * splat(step), LANES);
}

static void mixture_int8(const int16_t *weights, size_t blocks, const char *values, size_t width,
                         float step, float *out) {
    const int8_t *integers = (const int8_t *)values + CC_PANEL * sizeof(float);
    size_t row_bytes = 2 * cc_rounded_up(width, 2), column = 0;
    for (; column + 64 <= width; column += 64)
        mix_columns(weights, blocks, integers + 2 * column, row_bytes, 64, step, out + column);
    for (; column + LANES <= width; column += LANES)
        mix_columns(weights, blocks, integers + 2 * column, row_bytes, LANES, step, out + column);
    for (; column < width; column++) {
        const int8_t *at = integers + 2 * column;
        int32_t sum = 0;
        for (size_t t = 0; t < blocks * CC_PANEL; t++)
            sum += weights[t]
                * at[t / CC_PANEL * (CC_PANEL * sizeof(float)) + t / 2 * row_bytes + t % 2];
        out[column] = (float)sum * step;
    }
}

// What every level that includes this file shares; the 8-bit products are its own.
#define VECTOR_FUNCTIONS                                                                       \
    .tile_f32 = tile_f32, .tile_int8 = tile_int8, .row_int8 = row_int8, .row_int4 = row_int4,  \
    .dot_rows = dot_rows, .to_float = to_float, .to_f16 = to_f16, .layer_norm_row = layer_norm_row,                  \
    .activate = activate, .finish_rows = finish_rows, .exp_row = exp_row, .largest = largest,    \
    .sum_exp = sum_exp, .largest_magnitude = largest_magnitude, .range = range,                \
    .all_finite = all_finite, .largest_bits = largest_bits,                                    \
    .quantize_weights = quantize_weights,                                                      \
    .quantize = quantize,                                                                      \
    .to_int16 = to_int16, .cached_scores = cached_scores, .cached_mixture = cached_mixture,    \
    .scores_int8 = scores_int8, .mixture_int8 = mixture_int8
