// Source: ggml, `ggml-common.h` (the layouts) and `ggml-quants.c`, functions `dequantize_row_*`.
#include "blocks.h"
#include "levels.h"

#include <string.h>

enum { HALF_BLOCK = CC_BLOCK / 2 };

size_t cc_block_bytes(cc_block_type type) {
    switch (type) {
    case CC_Q4_0: return 2 + HALF_BLOCK;
    case CC_Q4_1: return 4 + HALF_BLOCK;
    case CC_Q5_0: return 2 + 4 + HALF_BLOCK;
    case CC_Q5_1: return 4 + 4 + HALF_BLOCK;
    case CC_Q8_0: return 2 + CC_BLOCK;
    }
    return 0;
}

// The scale, then the least number where the type has one.
static void read_scales(const cc_level_table *level, const char *block, bool has_least,
                        float scales[2]) {
    scales[1] = 0;
    level->to_float(block, CC_F16, has_least ? 2 : 1, scales);
}

static void nibbles_to_float(const uint8_t *nibbles, uint32_t high, int zero,
                             const float scales[2], float *out) {
    for (int i = 0; i < HALF_BLOCK; i++) {
        int low = (nibbles[i] & 15) | (int)(high >> i & 1) << 4;
        int up = nibbles[i] >> 4 | (int)(high >> (i + HALF_BLOCK) & 1) << 4;
        out[i] = scales[0] * (float)(low - zero) + scales[1];
        out[i + HALF_BLOCK] = scales[0] * (float)(up - zero) + scales[1];
    }
}

static void block_to_float(const cc_level_table *level, const char *block, cc_block_type type,
                           float *out) {
    float scales[2];
    bool has_least = type == CC_Q4_1 || type == CC_Q5_1;
    bool has_high = type == CC_Q5_0 || type == CC_Q5_1;
    read_scales(level, block, has_least, scales);
    block += has_least ? 4 : 2;
    if (type == CC_Q8_0) {
        for (int i = 0; i < CC_BLOCK; i++) out[i] = scales[0] * (float)(int8_t)block[i];
        return;
    }
    uint32_t high = 0;
    if (has_high) memcpy(&high, block, sizeof high);
    block += has_high ? sizeof high : 0;
    int zero = has_least ? 0 : has_high ? 16 : 8;
    nibbles_to_float((const uint8_t *)block, high, zero, scales, out);
}

typedef struct {
    const cc_level_table *level;
    const char *source;
    cc_block_type type;
    size_t count;
    float *out;
} blocks_job;

static void blocks_part(void *context, size_t part, size_t parts) {
    const blocks_job *job = context;
    size_t first, end, bytes = cc_block_bytes(job->type);
    cc_share(job->count, 1, part, parts, &first, &end);
    for (size_t b = first; b < end; b++)
        block_to_float(job->level, job->source + b * bytes, job->type, job->out + b * CC_BLOCK);
}

void cc_blocks_to_float(const void *source, cc_block_type type, size_t count, float *out) {
    blocks_job job = {cc_table(), source, type, count, out};
    cc_run(blocks_part, &job, count / 256);
}
