// Attention in 16-bit integers, for machines that multiply them twice as fast as floats.
//
// Queries and keys get a scale each, values one for each column; weights of the mixture are
// fractions of 2^14. Products are summed in 32 bits over a head's width or a block of keys, which
// these limits keep from overflowing, and in float from there on. Beside f32 the angle's cosine is
// 1 - 6e-7 for normally distributed numbers.
//
//   keys    panels over positions: per 16 keys [width / 2][16][2], then a scale for each key
//   values  per block of 128 keys, panels over columns: per 16 columns [keys / 2][16][2], the keys
//           of each 16 in the order of cc_shorts_place; then a scale for each column
//
// 12 queries go through the keys block by block: scores, to the base 2, weights relative to the
// largest score so far, and the mixture, which shrinks whenever a larger score turns up. So scores and weights stay
// in the first-level cache, and keys and values of a head in the second.
#include "levels.h"

#include <math.h>
#include <string.h>

// 128 * 4095^2 and 128 * 2^14 * 1023 are below 2^31.
enum { SCORE_LIMIT = 4095, VALUE_LIMIT = 1023, KEY_BLOCK = 128 };

#define LOG2_E 1.44269504f

typedef struct {
    const cc_level_table *level;
    cc_attention_shape in;
    const float *q, *k, *v;  // first element of the first head
    size_t keys, width;      // padded to CC_PAIR
    float *out;
    char *heads, *parts_scratch;
    size_t part_bytes;
    cc_turns *halves, *blocks;  // keys or values of a head to lay out; 12 queries of a head
} int16_job;

typedef struct {
    int16_t *keys, *values;
    float *key_scales, *column_scales;
} head_panels;

static head_panels panels_of(const int16_job *job, size_t head) {
    size_t elements = job->keys * job->width;
    size_t bytes = 2 * elements * sizeof(int16_t) + (job->keys + job->width) * sizeof(float);
    head_panels p;
    p.keys = (int16_t *)(job->heads + head * bytes);
    p.values = p.keys + elements;
    p.key_scales = (float *)(p.values + elements);
    p.column_scales = p.key_scales + job->keys;
    return p;
}

// Keys of the block that begins at key t.
static size_t block_keys(const int16_job *job, size_t t) {
    return cc_least(KEY_BLOCK, job->keys - t);
}

// Rows of a head lie a whole row apart, further than the processor looks ahead by itself.
enum { AHEAD = CC_TILE_ROWS };

static void fetch_ahead(const float *rows, size_t row, size_t count, size_t stride, size_t width) {
    const float *next = rows + cc_least(row + AHEAD, count - 1) * stride;
    for (size_t i = 0; i < width; i += 16) __builtin_prefetch(next + i);
}

// MARK: Panels

static void lay_out_keys(const int16_job *job, size_t head, const head_panels *p, int16_t *row) {
    const cc_attention_shape *in = &job->in;
    memset(row, 0, job->width * sizeof *row);
    memset(p->keys, 0, job->keys * job->width * sizeof *p->keys);
    memset(p->key_scales, 0, job->keys * sizeof *p->key_scales);
    const float *first = job->k + head * in->head_width;
    for (size_t t = 0; t < in->keys; t++) {
        const float *k = first + t * in->k_stride;
        fetch_ahead(first, t, in->keys, in->k_stride, in->head_width);
        float factor = cc_factor_for(job->level->largest_magnitude(k, in->head_width), SCORE_LIMIT);
        job->level->to_int16(k, in->head_width, factor, row);
        p->key_scales[t] = cc_inverse(factor);
        int16_t *column = p->keys + t / CC_PANEL * job->width * CC_PANEL + t % CC_PANEL * 2;
        for (size_t i = 0; i < job->width; i += 2) memcpy(column + i * CC_PANEL, row + i, 4);
    }
}

