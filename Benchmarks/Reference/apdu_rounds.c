/* Reference of the row pcsc.apdu-round-trips: a loop over libpcsclite.
 *
 *   apdu_rounds READER COMMAND [FIRST...]      commands in hex
 *
 * A round connects, takes the card, sends FIRST once and COMMAND as often as asked, and gives the card back. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winscard.h>

enum { COMMANDS_MAX = 8, COMMAND_BYTES_MAX = 261, RESPONSE_BYTES_MAX = 65548 };

struct command {
    uint8_t bytes[COMMAND_BYTES_MAX];
    size_t size;
};

struct run {
    SCARDCONTEXT context;
    const char *reader;
    struct command command, first[COMMANDS_MAX];
    int first_count;
    uint8_t response[RESPONSE_BYTES_MAX];
};

static void check(LONG returned, const char *call) {
    if (returned != SCARD_S_SUCCESS) die("%s: %s", call, pcsc_stringify_error(returned));
}

static void exchange(struct run *run, SCARDHANDLE card, DWORD protocol, const struct command *command) {
    DWORD size = sizeof run->response;
    const SCARD_IO_REQUEST *form = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    check(SCardTransmit(card, form, command->bytes, command->size, NULL, run->response, &size), "SCardTransmit");
    if (size < 2) die("an answer without status word");
    uint8_t high = run->response[size - 2];
    if (high == 0x61) {
        struct command more = {{command->bytes[0], 0xC0, 0, 0, run->response[size - 1]}, 5};
        exchange(run, card, protocol, &more);
    } else if (high != 0x90) {
        die("the card answered %02x%02x", high, run->response[size - 1]);
    }
}

static void round_of(void *context, long operations) {
    struct run *run = context;
    SCARDHANDLE card;
    DWORD protocol;
    check(SCardConnect(run->context, run->reader, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card,
                       &protocol),
          "SCardConnect");
    check(SCardBeginTransaction(card), "SCardBeginTransaction");
    for (int index = 0; index < run->first_count; index++) exchange(run, card, protocol, &run->first[index]);
    for (long index = 0; index < operations; index++) exchange(run, card, protocol, &run->command);
    check(SCardEndTransaction(card, SCARD_LEAVE_CARD), "SCardEndTransaction");
    check(SCardDisconnect(card, SCARD_LEAVE_CARD), "SCardDisconnect");
}

static void read_command(struct command *command, const char *hex) {
    command->size = from_hex(hex, strlen(hex), command->bytes, sizeof command->bytes);
}

int main(int count, char **arguments) {
    if (count < 3 || count > 3 + COMMANDS_MAX) die("usage: apdu_rounds READER COMMAND [FIRST...]");
    struct run *run = must(calloc(1, sizeof *run));
    run->reader = arguments[1];
    read_command(&run->command, arguments[2]);
    run->first_count = count - 3;
    for (int index = 3; index < count; index++) read_command(&run->first[index - 3], arguments[index]);
    check(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &run->context), "SCardEstablishContext");
    serve_rounds(round_of, run);
    SCardReleaseContext(run->context);
    free(run);
    return 0;
}
