#include "ccid_slot.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/// CCID 6.1, 6.2: message types.
enum {
    PC_TO_RDR_ICC_POWER_ON = 0x62,
    PC_TO_RDR_ICC_POWER_OFF = 0x63,
    PC_TO_RDR_GET_SLOT_STATUS = 0x65,
    PC_TO_RDR_GET_PARAMETERS = 0x6C,
    PC_TO_RDR_SET_PARAMETERS = 0x61,
    PC_TO_RDR_XFR_BLOCK = 0x6F,
    RDR_TO_PC_DATA_BLOCK = 0x80,
    RDR_TO_PC_SLOT_STATUS = 0x81,
    RDR_TO_PC_PARAMETERS = 0x82,
};

/// CCID 6.2.6: bStatus and bError.
enum {
    ICC_ACTIVE = 0,
    ICC_INACTIVE = 1,
    ICC_ABSENT = 2,
    COMMAND_FAILED = 0x40,
    TIME_EXTENSION = 0x80,
    ERROR_COMMAND_UNKNOWN = 0x00,
    ERROR_ICC_MUTE = 0xFE,
};

struct ccid_slot {
    onecard_link link;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    ccid_answer_handler handler;
    void *context;
    /// The command that waits for the worker or is being carried out.
    uint8_t command[CCID_MESSAGE_BYTES_MAX];
    size_t command_length;
    bool is_busy;
    /// Grows with every command that is given up; an answer of an older one is dropped.
    unsigned generation;
    bool is_powered;
};

/// An answer under construction.
typedef struct {
    uint8_t bytes[CCID_MESSAGE_BYTES_MAX];
    size_t data_length;
} ccid_message;

static void start_message(ccid_message *message, const uint8_t *command, uint8_t type) {
    memset(message, 0, sizeof *message);
    message->bytes[0] = type;
    message->bytes[5] = command[5];  // bSlot
    message->bytes[6] = command[6];  // bSeq
}

static void set_status(ccid_message *message, uint8_t status, uint8_t error) {
    message->bytes[7] = status;
    message->bytes[8] = error;
}

static void set_data(ccid_message *message, const uint8_t *data, size_t length) {
    memcpy(message->bytes + CCID_HEADER_BYTES, data, length);
    message->data_length = length;
    message->bytes[1] = (uint8_t)(length & 0xFF);
    message->bytes[2] = (uint8_t)(length >> 8);
}

// MARK: - Commands

/// One request of one letter.
static long ask(ccid_slot *slot, uint8_t letter, uint8_t *answer, size_t capacity) {
    return onecard_link_exchange(&slot->link, &letter, 1, answer, capacity);
}

/// Whether and how a card is there.
static uint8_t slot_state(ccid_slot *slot) {
    uint8_t answer[2];
    long length = ask(slot, ONECARD_FRAME_STATUS, answer, sizeof answer);
    if (length != 2 || answer[0] != ONECARD_FRAME_STATUS || answer[1] == 0) {
        slot->is_powered = false;
        return ICC_ABSENT;
    }
    return slot->is_powered ? ICC_ACTIVE : ICC_INACTIVE;
}

static void power_on(ccid_slot *slot, ccid_message *message) {
    uint8_t answer[1 + ONECARD_ATR_BYTES_MAX];
    long length = ask(slot, ONECARD_FRAME_POWER_UP, answer, sizeof answer);
    slot->is_powered = length > 2 && answer[0] == ONECARD_FRAME_ATR;
    if (slot->is_powered) {
        set_data(message, answer + 1, (size_t)length - 1);
    } else {
        set_status(message, COMMAND_FAILED | slot_state(slot), ERROR_ICC_MUTE);
    }
}

static void power_off(ccid_slot *slot, ccid_message *message) {
    uint8_t answer[1];
    (void)ask(slot, ONECARD_FRAME_POWER_DOWN, answer, sizeof answer);
    slot->is_powered = false;
    set_status(message, slot_state(slot), 0);
}

static void transfer(ccid_slot *slot, const uint8_t *command, size_t length, ccid_message *message) {
    uint8_t request[1 + CCID_MESSAGE_BYTES_MAX];
    uint8_t answer[1 + CCID_MESSAGE_BYTES_MAX];
    size_t data_length = length - CCID_HEADER_BYTES;
    request[0] = ONECARD_FRAME_TRANSMIT;
    memcpy(request + 1, command + CCID_HEADER_BYTES, data_length);
    long received = onecard_link_exchange(&slot->link, request, data_length + 1, answer, sizeof answer);
    explicit_bzero(request, data_length + 1);  // a PIN may stand in it
    bool fits = received >= 3 && received - 1 <= CCID_MESSAGE_BYTES_MAX - CCID_HEADER_BYTES;
    if (fits && answer[0] == ONECARD_FRAME_TRANSMIT) {
        set_data(message, answer + 1, (size_t)received - 1);
    } else {
        set_status(message, COMMAND_FAILED | slot_state(slot), ERROR_ICC_MUTE);
    }
}

