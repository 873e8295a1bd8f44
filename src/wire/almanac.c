#include "wire/almanac.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/time.h"
#include "base/url.h"
#include "store/event.h"
#include "store/feed.h"
#include "wire/calendar.h"
#include "wire/fetch.h"
#include "wire/figures.h"
#include "wire/jail.h"

#define FILE_MARK STR("file://")

bool almanac_is(const struct feed *f)
{
        return str_eq(f->kind, STR("agenda"));
}

bool almanac_is_file(const struct feed *f)
{
        return (almanac_is(f) || figures_is(f)) &&
               str_starts(f->url, FILE_MARK);
}

void almanac_file(struct arena *a, const struct feed *f, size_t max_b,
                  struct fetch_answer *ret)
{
        struct fetch_answer w = { .status = 200, .url = f->url };
        struct str path = str_sub(f->url, FILE_MARK.n, f->url.n);

        path = str_sub(path, 0, str_chr(path, '#', 0)); /* a series' name */

        w.rc = file_read(a, arena_cstr(a, path), max_b, &w.body, &w.err);
        w.wire_b = w.body.n;
        *ret = w;
}

/* What its owner says of the calendar goes before what it says itself. */
static void complete(const struct almanac *m, const struct feed *f,
                     const struct calendar *cal, struct event *e)
{
        e->feed_id = f->id;
        e->origin = STR("calendar");
        e->source = f->title.n ? f->title : cal->title;
        if (f->beat.n)
                e->category = f->beat;
        else if (!e->category.n)
                e->category = e->source;
        if (!e->url.n && url_is_http(f->url))
                e->url = f->url;
        e->seen_at = m->now;
}

/* The parser may be in a stranger's hands. */
static bool makes_sense(const struct event *e)
{
        return e->uid.n && e->title.n && e->start_at != TIME_NONE &&
               (e->end_at == TIME_NONE || e->end_at > e->start_at) &&
               e->importance >= EVENT_LOW && e->importance <= EVENT_HIGH;
}

static int put_events(const struct almanac *m, const struct feed *f,
                      const struct calendar *cal, size_t *ret_new,
                      struct err *err)
{
        int rc = event_feed_begin(m->db, f->id, err);

        for (size_t i = 0; i < cal->n_items && rc == 0; i++) {
                bool is_new = false;

                if (!makes_sense(&cal->items[i]))
                        continue;
                complete(m, f, cal, &cal->items[i]);
                rc = event_put(m->db, &cal->items[i], &is_new, err);
                *ret_new += is_new;
        }
        return rc < 0 ? rc : event_feed_end(m->db, f->id, m->now, err);
}

int almanac_take(const struct almanac *m, const struct feed *f,
                 const struct fetch_answer *w, struct almanac_read *ret,
                 struct err *err)
{
        const struct calendar_wish wish = { .zone = m->zone,
                                            .from = m->now - ALMANAC_BACK_S,
                                            .to = m->now + ALMANAC_AHEAD_S };
        const struct jail_calendar ask = {
                .d = { .bytes = w->body, .url = w->url, .type = w->type },
                .wish = &wish,
        };
        struct calendar cal;

        *ret = (struct almanac_read) { .doc = arena_alloc(m->a,
                                                          sizeof(*ret->doc)) };
        ret->parse_rc = jail_calendar(m->jail, m->a, &ask, &cal, &ret->why);
        if (ret->parse_rc == ERR_SYS) {
                *err = ret->why;
                return ERR_SYS;
        }
        if (ret->parse_rc < 0)
                return 0;
        ret->doc->title = cal.title;
        ret->doc->ttl_s = cal.ttl_s;
        ret->doc->warnings = cal.warnings;
        ret->doc->updated = TIME_NONE;
        /* Events have no date of publication: it is their number that counts.
         */
        ret->doc->items =
                arena_array(m->a, cal.n_items + 1, sizeof(*ret->doc->items));
        ret->doc->n_items = cal.n_items;
        for (size_t i = 0; i < cal.n_items; i++)
                ret->doc->items[i].published = TIME_NONE;
        return m->check ? 0 : put_events(m, f, &cal, &ret->n_new, err);
}
