#include <espeak-ng/espeak_ng.h>

/* From glibc; its own header hides it from Swift behind _GNU_SOURCE. */
int memfd_create(const char *name, unsigned int flags);

#include <signal.h>
#include <sys/prctl.h>

/* Has the system end this process when the one that started it is gone, even in an endless loop of
   the engine. A function, for Swift cannot call one with "..." in its prototype. */
static inline void cc_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }
