/*
 * bulldog correct: what is wrong in a published edition, put right.
 *
 * In this order, so that a kill at any instant is mended by what comes next
 * (this command again, or any publish): the new version of the copy with its
 * note, in one transaction that fails when somebody else was faster; then the
 * site (cmd/printing.h); then, in one transaction, that the site has it, and
 * the letters. No version is ever changed.
 */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/correct.h"
#include "cmd/draft.h"
#include "cmd/manuscript.h"
#include "cmd/printing.h"
#include "cmd/stories_update.h"
#include "press/changes.h"
#include "store/sql.h"

int cmd_correct(struct env *env, int argc, char **argv);

struct correcting {
        const char *name; /* of the edition: a date or a number */
        const char *note_option;
        int64_t from; /* version the text began from; 0: not said */
        bool is_misprint, has_letter, is_list, as_json;
        struct manuscript m;
        struct correction_list known;
        struct edition *copy;
        struct correction made; /* n 0: nothing was changed */
        int64_t letters;
};

static int take_option(struct env *env, struct correcting *c, const char *name,
                       const char *value)
{
        if (strncmp(name, "note", 4) == 0)
                c->note_option = value;
        else if (strncmp(name, "typo", 4) == 0)
                c->is_misprint = true;
        else if (strncmp(name, "mail", 4) == 0)
                c->has_letter = true;
        else if (strncmp(name, "list", 4) == 0)
                c->is_list = true;
        else if (strncmp(name, "json", 4) == 0)
                c->as_json = true;
        else if (scan_i64(str_c(value), 1, INT64_MAX, &c->from) < 0)
                return err_set(&env->err, ERR_INPUT,
                               "--from wants the number of a version, not %s",
                               value);
        return 0;
}

static int read_options(struct env *env, int argc, char **argv,
                        struct correcting *c)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i,
                                "note= typo mail list json from=", &name,
                                &value)) > 0)
                if ((rc = take_option(env, c, name, value)) < 0)
                        return rc;
        if (rc < 0)
                return rc;
        if (i == argc || argc - i > 2)
                return err_set(&env->err, ERR_INPUT,
                               "correct wants an edition, its date "
                               "(2026-03-06) or number, and may take a file");
        c->name = argv[i];
        c->m.file = i + 1 < argc ? argv[i + 1] : NULL;
        if (c->is_misprint && (c->note_option || c->has_letter))
                return err_set(&env->err, ERR_INPUT,
                               "a misprint (--typo) has no note and no letter; "
                               "what readers are to be told of is none");
        return 0;
}

/* --- what is there --- */

static int find_row(struct env *env, struct correcting *c)
{
        struct edition_row *row = &c->m.row;
        int64_t number, series;
        int rc;

        if (scan_i64(str_c(c->name), 1, INT64_MAX, &number) < 0)
                rc = draft_find(env, c->name, row);
        else if ((rc = stories_series(env, &series)) == 0)
                rc = edition_by_number(env->a, env->db, series, number, row,
                                       &env->err);
        if (rc < 0)
                return rc;
        if (!draft_is_published(row))
                return err_set(&env->err, ERR_DENIED,
                               "the edition of " STR_FMT
                               " is not published yet: change it with 'bulldog "
                               "edit --date " STR_FMT "'",
                               STR_ARG(row->date), STR_ARG(row->date));
        return 0;
}

/* The note in one line; absent: none was given. */
static int read_note(struct env *env, const char *text, struct str *ret)
{
        struct str note = str_c(text ? text : "");

        if (!utf8_is_valid(note))
                return err_set(&env->err, ERR_INPUT, "the note is not UTF-8");
        note = str_trim(utf8_fold_space(env->a, note));
        if (note.n > LIMIT_NOTE_B)
                return err_set(&env->err, ERR_LIMIT,
                               "the note is over %d bytes: say in a sentence "
                               "or two what was wrong and what is right",
                               LIMIT_NOTE_B);
        *ret = note;
        return 0;
}

