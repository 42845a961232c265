#include "ctrack.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"

#define CC_WRITE_SIZE 65536
#define CC_NOT_COPIED -1

struct cc_track {
    cc_track_sink sink;
    AVIOContext *io;
    AVFormatContext *out;
    AVCodecContext *encoder;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int64_t samples_written;
    int filled;  // samples in the frame
    // Of the film that is copied.
    cc_source source;
    int *places;  // where each of its streams goes, or CC_NOT_COPIED
    AVPacket *waiting;
    int has_waiting, is_over;
};

static int write_bytes(void *opaque, uint8_t *bytes, int count) {
    const cc_track *track = opaque;
    const int taken = track->sink.write(track->sink.context, bytes, count);
    return taken == count ? count : AVERROR(EIO);
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
    const cc_track *track = opaque;
    if (whence & AVSEEK_SIZE) return track->sink.length(track->sink.context);
    if ((whence & ~AVSEEK_FORCE) != SEEK_SET || offset < 0) return AVERROR(EINVAL);
    return track->sink.seek(track->sink.context, offset) == 0 ? offset : AVERROR(EIO);
}

static cc_track_status open_sink(cc_track *track) {
    uint8_t *buffer = cc_ffmpeg.av_malloc(CC_WRITE_SIZE);
    if (buffer == NULL) return CC_TRACK_NO_MEMORY;
    track->io = cc_ffmpeg.avio_alloc_context(
        buffer, CC_WRITE_SIZE, 1, track, NULL, write_bytes, seek_bytes);
    if (track->io == NULL) {
        cc_ffmpeg.av_freep(&buffer);
        return CC_TRACK_NO_MEMORY;
    }
    track->io->seekable = AVIO_SEEKABLE_NORMAL;
    track->out->pb = track->io;
    track->out->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    return CC_TRACK_READY;
}

static int is_kept(const AVStream *stream) {
    const enum AVMediaType type = stream->codecpar->codec_type;
    return type == AVMEDIA_TYPE_VIDEO || type == AVMEDIA_TYPE_AUDIO
        || type == AVMEDIA_TYPE_SUBTITLE;
}

