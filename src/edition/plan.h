#ifndef EDITION_PLAN_H
#define EDITION_PLAN_H

/*
 * The sections of an edition: which there are, in what order, what each takes
 * and what it says on a day without anything. Data, from edition.sections: a
 * new section of a kind that there is needs no code.
 *
 *   "stories"
 *   "tech; kind=stories; beat=technology, science; n=3; title=Technology;
 *    empty=Nothing new here today."
 *
 * The name comes first; a name that is a kind's is of that kind. Sections take
 * their stories in the order in which they stand here, each what those before
 * it left; the lead is the first of them.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct story;

enum plan_kind {
        PLAN_LEAD,
        PLAN_STORIES,
        PLAN_MAGAZINE,
        PLAN_READING,
        PLAN_BREAK,
        PLAN_PICKED, /* those before it are made of stories */
        PLAN_AGENDA = PLAN_PICKED,
        PLAN_CHART,
        PLAN_QUIZ,
        PLAN_CORRECTIONS,
        PLAN_N,
};

struct plan_section {
        struct str name;
        enum plan_kind kind;
        size_t max;       /* stories; of the lead 1 */
        struct str title; /* empty: the phrase of its kind */
        struct str empty; /* printed where nothing is; empty: left out */
        struct str beats; /* "technology, science"; empty: any */
};

struct plan {
        const struct plan_section *items;
        size_t n;
};

/* How many stories a section of each kind has that says nothing of it. */
struct plan_rooms {
        size_t n[PLAN_PICKED];
};

/* "stories": also the section's class in the copy. */
const char *plan_kind_name(enum plan_kind kind);

/*
 * The sections that lines name; none: all kinds in their usual order. What was
 * put right in earlier editions is told in any case, at the end where no line
 * says where. ERR_INPUT: the line that is wrong, and how. In a; borrows lines.
 */
NODISCARD int plan_parse(struct arena *a, const struct str *lines, size_t n,
                         const struct plan_rooms *rooms, struct plan *ret,
                         struct err *err);

/* May a story of this kind and beat stand there? */
bool plan_takes(const struct plan_section *s, const struct story *story);

/* Of which kind of section a story is: PLAN_STORIES for news. */
enum plan_kind plan_kind_of(const struct story *story);

#endif
