/* What the reference programs share: errors, time, keys, keyed hashes, sealing, rounds. */
#ifndef ONECARD_REFERENCE_SUPPORT_H
#define ONECARD_REFERENCE_SUPPORT_H

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_BYTES = 32, TAG_BYTES = 16, NONCE_BYTES = 12, DIGEST_BYTES = 16, PSEUDONYM_BYTES = 17 };

/* Ends the program with a message: a reference program needs no way on. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Memory or the end. */
void *must(void *pointer);

/* The monotonic clock in nanoseconds. */
uint64_t now_ns(void);

/* A whole file; the caller frees it. */
uint8_t *read_whole(const char *path, size_t *size);

/* SplitMix64, the generator that both sides use to choose people. */
uint64_t splitmix64(uint64_t *state);

/* Bytes of hexadecimal digits; returns how many. */
size_t from_hex(const char *text, size_t length, uint8_t *out, size_t most);

/* Runs one round for each line of standard input and answers with its seconds as JSON. */
void serve_rounds(void (*round)(void *context, long operations), void *context);

/* A key file of `onecard-sim keys`: its id and its 32 bytes. */
struct key_file {
    char id[65];
    uint8_t bytes[KEY_BYTES];
};
struct key_file read_key(const char *directory, const char *name);

/* HKDF-SHA256 (RFC 5869), 32 bytes. */
void hkdf(const uint8_t *secret, const uint8_t *salt, size_t salt_size, const uint8_t *info, size_t info_size,
          uint8_t out[KEY_BYTES]);

/* HMAC-SHA256 with key and label hashed beforehand, cut to 16 bytes. */
struct keyed_hash {
    SHA256_CTX inner, outer;
};
void keyed_hash_prepare(struct keyed_hash *hash, const uint8_t key[KEY_BYTES], const char *label);
void keyed_hash_of(const struct keyed_hash *hash, const uint8_t *bytes, size_t size, uint8_t out[DIGEST_BYTES]);

/* The three keyed hashes of the ledger file, under the station-group key. */
struct pseudonyms {
    uint8_t key_id;
    struct keyed_hash resident, card, number;
};
void pseudonyms_prepare(struct pseudonyms *hashes, const struct key_file *group);

/* Key id and digest, as the ledger stores them. */
void pseudonym(const struct pseudonyms *hashes, const struct keyed_hash *hash, const uint8_t *bytes, size_t size,
               uint8_t out[PSEUDONYM_BYTES]);

/* AES-256-GCM under one key, in one direction; the key is expanded once. */
struct sealing {
    EVP_CIPHER_CTX *context;
};
void sealing_prepare(struct sealing *sealing, const uint8_t key[KEY_BYTES], int is_opening);

/* The key of the sealed columns of one ledger. */
void column_key(const struct key_file *storage, const uint8_t *salt, uint8_t out[KEY_BYTES]);

/* Columns by the number that goes into the nonce. */
enum column { COLUMN_RESIDENT = 1, COLUMN_CARD_NUMBER = 2, COLUMN_ENTITLEMENT_ACCOUNT = 3, COLUMN_PAYMENT_ACCOUNT = 4 };
void column_nonce(enum column column, int64_t row, uint8_t out[NONCE_BYTES]);

/* Seals into `out`, which has room for the tag too. */
void seal(struct sealing *sealing, const uint8_t nonce[NONCE_BYTES], const uint8_t *bytes, size_t size, uint8_t *out);

/* Opens ciphertext and tag; returns the size of the plain text, or ends the program. */
size_t open_sealed(struct sealing *sealing, const uint8_t nonce[NONCE_BYTES], const uint8_t *extra, size_t extra_size,
                   const uint8_t *sealed, size_t size, uint8_t *out);

/* Little-endian numbers. */
static inline void store_le(uint8_t *out, uint64_t number, int bytes) {
    for (int index = 0; index < bytes; index++) out[index] = (uint8_t)(number >> (8 * index));
}

#endif
