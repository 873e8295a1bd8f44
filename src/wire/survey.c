#include "wire/survey.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/names.h"
#include "wire/phrases.h"

#define DATE_LINE_MAX_B 60
#define RUN_MIN 2
#define ASKS_MAX 120    /* of a paragraph that only asks */
#define OUTSIDE_MIN 150 /* of text beside comments */
#define RUN_LEN 30
#define IN_MARKS 19 /* bits of part.in that are marks */
/* Names of furniture. */
#define ODD_NAMES                                                              \
        (NAME_IS(COMMENT) | NAME_IS(RELATED) | NAME_IS(TEASER) |               \
         NAME_IS(SHARE) | NAME_IS(NAV) | NAME_IS(FOOT) | NAME_IS(SIDE) |       \
         NAME_IS(AD) | NAME_IS(PROMO) | NAME_IS(AUTHOR) | NAME_IS(CONSENT))
#define LONG_B 80 /* a paragraph that says where the text is */

static bool is_shown_none(struct str style)
{
        size_t at = str_find_nocase(style, STR("display"), 0);

        while (at != STR_NONE) {
                struct str rest = str_trim(str_sub(style, at + 7, style.n));
                if (str_starts(rest, STR(":")) &&
                    str_starts_nocase(str_trim(str_sub(rest, 1, rest.n)),
                                      STR("none")))
                        return true;
                at = str_find_nocase(style, STR("display"), at + 7);
        }
        return false;
}

static uint32_t role_bits(struct str role)
{
        static const struct {
                const char *role;
                uint32_t in;
        } roles[] = {
                { "navigation", IN_NAV },   { "complementary", IN_ASIDE },
                { "banner", IN_HEADER },    { "contentinfo", IN_FOOTER },
                { "search", IN_FORM },      { "dialog", IN_SHUT },
                { "alertdialog", IN_SHUT }, { "menu", IN_NAV },
                { "menubar", IN_NAV },      { "alert", IN_SHUT },
                { "tablist", IN_NAV },      { "article", IN_ARTICLE },
                { "main", IN_MAIN },
        };

        for (size_t i = 0; role.n && i < sizeof(roles) / sizeof(*roles); i++)
                if (str_eq_nocase(role, str_c(roles[i].role)))
                        return roles[i].in;
        return 0;
}

static uint32_t tag_bits(enum tag tag)
{
        switch (tag) {
        case TAG_article:
                return IN_ARTICLE;
        case TAG_main:
                return IN_MAIN;
        case TAG_section:
                return IN_SECTION;
        case TAG_aside:
                return IN_ASIDE;
        case TAG_nav:
        case TAG_menu:
                return IN_NAV;
        case TAG_footer:
                return IN_FOOTER;
        case TAG_header:
                return IN_HEADER;
        case TAG_form:
        case TAG_fieldset:
                return IN_FORM;
        case TAG_figure:
                return IN_FIGURE;
        case TAG_figcaption:
        case TAG_caption:
                return IN_CAPTION;
        case TAG_ul:
        case TAG_ol:
                return IN_LIST;
        case TAG_li:
                return IN_ENTRY;
        case TAG_table:
                return IN_TABLE;
        case TAG_blockquote:
                return IN_QUOTE;
        case TAG_a:
                return IN_LINK;
        case TAG_b:
        case TAG_strong:
                return IN_BOLD;
        case TAG_details:
                return IN_SHUT;
        default:
                return tag_flags(tag) & TAG_DROP ? IN_DROP : 0;
        }
}

static void read_part(const struct names *names, const struct tree_node *n,
                      struct part *p)
{
        p->in = tag_bits(n->tag);
        for (uint32_t i = 0; i < n->n_attrs; i++) {
                struct str value = n->attrs[i].value;

                switch (n->attrs[i].key) {
                case TREE_class:
                case TREE_id:
                case TREE_itemprop:
                        p->names |= names_read(names, value);
                        break;
                case TREE_style:
                        if (is_shown_none(value))
                                p->in |= IN_HIDDEN;
                        break;
                case TREE_hidden:
                        p->in |= IN_HIDDEN;
                        break;
                case TREE_aria_hidden:
                        if (str_eq_nocase(value, STR("true")))
                                p->in |= IN_HIDDEN;
                        break;
                case TREE_href:
                        if (str_starts(value, STR("#")))
                                p->in |= IN_HERE;
                        break;
                case TREE_role:
                        p->in |= role_bits(value);
                        break;
                default:
                        break;
                }
        }
}

