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

static void place(
    const uint8_t *stored, cc_film_size size, orientation turn, size_t channels, uint8_t *rgb) {
    const ptrdiff_t width = (ptrdiff_t)size.width, height = (ptrdiff_t)size.height;
    const ptrdiff_t shown = turn.across_x == 0 ? height : width;
    const ptrdiff_t left =
        (turn.across_x < 0 ? width - 1 : 0) + (turn.down_x < 0 ? height - 1 : 0);
    const ptrdiff_t top =
        (turn.across_y < 0 ? width - 1 : 0) + (turn.down_y < 0 ? height - 1 : 0);
    for (ptrdiff_t y = 0; y < height; y++)
        for (ptrdiff_t x = 0; x < width; x++, stored += channels) {
            const ptrdiff_t column = left + x * turn.across_x + y * turn.down_x;
            const ptrdiff_t row = top + x * turn.across_y + y * turn.down_y;
            uint8_t *pixel = rgb + 3 * (row * shown + column);
            // What lets the ground through shows white.
            const unsigned alpha = channels == 4 ? stored[3] : 255;
            for (int i = 0; i < 3; i++)
                pixel[i] = (uint8_t)((stored[i] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
}

static int convert(
    cc_film *film, cc_film_size size, enum AVPixelFormat format, size_t pixel_bytes) {
    // Rows at the size and alignment that libswscale's fast paths write.
    const size_t stride = (size.width * pixel_bytes + 63) / 64 * 64;
    struct SwsContext *scaler = cc_film_scaler(
        &film->converter, film->kept, (int)size.width, (int)size.height, format,
        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    if (scaler == NULL || !cc_film_reserve(film, stride * size.height + 64)) return 0;
    uint8_t *planes[4] = {film->scratch};
    const int strides[4] = {(int)stride};
    const int rows = cc_ffmpeg.sws_scale(
        scaler, (const uint8_t *const *)film->kept->data, film->kept->linesize, 0,
        film->kept->height, planes, strides);
    if (rows != (int)size.height) return 0;
    for (size_t y = 1; y < size.height; y++)
        memmove(
            film->scratch + y * size.width * pixel_bytes, film->scratch + y * stride,
            size.width * pixel_bytes);
    return 1;
}

int cc_film_picture(cc_film *film, cc_film_size size, uint8_t *rgb) {
    const orientation turn = orientation_of(film);
    const cc_film_size stored =
        turn.across_x == 0 ? (cc_film_size){size.height, size.width} : size;
    const AVFrame *frame = film->kept;
    if (size.width == 0 || size.height == 0 || frame->width <= 0) return 0;
    const size_t pixels = stored.width * stored.height;
    const AVPixFmtDescriptor *format = cc_ffmpeg.av_pix_fmt_desc_get(frame->format);
    const int needs_tones = frame->color_primaries == AVCOL_PRI_BT2020
        || frame->color_trc == AVCOL_TRC_SMPTE2084 || frame->color_trc == AVCOL_TRC_ARIB_STD_B67;
    if (needs_tones) {
        if (!convert(film, stored, AV_PIX_FMT_RGB48LE, 6)) return 0;
        cc_tones_to_srgb(film->scratch, pixels, frame->color_trc, frame->color_primaries);
        place(film->scratch, stored, turn, 3, rgb);
        return 1;
    }
    const int has_alpha = format != NULL
        && (format->flags & AV_PIX_FMT_FLAG_ALPHA || frame->format == AV_PIX_FMT_PAL8);
    if (!convert(film, stored, has_alpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24, has_alpha ? 4 : 3))
        return 0;
    place(film->scratch, stored, turn, has_alpha ? 4 : 3, rgb);
    return 1;
}
