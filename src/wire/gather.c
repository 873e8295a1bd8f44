#include "wire/gather.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/progress.h"
#include "base/time.h"
#include "conf/conf.h"
#include "store/article.h"
#include "store/feed.h"
#include "store/robots.h"
#include "store/sql.h"
#include "wire/almanac.h"
#include "wire/fetch.h"
#include "wire/figures.h"
#include "wire/group.h"
#include "wire/guard.h"
#include "wire/intake.h"
#include "wire/item.h"
#include "wire/jail.h"
#include "wire/pages.h"
#include "wire/schedule.h"
#include "wire/sites.h"
#include "wire/task.h"
#include "wire/verdict.h"
#include "wire/websub.h"

#define ITEM_ARENA_B ((size_t)8 * 1024 * 1024)
#define RUN_ARENA_B ((size_t)256 * 1024 * 1024)
#define ACCEPT_FEED                                                            \
        STR("application/rss+xml, application/atom+xml, "                      \
            "application/feed+json, application/rdf+xml;q=0.9, "               \
            "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5")

/* A feed that is asked for. */
struct feed_task {
        struct task task;
        struct feed f;
        bool is_whole; /* without conditions */
};

/* A page that will be wanted, if its feed is one of many. */
struct early {
        struct str url;
        int64_t dated_at;
};

/* One gather under way. */
struct run {
        const struct gather *g;
        struct gather_report *report;
        struct schedule schedule;
        struct fetch *fetch;
        struct jail *jail;
        struct sites sites;
        struct group group;
        struct pages pages;
        struct websub websub;
        size_t n_feeds, early_most; /* pages foreseen of one feed */
        struct early *early;        /* of the feed at hand */
        size_t n_early, cap_early;
        struct arena *a;       /* for the whole run */
        struct arena *scratch; /* for one feed */
        struct arena *item;    /* for one of its items */
        struct progress progress;
};

int gather_fetch_options(struct arena *a, const struct conf *conf,
                         const char *spool_dir, struct guard *guard,
                         struct fetch_options *ret, struct err *err)
{
        int rc = guard_init(a, guard, &conf->wire_allow, err);

        if (rc < 0)
                return rc;
        *ret = (struct fetch_options) {
                .guard = guard,
                .agent = conf->wire_agent.n
                                 ? conf->wire_agent
                                 : arena_printf(a,
                                                "Bulldog/" BULLDOG_VERSION
                                                " (+" STR_FMT ")",
                                                STR_ARG(conf->press_url)),
                .proxy = conf->wire_proxy,
                .ca = conf->wire_ca.n && conf->wire_ca.p[0] != '/'
                              ? arena_printf(a, "%s/" STR_FMT, spool_dir,
                                             STR_ARG(conf->wire_ca))
                              : conf->wire_ca,
                .spool_dir = spool_dir,
                .connections = (size_t)conf->wire_connections,
                .delay_ms = conf->wire_delay * 1000,
                .timeout_ms = conf->wire_timeout * 1000,
        };
        return 0;
}

/* --- one feed ----------------------------------------------------------- */

/* How far back an article is still worth its page. */
static int64_t pages_since(const struct gather *g)
{
        int64_t span = g->conf->edition_hours + TIME_DAY_S;

        if (g->conf->story_window > span)
                span = g->conf->story_window;
        return g->now - span;
}

static void note_new(struct run *run, struct verdict_case *c,
                     const struct article *art)
{
        c->n_new++;
        if (art->published_at != TIME_NONE &&
            (c->oldest_new_at == TIME_NONE ||
             art->published_at < c->oldest_new_at))
                c->oldest_new_at = art->published_at;
        if (!run->early_most || !str_eq(art->state, STR("new")) ||
            art->dated_at < run->pages.since)
                return;
        ARENA_GROW(run->scratch, run->early, run->n_early, run->cap_early);
        run->early[run->n_early++] =
                (struct early) { arena_str(run->scratch, art->url),
                                 art->dated_at };
}

static bool says_something(const struct item *item)
{
        return item->title.n || item->url.n || item->id.n || item->content.n ||
               item->summary.n;
}

