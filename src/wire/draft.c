#include "wire/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "wire/byline.h"
#include "wire/sanitize.h"

#define WARNINGS_MAX 50
#define LANGUAGE_MAX_B 35 /* RFC 5646 */

void draft_init(struct draft *d, struct arena *a, struct str base)
{
        d->a = a;
        buf_init(&d->scratch, LIMIT_OUTPUT_B);
        d->doc = arena_alloc(a, sizeof(*d->doc));
        d->doc->updated = TIME_NONE;
        d->base = base;
        d->is_over = false;
}

void draft_done(struct draft *d)
{
        buf_done(&d->scratch);
}

void draft_warn(struct draft *d, const char *fmt, ...)
{
        struct strs *w = &d->doc->warnings;
        char text[300];
        va_list args;

        if (w->n == WARNINGS_MAX)
                return;
        va_start(args, fmt);
        vsnprintf(text, sizeof(text), fmt, args);
        va_end(args);
        ARENA_GROW(d->a, w->items, w->n, w->cap);
        w->items[w->n++] = arena_str(d->a, str_c(text));
}

struct item *draft_item(struct draft *d)
{
        struct feed_doc *doc = d->doc;

        if (doc->n_items == LIMIT_FEED_ITEMS) {
                if (!d->is_over)
                        draft_warn(d, "only the first %d items were taken",
                                   LIMIT_FEED_ITEMS);
                d->is_over = true;
                return NULL;
        }
        ARENA_GROW(d->a, doc->items, doc->n_items, doc->cap_items);
        struct item *it = &doc->items[doc->n_items++];
        memset(it, 0, sizeof(*it));
        it->published = it->updated = TIME_NONE;
        it->position = (int64_t)doc->n_items;
        return it;
}

struct str draft_line(struct draft *d, struct str text, enum headline_kind kind)
{
        return headline_of(d->a, text, kind);
}

struct str draft_html(struct draft *d, struct str html, struct str base,
                      bool is_xml)
{
        if (!html.p)
                return html;
        buf_reset(&d->scratch);
        sanitize_to(&d->scratch, d->a, str_trim(html), base, is_xml);
        return arena_str(d->a, buf_str(&d->scratch));
}

/* "www.gazette.example/1", "gazette.example/1": the scheme was forgotten. */
static bool names_host(struct str raw, struct str base)
{
        struct str host = url_split(base).host;

        if (str_starts_nocase(raw, STR("www.")))
                return true;
        return host.n && raw.n > host.n && raw.p[host.n] == '/' &&
               str_starts_nocase(raw, host);
}

bool draft_is_address(struct draft *d, struct str raw)
{
        return url_is_http(raw) || str_starts(raw, STR("/")) ||
               names_host(raw, d->base);
}

struct str draft_url(struct draft *d, struct str raw, struct str base)
{
        base = base.n ? base : d->base;
        raw = str_trim(raw);
        if (names_host(raw, base))
                raw = arena_printf(d->a, "https://" STR_FMT, STR_ARG(raw));
        return sanitize_url(d->a, raw, base);
}

struct str draft_language(struct draft *d, struct str tag)
{
        tag = str_trim(tag);
        if (!tag.n || tag.n > LANGUAGE_MAX_B)
                return STR_NULL;
        char *to = arena_alloc(d->a, tag.n + 1);
        for (size_t i = 0; i < tag.n; i++) {
                to[i] = tag.p[i] == '_' ? '-' : tag.p[i];
                if (!chr_is_alnum(to[i]) && to[i] != '-')
                        return STR_NULL;
        }
        return (struct str) { to, tag.n };
}

void draft_add(struct draft *d, struct strs *list, struct str value, size_t max)
{
        if (!value.n || list->n >= max)
                return;
        for (size_t i = 0; i < list->n; i++)
                if (str_eq(list->items[i], value))
                        return;
        ARENA_GROW(d->a, list->items, list->n, list->cap);
        list->items[list->n++] = value;
}

void draft_author(struct draft *d, struct strs *list, struct str text)
{
        struct str names[BYLINE_NAMES_MAX];
        struct str line = draft_line(d, text, HEADLINE_GUESS);
        size_t n = byline_split(d->a, line, names);

        for (size_t i = 0; i < n; i++)
                draft_add(d, list, names[i], LIMIT_AUTHORS);
}

void draft_enclosure(struct draft *d, struct item *it, struct str url,
                     struct str type, struct str length)
{
        uint64_t n;

        if (!url.n || it->n_enclosures == LIMIT_ENCLOSURES)
                return;
        for (size_t i = 0; i < it->n_enclosures; i++)
                if (str_eq(it->enclosures[i].url, url))
                        return;
        ARENA_GROW(d->a, it->enclosures, it->n_enclosures, it->cap_enclosures);
        struct enclosure *e = &it->enclosures[it->n_enclosures++];
        e->url = url;
        e->type = type.n ? type : STR_NULL;
        e->length = scan_u64(length, INT64_MAX, &n) == 0 ? (int64_t)n : -1;
}
