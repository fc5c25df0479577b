/// onecard-virtual-usb: runs a program over simulated USB devices that can be plugged and unplugged.
///
/// Usage: umockdev-wrapper onecard-virtual-usb [--reader NAME=READER-SOCKET]... [--device NAME=MODEL-SOCKET]...
///        CONTROL-SOCKET [--] PROGRAM ARGUMENTS...
///
/// A reader is a CCID card reader; the card stands in the simulated reader behind its socket (reader_link.h). A device
/// is what its model says (device_link.h). PROGRAM is what uses libusb: pcscd, or the service under test. Descriptors
/// of socket activation are passed on.
///
/// One line on a connection to CONTROL-SOCKET is one command: `plug`, `unplug` or `status`, and a name; without a name
/// the first device of the command line is meant. The answer is one line: `plugged`, `unplugged` or `error`. Readers
/// are plugged at the start, devices when their model says so. SIGTERM and SIGINT are passed on to the program as
/// SIGTERM; this process ends with it and has its exit status, or 128 and the signal that ended it.
///
/// The short form `onecard-virtual-usb READER-SOCKET CONTROL-SOCKET PROGRAM ARGUMENTS...` runs one reader.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ccid_reader.h"
#include "device_link.h"
#include "program.h"

enum {
    /// How often a silent card asks for more time, milliseconds; libccid waits three seconds.
    TICK_MS = 500,
    /// How often the end of the program is looked for, milliseconds.
    POLL_MS = 20,
    /// How long a client of the control socket may take, milliseconds.
    CLIENT_MS_MAX = 1000,
    /// How long the models have to say what they are before the program starts, milliseconds.
    MODELS_MS_MAX = 10000,
    COMMAND_BYTES_MAX = 96,
    NAME_BYTES_MAX = 32,
    DEVICES_MAX = 24,
    EXIT_USAGE = 2,
    /// As a shell: added to the signal that ended the program.
    EXIT_BY_SIGNAL = 128,
};

/// A device and its name on the command line. One of `reader` and `link` is set.
typedef struct {
    char name[NAME_BYTES_MAX + 1];
    usb_device *device;
    ccid_reader *reader;
    device_link *link;
} named_device;

typedef struct {
    usb_bus *bus;
    named_device devices[DEVICES_MAX];
    size_t count;
} device_list;

static volatile sig_atomic_t is_stopping = 0;

static void stop(int signal_number) {
    (void)signal_number;
    is_stopping = 1;
}

// MARK: - Control socket

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return -1;
    }
    strcpy(address.sun_path, path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    mode_t mask = umask(0177);  // this user only
    bool is_listening = listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
        listen(listener, 4) == 0;
    umask(mask);
    return is_listening ? listener : -1;
}

static usb_device *find(const device_list *list, const char *name) {
    for (size_t index = 0; index < list->count; index++) {
        if (name == NULL || strcmp(list->devices[index].name, name) == 0) {
            return list->devices[index].device;
        }
    }
    return NULL;
}

/// Carries out one command; cuts it into its words.
static const char *perform(const device_list *list, char *command) {
    char *name = strchr(command, ' ');
    if (name != NULL) {
        *name++ = '\0';
    }
    usb_device *device = find(list, name);
    if (device == NULL) {
        return "error\n";
    }
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
static void serve(const device_list *list, int listener) {
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
    const char *answer = perform(list, command);
    (void)!send(client, answer, strlen(answer), MSG_NOSIGNAL);
    close(client);
}

/// Serves the control socket until the program ends.
static int run(const device_list *list, int listener, pid_t program) {
    int until_tick = TICK_MS;
    for (;;) {
        int status = 0;
        if (waitpid(program, &status, WNOHANG) == program) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_BY_SIGNAL + WTERMSIG(status);
        }
        if (is_stopping) {
            is_stopping = 0;
            kill(program, SIGTERM);
        }
        struct pollfd item = {.fd = listener, .events = POLLIN};
        if (poll(&item, 1, POLL_MS) > 0) {
            serve(list, listener);
        }
        until_tick -= POLL_MS;
        for (size_t index = 0; until_tick <= 0 && index < list->count; index++) {
            if (list->devices[index].reader != NULL) {
                ccid_reader_tick(list->devices[index].reader);
            }
        }
        until_tick = until_tick <= 0 ? TICK_MS : until_tick;
    }
}

