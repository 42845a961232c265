// libespeak-ng, opened with dlopen by the one process that speaks.
//
// Why it is not linked: it brings libpcaudio with it, and that PulseAudio, D-Bus and X11, 25 shared
// objects in all, which take 4 ms to load. The tool that starts the process does without them.
//
// The prototypes come from the library's own header, so the compiler checks every call.

#pragma once

#include <espeak-ng/espeak_ng.h>
#include <stdio.h>

/// Opens the library.
/// @return 1, or 0 where it is not installed or lacks a function that we call.
int cc_espeak_open(void);

// Everything of the library below needs a cc_espeak_open that returned 1.

/// Starts the engine, with its own data and output to `sink`, and with no file named in SSML opened.
/// @return the first status that is not ENS_OK.
espeak_ng_STATUS cc_espeak_start(t_espeak_callback *_Nonnull sink);
void cc_espeak_end(void);

/// Samples per second (Hz).
int cc_espeak_sample_rate(void);
/// The folder of the engine's data; it belongs to the library.
const char *_Nonnull cc_espeak_data(void);

/// Voices that fit, or all for NULL; the list ends in NULL and is good until the next one.
const espeak_VOICE *_Nullable *_Nullable cc_espeak_voices(espeak_VOICE *_Nullable wanted);
espeak_ng_STATUS cc_espeak_use_voice(const char *_Nonnull name);
espeak_ng_STATUS cc_espeak_use_voice_file(const char *_Nonnull path);

espeak_ng_STATUS cc_espeak_set(espeak_PARAMETER parameter, int value);
/// The marks that are named where only some are, ended by a 0.
void cc_espeak_set_marks(const wchar_t *_Nonnull marks);

/// Speaks `text`, ended by a 0, to the sink, whose events carry `user`.
/// @param size of the text in bytes, the 0 included.
espeak_ng_STATUS cc_espeak_speak(
    const char *_Nonnull text, size_t size, unsigned flags, void *_Nullable user);
/// Writes phonemes of what is spoken to `stream`; 1 is the engine's names, 2 IPA, 0 none any more.
void cc_espeak_trace(int notation, FILE *_Nullable stream);

/// Puts a status into words, at most `size` bytes of them.
void cc_espeak_message(espeak_ng_STATUS status, char *_Nonnull buffer, size_t size);

/// From glibc; its own header hides it from Swift behind _GNU_SOURCE.
int memfd_create(const char *_Nonnull name, unsigned int flags);

/// Has the system end this process when the one that started it is gone, even in an endless loop of
/// the engine. A function, for Swift cannot call one with "..." in its prototype.
void cc_end_with_parent(void);
