#include "wire/shape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "store/feed.h"
#include "wire/calendar.h"
#include "wire/item.h"
#include "wire/record.h"
#include "wire/sanitize.h"

#define TEXT_MAX_B ((size_t)LIMIT_FEED_B) /* none is longer than all */
#define WARNINGS_MAX 1000
#define LINKS_MAX 1000
#define PACE_MOST_S (400 * TIME_DAY_S)
#define SHIFT_MOST_S (24 * 3600) /* of a zone */
#define SIDE_MOST 1000000        /* of a picture */
#define AT_LEAST (-2300000000LL) /* in 1897, a day before date.h's first */
#define AT_MOST 7300000000LL     /* in 2201 */

/* clang-format off */
#define MEMBER(kind, struct_, name, most)                                      \
        { #name, kind, offsetof(struct struct_, name), 0, 0, most, NULL }
#define TEXT(struct_, name) MEMBER(SHAPE_TEXT, struct_, name, 0)
#define LINE(struct_, name) MEMBER(SHAPE_LINE, struct_, name, LIMIT_TITLE_B)
#define URL(struct_, name) MEMBER(SHAPE_URL, struct_, name, LIMIT_URL_B)
#define TEXTS(struct_, name, most) MEMBER(SHAPE_TEXTS, struct_, name, most)
#define INT(struct_, name, last) MEMBER(SHAPE_INT, struct_, name, last)
#define SHIFT(struct_, name, last) MEMBER(SHAPE_SHIFT, struct_, name, last)
#define TIME(struct_, name) MEMBER(SHAPE_TIME, struct_, name, AT_MOST)
#define BITS(struct_, name) MEMBER(SHAPE_BITS, struct_, name, UINT32_MAX)
#define ENUM(struct_, name, last) MEMBER(SHAPE_ENUM, struct_, name, last)
#define FLAG(struct_, name) MEMBER(SHAPE_FLAG, struct_, name, 1)

#define SERIES(struct_, name, at_n, at_cap, most, shape)                       \
        { #name, SHAPE_LIST, offsetof(struct struct_, name),                   \
          offsetof(struct struct_, at_n), offsetof(struct struct_, at_cap),    \
          most, shape }
/* name, n_name and cap_name; or a struct with items, n and cap */
#define LIST(struct_, name, most, shape)                                       \
        SERIES(struct_, name, n_##name, cap_##name, most, shape)
#define SUBLIST(struct_, name, most, shape)                                    \
        SERIES(struct_, name.items, name.n, name.cap, most, shape)
#define SHAPE(struct_)                                                         \
        { sizeof(struct struct_), struct_##_members,                           \
          sizeof(struct_##_members) / sizeof(*struct_##_members) }
/* clang-format on */

/* --- the tables --------------------------------------------------------- */

static const struct shape_member enclosure_members[] = {
        URL(enclosure, url),
        LINE(enclosure, type),
        INT(enclosure, length, INT64_MAX),
};
const struct shape shape_enclosure = SHAPE(enclosure);

static const struct shape_member item_members[] = {
        TEXT(item, id),
        URL(item, url),
        LINE(item, title),
        TEXTS(item, authors, LIMIT_AUTHORS),
        TIME(item, published),
        TIME(item, updated),
        TEXT(item, summary),
        TEXT(item, content),
        TEXTS(item, categories, LIMIT_CATEGORIES),
        LIST(item, enclosures, LIMIT_ENCLOSURES, &shape_enclosure),
        URL(item, image),
        LINE(item, language),
        INT(item, position, LIMIT_FEED_ITEMS),
};
const struct shape shape_item = SHAPE(item);

static const struct shape_member feed_doc_members[] = {
        ENUM(feed_doc, format, FEED_JSON),
        LINE(feed_doc, version),
        LINE(feed_doc, title),
        URL(feed_doc, link),
        URL(feed_doc, self),
        URL(feed_doc, next),
        URL(feed_doc, hub),
        LINE(feed_doc, language),
        TEXT(feed_doc, description),
        TIME(feed_doc, updated),
        INT(feed_doc, ttl_s, PACE_MOST_S),
        BITS(feed_doc, skip_hours),
        BITS(feed_doc, skip_days),
        LIST(feed_doc, items, LIMIT_FEED_ITEMS, &shape_item),
        TEXTS(feed_doc, warnings, WARNINGS_MAX),
};
const struct shape shape_feed = SHAPE(feed_doc);

static const struct shape_member page_members[] = {
        LINE(page, title),
        TEXTS(page, authors, LIMIT_AUTHORS),
        TIME(page, published),
        TIME(page, updated),
        FLAG(page, is_day),
        URL(page, image),
        LINE(page, site),
        LINE(page, language),
        URL(page, canonical),
        TEXT(page, text),
        TEXT(page, html),
        ENUM(page, status, PAGE_EMPTY),
        LINE(page, image_alt),
        INT(page, image_width, SIDE_MOST),
        INT(page, image_height, SIDE_MOST),
        URL(page, amp),
        URL(page, print),
        URL(page, next),
        SHIFT(page, offset_s, SHIFT_MOST_S),
};
const struct shape shape_page = SHAPE(page);

static const struct shape_member feed_members[] = {
        URL(feed, url),       URL(feed, home),  LINE(feed, title),
        LINE(feed, source),   LINE(feed, kind), LINE(feed, beat),
        LINE(feed, language),
};
static const struct shape shape_row = SHAPE(feed);

static const struct shape_member feed_list_members[] = {
        SERIES(feed_list, items, n, n, LIMIT_OPML_FEEDS, &shape_row),
};
const struct shape shape_list = SHAPE(feed_list);

static const struct shape_member discover_link_members[] = {
        URL(discover_link, url),
        LINE(discover_link, title),
        FLAG(discover_link, is_aside),
};
static const struct shape shape_link = SHAPE(discover_link);

static const struct shape_member shape_links_members[] = {
        FLAG(shape_links, is_html),
        SUBLIST(shape_links, links, LINKS_MAX, &shape_link),
        SUBLIST(shape_links, anchors, LINKS_MAX, &shape_link),
};
const struct shape shape_links = SHAPE(shape_links);

/* Of an event only what a calendar says of it. */
static const struct shape_member event_members[] = {
        LINE(event, uid),
        LINE(event, recurrence),
        INT(event, sequence, INT32_MAX),
        LINE(event, category),
        LINE(event, title),
        LINE(event, place),
        LINE(event, zone),
        TIME(event, start_at),
        TIME(event, end_at),
        FLAG(event, is_all_day),
        INT(event, importance, EVENT_HIGH),
        LINE(event, expected),
        LINE(event, previous),
        FLAG(event, is_tentative),
        FLAG(event, is_cancelled),
        URL(event, url),
};
const struct shape shape_event = SHAPE(event);

static const struct shape_member calendar_members[] = {
        LINE(calendar, title),
        INT(calendar, ttl_s, PACE_MOST_S),
        SERIES(calendar, items, n_items, cap_items, LIMIT_EVENTS, &shape_event),
        TEXTS(calendar, warnings, WARNINGS_MAX),
};
const struct shape shape_calendar = SHAPE(calendar);

/* --- writing ------------------------------------------------------------ */

/* A field's tag is the member's place in the table, from 1. */
static unsigned tag_of(const struct shape *s, const struct shape_member *m)
{
        return (unsigned)(m - s->members) + 1;
}

static void put_texts(struct buf *out, unsigned tag, const struct strs *list)
{
        if (!list->n)
                return;

        size_t mark = record_open(out, tag, RECORD_LIST);

        for (size_t i = 0; i < list->n; i++) {
                size_t part = record_open_part(out);

                buf_put(out, list->items[i]);
                record_close_part(out, part);
        }
        record_close(out, mark);
}

static void put_list(struct buf *out, unsigned tag,
                     const struct shape_member *m, const char *from)
{
        const char *items = *(const char *const *)(const void *)(from + m->at);
        size_t n = *(const size_t *)(const void *)(from + m->at_n);

        if (!n)
                return;

        size_t mark = record_open(out, tag, RECORD_LIST);

        for (size_t i = 0; i < n; i++) {
                size_t part = record_open_part(out);

                shape_put(out, m->of, items + i * m->of->size_b);
                record_close_part(out, part);
        }
        record_close(out, mark);
}

static void put_number(struct buf *out, unsigned tag,
                       const struct shape_member *m, const char *at)
{
        int64_t n = 0;
        uint32_t bits;
        int small;

        if (m->kind == SHAPE_INT || m->kind == SHAPE_SHIFT ||
            m->kind == SHAPE_TIME) {
                memcpy(&n, at, sizeof(n));
        } else if (m->kind == SHAPE_BITS) {
                memcpy(&bits, at, sizeof(bits));
                n = bits;
        } else if (m->kind == SHAPE_ENUM) {
                memcpy(&small, at, sizeof(small));
                n = small;
        } else {
                n = *(const bool *)at;
        }
        if (n)
                record_put_int(out, tag, n);
}

static void put_member(struct buf *out, unsigned tag,
                       const struct shape_member *m, const char *from)
{
        const void *at = from + m->at;
        const struct str *text;

        switch (m->kind) {
        case SHAPE_TEXT:
        case SHAPE_LINE:
        case SHAPE_URL:
                text = at;
                if (text->p)
                        record_put(out, tag, RECORD_TEXT, *text);
                return;
        case SHAPE_TEXTS:
                put_texts(out, tag, at);
                return;
        case SHAPE_LIST:
                put_list(out, tag, m, from);
                return;
        case SHAPE_INT:
        case SHAPE_SHIFT:
        case SHAPE_TIME:
        case SHAPE_BITS:
        case SHAPE_ENUM:
        case SHAPE_FLAG:
                put_number(out, tag, m, at);
                return;
        }
}

void shape_put(struct buf *out, const struct shape *s, const void *from)
{
        for (size_t i = 0; i < s->n; i++)
                put_member(out, tag_of(s, &s->members[i]), &s->members[i],
                           from);
}

/* --- reading ------------------------------------------------------------ */

/* One line, so that nobody takes its end for something else. */
static struct str clean_line(struct arena *a, struct str s, size_t max_b)
{
        bool has_end =
                s.n && (memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n));

        s = utf8_repair(a, s);
        return utf8_clip(has_end ? utf8_fold_space(a, s) : s, max_b);
}

static struct str clean_text(struct arena *a, const struct shape_member *m,
                             struct str s)
{
        if (m->kind == SHAPE_URL)
                return sanitize_is_url(s) ? s : STR_NULL;
        if (m->kind == SHAPE_LINE)
                return clean_line(a, s, (size_t)m->most);
        return utf8_repair(a, s);
}

/* How many parts the list has, when it has at most the most. */
static int count_parts(struct str list, int64_t most, size_t *ret,
                       struct err *err)
{
        struct record parts;
        struct str part;
        size_t n = 0;

        record_init(&parts, list);
        while (record_next_part(&parts, &part))
                n++;
        *ret = n;
        if (n > (size_t)most)
                return err_set(err, ERR_INPUT, "a list has over %zu parts",
                               (size_t)most);
        return record_end(&parts, err);
}

static int get_texts(struct arena *a, const struct shape_member *m,
                     struct str list, struct strs *ret, struct err *err)
{
        struct record parts;
        struct str part;
        int rc = count_parts(list, m->most, &ret->cap, err);

        if (rc < 0)
                return rc;
        ret->items = arena_array(a, ret->cap, sizeof(*ret->items));
        record_init(&parts, list);
        while (record_next_part(&parts, &part))
                ret->items[ret->n++] = clean_line(a, part, LIMIT_TITLE_B);
        return 0;
}

static int get_list(struct arena *a, const struct shape_member *m,
                    struct str list, char *ret, struct err *err)
{
        struct record parts;
        struct str part;
        size_t n;
        int rc = count_parts(list, m->most, &n, err);

        if (rc < 0)
                return rc;

        char *items = arena_array(a, n, m->of->size_b), *at = items;

        record_init(&parts, list);
        for (; record_next_part(&parts, &part); at += m->of->size_b) {
                rc = shape_get(a, m->of, part, at, err);
                if (rc < 0)
                        return rc;
        }
        memcpy(ret + m->at, &items, sizeof(items));
        memcpy(ret + m->at_n, &n, sizeof(n));
        memcpy(ret + m->at_cap, &n, sizeof(n));
        return 0;
}

static void get_time(struct record *r, unsigned tag, char *ret)
{
        int64_t at;

        if (!record_take_int(r, tag, INT64_MIN, INT64_MAX, &at))
                return;
        if (at < AT_LEAST || at > AT_MOST)
                at = TIME_NONE;
        memcpy(ret, &at, sizeof(at));
}

static void get_number(struct record *r, unsigned tag,
                       const struct shape_member *m, char *at)
{
        bool is_shift = m->kind == SHAPE_SHIFT;
        bool is_int = is_shift || m->kind == SHAPE_INT;
        /* -1: a length that nobody said. */
        int64_t n, least = is_shift ? -m->most : is_int ? -1 : 0;

        if (!record_take_int(r, tag, least, m->most, &n))
                return;

        uint32_t bits = (uint32_t)n;
        int small = (int)n;
        bool flag = n != 0;

        if (is_int)
                memcpy(at, &n, sizeof(n));
        else if (m->kind == SHAPE_BITS)
                memcpy(at, &bits, sizeof(bits));
        else if (m->kind == SHAPE_ENUM)
                memcpy(at, &small, sizeof(small));
        else
                memcpy(at, &flag, sizeof(flag));
}

static int get_member(struct arena *a, struct record *r, unsigned tag,
                      const struct shape_member *m, char *ret, struct err *err)
{
        struct str bytes;

        switch (m->kind) {
        case SHAPE_TEXT:
        case SHAPE_LINE:
        case SHAPE_URL:
                if (record_take(r, tag, RECORD_TEXT, TEXT_MAX_B, &bytes)) {
                        bytes = clean_text(a, m, bytes);
                        memcpy(ret + m->at, &bytes, sizeof(bytes));
                }
                return 0;
        case SHAPE_TEXTS:
                if (record_take(r, tag, RECORD_LIST, RECORD_MAX_B, &bytes))
                        return get_texts(a, m, bytes, (void *)(ret + m->at),
                                         err);
                return 0;
        case SHAPE_LIST:
                if (record_take(r, tag, RECORD_LIST, RECORD_MAX_B, &bytes))
                        return get_list(a, m, bytes, ret, err);
                return 0;
        case SHAPE_TIME:
                get_time(r, tag, ret + m->at);
                return 0;
        case SHAPE_INT:
        case SHAPE_SHIFT:
        case SHAPE_BITS:
        case SHAPE_ENUM:
        case SHAPE_FLAG:
                get_number(r, tag, m, ret + m->at);
                return 0;
        }
        return 0;
}

int shape_get(struct arena *a, const struct shape *s, struct str bytes,
              void *ret, struct err *err)
{
        struct record r;

        record_init(&r, bytes);
        for (size_t i = 0; i < s->n; i++) {
                const struct shape_member *m = &s->members[i];
                int rc = get_member(a, &r, tag_of(s, m), m, ret, err);

                if (rc < 0) {
                        err_add(err, "%s", m->name);
                        return rc;
                }
        }
        return record_end(&r, err);
}
