#include "wire/verdict.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "store/feed.h"
#include "wire/fetch.h"
#include "wire/item.h"
#include "wire/schedule.h"

#define OUTCOME_B 1000
#define WHOLE_TIMES 24                  /* 304s in a row, then asked whole */
#define WHOLE_S (7 * TIME_DAY_S)        /* or when so much time has passed */
#define LIED_S (30 * TIME_DAY_S)        /* so long a liar is asked whole */
#define LIED_MARGIN_S 3600              /* clocks differ */
#define OLD_ADDRESS_S (30 * TIME_DAY_S) /* a move can be undone so long */
#define BACK_FAILURES 3
#define DATES_MOST 100

/* When an owner is told of it. */
#define TELL_FAILURES 3
#define TELL_S (2 * TIME_DAY_S)
#define QUIET_S (120 * TIME_DAY_S)

bool verdict_is_body(const struct fetch_answer *answer)
{
        return answer->rc == 0 && answer->status >= 200 &&
               answer->status <= 299;
}

/* 0 stands for never, too: a feed that was just made. */
static bool is_within(int64_t at, int64_t now, int64_t span_s)
{
        return at != TIME_NONE && at > 0 && now - at < span_s;
}

bool verdict_wants_whole(const struct feed *f, int64_t now)
{
        return f->unchanged >= WHOLE_TIMES - 1 ||
               !is_within(f->whole_at, now, WHOLE_S) ||
               is_within(f->lied_at, now, LIED_S);
}

/* --- it was read -------------------------------------------------------- */

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
        f->fault = STR("");
        if (f->old_url.n && c->now >= f->old_until_at) {
                f->old_url = STR_NULL;
                f->old_until_at = TIME_NONE;
        }
}

/* A date from the future tells nothing of how often items come. */
static void read_dates(const struct feed_doc *doc, int64_t now,
                       struct schedule_hints *hints)
{
        int64_t dates[DATES_MOST];
        size_t n = 0;

        for (size_t i = 0; i < doc->n_items; i++) {
                int64_t at = doc->items[i].published;

                if (at > hints->newest_at)
                        hints->newest_at = at;
                if (n < DATES_MOST && at != TIME_NONE && at <= now)
                        dates[n++] = at;
        }
        hints->gap_s = schedule_gap(dates, n);
}

static void set_outcome(struct arena *a, struct feed *f, struct buf *out)
{
        f->outcome = arena_str(a, buf_str(out));
        buf_done(out);
}

static bool is_pushed(const struct feed *f, int64_t now)
{
        return f->push_until_at != TIME_NONE && f->push_until_at > now;
}

/*
 * It said "not changed", and now that it was asked whole there are items that
 * we don't know: older than that answer, or with the same tag or date that it
 * gave before. Then it is no use to ask it on condition.
 */
static bool has_lied(const struct verdict_case *c, const struct feed *f)
{
        const struct fetch_answer *w = c->answer;

        if (!c->was_whole || !f->unchanged || !c->n_new)
                return false;
        if (c->oldest_new_at != TIME_NONE && f->checked_at != TIME_NONE &&
            c->oldest_new_at < f->checked_at - LIED_MARGIN_S &&
            f->newest_at != TIME_NONE && c->oldest_new_at > f->newest_at)
                return true;
        if (f->etag.n || w->etag.n)
                return str_eq(w->etag, f->etag);
        return w->modified.n && str_eq(w->modified, f->modified);
}

static void put_warnings(struct buf *out, const struct strs *warnings)
{
        if (warnings->n)
                buf_printf(out, "; " STR_FMT,
                           STR_ARG(str_sub(warnings->items[0], 0, 200)));
        if (warnings->n > 1)
                buf_printf(out, " (and %zu more)", warnings->n - 1);
}

/* A feed without dates tells by what it brings: nothing new, a longer pause. */
static int64_t quiet_pause(const struct verdict_case *c, const struct feed *f)
{
        if (c->n_new || f->failures || f->checked_at == TIME_NONE ||
            c->now < f->due_at)
                return 0;
        return (f->due_at - f->checked_at) * 5 / 4;
}

