/*
 * bulldog edit: the newest copy in the editor's own editor, saved as a
 * revision.
 *
 * Nothing typed is ever lost: the text is edited in a file of the press
 * (copy/DATE.rN.md, N the revision it began from), which outlives a crash and
 * is taken up again; a text that can't be saved is kept beside it as
 * copy/DATE.rejected.md, and the message says how to bring it in.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/time.h"
#include "cmd/chart_data.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/findings.h"
#include "cmd/issue.h"
#include "edition/edition.h"
#include "edition/slots.h"
#include "edition/slug.h"
#include "store/sql.h"

#define EDITOR_ARGS_MAX 16
#define REJECTED_MAX 1000
#define ARENA_PATH(env, ...)                                                   \
        env_path((env), arena_printf((env)->a, __VA_ARGS__))

int cmd_edit(struct env *env, int argc, char **argv);

struct edit {
        const char *date, *file;
        struct edition_row row;
        struct str before, text; /* the newest copy; what came of it */
        const char *path;        /* being edited; NULL with --file */
};

static int read_options(struct env *env, int argc, char **argv, struct edit *e)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= file=", &name,
                                &value)) > 0) {
                if (*name == 'd')
                        e->date = value;
                else
                        e->file = value;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "edit takes no \"%s\"; see --help", argv[i]);
        return rc;
}

/* Words of $VISUAL or $EDITOR, then path: no shell reads them. */
static void editor_args(struct env *env, const char *path,
                        const char *args[EDITOR_ARGS_MAX + 2])
{
        const char *from = getenv("VISUAL");
        struct str rest, word;
        size_t n = 0;

        if (!from || !*from)
                from = getenv("EDITOR");
        rest = str_c(from && *from ? from : "vi");
        while (n < EDITOR_ARGS_MAX && str_cut(&rest, ' ', &word))
                if (word.n)
                        args[n++] = arena_cstr(env->a, word);
        args[n++] = path;
        args[n] = NULL;
}

static int run_editor(struct env *env, const char *path)
{
        const char *args[EDITOR_ARGS_MAX + 2];
        int status;
        pid_t pid;

        editor_args(env, path, args);
        pid = fork();
        if (pid < 0)
                return err_sys(&env->err, "starting %s", args[0]);
        if (pid == 0) {
                execvp(args[0], (char *const *)args);
                _exit(127);
        }
        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        return err_sys(&env->err, "waiting for %s", args[0]);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
                return err_set(&env->err, ERR_SYS,
                               "%s can't be started; set EDITOR, or use --file",
                               args[0]);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                return err_set(&env->err, ERR_SYS,
                               "%s ended badly; the text stands in %s, and "
                               "'bulldog edit' goes on with it",
                               args[0], path);
        return 0;
}

/* The file to edit: what an edit that was cut short left, else the copy. */
static int open_file(struct env *env, struct edit *e)
{
        e->path = ARENA_PATH(env, "copy/" STR_FMT ".r%" PRId64 ".md",
                             STR_ARG(e->row.date), e->row.revision);
        if (file_exists(e->path)) {
                fprintf(stderr,
                        "bulldog edit: going on with %s, which an earlier edit "
                        "left\n",
                        e->path);
                return 0;
        }
        return file_write(e->path, e->before, NULL, &env->err);
}

/* The editor failed before a word was changed: nothing to go on with. */
static void drop_untouched(struct env *env, const struct edit *e)
{
        struct str text;

        if (file_read(env->a, e->path, LIMIT_COPY_B, &text, NULL) == 0 &&
            str_eq(text, e->before))
                (void)unlink(e->path);
}

static int take_text(struct env *env, struct edit *e)
{
        int rc = 0;

        if (e->file)
                return file_read(env->a, e->file, LIMIT_COPY_B, &e->text,
                                 &env->err);
        rc = open_file(env, e);
        if (rc < 0)
                return rc;
        rc = run_editor(env, e->path);
        if (rc < 0) {
                drop_untouched(env, e);
                return rc;
        }
        return file_read(env->a, e->path, LIMIT_COPY_B, &e->text, &env->err);
}

/* A name that holds no other text: DATE.rejected.md, DATE.rejected-2.md ... */
static const char *rejected_path(struct env *env, const struct edit *e)
{
        const char *path = ARENA_PATH(env, "copy/" STR_FMT ".rejected.md",
                                      STR_ARG(e->row.date));

        for (int i = 2; i < REJECTED_MAX && file_exists(path); i++) {
                struct str held;
                struct err err = { 0 };

                if (file_read(env->a, path, LIMIT_COPY_B, &held, &err) == 0 &&
                    str_eq(held, e->text))
                        break;
                path = ARENA_PATH(env, "copy/" STR_FMT ".rejected-%d.md",
                                  STR_ARG(e->row.date), i);
        }
        return path;
}

/* Keep the text beside, then tell the fault rc with where it is kept. */
static int reject(struct env *env, const struct edit *e, int rc)
{
        struct err fault = env->err, err = { 0 };
        const char *path = rejected_path(env, e);

        if (file_write(path, e->text, NULL, &err) < 0)
                return err_set(&env->err, rc,
                               "%s\nIt could not be kept beside (%s)%s%s",
                               fault.msg, err.msg,
                               e->path ? "; it stands in " : "",
                               e->path ? e->path : "");
        if (e->path)
                (void)unlink(e->path);
        return err_set(&env->err, rc,
                       "%s\nNothing was saved; your text is kept in %s. Mend "
                       "it and run: bulldog edit --date " STR_FMT " --file %s",
                       fault.msg, path, STR_ARG(e->row.date), path);
}

