#include "wire/unpack.h"

#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

#define CHUNK_B ((size_t)65536)
#define GZIP_ONLY (16 + MAX_WBITS)

bool unpack_is_packed(struct str bytes)
{
        return str_starts(bytes, STR("\x1F\x8B\x08"));
}

/* Till it ends, breaks off or is too much. */
static void inflate_to(struct buf *out, z_stream *z)
{
        int rc;

        do {
                size_t before = out->n;
                char *room = buf_room(out, CHUNK_B);

                if (!room)
                        return;
                z->next_out = (Bytef *)room;
                z->avail_out = CHUNK_B;
                rc = inflate(z, Z_NO_FLUSH);
                buf_cut(out, before + CHUNK_B - z->avail_out);
        } while (rc == Z_OK);
}

int unpack(struct arena *a, struct str bytes, size_t max_b, struct str *ret,
           struct err *err)
{
        z_stream z = { 0 };
        struct buf out;
        int rc = 0;

        if (inflateInit2(&z, GZIP_ONLY) != Z_OK)
                return err_set(err, ERR_LIMIT, "no memory to unpack it");
        z.next_in = (Bytef *)(uintptr_t)bytes.p;
        z.avail_in = (uInt)bytes.n;
        buf_init(&out, max_b + CHUNK_B);
        inflate_to(&out, &z);
        inflateEnd(&z);
        if (!buf_ok(&out) || out.n > max_b)
                rc = err_set(err, ERR_LIMIT, "unpacked it is over %zu bytes",
                             max_b);
        else if (!out.n)
                rc = err_set(err, ERR_INPUT, "it is packed, and broken");
        else
                *ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return rc;
}
