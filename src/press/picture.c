#include "press/picture.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"

#define LEVEL 6
#define PIECE_B 65536

static void put_u32(struct buf *b, uint32_t v)
{
        for (int shift = 24; shift >= 0; shift -= 8)
                buf_char(b, (char)(v >> shift & 255));
}

/* A chunk: its length, its name and bytes, their check sum. */
static void put_chunk(struct buf *b, const char *name, struct str bytes)
{
        uLong sum = crc32(0, (const Bytef *)name, 4);

        put_u32(b, (uint32_t)bytes.n);
        buf_put(b, (struct str) { name, 4 });
        buf_put(b, bytes);
        if (bytes.n)
                sum = crc32(sum, (const Bytef *)bytes.p, (uInt)bytes.n);
        put_u32(b, (uint32_t)sum);
}

static void put_header(struct buf *b, int width, int height)
{
        struct buf head;
        char room[16];

        buf_over(&head, room, sizeof(room));
        put_u32(&head, (uint32_t)width);
        put_u32(&head, (uint32_t)height);
        /* Eight bits of red, green and blue; the only packing, filters and
         * order that there are. */
        buf_put(&head, (struct str) { "\x08\x02\0\0\0", 5 });
        buf_put(b, STR("\x89PNG\r\n\x1a\n"));
        put_chunk(b, "IHDR", buf_str(&head));
}

/* A row as PNG has it: "no filter", then red, green, blue. */
static void take_row(const unsigned char *from, int width, unsigned char *row)
{
        *row++ = 0;
        for (int x = 0; x < width; x++, row += 3) {
                uint32_t v;

                memcpy(&v, from + 4 * x, 4);
                row[0] = (unsigned char)(v >> 16 & 255);
                row[1] = (unsigned char)(v >> 8 & 255);
                row[2] = (unsigned char)(v & 255);
        }
}

/* All that zlib has to say now. */
static void drain(z_stream *z, int flush, struct buf *out)
{
        unsigned char piece[PIECE_B];

        do {
                z->next_out = piece;
                z->avail_out = sizeof(piece);
                (void)deflate(z, flush);
                buf_put(out, (struct str) { (const char *)piece,
                                            sizeof(piece) - z->avail_out });
        } while (!z->avail_out);
}

static bool pack(struct arena *a, cairo_surface_t *surface, struct buf *out)
{
        int width = cairo_image_surface_get_width(surface),
            height = cairo_image_surface_get_height(surface),
            stride = cairo_image_surface_get_stride(surface);
        const unsigned char *data = cairo_image_surface_get_data(surface);
        unsigned char *row = arena_alloc(a, (size_t)width * 3 + 1);
        z_stream z = { 0 };

        if (deflateInit(&z, LEVEL) != Z_OK)
                return false;
        for (int y = 0; y < height; y++) {
                take_row(data + (ptrdiff_t)stride * y, width, row);
                z.next_in = row;
                z.avail_in = (uInt)width * 3 + 1;
                drain(&z, Z_NO_FLUSH, out);
        }
        drain(&z, Z_FINISH, out);
        deflateEnd(&z);
        return true;
}

int picture_png(struct arena *a, cairo_surface_t *surface, struct str *ret,
                struct err *err)
{
        struct buf packed, b;
        int rc = 0;

        cairo_surface_flush(surface);
        if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
                return err_set(
                        err, ERR_SYS, "can't draw a picture: %s",
                        cairo_status_to_string(cairo_surface_status(surface)));
        buf_init(&packed, LIMIT_OUTPUT_B);
        buf_init(&b, LIMIT_OUTPUT_B);
        if (!pack(a, surface, &packed))
                rc = err_set(err, ERR_SYS, "can't pack a picture");
        put_header(&b, cairo_image_surface_get_width(surface),
                   cairo_image_surface_get_height(surface));
        put_chunk(&b, "IDAT", buf_str(&packed));
        put_chunk(&b, "IEND", STR(""));
        if (rc == 0 && (!buf_ok(&b) || !buf_ok(&packed)))
                rc = err_set(err, ERR_LIMIT, "a picture of over %d bytes",
                             LIMIT_OUTPUT_B);
        if (rc == 0)
                *ret = arena_str(a, buf_str(&b));
        buf_done(&packed);
        buf_done(&b);
        return rc;
}
