// What a processor and its memory do at most, measured by loops that do nothing else.
//
// The loops follow the level of the kernels, and for 8 bits their sequence of instructions, so that
// a kernel cannot be faster. Data stays in registers, except in peaks_reading.
#pragma once

#include <kernels.h>
#include <stddef.h>

typedef enum {
    PEAKS_F32,    // fused multiply-add
    PEAKS_BF16,   // vdpbf16ps
    PEAKS_INT16,  // vpmaddwd and vpaddd, or vpdpwssd
    PEAKS_INT8,   // two vpmaddubsw, vpaddw, vpmaddwd, vpaddd; or vpdpbusd; or sdot
} peaks_kind;

// Operations of one round of a thread, a multiplication and its addition being two; 0 where the
// level has no such loop. The level is to be usable on this machine.
double peaks_operations(peaks_kind kind, cc_level level);

// Runs `rounds` rounds on each of `threads` threads (1 to 64), the caller's included, at once.
// Returns the seconds from the first thread's start to the last one's end; infinity where a thread
// cannot be had or the level has no such loop.
double peaks_computing(peaks_kind kind, cc_level level, size_t threads, size_t rounds);

// Reads `bytes` from `memory` on, `passes` times, each thread always the same share of it, whose
// length is rounded down to 256 bytes. Else as peaks_computing.
double peaks_reading(const void *memory, size_t bytes, cc_level level, size_t threads,
                     size_t passes);

// Seconds that the kernels' pool takes to share work that is none and to wait for it, one time after
// the other, on average over `rounds` times.
double peaks_joining(size_t rounds);
