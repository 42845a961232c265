// The same work on several threads at once, and how long it takes.
#include "loops.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

enum { MOST_THREADS = 64, STEP = 256 };

double peaks_operations(peaks_kind kind, cc_level level) {
    return peaks_loop_of(kind, level).operations;
}

typedef struct {
    void (*work)(const void *context, size_t part);
    const void *context;
    size_t count;
    // Nobody begins before all are there; a thread that could not be made counts as called off.
    _Atomic size_t arrived;
    _Atomic bool is_off;
} burst;

typedef struct {
    burst *burst;
    size_t part;
    double begin, end;
} share;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *do_share(void *argument) {
    share *mine = argument;
    burst *all = mine->burst;
    atomic_fetch_add(&all->arrived, 1);
    while (atomic_load(&all->arrived) < all->count)
        if (atomic_load(&all->is_off)) return NULL;
    mine->begin = now();
    all->work(all->context, mine->part);
    mine->end = now();
    return NULL;
}

static double seconds_of(void (*work)(const void *, size_t), const void *context, size_t count) {
    if (count < 1 || count > MOST_THREADS) return INFINITY;
    burst all = {work, context, count, 0, false};
    share shares[MOST_THREADS];
    pthread_t threads[MOST_THREADS];
    size_t made = 1;
    for (size_t part = 0; part < count; part++) shares[part] = (share){&all, part, 0, 0};
    while (made < count && !pthread_create(&threads[made], NULL, do_share, &shares[made])) made++;
    if (made < count) atomic_store(&all.is_off, true);
    else do_share(&shares[0]);
    for (size_t part = 1; part < made; part++) pthread_join(threads[part], NULL);
    if (made < count) return INFINITY;
    double begin = shares[0].begin, end = shares[0].end;
    for (size_t part = 1; part < count; part++) {
        begin = fmin(begin, shares[part].begin);
        end = fmax(end, shares[part].end);
    }
    return end - begin;
}

// MARK: Computing

typedef struct {
    peaks_loop loop;
    size_t rounds;
} computing;

static void compute(const void *context, size_t part) {
    (void)part;
    const computing *job = context;
    job->loop.run(job->rounds);
}

double peaks_computing(peaks_kind kind, cc_level level, size_t threads, size_t rounds) {
    computing job = {peaks_loop_of(kind, level), rounds};
    return job.loop.run ? seconds_of(compute, &job, threads) : INFINITY;
}

// MARK: Reading

typedef uint64_t lanes __attribute__((vector_size(32), aligned(8)));

// Four streams, each a quarter of the share: memory answers several faster than one.
#define READ_ALL(name, attributes)                                                              \
    attributes static void name(const char *memory, size_t bytes, size_t passes) {              \
        size_t quarter = bytes / 4;                                                             \
        lanes sums[8] = {0};                                                                    \
        for (size_t pass = 0; pass < passes; pass++)                                            \
            for (size_t at = 0; at < quarter; at += 64)                                         \
                CHAINS(4, const lanes *line = (const lanes *)(memory + (size_t)k * quarter + at); \
                       sums[2 * k] ^= line[0]; sums[2 * k + 1] ^= line[1])                      \
        uint64_t all = 0;                                                                       \
        CHAINS(8, all ^= sums[k][0] ^ sums[k][1] ^ sums[k][2] ^ sums[k][3])                     \
        OPAQUE("r", all);                                                                       \
    }

READ_ALL(read_plain, )
#if defined(__x86_64__)
READ_ALL(read_avx2, __attribute__((target("avx2"))))
#endif

typedef struct {
    const char *memory;
    size_t share, passes;
    cc_level level;
} reading;

static void read_share(const void *context, size_t part) {
    const reading *job = context;
    const char *mine = job->memory + part * job->share;
#if defined(__x86_64__)
    if (job->level != CC_LEVEL_SCALAR) {
        read_avx2(mine, job->share, job->passes);
        return;
    }
#endif
    read_plain(mine, job->share, job->passes);
}

double peaks_reading(const void *memory, size_t bytes, cc_level level, size_t threads,
                     size_t passes) {
    if (threads < 1 || threads > MOST_THREADS) return INFINITY;
    reading job = {memory, bytes / threads / STEP * STEP, passes, level};
    return seconds_of(read_share, &job, threads);
}

// MARK: Joining

static void do_nothing(void *context, size_t part, size_t parts) {
    (void)context, (void)part, (void)parts;
}

double peaks_joining(size_t rounds) {
    double begin = now();
    for (size_t round = 0; round < rounds; round++) cc_run(do_nothing, NULL, MOST_THREADS);
    return (now() - begin) / (double)rounds;
}
