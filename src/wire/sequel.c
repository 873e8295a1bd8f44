#include "wire/sequel.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/scan.h"
#include "base/url.h"

#define EXTENSION_MAX 6 /* ".shtml" */

/* What sites call a page. */
static const char *const words[] = { "page",   "p",     "pg",     "pag",
                                     "pagina", "paged", "pageno", "seite",
                                     "strona", "sida",  "side",   "sayfa",
                                     "sivu",   "oldal", "strana", "pagenr",
                                     "stran",  "sayfa", "pages",  "pagenum" };

static bool is_word(struct str s)
{
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
                if (str_eq_nocase(s, str_c(words[i])))
                        return true;
        return false;
}

static bool is_mark(char c)
{
        return c == '-' || c == '_' || c == '/' || c == ',' || c == '.';
}

/* 1 to SEQUEL_MAX, no zero ahead; else 0. */
static int number_of(struct str s)
{
        int64_t n = 0;

        if (!s.n || s.n > 2 || s.p[0] == '0' || scan_digits(&s, 2, &n) < 0 ||
            s.n)
                return 0;
        return (int)n;
}

/* Cut "-2", "/page/2", ",2", "_p2" off the end of path. With bare, a number
 * needs no word before it. The number, or 0 and path as it was. */
static int cut_number(struct str *path, bool bare)
{
        size_t end = path->n, word_end;
        int n;

        while (end && chr_is_digit(path->p[end - 1]))
                end--;
        n = number_of(str_sub(*path, end, path->n));
        word_end = end;
        while (word_end && is_mark(path->p[word_end - 1]))
                word_end--;
        size_t word = word_end;
        while (word && chr_is_alpha(path->p[word - 1]))
                word--;
        bool has_mark = word && is_mark(path->p[word - 1]);
        if (n && has_mark && is_word(str_sub(*path, word, word_end - word))) {
                while (word && is_mark(path->p[word - 1]))
                        word--;
                path->n = word;
                return n;
        }
        if (!n || !bare || word_end == end)
                return 0;
        path->n = word_end;
        return n;
}

/* An address without its page's number. */
struct stem {
        struct str host, path, extension;
        struct str query; /* without the page */
        int number;       /* 1 when none is named */
};

/* The query without its page, whose number is put into *ret_number. */
static struct str cut_parameter(struct arena *a, struct str query,
                                int *ret_number)
{
        struct str rest = query, part, out = STR("");

        while (str_cut(&rest, '&', &part)) {
                size_t eq = str_chr(part, '=', 0);
                int n = eq == STR_NONE
                                ? 0
                                : number_of(str_sub(part, eq + 1, part.n));

                if (n && is_word(str_sub(part, 0, eq)))
                        *ret_number = n;
                else
                        out = arena_printf(a, STR_FMT "%s" STR_FMT,
                                           STR_ARG(out), out.n ? "&" : "",
                                           STR_ARG(part));
        }
        return out;
}

static struct stem take_apart(struct arena *a, struct str url)
{
        struct url u = url_split(url_identity(a, url));
        struct stem s = { .path = u.path, .extension = STR(""), .number = 1 };
        size_t dot = u.path.n;

        s.host = arena_printf(a, STR_FMT ":" STR_FMT, STR_ARG(u.host),
                              STR_ARG(u.port));
        s.query = cut_parameter(a, u.query, &s.number);
        while (dot && chr_is_alpha(u.path.p[dot - 1]))
                dot--;
        if (dot > 1 && u.path.p[dot - 1] == '.' && dot < u.path.n &&
            u.path.n - dot < EXTENSION_MAX) {
                s.path = str_sub(u.path, 0, dot - 1);
                s.extension = str_sub(u.path, dot - 1, u.path.n);
        }
        return s;
}

/* The number that path has behind first's, or 0. */
static int number_behind(struct str first, struct str path)
{
        struct str stem = path, start = first;
        int n = cut_number(&stem, true);

        if (n > 1 && str_eq(stem, first))
                return n;
        /* The first one has its number as well: "/story/page/1". */
        if (n > 1 && cut_number(&start, false) == 1 && str_eq(stem, start))
                return n;
        return 0;
}

int sequel_number(struct arena *a, struct str first, struct str url)
{
        struct stem f = take_apart(a, first), u = take_apart(a, url);

        if (!url_is_http(first) || !url_is_http(url) ||
            !str_eq(f.host, u.host) || f.number != 1 || f.path.n < 2)
                return 0;
        if (str_eq(f.path, u.path))
                return str_eq(f.query, u.query) &&
                                       str_eq(f.extension, u.extension)
                               ? u.number
                               : 0;
        if (u.number != 1 || !str_eq(f.query, u.query) ||
            (u.extension.n && !str_eq(f.extension, u.extension)))
                return 0;
        return number_behind(f.path, u.path);
}

struct str sequel_first(struct arena *a, struct str url, int *ret_number)
{
        struct stem s = take_apart(a, url);
        struct url u = url_split(url);
        int n = s.number;

        if (n == 1)
                n = cut_number(&s.path, true);
        if (n < 2 || s.path.n < 2)
                return STR_NULL;
        *ret_number = n;
        return arena_printf(
                a,
                STR_FMT "://" STR_FMT "%s" STR_FMT STR_FMT STR_FMT "%s" STR_FMT,
                STR_ARG(u.scheme), STR_ARG(u.host), u.port.n ? ":" : "",
                STR_ARG(u.port), STR_ARG(s.path), STR_ARG(s.extension),
                s.query.n ? "?" : "", STR_ARG(s.query));
}
