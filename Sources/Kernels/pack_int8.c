// Weights into 8 bits, from memory or straight from a file.
//
// A file is read in pieces that stay in the second-level cache until they are packed. Mapping it
// instead costs a fault and an entry of the page table for every page, a third of the time.
#include "packed_int8.h"

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

size_t cc_int8_bytes(size_t out_width, size_t in_width) {
    return cc_rounded_up(out_width, CC_OUTPUT_STEP) * (cc_rounded_up(in_width, 4) + 8) + 63;
}

const char *cc_int8_layout(void) {
    return cc_table()->largest_four ? "int8-avx2.1" : "int8.1";
}

typedef struct {
    const cc_level_table *level;
    const char *source;  // rows from `first` on; NULL where they are read slice by slice
    cc_type type;
    size_t first, count;
    cc_packed_matrix matrix;
    atomic_int *failure;

    int file;
    uint64_t offset;  // of the first of all rows
    atomic_size_t *next;  // the first row that nobody has taken
    char *piece;
} pack_job;

// Inputs converted at a time, so that rows may be of any width; bytes read at a time.
enum { SLICE = 1024, PIECE = 64 * 1024 };

typedef struct {
    const float *values;
    size_t count;
} slice;

static size_t row_bytes(const pack_job *job) {
    return job->matrix.in_width * (job->type == CC_F32 ? 4 : 2);
}

// Fills the piece from the file; with zeros where that fails.
static void read_piece(const pack_job *job, uint64_t offset, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t got = pread(job->file, job->piece + done, count - done,
                            (off_t)(job->offset + offset + done));
        if (got > 0) {
            done += (size_t)got;
        } else if (!got || errno != EINTR) {
            atomic_store(job->failure, got ? errno : CC_CUT_SHORT);
            memset(job->piece + done, 0, count - done);
            return;
        }
    }
}

// Some inputs of one output, from `input` on; `space` is used where they must be converted.
static slice slice_at(const pack_job *job, size_t output, size_t input, float *space) {
    size_t size = job->type == CC_F32 ? 4 : 2;
    size_t count = cc_least(job->matrix.in_width - input, SLICE);
    const char *stored = job->piece;
    if (job->source)
        stored = job->source + (output - job->first) * row_bytes(job) + input * size;
    else
        read_piece(job, (uint64_t)output * row_bytes(job) + input * size, count * size);
    if (job->type == CC_F32 && (uintptr_t)stored % sizeof(float) == 0)
        return (slice){(const float *)stored, count};
    job->level->to_float(stored, job->type, count, space);
    return (slice){space, count};
}

// What a weight is multiplied with to become an integer: the largest magnitude at 127, or less
// where the level's products ask for it (half a unit of rounding is left to each of four weights).
// 0 where they are too small for that.
static float pack_factor(const pack_job *job, size_t output) {
    const cc_level_table *level = job->level;
    float space[SLICE], most, most_four = 0;
    uint32_t most_bits = 0;
    for (size_t i = 0; i < job->matrix.in_width; i += SLICE) {
        slice part = slice_at(job, output, i, space);
        uint32_t bits = level->largest_bits(part.values, part.count);
        float four = level->largest_four ? level->largest_four(part.values, part.count) : 0;
        if (bits > most_bits) most_bits = bits;
        if (four > most_four) most_four = four;
    }
    memcpy(&most, &most_bits, sizeof most);
    if (!isfinite(most)) atomic_store(job->failure, CC_NOT_FINITE);
    float factor = 127 / most, limit = (float)level->four_limit - 2;
    if (!isfinite(most) || !isfinite(factor)) return 0;
    return most_four * factor > limit && level->largest_four ? limit / most_four : factor;
}

typedef int32_t words __attribute__((vector_size(16)));  // of four weights each

// Four rows of weights side by side into a panel; 16 inputs fill 16 of its lines.
static void lay_out_four(int8_t (*rows)[SLICE], size_t count, int8_t *panel) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        words a, b, c, d;
        memcpy(&a, rows[0] + i, 16);
        memcpy(&b, rows[1] + i, 16);
        memcpy(&c, rows[2] + i, 16);
        memcpy(&d, rows[3] + i, 16);
        words ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);
        words cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
        words ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
        words cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
        words lines[4] = {__builtin_shufflevector(ab, cd, 0, 1, 4, 5),
                          __builtin_shufflevector(ab, cd, 2, 3, 6, 7),
                          __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5),
                          __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7)};
        for (size_t k = 0; k < 4; k++) memcpy(panel + (i + 4 * k) * CC_PANEL, lines + k, 16);
    }
    for (; i < count; i += 4)
        for (size_t r = 0; r < 4; r++) memcpy(panel + i * CC_PANEL + 4 * r, rows[r] + i, 4);
}

