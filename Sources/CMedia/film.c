#include "film.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Known, so that it can be said that they hold only sound.
#define CC_SOUNDS "mp3,aac,flac,wav,w64,aiff,au,caf,amr"
// Streams of pictures one behind the other.
#define CC_PICTURES "jpeg_pipe,png_pipe,ppm_pipe,pgm_pipe,pbm_pipe,pam_pipe,bmp_pipe,qoi_pipe"

int cc_film_reserve(cc_film *film, size_t count) {
    if (count <= film->room) return 1;
    uint8_t *larger = realloc(film->scratch, count);
    if (larger == NULL) return 0;
    film->scratch = larger;
    film->room = count;
    return 1;
}

static const char *kind(enum AVMediaType type) {
    switch (type) {
    case AVMEDIA_TYPE_AUDIO: return "sound";
    case AVMEDIA_TYPE_SUBTITLE: return "subtitles";
    case AVMEDIA_TYPE_VIDEO: return "a cover picture";
    default: return "data";
    }
}

static void list_streams(const AVFormatContext *format, char *streams) {
    size_t length = 0;
    for (unsigned i = 0; i < format->nb_streams && i < 8; i++) {
        const AVCodecParameters *found = format->streams[i]->codecpar;
        const int count = snprintf(
            streams + length, CC_STREAMS_ROOM - length, "%s%s (%s)",
            i == 0 ? "" : ", ", kind(found->codec_type), cc_ffmpeg.avcodec_get_name(found->codec_id));
        if (count < 0 || (size_t)count >= CC_STREAMS_ROOM - length) return;
        length += (size_t)count;
    }
}

static cc_media_status open_decoder(
    cc_film *film, cc_film_options options, char *streams) {
    AVFormatContext *format = film->decoding.source.format;
    const int stream = cc_ffmpeg.av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    const int is_cover =
        stream >= 0 && format->streams[stream]->disposition & AV_DISPOSITION_ATTACHED_PIC;
    if (stream < 0 || is_cover) {
        list_streams(format, streams);
        return format->nb_streams == 0 ? CC_MEDIA_DAMAGED : CC_MEDIA_NO_PICTURES;
    }
    const char *encoding = "";
    const cc_media_status status = cc_decoding_choose(&film->decoding, stream, &encoding);
    if (status == CC_MEDIA_NO_DECODER) snprintf(streams, CC_STREAMS_ROOM, "%s", encoding);
    if (status != CC_MEDIA_OPENED) return status;
    AVCodecContext *codec = film->decoding.codec;
    codec->max_pixels = CC_MOST_FILM_PIXELS;
    // Pictures of a live stream must not wait for those after them.
    codec->thread_count = film->is_picture_stream ? 1 : options.threads;
    if (options.keyframes_only) codec->skip_frame = AVDISCARD_NONKEY;
    return cc_decoding_open(&film->decoding);
}

static cc_media_status open_format(cc_film *film, cc_film_options options) {
    char rate[40];
    snprintf(rate, sizeof rate, "%.6f", options.pictures_per_second);
    AVDictionary *dictionary = NULL;
    cc_ffmpeg.av_dict_set(&dictionary, "framerate", rate, 0);
    const cc_media_status status = cc_source_open(
        &film->decoding.source, CC_FILMS "," CC_SOUNDS "," CC_PICTURES, cc_ffmpeg.picture_decoders,
        &dictionary);
    cc_ffmpeg.av_dict_free(&dictionary);
    if (status != CC_MEDIA_OPENED) return status;
    const char *name = film->decoding.source.format->iformat->name;
    film->is_picture_stream = strstr(name, "_pipe") != NULL;
    film->decoding.origin_seconds = cc_source_origin(&film->decoding.source);
    return status;
}

