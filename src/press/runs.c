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

/* Between two credits: blanks, points, commas, bars. */
static bool is_separator(struct str s)
{
        while (s.n) {
                uint32_t c = utf8_next(&s);

                if (!utf8_is_space(c) && c != 0xb7 && c != ',' && c != ';' &&
                    c != '|' && c != 0x2022)
                        return false;
        }
        return true;
}

/* After the last link: the same, or " · 6 sources". */
static bool is_tail(struct str s)
{
        bool pointed = false;

        if (is_separator(s))
                return true;
        while (s.n && !pointed) {
                uint32_t c = utf8_next(&s);

                pointed = c == 0xb7;
                if (!pointed && !utf8_is_space(c))
                        return false;
        }
        return pointed;
}

/* Does a sentence end here? Quotation marks and brackets may follow the stop.
 */
static bool ends_sentence(struct str s)
{
        static const uint32_t stops[] = {
                '.',    '!',    '?',   0x2026, 0x3002,
                0xff01, 0xff1f, 0x6d4, 0x61f,  0x964
        };
        uint32_t last = 0;

        s = str_trim(s);
        if (!s.n)
                return true;
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

size_t runs_credits(const struct run *runs, size_t n)
{
        size_t first = n, i = n;

        while (i > 0 && !runs[i - 1].url.n && !runs[i - 1].is_strong &&
               (first == n ? is_tail(runs[i - 1].text)
                           : is_separator(runs[i - 1].text)))
                i--;
        while (i > 0 && runs[i - 1].url.n) {
                first = --i;
                while (i > 0 && !runs[i - 1].url.n &&
                       is_separator(runs[i - 1].text))
                        i--;
        }
        if (first == n || first == 0) /* nothing would be left to read */
                return n;
        return ends_sentence(runs[first - 1].text) ? first : n;
}