// Up to four outputs from `output` on, which is a multiple of 4.
static void pack_outputs(const pack_job *job, size_t output, size_t count) {
    const cc_packed_matrix *matrix = &job->matrix;
    size_t inner = matrix->inner;
    int8_t *panel = matrix->panels + output / CC_PANEL * inner * CC_PANEL + output % CC_PANEL * 4;
    float space[SLICE], factors[4] = {0};
    int32_t sums[4] = {0};
    int8_t rows[4][SLICE];
    for (size_t r = 0; r < count; r++) factors[r] = pack_factor(job, output + r);
    for (size_t i = 0; i < inner; i += SLICE) {
        size_t padded = cc_least(inner - i, SLICE);
        for (size_t r = 0; r < 4; r++) {
            size_t filled = 0;
            if (factors[r] > 0) {
                slice part = slice_at(job, output + r, i, space);
                sums[r] += job->level->quantize_weights(part.values, part.count, factors[r],
                                                        rows[r]);
                filled = part.count;
            }
            memset(rows[r] + filled, 0, padded - filled);
        }
        lay_out_four(rows, padded, panel + i * CC_PANEL);
    }
    for (size_t r = 0; r < count; r++) {
        matrix->scales[output + r] = factors[r] > 0 ? 1 / factors[r] : 0;
        matrix->sums[output + r] = sums[r];
    }
}

static void pack_part(void *context, size_t part, size_t parts) {
    const pack_job *job = context;
    size_t first, end;
    cc_share(job->count, CC_PANEL, part, parts, &first, &end);
    for (size_t i = first; i < end; i += 4)
        pack_outputs(job, job->first + i, cc_least(4, end - i));
}

static void clear_padding(const cc_packed_matrix *matrix) {
    for (size_t o = matrix->out_width; o < matrix->outputs; o++) {
        matrix->scales[o] = 0;
        matrix->sums[o] = 0;
        int8_t *panel = matrix->panels + o / CC_PANEL * matrix->inner * CC_PANEL + o % CC_PANEL * 4;
        for (size_t i = 0; i < matrix->inner; i += 4) memset(panel + i * CC_PANEL, 0, 4);
    }
}

bool cc_pack_int8(const void *source, cc_type type, size_t first, size_t count, size_t out_width,
                  size_t in_width, void *packed) {
    atomic_int failure = 0;
    pack_job job = {cc_table(), source, type, first, count,
                    cc_open_packed(packed, out_width, in_width), &failure, -1, 0, NULL, NULL};
    cc_run(pack_part, &job, (count + CC_PANEL - 1) / CC_PANEL);
    if (first + count == out_width) clear_padding(&job.matrix);
    return !atomic_load(&failure);
}

// MARK: From a file

// As many rows at a time as a piece holds, or slice by slice where rows are wider.
static void pack_file_rows(pack_job job, size_t row, size_t end, size_t step) {
    for (; row < end; row += job.count) {
        job.count = cc_least(step ? step : 4, end - row);
        if (step) {
            read_piece(&job, (uint64_t)row * row_bytes(&job), job.count * row_bytes(&job));
            job.source = job.piece;
            job.first = row;
        }
        for (size_t i = 0; i < job.count; i += 4)
            pack_outputs(&job, row + i, cc_least(4, job.count - i));
    }
}

// Whole panels, taken one after the other: a thread that the system holds up holds up no other.
static void pack_file_part(void *context, size_t part, size_t parts) {
    pack_job job = *(const pack_job *)context;
    _Alignas(64) char piece[PIECE];
    size_t bytes = row_bytes(&job), step = bytes ? PIECE / bytes / 4 * 4 : CC_PANEL;
    size_t share = step < CC_PANEL ? CC_PANEL : step / CC_PANEL * CC_PANEL;
    job.piece = piece;
    while (!atomic_load(job.failure)) {
        size_t row = atomic_fetch_add(job.next, share);
        if (row >= job.count) return;
        pack_file_rows(job, row, cc_least(row + share, job.count), step);
    }
}

int cc_pack_int8_file(int file, uint64_t offset, cc_type type, size_t out_width, size_t in_width,
                      void *packed) {
    atomic_int failure = 0;
    atomic_size_t next = 0;
    pack_job job = {cc_table(), NULL, type, 0, out_width,
                    cc_open_packed(packed, out_width, in_width), &failure, file, offset, &next,
                    NULL};
    cc_run(pack_file_part, &job, (out_width + CC_PANEL - 1) / CC_PANEL);
    clear_padding(&job.matrix);
    return atomic_load(&failure);
}