static int put_items(struct run *run, struct verdict_case *c,
                     const struct feed *f, const struct feed_doc *doc,
                     struct err *err)
{
        if (run->g->check)
                return 0;
        for (size_t i = 0; i < doc->n_items; i++) {
                if (!says_something(&doc->items[i]))
                        continue;
                arena_reset(run->item);

                struct article art =
                        intake_item(run->item, f, doc, i, run->g->now);
                bool is_new = false;
                int rc = article_put(run->g->db, &art, &is_new, err);

                if (rc < 0)
                        return rc;
                if (is_new)
                        note_new(run, c, &art);
        }
        return 0;
}

/* What the owner left open, the feed itself says. */
static int fill_names(struct run *run, struct feed *f,
                      const struct feed_doc *doc, struct err *err)
{
        if ((f->title.n && f->source.n) || !doc->title.n || run->g->check)
                return 0;
        if (!f->title.n)
                f->title = doc->title;
        if (!f->source.n)
                f->source = f->title;
        if (!f->home.n)
                f->home = doc->link;
        if (!f->language.n)
                f->language = doc->language;
        return feed_add(run->g->db, f, NULL, err);
}

/* A confirmed move: from now on the new address, unless another feed has it;
 * and back to the old one when the new one fails. */
static int settle_move(struct run *run, struct feed *f, struct err *err)
{
        bool back = verdict_moves_back(f, run->g->now), taken;
        int rc;

        if (!back && !verdict_moves(f))
                return 0;
        rc = feed_is_taken(run->g->db, back ? f->old_url : f->moved_url, &taken,
                           err);
        if (rc < 0 || taken)
                return rc;
        if (back)
                verdict_move_back(run->scratch, f, run->g->now);
        else if (!f->failures)
                verdict_move(f, run->g->now);
        return 0;
}

static struct str digest_of(struct run *run, struct str body)
{
        return arena_printf(run->scratch, "%016llx %s",
                            (unsigned long long)hash_stable(body),
                            BULLDOG_VERSION);
}

/* What was read of a feed, whichever kind of document it is. */
static int settle_read(struct run *run, struct verdict_case *c, struct feed *f,
                       const struct feed_doc *doc)
{
        verdict_read(run->scratch, c, f, doc);
        run->report->items += doc->n_items;
        run->report->added += c->n_new;
        return 0;
}

static int settle_fault(struct run *run, struct verdict_case *c, struct feed *f,
                        int parse_rc, const struct err *why)
{
        verdict_failed(run->scratch, c, f, parse_rc, why);
        run->report->failed++;
        return 0;
}

static int read_calendar(struct run *run, struct verdict_case *c,
                         struct feed *f, struct err *err)
{
        const struct almanac m = { .a = run->scratch,
                                   .db = run->g->db,
                                   .jail = run->jail,
                                   .zone = run->g->conf->press_zone,
                                   .now = run->g->now,
                                   .check = run->g->check };
        struct almanac_read got;
        int rc = almanac_take(&m, f, c->answer, &got, err);

        if (rc < 0)
                return rc;
        if (got.parse_rc < 0)
                return settle_fault(run, c, f, got.parse_rc, &got.why);
        c->n_new = got.n_new;
        rc = fill_names(run, f, got.doc, err);
        return rc < 0 ? rc : settle_read(run, c, f, got.doc);
}

static int read_figures(struct run *run, struct verdict_case *c, struct feed *f,
                        struct err *err)
{
        const struct figures m = { .a = run->scratch,
                                   .db = run->g->db,
                                   .jail = run->jail,
                                   .now = run->g->now,
                                   .check = run->g->check };
        struct figures_read got;
        int rc = figures_take(&m, f, c->answer, &got, err);

        if (rc < 0)
                return rc;
        if (got.parse_rc < 0)
                return settle_fault(run, c, f, got.parse_rc, &got.why);
        c->summary = got.summary;
        verdict_read(run->scratch, c, f, &got.doc);
        return 0;
}

static int read_body(struct run *run, struct verdict_case *c, struct feed *f,
                     struct err *err)
{
        struct jail_document d = { .bytes = c->answer->body,
                                   .url = c->answer->url,
                                   .type = c->answer->type };
        const struct feed_doc *doc = NULL;
        struct err why = { 0 };
        int rc = jail_texts(run->jail, run->scratch, &d, &doc, &why);

