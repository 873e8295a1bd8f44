#include "wire/pages.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/progress.h"
#include "store/article.h"
#include "store/sql.h"
#include "wire/extract.h"
#include "wire/fetch.h"
#include "wire/intake.h"
#include "wire/item.h"

#define LIST_ARENA_B ((size_t)512 * 1024 * 1024)
#define BATCH_ARENA_B ((size_t)16 * 1024 * 1024)
#define BATCH_N 16
#define ACCEPT_PAGE STR("text/html, application/xhtml+xml;q=0.9, */*;q=0.5")

/* Pages that were read and wait for their transaction. */
struct batch {
        struct arena *a;
        struct article items[BATCH_N];
        size_t n;
};

static int batch_save(struct pages *p, struct batch *b, struct err *err)
{
        if (!b->n)
                return 0;

        int rc = sql_begin(p->db, err);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < b->n && rc == 0; i++)
                rc = article_save_page(p->db, &b->items[i], err);
        if (rc == 0)
                rc = sql_commit(p->db, err);
        if (rc < 0)
                sql_rollback(p->db);
        b->n = 0;
        arena_reset(b->a);
        return rc;
}

/* What is no page of words has no article in it. */
static bool may_be_html(struct str type)
{
        return !type.n || str_starts_nocase(type, STR("text/")) ||
               str_find_nocase(type, STR("xml"), 0) != STR_NONE ||
               str_find_nocase(type, STR("html"), 0) != STR_NONE;
}

/* Why there is no page to read; absent when there is. */
static struct str no_page(struct arena *a, const struct fetch_answer *w)
{
        if (w->rc < 0)
                return str_c(w->err.msg);
        if (w->status < 200 || w->status > 299)
                return arena_printf(a, "its page answered %d", w->status);
        if (!may_be_html(w->type))
                return arena_printf(a, "its page is " STR_FMT,
                                    STR_ARG(str_sub(w->type, 0, 60)));
        return STR_NULL;
}

static bool read_answer(struct arena *scratch, struct arena *a,
                        const struct fetch_answer *w, struct article *art)
{
        struct str why = no_page(scratch, w);
        struct page page = { 0 };
        struct err err = { 0 };

        if (!why.p &&
            extract_page(scratch, w->body, w->url, w->type, &page, &err) < 0)
                why = str_c(err.msg);
        if (!why.p)
                return intake_page(a, art, &page);
        intake_no_page(a, art, why);
        return false;
}

static void ask(struct pages *p, struct article *art)
{
        struct fetch_request r = {
                .url = art->url,
                .accept = ACCEPT_PAGE,
                .max_b = p->page_max_b,
                .owner = art,
        };

        fetch_add(p->fetch, &r);
}

static int take_all(struct pages *p, struct arena *scratch, struct batch *b,
                    struct progress *progress, struct err *err)
{
        const struct fetch_answer *w;
        int rc;

        while ((rc = fetch_next(p->fetch, &w, err)) == 1) {
                struct article *art = &b->items[b->n++];

                *art = *(const struct article *)w->owner;
                arena_reset(scratch);
                p->bytes += w->wire_b;
                *(read_answer(scratch, b->a, w, art) ? &p->read : &p->failed) +=
                        1;
                if (b->n == BATCH_N)
                        rc = batch_save(p, b, err);
                if (rc < 0)
                        return rc;
                if (!p->quiet)
                        progress_update(progress, p->read + p->failed, p->bytes,
                                        p->failed);
        }
        return rc < 0 ? rc : batch_save(p, b, err);
}

int pages_read(struct pages *p, struct err *err)
{
        struct arena *a = arena_new(LIST_ARENA_B);
        struct arena *scratch = arena_new(LIMIT_PAGE_ARENA_B);
        struct batch batch = { .a = arena_new(BATCH_ARENA_B) };
        struct article_list list = { 0 };
        struct progress progress;
        int rc = article_unread(a, p->db, p->since, p->most, &list, err);

        if (rc == 0 && list.n) {
                for (size_t i = 0; i < list.n; i++)
                        ask(p, &list.items[i]);
                if (!p->quiet)
                        progress_start(&progress, "pages", list.n);
                rc = take_all(p, scratch, &batch, &progress, err);
                if (!p->quiet)
                        progress_end(&progress);
        }
        arena_free(batch.a);
        arena_free(scratch);
        arena_free(a);
        return rc;
}
