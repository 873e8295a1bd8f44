#include "story/sentence.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "story/fitness.h"
#include "story/usage.h"

#define DATELINE_MAX_B 80
#define AGENCY_MAX_B 20
#define DATELINES_MAX 3     /* "(AGENCY) - PORT AMBRY, MARCH 6 - " */
#define ATTRIBUTION_WORDS 5 /* "Port Warden Rory Tamm asked" */
#define OPEN_MAX 8          /* sentences of one quotation */

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
               c == 0x2019 || c == 0xBB || c == 0x201C || c == 0x300D ||
               c == 0x2018 || c == 0x203A;
}

static bool is_opener(UChar32 c)
{
        return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x201C ||
               c == 0x2018 || c == 0xAB || c == 0x201E || c == 0x201A ||
               c == 0xBF || c == 0xA1 || c == 0x2039 || c == 0xBB;
}

static bool is_dash(UChar32 c)
{
        return c == '-' || c == 0x2013 || c == 0x2014;
}

static UChar32 first_char(struct str s)
{
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

static struct str skip_space(struct str s)
{
        while (s.n && utf8_is_space((uint32_t)first_char(s)))
                utf8_next(&s);
        return s;
}

/* The word before the full stop at p, dots inside kept: "U.S", "e.g". */
static struct str word_before(struct str line, size_t stop)
{
        size_t from = stop;
        struct str word;

        while (from > 0 && !chr_is_space(line.p[from - 1]) &&
               str_sub(line, from - 1, 1).p[0] != '/')
                from--;
        word = str_sub(line, from, stop - from);
        while (word.n && (is_opener(first_char(word)) ||
                          utf8_is_space((uint32_t)first_char(word))))
                utf8_next(&word);
        for (size_t i = word.n; i-- > 1;) /* "l'on." */
                if (word.p[i] == '\'' ||
                    str_starts(str_sub(word, i, 3), STR("\u2019")))
                        return str_sub(word, i + (word.p[i] == '\'' ? 1 : 3),
                                       word.n);
        return word;
}

/* "J", "А.С", "J.-P": capitals with stops between. */
static bool is_initials(struct str word)
{
        bool wants_letter = true;

        while (word.n) {
                UChar32 c = (UChar32)utf8_next(&word);

                if (wants_letter && is_dash(c))
                        continue;
                if (wants_letter ? !u_isUUppercase(c) : c != '.')
                        return false;
                wants_letter = !wants_letter;
        }
        return !wants_letter;
}

static bool is_all_digits(struct str word)
{
        for (size_t i = 0; i < word.n; i++)
                if (!chr_is_digit(word.p[i]))
                        return false;
        return word.n > 0;
}

/* "II", "XIV": what a king's name ends in. */
static bool is_roman(struct str word)
{
        for (size_t i = 0; i < word.n; i++)
                if (!strchr("IVX", word.p[i]))
                        return false;
        return word.n > 1;
}

/* May a sentence begin with rest? */
static bool may_begin(struct str rest)
{
        UChar32 c = first_char(rest);

        if (is_dash(c)) { /* a dialogue's; "! - said he" goes on */
                while (rest.n && (is_dash(first_char(rest)) ||
                                  utf8_is_space((uint32_t)first_char(rest))))
                        utf8_next(&rest);
                c = first_char(rest);
                return c && !u_isULowercase(c);
        }
        return u_isUUppercase(c) || u_isdigit(c) || is_opener(c) ||
               (u_isalpha(c) && !u_isULowercase(c));
}

/* Does rest plainly begin a sentence: with "The", "In", "He"? */
static bool begins_plainly(struct str rest, enum lang lang)
{
        struct str word, stops = str_c(lang_stop_words(lang)), one;

        while (rest.n && is_opener(first_char(rest)))
                utf8_next(&rest);
        word = usage_first_word(rest);
        if (!word.n || u_isdigit(first_char(word)))
                return false;
        if (usage_has(lang, USAGE_OPENERS, word) ||
            usage_has(lang, USAGE_ARTICLES, word) ||
            usage_has(lang, USAGE_BREAKS, word))
                return true;
        while (str_cut(&stops, ' ', &one))
                if (one.n > 1 && str_eq_nocase(word, one))
                        return true;
        return false;
}

/* The word before word in line is a number: "5 km". */
static bool is_after_number(struct str line, struct str word)
{
        size_t at = word.p ? (size_t)(word.p - line.p) : 0;

        while (at > 0 &&
               (chr_is_space(line.p[at - 1]) || line.p[at - 1] == (char)0xA0 ||
                line.p[at - 1] == (char)0xC2))
                at--;
        return at > 0 && chr_is_digit(line.p[at - 1]);
}

/* "$27. 5 million": a price that was torn at its point. */
static bool is_torn_price(struct str word, struct str rest)
{
        static const char *const signs[] = { "$", "\u20ac", "\u00a3" };

        for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
                struct str sign = str_c(signs[i]);

                if (str_starts(word, sign))
                        return u_isdigit(first_char(rest)) &&
                               is_all_digits(str_sub(word, sign.n, word.n));
        }
        return false;
}

