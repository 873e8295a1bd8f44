#include "edition/blocks.h"

#include "base/arena.h"
#include "base/limits.h"
#include "edition/attrs.h"
#include "edition/chart_read.h"
#include "edition/inline.h"
#include "edition/opening.h"
#include "edition/quiz_read.h"

/* Where the reading of one level of lines stands, and what it made. */
struct level {
        struct reader *r;
        const struct line *lines;
        size_t n, at;
        int depth;
        struct block *blocks;
        size_t n_blocks, cap;
};

/* Lines of a quote or an item, their marks cut off. */
struct gathered {
        struct line *lines;
        size_t n, cap;
        struct opening fence; /* open at the end when .kind says so */
        bool may_be_lazy;     /* the last one may be a paragraph's */
};

static int count_block(struct reader *r, struct str at)
{
        if (++r->n_blocks > LIMIT_COPY_BLOCKS)
                return reader_fail(r, at.p, ERR_LIMIT,
                                   "there are more than %d blocks",
                                   LIMIT_COPY_BLOCKS);
        if (arena_is_full(r->a))
                return reader_fail(r, at.p, ERR_LIMIT,
                                   "the copy needs too much memory");
        return 0;
}

static struct block *add_block(struct level *lv, enum block_kind kind, int line)
{
        ARENA_GROW(lv->r->a, lv->blocks, lv->n_blocks, lv->cap);
        struct block *b = &lv->blocks[lv->n_blocks++];

        *b = (struct block) { .kind = kind, .line = line };
        return b;
}

/* Attributes off text, runs out of it. at: where it stands, for a fault. */
static int set_text(struct reader *r, struct block *b, struct str text,
                    const char *at)
{
        (void)attrs_cut(r->a, &text, &b->attrs);
        b->text = text;
        if (inline_runs(r->a, text, &b->runs, &b->n_runs) < 0)
                return reader_fail(r, at, ERR_LIMIT,
                                   "a text of more than %zu bytes",
                                   INLINE_MAX_B);
        return 0;
}

/* A heading's "{" that opens no list of attributes is a slip of the hand. */
static int check_heading(struct reader *r, const struct block *b,
                         const char *at)
{
        struct str s = b->text;
        bool is_view = s.p >= r->text.p && s.p < r->text.p + r->text.n;

        for (size_t i = str_chr(s, '{', 0); i != STR_NONE;
             i = str_chr(s, '{', i + 1)) {
                if (i > 0 && s.p[i - 1] == '\\')
                        continue;
                if (i + 1 < s.n && (s.p[i + 1] == '.' || s.p[i + 1] == '#'))
                        return reader_fail(r, is_view ? s.p + i : at, ERR_INPUT,
                                           "these attributes are not as {.kind "
                                           "name=value} or lack their }");
        }
        return 0;
}

/* Without the closing marks of "# Title ##", as often as there are any. */
static struct str cut_closing(struct str s)
{
        for (;;) {
                size_t n = s.n;

                while (n && s.p[n - 1] == '#')
                        n--;
                if (n == s.n || (n && !chr_is_space(s.p[n - 1])))
                        return s;
                s = str_trim(str_sub(s, 0, n));
        }
}

static int add_heading(struct level *lv, struct str text, int level, int line,
                       const char *at)
{
        struct block *b = add_block(lv, BLOCK_HEADING, line);

        b->level = level;
        (void)attrs_cut(lv->r->a, &text, &b->attrs);
        b->text = cut_closing(text);
        if (!b->attrs.n)
                (void)attrs_cut(lv->r->a, &b->text, &b->attrs);
        if (inline_runs(lv->r->a, b->text, &b->runs, &b->n_runs) < 0)
                return reader_fail(lv->r, at, ERR_LIMIT,
                                   "a heading of more than %zu bytes",
                                   INLINE_MAX_B);
        return check_heading(lv->r, b, at);
}

static int read_fence(struct level *lv, const struct opening *o)
{
        const struct line *first = &lv->lines[lv->at];
        size_t from = lv->at + 1, end = from, size = 0;

        while (end < lv->n && !opening_ends_fence(o, lv->lines[end].s))
                size += lv->lines[end++].s.n + 1;
        if (end == lv->n)
                return reader_fail(
                        lv->r, first->s.p + (first->s.n - str_trim(first->s).n),
                        ERR_INPUT,
                        "the block of code that starts here is never closed");

        struct block *b = add_block(lv, BLOCK_CODE, first->no);
        char *p = arena_alloc(lv->r->a, size + 1);
        size_t n = 0;

        for (size_t i = from; i < end; i++) {
                struct str s = opening_outdent(lv->lines[i].s, o->indent);

                for (size_t k = 0; k < s.n; k++)
                        p[n++] = s.p[k];
                p[n++] = '\n';
        }
        b->text = (struct str) { p, n };
        b->info = o->rest;
        if (str_eq(b->info, STR("chart")))
                b->chart = chart_read(lv->r->a, b->text, first->no + 1);
        if (str_eq(b->info, STR("quiz")))
                b->quiz = quiz_read(lv->r->a, b->text, first->no + 1);
        lv->at = end + 1;
        return 0;
}

