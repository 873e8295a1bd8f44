#ifndef WIRE_NAMES_H
#define WIRE_NAMES_H

/*
 * What the names that a page gives its parts say of them: class, id and
 * itemprop, cut into words where a sign, a digit or a capital stands
 * ("articleBody", "article__body"), each looked up in names.def.
 */

#include <stdint.h>

#include "base/str.h"

struct arena;
struct names;

#define NAME_WORDS_MAX 24 /* of one element */

/* Bits of what names_read() gives. */
enum name_bit {
#define GROUP(name) NAME_##name##_BIT,
#include "wire/names.def"
#undef GROUP
        NAME_BITS
};

#define NAME_IS(name) (UINT32_C(1) << NAME_##name##_BIT)

/* The index over the table; lives in a. */
const struct names *names_new(struct arena *a);

/* The bits of one attribute's value. */
uint32_t names_read(const struct names *names, struct str value);

#endif
