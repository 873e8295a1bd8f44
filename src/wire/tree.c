#include "wire/tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

#define CACHE_N 256

static const char *const keys[] = {
        "",
#define KEY(name, text) text,
#include "wire/tree.def"
#undef KEY
};

/* The parser hands out each name at one address, so it is looked up once. */
struct cached {
        const void *name;
        int value;
};

struct builder {
        struct arena *a;
        struct tree_node *nodes;
        size_t n, cap;
        struct tree_attr *attrs;
        size_t n_attrs, cap_attrs;
        char *bytes; /* of texts and values; the page's size is enough */
        size_t n_bytes, cap_bytes;
        uint32_t open[LIMIT_PAGE_DEPTH]; /* the elements we are in */
        size_t depth;
        bool is_full;
        xmlParserCtxt *parser;
        struct cached tags[CACHE_N], names[CACHE_N];
};

static struct cached *cache_at(struct cached *cache, const void *name)
{
        return &cache[(uintptr_t)name / 8 % CACHE_N];
}

static enum tag tag_of(struct builder *b, const xmlChar *name)
{
        struct cached *c = cache_at(b->tags, name);

        if (c->name != name) {
                c->name = name;
                c->value = (int)tag_find(str_c((const char *)name));
        }
        return (enum tag)c->value;
}

static int find_key(const char *name)
{
        for (size_t i = 1; i < sizeof(keys) / sizeof(*keys); i++)
                if (str_eq_nocase(str_c(name), str_c(keys[i])))
                        return (int)i;
        return TREE_NONE;
}

static enum tree_key key_of(struct builder *b, const xmlChar *name)
{
        struct cached *c = cache_at(b->names, name);

        if (c->name != name) {
                c->name = name;
                c->value = find_key((const char *)name);
        }
        return (enum tree_key)c->value;
}

static struct str keep(struct builder *b, const char *p, size_t n)
{
        char *to = b->bytes + b->n_bytes;

        if (n > b->cap_bytes - b->n_bytes)
                n = b->cap_bytes - b->n_bytes;
        memcpy(to, p, n);
        b->n_bytes += n;
        return (struct str) { to, n };
}

static void stop(struct builder *b)
{
        xmlStopParser(b->parser);
}

static struct tree_node *add_node(struct builder *b)
{
        if (b->n == LIMIT_PAGE_NODES || arena_is_full(b->a)) {
                b->is_full = true;
                stop(b);
                return NULL;
        }
        ARENA_GROW(b->a, b->nodes, b->n, b->cap);
        struct tree_node *n = &b->nodes[b->n++];

        *n = (struct tree_node) {
                .parent = b->depth ? b->open[b->depth - 1] : TREE_TOP,
                .end = (uint32_t)b->n,
        };
        return n;
}

/* The attributes lie in an array that moves as it grows: until the end a node
 * holds the number of its first one in end. */
static void add_attrs(struct builder *b, struct tree_node *n,
                      const xmlChar **atts)
{
        for (; atts && atts[0]; atts += 2) {
                enum tree_key key = key_of(b, atts[0]);
                const char *value = atts[1] ? (const char *)atts[1] : "";

                if (key == TREE_NONE)
                        continue;
                ARENA_GROW(b->a, b->attrs, b->n_attrs, b->cap_attrs);
                b->attrs[b->n_attrs++] =
                        (struct tree_attr) { key,
                                             keep(b, value, strlen(value)) };
                n->n_attrs++;
        }
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
        struct builder *b = ctx;
        struct tree_node *n;

        if (b->depth == LIMIT_PAGE_DEPTH) {
                stop(b);
                return;
        }
        n = add_node(b);
        if (!n)
                return;
        n->tag = tag_of(b, name);
        n->end = (uint32_t)b->n_attrs;
        add_attrs(b, n, atts);
        b->open[b->depth++] = (uint32_t)b->n - 1;
}

static void on_end(void *ctx, const xmlChar *name)
{
        struct builder *b = ctx;

        (void)name;
        if (b->depth)
                b->depth--;
}

static bool is_wanted(const struct builder *b)
{
        enum tag tag =
                b->depth ? b->nodes[b->open[b->depth - 1]].tag : TAG_UNKNOWN;

        return tag != TAG_style && tag != TAG_noscript;
}

