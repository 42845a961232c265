#include <espeak-ng/espeak_ng.h>

/* From glibc; its own header hides it from Swift behind _GNU_SOURCE. */
int memfd_create(const char *name, unsigned int flags);
