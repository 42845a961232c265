#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cfilm.h"
#include "cmedia.h"

struct cc_ffmpeg cc_ffmpeg;

static cc_library_state state;
static const char *at_fault;

#define CC_TEXT_OF(number) #number
#define CC_TEXT(number) CC_TEXT_OF(number)
#define CC_UTIL "libavutil.so." CC_TEXT(LIBAVUTIL_VERSION_MAJOR)
#define CC_CODEC "libavcodec.so." CC_TEXT(LIBAVCODEC_VERSION_MAJOR)
#define CC_FORMAT "libavformat.so." CC_TEXT(LIBAVFORMAT_VERSION_MAJOR)
#define CC_SCALE "libswscale.so." CC_TEXT(LIBSWSCALE_VERSION_MAJOR)

// Same major number, and a minor one not below: later ones only add to the ends of structures.
static int fits(unsigned found, unsigned wanted) {
    return AV_VERSION_MAJOR(found) == AV_VERSION_MAJOR(wanted)
        && AV_VERSION_MINOR(found) >= AV_VERSION_MINOR(wanted);
}

static void *open_library(const char *name) {
    void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    at_fault = name;
    if (library == NULL) state = CC_LIBRARY_MISSING;
    return library;
}

// The names of all decoders of one kind, each with a comma after it; NULL without memory.
static char *list_decoders(enum AVMediaType type) {
    size_t length = 1;
    void *place = NULL;
    for (const AVCodec *codec; (codec = cc_ffmpeg.av_codec_iterate(&place)) != NULL;)
        length += strlen(codec->name) + 1;
    char *list = calloc(length, 1);
    if (list == NULL) return NULL;
    char *end = list;
    place = NULL;
    for (const AVCodec *codec; (codec = cc_ffmpeg.av_codec_iterate(&place)) != NULL;) {
        if (codec->type != type || !cc_ffmpeg.av_codec_is_decoder(codec)) continue;
        const size_t count = strlen(codec->name);
        memcpy(end, codec->name, count);
        end[count] = ',';
        end += count + 1;
    }
    return list;
}

#define CC_RESOLVE(name)                                                \
    cc_ffmpeg.name = (__typeof__(cc_ffmpeg.name))dlsym(library, #name); \
    if (cc_ffmpeg.name == NULL) return;

// Opens what brings libgomp with it, which reads its limit once in a process, when it is opened. It is
// Tesseract's too, which is slower with more threads: they spin while the film is decoded.
static void *open_libraries(void **codec, void **format) {
    const int is_our_limit = getenv("OMP_THREAD_LIMIT") == NULL;
    if (is_our_limit) setenv("OMP_THREAD_LIMIT", "1", 1);
    void *util = open_library(CC_UTIL);
    *codec = util == NULL ? NULL : open_library(CC_CODEC);
    *format = *codec == NULL ? NULL : open_library(CC_FORMAT);
    if (is_our_limit) unsetenv("OMP_THREAD_LIMIT");
    return util;
}

static void load(void) {
    void *codec, *format;
    void *util = open_libraries(&codec, &format);
    if (format == NULL) return;

    state = CC_LIBRARY_OTHER;
    void *library = util;
    at_fault = CC_UTIL;
    CC_EACH_UTIL_FUNCTION(CC_RESOLVE)
    if (!fits(cc_ffmpeg.avutil_version(), LIBAVUTIL_VERSION_INT)) return;
    library = codec;
    at_fault = CC_CODEC;
    CC_EACH_CODEC_FUNCTION(CC_RESOLVE)
    if (!fits(cc_ffmpeg.avcodec_version(), LIBAVCODEC_VERSION_INT)) return;
    library = format;
    at_fault = CC_FORMAT;
    CC_EACH_FORMAT_FUNCTION(CC_RESOLVE)
    if (!fits(cc_ffmpeg.avformat_version(), LIBAVFORMAT_VERSION_INT)) return;

    // What the user must know, we say.
    cc_ffmpeg.av_log_set_level(AV_LOG_QUIET);
    cc_ffmpeg.sound_decoders = list_decoders(AVMEDIA_TYPE_AUDIO);
    cc_ffmpeg.picture_decoders = list_decoders(AVMEDIA_TYPE_VIDEO);
    if (cc_ffmpeg.sound_decoders != NULL && cc_ffmpeg.picture_decoders != NULL)
        state = CC_LIBRARY_READY;
}

static void load_scaling(void) {
    if (state != CC_LIBRARY_READY) return;
    void *library = open_library(CC_SCALE);
    if (library == NULL) return;
    state = CC_LIBRARY_OTHER;
    CC_EACH_SCALE_FUNCTION(CC_RESOLVE)
    if (fits(cc_ffmpeg.swscale_version(), LIBSWSCALE_VERSION_INT)) state = CC_LIBRARY_READY;
}

const char *cc_media_package(void) {
    return "libavformat" CC_TEXT(LIBAVFORMAT_VERSION_MAJOR);
}

cc_library_state cc_media_load(const char **name) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    *name = at_fault;
    return state;
}

const char *cc_film_packages(void) {
    return "libavformat" CC_TEXT(LIBAVFORMAT_VERSION_MAJOR) " libswscale" CC_TEXT(
        LIBSWSCALE_VERSION_MAJOR);
}

cc_library_state cc_film_load(const char **name) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    cc_media_load(name);
    pthread_once(&once, load_scaling);
    *name = at_fault;
    return state;
}
