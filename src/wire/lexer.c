#include "wire/lexer.h"

#include <string.h>

#define KEEP TAG_KEEP
#define DROP TAG_DROP
#define MUTE TAG_MUTE
#define VOID TAG_VOID
#define BLOCK TAG_BLOCK
#define HEADING TAG_HEADING
#define PART TAG_PART

static const struct tag_row {
        struct str name;
        unsigned flags;
} tags[TAG_COUNT] = {
        [TAG_UNKNOWN] = { STR_INIT(""), 0 },
#define TAG(name, flags) { STR_INIT(#name), flags },
#include "wire/tag.def"
#undef TAG
};

/* The first tag of each letter, those without one at the next; tag.def is in
 * order. */
static const uint8_t of_letter[] = {
        TAG_a,     TAG_b,     TAG_canvas, TAG_datalist, TAG_em,  TAG_fieldset,
        TAG_h1,    TAG_h1,    TAG_i,      TAG_kbd,      TAG_kbd, TAG_li,
        TAG_main,  TAG_nav,   TAG_object, TAG_p,        TAG_q,   TAG_rp,
        TAG_s,     TAG_table, TAG_u,      TAG_var,      TAG_wbr, TAG_xml,
        TAG_COUNT, TAG_COUNT, TAG_COUNT,
};

#define TAG_NAME_MAX 10

unsigned tag_flags(enum tag tag)
{
        return tags[tag].flags;
}

struct str tag_name(enum tag tag)
{
        return tags[tag].name;
}

enum tag tag_find(struct str name)
{
        size_t colon = str_chr(name, ':', 0);
        char key[TAG_NAME_MAX];

        if (colon != STR_NONE)
                name = str_sub(name, colon + 1, name.n);
        if (!name.n || name.n > TAG_NAME_MAX || !chr_is_alpha(name.p[0]))
                return TAG_UNKNOWN;
        for (size_t i = 0; i < name.n; i++)
                key[i] = chr_lower(name.p[i]);

        int letter = key[0] - 'a';

        for (unsigned i = of_letter[letter]; i < of_letter[letter + 1]; i++)
                if (tags[i].name.n == name.n &&
                    memcmp(tags[i].name.p, key, name.n) == 0)
                        return (enum tag)i;
        return TAG_UNKNOWN;
}

void lexer_init(struct lexer *lx, struct str html, bool is_xml)
{
        memset(lx, 0, offsetof(struct lexer, attrs));
        lx->n_attrs = 0;
        lx->in = html;
        lx->is_xml = is_xml;
}

static char at(const struct lexer *lx, size_t i)
{
        return i < lx->in.n ? lx->in.p[i] : '\0';
}

static size_t skip_space(const struct lexer *lx, size_t i)
{
        while (i < lx->in.n && chr_is_space(lx->in.p[i]))
                i++;
        return i;
}

/* The value after '=' from i; returns where it ends. */
static size_t read_value(const struct lexer *lx, size_t i, struct str *ret)
{
        char quote = at(lx, i);

        if (quote == '"' || quote == '\'') {
                size_t end = str_chr(lx->in, quote, i + 1);

                if (end == STR_NONE)
                        end = lx->in.n;
                *ret = str_sub(lx->in, i + 1, end - i - 1);
                return end + 1;
        }
        size_t from = i;

        while (i < lx->in.n && !chr_is_space(lx->in.p[i]) && lx->in.p[i] != '>')
                i++;
        *ret = str_sub(lx->in, from, i - from);
        return i;
}

/* One attribute from i; returns where it ends. */
static size_t read_attr(struct lexer *lx, size_t i)
{
        struct lexer_attr attr = { .value = STR("") };
        size_t from = i;

        while (i < lx->in.n && !chr_is_space(lx->in.p[i]) &&
               lx->in.p[i] != '>' && lx->in.p[i] != '/' &&
               (lx->in.p[i] != '=' || i == from))
                i++;
        attr.name = str_sub(lx->in, from, i - from);
        size_t eq = skip_space(lx, i);

        if (at(lx, eq) == '=')
                i = read_value(lx, skip_space(lx, eq + 1), &attr.value);
        if (lx->n_attrs < LEXER_ATTRS_MAX)
                lx->attrs[lx->n_attrs++] = attr;
        return i;
}

/* What follows the name of a tag, to past its '>'. False: it has no end. */
static bool read_attrs(struct lexer *lx, size_t i)
{
        lx->n_attrs = 0;
        lx->is_empty = false;
        while (i < lx->in.n) {
                char c = lx->in.p[i];

                if (c == '>') {
                        lx->at = i + 1;
                        return true;
                }
                if (c == '/')
                        lx->is_empty = lx->is_xml && at(lx, i + 1) == '>';
                if (c == '/' || chr_is_space(c))
                        i++;
                else
                        i = read_attr(lx, i);
        }
        return false;
}