        if (rc == ERR_SYS) {
                *err = why;
                return rc;
        }
        if (rc < 0)
                return settle_fault(run, c, f, rc, &why);
        rc = fill_names(run, f, doc, err);
        if (rc == 0)
                rc = put_items(run, c, f, doc, err);
        if (rc == 0 && !run->g->check)
                rc = websub_note(&run->websub, f, doc, c->answer, err);
        return rc < 0 ? rc : settle_read(run, c, f, doc);
}

/* The same bytes as last time. A calendar's days move on all the same: now and
 * then it is read anew. */
static bool is_known(const struct run *run, const struct feed *f,
                     struct str digest)
{
        return !run->g->check && str_eq(digest, f->digest) &&
               !(almanac_is(f) && verdict_wants_whole(f, run->g->now));
}

static int judge(struct run *run, const struct fetch_answer *w, struct feed *f,
                 struct err *err)
{
        const struct feed_task *task = w->owner;
        struct verdict_case c = {
                .answer = w,
                .schedule = &run->schedule,
                .now = run->g->now,
                .was_whole = task->is_whole,
                .oldest_new_at = TIME_NONE,
        };
        bool is_same = false;

        if (verdict_is_body(w)) {
                c.digest = digest_of(run, w->body);
                is_same = is_known(run, f, c.digest);
                if (!is_same && almanac_is(f))
                        return read_calendar(run, &c, f, err);
                if (!is_same && figures_is(f))
                        return read_figures(run, &c, f, err);
                if (!is_same)
                        return read_body(run, &c, f, err);
        }
        if (is_same || (w->rc == 0 && w->status == 304 && !task->is_whole)) {
                verdict_unchanged(run->scratch, &c, f);
                run->report->unchanged++;
                return 0;
        }
        verdict_failed(run->scratch, &c, f, 0, NULL);
        run->report->failed++;
        return 0;
}

static int put_feed(struct run *run, const struct fetch_answer *w,
                    struct feed *f, struct err *err)
{
        int rc = judge(run, w, f, err);

        if (rc == 0)
                rc = settle_move(run, f, err);
        if (rc == 0)
                rc = feed_save(run->g->db, f, err);
        return rc < 0 ? err_add(err, "feed " STR_FMT, STR_ARG(f->url)) : 0;
}

static int newest_first(const void *x, const void *y)
{
        const struct early *p = x, *q = y;

        if (p->dated_at != q->dated_at)
                return p->dated_at < q->dated_at ? 1 : -1;
        return str_cmp(p->url, q->url);
}

/* The newest of what this feed brought: their pages will be wanted. */
static int foresee(struct run *run, struct err *err)
{
        int rc = 0;

        if (run->n_early > 1)
                qsort(run->early, run->n_early, sizeof(*run->early),
                      newest_first);
        for (size_t i = 0; i < run->n_early && i < run->early_most && rc == 0;
             i++)
                rc = pages_foresee(&run->pages, run->early[i].url, err);
        return rc;
}

static int take_feed(struct run *run, const struct fetch_answer *w,
                     struct err *err)
{
        const struct gather *g = run->g;
        struct feed f = ((const struct feed_task *)w->owner)->f;
        int rc;

        arena_reset(run->scratch);
        run->early = NULL;
        run->n_early = run->cap_early = 0;
        run->report->feeds++;
        run->report->bytes += w->wire_b;
        if (g->check) {
                rc = judge(run, w, &f, err);
        } else {
                rc = group_enter(&run->group, err);
                if (rc == 0)
                        rc = group_leave(&run->group, put_feed(run, w, &f, err),
                                         err);
                if (rc == 0)
                        rc = foresee(run, err);
        }
        if (rc == 0 && g->each)
                g->each(g->ctx, &f);
        return rc;
}

/* --- all of them -------------------------------------------------------- */

static int list_feeds(struct run *run, struct feed_list *ret, struct err *err)
{
        const struct gather *g = run->g;
        int rc;

        if (!g->all && !g->check)
                return feed_due(run->a, g->db, g->now, ret, err);
        rc = feed_all(run->a, g->db, ret, err);
        if (rc < 0)
                return rc;

        size_t n = 0;

        for (size_t i = 0; i < ret->n; i++)
                if (str_eq(ret->items[i].state, STR("active")))
                        ret->items[n++] = ret->items[i];
        ret->n = n;
        return 0;
}

static struct feed_task *task_of(struct run *run, const struct feed *f)
{
        struct feed_task *task = arena_alloc(run->a, sizeof(*task));

