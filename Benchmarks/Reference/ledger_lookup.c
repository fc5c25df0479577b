/* Reference of the row ledger.lookup-with-statement: the reads of one look-up, by sqlite3 and libcrypto.
 *
 *   ledger_lookup DATABASE KEYS PEOPLE SEED
 *
 * For each look-up: keyed hashes of citizen number and identification code, then in one transaction the person with the
 * sealed record opened, the person's cards, entitlements and payments with their accounts opened; all columns are taken
 * into structures. Which programmes there are was read before, as the product does. The statement itself is not made. */
#include "support.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 18, CODE_BYTES = 16, ENTRY_BYTES = NUMBER_BYTES + CODE_BYTES };
enum { CARDS_MAX = 32, ENTITLEMENTS_MAX = 64, PAYMENTS_MAX = 60, TEXT_BYTES_MAX = 64, RECORD_BYTES_MAX = 1024 };

struct stored_card {
    uint8_t key[PSEUDONYM_BYTES], number_key[DIGEST_BYTES];
    int64_t status, issued_on, expires_on;
};

struct payment {
    int64_t month, instalment, amount, state, due_on, credited_on;
    char returned_reason[TEXT_BYTES_MAX], account[8];
};

struct entitlement {
    int64_t programme, state, amount, period, from, to, taper_months, source;
    char code[TEXT_BYTES_MAX], account[8];
    int payment_count;
    struct payment payments[PAYMENTS_MAX];
};

struct reading {
    uint8_t person[RECORD_BYTES_MAX];
    size_t person_size;
    int card_count, entitlement_count;
    struct stored_card cards[CARDS_MAX];
    struct entitlement entitlements[ENTITLEMENTS_MAX];
};

struct lookup {
    sqlite3 *database;
    sqlite3_stmt *begin, *end, *resident, *cards, *entitlements, *payments;
    struct pseudonyms hashes;
    struct sealing sealing;
    uint8_t *people;
    size_t people_count;
    uint64_t random;
    struct reading reading;
};

static sqlite3_stmt *prepare(struct lookup *lookup, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(lookup->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        die("SQLite: %s", sqlite3_errmsg(lookup->database));
    }
    return statement;
}

static int next(struct lookup *lookup, sqlite3_stmt *statement) {
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) die("SQLite: %s", sqlite3_errmsg(lookup->database));
    if (result == SQLITE_DONE) sqlite3_reset(statement);
    return result == SQLITE_ROW;
}

static void run(struct lookup *lookup, sqlite3_stmt *statement) {
    while (next(lookup, statement)) {}
}

static void open_ledger(struct lookup *lookup, const char *path, const struct key_file *storage) {
    if (sqlite3_open_v2(path, &lookup->database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) die("cannot open %s", path);
    static const char pragmas[] = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -4096; PRAGMA mmap_size = 0;";
    if (sqlite3_exec(lookup->database, pragmas, NULL, NULL, NULL) != SQLITE_OK) die("the pragmas are refused");
    sqlite3_stmt *meta = prepare(lookup, "SELECT salt FROM meta");
    uint8_t key[KEY_BYTES];
    if (!next(lookup, meta) || sqlite3_column_bytes(meta, 0) != KEY_BYTES) die("the ledger says nothing about itself");
    column_key(storage, sqlite3_column_blob(meta, 0), key);
    sqlite3_finalize(meta);
    sealing_prepare(&lookup->sealing, key, 1);
    lookup->begin = prepare(lookup, "BEGIN DEFERRED TRANSACTION");
    lookup->end = prepare(lookup, "COMMIT TRANSACTION");
    lookup->resident = prepare(lookup, "SELECT id, sealed FROM residents WHERE key = ?");
    lookup->cards = prepare(lookup, "SELECT id, key, number_key, status, issued_on, expires_on FROM cards "
                                    "WHERE id BETWEEN ? AND ? ORDER BY id");
    lookup->entitlements = prepare(lookup, "SELECT id, code, programme, state, amount, period, from_month, to_month, "
                                           "taper_months, source, sealed_account FROM entitlements "
                                           "WHERE id BETWEEN ? AND ? ORDER BY id");
    lookup->payments = prepare(lookup, "SELECT id, month, instalment, amount, state, due_on, credited_on, "
                                       "returned_reason, same_account, sealed_account FROM payments "
                                       "WHERE id BETWEEN ? AND ? ORDER BY id");
}

/* A number, or -1 for NULL. */
static int64_t number(sqlite3_stmt *row, int column) {
    return sqlite3_column_type(row, column) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, column);
}

