// Which instruction set runs: the best one that this machine has, unless somebody chose another.
#include "levels.h"

#if defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#ifdef CC_EMULATED  // see Tests/KernelLevels
#define HAS_AVX512(feature) 1
#else
#define HAS_AVX512(feature) __builtin_cpu_supports(feature)
#endif

static const cc_level_table *table_of(cc_level level) {
    switch (level) {
    case CC_LEVEL_SCALAR: return &cc_scalar_table;
#if defined(__x86_64__)
    case CC_LEVEL_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                       && __builtin_cpu_supports("f16c")
                   ? &cc_avx2_table : NULL;
    case CC_LEVEL_AVX512:
        return HAS_AVX512("avx512f") && HAS_AVX512("avx512bw")
                       && HAS_AVX512("avx512vl")
                       && HAS_AVX512("avx512vnni")
                   ? &cc_avx512_table : NULL;
    case CC_LEVEL_AVX512BF16:
        return table_of(CC_LEVEL_AVX512) && HAS_AVX512("avx512bf16")
                   ? &cc_avx512bf16_table : NULL;
#elif defined(__aarch64__)
    case CC_LEVEL_NEON:
        return getauxval(AT_HWCAP) & HWCAP_ASIMDDP ? &cc_neon_table : NULL;
#endif
    default: return NULL;
    }
}

static _Thread_local int current = -1;

bool cc_level_usable(cc_level level) { return table_of(level) != NULL; }

bool cc_set_level(cc_level level) {
    if (!cc_level_usable(level)) return false;
    current = (int)level;
    return true;
}

cc_level cc_current_level(void) {
    if (current >= 0) return (cc_level)current;
    static const cc_level best_first[] = {CC_LEVEL_AVX512BF16, CC_LEVEL_AVX512, CC_LEVEL_AVX2,
                                          CC_LEVEL_NEON, CC_LEVEL_SCALAR};
    for (size_t i = 0;; i++)
        if (cc_set_level(best_first[i])) return best_first[i];
}

const cc_level_table *cc_table(void) { return table_of(cc_current_level()); }
