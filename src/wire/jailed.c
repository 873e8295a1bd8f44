#include "wire/jailed.h"

#include <errno.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "store/feed.h"
#include "wire/calendar.h"
#include "wire/charset.h"
#include "wire/discover.h"
#include "wire/extract.h"
#include "wire/feed.h"
#include "wire/gauge.h"
#include "wire/opml.h"
#include "wire/record.h"
#include "wire/shape.h"
#include "wire/text.h"

struct jailed {
        const struct jailed_handler *const *pipes;
        const char *ask;
        struct jailed_progress *progress;
        char *answers;    /* behind the page */
        size_t answers_n; /* used of them */
        struct arena *a;  /* kept from document to document of one kind */
        const struct jailed_handler *a_of;
};

/* --- feeds and pages ---------------------------------------------------- */

static int answer_feed(struct arena *a, const struct jail_document *d,
                       struct buf *out, struct err *err)
{
        const struct feed_doc *doc;
        int rc = feed_parse(a, d->bytes, d->url, d->type, &doc, err);

        if (rc == 0)
                shape_put(out, &shape_feed, doc);
        return rc;
}

/* Items as they are stored: so no HTML of a stranger, not even what our
 * sanitiser left of it, is read outside. */
static int answer_texts(struct arena *a, const struct jail_document *d,
                        struct buf *out, struct err *err)
{
        const struct feed_doc *doc;
        struct feed_doc copy;
        int rc = feed_parse(a, d->bytes, d->url, d->type, &doc, err);

        if (rc < 0)
                return rc;
        copy = *doc;
        for (size_t i = 0; i < copy.n_items; i++) {
                struct item *it = &copy.items[i];

                it->summary = text_from_html(a, it->summary);
                it->content = text_from_html(a, it->content);
        }
        shape_put(out, &shape_feed, &copy);
        return 0;
}

static int answer_page(struct arena *a, const struct jail_document *d,
                       struct buf *out, struct err *err)
{
        struct page page;
        const struct extract_request r = { d->bytes, d->url, d->type,
                                           d->rules };
        int rc = extract_by_rules(a, &r, &page, err);

        if (rc == 0)
                shape_put(out, &shape_page, &page);
        return rc;
}

static int answer_links(struct arena *a, const struct jail_document *d,
                        struct buf *out, struct err *err)
{
        struct shape_links l = { .is_html = discover_is_html(d->bytes) };

        (void)err;
        if (l.is_html) {
                l.links = discover_links(a, d->bytes, d->url);
                l.anchors = discover_anchors(a, d->bytes, d->url);
        }
        shape_put(out, &shape_links, &l);
        return 0;
}

static int answer_list(struct arena *a, const struct jail_document *d,
                       struct buf *out, struct err *err)
{
        struct feed_list list;
        int rc = opml_read(a, d->bytes, d->url, &list, err);

        if (rc == 0)
                shape_put(out, &shape_list, &list);
        return rc;
}

static int answer_calendar(struct arena *a, const struct jail_document *d,
                           struct buf *out, struct err *err)
{
        struct calendar_wish wish = { STR("UTC"), 0, TIME_DAY_S }; /* none */
        struct calendar cal;
        int rc = d->rules.n ? calendar_wish_get(d->rules, &wish, err) : 0;

        if (rc == 0)
                rc = calendar_read(a,
                                   charset_to_utf8(a, d->bytes, d->type, NULL),
                                   &wish, &cal, err);
        if (rc == 0)
                shape_put(out, &shape_calendar, &cal);
        return rc;
}

static int answer_gauge(struct arena *a, const struct jail_document *d,
                        struct buf *out, struct err *err)
{
        struct gauge_wish wish = { 0 };
        struct gauge_doc doc;
        int rc = d->rules.n ? gauge_wish_get(d->rules, &wish, err) : 0;

        if (rc == 0)
                rc = gauge_read(a, charset_to_utf8(a, d->bytes, d->type, NULL),
                                &wish, &doc, err);
        if (rc == 0)
                gauge_doc_put(out, &doc);
        return rc;
}

static const struct jailed_handler feed = {
        .kind = JAIL_FEED,
        .arena_b = LIMIT_PARSE_ARENA_B,
        .answer = answer_feed,
        .sample = STR_INIT(
                "<?xml version='1.0' encoding='windows-1252'?><rss "
                "version='2.0'><channel><title>The sample</title><item>"
                "<title>Caf\xE9s reopen &amp; more</title><pubDate>Fri, 06 "
                "Mar 2026 05:30:00 GMT</pubDate><description>&lt;b&gt;Doors"
                "&lt;/b&gt; open.</description></item></channel></rss>"),
};

static const struct jailed_handler page = {
        .kind = JAIL_PAGE,
        .arena_b = LIMIT_PAGE_ARENA_B,
        .answer = answer_page,
        .sample = STR_INIT(
                "<html><head><meta charset='iso-8859-2'><title>The "
                "sample</title><script type='application/ld+json'>{\"@type\":"
                "\"NewsArticle\",\"datePublished\":\"2026-03-06T05:30:00Z\"}"
                "</script></head><body><article><header>Caf\xE9s "
                "reopen</header>"
                "<section>Doors open.</section></article></body></html>"),
};

