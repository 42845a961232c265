// A frame as it is shown: upright, square pixels, sRGB.

#include "film.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/display.h>

#include "tones.h"

// The names with a J are old; they mean full range.
static enum AVPixelFormat plain_format(enum AVPixelFormat format) {
    switch (format) {
    case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P: return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P: return AV_PIX_FMT_YUV411P;
    default: return format;
    }
}

// Where a film does not say, its size does: standard definition came before BT.709.
static int colour_matrix(const AVFrame *frame) {
    switch (frame->colorspace) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_BT470BG: case AVCOL_SPC_SMPTE170M: return SWS_CS_ITU601;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL: case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return frame->height >= 720 || frame->width >= 1280 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    }
}

struct SwsContext *cc_film_scaler(
    struct SwsContext **kept, const AVFrame *frame, int width, int height,
    enum AVPixelFormat format, int flags) {
    const enum AVPixelFormat plain = plain_format(frame->format);
    *kept = cc_ffmpeg.sws_getCachedContext(
        *kept, frame->width, frame->height, plain, width, height, format, flags, NULL, NULL, NULL);
    if (*kept == NULL) return NULL;
    const int is_full = plain != frame->format || frame->color_range == AVCOL_RANGE_JPEG;
    // Refused for pixels that are red, green and blue already, which need none of it.
    cc_ffmpeg.sws_setColorspaceDetails(
        *kept, cc_ffmpeg.sws_getCoefficients(colour_matrix(frame)), is_full,
        cc_ffmpeg.sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
    return *kept;
}

// Where a pixel of the stored picture is shown.
typedef struct {
    int across_x, across_y;  // by a step to the right
    int down_x, down_y;      // by a step down
} orientation;

static orientation orientation_of(const cc_film *film) {
    const orientation upright = {1, 0, 0, 1};
    const AVFrameSideData *own =
        cc_ffmpeg.av_frame_get_side_data(film->kept, AV_FRAME_DATA_DISPLAYMATRIX);
    const uint8_t *bytes = own != NULL && own->size >= 36 ? own->data : NULL;
    if (bytes == NULL) {
        size_t size = 0;
        bytes = cc_ffmpeg.av_stream_get_side_data(
            film->decoding.source.format->streams[film->decoding.stream],
            AV_PKT_DATA_DISPLAYMATRIX, &size);
        if (bytes == NULL || size < 36) return upright;
    }
    int32_t m[9];
    memcpy(m, bytes, sizeof m);
    // libavutil/display.h: a step to the right moves by (m[0], m[1]), one down by (m[3], m[4]).
    const int64_t straight = llabs(m[0]) + llabs(m[4]), turned = llabs(m[1]) + llabs(m[3]);
    if (straight == 0 && turned == 0) return upright;
    if (straight >= turned) return (orientation){m[0] < 0 ? -1 : 1, 0, 0, m[4] < 0 ? -1 : 1};
    return (orientation){0, m[1] < 0 ? -1 : 1, m[3] < 0 ? -1 : 1, 0};
}

static double pixel_aspect(const cc_film *film) {
    AVRational aspect = film->kept->sample_aspect_ratio;
    if (aspect.num <= 0 || aspect.den <= 0)
        aspect = film->decoding.source.format->streams[film->decoding.stream]->sample_aspect_ratio;
    if (aspect.num <= 0 || aspect.den <= 0) return 1;
    const double value = (double)aspect.num / aspect.den;
    return value >= 0.1 && value <= 10 ? value : 1;
}

// The size with square pixels, before any turning.
static cc_film_size stored_size(const cc_film *film, size_t longest) {
    const double aspect = pixel_aspect(film);
    // Never less than what was there.
    const double width = film->kept->width * fmax(1, aspect);
    const double height = film->kept->height * fmax(1, 1 / aspect);
    const double scale = fmin(1, (double)longest / fmax(width, height));
    return (cc_film_size){
        (size_t)fmax(1, round(width * scale)), (size_t)fmax(1, round(height * scale))};
}

cc_film_size cc_film_kept_size(const cc_film *film, size_t longest) {
    if (film->kept->width <= 0 || longest == 0) return (cc_film_size){0, 0};
    const cc_film_size stored = stored_size(film, longest);
    const orientation turn = orientation_of(film);
    return turn.across_x == 0 ? (cc_film_size){stored.height, stored.width} : stored;
}

int cc_film_keep(cc_film *film) {
    cc_ffmpeg.av_frame_unref(film->kept);
    return cc_ffmpeg.av_frame_ref(film->kept, film->decoding.frame) == 0;
}

// Pixels as they come out of the scaler, in one plane or in three.
typedef struct {
    const uint8_t *red, *green, *blue, *alpha;  // no alpha where all is opaque
    ptrdiff_t step, stride;
} pixels;

// Rows at the size and alignment that libswscale's fast paths write.
static size_t row_bytes(size_t width, size_t pixel_bytes) {
    return (width * pixel_bytes + 63) / 64 * 64;
}

static void place_upright(pixels from, cc_film_size size, uint8_t *rgb) {
    for (size_t y = 0; y < size.height; y++) {
        const ptrdiff_t row = (ptrdiff_t)y * from.stride;
        const uint8_t *red = from.red + row, *green = from.green + row, *blue = from.blue + row;
        for (size_t x = 0; x < size.width; x++, rgb += 3) {
            rgb[0] = red[x];
            rgb[1] = green[x];
            rgb[2] = blue[x];
        }
    }
}

static void place(pixels from, cc_film_size size, orientation turn, uint8_t *rgb) {
    if (turn.across_x == 1 && turn.down_y == 1 && from.step == 1)
        return place_upright(from, size, rgb);
    const ptrdiff_t width = (ptrdiff_t)size.width, height = (ptrdiff_t)size.height;
    const ptrdiff_t shown = turn.across_x == 0 ? height : width;
    const ptrdiff_t left =
        (turn.across_x < 0 ? width - 1 : 0) + (turn.down_x < 0 ? height - 1 : 0);
    const ptrdiff_t top =
        (turn.across_y < 0 ? width - 1 : 0) + (turn.down_y < 0 ? height - 1 : 0);
    for (ptrdiff_t y = 0; y < height; y++)
        for (ptrdiff_t x = 0; x < width; x++) {
            const ptrdiff_t column = left + x * turn.across_x + y * turn.down_x;
            const ptrdiff_t row = top + x * turn.across_y + y * turn.down_y;
            const ptrdiff_t i = y * from.stride + x * from.step;
            uint8_t *pixel = rgb + 3 * (row * shown + column);
            // What lets the ground through shows white.
            const unsigned alpha = from.alpha == NULL ? 255 : from.alpha[i];
            const unsigned white = 255 * (255 - alpha) + 127;
            pixel[0] = (uint8_t)((from.red[i] * alpha + white) / 255);
            pixel[1] = (uint8_t)((from.green[i] * alpha + white) / 255);
            pixel[2] = (uint8_t)((from.blue[i] * alpha + white) / 255);
        }
}

// The kept frame at a size, in planes of so many bytes a pixel, one behind the other.
static int convert(
    cc_film *film, cc_film_size size, enum AVPixelFormat format, size_t pixel_bytes, int planes) {
    const size_t stride = row_bytes(size.width, pixel_bytes), plane = stride * size.height;
    struct SwsContext *scaler = cc_film_scaler(
        &film->converter, film->kept, (int)size.width, (int)size.height, format,
        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    if (scaler == NULL || !cc_film_reserve(film, plane * (size_t)planes + 64)) return 0;
    uint8_t *places[4] = {0};
    int strides[4] = {0};
    for (int i = 0; i < planes; i++) {
        places[i] = film->scratch + (size_t)i * plane;
        strides[i] = (int)stride;
    }
    const int rows = cc_ffmpeg.sws_scale(
        scaler, (const uint8_t *const *)film->kept->data, film->kept->linesize, 0,
        film->kept->height, places, strides);
    return rows == (int)size.height;
}

// Wide and bright colours. Packed rows become shorter, so that they lie one behind the other.
static int convert_tones(cc_film *film, cc_film_size size, pixels *found) {
    const AVFrame *frame = film->kept;
    if (!convert(film, size, AV_PIX_FMT_RGB48LE, 6, 1)) return 0;
    const size_t stride = row_bytes(size.width, 6);
    for (size_t y = 1; y < size.height; y++)
        memmove(film->scratch + y * size.width * 6, film->scratch + y * stride, size.width * 6);
    cc_tones_to_srgb(
        film->scratch, size.width * size.height, frame->color_trc, frame->color_primaries);
    const uint8_t *bytes = film->scratch;
    *found = (pixels){
        .red = bytes, .green = bytes + 1, .blue = bytes + 2, .step = 3,
        .stride = (ptrdiff_t)(3 * size.width)};
    return 1;
}

static int convert_alpha(cc_film *film, cc_film_size size, pixels *found) {
    if (!convert(film, size, AV_PIX_FMT_RGBA, 4, 1)) return 0;
    const uint8_t *bytes = film->scratch;
    *found = (pixels){
        .red = bytes, .green = bytes + 1, .blue = bytes + 2, .alpha = bytes + 3, .step = 4,
        .stride = (ptrdiff_t)row_bytes(size.width, 4)};
    return 1;
}

// Into planes, for which alone libswscale has vector code at this accuracy: a third of the time.
static int convert_opaque(cc_film *film, cc_film_size size, pixels *found) {
    if (!convert(film, size, AV_PIX_FMT_GBRP, 1, 3)) return 0;
    const size_t stride = row_bytes(size.width, 1), plane = stride * size.height;
    *found = (pixels){
        .green = film->scratch, .blue = film->scratch + plane, .red = film->scratch + 2 * plane,
        .step = 1, .stride = (ptrdiff_t)stride};
    return 1;
}

int cc_film_picture(cc_film *film, cc_film_size size, uint8_t *rgb) {
    const orientation turn = orientation_of(film);
    const cc_film_size stored =
        turn.across_x == 0 ? (cc_film_size){size.height, size.width} : size;
    const AVFrame *frame = film->kept;
    if (size.width == 0 || size.height == 0 || frame->width <= 0) return 0;
    const AVPixFmtDescriptor *format = cc_ffmpeg.av_pix_fmt_desc_get(frame->format);
    const int needs_tones = frame->color_primaries == AVCOL_PRI_BT2020
        || frame->color_trc == AVCOL_TRC_SMPTE2084 || frame->color_trc == AVCOL_TRC_ARIB_STD_B67;
    const int has_alpha = format != NULL
        && (format->flags & AV_PIX_FMT_FLAG_ALPHA || frame->format == AV_PIX_FMT_PAL8);
    pixels found;
    const int is_there = needs_tones ? convert_tones(film, stored, &found)
        : has_alpha                  ? convert_alpha(film, stored, &found)
                                     : convert_opaque(film, stored, &found);
    if (is_there) place(found, stored, turn, rgb);
    return is_there;
}
