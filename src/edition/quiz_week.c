#include "edition/quiz_week.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "edition/attrs.h"
#include "edition/quiz_tongue.h"
#include "edition/sentences.h"
#include "edition/slots.h"

struct gatherer {
        struct arena *a;
        const struct quiz_input *in;
        struct quiz_week week;
        size_t cap, cap_speakers;
        struct map *texts; /* url -> struct source */
        struct map *seen;  /* sentences that are there already */
        struct edition_slot *slots;
        size_t n_slots, day;
};

struct source {
        const struct article *article;
        struct str text;
};

static const struct source *source_of(struct gatherer *g, struct str url)
{
        void **place = map_at(g->texts, url);
        struct source *s = *place;

        if (s)
                return s;
        s = arena_alloc(g->a, sizeof(*s));
        s->article = g->in->find(g->in->user, url);
        if (s->article && s->article->text.n)
                s->text = utf8_fold_space(g->a, s->article->text);
        *place = s;
        return s;
}

static struct str headline_of(const struct gatherer *g, int64_t story)
{
        for (size_t i = 0; i < g->n_slots; i++)
                if (g->slots[i].story_id == story)
                        return g->slots[i].title;
        return STR_NULL;
}

static bool is_same_language(struct str x, struct str y)
{
        return !x.n || !y.n ||
               str_eq_nocase(str_sub(x, 0, 2), str_sub(y, 0, 2));
}

/* The article among those that b links which has the sentence. */
static const struct source *
find_source(struct gatherer *g, const struct block *b, struct str sentence)
{
        for (size_t i = 0; i < b->n_runs; i++) {
                const struct source *s;

                if (!b->runs[i].url.n)
                        continue;
                s = source_of(g, b->runs[i].url);
                if (s->text.n && str_find(s->text, sentence, 0) != STR_NONE &&
                    is_same_language(s->article->language, g->in->language))
                        return s;
        }
        return NULL;
}

static void add_line(struct gatherer *g, const struct block *b,
                     struct quiz_line line)
{
        const struct source *s;

        if (g->week.n == LIMIT_QUIZ_SENTENCES || map_find(g->seen, line.text))
                return;
        s = find_source(g, b, line.text);
        if (!s)
                return;
        map_put(g->seen, line.text, g);
        line.low = tongue_lower(g->a, line.text);
        line.low_headline = tongue_lower(g->a, line.headline);
        line.issue_url = g->in->issues[g->day].url;
        line.article = s->article;
        line.article_text = s->text;
        line.day = g->day;
        ARENA_GROW(g->a, g->week.lines, g->week.n, g->cap);
        g->week.lines[g->week.n++] = line;
}

/* The sentences of a paragraph or item, up to its credits. */
static void add_block(struct gatherer *g, const struct block *b, int64_t story,
                      enum quiz_place place)
{
        struct prose p = prose_of(g->a, b->runs, b->n_runs);
        size_t end = p.n_spans ? p.spans[0].from : p.text.n;
        struct str *sentences;
        size_t n;

        if (end <= p.body || attrs_get(&b->attrs, "lang").n)
                return;
        n = g->in->split(g->a, str_trim(str_sub(p.text, p.body, end - p.body)),
                         g->in->language, &sentences);
        for (size_t i = 0; i < n; i++)
                add_line(g, b,
                         (struct quiz_line) { .text = str_trim(sentences[i]),
                                              .headline = headline_of(g, story),
                                              .story = story,
                                              .place = place,
                                              .is_first = i == 0 });
}

static int64_t story_of(const struct attrs *attrs)
{
        int64_t id = 0;

        return scan_i64(attrs_get(attrs, "story"), 1, INT64_MAX, &id) < 0 ? 0
                                                                          : id;
}

static void add_speaker(struct gatherer *g, const struct block *b)
{
        struct str by = attrs_get(&b->attrs, "by");

        if (b->kind != BLOCK_QUOTE || !by.n)
                return;
        ARENA_GROW(g->a, g->week.speakers, g->week.n_speakers, g->cap_speakers);
        g->week.speakers[g->week.n_speakers++] = by;
}

/* story: whose the section is, or 0: each item names its own. */
static void add_blocks(struct gatherer *g, const struct block *blocks, size_t n,
                       int64_t story, enum quiz_place place)
{
        for (size_t i = 0; i < n; i++) {
                const struct block *b = &blocks[i];
                int64_t own = story_of(&b->attrs);

                add_speaker(g, b);
                if (b->kind == BLOCK_LIST) {
                        add_blocks(g, b->children, b->n_children, story, place);
                        continue;
                }
                if ((b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_ITEM) ||
                    attrs_has_class(&b->attrs, "sources") ||
                    attrs_has_class(&b->attrs, "more") ||
                    attrs_has_class(&b->attrs, "so-far"))
                        continue;
                if (own || story)
                        add_block(g, b, own ? own : story, place);
        }
}

struct quiz_week quiz_week_of(struct arena *a, const struct quiz_input *in)
{
        struct gatherer g = {
                .a = a, .in = in, .texts = map_new(a), .seen = map_new(a)
        };

        for (g.day = 0; g.day < in->n_issues; g.day++) {
                const struct edition *e = in->issues[g.day].edition;

                slots_of(a, e, in->phrases, &g.slots, &g.n_slots);
                for (size_t i = 0; i < e->n_sections; i++) {
                        const struct section *s = &e->sections[i];
                        enum quiz_place place =
                                s->kind == SECTION_LEAD      ? QUIZ_LEAD
                                : s->kind == SECTION_STORIES ? QUIZ_TOP
                                                             : QUIZ_ELSEWHERE;

                        if (s->kind == SECTION_LEAD ||
                            s->kind == SECTION_STORIES ||
                            s->kind == SECTION_MAGAZINE ||
                            s->kind == SECTION_BREAK)
                                add_blocks(&g, s->blocks, s->n_blocks,
                                           story_of(&s->attrs), place);
                }
        }
        return g.week;
}
