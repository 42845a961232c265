// When the words of a text were said, from what a decoder's attention looked at.
//
// Matrices are [rows, stride] floats of which the first `columns` of a row count: a row for each
// token, a column for each position of the sound. Every function is total for size 0.
#pragma once

#include "kernels.h"

// out = softmax(scale q k') of one head, row by row: as cc_cached_attention before the values.
// q is [rows, heads * head_width]; `columns` positions of the cache are seen.
// `stride` is a multiple of 16 and at least `columns`.
void cc_head_probabilities(cc_cache_shape shape, const void *keys, size_t head, const float *q,
                           size_t rows, size_t columns, float scale, size_t stride, float *out);

// Each column to mean 0 and variance 1 (biased); a column of equal numbers, or one that holds an
// infinity or NaN, becomes 0. In place.
void cc_standardize_columns(float *x, size_t rows, size_t columns, size_t stride);

// sum [rows, columns] += each number's median with the three before and the three after it in its
// row, which is mirrored at its ends; rows of up to 3 numbers are added as they are.
void cc_add_medians(const float *x, size_t rows, size_t columns, size_t stride, float *sum);

// What a step of the cheapest path came from.
enum { CC_STEP_BOTH, CC_STEP_ROW, CC_STEP_COLUMN };

// The steps to every cell [rows, columns] of the cheapest path from the first, where a step goes to
// the next row, the next column or both. `sums` are columns + 1 floats to work in.
void cc_cheapest_steps(const float *costs, size_t rows, size_t columns, uint8_t *steps,
                       float *sums);
