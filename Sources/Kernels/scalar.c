// Every level function in plain C: the oracle that the others are tested against, and the
// fallback. Written to be read; nothing here is fast.
#include "packed_int4.h"

#include <math.h>
#include <string.h>

static float half_to_float(uint16_t bits) {
    _Float16 half;
    memcpy(&half, &bits, sizeof half);
    return (float)half;
}

static float bf16_to_float(uint16_t bits) {
    uint32_t wide = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &wide, sizeof value);
    return value;
}

static float element(const void *source, cc_type type, size_t i) {
    if (type == CC_F32) {
        float value;
        memcpy(&value, (const char *)source + 4 * i, sizeof value);
        return value;
    }
    uint16_t bits;
    memcpy(&bits, (const char *)source + 2 * i, sizeof bits);
    return type == CC_F16 ? half_to_float(bits) : bf16_to_float(bits);
}

static size_t element_size(cc_type type) { return type == CC_F32 ? 4 : 2; }

static void to_float(const void *source, cc_type type, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = element(source, type, i);
}

static void to_f16(const float *x, size_t count, void *out) {
    for (size_t i = 0; i < count; i++) {
        _Float16 half = (_Float16)x[i];
        memcpy((char *)out + 2 * i, &half, sizeof half);
    }
}

static void tile_f32(size_t rows, size_t inner, const float *a, size_t a_stride,
                     const float *panels, float *out, size_t out_stride) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < CC_PAIR; c++) {
            const float *panel = panels + c / CC_PANEL * inner * CC_PANEL + c % CC_PANEL;
            float sum = 0;
            for (size_t i = 0; i < inner; i++) sum += a[r * a_stride + i] * panel[i * CC_PANEL];
            out[r * out_stride + c] = sum;
        }
}

static float dot_int8(size_t inner, const uint8_t *a, cc_row_step step, const int8_t *panel,
                      size_t column, const float *scales, const int32_t *sums) {
    int32_t sum = 0;
    for (size_t i = 0; i < inner; i++)
        sum += a[i] * panel[i / 4 * 4 * CC_PANEL + column * 4 + i % 4];
    return (float)(sum - step.zero * sums[column]) * (step.scale * scales[column]);
}

static void tile_int8(size_t rows, size_t inner, const uint8_t *a, size_t a_stride,
                      const cc_row_step *steps, const int8_t *panels, const int8_t *next,
                      const float *scales, const int32_t *sums, float *out, size_t out_stride) {
    (void)next;
    for (size_t r = 0; r < rows; r++)
        for (size_t p = 0; p < 2; p++)
            for (size_t c = 0; c < CC_PANEL; c++)
                out[r * out_stride + p * CC_PANEL + c]
                    = dot_int8(inner, a + r * a_stride, steps[r], panels + p * inner * CC_PANEL,
                               c, scales + p * CC_PANEL, sums + p * CC_PANEL);
}

static void row_int8(size_t inner, size_t blocks, const uint8_t *a, cc_row_step step,
                     const int8_t *panels, const float *scales, const int32_t *sums, float *out) {
    for (size_t p = 0; p < 4 * blocks; p++)
        for (size_t c = 0; c < CC_PANEL; c++)
            out[p * CC_PANEL + c]
                = dot_int8(inner, a, step, panels + p * inner * CC_PANEL, c,
                           scales + p * CC_PANEL, sums + p * CC_PANEL);
}

static void dot_rows(const float *x, size_t width, const void *weights, cc_type type, size_t rows,
                     float *out) {
    for (size_t r = 0; r < rows; r++) {
        const char *row = (const char *)weights + r * width * element_size(type);
        float sum = 0;
        for (size_t i = 0; i < width; i++) sum += x[i] * element(row, type, i);
        out[r] = sum;
    }
}

static void layer_norm_row(const float *x, size_t width, const float *scale, const float *shift,
                           float epsilon, float *out) {
    double mean = 0, variance = 0;
    for (size_t i = 0; i < width; i++) mean += x[i];
    mean /= (double)width;
    for (size_t i = 0; i < width; i++) variance += (x[i] - mean) * (x[i] - mean);
    double inverse = 1 / sqrt(variance / (double)width + epsilon);
    for (size_t i = 0; i < width; i++)
        out[i] = (float)((x[i] - mean) * inverse) * scale[i] + shift[i];
}

static float activated(float x, cc_activation activation) {
    switch (activation) {
    case CC_GELU_EXACT:
    case CC_GELU_NEAR: return 0.5f * x * (1 + erff(x * 0.70710678f));
    case CC_GELU_TANH: return 0.5f * x * (1 + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
    case CC_GELU_QUICK: return x / (1 + expf(-1.702f * x));
    default: return x;
    }
}

static void activate(const float *x, size_t count, cc_activation activation, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = activated(x[i], activation);
}

static void finish_rows(const float *x, size_t x_stride, size_t rows, size_t count,
                        const float *bias, cc_activation activation, const float *residual,
                        float *out, size_t out_stride) {
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < count; i++) {
            size_t at = r * out_stride + i;
            out[at] = activated(x[r * x_stride + i] + (bias ? bias[i] : 0), activation)
                      + (residual ? residual[at] : 0);
        }
}

static float largest(const float *x, size_t count) {
    float most = -INFINITY;
    for (size_t i = 0; i < count; i++)
        if (x[i] > most) most = x[i];
    return most;
}

static float exp_row(float *x, size_t count) {
    float most = largest(x, count), sum = 0;
    for (size_t i = 0; i < count; i++) sum += x[i] = expf(x[i] - most);
    return sum;
}

