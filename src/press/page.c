#include "press/page.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/url.h"
#include "press/card.h"
#include "press/chart.h"
#include "press/corrected.h"
#include "press/dates.h"
#include "press/day.h"
#include "press/epub.h"
#include "press/model.h"
#include "press/quiz.h"
#include "press/text.h"
#include "press/theme.h"
#include "press/value.h"

void page_add(struct arena *a, struct printed_list *out, struct str path,
              struct str bytes)
{
        ARENA_GROW(a, out->items, out->n, out->cap);
        out->items[out->n++] = (struct printed) { path, bytes };
}

int page_print(struct arena *a, const struct press *press, const char *template,
               const struct value *root, struct str path,
               struct printed_list *out, struct err *err)
{
        struct buf b;

        buf_init(&b, LIMIT_OUTPUT_B);

        int rc = theme_print(press->theme, template, root, &b, err);

        if (rc == 0) {
                buf_char(&b, '\n');
                page_add(a, out, path, arena_str(a, buf_str(&b)));
        }
        buf_done(&b);
        return rc;
}

struct str page_root(const struct press *press)
{
        struct url u = url_split(press->url);

        return u.path.n ? u.path : STR("/");
}

struct str page_time(struct arena *a, int64_t at)
{
        struct buf b;

        buf_init(&b, 64);
        time_put_rfc3339(&b, at);

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

struct str press_path(struct arena *a, const struct edition_row *row)
{
        struct civil c = model_date(row);

        return arena_printf(a, "%04d/%02d/%02d/" STR_FMT "/", c.year, c.month,
                            c.day,
                            STR_ARG(row->slug.n ? row->slug : STR("edition")));
}

struct str press_permalink(struct arena *a, const struct press *press,
                           const struct edition_row *row)
{
        return arena_printf(a, STR_FMT STR_FMT, STR_ARG(press->url),
                            STR_ARG(press_path(a, row)));
}

void page_head(struct arena *a, const struct press *press, struct value *root,
               struct str title, struct str canonical, struct str description)
{
        value_put_text(a, root, "root", page_root(press));
        value_put_text(a, root, "head_title", title);
        value_put_text(a, root, "canonical", canonical);
        value_put_text(a, root, "description", description);
}

/* --- what machines read of an edition --- */

static void json_pair(struct json *j, const char *key, struct str s)
{
        json_key(j, key);
        json_str(j, s);
}

static void put_organisation(struct json *j, const struct press *press)
{
        json_open(j, '{');
        json_pair(j, "@type", STR("NewsMediaOrganization"));
        json_pair(j, "name", press->name);
        json_pair(j, "url", press->url);
        json_close(j, '}');
}

static void put_authors(struct json *j, const struct edition *e)
{
        if (!e->n_contributors)
                return;
        json_key(j, "author");
        json_open(j, '[');
        for (size_t i = 0; i < e->n_contributors; i++) {
                json_open(j, '{');
                json_pair(j, "@type", STR("Person"));
                json_pair(j, "name", e->contributors[i]);
                json_close(j, '}');
        }
        json_close(j, ']');
}

/* A script element ends at "</": no "<" may stand in it. */
static struct str without_tags(struct arena *a, struct str json)
{
        struct buf b;

