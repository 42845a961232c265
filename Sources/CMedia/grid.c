// A frame from afar: means of cells, straight from the decoder's planes where it has such.

#include "film.h"

#include <string.h>

static int find_component(
    const AVFrame *frame, const AVPixFmtDescriptor *format, int i, cc_component *found) {
    const AVComponentDescriptor *c = &format->comp[i];
    if (c->depth < 8 || c->depth > 16) return 0;
    const int is_chroma = i > 0;
    const int across = is_chroma ? format->log2_chroma_w : 0;
    const int down = is_chroma ? format->log2_chroma_h : 0;
    *found = (cc_component){
        .bytes = frame->data[c->plane] + c->offset, .stride = frame->linesize[c->plane],
        .step = c->step, .width = -(-frame->width >> across),
        .height = -(-frame->height >> down), .is_wide = c->depth > 8,
        .shift = c->shift + c->depth - 8,
    };
    return frame->data[c->plane] != NULL;
}

static uint32_t row_sum(const cc_component *c, const uint8_t *row, int first, int last) {
    uint32_t sum = 0;
    if (c->is_wide)
        for (int x = first; x < last; x++) {
            const uint8_t *pair = row + (ptrdiff_t)x * c->step;
            sum += (uint32_t)(pair[0] | pair[1] << 8) >> c->shift & 255;
        }
    else if (c->step == 1)
        for (int x = first; x < last; x++) sum += row[x];
    else
        for (int x = first; x < last; x++) sum += row[(ptrdiff_t)x * c->step];
    return sum;
}

// Eight rows of a cell tell its mean as well as all of them.
static void shrink(const cc_component *c, int columns, int rows, uint8_t *means) {
    for (int row = 0; row < rows; row++) {
        const int top = (int)((int64_t)row * c->height / rows);
        const int end = (int)((int64_t)(row + 1) * c->height / rows);
        const int bottom = end > top ? end : top + 1;
        const int skip = (bottom - top + 7) / 8;
        uint32_t sums[CC_GRID_WIDTH] = {0};
        uint32_t count = 0;
        for (int y = top; y < bottom; y += skip, count++)
            for (int column = 0; column < columns; column++) {
                const int left = (int)((int64_t)column * c->width / columns);
                const int right = (int)((int64_t)(column + 1) * c->width / columns);
                sums[column] += row_sum(
                    c, c->bytes + y * c->stride, left, right > left ? right : left + 1);
            }
        for (int column = 0; column < columns; column++) {
            const int left = (int)((int64_t)column * c->width / columns);
            const int right = (int)((int64_t)(column + 1) * c->width / columns);
            const uint32_t pixels = (uint32_t)(right > left ? right - left : 1) * count;
            means[row * columns + column] = (uint8_t)((sums[column] + pixels / 2) / pixels);
        }
    }
}

static float sharpness(const cc_component *c) {
    if (c->width < 3) return 0;
    const int skip = c->height > 64 ? c->height / 64 : 1;
    double sum = 0;
    size_t count = 0;
    for (int y = 0; y < c->height; y += skip) {
        const uint8_t *row = c->bytes + y * c->stride;
        uint32_t squares = 0;
        for (int x = 0; x + 2 < c->width; x++) {
            int a, b;
            if (c->is_wide) {
                const uint8_t *pair = row + (ptrdiff_t)x * c->step, *next = pair + 2 * c->step;
                a = (pair[0] | pair[1] << 8) >> c->shift & 255;
                b = (next[0] | next[1] << 8) >> c->shift & 255;
            } else {
                a = row[(ptrdiff_t)x * c->step];
                b = row[(ptrdiff_t)(x + 2) * c->step];
            }
            squares += (uint32_t)((a - b) * (a - b));
        }
        sum += squares;
        count += (size_t)c->width - 2;
    }
    return (float)(sum / (double)count);
}

typedef struct {
    cc_component luma, blue, red;
} components;

static void measure(components from, uint8_t *luma, uint8_t *chroma, float *sharp) {
    shrink(&from.luma, CC_GRID_WIDTH, CC_GRID_HEIGHT, luma);
    shrink(&from.blue, CC_GRID_WIDTH / 4, CC_GRID_HEIGHT / 4, chroma);
    shrink(&from.red, CC_GRID_WIDTH / 4, CC_GRID_HEIGHT / 4, chroma + CC_GRID_CELLS / 16);
    *sharp = sharpness(&from.luma);
}

// Other pixels than luma and chroma in bytes of their own: a small picture is made of them first.
static int shrink_first(cc_film *film, components *found) {
    const int width = 4 * CC_GRID_WIDTH, height = 4 * CC_GRID_HEIGHT;
    const size_t pixels = (size_t)width * (size_t)height;
    const AVFrame *frame = film->decoding.frame;
    struct SwsContext *scaler = cc_film_scaler(
        &film->shrinker, frame, width, height, AV_PIX_FMT_YUV444P, SWS_AREA);
    if (scaler == NULL || !cc_film_reserve(film, 3 * pixels)) return 0;
    uint8_t *planes[4] = {film->scratch, film->scratch + pixels, film->scratch + 2 * pixels};
    const int strides[4] = {width, width, width};
    cc_ffmpeg.sws_scale(
        scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, planes,
        strides);
    const cc_component part = {.stride = width, .step = 1, .width = width, .height = height};
    *found = (components){part, part, part};
    found->luma.bytes = planes[0];
    found->blue.bytes = planes[1];
    found->red.bytes = planes[2];
    return 1;
}

static const AVPixFmtDescriptor *planar_format(const AVFrame *frame) {
    const uint64_t others = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM
        | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT
        | AV_PIX_FMT_FLAG_BAYER;
    const AVPixFmtDescriptor *format = cc_ffmpeg.av_pix_fmt_desc_get(frame->format);
    return format == NULL || format->flags & others ? NULL : format;
}

int cc_film_luma(const AVFrame *frame, cc_component *luma) {
    const AVPixFmtDescriptor *format = planar_format(frame);
    return format != NULL && find_component(frame, format, 0, luma);
}

int cc_film_look(cc_film *film, uint8_t *luma, uint8_t *chroma, float *sharp) {
    const AVFrame *frame = film->decoding.frame;
    const AVPixFmtDescriptor *format = planar_format(frame);
    components found;
    const int has_planes = format != NULL && format->nb_components >= 3
        && find_component(frame, format, 0, &found.luma)
        && find_component(frame, format, 1, &found.blue)
        && find_component(frame, format, 2, &found.red);
    if (!has_planes && !shrink_first(film, &found)) return 0;
    measure(found, luma, chroma, sharp);
    return 1;
}
