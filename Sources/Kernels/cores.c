// How many cores this process may really use.
#define _GNU_SOURCE
#include "kernels.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

// Cores granted by one control group (version 2), rounded up; 0 where it sets no limit.
static size_t quota_of(const char *group) {
    char path[4096];
    int length = snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", group);
    if (length < 0 || (size_t)length >= sizeof path) return 0;
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    unsigned long long quota = 0, period = 0;
    int fields = fscanf(file, "%llu %llu", &quota, &period);  // "max 100000" reads as 0 fields
    fclose(file);
    if (fields != 2 || !quota || !period) return 0;
    return (size_t)((quota + period - 1) / period);
}

// The smallest limit from our own group up to the root, as the kernel applies them all.
static size_t control_group_limit(void) {
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (!file) return 0;
    char line[4096];
    size_t limit = 0;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "0::", 3)) continue;
        char *group = line + 3;
        group[strcspn(group, "\n")] = 0;
        for (;;) {
            size_t quota = quota_of(group);
            if (quota && (!limit || quota < limit)) limit = quota;
            char *slash = strrchr(group, '/');
            if (!slash) break;
            *slash = 0;
        }
    }
    fclose(file);
    return limit;
}

size_t cc_usable_cores(void) {
    cpu_set_t mask;
    size_t cores = 1;
    if (!sched_getaffinity(0, sizeof mask, &mask)) cores = (size_t)CPU_COUNT(&mask);
    size_t limit = control_group_limit();
    if (limit && limit < cores) cores = limit;
    return cores ? cores : 1;
}
