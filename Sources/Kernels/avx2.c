// AVX2 with FMA and F16C: 8 floats or 32 products of bytes at a time.
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define LANES 8
#define TILE_ROWS 6
#define TILE_COLUMNS 16
#include "vector_rows.h"
#include "vector_products.h"

// Two sums of four products each of the row's bytes and a panel's bytes: 8 columns.
//
// `vpmaddubsw` wants one unsigned factor and saturates at 16 bits. So the row gives its magnitude
// and the panel takes the row's sign: 127 * 127 * 2 fits.
static inline __m256i products_of(__m256i sums, __m256i x, const int8_t *panel) {
    __m256i w = _mm256_sign_epi8(_mm256_loadu_si256((const __m256i_u *)panel), x);
    __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(x), w);
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

// The rows' bytes have their zero at 128; flipping the top bit makes them signed.
static inline __m256i four_signed_bytes_everywhere(const uint8_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return _mm256_xor_si256(_mm256_set1_epi32(word), _mm256_set1_epi8(-128));
}

// `rows` rows against one panel. Signed rows need no correction by the weights' sums.
static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const float *a_scales,
    const int8_t *panel, const float *scales, float *out, size_t out_stride) {
    __m256i products[4][2];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) products[r][0] = products[r][1] = _mm256_setzero_si256();
    for (size_t i = 0; i < inner; i += 4)
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m256i x = four_signed_bytes_everywhere(a + r * a_stride + i);
            products[r][0] = products_of(products[r][0], x, panel + i * CC_PANEL);
            products[r][1] = products_of(products[r][1], x, panel + i * CC_PANEL + 32);
        }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++) {
            __m256 scale = _mm256_mul_ps(_mm256_set1_ps(a_scales[r]),
                                         _mm256_loadu_ps(scales + half * 8));
            _mm256_storeu_ps(out + r * out_stride + half * 8,
                             _mm256_mul_ps(_mm256_cvtepi32_ps(products[r][half]), scale));
        }
}

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const float *a_scales, const int8_t *panels, const float *scales,
                      const int32_t *sums, float *out, size_t out_stride) {
    (void)sums;
    for (size_t column = 0; column < CC_PAIR; column += CC_PANEL) {
        const int8_t *panel = panels + column * inner;
        size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            small_tile_int8(4, inner, a + r * a_stride, a_stride, a_scales + r, panel,
                            scales + column, out + r * out_stride + column, out_stride);
        for (; r < rows; r++)
            small_tile_int8(1, inner, a + r * a_stride, a_stride, a_scales + r, panel,
                            scales + column, out + r * out_stride + column, out_stride);
    }
}

static void row_int8(size_t inner, size_t blocks, const uint8_t *a, float a_scale,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    (void)sums;
    for (size_t panel = 0; panel < 4 * blocks; panel++)
        small_tile_int8(1, inner, a, inner, &a_scale, panels + panel * CC_PANEL * inner,
                        scales + panel * CC_PANEL, out + panel * CC_PANEL, CC_PANEL);
}

const cc_level_table cc_avx2_table = {VECTOR_FUNCTIONS};

#pragma clang attribute pop
#endif
