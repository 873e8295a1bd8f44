#include "story/fitness.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/usage.h"
#include "story/wording.h"

#define LENGTH_MIN_B 30
#define LENGTH_MAX 420 /* characters */
#define WORDS_MIN 5
#define STAMP_MAX_B 24
#define HEADLINE_WORDS 7 /* with capitals, one after the other */
#define TITLED_LONG 8    /* words of a front that is looked at for a heading */
#define LONG_MIN 5       /* letters of such a word */
#define SAYING_WORDS 3   /* "Rory Tamm told a news conference." */
#define PRONOUN_WORDS 3  /* at the front: "After all her ..." */
#define NOUNLESS_WORDS 5 /* of a German front that is looked at for a noun */
#define STAMP_FRONT_B 200

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool is_mark(UChar32 c)
{
        return c == '"' || c == '\'' || c == 0x201D || c == 0x2019 ||
               c == 0xBB || c == 0x201C || c == ')' || c == 0x300D;
}

/* It ends as a sentence does, whatever quotation mark comes last. */
static bool is_ended(struct str s)
{
        UChar32 c = (UChar32)utf8_last(s);

        while (is_mark(c) && s.n) {
                s.n--;
                while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
                        s.n--;
                c = (UChar32)utf8_last(s);
        }
        return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 ||
               c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964;
}

/* Marks in pairs. ’ is left out: it is an apostrophe too. */
static bool is_balanced(struct str s)
{
        int round = 0, curly = 0, low = 0, angle = 0, plain = 0, single = 0;

        while (s.n) {
                UChar32 c = (UChar32)utf8_next(&s);

                round += (c == '(') - (c == ')');
                angle += (c == 0xAB) - (c == 0xBB);
                low += c == 0x201E;
                plain += c == '"';
                if (c == 0x2018)
                        single = -1;
                else if (c == 0x2019)
                        single = 0;
                if (c == 0x201C)
                        curly++;
                else if (c == 0x201D)
                        curly--;
                if (round < 0)
                        return false;
        }
        if (single < 0) /* opened with ‘ and never closed */
                return false;
        /* „…“ closes with the mark that opens “…” */
        if (low)
                return angle == 0 &&
                       (curly == low || curly == 0 || curly == -low);
        return round == 0 && curly == 0 && angle == 0 && plain % 2 == 0;
}

static size_t count_words(struct str s)
{
        size_t n = 0, wide = 0;
        bool inside = false;

        while (s.n) {
                UChar32 c = (UChar32)utf8_next(&s);
                bool is_word = u_isalnum(c);

                n += is_word && !inside;
                wide += c >= 0x3040 && is_word;
                inside = is_word || (inside && (c == '\'' || c == 0x2019));
        }
        return wide > n ? wide / 2 : n;
}

static bool begins_well(struct str s)
{
        UChar32 c = (UChar32)utf8_next(&s);

        while (s.n && !u_isalnum(c)) {
                if (utf8_is_space(c) || c == ',' || c == ';' || c == ':' ||
                    c == '-' || c == '.' || c == '*' || c == 0x2022 ||
                    c == 0x2013 || c == 0x2014)
                        return false;
                c = (UChar32)utf8_next(&s);
        }
        return !u_isULowercase(c);
}

/* Past blanks and digits joined by one of marks; the number of digits. */
static size_t skip_digits(struct str *s, const char *marks)
{
        size_t n = 0;

        while (s->n && (chr_is_digit(s->p[0]) || s->p[0] == ' ' ||
                        strchr(marks, s->p[0]))) {
                n += chr_is_digit(s->p[0]);
                *s = str_sub(*s, 1, s->n);
        }
        return n;
}

/* "EDT", "BST", "AM": two to four capitals, and no more letters. */
static bool begins_with_zone(struct str s)
{
        size_t n = 0;

        while (n < s.n && s.p[n] >= 'A' && s.p[n] <= 'Z')
                n++;
        return n >= 2 && n <= 4 && n < s.n && s.p[n] == ' ';
}

/*
 * A stamp that ran into the text: "March 06, 2026 10:14 AM The port ...",
 * "34 BST The port ...", "05 / 02 / 2026 The port ...".
 */
static bool begins_with_stamp(struct str s)
{
        struct str head = str_sub(s, 0, STAMP_MAX_B), rest = s;
        size_t at = str_find(head, STR(", 20"), 0);

        if (at != STR_NONE && at > 1 && chr_is_digit(s.p[at - 1]) &&
            at + 7 < s.n && chr_is_digit(s.p[at + 5]) && s.p[at + 6] == ' ' &&
            (u_isupper(s.p[at + 7]) || chr_is_digit(s.p[at + 7]) ||
             str_starts(str_sub(s, at + 7, s.n), STR("at "))))
                return true;
        if (!skip_digits(&rest, "/.:-"))
                return false;
        return begins_with_zone(rest) ||
               (str_chr(str_sub(s, 0, (size_t)(rest.p - s.p)), '/', 0) !=
                        STR_NONE &&
                rest.n && u_isupper(rest.p[0]));
}

