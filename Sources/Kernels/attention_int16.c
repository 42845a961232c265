// Attention in 16-bit integers, for machines that multiply them twice as fast as floats.
//
// Queries and keys get a scale each, values one for each column; weights of the mixture are
// fractions of 2^14, the largest of a row being 2^14. Products are summed in 32 bits over 64 factors
// at a time, which these limits keep from overflowing, and in float from there on:
//
//   keys    panels over positions: per 16 keys [width / 2][16][2], then a scale for each key
//   values  panels over columns:   per 16 columns [keys / 2][16][2], then a scale for each column
#include "levels.h"

#include <math.h>
#include <string.h>

// 64 * 5792^2 and 64 * 2^14 * 2047 are below 2^31.
enum { SCORE_LIMIT = 5792, VALUE_LIMIT = 2047 };

typedef struct {
    const cc_level_table *level;
    cc_attention_shape in;
    const float *q, *k, *v;  // first element of the first head
    size_t keys, width;      // padded to CC_PAIR
    float *out;
    char *heads, *parts_scratch;
    size_t part_bytes;
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

// MARK: Panels

// What makes the largest magnitude `limit`; 0 for a row of zeros or one too small to divide by.
static float factor_for(float largest, float limit) {
    float factor = limit / largest;
    return largest > 0 && factor <= 3e38f ? factor : 0;
}

static float inverse(float factor) { return factor > 0 ? 1 / factor : 0; }

static void lay_out_keys(const int16_job *job, size_t head, const head_panels *p, int16_t *row) {
    const cc_attention_shape *in = &job->in;
    memset(row, 0, job->width * sizeof *row);
    for (size_t t = 0; t < in->keys; t++) {
        const float *k = job->k + t * in->k_stride + head * in->head_width;
        float factor = factor_for(job->level->largest_magnitude(k, in->head_width), SCORE_LIMIT);
        job->level->to_int16(k, in->head_width, factor, row);
        p->key_scales[t] = inverse(factor);
        int16_t *column = p->keys + t / CC_PANEL * job->width * CC_PANEL + t % CC_PANEL * 2;
        for (size_t i = 0; i < job->width; i += 2) memcpy(column + i * CC_PANEL, row + i, 4);
    }
}

static void lay_out_values(const int16_job *job, size_t head, const head_panels *p, int16_t *row) {
    const cc_attention_shape *in = &job->in;
    float *scales = p->column_scales, *scaled = (float *)(row + job->width);
    for (size_t t = 0; t < in->keys; t++) {
        const float *v = job->v + t * in->v_stride + head * in->head_width;
        for (size_t i = 0; i < in->head_width; i++)
            scales[i] = fabsf(v[i]) > scales[i] ? fabsf(v[i]) : scales[i];
    }
    for (size_t i = 0; i < in->head_width; i++) scales[i] = factor_for(scales[i], VALUE_LIMIT);
    for (size_t t = 0; t < in->keys; t++) {
        const float *v = job->v + t * in->v_stride + head * in->head_width;
        for (size_t i = 0; i < in->head_width; i++) scaled[i] = v[i] * scales[i];
        job->level->to_int16(scaled, in->head_width, 1, row);
        int16_t *pair = p->values + t / 2 * 2 * CC_PANEL + t % 2;
        for (size_t i = 0; i < in->head_width; i++)
            pair[i / CC_PANEL * job->keys * CC_PANEL + i % CC_PANEL * 2] = row[i];
    }
    for (size_t i = 0; i < in->head_width; i++) scales[i] = inverse(scales[i]);
}

static void lay_out_part(void *context, size_t part, size_t parts) {
    const int16_job *job = context;
    size_t first, end;
    cc_share(job->in.heads, 1, part, parts, &first, &end);
    int16_t *row = (int16_t *)(job->parts_scratch + part * job->part_bytes);
    for (size_t head = first; head < end; head++) {
        head_panels p = panels_of(job, head);
        memset(p.keys, 0, (size_t)((char *)(p.column_scales + job->width) - (char *)p.keys));
        lay_out_keys(job, head, &p, row);
        lay_out_values(job, head, &p, row);
    }
}

// MARK: Blocks of queries

typedef struct {
    float *scores;     // [12][keys]
    float *mixture;    // [12][CC_PAIR]
    float *scaled;     // [width]
    int16_t *queries;  // [12][width]
    int16_t *weights;  // [12][keys]
} block_scratch;

static block_scratch split_scratch(const int16_job *job, char *scratch) {
    block_scratch s;
    s.scores = (float *)scratch;
    s.mixture = s.scores + CC_TILE_ROWS * job->keys;
    s.scaled = s.mixture + CC_TILE_ROWS * CC_PAIR;
    s.queries = (int16_t *)(s.scaled + job->width);
    s.weights = s.queries + CC_TILE_ROWS * job->width;
    return s;
}

static void make_scores(const int16_job *job, size_t head, size_t row, size_t rows,
                        const block_scratch *s) {
    const cc_attention_shape *in = &job->in;
    head_panels p = panels_of(job, head);
    float scales[CC_TILE_ROWS];
    memset(s->queries, 0, rows * job->width * sizeof *s->queries);
    for (size_t r = 0; r < rows; r++) {
        const float *q = job->q + (row + r) * in->q_stride + head * in->head_width;
        float factor = factor_for(job->level->largest_magnitude(q, in->head_width), SCORE_LIMIT);
        job->level->to_int16(q, in->head_width, factor, s->queries + r * job->width);
        scales[r] = inverse(factor) * in->scale;
    }
    for (size_t t = 0; t < job->keys; t += CC_PAIR)
        job->level->tile_int16(rows, job->width, s->queries, job->width, scales,
                               p.keys + t * job->width, p.key_scales + t, s->scores + t, job->keys);
}

static void mix_values(const int16_job *job, size_t head, size_t row, size_t rows,
                       const float *inverse_sums, const block_scratch *s) {
    const cc_attention_shape *in = &job->in;
    head_panels p = panels_of(job, head);
    for (size_t c = 0; c < in->head_width; c += CC_PAIR) {
        job->level->tile_int16(rows, job->keys, s->weights, job->keys, inverse_sums,
                               p.values + c * job->keys, p.column_scales + c, s->mixture, CC_PAIR);
        size_t count = cc_least(in->head_width - c, CC_PAIR);
        for (size_t r = 0; r < rows; r++)
            memcpy(job->out + ((row + r) * in->heads + head) * in->head_width + c,
                   s->mixture + r * CC_PAIR, count * sizeof(float));
    }
}

static void attend_part(void *context, size_t part, size_t parts) {
    const int16_job *job = context;
    size_t blocks = (job->in.rows + CC_TILE_ROWS - 1) / CC_TILE_ROWS, first, end;
    block_scratch s = split_scratch(job, job->parts_scratch + part * job->part_bytes);
    cc_share(job->in.heads * blocks, 1, part, parts, &first, &end);
    for (size_t item = first; item < end; item++) {
        size_t head = item / blocks, row = item % blocks * CC_TILE_ROWS;
        size_t rows = cc_least(job->in.rows - row, CC_TILE_ROWS);
        float inverse_sums[CC_TILE_ROWS];
        make_scores(job, head, row, rows, &s);
        for (size_t r = 0; r < rows; r++) {
            int16_t *weights = s.weights + r * job->keys;
            inverse_sums[r] = 1 / job->level->exp_row_int16(s.scores + r * job->keys,
                                                            job->in.keys, weights);
            memset(weights + job->in.keys, 0, (job->keys - job->in.keys) * sizeof *weights);
        }
        mix_values(job, head, row, rows, inverse_sums, &s);
    }
}

void cc_attention_int16(const cc_level_table *level, cc_attention_shape shape, const float *q,
                        const float *k, const float *v, float *out, void *scratch,
                        size_t panel_bytes, size_t part_bytes, size_t parts) {
    int16_job job = {level, shape, q + shape.q_first, k + shape.k_first, v + shape.v_first,
                     cc_rounded_up(shape.keys, CC_PAIR), cc_rounded_up(shape.head_width, CC_PAIR),
                     out, scratch, (char *)scratch + panel_bytes, part_bytes};
    size_t blocks = (shape.rows + CC_TILE_ROWS - 1) / CC_TILE_ROWS;
    cc_run(lay_out_part, &job, cc_least(shape.heads, parts));
    cc_run(attend_part, &job, cc_least(shape.heads * blocks, parts));
}
