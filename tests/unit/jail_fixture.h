#ifndef JAIL_FIXTURE_H
#define JAIL_FIXTURE_H

/* A jail of its own for each test; the program that includes this is its
 * parser, too. */

#include "unit.h"

#include "wire/jail.h"

struct fixture {
        struct arena *a;
        struct jail *j;
        struct err err;
};

static int set_up(void **state)
{
        struct arena *a = arena_new(64 << 20);
        struct fixture *f = arena_alloc(a, sizeof(*f));

        f->a = a;
        f->j = jail_new(JAIL_AUTO);
        *state = f;
        return 0;
}

static int tear_down(void **state)
{
        struct fixture *f = *state;

        jail_free(f->j);
        arena_free(f->a);
        return 0;
}

/* One document; the answer is copied. */
static int ask(struct fixture *f, uint32_t kind, struct str bytes,
               struct str *ret)
{
        struct jail_document d = { .kind = kind, .bytes = bytes };
        struct str answer;
        int rc = jail_ask(f->j, &d, &answer, &f->err);

        if (rc == 0)
                *ret = arena_str(f->a, answer);
        return rc;
}

#endif
