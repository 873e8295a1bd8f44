#include "base/csv.h"

#include "base/arena.h"
#include "base/buf.h"

#define SAMPLE_LINES 8
#define SHOWN_B 40

/* How often sep stands in the line outside of quotes. */
static size_t count_sep(struct str line, char sep)
{
        size_t n = 0;
        bool quoted = false;

        for (size_t i = 0; i < line.n; i++) {
                quoted ^= line.p[i] == '"';
                n += !quoted && line.p[i] == sep;
        }
        return n;
}

/* In how many of the first lines sep stands as often as in the first; 0: it
 * doesn't stand there. */
static size_t count_alike(struct str text, char sep)
{
        struct str line;
        size_t first = 0, alike = 0;

        for (int i = 0; i < SAMPLE_LINES && str_cut(&text, '\n', &line);) {
                if (!str_trim(line).n)
                        continue;
                size_t n = count_sep(line, sep);

                if (i++ == 0)
                        first = n;
                alike += n > 0 && n == first;
        }
        return alike;
}

/* A comma may be a decimal one, so the others are asked first. */
static char guess_sep(struct str text)
{
        static const char seps[] = { '\t', ';', ',' };
        size_t most = 0;
        char best = ',';

        for (size_t i = 0; i < sizeof(seps); i++) {
                size_t n = count_alike(text, seps[i]);

                if (n > most) {
                        most = n;
                        best = seps[i];
                }
        }
        return best;
}

struct csv csv_open(struct str text, char sep)
{
        if (str_starts(text, STR("\xEF\xBB\xBF")))
                text = str_sub(text, 3, text.n);
        return (struct csv) { text, sep ? sep : guess_sep(text), 1 };
}

/* Without the doubled quotes; in a. */
static struct str undouble(struct arena *a, struct str s)
{
        char *out = arena_room(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                out[n++] = s.p[i];
                i += s.p[i] == '"';
        }
        return (struct str) { out, n };
}

/* A quoted field; c->rest stands after its first quote. */
static int take_quoted(struct arena *a, struct csv *c, struct str *ret,
                       struct err *err)
{
        struct str s = c->rest;
        size_t i = 0;
        bool doubled = false;
        int lines = 0;

        for (; i < s.n; i++) {
                lines += s.p[i] == '\n';
                if (s.p[i] != '"')
                        continue;
                if (i + 1 >= s.n || s.p[i + 1] != '"')
                        break;
                doubled = true;
                i++;
        }
        if (i == s.n)
                return err_set(err, ERR_INPUT,
                               "line %d: a field begins with a quote that is "
                               "not closed: \"%.40s",
                               c->line,
                               arena_cstr(a, str_sub(s, 0, SHOWN_B)));
        *ret = str_sub(s, 0, i);
        if (doubled)
                *ret = undouble(a, *ret);
        c->rest = str_sub(s, i + 1, s.n);
        c->line += lines;
        return 0;
}

static size_t plain_length(const struct csv *c)
{
        struct str s = c->rest;
        size_t i = 0;

        while (i < s.n && s.p[i] != c->sep && s.p[i] != '\n' && s.p[i] != '\r')
                i++;
        return i;
}

static void skip(struct csv *c, size_t n)
{
        c->rest = str_sub(c->rest, n, c->rest.n);
}

static int take_field(struct arena *a, struct csv *c, struct str *ret,
                      struct err *err)
{
        if (c->rest.n && c->rest.p[0] == '"') {
                skip(c, 1);
                return take_quoted(a, c, ret, err);
        }

        size_t n = plain_length(c);

        *ret = str_sub(c->rest, 0, n);
        skip(c, n);
        return 0;
}

/* CR LF, LF or CR alone. */
static void skip_line_ends(struct csv *c)
{
        struct str s = c->rest;
        size_t i = 0;

        for (; i < s.n && (s.p[i] == '\n' || s.p[i] == '\r'); i++)
                c->line += s.p[i] == '\n' || i + 1 >= s.n || s.p[i + 1] != '\n';
        c->rest = str_sub(s, i, s.n);
}

int csv_next(struct arena *a, struct csv *c, struct csv_row *ret,
             struct err *err)
{
        ret->n = 0;
        skip_line_ends(c);
        ret->line = c->line;
        if (!c->rest.n)
                return 0;
        for (;;) {
                if (ret->n == CSV_FIELDS_MAX)
                        return err_set(err, ERR_LIMIT,
                                       "line %d: it has over %d fields",
                                       ret->line, CSV_FIELDS_MAX);
                int rc = take_field(a, c, &ret->fields[ret->n], err);

                if (rc < 0)
                        return rc;
                ret->n++;
                if (!c->rest.n || c->rest.p[0] != c->sep)
                        break;
                skip(c, 1);
        }
        /* What follows a closing quote before the line's end is dropped. */
        while (c->rest.n && c->rest.p[0] != '\n' && c->rest.p[0] != '\r')
                skip(c, 1);
        skip_line_ends(c);
        return 1;
}

void csv_put(struct buf *out, struct str field, bool is_first)
{
        bool quoted = str_trim(field).n != field.n;

        for (size_t i = 0; i < field.n; i++)
                quoted |= field.p[i] == '"' || field.p[i] == ',' ||
                          field.p[i] == '\n' || field.p[i] == '\r';
        if (!is_first)
                buf_char(out, ',');
        if (!quoted) {
                buf_put(out, field);
                return;
        }
        buf_char(out, '"');
        for (size_t i = 0; i < field.n; i++) {
                if (field.p[i] == '"')
                        buf_char(out, '"');
                buf_char(out, field.p[i]);
        }
        buf_char(out, '"');
}
