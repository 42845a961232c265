#ifndef CLIBRARIES_H
#define CLIBRARIES_H

#include <stdbool.h>
#include <stddef.h>

/* Opens a library as the loader would for a tool, asks it for its version, and closes it.

   name is what a tool asks for, "libpng16.so.16". The version is written to text (room bytes, at
   least one, always ended by 0): as the library itself says it, else as the name of its file ends.
   False where the library cannot be opened; then text is the loader's reason. */
bool cc_library_version(const char *name, char *text, size_t room);

/* The names of FFmpeg's libraries that the tools were built for, that of formats first; NULL after
   the last. */
const char *cc_ffmpeg_name(size_t index);

#endif
