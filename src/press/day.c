#include "press/day.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/arena.h"

#define WORDS_MAX 128 /* UTF-16 units of a date in words */
#define LOCALE_MAX 160
#define PLURAL_MAX 16 /* ICU's longest is "other" */

/*
 * ICU's name for a language, with the digits of all other figures on the page.
 * What is no language tag counts as English.
 */
const char *language_locale(struct arena *a, struct str language)
{
        char name[LOCALE_MAX];
        UErrorCode rc = U_ZERO_ERROR;
        int32_t taken = 0;

        if (!language.n || str_eq(language, STR("en")))
                return "en_001";
        uloc_forLanguageTag(arena_cstr(a, language), name, sizeof(name), &taken,
                            &rc);
        if (U_FAILURE(rc) || rc == U_STRING_NOT_TERMINATED_WARNING ||
            (size_t)taken != language.n)
                return "en_001";
        return arena_printf(a, "%s@numbers=latn", name).p;
}

struct str language_plural(struct arena *a, struct str language, int64_t n)
{
        UErrorCode rc = U_ZERO_ERROR;
        UPluralRules *rules = uplrules_open(language_locale(a, language), &rc);
        UChar keyword[PLURAL_MAX];
        char out[PLURAL_MAX];
        int32_t length;

        if (U_FAILURE(rc))
                return STR("other");
        length = uplrules_select(rules, (double)n, keyword, PLURAL_MAX, &rc);
        uplrules_close(rules);
        if (U_FAILURE(rc) || length >= PLURAL_MAX)
                return STR("other");
        u_UCharsToChars(keyword, out, length);
        return arena_str(a, (struct str) { out, (size_t)length });
}

/* ICU knows which parts a language wants, and in what order. */
static UErrorCode pattern_of(const char *locale, const char *skeleton,
                             UChar pattern[WORDS_MAX])
{
        UErrorCode rc = U_ZERO_ERROR;
        UChar wanted[32];
        UDateTimePatternGenerator *g = udatpg_open(locale, &rc);
        int32_t n;

        if (U_FAILURE(rc))
                return rc;
        u_uastrcpy(wanted, skeleton);
        n = udatpg_getBestPattern(g, wanted, -1, pattern, WORDS_MAX - 1, &rc);
        udatpg_close(g);
        if (U_SUCCESS(rc))
                pattern[n] = 0;
        return rc;
}

static struct str in_words(struct arena *a, const char *locale,
                           const UChar *pattern, const UChar *zone, int64_t at)
{
        UChar words[WORDS_MAX];
        char out[WORDS_MAX * 3];
        UErrorCode rc = U_ZERO_ERROR;
        UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1,
                                   pattern, -1, &rc);
        int32_t n;

        if (U_FAILURE(rc))
                return STR("");
        n = udat_format(f, (double)at * 1000, words, WORDS_MAX, NULL, &rc);
        if (U_SUCCESS(rc))
                u_strToUTF8(out, sizeof(out), &n, words, n, &rc);
        udat_close(f);
        if (U_FAILURE(rc))
                return STR("");
        return arena_str(a, (struct str) { out, (size_t)n });
}

/* The wall clock c as it is. */
static struct str format_at(struct arena *a, struct str language,
                            const char *skeleton, const struct civil *c)
{
        static const UChar utc[] = { 'U', 'T', 'C', 0 };
        const char *locale = language_locale(a, language);
        UChar pattern[WORDS_MAX];

        if (U_FAILURE(pattern_of(locale, skeleton, pattern)))
                return STR("");
        return in_words(a, locale, pattern, utc, time_from_civil(c));
}

static struct str format(struct arena *a, struct str language,
                         const char *skeleton, const struct civil *c)
{
        struct civil noon = {
                .year = c->year, .month = c->month, .day = c->day, .hour = 12
        };

        return format_at(a, language, skeleton, &noon);
}

struct str day_long(struct arena *a, struct str language, const struct civil *c)
{
        return format(a, language, "EEEEdMMMMy", c);
}

