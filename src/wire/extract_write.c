#include "wire/extract_write.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/entity.h"
#include "wire/sanitize.h"

#define OPEN_MAX 40  /* elements open at once */
#define CELL_MAX 300 /* a longer cell is of a table that lays a page out */
#define CELLS_MIN 4  /* of a table that is one */

/* Names of what has no pictures of the article. */
#define ODD_NAMES                                                              \
        (NAME_IS(COMMENT) | NAME_IS(RELATED) | NAME_IS(TEASER) |               \
         NAME_IS(SHARE) | NAME_IS(NAV) | NAME_IS(FOOT) | NAME_IS(SIDE) |       \
         NAME_IS(AD) | NAME_IS(PROMO) | NAME_IS(AUTHOR) | NAME_IS(CONSENT))
#define ODD_PLACES                                                             \
        (IN_ASIDE | IN_NAV | IN_FOOTER | IN_FORM | IN_HIDDEN | IN_DROP |       \
         IN_SHUT)

/* One element that is open in the output. */
struct open {
        uint32_t node; /* which it stands for; a paragraph of ours: its block */
        enum tag tag;
        bool is_ours;
};

struct writer {
        struct arena *a;
        const struct survey *s;
        struct buf html;
        struct open open[OPEN_MAX];
        size_t depth;
        /* Before each block: how many cells and how many long blocks. */
        uint32_t *cells, *longs;
        bool is_blank; /* a blank is owed */
        bool is_start; /* nothing stands in the block yet */
};

static void put_attr(struct writer *w, const char *name, struct str value)
{
        if (!value.n)
                return;
        buf_char(&w->html, ' ');
        buf_puts(&w->html, name);
        buf_puts(&w->html, "=\"");
        entity_encode_to(&w->html, value);
        buf_char(&w->html, '"');
}

static void open_one(struct writer *w, struct open o)
{
        const struct tree_node *n = &w->s->tree->nodes[o.node];

        if (w->is_blank && !(tag_flags(o.tag) & (TAG_BLOCK | TAG_PART)) &&
            !w->is_start) {
                buf_char(&w->html, ' ');
                w->is_blank = false;
        }
        buf_char(&w->html, '<');
        buf_put(&w->html, tag_name(o.tag));
        if (o.tag == TAG_a && !o.is_ours)
                put_attr(w, "href", tree_attr(n, TREE_href));
        if ((o.tag == TAG_td || o.tag == TAG_th) && !o.is_ours)
                put_attr(w, "colspan", tree_attr(n, TREE_colspan));
        if (o.tag == TAG_ol && !o.is_ours)
                put_attr(w, "start", tree_attr(n, TREE_start));
        buf_char(&w->html, '>');
        w->open[w->depth++] = o;
        if (tag_flags(o.tag) & (TAG_BLOCK | TAG_PART)) {
                w->is_start = true;
                w->is_blank = false;
        }
}

static void close_to(struct writer *w, size_t depth)
{
        while (w->depth > depth) {
                enum tag tag = w->open[--w->depth].tag;

                buf_puts(&w->html, "</");
                buf_put(&w->html, tag_name(tag));
                buf_char(&w->html, '>');
        }
}

static void count_cells(struct writer *w)
{
        const struct survey *s = w->s;

        w->cells = arena_array(w->a, s->n_blocks + 1, sizeof(*w->cells));
        w->longs = arena_array(w->a, s->n_blocks + 1, sizeof(*w->longs));
        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];

                w->cells[i + 1] =
                        w->cells[i] + (b->tag == TAG_td || b->tag == TAG_th);
                w->longs[i + 1] = w->longs[i] + (b->len > CELL_MAX);
        }
}

