#include "post/mime.h"

#include <string.h>

#include <sodium.h>

#include "base/buf.h"
#include "base/utf8.h"

#define WORD_MAX 75       /* RFC 2047, 2: one encoded word */
#define WORD_FRAME 12     /* =?UTF-8?B? and ?= */
#define ASCII_WORD_MAX 60 /* longer ones can't be folded: encode them */

static bool is_plain(char c)
{
        return c >= 33 && c <= 126 && c != '=';
}

/* May byte i of the line stand as it is? A blank may not end a line, and a
 * leading "From " is changed by mail stores of the old format. */
static bool stands(struct str line, size_t i)
{
        char c = line.p[i];

        if (c == ' ' || c == '\t')
                return i + 1 < line.n;
        if (i == 0 && c == 'F' && str_starts(line, STR("From ")))
                return false;
        return is_plain(c);
}

static void put_qp_line(struct buf *out, struct str line)
{
        size_t column = 0;

        for (size_t i = 0; i < line.n; i++) {
                bool as_is = stands(line, i);
                size_t width = as_is ? 1 : 3;
                /* The last byte may use the column that "=" has else. */
                size_t most = MIME_LINE_MAX - (i + 1 < line.n ? 1 : 0);

                if (column + width > most) {
                        buf_put(out, STR("=\r\n"));
                        column = 0;
                }
                if (as_is)
                        buf_char(out, line.p[i]);
                else
                        buf_printf(out, "=%02X", (unsigned char)line.p[i]);
                column += width;
        }
}

void mime_put_qp(struct buf *out, struct str text)
{
        while (text.n) {
                size_t end = str_chr(text, '\n', 0);
                struct str line = str_sub(text, 0, end);

                if (end != STR_NONE && str_ends(line, STR("\r")))
                        line.n--;
                put_qp_line(out, line);
                if (end == STR_NONE)
                        return;
                buf_put(out, STR("\r\n"));
                text = str_sub(text, end + 1, text.n);
        }
}

static bool is_control(char c)
{
        return (unsigned char)c < 32 || c == 127;
}

/* Can it stand in a header as it is? Not what would be read as encoded, nor
 * what can't be folded. */
static bool is_header_text(struct str s)
{
        size_t run = 0;

        for (size_t i = 0; i < s.n; i++) {
                run = s.p[i] == ' ' ? 0 : run + 1;
                if ((unsigned char)s.p[i] > 126 || run > ASCII_WORD_MAX)
                        return false;
        }
        return str_find(s, STR("=?"), 0) == STR_NONE;
}

static void put_encoded_word(struct buf *out, struct str part)
{
        char b64[sodium_base64_ENCODED_LEN(WORD_MAX,
                                           sodium_base64_VARIANT_ORIGINAL)];

        sodium_bin2base64(b64, sizeof(b64), (const unsigned char *)part.p,
                          part.n, sodium_base64_VARIANT_ORIGINAL);
        buf_puts(out, "=?UTF-8?B?");
        buf_puts(out, b64);
        buf_puts(out, "?=");
}

/* column: where the first word starts. Controls become blanks. */
static void put_encoded(struct buf *out, size_t column, struct str s)
{
        while (s.n) {
                size_t room = MIME_LINE_MAX - column;

                if (room > WORD_MAX)
                        room = WORD_MAX;
                size_t most = (room - WORD_FRAME) / 4 * 3;
                struct str part = utf8_clip(s, most);
                char clean[WORD_MAX];

                if (part.n == 0)
                        part = str_sub(s, 0, most); /* not UTF-8 */
                for (size_t i = 0; i < part.n; i++)
                        clean[i] = is_control(part.p[i]) ? ' ' : part.p[i];
                put_encoded_word(out, (struct str) { clean, part.n });
                s = str_sub(s, part.n, s.n);
                if (s.n)
                        buf_put(out, STR("\r\n "));
                column = 1;
        }
}