static void text(sqlite3_stmt *row, int column, char out[TEXT_BYTES_MAX]) {
    const unsigned char *bytes = sqlite3_column_text(row, column);
    int size = sqlite3_column_bytes(row, column);
    if (size >= TEXT_BYTES_MAX) die("a text is too long");
    if (bytes != NULL) memcpy(out, bytes, (size_t)size);
    out[size] = 0;
}

static void blob(sqlite3_stmt *row, int column, uint8_t *out, int size) {
    if (sqlite3_column_bytes(row, column) != size) die("a blob of another size");
    memcpy(out, sqlite3_column_blob(row, column), (size_t)size);
}

static void account(struct lookup *lookup, sqlite3_stmt *row, int index, enum column column, int64_t id, char out[8]) {
    uint8_t nonce[NONCE_BYTES];
    const void *sealed = sqlite3_column_blob(row, index);
    size_t size = (size_t)sqlite3_column_bytes(row, index);
    out[0] = 0;
    if (sealed == NULL) return;
    if (size != 4 + TAG_BYTES) die("an account of another size");
    column_nonce(column, id, nonce);
    open_sealed(&lookup->sealing, nonce, NULL, 0, sealed, size, (uint8_t *)out);
    out[4] = 0;
}

static void range(sqlite3_stmt *statement, int64_t resident) {
    sqlite3_bind_int64(statement, 1, resident << 12);
    sqlite3_bind_int64(statement, 2, resident << 12 | 0xFFF);
}

static int64_t read_person(struct lookup *lookup, const uint8_t key[PSEUDONYM_BYTES]) {
    uint8_t nonce[NONCE_BYTES];
    sqlite3_bind_blob(lookup->resident, 1, key, PSEUDONYM_BYTES, SQLITE_TRANSIENT);
    if (!next(lookup, lookup->resident)) die("the ledger does not know a person");
    int64_t id = sqlite3_column_int64(lookup->resident, 0);
    size_t size = (size_t)sqlite3_column_bytes(lookup->resident, 1);
    if (size > RECORD_BYTES_MAX) die("a person is too long");
    column_nonce(COLUMN_RESIDENT, id, nonce);
    lookup->reading.person_size = open_sealed(&lookup->sealing, nonce, NULL, 0, sqlite3_column_blob(lookup->resident, 1),
                                              size, lookup->reading.person);
    sqlite3_reset(lookup->resident);
    return id;
}

static void read_cards(struct lookup *lookup, int64_t resident) {
    struct reading *reading = &lookup->reading;
    sqlite3_stmt *row = lookup->cards;
    range(row, resident);
    for (reading->card_count = 0; next(lookup, row); reading->card_count++) {
        if (reading->card_count == CARDS_MAX) die("too many cards");
        struct stored_card *card = &reading->cards[reading->card_count];
        blob(row, 1, card->key, PSEUDONYM_BYTES);
        blob(row, 2, card->number_key, DIGEST_BYTES);
        card->status = number(row, 3);
        card->issued_on = number(row, 4);
        card->expires_on = number(row, 5);
    }
}