/* Bytes without blanks; the blank is the one that is common. */
static uint32_t count_text(struct str s)
{
        uint32_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += (unsigned char)s.p[i] > ' ';
        return n;
}

/* From the last to the first, so that all within a node is counted before it.
 */
static void add_up(struct survey *s)
{
        const struct tree *t = s->tree;

        for (size_t i = t->n; i-- > 0;) {
                const struct tree_node *n = &t->nodes[i];
                struct part *p = &s->parts[i];

                if (n->is_text)
                        p->text_n = count_text(n->text);
                if (p->in & IN_DROP)
                        p->text_n = p->link_n = 0;
                if (p->in & IN_LINK)
                        p->link_n = p->text_n;
                if (n->parent == TREE_TOP)
                        continue;
                s->parts[n->parent].text_n += p->text_n;
                s->parts[n->parent].link_n += p->link_n;
        }
}

/* Bytes that aren't links, below the top. */
static uint32_t plain_of(const struct part *p)
{
        return p->text_n - p->link_n;
}

/* What is known of a node is known of what it holds. A name can be furniture's
 * and yet stand around the whole page: then it says nothing. But comments may
 * well be longer than their article. */
static void hand_down(struct survey *s)
{
        const uint32_t good =
                NAME_IS(BODY) | NAME_IS(THING) | NAME_IS(PLACE) | NAME_IS(MAIN);
        const uint32_t fine = IN_ARTICLE | IN_MAIN | IN_SECTION | IN_DROP;
        const struct tree *t = s->tree;
        size_t h1 = tree_find(t, TAG_h1);
        uint32_t whole = 0, plain = 0;

        for (size_t i = 0; i < t->n; i++)
                if (t->nodes[i].parent == TREE_TOP) {
                        whole += s->parts[i].text_n;
                        plain += plain_of(&s->parts[i]);
                }
        for (size_t i = 0; i < t->n; i++) {
                struct part *p = &s->parts[i];
                uint32_t up = t->nodes[i].parent;
                bool is_whole = p->text_n > whole / 2;

                p->all = is_whole ? p->names & good : p->names;
                if (is_whole && plain - plain_of(p) >= OUTSIDE_MIN)
                        p->all |= p->names & NAME_IS(COMMENT);
                /* A comment with the page's headline is an opinion. */
                if (h1 != STR_NONE && i <= h1 && h1 < t->nodes[i].end)
                        p->all &= ~NAME_IS(COMMENT);
                if (is_whole && !t->nodes[i].is_text)
                        p->in &= fine;
                if (p->names & NAME_IS(WALL) && p->text_n)
                        s->has_wall = true;
                if (up == TREE_TOP)
                        continue;
                p->all |= s->parts[up].all;
                p->in |= s->parts[up].in;
        }
}

/* Blocks being cut. */
struct cutter {
        struct arena *a;
        struct survey *s;
        struct buf text;
        struct block now;
        bool is_open;
};

static void end_block(struct cutter *c)
{
        struct survey *s = c->s;

        if (c->is_open && c->now.len) {
                c->now.text = utf8_tidy(c->a, buf_str(&c->text));
                ARENA_GROW(c->a, s->blocks, s->n_blocks, s->cap_blocks);
                if (c->now.text.n)
                        s->blocks[s->n_blocks++] = c->now;
        }
        buf_reset(&c->text);
        c->is_open = false;
}

static bool is_break(enum tag tag)
{
        return tag_flags(tag) & (TAG_BLOCK | TAG_PART);
}

static uint32_t holder_of(const struct tree *t, uint32_t i)
{
        uint32_t up = t->nodes[i].parent;

        while (up != TREE_TOP && !is_break(t->nodes[up].tag))
                up = t->nodes[up].parent;
        return up == TREE_TOP ? 0 : up;
}

static void add_text(struct cutter *c, uint32_t i)
{
        const struct tree_node *n = &c->s->tree->nodes[i];
        const struct part *p = &c->s->parts[i];
        uint32_t len = p->text_n;

        if (!c->is_open) {
                if (!len)
                        return;
                c->now = (struct block) { .from = i };
                c->now.holder = holder_of(c->s->tree, i);
                c->now.tag = c->s->tree->nodes[c->now.holder].tag;
                c->is_open = true;
        }
        buf_put(&c->text, n->text);
        if (!len)
                return;
        c->now.to = i + 1;
        c->now.len += len;
        c->now.link_n += p->in & IN_LINK ? len : 0;
        c->now.here_n += p->in & IN_HERE ? len : 0;
        c->now.bold_n += p->in & IN_BOLD ? len : 0;
}

