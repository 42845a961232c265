#include "film.h"

#include <errno.h>
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
    AVFormatContext *format = film->source.format;
    film->stream = cc_ffmpeg.av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    const int is_cover = film->stream >= 0
        && format->streams[film->stream]->disposition & AV_DISPOSITION_ATTACHED_PIC;
    if (film->stream < 0 || is_cover) {
        list_streams(format, streams);
        return format->nb_streams == 0 ? CC_MEDIA_DAMAGED : CC_MEDIA_NO_PICTURES;
    }
    for (unsigned i = 0; i < format->nb_streams; i++)
        format->streams[i]->discard = (int)i != film->stream ? AVDISCARD_ALL
            : options.keyframes_only                          ? AVDISCARD_NONKEY
                                                              : AVDISCARD_DEFAULT;
    const AVStream *stream = format->streams[film->stream];
    const AVCodec *decoder = cc_ffmpeg.avcodec_find_decoder(stream->codecpar->codec_id);
    if (decoder == NULL) {
        snprintf(
            streams, CC_STREAMS_ROOM, "%s",
            cc_ffmpeg.avcodec_get_name(stream->codecpar->codec_id));
        return CC_MEDIA_NO_DECODER;
    }
    film->codec = cc_ffmpeg.avcodec_alloc_context3(decoder);
    if (film->codec == NULL) return CC_MEDIA_NO_MEMORY;
    if (cc_ffmpeg.avcodec_parameters_to_context(film->codec, stream->codecpar) < 0)
        return CC_MEDIA_DAMAGED;
    film->codec->pkt_timebase = stream->time_base;
    film->codec->max_pixels = CC_MOST_FILM_PIXELS;
    // Pictures of a live stream must not wait for those after them.
    film->codec->thread_count = film->is_picture_stream ? 1 : options.threads;
    if (options.keyframes_only) film->codec->skip_frame = AVDISCARD_NONKEY;
    return cc_ffmpeg.avcodec_open2(film->codec, decoder, NULL) < 0 ? CC_MEDIA_DAMAGED
                                                                  : CC_MEDIA_OPENED;
}

static cc_media_status open_format(cc_film *film, cc_film_options options) {
    char rate[40];
    snprintf(rate, sizeof rate, "%.6f", options.pictures_per_second);
    AVDictionary *dictionary = NULL;
    cc_ffmpeg.av_dict_set(&dictionary, "framerate", rate, 0);
    const cc_media_status status = cc_source_open(
        &film->source, CC_FILMS "," CC_SOUNDS "," CC_PICTURES, cc_ffmpeg.picture_decoders,
        &dictionary);
    cc_ffmpeg.av_dict_free(&dictionary);
    if (status != CC_MEDIA_OPENED) return status;
    const char *name = film->source.format->iformat->name;
    film->is_picture_stream = strstr(name, "_pipe") != NULL;
    film->origin_seconds = cc_source_origin(&film->source);
    return status;
}

static void find_rate(cc_film *film) {
    const AVStream *stream = film->source.format->streams[film->stream];
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
    film->source.bytes = *bytes;
    film->keyframes_only = options.keyframes_only;
    film->last_seconds = NAN;
    film->packet = cc_ffmpeg.av_packet_alloc();
    film->frame = cc_ffmpeg.av_frame_alloc();
    film->kept = cc_ffmpeg.av_frame_alloc();
    cc_media_status status = film->packet && film->frame && film->kept
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
    const AVFormatContext *format = film->source.format;
    return (cc_film_facts){
        .duration_seconds = format->duration > 0 && !film->is_picture_stream
            ? (double)format->duration / AV_TIME_BASE : -1,
        .frames_per_second = film->frame_seconds > 0 ? 1 / film->frame_seconds : 0,
        .is_picture_stream = film->is_picture_stream,
    };
}

static void note_failure(cc_film *film) {
    // A stream that was cut out of another starts with packets that lean on what is gone.
    if (film->frames > 0) film->failures++;
    film->failures_in_a_row++;
}

