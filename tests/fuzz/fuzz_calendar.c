/*
 * Calendars: any bytes are one or refused; what is read is in its bounds, valid
 * UTF-8, within the stretch that was asked for, and no occurrence twice.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/calendar.h"

#define ARENA_MAX ((size_t)LIMIT_FEED_ARENA_B)
#define FROM 1772755200 /* 2026-03-06T00:00:00Z */
#define TO (FROM + 120 * (int64_t)TIME_DAY_S)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct event *e)
{
        assert(e->title.n && e->title.n <= LIMIT_TITLE_B);
        assert(e->uid.n && e->uid.n <= LIMIT_UID_B);
        assert(e->category.n <= LIMIT_CATEGORY_B);
        assert(e->place.n <= LIMIT_PLACE_B && e->url.n <= LIMIT_URL_B);
        assert(e->importance >= EVENT_LOW && e->importance <= EVENT_HIGH);
        assert(utf8_is_valid(e->title) && utf8_is_valid(e->uid));
        assert(utf8_is_valid(e->category) && utf8_is_valid(e->place));
        assert(utf8_is_valid(e->zone) && utf8_is_valid(e->expected));
        assert(str_chr(e->title, '\n', 0) == STR_NONE);
        assert(e->start_at < TO);
        assert(e->start_at >= FROM || e->end_at > FROM);
        assert(e->end_at == TIME_NONE || e->end_at > e->start_at);
        assert(!e->is_all_day || e->start_at % TIME_DAY_S == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        const struct calendar_wish wish = { STR("Europe/Lisbon"), FROM, TO };
        struct str text = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);
        struct calendar cal;

        if (calendar_read(a, text, &wish, &cal, NULL) == 0) {
                struct map *seen = map_new(a);

                assert(cal.n_items <= LIMIT_EVENTS);
                for (size_t i = 0; i < cal.n_items; i++) {
                        const struct event *e = &cal.items[i];
                        struct str key = arena_printf(a, STR_FMT "\n" STR_FMT,
                                                      STR_ARG(e->uid),
                                                      STR_ARG(e->recurrence));
                        void **place = map_at(seen, key);

                        check(e);
                        assert(!*place);
                        *place = (void *)e;
                }
        }
        arena_free(a);
        return 0;
}
