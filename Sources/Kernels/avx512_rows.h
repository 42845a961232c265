// Rows of floats with AVX-512 where its own instructions do more than vector_rows.h: rounding, and
// a GELU that looks its coefficients up. Only avx512.c includes it.
#include "vector_rows.h"

// MARK: Rounding to integers

static void to_int16(const float *x, size_t count, float factor, int16_t *out) {
    FOR_VECTORS(count, {
        __m256i shorts = _mm512_cvtsepi32_epi16(_mm512_cvtps_epi32(load(x + i, n) * splat(factor)));
        memcpy(out + i, &shorts, n * sizeof *out);
    })
}

static void quantize(const float *x, size_t count, float factor, int zero, uint8_t *out) {
    enum { BYTES = 64 };
    const __m512i base = _mm512_set1_epi16((int16_t)zero);
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    for (size_t i = 0; i < count; i += BYTES) {
        size_t n = cc_least(count - i, BYTES);
        const float *from = x + i;
        float part[BYTES] = {0};
        if (n < BYTES) from = memcpy(part, from, n * sizeof *from);
        __m512i shorts[2];
#pragma clang loop unroll(full)
        for (size_t half = 0; half < 2; half++, from += 2 * LANES) {
            __m512i low = _mm512_cvtps_epi32(load(from, LANES) * splat(factor));
            __m512i high = _mm512_cvtps_epi32(load(from + LANES, LANES) * splat(factor));
            shorts[half] = _mm512_adds_epi16(base, _mm512_packs_epi32(low, high));
        }
        __m512i bytes = _mm512_packus_epi16(shorts[0], shorts[1]);
        bytes = _mm512_permutexvar_epi32(order, bytes);
        memcpy(out + i, &bytes, n);
    }
}

// MARK: GELU

// -|x| Phi(-|x|) on [0, 4.5] in pieces, a cubic polynomial of |x| in each, fitted for the least
// largest error: 1.6e-5 in the last piece, 3e-6 elsewhere, and 0 at both ends. The first piece is
// half as long as the others, since a place is rounded to its piece.
enum { GELU_PIECES = 16 };
#define GELU_END 4.5f
static const float GELU_CUBICS[4][GELU_PIECES] __attribute__((aligned(64))) = {
    {0.0f, 0.000310232776f, 0.00391767034f, 0.00603767531f, -0.0210861396f, -0.112242542f,
     -0.270011753f, -0.446396798f, -0.569879234f, -0.593094766f, -0.519056141f, -0.389558583f,
     -0.252418727f, -0.144424364f, -0.0734380111f, -0.0362353586f},
    {-0.500036359f, -0.505007029f, -0.529964507f, -0.540501535f, -0.46276319f, -0.254898489f,
     0.0416595638f, 0.323476285f, 0.495372981f, 0.524923682f, 0.444998741f, 0.317590654f,
     0.19418779f, 0.104734428f, 0.050251212f, 0.0235538241f},
    {0.400472879f, 0.42790699f, 0.486547798f, 0.503636301f, 0.429195911f, 0.270888388f,
     0.084823072f, -0.0654107034f, -0.14522709f, -0.157748714f, -0.128978342f, -0.087178804f,
     -0.0501529276f, -0.0254480373f, -0.0115058376f, -0.00511611858f},
    {-0.0183580741f, -0.0719796196f, -0.118736021f, -0.12782751f, -0.104007281f, -0.0637391955f,
     -0.0247730818f, 0.00194826501f, 0.0143097704f, 0.0160762146f, 0.0126227802f, 0.00804995f,
     0.00434567221f, 0.00207078946f, 0.000881247746f, 0.000371408067f},
};

static inline vec gelu_coefficients(__m512i piece, size_t power) {
    return _mm512_permutexvar_ps(piece, _mm512_loadu_ps(GELU_CUBICS[power]));
}

// max(x, 0) - |x| Phi(-|x|): two thirds of the instructions of the one in vector_rows.h.
static inline vec near_gelu(vec x) {
    vec u = _mm512_min_ps(splat(GELU_END * 0.99999f), _mm512_abs_ps(x));  // a NaN stays one
    // A float of 2^23 and more has no bits for fractions: its last ones are the piece.
    vec place = fused(u, splat((GELU_PIECES - 0.5f) / GELU_END), splat(8388608));
    __m512i piece = (__m512i)place;
    vec p = fused(gelu_coefficients(piece, 3), u, gelu_coefficients(piece, 2));
    p = fused(p, u, gelu_coefficients(piece, 1));
    p = fused(p, u, gelu_coefficients(piece, 0));
    return _mm512_max_ps(x, splat(0)) + p;
}
