#pragma once

// JPEG, PNG and WebP files to pixels, with the libraries' longjmp stopped on this side.
//
// Every function reads only bytes[0 ..< count], keeps nothing after it returns, and may run on several
// threads at once. A picture is decoded in two steps: its header says how large the caller's
// buffer must be, then the decoder fills it. Pixels are red, green, blue, row by row from the top.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    CC_DECODED = 0,
    CC_DAMAGED = 1,
    /// The data stops before the whole picture was decoded.
    CC_ENDS_EARLY = 2,
} cc_outcome;

/// What went wrong, in the library's words.
typedef struct {
    /// Zero-terminated; empty where the outcome says it all.
    char text[256];
    /// Rows that were whole when the data stopped; 0 where the file is not stored row by row.
    uint32_t rows;
} cc_fault;

typedef struct {
    uint32_t width;
    uint32_t height;
} cc_size;

/// The stored size (before any turning).
cc_outcome cc_jpeg_header(const uint8_t *bytes, size_t count, cc_size *size, cc_fault *fault);

/// Decodes at eighths/8 of the size, each side rounded up, and turns upright.
///
/// eighths: 1 to 8. orientation: 1 to 8 as in EXIF. rgb: 3 * scaled width * scaled height bytes.
cc_outcome cc_jpeg_decode(const uint8_t *bytes, size_t count, int eighths, int orientation,
                          uint8_t *rgb, size_t rgb_count, cc_fault *fault);

typedef struct {
    cc_size size;
    /// Must be held whole while it is read, hence decoded through scratch and turned by the caller.
    bool interlaced;
    /// 3, or 4 where pixels carry alpha.
    uint32_t channels;
} cc_png_layout;

cc_outcome cc_png_header(const uint8_t *bytes, size_t count, cc_png_layout *layout, cc_fault *fault);

/// Decodes row by row, over white, turned upright.
///
/// For pictures that are not interlaced. rgb: 3 * width * height bytes.
cc_outcome cc_png_decode(const uint8_t *bytes, size_t count, int orientation, uint8_t *rgb,
                         size_t rgb_count, bool *transparent, cc_fault *fault);

/// Decodes as stored: not turned, not flattened. pixels: channels * width * height bytes.
cc_outcome cc_png_decode_stored(const uint8_t *bytes, size_t count, uint8_t *pixels,
                                size_t pixel_bytes, cc_fault *fault);

/// The first frame and the canvas it lies on.
typedef struct {
    cc_size canvas;
    cc_size frame;
    uint32_t left;
    uint32_t top;
    /// 3, or 4 where pixels carry alpha.
    uint32_t channels;
} cc_webp_layout;

cc_outcome cc_webp_header(const uint8_t *bytes, size_t count, cc_webp_layout *layout,
                          cc_fault *fault);

/// Decodes the first frame as stored. pixels: channels * frame width * frame height bytes.
cc_outcome cc_webp_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t pixel_bytes,
                          cc_fault *fault);

typedef struct cc_webp_frames cc_webp_frames;

/// Opens an animation of whole pictures; the bytes must live until it is closed.
///
/// Returns NULL where it is damaged or cut. size: of every frame.
cc_webp_frames *cc_webp_frames_open(const uint8_t *bytes, size_t count, cc_size *size);

/// The next frame over white. rgb: 3 * width * height bytes. end_milliseconds: when it is replaced.
///
/// Returns CC_ENDS_EARLY after the last one.
cc_outcome cc_webp_frames_next(cc_webp_frames *frames, uint8_t *rgb, int *end_milliseconds);

void cc_webp_frames_close(cc_webp_frames *frames);

/// A JPEG file of a picture; the caller frees it.
///
/// rgb: 3 * width * height bytes. quality: 1 to 100. Returns NULL without memory or for sides over 65500.
uint8_t *cc_jpeg_encode(const uint8_t *rgb, cc_size size, int quality, size_t *count);

/// Lays count pixels of red, green, blue, alpha over white.
///
/// rgb may be rgba itself. Returns whether one of them lets the ground through.
bool cc_flatten(const uint8_t *rgba, size_t count, uint8_t *rgb);

/// Puts rows of a stored picture where they belong in the upright one.
///
/// band: rows * stored.width pixels, the first of them from row `first` of the stored picture.
/// upright: the whole picture, stored.height wide where orientation is 5 to 8.
void cc_place_rows(const uint8_t *band, size_t first, size_t rows, cc_size stored, int orientation,
                   uint8_t *upright);

/// Whether the system would hand out so many bytes now.
///
/// Asked before a Swift array is made, which ends the process where it gets none.
bool cc_can_hold(size_t bytes);
