#ifndef CLINUXHOST_H
#define CLINUXHOST_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/// Makes the process undumpable: no core file, no ptrace by others (prctl is variadic, which Swift cannot import), and
/// no backtrace with memory contents in the log: a crash ends the process at once.
/// Returns 0, or an errno value.
int CLinuxHost_disable_dumps(void);

/// User identifier of the process at the other end of a connected AF_UNIX socket.
/// Returns 0, or an errno value (struct ucred stands behind _GNU_SOURCE, which Swift's Glibc does not set).
int CLinuxHost_peer_user(int socket, uint32_t *user);

/// accept4 with SOCK_CLOEXEC (a GNU extension, which Swift's Glibc does not show). Returns a descriptor, or -1 with errno.
int CLinuxHost_accept(int listener);

/// Names a thread for debuggers, at most 15 bytes (a GNU extension).
void CLinuxHost_name_thread(pthread_t thread, const char *name);

/// Free bytes for an ordinary user on the file system of `path`. Returns 0, or an errno value.
int CLinuxHost_free_bytes(const char *path, uint64_t *bytes);

#endif
