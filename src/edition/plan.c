#include "edition/plan.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "story/story.h"

#define OWN_ROOM 3 /* of a section with a name of its own */

static const char *const names[PLAN_N] = {
        [PLAN_LEAD] = "lead",
        [PLAN_STORIES] = "stories",
        [PLAN_MAGAZINE] = "magazine",
        [PLAN_READING] = "reading",
        [PLAN_BREAK] = "break",
        [PLAN_AGENDA] = "agenda",
        [PLAN_CHART] = "chart",
        [PLAN_QUIZ] = "quiz",
        [PLAN_CORRECTIONS] = "corrections",
};

static const enum plan_kind usual[PLAN_N] = {
        PLAN_LEAD,  PLAN_AGENDA, PLAN_STORIES, PLAN_MAGAZINE,    PLAN_READING,
        PLAN_CHART, PLAN_QUIZ,   PLAN_BREAK,   PLAN_CORRECTIONS,
};

const char *plan_kind_name(enum plan_kind kind)
{
        return names[kind];
}

static bool find_kind(struct str name, enum plan_kind *ret)
{
        for (size_t i = 0; i < PLAN_N; i++)
                if (str_eq(name, str_c(names[i]))) {
                        *ret = (enum plan_kind)i;
                        return true;
                }
        return false;
}

/* A class of the copy: small letters, digits, a dash within. */
static bool is_name(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
                    (!i || (!chr_is_digit(s.p[i]) && s.p[i] != '-')))
                        return false;
        return s.n > 0 && s.n <= LIMIT_SECTION_NAME_B;
}

static int read_pair(struct plan_section *s, struct str key, struct str value,
                     bool *ret_kind, struct err *err)
{
        int64_t n;

        if (str_eq(key, STR("kind"))) {
                if (!find_kind(value, &s->kind))
                        return err_set(err, ERR_INPUT,
                                       "there is no kind of section \"" STR_FMT
                                       "\"",
                                       STR_ARG(value));
                *ret_kind = true;
        } else if (str_eq(key, STR("n"))) {
                if (scan_i64(value, 1, 20, &n) < 0)
                        return err_set(err, ERR_INPUT,
                                       "n is a number from 1 to 20, not "
                                       "\"" STR_FMT "\"",
                                       STR_ARG(value));
                s->max = (size_t)n;
        } else if (str_eq(key, STR("title"))) {
                s->title = value;
        } else if (str_eq(key, STR("empty"))) {
                s->empty = value;
        } else if (str_eq(key, STR("beat"))) {
                s->beats = value;
        } else {
                return err_set(err, ERR_INPUT,
                               "\"" STR_FMT "\" is none of kind, n, title, "
                               "empty and beat",
                               STR_ARG(key));
        }
        return 0;
}

/* What is of stories only, and what the lead has one of. */
static int check(const struct plan_section *s, struct err *err)
{
        if (s->kind >= PLAN_PICKED && (s->max || s->beats.n || s->empty.n))
                return err_set(err, ERR_INPUT,
                               "%s is not made of stories: it has a title, but "
                               "no n, beat or empty",
                               names[s->kind]);
        if (s->kind == PLAN_LEAD && (s->max > 1 || s->title.n || s->empty.n))
                return err_set(err, ERR_INPUT,
                               "the lead is one story under its own headline: "
                               "it has no n, title or empty");
        return 0;
}

static int read_line(struct str line, const struct plan_rooms *rooms,
                     struct plan_section *s, struct err *err)
{
        struct str rest = line, part;
        bool has_kind;
        int rc = 0;

        *s = (struct plan_section) { 0 };
        (void)str_cut(&rest, ';', &part);
        s->name = str_trim(part);
        if (!is_name(s->name))
                return err_set(err, ERR_INPUT,
                               "a section's name is small letters, such as "
                               "tech, not \"" STR_FMT "\"",
                               STR_ARG(s->name));
        has_kind = find_kind(s->name, &s->kind);