static void lay_out_values(const int16_job *job, size_t head, const head_panels *p, int16_t *row) {
    const cc_attention_shape *in = &job->in;
    float *scales = p->column_scales, *scaled = (float *)(row + job->width);
    memset(p->values, 0, job->keys * job->width * sizeof *p->values);
    memset(scales, 0, job->width * sizeof *scales);
    const float *first = job->v + head * in->head_width;
    for (size_t t = 0; t < in->keys; t++) {
        const float *v = first + t * in->v_stride;
        fetch_ahead(first, t, in->keys, in->v_stride, in->head_width);
        for (size_t i = 0; i < in->head_width; i++)
            scales[i] = fabsf(v[i]) > scales[i] ? fabsf(v[i]) : scales[i];
    }
    for (size_t i = 0; i < in->head_width; i++) scales[i] = cc_factor_for(scales[i], VALUE_LIMIT);
    for (size_t t = 0; t < in->keys; t++) {
        const float *v = first + t * in->v_stride;
        fetch_ahead(first, t, in->keys, in->v_stride, in->head_width);
        for (size_t i = 0; i < in->head_width; i++) scaled[i] = v[i] * scales[i];
        job->level->to_int16(scaled, in->head_width, 1, row);
        size_t block = t / KEY_BLOCK * KEY_BLOCK, panel = block_keys(job, block) * CC_PANEL;
        size_t place = (t - block) / CC_PANEL * CC_PANEL + cc_shorts_place(t % CC_PANEL);
        int16_t *pair = p->values + block * job->width + place / 2 * 2 * CC_PANEL + place % 2;
        for (size_t i = 0; i < in->head_width; i++)
            pair[i / CC_PANEL * panel + i % CC_PANEL * 2] = row[i];
    }
    for (size_t i = 0; i < in->head_width; i++) scales[i] = cc_inverse(scales[i]);
}

static void lay_out_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const int16_job *job = context;
    size_t half, end;
    int16_t *row = (int16_t *)(job->parts_scratch + part * job->part_bytes);
    while (cc_take(job->halves, &half, &end)) {
        head_panels p = panels_of(job, half / 2);
        if (half % 2) lay_out_values(job, half / 2, &p, row);
        else lay_out_keys(job, half / 2, &p, row);
    }
}

// MARK: Blocks of queries

typedef struct {
    float *scores;     // [12][block]
    float *mixture;    // [12][width]
    int16_t *queries;  // [12][width]
    int16_t *weights;  // [12][block]
    float scales[CC_TILE_ROWS];  // of the queries
    float most[CC_TILE_ROWS];    // the largest score so far
    float sums[CC_TILE_ROWS];    // of the weights relative to it
} query_block;

static void split_scratch(const int16_job *job, char *scratch, query_block *b) {
    size_t block = block_keys(job, 0);
    b->scores = (float *)scratch;
    b->mixture = b->scores + CC_TILE_ROWS * block;
    b->queries = (int16_t *)(b->mixture + CC_TILE_ROWS * job->width);
    b->weights = b->queries + CC_TILE_ROWS * job->width;
}

static void take_queries(const int16_job *job, size_t head, size_t row, size_t rows,
                         query_block *b) {
    const cc_attention_shape *in = &job->in;
    const float *first = job->q + head * in->head_width;
    memset(b->queries, 0, rows * job->width * sizeof *b->queries);
    for (size_t r = 0; r < rows; r++) {
        const float *q = first + (row + r) * in->q_stride;
        fetch_ahead(first, row + r, in->rows, in->q_stride, in->head_width);  // the next block's
        float factor = cc_factor_for(job->level->largest_magnitude(q, in->head_width), SCORE_LIMIT);
        job->level->to_int16(q, in->head_width, factor, b->queries + r * job->width);
        b->scales[r] = cc_inverse(factor) * in->scale * LOG2_E;
        b->most[r] = -INFINITY;
        b->sums[r] = 0;
    }
}

