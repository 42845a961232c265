// Work on whole rows and long vectors, spread over the pool.
#include "levels.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { CHUNK = 16 * 1024 };  // floats per part below which a second thread costs more than it saves

typedef struct {
    const cc_level_table *level;
    const float *a, *b;
    size_t count;
    cc_activation activation;
    float *out;
} vector_job;

static void activate_part(void *context, size_t part, size_t parts) {
    const vector_job *job = context;
    size_t first, end;
    cc_share(job->count, CC_PANEL, part, parts, &first, &end);
    job->level->activate(job->a + first, end - first, job->activation, job->out + first);
}

void cc_activate(const float *x, size_t count, cc_activation activation, float *out) {
    vector_job job = {cc_table(), x, NULL, count, activation, out};
    cc_run(activate_part, &job, count / CHUNK);
}

static void add_part(void *context, size_t part, size_t parts) {
    const vector_job *job = context;
    size_t first, end;
    cc_share(job->count, CC_PANEL, part, parts, &first, &end);
    job->level->finish_rows(job->a + first, 0, 1, end - first, NULL, CC_IDENTITY, job->b + first,
                            job->out + first, 0);
}

void cc_add(const float *a, const float *b, size_t count, float *out) {
    vector_job job = {cc_table(), a, b, count, CC_IDENTITY, out};
    cc_run(add_part, &job, count / CHUNK);
}

typedef struct {
    const cc_level_table *level;
    const float *x;
    size_t rows, width;
    const float *scale, *shift;
    float epsilon;
    float *out;
} norm_job;

static void layer_norm_part(void *context, size_t part, size_t parts) {
    const norm_job *job = context;
    size_t first, end;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++)
        job->level->layer_norm_row(job->x + r * job->width, job->width, job->scale, job->shift,
                                   job->epsilon, job->out + r * job->width);
}

void cc_layer_norm(const float *x, size_t rows, size_t width, const float *scale,
                   const float *shift, float epsilon, float *out) {
    if (!width) return;
    norm_job job = {cc_table(), x, rows, width, scale, shift, epsilon, out};
    cc_run(layer_norm_part, &job, rows * width / CHUNK);
}

float cc_log_sum_exp(const float *x, size_t count) {
    const cc_level_table *level = cc_table();
    float most = level->largest(x, count);
    if (!(fabsf(most) <= 3.4e38f)) return most;  // none, or an infinity: nothing to sum
    return most + logf(level->sum_exp(x, count, most));
}

size_t cc_argmax(const float *x, size_t count) {
    float most = cc_table()->largest(x, count);
    for (size_t i = 0; i < count; i++)
        if (x[i] == most) return i;
    return 0;
}

typedef struct {
    const cc_level_table *level;
    const char *source;
    cc_type type;
    size_t count;
    atomic_bool *finite;
} finite_job;

static void finite_part(void *context, size_t part, size_t parts) {
    const finite_job *job = context;
    enum { SLICE = 1024 };
    float slice[SLICE];
    size_t first, end, size = job->type == CC_F32 ? 4 : 2;
    cc_share(job->count, SLICE, part, parts, &first, &end);
    for (size_t i = first; i < end; i += SLICE) {
        size_t count = cc_least(end - i, SLICE);
        job->level->to_float(job->source + i * size, job->type, count, slice);
        if (!job->level->all_finite(slice, count)) atomic_store(job->finite, false);
    }
}

bool cc_all_finite(const void *source, cc_type type, size_t count) {
    atomic_bool finite = true;
    finite_job job = {cc_table(), source, type, count, &finite};
    cc_run(finite_part, &job, count / CHUNK);
    return atomic_load(&finite);
}

void cc_to_float(const void *source, cc_type type, size_t count, float *out) {
    cc_table()->to_float(source, type, count, out);
}

void cc_patches(const float *picture, size_t channels, size_t height, size_t width, size_t side,
                float *out) {
    if (!side) return;
    for (size_t y = 0; y + side <= height; y += side)
        for (size_t x = 0; x + side <= width; x += side)
            for (size_t c = 0; c < channels; c++)
                for (size_t row = 0; row < side; row++, out += side)
                    memcpy(out, picture + (c * height + y + row) * width + x,
                           side * sizeof(float));
}

typedef struct {
    const float *x;
    size_t frames, channels, step, rows;
    float *out;
} frames_job;

static void three_frames_row(const frames_job *job, size_t row, float *out) {
    size_t channels = job->channels, after = row * job->step;  // one more than the first frame
    if (after >= 1 && after + 2 <= job->frames) {
        const float *a = job->x + (after - 1) * channels, *b = a + channels, *c = b + channels;
        // In one loop, so that the compiler interleaves vectors.
        for (size_t i = 0; i < channels; i++, out += 3) out[0] = a[i], out[1] = b[i], out[2] = c[i];
        return;
    }
    for (size_t tap = 0; tap < 3; tap++, after++) {
        bool exists = after >= 1 && after <= job->frames;
        const float *frame = exists ? job->x + (after - 1) * channels : NULL;
        for (size_t i = 0; i < channels; i++) out[3 * i + tap] = exists ? frame[i] : 0;
    }
}

static void three_frames_part(void *context, size_t part, size_t parts) {
    const frames_job *job = context;
    size_t first, end;
    cc_share(job->rows, 1, part, parts, &first, &end);
    for (size_t r = first; r < end; r++)
        three_frames_row(job, r, job->out + r * job->channels * 3);
}

void cc_three_frames(const float *x, size_t frames, size_t channels, size_t step, float *out) {
    if (!step) return;
    frames_job job = {x, frames, channels, step, (frames + step - 1) / step, out};
    cc_run(three_frames_part, &job, job.rows * channels * 3 / CHUNK);
}
