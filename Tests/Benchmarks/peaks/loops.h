// A loop that computes, and the operations of one of its rounds.
#pragma once

#include "peaks.h"

typedef struct {
    void (*run)(size_t rounds);
    double operations;
} peaks_loop;

// {NULL, 0} where the level has none.
peaks_loop peaks_loop_of(peaks_kind kind, cc_level level);

// The compiler knows nothing of a value after this, and has to have it before: `constraint` is that
// of the register it is in. No instruction is made.
#define OPAQUE(constraint, value) __asm__ volatile("" : "+" constraint(value))

// A round: `count` chains of operations that do not wait for one another.
#define CHAINS(count, statement)                                                                \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < (count); k++) { statement; }