// MARK: - Command line

static named_device *add(device_list *list, const char *name, size_t length) {
    if (list->count == DEVICES_MAX || length == 0 || length > NAME_BYTES_MAX) {
        return NULL;
    }
    named_device *item = &list->devices[list->count++];
    memcpy(item->name, name, length);
    return item;
}

static bool add_reader(device_list *list, const char *name, size_t length, const char *path) {
    named_device *item = add(list, name, length);
    item = item != NULL && (item->reader = ccid_reader_new(list->bus, path, (int)list->count)) != NULL ? item : NULL;
    if (item == NULL) {
        return false;
    }
    item->device = ccid_reader_device(item->reader);
    return usb_device_plug(item->device);
}

static bool add_link(device_list *list, const char *name, size_t length, const char *path) {
    named_device *item = add(list, name, length);
    item = item != NULL && (item->link = device_link_new(list->bus, path)) != NULL ? item : NULL;
    if (item == NULL) {
        return false;
    }
    item->device = device_link_device(item->link);
    return true;
}

/// Adds the device of an option `--reader NAME=PATH` or `--device NAME=PATH`.
static bool add_option(device_list *list, const char *option, const char *value) {
    const char *sign = strchr(value, '=');
    if (sign == NULL) {
        return false;
    }
    size_t length = (size_t)(sign - value);
    if (strcmp(option, "--reader") == 0) {
        return add_reader(list, value, length, sign + 1);
    }
    return strcmp(option, "--device") == 0 && add_link(list, value, length, sign + 1);
}

/// Reads the arguments before the control socket. @return what is left, or NULL.
static char **read_options(device_list *list, char **arguments) {
    bool has_options = *arguments != NULL && strncmp(*arguments, "--", 2) == 0;
    while (*arguments != NULL && strncmp(*arguments, "--", 2) == 0) {
        if (arguments[1] == NULL || !add_option(list, arguments[0], arguments[1])) {
            fprintf(stderr, "virtual-usb: cannot make %s %s\n", arguments[0], arguments[1] ? arguments[1] : "");
            return NULL;
        }
        arguments += 2;
    }
    if (!has_options && *arguments != NULL) {
        const char name[] = "reader";
        if (!add_reader(list, name, strlen(name), *arguments++)) {
            fprintf(stderr, "virtual-usb: cannot make the reader\n");
            return NULL;
        }
    }
    return arguments;
}

/// Waits for the models, so that the program finds its devices when it starts.
static bool await_models(const device_list *list) {
    for (size_t index = 0; index < list->count; index++) {
        const named_device *item = &list->devices[index];
        if (item->link != NULL && !device_link_wait(item->link, MODELS_MS_MAX)) {
            fprintf(stderr, "virtual-usb: the model of %s does not answer\n", item->name);
            return false;
        }
    }
    return true;
}

static int usage(void) {
    fprintf(
        stderr,
        "usage: onecard-virtual-usb [--reader NAME=SOCKET]... [--device NAME=SOCKET]... CONTROL-SOCKET [--] PROGRAM "
        "ARGUMENTS...\n");
    return EXIT_USAGE;
}

/// Makes the devices, runs the program. @return the exit status.
static int serve_program(device_list *list, char **arguments) {
    char **rest = read_options(list, arguments);
    if (rest == NULL) {
        return 1;
    }
    const char *control = *rest;
    char **command = control != NULL ? rest + 1 : rest;
    if (*command != NULL && strcmp(*command, "--") == 0) {
        command++;
    }
    if (*command == NULL) {
        return usage();
    }
    int listener = listen_at(control);
    if (listener < 0) {
        fprintf(stderr, "virtual-usb: cannot listen at %s\n", control);
        return 1;
    }
    pid_t program = await_models(list) ? program_start(command) : -1;
    int result = program > 0 ? run(list, listener, program) : 1;
    unlink(control);
    return result;
}

int main(int count, char **arguments) {
    static device_list list;
    if (count < 2) {
        return usage();
    }
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    list.bus = usb_bus_new();
    int result = serve_program(&list, arguments + 1);
    usb_bus_close(list.bus);
    return result;
}
