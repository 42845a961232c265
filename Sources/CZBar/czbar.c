#include "czbar.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <zbar.h>

#define CC_EACH_FUNCTION(DO)         \
    DO(zbar_set_verbosity)           \
    DO(zbar_image_scanner_create)    \
    DO(zbar_image_scanner_destroy)   \
    DO(zbar_image_scanner_set_config) \
    DO(zbar_scan_image)              \
    DO(zbar_image_create)            \
    DO(zbar_image_destroy)           \
    DO(zbar_image_set_format)        \
    DO(zbar_image_set_size)          \
    DO(zbar_image_set_data)          \
    DO(zbar_image_first_symbol)      \
    DO(zbar_symbol_next)             \
    DO(zbar_symbol_get_type)         \
    DO(zbar_symbol_get_data)         \
    DO(zbar_symbol_get_data_length)  \
    DO(zbar_symbol_get_quality)      \
    DO(zbar_symbol_get_loc_size)     \
    DO(zbar_symbol_get_loc_x)        \
    DO(zbar_symbol_get_loc_y)

#define CC_DECLARE(name) __typeof__(name) *name;
static struct {
    int is_complete;
    CC_EACH_FUNCTION(CC_DECLARE)
} api;

static void open_library(void) {
    void *library = dlopen("libzbar.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
#define CC_RESOLVE(name)                                    \
    api.name = (__typeof__(api.name))dlsym(library, #name); \
    if (api.name == NULL) return;
    CC_EACH_FUNCTION(CC_RESOLVE)
    // Its warnings would go to stderr.
    api.zbar_set_verbosity(0);
    api.is_complete = 1;
}

int cc_zbar_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    return api.is_complete;
}

cc_scanner *cc_scanner_create(void) {
    cc_scanner *scanner = api.zbar_image_scanner_create();
    if (scanner == NULL) return NULL;
    api.zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 1);
    // Light on dark is tried where dark on light gave nothing.
    api.zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, 1);
    return scanner;
}

void cc_scanner_destroy(cc_scanner *scanner) {
    api.zbar_image_scanner_destroy(scanner);
}

cc_scan *cc_scanner_search(
    cc_scanner *scanner, const uint8_t *grey, size_t width, size_t height) {
    // zbar adds up coordinates in fixed point of an int.
    if (width == 0 || height == 0 || width > INT_MAX / 64 || height > INT_MAX / 64) return NULL;
    cc_scan *scan = api.zbar_image_create();
    if (scan == NULL) return NULL;
    api.zbar_image_set_format(scan, zbar_fourcc('Y', '8', '0', '0'));
    api.zbar_image_set_size(scan, (unsigned)width, (unsigned)height);
    // No clean-up function: the bytes stay the caller's.
    api.zbar_image_set_data(scan, grey, width * height, NULL);
    if (api.zbar_scan_image(scanner, scan) < 0) {
        api.zbar_image_destroy(scan);
        return NULL;
    }
    return scan;
}

void cc_scan_destroy(cc_scan *scan) {
    api.zbar_image_destroy(scan);
}

const cc_code *cc_scan_first(const cc_scan *scan) {
    return api.zbar_image_first_symbol(scan);
}

const cc_code *cc_code_next(const cc_code *code) {
    return api.zbar_symbol_next(code);
}

int cc_code_type(const cc_code *code) {
    return (int)api.zbar_symbol_get_type(code);
}

const char *cc_code_text(const cc_code *code, size_t *length) {
    *length = api.zbar_symbol_get_data_length(code);
    return api.zbar_symbol_get_data(code);
}

int cc_code_quality(const cc_code *code) {
    return api.zbar_symbol_get_quality(code);
}

size_t cc_code_corner_count(const cc_code *code) {
    return api.zbar_symbol_get_loc_size(code);
}

void cc_code_corner(const cc_code *code, size_t index, int *x, int *y) {
    *x = api.zbar_symbol_get_loc_x(code, (unsigned)index);
    *y = api.zbar_symbol_get_loc_y(code, (unsigned)index);
}
