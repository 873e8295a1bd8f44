#ifndef CMD_DRAFT_H
#define CMD_DRAFT_H

/* What compose, edit, show and verify share: an edition and its copies. */

#include "cmd/cmd.h"
#include "store/edition.h"

struct civil;
struct edition;

/* The edition of date, or the newest when date is NULL. ERR_ABSENT says how to
 * make one. */
NODISCARD int draft_find(struct env *env, const char *date,
                         struct edition_row *ret);

/* "2026-03-06" or fail; NULL gives today in the press's zone. In env->a. */
NODISCARD int draft_date(struct env *env, const char *date,
                         struct civil *ret_civil, struct str *ret);

bool draft_is_published(const struct edition_row *row);

/*
 * Read text as a copy. A fault shows the line itself below the message, with
 * name (the file's, or what it is) in front.
 */
NODISCARD int draft_read(struct env *env, const char *name, struct str text,
                         struct edition **ret);

/* e as text, in env->a. */
NODISCARD int draft_write(struct env *env, const struct edition *e,
                          struct str *ret);

struct phrases;
/*
 * The press's phrases as an edition of that date says them: by weekday, season
 * and holiday. ERR_INPUT: a file of phrases or holidays is wrong.
 */
NODISCARD int draft_phrases(struct env *env, const struct civil *date,
                            const struct phrases **ret);

/* The first line of a draft: the setting's, or the language's own; "-": none.
 */
struct str draft_greeting(struct env *env, const struct phrases *phrases);

#endif
