#include "wire/fetch.h"

#include <assert.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "wire/guard.h"
#include "wire/host.h"
#include "wire/lane.h"
#include "wire/transfer.h"

#define ARENA_B ((size_t)256 * 1024 * 1024)
#define POLL_MS 1000

struct fetch {
        struct fetch_options o;
        struct arena *a;
        CURLM *multi;
        struct lanes lanes;
        struct transfer *all, *idle, *held;
        struct transfer *first_done, *last_done;
        size_t active;
};

static struct transfer *take_idle(struct fetch *f)
{
        struct transfer *t = f->idle;

        if (t) {
                f->idle = t->next;
                return t;
        }
        t = transfer_new(f->a, &f->o);
        t->older = f->all;
        f->all = t;
        return t;
}

static void put_back(struct fetch *f, struct transfer *t)
{
        transfer_clear(t);
        t->next = f->idle;
        f->idle = t;
}

static void done_add(struct fetch *f, struct transfer *t)
{
        t->next = NULL;
        if (f->last_done)
                f->last_done->next = t;
        else
                f->first_done = t;
        f->last_done = t;
}

/* An errand that is answered without being sent. */
static struct fetch_answer *answer_unsent(struct fetch *f, struct errand *e)
{
        struct transfer *t = take_idle(f);

        t->errand = e;
        t->answer =
                (struct fetch_answer) { .owner = e->r.owner, .url = e->r.url };
        done_add(f, t);
        return &t->answer;
}

static void refuse(struct fetch *f, struct errand *e, const struct err *why)
{
        struct fetch_answer *w = answer_unsent(f, e);

        w->rc = err_set(&w->err, why->code, "refused: %s%s",
                        e->hops ? "redirects to " : "", why->msg);
}

/* Its host asked for peace after another request. */
static void leave(struct fetch *f, struct errand *e, struct str retry_after)
{
        struct fetch_answer *w = answer_unsent(f, e);

        w->retry_after = retry_after;
        w->rc = err_set(&w->err, ERR_BUSY,
                        "its host asked to come less often: not asked");
}

/* Start what may be started; *ret_wait_ms: until the next may be. */
static void start_some(struct fetch *f, int64_t *ret_wait_ms)
{
        int64_t now_ms = time_mono_ms(), wait_ms = POLL_MS;

        while (f->active < f->o.connections) {
                struct lane *lane;
                struct errand *e =
                        lanes_take(&f->lanes, now_ms, &lane, &wait_ms);

                if (!e)
                        break;

                struct str retry_after;

                if (lane_is_shut(lane, &retry_after)) {
                        lane_release(lane, now_ms);
                        leave(f, e, retry_after);
                        continue;
                }
                struct transfer *t = take_idle(f);

                t->lane = lane;
                transfer_set(t, e, e->r.max_b);
                f->active++;

                CURLMcode rc = curl_multi_add_handle(f->multi, t->easy);

                assert(rc == CURLM_OK);
        }
        *ret_wait_ms = wait_ms < 1 ? 1 : wait_ms;
}

/* --- answers ------------------------------------------------------------ */

static bool is_redirect(int status)
{
        return status == 301 || status == 302 || status == 303 ||
               status == 307 || status == 308;
}

/* Send the errand on to where the answer points. False: the answer stands. */
static bool follow(struct fetch *f, struct transfer *t)
{
        struct fetch_answer *w = &t->answer;
        struct errand *e = t->errand;
        bool permanent = w->status == 301 || w->status == 308;
        struct err why;

        if (!is_redirect(w->status) || !t->location.n)
                return false;
        if (e->r.stay) {
                w->to = url_resolve(t->a, e->r.url, t->location);
                return false;
        }
        if (e->hops == LIMIT_REDIRECTS) {
                w->rc = err_set(&w->err, ERR_NET,
                                "redirects without end (%d followed)",
                                LIMIT_REDIRECTS);
                return false;
        }

        struct str to =
                host_ascii(t->a, url_resolve(t->a, e->r.url, t->location));

        if (guard_check_url(f->o.guard, to, &why) < 0) {
                w->rc = err_set(&w->err, why.code, "refused: redirects to %s",
                                why.msg);
                return false;
        }
        e->all_permanent = permanent && (e->hops == 0 || e->all_permanent);
        e->hops++;
        e->r.url = arena_str(f->a, to);
        if (e->all_permanent)
                e->moved = e->r.url;
        lanes_put(&f->lanes, e, true);
        return true;
}

/* Not like clockwork: up to a quarter longer. */
static int64_t pause_ms(const struct fetch *f, const struct errand *e)
{
        int64_t least =
                e->r.pause_ms > f->o.delay_ms ? e->r.pause_ms : f->o.delay_ms;
        uint64_t more = (uint64_t)f->o.delay_ms / 4 + 1;

        return least + (int64_t)(hash_keyed(e->r.url) % more);
}

