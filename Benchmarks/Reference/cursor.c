#include "cursor.h"

#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 9999, TITLE_BYTES_MAX = 200, NAME_BYTES_MAX = 150, NUMBER_BYTES = 18 };

struct span cursor_bytes(struct cursor *cursor, size_t size) {
    if ((size_t)(cursor->end - cursor->at) < size) die("a record ends too early");
    struct span span = {cursor->at, size};
    cursor->at += size;
    return span;
}

uint8_t cursor_byte(struct cursor *cursor, uint8_t most) {
    if (cursor->at == cursor->end || *cursor->at > most) die("a number of a record is missing or too large");
    return *cursor->at++;
}

uint64_t cursor_varint(struct cursor *cursor, uint64_t most) {
    uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        uint8_t next = cursor_byte(cursor, UINT8_MAX);
        if (shift > 63 || (shift == 63 && (next & 0x7F) > 1)) die("a number is too long");
        number |= (uint64_t)(next & 0x7F) << shift;
        if ((next & 0x80) != 0) continue;
        if ((next == 0 && shift > 0) || number > most) die("a number is not in its shortest form, or too large");
        return number;
    }
}

static struct span short_text(struct cursor *cursor, size_t most) {
    size_t size = cursor_byte(cursor, UINT8_MAX);
    if (size < 1 || size > most) die("a text is empty or too long");
    return cursor_bytes(cursor, size);
}

static int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/* The next scalar of valid UTF-8; ends the program for anything else. */
static uint32_t scalar(const uint8_t **at, const uint8_t *end) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t first = *(*at)++;
    if (first < 0x80) return first;
    int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || end - *at < size - 1) die("a text is not UTF-8");
    uint32_t value = first & (0x7F >> size);
    for (int index = 1; index < size; index++) {
        uint8_t next = *(*at)++;
        if ((next & 0xC0) != 0x80) die("a text is not UTF-8");
        value = value << 6 | (next & 0x3F);
    }
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) die("a text is not UTF-8");
    return value;
}

static void require_utf8(struct span text) {
    for (const uint8_t *at = text.start; at < text.start + text.size;) scalar(&at, text.start + text.size);
}

struct span cursor_token(struct cursor *cursor, size_t most) {
    struct span token = short_text(cursor, most);
    for (size_t index = 0; index < token.size; index++) {
        if (token.start[index] < 0x21 || token.start[index] > 0x7E) die("a code has other characters");
    }
    return token;
}

struct span cursor_title(struct cursor *cursor) {
    struct span title = short_text(cursor, TITLE_BYTES_MAX);
    for (size_t index = 0; index < title.size; index++) {
        if (title.start[index] < 0x20 || title.start[index] == 0x7F) die("a title has control characters");
    }
    require_utf8(title);
    return title;
}

/* Control and invisible formatting characters: the ranges that occur in the tables of Unicode below 10000. */
static int is_control(uint32_t scalar) {
    return scalar < 0x20 || (scalar >= 0x7F && scalar <= 0x9F) || scalar == 0xAD || (scalar >= 0x200B && scalar <= 0x200F) ||
           (scalar >= 0x2028 && scalar <= 0x202E) || (scalar >= 0x2060 && scalar <= 0x206F) || scalar == 0xFEFF;
}

struct span cursor_name(struct cursor *cursor) {
    struct span name = short_text(cursor, NAME_BYTES_MAX);
    const uint8_t *at = name.start, *end = name.start + name.size;
    while (at < end) {
        const uint8_t *start = at;
        uint32_t value = scalar(&at, end);
        int is_blank = value == 0x20 || value == 0xA0 || value == 0x3000;
        if (is_control(value) || (is_blank && (start == name.start || at == end))) die("a name is malformed");
    }
    return name;
}

struct span cursor_programme_code(struct cursor *cursor) {
    struct span code = short_text(cursor, 16);
    for (size_t index = 0; index < code.size; index++) {
        uint8_t byte = code.start[index];
        if (!is_digit(byte) && (byte < 'A' || byte > 'Z')) die("a programme code is malformed");
    }
    return code;
}

struct span cursor_division(struct cursor *cursor) {
    struct span division = short_text(cursor, 12);
    size_t size = division.size;
    if ((size != 2 && size != 4 && size != 6 && size != 9 && size != 12) || division.start[0] == '0') {
        die("a division is malformed");
    }
    for (size_t index = 0; index < size; index++) {
        if (!is_digit(division.start[index])) die("a division is malformed");
    }
    return division;
}

static int exists(int year, int month, int day) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return 0;
    int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

static int number_of(const uint8_t *digits, int count) {
    int number = 0;
    for (int index = 0; index < count; index++) number = number * 10 + (digits[index] - '0');
    return number;
}

struct span cursor_citizen_number(struct cursor *cursor) {
    struct span number = cursor_bytes(cursor, NUMBER_BYTES);
    int sum = 0, weight = 2;
    for (int index = NUMBER_BYTES - 2; index >= 0; index--) {
        if (!is_digit(number.start[index])) die("a citizen number is malformed");
        sum += (number.start[index] - '0') * weight;
        weight = weight * 2 % 11;
    }
    char check = "10X98765432"[sum % 11];
    int year = number_of(number.start + 6, 4);
    if (number.start[NUMBER_BYTES - 1] != (uint8_t)check || year > 2199 ||
        !exists(year, number_of(number.start + 10, 2), number_of(number.start + 12, 2)) ||
        number_of(number.start + 14, 3) == 0) {
        die("a citizen number is malformed");
    }
    return number;
}

struct span cursor_last_four(struct cursor *cursor) {
    struct span digits = cursor_bytes(cursor, 4);
    for (size_t index = 0; index < 4; index++) {
        if (!is_digit(digits.start[index])) die("the end of an account is not four digits");
    }
    return digits;
}

int64_t cursor_date(struct cursor *cursor) {
    uint64_t code = cursor_varint(cursor, (uint64_t)8200 << 9);
    int year = FIRST_YEAR + (int)(code >> 9), month = (int)(code >> 5 & 0x0F), day = (int)(code & 0x1F);
    if (!exists(year, month, day)) die("a date does not exist");
    return (int64_t)year * 10000 + month * 100 + day;
}

int64_t cursor_month(struct cursor *cursor) {
    uint64_t code = cursor_varint(cursor, (uint64_t)8200 << 4);
    int year = FIRST_YEAR + (int)(code >> 4), month = (int)(code & 0x0F);
    if (!exists(year, month, 1)) die("a month does not exist");
    return (int64_t)year * 100 + month;
}
