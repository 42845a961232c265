// Attention of many rows to many keys, all known at once: what encoders do.
//
// Keys and values of every head are first laid out as panels (one fork-join), then blocks of
// 12 queries make their scores, the softmax and the mixture without leaving the caches (a second
// one). Widths and lengths are padded with zeros to whole panels.
//
//   keys    panels over positions: per 16 keys [width][16]
//   values  panels over columns:   per 16 columns [keys][16]
#include "levels.h"

#include <math.h>
#include <string.h>

typedef struct {
    const cc_level_table *level;
    cc_attention_shape in;
    const float *q, *k, *v;  // first element of the first head
    size_t keys, width;  // padded to CC_PAIR
    float *out;
    char *panels, *parts_scratch;
    cc_turns *heads_turns, *turns;  // to lay out, to attend
} attention_job;

static size_t head_elements(size_t keys, size_t width) { return 2 * keys * width; }

// Per part: 12 queries, their scores, a tile of the mixture.
static size_t part_scratch(size_t keys, size_t width) {
    return cc_rounded_up(CC_TILE_ROWS * (width + keys + CC_PAIR) * sizeof(float), 64);
}

size_t cc_attention_scratch(size_t keys, size_t heads, size_t head_width) {
    keys = cc_rounded_up(keys, CC_PAIR);
    head_width = cc_rounded_up(head_width, CC_PAIR);
    return heads * head_elements(keys, head_width) * sizeof(float)
           + cc_threads() * part_scratch(keys, head_width) + CC_LINE;
}

static float *panels_of(const attention_job *job, size_t head) {
    return (float *)job->panels + head * head_elements(job->keys, job->width);
}

// MARK: Panels

// Padding is zero: a product with it adds nothing, and is never NaN.
static void clear_padding(const attention_job *job, float *keys, float *values) {
    const cc_attention_shape *in = &job->in;
    if (in->head_width < job->width) {
        memset(keys, 0, head_elements(job->keys, job->width) * sizeof *keys);
        return;
    }
    size_t last = (in->keys - 1) / CC_PAIR * CC_PAIR;
    memset(keys + last * job->width, 0, (job->keys - last) * job->width * sizeof *keys);
    for (size_t c = 0; c < job->width; c += CC_PANEL)
        memset(values + c * job->keys + in->keys * CC_PANEL, 0,
               (job->keys - in->keys) * CC_PANEL * sizeof *values);
}

static void lay_out_head(const attention_job *job, size_t head) {
    const cc_attention_shape *in = &job->in;
    float *keys = panels_of(job, head), *values = keys + job->keys * job->width;
    clear_padding(job, keys, values);
    for (size_t t = 0; t < in->keys; t++) {
        const float *k = job->k + t * in->k_stride + head * in->head_width;
        const float *v = job->v + t * in->v_stride + head * in->head_width;
        float *column = keys + t / CC_PANEL * job->width * CC_PANEL + t % CC_PANEL;
        for (size_t i = 0; i < in->head_width; i++) column[i * CC_PANEL] = k[i];
        for (size_t c = 0; c < in->head_width; c += CC_PANEL)
            memcpy(values + c * job->keys + t * CC_PANEL, v + c,
                   cc_least(in->head_width - c, CC_PANEL) * sizeof *v);
    }
}

static char *scratch_of(const attention_job *job, size_t part) {
    return job->parts_scratch + part * part_scratch(job->keys, job->width);
}

static void lay_out_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const attention_job *job = context;
    size_t head, end;
    while (cc_take(job->heads_turns, part, &head, &end)) lay_out_head(job, head);
}

// MARK: Blocks of queries

typedef struct {
    float *queries;  // [12][width]
    float *scores;   // [12][keys]
    float *mixture;  // [12][CC_PAIR]
} block_scratch;

static block_scratch split_scratch(const attention_job *job, char *scratch) {
    block_scratch s;
    s.queries = (float *)scratch;
    s.scores = s.queries + CC_TILE_ROWS * job->width;
    s.mixture = s.scores + CC_TILE_ROWS * job->keys;
    return s;
}

