/* bulldog feeds add|list|import|export|check|remove. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/feeds.h"
#include "store/feed.h"
#include "store/gauge.h"
#include "store/sql.h"
#include "wire/gather.h"
#include "wire/guard.h"
#include "wire/jail.h"
#include "wire/opml.h"
#include "wire/verdict.h"

#define OUTPUT_B ((size_t)64 * 1024 * 1024)
#define TITLE_WIDTH 28

int cmd_feeds(struct env *env, int argc, char **argv);

int feeds_usage(struct env *env, const char *what)
{
        return err_set(&env->err, ERR_INPUT,
                       "feeds %s; see bulldog feeds --help", what);
}

/* --- what is shared, remove
 * -------------------------------------------------------- */

static const char *const kinds[] = { "news", "opinion", "magazine", "culture" };

int feeds_check_kind(struct env *env, struct str kind)
{
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (str_eq(kind, str_c(kinds[i])))
                        return 0;
        return err_set(&env->err, ERR_INPUT,
                       "there is no kind \"" STR_FMT
                       "\": it is news, opinion, magazine or culture",
                       STR_ARG(kind));
}

/* What a new feed starts with. */
struct feed feeds_fresh(const struct env *env)
{
        return (struct feed) {
                .kind = STR("news"),
                .beat = STR("world"),
                .state = STR("active"),
                .added_at = env->now,
                .due_at = env->now,
                .checked_at = TIME_NONE,
                .ok_at = TIME_NONE,
        };
}

/* An address that we would fetch, as far as it can be known before. */
int feeds_check_address(struct env *env, struct str url)
{
        struct err why = { 0 };
        struct guard guard;
        int rc = guard_init(env->a, &guard, &env->conf.wire_allow, &env->err);

        if (rc == 0)
                rc = guard_check_url(&guard, url, &why);
        if (rc == 0)
                return 0;
        if (!why.code)
                return rc; /* it is wire.allow that is wrong */
        return err_set(&env->err, rc,
                       "refused: %s; wire.allow opens an "
                       "address of your own",
                       why.msg);
}

static int feeds_remove(struct env *env, int argc, char **argv)
{
        if (argc != 2)
                return feeds_usage(env, "remove wants one address");

        int rc = feed_remove(env->db, str_c(argv[1]), &env->err);

        if (rc == 0)
                printf("removed %s\n", argv[1]);
        return rc;
}

/* --- list --------------------------------------------------------------- */

void feeds_put_time(struct buf *out, int64_t at)
{
        struct civil c = time_to_civil(at);

        if (at == TIME_NONE)
                buf_puts(out, "never           ");
        else
                buf_printf(out, "%04d-%02d-%02d %02d:%02d", c.year, c.month,
                           c.day, c.hour, c.minute);
}

/* Cut or filled up to a width in characters. */
void feeds_put_cell(struct buf *out, struct str s, size_t width)
{
        size_t n = utf8_count(s);

        while (n > width) {
                s = utf8_clip(s, s.n - 1);
                n = utf8_count(s);
        }
        buf_put(out, s);
        while (n++ < width)
                buf_char(out, ' ');
}

/* What its owner should do stands below how its last try ended. */
static void put_row(struct buf *out, const struct feed *f, struct str advice)
{
        feeds_put_cell(out, f->state, 7);
        buf_char(out, ' ');
        feeds_put_time(out,
                       str_eq(f->state, STR("active")) ? f->due_at : TIME_NONE);
        buf_puts(out, "  ");
        feeds_put_cell(out, f->title.n ? f->title : STR("-"), TITLE_WIDTH);
        buf_puts(out, "  ");
        buf_put(out, f->url);
        buf_puts(out, "\n        ");
        buf_put(out, f->outcome.n ? f->outcome : STR("not read yet"));
        if (advice.n)
                buf_printf(out, "\n     -> " STR_FMT, STR_ARG(advice));
        buf_char(out, '\n');
}

static void put_member(struct json *j, const char *key, struct str value)
{
        json_key(j, key);
        json_str(j, value.n ? value : STR_NULL);
}

static void put_instant(struct json *j, const char *key, int64_t at)
{
        json_key(j, key);
        json_time(j, at);
}

