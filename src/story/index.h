#ifndef STORY_INDEX_H
#define STORY_INDEX_H

/*
 * The articles of the window and the stories they are in, found by their
 * words: an inverted index. It measures how like stories are and decides
 * nothing; cluster.c and settle.c do.
 *
 * What weighs a word changes as articles come, so lengths are measured again
 * whenever the index has grown by a quarter, and before stories are settled.
 * A search looks at the rarest words first and ends after a fixed number of
 * articles, so a word of everybody's costs no more than any other.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "story/gist.h"
#include "story/lang.h"

struct common;
struct index;

/* common is borrowed and must outlive the index. */
struct index *index_new(const struct common *common);
void index_free(struct index *ix); /* NULL is fine */

struct index_doc {
        int64_t at;
        enum lang lang;
        uint32_t source; /* who prints it; 0: nobody knows */
        uint32_t tag;    /* what settling calls it; 0: it stays where it is */
        bool is_new;     /* its story was never settled */
        bool is_lazy;    /* nobody looks for its like before all are measured */
};

/* A story in the window, by the number of its group. */
struct index_group {
        int64_t story;             /* 0: it has no id yet */
        int64_t first_at, last_at; /* of its articles */
        uint32_t n;                /* articles; 0: it has gone */
        uint32_t n_headlines;      /* of them: hardly any text */
        enum lang lang;
        uint32_t source; /* of all its articles; 0: of several, or unknown */
        bool is_closed;  /* told to others: never joined to another such */
        bool has_new;    /* some of its articles have a tag: it is settled */
        bool is_fresh;   /* some of its articles are new */
};

/* Put an article into the group of story, which is made if it isn't there; of
 * story 0, into a group of its own without an id. */
void index_add(struct index *ix, const struct gist *f, int64_t story,
               const struct index_doc *doc);

/* Groups near an article or a group, those first whose words promise most.
 * Returns how many. index_find gives the mean likeness with them; index_near
 * what they promise, which only its order says anything of. */
struct index_near {
        uint32_t group;
        float mean;
};
#define INDEX_NEAR_MAX 12
#define INDEX_SAMPLE 4
#define INDEX_MEANS_MAX 48
size_t index_find(struct index *ix, const struct gist *f,
                  const struct index_doc *doc, int64_t window_s,
                  struct index_near near[INDEX_NEAR_MAX]);
size_t index_near(struct index *ix, uint32_t group, int64_t window_s,
                  struct index_near near[INDEX_NEAR_MAX]);

/* Groups are numbered from 0; the view is good until the next change. */
uint32_t index_groups(const struct index *ix);
const struct index_group *index_group(const struct index *ix, uint32_t group);

/* Fills in the mean likeness of group with n others or itself, INDEX_MEANS_MAX
 * at most; of large ones, of INDEX_SAMPLE articles each, and of one article
 * where it is next to nothing and has a text. */
void index_means(struct index *ix, uint32_t group, struct index_near *with,
                 size_t n);
/* May they be one story: language, time, neither told before? */
bool index_may_join(const struct index *ix, uint32_t a, uint32_t b,
                    int64_t window_s);
/* Everything in b goes to a; the story id of a stays. */
void index_join(struct index *ix, uint32_t a, uint32_t b);
void index_name(struct index *ix, uint32_t group, int64_t story);

/* A group keeps its articles, though they have tags: has_new is taken away. */
void index_rest(struct index *ix, uint32_t group);
/* Each article with a tag, of groups that don't rest, into a group of its own
 * without an id, unless it is the one that its group began with. */
void index_release(struct index *ix);
void index_measure(struct index *ix);

/* Calls moved for each article with a tag that is elsewhere than last told. */
void index_tell(struct index *ix,
                void (*moved)(void *user, uint32_t tag, int64_t story),
                void *user);
/* No article has a tag any more and all groups are closed. */
void index_close(struct index *ix);

/* Articles dated before since may be forgotten: they are, once they are many.
 */
void index_forget(struct index *ix, int64_t since);

#endif
