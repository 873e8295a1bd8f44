#ifndef WIRE_SANITIZE_H
#define WIRE_SANITIZE_H

/*
 * A stranger's HTML made safe: written anew from an allow list.
 *
 * Nothing is copied: tags are written from our own table, balanced; text and
 * attribute values are decoded and escaped again; addresses are made absolute
 * against base and kept only with a scheme we know. Scripts, styles, forms,
 * frames, drawings, events, name and class never pass, id only behind
 * "user-content-". Pictures of one pixel, or of a known counter (tracker.h),
 * are dropped, as they only count readers; links lose what follows readers
 * about (url_clean). Input past LIMIT_CONTENT_B is cut off. What was written so
 * stays as it is when it is sanitised again.
 */

#include <stdbool.h>

#include "base/str.h"

struct arena;
struct buf;

struct str sanitize_html(struct arena *a, struct str html, struct str base);

/*
 * The same into out. is_xml: the text is XHTML out of an XML document, where
 * "<p/>" is an empty element. Scratch memory is taken from a.
 */
void sanitize_to(struct buf *out, struct arena *a, struct str html,
                 struct str base, bool is_xml);

/* Text that is no markup, escaped, as HTML. */
struct str sanitize_text(struct arena *a, struct str text);

/* The address of the first picture in HTML that was written here, of which
 * there is but one way to write it; absent when there is none. */
struct str sanitize_first_picture(struct arena *a, struct str clean);

/* An address out of foreign HTML, decoded and absolute; absent when it isn't
 * one that a reader may follow. */
struct str sanitize_url(struct arena *a, struct str raw, struct str base);
/* Is it one as sanitize_url gives them? */
bool sanitize_is_url(struct str url);

#endif
