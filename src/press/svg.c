/* A scene as SVG: real text, a title and a description, day and night. */

#include "press/scene.h"

#include <math.h>

#include "base/buf.h"
#include "press/html.h"

#define FONT                                                                   \
        "\"Liberation Sans\",Arimo,Arial,Helvetica,\"Noto Sans\",sans-serif"

struct used {
        bool fill[INKS], stroke[INKS];
};

/* To a tenth of a pixel. */
static void put_length(struct buf *b, double v)
{
        long tenths = lround(v * 10);

        if (tenths < 0) {
                buf_char(b, '-');
                tenths = -tenths;
        }
        buf_u64(b, (uint64_t)(tenths / 10));
        if (tenths % 10) {
                buf_char(b, '.');
                buf_char(b, (char)('0' + tenths % 10));
        }
}

static void put_attr(struct buf *b, const char *name, double v)
{
        buf_char(b, ' ');
        buf_puts(b, name);
        buf_puts(b, "=\"");
        put_length(b, v);
        buf_char(b, '"');
}

/* --- the style --- */

static struct used find_used(const struct scene *s)
{
        struct used u = { 0 };

        for (size_t i = 0; i < s->n; i++) {
                const struct mark *m = &s->marks[i];

                if (m->kind == MARK_PATH || m->kind == MARK_DOTS)
                        u.stroke[m->ink] = true;
                else
                        u.fill[m->ink] = true;
        }
        return u;
}

/* The page's own custom property for an ink, if it has one. */
static const char *property(int ink)
{
        switch (ink) {
        case INK_TEXT:
                return "--ink";
        case INK_SOFT:
                return "--soft";
        case INK_HAIR:
                return "--hair";
        case INK_PAPER:
                return "--paper";
        case INK_SERIES:
        case INK_WORDS:
                return "--accent";
        default:
                return NULL;
        }
}

static void put_rule(struct buf *b, int ink, bool stroke, bool dark,
                     bool is_inline)
{
        unsigned c = ink_colour((enum ink)ink, dark);
        const char *name = is_inline ? property(ink) : NULL;

        buf_printf(b, ".bc .%c%d{%s:", stroke ? 'k' : 'f', ink,
                   stroke ? "stroke" : "fill");
        if (name)
                buf_printf(b, "var(%s,#%06x)}", name, c);
        else
                buf_printf(b, "#%06x}", c);
}

static void put_rules(struct buf *b, const struct used *u, bool dark,
                      bool is_inline, bool again)
{
        for (int i = 0; i < INKS; i++) {
                if (again && is_inline && property(i))
                        continue;
                if (u->fill[i])
                        put_rule(b, i, false, dark, is_inline);
                if (u->stroke[i])
                        put_rule(b, i, true, dark, is_inline);
        }
}

/* Halos are drawn in the paper's colour. */
static void put_halo(struct buf *b, bool dark, bool is_inline)
{
        unsigned c = ink_colour(INK_PAPER, dark);

        if (is_inline)
                buf_printf(b, ".bc .h{stroke:var(--paper,#%06x)}", c);
        else
                buf_printf(b, ".bc .h{stroke:#%06x}.bc .p{fill:#%06x}", c, c);
}

static void put_style(struct buf *b, const struct scene *s,
                      enum scene_theme theme, bool is_inline)
{
        struct used u = find_used(s);
        bool dark = theme == THEME_DARK;

        html_lit(b, "<style>.bc text{font-family:" FONT "}");
        put_rules(b, &u, dark, is_inline, false);
        put_halo(b, dark, is_inline);
        html_lit(b, ".bc .h{stroke-width:3;stroke-linejoin:round;"
                    "paint-order:stroke}");
        if (theme == THEME_AUTO) {
                html_lit(b, "@media(prefers-color-scheme:dark){");
                put_rules(b, &u, true, is_inline, true);
                if (!is_inline)
                        put_halo(b, true, false);
                html_lit(b, "}");
        }
        html_lit(b, "</style>\n");
}

/* --- the marks --- */

static void put_points(struct buf *b, const struct mark *m)
{
        bool lifted = true;

        html_lit(b, " d=\"");
        for (size_t i = 0; i < m->n; i++) {
                if (isnan(m->points[i].y)) {
                        lifted = true;
                        continue;
                }
                buf_puts(b, lifted ? "M" : " ");
                put_length(b, m->points[i].x);
                buf_char(b, ' ');
                put_length(b, m->points[i].y);
                if (m->kind == MARK_DOTS)
                        html_lit(b, "h0");
                lifted = m->kind == MARK_DOTS;
        }
        buf_puts(b, m->kind == MARK_AREA ? "z\"" : "\"");
}

