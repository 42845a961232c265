#ifndef CSOUNDDEVICE_H
#define CSOUNDDEVICE_H

#include <stddef.h>
#include <stdint.h>

/* The sound device through ALSA, which is loaded when a device is opened: a machine without sound
   needs no sound library, and a tool that writes files does not load one.

   Samples are of one channel, signed, 16 bits in the machine's order. */

typedef struct cc_sound_device cc_sound_device;

/* Opens a device, as ALSA names it, for sample_rate Hz; the usual one is "default".

   Returns NULL where there is none, and then a sentence's end in reason (room bytes, at least one,
   always ended by 0): why. The library prints nothing. */
cc_sound_device *cc_sound_device_open(const char *name, unsigned sample_rate, char *reason,
                                      size_t room);

/* Plays count samples; returns when the device has taken them. 0, or a negative number of ALSA. */
int cc_sound_device_write(cc_sound_device *device, const int16_t *samples, size_t count);

/* Waits until everything has been heard. 0, or a negative number of ALSA. */
int cc_sound_device_drain(cc_sound_device *device);

/* Stops at once and frees the device; NULL is allowed. */
void cc_sound_device_close(cc_sound_device *device);

/* Every device that sound can go to: its name, a tab, what it is called, a line feed; then 0.

   NULL where the library is not installed. To be freed with the function that follows. */
char *cc_sound_device_list(void);
void cc_sound_device_free_list(char *list);

/* What a negative number means. */
const char *cc_sound_device_reason(const cc_sound_device *device, int code);

#endif
