/* How wide words are, and where they are cut. */

#include "press/scene.h"

#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"

#define ELLIPSIS "\u2026"

/* Letters that the table lacks: those of the east are square, marks above and
 * below take no room, the rest is as wide as a middling letter. */
#define WIDE 1000
#define MIDDLING 580

struct range {
        uint32_t from, to;
        const uint16_t *widths;
};

#define REGULAR(first, last, ...)                                              \
        { first, last, (const uint16_t[]) { __VA_ARGS__ } },
#define BOLD(first, last, ...)
static const struct range regular[] = {
#include "press/width.def"
};
#undef REGULAR
#undef BOLD
#define REGULAR(first, last, ...)
#define BOLD(first, last, ...)                                                 \
        { first, last, (const uint16_t[]) { __VA_ARGS__ } },
static const struct range heavy[] = {
#include "press/width.def"
};

static unsigned letter_width(uint32_t c, bool bold)
{
        const struct range *r = bold ? heavy : regular;
        int kind;

        for (size_t i = 0; i < sizeof(regular) / sizeof(*regular); i++)
                if (c >= r[i].from && c <= r[i].to)
                        return r[i].widths[c - r[i].from];
        kind = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
        if (kind == U_EA_WIDE || kind == U_EA_FULLWIDTH)
                return WIDE;
        kind = u_charType((UChar32)c);
        if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK ||
            kind == U_FORMAT_CHAR || kind == U_CONTROL_CHAR)
                return 0;
        return MIDDLING;
}

double words_width(struct str s, double size, bool bold)
{
        double sum = 0;

        while (s.n)
                sum += letter_width(utf8_next(&s), bold);
        return sum * size / 1000;
}

/* How many bytes of s fit into width. */
static size_t fitting(struct str s, double size, bool bold, double width)
{
        struct str rest = s;
        double sum = 0;

        while (rest.n) {
                size_t n = s.n - rest.n;

                sum += letter_width(utf8_next(&rest), bold) * size / 1000;
                if (sum > width)
                        return n;
        }
        return s.n;
}

struct str words_fit(struct arena *a, struct str s, double size, bool bold,
                     double width)
{
        if (fitting(s, size, bold, width) == s.n)
                return s;
        double dots = words_width(STR(ELLIPSIS), size, bold);
        struct str cut = str_sub(s, 0, fitting(s, size, bold, width - dots));

        return arena_printf(a, STR_FMT ELLIPSIS, STR_ARG(str_trim(cut)));
}

/* Up to where a line goes: behind its last blank or dash that fits; a word that
 * doesn't fit a line is broken. */
static size_t line_end(struct str s, double size, bool bold, double width)
{
        size_t fit = fitting(s, size, bold, width), n = fit;

        if (fit == s.n || s.p[fit] == ' ')
                return fit;
        while (n && s.p[n - 1] != ' ' && s.p[n - 1] != '-')
                n--;
        if (n)
                return n;
        if (fit)
                return fit;
        struct str rest = s; /* one letter at least, so that it ends */

        (void)utf8_next(&rest);
        return s.n - rest.n;
}

size_t words_wrap(struct arena *a, struct str s, double size, bool bold,
                  double width, struct str *ret, size_t max)
{
        size_t n = 0;

        s = str_trim(s);
        while (s.n && n < max) {
                size_t end =
                        n + 1 == max ? s.n : line_end(s, size, bold, width);

                ret[n] = str_trim(str_sub(s, 0, end));
                if (n + 1 == max)
                        ret[n] = words_fit(a, ret[n], size, bold, width);
                n++;
                s = str_trim(str_sub(s, end, s.n));
        }
        return n;
}

bool words_are_rtl(struct str s)
{
        while (s.n) {
                UCharDirection d = u_charDirection((UChar32)utf8_next(&s));

                if (d == U_LEFT_TO_RIGHT)
                        return false;
                if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC)
                        return true;
        }
        return false;
}
