#ifndef BASE_FLAT_H
#define BASE_FLAT_H

/*
 * The short way to the texts of a flat JSON object (RFC 8259), as they come by
 * the million, a line each. jansson, which makes a tree of it, takes twenty
 * times as long.
 *
 * It reads what is plainly right and leaves all else to jansson: what holds
 * another object or an array, a number with a fraction, whatever is wrong. So
 * there is one place that judges such a line and says what it has.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct buf;

#define FLAT_ROOM_B 16

struct flat {
        struct str key;  /* wanted */
        struct str text; /* read: absent when there is none, or no text */
};

/*
 * Fill in the texts of want; of two members of one name the last counts. False:
 * ask jansson. Texts are borrowed from json or from room, which is emptied
 * first and whose maximum must be FLAT_ROOM_B over the length of json.
 */
bool flat_read(struct str json, struct buf *room, struct flat *want, size_t n);

#endif
