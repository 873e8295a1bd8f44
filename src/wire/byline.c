#include "wire/byline.h"

#include <string.h>

#include "base/arena.h"

#define WORDS_MAX 4 /* of a name in a list */
#define PARTS ",;"
#define BRACKETS "<>()[]\"'" PARTS /* about an address, a name beside it */

/* Without blanks and any of marks at both ends. */
static struct str trim_of(struct str s, const char *marks)
{
        s = str_trim(s);
        while (s.n && strchr(marks, s.p[0]))
                s = str_trim(str_sub(s, 1, s.n));
        while (s.n && strchr(marks, s.p[s.n - 1]))
                s = str_trim(str_sub(s, 0, s.n - 1));
        return s;
}

/* The name beside a mail address; the address itself when it is alone. */
static struct str name_of(struct arena *a, struct str s)
{
        size_t mark = str_chr(s, '@', 0), from, to;

        if (mark == STR_NONE || mark == 0)
                return trim_of(s, PARTS);
        from = to = mark;
        while (from > 0 && !chr_is_space(s.p[from - 1]) &&
               !strchr("<>()[]", s.p[from - 1]))
                from--;
        while (to < s.n && !chr_is_space(s.p[to]) && !strchr("<>()[]", s.p[to]))
                to++;
        if (from == mark || memchr(s.p + mark, '.', to - mark) == NULL)
                return trim_of(s, PARTS);
        struct str before = trim_of(str_sub(s, 0, from), BRACKETS);
        struct str after = trim_of(str_sub(s, to, s.n), BRACKETS);

        if (before.n && after.n)
                return arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(before),
                                    STR_ARG(after));
        if (!before.n && !after.n)
                return str_sub(s, from, to - from);
        return before.n ? before : after;
}

/* Two to four words, none of them a number: a person, or so it seems. */
static bool is_full_name(struct str s)
{
        struct str word;
        int n = 0;

        s = str_trim(s);
        for (size_t i = 0; i < s.n; i++)
                if (chr_is_digit(s.p[i]) || s.p[i] == '@' || s.p[i] == '(')
                        return false;
        while (str_cut(&s, ' ', &word))
                n += word.n > 0;
        return n >= 2 && n <= WORDS_MAX;
}

/* Where the next sign that parts names is, how long it is. */
static size_t find_break(struct str s, size_t *ret_n)
{
        static const struct str signs[] = {
                STR_INIT(";"),   STR_INIT(", and "), STR_INIT(" and "),
                STR_INIT(" & "), STR_INIT(" | "),    STR_INIT(", ")
        };
        size_t best = STR_NONE;

        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
                size_t at = str_find(s, signs[i], 0);

                if (at < best) {
                        best = at;
                        *ret_n = signs[i].n;
                }
        }
        return best;
}

static bool has_and(struct str s)
{
        return str_find(s, STR(" and "), 0) != STR_NONE ||
               str_find(s, STR(" & "), 0) != STR_NONE ||
               str_find(s, STR(" | "), 0) != STR_NONE;
}

size_t byline_split(struct arena *a, struct str line, struct str *names)
{
        struct str rest, part[BYLINE_NAMES_MAX];
        size_t n = 0, at, len = 0;
        bool are_names = true;

        if (str_starts_nocase(line, STR("by ")) && line.n > 6)
                line = str_trim(str_sub(line, 3, line.n));
        for (rest = line; rest.n && n < BYLINE_NAMES_MAX; n++) {
                at = find_break(rest, &len);
                part[n] = str_trim(str_sub(rest, 0, at));
                rest = at == STR_NONE ? STR_NULL
                                      : str_sub(rest, at + len, rest.n);
                /* Semicolons are never part of a name. */
                are_names = are_names &&
                            (is_full_name(part[n]) || (n == 0 && !rest.n));
        }
        /* "A. Person, Political Editor": a comma alone may part a post off. */
        if (str_chr(line, ';', 0) == STR_NONE &&
            (!are_names || !has_and(line))) {
                names[0] = name_of(a, line);
                return names[0].n > 0;
        }
        for (size_t i = 0; i < n; i++)
                names[i] = name_of(a, part[i]);
        return n;
}