        task->task.kind = TASK_FEED;
        task->f = *f;
        task->is_whole = run->g->check || (!f->etag.n && !f->modified.n) ||
                         verdict_wants_whole(f, run->g->now);
        return task;
}

static struct str accept_of(const struct feed *f)
{
        if (figures_is(f))
                return FIGURES_ACCEPT;
        return almanac_is(f) ? ALMANAC_ACCEPT : ACCEPT_FEED;
}

static void ask(struct run *run, const struct feed *f)
{
        struct feed_task *task = task_of(run, f);
        struct fetch_request r = {
                .url = f->url,
                .accept = accept_of(f),
                .max_b = (size_t)run->g->conf->wire_feed_max,
                .owner = task,
        };

        if (!task->is_whole) {
                r.etag = f->etag;
                r.modified = f->modified;
        }
        fetch_add(run->fetch, &r);
}

/* A calendar or figures in a file are nobody's host: it is taken at once. */
static int take_file(struct run *run, const struct feed *f, struct err *err)
{
        size_t max_b = (size_t)run->g->conf->wire_feed_max;
        struct arena *a = arena_new(2 * max_b);
        struct fetch_answer w;

        almanac_file(a, f, max_b, &w);
        w.owner = task_of(run, f);

        int rc = take_feed(run, &w, err);

        arena_free(a);
        return rc;
}

static int ask_all(struct run *run, const struct feed_list *feeds,
                   struct err *err)
{
        int rc = 0;

        for (size_t i = 0; i < feeds->n && rc == 0; i++)
                if (almanac_is_file(&feeds->items[i]))
                        rc = take_file(run, &feeds->items[i], err);
                else
                        ask(run, &feeds->items[i]);
        return rc;
}

static void show(struct run *run, size_t n, size_t failed)
{
        if (!run->g->quiet)
                progress_update(&run->progress, n,
                                run->report->bytes + run->pages.bytes, failed);
}

/* The next answer, whatever it answers. 1, or 0: there is none left. */
static int take_one(struct run *run, struct err *err)
{
        const struct fetch_answer *w;
        int rc = 0;

        if (run->group.is_open && !fetch_is_ready(run->fetch, GROUP_IDLE_MS))
                rc = group_flush(&run->group, err);
        if (rc == 0)
                rc = fetch_next(run->fetch, &w, err);
        if (rc != 1)
                return rc;
        switch (((const struct task *)w->owner)->kind) {
        case TASK_FEED:
                rc = take_feed(run, w, err);
                break;
        case TASK_HUB:
                rc = websub_take(&run->websub, w, err);
                break;
        case TASK_ROBOTS:
        case TASK_PAGE:
                rc = pages_take(&run->pages, w, err);
                break;
        }
        return rc < 0 ? rc : 1;
}

static int read_feeds(struct run *run, struct err *err)
{
        struct feed_list feeds;
        int rc = list_feeds(run, &feeds, err);

        if (rc < 0)
                return rc;
        run->n_feeds = feeds.n;
        if (feeds.n && !run->g->check)
                run->early_most = run->pages.most / feeds.n;
        rc = ask_all(run, &feeds, err);
        if (rc < 0)
                return rc;
        if (!run->g->quiet)
                progress_start(&run->progress, "feeds", feeds.n);
        while (run->report->feeds < run->n_feeds &&
               (rc = take_one(run, err)) == 1)
                show(run, run->report->feeds, run->report->failed);
        if (!run->g->quiet)
                progress_end(&run->progress);
        return rc < 0 ? rc : 0;
}

static int read_pages(struct run *run, struct err *err)
{
        struct pages *p = &run->pages;
        int rc = group_flush(&run->group, err);

        if (rc == 0)
                rc = pages_want(p, err);
        if (rc == 0)
                rc = robots_forget(p->db, run->g->now, err);
        if (rc == 0)
                rc = websub_ask(&run->websub, err);
        if (rc < 0)
                return rc;

        bool shown = !run->g->quiet && p->wanted;

        if (shown)
                progress_start(&run->progress, "pages", p->wanted);
        while ((rc = take_one(run, err)) == 1)
                if (shown)
                        show(run, p->read + p->failed, p->failed);
        if (shown)
                progress_end(&run->progress);
        return rc < 0 ? rc : group_flush(&run->group, err);
}

