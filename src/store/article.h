#ifndef STORE_ARTICLE_H
#define STORE_ARTICLE_H

/*
 * Articles: items of feeds, with their page's text once it is read. This row
 * is also the type in which an article passes from wire to story to edition.
 */

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct sql;

struct article {
        int64_t id, feed_id;
        struct str identity, guid, url, title;
        struct str authors; /* a line each */
        struct str source, kind, beat, language, mark;
        int64_t published_at, seen_at, dated_at;
        int64_t position;
        struct str state;        /* new, read, own, thin */
        int64_t tries, story_id; /* 0: no story yet */
        struct str image, outcome, summary;
        struct str text;  /* absent where a list leaves it out */
        int64_t length;   /* of text, bytes */
        int64_t retry_at; /* its page failed and is tried again; 0: is not */
};

struct article_list {
        struct article *items;
        size_t n;
};

/*
 * Store an item. Known already (same identity; or same feed and guid with the
 * same title): *ret_new (may be NULL) is false, its title, mark and summary are
 * updated where its own feed changed them, its text while the page is not read
 * and where it grew. A known article keeps its dates, so a feed without dates
 * makes nothing new, and what was read never becomes new again.
 */
NODISCARD int article_put(struct sql *db, const struct article *art,
                          bool *ret_new, struct err *err);

/* Which pages are wanted: those dated at or after since, at most n. */
struct article_want {
        int64_t since, now;
        size_t n;
};

/* Those in state new, or whose page is due for another try at now: newest first
 * (then by url). With text. */
NODISCARD int article_unread(struct arena *a, struct sql *db,
                             const struct article_want *want,
                             struct article_list *ret, struct err *err);
/* The page was read, or not: state, title, authors, published_at, dated_at,
 * image, language, text, tries, retry_at, outcome. */
NODISCARD int article_save_page(struct sql *db, const struct article *art,
                                struct err *err);

/* Dated from..to, ordered by dated_at then url. with_text: also text. */
NODISCARD int article_between(struct arena *a, struct sql *db, int64_t from,
                              int64_t to, bool with_text,
                              struct article_list *ret, struct err *err);
/* The same, without those that still wait for their page. */
NODISCARD int article_read_between(struct arena *a, struct sql *db,
                                   int64_t from, int64_t to, bool with_text,
                                   struct article_list *ret, struct err *err);
/* How many of these have no story yet. */
NODISCARD int article_waiting(struct sql *db, int64_t from, int64_t to,
                              int64_t *ret, struct err *err);
/* Those of a story, with text, same order. */
NODISCARD int article_of_story(struct arena *a, struct sql *db,
                               int64_t story_id, struct article_list *ret,
                               struct err *err);
NODISCARD int article_get(struct arena *a, struct sql *db, int64_t id,
                          struct article *ret, struct err *err);
/* By its url as printed. ERR_ABSENT. With text. */
NODISCARD int article_by_url(struct arena *a, struct sql *db, struct str url,
                             struct article *ret, struct err *err);
NODISCARD int article_set_story(struct sql *db, int64_t id, int64_t story_id,
                                struct err *err);
/* Forget those dated before, unless their story was printed; the stories that
 * are left without any; and why editions of before left out what they left out.
 * *ret_n (may be NULL) counts the articles. */
NODISCARD int article_forget(struct sql *db, int64_t before, int64_t *ret_n,
                             struct err *err);
NODISCARD int article_count(struct sql *db, int64_t *ret, struct err *err);

#endif