/* The lines from..end as one text, each without its indentation. */
static struct str join_lines(struct level *lv, size_t from, size_t end)
{
        size_t size = 0, n = 0;

        if (end == from + 1)
                return str_trim(lv->lines[from].s);
        for (size_t i = from; i < end; i++)
                size += lv->lines[i].s.n + 1;

        char *p = arena_alloc(lv->r->a, size + 1);

        for (size_t i = from; i < end; i++) {
                struct str s = opening_outdent(lv->lines[i].s, SIZE_MAX);

                for (size_t k = 0; k < s.n; k++)
                        p[n++] = s.p[k];
                if (i + 1 < end)
                        p[n++] = '\n';
        }
        return str_trim((struct str) { p, n });
}

/*
 * "--" in an item is text, but with the item's own dash it would be a rule:
 * such a text is kept as "\\--".
 */
static struct str escape_rule(struct arena *a, struct str text)
{
        struct str line = str_sub(text, 0, str_chr(text, '\n', 0));

        for (size_t i = 0; i < line.n; i++)
                if (line.p[i] != '-' && line.p[i] != '*' && line.p[i] != '_' &&
                    !chr_is_space(line.p[i]))
                        return text;
        return arena_printf(a, "\\" STR_FMT, STR_ARG(text));
}

static int read_paragraph(struct level *lv)
{
        size_t from = lv->at, end = from + 1;
        int underline = 0;

        for (; end < lv->n; end++) {
                struct opening o;

                underline = opening_underline(lv->lines[end].s);
                if (underline)
                        break;
                o = opening_of(lv->lines[end].s);
                if (opening_interrupts(&o))
                        break;
        }
        struct str text = join_lines(lv, from, end);
        const struct line *first = &lv->lines[from];

        lv->at = end;
        if (underline) {
                char *p = arena_alloc(lv->r->a, text.n + 1);

                for (size_t i = 0; i < text.n; i++)
                        p[i] = text.p[i] == '\n' ? ' ' : text.p[i];
                lv->at++;
                return add_heading(lv, (struct str) { p, text.n }, underline,
                                   first->no, first->s.p);
        }
        return set_text(lv->r, add_block(lv, BLOCK_PARAGRAPH, first->no),
                        escape_rule(lv->r->a, text), first->s.p);
}

static void gather(struct level *lv, struct gathered *g, struct str s, int no)
{
        struct opening o = opening_of(s);

        ARENA_GROW(lv->r->a, g->lines, g->n, g->cap);
        g->lines[g->n++] = (struct line) { s, no };
        if (g->fence.kind == OPENING_FENCE) {
                if (opening_ends_fence(&g->fence, s))
                        g->fence.kind = OPENING_NONE;
                g->may_be_lazy = false;
                return;
        }
        if (o.kind == OPENING_FENCE)
                g->fence = o;
        g->may_be_lazy = o.kind == OPENING_NONE || o.kind == OPENING_QUOTE ||
                         o.kind == OPENING_BULLET || o.kind == OPENING_NUMBER;
}

/* A line that goes on a paragraph inside g without g's mark. */
static bool is_lazy(const struct gathered *g, const struct opening *o)
{
        return g->may_be_lazy && !opening_interrupts(o);
}

/* Read what was gathered as b's: its first paragraph is b's own text. */
static int fill(struct level *lv, struct gathered *g, struct block *b)
{
        struct block *blocks = NULL;
        size_t n = 0;
        int rc = blocks_read(lv->r, g->lines, g->n, lv->depth + 1, &blocks, &n);

        if (rc < 0)
                return rc;
        b->text = STR("");
        if (n && blocks[0].kind == BLOCK_PARAGRAPH) {
                b->text = blocks[0].text;
                b->attrs = blocks[0].attrs;
                b->runs = blocks[0].runs;
                b->n_runs = blocks[0].n_runs;
                blocks++;
                n--;
        }
        b->children = n ? blocks : NULL;
        b->n_children = n;
        return 0;
}

