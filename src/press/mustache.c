#include "press/mustache.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "press/html.h"
#include "press/value.h"

#define NESTING_MAX 64
#define STACK_MAX (NESTING_MAX * 4)

enum kind { LITERAL, ESCAPED, RAW, SECTION, INVERTED, CLOSE, PARTIAL };

struct token {
        enum kind kind;
        bool is_line_start; /* an indented partial puts its blanks here */
        struct str text;    /* a literal, or a tag's name */
        struct str indent;  /* of a partial that stands alone */
        size_t end;         /* of a section: its CLOSE */
};

struct mustache {
        struct str name;
        struct token *tokens;
        size_t n;
};

/* --- compiling --- */

struct compiler {
        struct arena *a;
        struct str name, s;
        struct str open, close; /* delimiters */
        size_t at;              /* the first byte not dealt with */
        bool is_line_start;     /* of the next token */
        struct token *tokens;
        size_t n, cap;
        size_t sections[NESTING_MAX];
        size_t n_sections;
        struct err *err;
};

/* A tag between from and to: its sigil (0: none) and what follows that. */
struct tag {
        char sigil;
        struct str body;
        size_t from, to;
};

static int fault(struct compiler *c, size_t at, enum err_code code,
                 const char *what)
{
        int line = 1;

        for (size_t i = 0; i < at && i < c->s.n; i++)
                line += c->s.p[i] == '\n';
        return err_set(c->err, code, "template " STR_FMT ", line %d: %s",
                       STR_ARG(c->name), line, what);
}

static struct token *push(struct compiler *c, enum kind kind, struct str text)
{
        ARENA_GROW(c->a, c->tokens, c->n, c->cap);
        struct token *t = &c->tokens[c->n++];

        *t = (struct token) { .kind = kind,
                              .text = text,
                              .is_line_start = c->is_line_start };
        c->is_line_start = false;
        return t;
}

/* Literal text, a token a line, so that a partial can be indented. */
static void push_literal(struct compiler *c, size_t from, size_t to)
{
        while (from < to) {
                size_t nl = str_chr(c->s, '\n', from);
                size_t end = nl == STR_NONE || nl >= to ? to : nl + 1;

                push(c, LITERAL, str_sub(c->s, from, end - from));
                c->is_line_start = c->s.p[end - 1] == '\n';
                from = end;
        }
}

static int read_tag(struct compiler *c, size_t from, struct tag *ret)
{
        size_t i = from + c->open.n;
        char sigil = i < c->s.n ? c->s.p[i] : 0;
        struct str end = c->close;

        if (sigil == '{')
                end = arena_printf(c->a, "}" STR_FMT, STR_ARG(c->close));
        else if (sigil == '=')
                end = arena_printf(c->a, "=" STR_FMT, STR_ARG(c->close));
        if (!sigil || !memchr("!#^/>&{=", sigil, 8))
                sigil = 0;
        else
                i++;

        size_t to = str_find(c->s, end, i);

        if (to == STR_NONE)
                return fault(c, from, ERR_INPUT, "a tag is not closed");
        *ret = (struct tag) { .sigil = sigil,
                              .body = str_trim(str_sub(c->s, i, to - i)),
                              .from = from,
                              .to = to + end.n };
        return 0;
}

/*
 * Is the tag alone on its line? Then *ret_from is where the line's blanks begin
 * and *ret_to the start of the next line.
 */
static bool is_standalone(const struct compiler *c, const struct tag *t,
                          size_t *ret_from, size_t *ret_to)
{
        size_t from = t->from, to = t->to;

        while (from > 0 && memchr(" \t", c->s.p[from - 1], 2))
                from--;
        if (from > 0 && c->s.p[from - 1] != '\n')
                return false;
        while (to < c->s.n && memchr(" \t", c->s.p[to], 2))
                to++;
        if (to < c->s.n && c->s.p[to] == '\r')
                to++;
        if (to < c->s.n && c->s.p[to] != '\n')
                return false;
        *ret_from = from;
        *ret_to = to < c->s.n ? to + 1 : to;
        return true;
}

