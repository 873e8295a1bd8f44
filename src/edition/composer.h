#ifndef EDITION_COMPOSER_H
#define EDITION_COMPOSER_H

/*
 * The pen of compose.c: what is linked and which headlines are printed already,
 * and the small things each section is written with.
 */

#include "base/hash.h"
#include "conf/phrases.h"
#include "edition/attrs.h"
#include "edition/compose.h"

struct buf;

struct composer {
        struct arena *a;
        const struct compose_input *in;
        struct buf *out;
        struct map *linked; /* identity of each article that is linked */
        struct map *given;  /* words by source, in small letters */
        struct map *titles; /* each headline printed, in lower case */
};

/* The phrase; {places} filled with Markdown by the second. */
struct str composer_phrase(struct composer *c, const char *key);
struct str composer_fill(struct composer *c, const char *key,
                         const struct phrase_arg *args, size_t n);

/* A headline without label or outlet. A view of title. */
struct str composer_title(const struct composer *c, const struct article *art,
                          struct str title);
void composer_note_title(struct composer *c, struct str title);
void composer_note_link(struct composer *c, const struct article *art);

/* May text of art be printed, or has its source given all it may? Counts it. */
bool composer_takes(struct composer *c, const struct article *art,
                    struct str text);

/* Does a headline end as a sentence does, so that no stop is wanted? */
bool composer_is_stopped(struct str s);

/* " {attributes}" and the end of the line. */
void composer_end(struct composer *c, const struct attrs *attrs);
/* " [Source](url), [Source](url)", each article once; notes them. */
void composer_credits(struct composer *c, const struct article *const *list,
                      size_t n);

/* Did an earlier edition carry it? */
bool composer_is_update(const struct story *s);
/* The phrase that stands before its headline: "update", "exclusive"; NULL. */
const char *composer_mark(const struct story *s);
/* story=, sources=, by=, exclusive= and update=, as the press prints them. */
struct attrs composer_story(struct composer *c, const struct story *s);
/* lang=, when the article is not in the edition's language. */
void composer_foreign(struct composer *c, const struct article *art,
                      struct attrs *attrs);
/* Reporters' names on one line. */
struct str composer_reporters(struct composer *c, const struct article *art);

/*
 * Up to max other articles of the story, each of another publisher and with a
 * headline that isn't printed yet; the newest first, foreign ones last.
 */
size_t composer_others(struct composer *c, const struct story *s,
                       const struct article **ret, size_t max);
bool composer_has_family(const struct article *const *list, size_t n,
                         struct str source);
bool composer_is_linked(const struct composer *c, const struct article *art);

/* [text](url) as Markdown, or text alone when url is empty; in the arena. */
struct str composer_link(struct composer *c, struct str text, struct str url);

#endif
