#include "edition/opening.h"

#include <stdint.h>
#include <string.h>

#include "base/scan.h"

#define TAB 4
#define NUMBER_DIGITS 9
#define CONTENT_BLANKS 4

size_t opening_indent(struct str line)
{
        size_t columns = 0;

        for (size_t i = 0; i < line.n; i++) {
                if (line.p[i] == ' ')
                        columns++;
                else if (line.p[i] == '\t')
                        columns += TAB - columns % TAB;
                else
                        break;
        }
        return columns;
}

struct str opening_outdent(struct str line, size_t columns)
{
        size_t at = 0, i = 0;

        while (i < line.n && at < columns) {
                if (line.p[i] == ' ')
                        at++;
                else if (line.p[i] == '\t')
                        at += TAB - at % TAB;
                else
                        break;
                i++;
        }
        return str_sub(line, i, line.n);
}

static struct str trim_left(struct str s)
{
        while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
                s = str_sub(s, 1, s.n);
        return s;
}

static size_t run_of(struct str s, char c)
{
        size_t n = 0;

        while (n < s.n && s.p[n] == c)
                n++;
        return n;
}

static bool is_blank(struct str s)
{
        return str_trim(s).n == 0;
}

/* Three or more of one mark and nothing else but blanks. */
static bool is_rule(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == s.p[0])
                        n++;
                else if (!chr_is_space(s.p[i]))
                        return false;
        }
        return n >= 3;
}

static bool is_fence(struct str s, struct opening *o)
{
        size_t n = run_of(s, s.p[0]);

        if (n < 3)
                return false;
        o->rest = str_trim(str_sub(s, n, s.n));
        if (s.p[0] == '`' && str_chr(o->rest, '`', 0) != STR_NONE)
                return false;
        o->kind = OPENING_FENCE;
        o->mark = s.p[0];
        o->level = n > 1000 ? 1000 : (int)n;
        return true;
}

static bool is_heading(struct str s, struct opening *o)
{
        size_t n = run_of(s, '#');

        if (n > 6 || (n < s.n && !chr_is_space(s.p[n])))
                return false;
        o->kind = OPENING_HEADING;
        o->level = (int)n;
        o->rest = str_trim(str_sub(s, n, s.n));
        return true;
}

/* s begins with a mark of n bytes; blank or nothing must follow. */
static bool is_item(struct str s, size_t n, enum opening_kind kind,
                    struct opening *o)
{
        struct str rest = str_sub(s, n, s.n);

        if (rest.n && rest.p[0] != ' ' && rest.p[0] != '\t')
                return false;

        size_t blanks = opening_indent(rest);
        bool is_empty = is_blank(rest);

        if (is_empty || blanks > CONTENT_BLANKS)
                blanks = 1;
        o->kind = kind;
        o->mark = s.p[n - 1];
        o->content = o->indent + n + blanks;
        o->rest = is_empty ? STR("") : opening_outdent(rest, blanks);
        return true;
}

static bool is_number(struct str s, struct opening *o)
{
        struct str rest = s;
        int64_t number;

        if (scan_digits(&rest, NUMBER_DIGITS, &number) < 0 || !rest.n ||
            (rest.p[0] != '.' && rest.p[0] != ')'))
                return false;
        o->level = (int)number;
        return is_item(s, s.n - rest.n + 1, OPENING_NUMBER, o);
}

struct opening opening_of(struct str line)
{
        struct opening o = { .indent = opening_indent(line) };
        struct str s = trim_left(line);

        if (is_blank(s)) {
                o.kind = OPENING_BLANK;
                return o;
        }
        char c = s.p[0];

        if ((c == '`' || c == '~') && is_fence(s, &o))
                return o;
        if (c == '#' && is_heading(s, &o))
                return o;
        if ((c == '-' || c == '*' || c == '_') && is_rule(s)) {
                o.kind = OPENING_RULE;
                return o;
        }
        if (c == '>') {
                o.kind = OPENING_QUOTE;
                o.rest = opening_outdent(str_sub(s, 1, s.n), 1);
                return o;
        }
        if ((c == '-' || c == '+' || c == '*') &&
            is_item(s, 1, OPENING_BULLET, &o))
                return o;
        if (chr_is_digit(c))
                (void)is_number(s, &o);
        return o;
}

bool opening_interrupts(const struct opening *o)
{
        switch (o->kind) {
        case OPENING_BULLET:
                return o->rest.n > 0;
        case OPENING_NUMBER:
                return o->rest.n > 0 && o->level == 1;
        case OPENING_NONE:
                return false;
        default:
                return true;
        }
}

int opening_underline(struct str line)
{
        struct str s = str_trim(line);

        if (!s.n || (s.p[0] != '=' && s.p[0] != '-') ||
            run_of(s, s.p[0]) != s.n)
                return 0;
        return s.p[0] == '=' ? 1 : 2;
}

bool opening_ends_fence(const struct opening *fence, struct str line)
{
        struct str s = str_trim(line);

        return s.n >= (size_t)fence->level && run_of(s, fence->mark) == s.n;
}
