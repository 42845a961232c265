// Work on rows of floats, written once for every vector width.
//
// An instruction set's file defines LANES (floats in a vector: 4, 8 or 16), switches its
// instructions on, and includes this. The vectors are the compiler's own (`vector_size`), so
// that a reader needs no table of intrinsics.
#include "levels.h"

#include <math.h>
#include <string.h>

typedef float vec __attribute__((vector_size(LANES * 4)));
typedef int32_t ints __attribute__((vector_size(LANES * 4)));
typedef uint8_t bytes __attribute__((vector_size(LANES)));
typedef int8_t signed_bytes __attribute__((vector_size(LANES)));
typedef uint16_t shorts __attribute__((vector_size(LANES * 2)));
typedef _Float16 halves __attribute__((vector_size(LANES * 2)));

// A row's length is seldom a multiple of LANES. This runs BODY with i and n: whole vectors with
// n == LANES, then the rest with n < LANES.
#define FOR_VECTORS(count, BODY)                                                 \
    {                                                                            \
        size_t i = 0;                                                            \
        for (const size_t n = LANES; i + LANES <= (count); i += LANES) { BODY }  \
        if (i < (count)) { const size_t n = (count) - i; BODY }                  \
    }

static inline vec splat(float x) {
    vec v;
    for (int i = 0; i < LANES; i++) v[i] = x;
    return v;
}

// The first n floats, then zeros.
static inline vec load(const float *x, size_t n) {
    vec v = {0};
    if (n == LANES) memcpy(&v, x, sizeof v);
    else memcpy(&v, x, n * sizeof *x);
    return v;
}

// The first n floats, then copies of the first: neutral for a maximum.
static inline vec load_repeating(const float *x, size_t n) {
    vec v = splat(x[0]);
    if (n == LANES) memcpy(&v, x, sizeof v);
    else memcpy(&v, x, n * sizeof *x);
    return v;
}

static inline void store(float *x, vec v, size_t n) {
    if (n == LANES) memcpy(x, &v, sizeof v);
    else memcpy(x, &v, n * sizeof *x);
}

static inline vec load_typed(const void *source, cc_type type, size_t offset, size_t n) {
    if (type == CC_F32) return load((const float *)source + offset, n);
    shorts bits = {0};
    const uint16_t *from = (const uint16_t *)source + offset;
    if (n == LANES) memcpy(&bits, from, sizeof bits);
    else memcpy(&bits, from, n * sizeof *from);
    if (type == CC_F16) return __builtin_convertvector((halves)bits, vec);
    return (vec)(__builtin_convertvector(bits, ints) << 16);
}

static inline float sum_of(vec v) {  // pairwise, in an order that is always the same
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++) v[i] += v[i + half];
    return v[0];
}

static inline vec larger(vec a, vec b) { return __builtin_elementwise_max(a, b); }
static inline vec smaller(vec a, vec b) { return __builtin_elementwise_min(a, b); }
// a where a comparison holds, else b; of a minimum or maximum the compiler makes one instruction,
// where those above take care of NaN in either.
static inline vec chosen(ints holds, vec a, vec b) {
    return (vec)(((ints)a & holds) | ((ints)b & ~holds));
}
static inline vec fused(vec a, vec b, vec c) { return __builtin_elementwise_fma(a, b, c); }

// exp by 2^n times a polynomial on [-ln 2 / 2, ln 2 / 2] (Cephes expf); relative error < 2e-7.
// Below -87 the result is 1e-38, not 0; above 88 it is that of 88.
static inline vec exponential(vec x) {
    x = smaller(larger(x, splat(-87.0f)), splat(88.0f));
    vec n = __builtin_elementwise_roundeven(x * splat(1.44269504f));
    vec r = fused(n, splat(-0.693359375f), x);
    r = fused(n, splat(2.12194440e-4f), r);
    vec p = splat(1.9875691500e-4f);
    p = fused(p, r, splat(1.3981999507e-3f));
    p = fused(p, r, splat(8.3334519073e-3f));
    p = fused(p, r, splat(4.1665795894e-2f));
    p = fused(p, r, splat(1.6666665459e-1f));
    p = fused(p, r, splat(5.0000001201e-1f));
    p = fused(p, r * r, r + splat(1.0f));
    ints power = (__builtin_convertvector(n, ints) + 127) << 23;
    return p * (vec)power;
}

