/*
 * bulldog compose: the day's draft out of the stories that gather found.
 *
 * Ranking sees titles only; texts are read for the few stories that may be
 * printed. The edition, its copy and its stories are saved in one transaction,
 * and a draft that an editor has touched is left alone.
 */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/agenda.h"
#include "cmd/chart_data.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/findings.h"
#include "cmd/issue.h"
#include "cmd/quiz.h"
#include "cmd/stories_update.h"
#include "conf/phrases.h"
#include "edition/agenda.h"
#include "edition/compose.h"
#include "edition/quiz_draft.h"
#include "press/day.h"
#include "press/press.h"
#include "store/correction.h"
#include "store/edition.h"
#include "store/finding.h"
#include "store/sql.h"
#include "store/stage.h"
#include "story/story.h"
#include "story/tell.h"

#define ROUNDS_MAX 6 /* of telling again */
#define NOTE_MAX_B 500

int cmd_compose(struct env *env, int argc, char **argv);

enum outcome { MADE, SAME, EDITED, PUBLISHED };

struct composing {
        const char *date_option;
        bool is_again, as_json;
        int64_t series;
        struct str date;
        struct edition_row row; /* id 0: none yet */
        struct compose_input in;
        struct agenda_input agenda;
        int64_t finding; /* whose chart it has; 0: its owner's, or none */
        struct correction_list corrections; /* of earlier editions */
        struct quiz_draft quiz;
        struct composed made;
        enum outcome outcome;
};

static int read_options(struct env *env, int argc, char **argv,
                        struct composing *c)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= again json", &name,
                                &value)) > 0) {
                if (*name == 'd')
                        c->date_option = value;
                else if (*name == 'a')
                        c->is_again = true;
                else
                        c->as_json = true;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "compose takes no \"%s\"; see --help", argv[i]);
        return rc;
}

/* The edition of the day as it is; c->row.id is 0 when there is none. */
static int find_row(struct env *env, struct composing *c)
{
        int rc = edition_by_date(env->a, env->db, c->series, c->date, &c->row,
                                 &env->err);

        if (rc != ERR_ABSENT)
                return rc;
        c->row = (struct edition_row) { .series_id = c->series,
                                        .date = c->date,
                                        .state = STR("draft") };
        return edition_next_number(env->db, c->series, &c->row.number,
                                   &env->err);
}

/* May this compose write? Sets c->outcome when it may not. */
static int check_row(struct env *env, struct composing *c, bool *ret_may)
{
        struct revision newest;

        *ret_may = true;
        if (!c->row.id)
                return 0;
        if (draft_is_published(&c->row)) {
                c->outcome = PUBLISHED;
                *ret_may = false;
                return 0;
        }
        if (c->is_again || !c->row.revision)
                return 0;

        int rc = revision_get(env->a, env->db, c->row.id, c->row.revision,
                              &newest, &env->err);

        if (rc == 0 && (!str_eq(newest.author, STR("compose")) ||
                        str_eq(c->row.state, STR("approved")))) {
                c->outcome = EDITED;
                *ret_may = false;
        }
        return rc;
}

static int fill_input(struct env *env, struct composing *c)
{
        const struct conf *conf = &env->conf;
        struct compose_input *in = &c->in;

        int rc = stories_rooms(env, in);

        if (rc < 0)
                return rc;
        in->series = conf->press_name;
        in->greeting = draft_greeting(env, in->phrases);
        in->number = c->row.number;
        in->contributors = conf->press_editors.items;
        in->n_contributors = conf->press_editors.n;
        if (!in->n_contributors) {
                struct str *desk = arena_alloc(env->a, sizeof(*desk));

                *desk = phrases_get(in->phrases, "desk");
                in->contributors = desk;
                in->n_contributors = 1;
        }
        return 0;
}

static struct story *story_of(const struct composing *c, int64_t id)
{
        for (size_t i = 0; i < c->in.n_stories; i++)
                if (c->in.stories[i].id == id)
                        return &c->in.stories[i];
        return NULL;
}

/* What a source may give to the edition, and the day it is for. */
static void open_budget(struct env *env, const struct composing *c,
                        struct tell_budget *ret)
{
        struct civil day = c->in.date;

        tell_budget_init(env->a, ret, c->in.max_words);
        day.hour = day.minute = day.second = 0;
        ret->day_from = time_from_zone(&day, env->conf.press_zone);
        day.day++; /* 32 January is 1 February */
        ret->day_to = time_from_zone(&day, env->conf.press_zone);
}

