#include "edition/front.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/scan.h"
#include "base/time.h"

#define KEYS_MAX 100
#define CONTRIBUTORS_MAX 200

struct front {
        struct reader *r;
        struct edition *e;
        size_t cap_extra, cap_contributors;
        unsigned seen; /* a bit for each known key */
        int n_keys;
};

enum known { SERIES, NUMBER, DATE, TITLE, LANGUAGE, CONTRIBUTORS, KNOWN_N };

static const char *const known_names[KNOWN_N] = { "series",   "number",
                                                  "date",     "title",
                                                  "language", "contributors" };

static bool is_marker(struct str s)
{
        return str_eq(str_trim(s), STR("---")) && s.p[0] == '-';
}

static bool is_end(struct str s)
{
        return s.n && (is_marker(s) || str_eq(str_trim(s), STR("...")));
}

/* A scalar at the front of *s, up to a comma or bracket when in a list. */
static int take_scalar(struct front *f, struct str *s, bool in_list,
                       struct str *ret)
{
        char quote = s->n ? s->p[0] : 0;
        const char *at = s->p;

        if (quote != '"' && quote != '\'') {
                size_t n = 0;

                while (n < s->n && !(in_list && strchr(",]", s->p[n])))
                        n++;
                *ret = str_trim(str_sub(*s, 0, n));
                *s = str_sub(*s, n, s->n);
                return 0;
        }
        char *p = arena_alloc(f->r->a, s->n + 1);
        size_t i = 1, n = 0;

        for (; i < s->n && s->p[i] != quote; i++) {
                if (quote == '"' && s->p[i] == '\\' && i + 1 < s->n)
                        i++;
                p[n++] = s->p[i];
                if (quote == '\'' && i + 2 < s->n && s->p[i + 1] == quote &&
                    s->p[i + 2] == quote) {
                        p[n++] = quote;
                        i += 2;
                }
        }
        if (i >= s->n)
                return reader_fail(f->r, at, ERR_INPUT,
                                   "this quotation mark is never closed");
        *ret = (struct str) { p, n };
        *s = str_sub(*s, i + 1, s->n);
        return 0;
}

static int read_scalar(struct front *f, struct str s, struct str *ret)
{
        struct str rest = s;
        int rc = take_scalar(f, &rest, false, ret);

        if (rc == 0 && str_trim(rest).n)
                return reader_fail(f->r, rest.p, ERR_INPUT,
                                   "nothing can stand behind the quotes");
        return rc;
}

static int add_contributor(struct front *f, struct str name, const char *at)
{
        struct edition *e = f->e;

        if (!name.n)
                return 0;
        if (e->n_contributors == CONTRIBUTORS_MAX)
                return reader_fail(f->r, at, ERR_LIMIT,
                                   "more than %d contributors",
                                   CONTRIBUTORS_MAX);
        ARENA_GROW(f->r->a, e->contributors, e->n_contributors,
                   f->cap_contributors);
        e->contributors[e->n_contributors++] = name;
        return 0;
}

/* "[a, b]" or a single name. */
static int read_flow(struct front *f, struct str s)
{
        struct str name;
        int rc;

        if (!s.n)
                return 0;
        if (s.p[0] != '[') {
                rc = read_scalar(f, s, &name);
                return rc < 0 ? rc : add_contributor(f, name, s.p);
        }
        struct str rest = str_sub(s, 1, s.n);

        for (;;) {
                rest = str_trim(rest);
                rc = take_scalar(f, &rest, true, &name);
                if (rc == 0)
                        rc = add_contributor(f, name, s.p);
                if (rc < 0)
                        return rc;
                rest = str_trim(rest);
                if (!rest.n || (rest.p[0] != ',' && rest.p[0] != ']'))
                        return reader_fail(f->r, s.p, ERR_INPUT,
                                           "this list lacks its ]");
                if (rest.p[0] == ']')
                        break;
                rest = str_sub(rest, 1, rest.n);
        }
        if (rest.n > 1)
                return reader_fail(f->r, rest.p + 1, ERR_INPUT,
                                   "nothing can stand behind the ]");
        return 0;
}

