#include "voice.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#define CC_FOR_EACH_CPU __attribute__((target_clones("avx2", "default")))
#else
#define CC_FOR_EACH_CPU
#endif

enum { HALF = CC_VOICE_FRAME / 2 };

typedef float lanes __attribute__((vector_size(32)));

// table: window [512], then cosines [512] and sines [512] of -2 pi k / 512.
void cc_voice_table(float *table) {
    for (size_t k = 0; k < CC_VOICE_FRAME; k++) {
        double angle = 2 * M_PI * (double)k / CC_VOICE_FRAME;
        table[k] = (float)(0.5 - 0.5 * cos(angle));
        table[CC_VOICE_FRAME + k] = (float)cos(angle);
        table[2 * CC_VOICE_FRAME + k] = (float)-sin(angle);
    }
}

// A transform of 256 complex numbers in place of one of 512 real ones: even samples are the real
// parts. Stockham's order, so that no bits are reversed and inner loops run over neighbours.
CC_FOR_EACH_CPU
void cc_voice_power(const float *frame, const float *table, float *power, float *scratch) {
    const float *cosines = table + CC_VOICE_FRAME, *sines = table + 2 * CC_VOICE_FRAME;
    float *re = scratch, *im = scratch + HALF, *re2 = im + HALF, *im2 = re2 + HALF;
    for (size_t i = 0; i < HALF; i++) {
        re[i] = frame[2 * i] * table[2 * i];
        im[i] = frame[2 * i + 1] * table[2 * i + 1];
    }
    for (size_t groups = HALF / 2, run = 1; groups >= 1; groups /= 2, run *= 2) {
        for (size_t g = 0; g < groups; g++) {
            // exp(-2 pi i g / (2 groups)), of which the table has 512 a turn.
            float c = cosines[g * run * 2], s = sines[g * run * 2];
            const float *ar = re + g * run, *ai = im + g * run;
            const float *br = ar + HALF / 2, *bi = ai + HALF / 2;
            float *sr = re2 + 2 * g * run, *si = im2 + 2 * g * run;
            for (size_t k = 0; k < run; k++) {
                float dr = ar[k] - br[k], di = ai[k] - bi[k];
                sr[k] = ar[k] + br[k];
                si[k] = ai[k] + bi[k];
                sr[run + k] = dr * c - di * s;
                si[run + k] = dr * s + di * c;
            }
        }
        float *swap = re;
        re = re2, re2 = swap, swap = im, im = im2, im2 = swap;
    }
    for (size_t k = 0; k <= HALF; k++) {
        size_t a = k % HALF, b = (HALF - k) % HALF;
        float even_re = (re[a] + re[b]) / 2, even_im = (im[a] - im[b]) / 2;
        float odd_re = (im[a] + im[b]) / 2, odd_im = (re[b] - re[a]) / 2;
        float c = k == HALF ? -1 : cosines[k], s = k == HALF ? 0 : sines[k];
        float x = even_re + odd_re * c - odd_im * s, y = even_im + odd_re * s + odd_im * c;
        power[k] = x * x + y * y;
    }
}

void cc_voice_lower(const float *samples, float *out) {
    // A Hann window of 16 samples, sum 1: half of the amplitude is left at 1 kHz.
    static const float taps[16] = {
        0.003972f, 0.015352f, 0.032604f, 0.053396f, 0.074921f, 0.094273f, 0.108836f, 0.116646f,
        0.116646f, 0.108836f, 0.094273f, 0.074921f, 0.053396f, 0.032604f, 0.015352f, 0.003972f};
    for (size_t i = 0; i < CC_VOICE_STEP / 4; i++) {
        float sum = 0;
        for (size_t k = 0; k < 16; k++) sum += taps[k] * samples[4 * i + k];
        out[i] = sum;
    }
}

CC_FOR_EACH_CPU
static float dot(const float *a, const float *b, size_t count) {
    lanes sum = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        lanes x, y;
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        sum += x * y;
    }
    float total = 0;
    for (; i < count; i++) total += a[i] * b[i];
    for (size_t k = 0; k < 8; k++) total += sum[k];
    return total;
}

float cc_voice_periodicity(const float *history) {
    enum { COUNT = CC_VOICE_HISTORY - CC_VOICE_LAST_LAG };
    const float *now = history + CC_VOICE_LAST_LAG;
    float energy = dot(now, now, COUNT), best = 0;
    for (size_t lag = CC_VOICE_FIRST_LAG; lag <= CC_VOICE_LAST_LAG; lag++) {
        const float *then = now - lag;
        float product = dot(now, then, COUNT), scale = energy * dot(then, then, COUNT);
        if (scale > 0 && product > 0) {
            float correlation = product / sqrtf(scale);
            if (correlation > best) best = correlation;
        }
    }
    return best < 1 ? best : 1;
}