/* Does the full stop at stop in line end a sentence, rest following it? */
static bool stop_ends(struct str line, size_t stop, struct str rest,
                      enum lang lang)
{
        struct str word = word_before(line, stop);

        if (!word.n)
                return true;
        if (usage_has(lang, USAGE_UNITS, word) && is_after_number(line, word))
                return lang == LANG_DE ? begins_plainly(rest, lang)
                                       : !u_isdigit(first_char(rest));
        if (usage_has(lang, USAGE_COUNTED, word))
                return !u_isdigit(first_char(rest)) &&
                       (utf8_count(word) > 1 || begins_plainly(rest, lang));
        if (usage_has(lang, USAGE_TITLES, word) || is_torn_price(word, rest))
                return false;
        if (usage_has(lang, USAGE_MAY_END, word))
                return begins_plainly(rest, lang);
        if (is_initials(word))
                return word.n > 2 && begins_plainly(rest, lang);
        if (lang == LANG_DE &&
            ((is_all_digits(word) && word.n <= 2) || is_roman(word)))
                return begins_plainly(rest, lang);
        return true;
}

/* Past quotation marks and brackets; French puts a blank before its own. */
static struct str after_closers(struct str rest)
{
        struct str angle = rest;

        while (rest.n && is_closer(first_char(rest)))
                utf8_next(&rest);
        if (first_char(rest) == 0xAB) /* »Nein.« */
                utf8_next(&rest);
        angle = skip_space(angle);
        if (first_char(angle) != 0xBB)
                return rest;
        utf8_next(&angle); /* German opens with it: »Nein« */
        return !angle.n || !u_isalnum(first_char(angle)) ? angle : rest;
}

/* "Tamm asked." after "Why now?": whose words they were. */
static bool is_attribution(struct str rest, enum lang lang)
{
        for (int i = 0; i < ATTRIBUTION_WORDS; i++) {
                struct str word = usage_first_word(rest);

                if (!word.n)
                        return false;
                if (i && usage_has(lang, USAGE_VERBS, word))
                        return true;
                if (!u_isUUppercase(first_char(word)) &&
                    !usage_is_particle(word) &&
                    !usage_has(lang, USAGE_FILLERS, word))
                        return false;
                rest = str_sub(rest, word.n, rest.n);
                if (first_char(rest) == '.' && usage_is_honorific(word))
                        utf8_next(&rest);
                rest = skip_space(rest);
        }
        return false;
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

                size_t closed = rest.n;

                rest = after_closers(rest);
                at = line.n - rest.n;
                if (is_wide_terminator(c) || !rest.n)
                        return at;
                if (!utf8_is_space((uint32_t)first_char(rest)))
                        continue;

                struct str after = skip_space(rest);

                if (!after.n)
                        return line.n;
                if (!may_begin(after) ||
                    (c == '.' && !stop_ends(line, stop, after, lang)) ||
                    (c != '.' && rest.n < closed &&
                     is_attribution(after, lang)))
                        continue;
                return at;
        }
        return line.n;
}

/* Does what stands before a dash look like a place and an agency? */
static bool is_dateline(struct str s)
{
        struct str word = usage_first_word(s);
        size_t upper = 0;
        bool has_lower = false;

        while (word.n) {
                UChar32 c = (UChar32)utf8_next(&word);

                upper += u_isUUppercase(c);
                has_lower |= u_isULowercase(c);
        }
        return (upper >= 3 && !has_lower) ||
               (s.n && (s.p[s.n - 1] == ')' || s.p[0] == '('));
}

