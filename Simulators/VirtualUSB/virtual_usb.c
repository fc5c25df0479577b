#define _GNU_SOURCE  // environ
/// onecard-virtual-usb: runs a pcscd with the real CCID driver over a USB reader that can be plugged and unplugged.
///
/// Usage: umockdev-wrapper onecard-virtual-usb READER-SOCKET CONTROL-SOCKET PROGRAM ARGUMENTS...
///
/// PROGRAM is pcscd. Descriptor 3 is its listening socket (socket activation) and is passed on. The card stands in the
/// simulated reader behind READER-SOCKET. One line on a connection to CONTROL-SOCKET is one command: `plug`, `unplug`
/// or `status`; the answer is one line: `plugged`, `unplugged` or `error`. The reader is plugged at the start. The
/// program ends with pcscd.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ccid_slot.h"
#include "usb_device.h"

enum {
    /// How often a silent card asks for more time, milliseconds; libccid waits three seconds.
    TICK_MS = 500,
    /// How long a client of the control socket may take, milliseconds.
    CLIENT_MS_MAX = 1000,
    COMMAND_BYTES_MAX = 32,
};

static volatile sig_atomic_t is_stopping = 0;

static void stop(int signal_number) {
    (void)signal_number;
    is_stopping = 1;
}

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

/// Starts pcscd: it dies with this program, and finds the listening socket as descriptor 3.
static pid_t start_service(char **command) {
    static char listen_process[32] = "LISTEN_PID=";
    // The mocked /sys and /dev are found through UMOCKDEV_DIR, which the test bed has set.
    setenv("LISTEN_FDS", "1", 1);
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
    environment[count] = listen_process;
    pid_t process = fork();
    if (process == 0) {
        write_number(listen_process + strlen(listen_process), (long)getpid());
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execve(command[0], command, environment);
        _exit(127);
    }
    free(environment);
    return process;
}

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return -1;
    }
    strcpy(address.sun_path, path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    umask(0177);  // this user only
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4) != 0) {
        return -1;
    }
    return listener;
}

/// Carries out one command.
static const char *perform(usb_device *device, const char *command) {
    if (strcmp(command, "plug") == 0) {
        if (!usb_device_plug(device)) {
            return "error\n";
        }
    } else if (strcmp(command, "unplug") == 0) {
        usb_device_unplug(device);
    } else if (strcmp(command, "status") != 0) {
        return "error\n";
    }
    return usb_device_is_plugged(device) ? "plugged\n" : "unplugged\n";
}

/// Reads one command from a client and answers it.
static void serve(usb_device *device, int listener) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) {
        return;
    }
    char command[COMMAND_BYTES_MAX + 1] = "";
    size_t length = 0;
    struct pollfd item = {.fd = client, .events = POLLIN};
    while (length < COMMAND_BYTES_MAX && strchr(command, '\n') == NULL && poll(&item, 1, CLIENT_MS_MAX) > 0) {
        ssize_t received = recv(client, command + length, COMMAND_BYTES_MAX - length, 0);
        if (received <= 0) {
            break;
        }
        length += (size_t)received;
        command[length] = '\0';
    }
    command[strcspn(command, "\n")] = '\0';
    const char *answer = perform(device, command);
    (void)!send(client, answer, strlen(answer), MSG_NOSIGNAL);
    close(client);
}

/// Serves the control socket until pcscd ends or a signal asks to stop.
static int run(usb_device *device, int listener, pid_t service) {
    for (;;) {
        int status = 0;
        if (waitpid(service, &status, WNOHANG) == service) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
        }
        if (is_stopping) {
            kill(service, SIGTERM);
            waitpid(service, &status, 0);
            return 0;
        }
        struct pollfd item = {.fd = listener, .events = POLLIN};
        if (poll(&item, 1, TICK_MS) > 0) {
            serve(device, listener);
        }
        usb_device_tick(device);
    }
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: onecard-virtual-usb READER-SOCKET CONTROL-SOCKET PROGRAM ARGUMENTS...\n");
        return 2;
    }
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    ccid_slot *slot = ccid_slot_new(arguments[1]);
    usb_device *device = slot != NULL ? usb_device_new(slot) : NULL;
    int listener = listen_at(arguments[2]);
    if (device == NULL || listener < 0 || !usb_device_plug(device)) {
        fprintf(stderr, "virtual-usb: cannot make the reader or the control socket\n");
        return 1;
    }
    pid_t service = start_service(arguments + 3);
    if (service < 0) {
        return 1;
    }
    int result = run(device, listener, service);
    unlink(arguments[2]);
    return result;
}
