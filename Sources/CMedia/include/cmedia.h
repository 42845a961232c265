// Bytes of recordings to samples: FFmpeg through dlopen, and loops over samples.
//
// Why FFmpeg is not linked: its libraries bring 60 to 200 shared objects with them, network code
// among them, and cost tens of milliseconds at every start. They are opened when the first recording
// comes that needs them. The prototypes come from FFmpeg's own headers, so the compiler checks every
// call, and a library that is older than the headers is refused.
//
// No other file and no address is ever opened: every byte comes through cc_media_bytes, formats
// that name other files (playlists, concat, image sequences) are not on the list of formats, every
// protocol is refused, and so is each attempt of a demuxer to open something.

#pragma once

#include <stddef.h>
#include <stdint.h>

// Nothing in a recording can ask for more; a header that does is damaged.
#define CC_MOST_CHANNELS 1024
#define CC_HIGHEST_RATE 768000

/// Why FFmpeg cannot be used.
typedef enum {
    CC_LIBRARY_READY,
    CC_LIBRARY_MISSING,  // not installed
    CC_LIBRARY_OTHER,    // installed, but not the one that the headers were for
} cc_library_state;

/// Opens FFmpeg's libraries, once in a process.
/// @param name set to the soname of the library at fault, "libavformat.so.59"; it is static.
cc_library_state cc_media_load(const char *_Nullable *_Nonnull name);

/// Debian's package of the library that brings the others, "libavformat59"; static.
const char *_Nonnull cc_media_package(void);

// Everything below named cc_media needs a cc_media_load that returned CC_LIBRARY_READY.

/// Where the bytes of a recording come from.
typedef struct {
    void *_Nullable context;
    /// Reads at most `count` bytes. Returns how many; 0 at the end, negative after a failure.
    int (*_Nonnull read)(void *_Nullable context, uint8_t *_Nonnull bytes, int count);
    /// Goes to a byte. Returns 0, or a negative number.
    int (*_Nonnull seek)(void *_Nullable context, int64_t position);
    /// Of all bytes; negative for a stream that cannot be gone back in.
    int64_t length;
} cc_media_bytes;

typedef enum {
    CC_MEDIA_OPENED,
    CC_MEDIA_UNKNOWN,     // no format on the list
    CC_MEDIA_DAMAGED,     // a known format, and nothing of it can be decoded
    CC_MEDIA_NO_SOUND,    // pictures only, or tracks of another kind
    CC_MEDIA_NO_PICTURES, // sound only, or tracks of another kind
    CC_MEDIA_NO_SAMPLES,  // a sound track without samples
    CC_MEDIA_NO_DECODER,  // an encoding that this FFmpeg does not decode
    CC_MEDIA_NO_MEMORY,
} cc_media_status;

/// What the headers tell.
typedef struct {
    int sample_rate;  // of the first samples (Hz), 1 to CC_HIGHEST_RATE
    int channels;     // 1 to CC_MOST_CHANNELS
    uint64_t speakers;  // that the channels are for, FFmpeg's AV_CH_…; 0 where that is not told
    double duration_seconds;   // negative where unknown
    int duration_is_a_count;   // of samples, so that fewer are damage; not guessed from a bit rate
    int can_seek_exactly;
} cc_media_facts;

/// Samples that lie in the decoder until the next call.
typedef struct {
    const float *_Nullable samples;  // interleaved, full scale -1 to 1
    size_t frames;
    int channels;
    int sample_rate;
    double start_seconds;  // from the start of the recording; NAN where unknown
} cc_media_piece;

typedef struct cc_media cc_media;

/// Opens the default sound track of a recording and decodes its first samples.
/// @param bytes copied; what it points to must live until cc_media_close.
/// @param media set where CC_MEDIA_OPENED is returned.
/// @param encoding set where CC_MEDIA_NO_DECODER is returned: the name of the encoding; static.
cc_media_status cc_media_open(
    const cc_media_bytes *_Nonnull bytes, cc_media *_Nullable *_Nonnull media,
    const char *_Nullable *_Nonnull encoding);

cc_media_facts cc_media_describe(const cc_media *_Nonnull media);

/// Decodes on. @return 1 with a piece, 0 at the end.
int cc_media_next(cc_media *_Nonnull media, cc_media_piece *_Nonnull piece);

/// Goes to a place or somewhat before it; the next piece tells where. @return 1, or 0 after which
/// the place is unknown and the recording must be opened anew.
int cc_media_seek(cc_media *_Nonnull media, double seconds);

/// Packets after the first good one that could not be decoded.
size_t cc_media_failures(const cc_media *_Nonnull media);
/// Whether the container broke off, other than at its end.
int cc_media_broke_off(const cc_media *_Nonnull media);

void cc_media_close(cc_media *_Nullable media);

/// How one sample lies in memory.
typedef enum {
    CC_SAMPLE_SIGNED,    // two's complement, 1 to 8 bytes
    CC_SAMPLE_UNSIGNED,  // 1 byte, silence at 128
    CC_SAMPLE_FLOAT,     // 4 or 8 bytes
    CC_SAMPLE_MULAW,     // 1 byte, ITU-T G.711
    CC_SAMPLE_ALAW,
} cc_sample_kind;

typedef struct {
    cc_sample_kind kind;
    uint8_t width;   // bytes that hold the number
    uint8_t stride;  // bytes from one sample to the next, width or more
    uint8_t is_big_endian;
} cc_sample_layout;

/// Turns `count` samples into floats of full scale -1 to 1.
/// @param bytes count * layout.stride
/// @param samples count
void cc_samples_decode(
    const uint8_t *_Nonnull bytes, size_t count, cc_sample_layout layout, float *_Nonnull samples);

/// Silences what is no sound: not a number, infinite, or 65536 times full scale and more.
/// @return how many samples of `count` that were.
size_t cc_samples_repair(float *_Nonnull samples, size_t count);

/// The mean of the channels. @param samples interleaved, frames * channels. @param mixed frames
void cc_samples_mix(
    const float *_Nonnull samples, size_t frames, size_t channels, float *_Nonnull mixed);

/// One channel of interleaved samples. @param picked frames
void cc_samples_pick(
    const float *_Nonnull samples, size_t frames, size_t channels, size_t channel,
    float *_Nonnull picked);

/// A filter bank for another sample rate.
typedef struct {
    const float *_Nonnull rows;  // [phases + 1, taps]
    size_t taps;                 // a multiple of 8
    uint64_t phases;
    uint64_t input_step;   // input samples for
    uint64_t output_step;  // this many output samples, without a common factor
} cc_filter_bank;

/// Computes `count` output samples.
/// @param input the samples under the first output's filter, and all those that the others need.
/// @param phase of the first output: 0 to output_step - 1.
void cc_resample(
    cc_filter_bank bank, const float *_Nonnull input, uint64_t phase, float *_Nonnull output,
    size_t count);
