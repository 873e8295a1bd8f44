#include "wire/extract_body.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/dom.h"
#include "wire/extract_words.h"
#include "wire/sanitize.h"

#define NAMES_MAX_B 300
#define PARA_MIN_B 40  /* a shorter one says nothing of where the text is */
#define BODY_MIN_B 250 /* a place with less is not the article's */
#define TOP_BLOCKS 4   /* among which top matter may stand */
#define TOP_MAX_B 60
#define HELD_MIN_B 700 /* of an article in what is named as furniture */
#define LEAD_MIN_B 50
#define LEAD_MAX_B 1200
#define ANCESTORS 3 /* that a paragraph speaks for */

/* What we know of an element; in node->_private. */
struct info {
        enum tag tag;
        int rank;
        bool is_shunned; /* hidden, or in a role that no article has */
        bool has_furniture_name, has_aside_name, has_lead_name;
        size_t all_n;  /* all its text, bytes without blanks */
        size_t held_n; /* of the largest article within it */
        bool is_out;   /* furniture, or within it */
        size_t text_n; /* of what is in */
        size_t link_n; /* thereof in links */
        size_t para_n; /* thereof in paragraphs of some length */
        double score;
};

struct finder {
        struct arena *a;
        xmlNode *root;
        struct str title;
        bool has_wall;
        bool is_lenient; /* names don't make furniture */
};

static struct info *info_of(const xmlNode *n)
{
        return n->_private;
}

/* " class id role " in small letters. */
static struct str names_of(struct arena *a, const xmlNode *n)
{
        struct str class = dom_attr(n, "class"), id = dom_attr(n, "id");
        struct str prop = dom_attr(n, "itemprop");

        if (!class.n && !id.n && !prop.n)
                return STR_NULL;
        return arena_lower(
                a, arena_printf(a, " " STR_FMT " " STR_FMT " " STR_FMT " ",
                                STR_ARG(str_sub(class, 0, NAMES_MAX_B)),
                                STR_ARG(str_sub(id, 0, NAMES_MAX_B)),
                                STR_ARG(str_sub(prop, 0, NAMES_MAX_B))));
}

static bool is_hidden(const xmlNode *n)
{
        struct str style = dom_attr(n, "style");

        return dom_attr(n, "hidden").p ||
               str_find_nocase(style, STR("display:none"), 0) != STR_NONE ||
               str_find_nocase(style, STR("display: none"), 0) != STR_NONE ||
               str_eq_nocase(dom_attr(n, "aria-hidden"), STR("true"));
}

static bool is_furniture_role(const xmlNode *n)
{
        static const char *const roles[] = { "navigation", "complementary",
                                             "banner",     "contentinfo",
                                             "search",     "dialog",
                                             "menu",       "alert" };
        struct str role = dom_attr(n, "role");

        for (size_t i = 0; role.n && i < sizeof(roles) / sizeof(*roles); i++)
                if (str_eq_nocase(role, str_c(roles[i])))
                        return true;
        return false;
}

static bool is_within(const xmlNode *n, enum tag tag)
{
        for (n = n->parent; n && dom_is_element(n); n = n->parent)
                if (info_of(n) && info_of(n)->tag == tag)
                        return true;
        return false;
}

static bool is_furniture_tag(const xmlNode *n, enum tag tag)
{
        switch (tag) {
        case TAG_nav:
        case TAG_aside:
        case TAG_footer:
        case TAG_figure:
        case TAG_figcaption:
        case TAG_fieldset:
        case TAG_input:
        case TAG_menu:
                return true;
        case TAG_header:
                return !is_within(n, TAG_article) && !is_within(n, TAG_main);
        default:
                return tag_flags(tag) & TAG_DROP;
        }
}

static size_t count_text(const char *s)
{
        size_t n = 0;

        for (; *s; s++)
                n += !chr_is_space(*s);
        return n;
}

static void name(struct finder *f, struct info *in, const xmlNode *n)
{
        struct str names = names_of(f->a, n);

        if (names.n) {
                in->rank = extract_body_rank(names);
                in->has_furniture_name = extract_is_furniture(names);
                in->has_aside_name = extract_is_aside(names);
                in->has_lead_name = extract_is_lead(names);
                f->has_wall = f->has_wall || extract_is_wall(names);
        }
        if (in->tag == TAG_article && in->rank < 2)
                in->rank = 2;
        if (in->tag == TAG_main && in->rank < 1)
                in->rank = 1;
}

/* Is it likely to be an article, and no comment in the shape of one? */
static bool is_place(const struct info *in)
{
        return (in->rank == 3 || in->tag == TAG_article) &&
               !in->has_furniture_name;
}

/* Look at every element once, from the leaves up. The tree's depth is bounded
 * by libxml2. */
