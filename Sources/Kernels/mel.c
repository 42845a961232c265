// Several frames at a time, one in each lane of a vector: every step of the transform is the same for all.
//
// A frame's 400 real samples are taken as 200 complex ones, transformed in stages of radix 5, 5, 4 and 2
// (Stockham's order, which needs no sorting), and split into the 201 bins of the real spectrum.
#include "mel.h"

#include "levels.h"

#include <math.h>

#if defined(__x86_64__)
#define CC_FOR_EACH_CPU __attribute__((target_clones("arch=haswell", "default")))
#else
#define CC_FOR_EACH_CPU
#endif
#define CC_INLINE static inline __attribute__((always_inline))

enum { LANES = 8, HALF = CC_MEL_SIZE / 2, BINS = HALF + 1 };

typedef float vec __attribute__((vector_size(LANES * 4)));

typedef struct {
    vec re, im;
} complex_vec;

CC_INLINE complex_vec sum(complex_vec a, complex_vec b) {
    return (complex_vec){a.re + b.re, a.im + b.im};
}

CC_INLINE complex_vec difference(complex_vec a, complex_vec b) {
    return (complex_vec){a.re - b.re, a.im - b.im};
}

// a turned by k / CC_MEL_SIZE of a turn, clockwise.
CC_INLINE complex_vec turned(complex_vec a, const float *turns, size_t k) {
    float re = turns[2 * k], im = turns[2 * k + 1];
    return (complex_vec){a.re * re - a.im * im, a.re * im + a.im * re};
}

CC_INLINE void butterfly_2(const complex_vec *x, complex_vec *y) {
    y[0] = sum(x[0], x[1]);
    y[1] = difference(x[0], x[1]);
}

CC_INLINE void butterfly_4(const complex_vec *x, complex_vec *y) {
    complex_vec a = sum(x[0], x[2]), b = difference(x[0], x[2]);
    complex_vec c = sum(x[1], x[3]), d = difference(x[1], x[3]);
    y[0] = sum(a, c);
    y[1] = (complex_vec){b.re + d.im, b.im - d.re};
    y[2] = difference(a, c);
    y[3] = (complex_vec){b.re - d.im, b.im + d.re};
}

CC_INLINE void butterfly_5(const complex_vec *x, complex_vec *y) {
    // Cosines and sines of 1/5 and 2/5 of a turn.
    const float c1 = 0.309016994f, c2 = -0.809016994f, s1 = 0.951056516f, s2 = 0.587785252f;
    complex_vec a = sum(x[1], x[4]), b = difference(x[1], x[4]);
    complex_vec c = sum(x[2], x[3]), d = difference(x[2], x[3]);
    complex_vec p = {x[0].re + a.re * c1 + c.re * c2, x[0].im + a.im * c1 + c.im * c2};
    complex_vec q = {x[0].re + a.re * c2 + c.re * c1, x[0].im + a.im * c2 + c.im * c1};
    complex_vec r = {b.re * s1 + d.re * s2, b.im * s1 + d.im * s2};
    complex_vec s = {b.re * s2 - d.re * s1, b.im * s2 - d.im * s1};
    y[0] = (complex_vec){x[0].re + a.re + c.re, x[0].im + a.im + c.im};
    y[1] = (complex_vec){p.re + r.im, p.im - r.re};
    y[2] = (complex_vec){q.re + s.im, q.im - s.re};
    y[3] = (complex_vec){q.re - s.im, q.im + s.re};
    y[4] = (complex_vec){p.re - r.im, p.im + r.re};
}

// One stage: `done` transforms of `length` points become `done * radix` of `length / radix`.
CC_INLINE void stage(size_t radix, size_t length, size_t done, const float *turns,
                     const complex_vec *in, complex_vec *out) {
    size_t part = length / radix;
    for (size_t p = 0; p < part; p++)
        for (size_t q = 0; q < done; q++) {
            complex_vec x[5], y[5];
            for (size_t j = 0; j < radix; j++) x[j] = in[q + done * (p + part * j)];
            if (radix == 5) butterfly_5(x, y);
            else if (radix == 4) butterfly_4(x, y);
            else butterfly_2(x, y);
            out[q + done * radix * p] = y[0];
            for (size_t k = 1; k < radix; k++)
                out[q + done * (radix * p + k)] = turned(y[k], turns, p * k * (CC_MEL_SIZE / length));
        }
}