/*
 * Each story was told as if it stood alone. Now that it is known which are
 * printed, tell these again from one budget, so that a source which has given
 * all it may gives way to another of the story's. The lead comes last: of all
 * it has the most sources to choose from.
 */
static int tell_again(struct env *env, struct composing *c)
{
        struct tell_budget budget;
        struct story *lead = NULL;
        int rc = 0;

        open_budget(env, c, &budget);
        for (size_t i = 0; i < c->made.n_slots && rc == 0; i++) {
                const struct edition_slot *slot = &c->made.slots[i];
                struct story *s = story_of(c, slot->story_id);

                if (!s)
                        continue;
                if (str_eq(slot->slot, STR("lead"))) {
                        lead = s;
                        tell_reserve(&budget, s);
                } else if (s->n_paragraphs || /* told as if it led */
                           !tell_take(&budget, s, false)) {
                        rc = stories_tell(env, s, false, &budget);
                }
        }
        if (!lead || rc < 0)
                return rc;
        tell_release(&budget, lead);
        return tell_take(&budget, lead, true)
                       ? 0
                       : stories_tell(env, lead, true, &budget);
}

static bool is_same_choice(const struct composed *a, const struct composed *b)
{
        if (a->n_slots != b->n_slots)
                return false;
        for (size_t i = 0; i < a->n_slots; i++)
                if (a->slots[i].story_id != b->slots[i].story_id)
                        return false;
        return true;
}

/* Compose, till a story that its sources leave without words has given its
 * place to another, told as well. */
static int compose_told(struct env *env, struct composing *c)
{
        int rc = edition_compose(env->a, &c->in, &c->made, &env->err);

        for (int i = 0; i < ROUNDS_MAX && rc == 0; i++) {
                struct composed before = c->made;

                rc = tell_again(env, c);
                if (rc == 0)
                        rc = edition_compose(env->a, &c->in, &c->made,
                                             &env->err);
                if (rc == 0 && is_same_choice(&before, &c->made))
                        break;
        }
        return rc;
}

/* The owner's for the day; or what is news in a series; or the owner's for days
 * without. */
static int choose_chart(struct env *env, struct composing *c)
{
        const struct finding_words words = { c->in.phrases,
                                             env->conf.press_language };
        int rc = chart_data_of_day(env, c->date, &c->in.chart);

        if (rc == 0 && !c->in.chart.n)
                rc = findings_of_day(env, c->date, &words, &c->in.chart,
                                     &c->finding);
        if (rc == 0 && !c->in.chart.n)
                rc = chart_data_standing(env, &c->in.chart);
        return rc;
}

/* What was put right in earlier editions and stood in none of them yet. */
static int load_corrections(struct env *env, struct composing *c)
{
        struct compose_correction *list;
        struct press press = { 0 };
        int rc = correction_due(env->a, env->db, c->series, c->date,
                                &c->corrections, &env->err);

        if (rc == 0)
                rc = issue_press(env, &press);
        if (rc < 0)
                return rc;
        list = arena_array(env->a, c->corrections.n + 1, sizeof(*list));
        for (size_t i = 0; i < c->corrections.n; i++) {
                const struct correction *k = &c->corrections.items[i];
                const struct edition_row row = { .date = k->date,
                                                 .slug = k->slug };
                struct civil day = { 0 };

                rc = time_parse_date(k->date, &day, &env->err);
                if (rc < 0)
                        return rc;
                list[i] = (struct compose_correction) {
                        .id = arena_printf(env->a, STR_FMT ".%" PRId64,
                                           STR_ARG(k->date), k->n),
                        .day = day_short(env->a, env->conf.press_language,
                                         &day),
                        .note = k->note,
                        .title = k->title,
                        .url = press_permalink(env->a, &press, &row),
                };
        }
        c->in.corrections = list;
        c->in.n_corrections = c->corrections.n;
        return 0;
}

/* The edition carries them now: no other will. */
static int carry_corrections(struct env *env, const struct composing *c)
{
        int rc = 0;

        for (size_t i = 0; i < c->corrections.n && rc == 0; i++)
                rc = correction_set_carried(
                        env->db, c->corrections.items[i].edition_id,
                        c->corrections.items[i].n, c->row.id, &env->err);
        return rc;
}