/* "... 10:53 AM President ...": a clock that no sentence tells so. */
static bool has_clock(struct str s)
{
        for (size_t at = str_chr(s, ':', 0); at != STR_NONE;
             at = str_chr(s, ':', at + 1)) {
                struct str rest = str_sub(s, at + 1, s.n);

                if (!at || !chr_is_digit(s.p[at - 1]) ||
                    skip_digits(&rest, "") < 2)
                        continue;
                if (begins_with_zone(rest))
                        return true;
        }
        return str_find(s, STR(" | "), 0) != STR_NONE;
}

/* "Sep 10, 2010 Rory Tamm": a date that no comma parts from what follows. */
static bool has_stamp(struct str s)
{
        struct str front = str_sub(s, 0, STAMP_FRONT_B);

        for (size_t at = str_find(front, STR(", 20"), 0); at != STR_NONE;
             at = str_find(front, STR(", 20"), at + 1))
                if (at && chr_is_digit(front.p[at - 1]) && at + 7 < front.n &&
                    chr_is_digit(front.p[at + 4]) &&
                    chr_is_digit(front.p[at + 5]) && front.p[at + 6] == ' ' &&
                    u_isupper(front.p[at + 7]))
                        return true;
        return false;
}

static bool begins_upper(struct str word)
{
        return word.n && u_isUUppercase((UChar32)utf8_next(&word));
}

/*
 * "Ports Reopen As Strike Ends For Good In Port Ambry The first ...": all the
 * first words have capitals, or nearly all of the long ones. Not where nouns
 * have them anyway.
 */
static bool begins_with_headline(struct str s, enum lang lang)
{
        size_t i = 0, all = 0, longs = 0, titled = 0;
        struct str word;

        while (longs < TITLED_LONG && str_cut(&s, ' ', &word)) {
                bool is_upper = begins_upper(word) && !str_ends(word, STR(","));

                all += i++ == all && is_upper;
                longs += utf8_count(word) >= LONG_MIN;
                titled += utf8_count(word) >= LONG_MIN && is_upper;
        }
        return all >= HEADLINE_WORDS ||
               (lang != LANG_DE && titled == TITLED_LONG);
}

/* "Rory Tamm wins again Port warden Rory Tamm ...": the front is a headline
 * that ran into the text. */
static bool repeats_name(struct str s)
{
        struct str first = usage_first_word(s), second, name;

        if (!begins_upper(first) || first.n + 1 >= s.n || s.p[first.n] != ' ')
                return false;
        second = usage_first_word(str_sub(s, first.n + 1, s.n));
        name = str_sub(s, 0, first.n + 1 + second.n);
        return first.n > 2 && second.n > 2 && begins_upper(second) &&
               str_find(s, name, name.n) != STR_NONE;
}

/* "said.The": two sentences that lost the blank between them. */
static bool lost_blank(struct str s)
{
        UChar32 before = 0, stop = 0;

        while (s.n) {
                UChar32 c = (UChar32)utf8_next(&s);

                if (stop == '.' && u_isULowercase(before) &&
                    u_isUUppercase(c) && s.n &&
                    u_isULowercase(
                            (UChar32)utf8_next(&(struct str) { s.p, s.n })))
                        return true;
                before = stop;
                stop = c;
        }
        return false;
}

/* A small word that has no capital within a sentence. German "Sie" and "Ihr"
 * may have. */
static bool is_small_word(struct str word, enum lang lang)
{
        if (lang == LANG_DE)
                return usage_has(lang, USAGE_OPENERS, word) &&
                       !str_starts_nocase(word, STR("sie")) &&
                       !str_starts_nocase(word, STR("ihr"));
        return usage_has(lang, USAGE_ARTICLES, word) ||
               usage_has(lang, USAGE_OPENERS, word) ||
               usage_has(lang, USAGE_BREAKS, word);
}

/*
 * "Ten dead in quake A powerful earthquake", "Technik Doch es kommt": a
 * headline that ran into the text shows by a small word with a capital behind a
 * word that no mark ends. In most languages names hold such words, so there it
 * stands between words without capitals.
 */
static bool holds_headline(struct str s, enum lang lang)
{
        bool has_names = lang != LANG_DE && lang != LANG_RU;
        bool was_plain = false, was_small = false;
        struct str word;

        while (str_cut(&s, ' ', &word)) {
                struct str bare = usage_first_word(word);
                bool is_whole = word.n && bare.n == word.n;
                bool is_upper = begins_upper(word);

                if (was_small && bare.n && (!is_upper || !has_names))
                        return true;
                was_small = was_plain && is_whole && is_upper &&
                            is_small_word(bare, lang);
                was_plain = is_whole && (!is_upper || !has_names);
        }
        return false;
}

static bool shouts(struct str s)
{
        size_t upper = 0, lower = 0;

        while (s.n) {
                UChar32 c = (UChar32)utf8_next(&s);

                upper += u_isUUppercase(c);
                lower += u_isULowercase(c);
        }
        return upper > lower;
}

/* "Rory Tamm told a news conference.": what he told is not in it. */
static bool says_only_who(struct str s, enum lang lang)
{
        size_t n = 0;
        struct str word;

        while (str_cut(&s, ' ', &word) && begins_upper(word))
                n++;
        if (!n || !usage_has(lang, USAGE_VERBS, usage_first_word(word)))
                return false;
        for (n = 0; str_cut(&s, ' ', &word); n++)
                if (n == SAYING_WORDS || usage_first_word(word).n + 1 < word.n)
                        return false;
        return true;
}

/* "... she was carrying a.": the rest is lost. */
static bool is_broken_off(struct str s, enum lang lang)
{
        size_t from = s.n - 1;

        if (s.p[from] != '.')
                return false;
        while (from > 0 && s.p[from - 1] != ' ')
                from--;

        struct str word = str_sub(s, from, s.n - 1 - from);

        return !begins_upper(word) && usage_has(lang, USAGE_ARTICLES, word);
}

/* "Ines Quayle reports.": the words under a film. */
static bool ends_as_caption(struct str s)
{
        static const char *const ends[] = { " reports.", " has more.",
                                            " has the story." };

        for (size_t i = 0; i < COUNT(ends); i++) {
                struct str end = str_c(ends[i]);
                size_t at = s.n > end.n ? s.n - end.n : 0, from = at;

                if (!at || !str_ends(s, end))
                        continue;
                while (from > 0 && s.p[from - 1] != ' ')
                        from--;
                if (u_isupper(s.p[from]))
                        return true;
        }
        return false;
}

/* Has it a verb in the past? "-ed", or one of the small ones. */
static bool is_past(struct str s)
{
        static const char *const verbs[] = {
                "was",  "were", "had",  "did",   "said",  "took", "began",
                "left", "came", "went", "made",  "won",   "met",  "fell",
                "rose", "held", "set",  "found", "broke", "led",  "told",
        };
        struct str word;

        while (str_cut(&s, ' ', &word)) {
                word = usage_first_word(word);
                if (word.n > 3 && str_ends(word, STR("ed")))
                        return true;
                for (size_t i = 0; i < COUNT(verbs); i++)
                        if (str_eq_nocase(word, str_c(verbs[i])))
                                return true;
        }
        return false;
}

/* "Troops ride tanks near Port Ambry on April 14, 2014.": now, and on a day of
 * some year, is how pictures are told. */
static bool is_dated_picture(struct str s, enum lang lang)
{
        size_t n = s.n, digits = 0;

        while (n > 0 && (s.p[n - 1] == '.' || s.p[n - 1] == ')'))
                n--;
        while (n > 0 && chr_is_digit(s.p[n - 1])) {
                n--;
                digits++;
        }
        return lang == LANG_EN && digits == 4 && n > 3 &&
               str_ends(str_sub(s, 0, n), STR(", ")) &&
               chr_is_digit(s.p[n - 3]) && !is_past(s);
}

static bool is_form_fit(struct str s)
{
        return s.n >= LENGTH_MIN_B && utf8_count(s) <= LENGTH_MAX &&
               is_ended(s) && is_balanced(s) && begins_well(s) &&
               count_words(s) >= WORDS_MIN;
}

bool fitness_is_fit(struct str s, enum lang lang)
{
        return is_form_fit(s) && !begins_with_stamp(s) && !has_stamp(s) &&
               !has_clock(s) && !ends_as_caption(s) &&
               !begins_with_headline(s, lang) && !repeats_name(s) &&
               !holds_headline(s, lang) && !lost_blank(s) && !shouts(s) &&
               !says_only_who(s, lang) && !is_broken_off(s, lang) &&
               !is_dated_picture(s, lang) && !usage_is_furniture(s);
}

/* "The 34-year-old", "Der 34-Jährige": of whom is it? */
static bool begins_with_age(struct str s, enum lang lang)
{
        struct str word = usage_first_word(s);
        size_t digits = 0;

        if (!usage_has(lang, USAGE_ARTICLES, word))
                return false;
        word = usage_first_word(str_sub(s, word.n + 1, s.n));
        while (digits < word.n && chr_is_digit(word.p[digits]))
                digits++;
        return digits && digits < word.n && word.p[digits] == '-';
}

/* "Made her way": it lost its subject. */
static bool lacks_subject(struct str s, enum lang lang)
{
        struct str first = usage_first_word(s), rest, second;

        if (lang != LANG_EN || first.n + 1 >= s.n || s.p[first.n] != ' ')
                return false;
        rest = str_sub(s, first.n + 1, s.n);
        second = usage_first_word(rest);
        return str_eq(second, STR("her")) || str_eq(second, STR("his")) ||
               str_eq(second, STR("its")) || str_eq(second, STR("their"));
}

/* "Quietly, he added": of whom? */
static bool begins_with_manner(struct str s, enum lang lang)
{
        struct str first = usage_first_word(s);
        struct str rest = str_sub(s, first.n, s.n);

        return lang == LANG_EN && str_ends(first, STR("ly")) &&
               str_starts(rest, STR(", ")) &&
               usage_has(lang, USAGE_PRONOUNS,
                         usage_first_word(str_sub(rest, 2, rest.n)));
}

/* "Zunächst steckt er die Äste": in German, a pronoun before any noun. "es" may
 * stand for nothing, and "Sie" is who reads. */
static bool lacks_noun(struct str s, enum lang lang)
{
        static const char *const words[] = { "er",  "sie",  "ihm",  "ihn",
                                             "ihr", "ihre", "sein", "seine" };
        struct str word;

        for (int i = 0;
             lang == LANG_DE && i < NOUNLESS_WORDS && str_cut(&s, ' ', &word);
             i++) {
                struct str bare = usage_first_word(word);

                if (i && (begins_upper(bare) || bare.n < word.n))
                        return false;
                for (size_t k = 0; i && k < COUNT(words); k++)
                        if (str_eq(bare, str_c(words[k])))
                                return true;
        }
        return false;
}

/* "In her speech": a pronoun behind nothing but small words. */
static bool begins_with_pronoun(struct str s, enum lang lang)
{
        for (int i = 0; i < PRONOUN_WORDS; i++) {
                struct str word = usage_first_word(s);

                if (i && usage_has(lang, USAGE_PRONOUNS, word))
                        return true;
                if (!word.n || !(usage_has(lang, USAGE_BREAKS, word) ||
                                 usage_has(lang, USAGE_CREDITS, word) ||
                                 usage_has(lang, USAGE_CLAUSES, word)))
                        return false;
                s = str_sub(s, word.n, s.n);
                if (!s.n || s.p[0] != ' ')
                        return false;
                s = str_sub(s, 1, s.n);
        }
        return false;
}

/* "..., he said.": who? */
bool fitness_says_he(struct str s, enum lang lang)
{
        struct str words[2] = { STR_NULL, STR_NULL };

        for (int i = 0; i < 2 && s.n; i++) {
                size_t from, end = s.n;

                while (end > 0 && (s.p[end - 1] == ' ' || s.p[end - 1] == '.'))
                        end--;
                for (from = end; from > 0 && s.p[from - 1] != ' ';)
                        from--;
                words[i] = str_sub(s, from, end - from);
                s = str_sub(s, 0, from);
        }
        return (usage_has(lang, USAGE_PRONOUNS, words[0]) &&
                usage_has(lang, USAGE_VERBS, words[1])) ||
               (usage_has(lang, USAGE_VERBS, words[0]) &&
                usage_has(lang, USAGE_PRONOUNS, words[1]));
}

bool fitness_is_leaning(struct str s, enum lang lang)
{
        while (s.n &&
               !u_isalnum((UChar32)utf8_next(&(struct str) { s.p, s.n })))
                utf8_next(&s);
        return usage_has(lang, USAGE_OPENERS, usage_first_word(s)) ||
               usage_leans(lang, s) || begins_with_age(s, lang) ||
               begins_with_pronoun(s, lang) || begins_with_manner(s, lang) ||
               lacks_subject(s, lang) || lacks_noun(s, lang) ||
               wording_has(lang, WORDING_TURNS, s);
}

bool fitness_is_personal(struct str s, enum lang lang)
{
        bool is_quoted = false;

        while (s.n) {
                struct str word = usage_first_word(s);
                UChar32 c;

                if (!word.n) {
                        c = (UChar32)utf8_next(&s);
                        is_quoted = c == '"' ? !is_quoted
                                             : (is_quoted || c == 0x201C ||
                                                c == 0x201E || c == 0xAB) &&
                                                       c != 0x201D && c != 0xBB;
                        continue;
                }
                s = str_sub(s, word.n, s.n);
                /* "US" is no "us" */
                if (!is_quoted && usage_has(lang, USAGE_WE, word) &&
                    !(word.n > 1 && shouts(word)))
                        return true;
        }
        return false;
}
