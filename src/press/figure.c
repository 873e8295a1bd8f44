#include "press/figure.h"

#include <math.h>

#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "press/day.h"

#define FIGURE_MAX 128
#define SHORT_FROM 1e6
#define DECIMALS_MAX 6

struct figures {
        UNumberFormat *plain;
        UNumberFormatter *brief;
        struct str before, behind;
};

static bool is_one_of(struct str s, const char *const *list, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq_nocase(s, str_c(list[i])))
                        return true;
        return false;
}

static const char *const percent[] = { "%",       "per cent",  "percent",
                                       "Prozent", "pour cent", "por ciento" };
static const char *const money[] = { "$", "\u20ac", "\u00a3", "\u00a5",
                                     "\u20b9" };

bool figure_has_sign(struct str unit)
{
        return is_one_of(unit, percent, 6) || is_one_of(unit, money, 5);
}

struct figures *figures_new(struct arena *a, struct str language,
                            struct str unit)
{
        struct figures *f = arena_alloc(a, sizeof(*f));
        const char *locale = language_locale(a, language);
        UErrorCode rc = U_ZERO_ERROR;
        UChar skeleton[64];

        if (is_one_of(unit, percent, 6))
                f->behind = STR("%");
        else if (is_one_of(unit, money, 5))
                f->before = unit;
        f->plain = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &rc);
        if (U_FAILURE(rc))
                f->plain = NULL;
        rc = U_ZERO_ERROR;
        u_uastrcpy(skeleton, "compact-short .##");
        f->brief = unumf_openForSkeletonAndLocale(skeleton, -1, locale, &rc);
        if (U_FAILURE(rc))
                f->brief = NULL;
        return f;
}

void figures_done(struct figures *f)
{
        if (f->plain)
                unum_close(f->plain);
        if (f->brief)
                unumf_close(f->brief);
}

static int32_t brief_text(const struct figures *f, double v, UChar *out)
{
        UErrorCode rc = U_ZERO_ERROR;
        UFormattedNumber *n = unumf_openResult(&rc);
        int32_t length = 0;

        unumf_formatDouble(f->brief, v, n, &rc);
        length = unumf_resultToString(n, out, FIGURE_MAX, &rc);
        unumf_closeResult(n);
        return U_FAILURE(rc) ? 0 : length;
}

static int32_t plain_text(const struct figures *f, double v, int decimals,
                          UChar *out)
{
        UErrorCode rc = U_ZERO_ERROR;
        int32_t n;

        unum_setAttribute(f->plain, UNUM_FRACTION_DIGITS, decimals);
        n = unum_formatDouble(f->plain, v, out, FIGURE_MAX, NULL, &rc);
        return U_FAILURE(rc) ? 0 : n;
}

struct str figure_text(struct arena *a, const struct figures *f, double v,
                       int decimals)
{
        UChar wide[FIGURE_MAX];
        char out[FIGURE_MAX * 3];
        UErrorCode rc = U_ZERO_ERROR;
        int32_t n = 0, length = 0;
        double size = fabs(v);

        if (decimals > DECIMALS_MAX)
                decimals = DECIMALS_MAX;
        if (size < 0.5 * pow(10, -decimals))
                v = size = 0;
        if (size >= SHORT_FROM && f->brief)
                n = brief_text(f, size, wide);
        else if (f->plain)
                n = plain_text(f, size, decimals, wide);
        u_strToUTF8(out, sizeof(out), &length, wide, n, &rc);
        if (U_FAILURE(rc) || !n)
                return arena_printf(a, "%.*f", decimals, v);
        return arena_printf(a, "%s" STR_FMT "%.*s" STR_FMT,
                            v < 0 ? "\u2212" : "", STR_ARG(f->before), length,
                            out, STR_ARG(f->behind));
}
