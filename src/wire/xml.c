#include "wire/xml.h"

#include <string.h>

#include "base/arena.h"
#include "base/url.h"
#include "wire/xml_ns.h"

#define ENTITY_VALUE_MAX 1000
#define LINE_MAX_B 16384
#define GIVEN_BACK_MOST 1000

static enum xml_ns find_ns(const struct xml *x, struct str prefix)
{
        for (size_t i = x->n_bindings; i > 0; i--)
                if (str_eq(x->bindings[i - 1].prefix, prefix))
                        return x->bindings[i - 1].ns;
        return xml_ns_usual(prefix);
}

void xml_init(struct xml *x, struct arena *a, struct buf *scratch,
              struct str text, struct str base)
{
        memset(x, 0, sizeof(*x));
        x->a = a;
        x->scratch = scratch;
        x->in = text;
        x->frames[0].base = base;
}

static char at(const struct xml *x, size_t i)
{
        return i < x->in.n ? x->in.p[i] : '\0';
}

static bool is_name_end(char c)
{
        return chr_is_space(c) || c == '>' || c == '/' || c == '=' || !c ||
               c == '<';
}

static struct str read_name(const struct xml *x, size_t i)
{
        size_t from = i;

        while (!is_name_end(at(x, i)))
                i++;
        return str_sub(x->in, from, i - from);
}

static void split_name(struct str qname, struct str *ret_prefix,
                       struct str *ret_local)
{
        size_t colon = str_chr(qname, ':', 0);

        if (colon == STR_NONE) {
                *ret_prefix = STR("");
                *ret_local = qname;
        } else {
                *ret_prefix = str_sub(qname, 0, colon);
                *ret_local = str_sub(qname, colon + 1, qname.n);
        }
}

static size_t find(const struct xml *x, struct str what, size_t from)
{
        size_t end = str_find(x->in, what, from);

        return end == STR_NONE ? x->in.n : end;
}

/* One attribute from i, to past its value. */
static size_t read_attr(struct xml *x, size_t i)
{
        struct str name = read_name(x, i);
        struct xml_attr attr = { .raw = STR("") };

        i += name.n;
        if (!name.n)
                return i + 1;
        split_name(name, &attr.prefix, &attr.local);
        while (chr_is_space(at(x, i)))
                i++;
        if (at(x, i) == '=') {
                size_t from, end;
                char quote;

                do
                        i++;
                while (chr_is_space(at(x, i)));
                quote = at(x, i);
                if (quote == '"' || quote == '\'') {
                        from = i + 1;
                        end = find(x, (struct str) { &quote, 1 }, from);
                        i = end + 1;
                } else {
                        from = end = i;
                        while (end < x->in.n && !chr_is_space(x->in.p[end]) &&
                               x->in.p[end] != '>')
                                end++;
                        i = end;
                }
                attr.raw = str_sub(x->in, from, end - from);
        }
        if (x->n_attrs < XML_ATTRS_MAX)
                x->attrs[x->n_attrs++] = attr;
        return i;
}

/* The attributes of a tag, from after its name to past its '>'. */
static size_t read_attrs(struct xml *x, size_t i)
{
        x->n_attrs = 0;
        x->is_empty = false;
        while (i < x->in.n) {
                char c = x->in.p[i];

                if (c == '>')
                        return i + 1;
                if (c == '<') { /* the tag has no end */
                        x->n_mended++;
                        return i;
                }
                if (c == '/') {
                        x->is_empty = at(x, i + 1) == '>';
                        i++;
                } else if (chr_is_space(c)) {
                        i++;
                } else {
                        i = read_attr(x, i);
                }
        }
        return i;
}

struct str xml_attr_ns(struct xml *x, enum xml_ns ns, struct str local)
{
        for (size_t i = 0; i < x->n_attrs; i++) {
                struct xml_attr *attr = &x->attrs[i];
                enum xml_ns own =
                        attr->prefix.n ? find_ns(x, attr->prefix) : XML_NONE;

                if (own == ns && str_eq_nocase(attr->local, local))
                        return str_trim(xml_decode(x, attr->raw));
        }
        return STR_NULL;
}

