#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmedia.h"
#include "library.h"
#include "source.h"

// Formats that hold their sound in themselves. What is not here is not opened: playlists (hls, dash,
// concat), sequences of pictures, scripts, devices. From `ffmpeg -demuxers`.
#define CC_FORMATS                                                                          \
    "mov,matroska,mp3,aac,loas,ac3,eac3,dts,dtshd,truehd,mlp,flac,ogg,wav,w64,aiff,au,caf,"  \
    "asf,xwma,avi,flv,live_flv,kux,mpegts,mpeg,mxf,nut,rm,nsv,wtv,gxf,dv,amr,ape,wv,tta,tak,"  \
    "mpc,mpc8,shn,sox,dsf,iff,nistsphere,voc,qcp,oma,ircam"

struct cc_media {
    cc_source source;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    int stream;
    // The first piece was decoded when the recording was opened, and is still to be given out.
    int has_first;
    cc_media_piece first;
    cc_media_facts facts;
    double origin_seconds;
    int is_draining, is_over, broke_off;
    size_t pieces, failures, failures_in_a_row;
    float *samples;
    size_t room;
};

static float sample_at(const AVFrame *frame, size_t i, size_t channel, size_t channels) {
    const int format = frame->format;
    const int is_planar = format >= AV_SAMPLE_FMT_U8P && format != AV_SAMPLE_FMT_S64;
    const uint8_t *plane = frame->extended_data[is_planar ? channel : 0];
    const size_t place = is_planar ? i : i * channels + channel;
    switch (format) {
    case AV_SAMPLE_FMT_U8: case AV_SAMPLE_FMT_U8P: return (float)(plane[place] - 128) / 128;
    case AV_SAMPLE_FMT_S16: case AV_SAMPLE_FMT_S16P:
        return (float)((const int16_t *)plane)[place] * 0x1p-15f;
    case AV_SAMPLE_FMT_S32: case AV_SAMPLE_FMT_S32P:
        return (float)((const int32_t *)plane)[place] * 0x1p-31f;
    case AV_SAMPLE_FMT_S64: case AV_SAMPLE_FMT_S64P:
        return (float)((const int64_t *)plane)[place] * 0x1p-63f;
    case AV_SAMPLE_FMT_FLT: case AV_SAMPLE_FMT_FLTP: return ((const float *)plane)[place];
    case AV_SAMPLE_FMT_DBL: case AV_SAMPLE_FMT_DBLP: return (float)((const double *)plane)[place];
    default: return NAN;
    }
}

// Interleaved floats of the decoded frame. Returns 0 where it is not one that sound can have.
static int take_frame(cc_media *media, cc_media_piece *piece) {
    const AVFrame *frame = media->frame;
    const int channels = frame->ch_layout.nb_channels;
    if (channels < 1 || channels > CC_MOST_CHANNELS || frame->sample_rate < 1
        || frame->sample_rate > CC_HIGHEST_RATE || frame->nb_samples < 1)
        return 0;
    const size_t count = (size_t)frame->nb_samples * (size_t)channels;
    if (count > media->room) {
        float *larger = realloc(media->samples, count * sizeof *larger);
        if (larger == NULL) return 0;
        media->samples = larger;
        media->room = count;
    }
    for (size_t c = 0; c < (size_t)channels; c++)
        for (size_t i = 0; i < (size_t)frame->nb_samples; i++)
            media->samples[i * (size_t)channels + c] = sample_at(frame, i, c, (size_t)channels);

    const AVRational unit = media->source.format->streams[media->stream]->time_base;
    *piece = (cc_media_piece){
        .samples = media->samples, .frames = (size_t)frame->nb_samples, .channels = channels,
        .sample_rate = frame->sample_rate, .start_seconds = NAN,
    };
    if (frame->best_effort_timestamp != AV_NOPTS_VALUE)
        piece->start_seconds =
            (double)frame->best_effort_timestamp * unit.num / unit.den - media->origin_seconds;
    return 1;
}

static void note_failure(cc_media *media) {
    // A stream that was cut out of another starts with packets that lean on what is gone.
    if (media->pieces > 0) media->failures++;
    media->failures_in_a_row++;
}

// Gives the decoder one packet, or tells it that there are no more.
static void feed(cc_media *media) {
    const int code = cc_ffmpeg.av_read_frame(media->source.format, media->packet);
    if (code < 0) {
        if (code != AVERROR_EOF) media->broke_off = 1;
        media->is_draining = 1;
        cc_ffmpeg.avcodec_send_packet(media->codec, NULL);
        return;
    }
    if (media->packet->stream_index == media->stream) {
        const int sent = cc_ffmpeg.avcodec_send_packet(media->codec, media->packet);
        if (sent < 0 && sent != AVERROR(EAGAIN)) note_failure(media);
    }
    cc_ffmpeg.av_packet_unref(media->packet);
}

static int decode(cc_media *media, cc_media_piece *piece) {
    while (!media->is_over) {
        const int code = cc_ffmpeg.avcodec_receive_frame(media->codec, media->frame);
        if (code == 0) {
            if (take_frame(media, piece)) {
                media->pieces++;
                media->failures_in_a_row = 0;
                return 1;
            }
            note_failure(media);
        } else if (code == AVERROR(EAGAIN) && !media->is_draining) {
            feed(media);
        } else if (code == AVERROR_EOF || code == AVERROR(EAGAIN)) {
            media->is_over = 1;
        } else {
            note_failure(media);
            // A decoder that has nothing more to read and goes on failing would do so for ever.
            if (media->is_draining && media->failures_in_a_row > 100) media->is_over = 1;
        }
    }
    return 0;
}

