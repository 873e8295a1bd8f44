#include "base/buf.h"
#include "base/limits.h"
#include "edition/attrs.h"
#include "edition/copy.h"
#include "edition/front.h"

#define PREFIX_MAX 4096
#define CHILD_INDENT 4

struct writer {
        struct buf *out;
        struct buf prefix; /* of each line: quotes' and items' */
        bool is_begun;     /* the line's prefix stands already, as a mark */
};

static void begin_line(struct writer *w)
{
        if (!w->is_begun)
                buf_put(w->out, buf_str(&w->prefix));
        w->is_begun = false;
}

static void end_line(struct writer *w)
{
        while (w->out->n && w->out->p[w->out->n - 1] == ' ')
                buf_cut(w->out, w->out->n - 1);
        buf_char(w->out, '\n');
}

static void blank_line(struct writer *w)
{
        begin_line(w);
        end_line(w);
}

static void put_lines(struct writer *w, struct str text)
{
        struct str line;

        while (str_cut(&text, '\n', &line)) {
                begin_line(w);
                buf_put(w->out, line);
                if (text.p)
                        buf_char(w->out, '\n');
        }
}

static void put_text(struct writer *w, struct str text,
                     const struct attrs *attrs)
{
        put_lines(w, text.p ? text : STR(""));
        if (attrs->n && text.n)
                buf_char(w->out, ' ');
        attrs_put(w->out, attrs);
        end_line(w);
}

static void put_heading(struct writer *w, int level, struct str text)
{
        begin_line(w);
        for (int i = 0; i < level; i++)
                buf_char(w->out, '#');
        if (text.n)
                buf_char(w->out, ' ');
        buf_put(w->out, text);
}

/* The longest run of mark that begins a line of text, but for white space. */
static size_t longest_fence(struct str text, char mark)
{
        struct str line;
        size_t longest = 0;

        while (str_cut(&text, '\n', &line)) {
                size_t n = 0;

                line = str_trim(line);
                while (n < line.n && line.p[n] == mark)
                        n++;
                if (n > longest)
                        longest = n;
        }
        return longest;
}

static void put_code(struct writer *w, const struct block *b)
{
        char mark = str_chr(b->info, '`', 0) == STR_NONE ? '`' : '~';
        size_t n = longest_fence(b->text, mark);
        struct str text = b->text, line;

        n = n < 3 ? 3 : n + 1;
        begin_line(w);
        for (size_t i = 0; i < n; i++)
                buf_char(w->out, mark);
        buf_put(w->out, b->info);
        end_line(w);
        if (text.n && text.p[text.n - 1] == '\n')
                text.n--;
        else if (!text.n)
                text = STR_NULL;
        while (text.p && str_cut(&text, '\n', &line)) {
                if (!line.n) {
                        blank_line(w);
                        continue;
                }
                begin_line(w);
                buf_put(w->out, line);
                buf_char(w->out, '\n');
        }
        begin_line(w);
        for (size_t i = 0; i < n; i++)
                buf_char(w->out, mark);
        end_line(w);
}

static void put_blocks(struct writer *w, const struct block *blocks, size_t n,
                       bool is_first);

/* Two lists in a row would be one but for their marks. */
static bool is_twin(const struct block *blocks, size_t i)
{
        bool is_odd = false;

        while (i > 0 && blocks[i - 1].kind == BLOCK_LIST &&
               blocks[i - 1].is_ordered == blocks[i].is_ordered) {
                is_odd = !is_odd;
                i--;
        }
        return is_odd;
}

/* A list right under an item's text: may it do without a blank line? */
static bool is_tight(const struct block *b)
{
        return b->kind == BLOCK_LIST && b->n_children &&
               (b->children[0].text.n || b->children[0].attrs.n) &&
               (!b->is_ordered || b->level == 1);
}

static void put_item(struct writer *w, const struct block *item, bool ordered,
                     long number, bool is_odd)
{
        size_t before = w->prefix.n, from;

        begin_line(w);
        from = w->out->n;
        if (ordered)
                buf_printf(w->out, "%ld%c ", number, is_odd ? ')' : '.');
        else
                buf_puts(w->out, is_odd ? "* " : "- ");

        size_t width = w->out->n - from;

        for (size_t i = 0; i < (width < CHILD_INDENT ? CHILD_INDENT : width);
             i++)
                buf_char(&w->prefix, ' ');
        w->is_begun = true;
        put_text(w, item->text, &item->attrs);
        if (item->n_children) {
                if (item->text.n && !is_tight(&item->children[0]))
                        blank_line(w);
                put_blocks(w, item->children, item->n_children, true);
        }
        buf_cut(&w->prefix, before);
}

static void put_list(struct writer *w, const struct block *list, bool is_odd)
{
        long number = list->is_ordered ? list->level : 0;

        for (size_t i = 0; i < list->n_children; i++)
                put_item(w, &list->children[i], list->is_ordered, number++,
                         is_odd);
}

