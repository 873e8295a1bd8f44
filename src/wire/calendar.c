#include "wire/calendar.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/calendar_entry.h"

#define WARNINGS_MAX 20
#define WINDOW_MAX_S (800 * (int64_t)TIME_DAY_S)

struct reader {
        struct arena *a;
        const struct calendar_wish *wish;
        struct calendar *out;
        struct calendar_zones zones;
        struct calendar_rules rules;
        struct calendar_entry **entries;
        size_t n, cap;
        struct map *known; /* uid and occurrence -> the entry that counts */
        bool is_withdrawn; /* METHOD:CANCEL */
};

/* --- the text, cut into its parts --------------------------------------- */

/* A part from its BEGIN to its END, with all that stands within. */
struct part {
        struct str name, text;
        int line;
};

struct cutter {
        struct str rest;
        int line; /* the number of the next one */
};

static bool next_line(struct cutter *c, struct str *ret)
{
        if (!c->rest.p || !str_cut(&c->rest, '\n', ret))
                return false;
        c->line++;
        if (ret->n && ret->p[ret->n - 1] == '\r')
                ret->n--;
        return true;
}

/* "BEGIN:VEVENT" has "BEGIN:" and gives VEVENT. */
static bool is_mark(struct str line, struct str mark, struct str *ret)
{
        if (!str_starts_nocase(line, mark))
                return false;
        *ret = str_trim(str_sub(line, mark.n, line.n));
        return true;
}

static bool is_wanted(struct str name)
{
        return str_eq_nocase(name, STR("VEVENT")) ||
               str_eq_nocase(name, STR("VTIMEZONE"));
}

/*
 * From behind its first line to its end. False: it has none, because the text
 * ends, or because another event begins within.
 */
static bool take_part(struct cutter *c, struct part *p)
{
        struct str line, name;
        int depth = 1;

        while (depth) {
                struct cutter before = *c;

                if (!next_line(c, &line))
                        return false;
                if (is_mark(line, STR("BEGIN:"), &name)) {
                        if (is_wanted(name)) {
                                *c = before;
                                return false;
                        }
                        depth++;
                } else if (is_mark(line, STR("END:"), &name)) {
                        depth--;
                }
        }
        p->text.n = (size_t)(line.p + line.n - p->text.p);
        return true;
}

static void warn(struct reader *r, int line, const char *what)
{
        struct strs *w = &r->out->warnings;

        if (w->n >= WARNINGS_MAX)
                return;
        ARENA_GROW(r->a, w->items, w->n, w->cap);
        w->items[w->n++] = line ? arena_printf(r->a, "line %d: %s", line, what)
                                : arena_printf(r->a, "%s", what);
}

/* --- what stands around the events -------------------------------------- */

/* "NAME;PARAMETER=...:value": the value, when the line is of that name. */
static bool is_property(struct str line, const char *name, struct str *ret)
{
        struct str n = str_c(name);
        size_t colon = str_chr(line, ':', 0);

        if (!str_starts_nocase(line, n) || colon == STR_NONE ||
            (line.p[n.n] != ':' && line.p[n.n] != ';'))
                return false;
        *ret = str_trim(str_sub(line, colon + 1, line.n));
        return true;
}

static struct str unescape(struct arena *a, struct str s)
{
        char *p = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '\\' && i + 1 < s.n)
                        i++;
                p[n++] =
                        s.p[i] == 'n' && i && s.p[i - 1] == '\\' ? ' ' : s.p[i];
        }
        return (struct str) { p, n };
}

static void read_head(struct reader *r, struct str line)
{
        struct str value;
        bool is_known;

        if (is_property(line, "X-WR-CALNAME", &value) ||
            is_property(line, "NAME", &value)) {
                value = utf8_fold_space(
                        r->a, utf8_repair(r->a, unescape(r->a, value)));
                r->out->title = utf8_clip(value, LIMIT_CATEGORY_B);
        } else if (is_property(line, "X-WR-TIMEZONE", &value)) {
                struct calendar_zone z =
                        calendar_zone_find(&r->zones, value, &is_known);

                if (is_known && z.name.n)
                        r->zones.fallback = z.name;
        } else if (is_property(line, "METHOD", &value)) {
                r->is_withdrawn = str_eq_nocase(value, STR("CANCEL"));
        } else if (is_property(line, "REFRESH-INTERVAL", &value) ||
                   is_property(line, "X-PUBLISHED-TTL", &value)) {
                struct icaldurationtype d =
                        icaldurationtype_from_string(arena_cstr(r->a, value));
                int64_t s = icaldurationtype_as_int(d);

                r->out->ttl_s = s > 0 && s < 30 * TIME_DAY_S ? s : 0;
        }
}

/* --- entries ------------------------------------------------------------ */

static struct str instant_text(struct arena *a, int64_t at)
{
        struct buf b;

