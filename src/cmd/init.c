/* bulldog init DIR: make a press. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/env.h"
#include "post/subscribe.h"
#include "store/sql.h"
#include "store/store.h"
#include "wire/gather.h"

#define SECRET_BYTES 32

int cmd_init(struct env *env, int argc, char **argv);

/* Rules that nobody needs until a page is read badly. */
static const char sites_sample[] =
        "# Rules for single sites, for the few whose articles are read badly.\n"
        "# A rule holds for the host and what stands below it. An element is\n"
        "# named by its tag, .class, #id, or a tag with one of the two.\n"
        "#\n"
        "#   take   the article is what stands in there, and nothing else\n"
        "#   drop   leave that out\n"
        "#\n"
        "# bulldog check tells of a line that is no rule.\n"
        "#\n"
        "# host            what   of which element\n"
        "# gazette.example   take   div.story-text\n"
        "# gazette.example   drop   .inset\n"
        "# gazette.example   drop   #more\n";

struct request {
        const char *dir, *name, *zone, *subscriber;
};

static int read_options(struct env *env, int argc, char **argv,
                        struct request *r)
{
        const char *name, *value;
        int i = 0, rc;

        for (;;) {
                rc = cmd_option(env, argc, argv, &i,
                                "name= zone= subscriber=", &name, &value);
                if (rc < 0)
                        return rc;
                if (rc == 0 && (i == argc || r->dir))
                        break;
                if (rc == 0)
                        r->dir = argv[i++];
                else if (strcmp(name, "name") == 0)
                        r->name = value;
                else if (strcmp(name, "zone") == 0)
                        r->zone = value;
                else
                        r->subscriber = value;
        }
        if (!r->dir || i != argc)
                return err_set(&env->err, ERR_INPUT,
                               "name one folder for the press: bulldog init "
                               "morning");
        return 0;
}

/* The sample with one commented default replaced by a value. Returns false
 * when the setting isn't there. */
static bool put_value(struct buf *out, struct str sample, const char *section,
                      const char *name, struct str value)
{
        char head[64];

        snprintf(head, sizeof(head), "\n%s: {", section);
        size_t at = str_find(sample, str_c(head), 0);
        if (at == STR_NONE)
                return false;
        snprintf(head, sizeof(head), "        # %s = ", name);
        at = str_find(sample, str_c(head), at);
        if (at == STR_NONE)
                return false;

        buf_put(out, str_sub(sample, 0, at));
        buf_printf(out, "        %s = \"", name);
        for (size_t i = 0; i < value.n; i++) {
                if (value.p[i] == '"' || value.p[i] == '\\')
                        buf_char(out, '\\');
                buf_char(out, value.p[i]);
        }
        buf_puts(out, "\";");
        buf_put(out, str_sub(sample, str_chr(sample, '\n', at), sample.n));
        return true;
}

static struct str sample_conf(struct arena *a)
{
        char *text = NULL;
        size_t n = 0;
        FILE *out = open_memstream(&text, &n);

        if (!out)
                return STR_NULL;
        conf_print_sample(out);
        fclose(out);

        struct str s = arena_str(a, (struct str) { text, n });
        free(text);
        return s;
}

/* bulldog.conf with what was asked for, each value checked as it will be when
 * it is read; env->conf has it with -o laid over. */
static int make_conf(struct env *env, const struct request *r, struct str *ret)
{
        const struct {
                const char *section, *name, *value;
        } given[] = { { "press", "name", r->name },
                      { "press", "zone", r->zone } };
        struct str text = sample_conf(env->a);
        int rc = conf_load(env->a, NULL, env->overrides, env->n_overrides,
                           &env->conf, &env->err);

        for (size_t i = 0; rc == 0 && i < sizeof(given) / sizeof(*given); i++) {
                struct str value = str_c(given[i].value), whole;
                struct buf b;

                if (!value.p)
                        continue;
                whole = arena_printf(env->a, "%s.%s", given[i].section,
                                     given[i].name);
                rc = conf_set(env->a, &env->conf, whole, value, &env->err);
                buf_init(&b, LIMIT_CONF_B);
                if (rc == 0 &&
                    put_value(&b, text, given[i].section, given[i].name, value))
                        text = arena_str(env->a, buf_str(&b));
                buf_done(&b);
        }
        if (rc == 0)
                *ret = text;
        return rc;
}

/* The secret under which links and tokens are signed; drawn once. */
static int make_store(struct env *env, const struct request *r)
{
        const struct subscribe s = { .email = str_c(r->subscriber),
                                     .consent = STR("given to bulldog init") };
        struct str secret;
        bool is_new;
        int rc = store_open(env_store_url(env), &env->db, &env->err);

        if (rc == 0)
                rc = store_meta_get(env->a, env->db, STR("secret"), &secret,
                                    &env->err);
        if (rc == 0 && !secret.p)
                rc = store_meta_set(env->db, STR("secret"),
                                    hash_random_hex(env->a, SECRET_BYTES),
                                    &env->err);
        if (rc == 0 && r->subscriber)
                rc = subscribe_add(env->db, &s, env->now, &is_new, &env->err);
        return rc;
}

/* An owner's own is left as it is. */
static int make_sites(struct env *env)
{
        const char *path = env_path(env, STR(GATHER_SITES));

        return file_exists(path)
                       ? 0
                       : file_write(path, str_c(sites_sample), NULL, &env->err);
}

int cmd_init(struct env *env, int argc, char **argv)
{
        struct request r = { 0 };
        struct str text;
        int rc = read_options(env, argc, argv, &r);

        if (rc < 0)
                return rc;
        env->dir = r.dir;

        const char *conf = env_path(env, STR("bulldog.conf"));
        if (file_exists(conf))
                return err_set(&env->err, ERR_INPUT,
                               "there is a press in %s already (%s); nothing "
                               "was changed",
                               r.dir, conf);
        rc = make_conf(env, &r, &text);
        if (rc == 0)
                rc = file_make_dir(r.dir, &env->err);
        if (rc == 0)
                rc = make_store(env, &r);
        if (rc == 0)
                rc = make_sites(env);
        /* Last, since it is what makes a folder a press: init that was cut
         * off can be run again. */
        if (rc == 0)
                rc = file_write(conf, text, NULL, &env->err);
        if (rc < 0)
                return rc;
        printf("A press is in %s. Next: bulldog -C %s feeds import FILE.opml, "
               "then gather, compose, publish.\n",
               r.dir, r.dir);
        return 0;
}
