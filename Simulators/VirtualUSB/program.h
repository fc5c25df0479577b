/// The program under test: started under umockdev's preload library, ended with this one.
#ifndef ONECARD_PROGRAM_H
#define ONECARD_PROGRAM_H

#include <sys/types.h>

/// Starts a program, found as a shell finds it. It dies with this process. When the environment says LISTEN_FDS
/// (socket activation), the descriptors are passed on.
/// @return its number, or -1.
pid_t program_start(char **command);

#endif