static void survey(struct finder *f, xmlNode *n)
{
        struct info *in = arena_alloc(f->a, sizeof(*in));

        n->_private = in;
        in->tag = dom_tag(n);
        name(f, in, n);
        in->is_shunned = in->tag != TAG_UNKNOWN &&
                         (is_hidden(n) || is_furniture_role(n));
        for (xmlNode *c = n->children; c; c = c->next) {
                if (c->type == XML_TEXT_NODE)
                        in->all_n += count_text((const char *)c->content);
                if (!dom_is_element(c))
                        continue;
                survey(f, c);
                const struct info *inner = info_of(c);
                size_t held = inner->held_n;

                in->all_n += inner->all_n;
                if (is_place(inner) && inner->all_n > held)
                        held = inner->all_n;
                if (held > in->held_n)
                        in->held_n = held;
        }
        if (tag_flags(in->tag) & TAG_DROP)
                in->all_n = in->held_n = 0;
}

/* A name can be furniture's and yet stand around the whole page. */
static bool holds_the_page(const struct finder *f, const struct info *in)
{
        return in->all_n * 2 > info_of(f->root)->all_n ||
               in->held_n >= HELD_MIN_B;
}

static bool is_furniture(const struct finder *f, const xmlNode *n)
{
        const struct info *in = info_of(n);

        if (is_furniture_tag(n, in->tag) || in->is_shunned ||
            in->tag == TAG_form)
                return true;
        if (in->tag == TAG_article || in->tag == TAG_main ||
            in->tag == TAG_UNKNOWN)
                return false;
        return f->is_lenient ? in->has_aside_name : in->has_furniture_name;
}

static void classify(const struct finder *f, xmlNode *n, bool is_out)
{
        struct info *in = info_of(n);

        in->is_out = is_out || tag_flags(in->tag) & TAG_DROP ||
                     (is_furniture(f, n) && !holds_the_page(f, in));
        in->text_n = in->link_n = in->para_n = 0;
        in->score = 0;
        for (xmlNode *c = n->children; c; c = c->next)
                if (dom_is_element(c))
                        classify(f, c, in->is_out);
}

/* Add up the texts that are in. */
static void measure(xmlNode *n, bool in_link)
{
        struct info *in = info_of(n);

        in_link = in_link || in->tag == TAG_a;
        for (xmlNode *c = n->children; c; c = c->next) {
                if (c->type == XML_TEXT_NODE) {
                        size_t len = count_text((const char *)c->content);

                        in->text_n += len;
                        in->link_n += in_link ? len : 0;
                        continue;
                }
                if (!dom_is_element(c) || info_of(c)->is_out)
                        continue;
                measure(c, in_link);
                in->text_n += info_of(c)->text_n;
                in->link_n += info_of(c)->link_n;
                in->para_n += info_of(c)->para_n;
        }
        if ((in->tag == TAG_p || in->tag == TAG_blockquote ||
             in->tag == TAG_pre) &&
            in->text_n >= PARA_MIN_B && in->link_n * 2 < in->text_n)
                in->para_n = in->text_n;
}

static size_t own_text(const xmlNode *n)
{
        size_t len = 0;

        for (const xmlNode *c = n->children; c; c = c->next)
                if (c->type == XML_TEXT_NODE)
                        len += count_text((const char *)c->content);
        return len;
}

/* Each paragraph speaks for the elements that hold it, the nearest most. */
static void vote(const struct finder *f)
{
        for (xmlNode *n = f->root; n; n = dom_next(n, f->root)) {
                const struct info *in = dom_is_element(n) ? info_of(n) : NULL;
                size_t len = in ? in->text_n : 0;
                double points;

                if (!in || in->is_out)
                        continue;
                if (in->tag != TAG_p && in->tag != TAG_pre) {
                        len = own_text(n); /* "text<br><br>text" */
                        if (!(tag_flags(in->tag) & TAG_BLOCK))
                                continue;
                }
                if (len < PARA_MIN_B || in->link_n * 2 > in->text_n)
                        continue;
                points = 1 + (double)len / 100;
                if (in->tag != TAG_p && in->tag != TAG_pre)
                        ((struct info *)in)->score += points;
                xmlNode *up = n->parent;
                for (int i = 0; i < ANCESTORS && up && dom_is_element(up);
                     i++, up = up->parent) {
                        if (!info_of(up))
                                break;
                        info_of(up)->score += points / (i == 0 ? 1 : 2 * i);
                }
        }
}

static size_t body_size(const struct info *in)
{
        return in->para_n > in->text_n - in->link_n ? in->para_n
                                                    : in->text_n - in->link_n;
}

