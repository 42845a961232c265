// The threads of the arithmetic: a fork-join pool.
//
// A job is announced by raising `generation`; each worker runs its part and counts itself done.
// Workers spin for a short while after a job, since the next one usually follows within
// microseconds, and then sleep on a futex, so that an idle process costs nothing. The caller
// does part 0 itself and waits in the same way. One job at a time: a caller who finds the pool
// taken (another thread of the process) does all parts itself, with the same result.
#define _GNU_SOURCE
#include "levels.h"

#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SPINS = 4000 };

static struct {
    _Alignas(128) _Atomic uint32_t generation;
    _Alignas(128) _Atomic uint32_t unfinished;
    _Alignas(128) _Atomic uint32_t sleepers;
    _Alignas(128) atomic_flag taken;
    cc_task task;
    void *context;
    size_t parts;
    size_t workers;  // started so far; this and the four above are guarded by `taken`
    uint32_t seen_at_start[CC_MOST_THREADS];
    _Atomic size_t threads;  // wanted, the caller included; 0 until known
} pool = {.taken = ATOMIC_FLAG_INIT};

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void wake(_Atomic uint32_t *word, int count) {
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}

static uint32_t next_generation(uint32_t seen) {
    for (int spins = 0;; spins++) {
        uint32_t now = atomic_load_explicit(&pool.generation, memory_order_acquire);
        if (now != seen) return now;
        if (spins < SPINS) {
            relax();
        } else {
            atomic_fetch_add(&pool.sleepers, 1);
            sleep_while(&pool.generation, seen);
            atomic_fetch_sub(&pool.sleepers, 1);
        }
    }
}

static void *work(void *argument) {
    size_t worker = (size_t)(uintptr_t)argument;
    uint32_t seen = pool.seen_at_start[worker];
    for (;;) {
        seen = next_generation(seen);
        if (worker < pool.parts) pool.task(pool.context, worker, pool.parts);
        // The last one wakes a caller who may have gone to sleep.
        if (atomic_fetch_sub_explicit(&pool.unfinished, 1, memory_order_acq_rel) == 1)
            wake(&pool.unfinished, 1);
    }
    return NULL;
}

// Signals stay with the program's own threads.
static bool start_worker(void) {
    size_t worker = pool.workers + 1;  // part 0 is the caller's
    pool.seen_at_start[worker] = atomic_load(&pool.generation);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int failure = pthread_create(&thread, NULL, work, (void *)(uintptr_t)worker);
    if (!failure) {
        pthread_detach(thread);
        pool.workers = worker;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !failure;
}

static void run_alone(cc_task task, void *context, size_t parts) {
    for (size_t part = 0; part < parts; part++) task(context, part, parts);
}

void cc_run(cc_task task, void *context, size_t most_parts) {
    size_t parts = cc_threads();
    if (parts > most_parts) parts = most_parts ? most_parts : 1;
    if (parts == 1 || atomic_flag_test_and_set_explicit(&pool.taken, memory_order_acquire)) {
        run_alone(task, context, parts);
        return;
    }
    while (pool.workers + 1 < parts && start_worker()) continue;
    if (pool.workers + 1 < parts) {
        run_alone(task, context, parts);
        atomic_flag_clear_explicit(&pool.taken, memory_order_release);
        return;
    }
    pool.task = task;
    pool.context = context;
    pool.parts = parts;
    atomic_store_explicit(&pool.unfinished, (uint32_t)pool.workers, memory_order_relaxed);
    atomic_fetch_add(&pool.generation, 1);
    if (atomic_load(&pool.sleepers)) wake(&pool.generation, CC_MOST_THREADS);
    task(context, 0, parts);
    for (int spins = 0;; spins++) {
        uint32_t left = atomic_load_explicit(&pool.unfinished, memory_order_acquire);
        if (!left) break;
        if (spins < SPINS * 4) relax();
        else sleep_while(&pool.unfinished, left);
    }
    atomic_flag_clear_explicit(&pool.taken, memory_order_release);
}

size_t cc_threads(void) {
    size_t threads = atomic_load_explicit(&pool.threads, memory_order_relaxed);
    if (threads) return threads;
    cc_set_threads(cc_usable_cores());
    return atomic_load_explicit(&pool.threads, memory_order_relaxed);
}

void cc_set_threads(size_t count) {
    if (count < 1) count = 1;
    if (count > CC_MOST_THREADS) count = CC_MOST_THREADS;
    atomic_store_explicit(&pool.threads, count, memory_order_relaxed);
}
