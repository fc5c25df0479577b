/// Requests that every USB device answers (USB 2.0, 9.4).
#include <string.h>

#include "usb_device_state.h"

enum {
    DEVICE_IN = 0x80,
    INTERFACE_IN = 0x81,
    ENDPOINT_IN = 0x82,
    GET_STATUS = 0,
    GET_DESCRIPTOR = 6,
    GET_CONFIGURATION = 8,
    DESCRIPTOR_DEVICE = 1,
    DESCRIPTOR_CONFIGURATION = 2,
    DESCRIPTOR_STRING = 3,
    STRING_HEADER_BYTES = 2,
};

static int copy(uint8_t *output, size_t capacity, const uint8_t *bytes, size_t count) {
    size_t length = count < capacity ? count : capacity;
    memcpy(output, bytes, length);
    return (int)length;
}

/// The language table, or a text as UTF-16.
static int string_descriptor(const usb_description *description, uint8_t index, uint8_t *output, size_t capacity) {
    static const uint8_t english[] = {4, DESCRIPTOR_STRING, 0x09, 0x04};
    uint8_t bytes[STRING_HEADER_BYTES + 2 * USB_STRING_BYTES_MAX];
    if (index == 0) {
        return copy(output, capacity, english, sizeof english);
    }
    if (index > description->string_count) {
        return -1;
    }
    const char *text = usb_description_string(description, index);
    size_t length = strlen(text);
    bytes[0] = (uint8_t)(STRING_HEADER_BYTES + 2 * length);
    bytes[1] = DESCRIPTOR_STRING;
    for (size_t place = 0; place < length; place++) {
        bytes[STRING_HEADER_BYTES + 2 * place] = (uint8_t)text[place];
        bytes[STRING_HEADER_BYTES + 2 * place + 1] = 0;
    }
    return copy(output, capacity, bytes, bytes[0]);
}

static int descriptor(const usb_description *description, const uint8_t *setup, uint8_t *output, size_t capacity) {
    switch (setup[3]) {
    case DESCRIPTOR_DEVICE:
        return copy(output, capacity, description->descriptors, USB_DEVICE_DESCRIPTOR_BYTES);
    case DESCRIPTOR_CONFIGURATION:
        return copy(
            output, capacity, description->descriptors + USB_DEVICE_DESCRIPTOR_BYTES,
            description->descriptors_length - USB_DEVICE_DESCRIPTOR_BYTES);
    case DESCRIPTOR_STRING:
        return string_descriptor(description, setup[2], output, capacity);
    default:
        return -1;
    }
}

int usb_standard_answer(const usb_device *device, const uint8_t *setup, uint8_t *output, size_t capacity) {
    uint8_t status[2] = {0, 0};
    if (setup[1] == GET_STATUS && setup[0] >= DEVICE_IN && setup[0] <= ENDPOINT_IN) {
        if (setup[0] == ENDPOINT_IN) {
            status[0] = *usb_device_halt_mark((usb_device *)device, setup[4]);
        }
        return copy(output, capacity, status, sizeof status);
    }
    if (setup[0] == DEVICE_IN && setup[1] == GET_CONFIGURATION) {
        return copy(output, capacity, device->description.descriptors + USB_DEVICE_DESCRIPTOR_BYTES + 5, 1);
    }
    if (setup[0] == DEVICE_IN && setup[1] == GET_DESCRIPTOR) {
        return descriptor(&device->description, setup, output, capacity);
    }
    return -1;
}
