#include "csounddevice.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The part of ALSA's interface that is used here, as <alsa/asoundlib.h> declares it. */
typedef struct snd_pcm snd_pcm_t;
typedef void error_handler(const char *, int, const char *, int, const char *, ...);
enum { STREAM_PLAYBACK = 0, ACCESS_RW_INTERLEAVED = 3, FORMAT_S16_LE = 2, FORMAT_S16_BE = 3 };

struct cc_sound_device {
    void *library;
    snd_pcm_t *pcm;
    int (*set_error_handler)(error_handler *);
    int (*open)(snd_pcm_t **, const char *, int, int);
    int (*set_params)(snd_pcm_t *, int, int, unsigned, unsigned, int, unsigned);
    long (*writei)(snd_pcm_t *, const void *, unsigned long);
    int (*recover)(snd_pcm_t *, int, int);
    int (*drain)(snd_pcm_t *);
    int (*close)(snd_pcm_t *);
    const char *(*strerror)(int);
};

/* By default ALSA writes a dozen lines to stderr for one missing device. */
static void say_nothing(const char *file, int line, const char *function, int code,
                        const char *format, ...)
{
    (void)file, (void)line, (void)function, (void)code, (void)format;
}

static int load(cc_sound_device *device)
{
    device->library = dlopen("libasound.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!device->library) return 0;
    const struct { const char *name; void **place; } symbols[] = {
        { "snd_lib_error_set_handler", (void **)&device->set_error_handler },
        { "snd_pcm_open", (void **)&device->open },
        { "snd_pcm_set_params", (void **)&device->set_params },
        { "snd_pcm_writei", (void **)&device->writei },
        { "snd_pcm_recover", (void **)&device->recover },
        { "snd_pcm_drain", (void **)&device->drain },
        { "snd_pcm_close", (void **)&device->close },
        { "snd_strerror", (void **)&device->strerror },
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(device->library, symbols[i].name);
        if (!*symbols[i].place) return 0;
    }
    return 1;
}

cc_sound_device *cc_sound_device_open(unsigned sample_rate, char *reason, size_t room)
{
    cc_sound_device *device = calloc(1, sizeof *device);
    if (!device || !load(device)) {
        snprintf(reason, room, "the library libasound.so.2 is not installed");
        cc_sound_device_close(device);
        return NULL;
    }
    device->set_error_handler(say_nothing);
    const uint16_t probe = 1;
    const int format = *(const uint8_t *)&probe ? FORMAT_S16_LE : FORMAT_S16_BE;
    const int resample = 1;
    const unsigned latency_microseconds = 200000;
    int code = device->open(&device->pcm, "default", STREAM_PLAYBACK, 0);
    if (code >= 0)
        code = device->set_params(device->pcm, format, ACCESS_RW_INTERLEAVED, 1, sample_rate,
                                  resample, latency_microseconds);
    if (code >= 0) return device;
    snprintf(reason, room, "%s", device->strerror(code));
    cc_sound_device_close(device);
    return NULL;
}

int cc_sound_device_write(cc_sound_device *device, const int16_t *samples, size_t count)
{
    while (count > 0) {
        long taken = device->writei(device->pcm, samples, count);
        if (taken < 0) {
            /* An underrun, or the machine slept. */
            int code = device->recover(device->pcm, (int)taken, 1);
            if (code < 0) return code;
            continue;
        }
        samples += taken;
        count -= (size_t)taken;
    }
    return 0;
}

int cc_sound_device_drain(cc_sound_device *device)
{
    return device->drain(device->pcm);
}

void cc_sound_device_close(cc_sound_device *device)
{
    if (!device) return;
    if (device->pcm) device->close(device->pcm);
    if (device->library) dlclose(device->library);
    free(device);
}

const char *cc_sound_device_reason(const cc_sound_device *device, int code)
{
    return device->strerror(code);
}
