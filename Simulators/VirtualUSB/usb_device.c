#include "usb_device.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/usbdevice_fs.h>
#include <umockdev.h>

/// Endpoints of the descriptor below.
enum {
    ENDPOINT_OUT = 0x01,
    ENDPOINT_IN = 0x81,
    REQUEST_GET_DESCRIPTOR = 6,
    DESCRIPTOR_STRING = 3,
};

static const char NODE[] = "/dev/bus/usb/001/001";
static const char DEVICE_PATH[] = "/sys/devices/usb1";
static const char INTERFACE_PATH[] = "/sys/devices/usb1/1-0:1.0";

/// Device, configuration, interface (class 0B), CCID (extended APDU level, T=0 and T=1) and two bulk endpoints;
/// 1209:0001 is the identifier that pid.codes keeps for tests.
static const char DEVICE_FORMAT[] =
    "P: /devices/usb1\nN: bus/usb/001/001\n"
    "E: SUBSYSTEM=usb\nE: DRIVER=usb\nE: BUSNUM=001\nE: DEVNUM=001\nE: DEVNAME=/dev/bus/usb/001/001\n"
    "E: DEVTYPE=usb_device\n"
    "A: bConfigurationValue=1\\n\nA: busnum=1\\n\nA: devnum=1\\n\nA: speed=12\\n\n"
    "A: idVendor=1209\\n\nA: idProduct=0001\\n\n"
    "H: descriptors="
    "12010002000000400912010000010102000109025600010100c0320904000002"
    "0b00000036211001000703000000a00f0000a00f000000002a0000002a000000"
    "fe0000000000000000000000ba0404000f010000ffff00000001070501024000"
    "0007058102400000\n"
    "\n"
    "P: /devices/usb1/1-0:1.0\n"
    "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: INTERFACE=11/0/0\nE: PRODUCT=1209/1/100\n"
    "A: bInterfaceNumber=00\\n\nA: bInterfaceClass=0b\\n\n\n";

struct usb_device {
    UMockdevTestbed *testbed;
    UMockdevIoctlBase *handler;
    ccid_slot *slot;
    pthread_mutex_t lock;
    bool is_plugged;
    /// IN requests without an answer, and finished requests that the host has not taken.
    GQueue waiting;
    GQueue finished;
    /// Answers without an IN request.
    GQueue answers;
};

// MARK: - Requests (URBs); all with the lock held

static void finish(usb_device *device, UMockdevIoctlData *request, int status, int length) {
    struct usbdevfs_urb *urb = (void *)request->data;
    urb->status = status;
    urb->actual_length = length;
    g_queue_push_tail(&device->finished, request);
}

/// Brings answers and IN requests together.
static void match_answers(usb_device *device) {
    while (!g_queue_is_empty(&device->waiting) && !g_queue_is_empty(&device->answers)) {
        UMockdevIoctlData *request = g_queue_pop_head(&device->waiting);
        GBytes *answer = g_queue_pop_head(&device->answers);
        struct usbdevfs_urb *urb = (void *)request->data;
        gsize length = 0;
        const void *bytes = g_bytes_get_data(answer, &length);
        int count = (int)length < urb->buffer_length ? (int)length : urb->buffer_length;
        UMockdevIoctlData *buffer = umockdev_ioctl_data_resolve(
            request, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer), (gsize)urb->buffer_length, NULL);
        if (buffer != NULL) {
            memcpy(buffer->data, bytes, (size_t)count);
            umockdev_ioctl_data_unref(buffer);
        }
        finish(device, request, buffer != NULL ? 0 : -EFAULT, buffer != NULL ? count : 0);
        g_bytes_unref(answer);
    }
}

static void push_answer(usb_device *device, const uint8_t *message, size_t length) {
    g_queue_push_tail(&device->answers, g_bytes_new(message, length));
    match_answers(device);
}

/// String descriptors: the language table, and one name for all.
static int string_descriptor(uint8_t index, uint8_t *output, int capacity) {
    static const uint8_t languages[] = {4, DESCRIPTOR_STRING, 0x09, 0x04};
    static const uint8_t name[] = {16, DESCRIPTOR_STRING, 'O', 0, 'n', 0, 'e', 0, 'C', 0, 'a', 0, 'r', 0, 'd', 0};
    const uint8_t *bytes = index == 0 ? languages : name;
    int count = bytes[0] < capacity ? bytes[0] : capacity;
    memcpy(output, bytes, (size_t)count);
    return count;
}

