/* bulldog check: is the press well, what is wrong, how is it mended? */

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/env.h"
#include "cmd/phrases.h"
#include "cmd/stories_update.h"
#include "cmd/watch.h"
#include "edition/plan.h"
#include "post/addr.h"
#include "store/correction.h"
#include "store/delivery.h"
#include "store/feed.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/subscriber.h"
#include "wire/gather.h"
#include "wire/guard.h"
#include "wire/jail.h"
#include "wire/sites.h"

#define FAULTS_MAX 64
#define WORDS_MAX_B 65536
#define FEEDS_SHOWN 10

int cmd_check(struct env *env, int argc, char **argv);

/* What the check finds: good things to say, and faults with their mending. */
struct check {
        struct env *env;
        struct buf good;
        struct str faults[FAULTS_MAX];
        size_t n_faults;
        int code; /* of the gravest fault */
        struct health_facts facts;
        struct delivery_counts letters;
        int64_t feeds, failing, subscribers;
};

static void add_fault(struct check *c, int code, struct str what)
{
        if (c->n_faults < FAULTS_MAX)
                c->faults[c->n_faults++] = what;
        if (!c->code || code == ERR_INPUT)
                c->code = code;
}

/* --- what is looked at -----------------------------------------------------
 */

static void check_settings(struct check *c)
{
        struct env *env = c->env;
        const struct addr *from;
        unsigned days;
        struct err err = { 0 };
        struct str address = env->conf.press_address;

        struct plan plan;

        if (stories_plan(env, &plan) < 0)
                add_fault(c, ERR_INPUT,
                          arena_printf(env->a, "%s", env->err.msg));
        if (clock_parse_days(env->conf.clock_days, &days, &err) < 0)
                add_fault(c, ERR_INPUT, arena_printf(env->a, "%s", err.msg));
        if (addr_parse(env->a, env->conf.post_from, &from, &err) < 0) {
                add_fault(c, ERR_INPUT,
                          arena_printf(env->a, "post.from: %s", err.msg));
                return;
        }
        if (!addr_is_local(from) && !address.n)
                add_fault(c, ERR_INPUT,
                          STR("press.address is empty: letters that leave the "
                              "house need a postal address; set it in "
                              "bulldog.conf"));
        if (!addr_is_local(from) &&
            !str_starts_nocase(env->conf.press_url, STR("https://")))
                add_fault(c, ERR_INPUT,
                          STR("press.url is not https: mail clients show their "
                              "unsubscribe button only for an https address"));
}

/* The folder, or where it isn't there yet the press that it will be made in. */
static void check_folder(struct check *c, const char *what, struct str name)
{
        struct env *env = c->env;
        const char *path = env_path(env, name);
        const char *there = file_exists(path) ? path : env->dir;

        if (access(there, W_OK | X_OK) == 0)
                return;
        add_fault(c, ERR_DENIED,
                  arena_printf(env->a,
                               "%s: %s can't be written by this user; give it "
                               "to them (chown) or set another folder",
                               what, there));
}

/* Phrases that the press's language lacks are English ones. */
static void check_phrases(struct check *c)
{
        struct env *env = c->env;
        struct str language = env->conf.press_language;
        struct phrase_fault *faults;
        size_t n, lacking = 0;
        int rc = phrases_look(env, language, &faults, &n);

        if (rc < 0) {
                add_fault(c, rc, arena_printf(env->a, "%s", env->err.msg));
                return;
        }
        for (size_t i = 0; i < n; i++)
                lacking += faults[i].kind == PHRASE_LACKS;
        if (lacking)
                buf_printf(&c->good,
                           "phrases   %zu are missing in " STR_FMT
                           ", English stands in: bulldog phrases\n",
                           lacking, STR_ARG(language));
}

/* What stands around the parser of foreign bytes on this machine. */
static void check_parser(struct check *c)
{
        struct env *env = c->env;
        enum jail_mode mode;
        struct str words;
        struct err err = { 0 };
        int rc = jail_mode(env->conf.wire_jail, &mode, &err);

        if (rc == 0) {
                struct jail *j = jail_new(mode);

                rc = jail_describe(j, env->a, &words, &err);
                jail_free(j);
        }
        if (rc < 0)
                add_fault(c, rc, arena_printf(env->a, "%s", err.msg));
        else
                buf_printf(&c->good, "parser    " STR_FMT "\n", STR_ARG(words));
}

