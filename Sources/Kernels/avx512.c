// AVX-512 with VNNI: 16 floats or 64 products of bytes at a time.
// Tests/KernelLevels compiles this file with CC_EMULATED, against the same instructions in plain C.
#if defined(__x86_64__)
#ifdef CC_EMULATED
#include "avx512_emulation.h"
#else
#include <immintrin.h>

#pragma clang attribute push(                                                       \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c"))),  \
    apply_to = function)
#endif

#define LANES 16
#define TILE_ROWS 12
#define TILE_COLUMNS 32
#define PACKING
#define NEAR_GELU
#include "vector_rows.h"

// max(x, 0) - |x| Phi(-|x|), the second by a polynomial for each sixteenth of [0, 4.5], fitted for the
// least largest error, 1.6e-5 in the last of them, 3e-6 elsewhere, and 0 at both ends.
enum { GELU_PIECES = 16 };
#define GELU_END 4.5f
static const float GELU_CUBICS[4][GELU_PIECES] __attribute__((aligned(64))) = {
    {0.0f, 0.000310232776f, 0.00391767034f, 0.00603767531f, -0.0210861396f, -0.112242542f, -0.270011753f, -0.446396798f, -0.569879234f, -0.593094766f, -0.519056141f, -0.389558583f, -0.252418727f, -0.144424364f, -0.0734380111f, -0.0362353586f},
    {-0.500036359f, -0.505007029f, -0.529964507f, -0.540501535f, -0.46276319f, -0.254898489f, 0.0416595638f, 0.323476285f, 0.495372981f, 0.524923682f, 0.444998741f, 0.317590654f, 0.19418779f, 0.104734428f, 0.050251212f, 0.0235538241f},
    {0.400472879f, 0.42790699f, 0.486547798f, 0.503636301f, 0.429195911f, 0.270888388f, 0.084823072f, -0.0654107034f, -0.14522709f, -0.157748714f, -0.128978342f, -0.087178804f, -0.0501529276f, -0.0254480373f, -0.0115058376f, -0.00511611858f},
    {-0.0183580741f, -0.0719796196f, -0.118736021f, -0.12782751f, -0.104007281f, -0.0637391955f, -0.0247730818f, 0.00194826501f, 0.0143097704f, 0.0160762146f, 0.0126227802f, 0.00804995f, 0.00434567221f, 0.00207078946f, 0.000881247746f, 0.000371408067f},
};

static inline vec near_gelu(vec x) {
    vec u = _mm512_min_ps(splat(GELU_END * 0.99999f), _mm512_abs_ps(x));  // a NaN stays one
    // The last bits of a float of 2^23 and more are its integer: the piece.
    __m512i piece = _mm512_castps_si512(fused(u, splat((GELU_PIECES - 0.5f) / GELU_END), splat(8388608.0f)));
    vec p = _mm512_permutexvar_ps(piece, _mm512_load_ps(GELU_CUBICS[3]));
    p = fused(p, u, _mm512_permutexvar_ps(piece, _mm512_load_ps(GELU_CUBICS[2])));
    p = fused(p, u, _mm512_permutexvar_ps(piece, _mm512_load_ps(GELU_CUBICS[1])));
    p = fused(p, u, _mm512_permutexvar_ps(piece, _mm512_load_ps(GELU_CUBICS[0])));
    return _mm512_max_ps(x, splat(0)) + p;
}

// MARK: Rounding to integers

static void to_int16(const float *x, size_t count, float factor, int16_t *out) {
    FOR_VECTORS(count, {
        __m256i shorts = _mm512_cvtsepi32_epi16(_mm512_cvtps_epi32(load(x + i, n) * splat(factor)));
        memcpy(out + i, &shorts, n * sizeof *out);
    })
}

static void quantize(const float *x, size_t count, float factor, int zero, uint8_t *out) {
    enum { BYTES = 64 };
    const __m512i base = _mm512_set1_epi16((int16_t)zero);
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    for (size_t i = 0; i < count; i += BYTES) {
        size_t n = cc_least(count - i, BYTES);
        const float *from = x + i;
        float part[BYTES] = {0};
        if (n < BYTES) from = memcpy(part, from, n * sizeof *from);
        __m512i shorts[2];
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++, from += 2 * LANES)
            shorts[half] = _mm512_adds_epi16(
                base, _mm512_packs_epi32(
                          _mm512_cvtps_epi32(load(from, LANES) * splat(factor)),
                          _mm512_cvtps_epi32(load(from + LANES, LANES) * splat(factor))));
        __m512i bytes = _mm512_permutexvar_epi32(order, _mm512_packus_epi16(shorts[0], shorts[1]));
        if (n == BYTES) _mm512_storeu_si512(out + i, bytes);
        else memcpy(out + i, &bytes, n);
    }
}

