// Rows of floats, and what products share, in vectors of 256 bits: AVX2 with FMA and F16C. For the
// levels that then differ in their integer products alone: avx2.c and avxvnni.c.
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

// MARK: 8-bit products

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