static void put_path(struct buf *b, const struct mark *m)
{
        buf_printf(b, "<path class=\"%c%d\"", m->kind == MARK_AREA ? 'f' : 'k',
                   (int)m->ink);
        if (m->kind != MARK_AREA) {
                html_lit(b, " fill=\"none\"");
                put_attr(b, "stroke-width",
                         m->kind == MARK_DOTS ? 2 * m->w : m->w);
                if (m->n > 2 || m->kind == MARK_DOTS)
                        html_lit(b, " stroke-linejoin=\"round\" "
                                    "stroke-linecap=\"round\"");
        }
        if (m->is_dashed)
                html_lit(b, " stroke-dasharray=\"2 3\"");
        if (m->is_faint)
                buf_puts(b, m->kind == MARK_AREA ? " opacity=\".2\""
                                                 : " opacity=\".55\"");
        put_points(b, m);
        html_lit(b, "/>\n");
}

static void put_rect(struct buf *b, const struct mark *m)
{
        buf_printf(b, "<rect class=\"f%d\"", (int)m->ink);
        put_attr(b, "x", m->x);
        put_attr(b, "y", m->y);
        put_attr(b, "width", m->w);
        put_attr(b, "height", m->h);
        html_lit(b, "/>\n");
}

static void put_dot(struct buf *b, const struct mark *m)
{
        buf_printf(b, "<circle class=\"f%d%s\"", (int)m->ink,
                   m->has_halo ? " h" : "");
        put_attr(b, "cx", m->x);
        put_attr(b, "cy", m->y);
        put_attr(b, "r", m->w);
        html_lit(b, "/>\n");
}

/* Start and end of a text change places in a script from the right. */
static void put_anchor(struct buf *b, const struct mark *m, bool rtl)
{
        enum anchor anchor = m->anchor;

        if (rtl && anchor != ANCHOR_MIDDLE)
                anchor = anchor == ANCHOR_START ? ANCHOR_END : ANCHOR_START;
        if (anchor == ANCHOR_MIDDLE)
                html_lit(b, " text-anchor=\"middle\"");
        else if (anchor == ANCHOR_END)
                html_lit(b, " text-anchor=\"end\"");
        if (rtl)
                html_lit(b, " direction=\"rtl\"");
}

static void put_words(struct buf *b, const struct mark *m)
{
        buf_printf(b, "<text class=\"f%d%s\"", (int)m->ink,
                   m->has_halo ? " h" : "");
        put_attr(b, "x", m->x);
        put_attr(b, "y", m->y);
        put_attr(b, "font-size", m->size);
        if (m->is_bold)
                html_lit(b, " font-weight=\"700\"");
        put_anchor(b, m, words_are_rtl(m->text));
        html_lit(b, ">");
        html_text(b, m->text);
        if (m->whole.n) {
                html_lit(b, "<title>");
                html_text(b, m->whole);
                html_lit(b, "</title>");
        }
        html_lit(b, "</text>\n");
}

static void put_mark(struct buf *b, const struct mark *m)
{
        switch (m->kind) {
        case MARK_PATH:
        case MARK_AREA:
        case MARK_DOTS:
                put_path(b, m);
                break;
        case MARK_RECT:
                put_rect(b, m);
                break;
        case MARK_DOT:
                put_dot(b, m);
                break;
        case MARK_WORDS:
                put_words(b, m);
                break;
        }
}

/* title and desc, and the ids by which they are found. */
static void put_head(struct buf *b, const struct scene *s, int inline_n)
{
        html_lit(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bc\" "
                    "role=\"img\" direction=\"ltr\" lang=\"");
        html_attr(b, s->language);
        /* On a page the caption says the title already. */
        if (!inline_n)
                html_lit(b, "\" aria-labelledby=\"bc0t bc0d\" viewBox=\"0 0 ");
        else
                buf_printf(b, "\" aria-labelledby=\"bc%dd\" viewBox=\"0 0 ",
                           inline_n);
        put_length(b, s->width);
        buf_char(b, ' ');
        put_length(b, s->height);
        html_lit(b, "\"");
        put_attr(b, "width", s->width);
        put_attr(b, "height", s->height);
        buf_printf(b, ">\n<title id=\"bc%dt\">", inline_n);
        html_text(b, s->title);
        buf_printf(b, "</title>\n<desc id=\"bc%dd\">", inline_n);
        html_text(b, s->desc);
        html_lit(b, "</desc>\n");
}

void svg_write(struct buf *out, const struct scene *s, enum scene_theme theme,
               int inline_n)
{
        put_head(out, s, inline_n);
        put_style(out, s, theme, inline_n > 0);
        if (!inline_n) {
                html_lit(out, "<rect class=\"p\"");
                put_attr(out, "width", s->width);
                put_attr(out, "height", s->height);
                html_lit(out, "/>\n");
        }
        for (size_t i = 0; i < s->n; i++)
                put_mark(out, &s->marks[i]);
        html_lit(out, "</svg>\n");
}