/* "- a" a line. */
static int read_dashes(struct front *f, struct str more)
{
        struct str line, name;

        while (str_cut(&more, '\n', &line)) {
                struct str s = str_trim(line);

                if (!s.n)
                        continue;
                if (s.p[0] != '-')
                        return reader_fail(
                                f->r, s.p, ERR_INPUT,
                                "a contributor stands behind \"- \"");
                s = str_trim(str_sub(s, 1, s.n));
                int rc = read_scalar(f, s, &name);

                if (rc == 0)
                        rc = add_contributor(f, name, s.p);
                if (rc < 0)
                        return rc;
        }
        return 0;
}

static int read_date(struct front *f, struct str value, const char *at)
{
        struct civil c;

        if (time_parse_date(value, &c, NULL) < 0)
                return reader_fail(f->r, at, ERR_INPUT,
                                   "a date is written as 2026-03-06");
        f->e->date = (struct civil) { .year = c.year,
                                      .month = c.month,
                                      .day = c.day };
        return 0;
}

static int read_known(struct front *f, enum known key, struct str value,
                      struct str more)
{
        struct edition *e = f->e;
        struct str s;
        int rc;

        if (key == CONTRIBUTORS) {
                rc = read_flow(f, value);
                return rc < 0 ? rc : read_dashes(f, more);
        }
        if (str_trim(more).n)
                return reader_fail(f->r, more.p, ERR_INPUT, "%s takes one line",
                                   known_names[key]);
        rc = read_scalar(f, value, &s);
        if (rc < 0)
                return rc;
        switch (key) {
        case SERIES:
                e->series = s;
                return 0;
        case NUMBER:
                if (scan_i64(s, 0, INT64_MAX, &e->number) < 0)
                        return reader_fail(f->r, value.p, ERR_INPUT,
                                           "the number is not a whole number");
                return 0;
        case DATE:
                return read_date(f, s, value.p);
        case TITLE:
                e->title = s;
                return 0;
        default:
                e->language = s;
                return 0;
        }
}

/* Bytes of lines from..end as they stand, with their LFs. */
static struct str raw_lines(const struct line *lines, size_t from, size_t end)
{
        if (from == end)
                return STR("");
        const struct str last = lines[end - 1].s;

        return (struct str) { lines[from].s.p,
                              (size_t)(last.p + last.n - lines[from].s.p) };
}

/* A line that belongs to the key before it. */
static bool goes_on(struct str s)
{
        return !str_trim(s).n || chr_is_space(s.p[0]) ||
               str_starts(s, STR("- ")) || str_eq(s, STR("-"));
}

static int read_key(struct front *f, const struct line *line, struct str more)
{
        struct str s = line->s, key, value;
        size_t colon = str_chr(s, ':', 0);

        if (colon == STR_NONE || colon == 0 || goes_on(s) ||
            (colon + 1 < s.n && !chr_is_space(s.p[colon + 1])))
                return reader_fail(f->r, s.p, ERR_INPUT,
                                   "a line of the front matter is written as "
                                   "\"title: Ports reopen\"");
        if (++f->n_keys > KEYS_MAX)
                return reader_fail(f->r, s.p, ERR_LIMIT,
                                   "more than %d lines of front matter",
                                   KEYS_MAX);
        key = str_trim(str_sub(s, 0, colon));
        value = str_trim(str_sub(s, colon + 1, s.n));
        for (enum known k = 0; k < KNOWN_N; k++) {
                if (!str_eq(key, str_c(known_names[k])))
                        continue;
                if (f->seen & 1u << k)
                        return reader_fail(f->r, s.p, ERR_INPUT,
                                           "%s stands here a second time",
                                           known_names[k]);
                f->seen |= 1u << k;
                return read_known(f, k, value, more);
        }
        if (more.n) /* the value goes on over several lines */
                value = (struct str) { value.n ? value.p : more.p - 1,
                                       (size_t)(more.p + more.n -
                                                (value.n ? value.p
                                                         : more.p - 1)) };
        ARENA_GROW(f->r->a, f->e->extra, f->e->n_extra, f->cap_extra);
        f->e->extra[f->e->n_extra++] = (struct attr) { key, value };
        return 0;
}

