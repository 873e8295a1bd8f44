#include "story/rank.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/scan.h"
#include "story/abroad.h"
#include "story/beat.h"
#include "story/kind.h"
#include "story/life.h"
#include "story/score.h"
#include "story/topics.h"
#include "story/words.h"

#define CLOSER_MAX 300 /* of the first so many the beat is read from words */
#define SAME_MAX 100   /* of the first so many no two may say the same */
#define WEIGHT_MAX 10

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

/* Not by number: that depends on the order in which stories were found. */
static int by_score(const void *pa, const void *pb)
{
        const struct story *a = pa, *b = pb;
        int order;

        if (a->score < b->score || a->score > b->score)
                return a->score > b->score ? -1 : 1;
        if (a->last_at != b->last_at)
                return a->last_at > b->last_at ? -1 : 1;
        order = str_cmp(a->title, b->title);
        if (order)
                return order;
        order = str_cmp(a->head->url, b->head->url);
        return order ? order : a->id < b->id ? -1 : a->id > b->id;
}

static void count_sources(struct scoring *sc)
{
        sc->counts = map_new(sc->a);
        for (size_t i = 0; i < sc->in->articles.n; i++) {
                void **n = map_at(sc->counts, sc->in->articles.items[i].source);
                *n = (void *)((uintptr_t)*n + 1);
        }
}

static void note_printed(struct scoring *sc)
{
        const struct rank_input *in = sc->in;

        sc->printed = map_new(sc->a);
        for (size_t i = 0; i < in->n_printed; i++)
                map_put(sc->printed,
                        arena_printf(sc->a, "%" PRId64,
                                     in->printed[i].story_id),
                        (void *)&in->printed[i]);
        sc->titles = life_titles_new(sc->a, sc->words, in->printed,
                                     in->n_printed, in->language);
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
        if (s->choice == CHOICE_KILL || s->score <= 0)
                return false;
        return s->score >= RANK_FLOOR || !kind_is_voice(s->kind);
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

/* Every story that has something of the edition's hours, scored. */
static struct story *find_all(struct scoring *sc, size_t *ret_n)
{
        size_t n, cap = 0, n_stories = 0;
        const struct article **all = sorted(sc->a, &sc->in->articles, &n);
        struct story *stories = NULL;

        for (size_t i = 0, end; i < n; i = end) {
                for (end = i;
                     end < n && all[end]->story_id == all[i]->story_id;)
                        end++;
                if (all[end - 1]->dated_at < sc->since)
                        continue;
                ARENA_GROW(sc->a, stories, n_stories, cap);
                stories[n_stories] = (struct story) { .articles = all + i,
                                                      .n_all = end - i };
                score_story(sc, &stories[n_stories++], false);
        }
        *ret_n = n_stories;
        return stories;
}

/* Those that may be printed are looked at more closely. */
static void look_closer(struct scoring *sc, struct story *stories, size_t n)
{
        for (size_t i = 0; i < n && i < CLOSER_MAX; i++) {
                /* what was known before stands in front of s->articles */
                stories[i].articles -= stories[i].n_all - stories[i].n_articles;
                score_story(sc, &stories[i], true);
        }
}

/* Two numbers for one event: the lower must not be printed beside the other. */
static void find_same(struct scoring *sc, struct story *stories, size_t n)
{
        size_t m = n < SAME_MAX ? n : SAME_MAX;
        struct past *titles = arena_array(sc->a, m + 1, sizeof(*titles));
        struct life_titles *known;

        for (size_t i = 0; i < m; i++)
                titles[i] = (struct past) { .story_id = stories[i].id,
                                            .title = stories[i].title };
        known = life_titles_new(sc->a, sc->words, titles, m, sc->in->language);
        for (size_t i = 0; i < m; i++) {
                int64_t id = life_find(known, sc->words, stories[i].head,
                                       stories[i].title);

                stories[i].same_as = id == stories[i].id ? 0 : id;
        }
}

void story_build(struct arena *a, const struct rank_input *in,
                 struct story **ret, size_t *ret_n)
{
        struct scoring sc = { .a = a,
                              .in = in,
                              .words = words_new(),
                              .since = in->now - in->hours_s };
        struct story *stories;
        size_t n;

        count_sources(&sc);
        note_printed(&sc);
        sc.beats = beats_new(a, sc.words);
        sc.follow = topics_new(a, sc.words, in->follow.items, in->follow.n,
                               in->language);
        sc.mute = topics_new(a, sc.words, in->mute.items, in->mute.n,
                             in->language);
        stories = find_all(&sc, &n);
        give_places(stories, n);
        abroad_join(a, sc.words, in, stories, n);
        look_closer(&sc, stories, n);
        give_places(stories, n);
        *ret = placed_first(a, stories, n);
        find_same(&sc, *ret, n);
        words_free(sc.words);
        *ret_n = n;
}

int rank_weight_parse(struct str text, struct weight *ret, struct err *err)
{
        struct str rest = text, source = STR_NULL, number = STR_NULL;
        double value;

        while (str_chr(rest, '=', 0) != STR_NONE) {
                size_t at = str_chr(rest, '=', 0);

                source = str_sub(text, 0, text.n - (rest.n - at));
                rest = number = str_sub(rest, at + 1, rest.n);
        }
        source = str_trim(source);
        if (!source.n || scan_double(str_trim(number), &value) < 0 ||
            !(value >= 0 && value <= WEIGHT_MAX))
                return err_set(err, ERR_INPUT,
                               "a publisher's weight is written as \"The "
                               "Ledger = 1.5\", from 0 to %d, not \"" STR_FMT
                               "\"",
                               WEIGHT_MAX, STR_ARG(text));
        *ret = (struct weight) { source, value };
        return 0;
}
