#include "press/dates.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "press/day.h"
#include "press/html.h"
#include "press/model.h"
#include "press/runs.h"
#include "press/value.h"

#define LINE_MAX_B 75 /* of a calendar, without its end */
#define PLACE_MAX_B 40
#define PLACE_WORDS 3

/* --- in words ----------------------------------------------------------- */

/* "Frankfurt" of "Frankfurt, Germany": no room, no address. */
static struct str town_of(struct str place)
{
        struct str town = str_trim(str_sub(place, 0, str_chr(place, ',', 0)));
        size_t words = 1;

        for (size_t i = 0; i < town.n; i++) {
                if (chr_is_digit(town.p[i]) || town.p[i] == ':')
                        return STR("");
                words += town.p[i] == ' ';
        }
        return town.n <= PLACE_MAX_B && words <= PLACE_WORDS ? town : STR("");
}

/* Is another clock in force there than at the press? at is that of there. */
static bool is_elsewhere(const struct block_maker *m, struct str zone,
                         const struct civil *there)
{
        int64_t at = time_from_zone(there, zone);
        struct civil here = time_in_zone(at, m->press->zone);

        return time_from_civil(&here) != time_from_civil(there);
}

static bool read_at(const struct block *item, struct civil *ret, bool *ret_day)
{
        struct str at = model_attr(&item->attrs, "at"), clock;

        if (!block_at(at, ret, &clock))
                return false;
        *ret_day = !clock.n;
        if (clock.n == 5 && chr_is_digit(clock.p[0]) &&
            chr_is_digit(clock.p[1]) && chr_is_digit(clock.p[3]) &&
            chr_is_digit(clock.p[4])) {
                ret->hour = (clock.p[0] - '0') * 10 + clock.p[1] - '0';
                ret->minute = (clock.p[3] - '0') * 10 + clock.p[4] - '0';
        }
        return true;
}

struct str dates_clock(const struct block_maker *m, const struct block *item,
                       bool *ret_placed)
{
        struct str zone = model_attr(&item->attrs, "zone");
        struct str town = town_of(model_attr(&item->attrs, "place"));
        struct str language = m->edition->language, clock;
        struct civil c;
        bool is_day;

        *ret_placed = false;
        if (!read_at(item, &c, &is_day) || is_day)
                return STR("");
        clock = day_clock(m->a, language, &c);
        if (!zone.n || time_zone_check(zone, NULL) < 0 ||
            !is_elsewhere(m, zone, &c))
                return clock;
        *ret_placed = town.n > 0;
        if (!town.n && str_chr(zone, '/', 0) == STR_NONE) /* "2pm UTC" */
                return arena_printf(m->a, STR_FMT " " STR_FMT, STR_ARG(clock),
                                    STR_ARG(zone));

        const struct phrase_arg args[] = {
                { "time", clock },
                { "place", town.n ? town : day_city(m->a, language, zone) },
        };

        return phrases_fill(m->a, m->press->phrases, "press.clock", args, 2);
}

static void add_note(const struct block_maker *m, struct value *list,
                     struct str text)
{
        struct value *v = value_object(m->a);

        value_put_text(m->a, v, "note", text);
        value_put_flag(m->a, v, "more", list->n > 0);
        value_add(m->a, list, v);
}

static void add_figure(const struct block_maker *m, struct value *list,
                       const struct block *item, const char *name)
{
        const struct phrase_arg arg = { "value",
                                        model_attr(&item->attrs, name) };

        if (arg.value.n)
                add_note(m, list,
                         phrases_fill(m->a, m->press->phrases,
                                      arena_printf(m->a, "press.%s", name).p,
                                      &arg, 1));
}

struct value *dates_notes(const struct block_maker *m, const struct block *item)
{
        struct value *list = value_list(m->a);
        struct str place = model_attr(&item->attrs, "place");
        bool is_placed;

