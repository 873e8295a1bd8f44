/*
 * bulldog cluster: articles in, the story of each out, both JSON Lines.
 *
 * An answer waits until a batch is settled, so that the first article of a
 * story is known by what came after it. --at-once answers each line before the
 * next is read.
 */

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/time.h"
#include "base/url.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "story/cluster.h"
#include "story/title.h"

#define PIPE_WINDOW_S (3 * TIME_DAY_S) /* as story.window by default */
#define BATCH_MOST 5000                /* articles that wait for each other */
#define BATCH_IDS_B ((size_t)1 << 24)  /* ... or so much of ids */
#define ANSWER_MAX_B ((size_t)1 << 24)

int cmd_cluster(struct env *env, int argc, char **argv);

/* An article whose answer waits. */
struct waiting {
        struct str id;
        int64_t story;
};

struct batch {
        struct cluster *cluster;
        struct arena *a;       /* the ids */
        struct waiting *items; /* in order of cluster_add */
        size_t n;
        struct buf out;
};

/* What is asked of a line. */
enum { ID, TITLE, TEXT, LANGUAGE, PUBLISHED, URL, FIELDS };

struct fields {
        struct flat all[FIELDS];
};

static struct fields fields_wanted(void)
{
        return (struct fields) { {
                [ID] = { STR("id"), STR_NULL },
                [TITLE] = { STR("title"), STR_NULL },
                [TEXT] = { STR("text"), STR_NULL },
                [LANGUAGE] = { STR("language"), STR_NULL },
                [PUBLISHED] = { STR("published"), STR_NULL },
                [URL] = { STR("url"), STR_NULL },
        } };
}

static int64_t time_of(struct str published)
{
        int64_t at;

        if (time_parse_rfc3339(published, &at, NULL) < 0)
                return TIME_NONE;
        return at;
}

/* The host of a URL as it stands; that is the same for all of its pages. */
static struct str host_of(struct str url)
{
        struct str host = url_split(url).host;

        return str_starts_nocase(host, STR("www.")) ? str_sub(host, 4, host.n)
                                                    : host;
}

static struct cluster_doc read_doc(const struct fields *f)
{
        return (struct cluster_doc) {
                .title = title_clean(f->all[TITLE].text, STR_NULL),
                .text = f->all[TEXT].text,
                .language = f->all[LANGUAGE].text,
                .at = time_of(f->all[PUBLISHED].text),
                .source = host_of(f->all[URL].text),
        };
}

static void put_answer(struct json *j, struct str id, int64_t story)
{
        json_open(j, '{');
        json_key(j, "id");
        json_str(j, id);
        json_key(j, "story");
        json_int(j, story);
        json_close(j, '}');
}

static int answer_at_once(void *ctx, const json_t *line, struct json *out,
                          struct err *err)
{
        struct fields f = fields_wanted();
        struct cluster_doc doc;

        (void)err;
        for (int i = 0; i < FIELDS; i++)
                f.all[i].text = lines_str(line, f.all[i].key.p);
        doc = read_doc(&f);
        put_answer(out, f.all[ID].text, cluster_add(ctx, &doc));
        return 0;
}

static void note_move(void *user, uint32_t nth, int64_t story)
{
        struct batch *b = user;

        b->items[nth - 1].story = story;
}

static int write_batch(struct batch *b, struct err *err)
{
        cluster_settle(b->cluster, note_move, b);
        cluster_close(b->cluster);
        for (size_t i = 0; i < b->n; i++) {
                struct json j;

                buf_reset(&b->out);
                json_init(&j, &b->out);
                put_answer(&j, b->items[i].id, b->items[i].story);
                buf_char(&b->out, '\n');
                fwrite(b->out.p, 1, b->out.n, stdout);
        }
        b->n = 0;
        arena_reset(b->a);
        if (fflush(stdout) != 0)
                return err_sys(err, "writing the answers");
        return 0;
}

static int take_line(struct batch *b, const struct fields *f, struct err *err)
{
        struct cluster_doc doc = read_doc(f);

        b->items[b->n++] = (struct waiting) {
                .id = arena_str(b->a, f->all[ID].text),
        };
        cluster_put(b->cluster, &doc);
        if (b->n < BATCH_MOST && arena_used(b->a) < BATCH_IDS_B)
                return 0;
        return write_batch(b, err);
}

static int run(struct batch *b, struct err *err)
{
        struct fields f = fields_wanted();
        struct err fault = { 0 };
        struct lines l;
        uint64_t bad = 0;
        bool is_right;
        int rc;

        lines_init(&l, STDIN_FILENO);
        while ((rc = lines_next_flat(&l, f.all, FIELDS, &is_right, &fault)) ==
               LINES_ONE) {
                if (!is_right) {
                        bad++;
                        lines_complain(l.n, &fault);
                        continue;
                }
                rc = take_line(b, &f, &fault);
                if (rc < 0)
                        break;
        }
        if (rc == LINES_END)
                rc = write_batch(b, &fault);
        lines_done(&l);
        return lines_end(&l, rc < 0 ? &fault : NULL, bad, err);
}

static int run_batches(struct cluster *c, struct err *err)
{
        struct arena *home = arena_new((size_t)1 << 20);
        struct batch b = {
                .cluster = c,
                .a = arena_new((size_t)1 << 30),
                .items = arena_array(home, BATCH_MOST, sizeof(*b.items)),
        };
        int rc;

        buf_init(&b.out, ANSWER_MAX_B);
        rc = run(&b, err);
        buf_done(&b.out);
        arena_free(b.a);
        arena_free(home);
        return rc;
}

int cmd_cluster(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        bool is_at_once = false;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "at-once", &name,
                                &value)) > 0)
                is_at_once = true;
        if (rc < 0)
                return rc;
        if (i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "reads standard input and takes no file (%s)",
                               argv[i]);

        struct cluster *c = cluster_new(PIPE_WINDOW_S, 1);

        rc = is_at_once ? lines_run(stdout, answer_at_once, c, &env->err)
                        : run_batches(c, &env->err);
        cluster_free(c);
        return rc;
}
