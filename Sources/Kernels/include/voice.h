// What tells a voice from noise, measured on a few hundredths of a second of sound.
#pragma once

#include <stddef.h>

enum {
    CC_VOICE_STEP = 256,       // samples from one measurement to the next, at 16 kHz
    CC_VOICE_FRAME = 512,      // samples of a spectrum
    CC_VOICE_BINS = 257,       // of its power, 31.25 Hz apart
    CC_VOICE_TABLE = 1536,     // floats of cc_voice_table
    CC_VOICE_HISTORY = 240,    // samples that are searched for a period, at 4 kHz
    CC_VOICE_FIRST_LAG = 10,   // 400 Hz
    CC_VOICE_LAST_LAG = 57,    // 70 Hz
};

// The window (periodic Hann, 512) and the roots of unity that cc_voice_power needs.
void cc_voice_table(float *table);

// power [257] = |Fourier transform|^2 of window * frame [512]; scratch: 1024 floats.
void cc_voice_power(const float *frame, const float *table, float *power, float *scratch);

// out [64]: every fourth of the samples [268] at 16 kHz, with what is above 1 kHz weakened.
void cc_voice_lower(const float *samples, float *out);

// The largest of the normalised correlations of the last of `history` [240] with what was 10 to
// 57 samples before, 0 to 1; 0 where there is nothing to compare.
float cc_voice_periodicity(const float *history);
