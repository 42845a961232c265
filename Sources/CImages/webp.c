#include <stdio.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>

#include "cimages.h"

/// The container and its first frame, both views of the caller's bytes.
typedef struct {
    WebPDemuxer *container;
    WebPIterator frame;
} reader;

static cc_outcome refuse(cc_outcome outcome, const char *text, cc_fault *fault) {
    snprintf(fault->text, sizeof fault->text, "%s", text);
    return outcome;
}

static void close_reader(reader *r) {
    WebPDemuxReleaseIterator(&r->frame);
    WebPDemuxDelete(r->container);
}

static cc_outcome open_reader(reader *r, const uint8_t *bytes, size_t count, cc_fault *fault) {
    memset(r, 0, sizeof *r);
    memset(fault, 0, sizeof *fault);
    const WebPData data = {bytes, count};
    WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
    r->container = WebPDemuxPartial(&data, &state);
    // EXIF, which turns the picture, may lie behind the frames: the file must be whole.
    if (state == WEBP_DEMUX_PARSING_HEADER || state == WEBP_DEMUX_PARSED_HEADER)
        return refuse(CC_ENDS_EARLY, "", fault);
    if (r->container == NULL || state != WEBP_DEMUX_DONE)
        return refuse(CC_DAMAGED, "its chunks do not fit together", fault);
    if (WebPDemuxGetFrame(r->container, 1, &r->frame) == 0)
        return refuse(CC_DAMAGED, "it holds no frame", fault);
    return CC_DECODED;
}

static cc_outcome check_layout(const cc_webp_layout *layout, cc_fault *fault) {
    const bool empty = layout->frame.width == 0 || layout->frame.height == 0;
    const bool inside = layout->left <= layout->canvas.width
        && layout->frame.width <= layout->canvas.width - layout->left
        && layout->top <= layout->canvas.height
        && layout->frame.height <= layout->canvas.height - layout->top;
    return empty || !inside ? refuse(CC_DAMAGED, "its first frame leaves the picture", fault)
                            : CC_DECODED;
}

/// Reads the frame's own header too: the container's word is not enough to size a buffer.
static cc_outcome read_layout(const reader *r, cc_webp_layout *layout, cc_fault *fault) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(r->frame.fragment.bytes, r->frame.fragment.size, &features)
        != VP8_STATUS_OK)
        return refuse(CC_DAMAGED, "the header of its first frame", fault);
    *layout = (cc_webp_layout){
        .canvas = {WebPDemuxGetI(r->container, WEBP_FF_CANVAS_WIDTH),
                   WebPDemuxGetI(r->container, WEBP_FF_CANVAS_HEIGHT)},
        .frame = {(uint32_t)features.width, (uint32_t)features.height},
        .left = (uint32_t)r->frame.x_offset,
        .top = (uint32_t)r->frame.y_offset,
        .channels = features.has_alpha ? 4 : 3,
    };
    return check_layout(layout, fault);
}

cc_outcome cc_webp_header(const uint8_t *bytes, size_t count, cc_webp_layout *layout,
                          cc_fault *fault) {
    reader r;
    cc_outcome outcome = open_reader(&r, bytes, count, fault);
    if (outcome == CC_DECODED) outcome = read_layout(&r, layout, fault);
    close_reader(&r);
    return outcome;
}

static cc_outcome decode_frame(const reader *r, const cc_webp_layout *layout, uint8_t *pixels,
                               size_t pixel_bytes, cc_fault *fault) {
    const uint8_t *data = r->frame.fragment.bytes;
    const size_t count = r->frame.fragment.size;
    const int stride = (int)(layout->channels * layout->frame.width);
    if (pixel_bytes != (size_t)stride * layout->frame.height)
        return refuse(CC_DAMAGED, "a buffer of another size than the picture", fault);
    const uint8_t *done = layout->channels == 4
        ? WebPDecodeRGBAInto(data, count, pixels, pixel_bytes, stride)
        : WebPDecodeRGBInto(data, count, pixels, pixel_bytes, stride);
    return done == NULL ? refuse(CC_DAMAGED, "the pixels of its first frame", fault) : CC_DECODED;
}

cc_outcome cc_webp_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t pixel_bytes,
                          cc_fault *fault) {
    reader r;
    cc_webp_layout layout;
    cc_outcome outcome = open_reader(&r, bytes, count, fault);
    if (outcome == CC_DECODED) outcome = read_layout(&r, &layout, fault);
    if (outcome == CC_DECODED) outcome = decode_frame(&r, &layout, pixels, pixel_bytes, fault);
    close_reader(&r);
    return outcome;
}
