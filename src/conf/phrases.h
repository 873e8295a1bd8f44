#ifndef CONF_PHRASES_H
#define CONF_PHRASES_H

/*
 * The fixed phrases of an edition in one language, from theme/phrases/LANG.txt:
 * "key = text" a line, # for comments. {name} in a text is filled by the
 * caller. These are the only words that Bulldog writes which no source said.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct phrases;

/* Later files win, so English first and then the language itself. ERR_INPUT
 * names the line. */
NODISCARD int phrases_parse(struct arena *a, struct str text,
                            struct phrases **inout, struct err *err);
/*
 * Variants. "greeting.monday" is what greeting says on Mondays, "greeting.any"
 * another way of saying it on any day, "greeting.any.2" a third. WHEN is any,
 * monday ... sunday, weekend, spring, summer, autumn, winter or holiday; .2 to
 * .9 behind it are further ones. Those of a language go with its own phrase
 * only, never with English that stands in for it.
 */
enum phrase_season {
        PHRASE_NO_SEASON, /* in the tropics, or nobody knows */
        PHRASE_SPRING,
        PHRASE_SUMMER,
        PHRASE_AUTUMN,
        PHRASE_WINTER,
};

struct phrase_day {
        int64_t day; /* since 1970 */
        enum phrase_season season;
        bool is_holiday, was_holiday; /* that day; the day before */
};

/*
 * The phrases as that day says them: of each with variants one, chosen by the
 * day alone. A holiday's come first, then the weekday's, on Wednesdays the
 * season's, else all that hold on any day take turns; so no two days in a row
 * say the same where they need not. In a.
 */
const struct phrases *phrases_of_day(struct arena *a, const struct phrases *p,
                                     const struct phrase_day *day);
/* "greeting" of "greeting.monday.2"; absent: it is no variant. */
struct str phrases_base(struct str key);
/* The phrase, then each variant: *i begins at 0. False past the last. */
bool phrases_each(const struct phrases *p, const char *key, size_t *i,
                  struct str *ret);

/* The phrase, or the key itself when there is none. Borrowed. */
struct str phrases_get(const struct phrases *p, const char *key);
/* The phrase with {a} and {b} ... replaced: pairs of name, value, ended by NULL
 * name. In a. */
struct phrase_arg {
        const char *name;
        struct str value;
};
struct str phrases_fill(struct arena *a, const struct phrases *p,
                        const char *key, const struct phrase_arg *args,
                        size_t n);
/* Is text one of the phrases, whatever stands in its places? For verify. */
bool phrases_match(const struct phrases *p, struct str text);

#endif
