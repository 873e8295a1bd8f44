#include "edition/quiz_tongue.h"

#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/hash.h"

#define WORD_UNITS 128 /* of UTF-16, of a number or month in words */
#define LOWER_UNITS 4096
#define SOFT_HYPHEN 0xAD
#define PLURAL_MAX 16

static const struct tongue_row {
        const char *code;
        char decimal;
        struct str groups, month_link, lists[TONGUE_LISTS];
} rows[] = {
#define TONGUE(code, decimal, groups, link, l0, l1, l2, l3, l4, l5, l6, l7,    \
               l8, l9, l10, l11, l12, l13, l14, l15)                           \
        { code,                                                                \
          decimal,                                                             \
          STR_INIT(groups),                                                    \
          STR_INIT(link),                                                      \
          { STR_INIT(l0), STR_INIT(l1), STR_INIT(l2), STR_INIT(l3),            \
            STR_INIT(l4), STR_INIT(l5), STR_INIT(l6), STR_INIT(l7),            \
            STR_INIT(l8), STR_INIT(l9), STR_INIT(l10), STR_INIT(l11),          \
            STR_INIT(l12), STR_INIT(l13), STR_INIT(l14), STR_INIT(l15) } },
#include "edition/quiz.def"
#undef TONGUE
};

static const struct tongue_row unknown = { .code = "", .decimal = '.' };

struct quiz_tongue {
        struct arena *a;
        const struct tongue_row *row;
        struct map *numbers, *months; /* lower case -> where it stands below */
        int values[QUIZ_WORDS_MOST + 1];
        struct str words[QUIZ_WORDS_MOST + 1];
        UPluralRules *plurals;
};

static struct str from_units(struct arena *a, const UChar *units, int32_t n)
{
        char *out = arena_alloc(a, (size_t)n * 3 + 1);
        UErrorCode rc = U_ZERO_ERROR;
        int32_t length = 0;

        u_strToUTF8(out, n * 3, &length, units, n, &rc);
        return U_FAILURE(rc) ? STR_NULL : (struct str) { out, (size_t)length };
}

struct str tongue_lower(struct arena *a, struct str s)
{
        UChar units[LOWER_UNITS], small[LOWER_UNITS];
        UErrorCode rc = U_ZERO_ERROR;
        int32_t n = 0;

        if (s.n >= LOWER_UNITS / 2)
                return arena_lower(a, s);
        u_strFromUTF8WithSub(units, LOWER_UNITS, &n, s.p, (int32_t)s.n, ' ',
                             NULL, &rc);
        n = u_strToLower(small, LOWER_UNITS, units, n, "", &rc);
        if (U_FAILURE(rc))
                return arena_lower(a, s);
        return from_units(a, small, n);
}

/* Without the marks of where it may be parted. */
static int32_t without_soft_hyphens(UChar *units, int32_t n)
{
        int32_t k = 0;

        for (int32_t i = 0; i < n; i++)
                if (units[i] != SOFT_HYPHEN)
                        units[k++] = units[i];
        return k;
}

static void learn_numbers(struct quiz_tongue *t, const char *locale)
{
        UErrorCode rc = U_ZERO_ERROR;
        UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, &rc);

        if (U_FAILURE(rc))
                return;
        for (int n = 2; n <= QUIZ_WORDS_MOST; n++) {
                UChar units[WORD_UNITS];
                int32_t length =
                        unum_format(f, n, units, WORD_UNITS, NULL, &rc);
                struct str word;

                if (U_FAILURE(rc))
                        break;
                length = without_soft_hyphens(units, length);
                word = from_units(t->a, units, length);
                if (str_chr(word, ' ', 0) != STR_NONE)
                        continue;
                t->words[n] = word;
                t->values[n] = n;
                map_put(t->numbers, word, &t->values[n]);
        }
        unum_close(f);
}

