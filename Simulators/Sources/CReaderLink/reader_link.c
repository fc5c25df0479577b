#include "reader_link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static long long milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/// Waits until the socket is ready or the deadline has passed; survives signals.
/// @return 1 ready, 0 too late, -1 broken.
static int wait_ready(int socket, short events, long long deadline) {
    for (;;) {
        long long left = deadline - milliseconds_now();
        struct pollfd poll_item = {.fd = socket, .events = events};
        int ready = poll(&poll_item, 1, left > 0 ? (int)left : 0);
        if (ready > 0) {
            return 1;
        }
        if (ready == 0) {
            return 0;
        }
        if (errno != EINTR) {
            return -1;
        }
    }
}

/// Receives one frame before the deadline.
static long receive_frame(int socket, uint8_t *frame, size_t capacity, long long deadline) {
    int ready = wait_ready(socket, POLLIN, deadline);
    if (ready <= 0) {
        return ready == 0 ? ONECARD_LINK_TIMEOUT : ONECARD_LINK_LOST;
    }
    // MSG_TRUNC returns the real length: a frame that does not fit is a broken protocol, not a short answer.
    ssize_t received = recv(socket, frame, capacity, MSG_TRUNC);
    if (received <= 0 || (size_t)received > capacity) {
        return ONECARD_LINK_LOST;
    }
    return received;
}

static int greet(int socket, uint8_t role) {
    const uint8_t hello[] = {ONECARD_FRAME_HELLO, ONECARD_LINK_VERSION, role};
    if (send(socket, hello, sizeof hello, MSG_NOSIGNAL) != (ssize_t)sizeof hello) {
        return ONECARD_LINK_LOST;
    }
    uint8_t answer[2];
    long length = receive_frame(socket, answer, sizeof answer, milliseconds_now() + ONECARD_CONNECT_MS_MAX);
    if (length != 2 || answer[0] != ONECARD_FRAME_HELLO || answer[1] != ONECARD_LINK_VERSION) {
        return ONECARD_LINK_LOST;
    }
    return 0;
}

int onecard_link_connect(const char *path, uint8_t role) {
    int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (connection < 0) {
        return ONECARD_LINK_LOST;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    // A local connect ends at once; a full backlog gives EAGAIN and counts as lost.
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0 || greet(connection, role) != 0) {
        close(connection);
        return ONECARD_LINK_LOST;
    }
    return connection;
}

int onecard_link_init(onecard_link *link, const char *path) {
    if (path == NULL || path[0] == '\0' || strlen(path) >= sizeof link->path) {
        return ONECARD_LINK_LOST;
    }
    memset(link, 0, sizeof *link);
    strcpy(link->path, path);
    link->socket = -1;
    pthread_mutex_init(&link->lock, NULL);
    pthread_mutex_init(&link->socket_lock, NULL);
    return 0;
}

static void set_socket(onecard_link *link, int socket) {
    pthread_mutex_lock(&link->socket_lock);
    if (link->socket >= 0) {
        close(link->socket);
    }
    link->socket = socket;
    pthread_mutex_unlock(&link->socket_lock);
}

static void drop_connection(onecard_link *link) {
    set_socket(link, -1);
}

void onecard_link_interrupt(onecard_link *link) {
    pthread_mutex_lock(&link->socket_lock);
    if (link->socket >= 0) {
        shutdown(link->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&link->socket_lock);
}

void onecard_link_close(onecard_link *link) {
    pthread_mutex_lock(&link->lock);
    drop_connection(link);
    pthread_mutex_unlock(&link->lock);
    pthread_mutex_destroy(&link->lock);
    pthread_mutex_destroy(&link->socket_lock);
}

/// Sends the request, on a fresh connection if the old one turns out to be closed.
static int send_request(onecard_link *link, const uint8_t *request, size_t length) {
    const int attempts = 2;
    for (int attempt = 0; attempt < attempts; attempt++) {
        if (link->socket < 0) {
            set_socket(link, onecard_link_connect(link->path, ONECARD_ROLE_COMMAND));
            if (link->socket < 0) {
                return ONECARD_LINK_LOST;
            }
        }
        if (send(link->socket, request, length, MSG_NOSIGNAL) == (ssize_t)length) {
            return 0;
        }
        drop_connection(link);
    }
    return ONECARD_LINK_LOST;
}

/// Waits for the answer; each WAIT prolongs the time for the next frame, up to the longest silence.
static long receive_answer(int socket, uint8_t *answer, size_t capacity) {
    long long last_moment = milliseconds_now() + ONECARD_SILENCE_MS_MAX;
    for (;;) {
        long long deadline = milliseconds_now() + ONECARD_ANSWER_MS_MAX;
        if (deadline > last_moment) {
            deadline = last_moment;
        }
        long length = receive_frame(socket, answer, capacity, deadline);
        if (length < 0 || answer[0] != ONECARD_FRAME_WAIT) {
            return length;
        }
        if (milliseconds_now() >= last_moment) {
            return ONECARD_LINK_TIMEOUT;
        }
    }
}

long onecard_link_exchange(
    onecard_link *link, const uint8_t *request, size_t length, uint8_t *answer, size_t capacity) {
    pthread_mutex_lock(&link->lock);
    long result = send_request(link, request, length);
    if (result == 0) {
        result = receive_answer(link->socket, answer, capacity);
        if (result < 0) {
            drop_connection(link);
        }
    }
    pthread_mutex_unlock(&link->lock);
    return result;
}