        (void)dates_clock(m, item, &is_placed);
        if (place.n && !is_placed)
                add_note(m, list, place);
        add_figure(m, list, item, "expected");
        add_figure(m, list, item, "previous");
        if (model_has_class(&item->attrs, "tentative"))
                add_note(m, list,
                         phrases_get(m->press->phrases, "press.tentative"));
        return list;
}

struct str dates_note(const struct block_maker *m, const struct block *item)
{
        struct value *list = dates_notes(m, item);
        struct str s = STR("");

        for (size_t i = 0; i < list->n; i++) {
                const struct value *note =
                        value_find(list->items[i], STR("note"));

                s = arena_printf(m->a, STR_FMT "%s" STR_FMT, STR_ARG(s),
                                 i ? " \u00b7 " : "", STR_ARG(note->text));
        }
        return s;
}

/* --- as a calendar ------------------------------------------------------ */

/* Lines of 75 bytes, a character never broken (RFC 5545, 3.1). */
static void put_line(struct buf *out, struct str line)
{
        size_t most = LINE_MAX_B;

        while (line.n > most) {
                struct str part = utf8_clip(line, most);

                buf_put(out, part);
                buf_puts(out, "\r\n ");
                line = str_sub(line, part.n, line.n);
                most = LINE_MAX_B - 1;
        }
        buf_put(out, line);
        buf_puts(out, "\r\n");
}

static void put_raw(struct arena *a, struct buf *out, const char *name,
                    struct str value)
{
        put_line(out, arena_printf(a, "%s:" STR_FMT, name, STR_ARG(value)));
}

static void put_text(struct arena *a, struct buf *out, const char *name,
                     struct str text)
{
        struct buf b;

        if (!text.n)
                return;
        buf_init(&b, 2 * text.n + 1);
        for (size_t i = 0; i < text.n; i++) {
                if (text.p[i] == '\n' || text.p[i] == '\r') {
                        buf_char(&b, ' ');
                        continue;
                }
                if (text.p[i] == '\\' || text.p[i] == ';' || text.p[i] == ',')
                        buf_char(&b, '\\');
                buf_char(&b, text.p[i]);
        }
        put_raw(a, out, name, buf_str(&b));
        buf_done(&b);
}

static struct str stamp(struct arena *a, int64_t at)
{
        struct civil c = time_to_civil(at);

        return arena_printf(a, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month,
                            c.day, c.hour, c.minute, c.second);
}

/* at= or until=: a date, or an instant. ahead: days after it. */
static void put_time(struct arena *a, struct buf *out, const char *name,
                     struct str value, int ahead)
{
        struct civil c;
        int64_t at;

        if (value.n == 10 && time_parse_date(value, &c, NULL) == 0) {
                c.day += ahead;
                c = time_to_civil(time_from_civil(&c));
                put_line(out, arena_printf(a, "%s;VALUE=DATE:%04d%02d%02d",
                                           name, c.year, c.month, c.day));
        } else if (value.n == 22 &&
                   time_parse_rfc3339(arena_printf(a, "%.16s:00%.6s", value.p,
                                                   value.p + 16),
                                      &at, NULL) == 0) {
                put_raw(a, out, name, stamp(a, at));
        }
}

static bool is_dated(const struct block *item)
{
        struct str at = model_attr(&item->attrs, "at");
        struct civil c;

        return (at.n == 10 || at.n == 22) &&
               time_parse_date(str_sub(at, 0, 10), &c, NULL) == 0;
}

/* "**Monetary policy**: The minutes come out." as category and title. */
static void put_words(struct arena *a, struct buf *out,
                      const struct press *press, const struct runs_parts *p)
{
        struct str colon = phrases_get(press->phrases, "topic.colon"),
                   stop = phrases_get(press->phrases, "stop");
        bool has_topic = p->n_text > 1 && p->text[0].is_strong;
        struct str title =
                runs_plain(a, p->text + has_topic, p->n_text - has_topic);

        if (has_topic) {
                put_text(a, out, "CATEGORIES", runs_trim(p->text[0].text));
                if (str_starts(title, colon))
                        title = str_sub(title, colon.n, title.n);
        }
        title = runs_trim(title);
        if (str_ends(title, stop))
                title = str_sub(title, 0, title.n - stop.n);
        put_text(a, out, "SUMMARY", title);
}

