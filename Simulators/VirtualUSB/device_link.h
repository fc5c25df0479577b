/// The link between a USB device and its model, which stands in another process.
///
/// The model listens at an AF_UNIX SOCK_SEQPACKET socket; the USB side connects, and connects again when the model was
/// away: a device without a model is unplugged. One frame is one packet: a letter, then its payload. Numbers are
/// little-endian; `id` (4 bytes) names a transfer.
///
/// From the USB side:
/// - HELLO version: HELLO version
/// - OUT id endpoint bytes: the host sends bytes
/// - IN id endpoint room(4): the host has room for bytes
/// - CONTROL id setup(8) bytes: a control request that the USB side does not answer by itself
/// - CANCEL id: the host gives the transfer up, or the cable was pulled
/// - CLEAR endpoint: the host clears a halt; RESET: it resets the port
/// - PLUGGED, UNPLUGGED: the cable, whoever plugged or pulled it
///
/// From the model:
/// - ATTACH speed(1) path descriptors-length(2) descriptors strings drivers: what the device is, and plug it.
///   speed: 0 low, 1 full, 2 high. path, strings and drivers: a length byte and printable ASCII each; strings and
///   drivers begin with their count; a driver is an interface number and a name.
/// - DETACH: unplug it
/// - GIVE id bytes: bytes for an IN transfer, which goes on; TAKE id count(4): bytes of an OUT transfer are taken
/// - DONE id: the transfer ends; STALL id: its endpoint halts; FAIL id: a fault of the line; OVERFLOW id: the device
///   sent more than there was room for
///
/// A transfer that the model never ends is a silent device.
#ifndef ONECARD_DEVICE_LINK_H
#define ONECARD_DEVICE_LINK_H

#include "usb_device.h"

/// Letters of the frames.
enum {
    DEVICE_FRAME_HELLO = 'H',
    DEVICE_FRAME_OUT = 'O',
    DEVICE_FRAME_IN = 'I',
    DEVICE_FRAME_CONTROL = 'C',
    DEVICE_FRAME_CANCEL = 'X',
    DEVICE_FRAME_CLEAR = 'E',
    DEVICE_FRAME_RESET = 'R',
    DEVICE_FRAME_PLUGGED = 'P',
    DEVICE_FRAME_UNPLUGGED = 'U',
    DEVICE_FRAME_ATTACH = 'A',
    DEVICE_FRAME_DETACH = 'D',
    DEVICE_FRAME_GIVE = 'G',
    DEVICE_FRAME_TAKE = 'T',
    DEVICE_FRAME_DONE = 'K',
    DEVICE_FRAME_STALL = 'S',
    DEVICE_FRAME_FAIL = 'F',
    DEVICE_FRAME_OVERFLOW = 'V',
};

/// Limits, in bytes and milliseconds.
enum {
    /// Version of this link; both sides refuse another one.
    DEVICE_LINK_VERSION = 1,
    /// Letter, id, setup and the longest transfer, rounded up.
    DEVICE_FRAME_BYTES_MAX = USB_TRANSFER_BYTES_MAX + 64,
    /// How long a model may be too busy to take a frame before it counts as gone.
    DEVICE_SEND_MS_MAX = 1000,
    /// How long a model has to answer HELLO.
    DEVICE_HELLO_MS_MAX = 2000,
    /// Pause before a lost model is tried again.
    DEVICE_RECONNECT_MS = 100,
};

typedef struct device_link device_link;

/// Makes a device whose model is behind a socket, and starts the thread that speaks with it.
/// @return NULL when the path is too long or no thread can be made.
device_link *device_link_new(usb_bus *bus, const char *path);

/// The device that the model is.
usb_device *device_link_device(device_link *link);

/// Waits until the model has said for the first time whether the device is plugged.
/// @return false when it has not in time.
bool device_link_wait(device_link *link, int milliseconds_max);

#endif
