/* bulldog deliver: carry what is in the queue. */

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/proc.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "post/letter.h"
#include "post/outbox.h"
#include "post/queue.h"
#include "post/worker.h"
#include "press/corrected.h"
#include "press/mail.h"
#include "store/correction.h"
#include "store/edition.h"
#include "store/stage.h"

#define NOTE_MAX_B 400

int cmd_deliver(struct env *env, int argc, char **argv);

/* The letters of the editions and corrections under way, each printed once; of
 * an edition that was corrected meanwhile once more. */
struct letters {
        struct env *env;
        struct press press;
        struct kept {
                int64_t edition_id, correction, revision;
                const struct letter *letter;
                bool is_fresh; /* the revision was looked up for this batch */
        } * kept;
        size_t n, cap;
};

/* An edition as it is now, or what tells of a correction, as it was made. */
static int load_letter(struct env *env, const struct press *press,
                       const struct delivery *d, struct edition_row *row,
                       struct issue *ret)
{
        struct correction c;
        struct edition *before, *after;
        struct version versions[2];
        int rc;

        if (!d->correction)
                return issue_load(env, row, ret);
        rc = correction_get(env->a, env->db, row->id, d->correction, &c,
                            &env->err);
        if (rc == 0)
                rc = issue_revision(env, row, c.revision - 1, &before);
        if (rc == 0)
                rc = issue_revision(env, row, c.revision, &after);
        if (rc < 0)
                return rc;
        versions[0] = (struct version) { .edition = before };
        versions[1] = (struct version) { .at = c.made_at,
                                         .note = c.note,
                                         .edition = after };
        *ret = (struct issue) { .row = *row };
        ret->edition = corrected_letter(env->a, press, row, &versions[0],
                                        &versions[1]);
        ret->row.published_at = c.made_at;
        return 0;
}

/* From the store to a letter that waits for names. */
static int print_letter(struct letters *l, const struct delivery *d,
                        struct edition_row *row, const struct letter **ret)
{
        struct env *env = l->env;
        const struct conf *c = &env->conf;
        struct issue issue;
        struct letter_body body;
        int rc = load_letter(env, &l->press, d, row, &issue);

        if (rc == 0)
                rc = mail_print(env->a, &l->press, &issue, &body, &env->err);
        if (rc < 0)
                return rc;

        const struct letter_parts parts = {
                .from = c->post_from,
                .from_name =
                        c->post_from_name.n ? c->post_from_name : c->press_name,
                .list = c->press_name,
                .list_id = STR("edition"),
                .url = l->press.url,
                .address = c->press_address,
                .subject = body.subject,
                .html = body.html,
                .text = body.text,
                .date_at = issue.row.published_at,
        };
        return letter_prepare(env->a, &parts, ret, &env->err);
}

static struct kept *keep(struct letters *l, const struct delivery *d)
{
        for (size_t i = 0; i < l->n; i++)
                if (l->kept[i].edition_id == d->edition_id &&
                    l->kept[i].correction == d->correction)
                        return &l->kept[i];
        ARENA_GROW(l->env->a, l->kept, l->n, l->cap);
        l->kept[l->n] = (struct kept) { .edition_id = d->edition_id,
                                        .correction = d->correction };
        return &l->kept[l->n++];
}

static int find_letter(void *self, const struct delivery *d,
                       const struct letter **ret, struct err *err)
{
        struct letters *l = self;
        struct kept *k = keep(l, d);
        struct edition_row row;
        int rc = 0;

        if (!k->is_fresh) {
                rc = edition_get(l->env->a, l->env->db, d->edition_id, &row,
                                 &l->env->err);
                if (rc == 0 && (!k->letter || k->revision != row.revision))
                        rc = print_letter(l, d, &row, &k->letter);
        }
        if (rc < 0) {
                *err = l->env->err;
                return err_add(err, "edition %lld", (long long)d->edition_id);
        }
        if (!k->is_fresh)
                k->revision = row.revision;
        k->is_fresh = true;
        *ret = k->letter;
        return 0;
}

