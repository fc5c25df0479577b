#include "ifd_handler.h"

#include <errno.h>
#include <ifdhandler.h>
#include <poll.h>
#include <pthread.h>
#include <reader_link.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/// One configured reader. pcscd calls the functions of one reader from several threads, but creates and closes channels
/// one at a time, and joins the event thread of a reader before it closes its channel.
struct reader {
    bool in_use;
    DWORD lun;
    onecard_link link;
    /// Event connection or -1; touched by the reader's event thread only, after creation.
    int events;
    /// Written when pcscd stops the event thread.
    int stop;
};

static struct reader readers[ONECARD_READERS_MAX];
static pthread_mutex_t readers_lock = PTHREAD_MUTEX_INITIALIZER;

static struct reader *find_reader(DWORD lun) {
    struct reader *found = NULL;
    pthread_mutex_lock(&readers_lock);
    for (int index = 0; index < ONECARD_READERS_MAX; index++) {
        if (readers[index].in_use && readers[index].lun == lun) {
            found = &readers[index];
        }
    }
    pthread_mutex_unlock(&readers_lock);
    return found;
}

// MARK: - Channels

/// Fills a free slot.
static RESPONSECODE open_reader(struct reader *reader, DWORD lun, const char *path) {
    if (onecard_link_init(&reader->link, path) != 0) {
        return IFD_COMMUNICATION_ERROR;
    }
    reader->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (reader->stop < 0) {
        onecard_link_close(&reader->link);
        return IFD_COMMUNICATION_ERROR;
    }
    reader->events = -1;
    reader->lun = lun;
    reader->in_use = true;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR path) {
    RESPONSECODE result = IFD_COMMUNICATION_ERROR;
    pthread_mutex_lock(&readers_lock);
    for (int index = 0; index < ONECARD_READERS_MAX; index++) {
        if (!readers[index].in_use) {
            result = open_reader(&readers[index], lun, path);
            break;
        }
    }
    pthread_mutex_unlock(&readers_lock);
    return result;
}

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel) {
    (void)lun;
    (void)channel;
    // A simulated reader has a path, never a port number.
    return IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHCloseChannel(DWORD lun) {
    struct reader *reader = find_reader(lun);
    if (reader == NULL) {
        return IFD_COMMUNICATION_ERROR;
    }
    onecard_link_close(&reader->link);
    if (reader->events >= 0) {
        close(reader->events);
    }
    close(reader->stop);
    pthread_mutex_lock(&readers_lock);
    reader->in_use = false;
    pthread_mutex_unlock(&readers_lock);
    return IFD_SUCCESS;
}

// MARK: - Presence by event

/// Reads all waiting events; closes the connection if the simulator has.
static void drain_events(struct reader *reader) {
    uint8_t frame[2];
    for (;;) {
        ssize_t received = recv(reader->events, frame, sizeof frame, MSG_DONTWAIT);
        if (received > 0) {
            continue;
        }
        if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        close(reader->events);
        reader->events = -1;
        return;
    }
}

/// pcscd's event thread calls this between two looks at the presence: returns when it may have changed, when the thread
/// is to stop, or after `timeout` milliseconds.
static RESPONSECODE wait_for_event(DWORD lun, int timeout) {
    struct reader *reader = find_reader(lun);
    if (reader == NULL) {
        return IFD_NO_SUCH_DEVICE;
    }
    if (reader->events < 0) {
        reader->events = onecard_link_connect(reader->link.path, ONECARD_ROLE_EVENT);
        if (reader->events >= 0) {
            // Whatever changed before the connection stood is seen by the look that follows.
            return IFD_SUCCESS;
        }
        timeout = timeout < ONECARD_RECONNECT_MS ? timeout : ONECARD_RECONNECT_MS;
    }
    struct pollfd items[2] = {
        {.fd = reader->stop, .events = POLLIN},
        {.fd = reader->events, .events = POLLIN},  // poll ignores a negative descriptor
    };
    if (poll(items, 2, timeout) > 0 && items[1].revents != 0) {
        drain_events(reader);
    }
    return IFD_SUCCESS;
}

static RESPONSECODE stop_waiting(DWORD lun) {
    struct reader *reader = find_reader(lun);
    if (reader == NULL) {
        return IFD_NO_SUCH_DEVICE;
    }
    const uint64_t one = 1;
    return write(reader->stop, &one, sizeof one) == (ssize_t)sizeof one ? IFD_SUCCESS : IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHICCPresence(DWORD lun) {
    struct reader *reader = find_reader(lun);
    if (reader == NULL) {
        return IFD_NO_SUCH_DEVICE;
    }
    const uint8_t request[] = {ONECARD_FRAME_STATUS};
    uint8_t answer[2];
    long length = onecard_link_exchange(&reader->link, request, sizeof request, answer, sizeof answer);
    if (length != 2 || answer[0] != ONECARD_FRAME_STATUS) {
        return IFD_COMMUNICATION_ERROR;  // pcscd shows the presence as unknown
    }
    return answer[1] != 0 ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}

// MARK: - Capabilities

static RESPONSECODE answer_byte(UCHAR byte, PDWORD length, PUCHAR value) {
    if (*length < 1) {
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    }
    *length = 1;
    *value = byte;
    return IFD_SUCCESS;
}

static RESPONSECODE answer_function(RESPONSECODE (*function)(DWORD, int), PDWORD length, PUCHAR value) {
    if (*length < sizeof function) {
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    }
    *length = sizeof function;
    memcpy(value, &function, sizeof function);
    return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value) {
    (void)lun;
    switch (tag) {
    case TAG_IFD_SLOTS_NUMBER:
    case TAG_IFD_THREAD_SAFE:
    case TAG_IFD_SLOT_THREAD_SAFE:
        return answer_byte(1, length, value);
    case TAG_IFD_SIMULTANEOUS_ACCESS:
        return answer_byte(ONECARD_READERS_MAX, length, value);
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT:
        return answer_function(wait_for_event, length, value);
    case TAG_IFD_STOP_POLLING_THREAD:
        return answer_byte(1, length, value);  // stopped by IFDHSetCapabilities
    default:
        return IFD_ERROR_TAG;
    }
}

RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value) {
    (void)length;
    (void)value;
    return tag == TAG_IFD_STOP_POLLING_THREAD ? stop_waiting(lun) : IFD_ERROR_TAG;
}

RESPONSECODE IFDHSetProtocolParameters(
    DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3) {
    (void)lun;
    (void)protocol;
    (void)flags;
    (void)pts1;
    (void)pts2;
    (void)pts3;
    return IFD_SUCCESS;  // a simulated card speaks whatever its answer to reset offers
}

// MARK: - The card

/// Powers up or resets; gives the answer to reset.
static RESPONSECODE power_up(struct reader *reader, uint8_t request, PUCHAR atr, PDWORD atr_length) {
    uint8_t answer[1 + ONECARD_ATR_BYTES_MAX];
    *atr_length = 0;
    long length = onecard_link_exchange(&reader->link, &request, 1, answer, sizeof answer);
    if (length < 0) {
        return IFD_COMMUNICATION_ERROR;
    }
    if (answer[0] != ONECARD_FRAME_ATR || length < 3) {
        return IFD_ERROR_POWER_ACTION;  // absent or mute
    }
    memcpy(atr, answer + 1, (size_t)length - 1);
    *atr_length = (DWORD)length - 1;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD atr_length) {
    struct reader *reader = find_reader(lun);
    if (reader == NULL) {
        return IFD_NO_SUCH_DEVICE;
    }
    switch (action) {
    case IFD_POWER_UP:
        return power_up(reader, ONECARD_FRAME_POWER_UP, atr, atr_length);
    case IFD_RESET:
        return power_up(reader, ONECARD_FRAME_RESET, atr, atr_length);
    case IFD_POWER_DOWN: {
        const uint8_t request = ONECARD_FRAME_POWER_DOWN;
        uint8_t answer[1];
        *atr_length = 0;
        long length = onecard_link_exchange(&reader->link, &request, 1, answer, sizeof answer);
        return length == 1 && answer[0] == ONECARD_FRAME_DONE ? IFD_SUCCESS : IFD_COMMUNICATION_ERROR;
    }
    default:
        return IFD_NOT_SUPPORTED;
    }
}

/// What pcscd is told about an answer to TRANSMIT.
static RESPONSECODE deliver_response(
    const uint8_t *answer, long length, PUCHAR response, DWORD capacity, PDWORD response_length) {
    const long shortest_response = 1 + 2;
    if (length < 0) {
        return length == ONECARD_LINK_TIMEOUT ? IFD_RESPONSE_TIMEOUT : IFD_COMMUNICATION_ERROR;
    }
    switch (answer[0]) {
    case ONECARD_FRAME_TRANSMIT:
        break;
    case ONECARD_FRAME_ABSENT:
        return IFD_ICC_NOT_PRESENT;
    case ONECARD_FRAME_MUTE:
        return IFD_RESPONSE_TIMEOUT;
    default:
        return IFD_COMMUNICATION_ERROR;
    }
    if (length < shortest_response) {
        return IFD_COMMUNICATION_ERROR;
    }
    if ((DWORD)length - 1 > capacity) {
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    }
    memcpy(response, answer + 1, (size_t)length - 1);
    *response_length = (DWORD)length - 1;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHTransmitToICC(
    DWORD lun, SCARD_IO_HEADER send_header, PUCHAR command, DWORD command_length, PUCHAR response,
    PDWORD response_length, PSCARD_IO_HEADER receive_header) {
    uint8_t request[ONECARD_FRAME_BYTES_MAX];
    uint8_t answer[ONECARD_FRAME_BYTES_MAX];
    struct reader *reader = find_reader(lun);
    DWORD capacity = *response_length;
    *response_length = 0;
    if (reader == NULL) {
        return IFD_NO_SUCH_DEVICE;
    }
    if (command_length > sizeof request - 1) {
        return IFD_COMMUNICATION_ERROR;
    }
    request[0] = ONECARD_FRAME_TRANSMIT;
    memcpy(request + 1, command, command_length);
    long length = onecard_link_exchange(&reader->link, request, command_length + 1, answer, sizeof answer);
    // A PIN may stand in the command: leave no copy on the stack.
    explicit_bzero(request, command_length + 1);
    if (receive_header != NULL) {
        receive_header->Protocol = send_header.Protocol;
    }
    return deliver_response(answer, length, response, capacity, response_length);
}

RESPONSECODE IFDHControl(
    DWORD lun, DWORD code, PUCHAR input, DWORD input_length, PUCHAR output, DWORD output_length,
    LPDWORD returned_length) {
    (void)lun;
    (void)code;
    (void)input;
    (void)input_length;
    (void)output;
    (void)output_length;
    if (returned_length != NULL) {
        *returned_length = 0;
    }
    return IFD_ERROR_NOT_SUPPORTED;
}
