#include "usb_tree.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    HUB_CLASS = 9,
};

struct usb_tree {
    UMockdevTestbed *testbed;
    UMockdevIoctlBase *handler;
    pthread_mutex_t lock;
    /// Port paths of devices and hubs that are plugged.
    GHashTable *taken;
    /// By bus and address; a hub owns its address through `hub_mark`.
    void *owners[USB_BUSES_MAX + 1][USB_ADDRESS_MAX + 1];
    /// Whether the ioctls of a node arrive here already: umockdev listens at a node once and for all.
    bool is_attached[USB_BUSES_MAX + 1][USB_ADDRESS_MAX + 1];
    int last_address[USB_BUSES_MAX + 1];
};

static int hub_mark;

usb_tree *usb_tree_new(UMockdevIoctlBase *handler) {
    usb_tree *tree = g_new0(usb_tree, 1);
    pthread_mutex_init(&tree->lock, NULL);
    tree->testbed = umockdev_testbed_new();
    tree->handler = handler;
    tree->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return tree;
}

void usb_tree_close(usb_tree *tree) {
    // The lock is kept: a device that is unplugged at this moment waits for the end of the process.
    pthread_mutex_lock(&tree->lock);
    g_object_unref(tree->testbed);
}

/// The path below /sys of a port path: "1-2.4" stands in /devices/usb1/1-2/1-2.4.
static void write_system_path(GString *text, const char *port_path) {
    g_string_append_printf(text, "/devices/usb%c", port_path[0]);
    for (const char *end = strchr(port_path, '-') + 1; end != NULL;) {
        end = strchr(end, '.');
        size_t length = end != NULL ? (size_t)(end - port_path) : strlen(port_path);
        g_string_append_printf(text, "/%.*s", (int)length, port_path);
        end = end != NULL ? end + 1 : NULL;
    }
}

static int new_address(usb_tree *tree, int bus) {
    for (int step = 1; step <= USB_ADDRESS_MAX; step++) {
        int address = (tree->last_address[bus] + step - 1) % USB_ADDRESS_MAX + 1;
        if (tree->owners[bus][address] == NULL) {
            tree->last_address[bus] = address;
            return address;
        }
    }
    return 0;
}

static void write_text_attribute(GString *text, const char *name, const char *value) {
    if (value[0] != '\0') {
        g_string_append_printf(text, "A: %s=%s\\n\n", name, value);
    }
}

/// The lines of umockdev for a device.
static void write_device(GString *text, const usb_description *description, const char *path, usb_place place) {
    const uint8_t *bytes = description->descriptors;
    g_string_append_printf(text, "P: %s\nN: bus/usb/%03d/%03d\n", path, place.bus, place.address);
    g_string_append_printf(
        text,
        "E: SUBSYSTEM=usb\nE: DRIVER=usb\nE: BUSNUM=%03d\nE: DEVNUM=%03d\nE: DEVNAME=/dev/bus/usb/%03d/%03d\n"
        "E: DEVTYPE=usb_device\nE: PRODUCT=%x/%x/%x\n",
        place.bus, place.address, place.bus, place.address, bytes[8] | bytes[9] << 8, bytes[10] | bytes[11] << 8,
        bytes[12] | bytes[13] << 8);
    g_string_append_printf(
        text, "A: bConfigurationValue=%d\\n\nA: busnum=%d\\n\nA: devnum=%d\\n\nA: speed=%s\\n\n",
        bytes[USB_DEVICE_DESCRIPTOR_BYTES + 5], place.bus, place.address, description->speed);
    g_string_append_printf(
        text, "A: idVendor=%02x%02x\\n\nA: idProduct=%02x%02x\\n\nA: bcdDevice=%02x%02x\\n\nA: bDeviceClass=%02x\\n\n",
        bytes[9], bytes[8], bytes[11], bytes[10], bytes[13], bytes[12], bytes[4]);
    write_text_attribute(text, "manufacturer", usb_description_string(description, bytes[14]));
    write_text_attribute(text, "product", usb_description_string(description, bytes[15]));
    write_text_attribute(text, "serial", usb_description_string(description, bytes[16]));
    g_string_append(text, "H: descriptors=");
    for (size_t index = 0; index < description->descriptors_length; index++) {
        g_string_append_printf(text, "%02X", bytes[index]);
    }
    g_string_append(text, "\n\n");
}

