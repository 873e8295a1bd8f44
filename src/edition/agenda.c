#include "edition/agenda.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/url.h"
#include "base/utf8.h"
#include "edition/composer.h"
#include "edition/escape.h"

#define CATEGORY_MOST 3 /* of one category, while others wait */
#define WORD_LEAST_B 5  /* shorter ones tell little of what it is about */
#define WORD_WORTH 4
#define WORDS_MOST 3
#define IMPORTANCE_WORTH 10
#define TENTATIVE_COST 2

struct candidate {
        const struct event *e;
        int64_t day; /* from 1970, as its reader counts it */
        int score;
        size_t category; /* which of its day's, in order of appearance */
        bool is_chosen;
};

/* --- choosing ----------------------------------------------------------- */

struct str agenda_zone(const struct event *e, struct str press_zone)
{
        bool is_place = str_chr(e->zone, '/', 0) != STR_NONE &&
                        !str_starts(e->zone, STR("Etc/"));

        return is_place ? e->zone : press_zone;
}

static int64_t day_of(const struct agenda_input *in, const struct event *e)
{
        struct civil c = time_to_civil(e->start_at);

        if (!e->is_all_day)
                c = time_in_zone(e->start_at, in->zone);
        c.hour = c.minute = c.second = 0;
        return time_from_civil(&c) / TIME_DAY_S;
}

static int64_t number_of(const struct civil *c)
{
        return time_from_civil(c) / TIME_DAY_S;
}

/* What begins within the window; what is under way was on an earlier agenda. */
static bool is_due(const struct agenda_input *in, const struct event *e,
                   int64_t day)
{
        if (e->is_cancelled)
                return false;
        if (e->is_all_day)
                return day >= number_of(&in->window.first) &&
                       day <= number_of(&in->window.last);
        return e->start_at >= in->window.from && e->start_at < in->window.to;
}

/* The words of text, each once, into words; or how many of them are there. */
static int each_word(struct arena *a, struct str text, struct map *words,
                     bool is_adding)
{
        struct map *seen = map_new(a);
        int n = 0;

        text = arena_lower(a, text);
        while (text.n) {
                size_t len = 0;

                while (len < text.n && (chr_is_alnum(text.p[len]) ||
                                        (unsigned char)text.p[len] >= 0x80))
                        len++;

                struct str word = str_sub(text, 0, len);

                text = str_sub(text, len ? len : 1, text.n);
                if (len < WORD_LEAST_B || map_find(seen, word))
                        continue;
                map_put(seen, word, words);
                if (is_adding)
                        map_put(words, word, words);
                else
                        n += map_find(words, word) != NULL;
        }
        return n;
}

static int score_of(struct arena *a, const struct event *e, struct map *words)
{
        int near = each_word(a, e->title, words, false) +
                   each_word(a, e->place, words, false);

        if (near > WORDS_MOST)
                near = WORDS_MOST;
        return (int)e->importance * IMPORTANCE_WORTH + near * WORD_WORTH -
               (e->is_tentative ? TENTATIVE_COST : 0);
}

/* One event told by two calendars: by its uid, or by what it says. */
static bool is_twin(struct arena *a, struct map *seen, const struct event *e)
{
        struct str keys[] = {
                arena_printf(a, "uid %lld " STR_FMT, (long long)e->start_at,
                             STR_ARG(e->uid)),
                arena_printf(a, "title %lld " STR_FMT, (long long)e->start_at,
                             STR_ARG(arena_lower(a, e->title))),
        };
        bool is_known = map_find(seen, keys[0]) || map_find(seen, keys[1]);

        map_put(seen, keys[0], seen);
        map_put(seen, keys[1], seen);
        return is_known;
}

static int best_first(const void *x, const void *y)
{
        const struct candidate *p = x, *q = y;

        if (p->score != q->score)
                return p->score > q->score ? -1 : 1;
        if (p->e->start_at != q->e->start_at)
                return p->e->start_at < q->e->start_at ? -1 : 1;
        int rc = str_cmp(p->e->title, q->e->title);

        return rc ? rc : str_cmp(p->e->uid, q->e->uid);
}

static int by_time(const void *x, const void *y)
{
        const struct candidate *p = x, *q = y;

        if (p->day != q->day)
                return p->day < q->day ? -1 : 1;
        if (p->e->is_all_day != q->e->is_all_day)
                return p->e->is_all_day ? 1 : -1;
        if (p->e->start_at != q->e->start_at)
                return p->e->start_at < q->e->start_at ? -1 : 1;
        return best_first(x, y);
}

/* A day's categories, and within each its events by the clock. */
static int in_order(const void *x, const void *y)
{
        const struct candidate *p = x, *q = y;

        if (p->day != q->day)
                return p->day < q->day ? -1 : 1;
        if (p->category != q->category)
                return p->category < q->category ? -1 : 1;
        return by_time(x, y);
}

static size_t list_due(struct arena *a, const struct agenda_input *in,
                       struct map *words, struct candidate *list)
{
        struct map *seen = map_new(a);
        size_t n = 0;

        for (size_t i = 0; i < in->n; i++) {
                const struct event *e = &in->events[i];
                int64_t day = day_of(in, e);

                if (is_due(in, e, day) && !is_twin(a, seen, e))
                        list[n++] = (struct candidate) {
                                .e = e,
                                .day = day,
                                .score = score_of(a, e, words),
                        };
        }
        return n;
}

/* How many of the category are taken. */
static size_t taken_of(const struct candidate *list, const size_t *taken,
                       size_t n, struct str category)
{
        size_t same = 0;

        for (size_t i = 0; i < n; i++)
                same += str_eq_nocase(list[taken[i]].e->category, category);
        return same;
}

