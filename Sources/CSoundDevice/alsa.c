#include "csounddevice.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of ALSA's interface that is used here, as <alsa/asoundlib.h> declares it. */
typedef struct snd_pcm snd_pcm_t;
typedef struct snd_pcm_sw_params snd_pcm_sw_params_t;
typedef void error_handler(const char *, int, const char *, int, const char *, ...);
enum { STREAM_PLAYBACK = 0, ACCESS_RW_INTERLEAVED = 3, FORMAT_S16_LE = 2, FORMAT_S16_BE = 3 };

struct cc_sound_device {
    void *library;
    snd_pcm_t *pcm;
    int (*set_error_handler)(error_handler *);
    int (*open)(snd_pcm_t **, const char *, int, int);
    int (*set_params)(snd_pcm_t *, int, int, unsigned, unsigned, int, unsigned);
    int (*new_software)(snd_pcm_sw_params_t **);
    void (*free_software)(snd_pcm_sw_params_t *);
    int (*read_software)(snd_pcm_t *, snd_pcm_sw_params_t *);
    int (*set_start)(snd_pcm_t *, snd_pcm_sw_params_t *, unsigned long);
    int (*set_software)(snd_pcm_t *, snd_pcm_sw_params_t *);
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
        { "snd_pcm_sw_params_malloc", (void **)&device->new_software },
        { "snd_pcm_sw_params_free", (void **)&device->free_software },
        { "snd_pcm_sw_params_current", (void **)&device->read_software },
        { "snd_pcm_sw_params_set_start_threshold", (void **)&device->set_start },
        { "snd_pcm_sw_params", (void **)&device->set_software },
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

/* By default the first sound waits until the buffer is full. */
static int start_after(cc_sound_device *device, unsigned long samples)
{
    snd_pcm_sw_params_t *software = NULL;
    int code = device->new_software(&software);
    if (code < 0) return code;
    code = device->read_software(device->pcm, software);
    if (code >= 0) code = device->set_start(device->pcm, software, samples);
    if (code >= 0) code = device->set_software(device->pcm, software);
    device->free_software(software);
    return code;
}

cc_sound_device *cc_sound_device_open(const char *name, unsigned sample_rate, char *reason,
                                      size_t room)
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
    /* What a busy machine may keep the process waiting without a gap; whoever interrupts it does not
       hear it, since a device drops what a process leaves that ends. */
    const unsigned buffer_microseconds = 500000;
    const unsigned start_milliseconds = 90;
    int code = device->open(&device->pcm, name, STREAM_PLAYBACK, 0);
    if (code >= 0)
        code = device->set_params(device->pcm, format, ACCESS_RW_INTERLEAVED, 1, sample_rate,
                                  resample, buffer_microseconds);
    if (code >= 0) code = start_after(device, sample_rate / 1000 * start_milliseconds);
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

/* Adds text to a string that grows; line ends and tabs in it become spaces. */
static int add(char **list, size_t *length, const char *text, char end)
{
    const size_t count = strlen(text);
    char *longer = realloc(*list, *length + count + 2);
    if (!longer) return 0;
    *list = longer;
    for (size_t i = 0; i < count; i++) {
        const char c = text[i];
        longer[*length + i] = (unsigned char)c < ' ' ? ' ' : c;
    }
    longer[*length + count] = end;
    longer[*length + count + 1] = 0;
    *length += count + 1;
    return 1;
}

char *cc_sound_device_list(void)
{
    void *library = dlopen("libasound.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!library) return NULL;
    int (*hints_of)(int, const char *, void ***);
    char *(*get)(const void *, const char *);
    int (*free_hints)(void **);
    int (*set_error_handler)(error_handler *);
    *(void **)&hints_of = dlsym(library, "snd_device_name_hint");
    *(void **)&get = dlsym(library, "snd_device_name_get_hint");
    *(void **)&free_hints = dlsym(library, "snd_device_name_free_hint");
    *(void **)&set_error_handler = dlsym(library, "snd_lib_error_set_handler");
    char *list = calloc(1, 1);
    size_t length = 0;
    void **hints = NULL;
    const int all_cards = -1;
    if (list && hints_of && get && free_hints && set_error_handler) {
        set_error_handler(say_nothing);
        if (hints_of(all_cards, "pcm", &hints) < 0) hints = NULL;
    }
    int has_room = 1;
    for (void **hint = hints; hint && *hint && has_room; hint++) {
        char *name = get(*hint, "NAME"), *title = get(*hint, "DESC"), *way = get(*hint, "IOID");
        /* No direction means both. */
        if (name && (!way || strcmp(way, "Input") != 0))
            has_room = add(&list, &length, name, '\t')
                       && add(&list, &length, title ? title : "", '\n');
        free(name);
        free(title);
        free(way);
    }
    if (hints) free_hints(hints);
    dlclose(library);
    return list;
}

void cc_sound_device_free_list(char *list)
{
    free(list);
}
