// Attention in 16-bit integers, for machines that multiply them twice as fast as floats.
//
// Queries and keys get a scale each, 128 values one for each column; weights of the mixture are
// fractions of 2^14. Products are summed in 32 bits over a head's width or a block of keys, which
// these limits keep from overflowing, and in float from there on. Beside f32 a row's angle has a
// cosine of 1 - 1e-6 or closer for normally distributed numbers, and of 1 - 1.2e-5 where the scores
// spread two or four times as far.
//
//   keys    panels over positions: per 16 keys [width / 2][16][2], then a scale for each key
//   values  per block of 128 keys, panels over columns: per 16 columns [keys / 2][16][2], the keys
//           in the order of cc_shorts_place; then, block by block, a scale for each column
//
// 12 queries go through the keys block by block: scores, to the base 2, weights relative to the
// largest score so far, and the mixture, which shrinks whenever a larger score turns up. So scores
// and weights stay in the first-level cache, and keys and values of a head in the second.
#include "levels.h"

#include <math.h>
#include <string.h>

// 128 * 4095^2 and 128 * 2^14 * 1023 are below 2^31.
enum { SCORE_LIMIT = 4095, VALUE_LIMIT = 1023, KEY_BLOCK = CC_SHORTS };

// Blocks of queries that a thread takes at a time.
enum { TURN = 4 };

#define LOG2_E 1.44269504f

// Keys that are padding get a score that is lower than any even times this; what it multiplies else
// is all but 0.
#define PADDING_SCORE -3e38f
#define LEAST_SCALE 1e-30f

typedef struct {
    const cc_level_table *level;
    cc_attention_shape in;
    const float *q, *k, *v;  // first element of the first head
    size_t keys, width;      // padded to CC_PAIR
    float *out;
    char *heads;
    cc_turns *pieces, *blocks;  // 128 keys or values of a head to lay out; 12 queries of a head
} int16_job;

typedef struct {
    int16_t *keys, *values;
    float *key_scales, *column_scales;
} head_panels;

static size_t key_blocks(const int16_job *job) { return (job->keys + KEY_BLOCK - 1) / KEY_BLOCK; }

