#include "story/voices.h"

#include "base/arena.h"
#include "story/kind.h"
#include "story/shingle.h"
#include "story/words.h"

#define COMPARED_MAX 64 /* articles of one story compared for copy */
#define TELLERS_MAX 500 /* more add nothing to a story's rank */

struct teller {
        const struct article *art;
        struct sketch sketch;
        size_t voice; /* index + 1 */
};

static bool is_same_copy(const struct teller *a, const struct teller *b)
{
        return str_eq_nocase(a->art->title, b->art->title) ||
               shingle_likeness(&a->sketch, &b->sketch) >= SHINGLE_COPY;
}

/* The first earlier teller of the same family, or else of the same words. */
static const struct teller *known(const struct teller *all, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (str_eq_nocase(all[k].art->source, all[i].art->source))
                        return &all[k];
        if (i >= COMPARED_MAX)
                return NULL;
        for (size_t k = 0; k < i; k++)
                if (is_same_copy(&all[k], &all[i]))
                        return &all[k];
        return NULL;
}

static bool has_family(const struct teller *all, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (str_eq_nocase(all[k].art->source, all[i].art->source))
                        return true;
        return false;
}

static void join(struct voice *v, const struct article *art, bool new_family)
{
        v->families += new_family;
        if (art->dated_at > v->last_at)
                v->last_at = art->dated_at;
        if (art->position < v->position)
                v->position = art->position;
}

struct voices voices_find(struct arena *a, struct words *w,
                          const struct article *const *articles, size_t n,
                          int64_t since)
{
        struct teller *all = arena_array(a, n + 1, sizeof(*all));
        struct voices v = { arena_array(a, n + 1, sizeof(*v.items)), 0 };
        size_t m = 0;

        for (size_t i = 0; i < n && m < TELLERS_MAX; i++) {
                const struct article *art = articles[i];
                struct teller *t = &all[m];
                const struct teller *before;

                if (art->dated_at < since || !kind_is_news(art))
                        continue;
                t->art = art;
                if (n > 1 && m < COMPARED_MAX)
                        t->sketch = shingle_read(w, art->summary,
                                                 lang_of_tag(art->language));
                before = known(all, m);
                if (before) {
                        t->voice = before->voice;
                        join(&v.items[t->voice - 1], art, !has_family(all, m));
                } else {
                        v.items[v.n++] =
                                (struct voice) { art->source, art->dated_at,
                                                 art->dated_at, art->position,
                                                 1 };
                        t->voice = v.n;
                }
                m++;
        }
        return v;
}
