// Linear layers with weights in 8 bits: packing, and the product.
//
// Weights are packed once, so one row runs at the speed of memory and many rows at the speed of
// the 8-bit multipliers. The whole inner dimension is summed in integers: 32 bits hold it up to
// 66,000 inputs. Each row of x has a step and a zero of its own, each output a scale for its weights.
#include "levels.h"

#include <float.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { OUTPUT_STEP = 4 * CC_PANEL, BLOCK_BYTES = 384 * 1024 };

// Where the parts of a packed matrix lie.
typedef struct {
    size_t out_width, in_width;
    size_t outputs, inner;  // padded
    int8_t *panels;
    float *scales;
    int32_t *sums;
} packed_matrix;

static packed_matrix open_packed(const void *packed, size_t out_width, size_t in_width) {
    packed_matrix m = {out_width, in_width, cc_rounded_up(out_width, OUTPUT_STEP),
                       cc_rounded_up(in_width, 4), NULL, NULL, NULL};
    m.panels = (int8_t *)cc_rounded_up((uintptr_t)packed, 64);
    m.scales = (float *)(m.panels + m.outputs * m.inner);
    m.sums = (int32_t *)(m.scales + m.outputs);
    return m;
}

size_t cc_int8_bytes(size_t out_width, size_t in_width) {
    return cc_rounded_up(out_width, OUTPUT_STEP) * (cc_rounded_up(in_width, 4) + 8) + 63;
}

// MARK: Packing

typedef struct {
    const cc_level_table *level;
    const char *source;
    cc_type type;
    size_t first, count;
    packed_matrix matrix;
    atomic_bool *finite;
} pack_job;

enum { SLICE = 1024 };  // inputs converted at a time, so that rows may be of any width

typedef struct {
    const float *values;
    size_t count;
} slice;

// Some inputs of one output, from `input` on; `space` is used where they must be converted.
static slice slice_at(const pack_job *job, size_t output, size_t input, float *space) {
    size_t width = job->matrix.in_width, size = job->type == CC_F32 ? 4 : 2;
    size_t count = cc_least(width - input, SLICE);
    const char *stored = job->source + ((output - job->first) * width + input) * size;
    if (job->type == CC_F32 && (uintptr_t)stored % sizeof(float) == 0)
        return (slice){(const float *)stored, count};
    job->level->to_float(stored, job->type, count, space);
    return (slice){space, count};
}

// What a weight is multiplied with to become an integer: the largest magnitude at 127, or less
// where the level's products ask for it (half a unit of rounding is left to each of four weights).
static float pack_factor(const pack_job *job, size_t output) {
    const cc_level_table *level = job->level;
    float space[SLICE], most = 0, most_four = 0;
    for (size_t i = 0; i < job->matrix.in_width; i += SLICE) {
        slice part = slice_at(job, output, i, space);
        float here = level->largest_magnitude(part.values, part.count);
        float four = level->largest_four ? level->largest_four(part.values, part.count) : 0;
        if (here > most) most = here;
        if (four > most_four) most_four = four;
        if (!level->all_finite(part.values, part.count)) atomic_store(job->finite, false);
    }
    if (!(most > 0)) return 0;
    float factor = 127 / most, limit = (float)level->four_limit - 2;
    return most_four * factor > limit && level->largest_four ? limit / most_four : factor;
}

static void pack_output(const pack_job *job, size_t output) {
    const packed_matrix *matrix = &job->matrix;
    size_t inner = matrix->inner;
    int8_t *panel = matrix->panels + output / CC_PANEL * inner * CC_PANEL + output % CC_PANEL * 4;
    float space[SLICE], factor = pack_factor(job, output);
    uint8_t quantized[SLICE];
    int32_t sum = 0;
    for (size_t i = 0; i < matrix->in_width; i += SLICE) {
        slice part = slice_at(job, output, i, space);
        size_t count = part.count, k = 0;
        job->level->quantize(part.values, count, factor, 128, quantized);
        for (size_t j = 0; j < count; j++) sum += quantized[j] - 128;
        for (; k + 4 <= count; k += 4) {
            uint32_t four;
            memcpy(&four, quantized + k, 4);
            four ^= 0x80808080u;
            memcpy(panel + (i + k) * CC_PANEL, &four, 4);
        }
        for (; k < count; k++)
            panel[(i + k) / 4 * 4 * CC_PANEL + (i + k) % 4] = (int8_t)(quantized[k] - 128);
    }
    for (size_t i = matrix->in_width; i < inner; i++)
        panel[i / 4 * 4 * CC_PANEL + i % 4] = 0;
    matrix->scales[output] = factor > 0 ? 1 / factor : 0;
    matrix->sums[output] = sum;
}

static void pack_part(void *context, size_t part, size_t parts) {
    const pack_job *job = context;
    size_t first, end;
    cc_share(job->count, CC_PANEL, part, parts, &first, &end);
    for (size_t output = job->first + first; output < job->first + end; output++)
        pack_output(job, output);
}

static void clear_padding(const packed_matrix *matrix) {
    for (size_t o = matrix->out_width; o < matrix->outputs; o++) {
        matrix->scales[o] = 0;
        matrix->sums[o] = 0;
        int8_t *panel = matrix->panels + o / CC_PANEL * matrix->inner * CC_PANEL + o % CC_PANEL * 4;
        for (size_t i = 0; i < matrix->inner; i += 4) memset(panel + i * CC_PANEL, 0, 4);
    }
}

bool cc_pack_int8(const void *source, cc_type type, size_t first, size_t count, size_t out_width,
                  size_t in_width, void *packed) {
    atomic_bool finite = true;
    pack_job job = {cc_table(), source, type, first, count,
                    open_packed(packed, out_width, in_width), &finite};
    cc_run(pack_part, &job, (count + CC_PANEL - 1) / CC_PANEL);
    if (first + count == out_width) clear_padding(&job.matrix);
    return atomic_load(&finite);
}

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
    packed_matrix weights;
    cc_finish finish;
} product_job;

static void one_row_part(void *context, size_t part, size_t parts) {
    const product_job *job = context;
    const packed_matrix *w = &job->weights;
    size_t first, end;
    float values[OUTPUT_STEP * 4];
    cc_share(w->outputs, OUTPUT_STEP, part, parts, &first, &end);
    for (size_t column = first; column < end; column += sizeof values / sizeof *values) {
        size_t columns = end - column < sizeof values / sizeof *values
                             ? end - column : sizeof values / sizeof *values;
        job->level->row_int8(job->inner, columns / OUTPUT_STEP, job->a, job->steps[0],
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
    const packed_matrix *w = &job->weights;
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
    packed_matrix weights = open_packed(packed, out_width, in_width);
    product_job job = {cc_table(), rows, weights.inner, a, steps, weights,
                       {bias, activation, residual, out}};
    if (rows == 1) cc_run(one_row_part, &job, weights.outputs / OUTPUT_STEP);
    else if (rows >= 4 * CC_TILE_ROWS * cc_threads()) cc_run(rows_part, &job, rows / CC_TILE_ROWS);
    else cc_run(columns_part, &job, weights.outputs / CC_PAIR);
}
