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

static int note(struct env *env, const struct websub_row *row, struct err *err)
{
        bool is_left = str_eq(row->state, STR("left"));
        int rc = is_left ? websub_forget(env->db, row, err)
                         : websub_save(env->db, row, err);

        if (rc < 0)
                return rc;
        return feed_set_push(env->db, row->feed_id,
                             is_left ? TIME_NONE : row->lease_until_at, err);
}

/* The same again, now that the feed is ours: what was read may have changed. */
static int judge(struct env *env, struct arena *a, struct websub_row *row,
                 const struct websub_query *q, enum websub_word *ret)
{
        int rc = websub_hold(env->db, row->feed_id, &env->err);

        if (rc == 0)
                rc = websub_by_token(a, env->db, row->token, row, &env->err);
        if (rc < 0)
                return rc;
        *ret = websub_verify(a, row, q, time_now());
        return *ret == WEBSUB_NO ? 0 : note(env, row, &env->err);
}

/* Whoever asks what is not ours makes us look, and neither wait nor write. */
static bool verify(void *self, const struct websub_ask *ask)
{
        const struct websub_query q = { .mode = ask->mode,
                                        .topic = ask->topic,
                                        .reason = ask->reason,
                                        .lease_s = ask->lease_s };
        struct env *env = self;
        struct arena *a;
        struct websub_row row, seen;
        enum websub_word word = WEBSUB_NO;
        bool own;
        int rc;

        if (!websub_is_token(ask->token))
                return false;
        a = arena_new(ARENA_B);
        rc = websub_by_token(a, env->db, ask->token, &row, &env->err);
        if (rc == 0) {
                seen = row;
                word = websub_verify(a, &seen, &q, time_now());
        }
        if (rc == 0 && word != WEBSUB_NO)
                rc = sql_enter(env->db, &own, &env->err);
        if (rc == 0 && word != WEBSUB_NO)
                rc = sql_leave(env->db, own, judge(env, a, &row, &q, &word),
                               &env->err);
        arena_free(a);
        return rc == 0 && word == WEBSUB_YES;
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
        struct arena *a;
        struct delivery *d;
        struct websub_row row;
        struct err err;

        if (!websub_is_token(token))
                return NULL;
        a = arena_new(ARENA_B);
        if (websub_by_token(a, env->db, token, &row, &err) < 0) {
                arena_free(a);
                return NULL;
        }
        d = arena_alloc(a, sizeof(*d));
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
