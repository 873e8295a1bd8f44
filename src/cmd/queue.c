/* bulldog queue status: how the letters stand. */

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "store/delivery.h"

#define OUT_MAX_B 4096

int cmd_queue(struct env *env, int argc, char **argv);

static void print_counts(const struct delivery_counts *c, bool as_json)
{
        const struct {
                const char *state, *means;
                int64_t n;
        } rows[] = {
                { "pending", "to be carried", c->pending },
                { "claimed", "being carried now", c->claimed },
                { "deferred", "to be tried again", c->deferred },
                { "sent", "carried", c->sent },
                { "failed", "can't be carried", c->failed },
                { "uncertain", "may have arrived", c->uncertain },
                { "skipped", "no longer wanted", c->skipped },
        };
        struct buf out;
        struct json j;

        buf_init(&out, OUT_MAX_B);
        json_init(&j, &out);
        json_open(&j, '{');
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                json_key(&j, rows[i].state);
                json_int(&j, rows[i].n);
                if (!as_json)
                        printf("%-10s %8lld  %s\n", rows[i].state,
                               (long long)rows[i].n, rows[i].means);
        }
        json_close(&j, '}');
        if (as_json)
                puts(buf_cstr(&out));
        buf_done(&out);
}

int cmd_queue(struct env *env, int argc, char **argv)
{
        struct delivery_counts counts;
        const char *name, *value;
        bool as_json = false;
        int i = 0, rc;

        if (argc < 2 || strcmp(argv[1], "status") != 0)
                return err_set(&env->err, ERR_INPUT,
                               "say what to do: queue status [--json]");
        while ((rc = cmd_option(env, argc - 1, argv + 1, &i, "json", &name,
                                &value)) > 0)
                as_json = true;
        if (rc == 0)
                rc = delivery_counts(env->db, 0, &counts, &env->err);
        if (rc == 0)
                print_counts(&counts, as_json);
        return rc;
}