static void prepare(struct run *run)
{
        const struct gather *g = run->g;

        run->group.db = g->db;
        run->pages = (struct pages) {
                .db = g->db,
                .fetch = run->fetch,
                .jail = run->jail,
                .sites = &run->sites,
                .group = &run->group,
                .now = g->now,
                .since = pages_since(g),
                .most = (size_t)g->conf->wire_pages,
                .page_max_b = (size_t)g->conf->wire_page_max,
                .no_robots = !g->conf->wire_robots,
        };
        run->websub = (struct websub) {
                .a = run->a,
                .db = g->db,
                .fetch = run->fetch,
                .group = &run->group,
                .conf = g->conf,
                .now = g->now,
        };
        pages_init(&run->pages);
}

static int run_all(struct run *run, struct err *err)
{
        int rc = read_feeds(run, err);

        if (rc == 0 && !run->g->check)
                rc = read_pages(run, err);
        if (run->group.is_open) /* of what failed elsewhere */
                sql_rollback(run->g->db);
        run->report->pages = run->pages.read;
        run->report->pages_failed = run->pages.failed;
        run->report->bytes += run->pages.bytes;
        return rc;
}

int gather_sites(struct arena *a, const char *dir, struct sites *ret,
                 struct err *err)
{
        struct str text;
        struct err why = { 0 };

        *ret = (struct sites) { 0 };

        int rc = file_read(a, arena_printf(a, "%s/" GATHER_SITES, dir).p,
                           LIMIT_SITES_B, &text, &why);
        if (rc == ERR_ABSENT)
                return 0;
        if (rc < 0) {
                *err = why;
                return rc;
        }
        rc = sites_parse(a, text, ret, err);
        return rc < 0 ? err_add(err, GATHER_SITES), rc : 0;
}

int gather_run(const struct gather *g, struct gather_report *ret,
               struct err *err)
{
        struct arena *a = arena_new(RUN_ARENA_B);
        struct run run = {
                .g = g,
                .report = ret,
                .schedule = { g->conf->wire_every, g->conf->wire_longest },
                .a = a,
                .scratch = arena_new(LIMIT_FEED_ARENA_B),
                .item = arena_new(ITEM_ARENA_B),
        };
        struct fetch_options o;
        struct guard guard;
        enum jail_mode mode;

        *ret = (struct gather_report) { 0 };

        int rc = jail_mode(g->conf->wire_jail, &mode, err);

        if (rc == 0 && g->spool_dir)
                rc = gather_sites(a, g->spool_dir, &run.sites, err);
        if (rc == 0)
                rc = gather_fetch_options(a, g->conf, g->spool_dir, &guard, &o,
                                          err);
        if (rc == 0)
                run.jail = jail_new(mode);
        if (rc == 0)
                rc = fetch_new(&o, &run.fetch, err);
        if (rc == 0) {
                prepare(&run);
                rc = run_all(&run, err);
                pages_done(&run.pages);
        }
        fetch_free(run.fetch);
        jail_free(run.jail);
        arena_free(run.item);
        arena_free(run.scratch);
        arena_free(a);
        return rc;
}

int gather_one(struct arena *a, const struct conf *conf, const char *spool_dir,
               struct str url, size_t max_b, struct str *ret, struct err *err)
{
        struct fetch_request r = { .url = url,
                                   .accept = STR("*/*"),
                                   .max_b = max_b };
        const struct fetch_answer *w;
        struct fetch_options o;
        struct fetch *f = NULL;
        struct guard guard;
        int rc = gather_fetch_options(a, conf, spool_dir, &guard, &o, err);

        if (rc == 0)
                rc = fetch_new(&o, &f, err);
        if (rc < 0)
                return rc;
        fetch_add(f, &r);
        rc = fetch_next(f, &w, err);
        if (rc == 1 && w->rc < 0)
                rc = err_set(err, w->rc, STR_FMT ": %s", STR_ARG(url),
                             w->err.msg);
        else if (rc == 1 && !verdict_is_body(w))
                rc = err_set(err, ERR_NET, STR_FMT ": answered %d",
                             STR_ARG(url), w->status);
        else if (rc == 1)
                *ret = arena_str(a, w->body);
        fetch_free(f);
        return rc < 0 ? rc : 0;
}
