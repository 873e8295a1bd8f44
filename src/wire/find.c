#include "wire/find.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "conf/conf.h"
#include "wire/discover.h"
#include "wire/fetch.h"
#include "wire/gather.h"
#include "wire/guard.h"
#include "wire/item.h"
#include "wire/jail.h"
#include "wire/shape.h"
#include "wire/verdict.h"

#define TRIED_MOST 12 /* addresses asked on behalf of one site */
#define WORDS_B 2000
#define ACCEPT_ANY                                                             \
        STR("application/rss+xml, application/atom+xml, "                      \
            "application/feed+json, text/html;q=0.9, */*;q=0.5")

struct search {
        struct arena *a;
        struct arena *scratch; /* for one answer */
        const struct conf *conf;
        struct fetch *fetch;
        struct jail *jail;
        struct find_list *list;
        size_t cap, tried;
};

/* One answer; its texts live till the next is asked for. */
static int ask(struct search *s, struct str url,
               const struct fetch_answer **ret, struct err *err)
{
        struct fetch_request r = { .url = url,
                                   .accept = ACCEPT_ANY,
                                   .max_b = (size_t)s->conf->wire_feed_max };
        int rc;

        s->tried++;
        fetch_add(s->fetch, &r);
        rc = fetch_next(s->fetch, ret, err);
        return rc < 0 ? rc : 0;
}

static int read_feed(struct search *s, const struct fetch_answer *w,
                     const struct feed_doc **ret, struct err *err)
{
        struct jail_document d = { .bytes = w->body,
                                   .url = w->url,
                                   .type = w->type };

        return jail_feed(s->jail, s->scratch, &d, ret, err);
}

static void keep(struct search *s, struct str url, const struct feed_doc *doc,
                 bool is_aside)
{
        struct find_list *list = s->list;
        struct find f = {
                .url = arena_str(s->a, url),
                .title = arena_str(s->a, doc->title),
                .home = arena_str(s->a, doc->link),
                .language = arena_str(s->a, doc->language),
                .format = arena_str(s->a, doc->version),
                .n_items = doc->n_items,
                .newest_at = TIME_NONE,
                .is_aside = is_aside,
        };

        for (size_t i = 0; i < doc->n_items; i++)
                if (doc->items[i].published > f.newest_at)
                        f.newest_at = doc->items[i].published;
        ARENA_GROW(s->a, list->items, list->n, s->cap);
        list->items[list->n++] = f;
}

static bool is_known(const struct search *s, struct str url)
{
        for (size_t i = 0; i < s->list->n; i++)
                if (str_eq(s->list->items[i].url, url))
                        return true;
        return false;
}

/* Read each; those that are feeds are kept. first: one is enough. */
static int try_all(struct search *s, const struct discover_list *links,
                   bool first, struct err *err)
{
        const struct fetch_answer *w;
        const struct feed_doc *doc;
        struct err why;
        int rc = 0;

        for (size_t i = 0; i < links->n && s->tried < TRIED_MOST; i++) {
                if (is_known(s, links->items[i].url))
                        continue;
                rc = ask(s, links->items[i].url, &w, err);
                if (rc < 0)
                        return rc;
                arena_reset(s->scratch);
                if (!verdict_is_body(w))
                        continue;
                rc = read_feed(s, w, &doc, &why);
                if (rc == ERR_SYS)
                        return err_set(err, ERR_SYS, "%s", why.msg);
                if (rc < 0)
                        continue;
                /* A place that was guessed may lead to the real one. */
                keep(s, first ? w->url : links->items[i].url, doc,
                     links->items[i].is_aside);
                if (first)
                        break;
        }
        return 0;
}

/* What the address itself answered, when that is no feed and no page. */
static int explain(const struct fetch_answer *w, struct str url,
                   struct err *err)
{
        if (w->rc < 0)
                return err_set(err, (enum err_code)w->rc, STR_FMT ": %s",
                               STR_ARG(url), w->err.msg);
        if (!verdict_is_body(w))
                return err_set(err, ERR_NET, STR_FMT ": answered %d",
                               STR_ARG(url), w->status);
        return err_set(err, ERR_ABSENT,
                       STR_FMT " is neither a feed nor a web page",
                       STR_ARG(url));
}

