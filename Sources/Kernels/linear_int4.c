// Linear layers with weights in 4 bits: the product.
//
// Made for one row or a few, where the weights' way from memory takes the time: a group of 32
// inputs is 18 bytes, where 8 bits take 32. Rows of x are rounded to 8 bits in the same groups, each
// with a scale of its own; a group's products are summed in integers, the groups in float.
#include "packed_int4.h"

#include <math.h>
#include <string.h>

enum { LEAST_PANELS = 4, CHUNK = 4 };  // a thread's least share, and what all rows go through at once

typedef struct {
    const cc_level_table *level;
    size_t rows, groups, out_width;
    const uint8_t *panels;
    const float *steps;   // [rows][groups]
    const int32_t *sums;  // [rows][groups]
    const int8_t *x;      // [rows][groups][32]
    cc_finish finish;
} product_job;

static void round_group(const cc_level_table *level, const float *x, size_t count, int8_t *out,
                        float *step, int32_t *sum) {
    uint32_t bits = level->largest_bits(x, count);
    float most;
    memcpy(&most, &bits, sizeof most);
    float factor = 127 / most;
    *sum = 0;
    *step = isfinite(most) ? most / 127 : NAN;  // what is no number shows in every output
    memset(out, 0, CC_GROUP);
    if (isfinite(most) && isfinite(factor)) *sum = level->quantize_weights(x, count, factor, out);
}

static void product_part(void *context, size_t part, size_t parts) {
    const product_job *job = context;
    size_t first, end;
    float values[CHUNK * CC_PANEL];
    cc_share(job->out_width, CC_PANEL, part, parts, &first, &end);
    for (size_t column = first; column < end; column += CHUNK * CC_PANEL) {
        size_t count = cc_least(end - column, CHUNK * CC_PANEL);
        const uint8_t *panels = job->panels + column / CC_PANEL * job->groups * CC_GROUP_BYTES;
        for (size_t r = 0; r < job->rows; r++) {
            job->level->row_int4(job->groups, (count + CC_PANEL - 1) / CC_PANEL,
                                 job->x + r * job->groups * CC_GROUP, job->steps + r * job->groups,
                                 job->sums + r * job->groups, panels, values);
            cc_finish_columns(job->level, &job->finish, values, r, 1, column, count,
                              job->out_width);
        }
    }
}

size_t cc_linear_int4_scratch(size_t rows, size_t in_width) {
    return rows * cc_groups(in_width) * (sizeof(float) + sizeof(int32_t) + CC_GROUP);
}

void cc_linear_int4(const float *x, size_t rows, size_t in_width, const void *packed,
                    size_t out_width, const float *bias, cc_activation activation,
                    const float *residual, float *out, void *scratch) {
    const cc_level_table *level = cc_table();
    size_t groups = cc_groups(in_width), all = rows * groups;
    float *steps = scratch;
    int32_t *sums = (int32_t *)(steps + all);
    int8_t *rounded = (int8_t *)(sums + all);
    for (size_t r = 0; r < rows; r++)
        for (size_t g = 0; g < groups; g++)
            round_group(level, x + r * in_width + g * CC_GROUP,
                        cc_least(in_width - g * CC_GROUP, CC_GROUP),
                        rounded + (r * groups + g) * CC_GROUP, steps + r * groups + g,
                        sums + r * groups + g);
    product_job job = {level, rows, groups, out_width, cc_open_int4(packed), steps, sums, rounded,
                       {bias, activation, residual, out}};
    cc_run(product_part, &job, (out_width + CC_PANEL - 1) / CC_PANEL / LEAST_PANELS);
}