static head_panels panels_of(const int16_job *job, size_t head) {
    size_t elements = job->keys * job->width;
    size_t scales = job->keys + key_blocks(job) * job->width;
    size_t bytes = 2 * elements * sizeof(int16_t) + scales * sizeof(float);
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
enum { AHEAD = CC_PANEL };

static void fetch(const float *row, size_t width) {
    for (size_t i = 0; i < width; i += 16) __builtin_prefetch(row + i);
}

static void fetch_ahead(const float *rows, size_t row, size_t count, size_t stride, size_t width) {
    fetch(rows + cc_least(row + AHEAD, count - 1) * stride, width);
}

// MARK: Panels

typedef int32_t four_pairs __attribute__((vector_size(16)));

// Four pairs of each of four rows, turned: out is four rows of a panel.
static inline void turn_four(const int16_t *rows, int16_t *out) {
    four_pairs row[4], low[2], high[2];
    for (size_t r = 0; r < 4; r++) memcpy(&row[r], rows + r * CC_SHORTS, sizeof row[r]);
    for (size_t half = 0; half < 2; half++) {
        four_pairs even = row[2 * half], odd = row[2 * half + 1];
        low[half] = __builtin_shufflevector(even, odd, 0, 4, 1, 5);
        high[half] = __builtin_shufflevector(even, odd, 2, 6, 3, 7);
    }
    four_pairs turned[4] = {__builtin_shufflevector(low[0], low[1], 0, 1, 4, 5),
                            __builtin_shufflevector(low[0], low[1], 2, 3, 6, 7),
                            __builtin_shufflevector(high[0], high[1], 0, 1, 4, 5),
                            __builtin_shufflevector(high[0], high[1], 2, 3, 6, 7)};
    for (size_t i = 0; i < 4; i++) memcpy(out + 2 * CC_PANEL * i, &turned[i], sizeof turned[i]);
}

// The keys of a head from `begin` on, a block of them.
static void lay_out_keys(const int16_job *job, size_t head, size_t begin, const head_panels *p) {
    const cc_attention_shape *in = &job->in;
    const float *first = job->k + head * in->head_width;
    _Alignas(64) int16_t rows[CC_PANEL][CC_SHORTS] = {0};  // zeros behind a row's numbers
    for (size_t t = begin; t < begin + block_keys(job, begin); t += CC_PANEL) {
        size_t count = t < in->keys ? cc_least(in->keys - t, CC_PANEL) : 0;
        for (size_t r = 0; r < count; r++)
            fetch_ahead(first, t + r, in->keys, in->k_stride, in->head_width);
        job->level->rows_to_int16(first + t * in->k_stride, in->k_stride, count, in->head_width,
                                  SCORE_LIMIT, rows[0], p->key_scales + t);
        memset(rows[count], 0, (CC_PANEL - count) * sizeof *rows);
        int16_t *panel = p->keys + t * job->width;
        for (size_t i = 0; i < job->width; i += 8)
            for (size_t r = 0; r < CC_PANEL; r += 4)
                turn_four(rows[r] + i, panel + i * CC_PANEL + 2 * r);
    }
}

// The values of a head from `begin` on, a block of them.
static void lay_out_values(const int16_job *job, size_t head, size_t begin,
                           const head_panels *p) {
    const cc_attention_shape *in = &job->in;
    size_t block = block_keys(job, begin), count = cc_least(block, in->keys - begin);
    const float *first = job->v + head * in->head_width + begin * in->v_stride;
    float factors[CC_SHORTS] = {0};
    for (size_t r = 0; r < count; r++) fetch(first + r * in->v_stride, in->head_width);
    job->level->column_magnitudes(first, in->v_stride, count, in->head_width, factors);
    float *scales = p->column_scales + begin / KEY_BLOCK * job->width;
    for (size_t i = 0; i < job->width; i++) {
        factors[i] = cc_factor_for(factors[i], VALUE_LIMIT);
        scales[i] = cc_inverse(factors[i]);
    }
    for (size_t t = 0; t < block; t += 2) {
        const float *even = t < count ? first + t * in->v_stride : NULL;
        const float *odd = t + 1 < count ? even + in->v_stride : NULL;
        size_t place = cc_shorts_place(t, job->level->packed_lanes);
        job->level->pair_rows_int16(even, odd, in->head_width, factors, block * CC_PANEL,
                                    p->values + begin * job->width + place * CC_PANEL);
    }
}

static void lay_out_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const int16_job *job = context;
    size_t piece, end, blocks = key_blocks(job);
    while (cc_take(job->pieces, part, &piece, &end)) {
        size_t head = piece / (2 * blocks), begin = piece % blocks * KEY_BLOCK;
        head_panels p = panels_of(job, head);
        if (piece / blocks % 2) lay_out_values(job, head, begin, &p);
        else lay_out_keys(job, head, begin, &p);
    }
}

// MARK: Blocks of queries

typedef struct {
    _Alignas(64) float scores[CC_TILE_ROWS][CC_SHORTS];
    float mixture[CC_TILE_ROWS][CC_SHORTS];
    int16_t queries[CC_TILE_ROWS][CC_SHORTS];
    int16_t weights[CC_TILE_ROWS][CC_SHORTS];
    float scales[CC_PANEL];      // of the queries
    float most[CC_PANEL];        // the largest score so far
    float sums[CC_PANEL];        // of the weights relative to it
    float keep[CC_PANEL];        // what the mixture of the blocks before is multiplied with
} query_block;

static void fetch_queries(const int16_job *job, size_t item) {
    const cc_attention_shape *in = &job->in;
    size_t blocks = cc_row_blocks(in->rows), row = item % blocks * CC_TILE_ROWS;
    const float *first = job->q + item / blocks * in->head_width + row * in->q_stride;
    for (size_t r = 0; r < cc_least(in->rows - row, CC_TILE_ROWS); r++)
        fetch(first + r * in->q_stride, in->head_width);
}

