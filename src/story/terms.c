/* A rank as it is stored and explained: see story_terms_json() in rank.h. */

#include <inttypes.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "story/kind.h"
#include "story/rank.h"
#include "story/score.h"

#define MOVE_MAX_B 1000
#define TITLE_MAX_B 300   /* of a neighbour */
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

struct moves {
        struct json *j;
        const struct story *s, *all;
        size_t n;
};

/* What would do it and where that puts the story. */
static void put_move(const struct moves *m, const char *what, double score)
{
        struct buf text;
        size_t place = place_of(score, m->s, m->all, m->n);

        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text, "%s: it would score %.3f ", what, score);
        if (!place)
                buf_puts(&text, "and have no place");
        else if ((int64_t)place == m->s->place)
                buf_printf(&text, "and keep place %zu", place);
        else
                buf_printf(&text, "and take place %zu", place);
        json_str(m->j, buf_str(&text));
        buf_done(&text);
}

/* What its novelty would be, were there more of it now. */
static double novelty_then(const struct story *s)
{
        return s->n_printed ? RANK_UPDATE : 1;
}

/* How many more publishers would lift s over a score; more than
 * PUBLISHERS_MAX: nobody waits for so many. */
static size_t publishers_to(const struct story *s, double score)
{
        size_t more = 1;

        while (more <= PUBLISHERS_MAX &&
               score_if_told(s, more, novelty_then(s)) <= score)
                more++;
        return more;
}

static bool is_news(const struct story *s)
{
        return str_eq(s->kind, STR("news"));
}

static void put_neighbour(const struct moves *m, const char *where,
                          const struct story *other)
{
        const struct story *low = other->place < m->s->place ? m->s : other;
        const struct story *high = low == other ? m->s : other;
        size_t more = publishers_to(low, high->score);
        struct buf text;

        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text, "one place %s stands story %" PRId64 " with %.3f",
                   where, other->id, other->score);
        if (is_news(low) && more <= PUBLISHERS_MAX)
                buf_printf(&text, "; %zu more %s of %s would take it past",
                           more, more == 1 ? "publisher" : "publishers",
                           low == m->s ? "this" : "that");
        buf_printf(&text, ": " STR_FMT,
                   STR_ARG(utf8_clip(other->title, TITLE_MAX_B)));
        json_str(m->j, buf_str(&text));
        buf_done(&text);
}

/* Those with a place stand first in all, in its order. */
static void put_neighbours(const struct moves *m)
{
        size_t at = (size_t)m->s->place;

        if (at > 1 && at <= m->n)
                put_neighbour(m, "higher", &m->all[at - 2]);
        if (at && at < m->n && m->all[at].place)
                put_neighbour(m, "lower", &m->all[at]);
}

static void put_told(const struct moves *m)
{
        const struct story *s = m->s;
        size_t more = publishers_to(s, RANK_FLOOR);

        if (s->n_printed && !s->has_news)
                put_move(m, "if two publishers told something new of it now",
                         score_if_told(s, 2, RANK_UPDATE));
        else
                put_move(m, "if one publisher more told it now",
                         score_if_told(s, 1, novelty_then(s)));
        if (s->score >= RANK_FLOOR || more < 2 || more > PUBLISHERS_MAX)
                return;

        struct buf text;

        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text, "%zu publishers more would bring it over the floor",
                   more);
        json_str(m->j, buf_str(&text));
        buf_done(&text);
}

static void put_order(const struct moves *m, const char *order,
                      const char *does)
{
        struct buf text;

        buf_init(&text, MOVE_MAX_B);
        buf_printf(&text, "'bulldog %s %" PRId64 "' %s", order, m->s->id, does);
        json_str(m->j, buf_str(&text));
        buf_done(&text);
}

/* The editor's word wins over all of it. */
static void put_editor(const struct moves *m)
{
        switch (m->s->choice) {
        case CHOICE_KILL:
                put_order(m, "kill --undo", "ranks it as any other");
                break;
        case CHOICE_LEAD:
        case CHOICE_PIN:
                put_order(m, "pin --undo", "ranks it as any other");
                break;
        default:
                put_order(m, "pin",
                          "puts it into the next edition, with --lead at its "
                          "head");
                if (m->s->slot.p)
                        put_order(m, "kill", "keeps it out");
        }
}

static void put_moves(struct json *j, const struct story *s,
                      const struct story *all, size_t n)
{
        static const char *const interest[] = { "interest" };
        const struct moves m = { j, s, all, n };
        double unmuted = score_without(s, interest, 1);

        if (score_term(s, "interest") <= 0 && unmuted > 0)
                put_move(&m, "if its topic were no longer muted",
                         s->is_followed ? unmuted * RANK_FOLLOWED : unmuted);
        if (s->score > 0) {
                if (is_news(s))
                        put_told(&m);
                put_neighbours(&m);
                if (!s->is_followed)
                        put_move(&m,
                                 "if you followed a topic that it alone has "
                                 "(rank.follow)",
                                 s->score * RANK_FOLLOWED);
        }
        put_editor(&m);
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
        json_int(&j, (int64_t)(s->n_articles + s->n_abroad));
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
        if (all)
                put_moves(&j, s, all, n);
        json_close(&j, ']');
        json_close(&j, '}');
}
