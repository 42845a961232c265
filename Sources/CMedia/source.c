#include "source.h"

#include <errno.h>
#include <malloc.h>

#define CC_READ_SIZE 32768
// Of packets, in the list that an MP4 or AVI file has of them: some megabytes, and most of an hour.
#define CC_LONG_LIST 100000

static int read_bytes(void *opaque, uint8_t *buffer, int count) {
    const cc_source *source = opaque;
    const int got = source->bytes.read(source->bytes.context, buffer, count);
    return got > 0 ? got : got == 0 ? AVERROR_EOF : AVERROR(EIO);
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
    const cc_source *source = opaque;
    if (source->bytes.length < 0) return AVERROR(ESPIPE);
    if (whence & AVSEEK_SIZE) return source->bytes.length;
    // FFmpeg itself turns every other origin into this one.
    if ((whence & ~AVSEEK_FORCE) != SEEK_SET || offset < 0) return AVERROR(EINVAL);
    return source->bytes.seek(source->bytes.context, offset) == 0 ? offset : AVERROR(EIO);
}

static int refuse_to_open(
    AVFormatContext *format, AVIOContext **io, const char *url, int flags,
    AVDictionary **options) {
    (void)format, (void)io, (void)url, (void)flags, (void)options;
    return AVERROR(EACCES);
}

// Such a list is made of others as long, and the allocator would keep what is freed of them, and of the
// list itself where a film is read once more: see malloc_trim.
static int has_long_list(const AVFormatContext *format) {
    int64_t count = 0;
    for (unsigned i = 0; i < format->nb_streams; i++)
        count += cc_ffmpeg.avformat_index_get_entries_count(format->streams[i]);
    return count >= CC_LONG_LIST;
}

cc_media_status cc_source_open(
    cc_source *source, const char *formats, const char *decoders, AVDictionary **options) {
    uint8_t *buffer = cc_ffmpeg.av_malloc(CC_READ_SIZE);
    if (buffer == NULL) return CC_MEDIA_NO_MEMORY;
    source->io = cc_ffmpeg.avio_alloc_context(
        buffer, CC_READ_SIZE, 0, source, read_bytes, NULL, seek_bytes);
    if (source->io == NULL) {
        cc_ffmpeg.av_freep(&buffer);
        return CC_MEDIA_NO_MEMORY;
    }
    source->io->seekable = source->bytes.length >= 0 ? AVIO_SEEKABLE_NORMAL : 0;
    AVFormatContext *format = cc_ffmpeg.avformat_alloc_context();
    if (format == NULL) return CC_MEDIA_NO_MEMORY;
    format->pb = source->io;
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    format->io_open = refuse_to_open;
    format->protocol_whitelist = cc_ffmpeg.av_strdup("none");
    format->format_whitelist = cc_ffmpeg.av_strdup(formats);
    format->codec_whitelist = cc_ffmpeg.av_strdup(decoders);
    if (!format->protocol_whitelist || !format->format_whitelist || !format->codec_whitelist) {
        cc_ffmpeg.avformat_free_context(format);
        return CC_MEDIA_NO_MEMORY;
    }
    // On failure it frees the context.
    if (cc_ffmpeg.avformat_open_input(&format, "", NULL, options) < 0) return CC_MEDIA_UNKNOWN;
    source->format = format;
    if (has_long_list(format)) malloc_trim(0);
    return cc_ffmpeg.avformat_find_stream_info(format, NULL) < 0 ? CC_MEDIA_DAMAGED
                                                                : CC_MEDIA_OPENED;
}

double cc_source_origin(const cc_source *source) {
    const int64_t start = source->format->start_time;
    return start == AV_NOPTS_VALUE ? 0 : (double)start / AV_TIME_BASE;
}

void cc_source_close(cc_source *source) {
    if (source->format != NULL) {
        const int was_long = has_long_list(source->format);
        cc_ffmpeg.avformat_close_input(&source->format);
        if (was_long) malloc_trim(0);
    }
    if (source->io == NULL) return;
    // FFmpeg may have made the buffer another one.
    cc_ffmpeg.av_freep(&source->io->buffer);
    cc_ffmpeg.avio_context_free(&source->io);
}
