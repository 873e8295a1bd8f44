/*
 * bulldog stories: the day's ranking, as the last gather or compose left it.
 */

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/scan.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "store/sql.h"
#include "store/story.h"

#define SHOWN 20
#define SHOWN_MAX 100000

int cmd_stories(struct env *env, int argc, char **argv);

struct options {
        bool json;
        uint64_t n;
};

static int wrong_number(struct env *env, const char *value)
{
        return err_set(&env->err, ERR_INPUT,
                       "-n wants a number up to %d, not %s", SHOWN_MAX, value);
}

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json n=", &name,
                                &value)) > 0) {
                if (*name == 'j')
                        o->json = true;
                else if (scan_u64(str_c(value), SHOWN_MAX, &o->n) < 0)
                        return wrong_number(env, value);
        }
        if (rc == 0 && i + 1 < argc && str_eq(str_c(argv[i]), STR("-n"))) {
                if (scan_u64(str_c(argv[i + 1]), SHOWN_MAX, &o->n) < 0)
                        return wrong_number(env, argv[i + 1]);
                i += 2;
        }
        if (rc == 0 && i < argc && str_eq(str_c(argv[i]), STR("--json"))) {
                o->json = true;
                i++;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT, "what is %s? see --help",
                               argv[i]);
        return rc;
}

static int64_t integer_of(const json_t *o, const char *key)
{
        return json_integer_value(json_object_get(o, key));
}

static void put_text(struct json *j, const json_t *terms, const char *key)
{
        json_key(j, key);
        json_str(j, lines_str(terms, key));
}

static void put_integer(struct json *j, const json_t *terms, const char *key)
{
        json_key(j, key);
        json_int(j, integer_of(terms, key));
}

static void put_story(struct json *j, const struct ranking *r,
                      const json_t *terms)
{
        json_open(j, '{');
        put_integer(j, terms, "place");
        json_key(j, "story");
        json_int(j, r->story_id);
        json_key(j, "score");
        json_double(j, r->score);
        put_integer(j, terms, "sources");
        put_integer(j, terms, "articles");
        json_key(j, "title");
        json_str(j, r->title);
        put_text(j, terms, "kind");
        put_text(j, terms, "beat");
        put_text(j, terms, "slot");
        put_integer(j, terms, "at");
        put_text(j, terms, "rule");
        put_text(j, terms, "printed");
        put_text(j, terms, "choice");
        json_key(j, "ranked");
        json_time(j, r->ranked_at);
        json_close(j, '}');
}

static int print_json(const struct ranking_list *list)
{
        struct buf b;
        struct json j;

        buf_init(&b, SIZE_MAX);
        json_init(&j, &b);
        json_open(&j, '[');
        for (size_t i = 0; i < list->n; i++) {
                const struct ranking *r = &list->items[i];
                json_t *terms = json_loadb(r->terms.p, r->terms.n, 0, NULL);

                put_story(&j, r, terms);
                json_decref(terms);
        }
        json_close(&j, ']');
        buf_char(&b, '\n');
        fwrite(b.p, 1, b.n, stdout);
        buf_done(&b);
        return 0;
}

/* "lead", "3" (of the list), "reading"; "-": not in the edition. */
static void print_slot(const json_t *terms)
{
        struct str slot = lines_str(terms, "slot");

        if (str_eq(slot, STR("stories")))
                printf("%8" PRId64, integer_of(terms, "at"));
        else
                printf("%8s", slot.n ? slot.p : "-");
}

static void print_line(const struct ranking *r)
{
        json_t *terms = json_loadb(r->terms.p, r->terms.n, 0, NULL);
        int64_t place = integer_of(terms, "place");

        if (place)
                printf("%5" PRId64, place);
        else
                printf("%5s", "-");
        printf("  %7.2f  %7" PRId64 "  %8" PRId64 "  ", r->score,
               integer_of(terms, "sources"), integer_of(terms, "articles"));
        print_slot(terms);
        printf("  %-10s  %6" PRId64 "  %s" STR_FMT "\n",
               lines_str(terms, "beat").n ? lines_str(terms, "beat").p : "-",
               r->story_id, lines_str(terms, "printed").n ? "(update) " : "",
               STR_ARG(r->title));
        json_decref(terms);
}

int cmd_stories(struct env *env, int argc, char **argv)
{
        struct options o = { .n = SHOWN };
        struct ranking_list list;
        int rc = read_options(env, argc, argv, &o);

        if (rc == 0)
                rc = ranking_top(env->a, env->db, o.n, &list, &env->err);
        if (rc < 0)
                return rc;
        if (o.json)
                return print_json(&list);
        if (!list.n) {
                printf("There is no ranking yet: 'bulldog gather' makes "
                       "one.\n");
                return 0;
        }
        printf("%5s  %7s  %7s  %8s  %8s  %-10s  %6s  %s\n", "place", "score",
               "sources", "articles", "edition", "beat", "story", "title");
        for (size_t i = 0; i < list.n; i++)
                print_line(&list.items[i]);
        return 0;
}
