/* The database that an import builds: the schema is given, the pragmas are those of LedgerSQLite. */
#ifndef ONECARD_REFERENCE_STORE_H
#define ONECARD_REFERENCE_STORE_H

#include "records.h"

#include <sqlite3.h>

struct store {
    sqlite3 *database;
    struct batch_queue *queue;
};

/* Makes the file and its tables. */
void store_open(struct store *store, const char *path, const char *tables_sql);

/* Inserts batches until the queue ends; the body of a thread. */
void *store_insert(void *store);

/* Adds the small tables, makes the indexes, checks the counts, closes. */
void store_finish(struct store *store, const struct records *records, const struct snapshot *snapshot,
                  const uint8_t *salt, int64_t storage_key, const char *indexes_sql);

#endif
