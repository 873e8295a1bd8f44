#include "cmd/stories_update.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "edition/slug.h"
#include "store/article.h"
#include "store/edition.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/story.h"
#include "story/beat.h"
#include "story/cluster.h"
#include "story/kind.h"
#include "story/rank.h"
#include "story/tell.h"
#include "story/title.h"
#include "story/twins.h"

#define TRIES_MOST 5
#define TEXTS_MAX_B ((size_t)4 << 30)

static bool is_read(const struct article *art)
{
        return !str_eq(art->state, STR("new"));
}

/* The finding of stories under way: which article was which call. */
struct finding {
        struct article_list *list;
        struct article **clustered;
        size_t n;
        bool *is_changed; /* of each of the list: its story is to be saved */
        const int64_t *printed;
        size_t n_printed, added;
        struct twins *twins;
};

static void note_move(void *user, uint32_t nth, int64_t story)
{
        struct finding *f = user;
        struct article *art = f->clustered[nth - 1];

        art->story_id = story;
        f->is_changed[art - f->list->items] = true;
}

/* What an edition has printed stays one story, and that one. */
static bool is_printed(const struct finding *f, int64_t story)
{
        for (size_t i = 0; i < f->n_printed; i++)
                if (f->printed[i] == story)
                        return true;
        return false;
}

static void find_story(struct cluster *c, struct finding *f,
                       struct article *art)
{
        struct cluster_doc doc = {
                .title = title_clean(art->title, art->source),
                .text = art->text.n ? art->text : art->summary,
                .language = art->language,
                .source = art->source,
                .at = art->dated_at,
        };
        bool is_news = kind_is_news(art);

        if (art->story_id) {
                bool may_move = !is_printed(f, art->story_id);

                if (is_news)
                        cluster_seed(c, &doc, art->story_id, may_move);
                else
                        twins_add(f->twins, art, art->story_id);
                if (is_news && may_move)
                        f->clustered[f->n++] = art;
                return;
        }
        if (is_news) {
                cluster_put(c, &doc);
                f->clustered[f->n++] = art;
        } else {
                art->story_id = twins_find(f->twins, art);
                if (!art->story_id)
                        art->story_id = cluster_alone(c);
                twins_add(f->twins, art, art->story_id);
        }
        f->is_changed[art - f->list->items] = true;
        f->added++;
}

/* Every article of the list that has no story gets one; how many are new. */
static size_t find_stories(struct env *env, struct finding *f, int64_t next_id)
{
        struct cluster *c = cluster_new(env->conf.story_window, next_id);
        size_t made;

        f->twins = twins_new(env->a);
        for (size_t i = 0; i < f->list->n; i++)
                if (is_read(&f->list->items[i]))
                        find_story(c, f, &f->list->items[i]);
        cluster_settle(c, note_move, f);
        made = (size_t)cluster_made(c);
        cluster_free(c);
        twins_free(f->twins);
        return made;
}

static int save_story(struct env *env, const struct story *s)
{
        struct story_row old, row = {
                .id = s->id,
                .title = s->title,
                .language = s->language,
                .first_at = s->first_at,
                .last_at = s->last_at,
                .articles = (int64_t)s->n_articles,
                .sources = (int64_t)s->n_sources,
        };
        int rc = story_get(env->a, env->db, s->id, &old, &env->err);

        if (rc < 0 && rc != ERR_ABSENT)
                return rc;
        if (rc == 0) { /* it may be older than the window */
                if (old.first_at < row.first_at)
                        row.first_at = old.first_at;
                if (old.articles > row.articles)
                        row.articles = old.articles;
                if (old.sources > row.sources)
                        row.sources = old.sources;
        }
        return story_save(env->db, &row, &env->err);
}

static struct str key_of(const struct article *art)
{
        return (struct str) { (const char *)&art->story_id,
                              sizeof(art->story_id) };
}

/* Those of the list that are in a story with something changed, in a. */
static struct article_list changed_stories(struct arena *a,
                                           const struct article_list *list,
                                           const bool *is_changed)
{
        struct map *stories = map_new(a);
        struct article_list few = {
                arena_array(a, list->n + 1, sizeof(struct article)), 0
        };

        for (size_t i = 0; i < list->n; i++)
                if (is_changed[i])
                        map_put(stories, key_of(&list->items[i]), stories);
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].story_id &&
                    map_find(stories, key_of(&list->items[i])))
                        few.items[few.n++] = list->items[i];
        return few;
}