// erf as an odd polynomial over an even one, on [-4, 4], where it is 1 within a float (the form and
// the coefficients of Eigen's perf_float); absolute error < 5e-7 in this arithmetic.
static inline vec error_function(vec x) {
    x = smaller(larger(x, splat(-4.0f)), splat(4.0f));
    vec square = x * x;
    vec p = splat(-2.72614225801306e-10f);
    p = fused(p, square, splat(2.77068142495902e-8f));
    p = fused(p, square, splat(-2.10102402082508e-6f));
    p = fused(p, square, splat(-5.69250639462346e-5f));
    p = fused(p, square, splat(-7.34990630326855e-4f));
    p = fused(p, square, splat(-2.95459980854025e-3f));
    p = fused(p, square, splat(-1.60960333262415e-2f));
    vec q = splat(-1.45660718464996e-5f);
    q = fused(q, square, splat(-2.13374055278905e-4f));
    q = fused(q, square, splat(-1.68282697438203e-3f));
    q = fused(q, square, splat(-7.37332916720468e-3f));
    q = fused(q, square, splat(-1.42647390514189e-2f));
    return x * p / q;
}

static inline vec logistic(vec x) { return splat(1.0f) / (splat(1.0f) + exponential(-x)); }

// max(x, 0) - |x| Phi(-|x|), the second by a polynomial around the middle of [0, 4.5], fitted for the least
// largest error, 1.6e-5, and 0 at both ends, even and odd powers apart: two short chains. Half the
// time of the exact one, which divides.
#ifndef NEAR_GELU  // a level with a faster one brings it itself
static inline vec near_gelu(vec x) {
    vec u = smaller(larger(x, -x), splat(4.5f)) - splat(2.25f);
    vec v = u * u, even = splat(-1.31928637e-5f), odd = splat(1.51573871e-5f);
    even = fused(even, v, splat(2.72999982e-4f));
    odd = fused(odd, v, splat(-6.08198588e-4f));
    even = fused(even, v, splat(-1.5975102e-3f));
    odd = fused(odd, v, splat(7.55390736e-3f));
    even = fused(even, v, splat(-7.88820229e-3f));
    odd = fused(odd, v, splat(-1.29427995e-2f));
    even = fused(even, v, splat(4.86895514e-2f));
    odd = fused(odd, v, splat(-5.91199121e-2f));
    even = fused(even, v, splat(2.74983633e-2f));
    vec p = fused(odd, u, even);
    return larger(x, splat(0)) - p;
}
#else
static inline vec near_gelu(vec x);
#endif

static inline vec activated(vec x, cc_activation activation) {
    switch (activation) {
    case CC_GELU_EXACT:
        return splat(0.5f) * x * (splat(1.0f) + error_function(x * splat(0.70710678f)));
    case CC_GELU_TANH: {  // (1 + tanh(u)) / 2 = logistic(2 u)
        vec inner = fused(x * x, splat(0.044715f), splat(1.0f));
        return x * logistic(splat(1.59576912f) * x * inner);
    }
    case CC_GELU_QUICK: return x * logistic(splat(1.702f) * x);
    case CC_GELU_NEAR: return near_gelu(x);
    default: return x;
    }
}

static void activate(const float *x, size_t count, cc_activation activation, float *out) {
    FOR_VECTORS(count, store(out + i, activated(load(x + i, n), activation), n);)
}

static inline __attribute__((always_inline)) void finish_rows_with(
    const float *x, size_t x_stride, size_t rows, const size_t count, const float *bias,
    const cc_activation activation, const float *residual, float *out, size_t out_stride) {
    for (size_t r = 0; r < rows; r++, x += x_stride, out += out_stride) {
        FOR_VECTORS(count, {
            vec v = load(x + i, n);
            if (bias) v += load(bias + i, n);
            v = activated(v, activation);
            if (residual) v += load(residual + i, n);
            store(out + i, v, n);
        })
        if (residual) residual += out_stride;
    }
}

