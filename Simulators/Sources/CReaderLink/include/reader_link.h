/// The link between a card reader driver and a simulated reader.
///
/// A simulated reader is an AF_UNIX SOCK_SEQPACKET socket on which the simulator listens. A driver (the pcscd handler,
/// or the USB device model) opens one *command* connection, where each request has one answer, and may open one *event*
/// connection, where the simulator tells that the presence of a card has changed. One frame is one packet: a letter,
/// then its payload.
///
/// - HELLO version role: HELLO version
/// - STATUS: STATUS 0 or 1, or TROUBLE when the reader itself has failed
/// - POWER_UP, RESET: ATR bytes, ABSENT, or MUTE when the card does not answer
/// - POWER_DOWN: DONE
/// - TRANSMIT command: any number of WAIT (one a second while the card is silent), then TRANSMIT response, ABSENT
///   or MUTE
///
/// On the event connection the simulator sends EVENT frames; nothing is answered. A driver that meets a time limit or a
/// frame that it does not expect closes the connection, so that a late answer can never be taken for the answer to
/// another request.
#ifndef ONECARD_READER_LINK_H
#define ONECARD_READER_LINK_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/// Letters of the frames.
enum {
    ONECARD_FRAME_HELLO = 'H',
    ONECARD_FRAME_STATUS = 'S',
    ONECARD_FRAME_POWER_UP = 'U',
    ONECARD_FRAME_RESET = 'R',
    ONECARD_FRAME_POWER_DOWN = 'D',
    ONECARD_FRAME_TRANSMIT = 'T',
    ONECARD_FRAME_ATR = 'A',
    ONECARD_FRAME_ABSENT = 'N',
    ONECARD_FRAME_MUTE = 'M',
    ONECARD_FRAME_WAIT = 'W',
    ONECARD_FRAME_TROUBLE = 'X',
    ONECARD_FRAME_DONE = 'K',
    ONECARD_FRAME_EVENT = 'E',
    ONECARD_ROLE_COMMAND = 'C',
    ONECARD_ROLE_EVENT = 'E',
};

/// Limits, in bytes and milliseconds.
enum {
    /// Version of this link; a simulator refuses another one.
    ONECARD_LINK_VERSION = 1,
    /// Letter + extended APDU (7 header and length bytes, 65 535 data bytes) or response (65 536 data bytes, 2 status
    /// bytes), rounded up.
    ONECARD_FRAME_BYTES_MAX = 65552,
    /// ISO 7816-3: TS + 32 characters.
    ONECARD_ATR_BYTES_MAX = 33,
    /// A living simulator answers, or says WAIT, well within this time; it says WAIT every `ONECARD_WAIT_INTERVAL_MS`.
    ONECARD_ANSWER_MS_MAX = 4000,
    /// Interval of WAIT while a card is silent.
    ONECARD_WAIT_INTERVAL_MS = 1000,
    /// The longest silence of a card that is waited for: WAIT does not prolong a request beyond it.
    ONECARD_SILENCE_MS_MAX = 600000,
    /// Connecting and greeting on a local socket.
    ONECARD_CONNECT_MS_MAX = 1000,
    /// Pause before a lost event connection is tried again.
    ONECARD_RECONNECT_MS = 250,
};

/// Outcome of a call that is not a count of bytes.
enum {
    /// The simulator is not there, closed the connection, or broke the protocol.
    ONECARD_LINK_LOST = -1,
    /// The simulator did not answer in time.
    ONECARD_LINK_TIMEOUT = -2,
};

/// One command connection. Calls from several threads are put in order by `lock`.
typedef struct {
    pthread_mutex_t lock;
    /// Held for a moment while `socket` changes or is shut down; never while waiting.
    pthread_mutex_t socket_lock;
    /// Connected socket or -1.
    int socket;
    /// Path of the reader's socket; fits `sockaddr_un`.
    char path[108];
} onecard_link;

/// Makes a link that is not connected yet; it connects when it is first used.
/// @return 0, or ONECARD_LINK_LOST if the path is empty or longer than a socket address holds.
int onecard_link_init(onecard_link *link, const char *path);

/// Closes the connection.
void onecard_link_close(onecard_link *link);

/// Sends one request and waits for its answer, over WAIT frames. A request is sent again only if the connection was
/// found closed before anything went out: a card never sees it twice.
/// @param answer at least `capacity` bytes; the letter comes first.
/// @return number of bytes of the answer (at least 1), ONECARD_LINK_LOST or ONECARD_LINK_TIMEOUT.
long onecard_link_exchange(
    onecard_link *link, const uint8_t *request, size_t length, uint8_t *answer, size_t capacity);

/// Ends an exchange that waits on another thread, as pulling a plug does; that one returns ONECARD_LINK_LOST.
void onecard_link_interrupt(onecard_link *link);

/// Connects and greets in the given role.
/// @return a non-blocking socket, or ONECARD_LINK_LOST.
int onecard_link_connect(const char *path, uint8_t role);

#endif
