#ifndef CDISK_H
#define CDISK_H

/* Swaps what two paths lead to, in one step: a call of Linux that the C library gives only to GNU
   sources. Returns 0, or the number of the error: ENOSYS or EINVAL where a file system cannot do
   it. */
int cc_exchange(const char *one, const char *other);

#endif
