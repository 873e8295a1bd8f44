#include "wire/body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define IN_MEMORY_B ((size_t)256 * 1024)
#define PATH_B 4096

size_t body_whole(size_t n)
{
        int bits = n < (1u << 20) ? 10 : 20;

        return (n + ((size_t)1 << bits) - 1) >> bits;
}

void body_init(struct body *b, size_t max_b, const char *dir)
{
        *b = (struct body) { .dir = dir, .max = max_b, .fd = -1 };
        buf_init(&b->memory, IN_MEMORY_B);
}

void body_done(struct body *b)
{
        buf_done(&b->memory);
        if (b->map)
                munmap(b->map, b->map_n);
        if (b->fd >= 0)
                close(b->fd);
        b->map = NULL;
        b->fd = -1;
        b->n = 0;
}

/* A file that is gone when we are. */
static int open_nameless(const char *dir)
{
        char path[PATH_B];
        int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

        if (fd >= 0)
                return fd;
        /* Not every file system knows O_TMPFILE. */
        if (snprintf(path, sizeof(path), "%s/.body-XXXXXX", dir) >=
            (int)sizeof(path)) {
                errno = ENAMETOOLONG;
                return -1;
        }
        fd = mkostemp(path, O_CLOEXEC);
        if (fd >= 0)
                unlink(path);
        return fd;
}

static int write_all(int fd, struct str bytes)
{
        while (bytes.n) {
                ssize_t n = write(fd, bytes.p, bytes.n);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -1;
                bytes = str_sub(bytes, (size_t)n, bytes.n);
        }
        return 0;
}

int body_put(struct body *b, struct str bytes, struct err *err)
{
        if (bytes.n > b->max - b->n)
                return err_set(err, ERR_LIMIT, "over " BODY_SIZE ", given up",
                               BODY_SIZE_ARG(b->max));
        b->n += bytes.n;
        if (b->fd < 0 && b->n <= IN_MEMORY_B) {
                buf_put(&b->memory, bytes);
                return 0;
        }
        if (b->fd < 0) {
                b->fd = open_nameless(b->dir);
                if (b->fd < 0 || write_all(b->fd, buf_str(&b->memory)) < 0)
                        return err_sys(err,
                                       "a file in %s to keep a long answer",
                                       b->dir);
                buf_done(&b->memory);
        }
        if (write_all(b->fd, bytes) < 0)
                return err_sys(err, "a file in %s to keep a long answer",
                               b->dir);
        return 0;
}

int body_get(struct body *b, struct str *ret, struct err *err)
{
        if (b->fd < 0) {
                *ret = b->n ? buf_str(&b->memory) : STR("");
                return 0;
        }
        if (!b->map) {
                void *map = mmap(NULL, b->n, PROT_READ, MAP_PRIVATE, b->fd, 0);

                if (map == MAP_FAILED)
                        return err_sys(err, "reading a long answer back");
                b->map = map;
                b->map_n = b->n;
        }
        *ret = (struct str) { b->map, b->n };
        return 0;
}
