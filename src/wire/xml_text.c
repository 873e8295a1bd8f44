#include "wire/xml.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "wire/entity.h"

static struct str find_entity(const struct xml *x, struct str name)
{
        for (size_t i = 0; i < x->n_entities; i++)
                if (str_eq(x->entities[i].name, name))
                        return x->entities[i].value;
        return STR_NULL;
}

#define IS_AMP(v) ((v) == '&')

/* Text with its references replaced, to the scratch buffer. */
static void put_decoded(struct xml *x, struct str s)
{
        for (;;) {
                size_t amp = 0, used;
                uint32_t code;

                BYTES_COPY(x->scratch, amp, s, IS_AMP);
                s = str_sub(s, amp, s.n);
                if (!s.n)
                        return;
                size_t semicolon = x->n_entities
                                           ? str_chr(str_sub(s, 0, 64), ';', 0)
                                           : STR_NONE;
                struct str own = STR_NULL;
                if (semicolon != STR_NONE)
                        own = find_entity(x, str_sub(s, 1, semicolon - 1));
                if (own.p) {
                        entity_decode_to(x->scratch, own);
                        s = str_sub(s, semicolon + 1, s.n);
                        continue;
                }
                used = entity_read(s, &code);
                if (used)
                        utf8_put(x->scratch, code);
                else
                        buf_char(x->scratch, '&');
                s = str_sub(s, used ? used : 1, s.n);
        }
}

struct str xml_decode(struct xml *x, struct str s)
{
        if (!s.n || !memchr(s.p, '&', s.n))
                return s;
        buf_reset(x->scratch);
        put_decoded(x, s);
        return arena_str(x->a, buf_str(x->scratch));
}

/* What stands at '<' within a leaf: its text to scratch, the rest passed. */
static size_t put_markup(struct xml *x, struct str s, size_t i)
{
        struct str rest = str_sub(s, i, s.n);
        size_t end;

        if (str_starts(rest, STR("<![CDATA["))) {
                end = str_find(rest, STR("]]>"), 9);
                buf_put(x->scratch,
                        str_sub(rest, 9, end == STR_NONE ? rest.n : end - 9));
                return end == STR_NONE ? s.n : i + end + 3;
        }
        if (str_starts(rest, STR("<!--")) &&
            (end = str_find(rest, STR("-->"), 4)) != STR_NONE)
                return i + end + 3;
        if (rest.n > 1 &&
            (chr_is_alpha(rest.p[1]) || strchr("/!?", rest.p[1]))) {
                end = str_chr(rest, '>', 0);
                return end == STR_NONE ? s.n : i + end + 1;
        }
        buf_char(x->scratch, '<');
        return i + 1;
}

static bool is_cdata_only(const struct xml_leaf *leaf)
{
        struct str s = str_trim(leaf->raw);

        return leaf->cdata.p && leaf->cdata.p == s.p + 9 &&
               s.n == leaf->cdata.n + XML_CDATA_B && str_ends(s, STR("]]>"));
}

struct str xml_text(struct xml *x, const struct xml_leaf *leaf)
{
        struct str s = leaf->raw;

        if (!leaf->has_markup && !leaf->has_cdata && !leaf->has_comment)
                return xml_decode(x, s);
        /* One CDATA section is by far the commonest. */
        if (is_cdata_only(leaf))
                return leaf->cdata;
        buf_reset(x->scratch);
        for (size_t i = 0; i < s.n;) {
                size_t lt = str_chr(s, '<', i);

                if (lt == STR_NONE)
                        lt = s.n;
                put_decoded(x, str_sub(s, i, lt - i));
                i = lt < s.n ? put_markup(x, s, lt) : lt;
        }
        return arena_str(x->a, buf_str(x->scratch));
}
