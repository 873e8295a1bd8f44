/* What stands around the editions: archive, notes, files for machines, front.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "press/card.h"
#include "press/day.h"
#include "press/feed.h"
#include "press/html.h"
#include "press/model.h"
#include "press/page.h"
#include "press/value.h"

/* Sitemaps hold at most this many addresses by their protocol. */
#define SITEMAP_MAX 50000

struct site {
        struct arena *a;
        const struct press *press;
        const struct issue *issues;
        size_t n;
        struct printed_list *out;
        struct err *err;
        struct calendar *calendar;
};

/* Days in words, each asked of ICU once: an archive grows over the years. */
struct calendar {
        struct str weekdays[7], days[12][31];
};

static struct str say(const struct site *s, const char *key)
{
        return phrases_get(s->press->phrases, key);
}

static struct str link_to(const struct site *s, const char *rest)
{
        return arena_printf(s->a, STR_FMT "%s", STR_ARG(s->press->url), rest);
}

static struct str titled(const struct site *s, struct str title)
{
        return arena_printf(s->a, STR_FMT " \u2014 " STR_FMT, STR_ARG(title),
                            STR_ARG(s->press->name));
}

/* --- archive --- */

static struct str weekday_and_day(const struct site *s, const struct civil *c)
{
        struct civil full = time_to_civil(time_from_civil(c));
        struct str *weekday = &s->calendar->weekdays[full.weekday];
        struct str *day = &s->calendar->days[full.month - 1][full.day - 1];

        if (!weekday->p)
                *weekday = day_weekday(s->a, s->press->language, c);
        if (!day->p)
                *day = day_short(s->a, s->press->language, c);
        return arena_printf(s->a, STR_FMT ", " STR_FMT, STR_ARG(*weekday),
                            STR_ARG(*day));
}

static struct value *archive_line(const struct site *s,
                                  const struct edition_row *row)
{
        struct value *v = value_object(s->a);
        struct civil c = model_date(row);
        struct phrase_arg number = {
                "n", arena_printf(s->a, "%lld", (long long)row->number)
        };

        value_put_text(s->a, v, "date", row->date);
        value_put_text(s->a, v, "day", weekday_and_day(s, &c));
        value_put_text(s->a, v, "title", row->title);
        value_put_text(s->a, v, "number",
                       phrases_fill(s->a, s->press->phrases, "press.number",
                                    &number, 1));
        value_put_text(s->a, v, "url",
                       arena_printf(s->a, STR_FMT STR_FMT,
                                    STR_ARG(page_root(s->press)),
                                    STR_ARG(press_path(s->a, row))));
        return v;
}

static int print_archive(const struct site *s)
{
        struct value *root = model_press(s->a, s->press),
                     *months = value_list(s->a), *issues = NULL;
        struct str month = STR_NULL;

        for (size_t i = 0; i < s->n; i++) {
                const struct edition_row *row = &s->issues[i].row;
                struct civil c = model_date(row);

                if (!issues || !str_eq(month, str_sub(row->date, 0, 7))) {
                        struct value *v = value_object(s->a);

                        month = str_sub(row->date, 0, 7);
                        issues = value_list(s->a);
                        value_put_text(s->a, v, "id",
                                       arena_printf(s->a, "m" STR_FMT,
                                                    STR_ARG(month)));
                        value_put_text(s->a, v, "month",
                                       day_month(s->a, s->press->language, &c));
                        value_put(s->a, v, "issues", issues);
                        value_add(s->a, months, v);
                }
                value_add(s->a, issues, archive_line(s, row));
        }
        value_put(s->a, root, "months", months);
        page_head(s->a, s->press, root,
                  titled(s, say(s, "press.archive_title")),
                  link_to(s, "archive/"), STR(""));
        return page_print(s->a, s->press, "archive", root,
                          STR("archive/index.html"), s->out, s->err);
}

/* --- notes: a headline and a few paragraphs --- */

static int print_note(const struct site *s, const char *path, const char *title,
                      const char *const *paragraphs, struct str canonical)
{
        struct value *root = model_press(s->a, s->press),
                     *list = value_list(s->a);

        for (; *paragraphs; paragraphs++)
                value_add(s->a, list, value_text(s->a, say(s, *paragraphs)));
        value_put_text(s->a, root, "note_title", say(s, title));
        value_put(s->a, root, "paragraphs", list);
        page_head(s->a, s->press, root, titled(s, say(s, title)), canonical,
                  STR(""));
        return page_print(s->a, s->press, "note", root, str_c(path), s->out,
                          s->err);
}

