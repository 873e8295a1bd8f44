#include "press/card.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "press/day.h"
#include "press/model.h"
#include "press/picture.h"

#define WIDTH 1200
#define HEIGHT 630
#define MARGIN 72
#define COVER_WIDTH 960
#define COVER_HEIGHT 1280
#define ICON 192
#define SERIF "Charter, Gelasio, Georgia, Liberation Serif, serif"
#define SANS "Liberation Sans, Noto Sans, sans-serif"

struct ink {
        double r, g, b;
};

static const struct ink paper = { 0.984, 0.976, 0.957 },
                        black = { 0.110, 0.102, 0.086 },
                        soft = { 0.373, 0.349, 0.302 },
                        accent = { 0.549, 0.114, 0.094 },
                        rule = { 0.812, 0.780, 0.714 };

static void use(cairo_t *c, const struct ink *i)
{
        cairo_set_source_rgb(c, i->r, i->g, i->b);
}

/* How a text stands on the card. */
struct setting {
        const char *font;
        int size;
        PangoWeight weight;
        const struct ink *ink;
        int width, lines;
        PangoAlignment align;
};

static PangoLayout *lay_out(cairo_t *c, const struct setting *s,
                            struct str text)
{
        PangoLayout *l = pango_cairo_create_layout(c);
        PangoFontDescription *f = pango_font_description_new();

        pango_font_description_set_family(f, s->font);
        pango_font_description_set_absolute_size(f, s->size * PANGO_SCALE);
        pango_font_description_set_weight(f, s->weight);
        pango_layout_set_font_description(l, f);
        pango_font_description_free(f);
        pango_layout_set_width(l, s->width * PANGO_SCALE);
        pango_layout_set_height(l, -s->lines);
        pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
        pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(l, s->align);
        pango_layout_set_line_spacing(l, 0.94f);
        pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
        return l;
}

/* Returns the height that the text took. */
static int set_text(cairo_t *c, const struct setting *s, struct str text, int x,
                    int y)
{
        PangoLayout *l = lay_out(c, s, text);
        int height;

        use(c, s->ink);
        cairo_move_to(c, x, y);
        pango_cairo_show_layout(c, l);
        pango_layout_get_pixel_size(l, NULL, &height);
        g_object_unref(l);
        return height;
}

static void line_across(cairo_t *c, double y, double width, double thick)
{
        use(c, &rule);
        cairo_rectangle(c, MARGIN, y, width, thick);
        cairo_fill(c);
}

static void draw_card(cairo_t *c, struct arena *a, const struct press *press,
                      const struct issue *issue)
{
        struct setting name = { SERIF,
                                64,
                                PANGO_WEIGHT_BOLD,
                                &black,
                                WIDTH - 2 * MARGIN,
                                1,
                                PANGO_ALIGN_CENTER };
        struct setting day = { SANS,
                               26,
                               PANGO_WEIGHT_NORMAL,
                               &soft,
                               WIDTH - 2 * MARGIN,
                               1,
                               PANGO_ALIGN_CENTER };
        struct setting head = { SERIF,
                                68,
                                PANGO_WEIGHT_BOLD,
                                &black,
                                WIDTH - 2 * MARGIN,
                                4,
                                PANGO_ALIGN_LEFT };
        struct civil date = model_date(&issue->row);
        int height, y = 46;

        use(c, &paper);
        cairo_paint(c);
        use(c, &accent);
        cairo_rectangle(c, 0, 0, WIDTH, 12);
        cairo_fill(c);
        y += set_text(c, &name, press->name, MARGIN, y) + 8;
        y += set_text(c, &day, day_long(a, press->language, &date), MARGIN, y) +
             22;
        line_across(c, y, WIDTH - 2 * MARGIN, 2);
        line_across(c, y + 6, WIDTH - 2 * MARGIN, 2);
        y += 8;

        /* The headline stands in the middle of what is left; long ones are
         * smaller. */
        if (utf8_count(issue->row.title) > 90)
                head.size = 54;

        PangoLayout *l = lay_out(c, &head, issue->row.title);

        pango_layout_get_pixel_size(l, NULL, &height);
        g_object_unref(l);
        set_text(c, &head, issue->row.title, MARGIN,
                 y + (HEIGHT - y - height) / 2);
}

