// Arithmetic on rows of floats and of 8-bit integers.
//
// Every matrix is row-major and dense unless a stride is named. Pointers need the alignment of
// their element only. Inputs and outputs may not overlap, except where a comment says "in place".
// Every function is total for size 0. Nothing here allocates: scratch is an argument, and its
// size comes from the function named beside it. Work is spread over the pool of `cc_set_threads`;
// results do not depend on the number of threads.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Threads

// Cores that this process may use: its affinity mask, cut by its control group's quota; at least 1.
size_t cc_usable_cores(void);
// How many threads share the work, the caller included; 1 to 64. Until called: cc_usable_cores().
void cc_set_threads(size_t count);
size_t cc_threads(void);
typedef void (*cc_task)(void *context, size_t part, size_t parts);
// Runs task(context, part, parts) for every part, one per thread, and waits for all.
// At most `most_parts` parts (0 counts as 1).
void cc_run(cc_task task, void *context, size_t most_parts);

// MARK: Memory

// From now on the process keeps blocks of up to 32 MiB that it frees, to use them again: results
// of layers come and go. Returns false where the C library has no such setting.
bool cc_keep_freed_memory(void);
// Asks for large pages where `count` bytes from `address` on lie, and on the heap behind them.
void cc_use_large_pages(const void *address, size_t count);

// MARK: Instruction sets

typedef enum {
    CC_LEVEL_SCALAR,   // plain C: the oracle of the tests
    CC_LEVEL_AVX2,     // AVX2, FMA, F16C
    CC_LEVEL_AVXVNNI,  // the same and AVX-VNNI
    CC_LEVEL_AVX512,   // AVX-512 F, BW, VL, VNNI
    CC_LEVEL_NEON,     // Armv8 Advanced SIMD with dot product
} cc_level;

bool cc_level_usable(cc_level level);
// The best usable level is chosen at first use, or the one that the environment variable
// CURBCUT_KERNELS names where it is usable; a test may set a lower one, for what its own thread
// calls. Returns false, and changes nothing, where the machine lacks the level.
bool cc_set_level(cc_level level);
cc_level cc_current_level(void);
// "scalar", "avx2", "avxvnni", "avx512" or "neon".
const char *cc_level_name(cc_level level);

// MARK: Element types

typedef enum { CC_F32, CC_F16, CC_BF16 } cc_type;

// True where each of `count` elements of `type` is a number: no infinity, no NaN.
bool cc_all_finite(const void *source, cc_type type, size_t count);
// out[i] = source[i] as float; source holds `count` elements of `type`, at any alignment.
void cc_to_float(const void *source, cc_type type, size_t count, float *out);

// MARK: Linear layers

typedef enum {
    CC_IDENTITY,
    CC_GELU_EXACT,  // x/2 (1 + erf(x / sqrt 2)), within 1e-6 of it
    CC_GELU_TANH,   // the tanh form of BERT and GPT-2
    CC_GELU_QUICK,  // x / (1 + exp(-1.702 x)), CLIP's
    CC_GELU_NEAR,   // the exact one within 2e-5, which 8-bit products take in its place
} cc_activation;

// out [rows, out_width] = activation(x [rows, in_width] * transpose(weights [out_width, in_width])
// + bias [out_width]) + residual [rows, out_width]; bias and residual may be NULL, and residual may
// be `out` itself. `weights` stay in their stored type. Scratch: cc_linear_scratch(in_width) bytes;
// with less, fewer threads work; the least is a thread's share.
void cc_linear(const float *x, size_t rows, size_t in_width, const void *weights, cc_type type,
               size_t out_width, const float *bias, cc_activation activation,
               const float *residual, float *out, void *scratch, size_t scratch_bytes);
size_t cc_linear_scratch(size_t in_width);

// A weight matrix in 8 bits, one scale per output, packed for the kernels. At the first address
// of `packed` that is a multiple of 64:
//   panels [outputs / 16][inputs / 4][16][4] signed bytes, -127 to 127; packed at the level AVX2
//          they are smaller where its sums would overflow, and then any level reads them
//   scales [outputs] floats: weight = scale * integer
//   sums   [outputs] 32-bit integers: the sum of an output's integers
// Inputs are padded to a multiple of 4 and outputs to a multiple of 64, with zeros.
// The 63 bytes that lie before or behind it are not read.
size_t cc_int8_bytes(size_t out_width, size_t in_width);

