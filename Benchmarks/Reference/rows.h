/* Rows on their way from the decoding thread to the inserting thread, all bytes of a batch in one array. */
#ifndef ONECARD_REFERENCE_ROWS_H
#define ONECARD_REFERENCE_ROWS_H

#include "support.h"

#include <pthread.h>

/* A number that is NULL in the table. */
#define ABSENT INT64_MIN

enum { BATCH_BYTES = 64 * 1024, QUEUE_CAPACITY = 8 };

/* A part of the bytes of a batch; a negative count is NULL. */
struct part {
    uint32_t start;
    int32_t count;
};

struct resident_row {
    int64_t id;
    struct part key, sealed;
};

struct card_row {
    int64_t id, status, issued_on, expires_on, since;
    struct part key, number_key, replaced_by, sealed_number;
};

struct entitlement_row {
    int64_t id, programme, state, amount, period, from, to, taper_months, source;
    struct part code, sealed_account;
};

struct payment_row {
    int64_t id, month, instalment, amount, state, due_on, credited_on, same_account;
    struct part returned_reason, sealed_account;
};

/* A list that grows. */
#define LIST(type)       \
    struct {             \
        type *items;     \
        size_t count, capacity; \
    }

struct batch {
    LIST(uint8_t) bytes;
    LIST(struct resident_row) residents;
    LIST(struct card_row) cards;
    LIST(struct entitlement_row) entitlements;
    LIST(struct payment_row) payments;
};

/* Room for `more` further items at the end of a list; their count is added by the caller. */
void *list_room(void **items, size_t count, size_t *capacity, size_t more, size_t item_size);
#define ROOM(list, more) \
    list_room((void **)&(list).items, (list).count, &(list).capacity, (more), sizeof *(list).items)

/* Makes the batch empty and keeps its memory. */
void batch_clear(struct batch *batch);

/* Appends bytes. */
struct part batch_part(struct batch *batch, const void *bytes, size_t size);

/* Full batches one way, empty ones back. */
struct batch_queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch *full[QUEUE_CAPACITY], *empty[QUEUE_CAPACITY + 2];
    size_t full_count, empty_count, first;
    int is_finished;
};
void queue_prepare(struct batch_queue *queue);
void queue_push(struct batch_queue *queue, struct batch *batch);
struct batch *queue_pop(struct batch_queue *queue);
void queue_finish(struct batch_queue *queue);
struct batch *queue_empty_batch(struct batch_queue *queue);
void queue_give_back(struct batch_queue *queue, struct batch *batch);

#endif
