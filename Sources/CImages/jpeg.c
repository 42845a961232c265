#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "cimages.h"

// A progressive file may repeat passes that cost a few bytes each and walk the whole picture each;
// encoders write about ten, the most careful ones a few dozen.
enum { most_passes = 64 };

enum { band_rows = 16 };

typedef struct {
    struct jpeg_decompress_struct codec;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    cc_fault *fault;
    cc_outcome outcome;
    /// The library read past the last byte; harmless where it had all it needed.
    bool ran_out;
} reader;

static void leave(reader *r, cc_outcome outcome) {
    r->outcome = outcome;
    longjmp(r->escape, 1);
}

static void on_error(j_common_ptr codec) {
    reader *r = codec->client_data;
    codec->err->format_message(codec, r->fault->text);
    // The end mark that stands in for missing data is an error almost anywhere.
    leave(r, r->ran_out ? CC_ENDS_EARLY : CC_DAMAGED);
}

static void on_message(j_common_ptr codec, int level) {
    reader *r = codec->client_data;
    if (level >= 0) return;
    switch (codec->err->msg_code) {
    case JWRN_JPEG_EOF: r->ran_out = true; return;
    // From here on the library would make up grey blocks.
    case JWRN_HIT_MARKER:
        if (!jpeg_has_multiple_scans(&r->codec)) r->fault->rows = r->codec.output_scanline;
        leave(r, CC_ENDS_EARLY);
        return;
    // Refused because passes over nothing would reserve memory for a picture that is not there.
    case JWRN_BOGUS_PROGRESSION: on_error(codec); return;
    default: return;  // damage inside the data, which the library mends as well as it can
    }
}

static void on_progress(j_common_ptr codec) {
    reader *r = codec->client_data;
    if (r->codec.input_scan_number <= most_passes) return;
    snprintf(r->fault->text, sizeof r->fault->text, "more than %d passes", most_passes);
    leave(r, CC_DAMAGED);
}

/// Reads up to the first pass. To be called under setjmp.
static void open_reader(reader *r, const uint8_t *bytes, size_t count) {
    jpeg_create_decompress(&r->codec);
    r->codec.client_data = r;
    r->progress.progress_monitor = on_progress;
    r->codec.progress = &r->progress;
    jpeg_mem_src(&r->codec, bytes, count);
    jpeg_read_header(&r->codec, TRUE);
}

static void prepare(reader *r, cc_fault *fault) {
    memset(r, 0, sizeof *r);
    memset(fault, 0, sizeof *fault);
    r->fault = fault;
    r->codec.err = jpeg_std_error(&r->errors);
    r->codec.client_data = r;
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
}

cc_outcome cc_jpeg_header(const uint8_t *bytes, size_t count, cc_size *size, cc_fault *fault) {
    reader r;
    prepare(&r, fault);
    if (setjmp(r.escape) == 0) {
        open_reader(&r, bytes, count);
        *size = (cc_size){r.codec.image_width, r.codec.image_height};
    }
    jpeg_destroy_decompress(&r.codec);
    return r.outcome;
}

/// Four inks to three lights, as Pillow's convert("RGB") does it.
///
/// Adobe's programs store inks inverted, and so does nearly every file: 255 is bare paper.
static void lights_from_inks(const uint8_t *inks, size_t count, uint8_t *rgb) {
    for (size_t i = 0; i < count; i++) {
        const unsigned paper = inks[4 * i + 3];
        for (size_t c = 0; c < 3; c++) {
            const unsigned product = (255u - inks[4 * i + c]) * paper + 128u;
            rgb[3 * i + c] = (uint8_t)(paper - (((product >> 8) + product) >> 8));
        }
    }
}

static void start(reader *r, int eighths) {
    struct jpeg_decompress_struct *codec = &r->codec;
    const bool inks =
        codec->jpeg_color_space == JCS_CMYK || codec->jpeg_color_space == JCS_YCCK;
    codec->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    codec->scale_num = (unsigned)eighths;
    codec->scale_denom = 8;
    codec->dct_method = JDCT_ISLOW;
    jpeg_start_decompress(codec);
}

/// Fills rows[0 ..< wanted], however few the library hands out at a time.
static void read_rows(reader *r, JSAMPARRAY rows, JDIMENSION wanted) {
    for (JDIMENSION got = 0; got < wanted;)
        got += jpeg_read_scanlines(&r->codec, rows + got, wanted - got);
}

static void read_upright(reader *r, int orientation, uint8_t *rgb) {
    struct jpeg_decompress_struct *codec = &r->codec;
    const cc_size size = {codec->output_width, codec->output_height};
    const size_t width = size.width;
    const bool inks = codec->out_color_space == JCS_CMYK;
    const bool straight = orientation == 1 && !inks;
    // The library's own pool, so that leaving by longjmp frees it.
    uint8_t *stored = NULL, *lights = NULL;
    if (!straight)
        stored = codec->mem->alloc_large((j_common_ptr)codec, JPOOL_IMAGE,
                                         band_rows * width * (size_t)codec->output_components);
    if (inks) lights = codec->mem->alloc_large((j_common_ptr)codec, JPOOL_IMAGE, band_rows * width * 3);
    const size_t row_bytes = width * (size_t)codec->output_components;

    while (codec->output_scanline < size.height) {
        const JDIMENSION first = codec->output_scanline;
        const JDIMENSION left = size.height - first;
        const JDIMENSION rows = left < band_rows ? left : band_rows;
        JSAMPROW pointers[band_rows];
        for (JDIMENSION y = 0; y < rows; y++)
            pointers[y] = straight ? rgb + (first + y) * row_bytes : stored + y * row_bytes;
        read_rows(r, pointers, rows);
        if (inks) lights_from_inks(stored, rows * width, lights);
        if (!straight) cc_place_rows(inks ? lights : stored, first, rows, size, orientation, rgb);
    }
}

/// Whether each coefficient of a progressive picture was sent to its last bit.
static bool every_bit_came(const struct jpeg_decompress_struct *codec) {
    if (codec->coef_bits == NULL) return false;
    for (int component = 0; component < codec->num_components; component++)
        for (int i = 0; i < DCTSIZE2; i++)
            if (codec->coef_bits[component][i] != 0) return false;
    return true;
}

/// Without its end mark a picture may still be whole; with passes missing it is not.
static bool lacks_data(reader *r) {
    if (!r->ran_out) return false;
    if (r->codec.arith_code) return true;
    return jpeg_has_multiple_scans(&r->codec) && !every_bit_came(&r->codec);
}

cc_outcome cc_jpeg_decode(const uint8_t *bytes, size_t count, int eighths, int orientation,
                          uint8_t *rgb, size_t rgb_count, cc_fault *fault) {
    reader r;
    prepare(&r, fault);
    if (setjmp(r.escape) == 0) {
        open_reader(&r, bytes, count);
        start(&r, eighths);
        if (rgb_count != (size_t)3 * r.codec.output_width * r.codec.output_height) {
            snprintf(fault->text, sizeof fault->text, "a buffer of another size than the picture");
            leave(&r, CC_DAMAGED);
        }
        read_upright(&r, orientation, rgb);
        if (lacks_data(&r)) r.outcome = CC_ENDS_EARLY;
    }
    jpeg_destroy_decompress(&r.codec);
    return r.outcome;
}
