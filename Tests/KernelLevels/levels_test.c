// Every instruction set's kernels beside plain C, for processors that the machine at hand is not:
// AVX-512 emulated, NEON under an emulator. See run.sh.
#define _GNU_SOURCE
#include "kernels.h"

#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

static int failures;

static uint32_t state = 1;
static float number(float least, float most) {  // a linear congruential generator
    state = state * 1664525u + 1013904223u;
    return least + (most - least) * (float)(state >> 8) / 16777216.0f;
}

static float *numbers(size_t count, float least, float most) {
    float *x = malloc((count + 1) * sizeof *x);
    for (size_t i = 0; i < count; i++) x[i] = number(least, most);
    return x;
}

static void expect_close(const char *what, cc_level level, const float *actual,
                         const float *expected, size_t count, double within) {
    double worst = 0;
    for (size_t i = 0; i < count; i++) {
        double gap = fabs((double)actual[i] - expected[i]);
        if (!(gap <= worst)) worst = gap;
    }
    if (worst <= within) return;
    failures++;
    printf("%s at level %d: a gap of %g, allowed is %g\n", what, (int)level, worst, within);
}

static void check_linear(cc_level level, size_t rows, size_t inputs, size_t outputs) {
    float *x = numbers(rows * inputs, -1, 2), *w = numbers(inputs * outputs, -1, 1);
    float *bias = numbers(outputs, -1, 1), *residual = numbers(rows * outputs, -1, 1);
    float *plain = numbers(rows * outputs, 0, 0), *other = numbers(rows * outputs, 0, 0);
    size_t scratch_bytes = cc_linear_scratch(inputs);
    void *scratch = malloc(scratch_bytes + cc_linear_int8_scratch(rows, inputs));
    void *packed = malloc(cc_int8_bytes(outputs, inputs));
    cc_set_level(level);
    cc_pack_int8(w, CC_F32, 0, outputs, outputs, inputs, packed);
    // What may follow at once, and what takes a pass of its own.
    static const cc_activation activations[] = {CC_IDENTITY, CC_GELU_EXACT, CC_GELU_TANH};
    for (size_t i = 0; i < 6; i++) {
        cc_activation activation = activations[i / 2];
        const float *added = i % 2 ? residual : NULL;
        cc_set_level(level);
        cc_linear_int8(x, rows, inputs, packed, outputs, bias, activation, added, other, scratch);
        cc_set_level(CC_LEVEL_SCALAR);
        cc_linear_int8(x, rows, inputs, packed, outputs, bias, activation, added, plain, scratch);
        expect_close("8-bit linear", level, other, plain, rows * outputs, 3e-5);
    }
    cc_set_level(level);
    cc_linear(x, rows, inputs, w, CC_F32, outputs, bias, CC_GELU_EXACT, residual, other, scratch,
              scratch_bytes);
    cc_set_level(CC_LEVEL_SCALAR);
    cc_linear(x, rows, inputs, w, CC_F32, outputs, bias, CC_GELU_EXACT, residual, plain, scratch,
              scratch_bytes);
    expect_close("linear", level, other, plain, rows * outputs, 2e-5);
    free(x), free(w), free(bias), free(residual), free(plain), free(other), free(scratch);
    free(packed);
}

static void check_int4(cc_level level, size_t rows, size_t inputs, size_t outputs) {
    float *x = numbers(rows * inputs, -1, 2), *w = numbers(inputs * outputs, -1, 1);
    float *bias = numbers(outputs, -1, 1), *residual = numbers(rows * outputs, -1, 1);
    float *plain = numbers(rows * outputs, 0, 0), *other = numbers(rows * outputs, 0, 0);
    void *scratch = malloc(cc_linear_int4_scratch(rows, inputs));
    void *packed = malloc(cc_int4_bytes(outputs, inputs));
    cc_set_level(level);
    cc_pack_int4(w, CC_F32, 0, outputs, outputs, inputs, packed);
    cc_linear_int4(x, rows, inputs, packed, outputs, bias, CC_GELU_TANH, residual, other, scratch);
    cc_set_level(CC_LEVEL_SCALAR);
    cc_linear_int4(x, rows, inputs, packed, outputs, bias, CC_GELU_TANH, residual, plain, scratch);
    expect_close("4-bit linear", level, other, plain, rows * outputs, 2e-5);
    free(x), free(w), free(bias), free(residual), free(plain), free(other), free(scratch);
    free(packed);
}

static void check_attention(cc_level level, size_t rows, size_t keys, size_t heads, size_t width) {
    size_t all = heads * width, bytes;
    float *q = numbers(rows * all, -2, 2), *k = numbers(keys * all, -2, 2);
    float *v = numbers(keys * all, -1, 1);
    float *plain = numbers(rows * all, 0, 0), *other = numbers(rows * all, 0, 0);
    cc_attention_shape shape = {rows, keys, heads, width, all, all, all, 0, 0, 0, 0.25f};
    void *scratch = malloc(bytes = cc_attention_scratch(keys, heads, width));
    for (int rough = 0; rough < 2; rough++) {
        cc_set_level(level);
        cc_attention(shape, q, k, v, rough, other, scratch, bytes);
        cc_set_level(CC_LEVEL_SCALAR);
        cc_attention(shape, q, k, v, rough, plain, scratch, bytes);
        // Rough: factors of 11 to 14 bits, where the level multiplies such integers.
        expect_close("attention", level, other, plain, rows * all, rough ? 0.006 : 1e-5);
    }
    free(q), free(k), free(v), free(plain), free(other), free(scratch);
}