static void on_text(void *ctx, const xmlChar *p, int len)
{
        struct builder *b = ctx;
        struct tree_node *last = b->n ? &b->nodes[b->n - 1] : NULL;
        uint32_t parent = b->depth ? b->open[b->depth - 1] : TREE_TOP;

        if (!is_wanted(b))
                return;
        if (!last || !last->is_text || last->parent != parent ||
            last->text.p + last->text.n != b->bytes + b->n_bytes) {
                last = add_node(b);
                if (!last)
                        return;
                last->is_text = true;
                last->text.p = b->bytes + b->n_bytes;
        }
        last->text.n += keep(b, (const char *)p, (size_t)len).n;
}

/* Give each element its attributes, and its end. */
static void settle(struct builder *b)
{
        for (size_t i = 0; i < b->n; i++) {
                struct tree_node *n = &b->nodes[i];

                if (n->n_attrs)
                        n->attrs = b->attrs + n->end;
                n->end = (uint32_t)i + 1;
        }
        for (size_t i = b->n; i-- > 0;) {
                const struct tree_node *n = &b->nodes[i];
                struct tree_node *up =
                        n->parent == TREE_TOP ? NULL : &b->nodes[n->parent];

                if (up && up->end < n->end)
                        up->end = n->end;
        }
}

static void run(struct builder *b, struct str html)
{
        xmlParserCtxt *p = htmlCreateMemoryParserCtxt(html.p, (int)html.n);

        if (!p)
                return;
        b->parser = p;
        memset(p->sax, 0, sizeof(*p->sax));
        p->sax->startElement = on_start;
        p->sax->endElement = on_end;
        p->sax->characters = on_text;
        p->sax->cdataBlock = on_text;
        p->sax->ignorableWhitespace = on_text;
        p->userData = b;
        (void)htmlCtxtUseOptions(p, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                            HTML_PARSE_NOWARNING |
                                            HTML_PARSE_NONET |
                                            HTML_PARSE_IGNORE_ENC);
        (void)xmlSwitchEncoding(p, XML_CHAR_ENCODING_UTF8);
        (void)htmlParseDocument(p);
        htmlFreeParserCtxt(p);
}

int tree_parse(struct arena *a, struct str html, struct tree *ret,
               struct err *err)
{
        struct builder *b = arena_alloc(a, sizeof(*b));

        if (html.n > LIMIT_PAGE_B)
                return err_set(err, ERR_LIMIT, "the page is over %d bytes",
                               LIMIT_PAGE_B);
        b->a = a;
        b->cap_bytes = html.n + 16;
        b->bytes = arena_alloc(a, b->cap_bytes);
        if (html.n)
                run(b, html);
        if (b->is_full)
                return err_set(err, ERR_LIMIT, "the page has over %d parts",
                               LIMIT_PAGE_NODES);
        settle(b);
        *ret = (struct tree) { b->nodes, b->n };
        return 0;
}

struct str tree_attr(const struct tree_node *n, enum tree_key key)
{
        for (uint32_t i = 0; i < n->n_attrs; i++)
                if (n->attrs[i].key == key)
                        return n->attrs[i].value;
        return STR_NULL;
}

struct str tree_text(struct arena *a, const struct tree *t, size_t i,
                     size_t max_b)
{
        struct buf out;
        size_t end = t->nodes[i].end;

        buf_init(&out, 4 * max_b + 64);
        while (i < end && out.n < 2 * max_b) {
                const struct tree_node *n = &t->nodes[i];

                if (!n->is_text && tag_flags(n->tag) & TAG_DROP &&
                    n->tag != TAG_title) {
                        i = n->end;
                        continue;
                }
                if (n->is_text)
                        buf_put(&out, str_sub(n->text, 0, 2 * max_b));
                else if (tag_flags(n->tag) & (TAG_BLOCK | TAG_PART | TAG_VOID))
                        buf_char(&out, ' ');
                i++;
        }
        struct str ret = utf8_clip(utf8_tidy(a, buf_str(&out)), max_b);
        buf_done(&out);
        return ret;
}

size_t tree_find(const struct tree *t, enum tag tag)
{
        for (size_t i = 0; i < t->n; i++)
                if (t->nodes[i].tag == tag && !t->nodes[i].is_text)
                        return i;
        return STR_NONE;
}