static int save_stories(struct env *env, struct arena *a,
                        const struct article_list *list, const bool *is_changed)
{
        struct rank_input in = { .articles =
                                         changed_stories(a, list, is_changed),
                                 .now = env->now,
                                 .hours_s = env->conf.story_window };
        struct story *stories;
        size_t n;
        int rc = 0;

        for (size_t i = 0; rc == 0 && i < list->n; i++)
                if (is_changed[i])
                        rc = article_set_story(env->db, list->items[i].id,
                                               list->items[i].story_id,
                                               &env->err);
        story_build(a, &in, &stories, &n);
        for (size_t i = 0; rc == 0 && i < n; i++)
                rc = save_story(env, &stories[i]);
        return rc;
}

/* Ids that two processes gave out at once would make one story of two. */
static int save_if_first(struct env *env, struct arena *a,
                         const struct finding *f, int64_t next_id)
{
        int64_t now_next;
        int rc = story_lock(env->db, &env->err);

        if (rc == 0)
                rc = story_next_id(env->db, &now_next, &env->err);
        if (rc == 0 && now_next != next_id)
                rc = err_set(&env->err, ERR_STALE,
                             "another process found stories meanwhile; gather "
                             "again");
        return rc < 0 ? rc : save_stories(env, a, f->list, f->is_changed);
}

/* Finding takes its time and others wait to write: only the saving is in the
 * transaction. ERR_STALE: somebody was first. */
static int find_and_save(struct env *env, struct arena *texts,
                         struct stories_report *report)
{
        int64_t from = env->now - env->conf.story_window, next_id;
        struct article_list list;
        struct finding f = { .list = &list };
        int rc = article_read_between(texts, env->db, from, env->now, true,
                                      &list, &env->err);

        if (rc == 0)
                rc = stories_printed(env, &f.printed, &f.n_printed);
        if (rc == 0)
                rc = story_next_id(env->db, &next_id, &env->err);
        if (rc < 0)
                return rc;
        f.clustered = arena_array(texts, list.n + 1, sizeof(struct article *));
        f.is_changed = arena_array(texts, list.n + 1, sizeof(bool));
        report->stories = find_stories(env, &f, next_id);
        report->added = f.added;
        rc = sql_begin(env->db, &env->err);
        if (rc < 0)
                return rc;
        return sql_leave(env->db, true, save_if_first(env, texts, &f, next_id),
                         &env->err);
}

static int add_new(struct env *env, struct stories_report *report)
{
        struct arena *texts = arena_new(TEXTS_MAX_B);
        int rc = ERR_STALE;

        for (int i = 0; rc == ERR_STALE && i < TRIES_MOST; i++) {
                arena_reset(texts);
                rc = find_and_save(env, texts, report);
        }
        arena_free(texts);
        return rc;
}

static size_t count_placed(const struct story *stories, size_t n)
{
        size_t placed = 0;

        while (placed < n && stories[placed].place)
                placed++;
        return placed;
}

int stories_update(struct env *env, struct stories_report *ret)
{
        struct stories_report report = { 0 };
        struct story *stories;
        int64_t waiting;
        size_t n;
        int rc = article_waiting(env->db, env->now - env->conf.story_window,
                                 env->now, &waiting, &env->err);

        if (rc == 0 && waiting)
                rc = add_new(env, &report);
        if (rc == 0)
                rc = stories_rank(env, STR_NULL, &stories, &n);
        if (rc == 0)
                rc = stories_save_preview(env, stories, n);
        if (rc < 0)
                return err_add(&env->err, "finding stories");
        report.ranked = count_placed(stories, n);
        if (ret)
                *ret = report;
        return 0;
}

/* What a column is about is known once its text is here. */
static void find_topic(struct env *env, struct story *s,
                       const struct article_list *texts)
{
        struct str beat;

        if (!str_eq(s->kind, STR("opinion")) || beat_is_specific(s->beat))
                return;
        for (size_t i = 0; i < texts->n; i++) {
                if (texts->items[i].id != s->head->id)
                        continue;
                beat = beat_of_text(env->a, &texts->items[i]);
                if (beat.p)
                        s->beat = beat;
        }
}

int stories_tell(struct env *env, struct story *s, bool is_lead,
                 struct tell_budget *budget)
{
        struct article_list *texts = arena_alloc(env->a, sizeof(*texts));
        int rc = article_of_story(env->a, env->db, s->id, texts, &env->err);

        if (rc < 0)
                return rc;
        story_tell(env->a, s, texts, is_lead, budget);
        find_topic(env, s, texts);
        return 0;
}
