/*
 * bulldog run: the whole press by the clock.
 *
 * One process a role, each this program again: wire gathers what is due, clock
 * composes and publishes at the times set, post delivers, site serves. A role
 * that dies is started again; a stage is a child of its role, so a stage that
 * fails takes no role with it. SIGHUP reads the settings again: each role ends
 * and starts anew with them.
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/cut.h"
#include "cmd/stories_update.h"
#include "conf/clock.h"
#include "store/correction.h"
#include "store/delivery.h"
#include "store/edition.h"
#include "store/feed.h"
#include "store/websub.h"
#include "wire/websub.h"

#define ROLE_GRACE_MS 10000 /* what a role gets to stop */
#define STAGE_GRACE_MS 7000 /* what a stage gets, within that */
#define STEADY_MS 60000     /* it lived so long: its past is forgotten */
#define LOOK_MS 5000        /* between two looks at what is due */
#define CORRECT_S 60        /* a correction is printed by then */
#define WAIT_MS 250         /* between two looks at a stage that runs */
#define ARGS_MAX 160
#define LOOP_ARENA_B ((size_t)64 * 1024 * 1024)
#define DATE_MAX 16

int cmd_run(struct env *env, int argc, char **argv);
int cmd_serve(struct env *env, int argc, char **argv);

/* --- this program again ----------------------------------------------------
 */

/* "bulldog -C DIR -o ... --now T" and then the words. */
static const char *const *arguments(struct env *env, struct arena *a,
                                    const char *const *words, size_t n_words)
{
        const char **argv = arena_array(a, ARGS_MAX, sizeof(*argv));
        size_t n = 0;

        argv[n++] = env->program;
        argv[n++] = "-C";
        argv[n++] = env->dir;
        for (size_t i = 0; i < env->n_overrides; i++) {
                argv[n++] = "-o";
                argv[n++] = env->overrides[i].text;
        }
        if (time_is_frozen()) {
                struct buf at;

                buf_init(&at, 64);
                time_put_rfc3339(&at, env->now);
                argv[n++] = "--now";
                argv[n++] = arena_cstr(a, buf_str(&at));
                buf_done(&at);
        }
        for (size_t i = 0; i < n_words && words[i]; i++)
                argv[n++] = words[i];
        return argv;
}

/* Wait for a child to end; end it when it takes longer than ms. */
static int stop_child(pid_t pid, int64_t ms)
{
        int64_t until = time_mono_ms() + ms;
        int code;

        kill(pid, SIGTERM);
        while (!proc_ended(pid, &code)) {
                if (time_mono_ms() >= until)
                        kill(pid, SIGKILL);
                usleep(20000);
        }
        return code;
}

/* Run a stage to its end. Its exit code, or -1 when we were told to stop. */
static int run_stage(struct env *env, const char *const *words, size_t n)
{
        struct arena *a = arena_new(LOOP_ARENA_B);
        pid_t pid;
        int code = -1;
        int rc = proc_start(arguments(env, a, words, n), &pid, &env->err);

        arena_free(a);
        if (rc < 0) {
                log_error("%s: %s", words[0], env->err.msg);
                return EX_OSERR;
        }
        while (!proc_is_stopping()) {
                if (proc_ended(pid, &code)) {
                        if (code)
                                log_warn("%s ended with %d", words[0], code);
                        cut_note_killed(env, words[0], code, false);
                        return code;
                }
                proc_sleep_ms(WAIT_MS);
        }
        code = stop_child(pid, STAGE_GRACE_MS);
        cut_note_killed(env, words[0], code, true);
        return -1;
}

/* How a role rests: LOOK_MS, or longer after failures. */
static void rest(int64_t failures)
{
        int64_t ms = proc_backoff_s(failures) * 1000;
        int64_t until = time_mono_ms() + (ms > LOOK_MS ? ms : LOOK_MS);

        while (!proc_is_stopping() && (ms = until - time_mono_ms()) > 0)
                proc_sleep_ms(ms);
}

/* --- roles -----------------------------------------------------------------
 */

/* Is there a feed to be read, or a hub to be asked before its lease ends? */
static int find_due(struct env *env, struct arena *a, bool *ret)
{
        struct feed_list due;
        int rc = feed_due(a, env->db, time_now(), &due, &env->err);

        if (rc < 0)
                return rc;
        *ret = due.n > 0;
        if (*ret || !websub_is_on(&env->conf))
                return 0;
        return websub_has_due(env->db, time_now(), ret, &env->err);
}

static int role_wire(struct env *env)
{
        static const char *const gather[] = { "gather" };
        struct arena *a = arena_new(LOOP_ARENA_B);
        int64_t failures = 0;
        int rc = 0;

        while (!proc_is_stopping()) {
                bool is_due;

                arena_reset(a);
                rc = find_due(env, a, &is_due);
                if (rc < 0)
                        break;
                if (is_due)
                        failures = run_stage(env, gather, 1) > 0 ? failures + 1
                                                                 : 0;
                rest(failures);
        }
        arena_free(a);
        return rc;
}