static void put_quote(struct writer *w, const struct block *b)
{
        size_t before = w->prefix.n;
        bool has_text = b->text.n || b->attrs.n || !b->n_children;

        begin_line(w);
        buf_puts(w->out, "> ");
        buf_puts(&w->prefix, "> ");
        w->is_begun = true;
        if (has_text)
                put_text(w, b->text, &b->attrs);
        if (has_text && b->n_children)
                blank_line(w);
        put_blocks(w, b->children, b->n_children, true);
        buf_cut(&w->prefix, before);
}

static void put_block(struct writer *w, const struct block *blocks, size_t i)
{
        const struct block *b = &blocks[i];

        switch (b->kind) {
        case BLOCK_HEADING:
                put_heading(w, b->level, b->text);
                if (b->attrs.n)
                        buf_char(w->out, ' ');
                attrs_put(w->out, &b->attrs);
                end_line(w);
                break;
        case BLOCK_CODE:
                put_code(w, b);
                break;
        case BLOCK_RULE:
                begin_line(w);
                buf_puts(w->out, "***\n");
                break;
        case BLOCK_QUOTE:
                put_quote(w, b);
                break;
        case BLOCK_LIST:
                put_list(w, b, is_twin(blocks, i));
                break;
        default:
                put_text(w, b->text, &b->attrs);
        }
}

static void put_blocks(struct writer *w, const struct block *blocks, size_t n,
                       bool is_first)
{
        for (size_t i = 0; i < n; i++) {
                if (i || !is_first)
                        blank_line(w);
                put_block(w, blocks, i);
        }
}

/* Heading of a section: the class of its kind, then its other attributes. */
static void put_section_heading(struct writer *w, const struct section *s)
{
        struct attr name = { STR(""), s->name };
        struct attrs kind = { &name, 1 };

        put_heading(w, s->level, s->heading);
        if (s->name.n) {
                buf_char(w->out, ' ');
                attrs_put(w->out, &kind);
        }
        if (s->attrs.n && s->name.n) {
                buf_cut(w->out, w->out->n - 1);
                buf_char(w->out, ' ');
                struct buf rest;

                buf_init(&rest, LIMIT_COPY_B);
                attrs_put(&rest, &s->attrs);
                buf_put(w->out, str_sub(buf_str(&rest), 1, rest.n));
                buf_done(&rest);
        } else if (s->attrs.n) {
                buf_char(w->out, ' ');
                attrs_put(w->out, &s->attrs);
        }
        end_line(w);
}

void copy_write(struct buf *out, const struct edition *e)
{
        struct writer w = { .out = out };

        buf_init(&w.prefix, PREFIX_MAX);
        front_write(out, e);
        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *s = &e->sections[i];
                bool has_heading = s->kind != SECTION_GREETING || s->level;

                if (has_heading) {
                        if (i)
                                buf_char(out, '\n');
                        put_section_heading(&w, s);
                }
                put_blocks(&w, s->blocks, s->n_blocks, !has_heading);
        }
        buf_done(&w.prefix);
}

static bool attrs_same(const struct attrs *x, const struct attrs *y)
{
        if (x->n != y->n)
                return false;
        for (size_t i = 0; i < x->n; i++)
                if (!str_eq(x->items[i].key, y->items[i].key) ||
                    !str_eq(x->items[i].value, y->items[i].value))
                        return false;
        return true;
}

static bool blocks_same(const struct block *x, size_t n_x,
                        const struct block *y, size_t n_y)
{
        if (n_x != n_y)
                return false;
        for (size_t i = 0; i < n_x; i++)
                if (x[i].kind != y[i].kind || x[i].level != y[i].level ||
                    x[i].is_ordered != y[i].is_ordered ||
                    !str_eq(x[i].text, y[i].text) ||
                    !str_eq(x[i].info, y[i].info) ||
                    !attrs_same(&x[i].attrs, &y[i].attrs) ||
                    !blocks_same(x[i].children, x[i].n_children, y[i].children,
                                 y[i].n_children))
                        return false;
        return true;
}

static bool sections_same(const struct section *x, const struct section *y)
{
        return x->kind == y->kind && x->level == y->level &&
               str_eq(x->name, y->name) && str_eq(x->heading, y->heading) &&
               attrs_same(&x->attrs, &y->attrs) &&
               blocks_same(x->blocks, x->n_blocks, y->blocks, y->n_blocks);
}

static bool fronts_same(const struct edition *x, const struct edition *y)
{
        struct attrs ex = { x->extra, x->n_extra },
                     ey = { y->extra, y->n_extra };

        if (x->n_contributors != y->n_contributors)
                return false;
        for (size_t i = 0; i < x->n_contributors; i++)
                if (!str_eq(x->contributors[i], y->contributors[i]))
                        return false;
        return str_eq(x->series, y->series) && x->number == y->number &&
               x->date.year == y->date.year && x->date.month == y->date.month &&
               x->date.day == y->date.day && str_eq(x->title, y->title) &&
               str_eq(x->language, y->language) && attrs_same(&ex, &ey);
}

bool copy_equal(const struct edition *x, const struct edition *y)
{
        if (!fronts_same(x, y) || x->n_sections != y->n_sections)
                return false;
        for (size_t i = 0; i < x->n_sections; i++)
                if (!sections_same(&x->sections[i], &y->sections[i]))
                        return false;
        return true;
}