/* The best, no category filling the page while others wait. */
static void take_best(struct arena *a, struct candidate *list, size_t n,
                      size_t max)
{
        size_t *taken = arena_array(a, max + 1, sizeof(*taken)), n_taken = 0;

        for (int pass = 0; pass < 2; pass++)
                for (size_t i = 0; i < n && n_taken < max; i++) {
                        if (list[i].is_chosen ||
                            (pass == 0 &&
                             taken_of(list, taken, n_taken,
                                      list[i].e->category) >= CATEGORY_MOST))
                                continue;
                        list[i].is_chosen = true;
                        taken[n_taken++] = i;
                }
}

/* Within a day, what is of one category stands together, by its first event. */
static void group(struct candidate *list, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                list[i].category = i;
                for (size_t k = 0; k < i; k++)
                        if (list[k].day == list[i].day &&
                            str_eq_nocase(list[k].e->category,
                                          list[i].e->category)) {
                                list[i].category = list[k].category;
                                break;
                        }
        }
}

struct agenda_choice agenda_choose(struct arena *a,
                                   const struct agenda_input *in,
                                   const struct str *words, size_t n_words)
{
        struct candidate *list = arena_array(a, in->n + 1, sizeof(*list));
        struct map *known = map_new(a);
        struct agenda_choice ret = { 0 };
        size_t n, kept = 0;

        for (size_t i = 0; i < n_words; i++)
                each_word(a, words[i], known, true);
        n = list_due(a, in, known, list);
        qsort(list, n, sizeof(*list), best_first);
        take_best(a, list, n, in->max);
        for (size_t i = 0; i < n; i++)
                if (list[i].is_chosen)
                        list[kept++] = list[i];
        qsort(list, kept, sizeof(*list), by_time);
        group(list, kept);
        qsort(list, kept, sizeof(*list), in_order);
        ret.items = arena_array(a, kept + 1, sizeof(*ret.items));
        for (; ret.n < kept; ret.n++)
                ret.items[ret.n] = list[ret.n].e;
        return ret;
}

/* --- writing ------------------------------------------------------------ */

struct str agenda_at(struct arena *a, const struct event *e, int64_t at,
                     struct str zone)
{
        struct civil c =
                e->is_all_day ? time_to_civil(at) : time_in_zone(at, zone);
        int64_t off_min = e->is_all_day ? 0 : (time_from_civil(&c) - at) / 60;
        int64_t off = off_min < 0 ? -off_min : off_min;

        if (e->is_all_day)
                return arena_printf(a, "%04d-%02d-%02d", c.year, c.month,
                                    c.day);
        return arena_printf(a, "%04d-%02d-%02dT%02d:%02d%c%02d:%02d", c.year,
                            c.month, c.day, c.hour, c.minute,
                            off_min < 0 ? '-' : '+', (int)(off / 60),
                            (int)(off % 60));
}

struct str agenda_source(struct arena *a, const struct event *e)
{
        struct str host;

        if (e->source.n || !e->url.n)
                return e->source;
        host = url_host(a, e->url);
        return str_starts(host, STR("www.")) ? str_sub(host, 4, host.n) : host;
}

static void add(struct composer *c, struct attrs *attrs, const char *key,
                struct str value)
{
        if (value.n)
                attrs_add(c->a, attrs, key, value);
}

static struct attrs attrs_of(struct composer *c, const struct agenda_input *in,
                             const struct event *e)
{
        struct str zone = agenda_zone(e, in->zone);
        struct attrs attrs = { 0 };

        attrs_add(c->a, &attrs, "at", agenda_at(c->a, e, e->start_at, zone));
        if (e->end_at != TIME_NONE &&
            (!e->is_all_day || e->end_at - e->start_at > TIME_DAY_S))
                attrs_add(
                        c->a, &attrs, "until",
                        agenda_at(c->a, e,
                                  e->end_at - (e->is_all_day ? TIME_DAY_S : 0),
                                  zone));
        if (!e->is_all_day && !str_eq(zone, in->zone))
                add(c, &attrs, "zone", zone);
        add(c, &attrs, "place", e->place);
        add(c, &attrs, "expected", e->expected);
        add(c, &attrs, "previous", e->previous);
        if (e->is_tentative)
                attrs_add(c->a, &attrs, "", STR("tentative"));
        attrs_add(c->a, &attrs, "event",
                  arena_printf(c->a, "%lld", (long long)e->id));
        return attrs;
}

/* "- **Category**: Title. [Source](url) {...}" */
static void put_event(struct composer *c, const struct agenda_input *in,
                      const struct event *e)
{
        struct attrs attrs = attrs_of(c, in, e);

        buf_puts(c->out, "- ");
        if (e->category.n) {
                buf_puts(c->out, "**");
                escape_text(c->out, e->category);
                buf_puts(c->out, "**");
                buf_put(c->out, composer_phrase(c, "topic.colon"));
                buf_char(c->out, ' ');
                escape_text(c->out, e->title);
        } else {
                escape_start(c->out, e->title);
        }
        if (!composer_is_stopped(e->title))
                buf_put(c->out, composer_phrase(c, "stop"));
        if (e->url.n) {
                buf_char(c->out, ' ');
                escape_link(c->out, agenda_source(c->a, e), e->url);
        }
        composer_end(c, &attrs);
}

void agenda_put(struct composer *c, const struct agenda_input *in,
                const struct agenda_choice *chosen, struct str title)
{
        if (!chosen->n)
                return;
        buf_puts(c->out, "\n## ");
        escape_text(c->out,
                    title.n ? title : composer_phrase(c, in->window.heading));
        buf_puts(c->out, " {.agenda}\n\n");
        for (size_t i = 0; i < chosen->n; i++)
                put_event(c, in, chosen->items[i]);
}
