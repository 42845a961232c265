// Attention of single heads, smoothed, and the cheapest path through it.
//
// Source: openai/whisper, `timing.py`, functions `find_alignment`, `median_filter` and `dtw_cpu`.
#include "alignment.h"
#include "levels.h"

#include <math.h>
#include <string.h>

// MARK: One head

typedef struct {
    const cc_level_table *level;
    cc_cache_shape shape;
    const char *keys;  // of the head
    const float *q;    // the head's part of the first row
    size_t rows, columns;
    float scale;
    size_t stride;
    float *out;
} head_job;

static void head_part(void *context, size_t part, size_t parts) {
    const head_job *job = context;
    size_t first, end, width = job->shape.head_width;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++) {
        float *row = job->out + r * job->stride;
        cc_kept_scores(job->level, job->shape.kept, job->q + r * job->shape.heads * width, width,
                       job->keys, (job->columns + CC_PANEL - 1) / CC_PANEL, job->scale, row);
        float sum = job->level->exp_row(row, job->columns);
        for (size_t c = 0; c < job->columns; c++) row[c] /= sum;
    }
}

void cc_head_probabilities(cc_cache_shape shape, const void *keys, size_t head, const float *q,
                           size_t rows, size_t columns, float scale, size_t stride, float *out) {
    if (!columns) return;
    size_t begin = head * (cc_cache_bytes(shape) / shape.heads);
    head_job job = {cc_table(), shape, (const char *)keys + begin,
                    q + head * shape.head_width, rows, columns, scale, stride, out};
    cc_run(head_part, &job, rows);
}

// MARK: Smoothing

void cc_standardize_columns(float *x, size_t rows, size_t columns, size_t stride) {
    enum { SLICE = 64 };
    for (size_t from = 0; from < columns; from += SLICE) {
        size_t count = cc_least(columns - from, SLICE);
        double mean[SLICE] = {0}, spread[SLICE] = {0};
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < count; c++) mean[c] += x[r * stride + from + c];
        for (size_t c = 0; c < count; c++) mean[c] /= (double)rows;
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < count; c++) {
                double gap = x[r * stride + from + c] - mean[c];
                spread[c] += gap * gap;
            }
        for (size_t c = 0; c < count; c++) {
            double deviation = sqrt(spread[c] / (double)rows);
            spread[c] = deviation > 0 && isfinite(deviation) ? 1 / deviation : 0;
            if (!isfinite(mean[c])) mean[c] = 0;
        }
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < count; c++) {
                float *at = x + r * stride + from + c;
                *at = spread[c] > 0 ? (float)((*at - mean[c]) * spread[c]) : 0;
            }
    }
}

enum { REACH = 3, WIDTH = 2 * REACH + 1 };

static inline void order(float *a, float *b) {
    float least = *a < *b ? *a : *b, most = *a < *b ? *b : *a;
    *a = least;
    *b = most;
}

// Source: N. Devillard, "Fast median search", 1998, `opt_med7`.
static inline float median(const float *x) {
    float a = x[0], b = x[1], c = x[2], d = x[3], e = x[4], f = x[5], g = x[6];
    order(&a, &f), order(&a, &d), order(&b, &g), order(&c, &e), order(&a, &b);
    order(&d, &f), order(&c, &g), order(&c, &d), order(&d, &g), order(&e, &f);
    order(&b, &e), order(&b, &d), order(&d, &e);
    return d;
}

// The number at an index that may lie up to REACH beyond an end.
static inline float mirrored(const float *row, size_t columns, ptrdiff_t at) {
    ptrdiff_t last = (ptrdiff_t)columns - 1;
    if (at < 0) at = -at;
    return row[at > last ? 2 * last - at : at];
}

static void add_row(const float *row, size_t columns, float *sum) {
    for (size_t c = 0; c < columns; c++) {
        if (c == REACH && columns > 2 * REACH)
            for (; c < columns - REACH; c++) sum[c] += median(row + c - REACH);
        float near[WIDTH];
        for (size_t i = 0; i < WIDTH; i++)
            near[i] = mirrored(row, columns, (ptrdiff_t)(c + i) - REACH);
        sum[c] += median(near);
    }
}

typedef struct {
    const float *x;
    size_t rows, columns, stride;
    float *sum;
} median_job;

static void median_part(void *context, size_t part, size_t parts) {
    const median_job *job = context;
    size_t first, end;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++) {
        const float *row = job->x + r * job->stride;
        float *sum = job->sum + r * job->columns;
        if (job->columns > REACH) add_row(row, job->columns, sum);
        else
            for (size_t c = 0; c < job->columns; c++) sum[c] += row[c];
    }
}

void cc_add_medians(const float *x, size_t rows, size_t columns, size_t stride, float *sum) {
    median_job job = {x, rows, columns, stride, sum};
    cc_run(median_part, &job, rows);
}

// MARK: The path

void cc_cheapest_steps(const float *costs, size_t rows, size_t columns, uint8_t *steps,
                       float *sums) {
    for (size_t c = 0; c <= columns; c++) sums[c] = INFINITY;
    sums[0] = 0;
    for (size_t r = 0; r < rows; r++) {
        float both = sums[0];  // of the row before, one column back
        sums[0] = INFINITY;
        for (size_t c = 0; c < columns; c++) {
            float row = sums[c + 1], column = sums[c], least = column;
            uint8_t step = CC_STEP_COLUMN;
            if (both < row && both < column) least = both, step = CC_STEP_BOTH;
            else if (row < both && row < column) least = row, step = CC_STEP_ROW;
            sums[c + 1] = costs[r * columns + c] + least;
            steps[r * columns + c] = step;
            both = row;
        }
    }
}
