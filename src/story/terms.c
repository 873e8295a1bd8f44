/* A rank as it is stored and explained: see story_terms_json() in rank.h. */

#include <inttypes.h>
#include <math.h>

#include "base/buf.h"
#include "base/json.h"
#include "story/kind.h"
#include "story/rank.h"

#define MOVE_MAX_B 1000
#define PUBLISHERS_MAX 50 /* more than that nobody waits for */

/*
 * The place that a score would have, s itself left out; 0: none. Those with a
 * place stand first in all, in order of score.
 */
static size_t place_of(double score, const struct story *s,
                       const struct story *all, size_t n)
{
        size_t low = 0, high = n;

        if (score < RANK_FLOOR && kind_is_voice(s->kind))
                return 0;
        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (all[middle].place && all[middle].score > score)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low + 1 - (s->place && s->score > score);
}

/* What the score would be without one of its terms; 0: can't be told. */
static double score_without(const struct story *s, const char *name)
{
        double score = 1;

        for (size_t i = 0; i < s->n_terms; i++)
                if (!str_eq(s->terms[i].name, str_c(name)))
                        score *= s->terms[i].value;
        return score;
}

static double value_of(const struct story *s, const char *name)
{
        for (size_t i = 0; i < s->n_terms; i++)
                if (str_eq(s->terms[i].name, str_c(name)))
                        return s->terms[i].value;
        return 1;
}

struct moves {
        struct json *j;
        const struct story *s, *all;
        size_t n;
};

static void put_move(const struct moves *m, const char *what, double score)
{
        struct buf text;
        size_t place = place_of(score, m->s, m->all, m->n);

        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text, "%s: it would score %.2f ", what, score);
        if (!place)
                buf_puts(&text, "and have no place");
        else if ((int64_t)place == m->s->place)
                buf_printf(&text, "and keep place %zu", place);
        else
                buf_printf(&text, "and take place %zu", place);
        json_str(m->j, buf_str(&text));
        buf_done(&text);
}

/* With so many more publishers, all else being as it is. */
static double score_with(const struct story *s, size_t more)
{
        double voices = (double)(s->n_sources ? s->n_sources : 1);

        return s->score * pow((voices + (double)more) / voices, RANK_SPREAD);
}

/* What stands right above it, and how it would get there. */
static void put_next(const struct moves *m)
{
        const struct story *next;
        struct buf text;
        size_t more = 1;

        if (m->s->place < 2 || (size_t)m->s->place > m->n + 1)
                return;
        next = &m->all[m->s->place - 2]; /* those with a place stand first */
        while (more <= PUBLISHERS_MAX && score_with(m->s, more) <= next->score)
                more++;
        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text,
                   "one place higher stands story %" PRId64
                   " with %.2f (" STR_FMT ")",
                   next->id, next->score, STR_ARG(next->title));
        if (more <= PUBLISHERS_MAX && str_eq(m->s->kind, STR("news")))
                buf_printf(&text, "; %zu more %s would take it past", more,
                           more == 1 ? "publisher" : "publishers");
        json_str(m->j, buf_ok(&text) ? buf_str(&text) : STR(""));
        buf_done(&text);
}

static void put_moves(struct json *j, const struct story *s,
                      const struct story *all, size_t n)
{
        const struct moves m = { j, s, all, n };

        if (value_of(s, "interest") <= 0)
                put_move(&m, "if its topic were no longer muted",
                         score_without(s, "interest"));
        if (s->score <= 0)
                return;
        if (!s->place && s->choice != CHOICE_KILL)
                json_str(j, STR("it has no place: its score is under the "
                                "floor, below which nothing is printed"));
        if (str_eq(s->kind, STR("news")))
                put_move(&m, "if one publisher more told it", score_with(s, 1));
        if (s->place)
                put_next(&m);
        if (s->n_printed && !s->has_news)
                put_move(&m, "if two publishers told something new of it",
                         s->score / RANK_STALE * RANK_UPDATE);
        put_move(&m, "with no report for six hours more",
                 s->score * exp2(-0.5));
        if (!s->slot.p && value_of(s, "interest") <= 1)
                put_move(&m, "if you followed its topic (rank.follow)",
                         s->score * 1.5);
}

static struct str choice_name(enum choice_kind kind)
{
        static const struct str names[] = {
                [CHOICE_NONE] = { NULL, 0 },
                [CHOICE_LEAD] = STR_INIT("lead"),
                [CHOICE_PIN] = STR_INIT("pin"),
                [CHOICE_KILL] = STR_INIT("kill"),
        };

        return names[kind];
}

static void put_term(struct json *j, const struct rank_term *t)
{
        json_open(j, '{');
        json_key(j, "name");
        json_str(j, t->name);
        json_key(j, "value");
        json_double(j, t->value);
        json_key(j, "note");
        json_str(j, t->note);
        json_close(j, '}');
}

void story_terms_json(const struct story *s, const struct story *all, size_t n,
                      struct buf *out)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "score");
        json_double(&j, s->score);
        json_key(&j, "place");
        json_int(&j, s->place);
        json_key(&j, "sources");
        json_int(&j, (int64_t)s->n_sources);
        json_key(&j, "articles");
        json_int(&j, (int64_t)s->n_articles);
        json_key(&j, "floor");
        json_double(&j, RANK_FLOOR);
        json_key(&j, "kind");
        json_str(&j, s->kind);
        json_key(&j, "beat");
        json_str(&j, s->beat);
        json_key(&j, "source");
        json_str(&j, s->head->source);
        json_key(&j, "exclusive");
        json_bool(&j, s->is_exclusive);
        json_key(&j, "choice");
        json_str(&j, choice_name(s->choice));
        json_key(&j, "printed");
        json_str(&j, s->n_printed ? s->printed[0]->date : STR_NULL);
        json_key(&j, "slot");
        json_str(&j, s->slot);
        json_key(&j, "at");
        json_int(&j, s->slot_at);
        json_key(&j, "rule");
        json_str(&j, s->rule);
        json_key(&j, "title");
        json_str(&j, s->title);
        json_key(&j, "terms");
        json_open(&j, '[');
        for (size_t i = 0; i < s->n_terms; i++)
                put_term(&j, &s->terms[i]);
        json_close(&j, ']');
        json_key(&j, "moves");
        json_open(&j, '[');
        put_moves(&j, s, all, n);
        json_close(&j, ']');
        json_close(&j, '}');
}
