#include "story/voices.h"

#include "base/arena.h"
#include "base/hash.h"
#include "story/kind.h"
#include "story/shingle.h"
#include "story/words.h"

#define COMPARED_MAX 64 /* families of one story compared for copy */
#define TELLERS_MAX 500 /* more families add nothing to a story's rank */

struct teller {
        const struct article *art; /* the family's first */
        struct sketch sketch;
        size_t voice; /* index */
};

struct telling {
        struct words *words;
        const struct weights *weights;
        struct teller *all; /* a family each */
        size_t n;
        struct map *families; /* lower case -> struct teller */
        struct voices voices;
};

/* The weight of a family; 1 where the owner said nothing. */
static double weight_of(const struct weights *weights, struct str source)
{
        for (size_t i = 0; weights && i < weights->n; i++)
                if (str_eq_nocase(weights->items[i].source, source))
                        return weights->items[i].value;
        return 1;
}

static bool is_same_copy(const struct teller *a, const struct teller *b)
{
        return str_eq_nocase(a->art->title, b->art->title) ||
               shingle_likeness(&a->sketch, &b->sketch) >= SHINGLE_COPY;
}

/* The first other family that had the same words. */
static const struct teller *copied(const struct telling *t,
                                   const struct teller *me)
{
        for (size_t k = 0; k < t->n && t->n < COMPARED_MAX; k++)
                if (is_same_copy(&t->all[k], me))
                        return &t->all[k];
        return NULL;
}

static void join(struct voice *v, const struct article *art)
{
        bool is_said = str_eq_nocase(art->title, v->first->title) ||
                       str_eq_nocase(art->title, v->last->title);

        if (!is_said && art->dated_at > v->last_at) {
                v->last_at = art->dated_at;
                v->last = art;
        }
        if (art->position < v->position)
                v->position = art->position;
}

static void join_family(struct voice *v, const struct article *art,
                        double weight)
{
        join(v, art);
        v->families++;
        if (weight > v->weight)
                v->weight = weight;
}

static void add_family(struct telling *t, struct teller *me)
{
        const struct article *art = me->art;
        double weight = weight_of(t->weights, art->source);
        const struct teller *before;

        if (t->families && t->n < COMPARED_MAX)
                me->sketch = shingle_read(t->words, art->summary,
                                          lang_of_tag(art->language));
        before = copied(t, me);
        if (before) {
                me->voice = before->voice;
                join_family(&t->voices.items[me->voice], art, weight);
        } else {
                me->voice = t->voices.n;
                t->voices.items[t->voices.n++] = (struct voice) { art->source,
                                                                  art->dated_at,
                                                                  art->dated_at,
                                                                  art->position,
                                                                  1,
                                                                  weight,
                                                                  art,
                                                                  art };
        }
        t->n++;
}

struct voices voices_find(struct arena *a, struct words *w,
                          const struct article *const *articles, size_t n,
                          int64_t since, const struct weights *weights)
{
        size_t most = n < TELLERS_MAX ? n : TELLERS_MAX;
        struct telling t = { .words = w, .weights = weights };

        t.all = arena_array(a, most + 1, sizeof(*t.all));
        t.voices.items = arena_array(a, most + 1, sizeof(*t.voices.items));
        if (n > 1)
                t.families = map_new(a);
        for (size_t i = 0; i < n; i++) {
                const struct article *art = articles[i];
                const struct teller *known = NULL;

                if (art->dated_at < since || !kind_is_news(art))
                        continue;
                struct str key = n > 1 ? arena_lower(a, art->source) : STR("");

                if (n > 1)
                        known = map_find(t.families, key);
                if (known) {
                        join(&t.voices.items[known->voice], art);
                        continue;
                }
                if (t.n == most)
                        break;
                t.all[t.n].art = art;
                if (n > 1)
                        map_put(t.families, key, &t.all[t.n]);
                add_family(&t, &t.all[t.n]);
        }
        return t.voices;
}
