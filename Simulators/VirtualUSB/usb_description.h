/// What a USB device says of itself: descriptors, strings, where it is plugged, and which kernel drivers hold it.
#ifndef ONECARD_USB_DESCRIPTION_H
#define ONECARD_USB_DESCRIPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// Device and configuration descriptors together, bytes; a composite device has a few hundred.
    USB_DESCRIPTORS_BYTES_MAX = 1024,
    /// USB 2.0, 9.6.7: a string descriptor has at most 255 bytes, so 126 characters.
    USB_STRING_BYTES_MAX = 126,
    USB_STRINGS_MAX = 8,
    USB_INTERFACES_MAX = 8,
    USB_ENDPOINTS_MAX = 16,
    /// A bus, then at most six ports (USB 2.0, 4.1.1: five hubs between).
    USB_PORT_PATH_MAX = 24,
    USB_DRIVER_NAME_MAX = 16,
    USB_DEVICE_DESCRIPTOR_BYTES = 18,
};

/// One interface.
typedef struct {
    uint8_t number;
    uint8_t class_code;
    uint8_t subclass;
    uint8_t protocol;
    /// The kernel driver that holds the interface when the device is plugged; empty for none.
    char driver[USB_DRIVER_NAME_MAX];
} usb_interface;

/// One endpoint besides zero.
typedef struct {
    uint8_t address;
    uint8_t interface;
} usb_endpoint;

typedef struct {
    /// Where it is plugged, as Linux writes it: bus, a hyphen, ports with dots between, such as "1-2.4".
    char port_path[USB_PORT_PATH_MAX];
    /// Megabits a second: "1.5", "12" or "480".
    const char *speed;
    uint8_t descriptors[USB_DESCRIPTORS_BYTES_MAX];
    size_t descriptors_length;
    /// Printable ASCII, by index from one.
    char strings[USB_STRINGS_MAX][USB_STRING_BYTES_MAX + 1];
    size_t string_count;
    usb_interface interfaces[USB_INTERFACES_MAX];
    size_t interface_count;
    usb_endpoint endpoints[USB_ENDPOINTS_MAX];
    size_t endpoint_count;
} usb_description;

/// Reads the payload of an ATTACH frame (device_link.h).
/// @return false when anything is cut, too long or contradictory; `description` is then of no use.
bool usb_description_read(usb_description *description, const uint8_t *payload, size_t length);

/// Finds interfaces and endpoints in the descriptors, and checks them and the port path.
bool usb_description_check(usb_description *description);

/// The text of a string index; "" if there is none.
const char *usb_description_string(const usb_description *description, uint8_t index);

#endif
