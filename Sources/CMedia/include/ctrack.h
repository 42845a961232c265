// A sound track written through FFmpeg, by itself or into a copy of a film.

#pragma once

#include "cfilm.h"

typedef enum {
    CC_TRACK_READY,
    CC_TRACK_NO_ENCODER,   // this FFmpeg was built without it
    CC_TRACK_NO_SPEAKERS,  // the encoder does not take such channels
    CC_TRACK_CANNOT_HOLD,  // the container does not take an encoding of the film
    CC_TRACK_NO_FILM,      // the film cannot be read
    CC_TRACK_NO_MEMORY,
    CC_TRACK_NOT_WRITTEN,  // the place for the bytes takes no more
} cc_track_status;

/// Where the bytes of a track go.
typedef struct {
    void *_Nullable context;
    /// Returns how many of `count` bytes were taken; negative after a failure.
    int (*_Nonnull write)(void *_Nullable context, const uint8_t *_Nonnull bytes, int count);
    /// Goes to a byte. Returns 0, or a negative number.
    int (*_Nonnull seek)(void *_Nullable context, int64_t position);
    int64_t (*_Nonnull length)(void *_Nullable context);
} cc_track_sink;

typedef struct {
    const char *_Nonnull format;   // FFmpeg's name: wav, flac, ipod, mp4, matroska
    const char *_Nonnull encoder;  // pcm_s16le, flac, aac
    int sample_rate, channels;     // of the samples
    uint64_t speakers;             // that these are for, AV_CH_…; 0 for the usual ones
    int is_fragmented;             // MP4 in parts with a list of packets each, not one at the end
} cc_track_form;

typedef struct cc_track cc_track;

/// Begins a file. Needs a cc_film_load that returned CC_LIBRARY_READY.
/// @param sink copied; what it points to must live until cc_track_close.
/// @param film whose streams are copied unchanged into the same file, before the track; copied too.
/// @param encoding CC_STREAMS_ROOM bytes; where CC_TRACK_CANNOT_HOLD is returned, what it cannot hold.
cc_track_status cc_track_open(
    const cc_track_sink *_Nonnull sink, const cc_media_bytes *_Nullable film, cc_track_form form,
    cc_track *_Nullable *_Nonnull track, char *_Nonnull encoding);

/// Adds sound, and of the film what is shown up to its end.
/// @param samples interleaved, full scale -1 to 1; what is beyond is cut off.
cc_track_status cc_track_write(
    cc_track *_Nonnull track, const float *_Nonnull samples, size_t frames);

/// Adds the rest of the film and completes the file.
cc_track_status cc_track_finish(cc_track *_Nonnull track);

void cc_track_close(cc_track *_Nullable track);