static int has_any(const char *names, const char *list) {
    // The first of "mov,mp4,m4a,…" tells enough.
    const size_t length = strcspn(names, ",");
    for (const char *name = list; *name != 0;) {
        const size_t count = strcspn(name, ",");
        if (count == length && memcmp(name, names, length) == 0) return 1;
        name += count;
        name += *name == ',';
    }
    return 0;
}

static void find_facts(cc_media *media) {
    const AVFormatContext *format = media->source.format;
    const AVStream *stream = format->streams[media->stream];
    const char *name = format->iformat->name;
    cc_media_facts *facts = &media->facts;
    facts->sample_rate = media->first.sample_rate;
    facts->channels = media->first.channels;
    facts->duration_seconds =
        format->duration > 0 ? (double)format->duration / AV_TIME_BASE : -1;
    facts->duration_is_a_count =
        format->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE
        && has_any(name, "mp3,flac,wav,w64,aiff,au,caf,ape,wv,tta,nistsphere");
    // Only here every time stamp is a number of samples.
    facts->can_seek_exactly = has_any(name, "mov") && stream->time_base.num == 1
        && stream->time_base.den == media->first.sample_rate;
}

static cc_media_status why_no_sound(const AVFormatContext *format) {
    if (format->nb_streams == 0) return CC_MEDIA_NO_SAMPLES;
    for (unsigned i = 0; i < format->nb_streams; i++)
        if (format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO) return CC_MEDIA_DAMAGED;
    return CC_MEDIA_NO_SOUND;
}

static cc_media_status open_decoder(cc_media *media, const char **encoding) {
    AVFormatContext *format = media->source.format;
    media->stream = cc_ffmpeg.av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
    if (media->stream < 0) return why_no_sound(format);
    for (unsigned i = 0; i < format->nb_streams; i++)
        format->streams[i]->discard = (int)i == media->stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    const AVStream *stream = format->streams[media->stream];
    const AVCodec *decoder = cc_ffmpeg.avcodec_find_decoder(stream->codecpar->codec_id);
    if (decoder == NULL) {
        *encoding = cc_ffmpeg.avcodec_get_name(stream->codecpar->codec_id);
        return CC_MEDIA_NO_DECODER;
    }
    media->codec = cc_ffmpeg.avcodec_alloc_context3(decoder);
    if (media->codec == NULL) return CC_MEDIA_NO_MEMORY;
    if (cc_ffmpeg.avcodec_parameters_to_context(media->codec, stream->codecpar) < 0)
        return CC_MEDIA_DAMAGED;
    // Needed so that what an encoder put before the sound is cut off, and times stay true.
    media->codec->pkt_timebase = stream->time_base;
    // FLAC gives noise for damage unless it is asked to compare its checksums.
    if (decoder->id == AV_CODEC_ID_FLAC)
        media->codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    return cc_ffmpeg.avcodec_open2(media->codec, decoder, NULL) < 0 ? CC_MEDIA_DAMAGED
                                                                   : CC_MEDIA_OPENED;
}

static cc_media_status open_format(cc_media *media) {
    const cc_media_status status =
        cc_source_open(&media->source, CC_FORMATS, cc_ffmpeg.sound_decoders, NULL);
    if (status == CC_MEDIA_OPENED) media->origin_seconds = cc_source_origin(&media->source);
    return status;
}

cc_media_status cc_media_open(
    const cc_media_bytes *bytes, cc_media **result, const char **encoding) {
    cc_media *media = calloc(1, sizeof *media);
    if (media == NULL) return CC_MEDIA_NO_MEMORY;
    media->source.bytes = *bytes;
    media->packet = cc_ffmpeg.av_packet_alloc();
    media->frame = cc_ffmpeg.av_frame_alloc();
    cc_media_status status = media->packet != NULL && media->frame != NULL
        ? open_format(media) : CC_MEDIA_NO_MEMORY;
    if (status == CC_MEDIA_OPENED) status = open_decoder(media, encoding);
    if (status == CC_MEDIA_OPENED) {
        media->has_first = decode(media, &media->first);
        if (!media->has_first)
            status = media->failures_in_a_row > 0 || media->broke_off ? CC_MEDIA_DAMAGED
                                                                      : CC_MEDIA_NO_SAMPLES;
    }
    if (status != CC_MEDIA_OPENED) {
        cc_media_close(media);
        return status;
    }
    find_facts(media);
    *result = media;
    return status;
}

cc_media_facts cc_media_describe(const cc_media *media) {
    return media->facts;
}

int cc_media_next(cc_media *media, cc_media_piece *piece) {
    if (!media->has_first) return decode(media, piece);
    *piece = media->first;
    media->has_first = 0;
    return 1;
}

int cc_media_seek(cc_media *media, double seconds) {
    const AVRational unit = media->source.format->streams[media->stream]->time_base;
    const double place = (seconds + media->origin_seconds) * unit.den / unit.num;
    if (!(fabs(place) < 0x1p62)) return 0;
    const int code = cc_ffmpeg.av_seek_frame(
        media->source.format, media->stream, (int64_t)place, AVSEEK_FLAG_BACKWARD);
    if (code < 0) return 0;
    cc_ffmpeg.avcodec_flush_buffers(media->codec);
    media->has_first = media->is_draining = media->is_over = 0;
    return 1;
}

size_t cc_media_failures(const cc_media *media) {
    return media->failures;
}

int cc_media_broke_off(const cc_media *media) {
    return media->broke_off;
}

void cc_media_close(cc_media *media) {
    if (media == NULL) return;
    cc_ffmpeg.avcodec_free_context(&media->codec);
    cc_source_close(&media->source);
    cc_ffmpeg.av_packet_free(&media->packet);
    cc_ffmpeg.av_frame_free(&media->frame);
    free(media->samples);
    free(media);
}