static inline ints rounded(vec x) { return (ints)_mm512_cvtps_epi32(x); }

#include "vector_int16.h"

#define PAIR_PRODUCTS
static inline ints pair_products(const int16_t *x, const int8_t *pairs) {
    int32_t both;
    __m256i integers;
    memcpy(&both, x, sizeof both);
    memcpy(&integers, pairs, sizeof integers);
    return (ints)_mm512_madd_epi16(_mm512_set1_epi32(both), _mm512_cvtepi8_epi16(integers));
}

#include "vector_products.h"
#include "packed_int4.h"

static inline __m512i four_bytes_everywhere(const uint8_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return _mm512_set1_epi32(word);
}

// (sum - row zero * weight sum) * (row scale * column scale)
static inline __m512 dequantized(__m512i sum, const int32_t *sums, cc_row_step step,
                                 const float *scales) {
    __m512i zero_point = _mm512_mullo_epi32(_mm512_set1_epi32(step.zero),
                                            _mm512_loadu_si512(sums));
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(step.scale), _mm512_loadu_ps(scales));
    return _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, zero_point)), scale);
}

// `bias` and `residual`, whose rows lie like those of out, may be NULL.
static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panels, const float *scales, const int32_t *sums, const float *bias,
    const cc_activation activation, const float *residual, float *out, size_t out_stride) {
    __m512i products[CC_TILE_ROWS][2];
    const int8_t *second = panels + inner * CC_PANEL;
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        __m512i negated = _mm512_sub_epi32(_mm512_setzero_si512(),
                                           _mm512_loadu_si512(sums + p * CC_PANEL));
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++)
            products[r][p] = _mm512_mullo_epi32(_mm512_set1_epi32(steps[r].zero), negated);
    }
    for (size_t i = 0; i < inner; i += 4) {
        __m512i left = _mm512_loadu_si512(panels + i * CC_PANEL);
        __m512i right = _mm512_loadu_si512(second + i * CC_PANEL);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512i x = four_bytes_everywhere(a + r * a_stride + i);
            products[r][0] = _mm512_dpbusd_epi32(products[r][0], x, left);
            products[r][1] = _mm512_dpbusd_epi32(products[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        vec scale = load(scales + p * CC_PANEL, LANES);
        vec added = bias ? load(bias + p * CC_PANEL, LANES) : splat(0);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            size_t at = r * out_stride + p * CC_PANEL;
            vec value = fused(_mm512_cvtepi32_ps(products[r][p]), scale * splat(steps[r].scale),
                              added);
            value = activated(value, activation);
            if (residual) value += load(residual + at, LANES);
            store(out + at, value, LANES);
        }
    }
}

static inline __attribute__((always_inline)) void tile_int8_with(
    size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panels, const float *scales, const int32_t *sums, const float *bias,
    const cc_activation activation, const float *residual, float *out, size_t out_stride) {
#define TILE(count)                                                                             \
    small_tile_int8(count, inner, a, a_stride, steps, panels, scales, sums, bias, activation, \
                    residual, out, out_stride);                                                 \
    a += count * a_stride, steps += count, out += count * out_stride, rows -= count;            \
    if (residual) residual += count * out_stride
    if (rows == CC_TILE_ROWS) { TILE(12); }
    while (rows >= 4) { TILE(4); }
    if (rows >= 2) { TILE(2); }
    if (rows) { TILE(1); }
#undef TILE
}

static void finished_tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                               const cc_row_step *steps, const int8_t *panels, const float *scales,
                               const int32_t *sums, const float *bias, cc_activation activation,
                               const float *residual, float *out, size_t out_stride) {
#define WITH(activation, residual)                                                              \
    tile_int8_with(rows, inner, a, a_stride, steps, panels, scales, sums, bias, activation,     \
                   residual, out, out_stride)
    if (residual) WITH(CC_IDENTITY, residual);
    else if (activation == CC_GELU_NEAR) WITH(CC_GELU_NEAR, NULL);
    else WITH(CC_IDENTITY, NULL);
#undef WITH
}

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const float *scales,
                      const int32_t *sums, float *out, size_t out_stride) {
    finished_tile_int8(rows, inner, a, a_stride, steps, panels, scales, sums, NULL, CC_IDENTITY,
                       NULL, out, out_stride);
}

