#include "wire/link.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/url.h"
#include "wire/fetch.h"

#define LINKS_MOST 50

/* Up to the next end that stands outside of quotes. */
static struct str cut(struct str *rest, char end)
{
        struct str part;
        bool quoted = false;
        size_t i = 0;

        for (; i < rest->n && (quoted || rest->p[i] != end); i++)
                if (rest->p[i] == '"')
                        quoted = !quoted;
        part = str_sub(*rest, 0, i);
        *rest = str_sub(*rest, i + 1, rest->n);
        return part;
}

/* Is rel one of the words of: rel="hub self"? */
static bool has_rel(struct str params, struct str rel)
{
        while (params.n) {
                struct str param = str_trim(cut(&params, ';')), words, word;

                if (!str_starts_nocase(param, STR("rel")))
                        continue;
                words = str_trim(str_sub(param, 3, param.n));
                if (!str_starts(words, STR("=")))
                        continue;
                words = str_trim(str_sub(words, 1, words.n));
                if (words.n >= 2 && words.p[0] == '"')
                        words = str_sub(words, 1, words.n - 2);
                while (str_cut(&words, ' ', &word))
                        if (str_eq_nocase(word, rel))
                                return true;
        }
        return false;
}

static void take(struct arena *a, struct str *place, struct str url,
                 struct str base)
{
        if (!place->n && url.n && url.n <= LIMIT_URL_B)
                *place = url_resolve(a, base, url);
}

void link_read(struct arena *a, struct str value, struct str base,
               struct fetch_answer *w)
{
        for (int i = 0; value.n && i < LINKS_MOST; i++) {
                size_t open = str_chr(value, '<', 0);
                size_t close =
                        open == STR_NONE ? open : str_chr(value, '>', open);
                struct str url, params;

                if (close == STR_NONE)
                        return;
                url = str_trim(str_sub(value, open + 1, close - open - 1));
                value = str_sub(value, close + 1, value.n);
                params = cut(&value, ',');
                if (has_rel(params, STR("hub")))
                        take(a, &w->hub, url, base);
                if (has_rel(params, STR("self")))
                        take(a, &w->self, url, base);
        }
}
