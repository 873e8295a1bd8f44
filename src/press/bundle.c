#include "press/bundle.h"

#include <zip.h>

#include "base/arena.h"
#include "base/limits.h"

/* The first day that the format knows; midnight is 0. */
#define DOS_1980_01_01 (1 << 5 | 1)
#define LEVEL 6

static int failed(struct err *err, zip_error_t *why)
{
        int rc = err_set(err, ERR_SYS, "can't pack a book: %s",
                         zip_error_strerror(why));

        zip_error_fini(why);
        return rc;
}

/* What has no letters in it is packed already. */
static bool is_stored(size_t at, struct str name)
{
        return at == 0 || str_ends(name, STR(".png"));
}

static bool add(struct arena *a, zip_t *z, size_t at, const struct printed *f)
{
        zip_source_t *source = zip_source_buffer(z, f->bytes.p, f->bytes.n, 0);
        zip_int64_t i;

        if (!source)
                return false;
        i = zip_file_add(z, arena_cstr(a, f->path), source, 0);
        if (i < 0) {
                zip_source_free(source);
                return false;
        }
        return zip_set_file_compression(
                       z, (zip_uint64_t)i,
                       is_stored(at, f->path) ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                       is_stored(at, f->path) ? 0 : LEVEL) == 0 &&
               zip_file_set_dostime(z, (zip_uint64_t)i, 0, DOS_1980_01_01, 0) ==
                       0;
}

/* Write the archive into its source. */
static int pack(struct arena *a, zip_source_t *into,
                const struct printed_list *files, struct err *err)
{
        zip_error_t why;
        zip_t *z;

        zip_error_init(&why);
        zip_source_keep(into);
        z = zip_open_from_source(into, ZIP_CREATE | ZIP_TRUNCATE, &why);
        if (!z) {
                zip_source_free(into);
                return failed(err, &why);
        }
        for (size_t i = 0; i < files->n; i++) {
                if (add(a, z, i, &files->items[i]))
                        continue;
                int rc = err_set(err, ERR_SYS, "can't pack a book: %s",
                                 zip_strerror(z));
                zip_discard(z);
                return rc;
        }
        if (zip_close(z) == 0)
                return 0;
        int rc =
                err_set(err, ERR_SYS, "can't pack a book: %s", zip_strerror(z));
        zip_discard(z);
        return rc;
}

/* The bytes that a source holds. */
static int take(struct arena *a, zip_source_t *from, struct str *ret,
                struct err *err)
{
        zip_stat_t st;
        char *bytes;

        if (zip_source_stat(from, &st) < 0 || zip_source_open(from) < 0)
                return err_set(err, ERR_SYS, "can't read a book back");
        if (st.size > LIMIT_OUTPUT_B) {
                (void)zip_source_close(from);
                return err_set(err, ERR_LIMIT, "a book of over %d bytes",
                               LIMIT_OUTPUT_B);
        }
        bytes = arena_alloc(a, st.size + 1);

        zip_int64_t n = zip_source_read(from, bytes, st.size);

        (void)zip_source_close(from);
        if (n < 0 || (zip_uint64_t)n != st.size)
                return err_set(err, ERR_SYS, "can't read a book back");
        *ret = (struct str) { bytes, (size_t)n };
        return 0;
}

int bundle_zip(struct arena *a, const struct printed_list *files,
               struct str *ret, struct err *err)
{
        zip_error_t why;
        zip_source_t *source;
        int rc;

        zip_error_init(&why);
        source = zip_source_buffer_create(NULL, 0, 0, &why);
        if (!source)
                return failed(err, &why);
        rc = pack(a, source, files, err);
        if (rc == 0)
                rc = take(a, source, ret, err);
        zip_source_free(source);
        return rc;
}