/* "<br><br>" parts paragraphs; one alone is a blank. */
static bool is_double_break(const struct survey *s, size_t i)
{
        const struct tree *t = s->tree;

        for (i = t->nodes[i].end; i < t->n; i++) {
                if (t->nodes[i].is_text && !s->parts[i].text_n)
                        continue;
                return t->nodes[i].tag == TAG_br;
        }
        return false;
}

static void cut(struct arena *a, struct survey *s)
{
        struct cutter c = { .a = a, .s = s };
        const struct tree *t = s->tree;
        uint32_t *ends = arena_array(a, LIMIT_PAGE_DEPTH + 1, sizeof(*ends));
        size_t depth = 0;

        buf_init(&c.text, LIMIT_PAGE_B);
        for (uint32_t i = 0; i < t->n;) {
                const struct tree_node *n = &t->nodes[i];

                while (depth && i >= ends[depth - 1]) {
                        end_block(&c);
                        depth--;
                }
                if (s->parts[i].in & IN_DROP) {
                        i = n->end;
                        continue;
                }
                if (n->is_text) {
                        add_text(&c, i);
                } else if (n->tag == TAG_br) {
                        buf_char(&c.text, ' ');
                        if (is_double_break(s, i))
                                end_block(&c);
                } else if (is_break(n->tag)) {
                        end_block(&c);
                        if (depth < LIMIT_PAGE_DEPTH)
                                ends[depth++] = n->end;
                }
                i++;
        }
        end_block(&c);
        buf_done(&c.text);
}

static enum mark size_mark(uint32_t len)
{
        return len < 15    ? MARK_len_15
               : len < 40  ? MARK_len_40
               : len < 80  ? MARK_len_80
               : len < 160 ? MARK_len_160
               : len < 400 ? MARK_len_400
                           : MARK_len_more;
}

static enum mark tag_mark(const struct survey *s, const struct block *b)
{
        switch (b->tag) {
        case TAG_p:
                return MARK_tag_p;
        case TAG_h1:
                return MARK_tag_h1;
        case TAG_h2:
                return MARK_tag_h2;
        case TAG_h3:
                return MARK_tag_h3;
        case TAG_h4:
        case TAG_h5:
        case TAG_h6:
                return MARK_tag_h4;
        case TAG_li:
                return MARK_tag_li;
        case TAG_td:
        case TAG_th:
                return MARK_tag_td;
        case TAG_dt:
        case TAG_dd:
                return MARK_tag_dd;
        case TAG_blockquote:
                return MARK_tag_quote;
        case TAG_pre:
                return MARK_tag_pre;
        case TAG_article:
        case TAG_section:
        case TAG_main:
                return MARK_tag_section;
        default:
                return s->parts[b->holder].in & IN_CAPTION ? MARK_tag_caption
                                                           : MARK_tag_div;
        }
}

static void mark_links(struct block *b)
{
        if (!b->link_n)
                return;
        if (b->here_n * 2 > b->len)
                block_mark(b, MARK_link_here);
        block_mark(b, b->link_n * 5 < b->len        ? MARK_link_fifth
                      : b->link_n * 2 < b->len      ? MARK_link_half
                      : b->link_n * 10 < b->len * 9 ? MARK_link_most
                                                    : MARK_link_all);
}

static void mark_part(const struct survey *s, struct block *b)
{
        const struct part *p = &s->parts[b->holder];
        const struct part *up = p;

        for (int i = 0; i < NAME_BITS; i++)
                if (p->all >> i & 1)
                        block_mark(b, (enum mark)(MARK_name_BODY + i));
        for (int i = 0; i < IN_MARKS; i++)
                if (p->in >> i & 1)
                        block_mark(b, (enum mark)(MARK_in_article + i));
        if (s->tree->nodes[b->holder].parent != TREE_TOP)
                up = &s->parts[s->tree->nodes[b->holder].parent];
        uint32_t near = p->names | up->names;
        if (near & NAME_IS(LEAD))
                block_mark(b, MARK_near_lead);
        if (near & NAME_IS(META))
                block_mark(b, MARK_near_meta);
        if (near & NAME_IS(TITLE))
                block_mark(b, MARK_near_title);
        if (near & (NAME_IS(BODY) | NAME_IS(PLACE)))
                block_mark(b, MARK_near_body);
        if (near & (NAME_IS(CAPTION)))
                block_mark(b, MARK_near_caption);
        if (p->in & IN_ENTRY && b->link_n * 10 >= b->len * 9)
                block_mark(b, MARK_entry_link);
        if (near & ODD_NAMES)
                block_mark(b, MARK_near_odd);
        if (up->link_n * 2 > up->text_n)
                block_mark(b, MARK_up_links);
}