static void keep_whole(struct arena *a, const struct verdict_case *c,
                       struct feed *f)
{
        f->etag = arena_str(a, c->answer->etag);
        f->modified = arena_str(a, c->answer->modified);
        f->digest = arena_str(a, c->digest);
        f->whole_at = c->now;
        f->unchanged = 0;
}

void verdict_read(struct arena *a, const struct verdict_case *c, struct feed *f,
                  const struct feed_doc *doc)
{
        struct schedule_hints hints = {
                .max_age_s = schedule_max_age(c->answer->cache_control),
                .newest_at = TIME_NONE,
                .is_pushed = is_pushed(f, c->now),
                .skip_hours = doc->skip_hours,
                .skip_days = doc->skip_days,
        };
        struct buf out;

        read_dates(doc, c->now, &hints);
        if (hints.newest_at == TIME_NONE)
                hints.last_s = quiet_pause(c, f);
        if (doc->ttl_s > hints.max_age_s)
                hints.max_age_s = doc->ttl_s;
        buf_init(&out, OUTCOME_B);
        if (c->summary.n)
                buf_put(&out, c->summary);
        else
                buf_printf(&out, "%zu item%s, %zu new", doc->n_items,
                           doc->n_items == 1 ? "" : "s", c->n_new);
        if (has_lied(c, f)) {
                f->lied_at = c->now;
                buf_puts(&out, "; it had said \"not changed\" (304) when it "
                               "had: read whole from now on");
        }
        note_move(a, c->answer, f, &out);
        put_warnings(&out, &doc->warnings);
        f->due_at = schedule_read(c->schedule, f->url, c->now, &hints);
        f->newest_at = hints.newest_at;
        f->skip_hours = doc->skip_hours;
        f->skip_days = doc->skip_days;
        went_well(c, f);
        keep_whole(a, c, f);
        set_outcome(a, f, &out);
}

static void note_unchanged(struct arena *a, const struct verdict_case *c,
                           struct feed *f)
{
        if (c->answer->status == 304) {
                f->unchanged++;
                if (c->answer->etag.n)
                        f->etag = arena_str(a, c->answer->etag);
                if (c->answer->modified.n)
                        f->modified = arena_str(a, c->answer->modified);
        } else {
                keep_whole(a, c, f);
        }
}

void verdict_unchanged(struct arena *a, const struct verdict_case *c,
                       struct feed *f)
{
        struct schedule_hints hints = {
                .max_age_s = schedule_max_age(c->answer->cache_control),
                .newest_at = f->newest_at > 0 ? f->newest_at : TIME_NONE,
                .is_pushed = is_pushed(f, c->now),
                .skip_hours = (uint32_t)f->skip_hours,
                .skip_days = (uint32_t)f->skip_days,
        };
        struct buf out;

        /* As long as it was this time; a failure's pause tells nothing. */
        if (!f->failures && f->checked_at != TIME_NONE && c->now >= f->due_at)
                hints.last_s = f->due_at - f->checked_at;
        buf_init(&out, OUTCOME_B);
        buf_puts(&out, c->answer->status == 304
                               ? "not changed (304)"
                               : "not changed: the same bytes");
        note_move(a, c->answer, f, &out);
        f->due_at = schedule_read(c->schedule, f->url, c->now, &hints);
        went_well(c, f);
        note_unchanged(a, c, f);
        set_outcome(a, f, &out);
}

/* --- it was not --------------------------------------------------------- */

static struct str fault_of(const struct fetch_answer *w, int parse_rc)
{
        int code = w->rc < 0 ? w->rc : parse_rc;

