// Linear layers with weights in 8 bits: the product.
//
// Weights are packed once (pack_int8.c), so one row runs at the speed of memory and many rows at the speed of
// the 8-bit multipliers. The whole inner dimension is summed in integers: 32 bits hold it up to
// 66,000 inputs. Each row of x has a step and a zero of its own, each output a scale for its weights.
#include "packed_int8.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { BLOCK_BYTES = 384 * 1024 };

// MARK: Rows to 8 bits

typedef struct {
    const cc_level_table *level;
    const float *x;
    size_t rows, width;
    uint8_t *out;
    cc_row_step *steps;
} quantize_job;

static void quantize_row(const quantize_job *job, size_t row) {
    size_t inner = cc_rounded_up(job->width, 4);
    const float *x = job->x + row * job->width;
    uint8_t *out = job->out + row * inner;
    float least = 0, most = 0;
    job->level->range(x, job->width, &least, &most);
    float factor = most > least ? 255 / (most - least) : 0;
    if (!(factor <= FLT_MAX)) factor = 0;  // a range too small for its inverse counts as 0
    int zero = factor > 0 ? (int)rintf(-least * factor) : 0;  // 0...255: the range holds 0
    job->level->quantize(x, job->width, factor, zero, out);
    memset(out + job->width, zero, inner - job->width);
    job->steps[row] = (cc_row_step){factor > 0 ? 1 / factor : 0, zero};
}

static void quantize_part(void *context, size_t part, size_t parts) {
    const quantize_job *job = context;
    size_t first, end;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++) quantize_row(job, r);
}

void cc_quantize_rows(const float *x, size_t rows, size_t in_width, uint8_t *out,
                      cc_row_step *steps) {
    quantize_job job = {cc_table(), x, rows, in_width, out, steps};
    cc_run(quantize_part, &job, rows / 8);  // a decoder's few rows are not worth a second thread
}

// MARK: The product

typedef struct {
    const cc_level_table *level;
    size_t rows, inner;
    const uint8_t *a;
    const cc_row_step *steps;
    cc_packed_matrix weights;
    cc_finish finish;
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
        cc_finish_columns(job->level, &job->finish, values, 0, column, count, w->out_width);
    }
}

// Rows [row, row_end) times columns [column, column_end): for each block of weights that fits in
// the second-level cache, all rows.
static void multiply_block(const product_job *job, size_t row, size_t row_end, size_t column,
                           size_t column_end) {
    const cc_packed_matrix *w = &job->weights;
    size_t step = BLOCK_BYTES / (job->inner ? job->inner : 1) / CC_PAIR * CC_PAIR;
    if (step < CC_PAIR) step = CC_PAIR;
    float tile[CC_TILE_ROWS * CC_PAIR];
    for (size_t block = column; block < column_end; block += step) {
        size_t block_end = block + step < column_end ? block + step : column_end;
        for (size_t r = row; r < row_end; r += CC_TILE_ROWS) {
            size_t rows = row_end - r < CC_TILE_ROWS ? row_end - r : CC_TILE_ROWS;
            for (size_t c = block; c < block_end; c += CC_PAIR) {
                job->level->tile_int8(rows, job->inner, job->a + r * job->inner, job->inner,
                                      job->steps + r, w->panels + c * job->inner,
                                      w->scales + c, w->sums + c, tile, CC_PAIR);
                size_t count = w->out_width - c < CC_PAIR ? w->out_width - c : CC_PAIR;
                for (size_t i = 0; i < rows; i++)
                    cc_finish_columns(job->level, &job->finish, tile + i * CC_PAIR, r + i, c,
                                      count, w->out_width);
            }
        }
    }
}

static void rows_part(void *context, size_t part, size_t parts) {
    const product_job *job = context;
    size_t first, end;
    cc_share(job->rows, CC_TILE_ROWS, part, parts, &first, &end);
    multiply_block(job, first, end, 0, job->weights.out_width);
}

static void columns_part(void *context, size_t part, size_t parts) {
    const product_job *job = context;
    size_t first, end;
    cc_share(job->weights.out_width, CC_PAIR, part, parts, &first, &end);
    multiply_block(job, 0, job->rows, first, end);
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
    cc_packed_matrix weights = cc_open_packed(packed, out_width, in_width);
    product_job job = {cc_table(), rows, weights.inner, a, steps, weights,
                       {bias, activation, residual, out}};
    if (rows == 1) cc_run(one_row_part, &job, weights.outputs / CC_OUTPUT_STEP);
    else if (rows >= 4 * CC_TILE_ROWS * cc_threads()) cc_run(rows_part, &job, rows / CC_TILE_ROWS);
    else cc_run(columns_part, &job, weights.outputs / CC_PAIR);
}
