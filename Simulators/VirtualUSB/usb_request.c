/// Requests (URBs) of the program under test: taken, given to the function, ended, and given back.
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/usbdevice_fs.h>

#include "usb_device_state.h"

enum {
    /// How long an ask for ended requests waits for one, milliseconds. libusb finds the mocked node always ready and
    /// would otherwise ask without a pause; a request by another thread waits as long, so it must be short.
    RETRY_MS = 2,
    /// For so long after a request began or ended, an ask is answered at once, microseconds: a program that exchanges
    /// one request after another asks in between, and asks all its devices.
    BUSY_US = 20000,
    DIRECTION_IN = 0x80,
};

bool *usb_device_halt_mark(usb_device *device, uint8_t endpoint) {
    return &device->is_halted[(endpoint & 0x0F) | (endpoint & DIRECTION_IN ? 0x10 : 0)];
}

int usb_device_interface(const usb_device *device, unsigned number) {
    for (size_t index = 0; index < device->description.interface_count; index++) {
        if (device->description.interfaces[index].number == number) {
            return (int)index;
        }
    }
    return -1;
}

static struct usbdevfs_urb *urb_of(const usb_request *request) {
    return (struct usbdevfs_urb *)request->request->data;
}

// MARK: - The end of a request

/// Completes an ask with an ended request, or with an error if there is none.
static void answer_reap(usb_file *file, UMockdevIoctlData *argument, int error) {
    UMockdevIoctlData *request = g_queue_pop_head(&file->finished);
    UMockdevIoctlData *target =
        request != NULL ? umockdev_ioctl_data_resolve(argument, 0, sizeof(gpointer), NULL) : NULL;
    if (target != NULL) {
        umockdev_ioctl_data_set_ptr(target, 0, request);
        umockdev_ioctl_data_unref(target);
        error = 0;
    } else if (request != NULL) {
        error = EFAULT;
    }
    if (request != NULL) {
        umockdev_ioctl_data_unref(request);
    }
    umockdev_ioctl_client_complete(file->client, error == 0 ? 0 : -1, error);
}

/// Ends an ask that is held.
static void release_held(usb_file *file) {
    UMockdevIoctlData *argument = file->held;
    file->held = NULL;
    g_queue_remove(&file->device->bus->held, file);
    g_source_destroy(file->retry);
    g_source_unref(file->retry);
    file->retry = NULL;
    bool is_gone = !file->device->is_plugged || file->plugging != file->device->plugging;
    UMockdevIoctlClient *client = file->client;
    answer_reap(file, argument, is_gone ? ENODEV : EAGAIN);
    umockdev_ioctl_data_unref(argument);
    g_object_unref(client);
}

static gboolean retry(gpointer context) {
    usb_file *file = context;
    usb_bus *bus = file->device->bus;
    pthread_mutex_lock(&bus->lock);
    // Unless it was answered while this call waited for the lock.
    if (!g_source_is_destroyed(g_main_current_source())) {
        release_held(file);
    }
    pthread_mutex_unlock(&bus->lock);
    return G_SOURCE_REMOVE;
}

/// Something began or ended: a program that waits at one file may have to look at another.
static void note_activity(usb_bus *bus) {
    bus->active_at = g_get_monotonic_time();
    for (guint left = g_queue_get_length(&bus->held); left > 0; left--) {
        release_held(g_queue_peek_head(&bus->held));
    }
}

/// Whether requests of this file, and of no other, are under way.
static bool is_alone(const usb_file *file) {
    const GList *item = file->device->bus->requests.head;
    bool is_alone = item != NULL;
    for (; item != NULL && is_alone; item = item->next) {
        is_alone = ((const usb_request *)item->data)->file == file;
    }
    return is_alone;
}

void usb_file_reap(usb_file *file, UMockdevIoctlData *argument, bool may_wait) {
    may_wait = may_wait && (is_alone(file) || g_get_monotonic_time() - file->device->bus->active_at > BUSY_US);
    bool is_there = file->device->is_plugged && file->plugging == file->device->plugging;
    if (!g_queue_is_empty(&file->finished) || !is_there || !may_wait) {
        answer_reap(file, argument, is_there ? EAGAIN : ENODEV);
        return;
    }
    // umockdev forgets a client whose ioctl is not completed at once.
    g_object_ref(file->client);
    file->held = umockdev_ioctl_data_ref(argument);
    file->retry = g_timeout_source_new(RETRY_MS);
    g_source_set_callback(file->retry, retry, file, NULL);
    g_source_attach(file->retry, g_main_context_get_thread_default());
    g_queue_push_tail(&file->device->bus->held, file);
}

