#ifndef EDITION_AGENDA_H
#define EDITION_AGENDA_H

/*
 * The agenda: which stretch of days an edition looks ahead over, which events
 * of it are printed, and their lines in the copy. Pure.
 *
 *   - **Monetary policy**: The minutes come out. [Bank](url)
 *     {at=2026-03-06T14:00+01:00 zone=Europe/Berlin place=Frankfurt event=7}
 */

#include "conf/clock.h"
#include "edition/compose.h"
#include "edition/holiday.h"
#include "store/event.h"

struct composer;

/*
 * From an edition to the one after it: the days without an edition, the
 * weekend when it is Friday's or Saturday's, and holidays, whose readers are
 * elsewhere.
 */
struct agenda_window {
        int64_t from, to;         /* the two editions' times of publication */
        struct civil first, last; /* days, the second one included */
        const char *heading;      /* key of the phrase that says so */
};

struct agenda_calendar {
        const struct clock_plan *plan;
        const struct holiday_rules *holidays;
        const struct str *countries;
        size_t n_countries;
};

struct agenda_window agenda_window_of(const struct agenda_calendar *c,
                                      const struct civil *date);

/* What composing is given. */
struct agenda_input {
        const struct event *events;
        size_t n;
        struct agenda_window window;
        struct str zone; /* of the press */
        size_t max;
};

/* The events to print, in their order; lists live in a. words are the
 * headlines of the edition's stories. */
struct agenda_choice {
        const struct event **items;
        size_t n;
};
struct agenda_choice agenda_choose(struct arena *a,
                                   const struct agenda_input *in,
                                   const struct str *words, size_t n_words);

/* The section, or nothing when there is no event. title: absent, the days say
 * it. */
void agenda_put(struct composer *c, const struct agenda_input *in,
                const struct agenda_choice *chosen, struct str title);

/* What an event's line in the copy has to say, for who writes and who proves
 * it. In a. */
struct str agenda_at(struct arena *a, const struct event *e, int64_t at,
                     struct str zone);
struct str agenda_source(struct arena *a, const struct event *e);
/* By whose clock it is told: its own place's, or the press's when its zone is
 * no place's (UTC). */
struct str agenda_zone(const struct event *e, struct str press_zone);

#endif
