#include "resample.h"

#include <string.h>

// Source: `src/libImaging/Resample.c` of Pillow, `ImagingResampleHorizontal_8bpc` and `…Vertical_8bpc`.

#if defined(__x86_64__)
#define CC_FOR_EACH_CPU __attribute__((target_clones("avx2", "default")))
#else
#define CC_FOR_EACH_CPU
#endif

typedef int32_t lanes __attribute__((vector_size(16)));
typedef uint8_t bytes __attribute__((vector_size(4)));

static const int32_t half = 1 << (CC_RESAMPLE_BITS - 1);

static inline uint8_t clipped(int32_t sum) {
    int32_t value = sum >> CC_RESAMPLE_BITS;
    return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value;
}

CC_FOR_EACH_CPU
void cc_resample_rows(const uint8_t *in, size_t rows, size_t in_width, uint8_t *out, size_t out_width,
                      const int32_t *first, const int32_t *count, const int32_t *weights,
                      size_t weight_stride, uint8_t *scratch) {
    for (size_t row = 0; row < rows; row++) {
        // A pixel is read as four bytes; the copy has one more than the row.
        memcpy(scratch, in + row * in_width * 3, in_width * 3);
        scratch[in_width * 3] = 0;
        uint8_t *target = out + row * out_width * 3;
        for (size_t x = 0; x < out_width; x++) {
            const uint8_t *pixel = scratch + 3 * (size_t)first[x];
            const int32_t *weight = weights + x * weight_stride;
            lanes even = {half, half, half, half};
            lanes odd = {0, 0, 0, 0};
            int32_t i = 0;
            for (; i + 2 <= count[x]; i += 2) {
                bytes a, b;
                memcpy(&a, pixel + 3 * i, 4);
                memcpy(&b, pixel + 3 * i + 3, 4);
                even += __builtin_convertvector(a, lanes) * weight[i];
                odd += __builtin_convertvector(b, lanes) * weight[i + 1];
            }
            if (i < count[x]) {
                bytes a;
                memcpy(&a, pixel + 3 * i, 4);
                even += __builtin_convertvector(a, lanes) * weight[i];
            }
            lanes sum = even + odd;
            for (int channel = 0; channel < 3; channel++) target[3 * x + channel] = clipped(sum[channel]);
        }
    }
}

CC_FOR_EACH_CPU
void cc_resample_columns(const uint8_t *in, size_t row_bytes, uint8_t *out, size_t out_height,
                         const int32_t *first, const int32_t *count, const int32_t *weights,
                         size_t weight_stride, int32_t *scratch) {
    for (size_t y = 0; y < out_height; y++) {
        for (size_t x = 0; x < row_bytes; x++) scratch[x] = half;
        for (int32_t i = 0; i < count[y]; i++) {
            const uint8_t *row = in + ((size_t)first[y] + i) * row_bytes;
            const int32_t weight = weights[y * weight_stride + i];
            for (size_t x = 0; x < row_bytes; x++) scratch[x] += row[x] * weight;
        }
        uint8_t *target = out + y * row_bytes;
        for (size_t x = 0; x < row_bytes; x++) target[x] = clipped(scratch[x]);
    }
}

void cc_pick_pixels(const uint8_t *in, size_t in_width, uint8_t *out, size_t out_width,
                    size_t out_height, const int32_t *columns, const int32_t *rows) {
    for (size_t y = 0; y < out_height; y++) {
        const uint8_t *row = in + (size_t)rows[y] * in_width * 3;
        for (size_t x = 0; x < out_width; x++) {
            memcpy(out + (y * out_width + x) * 3, row + (size_t)columns[x] * 3, 3);
        }
    }
}

void cc_planes(const uint8_t *in, size_t pixels, const float *tables, float *out) {
    for (size_t i = 0; i < pixels; i++) {
        out[i] = tables[in[3 * i]];
        out[pixels + i] = tables[256 + in[3 * i + 1]];
        out[2 * pixels + i] = tables[512 + in[3 * i + 2]];
    }
}