/* The first block that begins at node i or behind it. */
static size_t block_at(const struct survey *s, uint32_t i)
{
        size_t lo = 0, hi = s->n_blocks;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (s->blocks[mid].from < i)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

/* Is table node i one, and not the frame of a page? */
static bool is_table(const struct writer *w, uint32_t i)
{
        size_t from = block_at(w->s, i);
        size_t to = block_at(w->s, w->s->tree->nodes[i].end);

        return w->cells[to] - w->cells[from] >= CELLS_MIN &&
               w->longs[to] == w->longs[from];
}

/* What an element is written as; TAG_UNKNOWN: not at all. */
static enum tag shape_of(struct writer *w, uint32_t i)
{
        enum tag tag = w->s->tree->nodes[i].tag;

        switch (tag) {
        case TAG_h1:
                return TAG_h2;
        case TAG_b:
                return TAG_strong;
        case TAG_i:
                return TAG_em;
        case TAG_table:
                return is_table(w, i) ? tag : TAG_UNKNOWN;
        case TAG_tr:
        case TAG_td:
        case TAG_th: {
                uint32_t up = i;

                while (up != TREE_TOP && w->s->tree->nodes[up].tag != TAG_table)
                        up = w->s->tree->nodes[up].parent;
                return up != TREE_TOP && is_table(w, up) ? tag : TAG_UNKNOWN;
        }
        case TAG_p:
        case TAG_h2:
        case TAG_h3:
        case TAG_h4:
        case TAG_h5:
        case TAG_h6:
        case TAG_ul:
        case TAG_ol:
        case TAG_li:
        case TAG_dl:
        case TAG_dt:
        case TAG_dd:
        case TAG_blockquote:
        case TAG_pre:
        case TAG_figure:
        case TAG_figcaption:
        case TAG_a:
        case TAG_em:
        case TAG_strong:
        case TAG_code:
        case TAG_sub:
        case TAG_sup:
        case TAG_q:
        case TAG_cite:
        case TAG_del:
        case TAG_ins:
        case TAG_mark:
        case TAG_abbr:
        case TAG_kbd:
        case TAG_samp:
        case TAG_var:
                return tag;
        default:
                return TAG_UNKNOWN;
        }
}

/* Does text stand right in it? A list, a table and a quotation hold blocks. */
static bool takes_text(enum tag tag)
{
        switch (tag) {
        case TAG_p:
        case TAG_h2:
        case TAG_h3:
        case TAG_h4:
        case TAG_h5:
        case TAG_h6:
        case TAG_li:
        case TAG_dt:
        case TAG_dd:
        case TAG_td:
        case TAG_th:
        case TAG_pre:
        case TAG_figcaption:
                return true;
        default:
                return false;
        }
}

/* The elements to be open for node i, of block k, from the outermost. */
static size_t chain_of(struct writer *w, uint32_t i, size_t k,
                       struct open *chain)
{
        const struct tree *t = w->s->tree;
        const struct block *b = &w->s->blocks[k];
        struct open up[OPEN_MAX + 1];
        size_t n = 0;
        bool has_block = false, was_outside = false;

        for (uint32_t at = t->nodes[i].parent; at != TREE_TOP && n < OPEN_MAX;
             at = t->nodes[at].parent) {
                enum tag tag = shape_of(w, at);
                bool is_outside =
                        tag_flags(t->nodes[at].tag) & (TAG_BLOCK | TAG_PART);

                if (is_outside && !was_outside) {
                        was_outside = true;
                        has_block = takes_text(tag);
                        if (!has_block)
                                up[n++] =
                                        (struct open) { b->from, TAG_p, true };
                }
                if (tag == TAG_UNKNOWN || n == OPEN_MAX)
                        continue;
                if (was_outside && tag == TAG_a)
                        continue; /* around blocks */
                up[n++] = (struct open) { at, tag, false };
        }
        if (!was_outside && n < OPEN_MAX)
                up[n++] = (struct open) { b->from, TAG_p, true };
        for (size_t j = 0; j < n; j++)
                chain[j] = up[n - 1 - j];
        return n;
}

static bool is_same(struct open a, struct open b)
{
        return a.node == b.node && a.tag == b.tag && a.is_ours == b.is_ours;
}

static void put_text(struct writer *w, uint32_t i, size_t k)
{
        struct open chain[OPEN_MAX + 1];
        struct str s = w->s->tree->nodes[i].text;
        size_t n = chain_of(w, i, k, chain), same = 0;
        bool is_pre = n && chain[n - 1].tag == TAG_pre;

        if (!w->s->parts[i].text_n) {
                w->is_blank = true;
                return;
        }
        while (same < n && same < w->depth &&
               is_same(chain[same], w->open[same]))
                same++;
        close_to(w, same);
        if (chr_is_space(s.p[0]))
                w->is_blank = true;
        while (same < n && w->depth < OPEN_MAX)
                open_one(w, chain[same++]);
        if (is_pre) {
                entity_encode_to(&w->html, s);
                return;
        }
        while (s.n) {
                size_t end = 0;

                while (end < s.n && chr_is_space(s.p[end]))
                        end++;
                w->is_blank = w->is_blank || end;
                s = str_sub(s, end, s.n);
                for (end = 0; end < s.n && !chr_is_space(s.p[end]);)
                        end++;
                if (!end)
                        break;
                if (w->is_blank && !w->is_start)
                        buf_char(&w->html, ' ');
                w->is_blank = w->is_start = false;
                entity_encode_to(&w->html, str_sub(s, 0, end));
                s = str_sub(s, end, s.n);
        }
}

static bool is_tiny(struct str side)
{
        return side.n && (side.n == 1 || (side.n == 2 && side.p[0] < '8')) &&
               chr_is_digit(side.p[0]);
}

/* Be in the figure that node i stands in, or in nothing. */
static void open_figure(struct writer *w, uint32_t i)
{
        uint32_t up = w->s->tree->nodes[i].parent;

        while (up != TREE_TOP && w->s->tree->nodes[up].tag != TAG_figure)
                up = w->s->tree->nodes[up].parent;
        if (up == TREE_TOP) {
                close_to(w, 0);
                return;
        }
        struct open figure = { up, TAG_figure, false };
        if (w->depth && is_same(w->open[0], figure)) {
                close_to(w, 1);
                return;
        }
        close_to(w, 0);
        open_one(w, figure);
}

static void put_picture(struct writer *w, uint32_t i)
{
        static const enum tree_key keys[] = { TREE_data_src, TREE_data_lazy_src,
                                              TREE_data_original, TREE_src };
        const struct tree_node *n = &w->s->tree->nodes[i];
        const struct part *p = &w->s->parts[i];
        struct str src = STR_NULL;

        for (size_t k = 0; k < 4 && !src.n; k++)
                src = tree_attr(n, keys[k]);
        if (!src.n || str_starts_nocase(src, STR("data:")) ||
            p->all & ODD_NAMES || p->in & ODD_PLACES ||
            is_tiny(tree_attr(n, TREE_width)) ||
            is_tiny(tree_attr(n, TREE_height)))
                return;
        open_figure(w, i);
        buf_char(&w->html, '<');
        buf_put(&w->html, tag_name(TAG_img));
        put_attr(w, "src", src);
        put_attr(w, "alt", tree_attr(n, TREE_alt));
        put_attr(w, "width", tree_attr(n, TREE_width));
        put_attr(w, "height", tree_attr(n, TREE_height));
        buf_char(&w->html, '>');
}

/* A caption is no sentence of the article, but belongs to its picture. */
static bool is_caption(const struct survey *s, const struct block *b,
                       size_t place)
{
        const struct tree_node *n = &s->tree->nodes[place];

        return block_has(b, MARK_in_figure) && block_has(b, MARK_in_caption) &&
               b->from >= place && b->from < n->end &&
               !(s->parts[b->holder].in & ODD_PLACES);
}

static struct str write_html(struct writer *w, size_t place, struct str base)
{
        const struct survey *s = w->s;
        size_t k = 0, last = 0;
        bool any = false;

        for (size_t i = 0; i < s->n_blocks; i++)
                if (s->blocks[i].is_kept)
                        last = s->blocks[i].to;
        for (uint32_t i = 0; i < last; i++) {
                const struct tree_node *n = &s->tree->nodes[i];

                while (k < s->n_blocks && s->blocks[k].to <= i)
                        k++;
                if (k == s->n_blocks)
                        break;
                const struct block *b = &s->blocks[k];
                bool is_in = b->is_kept || is_caption(s, b, place);

                if (n->is_text && i >= b->from && is_in) {
                        any = any || b->is_kept;
                        put_text(w, i, k);
                } else if (n->tag == TAG_br) {
                        w->is_blank = true;
                } else if (n->tag == TAG_img &&
                           (any ||
                            (i >= place && i < s->tree->nodes[place].end))) {
                        put_picture(w, i);
                }
        }
        close_to(w, 0);
        return sanitize_html(w->a, buf_str(&w->html), base);
}

static struct str write_text(struct arena *a, const struct survey *s)
{
        struct buf out;

        buf_init(&out, 2 * LIMIT_TEXT_B);
        for (size_t i = 0; i < s->n_blocks && out.n < LIMIT_TEXT_B; i++) {
                if (!s->blocks[i].is_kept)
                        continue;
                if (out.n)
                        buf_puts(&out, "\n\n");
                buf_put(&out, str_sub(s->blocks[i].text, 0, LIMIT_TEXT_B));
        }
        struct str ret = arena_str(a, utf8_clip(buf_str(&out), LIMIT_TEXT_B));
        buf_done(&out);
        return ret;
}

struct written extract_write(struct arena *a, const struct survey *s,
                             size_t place, struct str base)
{
        struct writer w = { .a = a, .s = s, .is_start = true };
        struct written ret;

        count_cells(&w);
        buf_init(&w.html, 4 * LIMIT_CONTENT_B);
        ret.html = write_html(&w, place, base);
        ret.text = write_text(a, s);
        buf_done(&w.html);
        return ret;
}
