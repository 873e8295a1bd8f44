#include "story/lang.h"

static const struct {
        const char *code, *stemmer, *stop_words;
} languages[LANG_COUNT] = {
        { "", NULL, "" },
#define LANGUAGE(name, code, stemmer, stop_words) { code, stemmer, stop_words },
#include "story/lang.def"
#undef LANGUAGE
};

enum lang lang_of_tag(struct str tag)
{
        size_t n = 0;

        while (n < tag.n && chr_is_alpha(tag.p[n]))
                n++;
        for (int i = 1; n && i < LANG_COUNT; i++)
                if (str_eq_nocase(str_sub(tag, 0, n), str_c(languages[i].code)))
                        return (enum lang)i;
        return LANG_OTHER;
}

const char *lang_code(enum lang lang)
{
        return languages[lang].code;
}

const char *lang_stemmer(enum lang lang)
{
        return languages[lang].stemmer;
}

const char *lang_stop_words(enum lang lang)
{
        return languages[lang].stop_words;
}
