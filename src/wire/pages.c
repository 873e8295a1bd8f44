#include "wire/pages.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "store/article.h"
#include "wire/fetch.h"
#include "wire/group.h"
#include "wire/intake.h"
#include "wire/item.h"
#include "wire/jail.h"
#include "wire/schedule.h"
#include "wire/serial.h"
#include "wire/sites.h"

#define LIST_ARENA_B ((size_t)512 * 1024 * 1024)
#define HELD_B ((size_t)16 * 1024 * 1024) /* then no more early ones */
#define HELD_ARENA_B ((size_t)64 * 1024 * 1024)
#define ACCEPT_PAGE STR("text/html, application/xhtml+xml;q=0.9, */*;q=0.5")

/* What a page said, or why there is none. */
struct outcome {
        struct page page;
        struct str why;  /* absent: there is a page */
        struct str note; /* what is missing of it */
        bool may_retry;
        bool is_untried;  /* it was not asked for */
        int64_t retry_at; /* the host's wish; TIME_NONE: none */
};

/* One page to read. */
struct job {
        struct task task;    /* TASK_PAGE */
        struct str url;      /* where it is looked for, after redirects */
        struct article *art; /* NULL: nobody wants it yet */
        struct outcome *held;
        bool is_left; /* until all feeds are in */
        int hops;
        int64_t spent_ms;
        struct serial *serial; /* it goes on elsewhere; NULL: not so */
        struct job *others;    /* all that do */
};

void pages_init(struct pages *p)
{
        p->a = arena_new(LIST_ARENA_B);
        p->held = arena_new(HELD_ARENA_B);
        p->scratch = arena_new(LIMIT_PAGE_ARENA_B);
        p->by_url = map_new(p->a);
        permit_init(&p->permit, p->a, p->db, p->fetch, p->now);
        p->permit.is_off = p->no_robots;
}

void pages_done(struct pages *p)
{
        for (struct job *job = p->serials; job; job = job->others)
                serial_free(job->serial);
        arena_free(p->scratch);
        arena_free(p->held);
        arena_free(p->a);
}

/* --- what comes of a page ----------------------------------------------- */

/* The texts that intake_page() takes, copied. */
static struct outcome *hold(struct arena *a, const struct outcome *o)
{
        struct outcome *h = arena_alloc(a, sizeof(*h));

        *h = *o;
        h->why = arena_str(a, o->why);
        h->note = arena_str(a, o->note);
        h->page = serial_copy(a, &o->page);
        return h;
}

static int settle(struct pages *p, struct article *art, const struct outcome *o,
                  struct err *err)
{
        bool was_read = !o->why.p && intake_page(p->scratch, art, &o->page);
        int rc;

        art->retry_at = 0;
        if (was_read && !art->outcome.n)
                art->outcome = o->note;
        if (o->why.p) {
                intake_no_page(p->scratch, art, o->why);
                art->tries -= o->is_untried;
                if (o->may_retry)
                        art->retry_at = schedule_page(art->url, p->now,
                                                      art->tries, o->retry_at);
        }
        *(was_read ? &p->read : &p->failed) += 1;
        rc = group_enter(p->group, err);
        if (rc < 0)
                return rc;
        return group_leave(p->group, article_save_page(p->db, art, err), err);
}

static int finish(struct pages *p, struct job *job, const struct outcome *o,
                  struct err *err)
{
        if (job->art)
                return settle(p, job->art, o, err);
        job->held = hold(p->held, o);
        return 0;
}

/* It is all there. */
static int conclude(struct pages *p, struct job *job, const struct outcome *o,
                    struct err *err)
{
        int rc = finish(p, job, o, err);

        serial_free(job->serial);
        job->serial = NULL;
        return rc;
}

/* Where more of the article is that came; absent: that's all, and *o is what it
 * came to. */
static struct str go_on(struct pages *p, struct job *job, struct outcome *o)
{
        bool has_page = !o->why.p;
        struct str next = STR_NULL;