struct str xml_attr(struct xml *x, struct str local)
{
        return xml_attr_ns(x, XML_NONE, local);
}

static void bind_prefixes(struct xml *x)
{
        for (size_t i = 0; i < x->n_attrs; i++) {
                const struct xml_attr *attr = &x->attrs[i];
                struct str prefix = STR("");

                if (str_eq(attr->prefix, STR("xmlns")))
                        prefix = attr->local;
                else if (attr->prefix.n || !str_eq(attr->local, STR("xmlns")))
                        continue;
                if (x->n_bindings == XML_BINDINGS_MAX)
                        return;
                x->bindings[x->n_bindings].prefix = prefix;
                x->bindings[x->n_bindings++].ns =
                        xml_ns_of(str_trim(attr->raw));
        }
}

/* Enter the element whose tag was read. */
static void push(struct xml *x, struct str qname)
{
        struct xml_frame *outer = &x->frames[x->depth];
        struct xml_frame *f = &x->frames[x->depth + 1];
        struct str prefix;

        *f = *outer;
        f->qname = qname;
        f->n_bindings = x->n_bindings;
        if (x->n_attrs)
                bind_prefixes(x);
        split_name(qname, &prefix, &f->local);
        f->ns = find_ns(x, prefix);
        x->depth++;
        if (!x->n_attrs)
                return;
        struct str lang = xml_attr_ns(x, XML_XML, STR("lang"));
        struct str base = xml_attr_ns(x, XML_XML, STR("base"));
        if (lang.p)
                f->lang = lang;
        if (base.n)
                f->base = url_resolve(x->a, f->base, base);
}

static void pop_to(struct xml *x, int depth)
{
        if (x->depth <= depth)
                return;
        x->n_bindings = x->frames[depth + 1].n_bindings;
        x->depth = depth;
        x->is_empty = false;
}

/* An end tag at '<': leave what it ends. */
static void read_close(struct xml *x)
{
        struct str name = read_name(x, x->at + 2);
        int depth = x->depth;

        x->at = find(x, STR(">"), x->at + 2);
        if (x->at < x->in.n)
                x->at++;
        while (depth > 0 && !str_eq(x->frames[depth].qname, name))
                depth--;
        if (depth == 0) {
                x->n_mended++;
                return;
        }
        x->n_mended += x->depth - depth;
        pop_to(x, depth - 1);
}

/* <!ENTITY name "value"> within a DOCTYPE. */
static void read_entity(struct xml *x, struct str decl)
{
        size_t i = 0, end;
        struct str name;

        while (i < decl.n && chr_is_space(decl.p[i]))
                i++;
        end = i;
        while (end < decl.n && !chr_is_space(decl.p[end]))
                end++;
        name = str_sub(decl, i, end - i);
        while (end < decl.n && chr_is_space(decl.p[end]))
                end++;
        if (end >= decl.n || (decl.p[end] != '"' && decl.p[end] != '\''))
                return; /* SYSTEM, or a parameter */
        size_t close = str_chr(decl, decl.p[end], end + 1);
        if (close == STR_NONE || close - end > ENTITY_VALUE_MAX ||
            x->n_entities == XML_ENTITIES_MAX)
                return;
        x->entities[x->n_entities].name = name;
        x->entities[x->n_entities++].value =
                str_sub(decl, end + 1, close - end - 1);
}

static void read_doctype(struct xml *x)
{
        size_t end = find(x, STR(">"), x->at), open = find(x, STR("["), x->at);

        if (open < end) {
                size_t close = find(x, STR("]"), open), i = open;

                while ((i = find(x, STR("<!ENTITY"), i)) < close) {
                        i += 8;
                        read_entity(x, str_sub(x->in, i, close - i));
                }
                end = find(x, STR(">"), close);
        }
        x->at = end < x->in.n ? end + 1 : end;
}

/* As str_find, for the ends of comments and their like: one that was not there
 * before isn't looked for again, or many beginnings would take for ever. */
