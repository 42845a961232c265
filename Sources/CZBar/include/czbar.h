// QR and bar codes through zbar, opened with dlopen when the first picture is searched.
//
// Why it is not linked: Debian's libzbar.so.0 also serves cameras and windows and brings 21 shared
// objects with it (X11, D-Bus, systemd), which would be loaded at every start of a tool that mostly
// needs none of them. Of zbar only the image scanner is used here: no device, no window, no D-Bus.
//
// The prototypes come from zbar's own header, so the compiler checks every call.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Finds the codes of one picture after another.
typedef struct zbar_image_scanner_s cc_scanner;
/// A picture that was searched; owns its codes.
typedef struct zbar_image_s cc_scan;
/// One code found; good until its scan is destroyed.
typedef struct zbar_symbol_s cc_code;

/// Opens the library.
/// @return 1, or 0 where it is not installed or lacks a function that we call.
int cc_zbar_open(void);

// Everything below needs a cc_zbar_open that returned 1.

/// A scanner for every kind of code that zbar knows.
cc_scanner *_Nullable cc_scanner_create(void);
void cc_scanner_destroy(cc_scanner *_Nonnull scanner);

/// Searches a grey picture of width * height bytes, which must stay until the scan is destroyed.
/// @return NULL where memory is short or the scanner refused the picture.
cc_scan *_Nullable cc_scanner_search(
    cc_scanner *_Nonnull scanner, const uint8_t *_Nonnull grey, size_t width, size_t height);
void cc_scan_destroy(cc_scan *_Nonnull scan);

/// The first code found, or NULL.
const cc_code *_Nullable cc_scan_first(const cc_scan *_Nonnull scan);
/// The next code of the same scan, or NULL.
const cc_code *_Nullable cc_code_next(const cc_code *_Nonnull code);

/// The number of its kind in zbar.h, `zbar_symbol_type_t`.
int cc_code_type(const cc_code *_Nonnull code);
/// Its text: bytes that need not be UTF-8.
const char *_Nullable cc_code_text(const cc_code *_Nonnull code, size_t *_Nonnull length);
/// How many scan lines agreed on a bar code; 1 for a code in two dimensions.
int cc_code_quality(const cc_code *_Nonnull code);

/// Its outline: a polygon of so many corners in pixels of the picture; may be 0.
size_t cc_code_corner_count(const cc_code *_Nonnull code);
void cc_code_corner(const cc_code *_Nonnull code, size_t index, int *_Nonnull x, int *_Nonnull y);
