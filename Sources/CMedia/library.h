// The functions of FFmpeg that are called, found at run time.

#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#if LIBAVUTIL_VERSION_INT < AV_VERSION_INT(57, 28, 100)
#error "FFmpeg 5.1 or later is needed: it brought AVChannelLayout"
#endif

#define CC_EACH_UTIL_FUNCTION(DO)   \
    DO(avutil_version)              \
    DO(av_log_set_level)            \
    DO(av_malloc)                   \
    DO(av_strdup)                   \
    DO(av_freep)                    \
    DO(av_channel_layout_default)   \
    DO(av_channel_layout_from_mask) \
    DO(av_dict_copy)                \
    DO(av_dict_set)                 \
    DO(av_dict_free)                \
    DO(av_pix_fmt_desc_get)         \
    DO(av_frame_alloc)              \
    DO(av_frame_free)               \
    DO(av_frame_unref)              \
    DO(av_frame_get_buffer)         \
    DO(av_frame_make_writable)      \
    DO(av_frame_ref)                \
    DO(av_frame_get_side_data)

#define CC_EACH_CODEC_FUNCTION(DO)      \
    DO(avcodec_version)                 \
    DO(av_codec_iterate)                \
    DO(av_codec_is_decoder)             \
    DO(avcodec_find_decoder)            \
    DO(avcodec_get_name)                \
    DO(avcodec_alloc_context3)          \
    DO(avcodec_parameters_to_context)   \
    DO(avcodec_open2)                   \
    DO(avcodec_send_packet)             \
    DO(avcodec_receive_frame)           \
    DO(avcodec_flush_buffers)           \
    DO(avcodec_free_context)            \
    DO(av_packet_alloc)                 \
    DO(av_packet_unref)                 \
    DO(av_packet_free)                  \
    DO(av_packet_rescale_ts)            \
    DO(avcodec_find_encoder_by_name)    \
    DO(avcodec_parameters_copy)         \
    DO(avcodec_parameters_from_context) \
    DO(avcodec_receive_packet)          \
    DO(avcodec_send_frame)

#define CC_EACH_FORMAT_FUNCTION(DO)      \
    DO(avformat_version)                 \
    DO(avformat_alloc_context)           \
    DO(avformat_open_input)              \
    DO(avformat_find_stream_info)        \
    DO(avformat_close_input)             \
    DO(avformat_free_context)            \
    DO(avio_alloc_context)               \
    DO(avio_context_free)                \
    DO(av_find_best_stream)              \
    DO(avformat_index_get_entries_count) \
    DO(av_stream_get_side_data)          \
    DO(av_read_frame)                    \
    DO(av_seek_frame)                    \
    DO(av_stream_new_side_data)          \
    DO(avformat_alloc_output_context2)   \
    DO(avformat_new_stream)              \
    DO(avformat_query_codec)             \
    DO(avformat_write_header)            \
    DO(av_interleaved_write_frame)       \
    DO(av_write_trailer)

#define CC_EACH_SCALE_FUNCTION(DO) \
    DO(swscale_version)            \
    DO(sws_getCachedContext)       \
    DO(sws_freeContext)            \
    DO(sws_getCoefficients)        \
    DO(sws_setColorspaceDetails)   \
    DO(sws_scale)

#define CC_DECLARE(name) __typeof__(name) *name;
struct cc_ffmpeg {
    CC_EACH_UTIL_FUNCTION(CC_DECLARE)
    CC_EACH_CODEC_FUNCTION(CC_DECLARE)
    CC_EACH_FORMAT_FUNCTION(CC_DECLARE)
    CC_EACH_SCALE_FUNCTION(CC_DECLARE)
    // Names of all decoders of sound, with commas; no other is ever opened for a recording.
    char *sound_decoders;
    // The same of pictures, for a film.
    char *picture_decoders;
};
#undef CC_DECLARE

/// Filled by a cc_media_load that returned CC_LIBRARY_READY; what scales, by cc_film_load.
extern struct cc_ffmpeg cc_ffmpeg;
