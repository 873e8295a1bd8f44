#include "wire/charset.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "wire/entity.h"

#define LOOK_B 2048 /* how far a document's own label is looked for */
#define NAME_MAX_B 40
#define GUESS_B (2 * 1024)
#define AROUND_B 24
#define GUESS_MIN 30 /* of 100, how sure ICU must be */

static bool is_name_char(char c)
{
        return chr_is_alnum(c) || (c && strchr("-_.:+", c));
}

/* The word after the key, as in charset="x", encoding='x', charset=x. */
static struct str label_after(struct str s, struct str key)
{
        size_t at = str_find_nocase(s, key, 0);

        if (at == STR_NONE)
                return STR_NULL;
        at += key.n;
        while (at < s.n && (chr_is_space(s.p[at]) || strchr("=\"'", s.p[at])))
                at++;
        size_t from = at;
        while (at < s.n && is_name_char(s.p[at]))
                at++;
        return at > from ? str_sub(s, from, at - from) : STR_NULL;
}

static struct str own_label(struct str bytes)
{
        struct str head = str_sub(bytes, 0, LOOK_B);
        size_t end = str_find(head, STR("?>"), 0);

        if (str_starts(str_trim(head), STR("<?xml")) && end != STR_NONE)
                return label_after(str_sub(head, 0, end), STR("encoding"));
        if (str_find_nocase(head, STR("<meta"), 0) != STR_NONE)
                return label_after(head, STR("charset"));
        return STR_NULL;
}

/* A byte order mark, or the zeros in "<?" of a wide encoding without one. */
static struct str label_of_start(struct str bytes)
{
        static const struct {
                const char *bytes;
                size_t n;
                const char *label;
        } starts[] = {
                { "\xEF\xBB\xBF", 3, "utf-8" },
                { "\xFF\xFE\0\0", 4, "utf-32le" },
                { "\0\0\xFE\xFF", 4, "utf-32be" },
                { "\xFF\xFE", 2, "utf-16le" },
                { "\xFE\xFF", 2, "utf-16be" },
                { "<\0\0\0", 4, "utf-32le" },
                { "\0\0\0<", 4, "utf-32be" },
                { "<\0", 2, "utf-16le" },
                { "\0<", 2, "utf-16be" },
                { "\x4C\x6F\xA7\x94", 4, "ibm-1047" },
        };

        for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
                if (bytes.n >= starts[i].n &&
                    memcmp(bytes.p, starts[i].bytes, starts[i].n) == 0)
                        return str_c(starts[i].label);
        return STR_NULL;
}

/* What the web means by a label. */
static const char *real_name(struct arena *a, struct str label)
{
        static const struct {
                struct str label;
                const char *name;
        } folds[] = {
                { STR_INIT("iso-8859-1"), "windows-1252" },
                { STR_INIT("latin1"), "windows-1252" },
                { STR_INIT("us-ascii"), "windows-1252" },
                { STR_INIT("ascii"), "windows-1252" },
                { STR_INIT("iso-8859-9"), "windows-1254" },
                { STR_INIT("iso-8859-11"), "windows-874" },
                { STR_INIT("tis-620"), "windows-874" },
                { STR_INIT("gb2312"), "gb18030" },
                { STR_INIT("gb_2312-80"), "gb18030" },
                { STR_INIT("gbk"), "gb18030" },
                { STR_INIT("x-gbk"), "gb18030" },
                { STR_INIT("big5"), "big5-hkscs" },
                { STR_INIT("ks_c_5601-1987"), "windows-949" },
                { STR_INIT("euc-kr"), "windows-949" },
                { STR_INIT("shift_jis"), "windows-31j" },
                { STR_INIT("utf8"), "utf-8" },
        };

        for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++)
                if (str_eq_nocase(folds[i].label, label))
                        return folds[i].name;
        return arena_cstr(a, str_sub(label, 0, NAME_MAX_B));
}

/* Converted; absent when the label names no encoding. */
static struct str convert(struct arena *a, struct str bytes, const char *name)
{
        UErrorCode status = U_ZERO_ERROR;
        UConverter *from = ucnv_open(name, &status);
        UConverter *to = ucnv_open("utf-8", &status);
        struct str ret = STR_NULL;

        if (U_SUCCESS(status)) {
                size_t size = bytes.n * 3 + 16;
                char *out = arena_room(a, size), *at = out;
                const char *in = bytes.p;
                UChar pivot[1024], *source = pivot, *target = pivot;

                ucnv_convertEx(to, from, &at, out + size, &in,
                               bytes.p + bytes.n, pivot, &source, &target,
                               pivot + 1024, true, true, &status);
                ret = (struct str) { out, (size_t)(at - out) };
        }
        ucnv_close(from);
        ucnv_close(to);
        return ret;
}

static void note(struct arena *a, struct str *ret_note, const char *text,
                 struct str label)
{
        if (ret_note)
                *ret_note = arena_printf(a, "%s" STR_FMT, text, STR_ARG(label));
}

static struct str without_mark(struct str s)
{
        return str_starts(s, STR("\xEF\xBB\xBF")) ? str_sub(s, 3, s.n) : s;
}

#define IS_WIDE(v) ((v) >= 0x80)

/*
 * What tells encodings apart: the first wide bytes, each with the letters
 * around it. ICU looks at each byte with the eyes of thirty languages.
 */
static struct str passages(struct arena *a, struct str s)
{
        char *out = arena_room(a, GUESS_B);
        size_t n = 0, done = 0;

