#include "base/hash.h"

#include <assert.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sodium.h>

#include "base/arena.h"

uint64_t hash_stable(struct str s)
{
        uint64_t h = 0xcbf29ce484222325u;

        for (size_t i = 0; i < s.n; i++)
                h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
        return h;
}

uint64_t hash_keyed(struct str s)
{
        static unsigned char key[crypto_shorthash_KEYBYTES];
        static bool has_key;
        unsigned char out[crypto_shorthash_BYTES];
        uint64_t h;

        if (!has_key) {
                randombytes_buf(key, sizeof(key));
                has_key = true;
        }
        crypto_shorthash(out, (const unsigned char *)s.p, s.n, key);
        memcpy(&h, out, sizeof(h));
        return h;
}

static struct str hex(struct arena *a, const unsigned char *bytes, size_t n)
{
        char *out = arena_alloc(a, 2 * n + 1);

        sodium_bin2hex(out, 2 * n + 1, bytes, n);
        return (struct str) { out, 2 * n };
}

struct str hash_sha256_hex(struct arena *a, struct str s)
{
        unsigned char out[SHA256_DIGEST_LENGTH];

        SHA256((const unsigned char *)s.p, s.n, out);
        return hex(a, out, sizeof(out));
}

struct str hash_hmac_hex(struct arena *a, struct str key, struct str s)
{
        unsigned char out[EVP_MAX_MD_SIZE];
        unsigned n = 0;

        assert(key.n <= 4096); /* our own secret, not a stranger's */
        HMAC(EVP_sha256(), key.p ? key.p : "", (int)key.n,
             (const unsigned char *)s.p, s.n, out, &n);
        return hex(a, out, n);
}

struct str hash_random_hex(struct arena *a, size_t n)
{
        unsigned char *bytes = arena_alloc(a, n);

        randombytes_buf(bytes, n);
        return hex(a, bytes, n);
}

/* Open addressing over indexes into the entries, which stand in order. */
struct entry {
        struct str key;
        uint64_t hash;
        void *value;
};

struct map {
        struct arena *a;
        struct entry *entries;
        size_t n, cap;
        uint32_t *slots; /* index + 1; 0 is free */
        size_t n_slots;  /* a power of two, over twice n */
};

#define FIRST_SLOTS 32

struct map *map_new(struct arena *a)
{
        struct map *m = arena_alloc(a, sizeof(*m));

        m->a = a;
        m->n_slots = FIRST_SLOTS;
        m->slots = arena_array(a, m->n_slots, sizeof(*m->slots));
        return m;
}

/* The slot that holds key, or the free one where it belongs. */
static uint32_t *find_slot(const struct map *m, struct str key, uint64_t hash)
{
        size_t i = hash & (m->n_slots - 1);

        while (m->slots[i]) {
                const struct entry *e = &m->entries[m->slots[i] - 1];

                if (e->hash == hash && str_eq(e->key, key))
                        break;
                i = (i + 1) & (m->n_slots - 1);
        }
        return &m->slots[i];
}

static void widen(struct map *m)
{
        m->n_slots *= 4;
        m->slots = arena_array(m->a, m->n_slots, sizeof(*m->slots));
        for (size_t i = 0; i < m->n; i++)
                *find_slot(m, m->entries[i].key, m->entries[i].hash) =
                        (uint32_t)(i + 1);
}

void **map_at(struct map *m, struct str key)
{
        uint64_t hash = hash_keyed(key);
        uint32_t *slot = find_slot(m, key, hash);

        if (*slot)
                return &m->entries[*slot - 1].value;
        if ((m->n + 1) * 2 > m->n_slots) {
                widen(m);
                slot = find_slot(m, key, hash);
        }
        ARENA_GROW(m->a, m->entries, m->n, m->cap);
        m->entries[m->n] =
                (struct entry) { .key = arena_str(m->a, key), .hash = hash };
        *slot = (uint32_t)++m->n;
        return &m->entries[m->n - 1].value;
}

void *map_find(const struct map *m, struct str key)
{
        uint32_t slot = *find_slot(m, key, hash_keyed(key));

        return slot ? m->entries[slot - 1].value : NULL;
}

void map_put(struct map *m, struct str key, void *value)
{
        *map_at(m, key) = value;
}

size_t map_count(const struct map *m)
{
        return m->n;
}

bool map_each(const struct map *m, size_t *i, struct str *ret_key,
              void **ret_value)
{
        if (*i >= m->n)
                return false;
        *ret_key = m->entries[*i].key;
        *ret_value = m->entries[*i].value;
        ++*i;
        return true;
}
