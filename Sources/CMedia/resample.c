#include "cmedia.h"

#include <string.h>

// Eight sums side by side; the compiler makes of them what the processor has. The order of the
// additions is fixed, so that a sample is the same however the input was cut.
typedef float eight __attribute__((vector_size(32), aligned(4)));

static float dot(const float *x, const float *row, size_t taps) {
    eight first = {0}, second = {0};
    size_t k = 0;
    for (; k + 16 <= taps; k += 16) {
        eight a, b, c, d;
        memcpy(&a, x + k, sizeof a);
        memcpy(&b, row + k, sizeof b);
        memcpy(&c, x + k + 8, sizeof c);
        memcpy(&d, row + k + 8, sizeof d);
        first += a * b;
        second += c * d;
    }
    if (k < taps) {
        eight a, b;
        memcpy(&a, x + k, sizeof a);
        memcpy(&b, row + k, sizeof b);
        first += a * b;
    }
    first += second;
    return ((first[0] + first[4]) + (first[1] + first[5]))
        + ((first[2] + first[6]) + (first[3] + first[7]));
}

void cc_resample(
    cc_filter_bank bank, const float *input, uint64_t phase, float *output, size_t count) {
    for (size_t n = 0; n < count; n++) {
        const uint64_t place = phase * bank.phases;
        const float *row = bank.rows + place / bank.output_step * bank.taps;
        const uint64_t rest = place % bank.output_step;
        float sample = dot(input, row, bank.taps);
        if (rest > 0) {
            // Between two rows: a straight line is within -115 dB at 1024 of them.
            const float next = dot(input, row + bank.taps, bank.taps);
            sample += (next - sample) * ((float)rest / (float)bank.output_step);
        }
        output[n] = sample;
        phase += bank.input_step;
        input += phase / bank.output_step;
        phase %= bank.output_step;
    }
}
