// Linear layers with weights in 8 bits: the product.
//
// Weights are packed once (pack_int8.c), so one row runs at the speed of memory and many rows at the speed of
// the 8-bit multipliers. The whole inner dimension is summed in integers: 32 bits hold it up to
// 66,000 inputs. Each row of x has a step and a zero of its own, each output a scale for its weights.
#include "packed_int8.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    BLOCK_BYTES = 384 * 1024,
    // Rows that a thread takes at a time.
    TURN_ROWS = 4 * CC_TILE_ROWS,
};

// MARK: Rows to 8 bits

typedef struct {
    const cc_level_table *level;
    const float *x;
    size_t rows, width;
    const float *scale, *shift;  // of the norm before, or NULL
    float epsilon;
    uint8_t *out;
    cc_row_step *steps;
    float *normed;  // [parts][width], with a norm
} quantize_job;

void cc_quantize_row(const cc_level_table *level, const float *x, size_t width, uint8_t *out,
                     cc_row_step *step) {
    float least = 0, most = 0;
    level->range(x, width, &least, &most);
    float factor = most > least ? 255 / (most - least) : 0;
    if (!(factor <= FLT_MAX)) factor = 0;  // a range too small for its inverse counts as 0
    int zero = factor > 0 ? (int)rintf(-least * factor) : 0;  // 0...255: the range holds 0
    level->quantize(x, width, factor, zero, out);
    memset(out + width, zero, cc_rounded_up(width, 4) - width);
    *step = (cc_row_step){factor > 0 ? 1 / factor : 0, zero};
}

static void quantize_part(void *context, size_t part, size_t parts) {
    const quantize_job *job = context;
    size_t first, end;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++) {
        const float *x = job->x + r * job->width;
        if (job->scale) {
            float *normed = job->normed + part * job->width;
            job->level->layer_norm_row(x, job->width, job->scale, job->shift, job->epsilon, normed);
            x = normed;
        }
        cc_quantize_row(job->level, x, job->width, job->out + r * cc_rounded_up(job->width, 4),
                        job->steps + r);
    }
}

void cc_quantize_rows(const float *x, size_t rows, size_t in_width, uint8_t *out,
                      cc_row_step *steps) {
    quantize_job job = {cc_table(), x, rows, in_width, NULL, NULL, 0, out, steps, NULL};
    cc_run(quantize_part, &job, rows / 8);  // a decoder's few rows are not worth a second thread
}

size_t cc_norm_quantize_scratch(size_t width) { return cc_threads() * width * sizeof(float); }

void cc_norm_quantize_rows(const float *x, size_t rows, size_t width, const float *scale,
                           const float *shift, float epsilon, uint8_t *out, cc_row_step *steps,
                           void *scratch) {
    quantize_job job = {cc_table(), x, rows, width, scale, shift, epsilon, out, steps, scratch};
    cc_run(quantize_part, &job, rows / 8);
}

// MARK: The product

typedef struct {
    const cc_level_table *level;
    size_t rows, inner;
    const uint8_t *a;
    const cc_row_step *steps;
    cc_packed_matrix weights;
    cc_finish finish;
    cc_turns *turns;
} product_job;

static void one_row_part(void *context, size_t part, size_t parts) {
    const product_job *job = context;
    const cc_packed_matrix *w = &job->weights;
    size_t first, end;
    float values[CC_OUTPUT_STEP * 4];
    cc_share(w->outputs, CC_OUTPUT_STEP, part, parts, &first, &end);
    for (size_t column = first; column < end; column += sizeof values / sizeof *values) {
        size_t columns = end - column < sizeof values / sizeof *values
                             ? end - column : sizeof values / sizeof *values;
        job->level->row_int8(job->inner, columns / CC_OUTPUT_STEP, job->a, job->steps[0],
                             w->panels + column * job->inner, w->scales + column,
                             w->sums + column, values);
        size_t count = w->out_width - column < columns ? w->out_width - column : columns;
        cc_finish_columns(job->level, &job->finish, values, 0, 1, column, count, w->out_width);
    }
}