/* Rank, tell those that may be printed, compose. Writes the ranking only. */
static int compose(struct env *env, struct composing *c)
{
        struct compose_candidate *told;
        int rc = stories_rank(env, c->date, &c->in.stories, &c->in.n_stories);

        if (rc == 0)
                rc = draft_phrases(env, &c->in.date, &c->in.phrases);
        if (rc == 0)
                rc = choose_chart(env, c);
        if (rc == 0)
                rc = fill_input(env, c);
        if (rc < 0)
                return rc;
        rc = agenda_load(env, &c->in.date, &c->agenda);
        if (rc < 0)
                return rc;
        c->in.agenda = &c->agenda;
        rc = load_corrections(env, c);
        if (rc == 0)
                rc = quiz_load(env, c->series, &c->in, &c->quiz);
        if (rc < 0)
                return rc;

        size_t n = compose_candidates(env->a, &c->in, &told);

        for (size_t i = 0; i < n && rc == 0; i++) {
                struct tell_budget budget;

                open_budget(env, c, &budget);
                rc = stories_tell(env, &c->in.stories[told[i].i],
                                  told[i].may_lead, &budget);
        }
        if (rc < 0)
                return rc;
        rc = compose_told(env, c);
        if (rc == 0 || rc == ERR_ABSENT) {
                struct err fault = env->err;
                int saved = stories_save_ranking(env, c->in.stories,
                                                 c->in.n_stories);
                if (saved < 0)
                        return saved;
                env->err = fault;
        }
        if (rc == 0)
                chart_data_edition(env, c->made.edition, true);
        if (rc == ERR_ABSENT && c->row.id)
                return err_set(&env->err, rc,
                               "nothing is fresh and worth a place now; the "
                               "draft of " STR_FMT
                               " stays at revision %" PRId64,
                               STR_ARG(c->date), c->row.revision);
        return rc;
}

/* Is the newest copy these very bytes already? */
static int is_same(struct env *env, const struct composing *c, bool *ret)
{
        struct revision newest;
        int rc;

        *ret = false;
        if (!c->row.id || !c->row.revision)
                return 0;
        rc = revision_get(env->a, env->db, c->row.id, c->row.revision, &newest,
                          &env->err);
        *ret = rc == 0 && str_eq(newest.copy, c->made.copy);
        return rc;
}

static int save_revision(struct env *env, struct composing *c)
{
        struct edition_row *row = &c->row;
        bool same;
        int rc = is_same(env, c, &same);

        if (rc < 0)
                return rc;
        c->outcome = same ? SAME : MADE;
        if (same)
                return 0;
        row->title = c->made.edition->title;
        row->slug = c->made.slug;
        row->language = c->made.edition->language;
        row->state = STR("draft");
        row->composed_at = row->updated_at = env->now;
        if (!row->id) {
                row->published_at = TIME_NONE;
                rc = edition_save(env->db, row, &env->err);
        }
        if (rc == 0)
                rc = revision_add(env->db, row, STR("compose"), c->made.copy,
                                  env->now, &env->err);
        if (rc == 0)
                rc = edition_set_stories(env->db, row->id, c->made.slots,
                                         c->made.n_slots, &env->err);
        if (rc == 0)
                rc = finding_print(env->db, c->finding, row->id, &env->err);
        return rc < 0 ? rc : carry_corrections(env, c);
}

/* Another process may have come in between: look again under the lock. */
static int save(struct env *env, struct composing *c)
{
        int64_t number = c->row.number;
        bool may;
        int rc = sql_begin(env->db, &env->err);

        if (rc < 0)
                return rc;
        rc = edition_lock(env->db, &env->err);
        if (rc == 0)
                rc = find_row(env, c);
        if (rc == 0)
                rc = check_row(env, c, &may);
        if (rc == 0 && may && c->row.number != number)
                rc = err_set(&env->err, ERR_STALE,
                             "another edition was made meanwhile; run compose "
                             "again");
        if (rc == 0 && may)
                rc = save_revision(env, c);
        if (rc == 0 && may)
                rc = stories_keep_ranking(env, c->row.id, c->in.stories,
                                          c->in.n_stories);
        if (rc == 0)
                return sql_commit(env->db, &env->err);
        sql_rollback(env->db);
        return rc;
}

static int run(struct env *env, struct composing *c)
{
        bool may;
        int rc = stories_series(env, &c->series);

        if (rc == 0)
                rc = draft_date(env, c->date_option, &c->in.date, &c->date);
        if (rc == 0)
                rc = find_row(env, c);
        if (rc == 0)
                rc = check_row(env, c, &may);
        if (rc < 0 || !may)
                return rc;
        rc = compose(env, c);
        return rc < 0 ? rc : save(env, c);
}

