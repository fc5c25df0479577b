#define _GNU_SOURCE  // environ, execvpe
#include "program.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
    /// As a shell: the program was not found or is none.
    EXIT_NOT_STARTED = 127,
};

/// Writes a number as text; fit for a forked child of a program with threads.
static void write_number(char *text, long number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        *text++ = digits[--count];
    }
    *text = '\0';
}

pid_t program_start(char **command) {
    static char listen_process[32] = "LISTEN_PID=";
    // The mocked /sys and /dev are found through UMOCKDEV_DIR, which the test bed has set.
    setenv("LD_PRELOAD", "libumockdev-preload.so.0", 1);
    unsetenv("LISTEN_PID");
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **environment = calloc(count + 2, sizeof *environment);
    if (environment == NULL) {
        return -1;
    }
    memcpy(environment, environ, count * sizeof *environment);
    if (getenv("LISTEN_FDS") != NULL) {
        environment[count] = listen_process;
    }
    pid_t process = fork();
    if (process == 0) {
        write_number(listen_process + strlen(listen_process), (long)getpid());
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execvpe(command[0], command, environment);
        _exit(EXIT_NOT_STARTED);
    }
    free(environment);
    return process;
}