/* What gather would stumble over at its start. */
static void check_wire(struct check *c)
{
        static const struct str words[] = { STR_INIT("yes"), STR_INIT("no"),
                                            STR_INIT("auto") };
        struct env *env = c->env;
        bool is_word = false;
        struct guard guard;
        struct sites sites;
        struct err err = { 0 };
        int rc = guard_init(env->a, &guard, &env->conf.wire_allow, &err);

        if (rc < 0)
                add_fault(c, rc, arena_printf(env->a, "%s", err.msg));
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
                is_word = is_word ||
                          str_eq_nocase(env->conf.wire_websub, words[i]);
        if (!is_word)
                add_fault(c, ERR_INPUT, STR("wire.websub is yes, no or auto"));
        rc = gather_sites(env->a, env->dir, &sites, &err);
        if (rc < 0)
                add_fault(c, rc,
                          arena_printf(env->a,
                                       "%s; gather reads nothing until it is "
                                       "mended",
                                       err.msg));
        else if (sites.n)
                buf_printf(&c->good,
                           "sites     %zu rules in " GATHER_SITES "\n",
                           sites.n);
}

static int check_feeds(struct check *c)
{
        struct env *env = c->env;
        struct feed_list list;
        int rc = feed_all(env->a, env->db, &list, &env->err);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < list.n; i++) {
                const struct feed *f = &list.items[i];

                c->feeds++;
                if (!f->failures)
                        continue;
                if (c->failing++ < FEEDS_SHOWN)
                        buf_printf(&c->good,
                                   "feed      " STR_FMT
                                   " (%lld times): " STR_FMT "\n",
                                   STR_ARG(f->url), (long long)f->failures,
                                   STR_ARG(f->outcome));
        }
        if (!c->feeds)
                add_fault(c, ERR_ABSENT,
                          STR("there are no feeds: bulldog feeds import "
                              "FILE.opml, or feeds add URL"));
        else if (c->failing * 2 > c->feeds)
                add_fault(c, ERR_NET,
                          arena_printf(env->a,
                                       "%lld of %lld feeds fail: is the "
                                       "network there? bulldog feeds list "
                                       "shows why",
                                       (long long)c->failing,
                                       (long long)c->feeds));
        return 0;
}

/* "compose   ended well 3 h ago: 8 stories". */
static void put_stage(struct buf *out, const struct stage *s, int64_t now)
{
        bool runs = str_eq(s->state, STR("running"));

        buf_printf(out, "%-9.*s ", STR_ARG(s->name));
        buf_puts(out, runs                              ? "runs since "
                      : str_eq(s->state, STR("failed")) ? "failed "
                      : str_eq(s->state, STR("cut"))    ? "was cut off "
                                                        : "ended well ");
        health_put_age(out, now - (runs ? s->started_at : s->ended_at));
        buf_puts(out, runs ? "" : " ago");
        if (s->note.n)
                buf_printf(out, ": " STR_FMT, STR_ARG(s->note));
        if (!str_eq(s->state, STR("ok")) && s->ok_at != TIME_NONE) {
                buf_puts(out, "; it last ended well ");
                health_put_age(out, now - s->ok_at);
                buf_puts(out, " ago");
        }
        buf_char(out, '\n');
}

static int check_stages(struct check *c)
{
        struct env *env = c->env;
        int rc = watch_facts(env, env->a, &c->facts, &env->err);

        if (rc == ERR_INPUT) /* clock.days: told by check_settings() */
                return 0;
        if (rc < 0)
                return rc;
        for (size_t i = 0; i < c->facts.stages.n; i++)
                put_stage(&c->good, &c->facts.stages.items[i], c->facts.now);

        struct health h = health_judge(env->a, &c->facts);
        if (!h.ok)
                add_fault(c, ERR_NET,
                          arena_printf(env->a,
                                       STR_FMT
                                       "; 'bulldog run' keeps the "
                                       "press going, each stage can be run by "
                                       "hand",
                                       STR_ARG(h.why)));
        buf_puts(&c->good, "edition   ");
        if (c->facts.edition_date.p)
                buf_printf(&c->good, "the last is of " STR_FMT,
                           STR_ARG(c->facts.edition_date));
        else
                buf_puts(&c->good, "none yet");
        buf_puts(&c->good, "; the next is printed at ");
        time_put_rfc3339(&c->good, h.next_at);
        buf_char(&c->good, '\n');
        return 0;
}