/* The largest place of this rank, if it has an article's size. */
static xmlNode *find_place(const struct finder *f, int rank, size_t min)
{
        xmlNode *best = NULL;

        for (xmlNode *n = f->root; n; n = dom_next(n, f->root)) {
                const struct info *in = dom_is_element(n) ? info_of(n) : NULL;

                if (!in || in->is_out || in->rank != rank ||
                    body_size(in) < min)
                        continue;
                if (!best || body_size(in) > body_size(info_of(best)))
                        best = n;
        }
        return best;
}

static xmlNode *find_winner(const struct finder *f)
{
        xmlNode *best = NULL;
        double most = 0;

        for (xmlNode *n = f->root; n; n = dom_next(n, f->root)) {
                const struct info *in = dom_is_element(n) ? info_of(n) : NULL;
                double score;

                if (!in || in->is_out || !in->text_n)
                        continue;
                score = in->score *
                        (1 - (double)in->link_n / (double)in->text_n);
                if (score > most) {
                        most = score;
                        best = n;
                }
        }
        return best;
}

static xmlNode *find_body(const struct finder *f)
{
        xmlNode *winner = find_winner(f), *place = NULL;

        for (int rank = 3; rank > 0 && !place; rank--)
                place = find_place(f, rank, BODY_MIN_B);
        if (!place)
                return winner ? winner : f->root;
        /* A place with a fraction of what is elsewhere is a wrong name. */
        if (winner &&
            body_size(info_of(winner)) > 4 * body_size(info_of(place)))
                return winner;
        return place;
}

static bool is_ancestor(const xmlNode *n, const xmlNode *of)
{
        for (; of; of = of->parent)
                if (of == n)
                        return true;
        return false;
}

/* The article or main part around n, or the root. */
static const xmlNode *frame_of(const struct finder *f, const xmlNode *n)
{
        for (; n && n != f->root; n = n->parent)
                if (info_of(n)->tag == TAG_article ||
                    info_of(n)->tag == TAG_main)
                        return n;
        return f->root;
}

static bool may_be_lead(const struct info *in, const xmlNode *n)
{
        bool is_named = in->has_lead_name && in->tag != TAG_a &&
                        in->tag != TAG_ul && !in->has_aside_name;

        return (is_named || (in->tag == TAG_p && is_within(n, TAG_header))) &&
               in->all_n >= LEAD_MIN_B && in->all_n <= LEAD_MAX_B &&
               !is_within(n, TAG_nav) && !is_within(n, TAG_aside) &&
               !is_within(n, TAG_footer);
}

/* The sentences that begin an article often stand before its place, under a
 * name of their own. NULL: none do. */
static xmlNode *find_lead(const struct finder *f, const xmlNode *place)
{
        const xmlNode *frame = frame_of(f, place);
        xmlNode *lead = NULL;

        for (xmlNode *n = dom_next(frame, frame); n && n != place;) {
                bool is_lead = dom_is_element(n) && !is_ancestor(n, place) &&
                               may_be_lead(info_of(n), n);

                if (is_lead)
                        lead = n;
                n = is_lead ? dom_next_outside(n, frame) : dom_next(n, frame);
        }
        return lead;
}

/* The article's text being written, block by block. */
struct writer {
        struct arena *a;
        struct buf text, html, block;
        size_t link_n;
        enum tag tag;                      /* of the block */
        size_t heading_text, heading_html; /* where a heading began, if last */
        bool has_heading;
        enum tag heading;
        size_t n_blocks;
        struct str title;
};

static bool is_heading(enum tag tag)
{
        return tag_flags(tag) & TAG_HEADING;
}

static void put_block(struct writer *w, struct str line)
{
        const char *tag = is_heading(w->tag)         ? "h2"
                          : w->tag == TAG_blockquote ? "blockquote"
                                                     : "p";

        if (is_heading(w->tag) && w->has_heading && w->heading == w->tag) {
                /* Two of a rank in a row: the first heads nothing. */
                buf_cut(&w->text, w->heading_text);
                buf_cut(&w->html, w->heading_html);
                w->has_heading = false;
        }
        w->n_blocks++;
        w->heading = w->tag;
        if (is_heading(w->tag) && !w->has_heading) {
                w->has_heading = true;
                w->heading_text = w->text.n;
                w->heading_html = w->html.n;
        } else if (!is_heading(w->tag)) {
                w->has_heading = false;
        }
        if (w->text.n)
                buf_puts(&w->text, "\n\n");
        buf_put(&w->text, line);
        buf_printf(&w->html, "<%s>", tag);
        buf_put(&w->html, sanitize_text(w->a, line));
        buf_printf(&w->html, "</%s>", tag);
}

/* What stands over an article is told apart from it elsewhere: its title, its
 * date, who wrote it. */