static void finish(struct fetch *f, struct transfer *t, CURLcode code)
{
        struct fetch_answer *w = &t->answer;
        struct errand *e = t->errand;
        long status = 0;

        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
        curl_multi_remove_handle(f->multi, t->easy);
        f->active--;
        lane_release(t->lane, time_mono_ms() + pause_ms(f, e));
        e->spent_ms += time_mono_ms() - t->started_ms;
        w->status = (int)status;
        if (status == 429 || (status == 503 && w->retry_after.n))
                lane_shut(t->lane, arena_str(f->a, w->retry_after));
        if (code != CURLE_OK && !t->is_cut)
                w->rc = transfer_explain(t, code);
        else if (follow(f, t)) {
                put_back(f, t);
                return;
        }
        w->url = e->r.url;
        w->moved = e->moved;
        w->hops = e->hops;
        w->spent_ms = e->spent_ms;
        if (w->rc == 0)
                w->rc = body_get(&t->body, &w->body, &w->err);
        done_add(f, t);
}

static void collect(struct fetch *f)
{
        CURLMsg *msg;
        int left;

        while ((msg = curl_multi_info_read(f->multi, &left))) {
                void *t = NULL;

                if (msg->msg != CURLMSG_DONE)
                        continue;
                CURLcode code = msg->data.result;

                curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &t);
                finish(f, t, code);
        }
}

int fetch_new(const struct fetch_options *o, struct fetch **ret,
              struct err *err)
{
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
                return err_set(err, ERR_SYS, "libcurl does not start");

        CURLM *multi = curl_multi_init();

        if (!multi) {
                curl_global_cleanup();
                return err_set(err, ERR_SYS, "libcurl does not start");
        }
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS,
                          (long)o->connections + 16);

        struct arena *a = arena_new(ARENA_B);
        struct fetch *f = arena_alloc(a, sizeof(*f));

        f->o = *o;
        f->a = a;
        f->multi = multi;
        lanes_init(&f->lanes, a, o->guard);
        *ret = f;
        return 0;
}

void fetch_free(struct fetch *f)
{
        if (!f)
                return;
        for (struct transfer *t = f->all, *older; t; t = older) {
                older = t->older;
                curl_multi_remove_handle(f->multi, t->easy);
                transfer_free(t);
        }
        curl_multi_cleanup(f->multi);
        curl_global_cleanup();
        arena_free(f->a);
}

void fetch_add(struct fetch *f, const struct fetch_request *r)
{
        struct errand *e = arena_alloc(f->a, sizeof(*e));
        struct err why;

        e->r = (struct fetch_request) {
                .url = host_ascii(f->a, r->url),
                .etag = arena_str(f->a, r->etag),
                .modified = arena_str(f->a, r->modified),
                .accept = arena_str(f->a, r->accept),
                .post = arena_str(f->a, r->post),
                .max_b = r->max_b,
                .owner = r->owner,
                .stay = r->stay,
                .pause_ms = r->pause_ms,
        };
        e->hops = r->hops;
        e->spent_ms = r->spent_ms;
        if (guard_check_url(f->o.guard, e->r.url, &why) < 0)
                refuse(f, e, &why);
        else
                lanes_put(&f->lanes, e, e->hops > 0);
}

/* One turn of the wheel: start what may be, take in what has come, and wait up
 * to ms when that was nothing. */
static CURLMcode turn(struct fetch *f, int64_t ms)
{
        int64_t wait_ms;
        int running;

        start_some(f, &wait_ms);

        CURLMcode rc = curl_multi_perform(f->multi, &running);

        collect(f);
        if (wait_ms > ms)
                wait_ms = ms;
        if (rc == CURLM_OK && !f->first_done && wait_ms > 0)
                rc = curl_multi_poll(f->multi, NULL, 0, (int)wait_ms, NULL);
        return rc;
}

static bool has_none_left(const struct fetch *f)
{
        return !f->active && !f->lanes.waiting;
}

bool fetch_is_ready(struct fetch *f, int64_t ms)
{
        int64_t until = time_mono_ms() + ms, left = ms;

        while (!f->first_done && !has_none_left(f)) {
                if (turn(f, left) != CURLM_OK)
                        return true; /* fetch_next will say so */
                left = until - time_mono_ms();
                if (left <= 0)
                        return f->first_done != NULL;
        }
        return true;
}

int fetch_next(struct fetch *f, const struct fetch_answer **ret_answer,
               struct err *err)
{
        if (f->held)
                put_back(f, f->held);
        f->held = NULL;
        while (!f->first_done) {
                if (has_none_left(f))
                        return 0;

                CURLMcode rc = turn(f, POLL_MS);

                if (rc != CURLM_OK)
                        return err_set(err, ERR_SYS, "libcurl: %s",
                                       curl_multi_strerror(rc));
        }
        f->held = f->first_done;
        f->first_done = f->held->next;
        if (!f->first_done)
                f->last_done = NULL;
        *ret_answer = &f->held->answer;
        return 1;
}
