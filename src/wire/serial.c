#include "wire/serial.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/sequel.h"

#define ARENA_B ((size_t)4 * 1024 * 1024)
#define STUB_MAX_B 400 /* of a page's text: hardly an article */
#define TELLING_B 20   /* a paragraph that nobody writes twice */

struct serial {
        struct arena *a;
        struct str first; /* where it begins */
        struct page page; /* as it came so far */
        struct buf text;  /* of its pages */
        struct map *seen; /* their paragraphs */
        struct str print; /* a form that may be tried yet */
        struct str note;
        int parts;    /* pages that came */
        bool is_form; /* another form of the page is awaited */
};

struct page serial_copy(struct arena *a, const struct page *p)
{
        struct page copy = {
                .authors.items =
                        arena_array(a, p->authors.n + 1, sizeof(struct str)),
                .authors.n = p->authors.n,
                .published = p->published,
                .is_day = p->is_day,
                .image = arena_str(a, p->image),
                .language = arena_str(a, p->language),
                .text = arena_str(a, p->text),
                .status = p->status,
        };

        for (size_t i = 0; i < p->authors.n; i++)
                copy.authors.items[i] = arena_str(a, p->authors.items[i]);
        return copy;
}

/* --- which way to go ---------------------------------------------------- */

/* Where the article begins, as its next page has it; absent: that isn't one. */
static struct str start_of(struct arena *a, struct str url,
                           const struct page *p)
{
        if (p->status != PAGE_OK || !p->next.n)
                return STR_NULL;
        if (sequel_number(a, url, p->next) == 2)
                return url;
        if (str_eq(url_host(a, p->canonical), url_host(a, url)) &&
            sequel_number(a, p->canonical, p->next) == 2)
                return p->canonical;
        return STR_NULL;
}

/* "www.gazette.example" and "amp.gazette.example" are one site. */
static struct str site_of(struct arena *a, struct str url)
{
        static const char *const doors[] = { "www.", "amp.", "m.", "mobile.",
                                             "print." };
        struct str host = url_host(a, url);

        for (size_t i = 0; i < sizeof(doors) / sizeof(*doors); i++)
                if (str_starts(host, str_c(doors[i])))
                        return str_sub(host, str_c(doors[i]).n, host.n);
        return host;
}

static bool is_form_of(struct arena *a, struct str url, struct str form)
{
        return form.n && form.n <= LIMIT_URL_B && url_is_http(form) &&
               str_eq(site_of(a, url), site_of(a, form)) &&
               !str_eq(url_identity(a, url), url_identity(a, form));
}

static bool is_stub(const struct page *p)
{
        return p->status != PAGE_PAYWALLED && p->text.n < STUB_MAX_B;
}

/* --- joining ------------------------------------------------------------ */

/* Its paragraphs that didn't stand on an earlier page. How many. */
static size_t join(struct serial *s, struct str text)
{
        size_t n = 0;
        bool any = false;

        while (text.n) {
                size_t end = str_find(text, STR("\n\n"), 0);
                struct str part = str_sub(text, 0, end);
                void **at = map_at(s->seen, part);
                bool is_new = !*at;

                text = end == STR_NONE ? STR_NULL
                                       : str_sub(text, end + 2, text.n);
                *at = s;
                /* A short one may well stand there twice, but not on top. */
                if (!is_new && (!any || part.n >= TELLING_B))
                        continue;
                any = true;
                if (s->text.n + part.n + 2 > LIMIT_TEXT_B)
                        break;
                if (s->text.n)
                        buf_puts(&s->text, "\n\n");
                buf_put(&s->text, part);
                n += is_new;
        }
        return n;
}

static struct str next_part(struct serial *s, const struct page *p)
{
        if (s->parts >= LIMIT_PAGE_PARTS || s->text.n >= LIMIT_TEXT_B ||
            !p->next.n || p->next.n > LIMIT_URL_B ||
            sequel_number(s->a, s->first, p->next) != s->parts + 1)
                return STR_NULL;
        return arena_str(s->a, p->next);
}

static struct str add_part(struct serial *s, struct str url,
                           const struct page *p, struct str why)
{
        int number = s->parts + 1;

        if (!p || p->status == PAGE_EMPTY ||
            sequel_number(s->a, s->first, url) != number) {
                s->note = arena_printf(
                        s->a, "its page %d is missing: " STR_FMT, number,
                        STR_ARG(!why.n ? STR("there is no article in it")
                                       : why));
                return STR_NULL;
        }
        /* The same again: it has but one page. */
        if (!join(s, p->text))
                return STR_NULL;
        s->parts = number;
        return next_part(s, p);
}

/* --- another form ------------------------------------------------------- */

static void take_form(struct serial *s, const struct page *p)
{
        struct page form = serial_copy(s->a, p), *page = &s->page;

        if (p->status == PAGE_EMPTY || p->text.n <= page->text.n)
                return;
        page->text = form.text;
        page->status = form.status;
        if (page->published == TIME_NONE) {
                page->published = form.published;
                page->is_day = form.is_day;
        }
        if (!page->authors.n)
                page->authors = form.authors;
        if (!page->image.n)
                page->image = form.image;
        if (!page->language.n)
                page->language = form.language;
}

static struct str add_form(struct serial *s, struct str url,
                           const struct page *p)
{
        struct str next = s->print;

        if (p && str_eq(site_of(s->a, url), site_of(s->a, s->first)))
                take_form(s, p);
        s->print = STR_NULL;
        return is_stub(&s->page) ? next : STR_NULL;
}

/* --- */

static struct serial *begin(struct arena *a, const struct page *p,
                            struct str first)
{
        struct serial *s = arena_alloc(a, sizeof(*s));

        *s = (struct serial) { .a = a,
                               .first = arena_str(a, first),
                               .page = serial_copy(a, p),
                               .parts = 1 };
        buf_init(&s->text, LIMIT_TEXT_B);
        return s;
}

struct serial *serial_new(struct str url, const struct page *p,
                          struct str *ret_next)
{
        struct arena *a;
        struct serial *s;
        struct str start;

        if (!p->next.n && !p->amp.n && !p->print.n)
                return NULL;
        a = arena_new(ARENA_B);
        start = start_of(a, url, p);
        if (start.n) {
                s = begin(a, p, start);
                s->seen = map_new(a);
                join(s, p->text);
                *ret_next = next_part(s, p);
                if (ret_next->n)
                        return s;
                buf_done(&s->text);
        } else if (is_stub(p) && (is_form_of(a, url, p->amp) ||
                                  is_form_of(a, url, p->print))) {
                bool has_amp = is_form_of(a, url, p->amp);

                s = begin(a, p, url);
                s->is_form = true;
                if (has_amp && is_form_of(a, url, p->print))
                        s->print = arena_str(a, p->print);
                *ret_next = arena_str(a, has_amp ? p->amp : p->print);
                return s;
        }
        arena_free(a);
        return NULL;
}

void serial_free(struct serial *s)
{
        if (!s)
                return;
        buf_done(&s->text);
        arena_free(s->a);
}

struct str serial_add(struct serial *s, struct str url, const struct page *p,
                      struct str why)
{
        return s->is_form ? add_form(s, url, p) : add_part(s, url, p, why);
}

const struct page *serial_page(struct serial *s)
{
        if (!s->is_form)
                s->page.text = buf_str(&s->text);
        return &s->page;
}

struct str serial_note(const struct serial *s)
{
        return s->note;
}
