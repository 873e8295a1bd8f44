#ifndef WIRE_CALENDAR_ENTRY_H
#define WIRE_CALENDAR_ENTRY_H

/*
 * What the files of the calendar's reader share: an event as it stands in the
 * text, before its rule is followed; the zones that the text defines.
 */

#include <libical/ical.h>

#include "base/time.h"
#include "wire/calendar.h"

/* A zone's clock: ICU's by name, or one that the calendar itself describes. */
struct calendar_zone {
        struct str name;   /* IANA; absent: see own */
        icaltimezone *own; /* NULL: UTC when there is no name either */
};

struct calendar_zones {
        struct arena *a;
        struct str fallback;
        struct own_zone {
                struct str id;
                icaltimezone *zone;
        } * own;
        size_t n_own, cap_own;
};

/* The zone that is called so; fallback and *ret_known false when nobody knows
 * it. An absent id is the fallback, too. */
struct calendar_zone calendar_zone_find(const struct calendar_zones *z,
                                        struct str id, bool *ret_known);
/* VTIMEZONE: its text. One that makes no sense is left out. */
void calendar_zone_add(struct calendar_zones *z, struct str block);
void calendar_zones_done(struct calendar_zones *z);
int64_t calendar_zone_instant(const struct calendar_zone *z,
                              const struct civil *c);
struct civil calendar_zone_wall(const struct calendar_zone *z, int64_t at);

/* A moment as a property gives it. */
struct calendar_time {
        struct civil wall;
        struct calendar_zone zone;
        bool is_day;
};

/* Of a whole day: midnight UTC of its date. */
int64_t calendar_time_at(const struct calendar_time *t);

struct calendar_times {
        struct calendar_time *items;
        size_t n, cap;
};

struct calendar_entry {
        struct event event; /* as far as all its occurrences share it */
        struct calendar_time start;
        int64_t length_s;              /* -1: not said */
        struct calendar_time original; /* RECURRENCE-ID */
        bool has_original, has_rule;
        struct icalrecurrencetype rule;
        struct calendar_times added, left_out; /* RDATE, EXDATE */
        int64_t stamp_at;
        int line;
};

/* From one VEVENT's text. ERR_INPUT: why it is left out. ERR_ABSENT: it is
 * not for the public. Texts live in z->a. */
NODISCARD int calendar_entry_read(const struct calendar_zones *z,
                                  struct str block, struct calendar_entry *ret,
                                  struct strs *warnings, struct err *err);

/* How a rule is followed: what all entries of a calendar share. */
struct calendar_rules {
        struct arena *a;
        const struct calendar_wish *wish;
        size_t duds;  /* marks against rules that gave nothing */
        size_t steps; /* times looked at, for all rules so far */
};

/* The starts of its rule that lie, in part at least, in the wish; absent when
 * it has none. false: the rule is one that we don't follow. */
bool calendar_rule_follow(struct calendar_rules *r,
                          const struct calendar_entry *e,
                          struct calendar_times *ret);

#endif
