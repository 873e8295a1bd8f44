#include "edition/quiz_words.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

static bool is_inner(uint32_t c)
{
        return c == '-' || c == '\'' || c == 0x2019 || c == 0x2011;
}

bool quiz_word_next(struct str text, size_t from, struct quiz_word *ret)
{
        struct str rest = str_sub(text, from, text.n);
        size_t begin = STR_NONE, end = 0;

        while (rest.n) {
                size_t at = text.n - rest.n;
                UChar32 c = (UChar32)utf8_next(&rest);

                if (u_isalnum(c)) {
                        begin = begin == STR_NONE ? at : begin;
                        end = text.n - rest.n;
                } else if (begin != STR_NONE &&
                           !(end == at && is_inner((uint32_t)c))) {
                        break;
                }
        }
        if (begin == STR_NONE)
                return false;
        *ret = (struct quiz_word) { str_sub(text, begin, end - begin), begin,
                                    end };
        return true;
}

struct str quiz_word_before(struct str text, size_t at)
{
        size_t begin = at;

        if (at < 2 || text.p[at - 1] != ' ')
                return STR_NULL;
        begin--;
        while (begin > 0 && text.p[begin - 1] != ' ')
                begin--;
        return str_sub(text, begin, at - 1 - begin);
}

struct str quiz_word_after(struct str text, size_t at)
{
        struct quiz_word w;

        if (at + 1 >= text.n || text.p[at] != ' ' ||
            !quiz_word_next(text, at + 1, &w) || w.from != at + 1)
                return STR_NULL;
        return w.text;
}

bool quiz_is_capital(struct str word)
{
        return word.n && u_isupper((UChar32)utf8_next(&word));
}

bool quiz_is_opening(struct str text, size_t at)
{
        while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\n')) {
                if (text.p[at - 1] == '\n')
                        return true;
                at--;
        }
        if (!at)
                return true;

        struct str before = str_sub(text, 0, at);

        return str_ends(before, STR(".")) || str_ends(before, STR("!")) ||
               str_ends(before, STR("?")) || str_ends(before, STR(":")) ||
               str_ends(before, STR("\"")) || str_ends(before, STR("\u201c")) ||
               str_ends(before, STR("\u201d")) ||
               str_ends(before, STR("\u00ab")) ||
               str_ends(before, STR("\u201e")) ||
               str_ends(before, STR("\u2026"));
}

static bool is_wordy(struct str s)
{
        return s.n && u_isalnum((UChar32)utf8_next(&s));
}

bool quiz_has_words(struct str text, struct str needle)
{
        bool is_before = false;
        struct str rest = text;

        if (!needle.n)
                return false;
        while (rest.n >= needle.n) {
                if (!is_before && str_starts(rest, needle) &&
                    !is_wordy(str_sub(rest, needle.n, rest.n)))
                        return true;
                is_before = u_isalnum((UChar32)utf8_next(&rest));
        }
        return false;
}

bool quiz_is_quoted(struct str text, size_t at)
{
        struct str rest = text;
        int depth = 0;
        bool is_plain_open = false;

        while (rest.n && text.n - rest.n < at) {
                uint32_t c = utf8_next(&rest);

                if (c == '"')
                        is_plain_open = !is_plain_open;
                else if (c == 0x201c || c == 0xab || c == 0x201e)
                        depth++;
                else if ((c == 0x201d || c == 0xbb) && depth)
                        depth--;
        }
        return depth > 0 || is_plain_open;
}
