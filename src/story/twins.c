#include "story/twins.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "story/lang.h"
#include "story/shingle.h"
#include "story/title.h"
#include "story/words.h"

#define READ_B 3000   /* of a text: enough to know it by */
#define PLACES 12     /* of a sketch by which it is looked up */
#define TITLE_WORDS 5 /* a shorter headline may be a column's name */
#define CHAIN_MAX 50  /* candidates of one place that are compared */

struct twin {
        struct sketch sketch;
        int64_t story_id;
        struct twin *next[PLACES]; /* of the same place and value */
};

struct twins {
        struct arena *a;
        struct words *words;
        struct map *places; /* place and value -> the newest twin */
        struct map *titles; /* lower case -> twin */
};

struct twins *twins_new(struct arena *a)
{
        struct twins *t = arena_alloc(a, sizeof(*t));

        *t = (struct twins) { a, words_new(), map_new(a), map_new(a) };
        return t;
}

void twins_free(struct twins *t)
{
        if (t)
                words_free(t->words);
}

static struct sketch sketch_of(struct twins *t, const struct article *art)
{
        struct str text = art->text.n ? art->text : art->summary;

        return shingle_read(t->words, utf8_clip(text, READ_B),
                            lang_of_tag(art->language));
}

struct place_key {
        uint32_t place, value;
};

static struct str key_of(const struct place_key *k)
{
        return (struct str) { (const char *)k, sizeof(*k) };
}

/* The headline to know it by; absent when it is too short. */
static struct str long_title(struct twins *t, const struct article *art)
{
        struct str title = title_clean(art->title, art->source);
        const struct word *words;
        size_t n =
                words_read(t->words, title, lang_of_tag(art->language), &words);

        return n >= TITLE_WORDS ? arena_lower(t->a, title) : STR_NULL;
}

int64_t twins_find(struct twins *t, const struct article *art)
{
        struct sketch mine = sketch_of(t, art);
        struct str title = long_title(t, art);
        const struct twin *found = title.n ? map_find(t->titles, title) : NULL;

        if (found)
                return found->story_id;
        for (uint32_t i = 0; i < PLACES; i++) {
                struct place_key key = { i, mine.least[i] };
                const struct twin *k = map_find(t->places, key_of(&key));

                for (int n = 0; k && n < CHAIN_MAX; n++, k = k->next[i])
                        if (shingle_likeness(&k->sketch, &mine) >= SHINGLE_COPY)
                                return k->story_id;
        }
        return 0;
}

void twins_add(struct twins *t, const struct article *art, int64_t story_id)
{
        struct twin *twin = arena_alloc(t->a, sizeof(*twin));
        struct str title = long_title(t, art);

        twin->sketch = sketch_of(t, art);
        twin->story_id = story_id;
        for (uint32_t i = 0; i < PLACES; i++) {
                struct place_key key = { i, twin->sketch.least[i] };
                void **first = map_at(t->places, key_of(&key));

                twin->next[i] = *first;
                *first = twin;
        }
        if (title.n && !map_find(t->titles, title))
                map_put(t->titles, title, twin);
}