static void submit_control(
    usb_device *device, UMockdevIoctlData *request, UMockdevIoctlData *buffer, int capacity) {
    const int setup_bytes = 8;
    const uint8_t *setup = buffer != NULL ? buffer->data : NULL;
    bool wants_string = setup != NULL && capacity > setup_bytes && setup[0] == 0x80 &&
        setup[1] == REQUEST_GET_DESCRIPTOR && setup[3] == DESCRIPTOR_STRING;
    if (wants_string) {
        finish(device, request, 0,
               string_descriptor(setup[2], buffer->data + setup_bytes, capacity - setup_bytes));
    } else {
        finish(device, request, -EPIPE, 0);
    }
}

/// @return an errno value, or 0.
static int submit(usb_device *device, UMockdevIoctlData *argument) {
    if (!device->is_plugged) {
        return ENODEV;
    }
    UMockdevIoctlData *request = umockdev_ioctl_data_resolve(argument, 0, sizeof(struct usbdevfs_urb), NULL);
    if (request == NULL) {
        return EFAULT;
    }
    struct usbdevfs_urb *urb = (void *)request->data;
    UMockdevIoctlData *buffer = NULL;
    if (urb->buffer_length > 0) {
        buffer = umockdev_ioctl_data_resolve(
            request, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer), (gsize)urb->buffer_length, NULL);
    }
    if (urb->type == USBDEVFS_URB_TYPE_BULK && urb->endpoint == ENDPOINT_OUT && buffer != NULL) {
        bool taken = ccid_slot_submit(device->slot, buffer->data, (size_t)urb->buffer_length);
        finish(device, request, taken ? 0 : -EPIPE, taken ? urb->buffer_length : 0);
    } else if (urb->type == USBDEVFS_URB_TYPE_BULK && urb->endpoint == ENDPOINT_IN) {
        g_queue_push_tail(&device->waiting, request);
        match_answers(device);
    } else if (urb->type == USBDEVFS_URB_TYPE_CONTROL) {
        submit_control(device, request, buffer, urb->buffer_length);
    } else {
        finish(device, request, -EPIPE, 0);
    }
    if (buffer != NULL) {
        umockdev_ioctl_data_unref(buffer);
    }
    return 0;
}

/// Gives the host a finished request.
static int reap(usb_device *device, UMockdevIoctlData *argument) {
    UMockdevIoctlData *request = g_queue_pop_head(&device->finished);
    if (request == NULL) {
        return device->is_plugged ? EAGAIN : ENODEV;
    }
    UMockdevIoctlData *target = umockdev_ioctl_data_resolve(argument, 0, sizeof(gpointer), NULL);
    if (target != NULL) {
        umockdev_ioctl_data_set_ptr(target, 0, request);
        umockdev_ioctl_data_unref(target);
    }
    umockdev_ioctl_data_unref(request);
    return target != NULL ? 0 : EFAULT;
}

/// The host gives up an IN request.
static int discard(usb_device *device, UMockdevIoctlData *argument) {
    gulong address = *(gulong *)argument->data;
    for (GList *item = device->waiting.head; item != NULL; item = item->next) {
        UMockdevIoctlData *request = item->data;
        if (request->client_addr == address) {
            g_queue_delete_link(&device->waiting, item);
            finish(device, request, -ENOENT, 0);
            return 0;
        }
    }
    return EINVAL;
}

static int capabilities(UMockdevIoctlData *argument) {
    UMockdevIoctlData *target = umockdev_ioctl_data_resolve(argument, 0, sizeof(guint32), NULL);
    if (target == NULL) {
        return EFAULT;
    }
    *(guint32 *)target->data = USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
        USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    umockdev_ioctl_data_unref(target);
    return 0;
}