/* Fresh news first: after a night without power there is none in the store.
 * Whatever comes of it, an edition of what there is beats none. */
static void gather_first(struct env *env)
{
        static const char *const gather[] = { "gather" };
        int64_t until = time_mono_ms() + 300000;

        while (run_stage(env, gather, 1) == EX_TEMPFAIL &&
               time_mono_ms() < until && !proc_is_stopping())
                proc_sleep_ms(2000); /* role wire is at it */
}

struct clock {
        struct env *env;
        struct arena *a; /* emptied after each look */
        struct clock_plan plan;
        int64_t series;
};

static int find_edition(struct clock *c, struct str date, bool *ret_there,
                        bool *ret_printed)
{
        struct edition_row row;
        int rc = edition_by_date(c->a, c->env->db, c->series, date, &row,
                                 &c->env->err);

        *ret_there = rc == 0;
        *ret_printed = rc == 0 && str_eq(row.state, STR("published"));
        return rc == ERR_ABSENT ? 0 : rc;
}

/*
 * A correction that the site lacks: its command was cut off. It gets a while,
 * as it may be at work.
 */
static int finish_correction(struct clock *c, int *ret_code)
{
        struct correction_list left;
        int rc = correction_recent(c->a, c->env->db, c->series, INT64_MAX,
                                   &left, &c->env->err);

        if (rc < 0 || !left.n || left.items[0].made_at + CORRECT_S > time_now())
                return rc;

        const char *date = arena_cstr(c->a, left.items[0].date);
        const char *const publish[] = { "publish", "--date", date };

        log_info("printing what was corrected in the edition of %s", date);
        *ret_code = run_stage(c->env, publish, 3);
        return 0;
}

/* The one step that is due now, if any. *ret_ok: it didn't fail. */
static int clock_step(struct clock *c, bool *ret_ok)
{
        struct clock_day day = clock_last(&c->plan, time_now());
        bool is_there, is_printed;
        struct buf b;
        int code = 0;

        buf_init(&b, DATE_MAX);
        time_put_date(&b, &day.date);
        const char *date = arena_cstr(c->a, buf_str(&b));
        buf_done(&b);

        const char *const compose[] = { "compose", "--date", date };
        const char *const publish[] = { "publish", "--date", date };
        int rc = find_edition(c, str_c(date), &is_there, &is_printed);

        if (rc < 0)
                return rc;
        if (!clock_is_current(&c->plan, &day, time_now())) {
                /* Nobody wants Friday's paper on Sunday. */
                rc = finish_correction(c, &code);
        } else if (!is_there) {
                log_info("composing the edition of %s", date);
                gather_first(c->env);
                if (!proc_is_stopping())
                        code = run_stage(c->env, compose, 3);
        } else if (!is_printed && day.publish_at <= time_now()) {
                log_info("publishing the edition of %s", date);
                code = run_stage(c->env, publish, 3);
        } else {
                rc = finish_correction(c, &code);
        }
        *ret_ok = code <= 0;
        return rc;
}

static int role_clock(struct env *env)
{
        struct clock c = { .env = env };
        int64_t failures = 0;
        bool ok = true;
        int rc = clock_plan_read(&env->conf, &c.plan, &env->err);

        if (rc == 0)
                rc = stories_series(env, &c.series);
        if (rc < 0)
                return rc;
        c.a = arena_new(LOOP_ARENA_B);
        while (rc == 0 && !proc_is_stopping()) {
                arena_reset(c.a);
                rc = clock_step(&c, &ok);
                failures = ok ? 0 : failures + 1;
                if (rc == 0)
                        rest(failures);
        }
        arena_free(c.a);
        return rc;
}

static int role_post(struct env *env)
{
        static const char *const deliver[] = { "deliver" };
        struct delivery_counts counts;
        int64_t failures = 0;
        int rc = 0;

        while (!proc_is_stopping()) {
                rc = delivery_counts(env->db, 0, &counts, &env->err);
                if (rc < 0)
                        break;
                if (counts.pending + counts.claimed + counts.deferred)
                        failures = run_stage(env, deliver, 1) > 0 ? failures + 1
                                                                  : 0;
                rest(failures);
        }
        return rc;
}

static int role_site(struct env *env)
{
        char name[] = "serve", *argv[] = { name, NULL };

        return cmd_serve(env, 1, argv);
}

static const struct {
        const char *name;
        int (*run)(struct env *env);
} roles[] = {
        { "wire", role_wire },
        { "clock", role_clock },
        { "post", role_post },
        { "site", role_site },
};
#define ROLES_N (sizeof(roles) / sizeof(*roles))