static bool ends_sentence(struct str s)
{
        static const char *const ends[] = { ".",  "!", "?",  "…",  "”",  "»",
                                            "\"", "“", "。", "！", "？", "।" };

        for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
                if (str_ends(s, str_c(ends[i])))
                        return true;
        return false;
}

static void mark_text(const struct phrases *p, struct block *b,
                      struct str title)
{
        size_t digits = 0, commas = 0, capitals = 0;
        struct str s = b->text;
        unsigned kinds = phrases_read(p, s);

        b->says = kinds;
        int64_t at;

        for (size_t i = 0; i < s.n; i++) {
                digits += chr_is_digit(s.p[i]);
                commas += s.p[i] == ',';
                capitals += s.p[i] >= 'A' && s.p[i] <= 'Z';
        }
        if (ends_sentence(s))
                block_mark(b, MARK_text_ends);
        if (str_ends(s, STR(":")))
                block_mark(b, MARK_text_colon);
        if (str_ends(s, STR("?")) && s.n < LONG_B)
                block_mark(b, MARK_text_asks);
        if (commas)
                block_mark(b, MARK_text_comma);
        if (digits * 5 > s.n)
                block_mark(b, MARK_text_digits);
        if (capitals * 2 > s.n)
                block_mark(b, MARK_text_capitals);
        if (b->bold_n == b->len)
                block_mark(b, MARK_text_bold);
        if (s.n > 3 && str_eq_nocase(s, title))
                block_mark(b, MARK_text_title);
        for (int i = 0; i < PHRASE_KINDS; i++)
                if (kinds >> i & 1)
                        block_mark(b, (enum mark)(MARK_says_share + i));
        if (s.n <= DATE_LINE_MAX_B && digits >= 3 &&
            date_parse(s, &at, NULL) == 0)
                block_mark(b, MARK_text_date);
}

static bool is_long(const struct block *b)
{
        return b->len >= LONG_B && b->link_n * 3 < b->len;
}

/* What stands around a block tells much of it. */
static void mark_places(struct survey *s)
{
        size_t n_long = 0, seen = 0;
        bool has_h1 = false;

        for (size_t i = 0; i < s->n_blocks; i++)
                n_long += is_long(&s->blocks[i]);
        for (size_t i = 0; i < s->n_blocks; i++) {
                struct block *b = &s->blocks[i];
                bool before = i && is_long(b - 1);
                bool after = i + 1 < s->n_blocks && is_long(b + 1);

                if (before && after)
                        block_mark(b, MARK_long_around);
                if (before)
                        block_mark(b, MARK_long_before);
                if (after)
                        block_mark(b, MARK_long_after);
                if (after && tag_flags(b->tag) & TAG_HEADING)
                        block_mark(b, MARK_heads_long);
                if (!seen)
                        block_mark(b, MARK_before_all);
                if (seen == n_long)
                        block_mark(b, MARK_after_all);
                if (has_h1)
                        block_mark(b, MARK_after_h1);
                seen += is_long(b);
                has_h1 = has_h1 || b->tag == TAG_h1;
        }
}

/* Where a block stands among others: past the wrappers that hold it alone. */
static uint32_t row_of(const struct survey *s, const struct block *b)
{
        const struct tree *t = s->tree;
        uint32_t up = t->nodes[b->holder].parent;

        while (up != TREE_TOP && s->parts[up].text_n <= b->len &&
               t->nodes[up].parent != TREE_TOP)
                up = t->nodes[up].parent;
        return up;
}

/* Does it ask the reader for something, and no more? */
static bool only_asks(const struct block *b)
{
        return b->says & (1U << PHRASE_CONSENT | 1U << PHRASE_WALL) ||
               (b->says & 1U << PHRASE_PROMO && b->len <= ASKS_MAX);
}

