#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

#define PATH_MAX_B 4096
#define ASIDE ".bulldog-" /* and six letters */

static void close_fd(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

/* Append what fd gives to b. */
static int read_all(int fd, const char *path, struct buf *b, struct err *err)
{
        char chunk[65536];

        for (;;) {
                ssize_t n = read(fd, chunk, sizeof(chunk));

                if (n == 0)
                        return 0;
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return err_sys(err, "reading %s", path);
                buf_put(b, (struct str) { chunk, (size_t)n });
                if (!buf_ok(b))
                        return err_set(err, ERR_LIMIT, "%s is over %zu bytes",
                                       path, b->max);
        }
}

/* A plain file, whose size is known before: straight to where it stays. */
static int read_plain(struct arena *a, int fd, const char *path, size_t size_b,
                      struct str *ret, struct err *err)
{
        char *p = arena_room(a, size_b + 1);
        size_t n = 0;

        while (n < size_b) {
                ssize_t got = read(fd, p + n, size_b - n);

                if (got == 0)
                        break; /* it was cut meanwhile */
                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return err_sys(err, "reading %s", path);
                n += (size_t)got;
        }
        p[n] = '\0';
        *ret = (struct str) { p, n };
        return 0;
}

int file_read(struct arena *a, const char *path, size_t max_b, struct str *ret,
              struct err *err)
{
        bool is_stdin = strcmp(path, "-") == 0;
        AUTO(close_fd)
        int fd =
                is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
        struct buf b;

        if (fd < 0)
                return err_sys(err, "opening %s", path);

        struct stat st;

        if (!is_stdin && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
            st.st_size > 0 && (uint64_t)st.st_size <= max_b)
                return read_plain(a, fd, path, (size_t)st.st_size, ret, err);
        buf_init(&b, max_b);

        int rc = read_all(fd, path, &b, err);

        if (rc == 0)
                *ret = arena_str(a, buf_str(&b));
        buf_done(&b);
        return rc;
}

int file_read_to(char *room, size_t max_b, const char *path, struct str *ret,
                 struct err *err)
{
        bool is_stdin = strcmp(path, "-") == 0;
        AUTO(close_fd)
        int fd =
                is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
        size_t n = 0;
        char more;

        if (fd < 0)
                return err_sys(err, "opening %s", path);
        for (;;) {
                bool is_full = n == max_b;
                ssize_t got = read(fd, is_full ? &more : room + n,
                                   is_full ? 1 : max_b - n);

                if (got == 0)
                        break;
                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return err_sys(err, "reading %s", path);
                if (is_full)
                        return err_set(err, ERR_LIMIT, "%s is over %zu bytes",
                                       path, max_b);
                n += (size_t)got;
        }
        *ret = (struct str) { room, n };
        return 0;
}

bool file_exists(const char *path)
{
        return access(path, F_OK) == 0;
}

/* The folder of path, into out (as large as path). */
static void folder_of(const char *path, char *out)
{
        const char *slash = strrchr(path, '/');
        size_t n = slash ? (size_t)(slash - path) : 0;

        memcpy(out, path, n);
        out[n] = '\0';
        if (slash == path)
                memcpy(out, "/", 2);
        else if (!slash)
                memcpy(out, ".", 2);
}

/* One folder, whose name lasts: a power cut after a file in it was synced must
 * not take the folder itself. */
static int make_one(const char *path, struct err *err)
{
        char parent[PATH_MAX_B];

        if (mkdir(path, 0777) < 0)
                return errno == EEXIST
                               ? 0
                               : err_sys(err, "making the folder %s", path);
        folder_of(path, parent);
        return file_sync_dir(parent, err);
}

int file_make_dir(const char *path, struct err *err)
{
        char part[PATH_MAX_B];
        size_t n = strlen(path);
        int rc = 0;

        while (n > 1 && path[n - 1] == '/')
                n--;
        if (n >= sizeof(part) - 2)
                return err_set(err, ERR_LIMIT, "the path %.60s... is too long",
                               path);
        memcpy(part, path, n);
        part[n] = '\0';
        for (size_t i = 1; i <= n && rc == 0; i++) {
                if (path[i] != '/' && i != n)
                        continue;
                part[i] = '\0';
                rc = make_one(part, err);
                part[i] = path[i];
        }
        return rc;
}

int file_sync_dir(const char *path, struct err *err)
{
        AUTO(close_fd) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0 || fsync(fd) < 0)
                return err_sys(err, "syncing the folder %s", path);
        return 0;
}

