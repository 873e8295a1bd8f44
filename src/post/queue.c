#include "post/queue.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "post/letter.h"
#include "store/sql.h"
#include "store/subscriber.h"

#define BATCH_ARENA_B ((size_t)256 * 1024 * 1024)
#define HELD_ARENA_B ((size_t)256 * 1024 * 1024)
#define REASON_MAX 300

/* How one claimed row ended. */
struct ending {
        struct str state, reason;
        int64_t due_at;
};

/* Editions, or corrections, whose letter can't be had, and why not the first of
 * them. */
struct held {
        struct arena *a;
        struct of {
                int64_t edition_id, correction;
        } * items;
        size_t n, cap;
        struct map *rows; /* that were put off in this run, by id */
        struct err err;
};

static void end_as(struct arena *a, struct ending *e, struct str state,
                   const char *reason)
{
        e->state = state;
        e->reason = arena_str(a, str_sub(str_c(reason), 0, REASON_MAX));
}

/* Who unsubscribed since the audience was frozen gets no letter. */
static bool is_wanted(struct arena *a, const struct subscriber *s,
                      struct ending *e)
{
        if (str_eq(s->state, STR("active")))
                return true;
        end_as(a, e, STR("skipped"),
               arena_printf(a, "subscriber is " STR_FMT, STR_ARG(s->state)).p);
        return false;
}

static struct str id_key(const int64_t *id)
{
        return (struct str) { (const char *)id, sizeof(*id) };
}

static bool is_held(const struct held *h, const struct delivery *d)
{
        for (size_t i = 0; i < h->n; i++)
                if (h->items[i].edition_id == d->edition_id &&
                    h->items[i].correction == d->correction)
                        return true;
        return false;
}

static void hold(struct held *h, const struct delivery *d,
                 const struct err *why)
{
        if (!h->n)
                h->err = *why;
        ARENA_GROW(h->a, h->items, h->n, h->cap);
        h->items[h->n++] = (struct of) { d->edition_id, d->correction };
}

/* Its edition's fault, not ours nor the store's: others can be carried. */
static bool is_of_edition(int rc)
{
        return rc == ERR_INPUT || rc == ERR_LIMIT || rc == ERR_ABSENT;
}

static int fill_and_put(const struct queue *q, const struct letter *letter,
                        const struct delivery *d, const struct subscriber *s,
                        struct buf *out, struct err *err)
{
        struct letter_to to = { .email = s->email,
                                .name = s->name,
                                .token = s->token,
                                .message_id = d->message_id };
        int rc;

        buf_reset(out);
        rc = letter_fill(letter, &to, out, err);
        if (rc < 0)
                return 1; /* this letter's fault alone */
        return q->carrier.put(q->carrier.self, d, buf_str(out), err);
}

/* The letter of a row's edition; 0 with *ret NULL when that one is held. */
static int find_letter(const struct queue *q, struct held *h,
                       const struct delivery *d, const struct letter **ret,
                       struct err *err)
{
        *ret = NULL;
        if (is_held(h, d))
                return 0;

        int rc = q->source.find(q->source.self, d, ret, err);

        if (rc == 0 || !is_of_edition(rc))
                return rc;
        *ret = NULL;
        hold(h, d, err);
        return 0;
}

/* Negative: nothing more can be carried, this row included. */
static int carry_one(const struct queue *q, struct arena *a, struct held *h,
                     const struct delivery *d, struct buf *out,
                     struct ending *e, struct err *err)
{
        const struct letter *letter;
        struct subscriber s;
        int rc = subscriber_get(a, q->db, d->subscriber_id, &s, err);

        e->due_at = d->due_at;
        if (rc == ERR_ABSENT) {
                end_as(a, e, STR("skipped"), "the subscriber is gone");
                return 0;
        }
        if (rc < 0)
                return rc;
        if (!is_wanted(a, &s, e))
                return 0;
        rc = find_letter(q, h, d, &letter, err);
        if (rc < 0)
                return rc;
        if (!letter) { /* behind all others that are due */
                end_as(a, e, STR("deferred"), h->err.msg);
                *map_at(h->rows, id_key(&d->id)) = h;
                e->due_at = q->now();
                return 0;
        }
        rc = fill_and_put(q, letter, d, &s, out, err);
        if (rc < 0)
                return rc;
        if (rc > 0)
                end_as(a, e, STR("failed"), err->msg);
        else
                e->state = STR("sent");
        return 0;
}

