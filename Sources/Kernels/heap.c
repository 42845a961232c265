// By default glibc takes large blocks from the system and gives them back: every layer's results
// would be new pages, cleared by the kernel at the first touch. Keeping them took the page faults
// of `bench blip --runs 10` from 232,000 to 82,000, and a picture's cross keys from 67 to 47 ms
// (Zen 3, two threads).
#include "kernels.h"

#include <malloc.h>

bool cc_keep_freed_memory(void) {
#ifdef __GLIBC__
    // 32 MiB is the most that glibc takes as the first threshold.
    return mallopt(M_MMAP_THRESHOLD, 32 << 20) && mallopt(M_TRIM_THRESHOLD, 256 << 20);
#else
    return false;
#endif
}
