#include "snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[MAGIC_BYTES + 1] = "OCLEDGR1";

static void read_exactly(int file, uint8_t *out, size_t size) {
    while (size > 0) {
        ssize_t count = read(file, out, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) die("the ledger file ends too early");
        out += count;
        size -= (size_t)count;
    }
}

static void verify(const uint8_t *signature, const uint8_t *bytes, size_t size, const struct key_file *hub) {
    EVP_PKEY *key = must(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, hub->bytes, KEY_BYTES));
    EVP_MD_CTX *context = must(EVP_MD_CTX_new());
    if (EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) != 1 ||
        EVP_DigestVerify(context, signature, SIGNATURE_BYTES, bytes, size) != 1) {
        die("the signature of the manifest does not hold");
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
}

static void page_key(const struct snapshot *snapshot, const struct key_file *group, uint8_t out[KEY_BYTES]) {
    static const char label[] = "onecard ledger page 1\n";
    uint8_t info[sizeof label - 1 + 8];
    memcpy(info, label, sizeof label - 1);
    store_le(info + sizeof label - 1, (uint64_t)snapshot->manifest.generation, 8);
    hkdf(group->bytes, snapshot->manifest.salt, KEY_BYTES, info, sizeof info, out);
}

void snapshot_open(struct snapshot *snapshot, const char *path, const struct key_file *hub, const struct key_file *group) {
    memset(snapshot, 0, sizeof *snapshot);
    snapshot->file = open(path, O_RDONLY | O_CLOEXEC);
    if (snapshot->file < 0) die("cannot open %s", path);
    uint8_t *front = must(malloc(MAGIC_BYTES + 1 + 64 + 4 + MANIFEST_BYTES_MAX + SIGNATURE_BYTES));
    read_exactly(snapshot->file, front, MAGIC_BYTES + 1);
    size_t size = MAGIC_BYTES + 1, name_size = front[MAGIC_BYTES];
    if (memcmp(front, magic, MAGIC_BYTES) != 0 || name_size < 1 || name_size > 64) die("this is not a ledger file");
    read_exactly(snapshot->file, front + size, name_size + 4);
    if (strlen(hub->id) != name_size || memcmp(front + size, hub->id, name_size) != 0) die("signed by another key");
    size += name_size;
    const uint8_t *length = front + size;
    size_t manifest_size = length[0] | length[1] << 8 | length[2] << 16 | (size_t)length[3] << 24;
    size += 4;
    if (manifest_size < 1 || manifest_size > MANIFEST_BYTES_MAX) die("the manifest is too large");
    read_exactly(snapshot->file, front + size, manifest_size + SIGNATURE_BYTES);
    verify(front + size + manifest_size, front, size + manifest_size, hub);
    manifest_parse(&snapshot->manifest, (const char *)front + size, manifest_size);
    if (snapshot->manifest.group_key != atoi(group->id)) die("the ledger file is for another group key");
    snapshot->front = front;
    snapshot->front_size = size + manifest_size + SIGNATURE_BYTES;
    uint8_t key[KEY_BYTES];
    page_key(snapshot, group, key);
    sealing_prepare(&snapshot->sealing, key, 1);
    snapshot->sealed = must(malloc(PAGE_BYTES_MAX + TAG_BYTES));
    snapshot->page = must(malloc(PAGE_BYTES_MAX));
}

size_t snapshot_next(struct snapshot *snapshot) {
    uint8_t nonce[NONCE_BYTES] = {0}, extra[MAGIC_BYTES + 16], digest[SHA256_DIGEST_LENGTH];
    if (snapshot->next_page == snapshot->manifest.page_count) {
        if (read(snapshot->file, nonce, 1) != 0) die("something follows the last page");
        return 0;
    }
    const struct page_entry *entry = &snapshot->manifest.pages[snapshot->next_page];
    read_exactly(snapshot->file, snapshot->sealed, entry->bytes);
    SHA256(snapshot->sealed, entry->bytes, digest);
    if (memcmp(digest, entry->sha256, sizeof digest) != 0) die("a page is not the one that the manifest names");
    store_le(nonce, (uint64_t)snapshot->next_page, 8);
    memcpy(extra, magic, MAGIC_BYTES);
    store_le(extra + MAGIC_BYTES, (uint64_t)snapshot->manifest.generation, 8);
    store_le(extra + MAGIC_BYTES + 8, (uint64_t)snapshot->next_page, 8);
    snapshot->next_page++;
    return open_sealed(&snapshot->sealing, nonce, extra, sizeof extra, snapshot->sealed, entry->bytes, snapshot->page);
}
