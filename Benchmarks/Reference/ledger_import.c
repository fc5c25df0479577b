/* Reference of the row ledger.import: what `onecard ledger import` does, in C.
 *
 *   ledger_import FILE KEYS DATABASE TABLES INDEXES
 *
 * FILE is a ledger file, KEYS a folder of keys, DATABASE the file to make; TABLES and INDEXES are files with the SQL of the
 * schema, taken from a ledger that the product imported. Signature, page hashes and seals are verified, every record is
 * decoded strictly, numbers become keyed hashes, personal columns are sealed, rows inserted by a second thread; in the end
 * the indexes are made, the rows counted, the database hashed, synced and given its name. */
#include "store.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1024 * 1024 };

/* SHA-256 over the finished database, which `current` would name; then makes it lasting under its name. */
static void publish(const char *path, const char *name) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) die("the database is gone");
    uint8_t *chunk = must(malloc(CHUNK_BYTES)), digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX state;
    SHA256_Init(&state);
    for (ssize_t count; (count = read(file, chunk, CHUNK_BYTES)) > 0;) SHA256_Update(&state, chunk, (size_t)count);
    SHA256_Final(digest, &state);
    free(chunk);
    if (fsync(file) != 0 || rename(path, name) != 0) die("the database cannot be made lasting");
    close(file);
    for (size_t index = 0; index < sizeof digest; index++) printf("%02x", digest[index]);
    printf("\n");
}

int main(int count, char **arguments) {
    if (count != 6) die("usage: ledger_import FILE KEYS DATABASE TABLES INDEXES");
    size_t size;
    char *tables = (char *)read_whole(arguments[4], &size), *indexes = (char *)read_whole(arguments[5], &size);
    struct key_file group = read_key(arguments[2], "station-group.key"), hub = read_key(arguments[2], "hub-signing.pub"),
                    storage = read_key(arguments[2], "storage.key");
    struct snapshot *snapshot = must(malloc(sizeof *snapshot));
    snapshot_open(snapshot, arguments[1], &hub, &group);

    struct batch_queue queue;
    queue_prepare(&queue);
    struct records *records = must(calloc(1, sizeof *records));
    records->manifest = &snapshot->manifest;
    records->queue = &queue;
    records->batch = queue_empty_batch(&queue);
    pseudonyms_prepare(&records->hashes, &group);
    uint8_t salt[KEY_BYTES], key[KEY_BYTES];
    if (RAND_bytes(salt, sizeof salt) != 1) die("no random bytes");
    column_key(&storage, salt, key);
    sealing_prepare(&records->sealing, key, 0);

    char path[4096];
    snprintf(path, sizeof path, "%s.importing", arguments[3]);
    unlink(path);
    struct store store = {.queue = &queue};
    store_open(&store, path, tables);
    pthread_t inserting;
    if (pthread_create(&inserting, NULL, store_insert, &store) != 0) die("no thread");
    for (size_t page; (page = snapshot_next(snapshot)) > 0;) records_read(records, snapshot->page, page);
    records_finish(records);
    pthread_join(inserting, NULL);
    store_finish(&store, records, snapshot, salt, atoi(storage.id), indexes);
    publish(path, arguments[3]);
    return 0;
}
