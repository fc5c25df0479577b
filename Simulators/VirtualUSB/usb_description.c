#include "usb_description.h"

#include <string.h>

/// USB 2.0, 9.4 and 9.6: descriptor types and sizes.
enum {
    DESCRIPTOR_DEVICE = 1,
    DESCRIPTOR_CONFIGURATION = 2,
    DESCRIPTOR_INTERFACE = 4,
    DESCRIPTOR_ENDPOINT = 5,
    INTERFACE_BYTES = 9,
    ENDPOINT_BYTES = 7,
    CONFIGURATION_BYTES = 9,
};

/// A payload that is read from its beginning.
typedef struct {
    const uint8_t *bytes;
    size_t left;
} reader;

static const uint8_t *take(reader *input, size_t count) {
    if (input->left < count) {
        return NULL;
    }
    const uint8_t *bytes = input->bytes;
    input->bytes += count;
    input->left -= count;
    return bytes;
}

static bool is_printable(char letter) {
    // Quotes and backslashes have a meaning in device files of umockdev.
    return letter >= ' ' && letter <= '~' && letter != '\\' && letter != '"';
}

/// Reads a length of one byte and that much printable text.
static bool take_text(reader *input, char *text, size_t capacity) {
    const uint8_t *count = take(input, 1);
    const uint8_t *bytes = count != NULL ? take(input, *count) : NULL;
    if (bytes == NULL || *count >= capacity) {
        return false;
    }
    memcpy(text, bytes, *count);
    text[*count] = '\0';
    for (const char *letter = text; *letter != '\0'; letter++) {
        if (!is_printable(*letter)) {
            return false;
        }
    }
    return strlen(text) == *count;
}

static bool take_strings(reader *input, usb_description *description) {
    const uint8_t *count = take(input, 1);
    if (count == NULL || *count > USB_STRINGS_MAX) {
        return false;
    }
    description->string_count = *count;
    for (size_t index = 0; index < *count; index++) {
        if (!take_text(input, description->strings[index], sizeof description->strings[index])) {
            return false;
        }
    }
    return true;
}

static bool take_drivers(reader *input, usb_description *description) {
    const uint8_t *count = take(input, 1);
    if (count == NULL) {
        return false;
    }
    for (size_t index = 0; index < *count; index++) {
        const uint8_t *number = take(input, 1);
        char name[USB_DRIVER_NAME_MAX];
        if (number == NULL || !take_text(input, name, sizeof name)) {
            return false;
        }
        for (size_t item = 0; item < description->interface_count; item++) {
            if (description->interfaces[item].number == *number) {
                strcpy(description->interfaces[item].driver, name);
            }
        }
    }
    return true;
}

bool usb_description_read(usb_description *description, const uint8_t *payload, size_t length) {
    static const char *const speeds[] = {"1.5", "12", "480"};
    reader input = {.bytes = payload, .left = length};
    memset(description, 0, sizeof *description);
    const uint8_t *speed = take(&input, 1);
    if (speed == NULL || *speed >= sizeof speeds / sizeof speeds[0]) {
        return false;
    }
    description->speed = speeds[*speed];
    if (!take_text(&input, description->port_path, sizeof description->port_path)) {
        return false;
    }
    const uint8_t *size = take(&input, 2);
    if (size == NULL) {
        return false;
    }
    description->descriptors_length = (size_t)(size[0] | size[1] << 8);
    const uint8_t *descriptors = take(&input, description->descriptors_length);
    if (descriptors == NULL || description->descriptors_length > sizeof description->descriptors) {
        return false;
    }
    memcpy(description->descriptors, descriptors, description->descriptors_length);
    return usb_description_check(description) && take_strings(&input, description) &&
        take_drivers(&input, description) && input.left == 0;
}

static bool is_port_path(const char *path) {
    if (path[0] < '1' || path[0] > '9' || path[1] != '-') {
        return false;
    }
    bool has_digit = false;
    for (const char *letter = path + 2; *letter != '\0'; letter++) {
        bool is_digit = *letter >= '0' && *letter <= '9';
        if (!is_digit && !(*letter == '.' && has_digit)) {
            return false;
        }
        has_digit = is_digit;
    }
    return has_digit;
}

static bool add_interface(usb_description *description, const uint8_t *bytes) {
    const uint8_t alternate = bytes[3];
    if (alternate != 0) {
        return true;  // the same interface in another shape
    }
    if (description->interface_count == USB_INTERFACES_MAX) {
        return false;
    }
    usb_interface *interface = &description->interfaces[description->interface_count++];
    *interface = (usb_interface){
        .number = bytes[2], .class_code = bytes[5], .subclass = bytes[6], .protocol = bytes[7]};
    return true;
}

static bool add_endpoint(usb_description *description, const uint8_t *bytes) {
    if (description->endpoint_count == USB_ENDPOINTS_MAX || description->interface_count == 0) {
        return false;
    }
    description->endpoints[description->endpoint_count++] = (usb_endpoint){
        .address = bytes[2], .interface = description->interfaces[description->interface_count - 1].number};
    return true;
}

bool usb_description_check(usb_description *description) {
    const uint8_t *bytes = description->descriptors;
    size_t length = description->descriptors_length;
    if (!is_port_path(description->port_path) || length < USB_DEVICE_DESCRIPTOR_BYTES + CONFIGURATION_BYTES ||
        bytes[0] != USB_DEVICE_DESCRIPTOR_BYTES || bytes[1] != DESCRIPTOR_DEVICE) {
        return false;
    }
    const uint8_t *configuration = bytes + USB_DEVICE_DESCRIPTOR_BYTES;
    size_t total = (size_t)(configuration[2] | configuration[3] << 8);
    if (configuration[1] != DESCRIPTOR_CONFIGURATION || total != length - USB_DEVICE_DESCRIPTOR_BYTES) {
        return false;
    }
    description->interface_count = 0;
    description->endpoint_count = 0;
    for (size_t offset = 0; offset < total;) {
        const uint8_t *item = configuration + offset;
        size_t size = item[0];
        bool is_whole = size >= 2 && offset + size <= total;
        if (!is_whole || (item[1] == DESCRIPTOR_INTERFACE && size < INTERFACE_BYTES) ||
            (item[1] == DESCRIPTOR_ENDPOINT && size < ENDPOINT_BYTES)) {
            return false;
        }
        if ((item[1] == DESCRIPTOR_INTERFACE && !add_interface(description, item)) ||
            (item[1] == DESCRIPTOR_ENDPOINT && !add_endpoint(description, item))) {
            return false;
        }
        offset += size;
    }
    return true;
}

const char *usb_description_string(const usb_description *description, uint8_t index) {
    return index >= 1 && index <= description->string_count ? description->strings[index - 1] : "";
}
