/* A rank as it is stored and explained: see story_terms_json() in rank.h. */

#include <inttypes.h>
#include <math.h>

#include "base/buf.h"
#include "base/json.h"
#include "story/rank.h"

/*
 * The place that a score would have, s itself left out; 0: none. Those with a
 * place stand first in all, in order of score.
 */
static size_t place_of(double score, const struct story *s,
                       const struct story *all, size_t n)
{
        size_t low = 0, high = n;

        if (score < RANK_FLOOR && str_eq(s->kind, STR("news")))
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

static void put_move(struct json *j, const struct story *s,
                     const struct story *all, size_t n, const char *what,
                     double score)
{
        struct buf text;
        size_t place = place_of(score, s, all, n);

        buf_init(&text, 300);
        if (place)
                buf_printf(&text, "%s: %.2f, place %zu", what, score, place);
        else
                buf_printf(&text, "%s: %.2f, under the floor", what, score);
        json_str(j, buf_str(&text));
        buf_done(&text);
}

static void put_moves(struct json *j, const struct story *s,
                      const struct story *all, size_t n)
{
        double voices = (double)(s->n_sources ? s->n_sources : 1);

        if (!s->place)
                json_str(j, STR("it is under the floor and has no place"));
        if (str_eq(s->kind, STR("news")))
                put_move(j, s, all, n, "with one family more",
                         s->score * pow((voices + 1) / voices, RANK_SPREAD));
        put_move(j, s, all, n, "after six hours without news of it",
                 s->score * exp2(-0.5));
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
