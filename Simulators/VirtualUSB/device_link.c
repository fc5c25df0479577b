#include "device_link.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    ID_BYTES = 4,
};

struct device_link {
    usb_device *device;
    struct sockaddr_un address;
    /// Connected and greeted socket, or -1; with the bus locked.
    int socket;
    /// Whether the model has said where it stands.
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool is_known;
    uint8_t frame[DEVICE_FRAME_BYTES_MAX];
};

static void write_number(uint8_t *bytes, uint32_t number) {
    for (int index = 0; index < ID_BYTES; index++) {
        bytes[index] = (uint8_t)(number >> (8 * index));
    }
}

static uint32_t read_number(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// MARK: - To the model; with the bus locked

/// Sends a frame. A model that does not read is cut off: the thread then finds the connection closed.
static void send_frame(device_link *link, const uint8_t *head, size_t head_length, const uint8_t *bytes, size_t count) {
    struct iovec parts[] = {
        {.iov_base = (void *)head, .iov_len = head_length},
        {.iov_base = (void *)bytes, .iov_len = count},
    };
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count > 0 ? 2 : 1};
    if (link->socket >= 0 && sendmsg(link->socket, &message, MSG_NOSIGNAL) != (ssize_t)(head_length + count)) {
        shutdown(link->socket, SHUT_RDWR);
    }
}

static void submit(void *context, const usb_transfer *transfer) {
    device_link *link = context;
    uint8_t head[1 + ID_BYTES + USB_SETUP_BYTES];
    write_number(head + 1, transfer->id);
    if (transfer->setup != NULL) {
        head[0] = DEVICE_FRAME_CONTROL;
        memcpy(head + 1 + ID_BYTES, transfer->setup, USB_SETUP_BYTES);
        size_t count = transfer->bytes != NULL ? transfer->length : 0;
        send_frame(link, head, 1 + ID_BYTES + USB_SETUP_BYTES, transfer->bytes, count);
    } else if (transfer->bytes != NULL) {
        head[0] = DEVICE_FRAME_OUT;
        head[1 + ID_BYTES] = transfer->endpoint;
        send_frame(link, head, 2 + ID_BYTES, transfer->bytes, transfer->length);
    } else {
        head[0] = DEVICE_FRAME_IN;
        head[1 + ID_BYTES] = transfer->endpoint;
        write_number(head + 2 + ID_BYTES, (uint32_t)transfer->length);
        send_frame(link, head, 2 + 2 * ID_BYTES, NULL, 0);
    }
}

static void cancel(void *context, uint32_t id) {
    uint8_t frame[1 + ID_BYTES] = {DEVICE_FRAME_CANCEL};
    write_number(frame + 1, id);
    send_frame(context, frame, sizeof frame, NULL, 0);
}

static void clear_halt(void *context, uint8_t endpoint) {
    const uint8_t frame[] = {DEVICE_FRAME_CLEAR, endpoint};
    send_frame(context, frame, sizeof frame, NULL, 0);
}

static void reset(void *context) {
    const uint8_t frame[] = {DEVICE_FRAME_RESET};
    send_frame(context, frame, sizeof frame, NULL, 0);
}

static void plugged(void *context, bool is_plugged) {
    const uint8_t frame[] = {is_plugged ? DEVICE_FRAME_PLUGGED : DEVICE_FRAME_UNPLUGGED};
    send_frame(context, frame, sizeof frame, NULL, 0);
}

// MARK: - From the model

static void become_known(device_link *link) {
    pthread_mutex_lock(&link->lock);
    link->is_known = true;
    pthread_cond_broadcast(&link->wake);
    pthread_mutex_unlock(&link->lock);
}

static void attach(device_link *link, const uint8_t *payload, size_t length) {
    usb_description description;
    // A model that was replaced while its device was plugged brings a new device.
    usb_device_unplug(link->device);
    if (usb_description_read(&description, payload, length)) {
        usb_device_describe(link->device, &description);
        (void)usb_device_plug(link->device);
    } else {
        fprintf(stderr, "virtual-usb: %s describes no USB device\n", link->address.sun_path);
    }
    become_known(link);
}

