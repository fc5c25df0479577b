#include "ccid_reader.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "ccid_slot.h"

/// Endpoints of the descriptor below, and the bus of the readers.
enum {
    ENDPOINT_OUT = 0x01,
    ENDPOINT_IN = 0x81,
    READER_BUS = 2,
};

/// Device, configuration, interface (class 0B), CCID (extended APDU level, T=0 and T=1) and two bulk endpoints;
/// 1209:0001 is the identifier that pid.codes keeps for tests.
static const uint8_t DESCRIPTORS[] = {
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x09, 0x12, 0x01, 0x00, 0x00, 0x01, 1, 2, 0, 1,
    9, 2, 86, 0, 1, 1, 0, 0xC0, 50,
    9, 4, 0, 0, 2, 0x0B, 0, 0, 0,
    54, 0x21, 0x10, 0x01, 0, 7, 3, 0, 0, 0, 0xA0, 0x0F, 0, 0, 0xA0, 0x0F, 0, 0, 0,
    0x00, 0x2A, 0, 0, 0x00, 0x2A, 0, 0, 0, 0xFE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0xBA, 0x04, 0x04, 0, 0x0F, 0x01, 0, 0, 0xFF, 0xFF, 0, 0, 0, 1,
    7, 5, ENDPOINT_OUT, 2, 64, 0, 0,
    7, 5, ENDPOINT_IN, 2, 64, 0, 0,
};

struct ccid_reader {
    ccid_slot *slot;
    usb_device *device;
    /// IN transfers without an answer; answers without an IN transfer. With the bus locked.
    GQueue waiting;
    GQueue answers;
};

/// Brings answers and IN transfers together.
static void match_answers(ccid_reader *reader) {
    while (!g_queue_is_empty(&reader->waiting) && !g_queue_is_empty(&reader->answers)) {
        uint32_t id = GPOINTER_TO_UINT(g_queue_pop_head(&reader->waiting));
        GBytes *answer = g_queue_pop_head(&reader->answers);
        gsize length = 0;
        const uint8_t *bytes = g_bytes_get_data(answer, &length);
        usb_device_give(reader->device, id, bytes, length);
        usb_device_finish(reader->device, id, 0);
        g_bytes_unref(answer);
    }
}

static void push_answer(ccid_reader *reader, const uint8_t *message, size_t length) {
    g_queue_push_tail(&reader->answers, g_bytes_new(message, length));
    match_answers(reader);
}

static void submit(void *context, const usb_transfer *transfer) {
    ccid_reader *reader = context;
    if (transfer->setup == NULL && transfer->bytes == NULL) {
        g_queue_push_tail(&reader->waiting, GUINT_TO_POINTER(transfer->id));
        match_answers(reader);
    } else if (transfer->setup == NULL && ccid_slot_submit(reader->slot, transfer->bytes, transfer->length)) {
        usb_device_take(reader->device, transfer->id, transfer->length);
        usb_device_finish(reader->device, transfer->id, 0);
    } else {
        usb_device_finish(reader->device, transfer->id, EPIPE);
    }
}

static void cancel(void *context, uint32_t id) {
    ccid_reader *reader = context;
    g_queue_remove(&reader->waiting, GUINT_TO_POINTER(id));
}

static void plugged(void *context, bool is_plugged) {
    ccid_reader *reader = context;
    if (is_plugged) {
        return;
    }
    ccid_slot_abandon(reader->slot);
    GBytes *answer;
    while ((answer = g_queue_pop_head(&reader->answers)) != NULL) {
        g_bytes_unref(answer);
    }
}

/// An answer of the card's side.
static void take_answer(void *context, const uint8_t *message, size_t length) {
    ccid_reader *reader = context;
    usb_device_lock(reader->device);
    if (usb_device_is_plugged(reader->device)) {
        push_answer(reader, message, length);
    }
    usb_device_unlock(reader->device);
}

ccid_reader *ccid_reader_new(usb_bus *bus, const char *path, int number) {
    static const usb_function function = {.submit = submit, .cancel = cancel, .plugged = plugged};
    ccid_slot *slot = ccid_slot_new(path);
    if (slot == NULL) {
        return NULL;
    }
    ccid_reader *reader = g_new0(ccid_reader, 1);
    g_queue_init(&reader->waiting);
    g_queue_init(&reader->answers);
    reader->slot = slot;
    reader->device = usb_device_new(bus, &function, reader);
    usb_description description = {.speed = "12", .descriptors_length = sizeof DESCRIPTORS, .string_count = 2};
    snprintf(description.port_path, sizeof description.port_path, "%d-%d", READER_BUS, number);
    memcpy(description.descriptors, DESCRIPTORS, sizeof DESCRIPTORS);
    strcpy(description.strings[0], "OneCard");
    strcpy(description.strings[1], "OneCard");
    if (!usb_description_check(&description)) {
        return NULL;
    }
    usb_device_describe(reader->device, &description);
    ccid_slot_set_handler(slot, take_answer, reader);
    return reader;
}

usb_device *ccid_reader_device(ccid_reader *reader) {
    return reader->device;
}

void ccid_reader_tick(ccid_reader *reader) {
    uint8_t message[CCID_HEADER_BYTES];
    usb_device_lock(reader->device);
    bool host_waits = !g_queue_is_empty(&reader->waiting) && g_queue_is_empty(&reader->answers);
    if (usb_device_is_plugged(reader->device) && host_waits && ccid_slot_time_extension(reader->slot, message)) {
        push_answer(reader, message, sizeof message);
    }
    usb_device_unlock(reader->device);
}
