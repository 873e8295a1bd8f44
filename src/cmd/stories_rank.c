/*
 * The ranking at a time, with all that the press knows: what earlier editions
 * carried, what the editor decided, what the owner set. See stories_update.h.
 */

#include <inttypes.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/stories_update.h"
#include "edition/compose.h"
#include "edition/plan.h"
#include "edition/slug.h"
#include "press/day.h"
#include "press/press.h"
#include "store/article.h"
#include "store/choice.h"
#include "store/edition.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/story.h"
#include "story/rank.h"
#include "story/title.h"

/* So far back a story is known again; its articles are forgotten sooner. */
#define HISTORY_EDITIONS 30
#define TERMS_MAX_B (32 * 1024)
#define KEPT_MAX 100 /* places of the ranking that an edition remembers */

/*
 * The slug is made of the first name and kept: a paper that is renamed goes on
 * with its editions and their numbers.
 */
int stories_series(struct env *env, int64_t *ret_id)
{
        struct str name = env->conf.press_name, slug;
        int rc = store_meta_get(env->a, env->db, STR("series"), &slug,
                                &env->err);

        if (rc == 0 && !slug.p) {
                slug = slug_of(env->a, name);
                rc = store_meta_set(env->db, STR("series"), slug, &env->err);
        }
        return rc < 0 ? rc : series_get(env->db, slug, name, ret_id, &env->err);
}

/* An entry as readers are told of it: the day in words, where it stands. */
static struct past past_of(struct env *env, const struct edition_entry *e)
{
        const struct edition_row row = { .date = e->date, .slug = e->slug };
        struct civil day = { 0 };
        struct past p = { .story_id = e->story_id,
                          .at = e->composed_at,
                          .date = e->date,
                          .day = e->date,
                          .title = e->title };

        if (time_parse_date(e->date, &day, NULL) == 0)
                p.day = day_short(env->a, env->conf.press_language, &day);
        p.url = arena_printf(env->a, STR_FMT STR_FMT,
                             STR_ARG(env->conf.press_url),
                             STR_ARG(press_path(env->a, &row)));
        return p;
}

static int read_history(struct env *env, struct str date,
                        struct edition_entry **ret, size_t *ret_n)
{
        int64_t series;
        int rc = stories_series(env, &series);

        if (rc < 0)
                return rc;
        return edition_history(env->a, env->db, series, date, HISTORY_EDITIONS,
                               ret, ret_n, &env->err);
}

static int load_history(struct env *env, struct str date, struct rank_input *in)
{
        struct edition_entry *entries = NULL;
        struct past *list;
        size_t n = 0;
        int rc = read_history(env, date, &entries, &n);

        if (rc < 0)
                return rc;
        list = arena_array(env->a, n + 1, sizeof(*list));
        for (size_t i = 0; i < n; i++)
                list[i] = past_of(env, &entries[i]);
        in->printed = list;
        in->n_printed = n;
        return 0;
}

int stories_printed(struct env *env, const int64_t **ret, size_t *ret_n)
{
        struct edition_entry *entries = NULL;
        struct civil civil;
        struct str today;
        int64_t *ids;
        size_t n = 0;
        int rc = draft_date(env, NULL, &civil, &today);

        if (rc == 0)
                rc = read_history(env, today, &entries, &n);
        if (rc < 0)
                return rc;
        ids = arena_array(env->a, n + 1, sizeof(*ids));
        for (size_t i = 0; i < n; i++)
                ids[i] = entries[i].story_id;
        *ret = ids;
        *ret_n = n;
        return 0;
}

static int load_choices(struct env *env, struct rank_input *in)
{
        struct choice_list *list = arena_alloc(env->a, sizeof(*list));
        int rc = choice_all(env->a, env->db, list, &env->err);

        in->choices = list;
        return rc;
}

static int read_weights(struct env *env, struct rank_input *in)
{
        const struct conf_list *set = &env->conf.rank_weights;
        struct weight *items = arena_array(env->a, set->n + 1, sizeof(*items));

        for (size_t i = 0; i < set->n; i++) {
                int rc = rank_weight_parse(set->items[i], &items[i], &env->err);
                if (rc < 0)
                        return err_add(&env->err, "rank.weights");
        }
        in->weights = (struct weights) { items, set->n };
        return 0;
}

