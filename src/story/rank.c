#include "story/rank.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"
#include "story/head.h"
#include "story/kind.h"
#include "story/lang.h"
#include "story/voices.h"
#include "story/words.h"

#define HOUR_S 3600
#define VELOCITY_SPAN_S (6 * HOUR_S)
#define FRESH_HALF_S (12 * HOUR_S)
#define RARE_ARTICLES                                                          \
        30          /* an outlet with so many in the window is not rare        \
                     */
#define NAMES_MAX 5 /* families named in a note */
#define TERMS_MAX 12
#define NOTE_MAX_B 400

struct scoring {
        struct arena *a;
        const struct rank_input *in;
        struct words *words;
        struct map *counts; /* source -> how many articles */
        int64_t since;
};

static void add_term(struct scoring *sc, struct story *s, const char *name,
                     double value, struct str note)
{
        if (!s->terms)
                s->terms = arena_array(sc->a, TERMS_MAX, sizeof(*s->terms));
        s->terms[s->n_terms++] =
                (struct rank_term) { str_c(name), value, note };
        s->score *= value;
}

static void term_sources(struct scoring *sc, struct story *s,
                         const struct voices *v)
{
        struct buf b;
        size_t shared = 0;

        buf_init(&b, NOTE_MAX_B);
        buf_printf(&b, "%zu %s: ", v->n, v->n == 1 ? "family" : "families");
        for (size_t i = 0; i < v->n; i++) {
                shared += v->items[i].families - 1;
                if (i < NAMES_MAX)
                        buf_printf(&b, "%s" STR_FMT, i ? ", " : "",
                                   STR_ARG(v->items[i].source));
        }
        if (v->n > NAMES_MAX)
                buf_puts(&b, " ...");
        if (shared)
                buf_printf(&b, " (%zu more with the same copy)", shared);
        s->n_sources = v->n;
        add_term(sc, s, "sources", pow((double)(v->n ? v->n : 1), RANK_SPREAD),
                 arena_str(sc->a, buf_str(&b)));
        buf_done(&b);
}

/* The most voices, each counted less the later it comes after the start. */
static double burst(const struct voices *v)
{
        double most = 0;

        for (size_t i = 0; i < v->n; i++) {
                double sum = 0;
                for (size_t k = i; k < v->n; k++) {
                        double late = (double)(v->items[k].first_at -
                                               v->items[i].first_at) /
                                      VELOCITY_SPAN_S;
                        sum += 2 / (1 + exp(late));
                }
                if (sum > most)
                        most = sum;
        }
        return most;
}

static void term_velocity(struct scoring *sc, struct story *s,
                          const struct voices *v)
{
        double share = v->n ? burst(v) / (double)v->n : 1;
        int64_t span =
                v->n ? v->items[v->n - 1].first_at - v->items[0].first_at : 0;

        if (v->n < 2)
                return;
        add_term(sc, s, "velocity", 0.6 + 0.4 * share,
                 arena_printf(sc->a, "all of them within %.1f h",
                              (double)span / HOUR_S));
}

static void term_freshness(struct scoring *sc, struct story *s)
{
        double age = (double)(sc->in->now - s->last_at);

        if (age < 0)
                age = 0;
        add_term(sc, s, "freshness", exp2(-age / FRESH_HALF_S),
                 arena_printf(sc->a, "newest %.1f h before", age / HOUR_S));
}

static void term_prominence(struct scoring *sc, struct story *s,
                            const struct voices *v)
{
        double sum = 0;
        int64_t best = INT64_MAX;

        for (size_t i = 0; i < v->n; i++) {
                int64_t at = v->items[i].position;
                sum += 1 / (1 + (double)at / 8);
                if (at < best)
                        best = at;
        }
        if (!v->n)
                return;
        add_term(sc, s, "prominence", 0.7 + 0.3 * sum / (double)v->n,
                 arena_printf(sc->a, "best place in a feed: %" PRId64,
                              best + 1));
}

static void term_rarity(struct scoring *sc, struct story *s,
                        const struct voices *v)
{
        double sum = 0;
        size_t rare = 0;

        for (size_t i = 0; i < v->n; i++) {
                size_t n = (size_t)(uintptr_t)map_find(sc->counts,
                                                       v->items[i].source);
                if (n >= RARE_ARTICLES)
                        continue;
                sum += 1 - (double)n / RARE_ARTICLES;
                rare++;
        }
        if (!rare)
                return;
        add_term(sc, s, "rarity", 1 + 0.3 * sum / (double)v->n,
                 arena_printf(sc->a, "%zu of %zu publish seldom", rare, v->n));
}

static void term_substance(struct scoring *sc, struct story *s)
{
        for (size_t i = 0; i < s->n_articles; i++)
                if (s->articles[i]->length > 0)
                        return;
        add_term(sc, s, "substance", 0.5,
                 STR("no article has a text to quote"));
}

static bool is_recent(const struct rank_input *in, int64_t id)
{
        for (size_t i = 0; i < in->n_recent; i++)
                if (in->recent[i] == id)
                        return true;
        return false;
}

static void term_novelty(struct scoring *sc, struct story *s,
                         const struct voices *v)
{
        double fresh = 0;

        if (!is_recent(sc->in, s->id))
                return;
        s->is_update = true;
        for (size_t i = 0; i < v->n; i++)
                fresh += v->items[i].first_at > sc->in->now - 12 * HOUR_S;
        add_term(sc, s, "novelty", fmin(0.7, 0.3 + 0.1 * fresh),
                 arena_printf(sc->a,
                              "a recent edition carried it; %.0f new voices",
                              fresh));
}