static void take_queries(const int16_job *job, size_t head, size_t row, size_t rows,
                         query_block *b) {
    const cc_attention_shape *in = &job->in;
    const float *first = job->q + head * in->head_width + row * in->q_stride;
    job->level->rows_to_int16(first, in->q_stride, rows, in->head_width, SCORE_LIMIT,
                              b->queries[0], b->scales);
    for (size_t r = 0; r < CC_PANEL; r++) {
        float scale = b->scales[r] * in->scale * LOG2_E;
        b->scales[r] = scale > LEAST_SCALE ? scale : LEAST_SCALE;
        b->most[r] = -INFINITY;
        b->sums[r] = b->keep[r] = 0;
    }
}

static void make_scores(const int16_job *job, const head_panels *p, size_t t, size_t rows,
                        query_block *b) {
    size_t block = block_keys(job, t);
    for (size_t c = 0; c < block; c += CC_PAIR)
        job->level->tile_int16(rows, job->width, b->queries[0], NULL,
                               p->keys + (t + c) * job->width, p->key_scales + t + c, NULL,
                               b->scores[0] + c);
    for (size_t r = 0; r < rows; r++)  // keys that are padding weigh nothing
        for (size_t c = cc_least(block, job->in.keys - t); c < block; c++)
            b->scores[r][c] = PADDING_SCORE;
}

static void attend_block(const int16_job *job, size_t item, query_block *b) {
    size_t blocks = cc_row_blocks(job->in.rows);
    size_t head = item / blocks, row = item % blocks * CC_TILE_ROWS;
    size_t rows = cc_least(job->in.rows - row, CC_TILE_ROWS);
    head_panels p = panels_of(job, head);
    take_queries(job, head, row, rows, b);
    for (size_t t = 0; t < job->keys; t += KEY_BLOCK) {
        // The block behind this one is probably the thread's next.
        if (t + KEY_BLOCK >= job->keys && item + 1 < job->in.heads * blocks)
            fetch_queries(job, item + 1);
        size_t block = block_keys(job, t);
        const float *scales = p.column_scales + t / KEY_BLOCK * job->width;
        float share[CC_PANEL];
        make_scores(job, &p, t, rows, b);
        job->level->power_rows_int16(b->scores[0], rows, block, b->scales, b->most, b->keep,
                                     b->sums, b->weights[0]);
        for (size_t r = 0; r < CC_PANEL; r++) {
            share[r] = t + block < job->keys ? 1 : 1 / b->sums[r];  // the last one divides
            b->keep[r] *= share[r];
        }
        for (size_t c = 0; c < job->width; c += CC_PAIR)
            job->level->tile_int16(rows, block, b->weights[0], share,
                                   p.values + t * job->width + c * block, scales + c,
                                   t ? b->keep : NULL, b->mixture[0] + c);
    }
    size_t width = job->in.head_width;
    for (size_t r = 0; r < rows; r++)
        memcpy(job->out + ((row + r) * job->in.heads + head) * width, b->mixture[r],
               width * sizeof(float));
}

static void attend_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const int16_job *job = context;
    size_t item, end;
    query_block block;
    memset(block.queries, 0, sizeof block.queries);  // where a head is narrower than its panels
    while (cc_take(job->blocks, part, &item, &end))
        for (; item < end; item++) attend_block(job, item, &block);
}

void cc_attention_int16(const cc_level_table *level, cc_attention_shape shape, const float *q,
                        const float *k, const float *v, float *out, void *scratch,
                        size_t parts) {
    cc_turns pieces, blocks;
    int16_job job = {level, shape, q + shape.q_first, k + shape.k_first, v + shape.v_first,
                     cc_rounded_up(shape.keys, CC_PAIR), cc_rounded_up(shape.head_width, CC_PAIR),
                     out, scratch, &pieces, &blocks};
    size_t piece_count = 2 * shape.heads * key_blocks(&job);
    size_t block_count = shape.heads * cc_row_blocks(shape.rows);
    cc_begin_turns(&pieces, piece_count, 2 * key_blocks(&job), 1, 1);
    cc_begin_turns(&blocks, block_count, cc_row_blocks(shape.rows), TURN, 1);
    cc_run(lay_out_part, &job, cc_least(piece_count, parts));
    cc_run(attend_part, &job, cc_least(block_count, parts));
}
