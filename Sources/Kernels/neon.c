// Armv8 Advanced SIMD with the dot product instructions: 4 floats or 16 products of bytes at a time.
#if defined(__aarch64__)
#include <arm_neon.h>

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

#define LANES 4
#define TILE_ROWS 6
#define TILE_COLUMNS 16
#include "vector_rows.h"
#include "vector_products.h"
#include "packed_int4.h"

// Flipping the top bit makes bytes signed, and moves their zero by 128.
static inline int8x16_t four_signed_bytes_everywhere(const uint8_t *a) {
    uint32_t word;
    memcpy(&word, a, sizeof word);
    return vreinterpretq_s8_u32(vdupq_n_u32(word ^ 0x80808080u));
}

// (sum - row zero * weight sum) * (row scale * column scale), four columns.
static inline float32x4_t dequantized(int32x4_t sum, const int32_t *sums, cc_row_step step,
                                      const float *scales) {
    int32x4_t centred = vmlsq_n_s32(sum, vld1q_s32(sums), step.zero - 128);
    return vmulq_f32(vcvtq_f32_s32(centred), vmulq_n_f32(vld1q_f32(scales), step.scale));
}

enum { SMALL_ROWS = 6 };

// `rows` rows against one panel.
static inline __attribute__((always_inline)) void small_tile_int8(
    const size_t rows, size_t inner, const uint8_t *a, size_t a_stride, const cc_row_step *steps,
    const int8_t *panel, const float *scales, const int32_t *sums, float *out,
    size_t out_stride) {
    int32x4_t products[SMALL_ROWS][4];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < 4; v++) products[r][v] = vdupq_n_s32(0);
    for (size_t i = 0; i < inner; i += 4) {
        int8x16_t w[4];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < 4; v++) w[v] = vld1q_s8(panel + i * CC_PANEL + v * 16);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            int8x16_t x = four_signed_bytes_everywhere(a + r * a_stride + i);
#pragma clang loop unroll(full)
            for (size_t v = 0; v < 4; v++) products[r][v] = vdotq_s32(products[r][v], w[v], x);
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < 4; v++)
            vst1q_f32(out + r * out_stride + v * 4,
                      dequantized(products[r][v], sums + v * 4, steps[r], scales + v * 4));
}

#include "tile_int8.h"

static void row_int8(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    for (size_t panel = 0; panel < 4 * blocks; panel++)
        small_tile_int8(1, inner, a, inner, &step, panels + panel * CC_PANEL * inner,
                        scales + panel * CC_PANEL, sums + panel * CC_PANEL, out + panel * CC_PANEL, CC_PANEL);
}

static inline int8x16_t four_everywhere(const int8_t *x) {
    uint32_t word;
    memcpy(&word, x, sizeof word);
    return vreinterpretq_s8_u32(vdupq_n_u32(word));
}

// Four outputs at a time of one panel.
static inline float32x4_t four_outputs_int4(size_t groups, size_t first, const int8_t *x,
                                            const float *steps, const int32_t *sums,
                                            const uint8_t *weights) {
    float32x4_t total = vdupq_n_f32(0);
    for (size_t g = 0; g < groups; g++, weights += CC_GROUP_BYTES) {
        int32x4_t sum = vdupq_n_s32(-8 * sums[g]);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < CC_GROUP; i += 8) {
            uint8x16_t both = vld1q_u8(weights + i * CC_PANEL / 2 + first * 4);
            int8x16_t below = vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15)));
            int8x16_t above = vreinterpretq_s8_u8(vshrq_n_u8(both, 4));
            sum = vdotq_s32(sum, below, four_everywhere(x + g * CC_GROUP + i));
            sum = vdotq_s32(sum, above, four_everywhere(x + g * CC_GROUP + i + 4));
        }
        vec scale = load_typed(weights + CC_NIBBLES, CC_F16, first, LANES) * splat(steps[g]);
        total = vfmaq_f32(total, vcvtq_f32_s32(sum), (float32x4_t)scale);
    }
    return total;
}

static void row_int4(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out) {
    for (size_t c = 0; c < panels * CC_PANEL; c += LANES)
        vst1q_f32(out + c, four_outputs_int4(groups, c % CC_PANEL, x, steps, sums,
                                             weights + c / CC_PANEL * groups * CC_GROUP_BYTES));
}

const cc_level_table cc_neon_table = {VECTOR_FUNCTIONS, .least_rows = SMALL_ROWS};

#pragma clang attribute pop
#endif
