/* A scene as PNG, by cairo and pango, from the same marks as the SVG. */

#include "press/scene.h"

#include <math.h>

#include <pango/pangocairo.h>

#include "base/arena.h"
#include "press/picture.h"

#define FAMILY "Liberation Sans,Arimo,Arial,Helvetica,Noto Sans,sans-serif"
#define PIXELS_MAX 16384
#define SLACK 1.01 /* wider than that than measured: set narrower */

struct painter {
        cairo_t *c;
        PangoLayout *layout;
        PangoFontDescription *font;
        bool dark;
};

static void use(const struct painter *p, enum ink ink, double alpha)
{
        unsigned c = ink_colour(ink, p->dark);

        cairo_set_source_rgba(p->c, (c >> 16 & 255) / 255.0,
                              (c >> 8 & 255) / 255.0, (c & 255) / 255.0, alpha);
}

static void trace(const struct painter *p, const struct mark *m)
{
        bool lifted = true;

        for (size_t i = 0; i < m->n; i++) {
                struct point at = m->points[i];

                if (isnan(at.y)) {
                        lifted = true;
                        continue;
                }
                if (lifted)
                        cairo_move_to(p->c, at.x, at.y);
                else
                        cairo_line_to(p->c, at.x, at.y);
                if (m->kind == MARK_DOTS)
                        cairo_line_to(p->c, at.x, at.y);
                lifted = m->kind == MARK_DOTS;
        }
}

static void paint_path(const struct painter *p, const struct mark *m)
{
        static const double dash[] = { 2, 3 };
        bool round = m->n > 2 || m->kind == MARK_DOTS;

        use(p, m->ink, !m->is_faint ? 1 : m->kind == MARK_AREA ? 0.2 : 0.55);
        trace(p, m);
        if (m->kind == MARK_AREA) {
                cairo_close_path(p->c);
                cairo_fill(p->c);
                return;
        }
        cairo_set_line_width(p->c, m->kind == MARK_DOTS ? 2 * m->w : m->w);
        cairo_set_line_cap(p->c,
                           round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(p->c, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(p->c, dash, m->is_dashed ? 2 : 0, 0);
        cairo_stroke(p->c);
}

static void paint_dot(const struct painter *p, const struct mark *m)
{
        cairo_new_path(p->c);
        cairo_arc(p->c, m->x, m->y, m->w, 0, 2 * G_PI);
        if (m->has_halo) {
                use(p, INK_PAPER, 1);
                cairo_set_line_width(p->c, 3);
                cairo_set_dash(p->c, NULL, 0, 0);
                cairo_stroke_preserve(p->c);
        }
        use(p, m->ink, 1);
        cairo_fill(p->c);
}

/* Where the measured width, not the face that is there, says it begins. */
static double left_of(const struct mark *m, double width)
{
        if (m->anchor == ANCHOR_MIDDLE)
                return m->x - width / 2;
        return m->anchor == ANCHOR_END ? m->x - width : m->x;
}

static void paint_words(const struct painter *p, const struct mark *m)
{
        double measured = words_width(m->text, m->size, m->is_bold), narrow = 1,
               real;
        PangoRectangle r;

        pango_font_description_set_absolute_size(p->font,
                                                 m->size * PANGO_SCALE);
        pango_font_description_set_weight(
                p->font, m->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(p->layout, p->font);
        pango_layout_set_text(p->layout, m->text.p ? m->text.p : "",
                              (int)m->text.n);
        pango_layout_get_extents(p->layout, NULL, &r);
        real = (double)r.width / PANGO_SCALE;
        if (real > measured * SLACK && measured > 0)
                narrow = measured / real;
        cairo_save(p->c);
        cairo_translate(p->c, left_of(m, real * narrow),
                        m->y - (double)pango_layout_get_baseline(p->layout) /
                                        PANGO_SCALE);
        cairo_scale(p->c, narrow, 1);
        if (m->has_halo) {
                use(p, INK_PAPER, 1);
                cairo_set_line_width(p->c, 3);
                cairo_set_line_join(p->c, CAIRO_LINE_JOIN_ROUND);
                cairo_set_dash(p->c, NULL, 0, 0);
                cairo_move_to(p->c, 0, 0);
                pango_cairo_layout_path(p->c, p->layout);
                cairo_stroke(p->c);
        }
        use(p, m->ink, 1);
        cairo_move_to(p->c, 0, 0);
        pango_cairo_show_layout(p->c, p->layout);
        cairo_restore(p->c);
}

static void paint_mark(const struct painter *p, const struct mark *m)
{
        switch (m->kind) {
        case MARK_PATH:
        case MARK_AREA:
        case MARK_DOTS:
                paint_path(p, m);
                break;
        case MARK_RECT:
                use(p, m->ink, 1);
                cairo_rectangle(p->c, m->x, m->y, m->w, m->h);
                cairo_fill(p->c);
                break;
        case MARK_DOT:
                paint_dot(p, m);
                break;
        case MARK_WORDS:
                paint_words(p, m);
                break;
        }
}

static void paint(cairo_surface_t *surface, const struct scene *s,
                  enum scene_theme theme, double scale)
{
        struct painter p = { .c = cairo_create(surface),
                             .font = pango_font_description_new(),
                             .dark = theme == THEME_DARK };
        cairo_font_options_t *options = cairo_font_options_create();

        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        pango_font_description_set_family(p.font, FAMILY);
        cairo_scale(p.c, scale, scale);
        use(&p, INK_PAPER, 1);
        cairo_paint(p.c);
        p.layout = pango_cairo_create_layout(p.c);
        pango_cairo_context_set_font_options(pango_layout_get_context(p.layout),
                                             options);
        pango_layout_set_single_paragraph_mode(p.layout, TRUE);
        for (size_t i = 0; i < s->n; i++)
                paint_mark(&p, &s->marks[i]);
        g_object_unref(p.layout);
        cairo_font_options_destroy(options);
        pango_font_description_free(p.font);
        cairo_destroy(p.c);
}

int png_write(struct arena *a, const struct scene *s, enum scene_theme theme,
              double scale, struct str *ret, struct err *err)
{
        int width = (int)ceil(s->width * scale),
            height = (int)ceil(s->height * scale);
        cairo_surface_t *surface;
        int rc;

        if (width > PIXELS_MAX || height > PIXELS_MAX)
                return err_set(err, ERR_LIMIT,
                               "the picture would be %d by %d pixels", width,
                               height);
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
        paint(surface, s, theme, scale);
        rc = picture_png(a, surface, ret, err);
        cairo_surface_destroy(surface);
        return rc;
}
