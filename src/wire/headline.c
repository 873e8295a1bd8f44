#include "wire/headline.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/entity.h"
#include "wire/lexer.h"
#include "wire/text.h"

#define READ_MAX_B (8 * LIMIT_TITLE_B)

/* The tag at '<'; TAG_UNKNOWN: it is none that HTML knows. */
static enum tag tag_at(struct str s, size_t i, bool *ret_is_end)
{
        size_t from = i + 1, end;

        *ret_is_end = from < s.n && s.p[from] == '/';
        from += *ret_is_end;
        end = from;
        while (end < s.n && chr_is_alnum(s.p[end]))
                end++;
        if (end >= s.n ||
            !(chr_is_space(s.p[end]) || s.p[end] == '>' || s.p[end] == '/'))
                return TAG_UNKNOWN;
        return tag_find(str_sub(s, from, end - from));
}

static bool has_attribute(struct str s, size_t i)
{
        size_t end = str_chr(s, '>', i), eq = str_chr(s, '=', i);

        return end != STR_NONE && eq != STR_NONE && eq < end;
}

bool headline_has_markup(struct str text)
{
        bool is_open[TAG_COUNT] = { false };

        for (size_t i = 0; (i = str_chr(text, '<', i)) != STR_NONE; i++) {
                bool is_end;
                enum tag tag = tag_at(text, i, &is_end);

                if (tag == TAG_UNKNOWN)
                        continue;
                if (is_end ? is_open[tag]
                           : (tag_flags(tag) & TAG_VOID) ||
                                     (tag == TAG_p && i == 0) ||
                                     has_attribute(text, i))
                        return true;
                is_open[tag] |= !is_end;
        }
        return false;
}

/* A reference that isn't to '<' or '>': those may be what the title is about,
 * "&lt;br&gt;" is. */
static bool has_plain_reference(struct str s)
{
        bool found = false;

        for (size_t i = 0; (i = str_chr(s, '&', i)) != STR_NONE; i++) {
                uint32_t code;
                size_t n = entity_read(str_sub(s, i, s.n), &code);

                if (!n || s.p[i + n - 1] != ';')
                        continue;
                if (code == '<' || code == '>')
                        return false;
                found = true;
        }
        return found;
}

static struct str fold(struct arena *a, struct str text)
{
        return utf8_tidy(a, text);
}

struct str headline_of(struct arena *a, struct str text,
                       enum headline_kind kind)
{
        struct str line;

        text = utf8_clip(text, READ_MAX_B);
        if (!text.n ||
            (!memchr(text.p, '<', text.n) && !memchr(text.p, '&', text.n)))
                return utf8_clip(fold(a, text), LIMIT_TITLE_B);
        if (kind == HEADLINE_HTML ||
            (kind == HEADLINE_GUESS && headline_has_markup(text)))
                line = text_line_from_html(a, text);
        else if (kind == HEADLINE_GUESS)
                line = fold(a, entity_decode(a, text));
        else
                line = fold(a, text);
        /* Escaped once too often. */
        if (has_plain_reference(line))
                line = fold(a, entity_decode(a, line));
        if (kind != HEADLINE_TEXT && str_starts(line, STR("<")) &&
            str_ends(line, STR(">")) && headline_has_markup(line))
                line = text_line_from_html(a, line);
        return utf8_clip(line, LIMIT_TITLE_B);
}
