/* Lists of feeds, in and out. */

#include "base/buf.h"
#include "base/limits.h"
#include "unit.h"
#include "wire/opml.h"

#define ARENA_B ((size_t)64 << 20)

static void reads_folders(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct feed_list list = { 0 };
        struct err err = { 0 };

        (void)state;
        assert_ok(
                opml_read(a,
                          STR("<?xml version='1.0'?><opml version='1.0'><head>"
                              "<title>Mine</title></head><body>"
                              "<outline text='World'><outline text='Far'>"
                              "<outline text='A &amp; B' type='rss' "
                              "xmlUrl='https://a.example/f'"
                              " htmlUrl='https://a.example/' kind='opinion' "
                              "language='en'/>"
                              "</outline>"
                              "<outline title='C' XMLURL='https://c.example/f' "
                              "beat='markets'"
                              " source='The C'/></outline>"
                              "<outline text='D' xmlUrl='d.xml'/>"
                              "<outline text='again' "
                              "xmlUrl='https://a.example/f'/>"
                              "<outline text='no' xmlUrl='javascript:x'/>"
                              "<outline text='note'/></body></opml>"),
                          STR("https://lists.example/l.opml"), &list, &err),
                err);
        assert_int_equal(list.n, 3);
        assert_str(list.items[0].title, "A & B");
        assert_str(list.items[0].url, "https://a.example/f");
        assert_str(list.items[0].home, "https://a.example/");
        assert_str(list.items[0].beat, "far");
        assert_str(list.items[0].kind, "opinion");
        assert_str(list.items[0].language, "en");
        assert_str(list.items[1].beat, "markets");
        assert_str(list.items[1].source, "The C");
        assert_str(list.items[2].url, "https://lists.example/d.xml");
        arena_free(a);
}

static void reads_what_it_wrote(void **state)
{
        static struct feed feeds[] = {
                { .url = STR_INIT("https://a.example/f?x=1&y=2"),
                  .home = STR_INIT("https://a.example/"),
                  .title = STR_INIT("A \"<B>\" & C"),
                  .source = STR_INIT("A"),
                  .kind = STR_INIT("news"),
                  .beat = STR_INIT("world"),
                  .language = STR_INIT("en") },
                { .url = STR_INIT("https://d.example/f"),
                  .title = STR_INIT("Dé"),
                  .beat = STR_INIT("science") },
                { .url = STR_INIT("https://e.example/f"),
                  .title = STR_INIT("E"),
                  .beat = STR_INIT("world") },
        };
        const struct feed_list list = { feeds, 3 };
        struct arena *a = arena_new(ARENA_B);
        struct feed_list again = { 0 };
        struct err err = { 0 };
        struct buf out;

        (void)state;
        buf_init(&out, LIMIT_OPML_B);
        opml_write(&out, &list, STR("Mine & <others>"));
        assert_ok(opml_read(a, buf_str(&out), STR_NULL, &again, &err), err);
        assert_int_equal(again.n, 3);
        assert_str(again.items[0].title, "A \"<B>\" & C");
        assert_str(again.items[0].url, "https://a.example/f?x=1&y=2");
        assert_str(again.items[0].source, "A");
        assert_str(again.items[1].url, "https://e.example/f"); /* by beat */
        assert_str(again.items[1].beat, "world");
        assert_str(again.items[2].title, "Dé");
        assert_str(again.items[2].beat, "science");
        buf_done(&out);
        arena_free(a);
}

static void refuses(void **state)
{
        struct arena *a = arena_new(ARENA_B);
        struct feed_list list = { 0 };
        struct err err = { 0 };
        struct buf b;

        (void)state;
        assert_int_equal(opml_read(a, STR("<rss/>"), STR_NULL, &list, &err),
                         ERR_INPUT);
        assert_int_equal(opml_read(a, STR(""), STR_NULL, &list, &err),
                         ERR_INPUT);
        assert_ok(
                opml_read(a,
                          STR("<opml><body><outline xmlUrl='http://a.example/"),
                          STR_NULL, &list, &err),
                err);
        assert_int_equal(list.n, 1); /* cut off, and still of use */
        buf_init(&b, LIMIT_OPML_B);
        buf_puts(&b, "<opml><body>");
        for (int i = 0; i <= LIMIT_OPML_FEEDS; i++)
                buf_printf(&b, "<outline xmlUrl='http://a.example/%d'/>", i);
        assert_int_equal(opml_read(a, buf_str(&b), STR_NULL, &list, &err),
                         ERR_LIMIT);
        buf_done(&b);
        arena_free(a);
}

UNIT_MAIN(cmocka_unit_test(reads_folders),
          cmocka_unit_test(reads_what_it_wrote), cmocka_unit_test(refuses))
