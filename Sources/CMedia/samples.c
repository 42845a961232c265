#include "cmedia.h"

#include <math.h>
#include <string.h>

// The bytes of one number, the most significant first, as the upper bits of 64.
static uint64_t upper_bits(const uint8_t *bytes, cc_sample_layout layout) {
    uint64_t bits = 0;
    for (size_t k = 0; k < layout.width; k++) {
        const size_t place = layout.is_big_endian ? (size_t)(layout.stride - layout.width) + k
                                                  : (size_t)layout.width - 1 - k;
        bits = bits << 8 | bytes[place];
    }
    return bits << (64 - 8 * layout.width);
}

static float float_of(uint64_t upper, size_t width) {
    if (width == 4) {
        const uint32_t bits = (uint32_t)(upper >> 32);
        float number;
        memcpy(&number, &bits, sizeof number);
        return number;
    }
    double number;
    memcpy(&number, &upper, sizeof number);
    return (float)number;
}

// Source: ITU-T G.711, tables 1 and 2; 13 and 14 bits of full scale.
static float mulaw(uint8_t code) {
    code = (uint8_t)~code;
    const int exponent = code >> 4 & 7;
    const int magnitude = (((code & 15) << 3 | 0x84) << exponent) - 0x84;
    return (float)(code & 0x80 ? -magnitude : magnitude) / 32768;
}

static float alaw(uint8_t code) {
    code ^= 0x55;
    const int exponent = code >> 4 & 7;
    int magnitude = (code & 15) << 4 | 8;
    if (exponent > 0) magnitude = (magnitude | 0x100) << (exponent - 1);
    return (float)(code & 0x80 ? magnitude : -magnitude) / 32768;
}

void cc_samples_decode(
    const uint8_t *bytes, size_t count, cc_sample_layout layout, float *samples) {
    if (layout.kind == CC_SAMPLE_SIGNED && layout.stride == 2 && !layout.is_big_endian
        && layout.width == 2) {
        // What most recordings are, in a loop that the compiler can widen.
        for (size_t i = 0; i < count; i++)
            samples[i] = (float)(int16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8) * 0x1p-15f;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const uint8_t *place = bytes + i * layout.stride;
        switch (layout.kind) {
        case CC_SAMPLE_SIGNED:
            samples[i] = (float)((int64_t)upper_bits(place, layout) >> 32) * 0x1p-31f;
            break;
        case CC_SAMPLE_UNSIGNED: samples[i] = (float)(*place - 128) / 128; break;
        case CC_SAMPLE_FLOAT:
            samples[i] = float_of(upper_bits(place, layout), layout.width);
            break;
        case CC_SAMPLE_MULAW: samples[i] = mulaw(*place); break;
        case CC_SAMPLE_ALAW: samples[i] = alaw(*place); break;
        }
    }
}

size_t cc_samples_repair(float *samples, size_t count) {
    size_t broken = 0;
    for (size_t i = 0; i < count; i++) {
        if (fabsf(samples[i]) < 65536) continue;  // false for what is not a number
        samples[i] = 0;
        broken++;
    }
    return broken;
}

void cc_samples_mix(const float *samples, size_t frames, size_t channels, float *mixed) {
    if (channels == 2) {
        for (size_t i = 0; i < frames; i++) mixed[i] = (samples[2 * i] + samples[2 * i + 1]) / 2;
        return;
    }
    for (size_t i = 0; i < frames; i++) {
        float sum = 0;
        for (size_t c = 0; c < channels; c++) sum += samples[i * channels + c];
        mixed[i] = sum / (float)channels;
    }
}

void cc_samples_pick(
    const float *samples, size_t frames, size_t channels, size_t channel, float *picked) {
    for (size_t i = 0; i < frames; i++) picked[i] = samples[i * channels + channel];
}
