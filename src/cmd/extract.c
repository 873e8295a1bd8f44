/*
 * bulldog extract: web pages in, their articles out, both JSON Lines.
 */

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "cmd/pipe.h"
#include "wire/extract.h"

int cmd_extract(struct env *env, int argc, char **argv);

static void put(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

/* The page's own clock, so that its day is the publisher's. */
static void put_clock(struct buf *out, int64_t at, int64_t offset_s)
{
        int64_t minutes = offset_s / 60;

        time_put_rfc3339(out, at + offset_s);
        if (!minutes)
                return;
        out->n--; /* Z */
        buf_printf(out, "%c%02d:%02d", minutes < 0 ? '-' : '+',
                   abs((int)minutes) / 60, abs((int)minutes) % 60);
}

/* A day without an hour stays one. */
static void put_published(struct json *j, const struct page *p)
{
        struct civil day = time_to_civil(p->published);
        struct buf text;

        json_key(j, "published");
        if (p->published == TIME_NONE) {
                json_nil(j);
                return;
        }
        buf_init(&text, 64);
        if (p->is_day)
                time_put_date(&text, &day);
        else
                put_clock(&text, p->published, p->offset_s);
        json_str(j, buf_str(&text));
        buf_done(&text);
}

static void put_image(struct json *j, const struct page *p)
{
        put(j, "image", p->image);
        put(j, "image_alt", p->image_alt);
        json_key(j, "image_width");
        p->image_width ? json_int(j, p->image_width) : json_nil(j);
        json_key(j, "image_height");
        p->image_height ? json_int(j, p->image_height) : json_nil(j);
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
        json_key(j, "updated");
        json_time(j, p->updated);
        put_image(j, p);
        put(j, "site", p->site);
        put(j, "language", p->language);
        put(j, "text", p->text);
        put(j, "html", p->html);
        put(j, "canonical", p->canonical);
        put(j, "amp", p->amp);
        put(j, "print", p->print);
        put(j, "next", p->next);
        put(j, "status", str_c(statuses[p->status]));
}

static void put_line(struct json *out, struct str id, const struct page *page)
{
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, id);
        put_page(out, page);
        json_close(out, '}');
}

static const struct page nothing = { .published = TIME_NONE,
                                     .updated = TIME_NONE,
                                     .status = PAGE_EMPTY };

/* Of a page past our limits we know nothing, which is an answer. */
static int answer_jailed(struct arena *a, const struct jail_document *d,
                         struct buf *out, struct err *err)
{
        struct page page = nothing;
        struct json j;
        const struct extract_request r = { d->bytes, d->url, d->type,
                                           d->rules };
        int rc = extract_by_rules(a, &r, &page, err);

        if (rc < 0 && rc != ERR_LIMIT)
                return rc;

        size_t mark = pipe_begin(&j, out);

        put_line(&j, d->id, &page);
        pipe_end(out, mark);
        return 0;
}

const struct jailed_handler extract_jailed = {
        .kind = PIPE_EXTRACT,
        .arena_b = LIMIT_PAGE_ARENA_B + 4 * LIMIT_PAGE_B,
        .answer = answer_jailed,
};

static int document(struct jail *j, const json_t *line,
                    struct jail_document *ret, struct err *err)
{
        *ret = (struct jail_document) {
                .kind = PIPE_EXTRACT,
                .url = lines_str(line, "url"),
                .type = lines_str(line, "content_type"),
                .id = lines_str(line, "id"),
                .rules = lines_str(line, "rules"),
        };
        return pipe_read_file(j, lines_str(line, "file"), LIMIT_PAGE_B, ret,
                              err);
}

static int refuse(const json_t *line, const struct err *why, struct json *out)
{
        if (why->code != ERR_LIMIT)
                return why->code;
        put_line(out, lines_str(line, "id"), &nothing);
        return 0;
}

static const struct pipe lines = { document, refuse };

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
        return pipe_run(env, &lines);
}
