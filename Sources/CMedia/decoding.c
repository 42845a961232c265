#include "decoding.h"

#include <errno.h>
#include <math.h>

int cc_decoding_prepare(cc_decoding *decoding) {
    decoding->packet = cc_ffmpeg.av_packet_alloc();
    decoding->frame = cc_ffmpeg.av_frame_alloc();
    return decoding->packet != NULL && decoding->frame != NULL;
}

cc_media_status cc_decoding_choose(cc_decoding *decoding, int stream, const char **encoding) {
    AVFormatContext *format = decoding->source.format;
    decoding->stream = stream;
    for (unsigned i = 0; i < format->nb_streams; i++)
        format->streams[i]->discard = (int)i != stream ? AVDISCARD_ALL
            : decoding->keyframes_only                 ? AVDISCARD_NONKEY
                                                       : AVDISCARD_DEFAULT;
    const AVStream *chosen = format->streams[stream];
    const AVCodec *decoder = cc_ffmpeg.avcodec_find_decoder(chosen->codecpar->codec_id);
    if (decoder == NULL) {
        *encoding = cc_ffmpeg.avcodec_get_name(chosen->codecpar->codec_id);
        return CC_MEDIA_NO_DECODER;
    }
    decoding->codec = cc_ffmpeg.avcodec_alloc_context3(decoder);
    if (decoding->codec == NULL) return CC_MEDIA_NO_MEMORY;
    if (cc_ffmpeg.avcodec_parameters_to_context(decoding->codec, chosen->codecpar) < 0)
        return CC_MEDIA_DAMAGED;
    // Needed so that what an encoder put before the sound is cut off, and times stay true.
    decoding->codec->pkt_timebase = chosen->time_base;
    return CC_MEDIA_OPENED;
}

cc_media_status cc_decoding_open(cc_decoding *decoding) {
    return cc_ffmpeg.avcodec_open2(decoding->codec, decoding->codec->codec, NULL) < 0
        ? CC_MEDIA_DAMAGED : CC_MEDIA_OPENED;
}

void cc_decoding_accept(cc_decoding *decoding) {
    decoding->frames++;
    decoding->failures_in_a_row = 0;
}

void cc_decoding_refuse(cc_decoding *decoding) {
    // A stream that was cut out of another starts with packets that lean on what is gone.
    if (decoding->frames > 0) decoding->failures++;
    decoding->failures_in_a_row++;
}

// Gives the decoder one packet, or tells it that there are no more.
static void feed(cc_decoding *decoding) {
    const int code = cc_ffmpeg.av_read_frame(decoding->source.format, decoding->packet);
    if (code < 0) {
        if (code != AVERROR_EOF) decoding->broke_off = 1;
        decoding->is_draining = 1;
        cc_ffmpeg.avcodec_send_packet(decoding->codec, NULL);
        return;
    }
    const int is_wanted = decoding->packet->stream_index == decoding->stream
        && (!decoding->keyframes_only || decoding->packet->flags & AV_PKT_FLAG_KEY);
    if (is_wanted) {
        const int sent = cc_ffmpeg.avcodec_send_packet(decoding->codec, decoding->packet);
        if (sent < 0 && sent != AVERROR(EAGAIN)) cc_decoding_refuse(decoding);
    }
    cc_ffmpeg.av_packet_unref(decoding->packet);
}

int cc_decoding_next(cc_decoding *decoding) {
    while (!decoding->is_over) {
        const int code = cc_ffmpeg.avcodec_receive_frame(decoding->codec, decoding->frame);
        if (code == 0) return 1;
        if (code == AVERROR(EAGAIN) && !decoding->is_draining) {
            feed(decoding);
        } else if (code == AVERROR_EOF || code == AVERROR(EAGAIN)) {
            decoding->is_over = 1;
        } else {
            cc_decoding_refuse(decoding);
            // A decoder that has nothing more to read and goes on failing would do so for ever.
            if (decoding->is_draining && decoding->failures_in_a_row > 100) decoding->is_over = 1;
        }
    }
    return 0;
}

int cc_decoding_seek(cc_decoding *decoding, double seconds) {
    const AVRational unit = decoding->source.format->streams[decoding->stream]->time_base;
    const double place = (seconds + decoding->origin_seconds) * unit.den / unit.num;
    if (!(fabs(place) < 0x1p62)) return 0;
    const int code = cc_ffmpeg.av_seek_frame(
        decoding->source.format, decoding->stream, (int64_t)place, AVSEEK_FLAG_BACKWARD);
    if (code < 0) return 0;
    cc_ffmpeg.avcodec_flush_buffers(decoding->codec);
    decoding->is_draining = decoding->is_over = 0;
    return 1;
}

void cc_decoding_close(cc_decoding *decoding) {
    cc_ffmpeg.avcodec_free_context(&decoding->codec);
    cc_source_close(&decoding->source);
    cc_ffmpeg.av_packet_free(&decoding->packet);
    cc_ffmpeg.av_frame_free(&decoding->frame);
}
