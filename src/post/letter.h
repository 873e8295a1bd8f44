#ifndef POST_LETTER_H
#define POST_LETTER_H

/*
 * The letter that a subscriber gets: an RFC 5322 message,
 * multipart/alternative, text first. What all letters of an edition share is
 * prepared once; what is each subscriber's own is filled in at the marks below,
 * so that a thousand letters cost a thousand copies and not a thousand
 * printings.
 *
 * Nothing here looks at the clock or draws a number: the same edition and the
 * same subscriber give the same bytes for ever.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct letter;

/* Marks that stand in the html and the text for what is a subscriber's own. */
#define LETTER_MARK_UNSUBSCRIBE "{{unsubscribe_url}}"
#define LETTER_MARK_EMAIL "{{subscriber_email}}"
#define LETTER_MARK_NAME "{{subscriber_name}}"

/* An edition as the post gets it. */
struct letter_parts {
        struct str from, from_name; /* address, words beside it */
        struct str list;            /* name of the series */
        struct str list_id;         /* "morning-edition": stable for ever */
        struct str url;             /* press.url */
        struct str address;         /* postal */
        struct str subject, html, text;
        int64_t date_at; /* of the edition: the Date of each letter */
};

struct letter_to {
        struct str email, name, token;
        struct str message_id; /* with or without angle brackets */
};

/*
 * Prepare the letters of an edition; all lives in a. ERR_INPUT: the From
 * address is none, a part lacks the unsubscribe mark, or the postal address is
 * missing though the letters leave the house. ERR_LIMIT: too large to mail.
 */
NODISCARD int letter_prepare(struct arena *a, const struct letter_parts *parts,
                             const struct letter **ret, struct err *err);

/*
 * Append one subscriber's letter to out. ERR_INPUT: the address is none that
 * we would mail; ERR_LIMIT: out's maximum.
 */
NODISCARD int letter_fill(const struct letter *letter,
                          const struct letter_to *to, struct buf *out,
                          struct err *err);

/* Where a subscriber unsubscribes: <press.url>u/<token>. In a. */
struct str letter_unsubscribe_url(struct arena *a, struct str press_url,
                                  struct str token);

#endif
