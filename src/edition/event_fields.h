#ifndef EDITION_EVENT_FIELDS_H
#define EDITION_EVENT_FIELDS_H

/*
 * An event from named texts, as a table's columns or the command line give
 * them: "start" 2026-03-06T14:00, "zone" Europe/Berlin, "title" ... Pure.
 */

#include "base/err.h"
#include "base/str.h"
#include "store/event.h"

struct arena;

/* The names, by which they are asked for too; others are read as one of them:
 * "summary" as title, "location" as place ... */
enum event_field {
        EVENT_START, /* 2026-03-06, 2026-03-06T14:00, ... with an offset */
        EVENT_TIME,  /* 14:00, beside a start that is a date alone */
        EVENT_END,   /* as start; of whole days the last one */
        EVENT_ZONE,  /* IANA name */
        EVENT_CATEGORY,
        EVENT_TITLE,
        EVENT_PLACE,
        EVENT_IMPORTANCE, /* low, normal, high; 1, 2, 3 */
        EVENT_EXPECTED,
        EVENT_PREVIOUS,
        EVENT_TENTATIVE, /* yes or no */
        EVENT_CANCELLED,
        EVENT_URL,
        EVENT_SOURCE,
        EVENT_UID,
        EVENT_FIELDS,
};

struct event_fields {
        struct str values[EVENT_FIELDS]; /* absent or empty: not said */
        struct str zone; /* of those that name none: the press's */
};

/* EVENT_FIELDS: it is the name of none. Case, blanks and _ don't matter. */
enum event_field event_field_of(struct str name);
/* Names that are understood, for messages. */
extern const char *const event_field_names;

/*
 * The event; texts live in a. Without a uid its start and title make one.
 * ERR_INPUT names the field, its value and what was meant.
 */
NODISCARD int event_from_fields(struct arena *a, const struct event_fields *f,
                                struct event *ret, struct err *err);

#endif