/* "Port Ambry.- ", "Port Ambry, 6 mar (Agency).- ": as Spanish agencies do. */
static bool is_place(struct str s)
{
        return str_ends(s, STR(".")) && u_isupper(s.p[0]) &&
               str_find(s, STR(". "), 0) == STR_NONE;
}

/* "PORT AMBRY, 6 March. /AGENCY/. ": as Russian agencies write it. */
static size_t slashed_dateline(struct str head)
{
        size_t open = str_find(head, STR(" /"), 0);
        size_t close = open == STR_NONE ? STR_NONE
                                        : str_find(head, STR("/. "), open + 2);

        return close != STR_NONE && is_dateline(head) ? close + 3 : 0;
}

/* "(Agency) The port", "(AGN News) The port": in brackets, and no dash. */
static size_t bracketed_dateline(struct str head)
{
        size_t close = str_chr(head, ')', 0);
        struct str inner = str_sub(head, 1, close - 1), word;

        if (!str_starts(head, STR("(")) || close == STR_NONE ||
            inner.n > AGENCY_MAX_B || close + 2 >= head.n ||
            head.p[close + 1] != ' ' || !u_isupper(head.p[close + 2]))
                return 0;
        while (str_cut(&inner, ' ', &word))
                if (!word.n || !u_isUUppercase(first_char(word)))
                        return 0;
        return close + 2;
}

/* How many bytes of dateline line begins with. */
static size_t one_dateline(struct str line)
{
        struct str head = utf8_clip(line, DATELINE_MAX_B), rest = head;
        size_t known = slashed_dateline(head);

        if (!known)
                known = bracketed_dateline(head);
        if (known)
                return known;
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
                                  utf8_is_space((uint32_t)first_char(rest))))
                        utf8_next(&rest);
                if ((is_dateline(before) || (c == '-' && is_place(before))) &&
                    may_begin(rest))
                        return head.n - rest.n;
                return 0;
        }
        return 0;
}

/* A word of a date or an hour: "March", "Fri", "pm", "Uhr", "EDT". */
static bool is_date_word(struct str word)
{
        static const char *const words[] = {
                "january",   "february",  "march",    "april",      "may",
                "june",      "july",      "august",   "september",  "october",
                "november",  "december",  "jan",      "feb",        "mar",
                "apr",       "jun",       "jul",      "aug",        "sep",
                "sept",      "oct",       "nov",      "dec",        "monday",
                "tuesday",   "wednesday", "thursday", "friday",     "saturday",
                "sunday",    "mon",       "tue",      "tues",       "wed",
                "thu",       "thurs",     "fri",      "sat",        "sun",
                "am",        "pm",        "a",        "p",          "m",
                "est",       "edt",       "et",       "cst",        "cdt",
                "pst",       "pdt",       "gmt",      "bst",        "utc",
                "cet",       "uhr",       "on",       "at",         "posted",
                "published", "updated",   "stand",    "publié",     "le",
                "à",         "publicado", "el",       "pubblicato", "il",
        };

        if (word.n == 1 && u_isupper(word.p[0]))
                return false; /* "A ship" */
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (str_eq_nocase(word, str_c(words[i])))
                        return true;
        return false;
}

/*
 * How many bytes of a stamp line begins with, which ran into its text: "March
 * 6, 2026 10:14 AM The port ...". Two numbers at least, a capital behind it,
 * and no comma between the two.
 */
static size_t stamp_of(struct str line)
{
        struct str rest = utf8_clip(line, DATELINE_MAX_B);
        size_t n = rest.n, numbers = 0, end = 0;

        while (rest.n) {
                UChar32 c = first_char(rest);
                struct str word = usage_first_word(rest);

                if (!word.n) {
                        utf8_next(&rest);
                        if (!strchr(" .:,/|-", (int)c) || c > 0x7f)
                                return 0;
                        continue;
                }
                if (!chr_is_digit(word.p[0]) && !is_date_word(word))
                        break;
                numbers += chr_is_digit(word.p[0]);
                rest = str_sub(rest, word.n, rest.n);
                end = n - rest.n;
        }
        if (numbers < 2 || !rest.n || !u_isUUppercase(first_char(rest)) ||
            str_chr(str_sub(line, end, n - rest.n - end), ',', 0) != STR_NONE)
                return 0;
        return n - rest.n;
}

