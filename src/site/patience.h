#ifndef SITE_PATIENCE_H
#define SITE_PATIENCE_H

/*
 * How long a client may take. A connection that says nothing is closed by the
 * HTTP library; one that says a byte now and then would hold its place for
 * ever, and a few hundred of them keep everyone else out. So each gets a time
 * for its question and a time for taking the answer, and where the places run
 * short the time is short.
 *
 * The danger removed: clients that trickle. One thread uses all this.
 */

#include <stddef.h>
#include <stdint.h>

#include <microhttpd.h>

struct arena;
struct patience;

#define PATIENCE_ASK_MS 60000 /* from its last answer to its question's end */
/* The same, with three of four places taken. */
#define PATIENCE_CROWDED_MS 5000
#define PATIENCE_ANSWER_MS 600000

/* For so many connections at most; lives in a. */
struct patience *patience_new(struct arena *a, size_t places);
/* For MHD_OPTION_NOTIFY_CONNECTION; self is the patience. */
void patience_note(void *self, struct MHD_Connection *c, void **context,
                   enum MHD_ConnectionNotificationCode what);
/* The question is whole: from now on the client takes its answer. */
void patience_asked(struct MHD_Connection *c);
/* It has it; its next question may come. */
void patience_answered(struct MHD_Connection *c);
/* Close who took too long. */
void patience_sweep(struct patience *p, int64_t now_ms);

#endif
