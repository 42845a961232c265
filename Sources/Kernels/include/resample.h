#pragma once
#include <stddef.h>
#include <stdint.h>

// Resampling of RGB bytes with fixed-point weights, as Pillow does it, and the way from bytes to planes of
// f32. Nothing here allocates; no pointer may alias another; any size may be 0.

/// Bits after the point of a weight: 8 bits of pixel and 2 of overshoot leave these of 32.
#define CC_RESAMPLE_BITS 22

/// Each pixel of an output row is a weighted sum of neighbours in the input row.
///
/// in       [rows, in_width, 3]
/// out      [rows, out_width, 3]
/// first    [out_width]: the first input pixel of each sum
/// count    [out_width]: how many pixels it has; first + count <= in_width
/// weights  [out_width, weight_stride], count <= weight_stride
/// scratch  3 * in_width + 1 bytes
void cc_resample_rows(const uint8_t *in, size_t rows, size_t in_width, uint8_t *out, size_t out_width,
                      const int32_t *first, const int32_t *count, const int32_t *weights,
                      size_t weight_stride, uint8_t *scratch);

/// Each output row is a weighted sum of input rows.
///
/// in       [in_height, row_bytes]
/// out      [out_height, row_bytes]
/// first, count, weights: as above, over rows
/// scratch  row_bytes sums
void cc_resample_columns(const uint8_t *in, size_t row_bytes, uint8_t *out, size_t out_height,
                         const int32_t *first, const int32_t *count, const int32_t *weights,
                         size_t weight_stride, int32_t *scratch);

/// Copies the pixel that each output pixel names.
///
/// in       [in_height, in_width, 3]
/// out      [out_height, out_width, 3]
/// columns  [out_width], each below in_width
/// rows     [out_height], each below in_height
void cc_pick_pixels(const uint8_t *in, size_t in_width, uint8_t *out, size_t out_width,
                    size_t out_height, const int32_t *columns, const int32_t *rows);

/// Looks every byte up in the table of its channel.
///
/// in       [pixels, 3]
/// tables   [3, 256]
/// out      [3, pixels]
void cc_planes(const uint8_t *in, size_t pixels, const float *tables, float *out);