static int read_quote(struct level *lv)
{
        struct gathered g = { 0 };
        struct block b = { .kind = BLOCK_QUOTE, .line = lv->lines[lv->at].no };

        for (; lv->at < lv->n; lv->at++) {
                struct str s = lv->lines[lv->at].s;
                struct opening o = opening_of(s);

                if (o.kind == OPENING_QUOTE)
                        s = o.rest;
                else if (!is_lazy(&g, &o))
                        break;
                gather(lv, &g, s, lv->lines[lv->at].no);
        }
        int rc = fill(lv, &g, &b);

        if (rc == 0)
                *add_block(lv, BLOCK_QUOTE, b.line) = b;
        return rc;
}

/* The next line that isn't blank, from i. */
static size_t after_blanks(const struct level *lv, size_t i)
{
        while (i < lv->n && str_trim(lv->lines[i].s).n == 0)
                i++;
        return i;
}

/* One item, whose mark stands in the line at lv->at, into *b. */
static int read_item(struct level *lv, const struct opening *o, struct block *b)
{
        struct gathered g = { 0 };

        *b = (struct block) { .kind = BLOCK_ITEM,
                              .line = lv->lines[lv->at].no };
        int rc = count_block(lv->r, lv->lines[lv->at].s);

        if (rc < 0)
                return rc;
        gather(lv, &g, o->rest, b->line);
        for (lv->at++; lv->at < lv->n;) {
                size_t next = after_blanks(lv, lv->at);

                if (next == lv->n)
                        break;

                struct str s = lv->lines[next].s;
                struct opening now = opening_of(s);
                bool is_inside = now.indent >= o->content;
                bool is_item = now.kind == OPENING_BULLET ||
                               now.kind == OPENING_NUMBER;

                if (!is_inside && (next > lv->at || !is_lazy(&g, &now) ||
                                   (is_item && now.mark == o->mark)))
                        break;
                for (; lv->at < next; lv->at++)
                        gather(lv, &g,
                               opening_outdent(lv->lines[lv->at].s, o->content),
                               lv->lines[lv->at].no);
                gather(lv, &g, opening_outdent(s, o->content),
                       lv->lines[next].no);
                lv->at++;
        }
        return fill(lv, &g, b);
}

static int read_list(struct level *lv, struct opening o)
{
        struct block list = { .kind = BLOCK_LIST,
                              .line = lv->lines[lv->at].no,
                              .is_ordered = o.kind == OPENING_NUMBER,
                              .level = o.kind == OPENING_NUMBER ? o.level : 0 };
        enum opening_kind kind = o.kind;
        char mark = o.mark;
        size_t cap = 0;

        while (o.kind == kind && o.mark == mark) {
                struct block item;
                int rc = read_item(lv, &o, &item);

                if (rc < 0)
                        return rc;
                ARENA_GROW(lv->r->a, list.children, list.n_children, cap);
                list.children[list.n_children++] = item;

                size_t next = after_blanks(lv, lv->at);

                if (next == lv->n)
                        break;
                o = opening_of(lv->lines[next].s);
                if (o.kind == kind && o.mark == mark)
                        lv->at = next;
        }
        *add_block(lv, BLOCK_LIST, list.line) = list;
        return 0;
}

static int read_block(struct level *lv)
{
        const struct line *line = &lv->lines[lv->at];
        struct opening o = opening_of(line->s);
        int rc = count_block(lv->r, line->s);

        if (rc < 0)
                return rc;
        switch (o.kind) {
        case OPENING_FENCE:
                return read_fence(lv, &o);
        case OPENING_HEADING:
                lv->at++;
                return add_heading(lv, o.rest, o.level, line->no, line->s.p);
        case OPENING_RULE:
                lv->at++;
                add_block(lv, BLOCK_RULE, line->no);
                return 0;
        case OPENING_QUOTE:
                return read_quote(lv);
        case OPENING_BULLET:
        case OPENING_NUMBER:
                return read_list(lv, o);
        default:
                return read_paragraph(lv);
        }
}

int blocks_read(struct reader *r, const struct line *lines, size_t n, int depth,
                struct block **ret, size_t *ret_n)
{
        struct level lv = { .r = r, .lines = lines, .n = n, .depth = depth };

        if (depth > BLOCKS_DEPTH_MAX)
                return reader_fail(
                        r, n ? lines[0].s.p : r->text.p, ERR_LIMIT,
                        "quotes and lists lie more than %d deep in each other",
                        BLOCKS_DEPTH_MAX);
        for (;;) {
                lv.at = after_blanks(&lv, lv.at);
                if (lv.at == n)
                        break;
                int rc = read_block(&lv);

                if (rc < 0)
                        return rc;
        }
        *ret = lv.blocks;
        *ret_n = lv.n_blocks;
        return 0;
}