        bool is_own = !has_kind;

        while (rc == 0 && str_cut(&rest, ';', &part)) {
                size_t eq = str_chr(part, '=', 0);

                if (eq == STR_NONE)
                        return err_set(err, ERR_INPUT,
                                       "\"" STR_FMT "\" is no key=value",
                                       STR_ARG(str_trim(part)));
                rc = read_pair(s, str_trim(str_sub(part, 0, eq)),
                               str_trim(str_sub(part, eq + 1, part.n)),
                               &has_kind, err);
        }
        if (rc == 0 && !has_kind)
                return err_set(err, ERR_INPUT,
                               "say of which kind it is: kind=stories");
        if (rc == 0)
                rc = check(s, err);
        if (rc == 0 && !s->max && s->kind < PLAN_PICKED)
                s->max = s->kind == PLAN_LEAD ? 1
                         : is_own             ? OWN_ROOM
                                              : rooms->n[s->kind];
        return rc;
}

/* The lead's sources are told from those of the rest by standing first. */
static bool is_behind_stories(const struct plan *p,
                              const struct plan_section *s)
{
        for (size_t i = 0; i < p->n && s->kind == PLAN_LEAD; i++)
                if (p->items[i].kind < PLAN_PICKED)
                        return true;
        return false;
}

/* Two leads, two agendas; two sections of one name. */
static bool is_double(const struct plan *p, const struct plan_section *s)
{
        for (size_t i = 0; i < p->n; i++)
                if (str_eq(p->items[i].name, s->name) ||
                    (p->items[i].kind == s->kind &&
                     (s->kind == PLAN_LEAD || s->kind >= PLAN_PICKED)))
                        return true;
        return false;
}

int plan_parse(struct arena *a, const struct str *lines, size_t n,
               const struct plan_rooms *rooms, struct plan *ret,
               struct err *err)
{
        struct plan_section *items =
                arena_array(a, n + PLAN_N + 1, sizeof(*items));
        struct plan p = { items, 0 };
        struct plan_section last;
        int rc = 0;

        for (size_t i = 0; i < n && rc == 0; i++) {
                rc = read_line(lines[i], rooms, &items[p.n], err);
                if (rc == 0 && is_double(&p, &items[p.n]))
                        rc = err_set(err, ERR_INPUT, "it is there twice");
                if (rc == 0 && is_behind_stories(&p, &items[p.n]))
                        rc = err_set(
                                err, ERR_INPUT,
                                "the lead stands before all other stories");
                if (rc < 0)
                        return err_add(err, "edition.sections: \"" STR_FMT "\"",
                                       STR_ARG(lines[i]));
                p.n++;
        }
        for (size_t i = 0; i < PLAN_N && !n && rc == 0; i++)
                rc = read_line(str_c(names[usual[i]]), rooms, &items[p.n++],
                               err);
        if (rc == 0)
                rc = read_line(STR("corrections"), rooms, &last, err);
        if (rc < 0)
                return rc;
        if (!is_double(&p, &last))
                items[p.n++] = last;
        *ret = p;
        return 0;
}

enum plan_kind plan_kind_of(const struct story *story)
{
        if (str_eq(story->kind, STR("opinion")))
                return PLAN_READING;
        if (str_eq(story->kind, STR("magazine")))
                return PLAN_MAGAZINE;
        if (str_eq(story->kind, STR("culture")))
                return PLAN_BREAK;
        return PLAN_STORIES;
}

bool plan_takes(const struct plan_section *s, const struct story *story)
{
        enum plan_kind kind = plan_kind_of(story);
        struct str rest = s->beats, beat;

        if (s->kind != kind && (s->kind != PLAN_LEAD || kind != PLAN_STORIES))
                return false;
        if (!rest.n)
                return true;
        while (str_cut(&rest, ',', &beat))
                if (str_eq_nocase(str_trim(beat), story->beat))
                        return true;
        return false;
}
