// A film that is open, shared by the files that decode it and those that show it.

#pragma once

#include "cfilm.h"
#include "source.h"

struct cc_film {
    cc_source source;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;  // the last one that was given out
    AVFrame *kept;
    int stream;
    int is_picture_stream;
    double origin_seconds, last_seconds, frame_seconds;
    int is_draining, is_over, broke_off, keyframes_only;
    size_t frames, failures, failures_in_a_row;
    struct SwsContext *shrinker;  // for grids of pixels that are not in planes
    struct SwsContext *converter;
    uint8_t *scratch;
    size_t room;
};

/// At least `count` bytes in `film->scratch`; 0 where there is no memory.
int cc_film_reserve(cc_film *film, size_t count);

/// @param shrinks into how many pixels, by the side that is wider as shown.
struct SwsContext *cc_film_scaler(
    struct SwsContext **kept, const AVFrame *frame, int width, int height,
    enum AVPixelFormat format, int flags);
