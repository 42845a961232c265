// One stream of a source on its way through its decoder: what sound and films have in common.

#pragma once

#include "source.h"

typedef struct {
    cc_source source;
    int stream, keyframes_only;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;  // the last one that came out
    double origin_seconds;
    int is_draining, is_over, broke_off;
    size_t frames, failures, failures_in_a_row;
} cc_decoding;

/// Makes room for a packet and a frame; 0 where there is no memory.
int cc_decoding_prepare(cc_decoding *decoding);

/// Makes `decoding->codec` for the chosen stream, not opened yet; packets of the others are left out.
/// @param encoding what the stream is encoded in, where the status is CC_MEDIA_NO_DECODER.
cc_media_status cc_decoding_choose(cc_decoding *decoding, int stream, const char **encoding);

/// Opens the codec.
cc_media_status cc_decoding_open(cc_decoding *decoding);

/// Decodes on until a frame comes out; 0 at the end. Then tell what it was.
int cc_decoding_next(cc_decoding *decoding);
/// The frame is of use.
void cc_decoding_accept(cc_decoding *decoding);
/// The frame, or a packet, is damaged.
void cc_decoding_refuse(cc_decoding *decoding);

/// Goes to the keyframe before a place; 0, with nothing moved, where that cannot be.
int cc_decoding_seek(cc_decoding *decoding, double seconds);

/// Closes what is open.
void cc_decoding_close(cc_decoding *decoding);