/* What was put right, and the site lacks. */
static int check_corrections(struct check *c)
{
        struct env *env = c->env;
        struct correction_list left;
        int64_t series;
        int rc = stories_series(env, &series);

        if (rc == 0)
                rc = correction_recent(env->a, env->db, series, INT64_MAX,
                                       &left, &env->err);
        for (size_t i = 0; rc == 0 && i < left.n; i++)
                add_fault(c, ERR_SYS,
                          arena_printf(
                                  env->a,
                                  "correction %lld of the edition of " STR_FMT
                                  " is kept, but not printed: 'bulldog "
                                  "publish --date " STR_FMT "' prints it",
                                  (long long)left.items[i].n,
                                  STR_ARG(left.items[i].date),
                                  STR_ARG(left.items[i].date)));
        return rc;
}

static int check_store(struct check *c)
{
        struct env *env = c->env;
        int rc = store_open(env_store_url(env), &env->db, &env->err);

        if (rc == 0)
                rc = check_feeds(c);
        if (rc == 0)
                rc = check_stages(c);
        if (rc == 0)
                rc = check_corrections(c);
        if (rc == 0)
                rc = subscriber_count(env->db, STR("active"), &c->subscribers,
                                      &env->err);
        if (rc == 0)
                rc = delivery_counts(env->db, 0, &c->letters, &env->err);
        if (rc == 0 && c->letters.failed)
                buf_printf(&c->good, "letters   %lld can't be carried\n",
                           (long long)c->letters.failed);
        return rc;
}

/* --- how it is told --------------------------------------------------------
 */

static void print_words(const struct check *c, struct buf *good)
{
        conf_print(stdout, &c->env->conf);
        printf("\nstore     schema %d, %s\n"
               "feeds     %lld, of which %lld failed when last read\n"
               "readers   %lld subscribers; letters: %lld to carry, %lld "
               "carried\n%s",
               store_schema_version(),
               c->env->db && sql_is_postgres(c->env->db) ? "PostgreSQL"
                                                         : "SQLite",
               (long long)c->feeds, (long long)c->failing,
               (long long)c->subscribers,
               (long long)(c->letters.pending + c->letters.claimed +
                           c->letters.deferred),
               (long long)c->letters.sent, buf_cstr(good));
        puts(c->n_faults ? "\nWhat is wrong:" : "\nAll is well.");
        for (size_t i = 0; i < c->n_faults; i++)
                printf("  - " STR_FMT "\n", STR_ARG(c->faults[i]));
}

static void print_json(const struct check *c)
{
        struct health h = { .ok = c->n_faults == 0, .next_at = TIME_NONE };
        struct buf out;
        struct json j;

        buf_init(&out, WORDS_MAX_B);
        json_init(&j, &out);
        json_open(&j, '{');
        json_key(&j, "ok");
        json_bool(&j, h.ok);
        json_key(&j, "faults");
        json_open(&j, '[');
        for (size_t i = 0; i < c->n_faults; i++)
                json_str(&j, c->faults[i]);
        json_close(&j, ']');
        json_key(&j, "feeds");
        json_int(&j, c->feeds);
        json_key(&j, "feeds_failing");
        json_int(&j, c->failing);
        json_key(&j, "subscribers");
        json_int(&j, c->subscribers);
        json_key(&j, "letters_sent");
        json_int(&j, c->letters.sent);
        json_key(&j, "stages");
        json_open(&j, '[');
        for (size_t i = 0; i < c->facts.stages.n; i++)
                health_put_stage(&j, &c->facts.stages.items[i], c->facts.now);
        json_close(&j, ']');
        json_close(&j, '}');
        puts(buf_cstr(&out));
        buf_done(&out);
}

int cmd_check(struct env *env, int argc, char **argv)
{
        struct check c = { .env = env };
        const char *name, *value;
        bool as_json = false;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json", &name, &value)) >
               0)
                as_json = true;
        if (rc < 0)
                return rc;
        buf_init(&c.good, WORDS_MAX_B);
        check_settings(&c);
        check_folder(&c, "site.public", env->conf.site_public);
        check_folder(&c, "post.outbox", env->conf.post_outbox);
        check_phrases(&c);
        check_parser(&c);
        check_wire(&c);
        rc = check_store(&c);
        if (rc < 0)
                add_fault(&c, rc,
                          arena_printf(env->a, "the store: %s", env->err.msg));
        if (as_json)
                print_json(&c);
        else
                print_words(&c, &c.good);
        buf_done(&c.good);
        if (!c.n_faults)
                return 0;
        return err_set(&env->err, (enum err_code)c.code,
                       c.n_faults == 1 ? "one thing is wrong"
                                       : "%zu things are wrong",
                       c.n_faults);
}
