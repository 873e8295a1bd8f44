#include "wire/intake.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "store/feed.h"
#include "wire/identity.h"
#include "wire/item.h"

#define TITLE_OF_TEXT_B 90
#define FUTURE_MAX_S TIME_DAY_S

struct filed {
        const char *category, *as;
};

/* Under which of our kinds and beats a publisher's rubric falls. */
static const struct filed kinds[] = {
        { "opinion", "opinion" },     { "comment", "opinion" },
        { "commentary", "opinion" },  { "editorial", "opinion" },
        { "column", "opinion" },      { "columnists", "opinion" },
        { "meinung", "opinion" },     { "kommentar", "opinion" },
        { "tribune", "opinion" },     { "opinions", "opinion" },
        { "chronique", "opinion" },   { "opinión", "opinion" },
        { "magazine", "magazine" },   { "long read", "magazine" },
        { "long reads", "magazine" }, { "longreads", "magazine" },
        { "culture", "culture" },     { "arts", "culture" },
        { "kultur", "culture" },      { "cultura", "culture" },
};

static const struct filed beats[] = {
        { "world", "world" },          { "business", "business" },
        { "economy", "business" },     { "markets", "markets" },
        { "politics", "politics" },    { "technology", "technology" },
        { "science", "science" },      { "culture", "culture" },
        { "long reads", "longreads" }, { "longreads", "longreads" },
        { "opinion", "opinion" },
};

static struct str file_under(const struct filed *table, size_t n,
                             const struct item *item, struct str otherwise)
{
        for (size_t i = 0; i < item->categories.n; i++)
                for (size_t k = 0; k < n; k++)
                        if (str_eq_nocase(item->categories.items[i],
                                          str_c(table[k].category)))
                                return str_c(table[k].as);
        return otherwise;
}

#define FILE_UNDER(table, item, otherwise)                                     \
        file_under((table), sizeof(table) / sizeof((table)[0]), (item),        \
                   (otherwise))

static struct str join_authors(struct arena *a, const struct strs *authors)
{
        struct buf out;
        struct str s;

        if (!authors->n)
                return STR_NULL;
        buf_init(&out, LIMIT_SUMMARY_B);
        for (size_t i = 0; i < authors->n && i < LIMIT_AUTHORS; i++) {
                if (i)
                        buf_char(&out, '\n');
                buf_put(&out, authors->items[i]);
        }
        s = arena_str(a, buf_ok(&out) ? buf_str(&out) : STR(""));
        buf_done(&out);
        return s;
}

/* Some write notes without a title: then its first words are the title. */
static struct str title_of(struct arena *a, const struct item *item,
                           struct str text)
{
        if (item->title.n)
                return utf8_clip(item->title, LIMIT_TITLE_B);

        struct str line = utf8_tidy(a, str_sub(text, 0, 4 * TITLE_OF_TEXT_B));

        if (line.n <= TITLE_OF_TEXT_B)
                return line.n ? line : STR("Untitled");

        struct str cut = utf8_clip(line, TITLE_OF_TEXT_B);
        size_t end = cut.n;

        while (end > 0 && cut.p[end - 1] != ' ')
                end--;
        return arena_printf(
                a, STR_FMT "…",
                STR_ARG(end ? str_trim(str_sub(cut, 0, end)) : cut));
}

/* A page of its own, else the feed's site, else the feed. */
static struct str url_of(struct arena *a, const struct feed *f,
                         const struct feed_doc *doc, const struct item *item)
{
        if (url_is_http(item->url) && item->url.n <= LIMIT_URL_B)
                return url_clean(a, item->url);
        if (url_is_http(doc->link))
                return doc->link;
        return f->home.n ? f->home : f->url;
}

static struct str first_present(struct str a, struct str b, struct str c)
{
        return a.n ? a : b.n ? b : c;
}

/*
 * When the item was published, by its own account; TIME_NONE when it says
 * nothing that can be true. A clock that is fast by some hours is common, as is
 * a zone left out; one that is ahead by more is wrong in every way.
 */
static int64_t time_of(const struct item *item, int64_t now)
{
        if (item->published != TIME_NONE &&
            item->published <= now + FUTURE_MAX_S)
                return item->published;
        return item->updated <= now + FUTURE_MAX_S ? item->updated : TIME_NONE;
}

struct article intake_item(struct arena *a, const struct feed *f,
                           const struct feed_doc *doc, size_t i, int64_t now)
{
        const struct item *item = &doc->items[i];
        struct str content = item->content;
        struct str summary = item->summary;
        struct str text = content.n >= summary.n ? content : summary;
        int64_t at = time_of(item, now);
        bool has_page = url_is_http(item->url);

        text = utf8_clip(text, LIMIT_TEXT_B);
        if (!summary.n)
                summary = text;
        struct article art = {
                .feed_id = f->id,
                .identity = identity_of(a, f, item),
                .guid = item->id,
                .url = url_of(a, f, doc, item),
                .title = title_of(a, item, text),
                .authors = join_authors(a, &item->authors),
                .source = first_present(f->source, doc->title,
                                        url_host(a, f->url)),
                .kind = f->kind,
                .beat = FILE_UNDER(beats, item, f->beat),
                .language = first_present(item->language, doc->language,
                                          f->language),
                .mark = identity_mark(a, item),
                .published_at = at,
                .seen_at = now,
                .dated_at = at != TIME_NONE && at <= now ? at : now,
                .position = (int64_t)i,
                .state = text.n >= INTAKE_OWN_B  ? STR("own")
                         : has_page              ? STR("new")
                         : content.n > summary.n ? STR("own")
                                                 : STR("thin"),
                .image = item->image,
                .summary = utf8_clip(summary, LIMIT_SUMMARY_B),
                .text = text,
                .length = (int64_t)text.n,
        };
        if (str_eq(f->kind, STR("news")))
                art.kind = FILE_UNDER(kinds, item, f->kind);
        return art;
}

/* What the feed gave is what there is; a description may be all of it. */
static void keep_own(struct article *art)
{
        bool is_own =
                art->text.n > art->summary.n || art->text.n >= INTAKE_OWN_B / 2;

        art->state = is_own ? STR("own") : STR("thin");
}

void intake_no_page(struct arena *a, struct article *art, struct str why)
{
        art->tries++;
        art->outcome = arena_str(a, why);
        keep_own(art);
}

/* A day without an hour stands for some time of it: not after we saw it. */
static void date_from(struct article *art, const struct page *page)
{
        if (art->published_at != TIME_NONE || page->published == TIME_NONE ||
            page->published > art->seen_at)
                return;
        art->published_at = page->published;
        if (!page->is_day || art->seen_at - page->published > TIME_DAY_S)
                art->dated_at = page->published;
}

bool intake_page(struct arena *a, struct article *art, const struct page *page)
{
        date_from(art, page);
        if (!art->authors.n)
                art->authors = join_authors(a, &page->authors);
        if (!art->image.n)
                art->image = arena_str(a, page->image);
        if (!art->language.n)
                art->language = arena_str(a, page->language);
        if (page->status == PAGE_EMPTY || !page->text.n) {
                intake_no_page(a, art, STR("no article found in its page"));
                return false;
        }
        if (page->text.n <= art->text.n) {
                intake_no_page(a, art,
                               STR("its page says no more than the feed"));
                return true;
        }
        art->tries++;
        art->state = STR("read");
        art->text = arena_str(a, utf8_clip(page->text, LIMIT_TEXT_B));
        art->length = (int64_t)art->text.n;
        art->outcome = page->status == PAGE_PAYWALLED
                               ? STR("there is more for those who pay")
                               : STR_NULL;
        return true;
}