static void put_json(struct buf *out, const struct feed *f, struct str advice)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        put_member(&j, "url", f->url);
        put_member(&j, "title", f->title);
        put_member(&j, "source", f->source);
        put_member(&j, "kind", f->kind);
        put_member(&j, "beat", f->beat);
        put_member(&j, "language", f->language);
        put_member(&j, "home", f->home);
        put_member(&j, "state", f->state);
        put_member(&j, "outcome", f->outcome);
        put_member(&j, "moved", f->moved_url);
        put_member(&j, "fault", f->fault);
        put_member(&j, "act", advice);
        put_instant(&j, "due", f->due_at);
        put_instant(&j, "checked", f->checked_at);
        put_instant(&j, "ok", f->ok_at);
        put_instant(&j, "newest", f->newest_at);
        json_key(&j, "failures");
        json_int(&j, f->failures);
        json_close(&j, '}');
        buf_char(out, '\n');
}

struct list_options {
        bool json, act;
};

static int read_list_options(struct env *env, int argc, char **argv,
                             const char *spec, struct list_options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, spec, &name, &value)) > 0)
                *(strcmp(name, "json") == 0 ? &o->json : &o->act) = true;
        if (rc == 0 && i < argc)
                rc = feeds_usage(env, "list and check take no operand");
        return rc;
}

int feeds_print(struct env *env, struct buf *out)
{
        int rc = 0;

        if (!buf_ok(out))
                rc = err_set(&env->err, ERR_LIMIT, "too long a list");
        else if (fwrite(out->p ? out->p : "", 1, out->n, stdout) != out->n)
                rc = err_sys(&env->err, "writing to standard output");
        buf_done(out);
        return rc;
}

static void put_feeds(struct env *env, const struct feed_list *feeds,
                      const struct list_options *o, struct buf *out)
{
        size_t n_act = 0;

        if (!o->json && feeds->n)
                buf_puts(out, "state   due (UTC)         "
                              "title                         address, and "
                              "how the last try ended\n");
        for (size_t i = 0; i < feeds->n; i++) {
                const struct feed *f = &feeds->items[i];
                struct str advice = verdict_advice(env->a, f, env->now);

                n_act += advice.n > 0;
                if (!o->act || advice.n)
                        (o->json ? put_json : put_row)(out, f, advice);
        }
        if (o->json)
                return;
        if (!feeds->n)
                buf_puts(out, "No feeds yet: bulldog feeds add URL, or "
                              "bulldog feeds import FILE.opml\n");
        else if (n_act || o->act)
                buf_printf(out, "%zu of %zu feeds want something done (->)\n",
                           n_act, feeds->n);
}

static int list(struct env *env, int argc, char **argv)
{
        struct list_options o = { 0 };
        struct feed_list feeds;
        struct buf out;
        int rc = read_list_options(env, argc, argv, "json act", &o);

        if (rc == 0)
                rc = feed_all(env->a, env->db, &feeds, &env->err);
        if (rc < 0)
                return rc;
        buf_init(&out, OUTPUT_B);
        put_feeds(env, &feeds, &o, &out);
        return feeds_print(env, &out);
}

/* --- check -------------------------------------------------------------- */

struct checking {
        struct env *env;
        bool json;
        size_t n;
};

static void print_one(void *ctx, const struct feed *f)
{
        struct checking *c = ctx;
        struct buf out;

        buf_init(&out, OUTPUT_B);
        if (c->json)
                put_json(&out, f, verdict_advice(c->env->a, f, c->env->now));
        else
                buf_printf(&out, STR_FMT "\n        " STR_FMT "\n",
                           STR_ARG(f->url), STR_ARG(f->outcome));
        fwrite(out.p, 1, out.n, stdout);
        buf_done(&out);
        c->n++;
}

static int check(struct env *env, int argc, char **argv)
{
        struct checking c = { .env = env };
        struct list_options o = { 0 };
        struct gather g = {
                .db = env->db,
                .conf = &env->conf,
                .now = env->now,
                .spool_dir = env->dir,
                .check = true,
                .quiet = true,
                .each = print_one,
                .ctx = &c,
        };
        struct gather_report report;
        int rc = read_list_options(env, argc, argv, "json", &o);

        c.json = o.json;
        if (rc == 0)
                rc = gather_run(&g, &report, &env->err);
        if (rc == 0 && !c.json)
                printf("%zu feeds, %zu in order, %zu not\n", c.n,
                       c.n - report.failed, report.failed);
        return rc;
}

/* --- import, export ----------------------------------------------------- */

/* A list may be anyone's, so it is read where feeds are. */
static int parse_list(struct env *env, struct str bytes, struct str url,
                      struct feed_list *ret)
{
        struct jail_document d = { .bytes = bytes, .url = url };
        enum jail_mode mode;
        struct jail *j;
        int rc = jail_mode(env->conf.wire_jail, &mode, &env->err);

