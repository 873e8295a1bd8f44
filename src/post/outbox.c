#include "post/outbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

#define NAME_MAX_B 200 /* under NAME_MAX with the ending */
#define ASIDE_END ".part"
#define NAMES_ARENA_B ((size_t)64 * 1024 * 1024)

struct outbox {
        const char *path;
        int dir_fd;
        struct arena *names;  /* of what was put and not settled */
        const char **waiting; /* in names */
        size_t n, cap;
};

static bool is_safe(char c, bool is_first)
{
        return chr_is_alnum(c) || c == '@' || c == '-' || c == '_' ||
               c == '+' || (c == '.' && !is_first);
}

struct str outbox_name(struct arena *a, struct str id)
{
        char name[NAME_MAX_B];
        size_t n = 0;

        if (str_starts(id, STR("<")) && str_ends(id, STR(">")))
                id = str_sub(id, 1, id.n - 2);
        for (; n < id.n && n < sizeof(name); n++)
                name[n] = is_safe(id.p[n], n == 0) ? id.p[n] : '_';
        return arena_printf(a, "%.*s.eml", (int)n, name);
}

/* Letters half-written by a process that was killed: the rows are claimed
 * still, so they are written again. */
static int sweep(struct outbox *box, struct err *err)
{
        DIR *dir = opendir(box->path);

        if (!dir)
                return err_sys(err, "outbox %s", box->path);
        for (struct dirent *e; (e = readdir(dir));)
                if (e->d_name[0] == '.' &&
                    str_ends(str_c(e->d_name), STR(ASIDE_END)))
                        (void)unlinkat(box->dir_fd, e->d_name, 0);
        closedir(dir);
        return 0;
}

int outbox_open(struct arena *a, const char *path, struct outbox **ret,
                struct err *err)
{
        int rc = file_make_dir(path, err);

        if (rc < 0)
                return err_add(err, "outbox");

        struct outbox *box = arena_alloc(a, sizeof(*box));
        box->path = arena_cstr(a, str_c(path));
        box->names = arena_new(NAMES_ARENA_B);
        box->dir_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        rc = box->dir_fd < 0 ? err_sys(err, "outbox %s", path)
                             : sweep(box, err);
        if (rc < 0) {
                outbox_close(box);
                return rc;
        }
        *ret = box;
        return 0;
}

void outbox_close(struct outbox *box)
{
        if (!box)
                return;
        if (box->dir_fd >= 0)
                close(box->dir_fd);
        arena_free(box->names);
        box->names = NULL;
        box->dir_fd = -1;
}

static int write_all(int fd, struct str s)
{
        while (s.n) {
                ssize_t n = write(fd, s.p, s.n);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -1;
                s = str_sub(s, (size_t)n, s.n);
        }
        return 0;
}

/* errno says why when it is -1. */
static int write_aside(int dir_fd, const char *aside, struct str letter)
{
        int fd = openat(dir_fd, aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                        0600);

        if (fd < 0)
                return -1;

        int rc = write_all(fd, letter);
        int saved = errno;
        if (close(fd) < 0 && rc == 0)
                return -1;
        errno = saved;
        return rc;
}

static struct str aside_name(struct arena *a, const char *name)
{
        return arena_printf(a, ".%s" ASIDE_END, name);
}

int outbox_put(struct outbox *box, struct str message_id, struct str letter,
               struct err *err)
{
        const char *name = outbox_name(box->names, message_id).p;
        const char *aside = aside_name(box->names, name).p;

        if (write_aside(box->dir_fd, aside, letter) < 0) {
                int rc = err_sys(err, "letter %s/%s", box->path, name);

                (void)unlinkat(box->dir_fd, aside, 0);
                return rc;
        }
        ARENA_GROW(box->names, box->waiting, box->n, box->cap);
        box->waiting[box->n++] = name;
        return 0;
}

/*
 * One syncfs() for the batch's bytes, then the names, then the folder: no
 * letter has its name before its bytes last. (Since Linux 5.8 syncfs tells of
 * write errors.)
 */
static int name_all(struct outbox *box, struct err *err)
{
        if (box->n && syncfs(box->dir_fd) < 0)
                return err_sys(err, "outbox %s", box->path);
        for (size_t i = 0; i < box->n; i++) {
                const char *name = box->waiting[i];
                const char *aside = aside_name(box->names, name).p;

                /* ENOENT: the same letter was put twice. */
                if (renameat(box->dir_fd, aside, box->dir_fd, name) < 0 &&
                    errno != ENOENT)
                        return err_sys(err, "letter %s/%s", box->path, name);
        }
        if (box->n && fsync(box->dir_fd) < 0)
                return err_sys(err, "outbox %s", box->path);
        return 0;
}

int outbox_settle(struct outbox *box, struct err *err)
{
        int rc = name_all(box, err);

        arena_reset(box->names);
        box->waiting = NULL;
        box->n = box->cap = 0;
        return rc;
}