static int copy_stream(cc_track *track, const AVStream *from) {
    AVStream *to = cc_ffmpeg.avformat_new_stream(track->out, NULL);
    if (to == NULL || cc_ffmpeg.avcodec_parameters_copy(to->codecpar, from->codecpar) < 0) return 0;
    to->codecpar->codec_tag = 0;
    to->time_base = from->time_base;
    to->disposition = from->disposition;
    to->sample_aspect_ratio = from->sample_aspect_ratio;
    to->avg_frame_rate = from->avg_frame_rate;
    cc_ffmpeg.av_dict_copy(&to->metadata, from->metadata, 0);
    size_t size = 0;
    const uint8_t *turn =
        cc_ffmpeg.av_stream_get_side_data(from, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (turn == NULL) return 1;
    uint8_t *copy = cc_ffmpeg.av_stream_new_side_data(to, AV_PKT_DATA_DISPLAYMATRIX, size);
    if (copy != NULL) memcpy(copy, turn, size);
    return copy != NULL;
}

static cc_track_status open_film(cc_track *track, const cc_media_bytes *film, char *encoding) {
    track->source.bytes = *film;
    if (cc_source_open(&track->source, CC_FILMS, cc_ffmpeg.picture_decoders, NULL)
        != CC_MEDIA_OPENED)
        return CC_TRACK_NO_FILM;
    const AVFormatContext *in = track->source.format;
    track->places = calloc(in->nb_streams, sizeof *track->places);
    track->waiting = cc_ffmpeg.av_packet_alloc();
    if (track->places == NULL || track->waiting == NULL) return CC_TRACK_NO_MEMORY;
    for (unsigned i = 0; i < in->nb_streams; i++) {
        const AVCodecParameters *found = in->streams[i]->codecpar;
        track->places[i] = CC_NOT_COPIED;
        if (!is_kept(in->streams[i])) continue;
        const int fits = cc_ffmpeg.avformat_query_codec(
            track->out->oformat, found->codec_id, FF_COMPLIANCE_NORMAL);
        if (fits != 1) {
            // Subtitles that do not fit stay behind; a film without its pictures is none.
            if (found->codec_type == AVMEDIA_TYPE_SUBTITLE) continue;
            snprintf(
                encoding, CC_STREAMS_ROOM, "%s", cc_ffmpeg.avcodec_get_name(found->codec_id));
            return CC_TRACK_CANNOT_HOLD;
        }
        track->places[i] = (int)track->out->nb_streams;
        if (!copy_stream(track, in->streams[i])) return CC_TRACK_NO_MEMORY;
    }
    return CC_TRACK_READY;
}

static void set_speakers(AVChannelLayout *layout, cc_track_form form) {
    if (form.speakers != 0 && __builtin_popcountll(form.speakers) == form.channels
        && cc_ffmpeg.av_channel_layout_from_mask(layout, form.speakers) == 0)
        return;
    cc_ffmpeg.av_channel_layout_default(layout, form.channels);
}

static cc_track_status open_encoder(cc_track *track, cc_track_form form) {
    const AVCodec *codec = cc_ffmpeg.avcodec_find_encoder_by_name(form.encoder);
    if (codec == NULL) return CC_TRACK_NO_ENCODER;
    track->encoder = cc_ffmpeg.avcodec_alloc_context3(codec);
    track->stream = cc_ffmpeg.avformat_new_stream(track->out, NULL);
    if (track->encoder == NULL || track->stream == NULL) return CC_TRACK_NO_MEMORY;
    AVCodecContext *encoder = track->encoder;
    encoder->sample_rate = form.sample_rate;
    encoder->sample_fmt =
        codec->id == AV_CODEC_ID_AAC ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
    encoder->time_base = (AVRational){1, form.sample_rate};
    encoder->bit_rate = codec->id == AV_CODEC_ID_AAC ? 80000 * form.channels : 0;
    encoder->flags |= AV_CODEC_FLAG_BITEXACT;
    if (track->out->oformat->flags & AVFMT_GLOBALHEADER)
        encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    set_speakers(&encoder->ch_layout, form);
    if (cc_ffmpeg.avcodec_open2(encoder, codec, NULL) < 0)
        return form.channels > 2 ? CC_TRACK_NO_SPEAKERS : CC_TRACK_NO_ENCODER;
    if (cc_ffmpeg.avcodec_parameters_from_context(track->stream->codecpar, encoder) < 0)
        return CC_TRACK_NO_MEMORY;
    track->stream->time_base = encoder->time_base;
    track->stream->disposition = AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_DESCRIPTIONS;
    cc_ffmpeg.av_dict_set(&track->stream->metadata, "language", "eng", 0);
    cc_ffmpeg.av_dict_set(&track->stream->metadata, "title", "Audio description", 0);
    cc_ffmpeg.av_dict_set(&track->stream->metadata, "handler_name", "Audio description", 0);
    AVFrame *frame = track->frame;
    frame->format = encoder->sample_fmt;
    frame->nb_samples = encoder->frame_size > 0 ? encoder->frame_size : 4096;
    frame->sample_rate = form.sample_rate;
    set_speakers(&frame->ch_layout, form);
    return cc_ffmpeg.av_frame_get_buffer(frame, 0) < 0 ? CC_TRACK_NO_MEMORY : CC_TRACK_READY;
}

// Some encodings are described by their packets, which are not there yet when a file begins.
static int needs_packets(const AVFormatContext *out) {
    for (unsigned i = 0; i < out->nb_streams; i++) {
        const enum AVCodecID id = out->streams[i]->codecpar->codec_id;
        if (id == AV_CODEC_ID_AC3 || id == AV_CODEC_ID_EAC3) return 1;
    }
    return 0;
}

static cc_track_status begin_file(cc_track *track, cc_track_form form) {
    AVDictionary *options = NULL;
    if (form.is_fragmented) {
        // A head that waits for packets waits for all streams, with all of the film in memory where
        // one begins late.
        const char *flags = needs_packets(track->out)
            ? "frag_keyframe+default_base_moof+delay_moov" : "frag_keyframe+default_base_moof+empty_moov";
        cc_ffmpeg.av_dict_set(&options, "movflags", flags, 0);
        // A part is in memory until it is whole: 2 to 10 seconds, or 8 MiB.
        cc_ffmpeg.av_dict_set(&options, "min_frag_duration", "2000000", 0);
        cc_ffmpeg.av_dict_set(&options, "frag_duration", "10000000", 0);
        cc_ffmpeg.av_dict_set(&options, "frag_size", "8388608", 0);
    }
    const int code = cc_ffmpeg.avformat_write_header(track->out, &options);
    cc_ffmpeg.av_dict_free(&options);
    return code < 0 ? CC_TRACK_NOT_WRITTEN : CC_TRACK_READY;
}

cc_track_status cc_track_open(
    const cc_track_sink *sink, const cc_media_bytes *film, cc_track_form form, cc_track **result,
    char *encoding) {
    encoding[0] = 0;
    cc_track *track = calloc(1, sizeof *track);
    if (track == NULL) return CC_TRACK_NO_MEMORY;
    track->sink = *sink;
    track->frame = cc_ffmpeg.av_frame_alloc();
    track->packet = cc_ffmpeg.av_packet_alloc();
    cc_ffmpeg.avformat_alloc_output_context2(&track->out, NULL, form.format, NULL);
    cc_track_status status = CC_TRACK_READY;
    if (track->frame == NULL || track->packet == NULL) status = CC_TRACK_NO_MEMORY;
    if (track->out == NULL) status = CC_TRACK_NO_ENCODER;
    if (status == CC_TRACK_READY) status = open_sink(track);
    if (status == CC_TRACK_READY && film != NULL) status = open_film(track, film, encoding);
    if (status == CC_TRACK_READY) status = open_encoder(track, form);
    if (status == CC_TRACK_READY) status = begin_file(track, form);
    if (status != CC_TRACK_READY) {
        cc_track_close(track);
        return status;
    }
    *result = track;
    return status;
}

// Copies what the film shows up to a time; all of the rest for INFINITY.
static cc_track_status copy_film(cc_track *track, double seconds) {
    while (track->places != NULL && !track->is_over) {
        if (!track->has_waiting) {
            if (cc_ffmpeg.av_read_frame(track->source.format, track->waiting) < 0) {
                track->is_over = 1;
                break;
            }
            track->has_waiting = 1;
        }
        AVPacket *packet = track->waiting;
        const AVStream *from = track->source.format->streams[packet->stream_index];
        const int place = track->places[packet->stream_index];
        const double start = cc_source_origin(&track->source);
        const AVRational unit = from->time_base;
        const int64_t stamp = packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts;
        if (stamp != AV_NOPTS_VALUE && (double)stamp * unit.num / unit.den - start > seconds)
            return CC_TRACK_READY;
        track->has_waiting = 0;
        if (place == CC_NOT_COPIED) {
            cc_ffmpeg.av_packet_unref(packet);
            continue;
        }
        const int64_t shift = llround(start * unit.den / unit.num);
        if (packet->pts != AV_NOPTS_VALUE) packet->pts -= shift;
        if (packet->dts != AV_NOPTS_VALUE) packet->dts -= shift;
        packet->stream_index = place;
        packet->pos = -1;
        cc_ffmpeg.av_packet_rescale_ts(packet, unit, track->out->streams[place]->time_base);
        if (cc_ffmpeg.av_interleaved_write_frame(track->out, packet) < 0)
            return CC_TRACK_NOT_WRITTEN;
    }
    return CC_TRACK_READY;
}

static cc_track_status take_packets(cc_track *track) {
    while (cc_ffmpeg.avcodec_receive_packet(track->encoder, track->packet) == 0) {
        track->packet->stream_index = track->stream->index;
        cc_ffmpeg.av_packet_rescale_ts(
            track->packet, track->encoder->time_base, track->stream->time_base);
        if (cc_ffmpeg.av_interleaved_write_frame(track->out, track->packet) < 0)
            return CC_TRACK_NOT_WRITTEN;
    }
    return CC_TRACK_READY;
}

static cc_track_status send_frame(cc_track *track) {
    AVFrame *frame = track->frame;
    const int capacity = frame->nb_samples;
    frame->nb_samples = track->filled;
    frame->pts = track->samples_written;
    track->samples_written += track->filled;
    track->filled = 0;
    const int code = cc_ffmpeg.avcodec_send_frame(track->encoder, frame);
    frame->nb_samples = capacity;
    if (code < 0) return CC_TRACK_NO_MEMORY;
    const cc_track_status status =
        copy_film(track, (double)track->samples_written / track->encoder->sample_rate);
    return status == CC_TRACK_READY ? take_packets(track) : status;
}

static void place_sample(cc_track *track, int i, int channel, int channels, float sample) {
    const float inside = fmaxf(-1, fminf(1, sample));
    if (track->encoder->sample_fmt == AV_SAMPLE_FMT_FLTP)
        ((float *)track->frame->extended_data[channel])[i] = inside;
    else
        ((int16_t *)track->frame->data[0])[i * channels + channel] =
            (int16_t)lrintf(inside * 32767);
}

cc_track_status cc_track_write(cc_track *track, const float *samples, size_t frames) {
    const int channels = track->encoder->ch_layout.nb_channels;
    for (size_t at = 0; at < frames; at++) {
        if (track->filled == 0 && cc_ffmpeg.av_frame_make_writable(track->frame) < 0)
            return CC_TRACK_NO_MEMORY;
        for (int c = 0; c < channels; c++)
            place_sample(
                track, track->filled, c, channels, samples[at * (size_t)channels + (size_t)c]);
        if (++track->filled < track->frame->nb_samples) continue;
        const cc_track_status status = send_frame(track);
        if (status != CC_TRACK_READY) return status;
    }
    return CC_TRACK_READY;
}

cc_track_status cc_track_finish(cc_track *track) {
    cc_track_status status = track->filled > 0 ? send_frame(track) : CC_TRACK_READY;
    if (status == CC_TRACK_READY) status = copy_film(track, INFINITY);
    if (status != CC_TRACK_READY) return status;
    cc_ffmpeg.avcodec_send_frame(track->encoder, NULL);
    status = take_packets(track);
    if (status != CC_TRACK_READY) return status;
    return cc_ffmpeg.av_write_trailer(track->out) < 0 ? CC_TRACK_NOT_WRITTEN : CC_TRACK_READY;
}

void cc_track_close(cc_track *track) {
    if (track == NULL) return;
    cc_ffmpeg.avcodec_free_context(&track->encoder);
    if (track->out != NULL) cc_ffmpeg.avformat_free_context(track->out);
    if (track->io != NULL) {
        cc_ffmpeg.av_freep(&track->io->buffer);
        cc_ffmpeg.avio_context_free(&track->io);
    }
    cc_ffmpeg.av_frame_free(&track->frame);
    cc_ffmpeg.av_packet_free(&track->packet);
    cc_ffmpeg.av_packet_free(&track->waiting);
    cc_source_close(&track->source);
    free(track->places);
    free(track);
}
