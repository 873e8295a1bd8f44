/* bulldog gather: fetch what is due, read it, find the stories. */

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/findings.h"
#include "cmd/stories_update.h"
#include "store/article.h"
#include "store/event.h"
#include "store/finding.h"
#include "store/stage.h"
#include "wire/gather.h"

#define LINE_B 1000

int cmd_gather(struct env *env, int argc, char **argv);

struct options {
        bool all, json;
};

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "all json", &name,
                                &value)) > 0)
                if (strcmp(name, "all") == 0)
                        o->all = true;
                else
                        o->json = true;
        if (rc == 0 && i < argc)
                rc = err_set(&env->err, ERR_INPUT,
                             "gather takes no operand such as \"%s\"", argv[i]);
        return rc;
}

static void put_line(struct buf *out, const struct gather_report *r,
                     const struct stories_report *s, double seconds)
{
        buf_printf(out,
                   "%zu feeds read, %zu failed, %zu items, %zu new, %zu pages "
                   "read, %zu without text, %zu stories made, %.1f s",
                   r->feeds - r->failed, r->failed, r->items, r->added,
                   r->pages, r->pages_failed, s->stories, seconds);
}

static void put_number(struct json *j, const char *key, size_t n)
{
        json_key(j, key);
        json_int(j, (int64_t)n);
}

static void put_json(struct buf *out, const struct gather_report *r,
                     const struct stories_report *s, double seconds)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        put_number(&j, "feeds", r->feeds);
        put_number(&j, "failed", r->failed);
        put_number(&j, "unchanged", r->unchanged);
        put_number(&j, "items", r->items);
        put_number(&j, "new", r->added);
        put_number(&j, "pages", r->pages);
        put_number(&j, "pages_failed", r->pages_failed);
        put_number(&j, "bytes", r->bytes);
        put_number(&j, "stories", s->stories);
        json_key(&j, "seconds");
        json_double(&j, seconds);
        json_close(&j, '}');
}

static int work(struct env *env, const struct options *o, struct buf *note)
{
        struct gather g = {
                .db = env->db,
                .conf = &env->conf,
                .now = env->now,
                .spool_dir = env->dir,
                .all = o->all,
        };
        struct stories_report stories = { 0 };
        struct findings_report findings = { 0 };
        struct gather_report report;
        int64_t began_ms = time_mono_ms(), forgotten;
        int rc = gather_run(&g, &report, &env->err);

        if (rc == 0)
                rc = stories_update(env, &stories);
        if (rc == 0)
                rc = findings_update(env, &findings);
        if (rc == 0)
                rc = article_forget(env->db, env->now - env->conf.wire_keep,
                                    &forgotten, &env->err);
        if (rc == 0)
                rc = event_forget(env->db, env->now - env->conf.wire_keep,
                                  &env->err);
        if (rc == 0)
                rc = finding_forget(env->db, env->now - env->conf.wire_keep,
                                    &env->err);
        if (rc < 0)
                return rc;

        double seconds = (double)(time_mono_ms() - began_ms) / 1000;

        put_line(note, &report, &stories, seconds);
        if (!o->json) {
                puts(buf_cstr(note));
                return 0;
        }

        struct buf out;

        buf_init(&out, LINE_B);
        put_json(&out, &report, &stories, seconds);
        puts(buf_cstr(&out));
        buf_done(&out);
        return 0;
}

/* The stage's row says how it went, whichever way that was. */
static int work_as_stage(struct env *env, const struct options *o)
{
        struct err ignored;
        struct buf note;
        int rc = stage_start(env->db, STR("gather"), env->now, &env->err);

        if (rc < 0)
                return rc;
        buf_init(&note, LINE_B);
        rc = work(env, o, &note);

        int64_t ended = time_is_frozen() ? env->now : time_now();
        int end = stage_end(env->db, STR("gather"), rc == 0,
                            rc == 0 ? buf_str(&note) : str_c(env->err.msg),
                            ended, rc == 0 ? &env->err : &ignored);

        buf_done(&note);
        return rc < 0 ? rc : end;
}

int cmd_gather(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        int lock, rc = read_options(env, argc, argv, &o);

        if (rc < 0)
                return rc;
        rc = file_lock(env_path(env, STR("gather.lock")), &lock, &env->err);
        if (rc == ERR_BUSY)
                return err_set(&env->err, ERR_BUSY,
                               "another gather of this press is under way");
        if (rc < 0)
                return rc;
        rc = work_as_stage(env, &o);
        close(lock);
        return rc;
}
