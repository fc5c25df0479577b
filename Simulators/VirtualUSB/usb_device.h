/// A USB device model for umockdev: one CCID reader that can be plugged and unplugged.
///
/// libusb, inside a pcscd that runs under umockdev's preload library, opens the device node and sends the ioctls of
/// usbdevfs; they arrive here. Bulk OUT carries CCID commands, bulk IN their answers; there is no interrupt endpoint,
/// so libccid asks for the slot status by itself.
#ifndef ONECARD_USB_DEVICE_H
#define ONECARD_USB_DEVICE_H

#include <stdbool.h>

#include "ccid_slot.h"

typedef struct usb_device usb_device;

/// Makes a device that is not plugged yet.
/// @return NULL with a message on standard error when umockdev refuses.
usb_device *usb_device_new(ccid_slot *slot);

/// Plugs the device: it appears in /sys and /dev of the test bed, and udev listeners hear of it.
bool usb_device_plug(usb_device *device);

/// Unplugs the device: what waits for an answer fails, and the device disappears.
void usb_device_unplug(usb_device *device);

/// Whether it is plugged.
bool usb_device_is_plugged(usb_device *device);

/// Called several times a second: lets a slow card ask for more time.
void usb_device_tick(usb_device *device);

#endif