/* The surface as PNG in a. Destroys both. */
static int finish(struct arena *a, cairo_t *c, cairo_surface_t *surface,
                  struct str *ret, struct err *err)
{
        int rc;

        cairo_destroy(c);
        rc = picture_png(a, surface, ret, err);
        cairo_surface_destroy(surface);
        return rc;
}

int card_draw(struct arena *a, const struct press *press,
              const struct issue *issue, struct str *ret, struct err *err)
{
        cairo_surface_t *surface =
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
        cairo_t *c = cairo_create(surface);

        draw_card(c, a, press, issue);
        return finish(a, c, surface, ret, err);
}

static void draw_cover(cairo_t *c, struct arena *a, const struct press *press,
                       const struct issue *issue)
{
        const int width = COVER_WIDTH - 2 * MARGIN;
        struct setting name = { SERIF, 88, PANGO_WEIGHT_BOLD, &black,
                                width, 2,  PANGO_ALIGN_CENTER };
        struct setting day = { SANS,  30, PANGO_WEIGHT_NORMAL, &soft,
                               width, 1,  PANGO_ALIGN_CENTER };
        struct setting head = { SERIF,
                                utf8_count(issue->row.title) > 90 ? 60 : 76,
                                PANGO_WEIGHT_BOLD,
                                &black,
                                width,
                                6,
                                PANGO_ALIGN_LEFT };
        struct setting opening = { SERIF, 36, PANGO_WEIGHT_NORMAL, &soft,
                                   width, 9,  PANGO_ALIGN_LEFT };
        struct civil date = model_date(&issue->row);
        int y = 84;

        use(c, &paper);
        cairo_paint(c);
        use(c, &accent);
        cairo_rectangle(c, 0, 0, COVER_WIDTH, 18);
        cairo_fill(c);
        y += set_text(c, &name, press->name, MARGIN, y) + 20;
        y += set_text(c, &day, day_long(a, press->language, &date), MARGIN, y) +
             28;
        line_across(c, y, width, 3);
        line_across(c, y + 8, width, 3);
        y += 70;
        y += set_text(c, &head, issue->row.title, MARGIN, y) + 40;
        (void)set_text(c, &opening, model_opening(a, issue->edition, 400),
                       MARGIN, y);
}

int card_cover(struct arena *a, const struct press *press,
               const struct issue *issue, struct str *ret, struct err *err)
{
        cairo_surface_t *surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, COVER_WIDTH, COVER_HEIGHT);
        cairo_t *c = cairo_create(surface);

        draw_cover(c, a, press, issue);
        return finish(a, c, surface, ret, err);
}

int card_icon(struct arena *a, const struct press *press, struct str *ret,
              struct err *err)
{
        struct setting s = { SERIF, 132, PANGO_WEIGHT_BOLD, &paper,
                             ICON,  1,   PANGO_ALIGN_CENTER };
        cairo_surface_t *surface =
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, ICON, ICON);
        cairo_t *c = cairo_create(surface);
        struct str name = press->name, rest;
        int height;

        if (str_starts_nocase(name, STR("the ")))
                name = str_sub(name, 4, name.n);
        rest = name;
        if (rest.n)
                (void)utf8_next(&rest);
        name.n -= rest.n;
        use(c, &accent);
        cairo_paint(c);

        PangoLayout *l = lay_out(c, &s, name);

        pango_layout_get_pixel_size(l, NULL, &height);
        g_object_unref(l);
        set_text(c, &s, name, 0, (ICON - height) / 2);
        return finish(a, c, surface, ret, err);
}