/* On a terminal we ask; else it must be there before an editor opens. */
static int check_note(struct env *env, struct correcting *c)
{
        int rc = read_note(env, c->note_option, &c->made.note);

        if (rc < 0 || c->made.note.n || c->is_misprint ||
            (!c->note_option && isatty(STDIN_FILENO) && !c->m.file))
                return rc;
        return err_set(&env->err, ERR_INPUT,
                       "say with --note \"...\" what was wrong and what is "
                       "right: readers get to see it; --typo is for misprints "
                       "that change no fact");
}

static int ask_note(struct env *env, struct correcting *c)
{
        char line[LIMIT_NOTE_B + 2];
        int rc;

        if (c->made.note.n || c->is_misprint)
                return 0;
        fputs("What was wrong, and what is right? (one line, for readers; "
              "empty: nothing is saved)\n> ",
              stderr);
        if (!fgets(line, sizeof(line), stdin))
                line[0] = 0;
        rc = read_note(env, line, &c->made.note);
        if (rc == 0 && !c->made.note.n)
                return err_set(&env->err, ERR_INPUT, "there is no note");
        return rc;
}

/* --- the new version --- */

static int64_t newest(const struct correcting *c)
{
        return (int64_t)c->known.n + 1;
}

/* Did the text begin from the newest version? A file can't tell by itself. */
static int check_from(struct env *env, const struct correcting *c)
{
        const char *date = arena_cstr(env->a, c->m.row.date);

        if (c->from && c->from != newest(c))
                return err_set(&env->err, ERR_STALE,
                               "the edition of %s is at version %lld now, the "
                               "text began from %lld: bring its changes into "
                               "'bulldog show --date %s'",
                               date, (long long)newest(c), (long long)c->from,
                               date);
        if (!c->from && c->m.file && c->known.n)
                return err_set(&env->err, ERR_STALE,
                               "the edition of %s was corrected before: if the "
                               "text began from its newest version, say --from "
                               "%lld, else bring its changes into 'bulldog "
                               "show --date %s'",
                               date, (long long)newest(c), date);
        return 0;
}

static int check_misprint(struct env *env, const struct correcting *c)
{
        struct changes changes;
        struct edition *before;
        int rc;

        if (!c->is_misprint)
                return 0;
        rc = issue_revision(env, &c->m.row, c->m.row.revision, &before);
        if (rc < 0)
                return rc;
        changes_between(env->a, before, c->copy, &changes);
        if (changes_are_misprints(&changes))
                return 0;
        return err_set(&env->err, ERR_INPUT,
                       "these are no misprints: figures, links or whole words "
                       "changed, and readers must be told; use --note");
}

static int save_version(struct env *env, struct correcting *c, struct str text)
{
        struct edition_row *row = &c->m.row, now;
        int rc = edition_lock(env->db, &env->err);

        if (rc == 0)
                rc = edition_get(env->a, env->db, row->id, &now, &env->err);
        if (rc < 0)
                return rc;
        if (now.revision != row->revision)
                return err_set(&env->err, ERR_STALE,
                               "somebody else corrected the edition of " STR_FMT
                               " while you were at it",
                               STR_ARG(now.date));
        *row = now; /* the slug stays: addresses do */
        rc = manuscript_save(env, &c->m, STR("correct"), c->copy, text);
        if (rc < 0)
                return rc;
        c->made.edition_id = row->id;
        c->made.revision = row->revision;
        c->made.made_at = env->now;
        c->made.has_letter = c->has_letter;
        return correction_add(env->db, &c->made, &env->err);
}

static int save(struct env *env, struct correcting *c, struct str text)
{
        int rc = sql_begin(env->db, &env->err);

        if (rc < 0)
                return rc;
        return sql_leave(env->db, true, save_version(env, c, text), &env->err);
}