/* Past "</name" and its '>', from i; STR_NONE: there is none. */
static size_t find_close(const struct lexer *lx, enum tag tag, size_t i)
{
        struct str name = tag_name(tag);

        while ((i = str_find(lx->in, STR("</"), i)) != STR_NONE) {
                struct str there = str_sub(lx->in, i + 2, name.n);
                char after = at(lx, i + 2 + name.n);

                i += 2;
                if (str_eq_nocase(there, name) && !chr_is_alnum(after)) {
                        size_t end = str_chr(lx->in, '>', i);
                        return end == STR_NONE ? lx->in.n : end + 1;
                }
        }
        return STR_NONE;
}

static void pass_over(struct lexer *lx)
{
        size_t end = lx->no_close[lx->tag] ? STR_NONE
                                           : find_close(lx, lx->tag, lx->at);

        lx->no_close[lx->tag] = end == STR_NONE;
        if (end != STR_NONE)
                lx->at = end;
        else if (tag_flags(lx->tag) & TAG_MUTE)
                lx->at = lx->in.n;
}

/* A comment, declaration or instruction at '<': past its end. */
static bool read_markup(struct lexer *lx)
{
        struct str rest = str_sub(lx->in, lx->at, lx->in.n);
        size_t end;

        if (lx->is_xml && str_starts(rest, STR("<![CDATA["))) {
                end = str_find(rest, STR("]]>"), 9);
                lx->kind = LEXER_TEXT;
                lx->is_cdata = true;
                lx->text = str_sub(rest, 9, end == STR_NONE ? rest.n : end - 9);
                lx->at = end == STR_NONE ? lx->in.n : lx->at + end + 3;
                return true;
        }
        /* Within HTML only the mark is passed over: some nest their sections,
         * and their words are meant to be read. */
        if (str_starts(rest, STR("<![CDATA["))) {
                lx->at += 9;
                return false;
        }
        if (str_starts(rest, STR("<!--")) && !lx->no_comment_end) {
                end = str_find(rest, STR("-->"), 4);
                lx->no_comment_end = end == STR_NONE;
                if (end != STR_NONE) {
                        lx->at += end + 3;
                        return false;
                }
        }
        end = str_chr(rest, '>', 0);
        lx->at = end == STR_NONE ? lx->in.n : lx->at + end + 1;
        return false;
}

/* A tag at '<': true when it is a token to hand out. */
static bool read_tag(struct lexer *lx)
{
        bool is_close = at(lx, lx->at + 1) == '/';
        size_t from = lx->at + 1 + is_close, i = from;

        while (i < lx->in.n && !chr_is_space(lx->in.p[i]) &&
               lx->in.p[i] != '>' && lx->in.p[i] != '/')
                i++;
        lx->tag = tag_find(str_sub(lx->in, from, i - from));
        if (!read_attrs(lx, i)) {
                lx->at = lx->in.n;
                return false;
        }
        lx->kind = is_close ? LEXER_CLOSE : LEXER_OPEN;
        if (!(tag_flags(lx->tag) & TAG_DROP))
                return true;
        if (!is_close && !lx->is_empty)
                pass_over(lx);
        return false;
}

static void read_text(struct lexer *lx, size_t from_next)
{
        size_t end = str_chr(lx->in, '<', from_next);

        if (end == STR_NONE)
                end = lx->in.n;
        lx->kind = LEXER_TEXT;
        lx->is_cdata = false;
        lx->text = str_sub(lx->in, lx->at, end - lx->at);
        lx->at = end;
}

/* Is "<!" the start of a comment or its like, not only of odd text? */
static bool is_declaration(const struct lexer *lx)
{
        char c = at(lx, lx->at + 2);

        return chr_is_alpha(c) || c == '-' || c == '[' || c == '>';
}

bool lexer_next(struct lexer *lx)
{
        while (lx->at < lx->in.n) {
                if (lx->in.p[lx->at] != '<') {
                        read_text(lx, lx->at);
                        return true;
                }
                char c = at(lx, lx->at + 1);

                if (c == '?' || (c == '!' && is_declaration(lx))) {
                        if (read_markup(lx))
                                return true;
                } else if (chr_is_alpha(c) ||
                           (c == '/' && chr_is_alpha(at(lx, lx->at + 2)))) {
                        if (read_tag(lx))
                                return true;
                } else if (c == '/') {
                        (void)read_markup(lx);
                } else {
                        read_text(lx, lx->at + 1);
                        return true;
                }
        }
        lx->kind = LEXER_END;
        return false;
}

struct str lexer_attr(const struct lexer *lx, struct str name)
{
        for (size_t i = 0; i < lx->n_attrs; i++)
                if (str_eq_nocase(lx->attrs[i].name, name))
                        return lx->attrs[i].value;
        return STR_NULL;
}