static void put_event(struct arena *a, struct buf *out,
                      const struct press *press, const struct issue *issue,
                      const struct block *item)
{
        struct runs_parts parts = runs_part(a, item->runs, item->n_runs);
        struct str at = model_attr(&item->attrs, "at"),
                   until = model_attr(&item->attrs, "until"),
                   words = runs_plain(a, parts.text, parts.n_text);
        struct str event = model_attr(&item->attrs, "event");
        /* The same event in tomorrow's agenda has the same name. */
        struct str key =
                event.n ? arena_printf(a, "event " STR_FMT, STR_ARG(event))
                        : arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(at),
                                       STR_ARG(words));

        put_line(out, STR("BEGIN:VEVENT"));
        put_raw(a, out, "UID",
                arena_printf(a, "%016llx@" STR_FMT,
                             (unsigned long long)hash_stable(key),
                             STR_ARG(url_host(a, press->url))));
        put_raw(a, out, "DTSTAMP", stamp(a, issue->row.published_at));
        put_time(a, out, "DTSTART", at, 0);
        if (until.n == at.n)
                put_time(a, out, "DTEND", until, 1);
        put_words(a, out, press, &parts);
        put_text(a, out, "LOCATION", model_attr(&item->attrs, "place"));
        for (size_t i = 0; i < parts.n_credits; i++)
                if (html_url_ok(parts.credits[i].url)) {
                        put_raw(a, out, "URL", parts.credits[i].url);
                        break;
                }
        if (model_has_class(&item->attrs, "tentative"))
                put_line(out, STR("STATUS:TENTATIVE"));
        put_text(a, out, "X-BULLDOG-EXPECTED",
                 model_attr(&item->attrs, "expected"));
        put_text(a, out, "X-BULLDOG-PREVIOUS",
                 model_attr(&item->attrs, "previous"));
        put_line(out, STR("END:VEVENT"));
}

/* Each dated item of each agenda: put, or (out NULL) only found. */
static bool each_date(struct arena *a, struct buf *out,
                      const struct press *press, const struct issue *issue)
{
        const struct edition *e = issue->edition;
        bool is_there = false;

        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *s = &e->sections[i];

                for (size_t k = 0; s->kind == SECTION_AGENDA && k < s->n_blocks;
                     k++) {
                        const struct block *list = &s->blocks[k];

                        for (size_t n = 0; n < list->n_children; n++) {
                                if (!is_dated(&list->children[n]))
                                        continue;
                                is_there = true;
                                if (out)
                                        put_event(a, out, press, issue,
                                                  &list->children[n]);
                        }
                }
        }
        return is_there;
}

bool dates_there(const struct edition *e)
{
        const struct issue issue = { .edition = e };

        return each_date(NULL, NULL, NULL, &issue);
}

int dates_calendar(struct arena *a, const struct press *press,
                   const struct issue *issue, struct str *ret, struct err *err)
{
        struct buf out;
        int rc = 0;

        if (!dates_there(issue->edition)) {
                *ret = STR_NULL;
                return 0;
        }
        buf_init(&out, LIMIT_OUTPUT_B);
        put_line(&out, STR("BEGIN:VCALENDAR"));
        put_line(&out, STR("VERSION:2.0"));
        put_line(&out, STR("PRODID:-//Bulldog//" BULLDOG_VERSION "//EN"));
        put_text(a, &out, "X-WR-CALNAME", press->name);
        (void)each_date(a, &out, press, issue);
        put_line(&out, STR("END:VCALENDAR"));
        if (buf_ok(&out))
                *ret = arena_str(a, buf_str(&out));
        else
                rc = err_set(err, ERR_LIMIT,
                             "the agenda's calendar is over "
                             "%d bytes",
                             LIMIT_OUTPUT_B);
        buf_done(&out);
        return rc;
}
