#ifndef STORE_STORE_H
#define STORE_STORE_H

/*
 * The store of a press: opened at the version of schema that this program
 * knows, migrating an older one, each numbered file in a transaction of its
 * own.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

/* Open url (relative file names are the caller's to resolve), migrate, set
 * *ret. ERR_STALE: the store is newer than the program. */
NODISCARD int store_open(struct str url, struct sql **ret, struct err *err);
/* Migrate an open connection; also used by tests. */
NODISCARD int store_migrate(struct sql *db, struct err *err);
/* The newest schema that this program knows. */
int store_schema_version(void);

/* Small facts by name: the press's secret, ids handed out. Absent gives an
 * absent string. */
NODISCARD int store_meta_get(struct arena *a, struct sql *db, struct str key,
                             struct str *ret, struct err *err);
NODISCARD int store_meta_set(struct sql *db, struct str key, struct str value,
                             struct err *err);

#endif
