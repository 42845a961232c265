#define _GNU_SOURCE
#include "clibraries.h"

#include <dlfcn.h>
#include <limits.h>
#include <libavcodec/version.h>
#include <libavformat/version.h>
#include <libavutil/version.h>
#include <libswscale/version.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CC_TEXT_OF(number) #number
#define CC_TEXT(number) CC_TEXT_OF(number)

const char *cc_ffmpeg_name(size_t index) {
    static const char *const names[] = {
        "libavformat.so." CC_TEXT(LIBAVFORMAT_VERSION_MAJOR),
        "libavcodec.so." CC_TEXT(LIBAVCODEC_VERSION_MAJOR),
        "libavutil.so." CC_TEXT(LIBAVUTIL_VERSION_MAJOR),
        "libswscale.so." CC_TEXT(LIBSWSCALE_VERSION_MAJOR),
    };
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

// What follows "lib….so." in the name of the file that was opened.
static void version_of_file(void *library, char *text, size_t room) {
    struct link_map *map = NULL;
    char path[PATH_MAX];
    snprintf(text, room, "unknown");
    if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0 || realpath(map->l_name, path) == NULL) return;
    const char *ending = strstr(path, ".so.");
    if (ending != NULL) snprintf(text, room, "%s", ending + strlen(".so."));
}

// Functions that return a text which lives as long as the library, one for each library.
static const struct {
    const char *begins;
    const char *function;
} texts[] = {
    {"libavformat.so", "av_version_info"}, {"libtesseract.so", "TessVersion"},
    {"libsndfile.so", "sf_version_string"}, {"libasound.so", "snd_asound_version"},
    {"libz.so", "zlibVersion"},
};

bool cc_library_version(const char *name, char *text, size_t room) {
    void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(text, room, "%s", reason == NULL ? "it cannot be opened" : reason);
        return false;
    }
    version_of_file(library, text, room);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strncmp(name, texts[i].begins, strlen(texts[i].begins)) != 0) continue;
        const char *(*ask)(void) = (const char *(*)(void))dlsym(library, texts[i].function);
        const char *answer = ask == NULL ? NULL : ask();
        if (answer != NULL) snprintf(text, room, "%s", answer);
    }
    if (strncmp(name, "libespeak-ng.so", strlen("libespeak-ng.so")) == 0) {
        const char *(*ask)(const char **) =
            (const char *(*)(const char **))dlsym(library, "espeak_Info");
        const char *data = NULL;
        const char *answer = ask == NULL ? NULL : ask(&data);
        // "1.51  Data at: …": the first word.
        if (answer != NULL) snprintf(text, room, "%.*s", (int)strcspn(answer, " "), answer);
    }
    dlclose(library);
    return true;
}
