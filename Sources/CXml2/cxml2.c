#include "cxml2.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CC_EACH_FUNCTION(DO)   \
    DO(htmlCreatePushParserCtxt) \
    DO(htmlCtxtUseOptions)     \
    DO(htmlParseChunk)         \
    DO(htmlFreeParserCtxt)     \
    DO(xmlCreatePushParserCtxt) \
    DO(xmlCtxtUseOptions)      \
    DO(xmlParseChunk)          \
    DO(xmlFreeParserCtxt)

#define CC_DECLARE(name) __typeof__(name) *name;
static struct {
    int is_complete;
    CC_EACH_FUNCTION(CC_DECLARE)
} api;

static void open_library(void) {
    void *library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
#define CC_RESOLVE(name)                                    \
    api.name = (__typeof__(api.name))dlsym(library, #name); \
    if (api.name == NULL) return;
    CC_EACH_FUNCTION(CC_RESOLVE)
    api.is_complete = 1;
}

int cc_xml2_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    return api.is_complete;
}

struct cc_document {
    cc_document_kind kind;
    cc_document_handler handler;
    void *user;
    xmlSAXHandler sax;
    xmlParserCtxtPtr parser;
    int failed, line, column;
    char message[256];
};

static size_t offset(const cc_document *document) {
    const xmlParserInput *input = document->parser->input;
    if (input == NULL || input->cur < input->base) return 0;
    return (size_t)input->consumed + (size_t)(input->cur - input->base);
}

static void fail(cc_document *document, int line, int column, const char *message) {
    document->failed = 1;
    document->line = line;
    document->column = column;
    snprintf(document->message, sizeof document->message, "%s", message);
    document->message[strcspn(document->message, "\n")] = 0;
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes) {
    cc_document *document = user;
    if (document->failed) return;
    document->handler.start(
        document->user, (const char *)name, (const char *const *)attributes, offset(document));
}

static void on_end(void *user, const xmlChar *name) {
    cc_document *document = user;
    if (document->failed) return;
    document->handler.end(document->user, (const char *)name, offset(document));
}

/// `prefix:local`, or `local`; the caller frees it. NULL where memory is short.
static char *full_name(const xmlChar *prefix, const xmlChar *local) {
    if (prefix == NULL) return strdup((const char *)local);
    size_t before = strlen((const char *)prefix), after = strlen((const char *)local);
    char *name = malloc(before + after + 2);
    if (name == NULL) return NULL;
    memcpy(name, prefix, before);
    name[before] = ':';
    memcpy(name + before + 1, local, after + 1);
    return name;
}

// XML comes with namespaces. An attribute is its local name, prefix, namespace, and where its value
// begins and ends.
static void on_start_xml(
    void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space, int spaces,
    const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
    (void)space, (void)spaces, (void)declared, (void)defaulted;
    cc_document *document = user;
    if (document->failed) return;
    size_t total = count > 0 ? (size_t)count : 0;
    char **list = calloc(2 * total + 1, sizeof *list);
    char *name = full_name(prefix, local);
    int is_complete = list != NULL && name != NULL;
    for (size_t i = 0; is_complete && i < total; i++) {
        const xmlChar **attribute = attributes + 5 * i;
        list[2 * i] = full_name(attribute[1], attribute[0]);
        list[2 * i + 1] =
            strndup((const char *)attribute[3], (size_t)(attribute[4] - attribute[3]));
        is_complete = list[2 * i] != NULL && list[2 * i + 1] != NULL;
    }
    if (is_complete) {
        document->handler.start(
            document->user, name, (const char *const *)list, offset(document));
    } else {
        fail(document, 0, 0, "memory is short");
    }
    for (size_t i = 0; list != NULL && i < 2 * total; i++) free(list[i]);
    free(list);
    free(name);
}

static void on_end_xml(
    void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space) {
    (void)space;
    cc_document *document = user;
    if (document->failed) return;
    char *name = full_name(prefix, local);
    if (name == NULL) return fail(document, 0, 0, "memory is short");
    document->handler.end(document->user, name, offset(document));
    free(name);
}

static void on_text(void *user, const xmlChar *text, int length) {
    cc_document *document = user;
    if (document->failed || length <= 0) return;
    document->handler.text(document->user, (const char *)text, (size_t)length, offset(document));
}

static void on_error(void *user, xmlErrorPtr error) {
    cc_document *document = user;
    if (document->kind == CC_HTML || document->failed || error->level < XML_ERR_ERROR) return;
    const char *message = error->message != NULL ? error->message : "it is not well-formed";
    // The library's own sentence speaks of extra content.
    if (error->code == XML_ERR_DOCUMENT_END && document->parser->nameNr > 0) {
        message = "it ends before its last element does";
    }
    fail(document, error->line, error->int2, message);
}

cc_document *cc_document_begin(
    cc_document_kind kind, const cc_document_handler *handler, void *user) {
    cc_document *document = calloc(1, sizeof *document);
    if (document == NULL) return NULL;
    document->kind = kind;
    document->handler = *handler;
    document->user = user;
    document->sax.initialized = XML_SAX2_MAGIC;
    if (kind == CC_HTML) {
        document->sax.startElement = on_start;
        document->sax.endElement = on_end;
    } else {
        document->sax.startElementNs = on_start_xml;
        document->sax.endElementNs = on_end_xml;
    }
    document->sax.characters = on_text;
    document->sax.ignorableWhitespace = on_text;
    document->sax.cdataBlock = on_text;
    document->sax.serror = on_error;
    if (kind == CC_HTML) {
        document->parser = api.htmlCreatePushParserCtxt(
            &document->sax, document, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
        if (document->parser != NULL) {
            api.htmlCtxtUseOptions(
                document->parser,
                HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
        }
    } else {
        document->parser = api.xmlCreatePushParserCtxt(&document->sax, document, NULL, 0, NULL);
        if (document->parser != NULL) {
            api.xmlCtxtUseOptions(document->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
        }
    }
    if (document->parser == NULL) {
        free(document);
        return NULL;
    }
    return document;
}

static int parse(cc_document *document, const char *bytes, size_t count, int isLast) {
    while (!document->failed) {
        int part = count > 1 << 20 ? 1 << 20 : (int)count;
        int ends = isLast && (size_t)part == count;
        if (document->kind == CC_HTML) {
            api.htmlParseChunk(document->parser, bytes, part, ends);
        } else if (api.xmlParseChunk(document->parser, bytes, part, ends) != XML_ERR_OK
                   && !document->failed && !document->parser->wellFormed) {
            fail(document, 0, 0, "it is not well-formed");
        }
        bytes += part;
        count -= (size_t)part;
        if (count == 0) break;
    }
    return !document->failed;
}

int cc_document_add(cc_document *document, const char *bytes, size_t count) {
    return parse(document, bytes, count, 0);
}

int cc_document_finish(cc_document *document) { return parse(document, "", 0, 1); }

const char *cc_document_error(const cc_document *document, int *line, int *column) {
    *line = document->line;
    *column = document->column;
    return document->message;
}

void cc_document_end(cc_document *document) {
    if (document == NULL) return;
    if (document->kind == CC_HTML) {
        api.htmlFreeParserCtxt(document->parser);
    } else {
        api.xmlFreeParserCtxt(document->parser);
    }
    free(document);
}
