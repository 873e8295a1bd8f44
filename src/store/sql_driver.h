#ifndef STORE_SQL_DRIVER_H
#define STORE_SQL_DRIVER_H

/*
 * What a driver gives to sql.c: private to the store's sql_*.c.
 *
 * A driver's connection and its rows begin with struct sql and struct
 * sql_rows. sql.c minds the transaction's state; a driver only speaks.
 */

#include "store/sql.h"

#define SQL_ARGS_MAX 64    /* values of one statement */
#define SQL_BUSY_WAIT_S 30 /* how long we wait for another's lock */

struct sql_driver {
        void (*close)(struct sql *db);
        int (*run)(struct sql *db, struct err *err, int64_t *ret_changed,
                   const char *text, const struct sql_arg *args, size_t n);
        int (*script)(struct sql *db, struct err *err, struct str script);
        int (*set_wait)(struct sql *db, int seconds, struct err *err);
        int (*begin)(struct sql *db, struct err *err);
        int (*commit)(struct sql *db, struct err *err);
        void (*rollback)(struct sql *db);

        /* query sets (*ret)->db */
        int (*query)(struct sql *db, struct err *err, struct sql_rows **ret,
                     const char *text, const struct sql_arg *args, size_t n);
        int (*next)(struct sql_rows *r, struct err *err);
        void (*end)(struct sql_rows *r);
        bool (*col_is_null)(const struct sql_rows *r, int col);
        int64_t (*col_int)(const struct sql_rows *r, int col);
        double (*col_double)(const struct sql_rows *r, int col);
        struct str (*col_str)(const struct sql_rows *r, int col);
};

struct sql {
        const struct sql_driver *driver;
        bool is_postgres;
        bool in_transaction;
};

struct sql_rows {
        struct sql *db; /* whose driver reads them */
};

NODISCARD int sql_sqlite_open(struct str path, struct sql **ret,
                              struct err *err);
NODISCARD int sql_postgres_open(struct str url, struct sql **ret,
                                struct err *err);

#endif
