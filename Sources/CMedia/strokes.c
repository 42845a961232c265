// Where light steps sharply, as it does at the strokes of letters.

#include "film.h"

#include <string.h>

// A step of light, of 255: the least contrast that text is read at.
#define CC_STEP 40
// So many pixels make the greys of a film that has no luma of its own.
#define CC_GREY_WIDTH (16 * CC_GRID_WIDTH)
#define CC_GREY_HEIGHT (16 * CC_GRID_HEIGHT)

static int light_at(const cc_component *c, const uint8_t *row, int x) {
    const uint8_t *place = row + (ptrdiff_t)x * c->step;
    return c->is_wide ? (place[0] | place[1] << 8) >> c->shift & 255 : *place;
}

// A bit for each of 64 places from `left` to `right`, the first one the lowest.
static uint64_t marks(const cc_component *c, const uint8_t *row, int left, int right) {
    // Pixels of an edge: two on a screen of 1920 and below, more where they are smaller.
    const int reach = c->width / 960 > 2 ? c->width / 960 : 2;
    const int width = right - left;
    uint64_t bits = 0;
    for (int x = left; x < right && x + reach < c->width; x++) {
        const int step = light_at(c, row, x + reach) - light_at(c, row, x);
        if (step < CC_STEP && step > -CC_STEP) continue;
        const int place = width > 64 ? (x - left) * 64 / width : x - left;
        bits |= UINT64_C(1) << place;
    }
    return bits;
}

static void mark(const cc_component *c, uint64_t *strokes) {
    for (int row = 0; row < CC_GRID_HEIGHT; row++)
        for (int line = 0; line < CC_STROKE_LINES; line++) {
            const int part = CC_STROKE_LINES * row + line;
            const int y = (int)((int64_t)part * c->height / (CC_STROKE_LINES * CC_GRID_HEIGHT));
            const uint8_t *bytes = c->bytes + y * c->stride;
            for (int column = 0; column < CC_GRID_WIDTH; column++) {
                const int left = (int)((int64_t)column * c->width / CC_GRID_WIDTH);
                const int right = (int)((int64_t)(column + 1) * c->width / CC_GRID_WIDTH);
                strokes[(row * CC_GRID_WIDTH + column) * CC_STROKE_LINES + line] =
                    marks(c, bytes, left, right);
            }
        }
}

// Other pixels than luma in bytes or pairs of them: a grey picture is made of them first.
static int make_grey(cc_film *film, const AVFrame *frame, cc_component *grey) {
    const int width = frame->width < CC_GREY_WIDTH ? frame->width : CC_GREY_WIDTH;
    const int height = frame->height < CC_GREY_HEIGHT ? frame->height : CC_GREY_HEIGHT;
    // Rows that libswscale's fast paths may write beyond.
    const int stride = (width + 63) / 64 * 64;
    struct SwsContext *scaler =
        cc_film_scaler(&film->greyer, frame, width, height, AV_PIX_FMT_GRAY8, SWS_AREA);
    if (scaler == NULL || !cc_film_reserve(film, (size_t)stride * (size_t)height + 64)) return 0;
    uint8_t *planes[4] = {film->scratch};
    const int strides[4] = {stride};
    cc_ffmpeg.sws_scale(
        scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, planes,
        strides);
    *grey = (cc_component){
        .bytes = film->scratch, .stride = stride, .step = 1, .width = width, .height = height};
    return 1;
}

static size_t places(int width) {
    const int cell = (width + CC_GRID_WIDTH - 1) / CC_GRID_WIDTH;
    return (size_t)(cell < 64 ? cell : 64);
}

size_t cc_film_strokes(cc_film *film, int of_kept, uint64_t *strokes) {
    const AVFrame *frame = of_kept ? film->kept : film->decoding.frame;
    cc_component light;
    if (frame->width <= 0) return 0;
    if (!cc_film_luma(frame, &light) && !make_grey(film, frame, &light)) return 0;
    mark(&light, strokes);
    return places(light.width);
}

size_t cc_picture_strokes(const uint8_t *rgb, size_t width, size_t height, uint64_t *strokes) {
    // Green is the most of light.
    const cc_component green = {
        .bytes = rgb + 1, .stride = (ptrdiff_t)(3 * width), .step = 3, .width = (int)width,
        .height = (int)height};
    mark(&green, strokes);
    return places(green.width);
}

// Marks of the lines of a cell that two or three looks have in common.
static size_t common(const uint64_t *a, const uint64_t *b, const uint64_t *c) {
    size_t marks = 0;
    for (size_t line = 0; line < CC_STROKE_LINES; line++)
        marks += (size_t)__builtin_popcountll(a[line] & b[line] & c[line]);
    return marks;
}

cc_stroke_change cc_strokes_compare(
    const uint64_t *now, const uint64_t *before, const uint64_t *earlier, const uint64_t *known,
    size_t least_marks) {
    cc_stroke_change change = {0};
    for (size_t row = 0; row < CC_GRID_HEIGHT; row++) {
        size_t run = 0, found = 0;
        for (size_t column = 0; column < CC_GRID_WIDTH; column++) {
            const size_t i = (row * CC_GRID_WIDTH + column) * CC_STROKE_LINES;
            const size_t marks = common(now + i, now + i, now + i);
            const size_t stayed = common(now + i, before + i, earlier + i);
            const size_t old = common(known + i, known + i, known + i);
            const size_t still = common(now + i, known + i, known + i);
            if (old >= least_marks) change.known++;
            if (old >= least_marks && 2 * still < old) change.gone++;
            // Noise changes a tenth of what stands still; other words share about half by chance.
            const int is_new = marks >= least_marks && 10 * stayed >= 6 * marks
                && 3 * still <= 2 * marks;
            run = is_new ? run + 1 : 0;
            // A word is wider than high.
            if (run == 3) found += 3;
            if (run > 3) found++;
        }
        change.cells += found;
        change.rows += found > 0;
    }
    return change;
}