static void learn_months(struct quiz_tongue *t, const char *locale)
{
        static const UDateFormatSymbolType types[] = { UDAT_MONTHS,
                                                       UDAT_STANDALONE_MONTHS };
        UErrorCode rc = U_ZERO_ERROR;
        UDateFormat *f =
                udat_open(UDAT_LONG, UDAT_LONG, locale, NULL, 0, NULL, 0, &rc);

        if (U_FAILURE(rc))
                return;
        for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++)
                for (int m = 0; m < 12; m++) {
                        UChar units[WORD_UNITS];
                        UErrorCode ok = U_ZERO_ERROR;
                        int32_t n = udat_getSymbols(f, types[k], m, units,
                                                    WORD_UNITS, &ok);

                        if (U_SUCCESS(ok) && n > 0)
                                map_put(t->months,
                                        tongue_lower(
                                                t->a,
                                                from_units(t->a, units, n)),
                                        &t->values[m + 2]);
                }
        udat_close(f);
}

struct quiz_tongue *quiz_tongue_new(struct arena *a, struct str language)
{
        struct quiz_tongue *t = arena_alloc(a, sizeof(*t));
        struct str code = str_sub(language, 0, str_chr(language, '-', 0));
        const char *locale = arena_cstr(a, code);
        UErrorCode rc = U_ZERO_ERROR;

        *t = (struct quiz_tongue) { .a = a,
                                    .row = &unknown,
                                    .numbers = map_new(a),
                                    .months = map_new(a) };
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
                if (str_eq_nocase(code, str_c(rows[i].code)))
                        t->row = &rows[i];
        for (int n = 0; n <= QUIZ_WORDS_MOST; n++)
                t->values[n] = n;
        if (t->row != &unknown) {
                learn_numbers(t, locale);
                learn_months(t, locale);
        }
        t->plurals = uplrules_open(locale, &rc);
        if (U_FAILURE(rc))
                t->plurals = NULL;
        return t;
}

void quiz_tongue_done(struct quiz_tongue *t)
{
        if (t->plurals)
                uplrules_close(t->plurals);
        t->plurals = NULL;
}

char tongue_decimal(const struct quiz_tongue *t)
{
        return t->row->decimal;
}

size_t tongue_group(const struct quiz_tongue *t, struct str rest)
{
        if (str_starts(rest, STR("\u00a0")))
                return 2;
        if (str_starts(rest, STR("\u202f")))
                return 3;
        return rest.n && str_chr(t->row->groups, rest.p[0], 0) != STR_NONE;
}

bool tongue_knows(const struct quiz_tongue *t, enum tongue_list list)
{
        return t->row->lists[list].n > 0;
}

bool tongue_has(const struct quiz_tongue *t, enum tongue_list list,
                struct str word)
{
        struct str rest = t->row->lists[list], one,
                   low = tongue_lower(t->a, word);

        while (low.n && str_cut(&rest, ' ', &one))
                if (one.n && str_eq(one, low))
                        return true;
        return false;
}

size_t tongue_phrase(const struct quiz_tongue *t, enum tongue_list list,
                     struct str s)
{
        struct str rest = t->row->lists[list], one;

        while (str_cut(&rest, '|', &one)) {
                struct str after = str_sub(s, one.n, s.n);

                if (one.n && str_starts_nocase(s, one) &&
                    !(after.n && (chr_is_alnum(after.p[0]) ||
                                  (unsigned char)after.p[0] >= 0xC0)))
                        return one.n;
        }
        return 0;
}

int tongue_number(const struct quiz_tongue *t, struct str word)
{
        const int *n = map_find(t->numbers, tongue_lower(t->a, word));

        return n ? *n : 0;
}

struct str tongue_word(const struct quiz_tongue *t, int n)
{
        return n >= 2 && n <= QUIZ_WORDS_MOST ? t->words[n] : STR_NULL;
}

int tongue_month(const struct quiz_tongue *t, struct str word)
{
        const int *n = map_find(t->months, tongue_lower(t->a, word));

        return n ? *n - 1 : 0;
}

struct str tongue_month_link(const struct quiz_tongue *t)
{
        return t->row->month_link;
}

static struct str plural_of(const struct quiz_tongue *t, double n)
{
        UErrorCode rc = U_ZERO_ERROR;
        UChar keyword[PLURAL_MAX];
        int32_t length;

        if (!t->plurals)
                return STR("other");
        length = uplrules_select(t->plurals, n, keyword, PLURAL_MAX, &rc);
        return U_FAILURE(rc) ? STR("other") : from_units(t->a, keyword, length);
}

bool tongue_same_plural(const struct quiz_tongue *t, double x, double y)
{
        return str_eq(plural_of(t, x), plural_of(t, y));
}
