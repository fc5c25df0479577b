/* Tells from outside how long a process has spent inside SCardTransmit: loaded into the daemon by LD_PRELOAD.
 *
 * The file named by ONECARD_TRANSMIT_CLOCK, 16 bytes, then holds nanoseconds and number of the exchanges, each a 64-bit
 * number that grows. It stays mapped, so that reading it costs the measured process nothing. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <winscard.h>

struct clock_page {
    _Atomic uint64_t nanoseconds, exchanges;
};

typedef LONG (*transmit_function)(SCARDHANDLE, const SCARD_IO_REQUEST *, LPCBYTE, DWORD, SCARD_IO_REQUEST *, LPBYTE,
                                  LPDWORD);

static struct clock_page *page;
static transmit_function transmit;

__attribute__((constructor)) static void prepare(void) {
    transmit = (transmit_function)dlsym(RTLD_NEXT, "SCardTransmit");
    const char *path = getenv("ONECARD_TRANSMIT_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (ftruncate(file, sizeof *page) == 0) {
        void *mapped = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) page = mapped;
    }
    close(file);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *form, LPCBYTE command, DWORD size,
                   SCARD_IO_REQUEST *received, LPBYTE response, LPDWORD response_size) {
    if (transmit == NULL) return SCARD_F_INTERNAL_ERROR;
    uint64_t start = now();
    LONG returned = transmit(card, form, command, size, received, response, response_size);
    if (page != NULL) {
        atomic_fetch_add(&page->nanoseconds, now() - start);
        atomic_fetch_add(&page->exchanges, 1);
    }
    return returned;
}
