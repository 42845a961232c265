// What attention in 16-bit integers does to rows beside its products, written once for every vector
// width; see vector_rows.h. Only the levels that have tile_int16 include it, behind to_int16 and
// `rounded`.
#include "levels.h"

// MARK: To integers

static inline ints magnitudes(vec v) { return (ints)v & 0x7FFFFFFF; }

static void rows_to_int16(const float *x, size_t stride, size_t rows, size_t count, float limit,
                          int16_t *out, float *inverses) {
    // The bits of magnitudes are in the magnitudes' order.
    int32_t most[CC_PANEL] = {0};
    float factors[CC_PANEL];
    for (size_t r = 0; r < rows; r++) {
        ints top = {0};
        FOR_VECTORS(count, {
            ints bits = magnitudes(load(x + r * stride + i, n));
            top = __builtin_elementwise_max(top, bits);
        })
        most[r] = __builtin_reduce_max(top);
    }
    for (size_t r = 0; r < CC_PANEL; r += LANES) {
        vec largest, zero = {0};
        memcpy(&largest, most + r, sizeof largest);
        vec factor = splat(limit) / largest;
        factor = chosen((largest > zero) & (factor <= splat(3e38f)), factor, zero);
        store(factors + r, factor, LANES);
        store(inverses + r, chosen(factor > zero, splat(1) / factor, zero), LANES);
    }
    for (size_t r = 0; r < rows; r++)
        to_int16(x + r * stride, count, factors[r], out + r * CC_SHORTS);
}

static inline __attribute__((always_inline)) void column_magnitudes_of(
    const float *x, size_t stride, size_t rows, const size_t vectors, size_t count, float *most) {
    ints tops[4] = {0};
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++) {
            ints bits = magnitudes(load(x + r * stride + v * LANES,
                                        cc_least(count - v * LANES, LANES)));
            tops[v] = __builtin_elementwise_max(tops[v], bits);
        }
    for (size_t v = 0; v < vectors; v++)
        store(most + v * LANES, (vec)tops[v], cc_least(count - v * LANES, LANES));
}

static void column_magnitudes(const float *x, size_t stride, size_t rows, size_t count,
                              float *most) {
    size_t c = 0;
    for (; c + 4 * LANES <= count; c += 4 * LANES)
        column_magnitudes_of(x + c, stride, rows, 4, 4 * LANES, most + c);
    for (; c < count; c += LANES)
        column_magnitudes_of(x + c, stride, rows, 1, cc_least(count - c, LANES), most + c);
}

static void pair_rows_int16(const float *even, const float *odd, size_t count,
                            const float *factors, size_t panel, int16_t *out) {
    for (size_t c = 0; c < cc_rounded_up(count, CC_PAIR); c += CC_PANEL, out += panel)
        for (size_t i = 0; i < CC_PANEL; i += LANES) {
            size_t n = c + i < count ? cc_least(count - c - i, LANES) : 0;
            vec factor = load(factors + c + i, n);
            ints low = even ? rounded(load(even + c + i, n) * factor) : (ints){0};
            ints high = odd ? rounded(load(odd + c + i, n) * factor) : (ints){0};
            ints pairs = (low & 0xFFFF) | (high << 16);
            memcpy(out + 2 * i, &pairs, sizeof pairs);
        }
}

// MARK: Products

static inline const float *from_row(const float *numbers, size_t row) {
    return numbers ? numbers + row : NULL;
}

// tile_int16 for arguments some of which the compiler knows to be NULL; a level brings it.
static inline __attribute__((always_inline)) void tile_int16_with(
    size_t rows, size_t inner, const int16_t *a, const float *row_scales, const int16_t *panels,
    const float *column_scales, const float *keep, float *out);

static void tile_int16(size_t rows, size_t inner, const int16_t *a, const float *row_scales,
                       const int16_t *panels, const float *column_scales, const float *keep,
                       float *out) {
    if (!row_scales) tile_int16_with(rows, inner, a, NULL, panels, column_scales, NULL, out);
    else if (!keep) tile_int16_with(rows, inner, a, row_scales, panels, column_scales, NULL, out);
    else tile_int16_with(rows, inner, a, row_scales, panels, column_scales, keep, out);
}

// MARK: Weights

// A row's `most` becomes the largest of its scores, which `keep` holds, times the row's scale, if
// that is larger; `keep` becomes 2 to the power of how much it rose, negated, and `sums` is
// multiplied with that. CC_PANEL of each, which few rows do not fill.
static inline void raise_rows(const float *scales, float *most, float *keep, float *sums) {
    for (size_t r = 0; r < CC_PANEL; r += LANES) {
        vec before = load(most + r, LANES);
        vec after = larger(before, load(keep + r, LANES) * load(scales + r, LANES));
        vec kept = exponential((before - after) * splat(0.693147181f));
        store(most + r, after, LANES);
        store(keep + r, kept, LANES);
        store(sums + r, load(sums + r, LANES) * kept, LANES);
    }
}

#define INT16_FUNCTIONS                                                                        \
    .tile_int16 = tile_int16, .rows_to_int16 = rows_to_int16,                                  \
    .column_magnitudes = column_magnitudes, .pair_rows_int16 = pair_rows_int16,                \
    .power_rows_int16 = power_rows_int16, .packed_lanes = LANES
