#include "site/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <microhttpd.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/time.h"
#include "site/path.h"

#define KEPT_FILE_B ((size_t)2 * 1024 * 1024) /* larger ones are streamed */
#define KEPT_FILES 4096
#define SMALLEST_PACKED_B 512
#define INDEX_ARENA_B ((size_t)16 * 1024 * 1024)

/* A file as it was when it was read. */
struct entry {
        dev_t dev;
        ino_t ino;
        off_t size;
        struct timespec mtime, ctime;
        struct MHD_Response *plain, *packed; /* packed: NULL when it won't */
        char etag[CACHE_ETAG_MAX];
};

struct cache {
        struct arena *own, *index;
        const char *dir;
        size_t used_b, max_b;
        struct map *files;
};

struct cache *cache_new(const char *public_dir, size_t max_b)
{
        struct arena *own = arena_new(65536);
        struct cache *c = arena_alloc(own, sizeof(*c));

        c->own = own;
        c->index = arena_new(INDEX_ARENA_B);
        c->dir = arena_cstr(own, str_c(public_dir));
        c->max_b = max_b;
        c->files = map_new(c->index);
        return c;
}

static void drop_answers(struct entry *e)
{
        if (e->plain)
                MHD_destroy_response(e->plain);
        if (e->packed)
                MHD_destroy_response(e->packed);
        e->plain = e->packed = NULL;
}

/* Full: forget everything. What is being sent stays till it is sent. */
static void forget_all(struct cache *c)
{
        struct str key;
        void *value;

        for (size_t i = 0; map_each(c->files, &i, &key, &value);)
                if (value)
                        drop_answers(value);
        arena_reset(c->index);
        c->files = map_new(c->index);
        c->used_b = 0;
}

void cache_free(struct cache *c)
{
        if (!c)
                return;
        forget_all(c);
        arena_free(c->index);
        arena_free(c->own);
}

/* --- files --------------------------------------------------------------- */

/* One step down; links are not followed, so no step leads out. */
static int step_down(int dir_fd, struct str part, int flags)
{
        char name[NAME_MAX + 1];

        if (part.n > NAME_MAX) {
                errno = ENAMETOOLONG;
                return -1;
        }
        memcpy(name, part.p, part.n);
        name[part.n] = '\0';
        return openat(dir_fd, name, flags | O_NOFOLLOW | O_CLOEXEC);
}

/* The public folder is opened anew each time: it may have been replaced. */
static int open_public(const struct cache *c, struct str name)
{
        int fd = open(c->dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
        struct str part;

        while (fd >= 0 && str_cut(&name, '/', &part)) {
                int flags =
                        name.p ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK;
                int next = step_down(fd, part, flags);
                int saved = errno;

                close(fd);
                errno = saved;
                fd = next;
        }
        return fd;
}

static int open_code(void)
{
        bool absent = errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
                      errno == ENAMETOOLONG;

        return absent ? ERR_ABSENT : ERR_SYS;
}

/* Open what path means; *ret_name is the file's name below the folder. */
static int open_file(const struct cache *c, struct arena *a,
                     const struct path *path, struct str *ret_name,
                     struct stat *st)
{
        struct str name = path->file;

        if (path->is_folder)
                name = arena_printf(a, STR_FMT "%sindex.html", STR_ARG(name),
                                    name.n ? "/" : "");
        int fd = open_public(c, name);
        if (fd < 0)
                return open_code();

        int rc = fstat(fd, st) < 0                          ? ERR_SYS
                 : S_ISREG(st->st_mode)                     ? 0
                 : S_ISDIR(st->st_mode) && !path->is_folder ? ERR_STALE
                                                            : ERR_ABSENT;
        if (rc < 0) {
                close(fd);
                return rc;
        }
        *ret_name = name;
        return fd;
}

static int read_all(int fd, char *p, size_t n)
{
        while (n) {
                ssize_t got = read(fd, p, n);

                if (got < 0 && errno == EINTR)
                        continue;
                if (got <= 0)
                        return ERR_SYS;
                p += got;
                n -= (size_t)got;
        }
        return 0;
}

/* --- answers ------------------------------------------------------------- */

static void free_bytes(void *arena)
{
        arena_free(arena);
}

/* A response that owns the arena in which its bytes lie. */
static struct MHD_Response *respond(struct arena *a, struct str bytes)
{
        struct MHD_Response *r =
                MHD_create_response_from_buffer_with_free_callback_cls(
                        bytes.n, (void *)(uintptr_t)bytes.p, free_bytes, a);

        if (!r)
                arena_free(a);
        return r;
}

void cache_describe(const struct cache_answer *answer, struct MHD_Response *r)
{
        struct str name = answer->name;
        struct buf date;

        buf_init(&date, 64);
        time_put_http(&date, answer->mtime_at);
        MHD_add_response_header(r, "ETag", answer->etag);
        MHD_add_response_header(r, "Content-Type", path_type(name));
        MHD_add_response_header(r, "Cache-Control", path_cache_control(name));
        MHD_add_response_header(r, "Last-Modified", buf_cstr(&date));
        if (path_is_packable(name))
                MHD_add_response_header(r, "Vary", "Accept-Encoding");
        buf_done(&date);
}

/* "abc" with its quotes gives "abc-gz" with its quotes. */
static void packed_etag(const char *etag, char *ret)
{
        snprintf(ret, CACHE_ETAG_MAX, "%.*s-gz\"", (int)strlen(etag) - 1, etag);
}

/* bytes as gzip, without a time in it; NULL when that isn't smaller. */
static struct MHD_Response *pack(struct str bytes)
{
        z_stream z = { 0 };
        struct arena *a;

        if (bytes.n < SMALLEST_PACKED_B ||
            deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) !=
                    Z_OK)
                return NULL;

        size_t room = bytes.n - bytes.n / 16;
        a = arena_new(room + 4096);
        char *out = arena_alloc(a, room);
        z.next_in = (Bytef *)(uintptr_t)bytes.p;
        z.avail_in = (uInt)bytes.n;
        z.next_out = (Bytef *)out;
        z.avail_out = (uInt)room;
        bool is_smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
        size_t n = z.total_out;
        deflateEnd(&z);
        if (is_smaller)
                return respond(a, (struct str) { out, n });
        arena_free(a);
        return NULL;
}

