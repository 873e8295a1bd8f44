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

struct outbox {
        const char *path;
        int dir_fd;
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
        box->dir_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (box->dir_fd < 0)
                return err_sys(err, "outbox %s", path);
        rc = sweep(box, err);
        if (rc < 0) {
                outbox_close(box);
                return rc;
        }
        *ret = box;
        return 0;
}

void outbox_close(struct outbox *box)
{
        if (box && box->dir_fd >= 0)
                close(box->dir_fd);
        if (box)
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

        int rc = write_all(fd, letter) < 0 || fsync(fd) < 0 ? -1 : 0;
        int saved = errno;
        if (close(fd) < 0 && rc == 0)
                return -1;
        errno = saved;
        return rc;
}

int outbox_put(struct outbox *box, struct str message_id, struct str letter,
               struct err *err)
{
        struct arena *a = arena_new(4096);
        const char *name = outbox_name(a, message_id).p;
        const char *aside = arena_printf(a, ".%s" ASIDE_END, name).p;
        int rc = 0;

        if (write_aside(box->dir_fd, aside, letter) < 0 ||
            renameat(box->dir_fd, aside, box->dir_fd, name) < 0) {
                rc = err_sys(err, "letter %s/%s", box->path, name);
                (void)unlinkat(box->dir_fd, aside, 0);
        }
        arena_free(a);
        return rc;
}

int outbox_settle(struct outbox *box, struct err *err)
{
        if (fsync(box->dir_fd) < 0)
                return err_sys(err, "outbox %s", box->path);
        return 0;
}
