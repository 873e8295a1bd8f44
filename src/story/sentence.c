#include "story/sentence.h"

#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/fitness.h"
#include "story/tongue.h"

#define DATELINE_MAX_B 70

static bool is_terminator(UChar32 c)
{
        return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x061F ||
               c == 0x0964;
}

/* Those of scripts that put no blank after them. */
static bool is_wide_terminator(UChar32 c)
{
        return c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

static bool is_closer(UChar32 c)
{
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D ||
               c == 0x2019 || c == 0xBB || c == 0x201C || c == 0x300D;
}

static UChar32 first_char(struct str s)
{
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

/* The word before the full stop at p, dots inside kept: "U.S", "e.g". */
static struct str word_before(struct str line, size_t stop)
{
        size_t from = stop;

        while (from > 0) {
                char c = line.p[from - 1];
                if (chr_is_space(c) || c == '(' || c == '"' || c == '\'')
                        break;
                from--;
        }
        return str_sub(line, from, stop - from);
}

static bool is_initial(struct str word)
{
        return utf8_count(word) == 1 && u_isupper(first_char(word));
}

static bool is_all_digits(struct str word)
{
        for (size_t i = 0; i < word.n; i++)
                if (!chr_is_digit(word.p[i]))
                        return false;
        return word.n > 0;
}

/* May a sentence begin with rest? */
static bool may_begin(struct str rest)
{
        UChar32 c = first_char(rest);

        return u_isUUppercase(c) || u_isdigit(c) || c == '"' || c == '\'' ||
               c == '(' || c == '[' || c == 0x201C || c == 0x2018 ||
               c == 0xAB || c == 0x201E || c == 0xBF || c == 0xA1 ||
               c == 0x2013 || c == 0x2014 ||
               (u_isalpha(c) && !u_isULowercase(c));
}

/* Does the full stop at stop in line end a sentence, rest following it? */
static bool stop_ends(struct str line, size_t stop, struct str rest,
                      enum lang lang)
{
        struct str word = word_before(line, stop);
        enum tongue_stop kind = tongue_abbreviation(lang, word);

        if (is_initial(word))
                return false;
        if (str_eq_nocase(word, STR("no")))
                return !u_isdigit(first_char(rest));
        if (lang == LANG_DE && is_all_digits(word) && word.n <= 2)
                return false;
        if (kind == TONGUE_NEVER)
                return false;
        if (kind == TONGUE_MAY_END)
                return tongue_is_opener(lang, tongue_first_word(rest)) ||
                       str_starts(rest, STR("The ")) ||
                       str_starts(rest, STR("In "));
        return true;
}

/* Past quotation marks and brackets; French puts a blank before its own. */
static struct str after_closers(struct str rest)
{
        struct str angle = rest;

        while (rest.n && is_closer(first_char(rest)))
                utf8_next(&rest);
        while (angle.n && utf8_is_space((uint32_t)first_char(angle)))
                utf8_next(&angle);
        if (first_char(angle) == 0xBB)
                utf8_next(&angle);
        else
                angle = rest;
        return angle;
}

/* The end of the sentence that begins at from in line. */
static size_t end_of(struct str line, size_t from, enum lang lang)
{
        size_t at = from;

        while (at < line.n) {
                struct str rest = str_sub(line, at, line.n);
                size_t stop = at;
                UChar32 c = (UChar32)utf8_next(&rest);

                at = line.n - rest.n;
                if (!is_terminator(c) && !is_wide_terminator(c))
                        continue;
                while (rest.n && is_terminator(first_char(rest)))
                        utf8_next(&rest);
                rest = after_closers(rest);
                at = line.n - rest.n;
                if (is_wide_terminator(c) || !rest.n)
                        return at;
                if (!utf8_is_space(first_char(rest)))
                        continue;

                struct str after = str_trim(rest);

                if (may_begin(after) &&
                    (c != '.' || stop_ends(line, stop, after, lang)))
                        return at;
        }
        return line.n;
}

static bool is_dash(UChar32 c)
{
        return c == '-' || c == 0x2013 || c == 0x2014;
}

/* Does what stands before a dash look like a place and an agency? */
static bool is_dateline(struct str s)
{
        struct str word = tongue_first_word(s);
        size_t upper = 0;
        bool has_lower = false;

        for (size_t i = 0; i < word.n; i++) {
                upper += word.p[i] >= 'A' && word.p[i] <= 'Z';
                has_lower |= word.p[i] >= 'a' && word.p[i] <= 'z';
        }
        return (upper >= 3 && !has_lower) ||
               (s.n && (s.p[s.n - 1] == ')' || s.p[0] == '('));
}

/* How many bytes of dateline line begins with. */
static size_t dateline_of(struct str line)
{
        struct str head = utf8_clip(line, DATELINE_MAX_B), rest = head;

        while (rest.n) {
                size_t at = head.n - rest.n;
                UChar32 c = (UChar32)utf8_next(&rest);
                bool is_colon = c == ':' && rest.n && rest.p[0] == ' ';

                if (!at || !(is_dash(c) || is_colon) ||
                    (c == '-' && rest.n && !chr_is_space(rest.p[0]) &&
                     rest.p[0] != '-'))
                        continue;

                struct str before = str_trim(str_sub(head, 0, at));

                while (rest.n && (is_dash(first_char(rest)) ||
                                  utf8_is_space(first_char(rest))))
                        utf8_next(&rest);
                if (is_dateline(before) && may_begin(rest))
                        return head.n - rest.n;
                return 0;
        }
        return 0;
}

struct splitter {
        struct arena *a;
        struct str text;
        enum lang lang;
        struct span *items;
        size_t n, cap;
};

static void add(struct splitter *s, size_t from, size_t to, uint32_t paragraph)
{
        struct str all = str_sub(s->text, from, to - from);
        struct str t = str_trim(all);

        if (!t.n || s->n >= SENTENCES_MAX)
                return;
        ARENA_GROW(s->a, s->items, s->n, s->cap);
        s->items[s->n++] = (struct span) {
                .text = t,
                .offset = (size_t)(t.p - s->text.p),
                .paragraph = paragraph,
                .is_fit = fitness_is_fit(t, s->lang),
                .is_leaning = fitness_is_leaning(t, s->lang),
        };
}

/* Did a careless page break a sentence after "the Rev." or before "4 on"? */
static bool is_cut(struct str before, struct str after, enum lang lang)
{
        struct str word;

        if (!before.n || before.p[before.n - 1] != '.')
                return false;
        word = word_before(before, before.n - 1);
        if (is_all_digits(word))
                return u_isdigit(first_char(after));
        return is_initial(word) ||
               tongue_abbreviation(lang, word) == TONGUE_NEVER;
}

/* The halves of a sentence that was broken between two lines are not fit. */
static void mark_cuts(struct splitter *s)
{
        for (size_t i = 1; i < s->n; i++) {
                struct span *a = &s->items[i - 1], *b = &s->items[i];

                if (a->paragraph != b->paragraph &&
                    is_cut(a->text, b->text, s->lang))
                        a->is_fit = b->is_fit = false;
        }
}

static void split_line(struct splitter *s, struct str line, uint32_t paragraph)
{
        size_t base = (size_t)(line.p - s->text.p);
        size_t from = dateline_of(line);

        while (from < line.n && s->n < SENTENCES_MAX) {
                size_t end = end_of(line, from, s->lang);
                add(s, base + from, base + end, paragraph);
                from = end;
        }
}

size_t sentence_split(struct arena *a, struct str text, enum lang lang,
                      struct span **ret)
{
        struct splitter s = { .a = a, .text = text, .lang = lang };
        struct str rest = text, line;
        uint32_t paragraph = 0;

        while (s.n < SENTENCES_MAX && str_cut(&rest, '\n', &line)) {
                if (str_trim(line).n)
                        split_line(&s, str_trim(line), paragraph++);
        }
        mark_cuts(&s);
        *ret = s.items;
        return s.n;
}