        for (size_t i = 0; i < s.n; i = done) {
                BYTES_FIND(i, s, IS_WIDE);
                if (i == s.n)
                        break;

                size_t from = i > done + AROUND_B ? i - AROUND_B : done;
                struct str part = str_sub(s, from, i - from + AROUND_B);

                part = str_sub(part, 0, GUESS_B - n);
                memcpy(out + n, part.p, part.n);
                n += part.n;
                done = from + part.n;
                if (n == GUESS_B)
                        break;
        }
        return (struct str) { out, n };
}

/* What ICU makes of the bytes, where they give no hint; absent: nothing sure.
 */
static const char *guess(struct arena *a, struct str bytes)
{
        UErrorCode status = U_ZERO_ERROR;
        UCharsetDetector *d = ucsdet_open(&status);
        const UCharsetMatch *match;
        const char *name = NULL;

        struct str part = passages(a, bytes);

        ucsdet_setText(d, part.p, (int32_t)part.n, &status);
        match = ucsdet_detect(d, &status);
        if (U_SUCCESS(status) && match &&
            ucsdet_getConfidence(match, &status) >= GUESS_MIN)
                name = ucsdet_getName(match, &status);
        if (name &&
            (!strncasecmp(name, "iso-8859-1", 11) ||
             !strncasecmp(name, "utf", 3) || !strncasecmp(name, "ibm", 3)))
                name = NULL;
        if (name)
                name = arena_cstr(a, str_c(name));
        ucsdet_close(d);
        return name;
}

/* Controls of the second row are the letters that Windows has there. */
static struct str mend_windows(struct arena *a, struct str s)
{
        struct buf out;
        size_t from = 0, at = 0;

        buf_init(&out, s.n * 2);
        while ((at = str_chr(s, '\xC2', at)) != STR_NONE) {
                uint32_t code;

                if (at + 1 < s.n && (unsigned char)s.p[at + 1] < 0xA0) {
                        struct str ref = arena_printf(
                                a, "&#%d;", (unsigned char)s.p[at + 1]);
                        buf_put(&out, str_sub(s, from, at - from));
                        if (entity_read(ref, &code))
                                utf8_put(&out, code);
                        from = at + 2;
                }
                at++;
        }
        if (from == 0)
                return s;
        buf_put(&out, str_sub(s, from, s.n - from));
        struct str ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

/*
 * How long the sequence at s is that has UTF-8's shape though not its meaning
 * (a surrogate, a form too long): in any one-byte encoding that would be an
 * odd run of signs. 0: it has not.
 */
static size_t shaped_length(struct str s)
{
        unsigned char lead = (unsigned char)s.p[0];
        size_t n = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : 0;

        if (lead >= 0xF8 || n > s.n)
                return 0;
        for (size_t i = 1; i < n; i++)
                if (((unsigned char)s.p[i] & 0xC0) != 0x80)
                        return 0;
        return n;
}

/* One bad byte in much good text is a slip; more, another encoding. */
static bool is_other_encoding(struct str s)
{
        size_t bad = 0, good = 0;

        while (s.n) {
                struct str at = s;
                bool is_wide = (unsigned char)*s.p >= 0x80;
                bool is_bad = utf8_next(&s) == UTF8_BAD && at.n - s.n == 1;
                size_t shaped = is_bad ? shaped_length(at) : 0;

                if (shaped)
                        s = str_sub(at, shaped, at.n);
                bad += is_bad && !shaped;
                good += shaped ? shaped : is_wide && !is_bad;
        }
        return bad > good;
}

/* Bytes that should be UTF-8 as their label says, or for want of one. */
static struct str take_utf8(struct arena *a, struct str bytes,
                            struct str *ret_note)
{
        bytes = mend_windows(a, bytes);
        struct str clean = utf8_repair(a, bytes);

        if (clean.p == bytes.p)
                return bytes;
        if (utf8_is_valid(bytes)) {
                note(a, ret_note, "control characters were dropped", STR(""));
                return clean;
        }
        if (is_other_encoding(bytes)) {
                const char *name = guess(a, bytes);

                if (!name)
                        name = "windows-1252";
                note(a, ret_note, "the bytes are no UTF-8: read as ",
                     str_c(name));
                return utf8_repair(a, convert(a, bytes, name));
        }
        note(a, ret_note, "bytes that are no UTF-8 were replaced", STR(""));
        return clean;
}

/* Text in such an encoding is valid UTF-8 only when it is UTF-8 in truth. */
static bool is_one_byte(struct str label)
{
        return str_starts_nocase(label, STR("iso-8859")) ||
               str_starts_nocase(label, STR("windows-125")) ||
               str_starts_nocase(label, STR("latin"));
}

struct str charset_to_utf8(struct arena *a, struct str bytes,
                           struct str content_type, struct str *ret_note)
{
        struct str label = label_of_start(bytes), text;

        if (ret_note)
                *ret_note = STR_NULL;
        if (!label.p)
                label = label_after(content_type, STR("charset"));
        /* text/xml without a charset is said to be ASCII: no one means it. */
        if (!label.p || str_eq_nocase(label, STR("us-ascii")))
                label = own_label(bytes);
        if (!label.p || str_eq_nocase(label, STR("utf-8")) ||
            str_eq_nocase(label, STR("utf8")))
                return take_utf8(a, without_mark(bytes), ret_note);
        /* A label in letters that could be read is in no wide encoding. */
        if (str_starts_nocase(label, STR("utf-16")) && bytes.n > 1 &&
            bytes.p[0] && bytes.p[1] && (unsigned char)bytes.p[0] < 0xFE)
                return take_utf8(a, bytes, ret_note);
        if (is_one_byte(label) && utf8_is_valid(bytes))
                return take_utf8(a, bytes, ret_note);
        text = convert(a, bytes, real_name(a, label));
        if (!text.p) {
                note(a, ret_note, "an encoding we don't know: ", label);
                return take_utf8(a, bytes, NULL);
        }
        return utf8_repair(a, without_mark(text));
}
