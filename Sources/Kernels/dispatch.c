// Which instruction set runs: the best one that this machine has, unless somebody chose another.
#include "levels.h"

#include <stdlib.h>
#include <string.h>

#if defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#ifdef CC_EMULATED  // see Tests/KernelLevels
#define HAS_LATER(feature) 1
#else
#define HAS_LATER(feature) __builtin_cpu_supports(feature)
#endif

static const cc_level_table *table_of(cc_level level) {
    switch (level) {
    case CC_LEVEL_SCALAR: return &cc_scalar_table;
#if defined(__x86_64__)
    case CC_LEVEL_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                       && __builtin_cpu_supports("f16c")
                   ? &cc_avx2_table : NULL;
    case CC_LEVEL_AVXVNNI:
        return table_of(CC_LEVEL_AVX2) && HAS_LATER("avxvnni") ? &cc_avxvnni_table : NULL;
    case CC_LEVEL_AVX512:
        return HAS_LATER("avx512f") && HAS_LATER("avx512bw")
                       && HAS_LATER("avx512vl")
                       && HAS_LATER("avx512vnni")
                   ? &cc_avx512_table : NULL;
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

// Best first.
static const struct {
    cc_level level;
    const char *name;
} levels[] = {
    {CC_LEVEL_AVX512, "avx512"}, {CC_LEVEL_AVXVNNI, "avxvnni"}, {CC_LEVEL_AVX2, "avx2"},
    {CC_LEVEL_NEON, "neon"}, {CC_LEVEL_SCALAR, "scalar"},
};

enum { LEVEL_COUNT = sizeof levels / sizeof *levels };

const char *cc_level_name(cc_level level) {
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        if (levels[i].level == level) return levels[i].name;
    return "";
}

cc_level cc_current_level(void) {
    if (current >= 0) return (cc_level)current;
    const char *wanted = getenv("CURBCUT_KERNELS");
    for (size_t i = 0; wanted && i < LEVEL_COUNT; i++)
        if (!strcmp(wanted, levels[i].name) && cc_set_level(levels[i].level))
            return levels[i].level;
    for (size_t i = 0;; i++)
        if (cc_set_level(levels[i].level)) return levels[i].level;
}

const cc_level_table *cc_table(void) { return table_of(cc_current_level()); }
