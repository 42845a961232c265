#include "ctesseract.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <tesseract/capi.h>

#define CC_EACH_FUNCTION(DO)             \
    DO(TessBaseAPICreate)                \
    DO(TessBaseAPIDelete)                \
    DO(TessBaseAPIInit2)                 \
    DO(TessBaseAPIGetDatapath)           \
    DO(TessBaseAPISetVariable)           \
    DO(TessBaseAPISetPageSegMode)        \
    DO(TessBaseAPISetImage)              \
    DO(TessBaseAPISetSourceResolution)   \
    DO(TessBaseAPIRecognize)             \
    DO(TessBaseAPIDetectOrientationScript) \
    DO(TessBaseAPIGetIterator)           \
    DO(TessResultIteratorNext)           \
    DO(TessResultIteratorGetUTF8Text)    \
    DO(TessResultIteratorConfidence)     \
    DO(TessResultIteratorDelete)         \
    DO(TessResultIteratorGetPageIteratorConst) \
    DO(TessPageIteratorBoundingBox)      \
    DO(TessPageIteratorIsAtBeginningOf)  \
    DO(TessMonitorCreate)                \
    DO(TessMonitorDelete)                \
    DO(TessMonitorSetDeadlineMSecs)      \
    DO(TessDeleteText)

#define CC_DECLARE(name) __typeof__(name) *name;
static struct {
    int is_complete;
    CC_EACH_FUNCTION(CC_DECLARE)
} api;

// Leptonica, under Tesseract, reports on stderr unless told not to: its setMsgSeverity(6),
// L_SEVERITY_NONE in leptonica/environ.h.
#define CC_LEPTONICA_SILENT 6

static void open_library(void) {
    // Debian's Tesseract shares each of its small matrix products among four OpenMP threads. On two
    // cores that costs five to seven times the time of one thread, so one it is; libgomp reads
    // this once, when it is loaded. A limit that the user has set stays.
    const int is_our_limit = getenv("OMP_THREAD_LIMIT") == NULL;
    if (is_our_limit) setenv("OMP_THREAD_LIMIT", "1", 1);
    void *library = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
    if (is_our_limit) unsetenv("OMP_THREAD_LIMIT");
    if (library == NULL) return;
#define CC_RESOLVE(name)                                          \
    api.name = (__typeof__(api.name))dlsym(library, #name);       \
    if (api.name == NULL) return;
    CC_EACH_FUNCTION(CC_RESOLVE)
    int (*set_severity)(int) = (int (*)(int))dlsym(library, "setMsgSeverity");
    if (set_severity != NULL) set_severity(CC_LEPTONICA_SILENT);
    api.is_complete = 1;
}

int cc_tesseract_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    return api.is_complete;
}

cc_engine *cc_engine_create(void) {
    return api.TessBaseAPICreate();
}

void cc_engine_destroy(cc_engine *engine) {
    api.TessBaseAPIDelete(engine);
}

int cc_engine_load(cc_engine *engine, const char *folder, const char *languages) {
    // Its own words go to stderr otherwise; what the user must know, we say.
    api.TessBaseAPISetVariable(engine, "debug_file", "/dev/null");
    return api.TessBaseAPIInit2(engine, folder, languages, OEM_DEFAULT) == 0;
}

const char *cc_engine_folder(cc_engine *engine) {
    return api.TessBaseAPIGetDatapath(engine);
}

static int set_picture(
    cc_engine *engine, const uint8_t *grey, size_t width, size_t height, int dots_per_inch) {
    // Leptonica counts the bits of a row in 31 bits.
    if (width == 0 || height == 0 || width > INT_MAX / 64 || height > INT_MAX / 64) return 0;
    api.TessBaseAPISetImage(engine, grey, (int)width, (int)height, 1, (int)width);
    api.TessBaseAPISetSourceResolution(engine, dots_per_inch);
    return 1;
}

int cc_engine_read(
    cc_engine *engine, const uint8_t *grey, size_t width, size_t height, cc_layout layout,
    int dots_per_inch, int deadline_milliseconds) {
    api.TessBaseAPISetPageSegMode(engine, (TessPageSegMode)layout);
    // Black and white by neighbourhood (2, Sauvola) reads pages lit from one side; by one threshold
    // for all (0, Otsu) reads labels on coloured ground. From `tesseract --print-parameters`.
    const char *thresholding = layout == CC_LAYOUT_PAGE ? "2" : "0";
    api.TessBaseAPISetVariable(engine, "thresholding_method", thresholding);
    if (!set_picture(engine, grey, width, height, dots_per_inch)) return 0;
    ETEXT_DESC *monitor = api.TessMonitorCreate();
    if (monitor == NULL) return 0;
    api.TessMonitorSetDeadlineMSecs(monitor, deadline_milliseconds);
    const int status = api.TessBaseAPIRecognize(engine, monitor);
    api.TessMonitorDelete(monitor);
    return status == 0;
}

int cc_engine_orientation(
    cc_engine *engine, const uint8_t *grey, size_t width, size_t height, int dots_per_inch,
    int *degrees, float *confidence) {
    api.TessBaseAPISetPageSegMode(engine, PSM_OSD_ONLY);
    if (!set_picture(engine, grey, width, height, dots_per_inch)) return 0;
    const char *script = NULL;
    float script_confidence = 0;
    return api.TessBaseAPIDetectOrientationScript(
        engine, degrees, confidence, &script, &script_confidence);
}

cc_words *cc_words_first(cc_engine *engine) {
    return api.TessBaseAPIGetIterator(engine);
}

void cc_words_get(cc_words *words, cc_word *word) {
    const TessPageIterator *place = api.TessResultIteratorGetPageIteratorConst(words);
    *word = (cc_word){0};
    word->text = api.TessResultIteratorGetUTF8Text(words, RIL_WORD);
    word->confidence = api.TessResultIteratorConfidence(words, RIL_WORD);
    api.TessPageIteratorBoundingBox(
        place, RIL_WORD, &word->left, &word->top, &word->right, &word->bottom);
    word->is_first_of_block = api.TessPageIteratorIsAtBeginningOf(place, RIL_BLOCK);
    word->is_first_of_line = api.TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE);
}

int cc_words_next(cc_words *words) {
    return api.TessResultIteratorNext(words, RIL_WORD);
}

void cc_words_destroy(cc_words *words) {
    api.TessResultIteratorDelete(words);
}

void cc_text_free(char *text) {
    if (text != NULL) api.TessDeleteText(text);
}
