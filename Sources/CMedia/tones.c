#include "tones.h"

#include <math.h>

// ITU-R BT.2408: the light of white paper in a picture of high dynamic range, in cd/m2.
#define WHITE 203.0
// Entries of the tables; 12 bits are what such films have at most.
#define STEPS 4096

// ITU-R BT.2100, table 4: from the signal to light, 1 for white paper.
static double light_of_pq(double signal) {
    const double m1 = 2610.0 / 16384, m2 = 2523.0 / 32, c1 = 3424.0 / 4096;
    const double c2 = 2413.0 / 128, c3 = 2392.0 / 128;
    const double power = pow(signal, 1 / m2);
    return 10000 / WHITE * pow(fmax(power - c1, 0) / (c2 - c3 * power), 1 / m1);
}

// ITU-R BT.2100, table 5: the light of the scene, 0 to 1.
static double light_of_hlg(double signal) {
    const double a = 0.17883277, b = 1 - 4 * a, c = 0.5 - a * log(4 * a);
    return signal <= 0.5 ? signal * signal / 3 : (exp((signal - c) / a) + b) / 12;
}

// ITU-R BT.1886, which stands for the curves of all other films.
static double light_of_film(double signal) {
    return pow(signal, 2.4);
}

// IEC 61966-2-1.
static double srgb(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
}

// Light up to 0.8 stays; what is brighter, up to a highlight of 1000 cd/m2, is pressed into the rest.
static float pressed(float light) {
    const float knee = 0.8f, brightest = 1000 / (float)WHITE;
    if (light <= knee) return light;
    const float over = (light - knee) / (1 - knee), most = (brightest - knee) / (1 - knee);
    // Reinhard's curve, which starts with the slope 1 and reaches 1 at the highlight.
    const float bent = over * (1 + over / (most * most)) / (1 + over);
    return fminf(1, knee + (1 - knee) * bent);
}

typedef struct {
    float light[STEPS + 1];
    uint8_t srgb[STEPS + 1];
} tables;

static void fill(tables *t, enum AVColorTransferCharacteristic tones) {
    for (int i = 0; i <= STEPS; i++) {
        const double signal = (double)i / STEPS;
        t->light[i] = (float)(tones == AVCOL_TRC_SMPTE2084 ? light_of_pq(signal)
            : tones == AVCOL_TRC_ARIB_STD_B67             ? light_of_hlg(signal)
                                                          : light_of_film(signal));
        // The square spreads the dark, where the curve is steep.
        t->srgb[i] = (uint8_t)lround(255 * srgb(signal * signal));
    }
}

static uint8_t encoded(const tables *t, float light) {
    const float inside = fminf(1, fmaxf(0, light));
    return t->srgb[lroundf(STEPS * sqrtf(inside))];
}

void cc_tones_to_srgb(
    uint8_t *pixels, size_t count, enum AVColorTransferCharacteristic tones,
    enum AVColorPrimaries primaries) {
    static _Thread_local tables t;
    fill(&t, tones);
    const int is_wide = primaries == AVCOL_PRI_BT2020 || primaries == AVCOL_PRI_UNSPECIFIED;
    const int is_bright = tones == AVCOL_TRC_SMPTE2084 || tones == AVCOL_TRC_ARIB_STD_B67;
    for (size_t i = 0; i < count; i++) {
        float c[3];
        for (int k = 0; k < 3; k++) {
            const uint8_t *pair = pixels + 6 * i + 2 * k;
            const unsigned value = (unsigned)(pair[0] | pair[1] << 8);
            c[k] = t.light[(value * STEPS + 32767) / 65535];
        }
        if (tones == AVCOL_TRC_ARIB_STD_B67) {
            // BT.2100, table 5: a display of 1000 cd/m2 shows the scene with a gamma of 1.2.
            const float scene = 0.2627f * c[0] + 0.6780f * c[1] + 0.0593f * c[2];
            const float gain = 1000 / (float)WHITE * powf(fmaxf(scene, 1e-6f), 0.2f);
            for (int k = 0; k < 3; k++) c[k] *= gain;
        }
        // ITU-R BT.2087: BT.2020 to BT.709.
        const float r = is_wide ? 1.6605f * c[0] - 0.5876f * c[1] - 0.0728f * c[2] : c[0];
        const float g = is_wide ? -0.1246f * c[0] + 1.1329f * c[1] - 0.0083f * c[2] : c[1];
        const float b = is_wide ? -0.0182f * c[0] - 0.1006f * c[1] + 1.1187f * c[2] : c[2];
        // By the brightest of the three, so that colours keep their hue.
        const float peak = fmaxf(r, fmaxf(g, b));
        const float scale = is_bright && peak > 0 ? pressed(peak) / peak : 1;
        pixels[3 * i] = encoded(&t, r * scale);
        pixels[3 * i + 1] = encoded(&t, g * scale);
        pixels[3 * i + 2] = encoded(&t, b * scale);
    }
}
