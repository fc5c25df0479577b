/* Canonical JSON has one form for one value, with sorted keys: a manifest is read from left to right. */
#include "snapshot.h"

#include <string.h>

struct json {
    const char *at, *end;
};

static void literal(struct json *json, const char *text) {
    size_t size = strlen(text);
    if ((size_t)(json->end - json->at) < size || memcmp(json->at, text, size) != 0) die("the manifest has no %s", text);
    json->at += size;
}

static int is_next(const struct json *json, char character) { return json->at < json->end && *json->at == character; }

static int64_t integer(struct json *json) {
    int64_t number = 0;
    const char *start = json->at;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') {
        if (number > 9007199254740991 / 10) die("a number of the manifest is too large");
        number = number * 10 + (*json->at++ - '0');
    }
    if (json->at == start || (*start == '0' && json->at - start > 1)) die("a number of the manifest is malformed");
    return number;
}

static size_t text(struct json *json, const char **start) {
    literal(json, "\"");
    *start = json->at;
    while (json->at < json->end && *json->at != '"') {
        if (*json->at < 0x21 || *json->at > 0x7E || *json->at == '\\') die("a text of the manifest is malformed");
        json->at++;
    }
    size_t size = (size_t)(json->at - *start);
    literal(json, "\"");
    return size;
}

static void copy_text(struct json *json, char *out, size_t most) {
    const char *start;
    size_t size = text(json, &start);
    if (size == 0 || size > most) die("a text of the manifest is too long");
    memcpy(out, start, size);
    out[size] = 0;
}

static void bytes_of_hex(struct json *json, uint8_t out[KEY_BYTES]) {
    const char *start;
    size_t size = text(json, &start);
    if (from_hex(start, size, out, KEY_BYTES) != KEY_BYTES) die("hex of the manifest is too short");
}

static int64_t member(struct json *json, const char *name) {
    literal(json, name);
    return integer(json);
}

static void counts(struct json *json, struct counts *counts) {
    counts->cards = member(json, "{\"cards\":");
    counts->entitlements = member(json, ",\"entitlements\":");
    counts->payments = member(json, ",\"payments\":");
    counts->programmes = member(json, ",\"programmes\":");
    counts->residents = member(json, ",\"residents\":");
    counts->sources = member(json, ",\"sources\":");
    literal(json, "}");
}

static void pages(struct json *json, struct manifest *manifest) {
    literal(json, "[");
    while (!is_next(json, ']')) {
        if (manifest->page_count > 0) literal(json, ",");
        if (manifest->page_count == PAGES_MAX) die("too many pages");
        struct page_entry *page = &manifest->pages[manifest->page_count++];
        page->bytes = (size_t)member(json, "{\"bytes\":");
        if (page->bytes <= TAG_BYTES || page->bytes > PAGE_BYTES_MAX + TAG_BYTES) die("a page is too large");
        literal(json, ",\"sha256\":");
        bytes_of_hex(json, page->sha256);
        literal(json, "}");
    }
    literal(json, "]");
}

static void sources(struct json *json, struct manifest *manifest) {
    literal(json, "[");
    while (!is_next(json, ']')) {
        if (manifest->source_count > 0) literal(json, ",");
        if (manifest->source_count == SOURCES_MAX) die("too many sources");
        struct source_entry *source = &manifest->sources[manifest->source_count++];
        source->as_of = member(json, "{\"asOf\":");
        literal(json, ",\"code\":");
        copy_text(json, source->code, CODE_BYTES_MAX);
        literal(json, "}");
    }
    literal(json, "]");
}

void manifest_parse(struct manifest *manifest, const char *text, size_t size) {
    struct json json = {text, text + size};
    memset(manifest, 0, sizeof *manifest);
    literal(&json, "{\"counts\":");
    counts(&json, &manifest->counts);
    manifest->created_at = member(&json, ",\"createdAt\":");
    literal(&json, ",\"division\":");
    copy_text(&json, manifest->division, sizeof manifest->division - 1);
    manifest->format = member(&json, ",\"format\":");
    manifest->generation = member(&json, ",\"generation\":");
    manifest->group_key = member(&json, ",\"groupKey\":");
    literal(&json, ",\"pages\":");
    pages(&json, manifest);
    literal(&json, ",\"salt\":");
    bytes_of_hex(&json, manifest->salt);
    literal(&json, ",\"sources\":");
    sources(&json, manifest);
    literal(&json, "}");
    if (json.at != json.end || manifest->format != 1 || manifest->source_count != manifest->counts.sources) {
        die("the manifest is malformed");
    }
}
