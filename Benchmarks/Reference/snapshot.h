/* Reads a ledger file (Documentation/LedgerFile.md): signature, manifest, then page by page hash and seal. */
#ifndef ONECARD_REFERENCE_SNAPSHOT_H
#define ONECARD_REFERENCE_SNAPSHOT_H

#include "support.h"

enum {
    MAGIC_BYTES = 8,
    MANIFEST_BYTES_MAX = 1024 * 1024,
    PAGE_BYTES_MAX = 1024 * 1024,
    PAGES_MAX = 8192,
    SOURCES_MAX = 64,
    CODE_BYTES_MAX = 32,
    SIGNATURE_BYTES = 64,
};

struct counts {
    int64_t cards, entitlements, payments, programmes, residents, sources;
};

struct page_entry {
    size_t bytes;
    uint8_t sha256[SHA256_DIGEST_LENGTH];
};

struct source_entry {
    char code[CODE_BYTES_MAX + 1];
    int64_t as_of;
};

struct manifest {
    struct counts counts;
    int64_t created_at, generation, format, group_key;
    char division[13];
    uint8_t salt[KEY_BYTES];
    int source_count, page_count;
    struct source_entry sources[SOURCES_MAX];
    struct page_entry pages[PAGES_MAX];
};

struct snapshot {
    int file, next_page;
    struct manifest manifest;
    uint8_t *front;
    size_t front_size;
    struct sealing sealing;
    uint8_t *sealed, *page;
};

/* Opens the file and verifies what stands in front of the pages. */
void snapshot_open(struct snapshot *snapshot, const char *path, const struct key_file *hub, const struct key_file *group);

/* The next page, verified and opened; 0 after the last one. */
size_t snapshot_next(struct snapshot *snapshot);

/* Reads the canonical JSON of a manifest. */
void manifest_parse(struct manifest *manifest, const char *text, size_t size);

#endif
