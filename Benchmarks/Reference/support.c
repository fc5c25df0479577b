#include "support.h"

#include <openssl/hmac.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("reference: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

void *must(void *pointer) {
    if (pointer == NULL) die("no memory, or the library gave nothing");
    return pointer;
}

uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint8_t *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) die("cannot open %s", path);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = must(malloc(*size + 1));
    if (fread(bytes, 1, *size, file) != *size) die("cannot read %s", path);
    bytes[*size] = 0;
    fclose(file);
    return bytes;
}

uint64_t splitmix64(uint64_t *state) {
    uint64_t mixed = *state += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

static int nibble(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    die("not a hexadecimal digit");
}

size_t from_hex(const char *text, size_t length, uint8_t *out, size_t most) {
    if (length % 2 != 0 || length / 2 > most) die("hex of the wrong length");
    for (size_t index = 0; index < length / 2; index++) {
        out[index] = (uint8_t)(nibble(text[2 * index]) << 4 | nibble(text[2 * index + 1]));
    }
    return length / 2;
}

void serve_rounds(void (*round)(void *context, long operations), void *context) {
    char line[64];
    while (fgets(line, sizeof line, stdin) != NULL) {
        long operations = strtol(line, NULL, 10);
        if (operations < 1) die("a round is a number of operations");
        uint64_t start = now_ns();
        round(context, operations);
        printf("{\"seconds\":%.9f}\n", (double)(now_ns() - start) / 1e9);
        fflush(stdout);
    }
}

struct key_file read_key(const char *directory, const char *name) {
    struct key_file key;
    char path[4096], state[32], encoded[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "onecard-key v1 %*64s %64s %31s %127s", key.id, state, encoded) != 3) {
        die("%s is no key file", name);
    }
    fclose(file);
    uint8_t decoded[96];
    if (strlen(encoded) != 44 || EVP_DecodeBlock(decoded, (uint8_t *)encoded, 44) != 33) die("%s holds no key", name);
    memcpy(key.bytes, decoded, KEY_BYTES);
    return key;
}

void hkdf(const uint8_t *secret, const uint8_t *salt, size_t salt_size, const uint8_t *info, size_t info_size,
          uint8_t out[KEY_BYTES]) {
    uint8_t key[KEY_BYTES], block[512], none = 0;
    if (info_size + 1 > sizeof block) die("a label is too long");
    must(HMAC(EVP_sha256(), salt_size == 0 ? &none : salt, (int)salt_size, secret, KEY_BYTES, key, NULL));
    memcpy(block, info, info_size);
    block[info_size] = 1;
    must(HMAC(EVP_sha256(), key, KEY_BYTES, block, info_size + 1, out, NULL));
}

void keyed_hash_prepare(struct keyed_hash *hash, const uint8_t key[KEY_BYTES], const char *label) {
    uint8_t inner[SHA256_CBLOCK], outer[SHA256_CBLOCK];
    for (int index = 0; index < SHA256_CBLOCK; index++) {
        uint8_t byte = index < KEY_BYTES ? key[index] : 0;
        inner[index] = byte ^ 0x36;
        outer[index] = byte ^ 0x5C;
    }
    SHA256_Init(&hash->inner);
    SHA256_Update(&hash->inner, inner, sizeof inner);
    SHA256_Update(&hash->inner, label, strlen(label));
    SHA256_Init(&hash->outer);
    SHA256_Update(&hash->outer, outer, sizeof outer);
}

void keyed_hash_of(const struct keyed_hash *hash, const uint8_t *bytes, size_t size, uint8_t out[DIGEST_BYTES]) {
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX state = hash->inner;
    SHA256_Update(&state, bytes, size);
    SHA256_Final(digest, &state);
    state = hash->outer;
    SHA256_Update(&state, digest, sizeof digest);
    SHA256_Final(digest, &state);
    memcpy(out, digest, DIGEST_BYTES);
}

void pseudonyms_prepare(struct pseudonyms *hashes, const struct key_file *group) {
    static const char label[] = "onecard station-group pseudonym 1\n";
    uint8_t key[KEY_BYTES];
    hkdf(group->bytes, NULL, 0, (const uint8_t *)label, sizeof label - 1, key);
    hashes->key_id = (uint8_t)atoi(group->id);
    keyed_hash_prepare(&hashes->resident, key, "onecard resident 1\n");
    keyed_hash_prepare(&hashes->card, key, "onecard card identification 1\n");
    keyed_hash_prepare(&hashes->number, key, "onecard card number 1\n");
}

void pseudonym(const struct pseudonyms *hashes, const struct keyed_hash *hash, const uint8_t *bytes, size_t size,
               uint8_t out[PSEUDONYM_BYTES]) {
    out[0] = hashes->key_id;
    keyed_hash_of(hash, bytes, size, out + 1);
}

void sealing_prepare(struct sealing *sealing, const uint8_t key[KEY_BYTES], int is_opening) {
    sealing->context = must(EVP_CIPHER_CTX_new());
    if (EVP_CipherInit_ex(sealing->context, EVP_aes_256_gcm(), NULL, key, NULL, !is_opening) != 1) {
        die("AES-256-GCM is not there");
    }
}

void column_key(const struct key_file *storage, const uint8_t *salt, uint8_t out[KEY_BYTES]) {
    static const char label[] = "onecard storage ledger column 1\n";
    hkdf(storage->bytes, salt, KEY_BYTES, (const uint8_t *)label, sizeof label - 1, out);
}

void column_nonce(enum column column, int64_t row, uint8_t out[NONCE_BYTES]) {
    store_le(out, (uint64_t)row, 8);
    store_le(out + 8, (uint64_t)column, 4);
}

void seal(struct sealing *sealing, const uint8_t nonce[NONCE_BYTES], const uint8_t *bytes, size_t size, uint8_t *out) {
    int count = 0, rest = 0;
    EVP_CIPHER_CTX *context = sealing->context;
    if (EVP_EncryptInit_ex(context, NULL, NULL, NULL, nonce) != 1 ||
        EVP_EncryptUpdate(context, out, &count, bytes, (int)size) != 1 ||
        EVP_EncryptFinal_ex(context, out + count, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, out + size) != 1) {
        die("a value cannot be sealed");
    }
}

size_t open_sealed(struct sealing *sealing, const uint8_t nonce[NONCE_BYTES], const uint8_t *extra, size_t extra_size,
                   const uint8_t *sealed, size_t size, uint8_t *out) {
    if (size < TAG_BYTES) die("a sealed value is too short");
    int count = 0, rest = 0;
    size_t plain = size - TAG_BYTES;
    EVP_CIPHER_CTX *context = sealing->context;
    if (EVP_DecryptInit_ex(context, NULL, NULL, NULL, nonce) != 1 ||
        (extra_size > 0 && EVP_DecryptUpdate(context, NULL, &count, extra, (int)extra_size) != 1) ||
        EVP_DecryptUpdate(context, out, &count, sealed, (int)plain) != 1 ||
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, (void *)(sealed + plain)) != 1 ||
        EVP_DecryptFinal_ex(context, out + count, &rest) != 1) {
        die("a sealed value does not open");
    }
    return plain;
}
