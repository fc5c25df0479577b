#include "records.h"

#include <string.h>

#define AMOUNT_MAX 100000000000u

static const struct part null_part = {0, -1};

static struct text text_of(struct span span) {
    struct text text = {.size = (int)span.size};
    memcpy(text.bytes, span.start, span.size);
    return text;
}

static int is_same(struct span span, const char *bytes, size_t size) {
    return span.size == size && memcmp(span.start, bytes, size) == 0;
}

static struct part seal_part(struct records *records, enum column column, int64_t row, struct span plain) {
    struct batch *batch = records->batch;
    struct part part = {(uint32_t)batch->bytes.count, (int32_t)(plain.size + TAG_BYTES)};
    uint8_t nonce[NONCE_BYTES], *out = ROOM(batch->bytes, plain.size + TAG_BYTES);
    column_nonce(column, row, nonce);
    seal(&records->sealing, nonce, plain.start, plain.size, out);
    batch->bytes.count += plain.size + TAG_BYTES;
    return part;
}

static struct part key_part(struct records *records, const struct keyed_hash *hash, struct span number) {
    uint8_t key[PSEUDONYM_BYTES];
    pseudonym(&records->hashes, hash, number.start, number.size, key);
    return batch_part(records->batch, key, sizeof key);
}

static int64_t row_id(const struct records *records, int64_t ordinal, int64_t position) {
    return records->counts.residents << 12 | ordinal << 6 | position;
}

static int64_t source_id(const struct records *records, struct span code) {
    for (int index = 0; index < records->manifest->source_count; index++) {
        const char *known = records->manifest->sources[index].code;
        if (is_same(code, known, strlen(known))) return index + 1;
    }
    die("a source is not declared");
}

static int64_t programme_id(const struct records *records, struct span code) {
    for (int index = 0; index < records->counts.programmes; index++) {
        const struct text *known = &records->programmes[index].code;
        if (is_same(code, known->bytes, (size_t)known->size)) return index + 1;
    }
    return 0;
}

static void source(struct records *records, struct cursor *cursor) {
    if (records->counts.sources == records->manifest->source_count) die("a source too many");
    const struct source_entry *entry = &records->manifest->sources[records->counts.sources];
    struct span code = cursor_token(cursor, CODE_BYTES_MAX);
    records->source_titles[records->counts.sources] = text_of(cursor_title(cursor));
    if (!is_same(code, entry->code, strlen(entry->code)) || (int64_t)cursor_varint(cursor, INT64_MAX) != entry->as_of) {
        die("a source is not what the manifest says");
    }
    records->counts.sources++;
}

static void programme(struct records *records, struct cursor *cursor) {
    if (records->counts.programmes == PROGRAMMES_MAX || records->counts.sources != records->manifest->source_count) {
        die("a programme in the wrong place");
    }
    struct programme *programme = &records->programmes[records->counts.programmes];
    struct span code = cursor_programme_code(cursor);
    if (programme_id(records, code) != 0) die("a programme is doubled");
    memset(programme, 0, sizeof *programme);
    programme->code = text_of(code);
    programme->chinese = text_of(cursor_title(cursor));
    programme->english = text_of(cursor_title(cursor));
    programme->category = cursor_byte(cursor, 6);
    programme->unit = cursor_byte(cursor, 2);
    if (cursor_byte(cursor, 1) == 1) {
        programme->department = text_of(cursor_token(cursor, CODE_BYTES_MAX));
        programme->department_chinese = text_of(cursor_title(cursor));
        programme->department_english = text_of(cursor_title(cursor));
    }
    records->counts.programmes++;
}

static void resident(struct records *records, struct cursor *cursor) {
    struct span body = {cursor->at, (size_t)(cursor->end - cursor->at)};
    struct span number = cursor_citizen_number(cursor);
    uint8_t flags = cursor_byte(cursor, 1);
    cursor_name(cursor);
    uint8_t sex = cursor_byte(cursor, 9);
    if (sex > 2 && sex != 9) die("a sex is unknown");
    cursor_date(cursor);
    cursor_division(cursor);
    for (int left = cursor_byte(cursor, 16); left > 0; left--) cursor_token(cursor, CODE_BYTES_MAX);
    if (flags & 1) cursor_date(cursor);
    source_id(records, cursor_token(cursor, CODE_BYTES_MAX));
    int64_t id = ++records->counts.residents;
    records->cards_of_resident = records->entitlements_of_resident = 0;
    struct resident_row *row = ROOM(records->batch->residents, 1);
    row->id = id;
    row->key = key_part(records, &records->hashes.resident, number);
    row->sealed = seal_part(records, COLUMN_RESIDENT, id, body);
    records->batch->residents.count++;
}

/* The keyed hash of a card number: upper case, without blanks and zero bytes at both ends. */
static struct part number_key(struct records *records, struct span number) {
    uint8_t upper[CODE_BYTES_MAX], digest[DIGEST_BYTES];
    for (size_t index = 0; index < number.size; index++) {
        uint8_t byte = number.start[index];
        upper[index] = byte >= 'a' && byte <= 'z' ? byte - 0x20 : byte;
    }
    keyed_hash_of(&records->hashes.number, upper, number.size, digest);
    return batch_part(records->batch, digest, sizeof digest);
}

