#include "press/runs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

struct str runs_plain(struct arena *a, const struct run *runs, size_t n)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < n; i++) {
                if (runs[i].is_break)
                        buf_char(&b, ' ');
                buf_put(&b, runs[i].text);
        }

        struct str s = arena_str(a, utf8_fold_space(a, buf_str(&b)));

        buf_done(&b);
        return s.p ? s : STR("");
}

/* Scripts that part no words count two characters as one. */
static bool is_wordless(uint32_t c)
{
        return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff);
}

size_t runs_words(struct str text)
{
        size_t words = 0, signs = 0;
        bool inside = false;

        while (text.n) {
                uint32_t c = utf8_next(&text);
                bool is_space = utf8_is_space(c);

                if (is_wordless(c))
                        signs++;
                else if (!is_space && !inside)
                        words++;
                inside = !is_space;
        }
        return words + signs / 2;
}

/* What may stand between two credits, besides blanks. */
static bool is_point(uint32_t c)
{
        static const uint32_t points[] = { ',',    ';',    '|',   0xb7,  0x2022,
                                           0x2013, 0x2014, 0x60c, 0x3001 };

        for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
                if (points[i] == c)
                        return true;
        return utf8_is_space(c);
}

static bool is_separator(struct str s)
{
        while (s.n)
                if (!is_point(utf8_next(&s)))
                        return false;
        return true;
}

struct str runs_trim(struct str s)
{
        struct str rest = s;
        size_t end = 0;

        while (rest.n && is_point(utf8_next(&rest)))
                s = rest;
        rest = s;
        while (rest.n)
                if (!is_point(utf8_next(&rest)))
                        end = s.n - rest.n;
        return str_sub(s, 0, end);
}

/* Does a sentence end here? Quotation marks and brackets may follow the stop.
 */
static bool ends_sentence(struct str s)
{
        static const uint32_t stops[] = {
                '.',    '!',    '?',   0x2026, 0x3002,
                0xff01, 0xff1f, 0x6d4, 0x61f,  0x964
        };
        uint32_t last = '.'; /* nothing before it: as good as an end */

        while (s.n) {
                uint32_t c = utf8_next(&s);

                if (c != '"' && c != '\'' && c != ')' && c != ']' &&
                    c != 0x201d && c != 0x201c && c != 0x2019 && c != 0xbb &&
                    c != 0xab && c != 0x300d && !utf8_is_space(c))
                        last = c;
        }
        for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
                if (stops[i] == last)
                        return true;
        return false;
}

/*
 * Where in a text that stands before a link a byline begins: after a sentence,
 * "\u2014 Ines Quayle, ". STR_NONE when there is none.
 */
static size_t byline_at(struct str s, bool is_first)
{
        size_t at = STR_NONE;

        for (size_t i = str_find(s, STR("\u2014"), 0); i != STR_NONE;
             i = str_find(s, STR("\u2014"), i + 1))
                at = i;
        if (at == STR_NONE || is_separator(str_sub(s, at, s.n)))
                return STR_NONE;
        if (is_first && !str_trim(str_sub(s, 0, at)).n)
                return STR_NONE;
        return ends_sentence(str_sub(s, 0, at)) ? at : STR_NONE;
}

/* The first of the links at the end, with only separators between; n: none. */
static size_t first_link(const struct run *runs, size_t n)
{
        size_t first = n, i = n;

        while (i > 0 && !runs[i - 1].url.n && is_separator(runs[i - 1].text))
                i--;
        while (i > 0 && runs[i - 1].url.n) {
                first = --i;
                while (i > 0 && !runs[i - 1].url.n &&
                       is_separator(runs[i - 1].text))
                        i--;
        }
        return first;
}

/* Cut run k in two at byte at: the front ends the text, the rest is a credit.
 */
static struct runs_parts cut(struct arena *a, const struct run *runs, size_t n,
                             size_t k, size_t at)
{
        struct run *copy = arena_array(a, n + 1, sizeof(*copy));

        for (size_t i = 0; i < n; i++)
                copy[i + (i > k)] = runs[i];
        copy[k + 1] = runs[k];
        copy[k].text = str_sub(runs[k].text, 0, at);
        copy[k + 1].text = str_sub(runs[k].text, at, runs[k].text.n);
        return (struct runs_parts) { copy, copy + k + 1, k + 1, n - k };
}

struct runs_parts runs_part(struct arena *a, const struct run *runs, size_t n)
{
        size_t first = first_link(runs, n), at;
        const struct run *last = first && first < n ? &runs[first - 1] : NULL;

        if (!last) /* no links, or nothing would be left to read */
                return (struct runs_parts) { runs, n ? runs + n : runs, n, 0 };
        if (ends_sentence(last->text))
                return (struct runs_parts) { runs, runs + first, first,
                                             n - first };
        at = last->url.n ? STR_NONE : byline_at(last->text, first == 1);
        if (at != STR_NONE)
                return cut(a, runs, n, first - 1, at);
        return (struct runs_parts) { runs, runs + n, n, 0 };
}