/// The lines of umockdev for an interface; pcscd looks at these.
static void write_interface(
    GString *text, const usb_description *description, const char *path, const usb_interface *interface) {
    const uint8_t *bytes = description->descriptors;
    g_string_append_printf(
        text, "P: %s/%s:%d.%d\n", path, description->port_path, bytes[USB_DEVICE_DESCRIPTOR_BYTES + 5],
        interface->number);
    g_string_append_printf(
        text, "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: INTERFACE=%d/%d/%d\nE: PRODUCT=%x/%x/%x\n",
        interface->class_code, interface->subclass, interface->protocol, bytes[8] | bytes[9] << 8,
        bytes[10] | bytes[11] << 8, bytes[12] | bytes[13] << 8);
    g_string_append_printf(
        text,
        "A: bInterfaceNumber=%02x\\n\nA: bInterfaceClass=%02x\\n\nA: bInterfaceSubClass=%02x\\n\n"
        "A: bInterfaceProtocol=%02x\\n\n\n",
        interface->number, interface->class_code, interface->subclass, interface->protocol);
}

/// Adds what `text` describes. umockdev sends the uevents "add" itself.
static bool add_text(usb_tree *tree, usb_place place, const char *text) {
    GError *error = NULL;
    char node[32];
    snprintf(node, sizeof node, "/dev/bus/usb/%03d/%03d", place.bus, place.address);
    bool *is_attached = &tree->is_attached[place.bus][place.address];
    if (!*is_attached && !umockdev_testbed_attach_ioctl(tree->testbed, node, tree->handler, &error)) {
        fprintf(stderr, "virtual-usb: %s\n", error->message);
        g_error_free(error);
        return false;
    }
    *is_attached = true;
    if (!umockdev_testbed_add_from_string(tree->testbed, text, &error)) {
        fprintf(stderr, "virtual-usb: %s\n", error->message);
        g_error_free(error);
        return false;
    }
    return true;
}

static bool add_locked(usb_tree *tree, const usb_description *description, void *owner, usb_place *place) {
    place->bus = description->port_path[0] - '0';
    place->address = new_address(tree, place->bus);
    if (place->address == 0 || g_hash_table_contains(tree->taken, description->port_path)) {
        fprintf(stderr, "virtual-usb: no room at port %s\n", description->port_path);
        return false;
    }
    // A root hub has no port: its place in /sys is named after the bus.
    bool is_root = strchr(description->port_path, '-') == NULL;
    GString *path = g_string_new(NULL);
    if (is_root) {
        g_string_printf(path, "/devices/usb%c", description->port_path[0]);
    } else {
        write_system_path(path, description->port_path);
    }
    GString *text = g_string_new(NULL);
    write_device(text, description, path->str, *place);
    for (size_t index = 0; index < description->interface_count; index++) {
        write_interface(text, description, path->str, &description->interfaces[index]);
    }
    tree->owners[place->bus][place->address] = owner;
    bool is_added = add_text(tree, *place, text->str);
    if (is_added) {
        g_hash_table_add(tree->taken, g_strdup(description->port_path));
    } else {
        tree->owners[place->bus][place->address] = NULL;
    }
    g_string_free(text, TRUE);
    g_string_free(path, TRUE);
    return is_added;
}

