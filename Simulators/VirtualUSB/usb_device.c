#include "usb_device.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/usbdevice_fs.h>

#include "usb_device_state.h"

static const char FILE_KEY[] = "onecard-file";

// MARK: - Open files

/// A file was closed: its requests end, its claims are free.
static void close_file(gpointer context) {
    usb_file *file = context;
    usb_device *device = file->device;
    pthread_mutex_lock(&device->bus->lock);
    for (GList *item = device->bus->requests.head; item != NULL;) {
        usb_request *request = item->data;
        item = item->next;
        if (request->file == file) {
            device->function.cancel(device->context, request->id);
            usb_request_end(device, request, -ENOENT);
        }
    }
    for (int index = 0; index < USB_INTERFACES_MAX; index++) {
        if (device->owners[index] == file) {
            device->owners[index] = NULL;
        }
    }
    UMockdevIoctlData *request;
    while ((request = g_queue_pop_head(&file->finished)) != NULL) {
        umockdev_ioctl_data_unref(request);
    }
    pthread_mutex_unlock(&device->bus->lock);
    g_free(file);
}

/// The open file of a client; NULL if its device is gone before its first ioctl.
static usb_file *file_of(UMockdevIoctlClient *client, usb_bus *bus) {
    usb_file *file = g_object_get_data(G_OBJECT(client), FILE_KEY);
    if (file == NULL) {
        usb_device *device = usb_tree_owner(bus->tree, umockdev_ioctl_client_get_devnode(client));
        if (device == NULL) {
            return NULL;
        }
        file = g_new0(usb_file, 1);
        file->device = device;
        file->client = client;
        pthread_mutex_lock(&device->bus->lock);
        file->plugging = device->plugging;
        pthread_mutex_unlock(&device->bus->lock);
        g_queue_init(&file->finished);
        g_object_set_data_full(G_OBJECT(client), FILE_KEY, file, close_file);
    }
    return file;
}

// MARK: - Claims and kernel drivers; all with the lock held, all return an errno value or 0

static int claim(usb_file *file, unsigned number) {
    usb_device *device = file->device;
    int place = usb_device_interface(device, number);
    if (place < 0) {
        return ENOENT;
    }
    bool is_taken = device->owners[place] != NULL && device->owners[place] != file;
    if (is_taken || device->is_driven[place]) {
        return EBUSY;
    }
    device->owners[place] = file;
    return 0;
}

static int release(usb_file *file, unsigned number) {
    usb_device *device = file->device;
    int place = usb_device_interface(device, number);
    if (place < 0 || device->owners[place] != file) {
        return EINVAL;
    }
    device->owners[place] = NULL;
    for (size_t index = 0; index < device->description.endpoint_count; index++) {
        if (device->description.endpoints[index].interface == number) {
            usb_requests_end(device, device->description.endpoints[index].address, -ENOENT);
        }
    }
    return 0;
}

/// The name of the driver that holds an interface: "usbfs" is a program.
static const char *driver(const usb_device *device, int place) {
    if (device->owners[place] != NULL) {
        return "usbfs";
    }
    return device->is_driven[place] ? device->description.interfaces[place].driver : NULL;
}

static int get_driver(usb_device *device, struct usbdevfs_getdriver *answer) {
    int place = usb_device_interface(device, answer->interface);
    const char *name = place >= 0 ? driver(device, place) : NULL;
    if (name == NULL) {
        return ENODATA;
    }
    g_strlcpy(answer->driver, name, sizeof answer->driver);
    return 0;
}

static int detach(usb_device *device, unsigned number) {
    int place = usb_device_interface(device, number);
    if (place < 0) {
        return EINVAL;
    }
    if (!device->is_driven[place]) {
        return ENODATA;
    }
    device->is_driven[place] = false;
    return 0;
}

/// Lets the kernel look for a driver again.
static int attach(usb_device *device, unsigned number) {
    int place = usb_device_interface(device, number);
    if (place < 0) {
        return EINVAL;
    }
    if (driver(device, place) != NULL) {
        return EBUSY;
    }
    device->is_driven[place] = device->description.interfaces[place].driver[0] != '\0';
    return 0;
}

