#ifndef PRESS_PAGE_H
#define PRESS_PAGE_H

/* What the files that print pages share. */

#include <stdint.h>

#include "press/press.h"

struct buf;
struct value;

/* Append a printed file. bytes must live in a. */
void page_add(struct arena *a, struct printed_list *out, struct str path,
              struct str bytes);

/* Print a template as path. */
NODISCARD int page_print(struct arena *a, const struct press *press,
                         const char *template, const struct value *root,
                         struct str path, struct printed_list *out,
                         struct err *err);

/*
 * Lay over root what the head of a page needs: root (the site's path),
 * head_title, canonical, description. canonical may be empty: not for search
 * engines.
 */
void page_head(struct arena *a, const struct press *press, struct value *root,
               struct str title, struct str canonical, struct str description);

/* The tree of an edition's page: the model, its head, and the edition before.
 */
struct value *page_issue(struct arena *a, const struct press *press,
                         const struct issue *issue,
                         const struct edition_row *before);

/* The path of press->url: "/" or "/news/". */
struct str page_root(const struct press *press);

/* An instant as RFC 3339, in a. */
struct str page_time(struct arena *a, int64_t at);

#endif
