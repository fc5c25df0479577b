/// A USB device as libusb meets it: requests (URBs), claims and kernel drivers. What it *does* stands behind it.
///
/// libusb, inside a program that runs under umockdev's preload library, opens the device node and sends the ioctls of
/// usbdevfs; they arrive here. A function (a card reader, or a model behind a socket) gets the transfers and finishes
/// them whenever it likes, or never.
#ifndef ONECARD_USB_DEVICE_H
#define ONECARD_USB_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "usb_description.h"
#include "usb_tree.h"

enum {
    /// The longest transfer, bytes: with its frame it fits a packet of a local socket.
    USB_TRANSFER_BYTES_MAX = 65536,
    USB_SETUP_BYTES = 8,
};

/// All devices of a test bed.
typedef struct usb_bus usb_bus;

typedef struct usb_device usb_device;

/// A transfer on its way to the function.
typedef struct {
    uint32_t id;
    uint8_t endpoint;
    /// Eight bytes; NULL but for control transfers.
    const uint8_t *setup;
    /// What the host sends; NULL when it wants bytes.
    const uint8_t *bytes;
    /// How many bytes it sends, or has room for.
    size_t length;
} usb_transfer;

/// What stands behind the cable. The calls are made with the bus locked; they must not wait.
typedef struct {
    /// A transfer begins. The bytes are lent.
    void (*submit)(void *context, const usb_transfer *transfer);
    /// The host gives a transfer up, or the cable is pulled: it must not be finished any more.
    void (*cancel)(void *context, uint32_t id);
    /// The host clears the halt of an endpoint. May be NULL.
    void (*clear_halt)(void *context, uint8_t endpoint);
    /// The host resets the port. May be NULL.
    void (*reset)(void *context);
    /// The cable was plugged or pulled. May be NULL.
    void (*plugged)(void *context, bool is_plugged);
} usb_function;

/// Makes a test bed without devices.
usb_bus *usb_bus_new(void);

/// Removes the files of the test bed; the last call before the process ends.
void usb_bus_close(usb_bus *bus);

/// Makes a device that is not plugged yet.
usb_device *usb_device_new(usb_bus *bus, const usb_function *function, void *context);

/// Says what the device is when it is plugged the next time; NULL when there is nothing to plug.
void usb_device_describe(usb_device *device, const usb_description *description);

/// Plugs the device; nothing happens if it is plugged.
/// @return false when it has no description or the test bed refuses.
bool usb_device_plug(usb_device *device);

/// Unplugs the device: what waits for an answer fails, and the device disappears.
void usb_device_unplug(usb_device *device);

/// Whether it is plugged.
bool usb_device_is_plugged(usb_device *device);

/// Takes and gives back the lock of the bus; a thread may take it twice.
void usb_device_lock(usb_device *device);
void usb_device_unlock(usb_device *device);

/// Bytes of the device for a transfer, which goes on.
/// @return false when there is no such transfer any more.
bool usb_device_give(usb_device *device, uint32_t id, const uint8_t *bytes, size_t count);

/// The device takes bytes of a transfer, which goes on.
bool usb_device_take(usb_device *device, uint32_t id, size_t count);

/// Ends a transfer.
/// @param error 0, or an errno value such as EPIPE.
/// @return false when there is no such transfer any more.
bool usb_device_finish(usb_device *device, uint32_t id, int error);

/// Halts the endpoint of a transfer: it and all that follow fail with EPIPE until the host clears the halt.
void usb_device_halt(usb_device *device, uint32_t id);

#endif