/// T=0 parameters (CCID 6.2.3): 372/1, no guard time, waiting time 10, no clock stop.
static void parameters(ccid_message *message) {
    static const uint8_t values[] = {0x11, 0x00, 0x00, 0x0A, 0x00};
    set_data(message, values, sizeof values);
    message->bytes[9] = 0;
}

static void carry_out(ccid_slot *slot, const uint8_t *command, size_t length, ccid_message *message) {
    switch (command[0]) {
    case PC_TO_RDR_ICC_POWER_ON:
        start_message(message, command, RDR_TO_PC_DATA_BLOCK);
        power_on(slot, message);
        break;
    case PC_TO_RDR_ICC_POWER_OFF:
        start_message(message, command, RDR_TO_PC_SLOT_STATUS);
        power_off(slot, message);
        break;
    case PC_TO_RDR_GET_SLOT_STATUS:
        start_message(message, command, RDR_TO_PC_SLOT_STATUS);
        set_status(message, slot_state(slot), 0);
        break;
    case PC_TO_RDR_GET_PARAMETERS:
    case PC_TO_RDR_SET_PARAMETERS:
        start_message(message, command, RDR_TO_PC_PARAMETERS);
        parameters(message);
        break;
    case PC_TO_RDR_XFR_BLOCK:
        start_message(message, command, RDR_TO_PC_DATA_BLOCK);
        transfer(slot, command, length, message);
        break;
    default:
        start_message(message, command, RDR_TO_PC_SLOT_STATUS);
        set_status(message, COMMAND_FAILED | slot_state(slot), ERROR_COMMAND_UNKNOWN);
    }
}

// MARK: - Worker

static void *work(void *argument) {
    ccid_slot *slot = argument;
    for (;;) {
        uint8_t command[CCID_MESSAGE_BYTES_MAX];
        pthread_mutex_lock(&slot->lock);
        while (!slot->is_busy) {
            pthread_cond_wait(&slot->wake, &slot->lock);
        }
        size_t length = slot->command_length;
        unsigned generation = slot->generation;
        memcpy(command, slot->command, length);
        explicit_bzero(slot->command, length);
        pthread_mutex_unlock(&slot->lock);

        ccid_message message;
        carry_out(slot, command, length, &message);
        explicit_bzero(command, length);

        pthread_mutex_lock(&slot->lock);
        bool is_wanted = slot->generation == generation;
        slot->is_busy = false;
        pthread_mutex_unlock(&slot->lock);
        if (is_wanted && slot->handler != NULL) {
            slot->handler(slot->context, message.bytes, CCID_HEADER_BYTES + message.data_length);
        }
    }
    return NULL;
}

ccid_slot *ccid_slot_new(const char *path) {
    ccid_slot *slot = calloc(1, sizeof *slot);
    if (slot == NULL || onecard_link_init(&slot->link, path) != 0) {
        free(slot);
        return NULL;
    }
    pthread_mutex_init(&slot->lock, NULL);
    pthread_cond_init(&slot->wake, NULL);
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, slot) != 0) {
        free(slot);
        return NULL;
    }
    pthread_detach(thread);
    return slot;
}

void ccid_slot_set_handler(ccid_slot *slot, ccid_answer_handler handler, void *context) {
    slot->handler = handler;
    slot->context = context;
}

bool ccid_slot_submit(ccid_slot *slot, const uint8_t *message, size_t length) {
    if (length < CCID_HEADER_BYTES || length > CCID_MESSAGE_BYTES_MAX) {
        return false;
    }
    pthread_mutex_lock(&slot->lock);
    bool is_free = !slot->is_busy;
    if (is_free) {
        memcpy(slot->command, message, length);
        slot->command_length = length;
        slot->is_busy = true;
        pthread_cond_signal(&slot->wake);
    }
    pthread_mutex_unlock(&slot->lock);
    return is_free;
}

bool ccid_slot_time_extension(ccid_slot *slot, uint8_t *message) {
    pthread_mutex_lock(&slot->lock);
    bool is_busy = slot->is_busy;
    pthread_mutex_unlock(&slot->lock);
    if (!is_busy) {
        return false;
    }
    memset(message, 0, CCID_HEADER_BYTES);
    message[0] = RDR_TO_PC_DATA_BLOCK;
    message[7] = TIME_EXTENSION;
    message[8] = 1;  // once more the usual time
    return true;
}

void ccid_slot_abandon(ccid_slot *slot) {
    pthread_mutex_lock(&slot->lock);
    slot->generation++;
    bool is_busy = slot->is_busy;
    pthread_mutex_unlock(&slot->lock);
    if (is_busy) {
        onecard_link_interrupt(&slot->link);
    }
}
