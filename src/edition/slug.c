#include "edition/slug.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/arena.h"

/* Units of UTF-16: a title that is longer is cut, which no slug shows. */
#define UNITS_MAX 1024

/* title in ASCII letters, in a; absent when ICU can't. */
static struct str to_ascii(struct arena *a, struct str title)
{
        UErrorCode status = U_ZERO_ERROR;
        UChar *text = arena_array(a, UNITS_MAX, sizeof(*text));
        int32_t n = 0, limit;
        UTransliterator *trans;
        U_STRING_DECL(id, "Any-Latin; Latin-ASCII; Lower", 29);

        U_STRING_INIT(id, "Any-Latin; Latin-ASCII; Lower", 29);
        title = str_sub(title, 0, UNITS_MAX / 4);
        u_strFromUTF8WithSub(text, UNITS_MAX / 2, &n, title.p, (int32_t)title.n,
                             ' ', NULL, &status);
        trans = utrans_openU(id, 29, UTRANS_FORWARD, NULL, 0, NULL, &status);
        if (U_FAILURE(status))
                return STR_NULL;
        limit = n;
        utrans_transUChars(trans, text, &n, UNITS_MAX, 0, &limit, &status);
        utrans_close(trans);
        if (U_FAILURE(status) || n > UNITS_MAX)
                return STR_NULL;

        char *ascii = arena_alloc(a, (size_t)n + 1);

        for (int32_t i = 0; i < n; i++)
                ascii[i] = text[i] < 0x80 ? (char)text[i] : '?';
        return (struct str) { ascii, (size_t)n };
}

static bool is_apostrophe(char c)
{
        return c == '\'' || c == '`';
}

struct str slug_of(struct arena *a, struct str title)
{
        struct str s = to_ascii(a, title);
        char *p = arena_alloc(a, SLUG_MAX + 1);
        size_t n = 0, word = 0; /* word: where the one under way begins */
        bool is_gap = false;

        for (size_t i = 0; i < s.n; i++) {
                if (is_apostrophe(s.p[i])) /* harbour's: harbours */
                        continue;
                if (!chr_is_alnum(s.p[i])) {
                        is_gap = n > 0;
                        continue;
                }
                if (n + is_gap + 1 > SLUG_MAX) {
                        n = word && !is_gap ? word - 1 : n;
                        break;
                }
                if (is_gap) {
                        p[n++] = '-';
                        word = n;
                }
                is_gap = false;
                p[n++] = chr_lower(s.p[i]);
        }
        return n ? (struct str) { p, n } : STR("edition");
}
