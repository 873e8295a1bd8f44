/* bulldog feeds add: a feed by its address, or by that of its site. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/url.h"
#include "cmd/cmd.h"
#include "cmd/feeds.h"
#include "wire/find.h"

#define OUTPUT_B ((size_t)1024 * 1024)
#define TITLE_WIDTH 28

struct adding {
        struct feed f; /* what the owner says of it */
        struct str url;
        bool no_fetch, all, has_kind, has_beat;
};

static void set_option(struct adding *o, const char *name, const char *value)
{
        struct str text = str_c(value);

        if (strcmp(name, "title") == 0) {
                o->f.title = text;
        } else if (strcmp(name, "source") == 0) {
                o->f.source = text;
        } else if (strcmp(name, "language") == 0) {
                o->f.language = text;
        } else if (strcmp(name, "kind") == 0) {
                o->f.kind = text;
                o->has_kind = true;
        } else if (strcmp(name, "beat") == 0) {
                o->f.beat = text;
                o->has_beat = true;
        } else if (strcmp(name, "all") == 0) {
                o->all = true;
        } else {
                o->no_fetch = true;
        }
}

static int read_options(struct env *env, int argc, char **argv,
                        struct adding *o)
{
        const char *name, *value;
        int i = 0, rc;

        *o = (struct adding) { .f = feeds_fresh(env) };
        while ((rc = cmd_option(env, argc, argv, &i,
                                "title= source= kind= beat= language= "
                                "no-fetch all",
                                &name, &value)) > 0)
                set_option(o, name, value);
        if (rc == 0 && i + 1 != argc)
                return feeds_usage(env, "add wants one address");
        if (rc == 0) {
                o->url = str_c(argv[i]);
                rc = feeds_check_kind(env, o->f.kind);
        }
        return rc;
}

/* It is there already: what the owner doesn't say now stays as it is. */
static void fill_from(struct adding *o, const struct feed *known)
{
        struct feed *f = &o->f;

        if (!f->title.n)
                f->title = known->title;
        if (!f->source.n)
                f->source = known->source;
        if (!f->language.n)
                f->language = known->language;
        if (!o->has_kind)
                f->kind = known->kind;
        if (!o->has_beat)
                f->beat = known->beat;
}

static int put(struct env *env, const struct feed *f)
{
        bool is_new = false;
        int rc = feed_add(env->db, f, &is_new, &env->err);

        if (rc == 0)
                printf("%s " STR_FMT "\n", is_new ? "added" : "updated",
                       STR_ARG(f->url));
        return rc;
}

/* One that was found, with what it says of itself where the owner is silent. */
static int put_found(struct env *env, const struct adding *o,
                     const struct find *found)
{
        struct feed f = o->f;

        f.url = found->url;
        f.home = found->home;
        if (!f.title.n)
                f.title = found->title;
        if (!f.source.n)
                f.source = found->title;
        if (!f.language.n)
                f.language = found->language;
        return put(env, &f);
}

static void put_row(struct buf *out, const struct find *f)
{
        feeds_put_cell(out, f->title.n ? f->title : STR("-"), TITLE_WIDTH);
        buf_printf(out, "  " STR_FMT ", %zu item%s", STR_ARG(f->format),
                   f->n_items, f->n_items == 1 ? "" : "s");
        if (f->newest_at != TIME_NONE) {
                buf_puts(out, ", newest ");
                feeds_put_time(out, f->newest_at);
        }
        if (f->is_aside)
                buf_puts(out, ", comments");
        buf_printf(out, "\n  " STR_FMT "\n", STR_ARG(f->url));
}

static int show(struct env *env, const struct adding *o,
                const struct find_list *list)
{
        struct buf out;

        buf_init(&out, OUTPUT_B);
        if (!list->is_direct)
                buf_printf(&out, STR_FMT " has %zu feed%s:\n", STR_ARG(o->url),
                           list->n, list->n == 1 ? "" : "s");
        for (size_t i = 0; i < list->n; i++)
                put_row(&out, &list->items[i]);
        return feeds_print(env, &out);
}

static int add_found(struct env *env, const struct adding *o,
                     const struct find_list *list)
{
        int rc = show(env, o, list);

        for (size_t i = 0; i < list->n && rc == 0; i++)
                if (i == 0 || (o->all && !list->items[i].is_aside))
                        rc = put_found(env, o, &list->items[i]);
        if (rc == 0 && list->n > 1 && !o->all)
                puts("Another one: bulldog feeds add ITS-ADDRESS; all of "
                     "them: --all");
        return rc;
}

static int find(struct env *env, const struct adding *o)
{
        struct find_list list;
        struct err why;
        int rc = find_feeds(env->a, &env->conf, env->dir, o->url, &list,
                            &env->err);

        if (rc == 0)
                return add_found(env, o, &list);
        why = env->err;
        return err_set(&env->err, (enum err_code)rc,
                       "%s; nothing was added (--no-fetch adds an address "
                       "without asking it)",
                       why.msg);
}

int feeds_add(struct env *env, int argc, char **argv)
{
        struct feed known;
        struct adding o;
        int rc = read_options(env, argc, argv, &o);

        if (rc == 0 &&
            (o.no_fetch || str_find(o.url, STR("://"), 0) != STR_NONE))
                rc = feeds_check_address(env, o.url);
        if (rc < 0)
                return rc;
        o.f.url = o.url;
        rc = feed_find(env->a, env->db, o.url, &known, &env->err);
        if (rc < 0 && rc != ERR_ABSENT)
                return rc;
        if (rc == 0)
                fill_from(&o, &known);
        return rc == 0 || o.no_fetch ? put(env, &o.f) : find(env, &o);
}
