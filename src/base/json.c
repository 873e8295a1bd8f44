#include "base/json.h"

#include <assert.h>
#include <math.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/time.h"

void json_init(struct json *j, struct buf *out)
{
        *j = (struct json) { .out = out };
}

static void before_value(struct json *j)
{
        if (j->comma[j->depth])
                buf_char(j->out, ',');
        j->comma[j->depth] = true;
}

void json_open(struct json *j, char bracket)
{
        before_value(j);
        assert(j->depth + 1 < JSON_DEPTH_MAX);
        j->comma[++j->depth] = false;
        buf_char(j->out, bracket);
}

void json_close(struct json *j, char bracket)
{
        assert(j->depth > 0);
        j->depth--;
        buf_char(j->out, bracket);
}

#define IS_ESCAPED(v) (((v) < 0x20) | ((v) == '"') | ((v) == '\\'))

static void put_escape(struct buf *b, char c)
{
        switch (c) {
        case '"':
                buf_puts(b, "\\\"");
                break;
        case '\\':
                buf_puts(b, "\\\\");
                break;
        case '\n':
                buf_puts(b, "\\n");
                break;
        case '\t':
                buf_puts(b, "\\t");
                break;
        default:
                buf_printf(b, "\\u%04x", (unsigned char)c);
                break;
        }
}

/* Quoted and escaped (RFC 8259, 7), plain stretches copied at once. */
static void put_string(struct buf *b, struct str s)
{
        buf_char(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                BYTES_COPY(b, i, s, IS_ESCAPED);
                if (i < s.n)
                        put_escape(b, s.p[i]);
        }
        buf_char(b, '"');
}

void json_key(struct json *j, const char *key)
{
        before_value(j);
        put_string(j->out, str_c(key));
        buf_char(j->out, ':');
        j->comma[j->depth] = false; /* the value follows without one */
}

void json_str(struct json *j, struct str s)
{
        before_value(j);
        if (s.p)
                put_string(j->out, s);
        else
                buf_puts(j->out, "null");
}

void json_int(struct json *j, int64_t n)
{
        before_value(j);
        uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;

        if (n < 0)
                buf_char(j->out, '-');
        buf_u64(j->out, size);
}

void json_double(struct json *j, double d)
{
        before_value(j);
        if (isfinite(d))
                buf_printf(j->out, "%.6g", d);
        else
                buf_puts(j->out, "null");
}

void json_bool(struct json *j, bool b)
{
        before_value(j);
        buf_puts(j->out, b ? "true" : "false");
}

void json_nil(struct json *j)
{
        before_value(j);
        buf_puts(j->out, "null");
}

void json_time(struct json *j, int64_t at)
{
        before_value(j);
        if (at == TIME_NONE) {
                buf_puts(j->out, "null");
                return;
        }
        buf_char(j->out, '"');
        time_put_rfc3339(j->out, at);
        buf_char(j->out, '"');
}