static int detach_and_claim(usb_file *file, const struct usbdevfs_disconnect_claim *wish) {
    int place = usb_device_interface(file->device, wish->interface);
    if (place >= 0 && file->device->is_driven[place]) {
        const char *name = file->device->description.interfaces[place].driver;
        bool is_same = strncmp(wish->driver, name, sizeof wish->driver) == 0;
        bool is_refused = ((wish->flags & USBDEVFS_DISCONNECT_CLAIM_IF_DRIVER) != 0 && !is_same) ||
            ((wish->flags & USBDEVFS_DISCONNECT_CLAIM_EXCEPT_DRIVER) != 0 && is_same);
        if (is_refused) {
            return EBUSY;
        }
        file->device->is_driven[place] = false;
    }
    return claim(file, wish->interface);
}

static int drive(usb_file *file, const struct usbdevfs_ioctl *wish) {
    switch ((unsigned)wish->ioctl_code) {
    case USBDEVFS_DISCONNECT:
        return detach(file->device, (unsigned)wish->ifno);
    case USBDEVFS_CONNECT:
        return attach(file->device, (unsigned)wish->ifno);
    default:
        return ENOTTY;
    }
}

// MARK: - The port

static int clear_halt(usb_device *device, unsigned endpoint) {
    *usb_device_halt_mark(device, (uint8_t)endpoint) = false;
    if (device->function.clear_halt != NULL) {
        device->function.clear_halt(device->context, (uint8_t)endpoint);
    }
    return 0;
}

static int reset(usb_device *device) {
    usb_requests_end(device, -1, -EPROTO);
    memset(device->is_halted, 0, sizeof device->is_halted);
    if (device->function.reset != NULL) {
        device->function.reset(device->context);
    }
    return 0;
}

// MARK: - ioctls

/// The argument behind the pointer of an ioctl; to be given back.
static UMockdevIoctlData *argument_data(UMockdevIoctlData *argument, size_t size) {
    return umockdev_ioctl_data_resolve(argument, 0, size, NULL);
}

/// The ioctls that say something about interfaces and endpoints.
/// @return an errno value, 0, or -1 for an ioctl that is not known.
static int handle_plain(usb_file *file, unsigned long number, UMockdevIoctlData *argument) {
    static const struct {
        unsigned long number;
        size_t size;
    } kinds[] = {
        {USBDEVFS_GET_CAPABILITIES, sizeof(guint32)},
        {USBDEVFS_CLAIMINTERFACE, sizeof(unsigned)},
        {USBDEVFS_RELEASEINTERFACE, sizeof(unsigned)},
        {USBDEVFS_GETDRIVER, sizeof(struct usbdevfs_getdriver)},
        {USBDEVFS_IOCTL, sizeof(struct usbdevfs_ioctl)},
        {USBDEVFS_DISCONNECT_CLAIM, sizeof(struct usbdevfs_disconnect_claim)},
        {USBDEVFS_CLEAR_HALT, sizeof(unsigned)},
    };
    UMockdevIoctlData *data = NULL;
    for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
        if (kinds[index].number == number) {
            data = argument_data(argument, kinds[index].size);
            if (data == NULL) {
                return EFAULT;
            }
        }
    }
    int error = 0;
    switch (number) {
    case USBDEVFS_GET_CAPABILITIES:
        *(guint32 *)data->data = USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_ZERO_PACKET |
            USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_BULK_CONTINUATION;
        break;
    case USBDEVFS_CLAIMINTERFACE:
        error = claim(file, *(unsigned *)data->data);
        break;
    case USBDEVFS_RELEASEINTERFACE:
        error = release(file, *(unsigned *)data->data);
        break;
    case USBDEVFS_GETDRIVER:
        error = get_driver(file->device, (struct usbdevfs_getdriver *)data->data);
        break;
    case USBDEVFS_IOCTL:
        error = drive(file, (const struct usbdevfs_ioctl *)data->data);
        break;
    case USBDEVFS_DISCONNECT_CLAIM:
        error = detach_and_claim(file, (const struct usbdevfs_disconnect_claim *)data->data);
        break;
    case USBDEVFS_CLEAR_HALT:
        error = clear_halt(file->device, *(unsigned *)data->data);
        break;
    case USBDEVFS_RESET:
        error = reset(file->device);
        break;
    case USBDEVFS_SETCONFIGURATION:
    case USBDEVFS_SETINTERFACE:
        break;
    default:
        error = -1;
    }
    if (data != NULL) {
        umockdev_ioctl_data_unref(data);
    }
    return error;
}

