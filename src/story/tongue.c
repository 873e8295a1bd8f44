#include "story/tongue.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

static const struct {
        enum lang lang;
        const char *abbreviations, *openers, *verbs;
} tongues[] = {
#define TONGUE(name, abbreviations, openers, verbs)                            \
        { LANG_##name, abbreviations, openers, verbs },
#include "story/tongue.def"
#undef TONGUE
};

static size_t tongue_of(enum lang lang)
{
        for (size_t i = 0; i < sizeof(tongues) / sizeof(tongues[0]); i++)
                if (tongues[i].lang == lang)
                        return i;
        return 0;
}

/* word in any case against one that is folded. */
static bool is_same(struct str word, struct str folded)
{
        while (word.n && folded.n) {
                UChar32 c = u_tolower((UChar32)utf8_next(&word));
                if (c != (UChar32)utf8_next(&folded))
                        return false;
        }
        return word.n == folded.n;
}

/* Is word in list; *ret_bar: after its bar. */
static bool is_in(const char *list, struct str word, bool *ret_bar)
{
        struct str rest = str_c(list), one;

        *ret_bar = false;
        while (word.n && str_cut(&rest, ' ', &one)) {
                if (str_eq(one, STR("|")))
                        *ret_bar = true;
                else if (is_same(word, one))
                        return true;
        }
        return false;
}

enum tongue_stop tongue_abbreviation(enum lang lang, struct str word)
{
        bool bar;

        if (!is_in(tongues[tongue_of(lang)].abbreviations, word, &bar))
                return TONGUE_WORD;
        return bar ? TONGUE_MAY_END : TONGUE_NEVER;
}

bool tongue_is_opener(enum lang lang, struct str word)
{
        bool bar;

        return is_in(tongues[tongue_of(lang)].openers, word, &bar);
}

bool tongue_is_verb(enum lang lang, struct str word)
{
        bool bar;

        return is_in(tongues[tongue_of(lang)].verbs, word, &bar);
}

struct str tongue_first_word(struct str s)
{
        struct str rest = s;
        size_t n = 0;

        while (rest.n) {
                UChar32 c = (UChar32)utf8_next(&rest);
                bool inside = n && (c == '-' || c == '\'' || c == 0x2019);

                if (!u_isalnum(c) && !inside)
                        break;
                n = s.n - rest.n;
        }
        return str_sub(s, 0, n);
}
