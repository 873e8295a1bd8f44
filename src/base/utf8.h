#ifndef BASE_UTF8_H
#define BASE_UTF8_H

/* UTF-8 (RFC 3629): checked once at the door, then trusted. */

#include <stdint.h>

#include "base/str.h"

struct arena;
struct buf;

#define UTF8_BAD 0xFFFDu

bool utf8_is_valid(struct str s);

/* s itself when it is valid and has no control characters but TAB, LF and CR;
 * else a copy in a with bad sequences as U+FFFD and control characters dropped.
 */
struct str utf8_repair(struct arena *a, struct str s);

/* Take one code point off the front of *s (which must not be empty). Bad bytes
 * give UTF8_BAD, one at a time. */
uint32_t utf8_next(struct str *s);

void utf8_put(struct buf *b, uint32_t code_point);

/* How many code points. */
size_t utf8_count(struct str s);

/* The longest front part of at most max_b bytes that ends between characters.
 */
struct str utf8_clip(struct str s, size_t max_b);

/* The small letter of a Latin, Greek or Cyrillic capital, of as many bytes; any
 * other sign itself. */
uint32_t utf8_small(uint32_t code_point);

/* White space of any script, incl. NBSP, ZWSP and BOM. */
bool utf8_is_space(uint32_t code_point);

/* Words as a reader counts them: what stands between white space; two letters
 * of a script without blanks are one. */
size_t utf8_words(struct str s);
/* White space of any kind folded to single blanks, both ends trimmed. */
struct str utf8_fold_space(struct arena *a, struct str s);

/* The last code point of s; 0: there is none. s is well-formed. */
uint32_t utf8_last(struct str s);

/*
 * Does c show nothing where it stands, behind before? Soft hyphens, zero-width
 * blanks, joiners of scripts that don't join, marks of direction where all goes
 * one way, and those that come in pairs. What a script needs to be read is not
 * idle.
 */
bool utf8_is_idle(uint32_t code_point, struct str before);

/* Folded, and without what is idle: as strangers' text is kept. */
struct str utf8_tidy(struct arena *a, struct str s);

#endif