        if (job->serial) {
                next = serial_add(job->serial, job->url,
                                  has_page ? &o->page : NULL, o->why);
        } else if (has_page) {
                job->serial = serial_new(job->url, &o->page, &next);
                if (!job->serial)
                        return STR_NULL;
                job->others = p->serials;
                p->serials = job;
        }
        if (job->serial && !next.n)
                *o = (struct outcome) { .page = *serial_page(job->serial),
                                        .note = serial_note(job->serial),
                                        .retry_at = TIME_NONE };
        return next;
}

/* --- asking ------------------------------------------------------------- */

static void ask(struct pages *p, struct job *job)
{
        struct fetch_request r = {
                .url = job->url,
                .accept = ACCEPT_PAGE,
                .max_b = p->page_max_b,
                .owner = &job->task,
                .stay = true,
                .hops = job->hops,
                .spent_ms = job->spent_ms,
                .pause_ms = job->task.pause_ms,
        };

        fetch_add(p->fetch, &r);
}

/* Why a page is not asked for, as the article's outcome tells it. */
static struct str why_not(struct arena *a, int word, struct str url)
{
        struct str host = url_host(a, url);

        if (word == PERMIT_SLOW)
                return arena_printf(a,
                                    STR_FMT " asks for long pauses: its turn "
                                            "comes later",
                                    STR_ARG(host));
        return arena_printf(a,
                            word == PERMIT_LATER ? "robots.txt of " STR_FMT
                                                   " can't be had just now"
                                                 : "robots.txt of " STR_FMT
                                                   " asks us not to read it",
                            STR_ARG(host));
}

static int start(struct pages *p, struct job *job, struct err *err);

/* Something came of it: read on where more of it is, or that's all. */
static int proceed(struct pages *p, struct job *job, struct outcome *o,
                   struct err *err)
{
        struct str next = go_on(p, job, o);

        if (!next.n)
                return conclude(p, job, o, err);
        job->url = arena_str(p->a, next);
        job->hops = 0;
        job->spent_ms = 0;
        return start(p, job, err);
}

static int start(struct pages *p, struct job *job, struct err *err)
{
        struct outcome o = { .retry_at = TIME_NONE };
        int word = permit_ask(&p->permit, job->url, &job->task, err);

        if (word < 0 || word == PERMIT_WAIT)
                return word < 0 ? word : 0;
        if (word == PERMIT_YES) {
                ask(p, job);
                return 0;
        }
        if (word == PERMIT_SLOW && !job->art) {
                job->is_left = true;
                return 0;
        }
        arena_reset(p->scratch);
        o.may_retry = word != PERMIT_NO;
        o.is_untried = word == PERMIT_SLOW;
        o.why = why_not(p->scratch, word, job->url);
        return proceed(p, job, &o, err);
}

static struct job *job_new(struct pages *p, struct str url)
{
        struct job *job = arena_alloc(p->a, sizeof(*job));

        job->task.kind = TASK_PAGE;
        job->url = arena_str(p->a, url);
        return job;
}

int pages_foresee(struct pages *p, struct str url, struct err *err)
{
        void **at;

        if (p->n_early >= p->most || arena_used(p->held) > HELD_B)
                return 0;
        at = map_at(p->by_url, url);
        if (*at)
                return 0;
        p->n_early++;
        *at = job_new(p, url);
        return start(p, *at, err);
}

/* The page of one article: it came already, is on its way, or is asked for. */
static int want(struct pages *p, struct article *art, struct err *err)
{
        struct job *job = map_find(p->by_url, art->url);

        if (!job || job->art || job->is_left) {
                job = job_new(p, art->url);
                job->art = art;
                return start(p, job, err);
        }
        job->art = art;
        arena_reset(p->scratch);
        return job->held ? settle(p, art, job->held, err) : 0;
}

