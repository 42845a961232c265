#include <stdlib.h>

#include "cimages.h"

bool cc_can_hold(size_t bytes) {
    // volatile: else the compiler may take the pair for granted and leave it out.
    void *volatile block = malloc(bytes);
    const bool held = block != NULL;
    free(block);
    return held;
}