static void make_scores(const attention_job *job, size_t head, size_t row, size_t rows,
                        const block_scratch *s) {
    const cc_attention_shape *in = &job->in;
    memset(s->queries, 0, rows * job->width * sizeof(float));
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < in->head_width; i++)
            s->queries[r * job->width + i]
                = job->q[(row + r) * in->q_stride + head * in->head_width + i] * in->scale;
    for (size_t t = 0; t < job->keys; t += CC_PAIR)
        job->level->tile_f32(rows, job->width, s->queries, job->width,
                             panels_of(job, head) + t * job->width, s->scores + t, job->keys);
}

static void mix_values(const attention_job *job, size_t head, size_t row, size_t rows,
                       const float *sums, const block_scratch *s) {
    const cc_attention_shape *in = &job->in;
    size_t values = job->keys * job->width;
    for (size_t c = 0; c < in->head_width; c += CC_PAIR) {
        job->level->tile_f32(rows, job->keys, s->scores, job->keys,
                             panels_of(job, head) + values + c * job->keys, s->mixture, CC_PAIR);
        size_t count = in->head_width - c < CC_PAIR ? in->head_width - c : CC_PAIR;
        for (size_t r = 0; r < rows; r++) {
            float *out = job->out + ((row + r) * in->heads + head) * in->head_width + c;
            for (size_t i = 0; i < count; i++) out[i] = s->mixture[r * CC_PAIR + i] / sums[r];
        }
    }
}

static void attend_block(const attention_job *job, size_t head, size_t row, size_t rows,
                         const block_scratch *s) {
    float sums[CC_TILE_ROWS];
    make_scores(job, head, row, rows, s);
    for (size_t r = 0; r < rows; r++) {
        float *scores = s->scores + r * job->keys;
        sums[r] = job->level->exp_row(scores, job->in.keys);
        memset(scores + job->in.keys, 0, (job->keys - job->in.keys) * sizeof *scores);
    }
    mix_values(job, head, row, rows, sums, s);
}

static void attend_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const attention_job *job = context;
    size_t blocks = cc_row_blocks(job->in.rows), item, end;
    block_scratch scratch = split_scratch(job, scratch_of(job, part));
    while (cc_take(job->turns, part, &item, &end)) {
        size_t row = item % blocks * CC_TILE_ROWS, left = job->in.rows - row;
        attend_block(job, item / blocks, row, left < CC_TILE_ROWS ? left : CC_TILE_ROWS, &scratch);
    }
}

void cc_attention(cc_attention_shape shape, const float *q, const float *k, const float *v,
                  bool in_16_bits, float *out, void *scratch, size_t scratch_bytes) {
    const cc_level_table *level = cc_table();
    if (!shape.keys) {
        memset(out, 0, shape.rows * shape.heads * shape.head_width * sizeof *out);
        return;
    }
    size_t blocks = cc_row_blocks(shape.rows);
    cc_turns heads_turns, turns;
    cc_begin_turns(&heads_turns, shape.heads, 1, 1, 1);
    cc_begin_turns(&turns, shape.heads * blocks, 1, 1, 1);
    attention_job job = {level, shape, q + shape.q_first, k + shape.k_first, v + shape.v_first,
                         cc_rounded_up(shape.keys, CC_PAIR),
                         cc_rounded_up(shape.head_width, CC_PAIR), out, cc_line(scratch), NULL,
                         &heads_turns, &turns};
    size_t panel_bytes = shape.heads * head_elements(job.keys, job.width) * sizeof(float);
    size_t parts = (scratch_bytes - panel_bytes - CC_LINE) / part_scratch(job.keys, job.width);
    // Panels and scales of 16-bit integers take half of that.
    if (in_16_bits && level->tile_int16 && job.width <= CC_MOST_INT16_WIDTH) {
        cc_attention_int16(level, shape, q, k, v, out, job.panels, parts);
        return;
    }
    job.parts_scratch = job.panels + panel_bytes;
    cc_run(lay_out_part, &job, cc_least(shape.heads, parts));
    cc_run(attend_part, &job, cc_least(shape.heads * blocks, parts));
}
