#include "wire/record.h"

#include <string.h>

#include "base/buf.h"

/* As it stands before each field. */
struct field_head {
        uint16_t tag, kind;
        uint32_t length;
};

_Static_assert(sizeof(struct field_head) == RECORD_FIELD_B, "no padding");

/* --- writing ------------------------------------------------------------ */

static void put_raw(struct buf *out, const void *p, size_t n)
{
        buf_put(out, (struct str) { p, n });
}

static void put_head(struct buf *out, unsigned tag, enum record_kind kind,
                     size_t n)
{
        struct field_head head = { (uint16_t)tag, (uint16_t)kind, (uint32_t)n };

        if (n > RECORD_MAX_B)
                out->failed = true;
        put_raw(out, &head, sizeof(head));
}

void record_put(struct buf *out, unsigned tag, enum record_kind kind,
                struct str bytes)
{
        put_head(out, tag, kind, bytes.n);
        buf_put(out, bytes);
}

void record_put_int(struct buf *out, unsigned tag, int64_t n)
{
        put_head(out, tag, RECORD_INT, sizeof(n));
        put_raw(out, &n, sizeof(n));
}

size_t record_open(struct buf *out, unsigned tag, enum record_kind kind)
{
        put_head(out, tag, kind, 0);
        return out->n;
}

/* The length ahead of what was written since mark. */
static void close_at(struct buf *out, size_t mark)
{
        size_t n = out->n - mark;
        uint32_t length = (uint32_t)n;

        if (n > RECORD_MAX_B)
                out->failed = true;
        if (buf_ok(out))
                memcpy(out->p + mark - sizeof(length), &length, sizeof(length));
}

void record_close(struct buf *out, size_t mark)
{
        close_at(out, mark);
}

size_t record_open_part(struct buf *out)
{
        uint32_t length = 0;

        put_raw(out, &length, sizeof(length));
        return out->n;
}

void record_close_part(struct buf *out, size_t mark)
{
        close_at(out, mark);
}

/* --- reading ------------------------------------------------------------ */

void record_init(struct record *r, struct str bytes)
{
        *r = (struct record) { .rest = bytes };
}

static bool fail(struct record *r, const char *fault)
{
        if (!r->fault)
                r->fault = fault;
        return false;
}

static struct str cut(struct record *r, size_t n)
{
        struct str part = { r->rest.p, n };

        r->rest.p += n;
        r->rest.n -= n;
        return part;
}

/* Is the field that comes next one with this tag? */
static bool comes_next(struct record *r, unsigned tag, struct field_head *ret)
{
        if (r->fault || !r->rest.n)
                return false;
        if (r->rest.n < sizeof(*ret))
                return fail(r, "it ends within a field");
        memcpy(ret, r->rest.p, sizeof(*ret));
        if (ret->tag <= r->last_tag)
                return fail(r, "a field is there twice or out of order");
        return ret->tag == tag;
}

bool record_take(struct record *r, unsigned tag, enum record_kind kind,
                 size_t max_b, struct str *ret)
{
        struct field_head head;

        if (!comes_next(r, tag, &head))
                return false;
        if (head.kind != kind)
                return fail(r, "a field is of another kind");
        if (head.length > max_b)
                return fail(r, "a field is too long");
        if (head.length > r->rest.n - sizeof(head))
                return fail(r, "a field reaches past its end");
        cut(r, sizeof(head));
        r->last_tag = tag;
        *ret = cut(r, head.length);
        return true;
}

bool record_take_int(struct record *r, unsigned tag, int64_t min, int64_t max,
                     int64_t *ret)
{
        struct str bytes;
        int64_t n;

        if (!record_take(r, tag, RECORD_INT, sizeof(n), &bytes))
                return false;
        if (bytes.n != sizeof(n))
                return fail(r, "a number is too short");
        memcpy(&n, bytes.p, sizeof(n));
        if (n < min || n > max)
                return fail(r, "a number is out of range");
        *ret = n;
        return true;
}

bool record_next_part(struct record *r, struct str *ret)
{
        uint32_t length;

        if (r->fault || !r->rest.n)
                return false;
        if (r->rest.n < sizeof(length))
                return fail(r, "it ends within a list");
        memcpy(&length, r->rest.p, sizeof(length));
        if (length > r->rest.n - sizeof(length))
                return fail(r, "a part of a list reaches past its end");
        cut(r, sizeof(length));
        *ret = cut(r, length);
        return true;
}

int record_end(const struct record *r, struct err *err)
{
        if (r->fault)
                return err_set(err, ERR_INPUT, "%s", r->fault);
        if (r->rest.n)
                return err_set(err, ERR_INPUT,
                               "there is a field that nobody knows");
        return 0;
}