        buf_init(&b, json.n * 6 + 1);
        for (size_t i = 0; i < json.n; i++) {
                if (json.p[i] == '<')
                        buf_puts(&b, "\\u003c");
                else
                        buf_char(&b, json.p[i]);
        }

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static struct str json_ld(struct arena *a, const struct press *press,
                          const struct issue *issue, struct str opening)
{
        struct str link = press_permalink(a, press, &issue->row);
        struct buf b;
        struct json j;

        buf_init(&b, LIMIT_OUTPUT_B);
        json_init(&j, &b);
        json_open(&j, '{');
        json_pair(&j, "@context", STR("https://schema.org"));
        json_pair(&j, "@type", STR("NewsArticle"));
        json_pair(&j, "headline", issue->edition->title);
        json_pair(&j, "description", opening);
        json_pair(&j, "inLanguage", issue->edition->language);
        json_pair(&j, "url", link);
        json_pair(&j, "mainEntityOfPage", link);
        json_key(&j, "image");
        json_open(&j, '[');
        json_str(&j, arena_printf(a, STR_FMT "card.png", STR_ARG(link)));
        json_close(&j, ']');
        json_pair(&j, "datePublished", page_time(a, issue->row.published_at));
        json_pair(&j, "dateModified", page_time(a, issue->row.updated_at));
        json_key(&j, "isAccessibleForFree");
        json_bool(&j, true);
        put_authors(&j, issue->edition);
        json_key(&j, "publisher");
        put_organisation(&j, press);
        json_close(&j, '}');

        struct str s = without_tags(a, buf_str(&b));

        buf_done(&b);
        return s;
}

/* --- an edition's folder --- */

static struct value *before_value(struct arena *a, const struct press *press,
                                  const struct edition_row *before)
{
        struct value *v = value_object(a);
        struct civil c = model_date(before);

        value_put_text(a, v, "title", before->title);
        value_put_text(a, v, "day", day_long(a, press->language, &c));
        value_put_text(a, v, "url",
                       arena_printf(a, STR_FMT STR_FMT,
                                    STR_ARG(page_root(press)),
                                    STR_ARG(press_path(a, before))));
        return v;
}

/* og:locale wants en_GB; we know the language only. */
static struct str og_locale(struct arena *a, struct str language)
{
        struct str s = arena_str(a, language);
        char *p = arena_alloc(a, s.n + 1);

        for (size_t i = 0; i < s.n; i++)
                p[i] = s.p[i] == '-' ? '_' : s.p[i];
        return (struct str) { p, s.n };
}

struct value *page_issue(struct arena *a, const struct press *press,
                         const struct issue *issue,
                         const struct edition_row *before)
{
        struct value *v = model_issue(a, press, issue, true);
        struct str link = press_permalink(a, press, &issue->row);
        struct str opening = model_opening(a, issue->edition, 200);

        page_head(a, press, v,
                  arena_printf(a, STR_FMT " \u2014 " STR_FMT,
                               STR_ARG(issue->edition->title),
                               STR_ARG(press->name)),
                  link, opening);
        value_put_text(a, v, "path",
                       arena_printf(a, STR_FMT STR_FMT,
                                    STR_ARG(page_root(press)),
                                    STR_ARG(press_path(a, &issue->row))));
        value_put_text(a, v, "published",
                       page_time(a, issue->row.published_at));
        value_put_text(a, v, "modified", page_time(a, issue->row.updated_at));
        value_put_text(a, v, "og_locale",
                       og_locale(a, issue->edition->language));
        value_put_text(a, v, "json_ld", json_ld(a, press, issue, opening));
        if (before)
                value_put(a, v, "before", before_value(a, press, before));
        else
                value_put_flag(a, v, "before", false);
        return v;
}

int press_issue(struct arena *a, const struct press *press,
                const struct issue *issue, const struct edition_row *before,
                struct printed_list *out, struct err *err)
{
        struct str path = press_path(a, &issue->row), card, text, dates, book;
        const size_t from = out->n;
        int rc = card_draw(a, press, issue, &card, err);

        if (rc == 0)
                rc = text_print(a, press, issue, NULL, &text, err);
        if (rc == 0)
                rc = dates_calendar(a, press, issue, &dates, err);
        if (rc < 0)
                return rc;
        if (dates.n)
                page_add(a, out,
                         arena_printf(a, STR_FMT "agenda.ics", STR_ARG(path)),
                         dates);
        page_add(a, out, arena_printf(a, STR_FMT "card.png", STR_ARG(path)),
                 card);
        page_add(a, out, arena_printf(a, STR_FMT "edition.txt", STR_ARG(path)),
                 text);
        rc = chart_print(a, press, issue->edition, path, out, err);
        if (rc == 0)
                rc = corrected_print(a, press, issue, out, err);
        if (rc == 0)
                rc = quiz_print_answers(a, press, issue, out, err);
        if (rc == 0)
                rc = epub_print(a, press, issue,
                                &(struct printed_list) { out->items + from,
                                                         out->n - from, 0 },
                                &book, err);
        if (rc < 0)
                return rc;
        page_add(a, out, arena_printf(a, STR_FMT "edition.epub", STR_ARG(path)),
                 book);
        return page_print(a, press, "page", page_issue(a, press, issue, before),
                          arena_printf(a, STR_FMT "index.html", STR_ARG(path)),
                          out, err);
}
