#include "wire/gather.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/progress.h"
#include "base/time.h"
#include "conf/conf.h"
#include "store/article.h"
#include "store/feed.h"
#include "store/sql.h"
#include "wire/feed.h"
#include "wire/fetch.h"
#include "wire/guard.h"
#include "wire/intake.h"
#include "wire/item.h"
#include "wire/pages.h"
#include "wire/schedule.h"
#include "wire/verdict.h"

#define ITEM_ARENA_B ((size_t)8 * 1024 * 1024)
#define RUN_ARENA_B ((size_t)256 * 1024 * 1024)
#define ACCEPT_FEED                                                            \
        STR("application/rss+xml, application/atom+xml, "                      \
            "application/feed+json, application/rdf+xml;q=0.9, "               \
            "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5")

/* One gather under way. */
struct run {
        const struct gather *g;
        struct gather_report *report;
        struct schedule schedule;
        struct fetch *fetch;
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
                .spool_dir = spool_dir,
                .connections = (size_t)conf->wire_connections,
                .delay_ms = conf->wire_delay * 1000,
                .timeout_ms = conf->wire_timeout * 1000,
        };
        return 0;
}

/* --- one feed ----------------------------------------------------------- */

static int put_items(struct run *run, const struct feed *f,
                     const struct feed_doc *doc, size_t *ret_new,
                     struct err *err)
{
        *ret_new = 0;
        if (run->g->check)
                return 0;
        for (size_t i = 0; i < doc->n_items; i++) {
                arena_reset(run->item);

                struct article art =
                        intake_item(run->item, f, doc, i, run->g->now);
                bool is_new = false;
                int rc = article_put(run->g->db, &art, &is_new, err);

                if (rc < 0)
                        return rc;
                *ret_new += is_new;
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

/* A confirmed move: from now on the new address, unless another feed has it. */
static int settle_move(struct run *run, struct feed *f, struct err *err)
{
        bool taken;

        if (!f->moved_url.n || f->moved_times < VERDICT_MOVED_TIMES)
                return 0;

        int rc = feed_is_taken(run->g->db, f->moved_url, &taken, err);

        if (rc == 0 && !taken)
                f->url = f->moved_url;
        return rc;
}

static int read_body(struct run *run, const struct verdict_case *c,
                     struct feed *f, struct err *err)
{
        const struct feed_doc *doc = NULL;
        struct err why = { 0 };
        size_t n_new = 0;
        int rc = feed_parse(run->scratch, c->answer->body, c->answer->url,
                            c->answer->type, &doc, &why);

        if (rc < 0) {
                verdict_failed(run->scratch, c, f, rc, &why);
                run->report->failed++;
                return 0;
        }
        rc = fill_names(run, f, doc, err);
        if (rc == 0)
                rc = put_items(run, f, doc, &n_new, err);
        if (rc < 0)
                return rc;
        verdict_read(run->scratch, c, f, doc, n_new);
        run->report->items += doc->n_items;
        run->report->added += n_new;
        return 0;
}

static int judge(struct run *run, const struct fetch_answer *w, struct feed *f,
                 struct err *err)
{
        struct verdict_case c = { w, &run->schedule, run->g->now };

        if (verdict_is_body(w))
                return read_body(run, &c, f, err);
        if (w->rc == 0 && w->status == 304 && (f->etag.n || f->modified.n)) {
                verdict_unchanged(run->scratch, &c, f);
                run->report->unchanged++;
                return 0;
        }
        verdict_failed(run->scratch, &c, f, 0, NULL);
        run->report->failed++;
        return 0;
}

static int take_feed(struct run *run, const struct fetch_answer *w,
                     struct err *err)
{
        const struct gather *g = run->g;
        struct feed f = *(const struct feed *)w->owner;

        arena_reset(run->scratch);
        run->report->feeds++;
        run->report->bytes += w->wire_b;
        if (g->check) {
                int rc = judge(run, w, &f, err);

                if (rc == 0 && g->each)
                        g->each(g->ctx, &f);
                return rc;
        }

        int rc = sql_begin(g->db, err);

        if (rc < 0)
                return rc;
        rc = judge(run, w, &f, err);
        if (rc == 0)
                rc = settle_move(run, &f, err);
        if (rc == 0)
                rc = feed_save(g->db, &f, err);
        if (rc == 0)
                rc = sql_commit(g->db, err);
        if (rc < 0) {
                sql_rollback(g->db);
                return err_add(err, "feed " STR_FMT, STR_ARG(f.url));
        }
        if (g->each)
                g->each(g->ctx, &f);
        return 0;
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

static void ask(struct run *run, struct feed *f)
{
        struct fetch_request r = {
                .url = f->url,
                .accept = ACCEPT_FEED,
                .max_b = (size_t)run->g->conf->wire_feed_max,
                .owner = f,
        };

        if (!run->g->check) {
                r.etag = f->etag;
                r.modified = f->modified;
        }
        fetch_add(run->fetch, &r);
}

static int read_feeds(struct run *run, struct err *err)
{
        const struct fetch_answer *w;
        struct feed_list feeds;
        int rc = list_feeds(run, &feeds, err);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < feeds.n; i++)
                ask(run, &feeds.items[i]);
        if (!run->g->quiet)
                progress_start(&run->progress, "feeds", feeds.n);
        while ((rc = fetch_next(run->fetch, &w, err)) == 1) {
                rc = take_feed(run, w, err);
                if (rc < 0)
                        break;
                if (!run->g->quiet)
                        progress_update(&run->progress, run->report->feeds,
                                        run->report->bytes,
                                        run->report->failed);
        }
        if (!run->g->quiet)
                progress_end(&run->progress);
        return rc;
}

/* How far back an article is still worth its page. */
static int64_t pages_since(const struct gather *g)
{
        int64_t span = g->conf->edition_hours + TIME_DAY_S;

        if (g->conf->story_window > span)
                span = g->conf->story_window;
        return g->now - span;
}

static int read_pages(struct run *run, struct err *err)
{
        const struct gather *g = run->g;
        struct pages p = {
                .db = g->db,
                .fetch = run->fetch,
                .since = pages_since(g),
                .most = (size_t)g->conf->wire_pages,
                .page_max_b = (size_t)g->conf->wire_page_max,
                .quiet = g->quiet,
        };
        int rc = pages_read(&p, err);

        run->report->pages += p.read;
        run->report->pages_failed += p.failed;
        run->report->bytes += p.bytes;
        return rc;
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

        *ret = (struct gather_report) { 0 };

        int rc =
                gather_fetch_options(a, g->conf, g->spool_dir, &guard, &o, err);

        if (rc == 0)
                rc = fetch_new(&o, &run.fetch, err);
        if (rc == 0)
                rc = read_feeds(&run, err);
        if (rc == 0 && !g->check)
                rc = read_pages(&run, err);
        fetch_free(run.fetch);
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
