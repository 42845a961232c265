#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "cimages.h"

typedef struct {
    struct jpeg_compress_struct codec;
    struct jpeg_error_mgr errors;
    jmp_buf escape;
} writer;

static void on_error(j_common_ptr codec) {
    writer *w = codec->client_data;
    longjmp(w->escape, 1);
}

static void on_message(j_common_ptr codec) {
    (void)codec;
}

// In a function of its own, so that no variable lives across the longjmp.
static void write_rows(writer *w, const uint8_t *rgb, cc_size size, int quality) {
    w->codec.image_width = size.width;
    w->codec.image_height = size.height;
    w->codec.input_components = 3;
    w->codec.in_color_space = JCS_RGB;
    jpeg_set_defaults(&w->codec);
    jpeg_set_quality(&w->codec, quality, TRUE);
    jpeg_start_compress(&w->codec, TRUE);
    while (w->codec.next_scanline < size.height) {
        // The library reads the row only.
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)3 * size.width * w->codec.next_scanline);
        jpeg_write_scanlines(&w->codec, &row, 1);
    }
    jpeg_finish_compress(&w->codec);
}

uint8_t *cc_jpeg_encode(const uint8_t *rgb, cc_size size, int quality, size_t *count) {
    writer *w = calloc(1, sizeof *w);
    if (w == NULL) return NULL;
    // Kept outside of the frame that a longjmp leaves.
    struct output {
        unsigned char *bytes;
        unsigned long count;
    } *output = calloc(1, sizeof *output);
    uint8_t *volatile result = NULL;
    if (output != NULL) {
        w->codec.err = jpeg_std_error(&w->errors);
        w->errors.error_exit = on_error;
        w->errors.output_message = on_message;
        w->codec.client_data = w;
        if (setjmp(w->escape) == 0) {
            jpeg_create_compress(&w->codec);
            jpeg_mem_dest(&w->codec, &output->bytes, &output->count);
            write_rows(w, rgb, size, quality);
            result = output->bytes;
            *count = output->count;
        } else {
            free(output->bytes);
        }
        jpeg_destroy_compress(&w->codec);
    }
    free(output);
    free(w);
    return result;
}