static void count(struct queue_totals *t, struct str state)
{
        if (str_eq(state, STR("sent")))
                t->sent++;
        else if (str_eq(state, STR("failed")))
                t->failed++;
        else if (str_eq(state, STR("skipped")))
                t->skipped++;
}

/* Mark the first n of the batch in one transaction. */
static int mark(const struct queue *q, const struct delivery_list *list,
                const struct ending *ends, size_t n, struct queue_totals *t,
                struct err *err)
{
        struct queue_totals sum = *t;
        int rc = sql_begin(q->db, err);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < n; i++) {
                rc = delivery_mark(q->db, &list->items[i], q->worker,
                                   ends[i].state, ends[i].due_at,
                                   ends[i].reason, q->now(), err);
                if (rc == ERR_STALE)
                        sum.stale++;
                else if (rc < 0)
                        goto fail;
                else
                        count(&sum, ends[i].state);
        }
        rc = sql_commit(q->db, err);
        if (rc < 0)
                goto fail;
        *t = sum;
        return 0;
fail:
        sql_rollback(q->db);
        return rc;
}

/* Were all of them put off in this run already? */
static bool is_all_held(const struct delivery_list *list, const struct held *h)
{
        for (size_t i = 0; i < list->n; i++)
                if (!map_find(h->rows, id_key(&list->items[i].id)))
                        return false;
        return true;
}

/* Carry a claimed batch as far as it goes and mark what went. A claim that ran
 * out (the machine slept) is carried no further: it is another's by now, or
 * will be claimed anew. */
static int carry_batch(const struct queue *q, struct arena *a, struct held *h,
                       const struct delivery_list *list, struct buf *out,
                       struct queue_totals *t, struct err *err)
{
        struct ending *ends = arena_array(a, list->n, sizeof(*ends));
        size_t n = 0;
        int rc = 0;

        for (; n < list->n && rc == 0; n++) {
                t->is_stopped = q->is_stopping && q->is_stopping();
                if (t->is_stopped || q->now() >= list->items[n].lease_until)
                        break;
                rc = carry_one(q, a, h, &list->items[n], out, &ends[n], err);
                if (rc < 0)
                        break;
        }
        if (!n)
                return rc;

        struct err second = { 0 };
        int end = q->carrier.settle(q->carrier.self, &second);
        if (end == 0)
                end = mark(q, list, ends, n, t, &second);
        if (rc == 0 && end < 0) {
                *err = second;
                rc = end;
        }
        return rc;
}

/* Batch by batch, till nothing is left that can be carried. */
static int carry_all(const struct queue *q, struct held *h,
                     struct queue_totals *t, struct err *err)
{
        struct arena *a = arena_new(BATCH_ARENA_B);
        struct delivery_list list;
        struct buf out;
        int rc = 0;

        buf_init(&out, LIMIT_LETTER_B);
        while (rc == 0 && !t->is_stopped) {
                arena_reset(a);
                rc = delivery_claim(a, q->db, q->worker, q->now(), q->lease_s,
                                    q->batch, &list, err);
                if (rc < 0 || !list.n || is_all_held(&list, h))
                        break;
                if (q->source.renew)
                        q->source.renew(q->source.self);
                rc = carry_batch(q, a, h, &list, &out, t, err);
        }
        buf_done(&out);
        arena_free(a);
        return rc;
}

int queue_run(const struct queue *q, struct queue_totals *ret, struct err *err)
{
        struct arena *own = arena_new(HELD_ARENA_B);
        struct held held = { .a = own, .rows = map_new(own) };
        /* Left by a process of our name that was killed. */
        int rc = delivery_release(q->db, q->worker, q->now(), err);

        *ret = (struct queue_totals) { 0 };
        if (rc == 0)
                rc = carry_all(q, &held, ret, err);
        if (rc == 0 && held.n) {
                *err = held.err;
                rc = held.err.code;
        }
        if (rc < 0 || ret->is_stopped) {
                struct err second;
                int end = delivery_release(q->db, q->worker, q->now(), &second);

                if (rc == 0 && end < 0) {
                        *err = second;
                        rc = end;
                }
        }
        arena_free(own);
        return rc;
}
