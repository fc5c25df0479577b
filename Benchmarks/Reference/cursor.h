/* Strict reading of the binary forms of a ledger file. */
#ifndef ONECARD_REFERENCE_CURSOR_H
#define ONECARD_REFERENCE_CURSOR_H

#include "support.h"

/* What is left to read; the end is never passed. */
struct cursor {
    const uint8_t *at, *end;
};

/* Bytes inside a page. */
struct span {
    const uint8_t *start;
    size_t size;
};

struct span cursor_bytes(struct cursor *cursor, size_t size);
uint8_t cursor_byte(struct cursor *cursor, uint8_t most);
uint64_t cursor_varint(struct cursor *cursor, uint64_t most);

/* Length in one byte, then printable ASCII without blanks. */
struct span cursor_token(struct cursor *cursor, size_t most);
/* Length in one byte, then UTF-8 for people. */
struct span cursor_title(struct cursor *cursor);
/* Length in one byte, then a name: UTF-8 without control characters and without blanks at its ends. */
struct span cursor_name(struct cursor *cursor);
/* Length in one byte, then 1 to 16 of A-Z 0-9. */
struct span cursor_programme_code(struct cursor *cursor);
/* Length in one byte, then 2, 4, 6, 9 or 12 digits. */
struct span cursor_division(struct cursor *cursor);
/* 18 characters with a right check character and a plausible date. */
struct span cursor_citizen_number(struct cursor *cursor);
/* Four digits. */
struct span cursor_last_four(struct cursor *cursor);
/* A date that exists, as yyyymmdd. */
int64_t cursor_date(struct cursor *cursor);
/* A month, as yyyymm. */
int64_t cursor_month(struct cursor *cursor);

#endif