static void remember_state(struct entry *e, const struct stat *st)
{
        e->dev = st->st_dev;
        e->ino = st->st_ino;
        e->size = st->st_size;
        e->mtime = st->st_mtim;
        e->ctime = st->st_ctim;
}

static bool is_same_time(struct timespec a, struct timespec b)
{
        return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_fresh(const struct entry *e, const struct stat *st)
{
        return e->plain && e->dev == st->st_dev && e->ino == st->st_ino &&
               e->size == st->st_size && is_same_time(e->mtime, st->st_mtim) &&
               is_same_time(e->ctime, st->st_ctim);
}

/* The variant that the answer names. */
static void finish(struct entry *e, bool gzip, struct cache_answer *ret)
{
        ret->is_kept = true;
        if (gzip && e->packed) {
                packed_etag(e->etag, ret->etag);
                ret->response = e->packed;
        } else {
                memcpy(ret->etag, e->etag, sizeof(e->etag));
                ret->response = e->plain;
        }
}

/* Read the open file into its entry. */
static int load(struct cache *c, struct entry *e, int fd, const struct stat *st,
                struct cache_answer *ret)
{
        size_t n = (size_t)st->st_size;
        struct arena *a = arena_new(n + 65536);
        char *p = arena_alloc(a, n + 1);

        drop_answers(e);
        if (read_all(fd, p, n) < 0) {
                arena_free(a);
                return ERR_SYS;
        }

        struct str bytes = { p, n }, hex = hash_sha256_hex(a, bytes);
        snprintf(e->etag, sizeof(e->etag), "\"%.32s\"", hex.p);
        e->packed = path_is_packable(ret->name) ? pack(bytes) : NULL;
        e->plain = respond(a, bytes);
        if (!e->plain)
                return ERR_SYS;
        finish(e, false, ret);
        cache_describe(ret, e->plain);
        if (e->packed) {
                finish(e, true, ret);
                cache_describe(ret, e->packed);
                MHD_add_response_header(e->packed, "Content-Encoding", "gzip");
        }
        remember_state(e, st);
        c->used_b += n + n / 2;
        return 0;
}

/* A large file goes from disk to socket; its ETag is the file's identity,
 * which changes with each replacing. Owns fd. */
static int stream(int fd, const struct stat *st, struct cache_answer *ret)
{
        unsigned long long size = (unsigned long long)st->st_size;

        ret->response = MHD_create_response_from_fd64(size, fd);
        if (!ret->response) {
                close(fd);
                return ERR_SYS;
        }
        snprintf(ret->etag, sizeof(ret->etag), "\"%llx-%llx-%llx.%lx\"",
                 (unsigned long long)st->st_ino, size,
                 (unsigned long long)st->st_mtim.tv_sec,
                 (unsigned long)st->st_mtim.tv_nsec);
        cache_describe(ret, ret->response);
        return 0;
}

static struct entry *entry_at(struct cache *c, struct str name)
{
        if (c->used_b > c->max_b || map_count(c->files) >= KEPT_FILES)
                forget_all(c);

        void **place = map_at(c->files, name);
        if (!*place)
                *place = arena_alloc(c->index, sizeof(struct entry));
        return *place;
}

int cache_find(struct cache *c, struct arena *a, const struct path *path,
               bool gzip, struct cache_answer *ret)
{
        struct cache_answer answer = { 0 };
        struct stat st;
        int fd = open_file(c, a, path, &answer.name, &st);
        int rc = 0;

        if (fd < 0)
                return fd;
        answer.mtime_at = st.st_mtim.tv_sec;
        if ((size_t)st.st_size > KEPT_FILE_B) {
                rc = stream(fd, &st, &answer);
        } else {
                struct entry *e = entry_at(c, answer.name);

                if (!is_fresh(e, &st))
                        rc = load(c, e, fd, &st, &answer);
                if (rc == 0)
                        finish(e, gzip, &answer);
                close(fd);
        }
        if (rc == 0)
                *ret = answer;
        return rc;
}

void cache_release(struct cache_answer *answer)
{
        if (answer->response && !answer->is_kept)
                MHD_destroy_response(answer->response);
        answer->response = NULL;
}
