#ifndef WIRE_EXTRACT_META_H
#define WIRE_EXTRACT_META_H

/* What a page says of itself: JSON-LD, meta elements, links, its visible
 * parts. */

#include "wire/date.h"
#include "wire/item.h"
#include "wire/survey.h"
#include "wire/tree.h"

struct arena;

/* From schema.org in JSON-LD. */
struct jsonld {
        struct str headline, body, image, image_alt, site, language;
        int64_t image_width, image_height;
        struct strs authors;
        int64_t published, updated;
        bool is_day, is_paid;
        bool is_local; /* published has an hour, but no zone */
        int64_t offset_s, change_offset_s; /* of their zones */
};

struct meta {
        struct str key, text;
};

/* A page's head, gathered in one walk. */
struct gleaner {
        struct arena *a;
        const struct tree *tree;
        struct str url;
        struct meta *metas;
        size_t n_metas, cap_metas;
        uint32_t *links; /* link elements, and a with a rel */
        size_t n_links, cap_links;
        size_t title, h1; /* elements, or STR_NONE */
        struct jsonld ld;
};

/* url may be absent. */
void glean(struct arena *a, const struct tree *t, struct str url,
           struct gleaner *ret);

/* The text of the first meta element of that name or property; absent. */
struct str glean_meta(const struct gleaner *g, const char *name);
/* The same of the first of several, ended by NULL. */
struct str glean_first(const struct gleaner *g, const char *const *names);

/* Is word one of the words of list ("next nofollow")? */
bool glean_has_word(struct str list, struct str word);
/* The site's name, by its own account. */
struct str glean_site(const struct gleaner *g);
/* Is the site's address made of these words ("The Gazette", gazette.example)?
 */
bool glean_is_in_host(const struct gleaner *g, struct str words);

void jsonld_read(struct arena *a, const struct tree *t, struct jsonld *ret);

/* Without the site's name. */
struct str extract_title(const struct gleaner *g);

/* Everything of *ret but dates, text, html and status. */
void extract_meta(const struct gleaner *g, const struct survey *s,
                  struct page *ret);
/* Who wrote it: JSON-LD, meta elements, names in sight. */
void extract_authors(const struct gleaner *g, const struct survey *s,
                     struct strs *list);
/* The next page of the same article; absent. */
struct str extract_next(const struct gleaner *g, const struct survey *s,
                        struct str canonical);
/* Its dates, looked for in the address and in sight too. */
void extract_dates(const struct gleaner *g, const struct survey *s,
                   struct page *ret);

/* The first date that stands in a text ("Published on 12 March 2026"). */
bool extract_find_date(struct str text, struct date_told *ret);

/* The names in a byline ("By A. Person and B. Writer"), appended. */
void authors_read(struct arena *a, struct str line, struct strs *list);
/* Is it a person's name, as far as signs tell, and not a desk's or a date? */
bool authors_is_person(struct str name);

#endif
