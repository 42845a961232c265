// Keys and values kept while a text is generated, and attention of one new token to them.
#include "levels.h"

#include <string.h>

// Of a head's part of a key or value.
static size_t position_bytes(const cc_cache_shape *shape) {
    return cc_kept_scale_bytes(shape->kept) + cc_kept_bytes(shape->kept, shape->head_width);
}

static size_t head_bytes(const cc_cache_shape *shape) {
    return shape->capacity * position_bytes(shape);
}

size_t cc_cache_bytes(cc_cache_shape shape) { return shape.heads * head_bytes(&shape); }

// MARK: Storing

typedef struct {
    const cc_level_table *level;
    cc_cache_shape shape;
    char *keys, *values;
    size_t position, rows;
    const float *k, *v;
} store_job;

// The step of `width` numbers in 8 bits, and into *factor its inverse.
static float step_of(const cc_level_table *level, const float *x, size_t width, float *factor) {
    float most = level->largest_magnitude(x, width);
    *factor = most > 0 ? 127 / most : 0;
    return most / 127;
}

static void store_value(const store_job *job, size_t head, size_t position, const float *v) {
    size_t width = job->shape.head_width;
    char *out =
        job->values + head * head_bytes(&job->shape) + position * position_bytes(&job->shape);
    switch (job->shape.kept) {
    case CC_KEPT_F32: memcpy(out, v, width * sizeof *v); break;
    case CC_KEPT_F16: job->level->to_f16(v, width, out); break;
    case CC_KEPT_INT8: {
        float factor, step = step_of(job->level, v, width, &factor);
        memcpy(out, &step, sizeof step);
        job->level->quantize_weights(v, width, factor, (int8_t *)out + sizeof step);
        break;
    }
    }
}

static void store_key(const store_job *job, size_t head, size_t position, const float *k) {
    enum { SLICE = 64 };
    size_t width = job->shape.head_width, column = position % CC_PANEL;
    char *block = job->keys + head * head_bytes(&job->shape)
        + position / CC_PANEL * CC_PANEL * position_bytes(&job->shape);
    char *numbers = block + CC_PANEL * cc_kept_scale_bytes(job->shape.kept);
    float factor = 0;
    if (job->shape.kept == CC_KEPT_INT8)
        ((float *)block)[column] = step_of(job->level, k, width, &factor);
    for (size_t from = 0; from < width; from += SLICE) {
        size_t count = cc_least(width - from, SLICE), start = from * CC_PANEL + column;
        uint16_t halves[SLICE];
        int8_t integers[SLICE];
        switch (job->shape.kept) {
        case CC_KEPT_F32:
            for (size_t i = 0; i < count; i++)
                ((float *)numbers)[start + i * CC_PANEL] = k[from + i];
            break;
        case CC_KEPT_F16:
            job->level->to_f16(k + from, count, halves);
            for (size_t i = 0; i < count; i++)
                ((uint16_t *)numbers)[start + i * CC_PANEL] = halves[i];
            break;
        case CC_KEPT_INT8:
            job->level->quantize_weights(k + from, count, factor, integers);
            for (size_t i = 0; i < count; i++) numbers[start + i * CC_PANEL] = integers[i];
            break;
        }
    }
}

static void store_part(void *context, size_t part, size_t parts) {
    const store_job *job = context;
    size_t first, end, width = job->shape.head_width;
    cc_share(job->shape.heads, 1, part, parts, &first, &end);
    for (size_t head = first; head < end; head++)
        for (size_t r = 0; r < job->rows; r++) {
            size_t at = (r * job->shape.heads + head) * width;
            store_key(job, head, job->position + r, job->k + at);
            store_value(job, head, job->position + r, job->v + at);
        }
}

void cc_cache_store(cc_cache_shape shape, void *keys, void *values, size_t position,
                    const float *k, const float *v, size_t first_row, size_t rows) {
    size_t begin = first_row * shape.heads * shape.head_width;
    store_job job = {cc_table(), shape, keys, values, position, rows, k + begin, v + begin};
    cc_run(store_part, &job, rows < 16 ? 1 : shape.heads);
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

static void attend_row(const query_job *job, size_t head, size_t row) {
    const cc_cache_shape *shape = &job->shape;
    size_t width = shape->head_width, begin = head * head_bytes(shape);
    size_t at = (row * shape->heads + head) * width;
    size_t length = job->length + (job->grows ? row : 0);
    float *scores = job->scores + head * job->scores_stride;
    job->level->cached_scores(job->q + at, width, job->keys + begin, shape->kept,
                              (length + CC_PANEL - 1) / CC_PANEL, job->scale, scores);
    float sum = job->level->exp_row(scores, length);
    for (size_t t = 0; t < length; t++) scores[t] /= sum;
    job->level->cached_mixture(scores, length, job->values + begin, shape->kept, width,
                               job->out + at);
}

static void query_part(void *context, size_t part, size_t parts) {
    const query_job *job = context;
    size_t first, end;
    cc_share(job->shape.heads, 1, part, parts, &first, &end);
    for (size_t head = first; head < end; head++)
        for (size_t row = 0; row < job->rows; row++) attend_row(job, head, row);
}

size_t cc_cached_attention_scratch(size_t heads, size_t length) {
    return heads * cc_rounded_up(length, CC_PANEL) * sizeof(float);
}

void cc_cached_attention(cc_cache_shape shape, const void *keys, const void *values,
                         const float *q, size_t first_row, size_t rows, size_t length, bool grows,
                         float scale, float *out, void *scratch) {
    size_t begin = first_row * shape.heads * shape.head_width;
    query_job job = {cc_table(), shape, keys, values, q + begin, rows, length, grows, scale,
                     out + begin, scratch, cc_rounded_up(length + rows, CC_PANEL)};
    cc_run(query_part, &job, rows * length < 64 ? 1 : shape.heads);
}