// While four panels are multiplied, the next four are fetched in the order in which they lie in
// memory: that keeps one long read going, which reaches the memory's rate.
static void row_int8(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    size_t panel_bytes = inner * CC_PANEL;
    for (size_t block = 0; block < blocks; block++) {
        const int8_t *first = panels + block * 4 * panel_bytes;
        const char *next = (const char *)first + 4 * panel_bytes;
        bool fetch = block + 1 < blocks;
        __m512i products[4];
        for (int p = 0; p < 4; p++) products[p] = _mm512_setzero_si512();
        for (size_t i = 0; i < inner; i += 4) {
            __m512i x = four_bytes_everywhere(a + i);
            if (fetch)
#pragma clang loop unroll(full)
                for (size_t line = 0; line < 4; line++)
                    _mm_prefetch(next + i * CC_PAIR * 2 + line * 64, _MM_HINT_T0);
#pragma clang loop unroll(full)
            for (size_t p = 0; p < 4; p++)
                products[p] = _mm512_dpbusd_epi32(
                    products[p], x, _mm512_loadu_si512(first + p * panel_bytes + i * CC_PANEL));
        }
        for (size_t p = 0; p < 4; p++) {
            size_t column = (block * 4 + p) * CC_PANEL;
            _mm512_storeu_ps(out + column,
                             dequantized(products[p], sums + column, step, scales + column));
        }
    }
}

static void row_int4(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out) {
    const __m512i low = _mm512_set1_epi8(15);
    for (size_t p = 0; p < panels; p++, out += CC_PANEL) {
        __m512 total = _mm512_setzero_ps();
        for (size_t g = 0; g < groups; g++, weights += CC_GROUP_BYTES) {
            __m512i sum = _mm512_set1_epi32(-8 * sums[g]);
#pragma clang loop unroll(full)
            for (size_t i = 0; i < CC_GROUP; i += 8) {
                const uint8_t *quads = (const uint8_t *)x + g * CC_GROUP + i;
                __m512i both = _mm512_loadu_si512(weights + i * CC_PANEL / 2);
                __m512i above = _mm512_and_si512(_mm512_srli_epi16(both, 4), low);
                sum = _mm512_dpbusd_epi32(sum, _mm512_and_si512(both, low),
                                          four_bytes_everywhere(quads));
                sum = _mm512_dpbusd_epi32(sum, above, four_bytes_everywhere(quads + 4));
            }
            vec scale = load_typed(weights + CC_NIBBLES, CC_F16, 0, LANES);
            total = _mm512_add_ps(
                total, _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale * splat(steps[g])));
        }
        _mm512_storeu_ps(out, total);
    }
}

// MARK: 16-bit integers