static void release_request(usb_request *request) {
    if (request->buffer != NULL) {
        umockdev_ioctl_data_unref(request->buffer);
    }
    g_free(request);
}

void usb_request_end(usb_device *device, usb_request *request, int status) {
    struct usbdevfs_urb *urb = urb_of(request);
    urb->status = status;
    urb->actual_length = (int)request->moved;
    g_queue_remove(&device->bus->requests, request);
    g_queue_push_tail(&request->file->finished, request->request);
    note_activity(device->bus);
    release_request(request);
}

void usb_requests_end(usb_device *device, int endpoint, int status) {
    for (GList *item = device->bus->requests.head; item != NULL;) {
        usb_request *request = item->data;
        item = item->next;
        if (request->file->device != device) {
            continue;
        }
        if (endpoint < 0 || (!request->is_control && request->endpoint == endpoint)) {
            device->function.cancel(device->context, request->id);
            usb_request_end(device, request, status);
        }
    }
}

static usb_request *find(usb_device *device, uint32_t id) {
    for (GList *item = device->bus->requests.head; item != NULL; item = item->next) {
        usb_request *request = item->data;
        if (request->file->device == device && request->id == id) {
            return request;
        }
    }
    return NULL;
}

// MARK: - The function's side

static bool move(usb_device *device, uint32_t id, const uint8_t *bytes, size_t count) {
    usb_device_lock(device);
    usb_request *request = find(device, id);
    if (request != NULL) {
        size_t room = request->length - request->moved;
        size_t moved = count < room ? count : room;
        if (bytes != NULL && moved > 0) {
            size_t start = request->moved + (request->is_control ? USB_SETUP_BYTES : 0);
            memcpy(request->buffer->data + start, bytes, moved);
        }
        request->moved += moved;
    }
    usb_device_unlock(device);
    return request != NULL;
}

bool usb_device_give(usb_device *device, uint32_t id, const uint8_t *bytes, size_t count) {
    return move(device, id, bytes, count);
}

bool usb_device_take(usb_device *device, uint32_t id, size_t count) {
    return move(device, id, NULL, count);
}

bool usb_device_finish(usb_device *device, uint32_t id, int error) {
    usb_device_lock(device);
    usb_request *request = find(device, id);
    if (request != NULL) {
        usb_request_end(device, request, -error);
    }
    usb_device_unlock(device);
    return request != NULL;
}

void usb_device_halt(usb_device *device, uint32_t id) {
    usb_device_lock(device);
    usb_request *request = find(device, id);
    if (request != NULL && request->is_control) {
        usb_request_end(device, request, -EPIPE);  // endpoint zero never stays halted
    } else if (request != NULL) {
        uint8_t endpoint = request->endpoint;
        *usb_device_halt_mark(device, endpoint) = true;
        usb_request_end(device, request, -EPIPE);
        usb_requests_end(device, endpoint, -EPIPE);
    }
    usb_device_unlock(device);
}

// MARK: - The program's side

/// Whether the program may use an endpoint. @return an errno value, or 0.
static int check_endpoint(const usb_file *file, uint8_t address) {
    const usb_device *device = file->device;
    for (size_t index = 0; index < device->description.endpoint_count; index++) {
        const usb_endpoint *endpoint = &device->description.endpoints[index];
        if (endpoint->address == address) {
            int place = usb_device_interface(device, endpoint->interface);
            const usb_file *owner = place >= 0 ? device->owners[place] : NULL;
            // A kernel claims for a program that forgot to, unless somebody else holds the interface.
            return place < 0 || device->is_driven[place] || (owner != NULL && owner != file) ? EBUSY : 0;
        }
    }
    return ENOENT;
}