static void make_scores(const int16_job *job, const head_panels *p, size_t t, size_t rows,
                        const query_block *b) {
    size_t block = block_keys(job, t);
    for (size_t c = 0; c < block; c += CC_PAIR)
        job->level->tile_int16(rows, job->width, b->queries, job->width, b->scales,
                               p->keys + (t + c) * job->width, p->key_scales + t + c, NULL,
                               b->scores + c, block);
    for (size_t r = 0; r < rows; r++)  // keys that are padding weigh nothing
        for (size_t c = cc_least(block, job->in.keys - t); c < block; c++)
            b->scores[r * block + c] = -3e38f;
}

// Weights of one block; `keep` is what the mixture of the blocks before is multiplied with.
static void make_weights(const int16_job *job, size_t t, size_t rows, query_block *b,
                         float *keep) {
    float before[CC_TILE_ROWS], sums[CC_TILE_ROWS];
    memcpy(before, b->most, sizeof before);
    job->level->power_rows_int16(b->scores, rows, block_keys(job, t), b->most, sums, b->weights);
    for (size_t r = 0; r < rows; r++) {
        keep[r] = b->most[r] > before[r] ? exp2f(before[r] - b->most[r]) : 1;
        b->sums[r] = b->sums[r] * keep[r] + sums[r];
    }
}

static void attend_block(const int16_job *job, size_t head, size_t row, size_t rows,
                         query_block *b) {
    head_panels p = panels_of(job, head);
    take_queries(job, head, row, rows, b);
    for (size_t t = 0; t < job->keys; t += KEY_BLOCK) {
        size_t block = block_keys(job, t);
        float keep[CC_TILE_ROWS], share[CC_TILE_ROWS];
        make_scores(job, &p, t, rows, b);
        make_weights(job, t, rows, b, keep);
        for (size_t r = 0; r < rows; r++) {
            share[r] = t + block < job->keys ? 1 : 1 / b->sums[r];  // the last one divides
            keep[r] *= share[r];
        }
        for (size_t c = 0; c < job->width; c += CC_PAIR)
            job->level->tile_int16(rows, block, b->weights, block, share,
                                   p.values + t * job->width + c * block, p.column_scales + c,
                                   t ? keep : NULL, b->mixture + c, job->width);
    }
    size_t width = job->in.head_width;
    for (size_t r = 0; r < rows; r++)
        memcpy(job->out + ((row + r) * job->in.heads + head) * width, b->mixture + r * job->width,
               width * sizeof(float));
}

static void attend_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const int16_job *job = context;
    size_t blocks = (job->in.rows + CC_TILE_ROWS - 1) / CC_TILE_ROWS, item, end;
    query_block block;
    split_scratch(job, job->parts_scratch + part * job->part_bytes, &block);
    while (cc_take(job->blocks, &item, &end)) {
        size_t row = item % blocks * CC_TILE_ROWS;
        attend_block(job, item / blocks, row, cc_least(job->in.rows - row, CC_TILE_ROWS), &block);
    }
}

void cc_attention_int16(const cc_level_table *level, cc_attention_shape shape, const float *q,
                        const float *k, const float *v, float *out, void *scratch,
                        size_t panel_bytes, size_t part_bytes, size_t parts) {
    cc_turns halves = {0, 2 * shape.heads, 1};
    cc_turns blocks = {0, shape.heads * ((shape.rows + CC_TILE_ROWS - 1) / CC_TILE_ROWS), 1};
    int16_job job = {level, shape, q + shape.q_first, k + shape.k_first, v + shape.v_first,
                     cc_rounded_up(shape.keys, CC_PAIR), cc_rounded_up(shape.head_width, CC_PAIR),
                     out, scratch, (char *)scratch + panel_bytes, part_bytes, &halves, &blocks};
    cc_run(lay_out_part, &job, cc_least(halves.count, parts));
    cc_run(attend_part, &job, cc_least(blocks.count, parts));
}