/// All ioctls of all device nodes.
static gboolean handle_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, usb_bus *bus) {
    (void)base;
    unsigned long number = umockdev_ioctl_client_get_request(client);
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client);
    usb_file *file = file_of(client, bus);
    if (file == NULL) {
        umockdev_ioctl_client_complete(client, -1, ENODEV);
        return TRUE;
    }
    usb_device *device = file->device;
    int error = 0;
    pthread_mutex_lock(&device->bus->lock);
    bool is_there = device->is_plugged && file->plugging == device->plugging;
    if (number == USBDEVFS_REAPURB || number == USBDEVFS_REAPURBNDELAY) {
        usb_file_reap(file, argument, number == USBDEVFS_REAPURBNDELAY);
        pthread_mutex_unlock(&device->bus->lock);
        return TRUE;
    }
    if (number == USBDEVFS_DISCARDURB) {
        error = usb_request_discard(file, argument);
    } else if (!is_there) {
        error = ENODEV;
    } else if (number == USBDEVFS_SUBMITURB) {
        error = usb_request_submit(file, argument);
    } else {
        error = handle_plain(file, number, argument);
    }
    pthread_mutex_unlock(&device->bus->lock);
    if (error < 0) {
        return FALSE;
    }
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    return TRUE;
}

// MARK: - Plugging

usb_bus *usb_bus_new(void) {
    usb_bus *bus = g_new0(usb_bus, 1);
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&bus->lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    g_queue_init(&bus->requests);
    g_queue_init(&bus->held);
    UMockdevIoctlBase *handler = umockdev_ioctl_base_new();
    g_object_connect(handler, "signal-after::handle-ioctl", handle_ioctl, bus, NULL);
    bus->tree = usb_tree_new(handler);
    return bus;
}

void usb_bus_close(usb_bus *bus) {
    usb_tree_close(bus->tree);
}

usb_device *usb_device_new(usb_bus *bus, const usb_function *function, void *context) {
    usb_device *device = g_new0(usb_device, 1);
    pthread_mutex_init(&device->plug_lock, NULL);
    device->bus = bus;
    device->function = *function;
    device->context = context;
    return device;
}

void usb_device_lock(usb_device *device) {
    pthread_mutex_lock(&device->bus->lock);
}

void usb_device_unlock(usb_device *device) {
    pthread_mutex_unlock(&device->bus->lock);
}

static void set_plugged(usb_device *device, bool is_plugged) {
    pthread_mutex_lock(&device->bus->lock);
    device->is_plugged = is_plugged;
    if (is_plugged) {
        device->plugging++;
        memset(device->is_halted, 0, sizeof device->is_halted);
        memset(device->owners, 0, sizeof device->owners);
        for (size_t index = 0; index < device->description.interface_count; index++) {
            device->is_driven[index] = device->description.interfaces[index].driver[0] != '\0';
        }
    } else {
        usb_requests_end(device, -1, -ENODEV);
    }
    if (device->function.plugged != NULL) {
        device->function.plugged(device->context, is_plugged);
    }
    pthread_mutex_unlock(&device->bus->lock);
}

void usb_device_describe(usb_device *device, const usb_description *description) {
    pthread_mutex_lock(&device->plug_lock);
    pthread_mutex_lock(&device->bus->lock);
    if (!device->is_plugged) {
        device->has_description = description != NULL;
        device->description = description != NULL ? *description : device->description;
    }
    pthread_mutex_unlock(&device->bus->lock);
    pthread_mutex_unlock(&device->plug_lock);
}

bool usb_device_plug(usb_device *device) {
    pthread_mutex_lock(&device->plug_lock);
    bool is_plugged = usb_device_is_plugged(device);
    if (!is_plugged && device->has_description) {
        // First the device, then the news of it.
        set_plugged(device, true);
        is_plugged = usb_tree_add(device->bus->tree, &device->description, device, &device->place);
        if (!is_plugged) {
            set_plugged(device, false);
        }
    }
    pthread_mutex_unlock(&device->plug_lock);
    return is_plugged;
}

void usb_device_unplug(usb_device *device) {
    pthread_mutex_lock(&device->plug_lock);
    if (usb_device_is_plugged(device)) {
        set_plugged(device, false);
        usb_tree_remove(device->bus->tree, &device->description, device->place);
    }
    pthread_mutex_unlock(&device->plug_lock);
}

bool usb_device_is_plugged(usb_device *device) {
    pthread_mutex_lock(&device->bus->lock);
    bool is_plugged = device->is_plugged;
    pthread_mutex_unlock(&device->bus->lock);
    return is_plugged;
}