static void feed(cc_film *film) {
    const int code = cc_ffmpeg.av_read_frame(film->source.format, film->packet);
    if (code < 0) {
        if (code != AVERROR_EOF) film->broke_off = 1;
        film->is_draining = 1;
        cc_ffmpeg.avcodec_send_packet(film->codec, NULL);
        return;
    }
    const int is_wanted = film->packet->stream_index == film->stream
        && (!film->keyframes_only || film->packet->flags & AV_PKT_FLAG_KEY);
    if (is_wanted) {
        const int sent = cc_ffmpeg.avcodec_send_packet(film->codec, film->packet);
        if (sent < 0 && sent != AVERROR(EAGAIN)) note_failure(film);
    }
    cc_ffmpeg.av_packet_unref(film->packet);
}

// Where a time stamp is missing, the frame follows the one before.
static double time_of(const cc_film *film) {
    const AVRational unit = film->source.format->streams[film->stream]->time_base;
    const int64_t stamp = film->frame->best_effort_timestamp;
    if (stamp != AV_NOPTS_VALUE)
        return fmax(0, (double)stamp * unit.num / unit.den - film->origin_seconds);
    return isnan(film->last_seconds) ? 0 : film->last_seconds + film->frame_seconds;
}

static int is_whole(const AVFrame *frame) {
    return frame->width > 0 && frame->height > 0 && frame->decode_error_flags == 0
        && (frame->flags & AV_FRAME_FLAG_CORRUPT) == 0
        && (int64_t)frame->width * frame->height <= CC_MOST_FILM_PIXELS;
}

int cc_film_next(cc_film *film, cc_film_frame *given) {
    while (!film->is_over) {
        const int code = cc_ffmpeg.avcodec_receive_frame(film->codec, film->frame);
        if (code == 0 && is_whole(film->frame)) {
            film->frames++;
            film->failures_in_a_row = 0;
            film->last_seconds = time_of(film);
            *given = (cc_film_frame){film->last_seconds, film->frame->key_frame};
            return 1;
        }
        if (code == 0) {
            note_failure(film);
        } else if (code == AVERROR(EAGAIN) && !film->is_draining) {
            feed(film);
        } else if (code == AVERROR_EOF || code == AVERROR(EAGAIN)) {
            film->is_over = 1;
        } else {
            note_failure(film);
            // A decoder that has nothing more to read and goes on failing would do so for ever.
            if (film->is_draining && film->failures_in_a_row > 100) film->is_over = 1;
        }
    }
    return 0;
}

int cc_film_seek(cc_film *film, double seconds) {
    if (film->source.bytes.length < 0) return 0;
    const AVRational unit = film->source.format->streams[film->stream]->time_base;
    const double place = (seconds + film->origin_seconds) * unit.den / unit.num;
    if (!(fabs(place) < 0x1p62)) return 0;
    const int code = cc_ffmpeg.av_seek_frame(
        film->source.format, film->stream, (int64_t)place, AVSEEK_FLAG_BACKWARD);
    if (code < 0) return 0;
    cc_ffmpeg.avcodec_flush_buffers(film->codec);
    film->is_draining = film->is_over = 0;
    // What leans on frames before the place is no damage.
    film->frames = 0;
    return 1;
}

size_t cc_film_failures(const cc_film *film) {
    return film->failures;
}

int cc_film_broke_off(const cc_film *film) {
    return film->broke_off;
}

void cc_film_close(cc_film *film) {
    if (film == NULL) return;
    cc_ffmpeg.avcodec_free_context(&film->codec);
    cc_source_close(&film->source);
    cc_ffmpeg.av_packet_free(&film->packet);
    cc_ffmpeg.av_frame_free(&film->frame);
    cc_ffmpeg.av_frame_free(&film->kept);
    cc_ffmpeg.sws_freeContext(film->shrinker);
    cc_ffmpeg.sws_freeContext(film->converter);
    free(film->scratch);
    free(film);
}
