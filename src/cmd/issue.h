#ifndef CMD_ISSUE_H
#define CMD_ISSUE_H

/*
 * What printing and mailing both need: the press with its theme and phrases,
 * and an edition read from the store. All lives in env->a.
 */

#include "cmd/cmd.h"
#include "press/press.h"

/*
 * Files of theme/ in the press stand in for those that are built in. ERR_INPUT:
 * a file of phrases is wrong, and err says which line.
 */
NODISCARD int issue_press(struct env *env, struct press *ret);

/*
 * The phrases of a language over the English ones: en, then pt, then pt-BR, as
 * far as there are any, in the theme or in the press's own theme/ folder.
 */
struct phrases;
NODISCARD int issue_phrases(struct env *env, struct str language,
                            const struct phrases **ret);

/* One file of them, theme/phrases/LANG.txt: the press's own, else ours. */
NODISCARD int issue_phrase_file(struct env *env, struct str language,
                                struct str *ret, bool *ret_there);

/* The holidays that are built in, and those of the press's own
 * theme/holidays.txt. */
struct holiday_rules;
NODISCARD int issue_holidays(struct env *env, struct holiday_rules *ret);

/* The newest copy of an edition: of a published one, the copy as frozen, or as
 * it was corrected, with the notes that say so. */
NODISCARD int issue_load(struct env *env, const struct edition_row *row,
                         struct issue *ret);
/* The copies of its earlier versions, too. */
NODISCARD int issue_load_versions(struct env *env, struct issue *inout);

/* A revision read as a copy. */
NODISCARD int issue_revision(struct env *env, const struct edition_row *row,
                             int64_t n, struct edition **ret);

#endif
