#ifndef EDITION_COMPOSE_H
#define EDITION_COMPOSE_H

/*
 * Ranked, told stories into the draft of a day: which go where, and the copy
 * that says so. Pure: the same stories give the same bytes.
 *
 * Every word it writes is a sentence, title, name or quote of an article, or
 * a phrase of the theme; all of it escaped. What a slow day lacks is left out.
 */

#include "base/err.h"
#include "edition/edition.h"
#include "store/edition.h"
#include "story/story.h"

struct agenda_input;
struct arena;
struct phrases;
struct plan;
struct quiz_draft;

/* What was put right in an earlier edition. */
struct compose_correction {
        struct str id;         /* "2026-03-06.1" */
        struct str day, note;  /* "6 March": of that edition */
        struct str title, url; /* of that edition */
};

struct compose_input {
        struct str series, language, greeting;
        int64_t number;
        struct civil date;
        const struct str *contributors;
        size_t n_contributors;
        const struct phrases *phrases;

        struct story *stories; /* best first; those with place 0 are left out */
        size_t n_stories;
        bool is_preview; /* nothing is told yet: choose as if all were */

        struct str chart; /* the day's, as a chart block has it; empty: none */

        /* A headline without its label or outlet (story/title.h); NULL: as it
         * is. */
        struct str (*clean_title)(struct str title, struct str source);
        bool (*is_headline)(struct str title); /* may it be linked? NULL: all */

        const struct agenda_input *agenda; /* edition/agenda.h; NULL: none */

        const struct compose_correction *corrections;
        size_t n_corrections;
        struct quiz_draft *quiz; /* edition/quiz_draft.h; NULL: no day for it */

        size_t max_words; /* of one source, headlines left out; 0: any */
        size_t max_stories, max_reading, max_magazine, max_break;
        const struct plan *plan; /* edition/plan.h; NULL: all kinds, in their
                                    usual order */
};

/* What to tell before composing: an index into stories. */
struct compose_candidate {
        size_t i;
        bool may_lead; /* wants paragraphs and a quote too */
};

struct composed {
        struct edition *edition;
        struct str copy; /* the same as text */
        struct str slug;
        struct edition_slot *slots;
        size_t n_slots;
        size_t n_quiz;        /* questions that are asked */
        struct str quiz_note; /* why there are none, where there should be */
};

/* Those that may be printed, some more than there is room for. */
size_t compose_candidates(struct arena *a, const struct compose_input *in,
                          struct compose_candidate **ret);

/* Choose without text, as if all were told: sets slot, slot_at and rule of each
 * story. */
void compose_preview(struct arena *a, struct compose_input *in);

/*
 * The draft, from those of in->stories that are told; sets slot, slot_at and
 * rule of each story. ERR_ABSENT: there is
 * nothing to print, and err says why.
 */
NODISCARD int edition_compose(struct arena *a, const struct compose_input *in,
                              struct composed *ret, struct err *err);

#endif
