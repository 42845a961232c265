// Keys and values kept while a text is generated, and attention of one new token to them.
#include "levels.h"

#include <string.h>

static size_t head_bytes(const cc_cache_shape *shape) {
    return shape->capacity * cc_kept_bytes(shape->kept, shape->head_width);
}

size_t cc_cache_bytes(cc_cache_shape shape) { return shape.heads * head_bytes(&shape); }

// Where the 16 positions begin that a position is among.
static char *block_of(const cc_cache_shape *shape, char *kept, size_t head, size_t position) {
    return kept + head * head_bytes(shape)
        + position / CC_PANEL * CC_PANEL * cc_kept_bytes(shape->kept, shape->head_width);
}

// MARK: Storing

typedef struct {
    const cc_level_table *level;
    cc_cache_shape shape;
    char *keys, *values;
    size_t position, rows;
    const float *k, *v;
} store_job;

// The step of `width` numbers in 8 bits; the numbers into `out`, and a zero where the width is odd.
static float to_int8(const cc_level_table *level, const float *x, size_t width, int8_t *out) {
    float most = level->largest_magnitude(x, width);
    out[width] = 0;
    level->quantize_weights(x, width, cc_factor_for(most, 127), out);
    return most / 127;
}

static void store_int8(const store_job *job, size_t head, size_t position, const float *k,
                       const float *v) {
    const cc_cache_shape *shape = &job->shape;
    size_t width = shape->head_width, row = 2 * cc_rounded_up(width, 2), at = position % CC_PANEL;
    int8_t integers[CC_MOST_KEPT_INT8_WIDTH + 1];
    float *floats = (float *)block_of(shape, job->keys, head, position);
    int8_t *pairs = (int8_t *)(floats + CC_PANEL) + 2 * at;
    floats[at] = to_int8(job->level, k, width, integers);
    for (size_t i = 0; i < width; i += 2) memcpy(pairs + i * CC_PANEL, integers + i, 2);
    floats = (float *)block_of(shape, job->values, head, position);
    pairs = (int8_t *)(floats + CC_PANEL) + at / 2 * row + at % 2;
    floats[at] = to_int8(job->level, v, width, integers);
    for (size_t i = 0; i < width; i++) pairs[2 * i] = integers[i];
}

static void store_f32(const cc_cache_shape *shape, float *keys, float *value, size_t column,
                      const float *k, const float *v) {
    for (size_t i = 0; i < shape->head_width; i++) keys[i * CC_PANEL + column] = k[i];
    memcpy(value, v, shape->head_width * sizeof *v);
}

static void store_f16(const cc_level_table *level, const cc_cache_shape *shape, uint16_t *keys,
                      uint16_t *value, size_t column, const float *k, const float *v) {
    enum { SLICE = 64 };
    uint16_t halves[SLICE];
    for (size_t from = 0; from < shape->head_width; from += SLICE) {
        size_t count = cc_least(shape->head_width - from, SLICE);
        level->to_f16(k + from, count, halves);
        for (size_t i = 0; i < count; i++) keys[(from + i) * CC_PANEL + column] = halves[i];
    }
    level->to_f16(v, shape->head_width, value);
}

static void store_position(const store_job *job, size_t head, size_t position, const float *k,
                           const float *v) {
    const cc_cache_shape *shape = &job->shape;
    size_t column = position % CC_PANEL;
    char *keys = block_of(shape, job->keys, head, position);
    char *value = block_of(shape, job->values, head, position)
        + column * cc_kept_bytes(shape->kept, shape->head_width);
    switch (shape->kept) {
    case CC_KEPT_F32: store_f32(shape, (float *)keys, (float *)value, column, k, v); break;
    case CC_KEPT_F16:
        store_f16(job->level, shape, (uint16_t *)keys, (uint16_t *)value, column, k, v);
        break;
    case CC_KEPT_INT8: store_int8(job, head, position, k, v); break;
    }
}

static void store_part(void *context, size_t part, size_t parts) {
    const store_job *job = context;
    size_t first, end, width = job->shape.head_width;
    cc_share(job->rows, CC_PANEL, part, parts, &first, &end);
    // Row by row, as k and v lie: a head's part of the rows alone comes too slowly from memory.
    for (size_t r = first; r < end; r++)
        for (size_t head = 0; head < job->shape.heads; head++) {
            size_t at = (r * job->shape.heads + head) * width;
            store_position(job, head, job->position + r, job->k + at, job->v + at);
        }
}

void cc_cache_store(cc_cache_shape shape, void *keys, void *values, size_t position,
                    const float *k, const float *v, size_t first_row, size_t rows) {
    size_t begin = first_row * shape.heads * shape.head_width;
    store_job job = {cc_table(), shape, keys, values, position, rows, k + begin, v + begin};
    cc_run(store_part, &job, rows / CC_PANEL);
}