// A tile's rows are whole but for the last columns of a matrix.
static inline __attribute__((always_inline)) void finish_rows_as(
    const float *x, size_t x_stride, size_t rows, size_t count, const float *bias,
    const cc_activation activation, const float *residual, float *out, size_t out_stride) {
    if (count == CC_PAIR && bias && residual)
        finish_rows_with(x, x_stride, rows, CC_PAIR, bias, activation, residual, out, out_stride);
    else if (count == CC_PAIR && bias)
        finish_rows_with(x, x_stride, rows, CC_PAIR, bias, activation, NULL, out, out_stride);
    else
        finish_rows_with(x, x_stride, rows, count, bias, activation, residual, out, out_stride);
}

static void finish_rows(const float *x, size_t x_stride, size_t rows, size_t count,
                        const float *bias, cc_activation activation, const float *residual,
                        float *out, size_t out_stride) {
#define FINISH(activation)                                                                    \
    case activation:                                                                          \
        return finish_rows_as(x, x_stride, rows, count, bias, activation, residual, out,      \
                              out_stride);
    switch (activation) {
        FINISH(CC_IDENTITY)
        FINISH(CC_GELU_EXACT)
        FINISH(CC_GELU_TANH)
        FINISH(CC_GELU_QUICK)
        FINISH(CC_GELU_NEAR)
    }
#undef FINISH
}

static void layer_norm_row(const float *x, size_t width, const float *scale, const float *shift,
                           float epsilon, float *out) {
    // Two sums each, so that no addition waits for the one before.
    vec sums[2] = {0}, squares[2] = {0};
    size_t whole = width / LANES * LANES, pairs = width / (2 * LANES) * (2 * LANES);
    for (size_t i = 0; i < pairs; i += 2 * LANES)
        for (size_t half = 0; half < 2; half++) sums[half] += load(x + i + half * LANES, LANES);
    for (size_t i = pairs; i < width; i += LANES) sums[0] += load(x + i, cc_least(width - i, LANES));
    float mean = sum_of(sums[0] + sums[1]) / (float)width;
    for (size_t i = 0; i < pairs; i += 2 * LANES)
        for (size_t half = 0; half < 2; half++) {
            vec d = load(x + i + half * LANES, LANES) - splat(mean);
            squares[half] = fused(d, d, squares[half]);
        }
    if (pairs < whole) {
        vec d = load(x + pairs, LANES) - splat(mean);
        squares[0] = fused(d, d, squares[0]);
    }
    float variance = sum_of(squares[0] + squares[1]);
    for (size_t i = whole; i < width; i++) variance += (x[i] - mean) * (x[i] - mean);
    float inverse = 1 / sqrtf(variance / (float)width + epsilon);
    FOR_VECTORS(width, {
        vec normal = (load(x + i, n) - splat(mean)) * splat(inverse);
        store(out + i, fused(normal, load(scale + i, n), load(shift + i, n)), n);
    })
}

#ifndef PACKING  // a level with instructions for it brings to_int16 and quantize itself
static void to_int16(const float *x, size_t count, float factor, int16_t *out) {
    typedef int16_t signed_shorts __attribute__((vector_size(LANES * 2)));
    FOR_VECTORS(count, {
        vec v = __builtin_elementwise_roundeven(load(x + i, n) * splat(factor));
        v = larger(smaller(v, splat(32767)), splat(-32768));
        signed_shorts whole = __builtin_convertvector(__builtin_convertvector(v, ints), signed_shorts);
        memcpy(out + i, &whole, n * sizeof *out);
    })
}
#endif

static float largest(const float *x, size_t count) {
    if (!count) return -INFINITY;
    vec most = splat(-INFINITY);
    FOR_VECTORS(count, most = larger(most, load_repeating(x + i, n));)
    float result = most[0];
    for (int i = 1; i < LANES; i++)
        if (most[i] > result) result = most[i];
    return result;
}

static float exp_row(float *x, size_t count) {
    vec most = splat(largest(x, count)), sum = {0};
    size_t whole = count / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        vec e = exponential(load(x + i, LANES) - most);
        sum += e;
        store(x + i, e, LANES);
    }
    if (whole == count) return sum_of(sum);
    vec e = exponential(load(x + whole, count - whole) - most);
    store(x + whole, e, count - whole);
    float total = sum_of(sum);
    for (size_t i = whole; i < count; i++) total += x[i];
    return total;
}

