/// pcscd's driver for simulated readers: `libOneCardIFDHandler.so`, named in reader.conf.
///
/// Its functions are those of pcsc-lite's `ifdhandler.h` (version 3), which pcscd finds by name; nothing else calls
/// them. DEVICENAME is the path of a simulated reader's socket (see `reader_link.h`), which exists before pcscd starts.
#ifndef ONECARD_IFD_HANDLER_H
#define ONECARD_IFD_HANDLER_H

enum {
    /// Readers that one pcscd can hold: PCSCLITE_MAX_READERS_CONTEXTS of pcsc-lite before 2.5.
    ONECARD_READERS_MAX = 16,
};

#endif
