/* bulldog serve: the site, until it is told to stop. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/proc.h"
#include "base/scan.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/hubs.h"
#include "cmd/quiz.h"
#include "cmd/watch.h"
#include "site/serve.h"
#include "store/sql.h"
#include "store/stage.h"
#include "store/subscriber.h"

#define REQUEST_ARENA_B ((size_t)1024 * 1024)
#define PORT_MAX 65535
#define OWN_FILES 64 /* of the store and the like */
/* One thread answers all: a store that is locked or away holds up everyone. */
#define STORE_WAIT_S 2

int cmd_serve(struct env *env, int argc, char **argv);

static void put_fault(struct buf *out, const char *why)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "ok");
        json_bool(&j, false);
        json_key(&j, "why");
        json_str(&j, str_c(why));
        json_close(&j, '}');
        buf_char(out, '\n');
}

/* Asked within a request: a store that is away is the press's fault, not the
 * site's end. */
static bool tell_health(void *self, struct buf *out)
{
        struct env *env = self;
        struct arena *a = arena_new(REQUEST_ARENA_B);
        struct health_facts facts;
        struct err err = { 0 };
        bool ok = false;

        if (watch_facts(env, a, &facts, &err) < 0) {
                put_fault(out, err.msg);
        } else {
                struct health h = health_judge(a, &facts);

                health_put_json(out, &h, &facts);
                ok = h.ok;
        }
        arena_free(a);
        return ok;
}

static int unsubscribe(void *self, struct str token)
{
        struct env *env = self;
        struct arena *a = arena_new(REQUEST_ARENA_B);
        struct subscriber s;
        struct err err;
        int rc = subscriber_by_token(a, env->db, token, &s, &err);

        if (rc == 0 && !str_eq(s.state, STR("unsubscribed")))
                rc = subscriber_set_state(env->db, s.id, STR("unsubscribed"),
                                          time_now(), &err);
        arena_free(a);
        return rc;
}

/* site.listen with another port. */
static int set_port(struct env *env, const char *port)
{
        struct str listen = env->conf.site_listen;
        size_t colon = STR_NONE;
        uint64_t n;

        if (scan_u64(str_c(port), PORT_MAX, &n) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "--port wants a number up to %d, not \"%s\"",
                               PORT_MAX, port);
        for (size_t i = 0; i < listen.n; i++)
                if (listen.p[i] == ':')
                        colon = i;
        env->conf.site_listen =
                arena_printf(env->a, STR_FMT ":%s",
                             STR_ARG(str_sub(listen, 0, colon)), port);
        return 0;
}

static int read_options(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "port=", &name, &value)) >
               0)
                if ((rc = set_port(env, value)) < 0)
                        return rc;
        if (rc == 0 && i != argc)
                rc = err_set(&env->err, ERR_INPUT, "serve takes no operand");
        return rc;
}

int cmd_serve(struct env *env, int argc, char **argv)
{
        struct serve_setup setup = { .health = tell_health,
                                     .unsubscribe = unsubscribe,
                                     .self = env };
        struct serve *serve = NULL;
        int rc = read_options(env, argc, argv);

        if (rc < 0)
                return rc;
        setup.public_dir = env_path(env, env->conf.site_public);
        setup.listen = env->conf.site_listen;
        setup.connections = env->conf.site_connections;
        setup.hubs = hubs_door(env);
        rc = quiz_door_open(env, &setup.quiz);
        if (rc < 0)
                return rc;
        /* Each reader has a connection and at most one large file. */
        proc_want_files((uint64_t)setup.connections * 2 + OWN_FILES);
        rc = serve_open(env->a, &setup, &serve, &env->err);
        if (rc < 0)
                return rc;
        proc_catch_stop();
        rc = stage_start(env->db, STR("serve"), time_now(), &env->err);
        if (rc == 0)
                rc = sql_set_wait(env->db, STORE_WAIT_S, &env->err);
        if (rc == 0) {
                printf("The site is at http://" STR_FMT "/\n",
                       STR_ARG(serve_address(serve)));
                fflush(stdout);
                rc = serve_run(serve, proc_is_stopping, &env->err);
        }
        serve_close(serve);
        if (rc == 0)
                rc = stage_end(env->db, STR("serve"), true, STR("stopped"),
                               time_now(), &env->err);
        return rc;
}
