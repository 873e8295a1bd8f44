#include "cmd/issue.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "cmd/chart_data.h"
#include "conf/phrases.h"
#include "edition/copy.h"
#include "edition/holiday.h"
#include "press/theme.h"
#include "store/correction.h"

/* theme/NAME of the press. *ret_there is false when there is none. */
static int read_own(struct env *env, struct str name, struct theme_file *ret,
                    bool *ret_there)
{
        const char *path = env_path(
                env, arena_printf(env->a, "theme/" STR_FMT, STR_ARG(name)));

        *ret_there = file_exists(path);
        if (!*ret_there)
                return 0;
        ret->name = name;
        return file_read(env->a, path, LIMIT_TEMPLATE_B, &ret->bytes,
                         &env->err);
}

static int load_theme(struct env *env, struct theme **ret)
{
        struct theme_file *files = NULL;
        size_t n = 0, cap = 0;
        struct str name;

        for (size_t i = 0; theme_name(i, &name); i++) {
                bool is_there;

                ARENA_GROW(env->a, files, n, cap);

                int rc = read_own(env, name, &files[n], &is_there);

                if (rc < 0)
                        return rc;
                n += is_there;
        }
        *ret = theme_new(env->a, files, n);
        return 0;
}

/* The press's own is there also in a language that we lack. */
int issue_phrase_file(struct env *env, struct str language, struct str *ret,
                      bool *ret_there)
{
        struct str name = arena_printf(env->a, "phrases/" STR_FMT ".txt",
                                       STR_ARG(language));
        struct theme_file own;
        int rc = read_own(env, name, &own, ret_there);

        if (rc < 0)
                return rc;
        if (*ret_there)
                *ret = own.bytes;
        else
                *ret_there = theme_find(theme_new(env->a, NULL, 0), name, ret);
        return 0;
}

int issue_phrases(struct env *env, struct str language,
                  const struct phrases **ret)
{
        struct str names[] = { STR("en"),
                               str_sub(language, 0, str_chr(language, '-', 0)),
                               language };
        struct phrases *phrases = NULL;

        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
                struct str text;
                bool is_there;
                int rc;

                if (i && str_eq(names[i], names[i - 1]))
                        continue;
                rc = issue_phrase_file(env, names[i], &text, &is_there);
                if (rc == 0 && is_there)
                        rc = phrases_parse(env->a, text, &phrases, &env->err);
                if (rc < 0)
                        return err_add(&env->err,
                                       "theme/phrases/" STR_FMT ".txt",
                                       STR_ARG(names[i]));
        }
        *ret = phrases;
        return 0;
}

int issue_holidays(struct env *env, struct holiday_rules *ret)
{
        static const char *const where[] = { "built in", "of the press" };
        struct str name = STR("holidays.txt"), text[2] = { STR_NULL, STR_NULL };
        struct holiday_rules rules = { 0 };
        struct theme_file own;
        bool is_there;
        int rc = read_own(env, name, &own, &is_there);

        if (rc < 0)
                return rc;
        (void)theme_find(theme_new(env->a, NULL, 0), name, &text[0]);
        if (is_there)
                text[1] = own.bytes;
        for (size_t i = 0; i < 2 && rc == 0; i++)
                if (holiday_parse(env->a, text[i], &rules, &env->err) < 0)
                        rc = err_add(&env->err, "theme/holidays.txt, %s",
                                     where[i]);
        if (rc == 0)
                *ret = rules;
        return rc;
}

int issue_press(struct env *env, struct press *ret)
{
        const struct conf *c = &env->conf;
        struct press press = { .name = c->press_name,
                               .line = c->press_line,
                               .language = c->press_language,
                               .zone = c->press_zone,
                               .address = c->press_address };
        bool has_slash = str_ends(c->press_url, STR("/"));
        int rc = load_theme(env, &press.theme);

        press.marks_quiz = str_eq(c->site_quiz, STR("server"));
        if (rc == 0 && !press.marks_quiz && !str_eq(c->site_quiz, STR("page")))
                rc = err_set(&env->err, ERR_INPUT,
                             "site.quiz is server or page, not \"" STR_FMT "\"",
                             STR_ARG(c->site_quiz));
        press.url = arena_printf(env->a, STR_FMT "%s", STR_ARG(c->press_url),
                                 has_slash ? "" : "/");
        if (rc == 0)
                rc = issue_phrases(env, c->press_language, &press.phrases);
        if (rc == 0)
                *ret = press;
        return rc;
}

int issue_revision(struct env *env, const struct edition_row *row, int64_t n,
                   struct edition **ret)
{
        struct revision revision;
        int rc =
                revision_get(env->a, env->db, row->id, n, &revision, &env->err);

        if (rc == 0)
                rc = copy_read(env->a, revision.copy, ret, &env->err);
        if (rc < 0)
                return err_add(&env->err, "the copy of " STR_FMT,
                               STR_ARG(row->date));
        return 0;
}

/* As published, then each correction with its note. */
static int load_notes(struct env *env, struct issue *inout)
{
        struct correction_list list;
        struct version *versions;
        int rc = correction_list(env->a, env->db, inout->row.id, &list,
                                 &env->err);

        if (rc < 0 || !list.n)
                return rc;
        versions = arena_array(env->a, list.n + 1, sizeof(*versions));
        versions[0] =
                (struct version) { .at = inout->row.published_at,
                                   .revision = list.items[0].revision - 1 };
        for (size_t i = 0; i < list.n; i++)
                versions[i + 1] =
                        (struct version) { .at = list.items[i].made_at,
                                           .revision = list.items[i].revision,
                                           .note = list.items[i].note };
        inout->versions = versions;
        inout->n_versions = list.n + 1;
        return 0;
}

int issue_load(struct env *env, const struct edition_row *row,
               struct issue *ret)
{
        struct edition *e;
        int rc = issue_revision(env, row, row->revision, &e);

        if (rc < 0)
                return rc;
        chart_data_edition(env, e, false);
        *ret = (struct issue) { .row = *row, .edition = e };
        ret->row.title = e->title;
        ret->row.language = e->language;
        return load_notes(env, ret);
}

int issue_load_versions(struct env *env, struct issue *inout)
{
        struct version *versions =
                arena_array(env->a, inout->n_versions + 1, sizeof(*versions));
        int rc = 0;

        for (size_t i = 0; i < inout->n_versions && rc == 0; i++) {
                struct edition *e;

                versions[i] = inout->versions[i];
                rc = issue_revision(env, &inout->row, versions[i].revision, &e);
                if (rc == 0)
                        versions[i].edition = e;
        }
        inout->versions = versions;
        return rc;
}