static void find_rate(cc_film *film) {
    const AVStream *stream = film->decoding.source.format->streams[film->decoding.stream];
    const AVRational rate =
        stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
    const double perhaps = rate.num > 0 && rate.den > 0 ? (double)rate.num / rate.den : 0;
    film->frame_seconds = perhaps >= 0.001 && perhaps <= 1000 ? 1 / perhaps : 0;
}

cc_media_status cc_film_open(
    const cc_media_bytes *bytes, cc_film_options options, cc_film **result, char *streams) {
    streams[0] = 0;
    cc_film *film = calloc(1, sizeof *film);
    if (film == NULL) return CC_MEDIA_NO_MEMORY;
    film->decoding.source.bytes = *bytes;
    film->decoding.keyframes_only = options.keyframes_only;
    film->last_seconds = NAN;
    film->kept = cc_ffmpeg.av_frame_alloc();
    cc_media_status status = cc_decoding_prepare(&film->decoding) && film->kept != NULL
        ? open_format(film, options) : CC_MEDIA_NO_MEMORY;
    if (status == CC_MEDIA_OPENED) status = open_decoder(film, options, streams);
    if (status != CC_MEDIA_OPENED) {
        cc_film_close(film);
        return status;
    }
    find_rate(film);
    *result = film;
    return status;
}

cc_film_facts cc_film_describe(const cc_film *film) {
    const AVFormatContext *format = film->decoding.source.format;
    return (cc_film_facts){
        .duration_seconds = format->duration > 0 && !film->is_picture_stream
            ? (double)format->duration / AV_TIME_BASE : -1,
    };
}

// Where a time stamp is missing, the frame follows the one before.
static double time_of(const cc_film *film) {
    const AVRational unit = film->decoding.source.format->streams[film->decoding.stream]->time_base;
    const int64_t stamp = film->decoding.frame->best_effort_timestamp;
    if (stamp != AV_NOPTS_VALUE)
        return fmax(0, (double)stamp * unit.num / unit.den - film->decoding.origin_seconds);
    return isnan(film->last_seconds) ? 0 : film->last_seconds + film->frame_seconds;
}

// Of the frame, where the container tells it.
static double duration_of(const cc_film *film) {
    const AVRational unit = film->decoding.source.format->streams[film->decoding.stream]->time_base;
    const int64_t length = film->decoding.frame->pkt_duration;
    return length > 0 ? (double)length * unit.num / unit.den : film->frame_seconds;
}

static int is_whole(const AVFrame *frame) {
    return frame->width > 0 && frame->height > 0 && frame->decode_error_flags == 0
        && (frame->flags & AV_FRAME_FLAG_CORRUPT) == 0
        && (int64_t)frame->width * frame->height <= CC_MOST_FILM_PIXELS;
}

int cc_film_next(cc_film *film, cc_film_frame *given) {
    while (cc_decoding_next(&film->decoding)) {
        if (is_whole(film->decoding.frame)) {
            cc_decoding_accept(&film->decoding);
            film->last_seconds = time_of(film);
            *given = (cc_film_frame){film->last_seconds, duration_of(film)};
            return 1;
        }
        cc_decoding_refuse(&film->decoding);
    }
    return 0;
}

int cc_film_seek(cc_film *film, double seconds) {
    if (film->decoding.source.bytes.length < 0) return 0;
    if (!cc_decoding_seek(&film->decoding, seconds)) return 0;
    // What leans on frames before the place is no damage.
    film->decoding.frames = 0;
    return 1;
}

size_t cc_film_failures(const cc_film *film) {
    return film->decoding.failures;
}

int cc_film_broke_off(const cc_film *film) {
    return film->decoding.broke_off;
}

void cc_film_close(cc_film *film) {
    if (film == NULL) return;
    cc_decoding_close(&film->decoding);
    cc_ffmpeg.av_frame_free(&film->kept);
    cc_ffmpeg.sws_freeContext(film->shrinker);
    cc_ffmpeg.sws_freeContext(film->greyer);
    cc_ffmpeg.sws_freeContext(film->converter);
    free(film->scratch);
    free(film);
}