        if (rc < 0)
                return rc;
        j = jail_new(mode);
        rc = jail_list(j, env->a, &d, ret, &env->err);
        jail_free(j);
        return rc;
}

static int read_list(struct env *env, const char *from, struct feed_list *ret)
{
        bool is_url = url_is_http(str_c(from));
        struct str url = is_url ? str_c(from) : STR_NULL, bytes;
        int rc = is_url ? gather_one(env->a, &env->conf, env->dir, url,
                                     LIMIT_OPML_B, &bytes, &env->err)
                        : file_read(env->a, from, LIMIT_OPML_B, &bytes,
                                    &env->err);

        if (rc == 0)
                rc = parse_list(env, bytes, url, ret);
        return rc < 0 ? err_add(&env->err, "%s", from) : 0;
}

/* One of a list, completed by what a new feed starts with. */
static int import_one(struct env *env, const struct feed *read, bool *ret_new)
{
        struct feed f = feeds_fresh(env);

        f.url = read->url;
        f.home = read->home;
        f.title = read->title;
        f.source = read->source.n ? read->source : read->title;
        f.language = read->language;
        if (read->kind.n)
                f.kind = read->kind;
        if (read->beat.n)
                f.beat = read->beat;
        return feed_add(env->db, &f, ret_new, &env->err);
}

struct import_count {
        size_t added, updated, left_out;
};

static int import_all(struct env *env, const struct feed_list *feeds,
                      struct import_count *n)
{
        for (size_t i = 0; i < feeds->n; i++) {
                const struct feed *f = &feeds->items[i];
                bool is_new = false;
                int rc = feeds_check_address(env, f->url);

                if (rc == 0 && f->kind.n)
                        rc = feeds_check_kind(env, f->kind);
                if (rc < 0) {
                        fprintf(stderr,
                                "bulldog feeds: left out " STR_FMT ": %s\n",
                                STR_ARG(f->url), env->err.msg);
                        n->left_out++;
                        continue;
                }
                rc = import_one(env, f, &is_new);
                if (rc < 0)
                        return rc;
                *(is_new ? &n->added : &n->updated) += 1;
        }
        return 0;
}

static int import(struct env *env, int argc, char **argv)
{
        struct import_count n = { 0 };
        struct feed_list feeds;

        if (argc != 2)
                return feeds_usage(env, "import wants one file or address");

        int rc = read_list(env, argv[1], &feeds);

        if (rc == 0)
                rc = sql_begin(env->db, &env->err);
        if (rc < 0)
                return rc;
        rc = import_all(env, &feeds, &n);
        if (rc == 0)
                rc = sql_commit(env->db, &env->err);
        if (rc < 0) {
                sql_rollback(env->db);
                return rc;
        }
        printf("%zu feeds added, %zu known already, %zu left out\n", n.added,
               n.updated, n.left_out);
        return 0;
}

/* Whoever takes the list reads articles by it. */
static void drop_others(struct feed_list *feeds)
{
        size_t n = 0;

        for (size_t i = 0; i < feeds->n; i++)
                if (!str_eq(feeds->items[i].kind, STR("agenda")) &&
                    !str_eq(feeds->items[i].kind, STR(GAUGE_KIND)))
                        feeds->items[n++] = feeds->items[i];
        feeds->n = n;
}

static int export(struct env *env, int argc, char **argv)
{
        struct feed_list feeds;
        struct buf out;

        (void)argv;
        if (argc != 1)
                return feeds_usage(env, "export takes no operand");

        int rc = feed_all(env->a, env->db, &feeds, &env->err);

        if (rc < 0)
                return rc;
        drop_others(&feeds);
        buf_init(&out, OUTPUT_B);
        opml_write(&out, &feeds, env->conf.press_name);
        return feeds_print(env, &out);
}

int cmd_feeds(struct env *env, int argc, char **argv)
{
        static const struct {
                const char *name;
                int (*run)(struct env *env, int argc, char **argv);
        } verbs[] = {
                { "add", feeds_add }, { "list", list },
                { "import", import }, { "export", export },
                { "check", check },   { "remove", feeds_remove },
        };

        for (size_t i = 0; argc > 1 && i < sizeof(verbs) / sizeof(verbs[0]);
             i++)
                if (strcmp(argv[1], verbs[i].name) == 0)
                        return verbs[i].run(env, argc - 1, argv + 1);
        return feeds_usage(env,
                           "wants add, list, import, export, check or remove");
}