static void term_kind(struct scoring *sc, struct story *s)
{
        if (s->is_exclusive)
                add_term(sc, s, "exclusive", 1.3,
                         STR("marked so by its source"));
        if (!str_eq(s->kind, STR("news")))
                add_term(sc, s, "kind", 0.6, s->kind);
}

static void term_language(struct scoring *sc, struct story *s)
{
        enum lang wanted = lang_of_tag(sc->in->language);

        if (!sc->in->language.n || !s->language.n ||
            lang_of_tag(s->language) == wanted)
                return;
        add_term(sc, s, "language", 0.1,
                 arena_printf(sc->a, "it is told in " STR_FMT,
                              STR_ARG(s->language)));
}

static void score(struct scoring *sc, struct story *s)
{
        struct voices v = voices_find(sc->a, sc->words, s->articles,
                                      s->n_articles, sc->since);

        s->score = 1;
        term_sources(sc, s, &v);
        term_velocity(sc, s, &v);
        term_freshness(sc, s);
        term_prominence(sc, s, &v);
        term_rarity(sc, s, &v);
        term_substance(sc, s);
        term_novelty(sc, s, &v);
        term_kind(sc, s);
        term_language(sc, s);
}

static void describe(struct scoring *sc, struct story *s)
{
        s->head = head_choose(sc->a, sc->words, s->articles, s->n_articles,
                              sc->since);
        s->id = s->head->story_id;
        s->title = s->head->title;
        s->language = s->head->language;
        s->beat = s->head->beat;
        s->kind = kind_of(s->head);
        s->first_at = s->articles[0]->dated_at;
        s->last_at = s->articles[s->n_articles - 1]->dated_at;
        for (size_t i = 0; i < s->n_articles; i++)
                if (str_eq(s->articles[i]->mark, STR("exclusive")))
                        s->is_exclusive = true;
}

static int by_story(const void *pa, const void *pb)
{
        const struct article *a = *(const struct article *const *)pa;
        const struct article *b = *(const struct article *const *)pb;

        if (a->story_id != b->story_id)
                return a->story_id < b->story_id ? -1 : 1;
        if (a->dated_at != b->dated_at)
                return a->dated_at < b->dated_at ? -1 : 1;
        return str_cmp(a->url, b->url);
}

static int by_score(const void *pa, const void *pb)
{
        const struct story *a = pa, *b = pb;

        if (a->score < b->score || a->score > b->score)
                return a->score > b->score ? -1 : 1;
        if (a->last_at != b->last_at)
                return a->last_at > b->last_at ? -1 : 1;
        return a->id < b->id ? -1 : a->id > b->id;
}

static void count_sources(struct scoring *sc)
{
        sc->counts = map_new(sc->a);
        for (size_t i = 0; i < sc->in->articles.n; i++) {
                void **n = map_at(sc->counts, sc->in->articles.items[i].source);
                *n = (void *)((uintptr_t)*n + 1);
        }
}

/* Pointers to the articles that have a story, in order of story and time. */
static const struct article **
sorted(struct arena *a, const struct article_list *list, size_t *ret_n)
{
        const struct article **all = arena_array(a, list->n + 1, sizeof(*all));
        size_t n = 0;

        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].story_id)
                        all[n++] = &list->items[i];
        qsort(all, n, sizeof(*all), by_story);
        *ret_n = n;
        return all;
}

static bool is_over_floor(const struct story *s)
{
        return s->score >= RANK_FLOOR || !str_eq(s->kind, STR("news"));
}

/* Order, and places for all over the floor; the rest comes last. */
static void give_places(struct story *stories, size_t n)
{
        int64_t place = 0;

        if (n > 1)
                qsort(stories, n, sizeof(*stories), by_score);
        for (size_t i = 0; i < n; i++)
                stories[i].place = is_over_floor(&stories[i]) ? ++place : 0;
}

/* Those with a place first, each part in order of score. */
static struct story *placed_first(struct arena *a, const struct story *stories,
                                  size_t n)
{
        struct story *out = arena_array(a, n + 1, sizeof(*out));
        size_t m = 0;

        for (size_t i = 0; i < n; i++)
                if (stories[i].place)
                        out[m++] = stories[i];
        for (size_t i = 0; i < n; i++)
                if (!stories[i].place)
                        out[m++] = stories[i];
        return out;
}

void story_build(struct arena *a, const struct rank_input *in,
                 struct story **ret, size_t *ret_n)
{
        struct scoring sc = { .a = a,
                              .in = in,
                              .words = words_new(),
                              .since = in->now - in->hours_s };
        size_t n, cap = 0, n_stories = 0;
        const struct article **all = sorted(a, &in->articles, &n);
        struct story *stories = NULL;

        count_sources(&sc);
        for (size_t i = 0, end; i < n; i = end) {
                for (end = i;
                     end < n && all[end]->story_id == all[i]->story_id;)
                        end++;
                if (all[end - 1]->dated_at < sc.since)
                        continue;
                ARENA_GROW(a, stories, n_stories, cap);
                struct story *s = &stories[n_stories++];
                *s = (struct story) { .articles = all + i,
                                      .n_articles = end - i };
                describe(&sc, s);
                score(&sc, s);
        }
        words_free(sc.words);
        give_places(stories, n_stories);
        *ret = placed_first(a, stories, n_stories);
        *ret_n = n_stories;
}
