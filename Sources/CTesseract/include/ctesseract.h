// Tesseract through its C API, opened with dlopen when the first text is read.
//
// Why it is not linked: Debian's libtesseract.so.5 brings 56 shared objects with it, libcurl and
// gnutls among them. Linked, they would be loaded at every start (tens of milliseconds) and would
// put network code into a tool that promises to have none.
//
// The prototypes come from Tesseract's own header, so the compiler checks every call.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// An engine with one or several languages loaded.
typedef struct TessBaseAPI cc_engine;
/// A place in the result of the last recognition; good until the engine reads again or closes.
typedef struct TessResultIterator cc_words;

/// One recognised word. The box is in pixels of the picture that was read.
typedef struct {
    char *_Nullable text;  // UTF-8; give it back with cc_text_free
    float confidence;      // 0 to 100
    int left, top, right, bottom;
    int is_first_of_block, is_first_of_line;
} cc_word;

/// Opens the library.
/// @return 1, or 0 where it is not installed or lacks a function that we call.
int cc_tesseract_open(void);

// Everything below needs a cc_tesseract_open that returned 1.

/// An engine without languages.
cc_engine *_Nullable cc_engine_create(void);
void cc_engine_destroy(cc_engine *_Nonnull engine);

/// Loads languages, "eng+deu", from a folder of .traineddata files; NULL means the library's own.
/// @return 1, or 0 where a language could not be loaded.
int cc_engine_load(
    cc_engine *_Nonnull engine, const char *_Nullable folder, const char *_Nonnull languages);

/// The folder that cc_engine_load looked in, whether or not it found the language there.
const char *_Nullable cc_engine_folder(cc_engine *_Nonnull engine);

/// How the engine cuts a picture into lines.
typedef enum {
    CC_LAYOUT_PAGE = 3,     // PSM_AUTO: columns, paragraphs, pictures left out
    CC_LAYOUT_SCATTERED = 11,  // PSM_SPARSE_TEXT: words anywhere, in no particular order
} cc_layout;

/// Recognises the text of a grey picture of width * height bytes, which it copies.
/// @return 1, or 0 where the engine refused or `deadline_milliseconds` passed.
int cc_engine_read(
    cc_engine *_Nonnull engine, const uint8_t *_Nonnull grey, size_t width, size_t height,
    cc_layout layout, int dots_per_inch, int deadline_milliseconds);

/// Which way the picture is turned; needs an engine loaded with "osd".
/// @param degrees 0, 90, 180 or 270: how far it was turned clockwise from upright.
/// @param confidence how sure the engine is; 15 is "reasonably confident" (its header).
/// @return 1, or 0 where there is too little text to tell.
int cc_engine_orientation(
    cc_engine *_Nonnull engine, const uint8_t *_Nonnull grey, size_t width, size_t height,
    int dots_per_inch, int *_Nonnull degrees, float *_Nonnull confidence);

/// The first word of the last recognition, or NULL where there is none.
cc_words *_Nullable cc_words_first(cc_engine *_Nonnull engine);
/// Describes the word at this place.
void cc_words_get(cc_words *_Nonnull words, cc_word *_Nonnull word);
/// Moves to the next word. @return 1, or 0 after the last.
int cc_words_next(cc_words *_Nonnull words);
void cc_words_destroy(cc_words *_Nonnull words);
void cc_text_free(char *_Nullable text);
