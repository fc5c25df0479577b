#ifndef CLIBCRYPTO_SHIM_H
#define CLIBCRYPTO_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>

#endif