/* Does path hold exactly these bytes? Any trouble counts as no. */
static bool holds(const char *path, struct str bytes)
{
        AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
        struct stat st;
        char chunk[65536];
        size_t at = 0;

        if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
            (size_t)st.st_size != bytes.n)
                return false;
        while (at < bytes.n) {
                ssize_t n = read(fd, chunk, sizeof(chunk));

                if (n <= 0 || (size_t)n > bytes.n - at ||
                    memcmp(chunk, bytes.p + at, (size_t)n) != 0)
                        return false;
                at += (size_t)n;
        }
        return true;
}

static int write_all(int fd, const char *path, struct str s, struct err *err)
{
        while (s.n) {
                ssize_t n = write(fd, s.p, s.n);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return err_sys(err, "writing %s", path);
                s = str_sub(s, (size_t)n, s.n);
        }
        return 0;
}

/* Write, sync and close beside path; the name of what was written in aside. */
static int write_aside(const char *path, struct str bytes, char *aside,
                       struct err *err)
{
        AUTO(close_fd) int fd = mkostemp(aside, O_CLOEXEC);
        mode_t mask = umask(0);

        umask(mask);
        if (fd < 0)
                return err_sys(err, "writing beside %s", path);

        int rc = write_all(fd, path, bytes, err);

        if (rc == 0 && fchmod(fd, 0666 & ~mask) < 0)
                rc = err_sys(err, "writing %s", path);
        if (rc == 0 && fsync(fd) < 0)
                rc = err_sys(err, "syncing %s", path);
        if (rc < 0)
                unlink(aside);
        return rc;
}

int file_write(const char *path, struct str bytes, bool *ret_changed,
               struct err *err)
{
        char folder[PATH_MAX_B], aside[PATH_MAX_B + 16];

        if (strlen(path) >= PATH_MAX_B - 2)
                return err_set(err, ERR_LIMIT, "the path %.60s... is too long",
                               path);
        if (ret_changed)
                *ret_changed = false;
        if (holds(path, bytes))
                return 0;
        folder_of(path, folder);
        snprintf(aside, sizeof(aside), "%s/" ASIDE "XXXXXX", folder);

        int rc = file_make_dir(folder, err);

        if (rc == 0)
                rc = write_aside(path, bytes, aside, err);
        if (rc < 0)
                return rc;
        if (rename(aside, path) < 0) {
                rc = err_sys(err, "renaming to %s", path);
                unlink(aside);
                return rc;
        }
        if (ret_changed)
                *ret_changed = true;
        return file_sync_dir(folder, err);
}

void file_sweep(const char *folder)
{
        DIR *dir = opendir(folder);

        if (!dir)
                return;
        for (struct dirent *e; (e = readdir(dir));)
                if (strncmp(e->d_name, ASIDE, sizeof(ASIDE) - 1) == 0)
                        (void)unlinkat(dirfd(dir), e->d_name, 0);
        closedir(dir);
}

int file_lock(const char *path, int *ret_fd, struct err *err)
{
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

        *ret_fd = -1;
        if (fd < 0)
                return err_sys(err, "opening %s", path);
        if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
                bool busy = errno == EWOULDBLOCK;
                int rc = busy ? err_set(err, ERR_BUSY,
                                        "%s is held by another process", path)
                              : err_sys(err, "locking %s", path);
                close(fd);
                return rc;
        }
        *ret_fd = fd;
        return 0;
}
