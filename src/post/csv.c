#include "post/csv.h"

#include "base/arena.h"
#include "base/buf.h"

/* A quoted field; *rest stands after its first quote. */
static int take_quoted(struct arena *a, struct str *rest, struct str *ret,
                       struct err *err)
{
        char *out = arena_alloc(a, rest->n + 1);
        size_t n = 0, i = 0;

        for (; i < rest->n; i++) {
                if (rest->p[i] == '"') {
                        if (i + 1 >= rest->n || rest->p[i + 1] != '"')
                                break;
                        i++;
                }
                out[n++] = rest->p[i];
        }
        if (i == rest->n)
                return err_set(err, ERR_INPUT,
                               "a field begins with a quote that is not "
                               "closed: \"%.40s",
                               arena_cstr(a, str_sub(*rest, 0, 40)));
        *ret = (struct str) { out, n };
        *rest = str_sub(*rest, i + 1, rest->n);
        return 0;
}

static size_t plain_length(struct str s)
{
        size_t i = 0;

        while (i < s.n && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r')
                i++;
        return i;
}

static int take_field(struct arena *a, struct str *rest, struct str *ret,
                      struct err *err)
{
        if (str_starts(*rest, STR("\""))) {
                *rest = str_sub(*rest, 1, rest->n);
                return take_quoted(a, rest, ret, err);
        }

        size_t n = plain_length(*rest);
        *ret = str_sub(*rest, 0, n);
        *rest = str_sub(*rest, n, rest->n);
        return 0;
}

static void skip_line_ends(struct str *rest)
{
        while (rest->n && (*rest->p == '\n' || *rest->p == '\r'))
                *rest = str_sub(*rest, 1, rest->n);
}

int csv_next(struct arena *a, struct str *rest, struct csv_row *ret,
             struct err *err)
{
        ret->n = 0;
        if (str_starts(*rest, STR("\xEF\xBB\xBF")))
                *rest = str_sub(*rest, 3, rest->n);
        skip_line_ends(rest);
        if (!rest->n)
                return 0;
        for (;;) {
                if (ret->n == CSV_FIELDS_MAX)
                        return err_set(err, ERR_LIMIT,
                                       "a line has over %d fields",
                                       CSV_FIELDS_MAX);
                int rc = take_field(a, rest, &ret->fields[ret->n], err);

                if (rc < 0)
                        return rc;
                ret->n++;
                if (!str_starts(*rest, STR(",")))
                        break;
                *rest = str_sub(*rest, 1, rest->n);
        }
        /* What follows a closing quote before the line's end is dropped. */
        *rest = str_sub(*rest, plain_length(*rest), rest->n);
        skip_line_ends(rest);
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
