// Linear layers with weights as they are stored: float, half or bfloat16, row-major.
//
// Few rows (decoding) are dot products along the weights' rows, at the speed of memory. Many rows
// (encoding) go tile by tile: 32 rows of weights are laid out as a pair of panels, used by all
// rows of x, and forgotten, so that no second copy of the weights exists.
#include "levels.h"

#include <string.h>

enum {
    FEW_ROWS = 4,
    // Weights that one core reads in the time that another needs to wake up.
    LEAST_BYTES = 192 * 1024,
};

typedef struct {
    const cc_level_table *level;
    const float *x;
    size_t rows, in_width;
    const void *weights;
    cc_type type;
    size_t out_width;
    cc_finish finish;
    char *scratch;
    cc_turns *turns;
} linear_job;

static size_t part_scratch(size_t in_width) {
    return (CC_PAIR * in_width + CC_TILE_ROWS * CC_PAIR + 4 * in_width) * sizeof(float);
}

size_t cc_linear_scratch(size_t in_width) { return cc_threads() * part_scratch(in_width); }

static void few_rows_part(void *context, size_t part, size_t parts) {
    const linear_job *job = context;
    size_t first, end, size = job->type == CC_F32 ? 4 : 2;
    cc_share(job->out_width, CC_PANEL, part, parts, &first, &end);
    float values[CC_PANEL];
    for (size_t column = first; column < end; column += CC_PANEL) {
        size_t count = end - column < CC_PANEL ? end - column : CC_PANEL;
        const char *weights = (const char *)job->weights + column * job->in_width * size;
        for (size_t r = 0; r < job->rows; r++) {
            job->level->dot_rows(job->x + r * job->in_width, job->in_width, weights, job->type,
                                 count, values);
            cc_finish_columns(job->level, &job->finish, values, r, 1, column, count,
                              job->out_width);
        }
    }
}

// Four rows of floats side by side into a panel, so that stores fill whole lines of the cache.
static void lay_out_four(const float *rows, size_t inner, float *panel) {
    for (size_t i = 0; i < inner; i++)
        for (size_t c = 0; c < 4; c++) panel[i * CC_PANEL + c] = rows[c * inner + i];
}

// Rows `column` to `column + count` of the weights as a pair of panels; missing columns are 0.
static void lay_out_panels(const linear_job *job, size_t column, size_t count, float *four,
                           float *panels) {
    size_t size = job->type == CC_F32 ? 4 : 2, inner = job->in_width;
    for (size_t c = 0; c < CC_PAIR; c += 4) {
        size_t rows = c < count ? cc_least(count - c, 4) : 0;
        const char *stored = (const char *)job->weights + (column + c) * inner * size;
        job->level->to_float(stored, job->type, rows * inner, four);
        memset(four + rows * inner, 0, (4 - rows) * inner * sizeof *four);
        lay_out_four(four, inner, panels + c / CC_PANEL * inner * CC_PANEL + c % CC_PANEL);
    }
}

static void many_rows_part(void *context, size_t part, size_t parts) {
    (void)parts;
    const linear_job *job = context;
    float *panels = (float *)(job->scratch + part * part_scratch(job->in_width));
    float *four = panels + CC_PAIR * job->in_width, *tile = four + 4 * job->in_width;
    size_t column, end;
    while (cc_take(job->turns, part, &column, &end)) {
        size_t count = end - column;
        lay_out_panels(job, column, count, four, panels);
        for (size_t r = 0; r < job->rows; r += CC_TILE_ROWS) {
            size_t rows = job->rows - r < CC_TILE_ROWS ? job->rows - r : CC_TILE_ROWS;
            job->level->tile_f32(rows, job->in_width, job->x + r * job->in_width, job->in_width,
                                 panels, tile, CC_PAIR);
            cc_finish_columns(job->level, &job->finish, tile, r, rows, column, count,
                              job->out_width);
        }
    }
}

void cc_linear(const float *x, size_t rows, size_t in_width, const void *weights, cc_type type,
               size_t out_width, const float *bias, cc_activation activation,
               const float *residual, float *out, void *scratch, size_t scratch_bytes) {
    cc_turns turns;
    linear_job job = {cc_table(), x, rows, in_width, weights, type, out_width,
                      {bias, activation, residual, out}, scratch, &turns};
    size_t pairs = (out_width + CC_PAIR - 1) / CC_PAIR;
    size_t bytes = out_width * in_width * (type == CC_F32 ? 4 : 2);
    if (rows <= FEW_ROWS) {
        cc_run(few_rows_part, &job, cc_least(pairs * 2, bytes / LEAST_BYTES));
        return;
    }
    cc_begin_turns(&turns, out_width, CC_PAIR, CC_PAIR, CC_PAIR);
    cc_run(many_rows_part, &job, cc_least(pairs, scratch_bytes / part_scratch(in_width)));
}
