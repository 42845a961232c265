// Weights into 4 bits.
//
// A group's scale is at first its largest weight by -8, as in ggml's q4_0, so that this weight is met
// exactly; then the one that fits the rounded weights best (least squares), which takes a tenth from
// the squared error. Weights drawn from a normal distribution come out with a relative error of 0.09.
#include "packed_int4.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

size_t cc_int4_bytes(size_t out_width, size_t in_width) {
    return cc_rounded_up(out_width, CC_PANEL) / CC_PANEL * cc_groups(in_width) * CC_GROUP_BYTES + 63;
}

const char *cc_int4_layout(void) { return "int4.1"; }

typedef struct {
    const cc_level_table *level;
    const char *source;
    cc_type type;
    size_t first, count, out_width, in_width;
    uint8_t *panels;
    atomic_bool *finite;
} pack_job;

typedef struct {
    uint8_t values[CC_GROUP];  // 0 to 15
    uint16_t scale;            // half precision
} packed_group;

// The nearest scale that half precision has; what is too large for it is cut.
static float half_scale(const cc_level_table *level, float scale, uint16_t *bits) {
    scale = fmaxf(fminf(scale, 65504), -65504);
    level->to_f16(&scale, 1, bits);
    level->to_float(bits, CC_F16, 1, &scale);
    return scale;
}

static void round_weights(const float *x, float scale, int *whole) {
    float factor = scale != 0 ? 1 / scale : 0;
    if (!isfinite(factor)) factor = 0;
    for (size_t i = 0; i < CC_GROUP; i++) {
        float value = fmaxf(fminf(x[i] * factor, 7), -8);
        whole[i] = (int)rintf(value);
    }
}

static packed_group pack_group(const cc_level_table *level, const float *x) {
    packed_group group;
    int whole[CC_GROUP];
    float most = 0, product = 0, square = 0;
    for (size_t i = 0; i < CC_GROUP; i++)
        if (fabsf(x[i]) > fabsf(most)) most = x[i];
    round_weights(x, most / -8, whole);
    for (size_t i = 0; i < CC_GROUP; i++) {
        product += x[i] * (float)whole[i];
        square += (float)(whole[i] * whole[i]);
    }
    float fitted = square > 0 ? product / square : 0;
    round_weights(x, half_scale(level, isfinite(fitted) ? fitted : 0, &group.scale), whole);
    for (size_t i = 0; i < CC_GROUP; i++) group.values[i] = (uint8_t)(whole[i] + 8);
    return group;
}

// Inputs i and i + 4 of every eight share a byte, the lower ones first.
static void lay_out_group(const packed_group *group, size_t column, uint8_t *place) {
    for (size_t i = 0; i < CC_GROUP; i += 8)
        for (size_t k = 0; k < 4; k++)
            place[i / 8 * CC_PANEL * 4 + column * 4 + k]
                = (uint8_t)(group->values[i + k] | group->values[i + k + 4] << 4);
    memcpy(place + CC_NIBBLES + column * 2, &group->scale, 2);
}

static void pack_output(const pack_job *job, size_t output) {
    size_t size = job->type == CC_F32 ? 4 : 2, groups = cc_groups(job->in_width);
    const char *row = job->source + (output - job->first) * job->in_width * size;
    uint8_t *panel = job->panels + output / CC_PANEL * groups * CC_GROUP_BYTES;
    for (size_t g = 0; g < groups; g++) {
        float x[CC_GROUP] = {0};
        size_t count = cc_least(job->in_width - g * CC_GROUP, CC_GROUP);
        job->level->to_float(row + g * CC_GROUP * size, job->type, count, x);
        if (!job->level->all_finite(x, count)) atomic_store(job->finite, false);
        packed_group group = pack_group(job->level, x);
        lay_out_group(&group, output % CC_PANEL, panel + g * CC_GROUP_BYTES);
    }
}

static void pack_part(void *context, size_t part, size_t parts) {
    const pack_job *job = context;
    size_t first, end;
    cc_share(job->count, CC_PANEL, part, parts, &first, &end);
    for (size_t i = first; i < end; i++) pack_output(job, job->first + i);
}

static void clear_padding(const pack_job *job) {
    const packed_group zero = {{0}, 0};
    size_t groups = cc_groups(job->in_width), end = cc_rounded_up(job->out_width, CC_PANEL);
    for (size_t o = job->out_width; o < end; o++)
        for (size_t g = 0; g < groups; g++)
            lay_out_group(&zero, o % CC_PANEL,
                          job->panels + (o / CC_PANEL * groups + g) * CC_GROUP_BYTES);
}

bool cc_pack_int4(const void *source, cc_type type, size_t first, size_t count, size_t out_width,
                  size_t in_width, void *packed) {
    atomic_bool finite = true;
    pack_job job = {cc_table(), source, type, first, count, out_width, in_width,
                    cc_open_int4(packed), &finite};
    cc_run(pack_part, &job, (count + CC_PANEL - 1) / CC_PANEL);
    if (first + count == out_width) clear_padding(&job);
    return atomic_load(&finite);
}
