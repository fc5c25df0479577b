#include "store.h"

#include <stdio.h>

static void check(struct store *store, int result, int expected) {
    if (result != expected) die("SQLite: %s", sqlite3_errmsg(store->database));
}

static void run(struct store *store, const char *sql) {
    check(store, sqlite3_exec(store->database, sql, NULL, NULL, NULL), SQLITE_OK);
}

static sqlite3_stmt *prepare(struct store *store, const char *sql) {
    sqlite3_stmt *statement = NULL;
    check(store, sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK);
    return statement;
}

void store_open(struct store *store, const char *path, const char *tables_sql) {
    if (sqlite3_open(path, &store->database) != SQLITE_OK) die("cannot make %s", path);
    run(store, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
               "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768; PRAGMA threads = 2;");
    run(store, tables_sql);
}

/* Binds the columns of one row from left to right. */
struct binder {
    sqlite3_stmt *statement;
    const uint8_t *bytes;
    int index, result;
};

static void number(struct binder *binder, int64_t number) {
    binder->index++;
    binder->result |= number == ABSENT ? sqlite3_bind_null(binder->statement, binder->index)
                                       : sqlite3_bind_int64(binder->statement, binder->index, number);
}

static void blob(struct binder *binder, struct part part) {
    binder->index++;
    binder->result |= part.count < 0 ? sqlite3_bind_null(binder->statement, binder->index)
                                     : sqlite3_bind_blob(binder->statement, binder->index, binder->bytes + part.start,
                                                         part.count, SQLITE_STATIC);
}

static void text(struct binder *binder, struct part part) {
    binder->index++;
    binder->result |= part.count < 0 ? sqlite3_bind_null(binder->statement, binder->index)
                                     : sqlite3_bind_text(binder->statement, binder->index,
                                                         (const char *)binder->bytes + part.start, part.count,
                                                         SQLITE_STATIC);
}

static void step(struct store *store, struct binder *binder) {
    check(store, binder->result, SQLITE_OK);
    check(store, sqlite3_step(binder->statement), SQLITE_DONE);
    check(store, sqlite3_reset(binder->statement), SQLITE_OK);
    binder->index = 0;
}

static void insert_payment(struct binder *to, const struct payment_row *row) {
    number(to, row->id);
    number(to, row->month);
    number(to, row->instalment);
    number(to, row->amount);
    number(to, row->state);
    number(to, row->due_on);
    number(to, row->credited_on);
    text(to, row->returned_reason);
    number(to, row->same_account);
    blob(to, row->sealed_account);
}

static void insert_entitlement(struct binder *to, const struct entitlement_row *row) {
    number(to, row->id);
    text(to, row->code);
    number(to, row->programme);
    number(to, row->state);
    number(to, row->amount);
    number(to, row->period);
    number(to, row->from);
    number(to, row->to);
    number(to, row->taper_months);
    number(to, row->source);
    blob(to, row->sealed_account);
}

static void insert_card(struct binder *to, const struct card_row *row) {
    number(to, row->id);
    blob(to, row->key);
    blob(to, row->number_key);
    number(to, row->status);
    number(to, row->issued_on);
    number(to, row->expires_on);
    blob(to, row->replaced_by);
    number(to, row->since);
    blob(to, row->sealed_number);
}

static void insert_batch(struct store *store, struct binder binders[4], const struct batch *batch) {
    for (int index = 0; index < 4; index++) binders[index].bytes = batch->bytes.items;
    for (size_t index = 0; index < batch->residents.count; index++) {
        const struct resident_row *row = &batch->residents.items[index];
        number(&binders[0], row->id);
        blob(&binders[0], row->key);
        blob(&binders[0], row->sealed);
        step(store, &binders[0]);
    }
    for (size_t index = 0; index < batch->cards.count; index++) {
        insert_card(&binders[1], &batch->cards.items[index]);
        step(store, &binders[1]);
    }
    for (size_t index = 0; index < batch->entitlements.count; index++) {
        insert_entitlement(&binders[2], &batch->entitlements.items[index]);
        step(store, &binders[2]);
    }
    for (size_t index = 0; index < batch->payments.count; index++) {
        insert_payment(&binders[3], &batch->payments.items[index]);
        step(store, &binders[3]);
    }
}

