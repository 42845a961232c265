// The functions that differ by instruction set. Private to this target.
//
// A tile function multiplies up to CC_TILE_ROWS rows by 32 columns, which lie in two panels of 16
// columns. Panels hold for each step of the inner dimension the values of their 16 columns:
//   f32   [inner][16]
//   int16 [inner / 2][16][2]
//   int8  [inner / 4][16][4]
#pragma once

#include "kernels.h"

#include <stdatomic.h>

// Rows of 16-bit integers that are multiplied lie CC_SHORTS apart, and what comes of them as many
// floats: a stride that the compiler knows needs no additions between those of the product. That
// alone took 0.9 of the time (Zen 3).
enum { CC_PANEL = 16, CC_PAIR = 32, CC_TILE_ROWS = 12, CC_SHORTS = 128 };

// Where number i lies once vectors of that many lanes are packed into half as many, four lanes of
// the one and four of the other in turn.
static inline size_t cc_shorts_place(size_t i, size_t lanes) {
    size_t pair = i / (2 * lanes), vector = i / lanes % 2, four = i % lanes / 4;
    return pair * 2 * lanes + four * 8 + vector * 4 + i % 4;
}

typedef struct {
    // Where the 8-bit products below would overflow on large weights: the largest sum of weights of
    // one sign that may meet, and what measures it in a row before it is packed. Else 0 and NULL.
    int four_limit;
    float (*largest_four)(const float *x, size_t count);

    // out[r * out_stride + c] = sum over i of a[r * a_stride + i] * panel(c / 16)[i][c % 16];
    // rows <= CC_TILE_ROWS; the second panel begins inner * 16 floats after the first.
    void (*tile_f32)(size_t rows, size_t inner, const float *a, size_t a_stride,
                     const float *panels, float *out, size_t out_stride);
    // out = keep[r] * out + sum * row_scales[r] * column_scales[c] from 16-bit integers; inner is
    // even. Without row scales out = sum * column_scales[c], and what it held is not read, nor is
    // it without `keep`. Sums must fit in 32 bits. Rows of `a` and of `out` lie CC_SHORTS apart.
    // NULL where there is none.
    void (*tile_int16)(size_t rows, size_t inner, const int16_t *a, const float *row_scales,
                       const int16_t *panels, const float *column_scales, const float *keep,
                       float *out);
    // out = round(x * factor), ties to even, cut to 16 bits.
    void (*to_int16)(const float *x, size_t count, float factor, int16_t *out);
    // The same of up to CC_PANEL rows, each with the factor that makes its largest magnitude
    // `limit`; inverses[r] = 1 / factor, and 0 where a row is too small for one. Rows of out lie
    // CC_SHORTS apart.
    void (*rows_to_int16)(const float *x, size_t stride, size_t rows, size_t count, float limit,
                          int16_t *out, float *inverses);
    // most[i] = the largest magnitude in column i.
    void (*column_magnitudes)(const float *x, size_t stride, size_t rows, size_t count,
                              float *most);
    // Two rows to 16 bits, each column with its factor, as pairs: of each 16 columns the panel's
    // line [16][2], which lie `panel` apart; filled up with zeros to whole pairs of panels. Either
    // row may be NULL: zeros.
    void (*pair_rows_int16)(const float *even, const float *odd, size_t count,
                            const float *factors, size_t panel, int16_t *out);
    // For each of `rows` rows of `count` numbers, a multiple of CC_PAIR, y = x * scales[r]: raises
    // most[r] to the largest; keep[r] = 2^(most[r] before - after); out = 2^14 * 2^(y - most[r])
    // within 4.7, sums[r] = sums[r] * keep[r] + their sum. Number i is that of cc_shorts_place.
    // Rows of both lie CC_SHORTS apart; the other four have room for CC_PANEL rows. NULL with
    // tile_int16.
    void (*power_rows_int16)(const float *x, size_t rows, size_t count, const float *scales,
                             float *most, float *keep, float *sums, int16_t *out);
    // Lanes of the vectors that are packed into one by power_rows_int16.
    size_t packed_lanes;
    // out = (sum - zero[r] * sums[c]) * scale[r] * scales[c]; inner is a multiple of 4. Weights at
    // `next` may be asked for meanwhile, a quarter of 32 columns.
    void (*tile_int8)(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const int8_t *next,
                      const float *scales, const int32_t *sums, float *out, size_t out_stride);
    // A number of rows that tile_int8 multiplies as fast, each, as CC_TILE_ROWS of them, which are
    // a multiple of it.
    size_t least_rows;
    // out = activation(the same + bias) + residual, whose rows lie like those of out; bias and
    // residual may be NULL. For CC_IDENTITY, and for CC_GELU_NEAR without residual. NULL where
    // finish_rows is to do that.
    void (*finished_tile_int8)(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                               const cc_row_step *steps, const int8_t *panels,
                               const int8_t *next, const float *scales, const int32_t *sums,
                               const float *bias, cc_activation activation, const float *residual,
                               float *out, size_t out_stride);
    // One row against `blocks` groups of 4 panels (64 columns each).
    void (*row_int8)(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out);
    // One row against `panels` panels of 4-bit weights: out[c] = sum over groups g of
    // steps[g] * scale(g, c) * (sum of x * nibble - 8 * sums[g]), where sums[g] is that of x.
    void (*row_int4)(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out);

    // out[j] = dot(x, weights row j) for `rows` rows of `width` elements of `type`.
    void (*dot_rows)(const float *x, size_t width, const void *weights, cc_type type, size_t rows,
                     float *out);
    bool (*all_finite)(const float *x, size_t count);
    void (*to_float)(const void *source, cc_type type, size_t count, float *out);
    void (*to_f16)(const float *x, size_t count, void *out);

    void (*layer_norm_row)(const float *x, size_t width, const float *scale, const float *shift,
                           float epsilon, float *out);
    void (*activate)(const float *x, size_t count, cc_activation activation, float *out);
    // out = activation(x + bias) + residual for `rows` rows of `count` columns; bias and residual,
    // whose rows lie like those of out, may be NULL. In place allowed.
    void (*finish_rows)(const float *x, size_t x_stride, size_t rows, size_t count,
                        const float *bias, cc_activation activation, const float *residual,
                        float *out, size_t out_stride);
    // x = exp(x - the largest), returns the sum; in place.
    float (*exp_row)(float *x, size_t count);
    float (*largest)(const float *x, size_t count);
    // Sum of exp(x - shift).
    float (*sum_exp)(const float *x, size_t count, float shift);
    float (*largest_magnitude)(const float *x, size_t count);
    // The bits of the largest magnitude; those of an infinity or NaN are above all numbers'.
    uint32_t (*largest_bits)(const float *x, size_t count);
    // Widens [*least, *most] to hold every element; NaN is passed over.
    void (*range)(const float *x, size_t count, float *least, float *most);
    // out = zero + round(x * factor), ties to even, cut to 0...255.
    void (*quantize)(const float *x, size_t count, float factor, int zero, uint8_t *out);
    // out = round(x * factor), ties to even, at most 127 either way; returns the sum.
    int32_t (*quantize_weights)(const float *x, size_t count, float factor, int8_t *out);

    // scores[16 * blocks] = scale * q . keys, from `blocks` blocks [width][16]; see cc_cache_shape.
    void (*cached_scores)(const float *q, size_t width, const void *keys, cc_type type,
                          size_t blocks, float scale, float *scores);
    // out[width] = sum over t of weights[t] * values[t][width].
    void (*cached_mixture)(const float *weights, size_t count, const void *values, cc_type type,
                           size_t width, float *out);
    // The same from keys and values of CC_KEPT_INT8. q and weights are padded with zeros, weights hold
    // the values' floats already, and sums of products fit in 32 bits:
    // scores = step * floats * q . keys; out = step * sum of weights[t] * integers[t].
    void (*scores_int8)(const int16_t *q, size_t width, const char *keys, size_t blocks,
                        float step, float *scores);
    void (*mixture_int8)(const int16_t *weights, size_t blocks, const char *values, size_t width,
                         float step, float *out);
} cc_level_table;

