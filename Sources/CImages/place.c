#include <string.h>

#include "cimages.h"

bool cc_flatten(const uint8_t *rgba, size_t count, uint8_t *rgb) {
    uint8_t least = 255;
    for (size_t i = 0; i < count; i++) {
        const uint8_t alpha = rgba[4 * i + 3];
        least = alpha < least ? alpha : least;
        const unsigned ground = 255u * (255u - alpha) + 127u;
        // Read before written: in place, pixel i ends where it had begun or before.
        const unsigned red = rgba[4 * i], green = rgba[4 * i + 1], blue = rgba[4 * i + 2];
        rgb[3 * i] = (uint8_t)((red * alpha + ground) / 255u);
        rgb[3 * i + 1] = (uint8_t)((green * alpha + ground) / 255u);
        rgb[3 * i + 2] = (uint8_t)((blue * alpha + ground) / 255u);
    }
    return least < 255;
}

/// Where the stored pixel (0, 0) goes, and how far apart its neighbours land, in pixels.
typedef struct {
    ptrdiff_t origin, right, down;
} placement;

static placement placement_of(cc_size stored, int orientation) {
    const ptrdiff_t w = stored.width, h = stored.height;
    switch (orientation) {
    case 2: return (placement){w - 1, -1, w};
    case 3: return (placement){w * h - 1, -1, -w};
    case 4: return (placement){w * (h - 1), 1, -w};
    case 5: return (placement){0, h, 1};
    case 6: return (placement){h - 1, h, -1};
    case 7: return (placement){w * h - 1, -h, -1};
    case 8: return (placement){h * (w - 1), -h, 1};
    default: return (placement){0, 1, w};
    }
}

static inline void copy_pixel(uint8_t *to, const uint8_t *from) {
    to[0] = from[0];
    to[1] = from[1];
    to[2] = from[2];
}

/// Turned by a quarter: a column of the band becomes a run in one upright row.
static void place_columns(const uint8_t *band, size_t first, size_t rows, size_t width,
                          placement at, uint8_t *upright) {
    for (size_t x = 0; x < width; x++) {
        const ptrdiff_t start =
            at.origin + (ptrdiff_t)x * at.right + (ptrdiff_t)first * at.down;
        uint8_t *to = upright + 3 * start;
        for (size_t y = 0; y < rows; y++, to += 3 * at.down)
            copy_pixel(to, band + 3 * (y * width + x));
    }
}

static void place_row(const uint8_t *row, size_t width, ptrdiff_t right, uint8_t *to) {
    if (right == 1) {
        memcpy(to, row, 3 * width);
        return;
    }
    for (size_t x = 0; x < width; x++) copy_pixel(to - 3 * x, row + 3 * x);
}

void cc_place_rows(const uint8_t *band, size_t first, size_t rows, cc_size stored, int orientation,
                   uint8_t *upright) {
    // So many rows at once keep both the band and the runs that they become in the caches.
    enum { together = 16 };
    const placement at = placement_of(stored, orientation);
    const size_t width = stored.width;
    if (orientation >= 5) {
        for (size_t y = 0; y < rows; y += together) {
            const size_t now = rows - y < together ? rows - y : together;
            place_columns(band + 3 * y * width, first + y, now, width, at, upright);
        }
        return;
    }
    for (size_t y = 0; y < rows; y++) {
        const ptrdiff_t start = at.origin + (ptrdiff_t)(first + y) * at.down;
        place_row(band + 3 * y * width, width, at.right, upright + 3 * start);
    }
}
