#ifndef STORE_SAMPLES_H
#define STORE_SAMPLES_H

/* Rows of an invented wire, to put into a store. */

#include "store_fixture.h"

#include "store/article.h"
#include "store/edition.h"
#include "store/feed.h"
#include "store/subscriber.h"

static struct feed UNUSED sample_feed(struct fixture *f, int n)
{
        return (struct feed) {
                .url = arena_printf(f->a, "https://feed%d.example/rss", n),
                .title = arena_printf(f->a, "Gazette %d", n),
                .source = STR("Gazette"),
                .kind = STR("news"),
                .beat = STR("world"),
                .language = STR("en"),
                .state = STR("active"),
                .added_at = NOW,
                .due_at = NOW,
                .checked_at = TIME_NONE,
                .ok_at = TIME_NONE,
                .outcome = STR(""),
        };
}

/* Article n of feed 1, an hour older than the one before. */
static struct article UNUSED sample_article(struct fixture *f, int n)
{
        return (struct article) {
                .feed_id = 1,
                .identity = arena_printf(f->a, "feed1.example/%d", n),
                .guid = arena_printf(f->a, "guid-%d", n),
                .url = arena_printf(f->a, "https://feed1.example/%d", n),
                .title = arena_printf(f->a, "Ferry runs again, part %d", n),
                .source = STR("Gazette"),
                .kind = STR("news"),
                .beat = STR("world"),
                .language = STR("en"),
                .published_at = NOW - n * 3600,
                .seen_at = NOW,
                .dated_at = NOW - n * 3600,
                .position = n,
                .state = STR("new"),
                .summary = STR("The ferry runs again."),
        };
}

static struct edition_row UNUSED sample_edition(struct fixture *f, int n)
{
        return (struct edition_row) {
                .series_id = 1,
                .number = n,
                .date = arena_printf(f->a, "2026-03-%02d", n),
                .slug = STR("ferry-runs-again"),
                .title = STR("Ferry runs again"),
                .language = STR("en"),
                .state = STR("draft"),
                .composed_at = NOW,
                .published_at = TIME_NONE,
                .updated_at = NOW,
        };
}

static struct subscriber UNUSED sample_subscriber(struct fixture *f, int n)
{
        return (struct subscriber) {
                .email = arena_printf(f->a, "reader%d@mail.example", n),
                .language = STR("en"),
                .zone = STR("Europe/Lisbon"),
                .state = STR("active"),
                .token = arena_printf(f->a, "%08dabcdefgh-and-more", n),
                .added_at = NOW,
                .changed_at = NOW,
                .consent = STR("asked on paper"),
        };
}

static void UNUSED sample_put_feed(struct fixture *f, int n)
{
        struct feed feed = sample_feed(f, n);
        bool is_new;

        assert_ok(feed_add(f->db, &feed, &is_new, &f->err), f->err);
        assert_true(is_new);
}

static bool UNUSED sample_put(struct fixture *f, const struct article *art)
{
        bool is_new = false;

        assert_ok(article_put(f->db, art, &is_new, &f->err), f->err);
        return is_new;
}

/* A series and its edition n. */
static struct edition_row UNUSED sample_put_edition(struct fixture *f, int n)
{
        struct edition_row e = sample_edition(f, n);

        assert_ok(series_get(f->db, STR("morning"), STR("The Morning"),
                             &e.series_id, &f->err),
                  f->err);
        assert_ok(edition_save(f->db, &e, &f->err), f->err);
        return e;
}

static void UNUSED sample_put_subscribers(struct fixture *f, int n)
{
        for (int i = 1; i <= n; i++) {
                struct subscriber s = sample_subscriber(f, i);
                assert_ok(subscriber_add(f->db, &s, NULL, &f->err), f->err);
        }
}

#endif