/// Carries out one frame. @return false when it is not understood.
static bool perform(device_link *link, const uint8_t *frame, size_t length) {
    if (frame[0] == DEVICE_FRAME_ATTACH) {
        attach(link, frame + 1, length - 1);
        return true;
    }
    if (frame[0] == DEVICE_FRAME_DETACH) {
        usb_device_unplug(link->device);
        become_known(link);
        return true;
    }
    if (length < 1 + ID_BYTES) {
        return false;
    }
    const uint8_t *payload = frame + 1 + ID_BYTES;
    size_t count = length - 1 - ID_BYTES;
    uint32_t id = read_number(frame + 1);
    switch (frame[0]) {
    case DEVICE_FRAME_GIVE:
        usb_device_give(link->device, id, payload, count);
        return true;
    case DEVICE_FRAME_TAKE:
        if (count != ID_BYTES) {
            return false;
        }
        usb_device_take(link->device, id, read_number(payload));
        return true;
    case DEVICE_FRAME_DONE:
        usb_device_finish(link->device, id, 0);
        return true;
    case DEVICE_FRAME_STALL:
        usb_device_halt(link->device, id);
        return true;
    case DEVICE_FRAME_FAIL:
        usb_device_finish(link->device, id, EPROTO);
        return true;
    case DEVICE_FRAME_OVERFLOW:
        usb_device_finish(link->device, id, EOVERFLOW);
        return true;
    default:
        return false;
    }
}

static void set_limit(int socket, int option, int milliseconds) {
    struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    setsockopt(socket, SOL_SOCKET, option, &limit, sizeof limit);
}

/// Connects and greets. @return a socket, or -1.
static int connect_model(const device_link *link) {
    const uint8_t hello[] = {DEVICE_FRAME_HELLO, DEVICE_LINK_VERSION};
    uint8_t answer[sizeof hello + 1];
    int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (connection < 0) {
        return -1;
    }
    set_limit(connection, SO_SNDTIMEO, DEVICE_SEND_MS_MAX);
    set_limit(connection, SO_RCVTIMEO, DEVICE_HELLO_MS_MAX);
    bool is_greeted = connect(connection, (const struct sockaddr *)&link->address, sizeof link->address) == 0 &&
        send(connection, hello, sizeof hello, MSG_NOSIGNAL) == (ssize_t)sizeof hello &&
        recv(connection, answer, sizeof answer, 0) == (ssize_t)sizeof hello &&
        memcmp(answer, hello, sizeof hello) == 0;
    if (!is_greeted) {
        close(connection);
        return -1;
    }
    set_limit(connection, SO_RCVTIMEO, 0);
    return connection;
}

static void set_socket(device_link *link, int socket) {
    usb_device_lock(link->device);
    int old = link->socket;
    link->socket = socket;
    usb_device_unlock(link->device);
    if (old >= 0) {
        close(old);
    }
}

/// Speaks with one model until it goes.
static void serve(device_link *link, int connection) {
    set_socket(link, connection);
    for (;;) {
        ssize_t length = recv(connection, link->frame, sizeof link->frame, MSG_TRUNC);
        if (length < 0 && errno == EINTR) {
            continue;
        }
        bool is_whole = length > 0 && (size_t)length <= sizeof link->frame;
        if (!is_whole || !perform(link, link->frame, (size_t)length)) {
            break;
        }
    }
    set_socket(link, -1);
    usb_device_unplug(link->device);
    usb_device_describe(link->device, NULL);
}

static void *work(void *argument) {
    device_link *link = argument;
    const struct timespec pause = {.tv_nsec = DEVICE_RECONNECT_MS * 1000000L};
    for (;;) {
        int connection = connect_model(link);
        if (connection >= 0) {
            serve(link, connection);
        }
        nanosleep(&pause, NULL);
    }
    return NULL;
}

device_link *device_link_new(usb_bus *bus, const char *path) {
    static const usb_function function = {
        .submit = submit, .cancel = cancel, .clear_halt = clear_halt, .reset = reset, .plugged = plugged};
    device_link *link = calloc(1, sizeof *link);
    if (link == NULL || strlen(path) >= sizeof link->address.sun_path) {
        free(link);
        return NULL;
    }
    link->address.sun_family = AF_UNIX;
    strcpy(link->address.sun_path, path);
    link->socket = -1;
    pthread_mutex_init(&link->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&link->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    link->device = usb_device_new(bus, &function, link);
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, link) != 0) {
        return NULL;
    }
    pthread_detach(thread);
    return link;
}

usb_device *device_link_device(device_link *link) {
    return link->device;
}

bool device_link_wait(device_link *link, int milliseconds_max) {
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += milliseconds_max / 1000;
    pthread_mutex_lock(&link->lock);
    while (!link->is_known && pthread_cond_timedwait(&link->wake, &link->lock, &deadline) == 0) {
    }
    bool is_known = link->is_known;
    pthread_mutex_unlock(&link->lock);
    return is_known;
}
