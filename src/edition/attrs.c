#include "edition/attrs.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static bool is_name_char(char c)
{
        return chr_is_alnum(c) || (unsigned char)c >= 0x80 ||
               (c && strchr("-_:.", c));
}

static bool is_name_start(char c)
{
        return chr_is_alpha(c) || (unsigned char)c >= 0x80 || c == '_';
}

/* Take a name off the front of *s; empty when there is none. */
static struct str take_name(struct str *s)
{
        size_t n = 0;

        if (s->n && is_name_start(s->p[0]))
                while (n < s->n && is_name_char(s->p[n]))
                        n++;
        struct str name = str_sub(*s, 0, n);

        *s = str_sub(*s, n, s->n);
        return name;
}

static bool is_bare(char c)
{
        return c && !chr_is_space(c) && !strchr("\"{}", c);
}

static bool take_bare(struct str *s, struct str *ret)
{
        size_t n = 0;

        while (n < s->n && is_bare(s->p[n]))
                n++;
        *ret = str_sub(*s, 0, n);
        *s = str_sub(*s, n, s->n);
        return n > 0;
}

/* *s stands behind the opening quotation mark. */
static bool take_quoted(struct arena *a, struct str *s, struct str *ret)
{
        size_t end = 0, n = 0;

        while (end < s->n && s->p[end] != '"')
                end += s->p[end] == '\\' ? 2 : 1;
        if (end >= s->n)
                return false;

        char *p = arena_alloc(a, end + 1);

        for (size_t i = 0; i < end; i++) {
                char c = s->p[i];

                if (c == '\\' && (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
                        c = s->p[++i];
                p[n++] = c == '\n' ? ' ' : c;
        }
        *ret = (struct str) { p, n };
        *s = str_sub(*s, end + 1, s->n);
        return true;
}

/* One attribute off the front of *s. */
static bool take_attr(struct arena *a, struct str *s, struct attr *ret)
{
        char c = s->p[0];

        if (c == '.' || c == '#') {
                *s = str_sub(*s, 1, s->n);
                ret->key = c == '.' ? STR("") : STR("id");
                ret->value = take_name(s);
                return ret->value.n > 0;
        }
        ret->key = take_name(s);
        if (!ret->key.n || !s->n || s->p[0] != '=')
                return false;
        *s = str_sub(*s, 1, s->n);
        if (!s->n || s->p[0] != '"')
                return take_bare(s, &ret->value);
        *s = str_sub(*s, 1, s->n);
        return take_quoted(a, s, &ret->value);
}

/* s starts behind a brace and must be used up by attributes and "}". */
static bool parse_list(struct arena *a, struct str s, struct attrs *ret)
{
        struct attr items[ATTRS_MAX];
        size_t n = 0;

        for (;;) {
                size_t before = s.n;

                while (s.n && chr_is_space(s.p[0]))
                        s = str_sub(s, 1, s.n);
                if (!s.n)
                        return false;
                if (s.p[0] == '}')
                        break;
                /* A blank parts two of them. */
                if (n == ATTRS_MAX || (n && before == s.n) ||
                    !take_attr(a, &s, &items[n++]))
                        return false;
        }
        if (s.n != 1 || !n)
                return false;
        ret->items = arena_array(a, n, sizeof(*ret->items));
        ret->n = n;
        memcpy(ret->items, items, n * sizeof(*items));
        return true;
}

static bool is_escaped(struct str s, size_t at)
{
        size_t n = 0;

        while (n < at && s.p[at - n - 1] == '\\')
                n++;
        return n % 2 == 1;
}

bool attrs_cut(struct arena *a, struct str *text, struct attrs *ret)
{
        struct str s = *text;

        while (s.n && chr_is_space(s.p[s.n - 1]))
                s.n--;
        if (!s.n || s.p[s.n - 1] != '}')
                return false;

        size_t from = s.n > ATTRS_MAX_B ? s.n - ATTRS_MAX_B : 0;

        for (size_t at = str_chr(s, '{', from); at != STR_NONE;
             at = str_chr(s, '{', at + 1)) {
                if (at > 0 && !chr_is_space(s.p[at - 1]))
                        continue;
                if (is_escaped(s, at) ||
                    !parse_list(a, str_sub(s, at + 1, s.n), ret))
                        continue;
                while (at > 0 && chr_is_space(s.p[at - 1]))
                        at--;
                *text = str_sub(s, 0, at);
                return true;
        }
        return false;
}

static bool is_plain_value(struct str v)
{
        for (size_t i = 0; i < v.n; i++)
                if (!is_bare(v.p[i]) || v.p[i] == '\\')
                        return false;
        return v.n > 0;
}

static void put_value(struct buf *out, struct str v)
{
        if (is_plain_value(v)) {
                buf_put(out, v);
                return;
        }
        buf_char(out, '"');
        for (size_t i = 0; i < v.n; i++) {
                if (v.p[i] == '"' || v.p[i] == '\\')
                        buf_char(out, '\\');
                buf_char(out, chr_is_space(v.p[i]) ? ' ' : v.p[i]);
        }
        buf_char(out, '"');
}

static bool is_name(struct str s)
{
        struct str rest = s;

        return take_name(&rest).n > 0 && rest.n == 0;
}

static void put_attr(struct buf *out, const struct attr *at)
{
        if (!at->key.n) {
                buf_char(out, '.');
                buf_put(out, at->value);
        } else if (str_eq(at->key, STR("id")) && is_name(at->value)) {
                buf_char(out, '#');
                buf_put(out, at->value);
        } else {
                buf_put(out, at->key);
                buf_char(out, '=');
                put_value(out, at->value);
        }
}

void attrs_put(struct buf *out, const struct attrs *attrs)
{
        for (size_t i = 0; i < attrs->n; i++) {
                buf_char(out, i ? ' ' : '{');
                put_attr(out, &attrs->items[i]);
        }
        if (attrs->n)
                buf_char(out, '}');
}

struct str attrs_get(const struct attrs *attrs, const char *key)
{
        for (size_t i = 0; i < attrs->n; i++)
                if (str_eq(attrs->items[i].key, str_c(key)))
                        return attrs->items[i].value;
        return STR_NULL;
}

bool attrs_has_class(const struct attrs *attrs, const char *name)
{
        for (size_t i = 0; i < attrs->n; i++)
                if (!attrs->items[i].key.n &&
                    str_eq(attrs->items[i].value, str_c(name)))
                        return true;
        return false;
}

void attrs_add(struct arena *a, struct attrs *attrs, const char *key,
               struct str value)
{
        struct attr *items =
                arena_array(a, attrs->n + 1, sizeof(*attrs->items));

        if (attrs->n)
                memcpy(items, attrs->items, attrs->n * sizeof(*items));
        items[attrs->n] = (struct attr) { str_c(key), value };
        attrs->items = items;
        attrs->n++;
}