static int print_notes(const struct site *s)
{
        static const char *const privacy[] = { "press.privacy_1",
                                               "press.privacy_2",
                                               "press.privacy_3",
                                               "press.privacy_4",
                                               "press.privacy_5",
                                               "press.privacy_6",
                                               NULL };
        static const char *const lost[] = { "press.lost_text", NULL };
        int rc = print_note(s, "privacy/index.html", "press.privacy", privacy,
                            link_to(s, "privacy/"));

        if (rc < 0)
                return rc;
        return print_note(s, "404.html", "press.lost_title", lost, STR(""));
}

/* --- for machines --- */

static void put_place(struct buf *b, struct str link, const char *changed)
{
        html_lit(b, "<url><loc>");
        html_text(b, link);
        html_lit(b, "</loc>");
        if (changed) {
                html_lit(b, "<lastmod>");
                buf_puts(b, changed);
                html_lit(b, "</lastmod>");
        }
        html_lit(b, "</url>\n");
}

static void put_sitemap(const struct site *s, struct buf *b)
{
        html_lit(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<urlset "
                    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        put_place(b, s->press->url, NULL);
        put_place(b, link_to(s, "archive/"), NULL);
        put_place(b, link_to(s, "privacy/"), NULL);
        for (size_t i = 0; i < s->n && i < SITEMAP_MAX - 3; i++)
                put_place(b, press_permalink(s->a, s->press, &s->issues[i].row),
                          page_time(s->a, s->issues[i].row.updated_at).p);
        html_lit(b, "</urlset>\n");
}

static void put_robots(const struct site *s, struct buf *b)
{
        buf_printf(b, "User-agent: *\nAllow: /\n\nSitemap: " STR_FMT "\n",
                   STR_ARG(link_to(s, "sitemap.xml")));
}

static void put_manifest(const struct site *s, struct buf *b)
{
        struct json j;

        json_init(&j, b);
        json_open(&j, '{');
        json_key(&j, "name");
        json_str(&j, s->press->name);
        json_key(&j, "lang");
        json_str(&j, s->press->language);
        json_key(&j, "start_url");
        json_str(&j, page_root(s->press));
        json_key(&j, "scope");
        json_str(&j, page_root(s->press));
        json_key(&j, "display");
        json_str(&j, STR("browser"));
        json_key(&j, "background_color");
        json_str(&j, STR("#fbf9f4"));
        json_key(&j, "theme_color");
        json_str(&j, STR("#fbf9f4"));
        json_key(&j, "icons");
        json_open(&j, '[');
        json_open(&j, '{');
        json_key(&j, "src");
        json_str(&j, arena_printf(s->a, STR_FMT "icon.png",
                                  STR_ARG(page_root(s->press))));
        json_key(&j, "sizes");
        json_str(&j, STR("192x192"));
        json_key(&j, "type");
        json_str(&j, STR("image/png"));
        json_close(&j, '}');
        json_close(&j, ']');
        json_close(&j, '}');
        buf_char(b, '\n');
}

static int print_files(const struct site *s)
{
        static const struct {
                const char *path;
                void (*put)(const struct site *s, struct buf *b);
        } files[] = {
                { "sitemap.xml", put_sitemap },
                { "robots.txt", put_robots },
                { "manifest.webmanifest", put_manifest },
        };
        struct str icon;
        int rc = card_icon(s->a, s->press, &icon, s->err);

        if (rc < 0)
                return rc;
        page_add(s->a, s->out, STR("icon.png"), icon);
        for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
                struct buf b;

                buf_init(&b, LIMIT_OUTPUT_B);
                files[i].put(s, &b);

                bool ok = buf_ok(&b);

                page_add(s->a, s->out, str_c(files[i].path),
                         arena_str(s->a, buf_str(&b)));
                buf_done(&b);
                if (!ok)
                        return err_set(s->err, ERR_LIMIT, "%s grew too large",
                                       files[i].path);
        }
        return 0;
}

/* The latest edition once more; before the first one, a page that says so. */
static int print_front(const struct site *s)
{
        static const char *const nothing[] = { "press.none_text", NULL };

        if (!s->n || !s->issues[0].edition)
                return print_note(s, "index.html", "press.none_title", nothing,
                                  s->press->url);
        return page_print(s->a, s->press, "page",
                          page_issue(s->a, s->press, &s->issues[0],
                                     s->n > 1 ? &s->issues[1].row : NULL),
                          STR("index.html"), s->out, s->err);
}

int press_site(struct arena *a, const struct press *press,
               const struct issue *issues, size_t n, struct printed_list *out,
               struct err *err)
{
        struct calendar calendar = { 0 };
        struct site s = { a, press, issues, n, out, err, &calendar };
        int rc = print_files(&s);

        if (rc == 0)
                rc = print_notes(&s);
        if (rc == 0)
                rc = print_archive(&s);
        if (rc == 0)
                rc = feed_print(a, press, issues, n, out, err);
        if (rc == 0)
                rc = print_front(&s);
        return rc;
}