static void read_entitlements(struct lookup *lookup, int64_t resident) {
    struct reading *reading = &lookup->reading;
    sqlite3_stmt *row = lookup->entitlements;
    range(row, resident);
    for (reading->entitlement_count = 0; next(lookup, row); reading->entitlement_count++) {
        if (reading->entitlement_count == ENTITLEMENTS_MAX) die("too many entitlements");
        struct entitlement *one = &reading->entitlements[reading->entitlement_count];
        text(row, 1, one->code);
        one->programme = number(row, 2);
        one->state = number(row, 3);
        one->amount = number(row, 4);
        one->period = number(row, 5);
        one->from = number(row, 6);
        one->to = number(row, 7);
        one->taper_months = number(row, 8);
        one->source = number(row, 9);
        account(lookup, row, 10, COLUMN_ENTITLEMENT_ACCOUNT, sqlite3_column_int64(row, 0), one->account);
        one->payment_count = 0;
    }
}

static void read_payments(struct lookup *lookup, int64_t resident) {
    struct reading *reading = &lookup->reading;
    sqlite3_stmt *row = lookup->payments;
    range(row, resident);
    while (next(lookup, row)) {
        int64_t id = sqlite3_column_int64(row, 0);
        int ordinal = (int)(id >> 6 & 0x3F);
        if (ordinal >= reading->entitlement_count) die("a payment without entitlement");
        struct entitlement *owner = &reading->entitlements[ordinal];
        if (owner->payment_count == PAYMENTS_MAX) die("too many payments");
        struct payment *payment = &owner->payments[owner->payment_count++];
        payment->month = number(row, 1);
        payment->instalment = number(row, 2);
        payment->amount = number(row, 3);
        payment->state = number(row, 4);
        payment->due_on = number(row, 5);
        payment->credited_on = number(row, 6);
        text(row, 7, payment->returned_reason);
        if (number(row, 8) == 1) {
            memcpy(payment->account, owner->account, sizeof payment->account);
        } else {
            account(lookup, row, 9, COLUMN_PAYMENT_ACCOUNT, id, payment->account);
        }
    }
}

static void round_of(void *context, long operations) {
    struct lookup *lookup = context;
    for (long index = 0; index < operations; index++) {
        const uint8_t *person = lookup->people + splitmix64(&lookup->random) % lookup->people_count * ENTRY_BYTES;
        uint8_t resident[PSEUDONYM_BYTES], card[PSEUDONYM_BYTES];
        pseudonym(&lookup->hashes, &lookup->hashes.resident, person, NUMBER_BYTES, resident);
        pseudonym(&lookup->hashes, &lookup->hashes.card, person + NUMBER_BYTES, CODE_BYTES, card);
        run(lookup, lookup->begin);
        int64_t id = read_person(lookup, resident);
        read_cards(lookup, id);
        read_entitlements(lookup, id);
        read_payments(lookup, id);
        run(lookup, lookup->end);
        int is_known = 0;
        for (int found = 0; found < lookup->reading.card_count; found++) {
            is_known |= memcmp(lookup->reading.cards[found].key, card, sizeof card) == 0;
        }
        if (!is_known || lookup->reading.entitlement_count == 0) die("a person without this card or without benefits");
    }
}

int main(int count, char **arguments) {
    if (count != 5) die("usage: ledger_lookup DATABASE KEYS PEOPLE SEED");
    struct lookup *lookup = must(calloc(1, sizeof *lookup));
    struct key_file group = read_key(arguments[2], "station-group.key"), storage = read_key(arguments[2], "storage.key");
    pseudonyms_prepare(&lookup->hashes, &group);
    open_ledger(lookup, arguments[1], &storage);
    size_t size;
    lookup->people = read_whole(arguments[3], &size);
    lookup->people_count = size / ENTRY_BYTES;
    if (lookup->people_count == 0) die("the file of people is empty");
    lookup->random = strtoull(arguments[4], NULL, 10);
    serve_rounds(round_of, lookup);
    return 0;
}
