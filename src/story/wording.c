#include "story/wording.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/usage.h"

#define FOLDED_B 1800 /* of a text that is looked through */
#define TURN_B 90     /* of a sentence that a turn stands in */

static const struct {
        enum lang lang;
        struct str lists[WORDING_LISTS];
} wordings[] = {
#define WORDING(name, days, turns, stance, witness, routine, silence,          \
                explainers)                                                    \
        { LANG_##name,                                                         \
          { STR_INIT(days), STR_INIT(turns), STR_INIT(stance),                 \
            STR_INIT(witness), STR_INIT(routine), STR_INIT(silence),           \
            STR_INIT(explainers) } },
#include "story/wording.def"
#undef WORDING
};

static struct str list_of(enum lang lang, enum wording_list list)
{
        for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++)
                if (wordings[i].lang == lang)
                        return wordings[i].lists[list];
        return STR_NULL;
}

/* Does s end within a word, or begin within one? */
static bool ends_in_word(struct str s)
{
        return u_isalnum((UChar32)utf8_last(s));
}

static bool begins_in_word(struct str s)
{
        return s.n && u_isalnum((UChar32)utf8_next(&s));
}

/* The last word of s, which a blank ends. */
static struct str last_word(struct str s)
{
        size_t end = s.n, from;

        while (end > 0 && s.p[end - 1] == ' ')
                end--;
        for (from = end; from > 0 && s.p[from - 1] != ' ';)
                from--;
        return str_sub(s, from, end - from);
}

/* "la mañana", "de morgen": behind an article it is no day but a noun. */
static bool is_noun(struct str before, enum lang lang)
{
        return usage_has(lang, USAGE_ARTICLES, last_word(before));
}

static bool has_phrase(struct str s, struct str phrase, enum lang lang,
                       bool is_day)
{
        bool at_start = phrase.p[0] == '^';

        phrase = str_sub(phrase, at_start, phrase.n);
        for (size_t at = str_find(s, phrase, 0); at != STR_NONE;
             at = str_find(s, phrase, at + 1)) {
                struct str before = str_sub(s, 0, at);
                struct str after = str_sub(s, at + phrase.n, s.n);

                if (at_start && at)
                        return false;
                if (begins_in_word(phrase) && ends_in_word(before))
                        continue;
                if (ends_in_word(phrase) && begins_in_word(after))
                        continue;
                if (!is_day || !is_noun(before, lang))
                        return true;
        }
        return false;
}

/* German writes the noun "Morgen" and "morgen", the day after, by the capital
 * alone: there only the first letter is made small. */
static struct str folded(enum lang lang, enum wording_list list, struct str s,
                         char *out)
{
        struct str first = usage_fold(utf8_clip(s, 4), out, FOLDED_B);
        size_t n = 0;

        if (lang != LANG_DE || list != WORDING_DAYS)
                return usage_fold(s, out, FOLDED_B);
        if (!first.n || (unsigned char)first.p[0] >= 0x80)
                return s;
        for (; n < s.n && n < FOLDED_B; n++)
                out[n] = n ? s.p[n] : first.p[0];
        return (struct str) { out, n };
}

bool wording_has(enum lang lang, enum wording_list list, struct str s)
{
        char out[FOLDED_B];
        struct str rest = list_of(lang, list), phrase;

        if (!rest.n || !s.n)
                return false;
        s = folded(lang, list, s, out);
        if (list == WORDING_TURNS)
                s = utf8_clip(s, TURN_B);
        while (str_cut(&rest, '|', &phrase))
                if (phrase.n &&
                    has_phrase(s, phrase, lang, list == WORDING_DAYS))
                        return true;
        return false;
}
