#include "wire/verdict.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "store/feed.h"
#include "wire/fetch.h"
#include "wire/item.h"
#include "wire/schedule.h"

#define OUTCOME_B 1000

bool verdict_is_body(const struct fetch_answer *answer)
{
        return answer->rc == 0 && answer->status >= 200 &&
               answer->status <= 299;
}

/* Where a 301 or 308 points; nothing of it while a try fails. */
static void note_move(struct arena *a, const struct fetch_answer *w,
                      struct feed *f, struct buf *out)
{
        if (!w->moved.n || str_eq(w->moved, f->url)) {
                f->moved_url = STR_NULL;
                f->moved_times = 0;
                return;
        }
        if (!str_eq(w->moved, f->moved_url))
                f->moved_times = 0;
        f->moved_times++;
        f->moved_url = arena_str(a, w->moved);
        if (f->moved_times < VERDICT_MOVED_TIMES) {
                buf_printf(out, "; moved to " STR_FMT " (told %d of %d times)",
                           STR_ARG(f->moved_url), (int)f->moved_times,
                           VERDICT_MOVED_TIMES);
                return;
        }
        f->moved_times = VERDICT_MOVED_TIMES;
        buf_printf(out, "; moved to " STR_FMT, STR_ARG(f->moved_url));
}

static void went_well(const struct verdict_case *c, struct feed *f)
{
        f->checked_at = f->ok_at = c->now;
        f->failures = 0;
}

static int64_t newest_of(const struct feed_doc *doc)
{
        int64_t newest = TIME_NONE;

        for (size_t i = 0; i < doc->n_items; i++)
                if (doc->items[i].published > newest)
                        newest = doc->items[i].published;
        return newest;
}

static void set_outcome(struct arena *a, struct feed *f, struct buf *out)
{
        f->outcome = arena_str(a, buf_str(out));
        buf_done(out);
}

void verdict_read(struct arena *a, const struct verdict_case *c, struct feed *f,
                  const struct feed_doc *doc, size_t n_new)
{
        struct schedule_hints hints = {
                .max_age_s = schedule_max_age(c->answer->cache_control),
                .newest_at = newest_of(doc),
        };
        struct buf out;

        if (doc->ttl_s > hints.max_age_s)
                hints.max_age_s = doc->ttl_s;
        buf_init(&out, OUTCOME_B);
        buf_printf(&out, "%zu item%s, %zu new", doc->n_items,
                   doc->n_items == 1 ? "" : "s", n_new);
        note_move(a, c->answer, f, &out);
        if (doc->warnings.n)
                buf_printf(&out, "; " STR_FMT,
                           STR_ARG(str_sub(doc->warnings.items[0], 0, 200)));
        if (doc->warnings.n > 1)
                buf_printf(&out, " (and %zu more)", doc->warnings.n - 1);
        went_well(c, f);
        f->etag = arena_str(a, c->answer->etag);
        f->modified = arena_str(a, c->answer->modified);
        f->due_at = schedule_read(c->schedule, f->url, c->now, &hints);
        set_outcome(a, f, &out);
}

void verdict_unchanged(struct arena *a, const struct verdict_case *c,
                       struct feed *f)
{
        struct schedule_hints hints = {
                .max_age_s = schedule_max_age(c->answer->cache_control),
                .newest_at = TIME_NONE,
        };
        struct buf out;

        /* As long as it was this time; a failure's pause tells nothing. */
        if (!f->failures && f->checked_at != TIME_NONE && c->now >= f->due_at)
                hints.last_s = f->due_at - f->checked_at;
        buf_init(&out, OUTCOME_B);
        buf_puts(&out, "not changed (304)");
        note_move(a, c->answer, f, &out);
        went_well(c, f);
        if (c->answer->etag.n)
                f->etag = arena_str(a, c->answer->etag);
        if (c->answer->modified.n)
                f->modified = arena_str(a, c->answer->modified);
        f->due_at = schedule_read(c->schedule, f->url, c->now, &hints);
        set_outcome(a, f, &out);
}

/* What went wrong, as the beginning of the line. */
static void say_fault(const struct verdict_case *c, int parse_rc,
                      const struct err *why, struct buf *out)
{
        if (c->answer->rc < 0)
                buf_puts(out, c->answer->err.msg);
        else if (parse_rc < 0)
                buf_puts(out, why->msg);
        else if (c->answer->status == 404)
                buf_puts(out, "not found (404)");
        else if (c->answer->status == 429)
                buf_puts(out, "asked to come less often (429)");
        else if (c->answer->status == 304)
                buf_puts(out, "not changed (304), though we have nothing yet");
        else
                buf_printf(out, "answered %d", c->answer->status);
}

void verdict_failed(struct arena *a, const struct verdict_case *c,
                    struct feed *f, int parse_rc, const struct err *why)
{
        int status = c->answer->rc < 0 ? 0 : c->answer->status;
        int64_t retry_at = schedule_retry_after(c->answer->retry_after, c->now);
        struct buf out;

        buf_init(&out, OUTCOME_B);
        f->checked_at = c->now;
        f->failures++;
        if (status == 410) {
                f->state = STR("gone");
                buf_puts(&out, "gone (410): not tried again");
                set_outcome(a, f, &out);
                return;
        }
        if (status == 404 || c->answer->rc == ERR_DENIED)
                f->due_at = schedule_missing(c->schedule, f->url, c->now,
                                             f->failures);
        else
                f->due_at = schedule_failed(c->schedule, f->url, c->now,
                                            f->failures, retry_at);
        say_fault(c, parse_rc, why, &out);
        buf_puts(&out, "; next try at ");
        time_put_rfc3339(&out, f->due_at);
        set_outcome(a, f, &out);
}
