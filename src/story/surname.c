#include "story/surname.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/usage.h"

#define NAME_MIN_B 3

static bool begins_upper(struct str s)
{
        return s.n && u_isUUppercase((UChar32)utf8_next(&s));
}

/* "FBI": letters that stand for a name explain themselves or never. */
static bool is_acronym(struct str word)
{
        while (word.n)
                if (u_isULowercase((UChar32)utf8_next(&word)))
                        return false;
        return true;
}

/* A small word that has a capital where it begins a sentence, or a day. */
static bool is_common(struct str word, enum lang lang)
{
        return usage_has(lang, USAGE_BREAKS, word) ||
               usage_has(lang, USAGE_ARTICLES, word) ||
               usage_has(lang, USAGE_OPENERS, word) ||
               usage_has(lang, USAGE_CLAUSES, word) ||
               usage_has(lang, USAGE_FILLERS, word) ||
               usage_has(lang, USAGE_CREDITS, word) ||
               usage_has(lang, USAGE_VERBS, word) || usage_is_honorific(word);
}

/* The word without marks before and behind it, and without "'s". */
static struct str bare(struct str token)
{
        struct str word, end;

        while (token.n && !u_isalnum((UChar32)utf8_next(
                                  &(struct str) { token.p, token.n })))
                utf8_next(&token);
        word = usage_first_word(token);
        end = str_sub(word, word.n > 2 ? word.n - 2 : 0, word.n);
        if (str_eq(end, STR("'s")))
                return str_sub(word, 0, word.n - 2);
        return str_ends(word, STR("\u2019s"))
                       ? str_sub(word, 0, word.n - STR("\u2019s").n)
                       : word;
}

/* Does a mark end the token, so that the next is no part of its name? "J." is
 * one that does not. */
static bool is_ended(struct str token)
{
        struct str word = usage_first_word(token);

        return token.n &&
               !(str_ends(token, STR(".")) && word.n + 1 == token.n &&
                 utf8_count(word) <= 4) &&
               !u_isalnum((UChar32)(unsigned char)token.p[token.n - 1]) &&
               (unsigned char)token.p[token.n - 1] < 0x80;
}

static bool is_boundary(struct str s, size_t at)
{
        s = str_sub(s, at, s.n);
        return !s.n || !u_isalnum((UChar32)utf8_next(&s));
}

/* Does a capitalised word that is no small one stand right before at? */
static bool is_in_full(struct str s, size_t at, enum lang lang)
{
        size_t from = at ? at - 1 : 0;
        struct str word;

        if (!at || s.p[from] != ' ')
                return false;
        while (from > 0 && s.p[from - 1] != ' ')
                from--;
        word = str_sub(s, from, at - 1 - from);
        return begins_upper(word) && !is_ended(word) &&
               !is_common(usage_first_word(word), lang);
}

/* Where s has name as a word of its own, from there on; STR_NONE: nowhere. */
static size_t find_word(struct str s, struct str name, size_t from)
{
        size_t at = str_find(s, name, from);

        while (at != STR_NONE &&
               ((at && u_isalnum((UChar32)(unsigned char)s.p[at - 1])) ||
                !is_boundary(s, at + name.n)))
                at = str_find(s, name, at + 1);
        return at;
}

/* Is s full of name, wherever it has it? */
static bool has_in_full(struct str s, struct str name, enum lang lang)
{
        for (size_t at = find_word(s, name, 0); at != STR_NONE;
             at = find_word(s, name, at + 1))
                if (is_in_full(s, at, lang))
                        return true;
        return false;
}

/*
 * The sentence before i that first names the bearer, in full; i: none does. A
 * headline that ran into the text introduces nobody by the surname alone.
 */
static size_t introduction(const struct span *spans, size_t i, struct str name,
                           enum lang lang)
{
        for (size_t k = 0; k < i; k++) {
                if (has_in_full(spans[k].text, name, lang))
                        return k;
                if (spans[k].is_fit &&
                    find_word(spans[k].text, name, 0) != STR_NONE)
                        return i;
        }
        return i;
}

/* May word, between two tokens, be a surname alone? */
static bool stands_alone(struct str word, struct str before, struct str after,
                         bool is_last, enum lang lang)
{
        struct str first = bare(before);

        if (word.n < NAME_MIN_B || !begins_upper(word) || is_acronym(word) ||
            is_common(word, lang))
                return false;
        if (begins_upper(first) && !is_ended(before) && !is_common(first, lang))
                return false;
        return is_last || !begins_upper(bare(after));
}

size_t surname_find(const struct span *spans, size_t i, struct str title,
                    enum lang lang, struct surname *ret)
{
        struct str s = spans[i].text, rest = s, before = STR_NULL, token;
        size_t n = 0;

        /* German nouns have capitals all */
        while (lang != LANG_DE && n < SURNAMES_MAX &&
               str_cut(&rest, ' ', &token)) {
                struct str word = bare(token), after = rest, next;
                size_t by = i;

                if (!str_cut(&after, ' ', &next))
                        next = STR_NULL;
                if (stands_alone(word, before, next, is_ended(token), lang) &&
                    find_word(title, word, 0) == STR_NONE &&
                    !has_in_full(s, word, lang))
                        by = introduction(spans, i, word, lang);
                if (by < i)
                        ret[n++] = (struct surname) { word, by };
                before = token;
        }
        return n;
}