        if (w->rc < 0 && w->is_tls)
                return STR("tls");
        if (code < 0)
                return code == ERR_DENIED  ? STR("refused")
                       : code == ERR_LIMIT ? STR("limit")
                       : code == ERR_INPUT ? STR("input")
                       : code == ERR_BUSY  ? STR("busy")
                                           : STR("net");
        switch (w->status) {
        case 401:
        case 402:
        case 403:
        case 407:
        case 451:
                return STR("closed");
        case 404:
        case 410:
                return STR("missing");
        case 429:
        case 503:
                return STR("busy");
        default:
                return STR("server");
        }
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
        f->fault = fault_of(c->answer, parse_rc);
        if (status == 410 && !(f->old_url.n && c->now < f->old_until_at)) {
                f->state = STR("gone");
                buf_puts(&out, "gone (410): not tried again");
                set_outcome(a, f, &out);
                return;
        }
        if (status == 410) /* the address that it moved to */
                f->failures = BACK_FAILURES;
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

/* --- moves -------------------------------------------------------------- */

bool verdict_moves(const struct feed *f)
{
        return f->moved_url.n && f->moved_times >= VERDICT_MOVED_TIMES;
}

void verdict_move(struct feed *f, int64_t now)
{
        f->old_url = f->url;
        f->old_until_at = now + OLD_ADDRESS_S;
        f->url = f->moved_url;
}

bool verdict_moves_back(const struct feed *f, int64_t now)
{
        return f->old_url.n && now < f->old_until_at &&
               f->failures >= BACK_FAILURES;
}

void verdict_move_back(struct arena *a, struct feed *f, int64_t now)
{
        f->outcome = arena_printf(a,
                                  STR_FMT " (it had moved here from " STR_FMT
                                          ", which is read again)",
                                  STR_ARG(f->outcome), STR_ARG(f->old_url));
        f->url = f->old_url;
        f->old_url = f->moved_url = f->etag = f->modified = STR_NULL;
        f->digest = STR_NULL;
        f->old_until_at = TIME_NONE;
        f->moved_times = f->failures = 0;
        f->due_at = now;
}

/* --- what to do about it ------------------------------------------------ */

static struct str days_ago(struct arena *a, int64_t at, int64_t now)
{
        int64_t days = (now - at) / TIME_DAY_S;

        if (at == TIME_NONE || at <= 0)
                return STR("it was never read");
        return arena_printf(a, "it was last read %lld day%s ago",
                            (long long)days, days == 1 ? "" : "s");
}

static struct str advice_for(struct str fault)
{
        static const struct {
                struct str fault, advice;
        } rows[] = {
                { STR_INIT("missing"),
                  STR_INIT("look for its new address (bulldog feeds add SITE) "
                           "and remove this one") },
                { STR_INIT("closed"),
                  STR_INIT("it lets programs like this one in no more: ask "
                           "its publisher, or remove it") },
                { STR_INIT("refused"),
                  STR_INIT("its address is not one that may be read: if it is "
                           "your own, name it in wire.allow") },
                { STR_INIT("input"),
                  STR_INIT("what is there is no feed: look for another "
                           "address (bulldog feeds add SITE)") },
                { STR_INIT("limit"),
                  STR_INIT("it is larger than wire.feed_max: raise that, or "
                           "look for a smaller one") },
                { STR_INIT("tls"),
                  STR_INIT("its certificate must be mended by its host: tell "
                           "them, or look for another address") },
                { STR_INIT("busy"),
                  STR_INIT("its host wants to be asked less often: raise "
                           "wire.every or wire.delay") },
        };

        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                if (str_eq(fault, rows[i].fault))
                        return rows[i].advice;
        return STR("look whether its site is still there");
}

struct str verdict_advice(struct arena *a, const struct feed *f, int64_t now)
{
        bool for_sure = str_eq(f->fault, STR("refused"));

        if (str_eq(f->state, STR("gone")))
                return STR("it says that it is gone: remove it, or look for "
                           "its new address");
        if (f->failures && (for_sure || (f->failures >= TELL_FAILURES &&
                                         !is_within(f->ok_at, now, TELL_S))))
                return arena_printf(a, STR_FMT "; " STR_FMT,
                                    STR_ARG(days_ago(a, f->ok_at, now)),
                                    STR_ARG(advice_for(f->fault)));
        if (!f->failures && f->newest_at > 0 && now - f->newest_at > QUIET_S)
                return arena_printf(
                        a,
                        "its newest item is %lld days old: it may "
                        "have been given up",
                        (long long)((now - f->newest_at) / TIME_DAY_S));
        return STR_NULL;
}
