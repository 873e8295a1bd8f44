#ifndef STORY_RANK_H
#define STORY_RANK_H

/*
 * The day's ranking: articles that know their story become stories in order.
 *
 * Pure and the same for the same input, whatever its order or numbers: the
 * clock is in->now. Titles and summaries are enough; no text is touched, so
 * 100,000 stored articles cost only what lies in the window. Every number that
 * moves a story is one named term, kept for `bulldog why`. The score is the
 * terms' product; docs/design/0014 says where each constant comes from:
 *
 *   sources      (the voices' weights summed) ^ 0.8 (a voice: voices.h)
 *   velocity     0.6 to 1: how close together they came
 *   freshness    2 ^ (-age of the newest / 12 h)
 *   prominence   0.7 to 1: how high the feeds placed it
 *   reach        1 to 1.3: desks and countries that carry it
 *   rarity       1 to 1.3: outlets that publish little lift what they do
 *   substance    1, or 0.5 when no article has a text to quote
 *   novelty      1; 0.8 for news on what an edition carried, 0.3 without
 *   interest     1.5 for a topic that is followed, 0 for one that is muted
 *   exclusive    1.3 for a marked one: no other can tell it
 *   kind         1 for news, 0.6 for other kinds, 0 for what is never printed
 *   language     1, or 0.1 when it is not the edition's
 */

#include <stddef.h>
#include <stdint.h>

#include "story/story.h"
#include "story/voices.h"

struct arena;
struct buf;
struct choice_list;

/* News that scores less is not ranked: a slow day prints fewer stories. */
#define RANK_FLOOR 0.3
#define RANK_SPREAD 0.8 /* the power of voices */
/* Novelty of what an edition carried: with news since then, and without. */
#define RANK_UPDATE 0.8
#define RANK_STALE 0.3
#define RANK_FOLLOWED 1.5

struct rank_topics {
        const struct str *items;
        size_t n;
};

struct rank_input {
        struct article_list articles; /* of the window; story_id 0 is left
                                         out */
        /* What earlier editions carried, the newest first. */
        const struct past *printed;
        size_t n_printed;
        const struct choice_list *choices; /* of the editor; NULL: none */
        struct rank_topics follow, mute;   /* topics, of the owner */
        struct weights weights;            /* of families, of the owner */
        int64_t now;
        int64_t hours_s; /* how far back an edition looks: conf.edition_hours */
        struct str language; /* of the edition; absent: any */
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

/*
 * "The Ledger = 2" into *ret; its source is a view of text. ERR_INPUT: no
 * number from 0 to 10 stands behind the last =.
 */
NODISCARD int rank_weight_parse(struct str text, struct weight *ret,
                                struct err *err);

/*
 * As table ranking keeps a rank: {"score","place","sources","articles",
 * "floor","kind","beat","title","slot","at","rule","update","exclusive",
 * "choice","terms":[{"name","value","note"}],"moves":["..."]}.
 * moves say what would change the place; all and n are the ranking that s
 * belongs to; NULL: what is past can't change.
 */
void story_terms_json(const struct story *s, const struct story *all, size_t n,
                      struct buf *out);

#endif