/* The front matter must still speak of this edition. */
static int check_front(struct env *env, const struct edit *e,
                       const struct edition *copy)
{
        struct civil c;
        int rc = time_parse_date(e->row.date, &c, &env->err);

        if (rc < 0)
                return rc;
        if (c.year != copy->date.year || c.month != copy->date.month ||
            c.day != copy->date.day)
                return err_set(&env->err, ERR_INPUT,
                               "the front matter's date is another than the "
                               "edition's, " STR_FMT,
                               STR_ARG(e->row.date));
        if (copy->number && copy->number != e->row.number)
                return err_set(&env->err, ERR_INPUT,
                               "the front matter's number is another than the "
                               "edition's, %" PRId64,
                               e->row.number);
        return 0;
}

static int save_revision(struct env *env, struct edit *e,
                         const struct edition *copy, struct str text)
{
        struct edition_row now;
        const struct phrases *phrases;
        struct edition_slot *slots;
        size_t n;
        int rc = edition_by_date(env->a, env->db, e->row.series_id, e->row.date,
                                 &now, &env->err);

        if (rc < 0)
                return rc;
        if (now.revision != e->row.revision || draft_is_published(&now))
                return err_set(&env->err, ERR_STALE,
                               "the edition changed while you were at it: it "
                               "is at revision %" PRId64
                               " now, you began from %" PRId64,
                               now.revision, e->row.revision);
        e->row = now;
        e->row.title = copy->title;
        e->row.language = copy->language;
        e->row.slug = slug_of(env->a, copy->title);
        rc = revision_add(env->db, &e->row, STR("editor"), text, env->now,
                          &env->err);
        if (rc < 0)
                return rc;
        rc = issue_phrases(env, copy->language, &phrases);
        if (rc < 0)
                return rc;
        slots_of(env->a, copy, phrases, &slots, &n);
        rc = edition_set_stories(env->db, e->row.id, slots, n, &env->err);
        return rc < 0 ? rc : findings_keep(env, copy, e->row.id);
}

static int save(struct env *env, struct edit *e, const struct edition *copy,
                struct str text)
{
        int rc = sql_begin(env->db, &env->err);

        if (rc < 0)
                return rc;
        rc = save_revision(env, e, copy, text);
        if (rc == 0)
                return sql_commit(env->db, &env->err);
        sql_rollback(env->db);
        return rc;
}

/* The text is there: read it, save it, or keep it beside. */
static int bring_in(struct env *env, struct edit *e)
{
        struct edition *copy;
        struct str text;
        int rc =
                draft_read(env, e->file ? e->file : "the copy", e->text, &copy);

        if (rc == 0)
                rc = check_front(env, e, copy);
        if (rc == 0) {
                chart_data_edition(env, copy, true);
                rc = draft_write(env, copy, &text);
        }
        if (rc == 0 && str_eq(text, e->before)) {
                printf("Nothing was changed; the edition of " STR_FMT
                       " stays at revision %" PRId64 ".\n",
                       STR_ARG(e->row.date), e->row.revision);
        } else if (rc == 0) {
                rc = save(env, e, copy, text);
                if (rc == 0)
                        printf("Saved the edition of " STR_FMT
                               " as revision %" PRId64 ".\n",
                               STR_ARG(e->row.date), e->row.revision);
        }
        if (rc < 0)
                return reject(env, e, rc);
        if (e->path)
                (void)unlink(e->path);
        return 0;
}

/* One editor at a time on one edition's file. */
static int lock(struct env *env, const struct edit *e, int *ret_fd)
{
        const char *path =
                ARENA_PATH(env, "copy/." STR_FMT ".lock", STR_ARG(e->row.date));
        int rc = file_make_dir(env_path(env, STR("copy")), &env->err);

        if (rc == 0)
                rc = file_lock(path, ret_fd, &env->err);
        if (rc == ERR_BUSY)
                return err_set(&env->err, rc,
                               "someone else has the copy of " STR_FMT
                               " open in an editor",
                               STR_ARG(e->row.date));
        return rc;
}

int cmd_edit(struct env *env, int argc, char **argv)
{
        struct edit e = { 0 };
        struct revision newest;
        int fd = -1, rc = read_options(env, argc, argv, &e);

        if (rc == 0)
                rc = draft_find(env, e.date, &e.row);
        if (rc == 0 && draft_is_published(&e.row))
                rc = err_set(&env->err, ERR_DENIED,
                             "the edition of " STR_FMT
                             " is published: what is wrong in it gets a dated "
                             "correction ('bulldog correct " STR_FMT "')",
                             STR_ARG(e.row.date), STR_ARG(e.row.date));
        if (rc == 0)
                rc = lock(env, &e, &fd);
        if (rc < 0)
                return rc;
        rc = revision_get(env->a, env->db, e.row.id, e.row.revision, &newest,
                          &env->err);
        e.before = newest.copy;
        if (rc == 0)
                rc = take_text(env, &e);
        if (rc == 0)
                rc = bring_in(env, &e);
        (void)close(fd);
        return rc;
}