static void renew_letters(void *self)
{
        struct letters *l = self;

        for (size_t i = 0; i < l->n; i++)
                l->kept[i].is_fresh = false;
}

static int put(void *self, const struct delivery *d, struct str letter,
               struct err *err)
{
        return outbox_put(self, d->message_id, letter, err);
}

static int settle(void *self, struct err *err)
{
        return outbox_settle(self, err);
}

/* What it came to, for people and for the stage's row. */
static struct str describe(struct env *env, const struct queue_totals *t)
{
        struct buf b;

        buf_init(&b, NOTE_MAX_B);
        buf_printf(&b, "%lld letters carried", (long long)t->sent);
        if (t->failed)
                buf_printf(&b, ", %lld failed", (long long)t->failed);
        if (t->skipped)
                buf_printf(&b, ", %lld no longer wanted",
                           (long long)t->skipped);
        if (t->stale)
                buf_printf(&b, ", %lld taken by another worker",
                           (long long)t->stale);
        if (t->is_stopped)
                buf_puts(&b, "; stopped before the end");

        struct str s = arena_str(env->a, buf_str(&b));
        buf_done(&b);
        return s;
}

static void print_json(const struct queue_totals *t)
{
        struct buf out;
        struct json j;

        buf_init(&out, NOTE_MAX_B);
        json_init(&j, &out);
        json_open(&j, '{');
        json_key(&j, "sent");
        json_int(&j, t->sent);
        json_key(&j, "failed");
        json_int(&j, t->failed);
        json_key(&j, "skipped");
        json_int(&j, t->skipped);
        json_key(&j, "stopped");
        json_bool(&j, t->is_stopped);
        json_close(&j, '}');
        puts(buf_cstr(&out));
        buf_done(&out);
}

static int carry(struct env *env, struct str worker, struct outbox *box,
                 struct queue_totals *totals)
{
        struct letters letters = { .env = env };
        const struct queue q = {
                .db = env->db,
                .worker = worker,
                .lease_s = env->conf.post_lease,
                .batch = (size_t)env->conf.post_batch,
                .now = time_now,
                .is_stopping = proc_is_stopping,
                .source = { find_letter, renew_letters, &letters },
                .carrier = { put, settle, box },
        };
        int rc = issue_press(env, &letters.press);

        if (rc < 0)
                return rc;
        proc_catch_stop();
        return queue_run(&q, totals, &env->err);
}

/* Do the work between the stage's two marks. */
static int run_stage(struct env *env, struct str worker,
                     struct queue_totals *totals)
{
        struct outbox *box = NULL;
        int rc = stage_start(env->db, STR("deliver"), time_now(), &env->err);

        if (rc < 0)
                return rc;
        rc = outbox_open(env->a, env_path(env, env->conf.post_outbox), &box,
                         &env->err);
        if (rc == 0)
                rc = carry(env, worker, box, totals);
        outbox_close(box);

        struct err second;
        struct str note = rc < 0 ? str_c(env->err.msg) : describe(env, totals);
        int end = stage_end(env->db, STR("deliver"), rc == 0, note, time_now(),
                            &second);
        if (rc == 0 && end < 0) {
                env->err = second;
                rc = end;
        }
        return rc;
}

int cmd_deliver(struct env *env, int argc, char **argv)
{
        struct queue_totals totals = { 0 };
        const char *name, *value;
        bool as_json = false;
        struct str worker;
        int i = 0, lock_fd, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json", &name, &value)) >
               0)
                as_json = true;
        if (rc == 0 && i != argc)
                rc = err_set(&env->err, ERR_INPUT, "deliver takes no operand");
        if (rc == 0)
                rc = worker_take(env->a, env_path(env, STR("post.lock")),
                                 &worker, &lock_fd, &env->err);
        if (rc < 0)
                return rc;
        rc = run_stage(env, worker, &totals);
        if (rc == 0 && as_json)
                print_json(&totals);
        else if (rc == 0)
                printf(STR_FMT ".\n", STR_ARG(describe(env, &totals)));
        close(lock_fd);
        return rc;
}
