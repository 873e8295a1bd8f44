/*
 * bulldog why STORY: the terms of its rank, from the one row that holds them:
 * the last ranking's, or the one that an edition kept. Of the chart:
 * why_chart.c.
 */

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/scan.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/why_chart.h"
#include "store/edition.h"
#include "store/sql.h"
#include "store/story.h"

#define ANSWER_MAX_B 4096

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

/* What is asked for, and what was found of it. */
struct question {
        bool is_json;
        const char *edition; /* as given: DATE or DATE/SLUG; NULL: the last
                                ranking */
        int64_t story;
        struct ranking rank;
        bool is_past; /* rank is what this edition kept: */
        struct edition_row row;
        bool is_carried; /* by its copy as it is now */
};

static void print_head(const struct question *q, const json_t *why)
{
        int64_t place = json_integer_value(json_object_get(why, "place"));
        int64_t n = json_integer_value(json_object_get(why, "articles"));
        struct buf at;

        buf_init(&at, 64);
        time_put_rfc3339(&at, q->rank.ranked_at);
        printf("%s\n", text_of(why, "title"));
        if (q->is_past)
                printf("As it was when the edition of " STR_FMT
                       " was composed (" STR_FMT ")\n",
                       STR_ARG(q->row.date), STR_ARG(q->row.slug));
        printf("Story %" PRId64 ", %s, %s; ", q->story, text_of(why, "kind"),
               text_of(why, "beat"));
        if (place)
                printf("place %" PRId64 " of the ranking", place);
        else
                printf("no place in the ranking");
        printf(" of %s; %" PRId64 " %s\n", buf_cstr(&at), n,
               n == 1 ? "article" : "articles");
        buf_done(&at);
}

/* The copy may have changed since it was composed. */
static void print_hand(const struct question *q, const json_t *why)
{
        bool was_in = *text_of(why, "slot");

        if (q->is_past && was_in != q->is_carried)
                printf("  an editor %s afterwards\n",
                       was_in ? "took it out" : "put it in");
}

static void print_why(const struct question *q, const json_t *why)
{
        const json_t *moves = json_object_get(why, "moves"), *move;
        size_t i;

        print_head(q, why);
        print_slot(why);
        print_hand(q, why);
        printf("\nWhat its score is made of\n");
        print_terms(json_object_get(why, "terms"));
        printf("  = %-11s %7.3f  (the floor is %.3f)\n", "score", q->rank.score,
               number_of(why, "floor"));
        if (json_array_size(moves))
                printf("\nWhat would change its place, all else as it is\n");
        json_array_foreach(moves, i, move)
                printf("  %s\n", json_string_value(move));
}

/* The row as it is kept, with what stands around it. */
static void print_json(const struct question *q)
{
        struct buf b;
        struct json j;

        buf_init(&b, ANSWER_MAX_B);
        json_init(&j, &b);
        json_open(&j, '{');
        json_key(&j, "story");
        json_int(&j, q->story);
        json_key(&j, "ranked");
        json_time(&j, q->rank.ranked_at);
        json_key(&j, "edition");
        json_str(&j, q->is_past ? q->row.date : STR_NULL);
        json_key(&j, "edition_slug");
        json_str(&j, q->is_past ? q->row.slug : STR_NULL);
        if (q->is_past) {
                json_key(&j, "carried");
                json_bool(&j, q->is_carried);
        }
        printf(STR_FMT "," STR_FMT "\n", STR_ARG(buf_str(&b)),
               STR_ARG(str_sub(q->rank.terms, 1, q->rank.terms.n)));
        buf_done(&b);
}

static int read_options(struct env *env, int argc, char **argv,
                        struct question *q)
{
        const char *name, *value;
        uint64_t id;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "json edition=", &name,
                                &value)) > 0) {
                if (*name == 'j')
                        q->is_json = true;
                else
                        q->edition = value;
        }
        if (rc < 0)
                return rc;
        if (i >= argc)
                return err_set(&env->err, ERR_INPUT,
                               "which story? 'bulldog stories' lists them");
        if (scan_u64(str_c(argv[i]), INT64_MAX, &id) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "%s is no story's number: 'bulldog stories' "
                               "lists them",
                               argv[i]);
        if (i + 1 < argc)
                return err_set(&env->err, ERR_INPUT,
                               "one story at a time: what is \"%s\"?",
                               argv[i + 1]);
        q->story = (int64_t)id;
        return 0;
}