static int explain_none(const struct discover_list *links,
                        const struct discover_list *guesses, struct str url,
                        struct err *err)
{
        struct buf out;
        int rc;

        buf_init(&out, WORDS_B);
        for (size_t i = 0; i < guesses->n; i++)
                buf_printf(&out, "%s" STR_FMT, i ? ", " : "",
                           STR_ARG(url_split(guesses->items[i].url).path));
        if (links->n)
                rc = err_set(err, ERR_ABSENT,
                             STR_FMT " names %zu feed%s, but none of them can "
                                     "be read (" STR_FMT
                                     "), and there is none at %s",
                             STR_ARG(url), links->n, links->n == 1 ? "" : "s",
                             STR_ARG(links->items[0].url), buf_cstr(&out));
        else
                rc = err_set(err, ERR_ABSENT,
                             STR_FMT " is a web page that names no feed, and "
                                     "there is none at %s: ask its publisher "
                                     "for the address",
                             STR_ARG(url), buf_cstr(&out));
        buf_done(&out);
        return rc;
}

/* The page is given up with the next request, so its lists are made first. */
static int search_page(struct search *s, const struct shape_links *page,
                       struct str at, struct str url, struct err *err)
{
        struct discover_list guesses = discover_guesses(s->a, at);
        int rc = try_all(s, &page->links, false, err);

        if (rc == 0 && !s->list->n)
                rc = try_all(s, &page->anchors, false, err);
        if (rc == 0 && !s->list->n)
                rc = try_all(s, &guesses, true, err);
        if (rc == 0 && !s->list->n)
                rc = explain_none(&page->links, &guesses, url, err);
        return rc;
}

static int search(struct search *s, struct str url, struct err *err)
{
        const struct fetch_answer *w;
        const struct feed_doc *doc;
        struct err why;
        int rc = ask(s, url, &w, err);

        if (rc < 0)
                return rc;
        if (!verdict_is_body(w))
                return explain(w, url, err);
        rc = read_feed(s, w, &doc, &why);
        if (rc == 0) {
                s->list->is_direct = true;
                keep(s, url, doc, false);
                return 0;
        }

        struct str at = arena_str(s->a, w->url);
        struct jail_document d = { .bytes = w->body, .url = at };
        struct shape_links page;

        if (rc != ERR_SYS && jail_links(s->jail, s->a, &d, &page, err) == 0 &&
            page.is_html)
                return search_page(s, &page, at, url, err);
        if (rc == ERR_INPUT)
                return explain(w, url, err);
        return err_set(err, (enum err_code)rc, STR_FMT ": %s", STR_ARG(url),
                       why.msg);
}

int find_feeds(struct arena *a, const struct conf *conf, const char *spool_dir,
               struct str url, struct find_list *ret, struct err *err)
{
        struct search s = { .a = a, .conf = conf, .list = ret };
        bool has_scheme = str_find(url, STR("://"), 0) != STR_NONE;
        struct fetch_options o;
        struct guard guard;
        enum jail_mode mode;
        int rc = gather_fetch_options(a, conf, spool_dir, &guard, &o, err);

        *ret = (struct find_list) { 0 };
        if (rc == 0)
                rc = jail_mode(conf->wire_jail, &mode, err);
        if (rc == 0)
                rc = fetch_new(&o, &s.fetch, err);
        if (rc < 0)
                return rc;
        s.jail = jail_new(mode);
        s.scratch = arena_new(LIMIT_FEED_ARENA_B);
        rc = search(&s,
                    has_scheme
                            ? url
                            : arena_printf(a, "https://" STR_FMT, STR_ARG(url)),
                    err);
        if (rc == ERR_NET && !has_scheme)
                rc = search(&s,
                            arena_printf(a, "http://" STR_FMT, STR_ARG(url)),
                            err);
        fetch_free(s.fetch);
        jail_free(s.jail);
        arena_free(s.scratch);
        return rc;
}