/// All ioctls of the device node.
static gboolean handle_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, usb_device *device) {
    (void)base;
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client);
    gboolean is_handled = TRUE;
    int error = 0;
    pthread_mutex_lock(&device->lock);
    switch (umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_GET_CAPABILITIES:
        error = capabilities(argument);
        break;
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_RELEASEINTERFACE:
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESET:
    case USBDEVFS_SETCONFIGURATION:
    case USBDEVFS_SETINTERFACE:
        error = device->is_plugged ? 0 : ENODEV;
        break;
    case USBDEVFS_SUBMITURB:
        error = submit(device, argument);
        break;
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
        error = reap(device, argument);
        break;
    case USBDEVFS_DISCARDURB:
        error = discard(device, argument);
        break;
    default:
        is_handled = FALSE;
    }
    pthread_mutex_unlock(&device->lock);
    if (is_handled) {
        umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    }
    return is_handled;
}

// MARK: - The card's side

static void take_answer(void *context, const uint8_t *message, size_t length) {
    usb_device *device = context;
    pthread_mutex_lock(&device->lock);
    if (device->is_plugged) {
        push_answer(device, message, length);
    }
    pthread_mutex_unlock(&device->lock);
}

void usb_device_tick(usb_device *device) {
    uint8_t message[CCID_HEADER_BYTES];
    pthread_mutex_lock(&device->lock);
    bool host_waits = !g_queue_is_empty(&device->waiting) && g_queue_is_empty(&device->answers);
    if (device->is_plugged && host_waits && ccid_slot_time_extension(device->slot, message)) {
        push_answer(device, message, sizeof message);
    }
    pthread_mutex_unlock(&device->lock);
}

// MARK: - Plugging

usb_device *usb_device_new(ccid_slot *slot) {
    usb_device *device = g_new0(usb_device, 1);
    GError *error = NULL;
    device->slot = slot;
    pthread_mutex_init(&device->lock, NULL);
    g_queue_init(&device->waiting);
    g_queue_init(&device->finished);
    g_queue_init(&device->answers);
    device->testbed = umockdev_testbed_new();
    device->handler = umockdev_ioctl_base_new();
    g_object_connect(device->handler, "signal-after::handle-ioctl", handle_ioctl, device, NULL);
    if (!umockdev_testbed_attach_ioctl(device->testbed, NODE, device->handler, &error)) {
        fprintf(stderr, "virtual-usb: %s\n", error->message);
        return NULL;
    }
    ccid_slot_set_handler(slot, take_answer, device);
    return device;
}

bool usb_device_plug(usb_device *device) {
    GError *error = NULL;
    pthread_mutex_lock(&device->lock);
    bool was_plugged = device->is_plugged;
    device->is_plugged = true;
    pthread_mutex_unlock(&device->lock);
    if (was_plugged) {
        return true;
    }
    // umockdev sends the uevents "add" itself.
    if (!umockdev_testbed_add_from_string(device->testbed, DEVICE_FORMAT, &error)) {
        fprintf(stderr, "virtual-usb: %s\n", error->message);
        g_error_free(error);
        pthread_mutex_lock(&device->lock);
        device->is_plugged = false;
        pthread_mutex_unlock(&device->lock);
        return false;
    }
    return true;
}

void usb_device_unplug(usb_device *device) {
    pthread_mutex_lock(&device->lock);
    bool was_plugged = device->is_plugged;
    device->is_plugged = false;
    ccid_slot_abandon(device->slot);
    UMockdevIoctlData *request;
    while ((request = g_queue_pop_head(&device->waiting)) != NULL) {
        finish(device, request, -ENODEV, 0);
    }
    GBytes *answer;
    while ((answer = g_queue_pop_head(&device->answers)) != NULL) {
        g_bytes_unref(answer);
    }
    pthread_mutex_unlock(&device->lock);
    if (was_plugged) {
        umockdev_testbed_uevent(device->testbed, INTERFACE_PATH, "remove");
        umockdev_testbed_uevent(device->testbed, DEVICE_PATH, "remove");
        // The interface first: with its parent gone, its link under /sys/bus would stay and forbid plugging again.
        umockdev_testbed_remove_device(device->testbed, INTERFACE_PATH);
        umockdev_testbed_remove_device(device->testbed, DEVICE_PATH);
    }
}

bool usb_device_is_plugged(usb_device *device) {
    pthread_mutex_lock(&device->lock);
    bool is_plugged = device->is_plugged;
    pthread_mutex_unlock(&device->lock);
    return is_plugged;
}
