#define _GNU_SOURCE
#include "CLinuxHost.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/statvfs.h>

// The Swift runtime answers these by printing registers and the memory that they point to into the log.
static const int crash_signals[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};

int CLinuxHost_disable_dumps(void) {
    for (size_t index = 0; index < sizeof crash_signals / sizeof *crash_signals; index++) {
        signal(crash_signals[index], SIG_DFL);
    }
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : errno;
}

int CLinuxHost_peer_user(int socket, uint32_t *user) {
    struct ucred credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return errno;
    *user = credentials.uid;
    return 0;
}

int CLinuxHost_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}

void CLinuxHost_name_thread(pthread_t thread, const char *name) {
    (void)pthread_setname_np(thread, name);
}

int CLinuxHost_free_bytes(const char *path, uint64_t *bytes) {
    struct statvfs status;
    if (statvfs(path, &status) != 0) return errno;
    *bytes = (uint64_t)status.f_bavail * status.f_frsize;
    return 0;
}
