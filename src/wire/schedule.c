#include "wire/schedule.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/scan.h"
#include "base/time.h"

#define SPAN_MOST_S ((int64_t)366 * TIME_DAY_S)
#define FIRST_RETRY_S 60
/* A feed whose newest item is a day old is read once an hour. */
#define QUIET_PARTS 24
/* One that has an item a day, every two hours. */
#define GAP_PARTS 12
#define GAP_ITEMS 20 /* so many of the newest tell how often one comes */
#define PUSHED_S (6 * HOUR_S)
#define HOUR_S 3600
#define HOURS_A_DAY 24
#define DAYS_A_WEEK 7

#define PAGE_TRIES 3
#define PAGE_RETRY_S (20 * 60)
#define PAGE_LONGEST_S (6 * HOUR_S)

static int64_t clip(int64_t n, int64_t least, int64_t most)
{
        return n < least ? least : n > most ? most : n;
}

/* 0 .. most - 1, always the same for this feed and this turn. */
static int64_t jitter(struct str url, int64_t turn, int64_t most)
{
        uint64_t h = hash_stable(url) + (uint64_t)turn * 0x9e3779b97f4a7c15u;

        h ^= h >> 31;
        h *= 0xbf58476d1ce4e5b9u;
        h ^= h >> 29;
        return most > 0 ? (int64_t)(h % (uint64_t)most) : 0;
}

/* first_s times factor for each failure after the first, at most most_s. */
static int64_t grown(int64_t first_s, int64_t factor, int64_t failures,
                     int64_t most_s)
{
        int64_t span = first_s;

        for (int64_t i = 1; i < failures && span < most_s; i++)
                span *= factor;
        return clip(span, 1, most_s);
}

static bool is_skipped(const struct schedule_hints *hints, int64_t at)
{
        struct civil c = time_to_civil(at);

        return hints->skip_hours >> c.hour & 1 ||
               hints->skip_days >> c.weekday & 1;
}

/* The next hour that the feed doesn't ask to be left alone in, if there is one:
 * some minutes into it, not all at its first second. */
static int64_t skip(const struct schedule_hints *hints, struct str url,
                    int64_t at)
{
        int64_t then = at;

        for (int i = 0; i <= DAYS_A_WEEK * HOURS_A_DAY; i++) {
                if (!is_skipped(hints, then))
                        return then == at ? at
                                          : then + jitter(url, 1, HOUR_S / 6);
                then += HOUR_S - then % HOUR_S;
        }
        return at;
}

int64_t schedule_read(const struct schedule *s, struct str url, int64_t now,
                      const struct schedule_hints *hints)
{
        int64_t most = s->longest_s > s->every_s ? s->longest_s : s->every_s;
        int64_t span = s->every_s;

        if (hints->newest_at != TIME_NONE && hints->newest_at < now)
                span = clip((now - hints->newest_at) / QUIET_PARTS, span, most);
        if (hints->gap_s / GAP_PARTS > span)
                span = hints->gap_s / GAP_PARTS;
        if (hints->last_s > span)
                span = hints->last_s;
        if (hints->max_age_s > span)
                span = hints->max_age_s;
        if (hints->is_pushed && span < PUSHED_S)
                span = PUSHED_S;
        span = clip(span, 1, most);
        return skip(hints, url, now + span - jitter(url, 0, span / 10));
}

int64_t schedule_failed(const struct schedule *s, struct str url, int64_t now,
                        int64_t failures, int64_t retry_at)
{
        int64_t first = clip(s->every_s / 4, FIRST_RETRY_S, SPAN_MOST_S);
        int64_t span = grown(first, 2, failures, s->longest_s);

        if (retry_at != TIME_NONE && retry_at - now > span)
                span = clip(retry_at - now, span, s->longest_s);
        return now + span + jitter(url, failures, span / 4);
}

int64_t schedule_missing(const struct schedule *s, struct str url, int64_t now,
                         int64_t failures)
{
        int64_t most = s->longest_s > SPAN_MOST_S / 7 ? s->longest_s
                                                      : 7 * s->longest_s;
        int64_t span = grown(s->every_s, 4, failures, most);

        return now + span + jitter(url, failures, span / 4);
}

int64_t schedule_page(struct str url, int64_t now, int64_t tries,
                      int64_t retry_at)
{
        int64_t span = grown(PAGE_RETRY_S, 3, tries, PAGE_LONGEST_S);

        if (tries >= PAGE_TRIES)
                return 0;
        if (retry_at != TIME_NONE && retry_at - now > span)
                span = clip(retry_at - now, span, PAGE_LONGEST_S);
        return now + span + jitter(url, tries, span / 4);
}

static int newest_first(const void *x, const void *y)
{
        int64_t p = *(const int64_t *)x, q = *(const int64_t *)y;

        return p < q ? 1 : p > q ? -1 : 0;
}

int64_t schedule_gap(int64_t *at, size_t n)
{
        int64_t gaps[GAP_ITEMS];
        size_t n_gaps = 0;

        qsort(at, n, sizeof(*at), newest_first);
        for (size_t i = 1; i < n && n_gaps < GAP_ITEMS; i++)
                gaps[n_gaps++] = at[i - 1] - at[i];
        if (n_gaps < 2)
                return 0;
        qsort(gaps, n_gaps, sizeof(*gaps), newest_first);
        return clip(gaps[n_gaps / 2], 0, SPAN_MOST_S);
}

int64_t schedule_retry_after(struct str value, int64_t now)
{
        uint64_t s;
        int64_t at;

        value = str_trim(value);
        if (scan_u64(value, SPAN_MOST_S, &s) == 0)
                return now + (int64_t)s;
        if (value.n && time_parse_http(value, &at) == 0)
                return at;
        return TIME_NONE;
}

int64_t schedule_max_age(struct str cache_control)
{
        struct str part;

        while (str_cut(&cache_control, ',', &part)) {
                uint64_t s;

                part = str_trim(part);
                if (str_starts_nocase(part, STR("max-age=")) &&
                    scan_u64(str_sub(part, 8, part.n), SPAN_MOST_S, &s) == 0)
                        return (int64_t)s;
        }
        return 0;
}