// The name of what cc_pack_int8 makes at the level in use: a matrix that another process packed under
// this name is the same, bit for bit. Another number stands in it where the layout or the rounding
// changes.
const char *cc_int8_layout(void);

// Fills outputs `first` to `first + count` of `packed` from as many rows of `source` (row-major, of
// `type`). `first` is a multiple of 16, and so is `first + count` unless it is out_width. Filling
// the last output also fills the padding. Returns false where a weight is an infinity or NaN.
bool cc_pack_int8(const void *source, cc_type type, size_t first, size_t count, size_t out_width,
                  size_t in_width, void *packed);

// What cc_pack_int8_file says beside 0 and the system's error numbers.
enum { CC_NOT_FINITE = -1, CC_CUT_SHORT = -2 };

// All of `packed` from the rows that stand in an open file from `offset` on. Where it does not
// return 0, `packed` is not to be used.
int cc_pack_int8_file(int file, uint64_t offset, cc_type type, size_t out_width, size_t in_width,
                      void *packed);

// The product of cc_linear with packed weights; each row of x is quantised with a step and a
// zero of its own. Scratch: cc_linear_int8_scratch(rows, in_width) bytes.
void cc_linear_int8(const float *x, size_t rows, size_t in_width, const void *packed,
                    size_t out_width, const float *bias, cc_activation activation,
                    const float *residual, float *out, void *scratch);
size_t cc_linear_int8_scratch(size_t rows, size_t in_width);

// out [rows, width] = x + narrow(activation(widen(norm(x)))): the perceptron of a layer and the
// norm before it, to the last bit what cc_layer_norm and two calls of cc_linear_int8 make, for many
// rows, which threads share. `widen` [inner, width] and `narrow` [width, inner] were packed by
// cc_pack_int8. Scratch: cc_perceptron_scratch(width, inner) bytes, at an address for floats.
void cc_perceptron_int8(const float *x, size_t rows, size_t width, size_t inner,
                        const float *scale, const float *shift, float epsilon, const void *widen,
                        const float *widen_bias, cc_activation activation, const void *narrow,
                        const float *narrow_bias, float *out, void *scratch);
size_t cc_perceptron_scratch(size_t width, size_t inner);

// A weight matrix in 4 bits, where groups of 32 inputs of an output share a scale. At the first address
// of `packed` that is a multiple of 64, for each 16 outputs and each group:
//   nibbles [32 / 8][16][4] bytes: for each 8 inputs, inputs i and i + 4 share a byte, i below
//   scales  [16] half-precision floats: weight = scale * (nibble - 8)
// Inputs are padded to a multiple of 32 and outputs to a multiple of 16, with zeros.
enum { CC_GROUP = 32 };
size_t cc_int4_bytes(size_t out_width, size_t in_width);
// As cc_int8_layout; the same at every level.
const char *cc_int4_layout(void);

// As cc_pack_int8. The relative error of a group of weights is about 0.09.
bool cc_pack_int4(const void *source, cc_type type, size_t first, size_t count, size_t out_width,
                  size_t in_width, void *packed);

// As cc_linear_int8, for a few rows; they are rounded to 8 bits, in groups like the weights'.
// Scratch: cc_linear_int4_scratch(rows, in_width) bytes.
void cc_linear_int4(const float *x, size_t rows, size_t in_width, const void *packed,
                    size_t out_width, const float *bias, cc_activation activation,
                    const float *residual, float *out, void *scratch);
size_t cc_linear_int4_scratch(size_t rows, size_t in_width);

// A row in 8 bits: value = (byte - zero) * scale. The row's range, 0 included, fills 0...255.
typedef struct {
    float scale;
    int32_t zero;
} cc_row_step;

// Rows of `out` are in_width rounded up to a multiple of 4 long; the padding holds the zero.
void cc_quantize_rows(const float *x, size_t rows, size_t in_width, uint8_t *out,
                      cc_row_step *steps);
// The same of rows that cc_layer_norm would make, without a place for these in memory.
// Scratch: cc_norm_quantize_scratch(width) bytes, at an address for floats.
void cc_norm_quantize_rows(const float *x, size_t rows, size_t width, const float *scale,
                           const float *shift, float epsilon, uint8_t *out, cc_row_step *steps,
                           void *scratch);