void cc_multiply_int8(const cc_level_table *level, const cc_packed_matrix *w, const uint8_t *a,
                      const cc_row_step *steps, size_t row, size_t row_end, size_t column,
                      size_t column_end, const int8_t *next, const cc_finish *finish) {
    float tile[CC_TILE_ROWS * CC_PAIR];
    bool at_once = level->finished_tile_int8
        && (finish->activation == CC_IDENTITY
            || (finish->activation == CC_GELU_NEAR && !finish->residual));
    for (size_t r = row; r < row_end; r += CC_TILE_ROWS) {
        size_t rows = cc_least(row_end - r, CC_TILE_ROWS);
        for (size_t c = column; c < column_end; c += CC_PAIR) {
            const int8_t *panels = w->panels + c * w->inner, *wanted = next ? next : panels;
            cc_fetch_finish(finish, r, rows, c, w->out_width);
            size_t count = cc_least(w->out_width - c, CC_PAIR), at = r * w->out_width + c;
            if (at_once && count == CC_PAIR) {
                level->finished_tile_int8(
                    rows, w->inner, a + r * w->inner, w->inner, steps + r, panels,
                    wanted, w->scales + c, w->sums + c,
                    finish->bias ? finish->bias + c : NULL, finish->activation,
                    finish->residual ? finish->residual + at : NULL, finish->out + at,
                    w->out_width);
                continue;
            }
            level->tile_int8(rows, w->inner, a + r * w->inner, w->inner, steps + r, panels,
                             wanted, w->scales + c, w->sums + c, tile, CC_PAIR);
            cc_finish_columns(level, finish, tile, r, rows, c, count, w->out_width);
        }
    }
}

static void multiply(const product_job *job, size_t row, size_t row_end, size_t column,
                     size_t column_end, const int8_t *next) {
    cc_multiply_int8(job->level, &job->weights, job->a, job->steps, row, row_end, column,
                     column_end, next, &job->finish);
}

static size_t padded_rows(size_t rows) { return cc_rounded_up(rows, TURN_ROWS); }

// A turn is some rows times a block of weights; all rows of a share have had a block before the
// next comes.
static void rows_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const product_job *job = context;
    size_t columns = cc_block_columns(&job->weights, BLOCK_BYTES), shares = job->turns->shares;
    size_t blocks = (job->weights.out_width + columns - 1) / columns;
    for (size_t i = 0; i < shares; i++) {
        size_t share = (part + i) % shares, first_row, end_row, first, end;
        cc_share(padded_rows(job->rows), TURN_ROWS, share, shares, &first_row, &end_row);
        while (cc_take_of(job->turns, share, &first, &end)) {
            size_t at = first - first_row * blocks, rows = end_row - first_row;
            size_t row = first_row + at % rows, column = at / rows * columns;
            if (row >= job->rows) continue;
            multiply(job, row, cc_least(row + (end - first), job->rows), column,
                     cc_least(column + columns, job->weights.out_width), NULL);
        }
    }
}

// 32 columns at a time. For a few rows their weights are used but a few times, so that the way from
// memory counts: the next ones are asked for meanwhile.
static void columns_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const product_job *job = context;
    const cc_packed_matrix *w = &job->weights;
    size_t first, end, tiles = cc_row_blocks(job->rows);
    while (cc_take(job->turns, part, &first, &end)) {
        bool is_last = first + CC_PAIR >= w->out_width;
        const int8_t *next = w->panels + (first + CC_PAIR) * w->inner;
        for (size_t t = 0; t < tiles; t++)
            multiply(job, t * CC_TILE_ROWS, cc_least((t + 1) * CC_TILE_ROWS, job->rows), first, end,
                     is_last ? NULL : next + CC_PAIR * w->inner * t / tiles);
    }
}

size_t cc_linear_int8_scratch(size_t rows, size_t in_width) {
    return rows * (sizeof(cc_row_step) + cc_rounded_up(in_width, 4));
}

void cc_linear_int8(const float *x, size_t rows, size_t in_width, const void *packed,
                    size_t out_width, const float *bias, cc_activation activation,
                    const float *residual, float *out, void *scratch) {
    if (!rows) return;
    cc_row_step *steps = scratch;
    uint8_t *a = (uint8_t *)(steps + rows);
    cc_quantize_rows(x, rows, in_width, a, steps);
    cc_product_int8(a, steps, rows, in_width, packed, out_width, bias, activation, residual, out);
}

void cc_product_int8(const uint8_t *a, const cc_row_step *steps, size_t rows, size_t in_width,
                     const void *packed, size_t out_width, const float *bias,
                     cc_activation activation, const float *residual, float *out) {
    cc_packed_matrix weights = cc_open_packed(packed, out_width, in_width);
    cc_turns turns;
    product_job job = {cc_table(), rows, weights.inner, a, steps, weights,
                       {bias, cc_near(activation), residual, out}, &turns};
    if (rows == 1) {
        cc_run(one_row_part, &job, weights.outputs / CC_OUTPUT_STEP);
    } else if (rows >= TURN_ROWS * cc_threads()) {
        size_t columns = cc_block_columns(&weights, BLOCK_BYTES);
        size_t blocks = (out_width + columns - 1) / columns;
        cc_begin_turns(&turns, blocks * padded_rows(rows), blocks * TURN_ROWS, TURN_ROWS,
                       job.level->least_rows);
        cc_run(rows_part, &job, blocks * padded_rows(rows) / TURN_ROWS);
    } else {
        cc_begin_turns(&turns, out_width, CC_PAIR, CC_PAIR, CC_PAIR);
        cc_run(columns_part, &job, weights.outputs / CC_PAIR);
    }
}
