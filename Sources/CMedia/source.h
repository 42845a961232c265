// A container, opened from bytes that are lent: the one place where FFmpeg reads anything.

#pragma once

#include "cmedia.h"
#include "library.h"

// Films and animations that hold their pictures in themselves. What is not here is not opened:
// playlists (hls, dash, concat), numbered files (image2), scripts, devices. From `ffmpeg -demuxers`.
#define CC_FILMS                                                                                \
    "mov,matroska,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,ivf,obu,ogg,asf,flv,live_flv,kux,mxf," \
    "nut,rm,nsv,wtv,gxf,dv,gif,apng,mjpeg,yuv4mpegpipe"

typedef struct {
    cc_media_bytes bytes;
    AVIOContext *io;
    AVFormatContext *format;
} cc_source;

/// Opens what `source->bytes` gives; the source must stay where it is in memory.
/// @param formats the demuxers that may be tried, with commas between.
/// @param decoders the decoders that may be opened.
/// @param options of the demuxer; those that it took are gone afterwards.
cc_media_status cc_source_open(
    cc_source *source, const char *formats, const char *decoders, AVDictionary **options);

/// The time stamp, in seconds, that counts as the start.
double cc_source_origin(const cc_source *source);

/// Closes what is open; the struct may be closed again.
void cc_source_close(cc_source *source);