// NULL where this build has no such code.
extern const cc_level_table cc_scalar_table;
#if defined(__x86_64__)
extern const cc_level_table cc_avx2_table, cc_avxvnni_table, cc_avx512_table;
#elif defined(__aarch64__)
extern const cc_level_table cc_neon_table;
#endif

// What follows a product: out = activation(product + bias) + residual; bias, residual may be NULL.
typedef struct {
    const float *bias;
    cc_activation activation;
    const float *residual;
    float *out;
} cc_finish;

// Columns `column` to `column + count` of `rows` rows of the product, which lie CC_PAIR apart.
static inline void cc_finish_columns(const cc_level_table *level, const cc_finish *finish,
                                     const float *product, size_t row, size_t rows, size_t column,
                                     size_t count, size_t out_width) {
    size_t at = row * out_width + column;
    level->finish_rows(product, CC_PAIR, rows, count, finish->bias ? finish->bias + column : NULL,
                       finish->activation, finish->residual ? finish->residual + at : NULL,
                       finish->out + at, out_width);
}

// Asks for what cc_finish_columns of a tile will read and write, so that it comes while the tile is
// computed. Addresses behind the last column do no harm.
static inline void cc_fetch_finish(const cc_finish *finish, size_t row, size_t rows, size_t column,
                                   size_t out_width) {
    for (size_t at = row * out_width + column; rows; rows--, at += out_width) {
        __builtin_prefetch(finish->out + at, 1);
        __builtin_prefetch(finish->out + at + CC_PANEL, 1);
        if (!finish->residual) continue;
        __builtin_prefetch(finish->residual + at);
        __builtin_prefetch(finish->residual + at + CC_PANEL);
    }
}

