#include "cespeak.h"

#include <dlfcn.h>
#include <signal.h>
#include <sys/prctl.h>

#define CC_EACH_FUNCTION(DO)           \
    DO(espeak_Info)                    \
    DO(espeak_ListVoices)              \
    DO(espeak_SetPhonemeTrace)         \
    DO(espeak_SetSynthCallback)        \
    DO(espeak_SetUriCallback)          \
    DO(espeak_ng_ClearErrorContext)    \
    DO(espeak_ng_GetSampleRate)        \
    DO(espeak_ng_GetStatusCodeMessage) \
    DO(espeak_ng_Initialize)           \
    DO(espeak_ng_InitializeOutput)     \
    DO(espeak_ng_InitializePath)       \
    DO(espeak_ng_SetParameter)         \
    DO(espeak_ng_SetPunctuationList)   \
    DO(espeak_ng_SetVoiceByFile)       \
    DO(espeak_ng_SetVoiceByName)       \
    DO(espeak_ng_Synthesize)           \
    DO(espeak_ng_Terminate)

#define CC_DECLARE(name) __typeof__(name) *name;
static struct {
    CC_EACH_FUNCTION(CC_DECLARE)
} api;

int cc_espeak_open(void) {
    void *library = dlopen("libespeak-ng.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 0;
#define CC_RESOLVE(name)                                    \
    api.name = (__typeof__(api.name))dlsym(library, #name); \
    if (api.name == NULL) return 0;
    CC_EACH_FUNCTION(CC_RESOLVE)
    return 1;
}

// Without it, SSML would have the engine run a shell on a file's name; 1 means "not played".
static int refuse(int type, const char *address, const char *base) {
    (void)type;
    (void)address;
    (void)base;
    return 1;
}

espeak_ng_STATUS cc_espeak_start(t_espeak_callback *sink) {
    espeak_ng_ERROR_CONTEXT context = NULL;
    // NULL means the engine's own.
    api.espeak_ng_InitializePath(NULL);
    espeak_ng_STATUS status = api.espeak_ng_Initialize(&context);
    api.espeak_ng_ClearErrorContext(&context);
    if (status != ENS_OK) return status;
    // 60 ms is the shortest buffer that holds all events.
    status = api.espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 60, NULL);
    if (status != ENS_OK) return status;
    api.espeak_SetUriCallback(refuse);
    api.espeak_SetSynthCallback(sink);
    return ENS_OK;
}

void cc_espeak_end(void) { api.espeak_ng_Terminate(); }

int cc_espeak_sample_rate(void) { return api.espeak_ng_GetSampleRate(); }

const char *cc_espeak_data(void) {
    const char *folder = "";
    api.espeak_Info(&folder);
    return folder;
}

const espeak_VOICE **cc_espeak_voices(espeak_VOICE *wanted) {
    return api.espeak_ListVoices(wanted);
}

espeak_ng_STATUS cc_espeak_use_voice(const char *name) {
    return api.espeak_ng_SetVoiceByName(name);
}

espeak_ng_STATUS cc_espeak_use_voice_file(const char *path) {
    return api.espeak_ng_SetVoiceByFile(path);
}

espeak_ng_STATUS cc_espeak_set(espeak_PARAMETER parameter, int value) {
    return api.espeak_ng_SetParameter(parameter, value, 0);
}

void cc_espeak_set_marks(const wchar_t *marks) { api.espeak_ng_SetPunctuationList(marks); }

espeak_ng_STATUS cc_espeak_speak(const char *text, size_t size, unsigned flags, void *user) {
    return api.espeak_ng_Synthesize(text, size, 0, POS_CHARACTER, 0, flags, NULL, user);
}

void cc_espeak_trace(int notation, FILE *stream) { api.espeak_SetPhonemeTrace(notation, stream); }

void cc_espeak_message(espeak_ng_STATUS status, char *buffer, size_t size) {
    api.espeak_ng_GetStatusCodeMessage(status, buffer, size);
}

void cc_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }
