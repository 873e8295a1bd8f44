#include "story/fitness.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/tongue.h"

#define LENGTH_MIN_B 30
#define LENGTH_MAX_B 420
#define WORDS_MIN 5
#define STAMP_MAX_B 24
#define HEADLINE_WORDS 7 /* with capitals, one after the other */

static const char *const furniture[] = {
        "read more",
        "read also",
        "sign up",
        "subscribe",
        "click here",
        "follow us",
        "all rights reserved",
        "copyright",
        "getty images",
        "image source",
        "image caption",
        "media caption",
        "photograph:",
        "photo:",
        "picture:",
        "contributed to this report",
        "contributed to this story",
        "additional reporting",
        "reporting by",
        "editing by",
        "updated at",
        "last updated",
        "share this",
        "posted on ",
        "posted by ",
        "updated:",
        "published time",
        "published:",
        "for immediate release",
        "this article",
        "this story was",
        "see also",
        "related:",
        "cookie",
        "newsletter",
        "advertisement",
        "e-mail us",
        "scroll down",
        "(photo",
        "click to",
        "http://",
        "https://",
        "www.",
        "pic.twitter",
        "lire aussi",
        "lire la suite",
        "abonnez-vous",
        "tous droits",
        "inscrivez-vous",
        "mehr zum thema",
        "lesen sie",
        "abonnieren",
        "alle rechte",
        "lea también",
        "suscríbete",
        "suscríbase",
        "derechos reservados",
        "leggi anche",
        "iscriviti",
        "leia mais",
        "читайте также",
        "подписывайтесь",
};

/* Phrases of several words by which a sentence leans on the one before. */
static const char *const leaning[] = {
        "true,",
        "one of them",
        "some of them",
        "many of them",
        "none of them",
        "both of ",
        "the other ",
        "in addition",
        "as a result",
        "at the same time",
        "on the other hand",
        "for example",
        "for instance",
        "in contrast",
        "in fact",
        "of course",
        "after that",
        "the two men",
        "the two women",
        "the pair",
        "the former",
        "the latter",
        "the same ",
        "at that time",
        "by then",
        "since then",
        "until then",
        "because of this",
        "despite this",
        "like many",
        "in other words",
        "for his part",
        "for her part",
        "that's",
        "it's",
        "he's",
        "she's",
        "they're",
        "there's",
        "par ailleurs",
        "en revanche",
        "de son côté",
        "en effet",
        "au contraire",
        "c'est",
        "c’est",
        "zum beispiel",
        "im gegensatz",
        "sin embargo",
        "por otra parte",
        "por su parte",
        "en cambio",
        "tuttavia",
        "кроме того",
        "при этом",
        "по его словам",
        "по ее словам",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static UChar32 last_char(struct str s)
{
        size_t at = s.n;

        while (at > 0 && ((unsigned char)s.p[--at] & 0xC0) == 0x80)
                ;
        s = str_sub(s, at, s.n);
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

static bool is_mark(UChar32 c)
{
        return c == '"' || c == '\'' || c == 0x201D || c == 0x2019 ||
               c == 0xBB || c == 0x201C || c == ')' || c == 0x300D;
}

/* It ends as a sentence does, whatever quotation mark comes last. */
static bool is_ended(struct str s)
{
        UChar32 c = last_char(s);

        while (is_mark(c) && s.n) {
                s.n--;
                while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
                        s.n--;
                c = last_char(s);
        }
        return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 ||
               c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964;
}

/* Marks in pairs. ’ is left out: it is an apostrophe too. */
static bool is_balanced(struct str s)
{
        int round = 0, curly = 0, low = 0, angle = 0, plain = 0;

        while (s.n) {
                UChar32 c = (UChar32)utf8_next(&s);

                round += (c == '(') - (c == ')');
                angle += (c == 0xAB) - (c == 0xBB);
                low += c == 0x201E;
                plain += c == '"';
                if (c == 0x201C)
                        curly++;
                else if (c == 0x201D)
                        curly--;
                if (round < 0)
                        return false;
        }
        /* „…“ closes with the mark that opens “…” */
        if (low)
                return curly == low || curly == 0 || curly == -low;
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
                    c == '-' || c == '.' || c == '*' || c == 0x2022)
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

/* "Ports Reopen As Strike Ends For Good In Port Ambry The first ...". */
static bool begins_with_headline(struct str s)
{
        struct str word;

        for (int i = 0; i < HEADLINE_WORDS; i++) {
                if (!str_cut(&s, ' ', &word) || !word.n ||
                    !u_isUUppercase((UChar32)utf8_next(&word)))
                        return false;
        }
        return true;
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

bool fitness_is_fit(struct str s, enum lang lang)
{
        (void)lang;
        if (s.n < LENGTH_MIN_B || s.n > LENGTH_MAX_B || !is_ended(s) ||
            begins_with_stamp(s) || has_clock(s) || ends_as_caption(s) ||
            begins_with_headline(s) || !is_balanced(s) || !begins_well(s) ||
            count_words(s) < WORDS_MIN)
                return false;
        for (size_t i = 0; i < COUNT(furniture); i++)
                if (str_find_nocase(s, str_c(furniture[i]), 0) != STR_NONE)
                        return false;
        return true;
}

bool fitness_is_leaning(struct str s, enum lang lang)
{
        while (s.n &&
               !u_isalnum((UChar32)utf8_next(&(struct str) { s.p, s.n })))
                utf8_next(&s);
        for (size_t i = 0; i < COUNT(leaning); i++)
                if (str_starts_nocase(s, str_c(leaning[i])))
                        return true;
        return tongue_is_opener(lang, tongue_first_word(s));
}