static void check_cache(cc_level level, cc_kept kept) {
    enum { HEADS = 3, WIDTH = 20, KEYS = 37, ALL = HEADS * WIDTH, CAPACITY = 48 };
    float *q = numbers(ALL, -2, 2), *k = numbers(KEYS * ALL, -1, 1), *v = numbers(KEYS * ALL, -1, 1);
    float plain[ALL], other[ALL];
    cc_cache_shape shape = {kept, HEADS, WIDTH, CAPACITY};
    size_t bytes = cc_cache_bytes(shape);
    void *keys = calloc(bytes, 1), *values = calloc(bytes, 1);
    void *scratch = malloc(cc_cached_attention_scratch(HEADS, KEYS + 1));
    cc_set_level(level);
    cc_cache_store(shape, keys, values, 0, k, v, 0, KEYS);
    cc_cached_attention(shape, keys, values, q, 0, 1, KEYS, false, 0.3f, other, scratch);
    cc_set_level(CC_LEVEL_SCALAR);
    cc_cache_store(shape, keys, values, 0, k, v, 0, KEYS);
    cc_cached_attention(shape, keys, values, q, 0, 1, KEYS, false, 0.3f, plain, scratch);
    // In 8 bits weights are fractions of 2^15: one that lies between two may become either.
    expect_close("attention to kept keys", level, other, plain, ALL,
                 kept == CC_KEPT_INT8 ? 1e-4 : 1e-5);
    free(q), free(k), free(v), free(keys), free(values), free(scratch);
}

static void check_rows(cc_level level, size_t width) {
    float *x = numbers(width, -12, 12), *scale = numbers(width, -1, 1);
    float *plain = numbers(width, 0, 0), *other = numbers(width, 0, 0);
    for (cc_activation a = CC_IDENTITY; a <= CC_GELU_NEAR; a++) {
        cc_set_level(level);
        cc_activate(x, width, a, other);
        cc_set_level(CC_LEVEL_SCALAR);
        cc_activate(x, width, a, plain);
        expect_close("activation", level, other, plain, width, a == CC_GELU_NEAR ? 2e-5 : 2e-6);
    }
    cc_set_level(level);
    cc_layer_norm(x, 1, width, scale, scale, 1e-5f, other);
    float sum = cc_log_sum_exp(x, width);
    size_t largest = cc_argmax(x, width);
    cc_set_level(CC_LEVEL_SCALAR);
    cc_layer_norm(x, 1, width, scale, scale, 1e-5f, plain);
    expect_close("layer norm", level, other, plain, width, 2e-5);
    float plain_sum = cc_log_sum_exp(x, width);
    expect_close("log sum exp", level, &sum, &plain_sum, 1, 1e-5);
    if (largest != cc_argmax(x, width)) failures++, printf("argmax at level %d\n", (int)level);
    free(x), free(scale), free(plain), free(other);
}

// A process that may use one core uses one.
static void check_affinity(void) {
    cpu_set_t all, one;
    if (sched_getaffinity(0, sizeof all, &all)) return;
    int first = 0;
    while (!CPU_ISSET(first, &all)) first++;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    if (!sched_setaffinity(0, sizeof one, &one) && cc_usable_cores() != 1)
        failures++, printf("more cores are counted than may be used\n");
    sched_setaffinity(0, sizeof all, &all);
}

int main(void) {
    static const size_t linear[][3] = {{1, 1, 1}, {1, 64, 130}, {2, 33, 70}, {4, 5, 16},
                                       {5, 48, 31}, {12, 16, 32}, {13, 100, 65}, {30, 96, 17},
                                       {7, 36, 200}, {120, 40, 96}};
    static const size_t attention[][4] = {{1, 1, 1, 8}, {3, 5, 2, 12}, {13, 33, 3, 16},
                                          {40, 70, 2, 64}, {25, 64, 2, 80},
                                          {14, 300, 1, 64}};
    check_affinity();
    int checked = 0;
    for (cc_level level = CC_LEVEL_AVX2; level <= CC_LEVEL_NEON; level++) {
        if (!cc_set_level(level)) continue;
        checked++;
        for (size_t i = 0; i < sizeof linear / sizeof *linear; i++)
            check_linear(level, linear[i][0], linear[i][1], linear[i][2]),
                check_int4(level, linear[i][0], linear[i][1], linear[i][2]);
        for (size_t i = 0; i < sizeof attention / sizeof *attention; i++)
            check_attention(level, attention[i][0], attention[i][1], attention[i][2],
                            attention[i][3]);
        for (cc_kept kept = CC_KEPT_F32; kept <= CC_KEPT_INT8; kept++) check_cache(level, kept);
        for (size_t width = 1; width < 70; width += 3) check_rows(level, width);
        printf("level %d equals plain C\n", (int)level);
    }
    if (!checked) failures++, printf("no level but plain C was found\n");
    return failures ? 1 : 0;
}