int stories_rank(struct env *env, struct str date, struct story **ret,
                 size_t *ret_n)
{
        const struct conf *conf = &env->conf;
        struct rank_input in = {
                .now = env->now,
                .hours_s = conf->edition_hours,
                .language = conf->press_language,
                .follow = { conf->rank_follow.items, conf->rank_follow.n },
                .mute = { conf->rank_mute.items, conf->rank_mute.n }
        };
        int64_t back = conf->story_window > conf->edition_hours
                               ? conf->story_window
                               : conf->edition_hours;
        struct civil civil;
        int rc = read_weights(env, &in);

        if (rc == 0)
                rc = article_read_between(env->a, env->db, env->now - back,
                                          env->now, false, &in.articles,
                                          &env->err);
        if (rc == 0 && !date.n)
                rc = draft_date(env, NULL, &civil, &date);
        if (rc == 0)
                rc = load_history(env, date, &in);
        if (rc == 0)
                rc = load_choices(env, &in);
        if (rc < 0)
                return rc;
        story_build(env->a, &in, ret, ret_n);
        return 0;
}

int stories_plan(struct env *env, struct plan *ret)
{
        const struct conf *conf = &env->conf;
        const struct conf_list *lines = &conf->edition_sections;
        const struct plan_rooms rooms = { {
                [PLAN_STORIES] = (size_t)conf->edition_stories,
                [PLAN_MAGAZINE] = (size_t)conf->edition_magazine,
                [PLAN_READING] = (size_t)conf->edition_reading,
                [PLAN_BREAK] = (size_t)conf->edition_culture,
        } };

        return plan_parse(env->a, lines->items, lines->n, &rooms, ret,
                          &env->err);
}

int stories_rooms(struct env *env, struct compose_input *in)
{
        const struct conf *conf = &env->conf;
        struct plan *plan = arena_alloc(env->a, sizeof(*plan));
        int rc = stories_plan(env, plan);

        if (rc < 0)
                return rc;
        in->language = conf->press_language;
        in->clean_title = title_clean;
        in->is_headline = title_is_headline;
        in->max_words = (size_t)conf->edition_words;
        in->max_stories = (size_t)conf->edition_stories;
        in->max_reading = (size_t)conf->edition_reading;
        in->max_magazine = (size_t)conf->edition_magazine;
        in->max_break = (size_t)conf->edition_culture;
        in->plan = plan;
        return 0;
}

int stories_save_preview(struct env *env, struct story *stories, size_t n)
{
        struct compose_input in = { .stories = stories, .n_stories = n };

        int rc = stories_rooms(env, &in);

        if (rc < 0)
                return rc;
        compose_preview(env->a, &in);
        return stories_save_ranking(env, stories, n);
}

/* One row of the ranking; all is as for story_terms_json(). */
static struct ranking row_of(struct env *env, const struct story *stories,
                             size_t n, size_t i, bool is_past)
{
        struct buf terms;
        struct ranking row = { .story_id = stories[i].id,
                               .place = (int64_t)i + 1,
                               .ranked_at = env->now,
                               .score = stories[i].score };

        buf_init(&terms, TERMS_MAX_B);
        story_terms_json(&stories[i], is_past ? NULL : stories, n, &terms);
        row.terms = arena_str(env->a, buf_str(&terms));
        buf_done(&terms);
        return row;
}

int stories_save_ranking(struct env *env, const struct story *stories, size_t n)
{
        struct ranking *rows = arena_array(env->a, n + 1, sizeof(*rows));
        struct ranking_list list = { rows, n };

        for (size_t i = 0; i < n; i++)
                rows[i] = row_of(env, stories, n, i, false);
        return ranking_replace(env->db, &list, &env->err);
}

int stories_keep_ranking(struct env *env, int64_t edition_id,
                         const struct story *stories, size_t n)
{
        struct ranking *rows = arena_array(env->a, n + 1, sizeof(*rows));
        struct ranking_list list = { rows, 0 };

        for (size_t i = 0; i < n; i++)
                if (i < KEPT_MAX || stories[i].slot.p ||
                    stories[i].choice != CHOICE_NONE)
                        rows[list.n++] = row_of(env, stories, n, i, true);
        return ranking_keep(env->db, edition_id, &list, &env->err);
}
