#include "wire/figures.h"

#include "base/arena.h"
#include "base/time.h"
#include "store/feed.h"
#include "store/gauge.h"
#include "wire/fetch.h"
#include "wire/jail.h"

bool figures_is(const struct feed *f)
{
        return str_eq(f->kind, STR(GAUGE_KIND));
}

/* "prices.csv" of ".../prices.csv?from=1990" */
static struct str name_of(struct str url)
{
        struct str path = str_sub(url, 0, str_chr(url, '?', 0)), part,
                   last = url;

        while (str_cut(&path, '/', &part))
                if (part.n)
                        last = part;
        return last;
}

struct gauge_wish figures_wish(const struct gauge *g, struct str url)
{
        return (struct gauge_wish) { .name = name_of(url),
                                     .path = g->path,
                                     .date_column = g->date_column,
                                     .value_column = g->value_column };
}

static int store(const struct figures *m, const struct gauge_doc *doc,
                 int64_t feed_id, struct gauge_change *ret, struct err *err)
{
        const struct gauge_reading r = { .feed_id = feed_id,
                                         .now = m->now,
                                         .decimals = doc->decimals,
                                         .items = doc->items,
                                         .n = doc->n };

        return m->check ? 0 : gauge_take(m->a, m->db, &r, ret, err);
}

static void fill(const struct figures *m, const struct gauge_doc *doc,
                 const struct gauge_change *change, struct figures_read *ret)
{
        ret->summary = arena_printf(m->a, "%zu value%s, %zu new", doc->n,
                                    doc->n == 1 ? "" : "s", change->n_new);
        if (change->n_revised)
                ret->summary =
                        arena_printf(m->a, STR_FMT ", %zu revised",
                                     STR_ARG(ret->summary), change->n_revised);
        ret->doc.updated = TIME_NONE;
        ret->doc.warnings = doc->warnings;
}

int figures_take(const struct figures *m, const struct feed *f,
                 const struct fetch_answer *w, struct figures_read *ret,
                 struct err *err)
{
        struct gauge_change change = { 0 };
        struct gauge_wish wish;
        struct gauge_doc doc;
        struct gauge g;
        int rc = gauge_get(m->a, m->db, f->id, &g, err);

        if (rc < 0)
                return rc;
        wish = figures_wish(&g, f->url);

        const struct jail_gauge ask = {
                .d = { .bytes = w->body, .url = w->url, .type = w->type },
                .wish = &wish,
        };

        *ret = (struct figures_read) { 0 };
        ret->parse_rc = jail_gauge(m->jail, m->a, &ask, &doc, &ret->why);
        if (ret->parse_rc == ERR_SYS) {
                *err = ret->why;
                return ERR_SYS;
        }
        if (ret->parse_rc < 0)
                return 0;
        rc = store(m, &doc, f->id, &change, err);
        if (rc == 0)
                fill(m, &doc, &change, ret);
        return rc;
}
