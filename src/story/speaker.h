#ifndef STORY_SPEAKER_H
#define STORY_SPEAKER_H

/*
 * Who said it: the named person that the words around a quotation give, with
 * the role they name. "She said" and "the ministry said" name nobody.
 */

#include "base/str.h"
#include "story/lang.h"

/*
 * before and after are what stands on both sides of a quotation, in its
 * paragraph. A view of one of them, or absent.
 */
struct str speaker_of(struct str before, struct str after, enum lang lang);

/*
 * who in full: where the text first names the bearer of a surname. Absent when
 * it never does, for a surname alone introduces nobody.
 */
struct str speaker_in_full(struct str text, struct str who, enum lang lang);

/* How much of text (a sentence that follows a quotation) says who spoke: its
 * bytes up to and with the stop, or 0 when it says more than that. */
size_t speaker_sentence(struct str after);

#endif