// power[k] = |bin k|^2 of the frames that begin at `frame` and every CC_MEL_HOP samples after.
CC_INLINE void power_spectra(const float *frame, const float *window, const float *turns,
                             complex_vec *a, complex_vec *b, vec *power) {
    for (size_t i = 0; i < HALF; i++)
        for (size_t lane = 0; lane < LANES; lane++) {
            const float *x = frame + lane * CC_MEL_HOP + 2 * i;
            a[i].re[lane] = x[0] * window[2 * i];
            a[i].im[lane] = x[1] * window[2 * i + 1];
        }
    stage(5, 200, 1, turns, a, b);
    stage(5, 40, 5, turns, b, a);
    stage(4, 8, 25, turns, a, b);
    stage(2, 2, 100, turns, b, a);
    for (size_t k = 0; k < BINS; k++) {
        complex_vec z = a[k % HALF], mirrored = a[(HALF - k) % HALF];
        mirrored.im = -mirrored.im;
        complex_vec even = sum(z, mirrored), odd = turned(difference(z, mirrored), turns, k);
        vec re = (even.re + odd.im) * 0.5f, im = (even.im - odd.re) * 0.5f;
        power[k] = re * re + im * im;
    }
}

// At most LANES frames; a block reads whole lanes, also those that it does not write.
CC_FOR_EACH_CPU
static void log_mel_block(const float *frame, size_t frames, const float *window,
                          const float *turns, const int32_t *firsts, const int32_t *counts,
                          const float *weights, size_t channels, float *out) {
    complex_vec a[HALF], b[HALF];
    vec power[BINS];
    power_spectra(frame, window, turns, a, b, power);
    for (size_t channel = 0; channel < channels; channel++) {
        vec passed = {0};
        for (int32_t i = 0; i < counts[channel]; i++)
            passed += power[firsts[channel] + i] * *weights++;
        for (size_t lane = 0; lane < frames; lane++)
            out[lane * channels + channel] = log10f(passed[lane] > 1e-10f ? passed[lane] : 1e-10f);
    }
}

typedef struct {
    const float *padded;
    size_t frames;
    const float *window, *turns;
    const int32_t *firsts, *counts;
    const float *weights;
    size_t channels;
    float *out;
} mel_job;

static void log_mel_part(void *context, size_t part, size_t parts) {
    const mel_job *job = context;
    size_t first, end;
    cc_share(job->frames, LANES, part, parts, &first, &end);
    for (size_t frame = first; frame < end; frame += LANES) {
        size_t count = cc_least(LANES, end - frame);
        const float *at = job->padded + frame * CC_MEL_HOP;
        float last[(LANES - 1) * CC_MEL_HOP + CC_MEL_SIZE] = {0};
        if (count < LANES) {  // the sound ends before the last lane does
            for (size_t i = 0; i < (count - 1) * CC_MEL_HOP + CC_MEL_SIZE; i++) last[i] = at[i];
            at = last;
        }
        log_mel_block(at, count, job->window, job->turns, job->firsts, job->counts, job->weights,
                      job->channels, job->out + frame * job->channels);
    }
}

void cc_log_mel(const float *padded, size_t frames, const float *window, const float *turns,
                const int32_t *firsts, const int32_t *counts, const float *weights,
                size_t channels, float *out) {
    mel_job job = {padded, frames, window, turns, firsts, counts, weights, channels, out};
    cc_run(log_mel_part, &job, frames / (8 * LANES));
}

static float sample(const float *samples, size_t count, size_t i) {
    if (i >= count || isnan(samples[i]) || isinf(samples[i])) return 0;
    return fminf(fmaxf(samples[i], -32768), 32768);
}

void cc_pad_sound(const float *samples, size_t count, size_t total, float *padded,
                  size_t padded_count) {
    enum { MIRRORED = CC_MEL_SIZE / 2 };
    for (size_t i = 0; i < padded_count; i++) {
        if (i < MIRRORED) padded[i] = sample(samples, count, MIRRORED - i);
        else if (i < MIRRORED + total) padded[i] = sample(samples, count, i - MIRRORED);
        else padded[i] = sample(samples, count, 2 * total + MIRRORED - 2 - i);
    }
}

CC_FOR_EACH_CPU
void cc_finish_log_mel(float *values, size_t heard, size_t all) {
    for (size_t i = heard; i < all; i++) values[i] = -10;
    float most = -10;
    for (size_t i = 0; i < heard; i++) most = values[i] > most ? values[i] : most;
    for (size_t i = 0; i < all; i++) {
        float value = values[i] > most - 8 ? values[i] : most - 8;
        values[i] = (value + 4) * 0.25f;
    }
}
