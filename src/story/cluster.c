#include "story/cluster.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/time.h"
#include "story/common.h"
#include "story/gist.h"
#include "story/index.h"
#include "story/settle.h"
#include "story/words.h"

#define GUESS_MIN_B 60 /* of text: a language is not told from less */

struct cluster {
        struct arena *a;
        struct words *words;
        struct words_text *title, *text; /* of the article under way */
        struct index *index;
        struct gist gist;
        int64_t window_s, next_id, first_id;
        int64_t newest_at;
        uint32_t added;
        uint32_t spoken[LANG_COUNT]; /* articles so far in each language */
};

struct cluster *cluster_new(int64_t window_s, int64_t next_id)
{
        struct arena *a = arena_new(1 << 20);
        struct cluster *c = arena_alloc(a, sizeof(*c));

        c->a = a;
        c->words = words_new();
        c->title = words_text_new(c->words);
        c->text = words_text_new(c->words);
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

/* A headline may be too short to tell: then it is taken to speak as most do. */
static enum lang lang_of(struct cluster *c, const struct cluster_doc *doc)
{
        enum lang lang;

        if (doc->language.n)
                return lang_of_tag(doc->language);
        lang = words_lang(doc->text.n >= GUESS_MIN_B ? c->text : c->title);
        if (lang != LANG_OTHER) {
                c->spoken[lang]++;
                return lang;
        }
        for (int i = 1; i < LANG_COUNT; i++)
                if (c->spoken[i] > c->spoken[lang])
                        lang = (enum lang)i;
        return lang;
}

/* Two names that are one number are taken for one source: what is very like
 * is a story even so. */
static uint32_t source_of(struct str name)
{
        uint64_t h = name.n ? hash_stable(name) : 0;

        return (uint32_t)(h ^ h >> 32);
}

/* Reads doc into c->gist. */
static struct index_doc read_doc(struct cluster *c,
                                 const struct cluster_doc *doc)
{
        int64_t at = doc->at == TIME_NONE ? c->newest_at : doc->at;
        enum lang lang;

        gist_take_apart(c->words, doc->title, doc->text, c->title, c->text);
        lang = lang_of(c, doc);
        if (at > c->newest_at)
                c->newest_at = at;
        gist_read(&c->gist, c->words, c->title, c->text, lang);
        return (struct index_doc) { .at = at,
                                    .lang = lang,
                                    .source = source_of(doc->source) };
}

void cluster_seed(struct cluster *c, const struct cluster_doc *doc,
                  int64_t story_id, bool may_move)
{
        struct index_doc d = read_doc(c, doc);

        d.is_lazy = true;
        d.tag = may_move ? ++c->added : 0;
        index_add(c->index, &c->gist, story_id, &d);
}

int64_t cluster_add(struct cluster *c, const struct cluster_doc *doc)
{
        struct index_doc d = read_doc(c, doc);
        struct index_near near[INDEX_NEAR_MAX];
        size_t n = index_find(c->index, &c->gist, &d, c->window_s, near);
        struct index_group self = { .n = 1,
                                    .n_headlines = c->gist.is_headline,
                                    .source = d.source };
        int64_t story = 0;
        double best = 0;

        for (size_t i = 0; i < n; i++) {
                const struct index_group *g =
                        index_group(c->index, near[i].group);
                double margin = (double)near[i].mean -
                                settle_bar(c->index, &self, near[i].group);

                if (margin < best || (story && !(margin > best)))
                        continue;
                story = g->story;
                best = margin;
        }
        d.tag = ++c->added;
        d.is_new = true;
        index_forget(c->index, c->newest_at - c->window_s);
        if (!story)
                story = c->next_id++;
        index_add(c->index, &c->gist, story, &d);
        return story;
}

void cluster_put(struct cluster *c, const struct cluster_doc *doc)
{
        struct index_doc d = read_doc(c, doc);

        d.tag = ++c->added;
        d.is_new = d.is_lazy = true;
        index_add(c->index, &c->gist, 0, &d);
}

void cluster_settle(struct cluster *c,
                    void (*moved)(void *user, uint32_t nth, int64_t story),
                    void *user)
{
        index_measure(c->index);
        settle_rest(c->index, c->window_s);
        index_release(c->index);
        settle(c->index, c->window_s);
        for (uint32_t i = 0; i < index_groups(c->index); i++) {
                const struct index_group *g = index_group(c->index, i);
                if (g->n && !g->story)
                        index_name(c->index, i, c->next_id++);
        }
        index_tell(c->index, moved, user);
}

void cluster_close(struct cluster *c)
{
        index_close(c->index);
        c->added = 0;
        /* no sooner: what was put is told of first, however old it is */
        index_forget(c->index, c->newest_at - c->window_s);
}

int64_t cluster_alone(struct cluster *c)
{
        return c->next_id++;
}

int64_t cluster_made(const struct cluster *c)
{
        return c->next_id - c->first_id;
}