struct str day_short(struct arena *a, struct str language,
                     const struct civil *c)
{
        return format(a, language, "dMMMM", c);
}

struct str day_weekday(struct arena *a, struct str language,
                       const struct civil *c)
{
        return format(a, language, "cccc", c);
}

struct str day_month(struct arena *a, struct str language,
                     const struct civil *c)
{
        return format(a, language, "LLLLy", c);
}

/* A pattern that is the same in every language. */
static struct str spell(struct arena *a, struct str language,
                        const char *pattern, const struct civil *c)
{
        static const UChar utc[] = { 'U', 'T', 'C', 0 };
        UChar wanted[16];

        u_uastrcpy(wanted, pattern);
        return in_words(a, language_locale(a, language), wanted, utc,
                        time_from_civil(c));
}

struct str day_as(struct arena *a, struct str language, struct str pattern,
                  const struct civil *c)
{
        static const UChar utc[] = { 'U', 'T', 'C', 0 };
        UChar wide[WORDS_MAX];
        UErrorCode rc = U_ZERO_ERROR;
        int32_t n = 0;

        u_strFromUTF8(wide, WORDS_MAX - 1, &n, pattern.p, (int32_t)pattern.n,
                      &rc);
        if (U_FAILURE(rc))
                return STR("");
        wide[n] = 0;
        return in_words(a, language_locale(a, language), wide, utc,
                        time_from_civil(c));
}

struct str day_month_short(struct arena *a, struct str language,
                           const struct civil *c)
{
        return spell(a, language, "LLL", c);
}

struct str day_quarter(struct arena *a, struct str language,
                       const struct civil *c)
{
        return spell(a, language, "QQQ", c);
}

static bool is_digits(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_digit(s.p[i]))
                        return false;
        return true;
}

/* "2 PM" as newspapers write it. s is in an arena, and ours to change. */
static struct str closed_up(struct str s)
{
        static const struct str ends[] = { STR_INIT(" am"), STR_INIT(" pm"),
                                           STR_INIT("\u202fam"),
                                           STR_INIT("\u202fpm") };
        char *p = (char *)s.p;

        for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
                if (s.n < ends[i].n ||
                    !str_eq_nocase(str_sub(s, s.n - ends[i].n, s.n), ends[i]))
                        continue;

                size_t end = s.n - ends[i].n;

                p[end] = chr_lower(s.p[s.n - 2]);
                p[end + 1] = 'm';
                return (struct str) { p, end + 2 };
        }
        return s;
}

struct str day_clock(struct arena *a, struct str language,
                     const struct civil *c)
{
        struct str hour = STR("");

        if (!c->minute)
                hour = format_at(a, language, "j", c);
        if (!hour.n || is_digits(hour)) /* "14" alone is no time of day */
                hour = format_at(a, language, "jmm", c);
        return closed_up(hour);
}

struct str day_moment(struct arena *a, struct str language,
                      const struct civil *c)
{
        return closed_up(format_at(a, language, "dMMMMjmm", c));
}

struct str day_city(struct arena *a, struct str language, struct str zone)
{
        static const UChar pattern[] = { 'V', 'V', 'V', 0 };
        UChar name[WORDS_MAX];

        if (zone.n >= WORDS_MAX)
                return STR("");
        u_uastrcpy(name, arena_cstr(a, zone));
        return in_words(a, language_locale(a, language), pattern, name, 0);
}

bool language_is_rtl(struct arena *a, struct str language)
{
        return uloc_isRightToLeft(language_locale(a, language));
}

bool language_is_tag(struct str language)
{
        bool is_first = true;
        struct str part;

        while (str_cut(&language, '-', &part)) {
                if (part.n < (is_first ? 2 : 1) || part.n > 8)
                        return false;
                for (size_t i = 0; i < part.n; i++)
                        if (is_first ? !chr_is_alpha(part.p[i])
                                     : !chr_is_alnum(part.p[i]))
                                return false;
                is_first = false;
        }
        return !is_first;
}