static int set_delimiters(struct compiler *c, const struct tag *t)
{
        struct str b = t->body;
        size_t i = 0;

        while (i < b.n && !chr_is_space(b.p[i]))
                i++;
        c->open = str_sub(b, 0, i);
        c->close = str_trim(str_sub(b, i, b.n - i));
        if (!c->open.n || !c->close.n || memchr(c->close.p, ' ', c->close.n))
                return fault(c, t->from, ERR_INPUT,
                             "set delimiters as {{=<% %>=}}");
        return 0;
}

static int open_section(struct compiler *c, const struct tag *t)
{
        if (c->n_sections == NESTING_MAX)
                return fault(c, t->from, ERR_LIMIT, "nested too deep");
        c->sections[c->n_sections++] = c->n;
        push(c, t->sigil == '#' ? SECTION : INVERTED, t->body);
        return 0;
}

static int close_section(struct compiler *c, const struct tag *t)
{
        if (!c->n_sections)
                return fault(c, t->from, ERR_INPUT,
                             "a section is closed that was not opened");
        size_t start = c->sections[--c->n_sections];

        if (!str_eq(c->tokens[start].text, t->body))
                return fault(c, t->from, ERR_INPUT,
                             arena_printf(c->a,
                                          "section " STR_FMT
                                          " is closed as " STR_FMT,
                                          STR_ARG(c->tokens[start].text),
                                          STR_ARG(t->body))
                                     .p);
        push(c, CLOSE, t->body);
        c->tokens[start].end = c->n - 1;
        return 0;
}

static int take_tag(struct compiler *c, const struct tag *t, struct str indent)
{
        if (!t->body.n && t->sigil != '!')
                return fault(c, t->from, ERR_INPUT, "a tag has no name");
        switch (t->sigil) {
        case '!':
                return 0;
        case '=':
                return set_delimiters(c, t);
        case '#':
        case '^':
                return open_section(c, t);
        case '/':
                return close_section(c, t);
        case '>':
                push(c, PARTIAL, t->body)->indent = indent;
                return 0;
        case '&':
        case '{':
                push(c, RAW, t->body);
                return 0;
        default:
                push(c, ESCAPED, t->body);
                return 0;
        }
}

/* The text up to the next tag, and that tag. *ret_more is false at the end. */
static int take_next(struct compiler *c, bool *ret_more)
{
        size_t from = str_find(c->s, c->open, c->at), line_from, line_to;
        struct tag t = { 0 };

        *ret_more = from != STR_NONE;
        if (!*ret_more) {
                push_literal(c, c->at, c->s.n);
                return 0;
        }

        int rc = read_tag(c, from, &t);

        if (rc < 0)
                return rc;
        if (t.sigil && !memchr("&{", t.sigil, 2) &&
            is_standalone(c, &t, &line_from, &line_to)) {
                push_literal(c, c->at, line_from);
                c->at = line_to;
                c->is_line_start = false;
                rc = take_tag(c, &t,
                              str_sub(c->s, line_from, from - line_from));
                c->is_line_start = true;
                return rc;
        }
        push_literal(c, c->at, from);
        c->at = t.to;
        return take_tag(c, &t, STR_NULL);
}

int mustache_compile(struct arena *a, struct str name, struct str text,
                     const struct mustache **ret, struct err *err)
{
        struct compiler c = { .a = a,
                              .name = name,
                              .s = text,
                              .open = STR("{{"),
                              .close = STR("}}"),
                              .is_line_start = true,
                              .err = err };
        bool more = true;

        while (more) {
                int rc = take_next(&c, &more);

                if (rc < 0)
                        return rc;
        }
        if (c.n_sections)
                return fault(&c, text.n, ERR_INPUT, "a section is not closed");

        struct mustache *m = arena_alloc(a, sizeof(*m));

        *m = (struct mustache) { name, c.tokens, c.n };
        *ret = m;
        return 0;
}

/* --- rendering --- */

struct renderer {
        const struct value *stack[STACK_MAX];
        size_t n_stack;
        size_t depth; /* of partials */
        struct str indents[NESTING_MAX];
        size_t n_indents;
        mustache_partial *partial;
        void *ctx;
        struct buf *out;
        struct err *err;
};