void *store_insert(void *context) {
    struct store *store = context;
    run(store, "BEGIN EXCLUSIVE");
    struct binder binders[4] = {
        {.statement = prepare(store, "INSERT INTO residents VALUES (?, ?, ?)")},
        {.statement = prepare(store, "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")},
        {.statement = prepare(store, "INSERT INTO entitlements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
        {.statement = prepare(store, "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
    };
    for (struct batch *batch; (batch = queue_pop(store->queue)) != NULL; queue_give_back(store->queue, batch)) {
        insert_batch(store, binders, batch);
    }
    for (int index = 0; index < 4; index++) sqlite3_finalize(binders[index].statement);
    run(store, "COMMIT");
    return NULL;
}

static void bind_text(sqlite3_stmt *statement, int index, const struct text *text) {
    sqlite3_bind_text(statement, index, text->bytes, text->size, SQLITE_STATIC);
}

static void insert_small_tables(struct store *store, const struct records *records) {
    static const char *const categories[] = {"", "living", "education", "medical", "disability", "other", "socialInsurance"};
    sqlite3_stmt *statement = prepare(store, "INSERT INTO sources VALUES (?, ?, ?, ?)");
    for (int index = 0; index < records->manifest->source_count; index++, sqlite3_reset(statement)) {
        sqlite3_bind_int(statement, 1, index + 1);
        sqlite3_bind_text(statement, 2, records->manifest->sources[index].code, -1, SQLITE_STATIC);
        bind_text(statement, 3, &records->source_titles[index]);
        sqlite3_bind_int64(statement, 4, records->manifest->sources[index].as_of);
        check(store, sqlite3_step(statement), SQLITE_DONE);
    }
    sqlite3_finalize(statement);
    statement = prepare(store, "INSERT INTO programmes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (int index = 0; index < records->counts.programmes; index++, sqlite3_reset(statement)) {
        const struct programme *programme = &records->programmes[index];
        sqlite3_bind_int(statement, 1, index + 1);
        bind_text(statement, 2, &programme->code);
        bind_text(statement, 3, &programme->chinese);
        bind_text(statement, 4, &programme->english);
        sqlite3_bind_text(statement, 5, categories[programme->category], -1, SQLITE_STATIC);
        bind_text(statement, 6, &programme->department);
        bind_text(statement, 7, &programme->department_chinese);
        bind_text(statement, 8, &programme->department_english);
        sqlite3_bind_text(statement, 9, programme->unit == 1 ? "person" : "household", -1, SQLITE_STATIC);
        check(store, sqlite3_step(statement), SQLITE_DONE);
    }
    sqlite3_finalize(statement);
}

static void require_count(struct store *store, const char *table, int64_t expected) {
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    sqlite3_stmt *statement = prepare(store, sql);
    check(store, sqlite3_step(statement), SQLITE_ROW);
    if (sqlite3_column_int64(statement, 0) != expected) die("%s has another count than the file", table);
    sqlite3_finalize(statement);
}

void store_finish(struct store *store, const struct records *records, const struct snapshot *snapshot,
                  const uint8_t *salt, int64_t storage_key, const char *indexes_sql) {
    run(store, "BEGIN");
    sqlite3_stmt *statement = prepare(store, "INSERT INTO meta VALUES (1, ?, ?, ?)");
    sqlite3_bind_blob(statement, 1, snapshot->front, (int)snapshot->front_size, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, salt, KEY_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, storage_key);
    check(store, sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    insert_small_tables(store, records);
    run(store, "COMMIT");
    run(store, indexes_sql);
    require_count(store, "sources", records->counts.sources);
    require_count(store, "programmes", records->counts.programmes);
    require_count(store, "residents", records->counts.residents);
    require_count(store, "cards", records->counts.cards);
    require_count(store, "entitlements", records->counts.entitlements);
    require_count(store, "payments", records->counts.payments);
    if (sqlite3_close(store->database) != SQLITE_OK) die("the database does not close");
}
