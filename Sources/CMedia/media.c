#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "decoding.h"

// Formats that hold their sound in themselves. What is not here is not opened: playlists (hls, dash,
// concat), sequences of pictures, scripts, devices. From `ffmpeg -demuxers`.
#define CC_FORMATS                                                                          \
    "mov,matroska,mp3,aac,loas,ac3,eac3,dts,dtshd,truehd,mlp,flac,ogg,wav,w64,aiff,au,caf,"  \
    "asf,xwma,avi,flv,live_flv,kux,mpegts,mpeg,mxf,nut,rm,nsv,wtv,gxf,dv,amr,ape,wv,tta,tak,"  \
    "mpc,mpc8,shn,sox,dsf,iff,nistsphere,voc,qcp,oma,ircam"

struct cc_media {
    cc_decoding decoding;
    // The first piece was decoded when the recording was opened, and is still to be given out.
    int has_first;
    cc_media_piece first;
    cc_media_facts facts;
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
    const AVFrame *frame = media->decoding.frame;
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

    const cc_decoding *decoding = &media->decoding;
    const AVRational unit = decoding->source.format->streams[decoding->stream]->time_base;
    *piece = (cc_media_piece){
        .samples = media->samples, .frames = (size_t)frame->nb_samples, .channels = channels,
        .sample_rate = frame->sample_rate, .start_seconds = NAN,
    };
    if (frame->best_effort_timestamp != AV_NOPTS_VALUE)
        piece->start_seconds =
            (double)frame->best_effort_timestamp * unit.num / unit.den - decoding->origin_seconds;
    return 1;
}

static int decode(cc_media *media, cc_media_piece *piece) {
    while (cc_decoding_next(&media->decoding)) {
        if (take_frame(media, piece)) {
            cc_decoding_accept(&media->decoding);
            return 1;
        }
        cc_decoding_refuse(&media->decoding);
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
    const AVFormatContext *format = media->decoding.source.format;
    const AVStream *stream = format->streams[media->decoding.stream];
    const char *name = format->iformat->name;
    cc_media_facts *facts = &media->facts;
    facts->sample_rate = media->first.sample_rate;
    facts->channels = media->first.channels;
    const AVChannelLayout *layout = &media->decoding.frame->ch_layout;
    facts->speakers = layout->order == AV_CHANNEL_ORDER_NATIVE ? layout->u.mask : 0;
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
    AVFormatContext *format = media->decoding.source.format;
    const int stream = cc_ffmpeg.av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
    if (stream < 0) return why_no_sound(format);
    const cc_media_status status = cc_decoding_choose(&media->decoding, stream, encoding);
    if (status != CC_MEDIA_OPENED) return status;
    AVCodecContext *codec = media->decoding.codec;
    // FLAC gives noise for damage unless it is asked to compare its checksums.
    if (codec->codec_id == AV_CODEC_ID_FLAC)
        codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    return cc_decoding_open(&media->decoding);
}

static cc_media_status open_format(cc_media *media) {
    cc_decoding *decoding = &media->decoding;
    const cc_media_status status =
        cc_source_open(&decoding->source, CC_FORMATS, cc_ffmpeg.sound_decoders, NULL);
    if (status == CC_MEDIA_OPENED) decoding->origin_seconds = cc_source_origin(&decoding->source);
    return status;
}

cc_media_status cc_media_open(
    const cc_media_bytes *bytes, cc_media **result, const char **encoding) {
    cc_media *media = calloc(1, sizeof *media);
    if (media == NULL) return CC_MEDIA_NO_MEMORY;
    media->decoding.source.bytes = *bytes;
    cc_media_status status =
        cc_decoding_prepare(&media->decoding) ? open_format(media) : CC_MEDIA_NO_MEMORY;
    if (status == CC_MEDIA_OPENED) status = open_decoder(media, encoding);
    if (status == CC_MEDIA_OPENED) {
        media->has_first = decode(media, &media->first);
        const int is_damaged = media->decoding.failures_in_a_row > 0 || media->decoding.broke_off;
        if (!media->has_first) status = is_damaged ? CC_MEDIA_DAMAGED : CC_MEDIA_NO_SAMPLES;
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
    if (!cc_decoding_seek(&media->decoding, seconds)) return 0;
    media->has_first = 0;
    return 1;
}

size_t cc_media_failures(const cc_media *media) {
    return media->decoding.failures;
}

int cc_media_broke_off(const cc_media *media) {
    return media->decoding.broke_off;
}

void cc_media_close(cc_media *media) {
    if (media == NULL) return;
    cc_decoding_close(&media->decoding);
    free(media->samples);
    free(media);
}
