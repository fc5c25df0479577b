/* Decodes the records of a ledger file and turns them into rows: keyed hashes in place of numbers, the rest sealed. */
#ifndef ONECARD_REFERENCE_RECORDS_H
#define ONECARD_REFERENCE_RECORDS_H

#include "cursor.h"
#include "rows.h"
#include "snapshot.h"

enum { PROGRAMMES_MAX = 256, CARDS_MAX = 32, ENTITLEMENTS_MAX = 64, PAYMENTS_MAX = 60, RECORD_BYTES_MAX = 16 * 1024 };

/* A text of a small table. */
struct text {
    char bytes[256];
    int size;
};

struct programme {
    struct text code, chinese, english, department, department_chinese, department_english;
    int category, unit;
};

struct records {
    const struct manifest *manifest;
    struct pseudonyms hashes;
    struct sealing sealing;
    struct counts counts;
    struct text source_titles[SOURCES_MAX];
    struct programme programmes[PROGRAMMES_MAX];
    int64_t cards_of_resident, entitlements_of_resident;
    struct batch *batch;
    struct batch_queue *queue;
};

/* Decodes one page; full batches go to the queue. */
void records_read(struct records *records, const uint8_t *page, size_t size);

/* Checks the counts of the manifest and hands over the last batch. */
void records_finish(struct records *records);

#endif
