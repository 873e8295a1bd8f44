#include "base/flat.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"

#define DIGITS_MOST 15 /* of a number that surely is in range */

struct reader {
        struct str json;
        size_t at;
        struct buf *room;
};

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next byte that is no blank; NUL at the end. */
static char peek(struct reader *r)
{
        while (r->at < r->json.n && is_blank(r->json.p[r->at]))
                r->at++;
        return r->at < r->json.n ? r->json.p[r->at] : '\0';
}

static bool take(struct reader *r, char c)
{
        if (peek(r) != c)
                return false;
        r->at++;
        return true;
}

static bool take_word(struct reader *r, struct str word)
{
        if (!str_eq(str_sub(r->json, r->at, word.n), word))
                return false;
        r->at += word.n;
        return true;
}

/* --- texts ---------------------------------------------------------------- */

/* Four hexadecimal digits. */
static bool take_unit(struct reader *r, uint32_t *ret)
{
        uint32_t unit = 0;

        for (int i = 0; i < 4; i++, r->at++) {
                char c = r->at < r->json.n ? chr_lower(r->json.p[r->at]) : '\0';

                if (chr_is_digit(c))
                        unit = unit << 4 | (uint32_t)(c - '0');
                else if (c >= 'a' && c <= 'f')
                        unit = unit << 4 | (uint32_t)(c - 'a' + 10);
                else
                        return false;
        }
        *ret = unit;
        return true;
}

/* What follows \u: one unit, or two that are a pair. */
static bool take_code(struct reader *r)
{
        uint32_t code, low;

        if (!take_unit(r, &code))
                return false;
        if (code >= 0xD800 && code < 0xE000) {
                if (code >= 0xDC00 || !take_word(r, STR("\\u")) ||
                    !take_unit(r, &low) || low < 0xDC00 || low >= 0xE000)
                        return false;
                code = 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF));
        }
        utf8_put(r->room, code);
        return true;
}

/* What a backslash begins. */
static bool take_escape(struct reader *r)
{
        static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
        char c = r->at + 1 < r->json.n ? r->json.p[r->at + 1] : '\0';
        const char *name = c ? strchr(names, c) : NULL;

        r->at += 2;
        if (name)
                buf_char(r->room, bytes[name - names]);
        return name || (c == 'u' && take_code(r));
}

#define IS_STOP(v) (((v) == '"') | ((v) == '\\') | ((v) < 0x20))

/* The rest of a text that has escapes; its front is in room. */
static bool take_escaped(struct reader *r, struct str front, struct str *ret)
{
        size_t from = r->room->n;

        buf_put(r->room, front);
        while (r->at < r->json.n && r->json.p[r->at] == '\\') {
                if (!take_escape(r))
                        return false;
                BYTES_COPY(r->room, r->at, r->json, IS_STOP);
        }
        *ret = str_sub(buf_str(r->room), from, r->room->n - from);
        return take_word(r, STR("\""));
}

static bool take_text(struct reader *r, struct str *ret)
{
        size_t from;

        if (!take(r, '"'))
                return false;
        from = r->at;
        BYTES_FIND(r->at, r->json, IS_STOP);
        *ret = str_sub(r->json, from, r->at - from);
        return take_word(r, STR("\"")) || take_escaped(r, *ret, ret);
}

/* --- members -------------------------------------------------------------- */

static bool take_number(struct reader *r)
{
        size_t from;
        char after;

        take_word(r, STR("-"));
        from = r->at;
        while (r->at < r->json.n && chr_is_digit(r->json.p[r->at]))
                r->at++;
        after = r->at < r->json.n ? r->json.p[r->at] : '\0';
        return r->at > from && r->at - from <= DIGITS_MOST &&
               (r->json.p[from] != '0' || r->at == from + 1) && after != '.' &&
               chr_lower(after) != 'e';
}

static bool take_value(struct reader *r, struct str *ret)
{
        *ret = STR_NULL;
        switch (peek(r)) {
        case '"':
                return take_text(r, ret);
        case 'n':
                return take_word(r, STR("null"));
        case 't':
                return take_word(r, STR("true"));
        case 'f':
                return take_word(r, STR("false"));
        default:
                return take_number(r);
        }
}

static bool take_member(struct reader *r, struct flat *want, size_t n)
{
        struct str key, text;

        if (!take_text(r, &key) || str_chr(key, '\0', 0) != STR_NONE ||
            !take(r, ':') || !take_value(r, &text))
                return false;
        for (size_t i = 0; i < n; i++)
                if (str_eq(want[i].key, key))
                        want[i].text = text;
        return true;
}

bool flat_read(struct str json, struct buf *room, struct flat *want, size_t n)
{
        struct reader r = { .json = json, .room = room };

        buf_reset(room);
        for (size_t i = 0; i < n; i++)
                want[i].text = STR_NULL;
        /* no text is longer without its escapes: it isn't moved as it grows */
        if (!buf_reserve(room, json.n + FLAT_ROOM_B) || !utf8_is_valid(json) ||
            !take(&r, '{'))
                return false;
        if (!take(&r, '}')) {
                do
                        if (!take_member(&r, want, n))
                                return false;
                while (take(&r, ','));
                if (!take(&r, '}'))
                        return false;
        }
        return peek(&r) == '\0' && r.at == json.n;
}
