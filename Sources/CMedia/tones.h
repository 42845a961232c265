// Wide and bright colours brought to sRGB.

#pragma once

#include <libavutil/pixfmt.h>
#include <stddef.h>
#include <stdint.h>

/// Turns pixels in place: three little-endian pairs of bytes become three bytes.
/// @param pixels 6 * count bytes of red, green, blue in the film's own tones; the first 3 * count of
///     them hold the result.
void cc_tones_to_srgb(
    uint8_t *pixels, size_t count, enum AVColorTransferCharacteristic tones,
    enum AVColorPrimaries primaries);
