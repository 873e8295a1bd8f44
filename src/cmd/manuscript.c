#include "cmd/manuscript.h"

#include <errno.h>
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
#include "cmd/draft.h"
#include "cmd/issue.h"
#include "cmd/quiz.h"
#include "edition/edition.h"
#include "edition/slots.h"

#define EDITOR_ARGS_MAX 16
#define REJECTED_MAX 1000
#define ARENA_PATH(env, ...)                                                   \
        env_path((env), arena_printf((env)->a, __VA_ARGS__))

/* One editor at a time on one edition's file. */
int manuscript_lock(struct env *env, const struct edition_row *row, int *ret_fd)
{
        const char *path =
                ARENA_PATH(env, "copy/." STR_FMT ".lock", STR_ARG(row->date));
        int rc = file_make_dir(env_path(env, STR("copy")), &env->err);

        if (rc == 0)
                rc = file_lock(path, ret_fd, &env->err);
        if (rc == ERR_BUSY)
                return err_set(&env->err, rc,
                               "someone else has the copy of " STR_FMT
                               " open in an editor",
                               STR_ARG(row->date));
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

static int run_editor(struct env *env, const char *command, const char *path)
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
                return err_set(
                        &env->err, ERR_SYS,
                        "%s can't be started; set EDITOR, or give a file",
                        args[0]);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                return err_set(&env->err, ERR_SYS,
                               "%s ended badly; the text stands in %s, and "
                               "'bulldog %s' goes on with it",
                               args[0], path, command);
        return 0;
}

/* The file to edit: what an edit that was cut short left, else the copy. */
static int open_file(struct env *env, struct manuscript *m)
{
        m->path = ARENA_PATH(env, "copy/" STR_FMT ".r%" PRId64 ".md",
                             STR_ARG(m->row.date), m->row.revision);
        if (file_exists(m->path)) {
                fprintf(stderr,
                        "bulldog %s: going on with %s, which an earlier one "
                        "left\n",
                        m->command, m->path);
                return 0;
        }
        return file_write(m->path, m->before, NULL, &env->err);
}

/* The editor failed before a word was changed: nothing to go on with. */
static void drop_untouched(struct env *env, const struct manuscript *m)
{
        struct str text;

        if (file_read(env->a, m->path, LIMIT_COPY_B, &text, NULL) == 0 &&
            str_eq(text, m->before))
                (void)unlink(m->path);
}

int manuscript_take(struct env *env, struct manuscript *m)
{
        int rc = 0;

        if (m->file)
                return file_read(env->a, m->file, LIMIT_COPY_B, &m->text,
                                 &env->err);
        rc = open_file(env, m);
        if (rc < 0)
                return rc;
        rc = run_editor(env, m->command, m->path);
        if (rc < 0) {
                drop_untouched(env, m);
                return rc;
        }
        return file_read(env->a, m->path, LIMIT_COPY_B, &m->text, &env->err);
}

/* The front matter must still speak of this edition. */
static int check_front(struct env *env, const struct manuscript *m,
                       const struct edition *copy)
{
        struct civil c;
        int rc = time_parse_date(m->row.date, &c, &env->err);

        if (rc < 0)
                return rc;
        if (c.year != copy->date.year || c.month != copy->date.month ||
            c.day != copy->date.day)
                return err_set(&env->err, ERR_INPUT,
                               "the front matter's date is another than the "
                               "edition's, " STR_FMT,
                               STR_ARG(m->row.date));
        if (copy->number && copy->number != m->row.number)
                return err_set(&env->err, ERR_INPUT,
                               "the front matter's number is another than the "
                               "edition's, %" PRId64,
                               m->row.number);
        return 0;
}

int manuscript_read(struct env *env, const struct manuscript *m,
                    struct edition **ret, struct str *ret_text)
{
        int rc = draft_read(env, m->file ? m->file : "the copy", m->text, ret);

        if (rc == 0)
                rc = check_front(env, m, *ret);
        if (rc < 0)
                return rc;
        chart_data_edition(env, *ret, true);
        quiz_warn(*ret, m->file ? m->file : "the copy");
        return draft_write(env, *ret, ret_text);
}

int manuscript_save(struct env *env, struct manuscript *m, struct str by,
                    const struct edition *copy, struct str text)
{
        const struct phrases *phrases;
        struct edition_slot *slots;
        size_t n;
        int rc;

        m->row.title = copy->title;
        m->row.language = copy->language;
        rc = revision_add(env->db, &m->row, by, text, env->now, &env->err);
        if (rc == 0)
                rc = issue_phrases(env, copy->language, &phrases);
        if (rc < 0)
                return rc;
        slots_of(env->a, copy, phrases, &slots, &n);
        return edition_set_stories(env->db, m->row.id, slots, n, &env->err);
}

/* A name that holds no other text: DATE.rejected.md, DATE.rejected-2.md ... */
static const char *rejected_path(struct env *env, const struct manuscript *m)
{
        const char *path = ARENA_PATH(env, "copy/" STR_FMT ".rejected.md",
                                      STR_ARG(m->row.date));

        for (int i = 2; i < REJECTED_MAX && file_exists(path); i++) {
                struct str held;
                struct err err = { 0 };

                if (file_read(env->a, path, LIMIT_COPY_B, &held, &err) == 0 &&
                    str_eq(held, m->text))
                        break;
                path = ARENA_PATH(env, "copy/" STR_FMT ".rejected-%d.md",
                                  STR_ARG(m->row.date), i);
        }
        return path;
}

/* Keep the text beside, then tell the fault rc with where it is kept. */
int manuscript_reject(struct env *env, const struct manuscript *m, int rc)
{
        struct err fault = env->err, err = { 0 };
        const char *path = rejected_path(env, m);

        if (file_write(path, m->text, NULL, &err) < 0)
                return err_set(&env->err, rc,
                               "%s\nIt could not be kept beside (%s)%s%s",
                               fault.msg, err.msg,
                               m->path ? "; it stands in " : "",
                               m->path ? m->path : "");
        if (m->path)
                (void)unlink(m->path);
        return err_set(&env->err, rc,
                       "%s\nNothing was saved; your text is kept in %s. Mend "
                       "it and run: bulldog %s %s",
                       fault.msg, path, m->again, path);
}

void manuscript_done(const struct manuscript *m)
{
        if (m->path)
                (void)unlink(m->path);
}