static void card(struct records *records, struct cursor *cursor) {
    if (records->counts.residents == 0 || records->cards_of_resident == CARDS_MAX) die("a card too many");
    int64_t id = row_id(records, records->cards_of_resident++, 0);
    struct card_row *row = ROOM(records->batch->cards, 1);
    struct span code = cursor_bytes(cursor, 16);
    uint8_t flags = cursor_byte(cursor, 15);
    struct span number = cursor_token(cursor, CODE_BYTES_MAX);
    row->id = id;
    row->status = cursor_byte(cursor, 7);
    if (row->status == 0) die("a card status is unknown");
    row->issued_on = flags & 1 ? cursor_date(cursor) : ABSENT;
    row->expires_on = flags & 2 ? cursor_date(cursor) : ABSENT;
    row->replaced_by = flags & 4 ? key_part(records, &records->hashes.card, cursor_bytes(cursor, 16)) : null_part;
    row->since = flags & 8 ? cursor_date(cursor) : ABSENT;
    row->key = key_part(records, &records->hashes.card, code);
    row->number_key = number_key(records, number);
    row->sealed_number = seal_part(records, COLUMN_CARD_NUMBER, id, number);
    records->batch->cards.count++;
    records->counts.cards++;
}

static void payment(struct records *records, struct cursor *cursor, int64_t id, struct span account, int64_t *before) {
    struct payment_row *row = ROOM(records->batch->payments, 1);
    row->id = id;
    row->month = cursor_month(cursor);
    row->instalment = cursor_byte(cursor, 99);
    row->amount = (int64_t)cursor_varint(cursor, AMOUNT_MAX);
    row->state = cursor_byte(cursor, 7);
    uint8_t flags = cursor_byte(cursor, 31);
    int64_t order = row->month * 100 + row->instalment;
    if (row->state == 0 || (flags & 24) == 24 || (flags & 8 && account.size == 0) || order >= *before) {
        die("a payment is malformed or out of order");
    }
    *before = order;
    row->due_on = flags & 1 ? cursor_date(cursor) : ABSENT;
    row->credited_on = flags & 2 ? cursor_date(cursor) : ABSENT;
    row->returned_reason = null_part;
    row->sealed_account = null_part;
    if (flags & 4) {
        struct span reason = cursor_token(cursor, CODE_BYTES_MAX);
        row->returned_reason = batch_part(records->batch, reason.start, reason.size);
    }
    row->same_account = flags & 8 ? 1 : 0;
    if (flags & 16) {
        struct span digits = cursor_last_four(cursor);
        if (is_same(digits, (const char *)account.start, account.size)) die("an account is not in its shortest form");
        row->sealed_account = seal_part(records, COLUMN_PAYMENT_ACCOUNT, id, digits);
    }
    records->batch->payments.count++;
    records->counts.payments++;
}

static void entitlement(struct records *records, struct cursor *cursor) {
    int64_t ordinal = records->entitlements_of_resident++;
    if (records->counts.residents == 0 || ordinal == ENTITLEMENTS_MAX) die("an entitlement too many");
    int64_t id = row_id(records, ordinal, 0);
    struct entitlement_row *row = ROOM(records->batch->entitlements, 1);
    struct span code = cursor_token(cursor, 40), account = {NULL, 0};
    row->id = id;
    row->code = batch_part(records->batch, code.start, code.size);
    row->programme = programme_id(records, cursor_programme_code(cursor));
    row->state = cursor_byte(cursor, 5);
    uint8_t flags = cursor_byte(cursor, 31);
    row->amount = flags & 1 ? (int64_t)cursor_varint(cursor, AMOUNT_MAX) : ABSENT;
    row->period = flags & 1 ? cursor_byte(cursor, 4) : ABSENT;
    row->from = flags & 2 ? cursor_month(cursor) : ABSENT;
    row->to = flags & 4 ? cursor_month(cursor) : ABSENT;
    row->taper_months = flags & 8 ? cursor_byte(cursor, 120) : ABSENT;
    if (flags & 16) account = cursor_last_four(cursor);
    row->source = source_id(records, cursor_token(cursor, CODE_BYTES_MAX));
    if (row->programme == 0 || row->state == 0 || row->period == 0) die("an entitlement is malformed");
    row->sealed_account = flags & 16 ? seal_part(records, COLUMN_ENTITLEMENT_ACCOUNT, id, account) : null_part;
    records->batch->entitlements.count++;
    records->counts.entitlements++;
    int64_t before = INT64_MAX;
    int count = cursor_byte(cursor, PAYMENTS_MAX);
    for (int position = 0; position < count; position++) {
        payment(records, cursor, row_id(records, ordinal, position), account, &before);
    }
}

void records_read(struct records *records, const uint8_t *page, size_t size) {
    struct cursor cursor = {page, page + size};
    while (cursor.at < cursor.end) {
        uint8_t type = cursor_byte(&cursor, UINT8_MAX);
        struct span body = cursor_bytes(&cursor, cursor_varint(&cursor, RECORD_BYTES_MAX));
        struct cursor inner = {body.start, body.start + body.size};
        switch (type) {
        case 1: source(records, &inner); break;
        case 2: programme(records, &inner); break;
        case 3: resident(records, &inner); break;
        case 4: card(records, &inner); break;
        case 5: entitlement(records, &inner); break;
        default: die("a record of an unknown type");
        }
        if (inner.at != inner.end) die("a record is longer than its content");
        if (records->batch->bytes.count < BATCH_BYTES) continue;
        queue_push(records->queue, records->batch);
        records->batch = queue_empty_batch(records->queue);
    }
}

void records_finish(struct records *records) {
    if (memcmp(&records->counts, &records->manifest->counts, sizeof records->counts) != 0) {
        die("the counts of the manifest are not those of the records");
    }
    queue_push(records->queue, records->batch);
    queue_finish(records->queue);
}
