// Weights that are stored in blocks of 32 with a scale each, as ggml writes them.
#pragma once

#include <stddef.h>

// A block's bytes, little-endian; d and m are half-precision floats, q[i] one of 32 numbers.
// The four bits of q[i] and q[i + 16] share byte i of the nibbles, the lower ones first; the fifth
// bit of q[i] is bit i of `high`.
typedef enum {
    CC_Q4_0,  // d, nibbles[16]:              d (q - 8)
    CC_Q4_1,  // d, m, nibbles[16]:           d q + m
    CC_Q5_0,  // d, high (32 bits), nibbles:  d (q - 16)
    CC_Q5_1,  // d, m, high, nibbles:         d q + m
    CC_Q8_0,  // d, q[32] signed bytes:       d q
} cc_block_type;

enum { CC_BLOCK = 32 };

// Bytes of a block.
size_t cc_block_bytes(cc_block_type type);
// out[32 * count] = the numbers of `count` blocks, which need no alignment.
void cc_blocks_to_float(const void *source, cc_block_type type, size_t count, float *out);
