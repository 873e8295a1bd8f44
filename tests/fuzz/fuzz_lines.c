/*
 * What is read outside of the jail, line by line: robots.txt, the rules for
 * single sites, headers, a hub's questions and signatures, what comes down a
 * pipe. Any bytes are read or refused, in bounds.
 */

#include <assert.h>
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/flat.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/websub.h"
#include "wire/robots.h"
#include "wire/schedule.h"
#include "wire/sites.h"
#include "wire/websub.h"

#define ARENA_MAX ((size_t)64 << 20)
#define NOW ((int64_t)1772775000)
#define URL STR("https://www.harbour.example/2026/03/06/a.html?b=c%2Fd")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was kept of the rules, read again, says the same of any page. */
static void check_robots(struct arena *a, struct str bytes)
{
        struct str rules = robots_read(a, bytes), line, rest = rules;

        while (str_cut(&rest, '\n', &line))
                assert(!line.n || line.p[0] == '+' || line.p[0] == '-' ||
                       line.p[0] == '!' || line.p[0] == '@');
        (void)robots_allow(rules, a, URL);
        (void)robots_allow(rules, a, bytes);
        (void)robots_allow(bytes, a, URL);
        assert(robots_allow(STR_NULL, a, URL));
}

/* A line that was kept for a page is a rule itself. */
static void check_sites(struct arena *a, struct str bytes)
{
        struct sites sites, again;

        if (sites_parse(a, bytes, &sites, NULL) < 0)
                return;
        assert(sites.n <= LIMIT_SITES);
        for (size_t i = 0; i < sites.n; i++)
                assert(sites.rules[i].host.n);
        struct str lines = sites_lines(a, &sites, URL);

        assert(sites_parse(a, lines, &again, NULL) == 0);
        assert(again.n <= sites.n);
}

static void check_headers(struct str bytes)
{
        int64_t at = schedule_retry_after(bytes, NOW);

        if (at != TIME_NONE)
                assert(time_to_civil(at).year <= 9999);
        assert(schedule_max_age(bytes) >= 0);
}

static void check_hub(struct arena *a, struct str bytes)
{
        struct websub_row row = { .topic = URL,
                                  .state = STR("asked"),
                                  .lease_until_at = TIME_NONE };
        struct websub_query q = { .lease_s = (int64_t)bytes.n * 99991 };
        struct str rest = bytes;

        (void)str_cut(&rest, '\n', &q.mode);
        (void)str_cut(&rest, '\n', &q.topic);
        q.reason = rest;
        if (websub_verify(a, &row, &q, NOW) == WEBSUB_YES)
                assert(row.lease_until_at > NOW && row.due_at > NOW);

        struct websub_sign *s = websub_sign_new(bytes, STR("secret"));

        if (!s)
                return;
        websub_sign_add(s, bytes);
        (void)websub_sign_fits(s);
        websub_sign_free(s);
}

/* What the short way reads of a line of JSON, jansson reads as well. */
static void check_flat(struct str bytes)
{
        struct flat id = { .key = STR("id") };
        struct buf room;
        json_t *tree;
        const json_t *v;

        buf_init(&room, bytes.n + FLAT_ROOM_B);
        if (flat_read(bytes, &room, &id, 1)) {
                tree = json_loadb(bytes.p, bytes.n, JSON_ALLOW_NUL, NULL);
                assert(json_is_object(tree));
                v = json_object_get(tree, "id");
                assert(json_is_string(v) == (id.text.p != NULL));
                assert(!id.text.p ||
                       str_eq(id.text, (struct str) { json_string_value(v),
                                                      json_string_length(v) }));
                json_decref(tree);
        }
        buf_done(&room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);

        check_flat(bytes);
        check_robots(a, bytes);
        check_sites(a, bytes);
        check_headers(bytes);
        check_hub(a, bytes);
        arena_free(a);
        return 0;
}