// MARK: A few queries

typedef struct {
    const cc_level_table *level;
    cc_cache_shape shape;
    const char *keys, *values;
    const float *q;
    size_t rows, length;
    bool grows;
    float scale;
    float *out, *scores;
    size_t scores_stride;
} query_job;

// What floats are kept in; not of 8 bits.
static cc_type type_of(cc_kept kept) { return kept == CC_KEPT_F16 ? CC_F16 : CC_F32; }

// The largest 16-bit number that, times 127, can be summed `count` times in 32 bits.
static float limit_of(size_t count) {
    size_t most = INT32_MAX / 127 / (count ? count : 1);
    return (float)cc_least(most, INT16_MAX);
}

void cc_kept_scores(const cc_level_table *level, cc_kept kept, const float *q, size_t width,
                    const char *keys, size_t blocks, float scale, float *scores) {
    if (kept != CC_KEPT_INT8) {
        level->cached_scores(q, width, keys, type_of(kept), blocks, scale, scores);
        return;
    }
    int16_t shorts[CC_MOST_KEPT_INT8_WIDTH + 1];
    float factor = cc_factor_for(level->largest_magnitude(q, width), limit_of(width));
    shorts[width] = 0;
    level->to_int16(q, width, factor, shorts);
    level->scores_int8(shorts, width, keys, blocks, scale * cc_inverse(factor), scores);
}

// Weights that sum up to `sum` take their values' floats, and become 16-bit integers behind themselves.
static void mix_int8(const query_job *job, const char *values, size_t length, float *weights,
                     float sum, float *out) {
    const cc_level_table *level = job->level;
    size_t width = job->shape.head_width, blocks = (length + CC_PANEL - 1) / CC_PANEL;
    size_t block_bytes = CC_PANEL * cc_kept_bytes(CC_KEPT_INT8, width);
    memset(weights + length, 0, (blocks * CC_PANEL - length) * sizeof *weights);
    for (size_t block = 0; block < blocks; block++) {
        const float *floats = (const float *)(values + block * block_bytes);
        for (size_t t = 0; t < CC_PANEL; t++) weights[block * CC_PANEL + t] *= floats[t];
    }
    size_t count = blocks * CC_PANEL;
    int16_t *shorts = (int16_t *)(weights + count);
    float factor = cc_factor_for(level->largest_magnitude(weights, count), limit_of(count));
    level->to_int16(weights, count, factor, shorts);
    level->mixture_int8(shorts, blocks, values, width, cc_inverse(factor) / sum, out);
}

static void attend_row(const query_job *job, size_t head, size_t row) {
    const cc_cache_shape *shape = &job->shape;
    const cc_level_table *level = job->level;
    size_t width = shape->head_width, begin = head * head_bytes(shape);
    size_t at = (row * shape->heads + head) * width;
    size_t length = job->length + (job->grows ? row : 0);
    float *scores = job->scores + head * job->scores_stride;
    cc_kept_scores(level, shape->kept, job->q + at, width, job->keys + begin,
                   (length + CC_PANEL - 1) / CC_PANEL, job->scale, scores);
    float sum = level->exp_row(scores, length);
    if (shape->kept == CC_KEPT_INT8) {
        mix_int8(job, job->values + begin, length, scores, sum, job->out + at);
        return;
    }
    for (size_t t = 0; t < length; t++) scores[t] /= sum;
    level->cached_mixture(scores, length, job->values + begin, type_of(shape->kept), width,
                          job->out + at);
}

static void query_part(void *context, size_t part, size_t parts) {
    const query_job *job = context;
    size_t first, end;
    cc_share(job->shape.heads, 1, part, parts, &first, &end);
    for (size_t head = first; head < end; head++)
        for (size_t row = 0; row < job->rows; row++) attend_row(job, head, row);
}

// A head's scores, and weights in 16 bits.
static size_t scores_stride(size_t length) { return cc_rounded_up(length, CC_PANEL) / 2 * 3; }

size_t cc_cached_attention_scratch(size_t heads, size_t length) {
    return heads * scores_stride(length) * sizeof(float);
}

void cc_cached_attention(cc_cache_shape shape, const void *keys, const void *values,
                         const float *q, size_t first_row, size_t rows, size_t length, bool grows,
                         float scale, float *out, void *scratch) {
    size_t begin = first_row * shape.heads * shape.head_width;
    query_job job = {cc_table(), shape, keys, values, q + begin, rows, length, grows, scale,
                     out + begin, scratch, scores_stride(length + rows)};
    cc_run(query_part, &job, rows * length < 64 ? 1 : shape.heads);
}
