#ifndef STORY_RANK_H
#define STORY_RANK_H

/*
 * The day's ranking: articles that know their story become stories in order.
 *
 * Pure and the same for the same input: the clock is in->now. Titles and
 * summaries are enough; no text is touched, so 100,000 stored articles cost
 * only what lies in the window. Every number that moves a story is one named
 * term, kept for `bulldog why`.
 *
 *   score = spread * freshness * prominence * rarity * novelty * kind
 */

#include <stddef.h>
#include <stdint.h>

#include "story/story.h"

struct arena;
struct buf;

/* A story of less is not ranked: a slow day prints fewer stories. */
#define RANK_FLOOR 0.15

struct rank_input {
        struct article_list
                articles;      /* of the window; story_id 0 is left out */
        const int64_t *recent; /* story ids that recent editions carried */
        size_t n_recent;
        int64_t now;
        int64_t hours_s; /* how far back an edition looks: conf.edition_hours */
};

/*
 * All stories whose last article is no older than hours_s, best first, in a.
 * Opinion, magazine and culture pieces are stories of their own (kind says
 * which) and stand in the same order; compose picks by kind. place counts from
 * 1; those under the floor come last with place 0. The articles are borrowed
 * from in->articles. blurb, paragraphs and quote are empty: see story/tell.h.
 */
void story_build(struct arena *a, const struct rank_input *in,
                 struct story **ret, size_t *ret_n);

/* The terms as JSON, as table ranking keeps them (RANK_FLOOR is told too). */
void story_terms_json(const struct story *s, struct buf *out);

#endif
