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

static inline __attribute__((always_inline)) vec load_kept(const char *from, const cc_kept kept,
                                                           size_t offset, size_t n) {
    if (kept != CC_KEPT_INT8)
        return load_typed(from, kept == CC_KEPT_F16 ? CC_F16 : CC_F32, offset, n);
    signed_bytes integers = {0};
    if (n == LANES) memcpy(&integers, from + offset, sizeof integers);
    else memcpy(&integers, from + offset, n);
    return __builtin_convertvector(__builtin_convertvector(integers, ints), vec);
}

// Numbers [i, i + count) of the width of 16 keys, each into sums of its own.
static inline __attribute__((always_inline)) void add_scores(
    const float *q, const char *keys, const cc_kept kept, size_t i, const size_t count,
    vec sums[PANEL_VECTORS][2]) {
#pragma clang loop unroll(full)
    for (size_t k = 0; k < count; k++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < PANEL_VECTORS; v++)
            sums[v][k] = fused(splat(q[i + k]),
                               load_kept(keys, kept, (i + k) * CC_PANEL + v * LANES, LANES),
                               sums[v][k]);
}

static inline __attribute__((always_inline)) void scores_kept(
    const float *q, size_t width, const char *keys, const cc_kept kept, size_t blocks,
    float scale, float *scores) {
    size_t before = CC_PANEL * cc_kept_scale_bytes(kept);
    size_t block_bytes = before + CC_PANEL * cc_kept_bytes(kept, width);
    for (size_t block = 0; block < blocks; block++, keys += block_bytes) {
        vec sums[PANEL_VECTORS][2] = {0};
        size_t i = 0;
        for (; i + 2 <= width; i += 2) add_scores(q, keys + before, kept, i, 2, sums);
        if (i < width) add_scores(q, keys + before, kept, i, 1, sums);
        for (size_t v = 0; v < PANEL_VECTORS; v++) {
            vec sum = (sums[v][0] + sums[v][1]) * splat(scale);
            if (kept == CC_KEPT_INT8) sum *= load((const float *)keys + v * LANES, LANES);
            store(scores + block * CC_PANEL + v * LANES, sum, LANES);
        }
    }
}

static void cached_scores(const float *q, size_t width, const void *keys, cc_kept kept,
                          size_t blocks, float scale, float *scores) {
    switch (kept) {
    case CC_KEPT_F32: scores_kept(q, width, keys, CC_KEPT_F32, blocks, scale, scores); break;
    case CC_KEPT_F16: scores_kept(q, width, keys, CC_KEPT_F16, blocks, scale, scores); break;
    case CC_KEPT_INT8: scores_kept(q, width, keys, CC_KEPT_INT8, blocks, scale, scores); break;
    }
}

// The weight of a value, and in 8 bits its scale.
static inline __attribute__((always_inline)) vec weight_kept(float weight, const char *value,
                                                             const cc_kept kept) {
    if (kept != CC_KEPT_INT8) return splat(weight);
    float scale;
    memcpy(&scale, value, sizeof scale);
    return splat(weight * scale);
}

static inline __attribute__((always_inline)) void mixture_kept(
    const float *weights, size_t count, const char *values, const cc_kept kept, size_t width,
    float *out) {
    size_t before = cc_kept_scale_bytes(kept), stride = before + cc_kept_bytes(kept, width);
    size_t column = 0;
    for (; column + 4 * LANES <= width; column += 4 * LANES) {
        vec sums[4] = {0};
        for (size_t t = 0; t < count; t++) {
            const char *value = values + t * stride;
            vec weight = weight_kept(weights[t], value, kept);
#pragma clang loop unroll(full)
            for (size_t v = 0; v < 4; v++)
                sums[v] = fused(
                    weight, load_kept(value + before, kept, column + v * LANES, LANES), sums[v]);
        }
        for (size_t v = 0; v < 4; v++) store(out + column + v * LANES, sums[v], LANES);
    }
    for (; column < width; column += LANES) {
        size_t n = width - column < LANES ? width - column : LANES;
        vec sum = {0};
        for (size_t t = 0; t < count; t++) {
            const char *value = values + t * stride;
            sum = fused(weight_kept(weights[t], value, kept),
                        load_kept(value + before, kept, column, n), sum);
        }
        store(out + column, sum, n);
    }
}

static void cached_mixture(const float *weights, size_t count, const void *values, cc_kept kept,
                           size_t width, float *out) {
    switch (kept) {
    case CC_KEPT_F32: mixture_kept(weights, count, values, CC_KEPT_F32, width, out); break;
    case CC_KEPT_F16: mixture_kept(weights, count, values, CC_KEPT_F16, width, out); break;
    case CC_KEPT_INT8: mixture_kept(weights, count, values, CC_KEPT_INT8, width, out); break;
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
    .cached_scores = cached_scores, .cached_mixture = cached_mixture
