/// A CCID card reader as the function of a USB device; its card stands in a simulated reader behind a reader link.
///
/// Bulk OUT carries CCID commands, bulk IN their answers; there is no interrupt endpoint, so libccid asks for the slot
/// status by itself.
#ifndef ONECARD_CCID_READER_H
#define ONECARD_CCID_READER_H

#include "usb_device.h"

typedef struct ccid_reader ccid_reader;

/// Makes a reader that is not plugged yet.
/// @param path socket of the simulated reader.
/// @param number from one: readers stand side by side at the ports of a bus of their own.
/// @return NULL when the path is too long or no thread can be made.
ccid_reader *ccid_reader_new(usb_bus *bus, const char *path, int number);

/// The device that the reader is.
usb_device *ccid_reader_device(ccid_reader *reader);

/// Called several times a second: lets a slow card ask for more time.
void ccid_reader_tick(ccid_reader *reader);

#endif
