#pragma once
#include <stddef.h>
#include <stdint.h>

// The log-mel spectrum of sound, frame by frame. Nothing here allocates; no pointer may alias another; any
// count may be 0.

enum {
    CC_MEL_SIZE = 400,  // samples of a frame
    CC_MEL_HOP = 160,   // samples from one frame to the next
};

// The first `padded_count` of: 200 samples mirrored at the first, the samples, zeros up to `total`, 200
// samples mirrored at the last of those. What is no number becomes 0, and what is beyond ±32768 that.
//
// samples  [count], count <= total
// padded   [padded_count]; total > 200, padded_count <= total + 400
void cc_pad_sound(const float *samples, size_t count, size_t total, float *padded,
                  size_t padded_count);

// log10 of what each filter lets through of each frame's power spectrum, at least -10.
//
// padded   [frames * CC_MEL_HOP + CC_MEL_SIZE]
// window   [CC_MEL_SIZE]: factors of a frame's samples
// turns    [CC_MEL_SIZE, 2]: cos and -sin of k / CC_MEL_SIZE of a turn
// firsts, counts  [channels]: the bins of each filter, all below CC_MEL_SIZE / 2 + 1
// weights  [sum of counts]
// out      [frames, channels]
void cc_log_mel(const float *padded, size_t frames, const float *window, const float *turns,
                const int32_t *firsts, const int32_t *counts, const float *weights,
                size_t channels, float *out);

// The first `heard` of `all` values are from cc_log_mel, the others of silence, -10. Cuts all of them 8
// below the largest, then maps x to (x + 4) / 4. In place.
void cc_finish_log_mel(float *values, size_t heard, size_t all);
