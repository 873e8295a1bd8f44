#include "wire/look.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/url.h"
#include "conf/conf.h"
#include "wire/fetch.h"
#include "wire/gather.h"
#include "wire/guard.h"
#include "wire/item.h"
#include "wire/jail.h"
#include "wire/permit.h"
#include "wire/sites.h"
#include "wire/verdict.h"

#define ACCEPT_PAGE STR("text/html, application/xhtml+xml;q=0.9, */*;q=0.5")

/* One page to look at. */
struct glance {
        struct task task; /* TASK_PAGE */
        struct look *page;
        struct str url; /* where it is looked for, after redirects */
        int hops;
        int64_t spent_ms;
};

struct looking {
        struct arena *a, *scratch; /* for the result; for one page */
        const struct look_setup *setup;
        struct sites sites;
        struct fetch *fetch;
        struct jail *jail;
        struct permit permit;
};

static int start(struct looking *l, struct glance *g, struct err *err)
{
        struct fetch_request r = {
                .url = g->url,
                .accept = ACCEPT_PAGE,
                .max_b = (size_t)l->setup->conf->wire_page_max,
                .owner = &g->task,
                .stay = true,
                .hops = g->hops,
                .spent_ms = g->spent_ms,
        };
        int word = permit_ask(&l->permit, g->url, &g->task, err);

        if (word < 0)
                return word;
        if (word == PERMIT_YES)
                fetch_add(l->fetch, &r);
        else if (word == PERMIT_NO)
                g->page->why = STR("robots.txt asks us not to read it");
        else if (word == PERMIT_LATER)
                g->page->why = STR("robots.txt can't be had just now");
        return 0;
}

static int take_robots(struct looking *l, const struct fetch_answer *w,
                       struct err *err)
{
        struct task *waiters = NULL;
        int rc = permit_take(&l->permit, w, &waiters, err);

        while (rc == 0 && waiters) {
                struct glance *g = (struct glance *)waiters;

                waiters = waiters->next;
                rc = start(l, g, err);
        }
        return rc;
}

/* Why there is no page to read; absent when there is. */
static struct str no_page(struct looking *l, const struct fetch_answer *w)
{
        if (w->rc < 0)
                return arena_printf(l->a, "%s", w->err.msg);
        if (w->to.p)
                return STR("it redirects without end");
        if (!verdict_is_body(w))
                return arena_printf(l->a, "it answered %d", w->status);
        return STR_NULL;
}

static int take_page(struct looking *l, const struct fetch_answer *w,
                     struct err *err)
{
        struct glance *g = w->owner;
        struct page page = { 0 };
        struct err fault = { 0 };
        struct jail_document d = { .bytes = w->body,
                                   .url = w->url,
                                   .type = w->type };
        int rc;

        if (w->rc == 0 && w->to.p && w->hops < LIMIT_REDIRECTS) {
                g->url = arena_str(l->a, w->to);
                g->hops = w->hops + 1;
                g->spent_ms = w->spent_ms;
                return start(l, g, err);
        }
        g->page->why = no_page(l, w);
        if (g->page->why.p)
                return 0;
        arena_reset(l->scratch);
        d.rules = sites_lines(l->scratch, &l->sites, w->url);
        rc = jail_page(l->jail, l->scratch, &d, &page, &fault);
        if (rc == ERR_SYS) {
                *err = fault;
                return rc;
        }
        if (rc < 0 || !page.text.n) {
                g->page->why = rc < 0 ? arena_printf(l->a, "%s", fault.msg)
                                      : STR("no article is found on it");
                return 0;
        }
        g->page->title = arena_str(l->a, page.title);
        g->page->text = arena_str(l->a, page.text);
        return 0;
}

static int look_at_all(struct looking *l, struct look *pages, size_t n,
                       struct err *err)
{
        const struct fetch_answer *w;
        int rc = 0, more;

        permit_init(&l->permit, l->a, l->setup->db, l->fetch, l->setup->now);
        l->permit.is_off = !l->setup->conf->wire_robots;
        for (size_t i = 0; i < n && rc == 0; i++) {
                struct glance *g = arena_alloc(l->a, sizeof(*g));

                g->task.kind = TASK_PAGE;
                g->page = &pages[i];
                g->url = pages[i].url;
                if (i < LOOK_MAX)
                        rc = start(l, g, err);
                else
                        pages[i].why = STR("so many are not looked at at once");
        }
        while (rc == 0 && (more = fetch_next(l->fetch, &w, err)) != 0) {
                const struct task *task = more < 0 ? NULL : w->owner;

                if (!task)
                        return more;
                rc = task->kind == TASK_ROBOTS ? take_robots(l, w, err)
                                               : take_page(l, w, err);
        }
        return rc;
}

/* The owner's rules, if there are any. */
static int read_sites(struct looking *l, struct err *err)
{
        struct str text;
        struct err why = { 0 };
        int rc = file_read(
                l->a, arena_printf(l->a, "%s/sites.txt", l->setup->spool_dir).p,
                LIMIT_SITES_B, &text, &why);

        if (rc == ERR_ABSENT)
                return 0;
        if (rc < 0) {
                *err = why;
                return rc;
        }
        return sites_parse(l->a, text, &l->sites, err);
}

int look_at(struct arena *a, const struct look_setup *setup, struct look *pages,
            size_t n, struct err *err)
{
        struct looking l = { .a = a, .setup = setup };
        struct fetch_options o;
        struct guard guard;
        enum jail_mode mode;
        int rc = jail_mode(setup->conf->wire_jail, &mode, err);

        if (rc == 0)
                rc = read_sites(&l, err);
        if (rc == 0)
                rc = gather_fetch_options(a, setup->conf, setup->spool_dir,
                                          &guard, &o, err);
        if (rc == 0)
                rc = fetch_new(&o, &l.fetch, err);
        if (rc < 0)
                return rc;
        l.jail = jail_new(mode);
        l.scratch = arena_new(LIMIT_PAGE_ARENA_B);
        rc = look_at_all(&l, pages, n, err);
        fetch_free(l.fetch);
        jail_free(l.jail);
        arena_free(l.scratch);
        return rc;
}
