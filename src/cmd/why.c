/*
 * bulldog why STORY: the terms of its rank, from the one row that holds them.
 */

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/scan.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "store/sql.h"
#include "store/story.h"

int cmd_why(struct env *env, int argc, char **argv);

static const char *text_of(const json_t *o, const char *key)
{
        const char *s = json_string_value(json_object_get(o, key));

        return s ? s : "";
}

static double number_of(const json_t *o, const char *key)
{
        return json_number_value(json_object_get(o, key));
}

static void print_terms(const json_t *terms)
{
        size_t i;
        const json_t *t;

        json_array_foreach(terms, i, t) printf(
                "  %s%-11s %7.3f  %s\n", i ? "x " : "  ", text_of(t, "name"),
                number_of(t, "value"), text_of(t, "note"));
}

/* Where it stands, as "the lead", "no. 3 of the list". */
static void print_slot(const json_t *why)
{
        const char *slot = text_of(why, "slot");
        long long at = json_integer_value(json_object_get(why, "at"));

        if (strcmp(slot, "lead") == 0)
                printf("In the edition: the lead\n");
        else if (strcmp(slot, "stories") == 0)
                printf("In the edition: no. %lld of the list\n", at);
        else if (*slot)
                printf("In the edition: no. %lld under {.%s}\n", at, slot);
        else
                printf("Not in the edition\n");
        if (*text_of(why, "rule"))
                printf("  %s\n", text_of(why, "rule"));
}

static void print_head(const struct ranking *r, const json_t *why)
{
        int64_t place = json_integer_value(json_object_get(why, "place"));
        int64_t n = json_integer_value(json_object_get(why, "articles"));
        struct buf at;

        buf_init(&at, 64);
        time_put_rfc3339(&at, r->ranked_at);
        printf("%s\n", text_of(why, "title"));
        printf("Story %" PRId64 ", %s, %s; ", r->story_id, text_of(why, "kind"),
               text_of(why, "beat"));
        if (place)
                printf("place %" PRId64 " of the ranking", place);
        else
                printf("no place in the ranking");
        printf(" of %s; %" PRId64 " %s\n", buf_cstr(&at), n,
               n == 1 ? "article" : "articles");
        buf_done(&at);
}

static void print_why(const struct ranking *r, const json_t *why)
{
        const json_t *moves = json_object_get(why, "moves"), *move;
        size_t i;

        print_head(r, why);
        print_slot(why);
        printf("\nWhat its score is made of\n");
        print_terms(json_object_get(why, "terms"));
        printf("  = %-11s %7.3f  (the floor is %.3f)\n", "score", r->score,
               number_of(why, "floor"));
        if (json_array_size(moves))
                printf("\nWhat would change its place, all else as it is\n");
        json_array_foreach(moves, i, move)
                printf("  %s\n", json_string_value(move));
}

static int read_options(struct env *env, int argc, char **argv, bool *ret_json,
                        uint64_t *ret_id)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json", &name, &value)) >
               0)
                *ret_json = true;
        if (rc < 0)
                return rc;
        if (i >= argc)
                return err_set(&env->err, ERR_INPUT,
                               "which story? 'bulldog stories' lists them");
        if (scan_u64(str_c(argv[i]), INT64_MAX, ret_id) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "%s is no story's number: 'bulldog stories' "
                               "lists them",
                               argv[i]);
        if (++i < argc && str_eq(str_c(argv[i]), STR("--json")))
                *ret_json = true;
        return 0;
}

int cmd_why(struct env *env, int argc, char **argv)
{
        struct ranking r;
        uint64_t id;
        bool is_json = false;
        int rc = read_options(env, argc, argv, &is_json, &id);

        if (rc == 0)
                rc = ranking_get(env->a, env->db, (int64_t)id, &r, &env->err);
        if (rc < 0)
                return rc;
        if (is_json) {
                printf(STR_FMT "\n", STR_ARG(r.terms));
                return 0;
        }

        json_t *why = json_loadb(r.terms.p, r.terms.n, 0, NULL);

        if (!why)
                return err_set(&env->err, ERR_STORE,
                               "the rank of story %" PRIu64
                               " can't be read: 'bulldog gather' makes it anew",
                               id);
        print_why(&r, why);
        json_decref(why);
        return 0;
}