// The table in use.
const cc_level_table *cc_table(void);

static inline size_t cc_least(size_t a, size_t b) { return a < b ? a : b; }

static inline size_t cc_rounded_up(size_t value, size_t step) {
    return (value + step - 1) / step * step;
}

// The first address at which a vector of any level lies in one line of the cache. A scratch is
// CC_LINE longer than what it is to hold.
enum { CC_LINE = 64 };
static inline char *cc_line(void *scratch) {
    return (char *)cc_rounded_up((uintptr_t)scratch, CC_LINE);
}

// MARK: Rounding to integers

// What makes the largest magnitude `limit`; 0 for a row of zeros or one too small to divide by.
static inline float cc_factor_for(float largest, float limit) {
    float factor = limit / largest;
    return largest > 0 && factor <= 3e38f ? factor : 0;
}

static inline float cc_inverse(float factor) { return factor > 0 ? 1 / factor : 0; }

// MARK: cache.c

// Bytes of a head's part of a key or value, on average over 16 of them.
static inline size_t cc_kept_bytes(cc_kept kept, size_t width) {
    return kept == CC_KEPT_INT8 ? sizeof(float) + cc_rounded_up(width, 2)
                                : width * (kept == CC_KEPT_F16 ? 2 : 4);
}

// scores[16 * blocks] = scale * q . keys, of a head's first keys.
void cc_kept_scores(const cc_level_table *level, cc_kept kept, const float *q, size_t width,
                    const char *keys, size_t blocks, float scale, float *scores);

// MARK: attention_int16.c

// Heads of this width or less; wider ones take floats.
enum { CC_MOST_INT16_WIDTH = CC_SHORTS };

// cc_attention where the level has tile_int16; the panels and scales take half of cc_attention's.
void cc_attention_int16(const cc_level_table *level, cc_attention_shape shape, const float *q,
                        const float *k, const float *v, float *out, void *scratch, size_t parts);

// MARK: Sharing work

enum { CC_MOST_THREADS = 64 };

// Part `part` of `parts` of `count` things, in whole blocks of `block`: [*first, *end).
static inline void cc_share(size_t count, size_t block, size_t part, size_t parts, size_t *first,
                            size_t *end) {
    size_t blocks = (count + block - 1) / block;
    *first = blocks * part / parts * block;
    *end = blocks * (part + 1) / parts * block;
    if (*first > count) *first = count;
    if (*end > count) *end = count;
}

// Blocks of CC_TILE_ROWS rows, the last of which may be smaller.
static inline size_t cc_row_blocks(size_t rows) { return (rows + CC_TILE_ROWS - 1) / CC_TILE_ROWS; }

// Work that the threads take turn by turn, as each is ready: where another program takes a core
// for a while, or cores differ in speed, nobody waits for a half that was given out beforehand.
// Each thread begins with a share that is always the same, since what it wrote lies in the caches
// next to it; once that is done, it takes of the others'.
typedef struct {
    size_t shares, step;
    // How many are taken at a time towards the end of a share, so that all threads end together;
    // `step` is a multiple of it.
    size_t last_step;
    struct {
        _Alignas(64) atomic_size_t next;
        size_t end;
    } of[CC_MOST_THREADS];
} cc_turns;

// `count` things in shares of whole blocks.
static inline void cc_begin_turns(cc_turns *turns, size_t count, size_t block, size_t step,
                                  size_t last_step) {
    turns->shares = cc_threads();
    turns->step = step;
    turns->last_step = last_step;
    for (size_t share = 0; share < turns->shares; share++) {
        size_t first;
        cc_share(count, block, share, turns->shares, &first, &turns->of[share].end);
        atomic_init(&turns->of[share].next, first);
    }
}

// The next things of a share that nobody has taken; false where none is.
static inline bool cc_take_of(cc_turns *turns, size_t share, size_t *first, size_t *end) {
    atomic_size_t *place = &turns->of[share].next;
    size_t next = atomic_load_explicit(place, memory_order_relaxed), step;
    do {
        if (next >= turns->of[share].end) return false;
        bool is_late = turns->of[share].end - next <= turns->step;
        step = is_late ? turns->last_step : turns->step;
    } while (!atomic_compare_exchange_weak_explicit(place, &next, next + step, memory_order_relaxed,
                                                    memory_order_relaxed));
    *first = next;
    *end = cc_least(next + step, turns->of[share].end);
    return true;
}

// The next things for thread `part`.
static inline bool cc_take(cc_turns *turns, size_t part, size_t *first, size_t *end) {
    for (size_t i = 0; i < turns->shares; i++)
        if (cc_take_of(turns, (part + i) % turns->shares, first, end)) return true;
    return false;
}
