#include "cmd/hubs.h"

#include "base/arena.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "site/websub.h"
#include "store/feed.h"
#include "store/sql.h"
#include "store/websub.h"
#include "wire/websub.h"

#define ARENA_B ((size_t)256 * 1024)

static int note(struct env *env, const struct websub_row *row, bool is_wanted,
                struct err *err)
{
        int rc = websub_save(env->db, row, err);

        if (rc == 0 && (is_wanted || row->lease_until_at == TIME_NONE))
                rc = feed_set_push(env->db, row->feed_id, row->lease_until_at,
                                   err);
        return rc;
}

static bool verify(void *self, const struct websub_ask *ask)
{
        const struct websub_query q = { .mode = ask->mode,
                                        .topic = ask->topic,
                                        .reason = ask->reason,
                                        .lease_s = ask->lease_s };
        struct env *env = self;
        struct arena *a = arena_new(ARENA_B);
        struct websub_row row;
        struct err err;
        bool is_wanted = false, own;
        int rc = sql_enter(env->db, &own, &err);

        if (rc == 0) {
                rc = websub_by_token(a, env->db, ask->token, &row, &err);
                if (rc == 0) {
                        is_wanted = websub_verify(a, &row, &q, time_now());
                        rc = note(env, &row, is_wanted, &err);
                }
                rc = sql_leave(env->db, own, rc, &err);
        }
        arena_free(a);
        return rc == 0 && is_wanted;
}

/* News under way: whose, and the count of its signature. */
struct delivery {
        struct arena *a;
        struct websub_sign *sign; /* NULL: there is none that we can count */
        int64_t feed_id;
};

static void *begin(void *self, struct str token, struct str signature)
{
        struct env *env = self;
        struct arena *a = arena_new(ARENA_B);
        struct delivery *d = arena_alloc(a, sizeof(*d));
        struct websub_row row;
        struct err err;

        if (websub_by_token(a, env->db, token, &row, &err) < 0) {
                arena_free(a);
                return NULL;
        }
        d->a = a;
        d->feed_id = row.feed_id;
        d->sign = websub_sign_new(signature, row.secret);
        return d;
}

static void add(void *delivery, struct str bytes)
{
        struct delivery *d = delivery;

        if (d->sign)
                websub_sign_add(d->sign, bytes);
}

/* The feed is asked at once; that the store can't be had costs us no more than
 * the time until it is due anyway. */
static void end(void *self, void *delivery, bool is_whole)
{
        struct env *env = self;
        struct delivery *d = delivery;
        struct err ignored;

        if (is_whole && d->sign && websub_sign_fits(d->sign))
                (void)!feed_set_due(env->db, d->feed_id, time_now(), &ignored);
        websub_sign_free(d->sign);
        arena_free(d->a);
}

const struct websub_door *hubs_door(struct env *env)
{
        struct websub_door *door;

        if (!websub_is_on(&env->conf))
                return NULL;
        door = arena_alloc(env->a, sizeof(*door));
        *door = (struct websub_door) {
                .verify = verify,
                .begin = begin,
                .add = add,
                .end = end,
                .self = env,
                .max_b = (size_t)env->conf.wire_feed_max,
        };
        return door;
}