static size_t find_last(struct xml *x, struct str end, size_t from)
{
        unsigned bit = end.p[0] == '-' ? 1 : end.p[0] == ']' ? 2 : 4;
        size_t to = x->missing & bit ? STR_NONE : str_find(x->in, end, from);

        if (to == STR_NONE)
                x->missing |= bit;
        return to;
}

/* Its end never comes: only what stands before the next tag is lost. */
static void pass_unended(struct xml *x)
{
        size_t lt = find(x, STR("<"), x->at + 1);
        size_t gt = str_chr(str_sub(x->in, 0, lt), '>', x->at);

        x->n_mended++;
        x->at = gt == STR_NONE ? lt : gt + 1;
}

/* A comment, declaration, instruction or CDATA at '<': to past its end. */
static void pass_markup(struct xml *x)
{
        struct str rest = str_sub(x->in, x->at, x->in.n), end = STR(">");

        if (str_starts(rest, STR("<!--")))
                end = STR("-->");
        else if (str_starts(rest, STR("<![CDATA[")))
                end = STR("]]>");
        else if (str_starts(rest, STR("<?")))
                end = STR("?>");
        else if (str_starts_nocase(rest, STR("<!DOCTYPE"))) {
                read_doctype(x);
                return;
        }
        size_t to = find_last(x, end, x->at + 2);
        if (to == STR_NONE)
                pass_unended(x);
        else
                x->at = to + end.n > x->in.n ? x->in.n : to + end.n;
}

/* To the next start or end tag; true at a start tag, which is entered. */
static bool next_tag(struct xml *x)
{
        char c = at(x, x->at + 1);

        if (c == '/') {
                read_close(x);
                return false;
        }
        if (c == '!' || c == '?') {
                pass_markup(x);
                return false;
        }
        struct str name = read_name(x, x->at + 1);
        if (!name.n || chr_is_digit(name.p[0])) {
                x->at++;
                return false;
        }
        x->at = read_attrs(x, x->at + 1 + name.n);
        if (x->depth + 1 >= LIMIT_XML_DEPTH) {
                x->is_too_deep = true;
                x->at = x->in.n;
                return false;
        }
        push(x, name);
        return true;
}

bool xml_child(struct xml *x, int depth)
{
        while (x->depth > depth) {
                struct xml_leaf unread;
                xml_leaf(x, &unread);
        }
        if (depth > 0 && x->depth == depth && x->is_empty)
                pop_to(x, depth - 1);
        while (x->depth == depth) {
                size_t lt = str_chr(x->in, '<', x->at);

                if (lt == STR_NONE) {
                        x->at = x->in.n;
                        x->is_cut_off = x->is_cut_off || depth > 0;
                        pop_to(x, 0);
                        return false;
                }
                x->at = lt;
                if (next_tag(x))
                        return true;
        }
        return false;
}

void xml_adopt(struct xml *x)
{
        struct xml_frame *f = &x->frames[x->depth];

        if (f->ns != XML_OTHER)
                return;
        for (size_t i = 0; i < x->n_bindings; i++)
                if (x->bindings[i].ns == XML_OTHER &&
                    str_starts(f->qname, x->bindings[i].prefix) &&
                    f->qname.n - f->local.n ==
                            x->bindings[i].prefix.n +
                                    (x->bindings[i].prefix.n != 0))
                        x->bindings[i].ns = XML_NONE;
        f->ns = XML_NONE;
}

bool xml_is(const struct xml *x, unsigned ns_mask, struct str local)
{
        const struct xml_frame *f = &x->frames[x->depth];

        return f->ns & ns_mask && str_eq_nocase(f->local, local);
}

enum xml_ns xml_namespace(const struct xml *x)
{
        return x->frames[x->depth].ns;
}

struct str xml_local(const struct xml *x)
{
        return x->frames[x->depth].local;
}

struct str xml_base(const struct xml *x)
{
        return x->frames[x->depth].base;
}

struct str xml_lang(const struct xml *x)
{
        return x->frames[x->depth].lang;
}

