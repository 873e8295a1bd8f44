#include "story/cluster.h"

#include "base/arena.h"
#include "base/time.h"
#include "story/common.h"
#include "story/gist.h"
#include "story/index.h"
#include "story/words.h"

/* Mean cosine from which two articles tell one event; learnt on labelled sets.
 */
#define LIKE_MIN 0.15
#define LIKE_SETTLED 0.12 /* ... once all of a batch are known */
#define GUESS_MIN_B 60    /* of text: a language is not told from less */

struct cluster {
        struct arena *a;
        struct words *words;
        struct index *index;
        struct gist gist;
        int64_t window_s, next_id, first_id;
        int64_t newest_at;
        uint32_t added;
};

struct cluster *cluster_new(int64_t window_s, int64_t next_id)
{
        struct arena *a = arena_new(1 << 20);
        struct cluster *c = arena_alloc(a, sizeof(*c));

        c->a = a;
        c->words = words_new();
        c->index = index_new(common_new(a, c->words));
        c->window_s = window_s;
        c->next_id = c->first_id = next_id;
        c->newest_at = 0;
        return c;
}

void cluster_free(struct cluster *c)
{
        if (!c)
                return;
        index_free(c->index);
        words_free(c->words);
        arena_free(c->a);
}

static enum lang lang_of(struct cluster *c, const struct cluster_doc *doc)
{
        if (doc->language.n)
                return lang_of_tag(doc->language);
        return words_guess(c->words,
                           doc->text.n >= GUESS_MIN_B ? doc->text : doc->title);
}

/* Reads doc into c->gist; its time, and *ret_lang. */
static int64_t read_doc(struct cluster *c, const struct cluster_doc *doc,
                        enum lang *ret_lang)
{
        int64_t at = doc->at == TIME_NONE ? c->newest_at : doc->at;

        if (at > c->newest_at)
                c->newest_at = at;
        *ret_lang = lang_of(c, doc);
        gist_read(&c->gist, c->words, doc->title, doc->text, *ret_lang);
        return at;
}

void cluster_seed(struct cluster *c, const struct cluster_doc *doc,
                  int64_t story_id)
{
        enum lang lang;
        int64_t at = read_doc(c, doc, &lang);

        index_add(c->index, &c->gist, story_id,
                  &(struct index_doc) { at, lang, 0 });
}

int64_t cluster_add(struct cluster *c, const struct cluster_doc *doc)
{
        enum lang lang;
        int64_t at = read_doc(c, doc, &lang), story;
        struct index_match like =
                index_find(c->index, &c->gist,
                           (struct index_when) { at, at - c->window_s }, lang);

        story = like.likeness >= LIKE_MIN ? like.story : c->next_id++;
        index_forget(c->index, c->newest_at - c->window_s);
        index_add(c->index, &c->gist, story,
                  &(struct index_doc) { at, lang, ++c->added });
        return story;
}

void cluster_settle(struct cluster *c,
                    void (*moved)(void *user, uint32_t nth, int64_t story),
                    void *user)
{
        struct index_settling s = { c->window_s, LIKE_SETTLED, moved, user };

        index_settle(c->index, &s);
}

int64_t cluster_alone(struct cluster *c)
{
        return c->next_id++;
}

int64_t cluster_made(const struct cluster *c)
{
        return c->next_id - c->first_id;
}