/* Paragraphs that stand side by side are of one text; the plain ones among
 * them are hardly anything else, whatever they say. */
static void mark_runs(struct survey *s)
{
        const struct tree *t = s->tree;
        uint16_t *n_long = arena_array(s->a, t->n + 1, sizeof(*n_long));

        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];
                uint32_t up = row_of(s, b);

                if (up != TREE_TOP && b->tag == TAG_p && b->len >= RUN_LEN &&
                    b->link_n * 3 < b->len && n_long[up] < UINT16_MAX)
                        n_long[up]++;
        }
        for (size_t i = 0; i < s->n_blocks; i++) {
                struct block *b = &s->blocks[i];
                uint32_t up = row_of(s, b);

                if (up == TREE_TOP || n_long[up] < RUN_MIN)
                        continue;
                block_mark(b, MARK_run_in);
                if (b->tag == TAG_p && b->link_n * 20 <= b->len &&
                    b->bold_n * 2 < b->len && !only_asks(b) &&
                    !(s->parts[b->holder].all & ~s->parts[up].all & ODD_NAMES))
                        block_mark(b, MARK_run_plain);
        }
}

/* The article element around each node, and one more; 0: none. */
static uint32_t *find_articles(const struct survey *s)
{
        const struct tree *t = s->tree;
        uint32_t *around = arena_array(s->a, t->n + 1, sizeof(*around));

        for (uint32_t i = 0; i < t->n; i++) {
                uint32_t up = t->nodes[i].parent;

                around[i] = t->nodes[i].tag == TAG_article ? i + 1
                            : up == TREE_TOP               ? 0
                                                           : around[up];
        }
        return around;
}

static uint32_t article_of_title(const struct survey *s, const uint32_t *around)
{
        for (size_t i = 0; i < s->n_blocks; i++)
                if (s->blocks[i].tag == TAG_h1 &&
                    block_has(&s->blocks[i], MARK_text_title))
                        return around[s->blocks[i].holder];
        return 0;
}

/* Pages that never end put the next article under the first: an article element
 * beside that of the title, with a headline of its own. */
static void mark_others(struct survey *s)
{
        const struct tree *t = s->tree;
        const uint32_t *around = find_articles(s);
        uint32_t ours = article_of_title(s, around);
        bool *is_other = arena_array(s->a, t->n + 1, sizeof(*is_other));

        if (!ours)
                return;
        for (size_t i = 0; i < s->n_blocks; i++) {
                uint32_t at = around[s->blocks[i].holder];

                if (s->blocks[i].tag == TAG_h1 && at &&
                    at - 1 >= t->nodes[ours - 1].end)
                        is_other[at] = true;
        }
        for (size_t i = 0; i < s->n_blocks; i++)
                s->blocks[i].is_others = is_other[around[s->blocks[i].holder]];
}

static bool says_wall(const struct survey *s)
{
        for (size_t i = 0; i < s->n_blocks; i++)
                if (s->blocks[i].says & 1U << PHRASE_WALL &&
                    !(s->parts[s->blocks[i].holder].in &
                      (IN_NAV | IN_FOOTER | IN_ASIDE | IN_HIDDEN)))
                        return true;
        return false;
}

void survey_page(struct arena *a, const struct tree *t, struct str title,
                 struct survey *ret)
{
        const struct names *names = names_new(a);
        const struct phrases *phrases = phrases_new(a);

        *ret = (struct survey) { .a = a, .tree = t };
        ret->parts = arena_array(a, t->n + 1, sizeof(*ret->parts));
        for (size_t i = 0; i < t->n; i++)
                if (!t->nodes[i].is_text)
                        read_part(names, &t->nodes[i], &ret->parts[i]);
        add_up(ret);
        hand_down(ret);
        cut(a, ret);
        for (size_t i = 0; i < ret->n_blocks; i++) {
                struct block *b = &ret->blocks[i];

                block_mark(b, MARK_always);
                block_mark(b, tag_mark(ret, b));
                block_mark(b, size_mark(b->len));
                mark_links(b);
                mark_part(ret, b);
                mark_text(phrases, b, title);
        }
        mark_places(ret);
        mark_runs(ret);
        mark_others(ret);
        ret->says_wall = says_wall(ret);
}