static float sum_exp(const float *x, size_t count, float shift) {
    vec sum = {0};
    size_t whole = count / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES) sum += exponential(load(x + i, LANES) - splat(shift));
    float total = sum_of(sum);
    if (whole < count) {
        vec e = exponential(load(x + whole, count - whole) - splat(shift));
        for (size_t i = 0; i < count - whole; i++) total += e[i];
    }
    return total;
}

// A finite number times 0 is 0; an infinity or NaN makes NaN, and a sum with it stays NaN.
static bool all_finite(const float *x, size_t count) {
    vec sum = {0};
    FOR_VECTORS(count, sum = fused(load(x + i, n), splat(0), sum);)
    return sum_of(sum) == 0;
}

// As integers the bits of magnitudes are in the magnitudes' order; a NaN counts as infinity does.
static float largest_magnitude(const float *x, size_t count) {
    ints most = {0};
    FOR_VECTORS(count, {
        ints bits = (ints)load(x + i, n) & 0x7FFFFFFF;
        most = __builtin_elementwise_max(most, bits);
    })
    int32_t bits = __builtin_reduce_max(most);
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

static uint32_t largest_bits(const float *x, size_t count) {
    ints most = {0};
    FOR_VECTORS(count, {
        ints bits = (ints)load(x + i, n) & 0x7FFFFFFF;
        most = __builtin_elementwise_max(most, bits);
    })
    int32_t result = 0;
    for (int i = 0; i < LANES; i++)
        if (most[i] > result) result = most[i];
    return (uint32_t)result;
}

typedef float four_floats __attribute__((vector_size(16)));

// The least of all lanes of both; that of negated numbers is the largest.
static inline float least_of(vec a, vec b) {
    four_floats parts[LANES / 4];
    vec v = chosen(a < b, a, b);
    memcpy(parts, &v, sizeof v);
    four_floats x = parts[0];
    for (int i = 1; i < LANES / 4; i++) x = __builtin_elementwise_min(x, parts[i]);
    float low = x[0] < x[1] ? x[0] : x[1], high = x[2] < x[3] ? x[2] : x[3];
    return low < high ? low : high;
}

// Two vectors at a time, so that no comparison waits for the one before.
static void range(const float *x, size_t count, float *least, float *most) {
    vec low[2] = {splat(*least), splat(*least)}, high[2] = {splat(*most), splat(*most)};
    size_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES)
        for (size_t half = 0; half < 2; half++) {
            vec v = load(x + i + half * LANES, LANES);
            low[half] = chosen(v < low[half], v, low[half]);  // a NaN is neither
            high[half] = chosen(v > high[half], v, high[half]);
        }
    for (; i < count; i += LANES) {
        vec v = load_repeating(x + i, cc_least(count - i, LANES));
        low[0] = chosen(v < low[0], v, low[0]);
        high[0] = chosen(v > high[0], v, high[0]);
    }
    *least = least_of(low[0], low[1]);
    *most = -least_of(-high[0], -high[1]);
}

#ifndef PACKING
static void quantize(const float *x, size_t count, float factor, int zero, uint8_t *out) {
    vec base = splat((float)zero);
    FOR_VECTORS(count, {
        vec whole = __builtin_elementwise_roundeven(load(x + i, n) * splat(factor)) + base;
        ints cut = __builtin_convertvector(larger(smaller(whole, splat(255)), splat(0)), ints);
        bytes low = __builtin_convertvector(cut, bytes);
        memcpy(out + i, &low, n);
    })
}
#endif

static int32_t quantize_weights(const float *x, size_t count, float factor, int8_t *out) {
    ints sums = {0};
    FOR_VECTORS(count, {
        vec whole = __builtin_elementwise_roundeven(load(x + i, n) * splat(factor));
        ints weights = __builtin_convertvector(whole, ints);
        signed_bytes low = __builtin_convertvector(weights, signed_bytes);
        sums += weights;
        memcpy(out + i, &low, n);
    })
    int32_t sum = 0;
    for (int i = 0; i < LANES; i++) sum += sums[i];
    return sum;
}

static void to_float(const void *source, cc_type type, size_t count, float *out) {
    FOR_VECTORS(count, store(out + i, load_typed(source, type, i, n), n);)
}

static void to_f16(const float *x, size_t count, void *out) {
    FOR_VECTORS(count, {
        halves h = __builtin_convertvector(load(x + i, n), halves);
        memcpy((uint16_t *)out + i, &h, n * 2);
    })
}
