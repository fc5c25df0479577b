/// The USB side of the test bed: hubs, devices and their nodes, as udev and libusb see them.
#ifndef ONECARD_USB_TREE_H
#define ONECARD_USB_TREE_H

#include <stdbool.h>
#include <umockdev.h>

#include "usb_description.h"

enum {
    USB_BUSES_MAX = 9,
    /// USB 2.0, 9.4.6: a device address has seven bits.
    USB_ADDRESS_MAX = 127,
};

typedef struct usb_tree usb_tree;

/// Where a plugged device stands.
typedef struct {
    int bus;
    int address;
} usb_place;

/// Makes a test bed without devices; the ioctls of all device nodes go to `handler`.
usb_tree *usb_tree_new(UMockdevIoctlBase *handler);

/// Removes the files of the test bed; the last call.
void usb_tree_close(usb_tree *tree);

/// Makes a device appear in /sys and /dev; udev listeners hear of it. Like a kernel, each plugging gives a new address.
/// @param owner what `usb_tree_owner` shall tell for its node.
/// @return false with a message on standard error when the port is taken or umockdev refuses.
bool usb_tree_add(usb_tree *tree, const usb_description *description, void *owner, usb_place *place);

/// Makes a device disappear.
void usb_tree_remove(usb_tree *tree, const usb_description *description, usb_place place);

/// Who owns a device node now; NULL for nobody.
void *usb_tree_owner(usb_tree *tree, const char *node);

#endif
