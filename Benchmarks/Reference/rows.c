#include "rows.h"

#include <stdlib.h>
#include <string.h>

void *list_room(void **items, size_t count, size_t *capacity, size_t more, size_t item_size) {
    if (count + more > *capacity) {
        size_t wanted = *capacity * 2 > count + more ? *capacity * 2 : count + more;
        *items = must(realloc(*items, wanted * item_size));
        *capacity = wanted;
    }
    return (uint8_t *)*items + count * item_size;
}

void batch_clear(struct batch *batch) {
    batch->bytes.count = batch->residents.count = batch->cards.count = 0;
    batch->entitlements.count = batch->payments.count = 0;
}

struct part batch_part(struct batch *batch, const void *bytes, size_t size) {
    struct part part = {(uint32_t)batch->bytes.count, (int32_t)size};
    memcpy(ROOM(batch->bytes, size), bytes, size);
    batch->bytes.count += size;
    return part;
}

void queue_prepare(struct batch_queue *queue) {
    memset(queue, 0, sizeof *queue);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    for (int index = 0; index < QUEUE_CAPACITY + 2; index++) {
        queue->empty[queue->empty_count++] = must(calloc(1, sizeof(struct batch)));
    }
}

void queue_push(struct batch_queue *queue, struct batch *batch) {
    pthread_mutex_lock(&queue->lock);
    while (queue->full_count == QUEUE_CAPACITY) pthread_cond_wait(&queue->changed, &queue->lock);
    queue->full[(queue->first + queue->full_count++) % QUEUE_CAPACITY] = batch;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

struct batch *queue_pop(struct batch_queue *queue) {
    struct batch *batch = NULL;
    pthread_mutex_lock(&queue->lock);
    while (queue->full_count == 0 && !queue->is_finished) pthread_cond_wait(&queue->changed, &queue->lock);
    if (queue->full_count > 0) {
        batch = queue->full[queue->first];
        queue->first = (queue->first + 1) % QUEUE_CAPACITY;
        queue->full_count--;
        pthread_cond_broadcast(&queue->changed);
    }
    pthread_mutex_unlock(&queue->lock);
    return batch;
}

void queue_finish(struct batch_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    queue->is_finished = 1;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

struct batch *queue_empty_batch(struct batch_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    while (queue->empty_count == 0) pthread_cond_wait(&queue->changed, &queue->lock);
    struct batch *batch = queue->empty[--queue->empty_count];
    pthread_mutex_unlock(&queue->lock);
    batch_clear(batch);
    return batch;
}

void queue_give_back(struct batch_queue *queue, struct batch *batch) {
    pthread_mutex_lock(&queue->lock);
    queue->empty[queue->empty_count++] = batch;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}