/* The text is there: save it, or keep it beside. *ret_same: nothing to do. */
static int bring_in(struct env *env, struct correcting *c, bool *ret_same)
{
        struct str text;
        int rc = manuscript_read(env, &c->m, &c->copy, &text);

        *ret_same = rc == 0 && str_eq(text, c->m.before);
        if (rc == 0 && !*ret_same) {
                rc = check_from(env, c);
                if (rc == 0)
                        rc = check_misprint(env, c);
                if (rc == 0)
                        rc = ask_note(env, c);
                if (rc == 0)
                        rc = save(env, c, text);
        }
        if (rc < 0) {
                c->made.n = 0;
                return manuscript_reject(env, &c->m, rc);
        }
        manuscript_done(&c->m);
        return 0;
}

/* --- what follows it --- */

static int print_site(struct env *env, struct correcting *c,
                      struct printing *print)
{
        int fd, rc = printing_lock(env, &fd);

        if (rc < 0)
                return rc;
        *print = (struct printing) { .series = c->m.row.series_id,
                                     .row = c->m.row };
        rc = printing_run(env, print);
        if (rc == 0)
                rc = printing_settle(env, print, &c->letters);
        (void)close(fd);
        return rc;
}

static bool is_left(const struct correcting *c)
{
        for (size_t i = 0; i < c->known.n; i++)
                if (c->known.items[i].printed_at == TIME_NONE)
                        return true;
        return false;
}

static int report(struct env *env, const struct correcting *c,
                  const struct printing *print)
{
        const char *date = arena_cstr(env->a, c->m.row.date);

        if (c->made.n)
                printf("Version %lld of the edition of %s: %zu files, %zu of "
                       "them changed; %lld letters queued\n" STR_FMT
                       "history/\n",
                       (long long)c->made.n + 1, date, print->printed.n,
                       print->changed, (long long)c->letters,
                       STR_ARG(press_permalink(env->a, &print->press,
                                               &c->m.row)));
        else
                printf("Nothing was changed; the edition of %s stays at "
                       "version %lld.%s\n",
                       date, (long long)newest(c),
                       print->printed.n ? " What an earlier correction had "
                                          "left was done."
                                        : "");
        if (fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return 0;
}

static int correct(struct env *env, struct correcting *c)
{
        struct revision last;
        struct printing print = { 0 };
        bool is_same = false;
        int rc = revision_get(env->a, env->db, c->m.row.id, c->m.row.revision,
                              &last, &env->err);

        c->m.before = last.copy;
        if (rc == 0)
                rc = manuscript_take(env, &c->m);
        if (rc == 0)
                rc = bring_in(env, c, &is_same);
        if (rc < 0)
                return rc;
        if (!is_same || is_left(c)) {
                rc = print_site(env, c, &print);
                if (rc < 0)
                        return err_add(&env->err,
                                       "the correction is kept, but the site "
                                       "lacks it still ('bulldog publish "
                                       "--date " STR_FMT "' prints it)",
                                       STR_ARG(c->m.row.date));
        }
        return report(env, c, &print);
}

int cmd_correct(struct env *env, int argc, char **argv)
{
        struct correcting c = { .m.command = "correct" };
        int fd, rc = read_options(env, argc, argv, &c);

        if (rc == 0)
                rc = find_row(env, &c);
        if (rc == 0 && c.is_list)
                return correct_list(env, &c.m.row, c.as_json);
        if (rc == 0)
                rc = check_note(env, &c);
        if (rc == 0)
                rc = manuscript_lock(env, &c.m.row, &fd);
        if (rc < 0)
                return rc;
        /* Under the lock: another may just have corrected it. */
        rc = find_row(env, &c);
        if (rc == 0)
                rc = correction_list(env->a, env->db, c.m.row.id, &c.known,
                                     &env->err);
        c.m.again = arena_printf(env->a, "correct " STR_FMT " --note \"...\"",
                                 STR_ARG(c.m.row.date))
                            .p;
        if (rc == 0 && c.known.n)
                c.m.again = arena_printf(env->a, "%s --from %lld", c.m.again,
                                         (long long)newest(&c))
                                    .p;
        if (rc == 0)
                rc = correct(env, &c);
        (void)close(fd);
        return rc;
}