/* ASCII words, folded before the one that passes the line's end. Returns the
 * column after them. */
static size_t put_folded(struct buf *out, size_t column, struct str s)
{
        struct str word;
        bool is_first = true;

        while (str_cut(&s, ' ', &word)) {
                if (!word.n)
                        continue;
                if (!is_first && column + 1 + word.n > MIME_LINE_MAX) {
                        buf_put(out, STR("\r\n"));
                        column = 0;
                }
                if (!is_first) {
                        buf_char(out, ' ');
                        column++;
                }
                buf_put(out, word);
                column += word.n;
                is_first = false;
        }
        return column;
}

/* The value with controls as blanks, in copy. */
static struct str without_controls(struct buf *copy, struct str s)
{
        buf_init(copy, s.n + 1);
        for (size_t i = 0; i < s.n; i++)
                buf_char(copy, is_control(s.p[i]) ? ' ' : s.p[i]);
        return str_trim(buf_str(copy));
}

static size_t put_name(struct buf *out, const char *name)
{
        buf_puts(out, name);
        buf_put(out, STR(": "));
        return strlen(name) + 2;
}

void mime_put_text(struct buf *out, const char *name, struct str value)
{
        struct buf copy;
        struct str s = without_controls(&copy, value);
        size_t column = put_name(out, name);

        if (is_header_text(s))
                (void)put_folded(out, column, s);
        else
                put_encoded(out, column, s);
        buf_put(out, STR("\r\n"));
        buf_done(&copy);
}

/* Words of a mailbox: atoms as they are, else a quoted string (RFC 5322). */
static void put_phrase(struct buf *out, size_t column, struct str s)
{
        static const char specials[] = "()<>[]:;@\\,.\"";
        struct buf quoted;
        bool is_atoms = true;

        for (size_t i = 0; i < s.n; i++)
                is_atoms &= !strchr(specials, s.p[i]);
        if (is_atoms) {
                (void)put_folded(out, column, s);
                return;
        }
        buf_init(&quoted, 2 * s.n + 2);
        buf_char(&quoted, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"' || s.p[i] == '\\')
                        buf_char(&quoted, '\\');
                buf_char(&quoted, s.p[i]);
        }
        buf_char(&quoted, '"');
        (void)put_folded(out, column, buf_str(&quoted));
        buf_done(&quoted);
}

void mime_put_mailbox(struct buf *out, const char *name, struct str words,
                      struct str address)
{
        struct buf copy;
        struct str s = without_controls(&copy, words);
        size_t start = out->n, column = put_name(out, name);

        if (s.n && is_header_text(s))
                put_phrase(out, column, s);
        else if (s.n)
                put_encoded(out, column, s);
        if (s.n) {
                /* The address goes to a line of its own if it doesn't fit. */
                size_t from = start;
                for (size_t i = start; i < out->n; i++)
                        if (out->p[i] == '\n')
                                from = i + 1;
                bool fits = out->n - from + 3 + address.n <= MIME_LINE_MAX;
                buf_puts(out, fits ? " " : "\r\n ");
        }
        buf_char(out, '<');
        buf_put(out, address);
        buf_put(out, STR(">\r\n"));
        buf_done(&copy);
}

void mime_put_uris(struct buf *out, const char *name, const struct str *uris,
                   size_t n)
{
        size_t column = put_name(out, name);

        for (size_t i = 0; i < n; i++) {
                size_t width = uris[i].n + 3;

                if (i)
                        buf_char(out, ',');
                if (column + width > MIME_LINE_MAX) {
                        if (!i && out->n)
                                buf_cut(out, out->n - 1); /* Name:CRLF */
                        buf_put(out, STR("\r\n "));
                        column = 1;
                } else if (i) {
                        buf_char(out, ' ');
                        column++;
                }
                buf_char(out, '<');
                buf_put(out, uris[i]);
                buf_char(out, '>');
                column += width;
        }
        buf_put(out, STR("\r\n"));
}