bool xml_has_lang(const struct xml *x)
{
        const struct xml_frame *f = &x->frames[x->depth];

        return f->lang.p && (x->depth == 0 || f->lang.p != f[-1].lang.p);
}

/* Is the start tag at i, whose name ends at end, "<x/>"? */
static bool is_empty_tag(const struct xml *x, size_t i)
{
        for (i++; i < x->in.n && x->in.p[i] != '>' && x->in.p[i] != '<';)
                i++;
        return at(x, i - 1) == '/';
}

static bool is_outer(const struct xml *x, struct str name)
{
        for (int i = x->depth - 1; i > 0; i--)
                if (str_eq(x->frames[i].qname, name))
                        return true;
        return false;
}

/* A comment, section or the like within a leaf, at i. */
static void pass_within(struct xml *x, struct xml_leaf *leaf, size_t i)
{
        bool is_cdata =
                str_starts(str_sub(x->in, i, XML_CDATA_B), STR("<![CDATA["));

        x->at = i;
        pass_markup(x);
        if (is_cdata && !leaf->has_cdata && x->at >= i + XML_CDATA_B)
                leaf->cdata = str_sub(x->in, i + 9, x->at - i - XML_CDATA_B);
        leaf->has_cdata |= is_cdata;
        leaf->has_comment |= !is_cdata;
}

/* Where the current element's content ends; *ret_next: past its end tag. */
static size_t find_end(struct xml *x, struct xml_leaf *leaf, size_t *ret_next)
{
        struct str own = x->frames[x->depth].qname;
        size_t from = x->at, i = from;
        int nested = 0;

        while ((i = str_chr(x->in, '<', i)) != STR_NONE) {
                char c = at(x, i + 1);

                if (c == '!' || c == '?') {
                        pass_within(x, leaf, i);
                        i = x->at;
                        continue;
                }
                struct str name = read_name(x, i + 1 + (c == '/'));
                if (c != '/') {
                        if (!leaf->has_markup)
                                leaf->first_tag = i - from;
                        leaf->has_markup |= name.n && chr_is_alpha(name.p[0]);
                        if (str_eq(name, own) && !is_empty_tag(x, i))
                                nested++;
                } else if (str_eq(name, own) && nested-- == 0) {
                        *ret_next = find(x, STR(">"), i) + 1;
                        return i;
                } else if (!str_eq(name, own) && is_outer(x, name)) {
                        x->n_mended++;
                        leaf->is_unended = true;
                        *ret_next = i;
                        return i;
                }
                i += 1 + name.n;
        }
        x->is_cut_off = leaf->is_unended = true;
        *ret_next = x->in.n;
        return x->in.n;
}

void xml_leaf(struct xml *x, struct xml_leaf *ret)
{
        size_t from = x->at, next = x->at, end;

        *ret = (struct xml_leaf) { .raw = STR("") };
        if (!x->is_empty) {
                end = find_end(x, ret, &next);
                ret->raw = str_sub(x->in, from, end - from);
        }
        x->at = next < x->in.n ? next : x->in.n;
        pop_to(x, x->depth - 1);
}

void xml_leaf_line(struct xml *x, struct xml_leaf *ret)
{
        bool was_cut_off = x->is_cut_off;
        size_t from = x->at;

        xml_leaf(x, ret);
        /* Bounded, as what is given back is read again. */
        if (!ret->is_unended || !ret->has_markup || ret->raw.n > LINE_MAX_B ||
            x->n_given_back == GIVEN_BACK_MOST)
                return;
        x->n_given_back++;
        x->at = from + ret->first_tag;
        x->is_cut_off = was_cut_off;
        ret->raw = str_sub(ret->raw, 0, ret->first_tag);
        ret->has_markup = false;
}

void xml_supplant(struct xml *x)
{
        struct xml_frame *outer = &x->frames[x->depth - 1];
        size_t n_bindings = outer->n_bindings;

        *outer = x->frames[x->depth--];
        outer->n_bindings = n_bindings;
        x->n_mended++;
}
