/// The slot of a CCID reader, whose card stands in a simulated reader behind a reader link.
///
/// CCID messages (USB-IF, CCID 1.1): a header of 10 bytes, then data. A worker thread carries one command at a time to
/// the card, so that a silent card never stops the USB side.
#ifndef ONECARD_CCID_SLOT_H
#define ONECARD_CCID_SLOT_H

#include <reader_link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CCID_HEADER_BYTES = 10,
    /// dwMaxCCIDMessageLength of the descriptor: a header and a short APDU with its answer.
    CCID_MESSAGE_BYTES_MAX = CCID_HEADER_BYTES + 261,
};

typedef struct ccid_slot ccid_slot;

/// Called on the worker thread with each finished answer.
typedef void (*ccid_answer_handler)(void *context, const uint8_t *message, size_t length);

/// Makes a slot and starts its worker.
/// @param path socket of the simulated reader.
/// @return NULL if the path is too long or no thread can be made.
ccid_slot *ccid_slot_new(const char *path);

/// Says who gets the answers.
void ccid_slot_set_handler(ccid_slot *slot, ccid_answer_handler handler, void *context);

/// Takes a command from the host.
/// @return false when the command is malformed or another one is still being carried out: the USB side stalls.
bool ccid_slot_submit(ccid_slot *slot, const uint8_t *message, size_t length);

/// Makes a request for more time, if a command is being carried out.
/// @param message at least CCID_HEADER_BYTES.
/// @return whether there was a command.
bool ccid_slot_time_extension(ccid_slot *slot, uint8_t *message);

/// Breaks off a command that is being carried out; its answer is dropped.
void ccid_slot_abandon(ccid_slot *slot);

#endif