static int be_role(struct env *env, const char *name)
{
        for (size_t i = 0; i < ROLES_N; i++)
                if (strcmp(roles[i].name, name) == 0) {
                        log_init(roles[i].name, LOG_INFO,
                                 log_is_journal(getenv("JOURNAL_STREAM")));
                        cut_notice(env, name);
                        return roles[i].run(env);
                }
        return err_set(&env->err, ERR_INPUT,
                       "there is no role %s; roles are wire, clock, post and "
                       "site",
                       name);
}

/* --- the parent ------------------------------------------------------------
 */

struct child {
        pid_t pid; /* 0: not running */
        int64_t failures, started_ms, due_ms;
        bool is_reloading; /* we ended it, to start it with new settings */
};

static void start_child(struct env *env, struct child *c, const char *role)
{
        const char *const words[] = { "run", "--role", role };
        struct arena *a = arena_new(LOOP_ARENA_B);

        c->started_ms = time_mono_ms();
        if (proc_start(arguments(env, a, words, 3), &c->pid, &env->err) < 0) {
                log_error("role %s: %s", role, env->err.msg);
                c->pid = 0;
                c->due_ms =
                        c->started_ms + 1000 * proc_backoff_s(++c->failures);
        } else {
                log_info("role %s started: pid=%d", role, (int)c->pid);
        }
        arena_free(a);
}

static void note_end(struct child *c, const char *role, int code)
{
        int64_t now = time_mono_ms(), wait_s;

        c->pid = 0;
        c->due_ms = now;
        if (c->is_reloading) {
                c->is_reloading = false;
                return;
        }
        if (now - c->started_ms > STEADY_MS)
                c->failures = 0;
        wait_s = proc_backoff_s(++c->failures);
        c->due_ms = now + 1000 * wait_s;
        log_warn("role %s ended with %d; it starts again in %lld s", role, code,
                 (long long)wait_s);
}

static void watch(struct env *env, struct child *children)
{
        int64_t next = time_mono_ms() + 60000;
        int code;

        for (size_t i = 0; i < ROLES_N; i++) {
                struct child *c = &children[i];

                if (c->pid && proc_ended(c->pid, &code))
                        note_end(c, roles[i].name, code);
                if (!c->pid && c->due_ms <= time_mono_ms())
                        start_child(env, c, roles[i].name);
                if (!c->pid && c->due_ms < next)
                        next = c->due_ms;
        }

        int64_t ms = next - time_mono_ms();
        proc_sleep_ms(ms > 0 ? ms : 0);
}

/* Settings that can't be read leave the press as it was. */
static void reload(struct env *env, struct child *children)
{
        struct arena *a = arena_new(LOOP_ARENA_B);
        struct conf conf;
        int rc = conf_load(a, env_path(env, STR("bulldog.conf")),
                           env->overrides, env->n_overrides, &conf, &env->err);

        arena_free(a);
        if (rc < 0) {
                log_error("the settings are not taken, the press goes on with "
                          "the old ones: %s",
                          env->err.msg);
                return;
        }
        log_info("reading the settings again");
        for (size_t i = 0; i < ROLES_N; i++) {
                children[i].failures = 0;
                children[i].due_ms = 0;
                children[i].is_reloading = children[i].pid != 0;
                if (children[i].pid)
                        kill(children[i].pid, SIGTERM);
        }
}

/* All at once, then wait for each. */
static void stop_all(struct child *children)
{
        int64_t until = time_mono_ms() + ROLE_GRACE_MS;

        for (size_t i = 0; i < ROLES_N; i++)
                if (children[i].pid)
                        kill(children[i].pid, SIGTERM);
        for (size_t i = 0; i < ROLES_N; i++) {
                int64_t left = until - time_mono_ms();

                if (children[i].pid)
                        (void)stop_child(children[i].pid, left > 0 ? left : 0);
        }
}

static int be_parent(struct env *env)
{
        struct child children[ROLES_N] = { 0 };
        int lock_fd;
        int rc = file_lock(env_path(env, STR("run.lock")), &lock_fd, &env->err);

        if (rc == ERR_BUSY)
                return err_set(&env->err, ERR_BUSY,
                               "another 'bulldog run' runs this press");
        if (rc < 0)
                return rc;
        log_init("run", LOG_INFO, log_is_journal(getenv("JOURNAL_STREAM")));
        if (!isatty(STDERR_FILENO)) /* there it says that the terminal went */
                proc_catch_reload();
        while (!proc_is_stopping()) {
                if (proc_take_reload())
                        reload(env, children);
                watch(env, children);
        }
        log_info("stopping");
        stop_all(children);
        log_info("stopped");
        close(lock_fd);
        return 0;
}

int cmd_run(struct env *env, int argc, char **argv)
{
        const char *name, *value, *role = NULL;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "role=", &name, &value)) >
               0)
                role = value;
        if (rc == 0 && i != argc)
                rc = err_set(&env->err, ERR_INPUT, "run takes no operand");
        if (rc < 0)
                return rc;
        proc_catch_stop();
        return role ? be_role(env, role) : be_parent(env);
}
