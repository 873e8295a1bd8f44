#ifndef BASE_HASH_H
#define BASE_HASH_H

/*
 * Hashes, and a map from strings.
 *
 * The map hashes with SipHash under a key drawn at start, so a stranger's keys
 * can't be made to collide; walking it goes in order of insertion, so results
 * never depend on that key.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct map;

/* FNV-1a, 64 bits: stable for ever, for ids that are stored; not for hostile
 * keys. */
uint64_t hash_stable(struct str s);
/* SipHash under the process's key. */
uint64_t hash_keyed(struct str s);

/* SHA-256 as 64 hex digits, in a. */
struct str hash_sha256_hex(struct arena *a, struct str s);
/* HMAC-SHA-256 as hex. */
struct str hash_hmac_hex(struct arena *a, struct str key, struct str s);
/* n bytes from the system's generator, as hex, in a. */
struct str hash_random_hex(struct arena *a, size_t n);

/* Lives in a, as do its copies of keys. */
struct map *map_new(struct arena *a);
/* The value's place, made NULL when absent before. */
void **map_at(struct map *m, struct str key);
/* NULL when absent. */
void *map_find(const struct map *m, struct str key);
void map_put(struct map *m, struct str key, void *value);
size_t map_count(const struct map *m);
/* Walk in order of insertion, from *i = 0; false at the end. */
bool map_each(const struct map *m, size_t *i, struct str *ret_key,
              void **ret_value);

#endif