int pages_want(struct pages *p, struct err *err)
{
        struct article_want which = { p->since, p->now, p->most };
        struct article_list list = { 0 };
        int rc = article_unread(p->a, p->db, &which, &list, err);

        p->wanted = list.n;
        p->permit.may_pause = true;
        for (size_t i = 0; i < list.n && rc == 0; i++)
                rc = want(p, &list.items[i], err);
        return rc;
}

/* --- answers ------------------------------------------------------------ */

/* What is no page of words has no article in it. */
static bool may_be_html(struct str type)
{
        return !type.n || str_starts_nocase(type, STR("text/")) ||
               str_find_nocase(type, STR("xml"), 0) != STR_NONE ||
               str_find_nocase(type, STR("html"), 0) != STR_NONE;
}

/* Why there is no page to read; absent when there is. */
static struct str no_page(struct arena *a, const struct fetch_answer *w)
{
        if (w->rc < 0)
                return str_c(w->err.msg);
        if (w->to.p)
                return arena_printf(a, "redirects without end (%d followed)",
                                    LIMIT_REDIRECTS);
        if (w->status < 200 || w->status > 299)
                return arena_printf(a, "its page answered %d", w->status);
        if (!may_be_html(w->type))
                return arena_printf(a, "its page is " STR_FMT,
                                    STR_ARG(str_sub(w->type, 0, 60)));
        return STR_NULL;
}

/* The host or the way to it is in trouble, which passes. */
static bool is_passing(const struct fetch_answer *w)
{
        if (w->rc < 0)
                return (w->rc == ERR_NET && !w->is_tls) || w->rc == ERR_BUSY;
        return w->status == 408 || w->status == 425 || w->status == 429 ||
               w->status >= 500;
}

static int read_answer(struct pages *p, const struct fetch_answer *w,
                       struct outcome *ret, struct err *err)
{
        struct outcome o = { .why = no_page(p->scratch, w) };
        struct jail_document d = { .bytes = w->body,
                                   .url = w->url,
                                   .type = w->type,
                                   .rules = sites_lines(p->scratch, p->sites,
                                                        w->url) };
        struct err fault = { 0 };
        int rc = 0;

        o.may_retry = is_passing(w);
        o.retry_at = schedule_retry_after(w->retry_after, p->now);
        if (!o.why.p)
                rc = jail_page(p->jail, p->scratch, &d, &o.page, &fault);
        if (rc == ERR_SYS) {
                *err = fault;
                return rc;
        }
        if (rc < 0)
                o.why = arena_printf(p->scratch, "%s", fault.msg);
        *ret = o;
        return 0;
}

static int take_page(struct pages *p, const struct fetch_answer *w,
                     struct err *err)
{
        struct job *job = w->owner;
        struct outcome o;

        p->bytes += w->wire_b;
        if (w->rc == 0 && w->to.p && w->hops < LIMIT_REDIRECTS) {
                job->url = arena_str(p->a, w->to);
                job->hops = w->hops + 1;
                job->spent_ms = w->spent_ms;
                return start(p, job, err);
        }
        arena_reset(p->scratch);

        int rc = read_answer(p, w, &o, err);

        return rc < 0 ? rc : proceed(p, job, &o, err);
}

static int take_robots(struct pages *p, const struct fetch_answer *w,
                       struct err *err)
{
        struct task *waiters = NULL;
        int rc = group_enter(p->group, err);

        if (rc == 0)
                rc = group_leave(p->group,
                                 permit_take(&p->permit, w, &waiters, err),
                                 err);
        while (rc == 0 && waiters) {
                struct job *job = (struct job *)waiters;

                waiters = waiters->next;
                rc = start(p, job, err);
        }
        return rc;
}

int pages_take(struct pages *p, const struct fetch_answer *w, struct err *err)
{
        const struct task *task = w->owner;

        return task->kind == TASK_ROBOTS ? take_robots(p, w, err)
                                         : take_page(p, w, err);
}