size_t cc_norm_quantize_scratch(size_t width);
// cc_linear_int8 from rows that are in 8 bits already, so that several products share them.
void cc_product_int8(const uint8_t *a, const cc_row_step *steps, size_t rows, size_t in_width,
                     const void *packed, size_t out_width, const float *bias,
                     cc_activation activation, const float *residual, float *out);

// MARK: Rows

// Each row to mean 0 and variance 1 (biased), then scaled and shifted by column. In place allowed.
void cc_layer_norm(const float *x, size_t rows, size_t width, const float *scale,
                   const float *shift, float epsilon, float *out);
// In place allowed.
void cc_activate(const float *x, size_t count, cc_activation activation, float *out);
// out = a + b. In place allowed.
void cc_add(const float *a, const float *b, size_t count, float *out);
// log(sum(exp(x))) of `count` values; -infinity for none.
float cc_log_sum_exp(const float *x, size_t count);
// Index of the largest value, the first of equals; 0 for none. NaN is never the largest.
size_t cc_argmax(const float *x, size_t count);

// MARK: Attention

typedef struct {
    size_t rows, keys, heads, head_width;
    // Where row r of head h begins: r * stride + h * head_width + first, in floats.
    size_t q_stride, k_stride, v_stride;
    size_t q_first, k_first, v_first;
    float scale;  // on the scores, before softmax
} cc_attention_shape;

// out [rows, heads * head_width] = softmax(scale q k') v, head by head, without a mask.
// `in_16_bits`: scores and mixture from 16-bit integers, where the level multiplies them twice as
// fast as floats (attention_int16.c tells the error). Scratch: cc_attention_scratch(...) bytes, or
// less for fewer threads, as with cc_linear.
void cc_attention(cc_attention_shape shape, const float *q, const float *k, const float *v,
                  bool in_16_bits, float *out, void *scratch, size_t scratch_bytes);
size_t cc_attention_scratch(size_t keys, size_t heads, size_t head_width);

typedef enum {
    CC_KEPT_F32,
    CC_KEPT_F16,
    // In 8 bits: a head's part of a key or value is a float and integers from -127 to 127 that it scales.
    // For heads of CC_MOST_KEPT_INT8_WIDTH or less.
    CC_KEPT_INT8,
} cc_kept;

// Keys and values kept from one token to the next:
//   keys   [heads][capacity / 16][head_width][16]   so that 16 scores are made at once
//   values [heads][capacity][head_width]
// In 8 bits numbers lie in pairs, for products of pairs that are summed in 32 bits, behind the floats of
// their 16 positions; an odd width is padded:
//   keys   [heads][capacity / 16] of [16] floats and [head_width / 2][16][2]
//   values [heads][capacity / 16] of [16] floats and [16 / 2][head_width][2]
enum { CC_MOST_KEPT_INT8_WIDTH = 512 };
typedef struct {
    cc_kept kept;
    size_t heads, head_width;
    size_t capacity;  // positions, a multiple of 16
} cc_cache_shape;

// Of the keys, and of the values as well.
size_t cc_cache_bytes(cc_cache_shape shape);

// Writes `rows` positions from `position` on, from rows `first_row` on of k and v, which are
// [.., heads * head_width].
void cc_cache_store(cc_cache_shape shape, void *keys, void *values, size_t position,
                    const float *k, const float *v, size_t first_row, size_t rows);

// Rows `first_row` on of q and out, which are [.., heads * head_width], against the cache. Row r
// of the `rows` sees `length + r` positions where the text `grows`, else `length`.
// Scratch: cc_cached_attention_scratch(heads, length + rows) bytes, at an address for floats.
void cc_cached_attention(cc_cache_shape shape, const void *keys, const void *values,
                         const float *q, size_t first_row, size_t rows, size_t length, bool grows,
                         float scale, float *out, void *scratch);
size_t cc_cached_attention_scratch(size_t heads, size_t length);

// MARK: Pictures

// Non-overlapping squares of a planar picture [channels, height, width], one per row:
// out [height / side * width / side, channels * side * side]; what does not fill a square is left.
void cc_patches(const float *picture, size_t channels, size_t height, size_t width, size_t side,
                float *out);

// MARK: Sequences

// What a convolution of three frames multiplies, from x [frames, channels] between two frames of
// zeros: out [(frames + step - 1) / step, channels, 3], row r from frames r * step - 1 on.
void cc_three_frames(const float *x, size_t frames, size_t channels, size_t step, float *out);