        buf_init(&b, 64);
        time_put_rfc3339(&b, at);

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

/* Which event of its calendar it is, and which occurrence. */
static struct str key_of(struct arena *a, struct str uid, struct str which)
{
        return arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(uid),
                            STR_ARG(which));
}

static bool is_newer(const struct calendar_entry *e,
                     const struct calendar_entry *than)
{
        if (e->event.sequence != than->event.sequence)
                return e->event.sequence > than->event.sequence;
        return e->stamp_at >= than->stamp_at;
}

static void keep(struct reader *r, struct calendar_entry *e)
{
        struct event *ev = &e->event;
        void **place;

        ev->recurrence =
                e->has_original
                        ? instant_text(r->a, calendar_time_at(&e->original))
                        : STR("");
        ev->is_cancelled |= r->is_withdrawn;
        if (!ev->uid.n)
                ev->uid = arena_printf(
                        r->a, "%016llx",
                        (unsigned long long)hash_stable(arena_printf(
                                r->a, "%lld " STR_FMT,
                                (long long)calendar_time_at(&e->start),
                                STR_ARG(ev->title))));
        place = map_at(r->known, key_of(r->a, ev->uid, ev->recurrence));
        if (*place && !is_newer(e, *place))
                return;
        *place = e;
        ARENA_GROW(r->a, r->entries, r->n, r->cap);
        r->entries[r->n++] = e;
}

static void read_part(struct reader *r, const struct part *p)
{
        struct calendar_entry *e = arena_alloc(r->a, sizeof(*e));
        struct strs warnings = { 0 };
        struct err err = { 0 };
        int rc;

        e->line = p->line;
        rc = calendar_entry_read(&r->zones, p->text, e, &warnings, &err);
        if (rc == 0)
                keep(r, e);
        else if (rc != ERR_ABSENT)
                warn(r, p->line, err.msg);
        if (warnings.n)
                warn(r, p->line, arena_cstr(r->a, warnings.items[0]));
}

/* --- occurrences -------------------------------------------------------- */

static bool is_left_out(const struct calendar_entry *e, int64_t at)
{
        for (size_t i = 0; i < e->left_out.n; i++) {
                const struct calendar_time *t = &e->left_out.items[i];
                struct civil c =
                        e->start.is_day
                                ? time_to_civil(at)
                                : calendar_zone_wall(&e->start.zone, at);

                if (t->is_day && !e->start.is_day) {
                        if (t->wall.year == c.year &&
                            t->wall.month == c.month && t->wall.day == c.day)
                                return true;
                } else if (calendar_time_at(t) == at) {
                        return true;
                }
        }
        return false;
}

static bool is_in(const struct reader *r, const struct calendar_entry *e,
                  int64_t at)
{
        int64_t length = e->length_s > 0 ? e->length_s : 1;

        return at < r->wish->to && at + length > r->wish->from;
}

static void emit(struct reader *r, const struct calendar_entry *e, int64_t at,
                 struct str which)
{
        struct calendar *out = r->out;
        struct event ev = e->event;

        if (out->n_items == LIMIT_EVENTS || !is_in(r, e, at))
                return;
        ev.start_at = at;
        ev.end_at = e->length_s > 0 ? at + e->length_s : TIME_NONE;
        ev.recurrence = which;
        ARENA_GROW(r->a, out->items, out->n_items, out->cap_items);
        out->items[out->n_items++] = ev;
        if (out->n_items == LIMIT_EVENTS)
                warn(r, 0, "it has more events than are kept of a calendar");
}

/*
 * RDATE may name a day of what has an hour, or an hour of what lasts all day,
 * though RFC 5545, 3.8.5.2, has no sense for it: the day counts, and the first
 * time says which of the two it is.
 */
static struct calendar_time like_first(const struct calendar_entry *e,
                                       const struct calendar_time *t)
{
        struct calendar_time like = e->start;

        if (t->is_day == e->start.is_day)
                return *t;
        like.wall.year = t->wall.year;
        like.wall.month = t->wall.month;
        like.wall.day = t->wall.day;
        return like;
}

/* One of a series, unless it is left out or another entry speaks of it. */
static void emit_one(struct reader *r, const struct calendar_entry *e,
                     const struct calendar_time *named)
{
        struct calendar_time t = like_first(e, named);
        int64_t at = calendar_time_at(&t);
        struct str which;
        void **place;

        if (is_left_out(e, at))
                return;
        which = instant_text(r->a, at);
        place = map_at(r->known, key_of(r->a, e->event.uid, which));
        if (*place)
                return;
        *place = (void *)e; /* RDATE may name what the rule gives */
        emit(r, e, at, which);
}

