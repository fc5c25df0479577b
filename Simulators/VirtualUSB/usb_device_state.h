/// The inside of a USB device, shared by its files.
#ifndef ONECARD_USB_DEVICE_STATE_H
#define ONECARD_USB_DEVICE_STATE_H

#include <pthread.h>

#include "usb_device.h"

/// One lock for all devices: a program asks one after the other, so an end at one must wake an ask at another.
struct usb_bus {
    pthread_mutex_t lock;
    usb_tree *tree;
    /// Requests that have not ended, of all devices, in their order.
    GQueue requests;
    /// Files whose ask for ended requests waits a moment (see RETRY_MS).
    GQueue held;
    /// When a request last began or ended, microseconds of the monotonic clock.
    gint64 active_at;
};

/// One open file of the program under test.
typedef struct {
    usb_device *device;
    UMockdevIoctlClient *client;
    /// The plugging that the file was opened in; a file of an earlier one knows no device any more.
    unsigned plugging;
    /// Ended requests that the program has not taken.
    GQueue finished;
    /// An ask for ended requests that waits a moment for one, and its end.
    UMockdevIoctlData *held;
    GSource *retry;
} usb_file;

/// A request of the program that has not ended.
typedef struct {
    uint32_t id;
    usb_file *file;
    UMockdevIoctlData *request;
    /// NULL for a request without bytes.
    UMockdevIoctlData *buffer;
    uint8_t endpoint;
    bool is_control;
    /// Room, or bytes to send, and how many of them have moved.
    size_t length;
    size_t moved;
} usb_request;

struct usb_device {
    usb_bus *bus;
    usb_function function;
    void *context;
    usb_description description;
    bool has_description;
    bool is_plugged;
    unsigned plugging;
    usb_place place;
    uint32_t last_id;
    /// By endpoint address: low nibble, and 16 more for IN.
    bool is_halted[32];
    /// By place in the description: who has claimed the interface, and whether its kernel driver holds it.
    usb_file *owners[USB_INTERFACES_MAX];
    bool is_driven[USB_INTERFACES_MAX];
    /// Held while plugging and unplugging, which take their time, so that they come one after another.
    pthread_mutex_t plug_lock;
};

/// Everything below with the bus locked.

bool *usb_device_halt_mark(usb_device *device, uint8_t endpoint);

/// Place of an interface in the description, or -1.
int usb_device_interface(const usb_device *device, unsigned number);

/// Takes a request of the program. @return an errno value, or 0.
int usb_request_submit(usb_file *file, UMockdevIoctlData *argument);

/// The program gives a request up. @return an errno value, or 0.
int usb_request_discard(usb_file *file, UMockdevIoctlData *argument);

/// Ends a request with a status as in a URB: 0 or a negative errno value.
void usb_request_end(usb_device *device, usb_request *request, int status);

/// Ends all requests of a device, or those of one of its endpoints, with a status.
void usb_requests_end(usb_device *device, int endpoint, int status);

/// Gives the program an ended request, at once or, if it may wait, within a moment.
void usb_file_reap(usb_file *file, UMockdevIoctlData *argument, bool may_wait);

/// Answers a standard request for endpoint zero that needs no function.
/// @return the number of bytes, or -1 when it is the function's.
int usb_standard_answer(const usb_device *device, const uint8_t *setup, uint8_t *output, size_t capacity);

#endif