// `rows` rows against two panels.
static inline __attribute__((always_inline)) void small_tile_int16(
    const size_t rows, size_t inner, const int16_t *a, const float *row_scales,
    const int16_t *panels, const float *column_scales, const float *keep, float *out) {
    __m512i sums[CC_TILE_ROWS][2];
    const int16_t *second = panels + inner * CC_PANEL, *end = second;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_si512();
    for (; panels < end; panels += 2 * CC_PANEL, second += 2 * CC_PANEL, a += 2) {
        __m512i left = _mm512_loadu_si512(panels), right = _mm512_loadu_si512(second);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512i x = four_bytes_everywhere((const uint8_t *)(a + r * CC_SHORTS));
            sums[r][0] = _mm512_dpwssd_epi32(sums[r][0], x, left);
            sums[r][1] = _mm512_dpwssd_epi32(sums[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t p = 0; p < 2; p++) {
        __m512 column_scale = _mm512_loadu_ps(column_scales + p * CC_PANEL);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            float *place = out + r * CC_SHORTS + p * CC_PANEL;
            __m512 value = _mm512_cvtepi32_ps(sums[r][p])
                * (row_scales ? splat(row_scales[r]) * column_scale : column_scale);
            if (keep) value = fused(splat(keep[r]), _mm512_loadu_ps(place), value);
            _mm512_storeu_ps(place, value);
        }
    }
}

static inline const float *from_row(const float *numbers, size_t row) {
    return numbers ? numbers + row : NULL;
}

static inline __attribute__((always_inline)) void tile_int16_with(
    size_t rows, size_t inner, const int16_t *a, const float *row_scales, const int16_t *panels,
    const float *column_scales, const float *keep, float *out) {
    if (rows == CC_TILE_ROWS) {
        small_tile_int16(CC_TILE_ROWS, inner, a, row_scales, panels, column_scales, keep, out);
        return;
    }
    for (size_t r = 0; r < rows; r++)
        small_tile_int16(1, inner, a + r * CC_SHORTS, from_row(row_scales, r), panels,
                         column_scales, from_row(keep, r), out + r * CC_SHORTS);
}

static void tile_int16(size_t rows, size_t inner, const int16_t *a, const float *row_scales,
                       const int16_t *panels, const float *column_scales, const float *keep,
                       float *out) {
    if (!row_scales) tile_int16_with(rows, inner, a, NULL, panels, column_scales, NULL, out);
    else if (!keep) tile_int16_with(rows, inner, a, row_scales, panels, column_scales, NULL, out);
    else tile_int16_with(rows, inner, a, row_scales, panels, column_scales, keep, out);
}

// 2^(14 - u) of 32 numbers u, as 16-bit integers, within 4.7; u is given times 2^11. Halved n times: 2^14 times
// a polynomial of f, where u = n + f. What is beyond 16, or not a number, becomes 0.
static inline __m512i powers_of_two(__m512 first, __m512 second) {
    __m512i u = _mm512_packs_epi32(_mm512_cvtps_epi32(first), _mm512_cvtps_epi32(second));
    u = _mm512_abs_epi16(u);  // what is out of 32 bits is the least number: 16 halvings
    __m512i f = _mm512_slli_epi16(u, 5);
    __m512i p = _mm512_sub_epi16(_mm512_set1_epi16(3803),
                                 _mm512_mulhi_epu16(f, _mm512_set1_epi16(660)));
    p = _mm512_sub_epi16(_mm512_set1_epi16(11337), _mm512_mulhi_epu16(f, p));
    p = _mm512_sub_epi16(_mm512_set1_epi16(16384), _mm512_mulhi_epu16(f, p));
    return _mm512_srlv_epi16(p, _mm512_srli_epi16(u, 11));
}

// Lane r of the result is all lanes of rows[r] joined; in four steps each of which joins two vectors,
// where one row after the other would take as many for each.
#define JOIN_ROWS(type, rows, join)                                                               \
    type eight[8], four[4], two[2];                                                               \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 8; r++) {                           \
        type x = rows[r], y = rows[r + 8];                                                        \
        eight[r] = join(                                                                          \
            __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23), \
            __builtin_shufflevector(x, y, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29,   \
                                    30, 31));                                                     \
    }                                                                                             \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 4; r++) {                           \
        type x = eight[r], y = eight[r + 4];                                                      \
        four[r] = join(                                                                           \
            __builtin_shufflevector(x, y, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27), \
            __builtin_shufflevector(x, y, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31)); \
    }                                                                                             \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++) {                           \
        type x = four[r], y = four[r + 2];                                                        \
        two[r] = join(                                                                            \
            __builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29), \
            __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)); \
    }                                                                                             \
    return join(                                                                                  \
        __builtin_shufflevector(two[0], two[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30), \
        __builtin_shufflevector(two[0], two[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31));

static inline vec max_of(vec a, vec b) { return _mm512_max_ps(a, b); }
static inline ints sum_ints(ints a, ints b) { return a + b; }
static inline vec largest_of_rows(const vec rows[CC_PANEL]) { JOIN_ROWS(vec, rows, max_of) }
static inline ints sums_of_rows(const ints rows[CC_PANEL]) { JOIN_ROWS(ints, rows, sum_ints) }

// The largest of all rows first: else each row's powers wait for the end of its search.
static void power_rows_int16(const float *x, size_t rows, size_t count, const float *scales,
                             float *most, float *keep, float *sums, int16_t *out) {
    vec tops[CC_PANEL];
    ints wholes[CC_PANEL];
    for (size_t r = 0; r < rows; r++) {
        __m512 top = splat(-3e38f);
        for (size_t i = 0; i < count; i += CC_PANEL)  // a NaN is never the largest
            top = _mm512_max_ps(_mm512_loadu_ps(x + r * CC_SHORTS + i), top);
        tops[r] = top;
    }
    for (size_t r = rows; r < CC_PANEL; r++) tops[r] = splat(0), wholes[r] = (ints){0};
    store(keep, largest_of_rows(tops), LANES);
    raise_rows(scales, most, keep, sums);
    for (size_t r = 0; r < rows; r++, x += CC_SHORTS, out += CC_SHORTS) {
        __m512i whole = _mm512_setzero_si512();
        __m512 top = splat(most[r] * 2048), scale = splat(scales[r] * 2048);
        for (size_t i = 0; i < count; i += 2 * CC_PANEL) {
            __m512i powers = powers_of_two(_mm512_fnmadd_ps(_mm512_loadu_ps(x + i), scale, top),
                                           _mm512_fnmadd_ps(_mm512_loadu_ps(x + i + CC_PANEL), scale, top));
            whole = _mm512_dpwssd_epi32(whole, powers, _mm512_set1_epi16(1));
            memcpy(out + i, &powers, sizeof powers);
        }
        wholes[r] = (ints)whole;
    }
    store(sums, load(sums, LANES) + __builtin_convertvector(sums_of_rows(wholes), vec), LANES);
}

const cc_level_table cc_avx512_table = {
    VECTOR_FUNCTIONS, .least_rows = CC_TILE_ROWS, .finished_tile_int8 = finished_tile_int8, INT16_FUNCTIONS,
};

#ifndef CC_EMULATED
#pragma clang attribute pop
#endif

// BF16 as well: products of pairs of 16-bit floats, at twice the rate of floats.
#ifndef CC_EMULATED
#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512bf16,avx2,fma,f16c"))),  \
    apply_to = function)
#endif

static inline __m512bh two_everywhere(const uint16_t *a) {
    int32_t word;
    memcpy(&word, a, sizeof word);
    return (__m512bh)_mm512_set1_epi32(word);
}

static inline __attribute__((always_inline)) void small_tile_bf16(
    const size_t rows, size_t inner, const uint16_t *a, size_t a_stride, const uint16_t *panels,
    float *out, size_t out_stride) {
    __m512 sums[CC_TILE_ROWS][2];
    const uint16_t *second = panels + inner * CC_PANEL;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_ps();
    for (size_t i = 0; i < inner; i += 2) {
        __m512bh left = (__m512bh)_mm512_loadu_si512(panels + i * CC_PANEL);
        __m512bh right = (__m512bh)_mm512_loadu_si512(second + i * CC_PANEL);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            __m512bh x = two_everywhere(a + r * a_stride + i);
            sums[r][0] = _mm512_dpbf16_ps(sums[r][0], x, left);
            sums[r][1] = _mm512_dpbf16_ps(sums[r][1], x, right);
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        _mm512_storeu_ps(out + r * out_stride, sums[r][0]);
        _mm512_storeu_ps(out + r * out_stride + CC_PANEL, sums[r][1]);
    }
}

static void tile_bf16(size_t rows, size_t inner, const uint16_t *a, size_t a_stride,
                      const uint16_t *panels, float *out, size_t out_stride) {
    if (rows == CC_TILE_ROWS) {
        small_tile_bf16(CC_TILE_ROWS, inner, a, a_stride, panels, out, out_stride);
        return;
    }
    for (size_t r = 0; r < rows; r++)
        small_tile_bf16(1, inner, a + r * a_stride, a_stride, panels, out + r * out_stride,
                        out_stride);
}

static void to_bf16(const float *x, size_t count, uint16_t *out) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256bh low = _mm512_cvtneps_pbh(_mm512_loadu_ps(x + i));
        memcpy(out + i, &low, sizeof low);
    }
    for (; i < count; i++) {
        __m128bh low = _mm_cvtneps_pbh(_mm_set_ss(x[i]));
        memcpy(out + i, &low, sizeof *out);
    }
}

const cc_level_table cc_avx512bf16_table = {
    VECTOR_FUNCTIONS, .least_rows = CC_TILE_ROWS, .finished_tile_int8 = finished_tile_int8, INT16_FUNCTIONS,
    .tile_bf16 = tile_bf16, .to_bf16 = to_bf16,
};

#ifndef CC_EMULATED
#pragma clang attribute pop
#endif
#endif
