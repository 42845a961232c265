#include <stdlib.h>
#include <string.h>

#include <webp/demux.h>

#include "cimages.h"

struct cc_webp_frames {
    WebPAnimDecoder *decoder;
    cc_size size;
};

cc_webp_frames *cc_webp_frames_open(const uint8_t *bytes, size_t count, cc_size *size) {
    WebPAnimDecoderOptions options;
    if (!WebPAnimDecoderOptionsInit(&options)) return NULL;
    options.color_mode = MODE_RGBA;
    const WebPData data = {bytes, count};
    WebPAnimDecoder *decoder = WebPAnimDecoderNew(&data, &options);
    if (decoder == NULL) return NULL;
    WebPAnimInfo info;
    cc_webp_frames *frames = calloc(1, sizeof *frames);
    if (frames == NULL || !WebPAnimDecoderGetInfo(decoder, &info)) {
        WebPAnimDecoderDelete(decoder);
        free(frames);
        return NULL;
    }
    *size = (cc_size){info.canvas_width, info.canvas_height};
    frames->decoder = decoder;
    frames->size = *size;
    return frames;
}

cc_outcome cc_webp_frames_next(cc_webp_frames *frames, uint8_t *rgb, int *end_milliseconds) {
    if (!WebPAnimDecoderHasMoreFrames(frames->decoder)) return CC_ENDS_EARLY;
    uint8_t *canvas = NULL;
    if (!WebPAnimDecoderGetNext(frames->decoder, &canvas, end_milliseconds)) return CC_DAMAGED;
    cc_flatten(canvas, (size_t)frames->size.width * frames->size.height, rgb);
    return CC_DECODED;
}

void cc_webp_frames_close(cc_webp_frames *frames) {
    if (frames == NULL) return;
    WebPAnimDecoderDelete(frames->decoder);
    free(frames);
}