static size_t count_slot(const struct composing *c, const char *slot)
{
        size_t n = 0;

        for (size_t i = 0; i < c->made.n_slots; i++)
                n += str_eq(c->made.slots[i].slot, str_c(slot));
        return n;
}

/* One line on what came of it; also the stage's note. */
static void put_summary(const struct composing *c, struct buf *b)
{
        const struct edition_row *row = &c->row;

        switch (c->outcome) {
        case PUBLISHED:
                buf_printf(b,
                           "The edition of " STR_FMT
                           " is published; nothing was changed.",
                           STR_ARG(c->date));
                return;
        case EDITED:
                buf_printf(b,
                           "An editor has the draft of " STR_FMT
                           " in hand (revision %" PRId64
                           "); it was left as it is. --again composes anew and "
                           "keeps the editor's text as that revision.",
                           STR_ARG(c->date), row->revision);
                return;
        default:
                buf_printf(b,
                           "%s of " STR_FMT ", No. %" PRId64
                           ", revision %" PRId64 ": " STR_FMT
                           " (%zu lead, %zu top, %zu long, %zu reading, %zu "
                           "break)",
                           c->outcome == SAME ? "Unchanged draft" : "Draft",
                           STR_ARG(c->date), row->number, row->revision,
                           STR_ARG(row->title), count_slot(c, "lead"),
                           count_slot(c, "stories"), count_slot(c, "magazine"),
                           count_slot(c, "reading"), count_slot(c, "break"));
                if (c->made.n_quiz)
                        buf_printf(b, "; a quiz of %zu questions",
                                   c->made.n_quiz);
                if (c->made.quiz_note.n)
                        buf_printf(b, "; " STR_FMT, STR_ARG(c->made.quiz_note));
        }
}

static void put_json(const struct composing *c, struct buf *b)
{
        static const char *const outcomes[] = { "made", "same", "edited",
                                                "published" };
        struct json j;

        json_init(&j, b);
        json_open(&j, '{');
        json_key(&j, "outcome");
        json_str(&j, str_c(outcomes[c->outcome]));
        json_key(&j, "date");
        json_str(&j, c->date);
        json_key(&j, "number");
        json_int(&j, c->row.number);
        json_key(&j, "revision");
        json_int(&j, c->row.revision);
        json_key(&j, "title");
        json_str(&j, c->row.title);
        json_key(&j, "slug");
        json_str(&j, c->row.slug);
        json_key(&j, "questions");
        json_int(&j, (int64_t)c->made.n_quiz);
        json_key(&j, "stories");
        json_open(&j, '[');
        for (size_t i = 0; i < c->made.n_slots; i++) {
                json_open(&j, '{');
                json_key(&j, "story");
                json_int(&j, c->made.slots[i].story_id);
                json_key(&j, "slot");
                json_str(&j, c->made.slots[i].slot);
                json_close(&j, '}');
        }
        json_close(&j, ']');
        json_close(&j, '}');
}

static int report(struct env *env, const struct composing *c)
{
        struct buf b;

        buf_init(&b, (size_t)1 << 20);
        if (c->as_json)
                put_json(c, &b);
        else
                put_summary(c, &b);
        buf_char(&b, '\n');
        fwrite(b.p, 1, b.n, stdout);
        buf_done(&b);
        if (fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return 0;
}

/* The stage's row, whatever came of it; the first fault is the one told. */
static int end_stage(struct env *env, const struct composing *c, int rc)
{
        struct err fault = env->err, err = { 0 };
        struct buf note;
        int end;

        buf_init(&note, NOTE_MAX_B * 4);
        if (rc < 0)
                buf_puts(&note, fault.msg);
        else
                put_summary(c, &note);
        end = stage_end(env->db, STR("compose"), rc == 0, buf_str(&note),
                        env->now, &err);
        buf_done(&note);
        env->err = rc < 0 ? fault : err;
        return rc < 0 ? rc : end;
}

int cmd_compose(struct env *env, int argc, char **argv)
{
        struct composing c = { 0 };
        int lock, rc = read_options(env, argc, argv, &c);

        /* It keeps nobody out: it tells "bulldog run" that we live. */
        if (rc == 0)
                rc = file_lock(env_path(env, STR("compose.lock")), &lock,
                               &env->err);
        if (rc == 0 || rc == ERR_BUSY)
                rc = stage_start(env->db, STR("compose"), env->now, &env->err);
        if (rc < 0)
                return rc;
        rc = end_stage(env, &c, run(env, &c));
        return rc < 0 ? rc : report(env, &c);
}