static const struct jailed_handler texts = {
        .kind = JAIL_TEXTS,
        .arena_b = LIMIT_PARSE_ARENA_B,
        .answer = answer_texts,
};

static const struct jailed_handler links = {
        .kind = JAIL_LINKS,
        .arena_b = LIMIT_PAGE_ARENA_B,
        .answer = answer_links,
};

static const struct jailed_handler list = {
        .kind = JAIL_LIST,
        .arena_b = LIMIT_FEED_ARENA_B,
        .answer = answer_list,
        .sample = STR_INIT("<opml version='2.0'><body><outline text='The "
                           "sample' xmlUrl='https://x.example/'/></body>"
                           "</opml>"),
};

static const struct jailed_handler calendar = {
        .kind = JAIL_CALENDAR,
        .arena_b = LIMIT_FEED_ARENA_B,
        .answer = answer_calendar,
        .sample =
                STR_INIT("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Sample\n"
                         "BEGIN:STANDARD\nDTSTART:19701025T030000\n"
                         "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
                         "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n"
                         "END:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nSUMMARY:Sample\n"
                         "DTSTART;TZID=Sample:19700101T140000\n"
                         "RRULE:FREQ=WEEKLY\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\n"
                         "SUMMARY:Sample\nDTSTART;TZID=W. Europe Standard Time:"
                         "19700101T140000\nDURATION:PT1H\nEND:VEVENT\n"
                         "END:VCALENDAR\n"),
};

static const struct jailed_handler gauge = {
        .kind = JAIL_GAUGE,
        .arena_b = LIMIT_PARSE_ARENA_B,
        .answer = answer_gauge,
        .sample = STR_INIT("Date;Sample\n1.2.2026;1,5\n2.2.2026;1,25\n"),
};

const struct jailed_handler *const jailed_handlers[] = {
        &feed, &texts, &page, &links, &list, &calendar, &gauge, NULL
};

/* --- one document ------------------------------------------------------- */

/* The room for the next answer. */
static void begin(struct jailed *j, struct buf *out)
{
        buf_over(out, j->answers + j->answers_n,
                 JAILED_ANSWER_B - JAILED_PAGE_B - j->answers_n);
}

/* One more is done. Whoever looks sees the answer first, then the number. */
static void count(struct jailed *j, uint32_t type, const struct buf *out)
{
        uint32_t done = j->progress->done;

        j->progress->heads[done] =
                (struct record_head) { type, (uint32_t)out->n };
        j->answers_n += out->n;
        __atomic_store_n(&j->progress->done, done + 1, __ATOMIC_RELEASE);
}

static void start_over(struct jailed *j, uint32_t serial)
{
        j->answers_n = 0;
        __atomic_store_n(&j->progress->done, 0, __ATOMIC_RELEASE);
        __atomic_store_n(&j->progress->serial, serial, __ATOMIC_RELEASE);
}

static int ring(void)
{
        return write(JAILED_TALK_FD, "", 1) == 1 ? 0 : ERR_SYS;
}

static void put_fault(const struct err *err, struct buf *out)
{
        record_put_int(out, JAILED_CODE, err->code);
        record_put(out, JAILED_MESSAGE, RECORD_TEXT, str_c(err->msg));
}

static const struct jailed_handler *find(const struct jailed *j, uint32_t kind)
{
        for (size_t i = 0; jailed_handlers[i]; i++)
                if (jailed_handlers[i]->kind == kind)
                        return jailed_handlers[i];
        for (size_t i = 0; j->pipes[i]; i++)
                if (j->pipes[i]->kind == kind)
                        return j->pipes[i];
        return NULL;
}

static int read_request(const char *at, const struct record_head *head,
                        struct jail_document *ret, struct err *err)
{
        struct jail_document d = { .kind = head->type };
        struct record r;

        record_init(&r, (struct str) { at, head->length });
        record_take(&r, JAILED_BYTES, RECORD_BYTES, JAILED_ASK_B, &d.bytes);
        record_take(&r, JAILED_URL, RECORD_BYTES, JAILED_ASK_B, &d.url);
        record_take(&r, JAILED_TYPE, RECORD_BYTES, JAILED_ASK_B, &d.type);
        record_take(&r, JAILED_ID, RECORD_BYTES, JAILED_ASK_B, &d.id);
        record_take(&r, JAILED_RULES, RECORD_BYTES, LIMIT_SITES_B, &d.rules);
        *ret = d;
        return record_end(&r, err);
}

static int answer(struct jailed *j, const struct jailed_handler *h,
                  const struct jail_document *d, struct buf *out,
                  struct err *err)
{
        if (j->a_of != h) {
                arena_free(j->a);
                j->a = arena_new(h->arena_b);
                j->a_of = h;
        }
        arena_reset(j->a);
        return h->answer(j->a, d, out, err);
}