/// Answers a control transfer here, or gives it to the function.
static void start_control(usb_device *device, usb_request *request, const uint8_t *setup, size_t length) {
    uint8_t answer[USB_DESCRIPTORS_BYTES_MAX];
    bool is_in = (setup[0] & DIRECTION_IN) != 0;
    int count = is_in ? usb_standard_answer(device, setup, answer, sizeof answer) : -1;
    if (count >= 0) {
        move(device, request->id, answer, (size_t)count);
        usb_request_end(device, request, 0);
        return;
    }
    usb_transfer transfer = {
        .id = request->id, .setup = setup, .bytes = is_in ? NULL : setup + USB_SETUP_BYTES, .length = length};
    device->function.submit(device->context, &transfer);
}

static void start_transfer(usb_device *device, usb_request *request) {
    bool is_in = (request->endpoint & DIRECTION_IN) != 0;
    static const uint8_t nothing[1];
    const uint8_t *bytes = request->buffer != NULL ? request->buffer->data : nothing;
    usb_transfer transfer = {
        .id = request->id,
        .endpoint = request->endpoint,
        .bytes = is_in ? NULL : bytes,
        .length = request->length,
    };
    device->function.submit(device->context, &transfer);
}

/// Checks a URB. @return an errno value, or 0.
static int check(const usb_file *file, const struct usbdevfs_urb *urb, const UMockdevIoctlData *buffer) {
    bool is_control = urb->type == USBDEVFS_URB_TYPE_CONTROL;
    if (urb->buffer_length < 0 || urb->buffer_length > USB_TRANSFER_BYTES_MAX) {
        return ENOMEM;
    }
    if (urb->buffer_length > 0 && buffer == NULL) {
        return EFAULT;
    }
    if (is_control) {
        const int length = urb->buffer_length >= USB_SETUP_BYTES ? buffer->data[6] | buffer->data[7] << 8 : -1;
        return length < 0 || length + USB_SETUP_BYTES > urb->buffer_length ? EINVAL : 0;
    }
    if (urb->type != USBDEVFS_URB_TYPE_BULK && urb->type != USBDEVFS_URB_TYPE_INTERRUPT) {
        return EINVAL;
    }
    return check_endpoint(file, urb->endpoint);
}

int usb_request_submit(usb_file *file, UMockdevIoctlData *argument) {
    usb_device *device = file->device;
    UMockdevIoctlData *data = umockdev_ioctl_data_resolve(argument, 0, sizeof(struct usbdevfs_urb), NULL);
    if (data == NULL) {
        return EFAULT;
    }
    struct usbdevfs_urb *urb = (struct usbdevfs_urb *)data->data;
    UMockdevIoctlData *buffer = NULL;
    if (urb->buffer_length > 0 && urb->buffer_length <= USB_TRANSFER_BYTES_MAX) {
        buffer = umockdev_ioctl_data_resolve(
            data, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer), (gsize)urb->buffer_length, NULL);
    }
    int error = check(file, urb, buffer);
    if (error != 0) {
        if (buffer != NULL) {
            umockdev_ioctl_data_unref(buffer);
        }
        umockdev_ioctl_data_unref(data);
        return error;
    }
    usb_request *request = g_new0(usb_request, 1);
    device->bus->active_at = g_get_monotonic_time();
    request->id = ++device->last_id;
    request->file = file;
    request->request = data;
    request->buffer = buffer;
    request->endpoint = urb->endpoint;
    request->is_control = urb->type == USBDEVFS_URB_TYPE_CONTROL;
    request->length = (size_t)urb->buffer_length - (request->is_control ? USB_SETUP_BYTES : 0);
    g_queue_push_tail(&device->bus->requests, request);
    if (request->is_control) {
        start_control(device, request, buffer->data, (size_t)(buffer->data[6] | buffer->data[7] << 8));
    } else if (*usb_device_halt_mark(device, request->endpoint)) {
        usb_request_end(device, request, -EPIPE);
    } else {
        start_transfer(device, request);
    }
    return 0;
}

int usb_request_discard(usb_file *file, UMockdevIoctlData *argument) {
    usb_device *device = file->device;
    gulong address = *(gulong *)argument->data;
    for (GList *item = device->bus->requests.head; item != NULL; item = item->next) {
        usb_request *request = item->data;
        if (request->file == file && request->request->client_addr == address) {
            device->function.cancel(device->context, request->id);
            usb_request_end(device, request, -ENOENT);
            return 0;
        }
    }
    return EINVAL;
}
