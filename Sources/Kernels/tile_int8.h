// A tile of 8-bit products for the levels whose registers hold SMALL_ROWS rows of one panel: these
// bring small_tile_int8, which multiplies as many rows or one.
#include "levels.h"

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