int front_read(struct reader *r, const struct line *lines, size_t n,
               struct edition *e, size_t *ret_next)
{
        struct front f = { .r = r, .e = e };
        size_t end = 1, i = 1;

        if (!n || !lines[0].s.n || !is_marker(lines[0].s))
                return reader_fail(r, r->text.p, ERR_INPUT,
                                   "a copy begins with a line \"---\" and its "
                                   "front matter");
        while (end < n && !is_end(lines[end].s))
                end++;
        if (end == n)
                return reader_fail(r, r->text.p, ERR_INPUT,
                                   "the front matter that starts here is not "
                                   "closed by \"---\"");
        while (i < end) {
                size_t next = i + 1, stop;

                while (next < end && goes_on(lines[next].s))
                        next++;
                for (stop = next;
                     stop > i + 1 && !str_trim(lines[stop - 1].s).n;)
                        stop--;
                if (str_trim(lines[i].s).n && lines[i].s.p[0] != '#') {
                        int rc = read_key(&f, &lines[i],
                                          raw_lines(lines, i + 1, stop));
                        if (rc < 0)
                                return rc;
                }
                i = next;
        }
        if (!(f.seen & 1u << DATE) || !e->title.n)
                return reader_fail(r, lines[end].s.p, ERR_INPUT,
                                   "the front matter lacks its %s",
                                   e->title.n ? "date" : "title");
        *ret_next = end + 1;
        return 0;
}

/* May it stand without quotes? */
static bool is_plain(struct str s, bool in_list)
{
        if (!s.n || chr_is_space(s.p[0]) || chr_is_space(s.p[s.n - 1]) ||
            strchr("-?:,[]{}#&*!|>'\"%@`", s.p[0]) || s.p[s.n - 1] == ':')
                return false;
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '\n' || (in_list && strchr(",[]{}", s.p[i])))
                        return false;
                if (i + 1 < s.n && ((s.p[i] == ':' && s.p[i + 1] == ' ') ||
                                    (s.p[i] == ' ' && s.p[i + 1] == '#')))
                        return false;
        }
        return true;
}

static void put_scalar(struct buf *out, struct str s, bool in_list)
{
        if (is_plain(s, in_list)) {
                buf_put(out, s);
                return;
        }
        buf_char(out, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"' || s.p[i] == '\\')
                        buf_char(out, '\\');
                buf_char(out, s.p[i] == '\n' ? ' ' : s.p[i]);
        }
        buf_char(out, '"');
}

static void put_line(struct buf *out, const char *key, struct str value)
{
        if (!value.n)
                return;
        buf_puts(out, key);
        buf_puts(out, ": ");
        put_scalar(out, value, false);
        buf_char(out, '\n');
}

void front_write(struct buf *out, const struct edition *e)
{
        buf_puts(out, "---\n");
        put_line(out, "series", e->series);
        if (e->number > 0)
                buf_printf(out, "number: %lld\n", (long long)e->number);
        buf_puts(out, "date: ");
        time_put_date(out, &e->date);
        buf_char(out, '\n');
        put_line(out, "title", e->title);
        put_line(out, "language", e->language);
        if (e->n_contributors) {
                buf_puts(out, "contributors: [");
                for (size_t i = 0; i < e->n_contributors; i++) {
                        buf_puts(out, i ? ", " : "");
                        put_scalar(out, e->contributors[i], true);
                }
                buf_puts(out, "]\n");
        }
        for (size_t i = 0; i < e->n_extra; i++) {
                struct str v = e->extra[i].value;

                buf_put(out, e->extra[i].key);
                buf_puts(out, v.n && v.p[0] != '\n' ? ": " : ":");
                buf_put(out, v);
                buf_char(out, '\n');
        }
        buf_puts(out, "---\n");
}