static void emit_series(struct reader *r, const struct calendar_entry *e)
{
        struct calendar_times times = { 0 };

        if (e->has_rule && !calendar_rule_follow(&r->rules, e, &times)) {
                warn(r, e->line,
                     "its rule of repetition is none that we follow: only the "
                     "first time is kept");
                emit_one(r, e, &e->start);
        }
        if (!e->has_rule)
                emit_one(r, e, &e->start);
        for (size_t i = 0; i < times.n; i++)
                emit_one(r, e, &times.items[i]);
        for (size_t i = 0; i < e->added.n; i++)
                emit_one(r, e, &e->added.items[i]);
}

static void emit_all(struct reader *r)
{
        for (size_t i = 0; i < r->n && !arena_is_full(r->a); i++) {
                struct calendar_entry *e = r->entries[i];
                struct str key =
                        key_of(r->a, e->event.uid, e->event.recurrence);

                if (map_find(r->known, key) != e)
                        continue; /* a newer word took its place */
                if (!e->has_original && (e->has_rule || e->added.n))
                        emit_series(r, e);
                else
                        emit(r, e, calendar_time_at(&e->start),
                             e->event.recurrence);
        }
}

/* --- the whole ---------------------------------------------------------- */

/*
 * Zones first, as they may stand behind what uses them; then events. Lines
 * outside of both are the calendar's own, those of other parts (tasks,
 * alarms) say nothing to us.
 */
static int walk(struct reader *r, struct str text, bool is_zones,
                struct err *err)
{
        struct cutter c = { text, 1 };
        struct str line, name;
        size_t n = 0;
        int depth = 0;

        while (next_line(&c, &line)) {
                struct part p = { .text = line, .line = c.line - 1 };

                if (is_mark(line, STR("END:"), &name)) {
                        depth -= depth > 0;
                        continue;
                }
                if (!is_mark(line, STR("BEGIN:"), &p.name)) {
                        if (is_zones && depth == 1)
                                read_head(r, line);
                        continue;
                }
                if (!is_wanted(p.name)) {
                        depth++;
                        continue;
                }
                if (++n > LIMIT_CALENDAR_EVENTS || arena_is_full(r->a))
                        return err_set(err, ERR_LIMIT,
                                       "line %d: it has over %d events", p.line,
                                       LIMIT_CALENDAR_EVENTS);

                bool is_whole = take_part(&c, &p),
                     is_zone = str_eq_nocase(p.name, STR("VTIMEZONE")),
                     is_short = p.text.n <= LIMIT_EVENT_B;

                if (is_whole && is_short && is_zone && is_zones)
                        calendar_zone_add(&r->zones, p.text);
                else if (is_whole && is_short && !is_zone && !is_zones)
                        read_part(r, &p);
                else if (!is_whole && !is_zones)
                        warn(r, p.line, "an event that has no end");
                else if (!is_short && !is_zones)
                        warn(r, p.line, "an event that is too long");
        }
        return 0;
}

static bool is_calendar(struct str text)
{
        if (str_starts(text, STR("\xEF\xBB\xBF")))
                text = str_sub(text, 3, text.n);
        return str_starts_nocase(str_trim(str_sub(text, 0, 1000)),
                                 STR("BEGIN:VCALENDAR"));
}

int calendar_read(struct arena *a, struct str text,
                  const struct calendar_wish *wish, struct calendar *ret,
                  struct err *err)
{
        struct calendar out = { 0 };
        struct reader r = {
                .a = a,
                .wish = wish,
                .out = &out,
                .zones = { .a = a, .fallback = arena_str(a, wish->zone) },
                .rules = { .a = a, .wish = wish },
                .known = map_new(a),
        };
        int rc;

        if (!is_calendar(text))
                return err_set(err, ERR_INPUT,
                               "this is no calendar: it does not begin with "
                               "BEGIN:VCALENDAR");
        icalerror_set_errors_are_fatal(0);
        if (str_starts(text, STR("\xEF\xBB\xBF")))
                text = str_sub(text, 3, text.n);
        rc = walk(&r, text, true, err);
        if (rc == 0)
                rc = walk(&r, text, false, err);
        if (rc == 0)
                emit_all(&r);
        calendar_zones_done(&r.zones);
        if (rc == 0)
                *ret = out;
        return rc;
}

struct str calendar_wish_put(struct arena *a, const struct calendar_wish *w)
{
        return arena_printf(a, "%lld %lld " STR_FMT, (long long)w->from,
                            (long long)w->to, STR_ARG(w->zone));
}

int calendar_wish_get(struct str line, struct calendar_wish *ret,
                      struct err *err)
{
        struct calendar_wish w;
        struct str from, to;

        if (!str_cut(&line, ' ', &from) || !str_cut(&line, ' ', &to) ||
            scan_i64(from, INT32_MIN, UINT32_MAX, &w.from) < 0 ||
            scan_i64(to, INT32_MIN, UINT32_MAX, &w.to) < 0 || w.to < w.from ||
            w.to - w.from > WINDOW_MAX_S)
                return err_set(
                        err, ERR_INPUT,
                        "a calendar is read from one instant to another");
        w.zone = line.p ? line : STR("");
        *ret = w;
        return 0;
}
