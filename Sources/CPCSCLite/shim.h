#ifndef CPCSCLITE_SHIM_H
#define CPCSCLITE_SHIM_H

#include <reader.h>
#include <winscard.h>

// SCARD_PCI_T0 and SCARD_PCI_T1 are address-of macros, which Swift cannot import.
static inline const SCARD_IO_REQUEST *CPCSCLite_pci(DWORD protocol) {
    return protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
}

// SCARD_ATTR_ATR_STRING is built by a function-like macro, which Swift cannot import.
static inline DWORD CPCSCLite_answerToResetAttribute(void) {
    return SCARD_ATTR_ATR_STRING;
}

#endif
