// A film that is open, shared by the files that decode it and those that show it.

#pragma once

#include "cfilm.h"
#include "decoding.h"

struct cc_film {
    cc_decoding decoding;
    AVFrame *kept;
    int is_picture_stream;
    double last_seconds, frame_seconds;
    struct SwsContext *shrinker;  // for grids of pixels that are not in planes
    struct SwsContext *greyer;  // for strokes of such
    struct SwsContext *converter;
    uint8_t *scratch;
    size_t room;
};

/// One component of a frame: 8 bits, or more in little-endian pairs of bytes.
typedef struct {
    const uint8_t *bytes;
    ptrdiff_t stride;
    int step, width, height;
    int is_wide, shift;  // what a pair is shifted by to be a byte
} cc_component;

/// The light of a frame; 0 where its pixels have no component for it alone.
int cc_film_luma(const AVFrame *frame, cc_component *luma);

/// At least `count` bytes in `film->scratch`; 0 where there is no memory.
int cc_film_reserve(cc_film *film, size_t count);

/// What brings frames to another size and format.
/// @param kept of the call before; used again where it fits.
struct SwsContext *cc_film_scaler(
    struct SwsContext **kept, const AVFrame *frame, int width, int height,
    enum AVPixelFormat format, int flags);