/* "2026-03-05" or "2026-03-05/ports-reopen". */
static int find_edition(struct env *env, struct question *q)
{
        struct str rest = str_c(q->edition), date = STR_NULL;
        struct civil day;
        bool has_slug;
        int rc;

        has_slug = str_cut(&rest, '/', &date) && rest.n;
        if (time_parse_date(date, &day, NULL) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "--edition wants 2026-03-06 or "
                               "2026-03-06/its-slug, not %s",
                               q->edition);
        rc = draft_find(env, arena_cstr(env->a, date), &q->row);
        if (rc == 0 && has_slug && !str_eq(rest, q->row.slug))
                rc = err_set(&env->err, ERR_ABSENT,
                             "the edition of " STR_FMT " is called " STR_FMT
                             ", not " STR_FMT,
                             STR_ARG(date), STR_ARG(q->row.slug),
                             STR_ARG(rest));
        return rc;
}

/* Is the story in the copy of q->row as it is now? */
static int find_carried(struct env *env, struct question *q)
{
        struct edition_entry *entries;
        size_t n;
        int rc = edition_headlines(env->a, env->db, q->row.id, &entries, &n,
                                   &env->err);

        for (size_t i = 0; rc == 0 && i < n; i++)
                q->is_carried |= entries[i].story_id == q->story;
        return rc;
}

/* There is such a story, but nothing is known of its rank then. */
static int nothing_kept(struct env *env, const struct question *q)
{
        if (q->is_carried)
                return err_set(&env->err, ERR_ABSENT,
                               "the edition of " STR_FMT
                               " carries story %" PRId64
                               ", but kept no reasons: an editor put it in, or "
                               "a program before schema 5 composed it",
                               STR_ARG(q->row.date), q->story);
        return err_set(&env->err, ERR_ABSENT,
                       "the edition of " STR_FMT
                       " kept nothing on story %" PRId64
                       ": it keeps what it carries and, for as long as "
                       "wire.keep, the first of what it left out",
                       STR_ARG(q->row.date), q->story);
}

static int ask_edition(struct env *env, struct question *q)
{
        int rc = find_carried(env, q);

        q->is_past = true;
        if (rc == 0)
                rc = ranking_kept(env->a, env->db, q->row.id, q->story,
                                  &q->rank, &env->err);
        return rc == ERR_ABSENT ? nothing_kept(env, q) : rc;
}

/* The story has left the ranking: what the last edition knew of it. */
static int ask_last_edition(struct env *env, struct question *q,
                            const struct story_row *story)
{
        int64_t edition;
        struct buf at;
        int rc = ranking_kept_by(env->db, q->story, &edition, &env->err);

        if (rc == 0)
                rc = edition_get(env->a, env->db, edition, &q->row, &env->err);
        if (rc == 0)
                rc = ask_edition(env, q);
        if (rc != ERR_ABSENT)
                return rc;
        buf_init(&at, 64);
        time_put_rfc3339(&at, story->last_at);
        rc = err_set(&env->err, ERR_ABSENT,
                     "story %" PRId64 " (" STR_FMT
                     ") is not in the last ranking, and no edition kept why: "
                     "its last report is of %s, too old for an edition",
                     q->story, STR_ARG(story->title), buf_cstr(&at));
        buf_done(&at);
        return rc;
}

static int ask(struct env *env, struct question *q)
{
        struct story_row story;
        int rc = story_get(env->a, env->db, q->story, &story, &env->err);

        if (rc == ERR_ABSENT)
                return err_set(&env->err, rc,
                               "there is no story %" PRId64
                               ": 'bulldog stories' lists those there are",
                               q->story);
        if (rc < 0)
                return rc;
        if (q->edition) {
                rc = find_edition(env, q);
                return rc < 0 ? rc : ask_edition(env, q);
        }
        rc = ranking_get(env->a, env->db, q->story, &q->rank, &env->err);
        return rc == ERR_ABSENT ? ask_last_edition(env, q, &story) : rc;
}

int cmd_why(struct env *env, int argc, char **argv)
{
        struct question q = { 0 };
        int rc;

        if (argc > 1 && strcmp(argv[1], "chart") == 0)
                return why_chart(env, argc - 1, argv + 1);
        rc = read_options(env, argc, argv, &q);
        if (rc == 0)
                rc = ask(env, &q);
        if (rc < 0)
                return rc;

        json_t *why = json_loadb(q.rank.terms.p, q.rank.terms.n, 0, NULL);

        if (!why)
                return err_set(&env->err, ERR_STORE,
                               "the rank of story %" PRId64
                               " can't be read: 'bulldog gather' makes it anew",
                               q.story);
        if (q.is_json)
                print_json(&q);
        else
                print_why(&q, why);
        json_decref(why);
        return 0;
}