static size_t dateline_of(struct str line)
{
        size_t at = 0;

        for (int i = 0; i < DATELINES_MAX; i++) {
                struct str rest = str_sub(line, at, line.n);
                size_t n = one_dateline(rest);

                if (!n)
                        n = stamp_of(rest);
                if (!n)
                        break;
                at += n;
        }
        return at;
}

struct splitter {
        struct arena *a;
        struct str text;
        enum lang lang;
        struct span *items;
        size_t n, cap;
        int open; /* sentences since a quotation of this line was opened */
};

/*
 * Is a quotation open behind text, if it was open before? A mark between blank
 * and letter opens, one between letter and blank closes.
 */
static bool is_open_after(struct str text, bool was_open)
{
        UChar32 before = ' ';
        bool open = was_open;

        while (text.n) {
                UChar32 c = (UChar32)utf8_next(&text);
                bool is_mark = c == '"' || c == 0x201C || c == 0x201D ||
                               c == 0x201E || c == 0xAB || c == 0xBB;

                if (is_mark) {
                        UChar32 after = first_char(text);
                        bool opens =
                                (utf8_is_space((uint32_t)before) ||
                                 before == '(') &&
                                after && after != '.' && after != ',' &&
                                (c == 0xAB || !utf8_is_space((uint32_t)after));
                        open = c == 0x201E || opens;
                }
                before = c;
        }
        return open;
}

static void add(struct splitter *s, size_t from, size_t to, uint32_t paragraph)
{
        struct str all = str_sub(s->text, from, to - from);
        struct str t = str_trim(all);

        if (!t.n || s->n >= SENTENCES_MAX)
                return;

        bool is_inside = s->open > 0 && s->open < OPEN_MAX;

        s->open = is_open_after(t, is_inside) ? s->open + 1 : 0;
        ARENA_GROW(s->a, s->items, s->n, s->cap);
        s->items[s->n++] = (struct span) {
                .text = t,
                .offset = (size_t)(t.p - s->text.p),
                .paragraph = paragraph,
                .is_fit = !is_inside && fitness_is_fit(t, s->lang),
                .is_leaning = fitness_is_leaning(t, s->lang),
        };
}

/* Did a careless page break a sentence between two lines, after "the Rev." or
 * before "4 on"; or inside of one, after "a."? */
static bool is_cut(const struct span *a, const struct span *b, enum lang lang)
{
        UChar32 next = first_char(b->text);
        struct str word;

        if (!a->text.n || a->text.p[a->text.n - 1] != '.')
                return false;
        word = word_before(a->text, a->text.n - 1);
        if (usage_has(lang, USAGE_ARTICLES, word) &&
            !u_isUUppercase(first_char(word)))
                return utf8_count(word) > 1 || u_isdigit(next);
        if (is_all_digits(word) && u_isdigit(next))
                return true;
        if (a->paragraph == b->paragraph)
                return false;
        return is_initials(word) || usage_has(lang, USAGE_TITLES, word);
}

/* The halves of a sentence that was broken by a careless page are not fit. */
static void mark_cuts(struct splitter *s)
{
        for (size_t i = 1; i < s->n; i++) {
                struct span *a = &s->items[i - 1], *b = &s->items[i];

                if (is_cut(a, b, s->lang))
                        a->is_fit = b->is_fit = false;
        }
}

/* How many bytes of dateline stand at the front of rest, blanks before it. */
static size_t inner_dateline(struct str rest)
{
        struct str s = str_trim(rest);
        size_t n = s.n ? dateline_of(s) : 0;

        return n ? (size_t)(s.p - rest.p) + n : 0;
}

static void split_line(struct splitter *s, struct str line, uint32_t paragraph)
{
        size_t base = (size_t)(line.p - s->text.p);
        size_t from = dateline_of(line);

        s->open = 0;
        while (from < line.n && s->n < SENTENCES_MAX) {
                size_t end = end_of(line, from, s->lang);
                add(s, base + from, base + end, paragraph);
                from = end;
                /* "Ambry. March 6. AGENCY - " has stops of its own */
                if (!paragraph && s->n < DATELINES_MAX)
                        from += inner_dateline(str_sub(line, from, line.n));
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
