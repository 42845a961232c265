// The functions of FFmpeg that are called, found at run time.

#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>

#if LIBAVUTIL_VERSION_INT < AV_VERSION_INT(57, 28, 100)
#error "FFmpeg 5.1 or later is needed: it brought AVChannelLayout"
#endif

#define CC_EACH_UTIL_FUNCTION(DO) \
    DO(avutil_version)            \
    DO(av_log_set_level)          \
    DO(av_malloc)                 \
    DO(av_strdup)                 \
    DO(av_freep)                  \
    DO(av_frame_alloc)            \
    DO(av_frame_free)

#define CC_EACH_CODEC_FUNCTION(DO)    \
    DO(avcodec_version)               \
    DO(av_codec_iterate)              \
    DO(av_codec_is_decoder)           \
    DO(avcodec_find_decoder)          \
    DO(avcodec_get_name)              \
    DO(avcodec_alloc_context3)        \
    DO(avcodec_parameters_to_context) \
    DO(avcodec_open2)                 \
    DO(avcodec_send_packet)           \
    DO(avcodec_receive_frame)         \
    DO(avcodec_flush_buffers)         \
    DO(avcodec_free_context)          \
    DO(av_packet_alloc)               \
    DO(av_packet_unref)               \
    DO(av_packet_free)

#define CC_EACH_FORMAT_FUNCTION(DO) \
    DO(avformat_version)            \
    DO(avformat_alloc_context)      \
    DO(avformat_open_input)         \
    DO(avformat_find_stream_info)   \
    DO(avformat_close_input)        \
    DO(avformat_free_context)       \
    DO(avio_alloc_context)          \
    DO(avio_context_free)           \
    DO(av_find_best_stream)         \
    DO(av_read_frame)               \
    DO(av_seek_frame)

#define CC_DECLARE(name) __typeof__(name) *name;
struct cc_ffmpeg {
    CC_EACH_UTIL_FUNCTION(CC_DECLARE)
    CC_EACH_CODEC_FUNCTION(CC_DECLARE)
    CC_EACH_FORMAT_FUNCTION(CC_DECLARE)
    // Names of all decoders of sound, with commas; no other is ever opened.
    char *sound_decoders;
};
#undef CC_DECLARE

/// Filled by a cc_media_load that returned CC_LIBRARY_READY.
extern struct cc_ffmpeg cc_ffmpeg;
