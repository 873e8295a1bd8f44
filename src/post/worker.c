#include "post/worker.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"

#define ID_HEX 16
#define HOST_MAX 64

static bool is_id(const char *id, ssize_t n)
{
        if (n != ID_HEX)
                return false;
        for (int i = 0; i < ID_HEX; i++)
                if (!chr_is_alnum(id[i]))
                        return false;
        return true;
}

/* The id that stands in the lock file; drawn and written when there is none.
 * Two presses on one store, each with a file of its own, differ by it. */
static int read_id(struct arena *a, int fd, const char *path, struct str *ret,
                   struct err *err)
{
        char id[ID_HEX];

        if (is_id(id, pread(fd, id, sizeof(id), 0))) {
                *ret = arena_str(a, (struct str) { id, ID_HEX });
                return 0;
        }
        *ret = hash_random_hex(a, ID_HEX / 2);
        if (pwrite(fd, ret->p, ret->n, 0) != ID_HEX || fsync(fd) < 0)
                return err_sys(err, "writing %s", path);
        return 0;
}

int worker_take(struct arena *a, const char *lock_path, struct str *ret_name,
                int *ret_fd, struct err *err)
{
        char host[HOST_MAX] = "host";
        struct str id;
        int fd, rc = file_lock(lock_path, &fd, err);

        if (rc == ERR_BUSY)
                return err_set(err, ERR_BUSY,
                               "another bulldog is delivering from this press "
                               "(it holds %s)",
                               lock_path);
        if (rc < 0)
                return rc;
        rc = read_id(a, fd, lock_path, &id, err);
        if (rc < 0) {
                close(fd);
                return rc;
        }
        (void)gethostname(host, sizeof(host) - 1);
        *ret_name = arena_printf(a, "%s." STR_FMT, host, STR_ARG(id));
        *ret_fd = fd;
        return 0;
}
