// Keys and values kept while a text is generated, and attention of one new token to them.
#include "levels.h"

#include <string.h>

static size_t head_bytes(const cc_cache_shape *shape) {
    return shape->capacity * shape->head_width * (shape->type == CC_F32 ? 4 : 2);
}

// MARK: Storing

typedef struct {
    const cc_level_table *level;
    cc_cache_shape shape;
    char *keys, *values;
    size_t position, rows;
    const float *k, *v;
} store_job;

static void store_value(const store_job *job, size_t head, size_t position, const float *v) {
    size_t width = job->shape.head_width;
    char *values = job->values + head * head_bytes(&job->shape);
    if (job->shape.type == CC_F32) memcpy(values + position * width * 4, v, width * 4);
    else job->level->to_f16(v, width, values + position * width * 2);
}

static void store_key(const store_job *job, size_t head, size_t position, const float *k) {
    enum { SLICE = 64 };
    size_t width = job->shape.head_width;
    char *keys = job->keys + head * head_bytes(&job->shape);
    size_t start = position / CC_PANEL * width * CC_PANEL + position % CC_PANEL;
    if (job->shape.type == CC_F32) {
        for (size_t i = 0; i < width; i++) ((float *)keys)[start + i * CC_PANEL] = k[i];
        return;
    }
    uint16_t halves[SLICE];
    for (size_t from = 0; from < width; from += SLICE) {
        size_t count = width - from < SLICE ? width - from : SLICE;
        job->level->to_f16(k + from, count, halves);
        for (size_t i = 0; i < count; i++)
            ((uint16_t *)keys)[start + (from + i) * CC_PANEL] = halves[i];
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
    job->level->cached_scores(job->q + at, width, job->keys + begin, shape->type,
                              (length + CC_PANEL - 1) / CC_PANEL, job->scale, scores);
    float sum = job->level->exp_row(scores, length);
    for (size_t t = 0; t < length; t++) scores[t] /= sum;
    job->level->cached_mixture(scores, length, job->values + begin, shape->type, width,
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
