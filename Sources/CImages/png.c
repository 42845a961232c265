#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "cimages.h"

// Chunks that we use are a few kB; a colour profile is at most a few MB.
enum { largest_chunk = 8 << 20, most_kept_chunks = 64 };

// What screens show: sRGB is near a power of 2.2.
static const double screen_gamma = 2.2;

typedef struct {
    png_structp codec;
    png_infop info;
    jmp_buf escape;
    const uint8_t *next;
    size_t left;
    cc_fault *fault;
    cc_outcome outcome;
    uint8_t *row;
} reader;

static void on_error(png_structp codec, png_const_charp text) {
    reader *r = png_get_error_ptr(codec);
    snprintf(r->fault->text, sizeof r->fault->text, "%s", text);
    if (r->outcome == CC_DECODED) r->outcome = CC_DAMAGED;
    longjmp(r->escape, 1);
}

static void on_warning(png_structp codec, png_const_charp text) {
    (void)codec;
    (void)text;
}

static void read_bytes(png_structp codec, png_bytep to, size_t count) {
    reader *r = png_get_io_ptr(codec);
    if (count > r->left) {
        r->outcome = CC_ENDS_EARLY;
        png_error(codec, "");
    }
    memcpy(to, r->next, count);
    r->next += count;
    r->left -= count;
}

/// Reads up to the pixels. To be called under setjmp.
static void open_reader(reader *r, const uint8_t *bytes, size_t count) {
    r->next = bytes;
    r->left = count;
    r->codec = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
    if (r->codec != NULL) r->info = png_create_info_struct(r->codec);
    if (r->info == NULL) {
        snprintf(r->fault->text, sizeof r->fault->text, "libpng does not start");
        r->outcome = CC_DAMAGED;
        longjmp(r->escape, 1);
    }
    png_set_read_fn(r->codec, r, read_bytes);
    // The caller limits pixels; libpng's own limit is on sides.
    png_set_user_limits(r->codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_cache_max(r->codec, most_kept_chunks);
    png_set_chunk_malloc_max(r->codec, largest_chunk);
    // Text can expand a thousandfold and says nothing about pixels.
    static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0sPLT\0hIST\0pCAL\0sCAL\0eXIf";
    png_set_keep_unknown_chunks(r->codec, PNG_HANDLE_CHUNK_NEVER, skipped, 8);
    png_read_info(r->codec, r->info);
}

static void close_reader(reader *r) {
    free(r->row);
    png_destroy_read_struct(&r->codec, &r->info, NULL);
}

static void prepare(reader *r, cc_fault *fault) {
    memset(r, 0, sizeof *r);
    memset(fault, 0, sizeof *fault);
    r->fault = fault;
}

/// From the brightness that the file was made for to the screen's.
///
/// sRGB needs none, and a colour profile says more than gAMA does.
static void set_gamma(reader *r) {
    const png_uint_32 louder = PNG_INFO_sRGB | PNG_INFO_iCCP;
    double file_gamma = 0;
    if (png_get_valid(r->codec, r->info, louder) != 0) return;
    if (png_get_gAMA(r->codec, r->info, &file_gamma) == 0 || file_gamma <= 0) return;
    png_set_gamma(r->codec, screen_gamma, file_gamma);
}

/// Whatever is stored comes out as 8-bit red, green, blue and, where there is any, alpha.
static void set_output(reader *r) {
    png_set_expand(r->codec);
    png_set_scale_16(r->codec);
    png_set_gray_to_rgb(r->codec);
    set_gamma(r);
    png_set_interlace_handling(r->codec);
    png_read_update_info(r->codec, r->info);
}

static cc_png_layout layout_of(const reader *r) {
    // A tRNS that stands before PLTE counts as there, but libpng has emptied it.
    int transparent_colours = 0;
    png_get_tRNS(r->codec, r->info, NULL, &transparent_colours, NULL);
    const bool alpha = (png_get_color_type(r->codec, r->info) & PNG_COLOR_MASK_ALPHA) != 0
        || transparent_colours > 0;
    return (cc_png_layout){
        .size = {png_get_image_width(r->codec, r->info), png_get_image_height(r->codec, r->info)},
        .interlaced = png_get_interlace_type(r->codec, r->info) != PNG_INTERLACE_NONE,
        .channels = alpha ? 4 : 3,
    };
}

cc_outcome cc_png_header(const uint8_t *bytes, size_t count, cc_png_layout *layout,
                         cc_fault *fault) {
    reader r;
    prepare(&r, fault);
    if (setjmp(r.escape) == 0) {
        open_reader(&r, bytes, count);
        *layout = layout_of(&r);
    }
    close_reader(&r);
    return r.outcome;
}

static void expect_bytes(reader *r, size_t expected, size_t found) {
    if (expected != found) png_error(r->codec, "a buffer of another size than the picture");
}

static void expect_channels(reader *r, uint32_t channels) {
    if (png_get_rowbytes(r->codec, r->info)
        != (size_t)channels * png_get_image_width(r->codec, r->info))
        png_error(r->codec, "a row of another size than its pixels");
}

cc_outcome cc_png_decode(const uint8_t *bytes, size_t count, int orientation, uint8_t *rgb,
                         size_t rgb_count, bool *transparent, cc_fault *fault) {
    reader r;
    prepare(&r, fault);
    *transparent = false;
    if (setjmp(r.escape) == 0) {
        open_reader(&r, bytes, count);
        const cc_png_layout layout = layout_of(&r);
        const size_t width = layout.size.width;
        expect_bytes(&r, 3 * width * layout.size.height, rgb_count);
        if (layout.interlaced) png_error(r.codec, "interlaced");
        set_output(&r);
        expect_channels(&r, layout.channels);
        const bool straight = orientation == 1 && layout.channels == 3;
        if (!straight && (r.row = malloc(layout.channels * width)) == NULL)
            png_error(r.codec, "no memory for a row");
        for (uint32_t y = 0; y < layout.size.height; y++) {
            fault->rows = y;
            uint8_t *row = straight ? rgb + 3 * width * y : r.row;
            png_read_row(r.codec, row, NULL);
            if (layout.channels == 4 && cc_flatten(row, width, row)) *transparent = true;
            if (!straight) cc_place_rows(row, y, 1, layout.size, orientation, rgb);
        }
    }
    close_reader(&r);
    return r.outcome;
}

cc_outcome cc_png_decode_stored(const uint8_t *bytes, size_t count, uint8_t *pixels,
                                size_t pixel_bytes, cc_fault *fault) {
    reader r;
    prepare(&r, fault);
    if (setjmp(r.escape) == 0) {
        open_reader(&r, bytes, count);
        const cc_png_layout layout = layout_of(&r);
        const size_t row_bytes = (size_t)layout.channels * layout.size.width;
        expect_bytes(&r, row_bytes * layout.size.height, pixel_bytes);
        set_output(&r);
        expect_channels(&r, layout.channels);
        const int passes = layout.interlaced ? PNG_INTERLACE_ADAM7_PASSES : 1;
        for (int pass = 0; pass < passes; pass++)
            for (uint32_t y = 0; y < layout.size.height; y++)
                png_read_row(r.codec, pixels + row_bytes * y, NULL);
    }
    close_reader(&r);
    return r.outcome;
}
