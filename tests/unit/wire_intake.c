#include "unit.h"

#include "base/time.h"
#include "store/feed.h"
#include "wire/intake.h"
#include "wire/item.h"
#include "wire/text.h"

#define NOW 1772776800 /* 2026-03-06T06:00:00Z */
#define HALF "Dockworkers returned to their cranes at dawn. "
#define LONG                                                                   \
        "<p>" HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF \
                HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF HALF    \
                        HALF HALF HALF "</p>"

static struct feed gazette(void)
{
        return (struct feed) { .id = 7,
                               .url = STR("http://gazette.example/feed.xml"),
                               .source = STR("Gazette"),
                               .kind = STR("news"),
                               .beat = STR("world") };
}

/* As it comes out of the jail. */
static struct article take(struct arena *a, struct item *item)
{
        item->summary = text_from_html(a, item->summary);
        item->content = text_from_html(a, item->content);

        struct feed_doc doc = { .title = STR("The Gazette"),
                                .link = STR("http://gazette.example/"),
                                .items = item,
                                .n_items = 1 };
        struct feed f = gazette();

        return intake_item(a, &f, &doc, 0, NOW);
}

static struct item plain(void)
{
        return (struct item) { .url = STR("http://gazette.example/1.html"),
                               .title = STR("Ports reopen"),
                               .published = NOW - 3600,
                               .updated = TIME_NONE,
                               .summary = STR("<p>They are back.</p>") };
}

static void test_states(void **state)
{
        struct arena *a = arena_new(1 << 22);
        struct item it = plain();

        (void)state;
        assert_str(take(a, &it).state, "new");
        it.content = STR(LONG);
        assert_str(take(a, &it).state, "own");
        it.content = STR("<p>A little more than the summary says.</p>");
        assert_str(take(a, &it).state, "new");
        it.url = STR_NULL; /* no page to read */
        assert_str(take(a, &it).state, "own");
        it.content = STR_NULL;
        assert_str(take(a, &it).state, "thin");
        it.summary = STR(LONG); /* a description that is all of it */
        assert_str(take(a, &it).state, "own");
        arena_free(a);
}

static void test_dates(void **state)
{
        static const struct {
                int64_t published, updated, want_published, want_dated;
        } rows[] = {
                { NOW - 60, TIME_NONE, NOW - 60, NOW - 60 },
                { TIME_NONE, NOW - 90, NOW - 90, NOW - 90 },
                { NOW + 9999, TIME_NONE, NOW + 9999, NOW }, /* future */
                { TIME_NONE, TIME_NONE, TIME_NONE, NOW },
                /* Too far ahead to be a clock or a zone: no date at all. */
                { NOW + TIME_DAY_S, TIME_NONE, NOW + TIME_DAY_S, NOW },
                { NOW + TIME_DAY_S + 1, TIME_NONE, TIME_NONE, NOW },
                { NOW + 9 * TIME_DAY_S, NOW - 60, NOW - 60, NOW - 60 },
                { TIME_NONE, NOW + 9 * TIME_DAY_S, TIME_NONE, NOW },
        };
        struct arena *a = arena_new(1 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct item it = plain();

                it.published = rows[i].published;
                it.updated = rows[i].updated;

                struct article art = take(a, &it);

                assert_int_equal(art.published_at, rows[i].want_published);
                assert_int_equal(art.dated_at, rows[i].want_dated);
                assert_int_equal(art.seen_at, NOW);
        }
        arena_free(a);
}

static void test_names(void **state)
{
        struct str authors[] = { STR("Ines Quayle"), STR("Tom Reed") };
        struct str categories[] = { STR("Sport"), STR("OPINION"),
                                    STR("Markets") };
        struct arena *a = arena_new(1 << 20);
        struct item it = plain();
        struct article art;

        (void)state;
        it.authors = (struct strs) { authors, 2, 2 };
        it.categories = (struct strs) { categories, 3, 3 };
        it.url = STR("http://gazette.example/1.html?utm_source=rss");
        art = take(a, &it);
        assert_str(art.authors, "Ines Quayle\nTom Reed");
        assert_str(art.kind, "opinion");
        assert_str(art.source, "Gazette");
        assert_str(art.url, "http://gazette.example/1.html");
        assert_str(art.title, "Ports reopen");
        assert_int_equal(art.feed_id, 7);

        /* no title, no address: still something to print and to link */
        it.title = it.url = STR_NULL;
        it.summary = STR("<p>One two three four five six seven eight nine "
                         "ten eleven twelve thirteen fourteen fifteen "
                         "sixteen seventeen eighteen.</p>");
        art = take(a, &it);
        assert_str(art.title, "One two three four five six seven eight nine "
                              "ten eleven twelve thirteen fourteen "
                              "fifteen…");
        assert_str(art.url, "http://gazette.example/");
        it.summary = STR_NULL;
        assert_str(take(a, &it).title, "Untitled");
        arena_free(a);
}

static void test_pages(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct item it = plain();
        struct page page = { .published = NOW - 7200,
                             .status = PAGE_OK,
                             .language = STR("en"),
                             .text = STR("They are back. All of them.") };
        struct article art;

        (void)state;
        it.published = TIME_NONE;
        art = take(a, &it);
        intake_page(a, &art, &page);
        assert_str(art.state, "read");
        assert_str(art.text, "They are back. All of them.");
        assert_int_equal(art.length, (int64_t)art.text.n);
        assert_int_equal(art.dated_at, NOW - 7200);
        assert_int_equal(art.tries, 1);
        assert_str(art.language, "en");

        page.published = NOW + 60; /* not from the future */
        page.text = STR("Cookies.");
        art = take(a, &it);
        intake_page(a, &art, &page);
        assert_str(art.state, "thin");
        assert_str(art.text, "They are back.");
        assert_str(art.outcome, "its page says no more than the feed");
        assert_int_equal(art.dated_at, NOW);

        page.status = PAGE_EMPTY;
        art = take(a, &it);
        intake_page(a, &art, &page);
        assert_str(art.outcome, "no article found in its page");

        page.status = PAGE_PAYWALLED;
        page.text = STR("They are back, as far as those see who pay not.");
        art = take(a, &it);
        intake_page(a, &art, &page);
        assert_str(art.state, "read");
        assert_str(art.outcome, "there is more for those who pay");

        art = take(a, &it);
        intake_no_page(a, &art, STR("its page answered 404"));
        assert_str(art.state, "thin");
        assert_str(art.outcome, "its page answered 404");
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(test_states), cmocka_unit_test(test_dates),
          cmocka_unit_test(test_names), cmocka_unit_test(test_pages))