/// Adds a hub at a bus ("1") or a port path, if none is there: libusb finds the ports of a device through its parents.
static bool ensure_hub(usb_tree *tree, const char *port_path) {
    static const uint8_t descriptors[] = {
        18, 1, 0x00, 0x02, HUB_CLASS, 0, 1, 64, 0x6B, 0x1D, 0x02, 0x00, 0x00, 0x01, 0, 0, 0, 1,
        9, 2, 25, 0, 1, 1, 0, 0xE0, 0,
        9, 4, 0, 0, 0, HUB_CLASS, 0, 0, 0,
        7, 5, 0x81, 3, 1, 0, 12,
    };
    if (g_hash_table_contains(tree->taken, port_path)) {
        return true;
    }
    usb_description hub = {.speed = "480", .descriptors_length = sizeof descriptors};
    memcpy(hub.descriptors, descriptors, sizeof descriptors);
    g_strlcpy(hub.port_path, port_path, sizeof hub.port_path);
    usb_place place;
    return add_locked(tree, &hub, &hub_mark, &place);
}

/// Adds the hubs above a port, from the root.
static bool ensure_hubs(usb_tree *tree, const char *port_path) {
    char path[USB_PORT_PATH_MAX];
    snprintf(path, sizeof path, "%c", port_path[0]);
    bool is_there = ensure_hub(tree, path);
    for (const char *dot = strchr(port_path, '.'); is_there && dot != NULL; dot = strchr(dot + 1, '.')) {
        snprintf(path, sizeof path, "%.*s", (int)(dot - port_path), port_path);
        is_there = ensure_hub(tree, path);
    }
    return is_there;
}

bool usb_tree_add(usb_tree *tree, const usb_description *description, void *owner, usb_place *place) {
    pthread_mutex_lock(&tree->lock);
    bool is_added =
        ensure_hubs(tree, description->port_path) && add_locked(tree, description, owner, place);
    pthread_mutex_unlock(&tree->lock);
    return is_added;
}

/// Removes a device node, which umockdev leaves behind: a kernel would not let a gone device be opened.
static void remove_node(usb_tree *tree, usb_place place) {
    char *root = umockdev_testbed_get_root_dir(tree->testbed);
    GString *path = g_string_new(NULL);
    g_string_printf(path, "%s/dev/bus/usb/%03d/%03d", root, place.bus, place.address);
    unlink(path->str);
    g_string_printf(path, "%s/dev/.node/bus_usb_%03d_%03d", root, place.bus, place.address);
    unlink(path->str);
    g_string_free(path, TRUE);
    g_free(root);
}

void usb_tree_remove(usb_tree *tree, const usb_description *description, usb_place place) {
    GString *path = g_string_new("/sys");
    pthread_mutex_lock(&tree->lock);
    tree->owners[place.bus][place.address] = NULL;
    g_hash_table_remove(tree->taken, description->port_path);
    write_system_path(path, description->port_path);
    size_t device_length = path->len;
    remove_node(tree, place);
    // The interfaces first: with their parent gone, their links under /sys/bus would stay and forbid plugging again.
    for (int pass = 0; pass < 2; pass++) {
        for (size_t index = 0; index < description->interface_count; index++) {
            g_string_append_printf(
                path, "/%s:%d.%d", description->port_path, description->descriptors[USB_DEVICE_DESCRIPTOR_BYTES + 5],
                description->interfaces[index].number);
            if (pass == 0) {
                umockdev_testbed_uevent(tree->testbed, path->str, "remove");
            } else {
                umockdev_testbed_remove_device(tree->testbed, path->str);
            }
            g_string_truncate(path, device_length);
        }
        if (pass == 0) {
            umockdev_testbed_uevent(tree->testbed, path->str, "remove");
        } else {
            umockdev_testbed_remove_device(tree->testbed, path->str);
        }
    }
    pthread_mutex_unlock(&tree->lock);
    g_string_free(path, TRUE);
}

void *usb_tree_owner(usb_tree *tree, const char *node) {
    int bus = 0;
    int address = 0;
    if (sscanf(node, "/dev/bus/usb/%3d/%3d", &bus, &address) != 2 || bus < 1 || bus > USB_BUSES_MAX || address < 1 ||
        address > USB_ADDRESS_MAX) {
        return NULL;
    }
    pthread_mutex_lock(&tree->lock);
    void *owner = tree->owners[bus][address];
    pthread_mutex_unlock(&tree->lock);
    return owner == &hub_mark ? NULL : owner;
}
