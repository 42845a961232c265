// HTML and XML through libxml2, opened with dlopen when the first document is read.
//
// Why it is not linked: it brings the 30 MB of ICU's tables and the C++ library with it, which plain
// text need not wait for.
//
// Nothing is fetched, and no file is opened: the parsers get bytes and no names.

#pragma once

#include <stddef.h>

/// What a document consists of, in its order. `offset` is in bytes from the beginning of the
/// document, after what the call is about, or before it if that is a text; texts come in pieces and are UTF-8.
typedef struct {
    /// Attributes are name, value, name, value, NULL; a value may be NULL in HTML.
    void (*_Nonnull start)(
        void *_Nullable user, const char *_Nonnull name,
        const char *_Nullable const *_Nullable attributes, size_t offset);
    void (*_Nonnull end)(void *_Nullable user, const char *_Nonnull name, size_t offset);
    void (*_Nonnull text)(
        void *_Nullable user, const char *_Nonnull text, size_t length, size_t offset);
} cc_document_handler;

typedef enum { CC_HTML, CC_XML } cc_document_kind;

/// A document being read.
typedef struct cc_document cc_document;

/// Opens the library.
/// @return 1, or 0 where it is not installed or lacks a function that we call.
int cc_xml2_open(void);

// Everything below needs a cc_xml2_open that returned 1.

/// @return NULL where memory is short.
cc_document *_Nullable cc_document_begin(
    cc_document_kind kind, const cc_document_handler *_Nonnull handler, void *_Nullable user);

/// Reads on; the handler is called for what is complete. HTML has no errors.
/// @return 1, or 0 after the first error of an XML document.
int cc_document_add(cc_document *_Nonnull document, const char *_Nonnull bytes, size_t count);

/// Reads what was held back; nothing more can be added.
/// @return as cc_document_add.
int cc_document_finish(cc_document *_Nonnull document);

/// The first error: its line and column, from 1, and a sentence of the library.
const char *_Nonnull cc_document_error(
    const cc_document *_Nonnull document, int *_Nonnull line, int *_Nonnull column);

void cc_document_end(cc_document *_Nullable document);
