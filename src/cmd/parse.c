/*
 * bulldog parse: a feed's bytes in, its items out as JSON.
 */

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "cmd/pipe.h"
#include "wire/feed.h"

int cmd_parse(struct env *env, int argc, char **argv);

static void put(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

static void put_list(struct json *j, const char *key, const struct strs *list)
{
        json_key(j, key);
        json_open(j, '[');
        for (size_t i = 0; i < list->n; i++)
                json_str(j, list->items[i]);
        json_close(j, ']');
}

static void put_time(struct json *j, const char *key, int64_t at)
{
        json_key(j, key);
        json_time(j, at);
}

static void put_enclosures(struct json *j, const struct item *it)
{
        json_key(j, "enclosures");
        json_open(j, '[');
        for (size_t i = 0; i < it->n_enclosures; i++) {
                const struct enclosure *e = &it->enclosures[i];

                json_open(j, '{');
                put(j, "url", e->url);
                put(j, "type", e->type);
                json_key(j, "length");
                if (e->length < 0)
                        json_str(j, STR_NULL);
                else
                        json_int(j, e->length);
                json_close(j, '}');
        }
        json_close(j, ']');
}

static void put_item(struct json *j, const struct item *it)
{
        json_open(j, '{');
        put(j, "id", it->id);
        put(j, "url", it->url);
        put(j, "title", it->title);
        put_list(j, "authors", &it->authors);
        put_time(j, "published", it->published);
        put_time(j, "updated", it->updated);
        put(j, "summary", it->summary);
        put(j, "content", it->content);
        put_list(j, "categories", &it->categories);
        put_enclosures(j, it);
        put(j, "image", it->image);
        put(j, "language", it->language);
        json_close(j, '}');
}

/* The members of a record; doc is NULL where error says why. */
static void put_doc(struct json *j, const struct feed_doc *doc,
                    const char *error)
{
        static const struct feed_doc none = { .updated = INT64_MIN };

        if (!doc)
                doc = &none;
        put(j, "format", str_c(feed_format_name(doc->format)));
        put(j, "title", doc->title);
        put(j, "link", doc->link);
        put(j, "language", doc->language);
        put_time(j, "updated", doc->updated);
        put(j, "description", doc->description);
        json_key(j, "items");
        json_open(j, '[');
        for (size_t i = 0; i < doc->n_items; i++)
                put_item(j, &doc->items[i]);
        json_close(j, ']');
        put(j, "error", str_c(error));
        put_list(j, "warnings", &doc->warnings);
}

static void put_line(struct json *out, struct str id,
                     const struct feed_doc *doc, const char *error)
{
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, id);
        put_doc(out, doc, error);
        json_close(out, '}');
}

/* A feed that can't be read is an answer too: its error says why. */
static int answer_jailed(struct arena *a, const struct jail_document *d,
                         struct buf *out, struct err *err)
{
        const struct feed_doc *doc = NULL;
        struct json j;
        int rc = feed_parse(a, d->bytes, d->url, d->type, &doc, err);
        size_t mark = pipe_begin(&j, out);

        put_line(&j, d->id, doc, rc < 0 ? err->msg : NULL);
        pipe_end(out, mark);
        return 0;
}

const struct jailed_handler parse_jailed = {
        .kind = PIPE_PARSE,
        .arena_b = LIMIT_PARSE_ARENA_B,
        .answer = answer_jailed,
};

static int document(struct jail *j, const json_t *line,
                    struct jail_document *ret, struct err *err)
{
        *ret = (struct jail_document) {
                .kind = PIPE_PARSE,
                .url = lines_str(line, "url"),
                .type = lines_str(line, "content_type"),
                .id = lines_str(line, "id"),
        };
        return pipe_read_file(j, lines_str(line, "file"), LIMIT_FEED_B, ret,
                              err);
}

static int refuse(const json_t *line, const struct err *why, struct json *out)
{
        put_line(out, lines_str(line, "id"), NULL, why->msg);
        return 0;
}

static const struct pipe lines = { document, refuse };

struct options {
        const char *url, *content_type, *file;
        bool is_lines;
};

static int read_one(struct env *env, const struct options *o,
                    const struct feed_doc **ret)
{
        struct jail_document d = { .url = str_c(o->url),
                                   .type = str_c(o->content_type) };
        struct jail *j;
        int rc = file_read(env->a, o->file, LIMIT_FEED_B, &d.bytes, &env->err);

        if (rc == 0)
                rc = pipe_jail(env, &j);
        if (rc < 0)
                return rc;
        rc = jail_feed(j, env->a, &d, ret, &env->err);
        jail_free(j);
        return rc;
}

static int parse_one(struct env *env, const struct options *o)
{
        const struct feed_doc *doc;
        struct buf out;
        struct json j;
        int rc = read_one(env, o, &doc);

        if (rc < 0)
                return err_add(&env->err, "%s", o->file);
        buf_init(&out, LIMIT_LINE_B);
        json_init(&j, &out);
        json_open(&j, '{');
        put_doc(&j, doc, NULL);
        json_close(&j, '}');
        buf_char(&out, '\n');
        if (!buf_ok(&out))
                rc = err_set(&env->err, ERR_LIMIT, "%s: the answer is too long",
                             o->file);
        else if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout))
                rc = err_sys(&env->err, "writing the answer");
        buf_done(&out);
        return rc;
}

int cmd_parse(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "url= content-type= jsonl",
                                &name, &value)) > 0) {
                if (str_eq(str_c(name), STR("url")))
                        o.url = value;
                else if (str_eq(str_c(name), STR("jsonl")))
                        o.is_lines = true;
                else
                        o.content_type = value;
        }
        if (rc < 0)
                return rc;
        if (o.is_lines)
                return pipe_run(env, &lines);
        if (i + 1 != argc)
                return err_set(
                        &env->err, ERR_INPUT,
                        "give one FILE (- is standard input), or --jsonl");
        o.file = argv[i];
        return parse_one(env, &o);
}