/* The first part by the context stack, inside out; the rest below what it gave.
 */
static const struct value *look_up(const struct renderer *r, struct str name)
{
        const struct value *v = NULL;
        struct str part;

        if (str_eq(name, STR(".")))
                return r->stack[r->n_stack - 1];
        if (!str_cut(&name, '.', &part))
                return NULL;
        for (size_t i = r->n_stack; i-- > 0 && !v;)
                v = value_find(r->stack[i], part);
        while (v && str_cut(&name, '.', &part))
                v = value_find(v, part);
        return v;
}

static int render_tokens(struct renderer *r, const struct mustache *m,
                         size_t from, size_t to);

static int render_with(struct renderer *r, const struct mustache *m,
                       size_t from, size_t to, const struct value *v)
{
        if (r->n_stack == STACK_MAX)
                return err_set(r->err, ERR_LIMIT,
                               "template " STR_FMT " nests too deep",
                               STR_ARG(m->name));
        r->stack[r->n_stack++] = v;

        int rc = render_tokens(r, m, from, to);

        r->n_stack--;
        return rc;
}

static int render_section(struct renderer *r, const struct mustache *m,
                          size_t at, const struct value *v)
{
        size_t end = m->tokens[at].end;

        if (m->tokens[at].kind == INVERTED)
                return value_is_true(v) ? 0 : render_tokens(r, m, at + 1, end);
        if (!value_is_true(v))
                return 0;
        if (v->kind != VALUE_LIST)
                return render_with(r, m, at + 1, end, v);
        for (size_t i = 0; i < v->n; i++) {
                int rc = render_with(r, m, at + 1, end, v->items[i]);

                if (rc < 0)
                        return rc;
        }
        return 0;
}

static int render_partial(struct renderer *r, const struct token *t)
{
        const struct mustache *p =
                r->partial ? r->partial(r->ctx, t->text) : NULL;

        if (!p)
                return 0;
        if (r->depth == NESTING_MAX)
                return err_set(r->err, ERR_LIMIT,
                               "template " STR_FMT
                               " takes itself in without end",
                               STR_ARG(p->name));
        r->depth++;
        r->indents[r->n_indents++] = t->indent;

        int rc = render_tokens(r, p, 0, p->n);

        r->n_indents--;
        r->depth--;
        return rc;
}

static void put_indents(struct renderer *r, const struct token *t)
{
        if (!t->is_line_start || t->kind == PARTIAL ||
            str_eq(t->text, STR("\n")))
                return;
        for (size_t i = 0; i < r->n_indents; i++)
                buf_put(r->out, r->indents[i]);
}

static void put_text(struct renderer *r, const struct token *t)
{
        const struct value *v = look_up(r, t->text);

        if (!v || v->kind != VALUE_TEXT)
                return;
        if (t->kind == RAW)
                buf_put(r->out, v->text);
        else
                html_text(r->out, v->text);
}

static int render_tokens(struct renderer *r, const struct mustache *m,
                         size_t from, size_t to)
{
        int rc = 0;

        for (size_t i = from; i < to && rc == 0; i++) {
                const struct token *t = &m->tokens[i];

                put_indents(r, t);
                switch (t->kind) {
                case LITERAL:
                        buf_put(r->out, t->text);
                        break;
                case ESCAPED:
                case RAW:
                        put_text(r, t);
                        break;
                case SECTION:
                case INVERTED:
                        rc = render_section(r, m, i, look_up(r, t->text));
                        i = t->end;
                        break;
                case PARTIAL:
                        rc = render_partial(r, t);
                        break;
                case CLOSE:
                        break;
                }
        }
        return rc;
}

int mustache_render(const struct mustache *m, const struct value *root,
                    mustache_partial *partial, void *ctx, struct buf *out,
                    struct err *err)
{
        struct renderer r = {
                .partial = partial, .ctx = ctx, .out = out, .err = err
        };

        r.stack[r.n_stack++] = root;

        int rc = render_tokens(&r, m, 0, m->n);

        if (rc == 0 && !buf_ok(out))
                return err_set(err, ERR_LIMIT,
                               "what template " STR_FMT " prints is too large",
                               STR_ARG(m->name));
        return rc;
}
