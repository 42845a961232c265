#define _GNU_SOURCE
#include "cdisk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int cc_exchange(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

int cc_reserve(int descriptor, int64_t byte_count) {
    return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, byte_count) == 0 ? 0 : errno;
}