static float sum_exp(const float *x, size_t count, float shift) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += expf(x[i] - shift);
    return sum;
}

static bool all_finite(const float *x, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i])) return false;
    return true;
}

static uint32_t largest_bits(const float *x, size_t count) {
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7FFFFFFF;
        if (bits > most) most = bits;
    }
    return most;
}

static int32_t quantize_weights(const float *x, size_t count, float factor, int8_t *out) {
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = (int8_t)rintf(x[i] * factor);
        sum += out[i];
    }
    return sum;
}

static float largest_magnitude(const float *x, size_t count) {
    float most = 0;
    for (size_t i = 0; i < count; i++)
        if (fabsf(x[i]) > most) most = fabsf(x[i]);
    return most;
}

static void range(const float *x, size_t count, float *least, float *most) {
    for (size_t i = 0; i < count; i++) {
        if (x[i] < *least) *least = x[i];
        if (x[i] > *most) *most = x[i];
    }
}

static void quantize(const float *x, size_t count, float factor, int zero, uint8_t *out) {
    float base = (float)zero;
    for (size_t i = 0; i < count; i++)  // NaN becomes 255: never undefined
        out[i] = (uint8_t)fmaxf(fminf(rintf(x[i] * factor) + base, 255), 0);
}

static void row_int4(size_t groups, size_t panels, const int8_t *x, const float *steps,
                     const int32_t *sums, const uint8_t *weights, float *out) {
    for (size_t c = 0; c < panels * CC_PANEL; c++) {
        const uint8_t *panel = weights + c / CC_PANEL * groups * CC_GROUP_BYTES;
        float total = 0;
        for (size_t g = 0; g < groups; g++, panel += CC_GROUP_BYTES) {
            int32_t sum = 0;
            for (size_t i = 0; i < CC_GROUP; i++) {
                uint8_t both = panel[i / 8 * CC_PANEL * 4 + c % CC_PANEL * 4 + i % 4];
                sum += x[g * CC_GROUP + i] * (i % 8 < 4 ? both & 15 : both >> 4);
            }
            float scale = element(panel + CC_NIBBLES, CC_F16, c % CC_PANEL);
            total += (float)(sum - 8 * sums[g]) * (steps[g] * scale);
        }
        out[c] = total;
    }
}

static void to_int16(const float *x, size_t count, float factor, int16_t *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = (int16_t)fmaxf(fminf(rintf(x[i] * factor), 32767), -32768);
}

static void cached_scores(const float *q, size_t width, const void *keys, cc_type type,
                          size_t blocks, float scale, float *scores) {
    for (size_t t = 0; t < blocks * CC_PANEL; t++) {
        float sum = 0;
        for (size_t i = 0; i < width; i++)
            sum += q[i] * element(keys, type, (t / CC_PANEL * width + i) * CC_PANEL + t % CC_PANEL);
        scores[t] = sum * scale;
    }
}

static void cached_mixture(const float *weights, size_t count, const void *values, cc_type type,
                           size_t width, float *out) {
    for (size_t i = 0; i < width; i++) {
        float sum = 0;
        for (size_t t = 0; t < count; t++) sum += weights[t] * element(values, type, t * width + i);
        out[i] = sum;
    }
}

// The floats and the integers of the block of 16 positions that position t is in.
static const float *kept_floats(const char *kept, size_t width, size_t t) {
    return (const float *)(kept + t / CC_PANEL * CC_PANEL * cc_kept_bytes(CC_KEPT_INT8, width));
}

static const int8_t *kept_integers(const char *kept, size_t width, size_t t) {
    return (const int8_t *)(kept_floats(kept, width, t) + CC_PANEL);
}

static void scores_int8(const int16_t *q, size_t width, const char *keys, size_t blocks,
                        float step, float *scores) {
    for (size_t t = 0; t < blocks * CC_PANEL; t++) {
        const int8_t *integers = kept_integers(keys, width, t) + t % CC_PANEL * 2;
        int32_t sum = 0;
        for (size_t i = 0; i < width; i++) sum += q[i] * integers[i / 2 * 2 * CC_PANEL + i % 2];
        scores[t] = (float)sum * kept_floats(keys, width, t)[t % CC_PANEL] * step;
    }
}

static void mixture_int8(const int16_t *weights, size_t blocks, const char *values, size_t width,
                         float step, float *out) {
    for (size_t i = 0; i < width; i++) {
        int32_t sum = 0;
        for (size_t t = 0; t < blocks * CC_PANEL; t++)
            sum += weights[t]
                * kept_integers(values, width, t)[(t % CC_PANEL / 2 * cc_rounded_up(width, 2) + i) * 2
                                                  + t % 2];
        out[i] = (float)sum * step;
    }
}

const cc_level_table cc_scalar_table = {
    .least_rows = 1, .tile_f32 = tile_f32, .tile_int8 = tile_int8, .row_int8 = row_int8,
    .row_int4 = row_int4, .dot_rows = dot_rows, .to_float = to_float, .to_f16 = to_f16, .layer_norm_row = layer_norm_row,
    .activate = activate, .finish_rows = finish_rows, .exp_row = exp_row, .largest = largest,
    .sum_exp = sum_exp, .largest_magnitude = largest_magnitude, .range = range, .all_finite = all_finite,
    .largest_bits = largest_bits, .quantize = quantize, .quantize_weights = quantize_weights,
    .to_int16 = to_int16, .cached_scores = cached_scores, .cached_mixture = cached_mixture,
    .scores_int8 = scores_int8, .mixture_int8 = mixture_int8,
};