/* 1: it is done; 0: there is no room left for its answer, which a batch of its
 * own will have; negative: we weren't asked properly. */
static int serve_one(struct jailed *j, const char *at,
                     const struct record_head *head)
{
        const struct jailed_handler *h = find(j, head->type);
        struct err err = { 0 };
        struct jail_document d;
        struct buf out;

        if (!h || read_request(at, head, &d, &err) < 0)
                return ERR_INPUT;
        begin(j, &out);

        int rc = answer(j, h, &d, &out, &err);

        if (rc == 0 && buf_ok(&out)) {
                count(j, JAILED_ANSWER, &out);
                return 1;
        }
        if (j->progress->done && !buf_ok(&out))
                return 0;
        if (rc == 0)
                err_set(&err, ERR_LIMIT, "the answer is over %zu bytes",
                        JAILED_ANSWER_B);
        begin(j, &out);
        put_fault(&err, &out);
        if (!buf_ok(&out))
                return 0;
        count(j, JAILED_FAULT, &out);
        return 1;
}

static int serve_batch(struct jailed *j, const struct jailed_batch *b)
{
        size_t at = b->from;
        int rc = 1;

        start_over(j, b->serial);
        if (b->n > JAILED_BATCH_N || at > JAILED_ASK_B)
                return ERR_INPUT;
        for (size_t i = 0; i < b->n && rc == 1; i++) {
                if (b->heads[i].length > JAILED_ASK_B - at)
                        return ERR_INPUT;
                rc = serve_one(j, j->ask + at, &b->heads[i]);
                at += b->heads[i].length;
        }
        return rc < 0 ? rc : ring();
}

/* --- the process -------------------------------------------------------- */

static int try_list(struct jailed *j, const struct jailed_handler *const *all,
                    struct err *err)
{
        for (size_t i = 0; all[i]; i++) {
                const struct jailed_handler *h = all[i];
                struct jail_document d = { .kind = h->kind,
                                           .bytes = h->sample,
                                           .url = STR("http://x.example/") };
                struct buf out;

                begin(j, &out);
                if (h->sample.p && answer(j, h, &d, &out, err) < 0)
                        return err->code;
        }
        return 0;
}

/*
 * Each sample is answered: before the bars are up, so that what libraries load
 * at first use is loaded, and after, to prove that all of it works there.
 */
static int try_samples(struct jailed *j, struct err *err)
{
        int rc = try_list(j, jailed_handlers, err);

        return rc < 0 ? rc : try_list(j, j->pipes, err);
}

static int tell_ready(struct jailed *j, const struct sandbox *s)
{
        struct buf out;

        start_over(j, 0);
        begin(j, &out);
        record_put_int(&out, JAILED_BARS, s->bars);
        record_put_int(&out, JAILED_ABI, s->landlock_abi);
        record_put(&out, JAILED_WHY, RECORD_TEXT, str_c(s->why.msg));
        count(j, JAILED_READY, &out);
        return ring();
}

static int map_memory(struct jailed *j)
{
        void *ask = mmap(NULL, JAILED_ASK_B, PROT_READ, MAP_SHARED,
                         JAILED_ASK_FD, 0);
        void *answered = mmap(NULL, JAILED_ANSWER_B, PROT_READ | PROT_WRITE,
                              MAP_SHARED, JAILED_ANSWER_FD, 0);

        if (ask == MAP_FAILED || answered == MAP_FAILED)
                return ERR_SYS;
        close(JAILED_ASK_FD);
        close(JAILED_ANSWER_FD);
        j->ask = ask;
        j->progress = answered;
        j->answers = (char *)answered + JAILED_PAGE_B;
        return 0;
}

/* Libraries that look for files or seeds when they are first used. */
static void warm_libraries(void)
{
        xmlInitParser();
        json_object_seed(0);
}

/* Till the other end is shut. */
static int serve(struct jailed *j)
{
        struct jailed_batch batch;
        ssize_t n;

        while ((n = read(JAILED_TALK_FD, &batch, sizeof(batch))) != 0) {
                if (n < 0 && errno == EINTR)
                        continue;
                if (n != sizeof(batch) || serve_batch(j, &batch) < 0)
                        return ERR_INPUT;
        }
        return 0;
}

int jailed_run(const struct jailed_handler *const *pipes, unsigned bars)
{
        struct jailed j = { .pipes = pipes };
        struct sandbox_wish wish = { bars, JAILED_TALK_FD,
                                     LIMIT_PARSE_MEMORY_B };
        struct sandbox in_force;
        struct err err = { 0 };
        int rc = map_memory(&j);

        warm_libraries();
        if (rc == 0)
                rc = try_samples(&j, &err);
        if (rc == 0) {
                sandbox_enter_parse(&wish, &in_force);
                rc = try_samples(&j, &err);
        }
        if (rc == 0)
                rc = tell_ready(&j, &in_force);
        if (rc == 0)
                rc = serve(&j);
        arena_free(j.a);
        return rc == 0 ? 0 : JAILED_EXIT_START;
}
