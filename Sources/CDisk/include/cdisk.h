#ifndef CDISK_H
#define CDISK_H

#include <stdint.h>

/* Calls of Linux that the C library gives only to GNU sources. Each returns 0, or the number of the
   error: ENOSYS, EINVAL or EOPNOTSUPP where a file system cannot do it. */

/* Swaps what two paths lead to, in one step. */
int cc_exchange(const char *one, const char *other);

/* Has the disk keep room for so many bytes of an open file, whose size stays as it is. */
int cc_reserve(int descriptor, int64_t byte_count);

#endif
