// A weight matrix in 8 bits, as kernels.h lays it out. Private to this target.
#pragma once

#include "levels.h"

enum { CC_OUTPUT_STEP = 4 * CC_PANEL };

// Where the parts of a packed matrix lie.
typedef struct {
    size_t out_width, in_width;
    size_t outputs, inner;  // padded
    int8_t *panels;
    float *scales;
    int32_t *sums;
} cc_packed_matrix;

static inline cc_packed_matrix cc_open_packed(const void *packed, size_t out_width,
                                              size_t in_width) {
    cc_packed_matrix m = {out_width, in_width, cc_rounded_up(out_width, CC_OUTPUT_STEP),
                          cc_rounded_up(in_width, 4), NULL, NULL, NULL};
    m.panels = (int8_t *)cc_rounded_up((uintptr_t)packed, 64);
    m.scales = (float *)(m.panels + m.outputs * m.inner);
    m.sums = (int32_t *)(m.scales + m.outputs);
    return m;
}

// Columns whose weights take so many bytes, in whole pairs of panels.
static inline size_t cc_block_columns(const cc_packed_matrix *w, size_t bytes) {
    size_t columns = bytes / (w->inner ? w->inner : 1) / CC_PAIR * CC_PAIR;
    return columns > CC_PAIR ? columns : CC_PAIR;
}

// The activation of an 8-bit product, which is off by a thousandth itself.
static inline cc_activation cc_near(cc_activation activation) {
    return activation == CC_GELU_EXACT ? CC_GELU_NEAR : activation;
}

// MARK: linear_int8.c

// One row of `width` floats into 8 bits, padded to a multiple of 4 with its zero.
void cc_quantize_row(const cc_level_table *level, const float *x, size_t width, uint8_t *out,
                     cc_row_step *step);

// Rows [row, row_end) of `a`, which are w->inner bytes long, times columns [column, column_end).
// `next`: weights that will be wanted next, a quarter of 32 columns for each tile; or NULL.
void cc_multiply_int8(const cc_level_table *level, const cc_packed_matrix *w, const uint8_t *a,
                      const cc_row_step *steps, size_t row, size_t row_end, size_t column,
                      size_t column_end, const int8_t *next, const cc_finish *finish);