static bool is_top_matter(const struct writer *w, struct str line)
{
        int64_t at;

        if (w->n_blocks >= TOP_BLOCKS)
                return false;
        if (str_eq_nocase(line, w->title))
                return true;
        return line.n <= TOP_MAX_B && (date_parse(line, &at, NULL) == 0 ||
                                       str_starts_nocase(line, STR("by ")) ||
                                       str_starts_nocase(line, STR("von ")));
}

static void end_block(struct writer *w)
{
        struct str line = utf8_fold_space(w->a, buf_str(&w->block));
        bool is_links = w->link_n * 10 > line.n * 7 ||
                        (w->tag == TAG_li && w->link_n * 2 > line.n);

        if (line.n && !is_links && !extract_is_noise(line) &&
            !is_top_matter(w, line))
                put_block(w, line);
        buf_reset(&w->block);
        w->link_n = 0;
        w->tag = TAG_p;
}

static bool is_block(enum tag tag)
{
        return tag_flags(tag) & (TAG_BLOCK | TAG_PART);
}

static bool is_double_break(const xmlNode *br)
{
        const xmlNode *n = br->next;

        while (n && n->type == XML_TEXT_NODE &&
               count_text((const char *)n->content) == 0)
                n = n->next;
        return n && dom_tag(n) == TAG_br;
}

static void write_node(struct writer *w, const xmlNode *top, bool in_link);

static void write_element(struct writer *w, const xmlNode *n, bool in_link)
{
        const struct info *in = info_of(n);

        if (!in || in->is_out)
                return;
        if (in->tag == TAG_br) {
                if (is_double_break(n))
                        end_block(w);
                else
                        buf_char(&w->block, ' ');
                return;
        }
        if (in->tag == TAG_ul || in->tag == TAG_ol) {
                /* A list of links is furniture, whatever its name. */
                if (in->link_n * 2 > in->text_n)
                        return;
        }
        if (is_block(in->tag)) {
                end_block(w);
                w->tag = in->tag;
        }
        write_node(w, n, in_link || in->tag == TAG_a);
        if (is_block(in->tag))
                end_block(w);
}

static void write_node(struct writer *w, const xmlNode *top, bool in_link)
{
        for (const xmlNode *c = top->children; c; c = c->next) {
                if (c->type == XML_TEXT_NODE) {
                        const char *s = (const char *)c->content;

                        buf_puts(&w->block, s);
                        w->link_n += in_link ? strlen(s) : 0;
                } else if (dom_is_element(c)) {
                        write_element(w, c, in_link);
                }
        }
}

static void write_lead(struct writer *w, const struct finder *f,
                       const xmlNode *place)
{
        xmlNode *lead = find_lead(f, place);

        if (!lead)
                return;
        classify(f, lead, false);
        info_of(lead)->is_out = false;
        measure(lead, false);
        if (info_of(lead)->link_n * 2 > info_of(lead)->text_n)
                return;
        write_node(w, lead, false);
        end_block(w);
}

static struct body write_body(const struct finder *f, const xmlNode *top)
{
        struct arena *a = f->a;
        struct writer w = { .a = a, .tag = TAG_p, .title = f->title };
        struct body ret = { 0 };

        buf_init(&w.text, LIMIT_TEXT_B);
        buf_init(&w.html, 4 * LIMIT_TEXT_B);
        buf_init(&w.block, LIMIT_TEXT_B);
        write_lead(&w, f, top);
        write_node(&w, top, false);
        end_block(&w);
        if (w.has_heading) { /* nothing follows it */
                buf_cut(&w.text, w.heading_text);
                buf_cut(&w.html, w.heading_html);
        }
        ret.text = arena_str(a, str_trim(buf_str(&w.text)));
        ret.html = arena_str(a, buf_str(&w.html));
        buf_done(&w.text);
        buf_done(&w.html);
        buf_done(&w.block);
        return ret;
}

/* One try. is_lenient: names are not believed. */
static struct body find_and_write(struct finder *f)
{
        classify(f, f->root, false);
        measure(f->root, false);
        vote(f);
        return write_body(f, find_body(f));
}

struct body extract_body(struct arena *a, xmlNode *root, struct str title)
{
        struct finder f = { .a = a, .root = root, .title = title };
        struct body strict, lenient;

        survey(&f, root);
        strict = find_and_write(&f);
        strict.has_wall = f.has_wall;
        if (strict.text.n >= BODY_MIN_B)
                return strict;
        /* The article itself stood under a name that furniture has. */
        f.is_lenient = true;
        lenient = find_and_write(&f);
        lenient.has_wall = f.has_wall;
        return lenient.text.n > 2 * strict.text.n ? lenient : strict;
}
