/*
 * bulldog extract: web pages in, their articles out, both JSON Lines.
 */

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "wire/extract.h"

int cmd_extract(struct env *env, int argc, char **argv);

static void put(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

/* A day without an hour stays one. */
static void put_published(struct json *j, const struct page *p)
{
        struct civil day = time_to_civil(p->published);
        struct buf text;

        json_key(j, "published");
        if (!p->is_day || p->published == TIME_NONE) {
                json_time(j, p->published);
                return;
        }
        buf_init(&text, 32);
        time_put_date(&text, &day);
        json_str(j, buf_str(&text));
        buf_done(&text);
}

static void put_page(struct json *j, const struct page *p)
{
        static const char *const statuses[] = { "ok", "paywalled", "empty" };

        put(j, "title", p->title);
        json_key(j, "authors");
        json_open(j, '[');
        for (size_t i = 0; i < p->authors.n; i++)
                json_str(j, p->authors.items[i]);
        json_close(j, ']');
        put_published(j, p);
        put(j, "image", p->image);
        put(j, "site", p->site);
        put(j, "language", p->language);
        put(j, "text", p->text);
        put(j, "html", p->html);
        put(j, "status", str_c(statuses[p->status]));
}

static int answer(void *ctx, const json_t *line, struct json *out,
                  struct err *err)
{
        struct arena *a = ctx;
        struct page page = { .published = TIME_NONE, .status = PAGE_EMPTY };
        struct str bytes;

        arena_reset(a);
        int rc = file_read(a, arena_cstr(a, lines_str(line, "file")),
                           LIMIT_PAGE_B, &bytes, err);
        if (rc == 0)
                rc = extract_page(a, bytes, lines_str(line, "url"),
                                  lines_str(line, "content_type"), &page, err);
        if (rc < 0 && rc != ERR_LIMIT)
                return rc;
        json_open(out, '{');
        put(out, "id", lines_str(line, "id"));
        put_page(out, &page);
        json_close(out, '}');
        return 0;
}

int cmd_extract(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        int i = 0, rc = cmd_option(env, argc, argv, &i, "", &name, &value);

        if (rc < 0)
                return rc;
        if (i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "reads standard input and takes no file (%s)",
                               argv[i]);
        struct arena *a = arena_new(LIMIT_PAGE_ARENA_B + 4 * LIMIT_PAGE_B);

        rc = lines_run(stdin, stdout, answer, a, &env->err);
        arena_free(a);
        return rc;
}
