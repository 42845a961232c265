// A weight matrix in 4 bits, as kernels.h lays it out. Private to this target.
#pragma once

#include "levels.h"

// Of 16 outputs and 32 inputs: nibbles, then the scales.
enum { CC_NIBBLES = CC_GROUP * CC_PANEL / 2, CC_GROUP_BYTES = CC_NIBBLES + CC_PANEL * 2 };

static inline size_t cc_groups(size_t in_width) { return (in_width + CC_GROUP - 1) / CC_GROUP; }

static inline uint8_t *cc_open_int4(const void *packed) {
    return (uint8_t *)cc_rounded_up((uintptr_t)packed, 64);
}
