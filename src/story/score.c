#include "story/score.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/time.h"
#include "base/url.h"
#include "store/choice.h"
#include "story/beat.h"
#include "story/head.h"
#include "story/kind.h"
#include "story/lang.h"
#include "story/life.h"
#include "story/topics.h"
#include "story/words.h"

#define HOUR_S 3600
#define VELOCITY_SPAN_S (6 * HOUR_S)
#define FRESH_HALF_S (12 * HOUR_S)
#define RARE_ARTICLES                                                          \
        30          /* an outlet with so many in the window is not rare        \
                     */
#define NAMES_MAX 5 /* families named in a note */
#define REACH_MAX 4 /* desks or countries; more add nothing */
#define REACH_STEP 0.05
#define TERMS_MAX 14
#define NOTE_MAX_B 600
#define BEAT_READ 8 /* voices that are asked for the beat */
#define TERM_STEP 0.001

/* A term is what is printed of it; what is more than nothing stays so. */
static double in_steps(double value)
{
        double steps = round(value / TERM_STEP);

        if (value > 0 && steps < 1)
                steps = 1;
        return steps / (1 / TERM_STEP);
}

static void add_term(struct scoring *sc, struct story *s, const char *name,
                     double value, struct str note)
{
        value = in_steps(value);
        if (!s->terms)
                s->terms = arena_array(sc->a, TERMS_MAX, sizeof(*s->terms));
        s->terms[s->n_terms++] =
                (struct rank_term) { str_c(name), value, note };
        s->score *= value;
}

static bool is_plain(double weight)
{
        return weight > 0.999 && weight < 1.001;
}

static void put_voice(struct buf *b, const struct voice *v)
{
        buf_put(b, v->source);
        if (!is_plain(v->weight))
                buf_printf(b, " (counts %g)", v->weight);
        if (v->families > 1)
                buf_printf(b, " (and %zu with the same copy)", v->families - 1);
}

/* With so many more of weight 1 as there are. */
static double sources_of(const struct voices *v, size_t more)
{
        double sum = (double)more;

        for (size_t i = 0; i < v->n; i++)
                sum += v->items[i].weight;
        return v->n + more ? pow(sum, RANK_SPREAD) : 1;
}

static void term_sources(struct scoring *sc, struct story *s,
                         const struct voices *v)
{
        struct buf b;

        s->n_sources = v->n;
        if (!v->n) {
                add_term(sc, s, "sources", 1,
                         arena_printf(sc->a, STR_FMT " alone",
                                      STR_ARG(s->head->source)));
                return;
        }
        buf_init(&b, NOTE_MAX_B);
        buf_printf(&b, "%zu independent %s: ", v->n,
                   v->n == 1 ? "publisher" : "publishers");
        for (size_t i = 0; i < v->n && i < NAMES_MAX; i++) {
                buf_puts(&b, i ? ", " : "");
                put_voice(&b, &v->items[i]);
        }
        if (v->n > NAMES_MAX)
                buf_printf(&b, " and %zu more", v->n - NAMES_MAX);
        add_term(sc, s, "sources", sources_of(v, 0),
                 arena_str(sc->a, buf_str(&b)));
        buf_done(&b);
}

static double in_burst(int64_t late_s)
{
        return 2 / (1 + exp((double)late_s / VELOCITY_SPAN_S));
}

/* The most voices, each counted less the later it comes after the start; with
 * so many more at a time after all of them. */
static double burst(const struct voices *v, size_t more, int64_t at)
{
        double most = (double)more;

        for (size_t i = 0; i < v->n; i++) {
                int64_t start = v->items[i].first_at;
                double sum = 0;

                for (size_t k = i; k < v->n; k++)
                        sum += in_burst(v->items[k].first_at - start);
                sum += (double)more * in_burst(at - start);
                if (sum > most)
                        most = sum;
        }
        return most;
}

static double velocity_of(const struct voices *v, size_t more, int64_t at)
{
        double n = (double)(v->n + more);

        return n < 2 ? 1 : 0.6 + 0.4 * burst(v, more, at) / n;
}

static void term_velocity(struct scoring *sc, struct story *s,
                          const struct voices *v)
{
        if (v->n < 2)
                return;
        add_term(sc, s, "velocity", velocity_of(v, 0, 0),
                 arena_printf(sc->a,
                              "from the first of them to the last %.1f h",
                              (double)(v->items[v->n - 1].first_at -
                                       v->items[0].first_at) /
                                      HOUR_S));
}

static void term_freshness(struct scoring *sc, struct story *s,
                           const struct voices *v)
{
        int64_t newest = v->n ? 0 : s->last_at;
        double age;

        for (size_t i = 0; i < v->n; i++)
                if (v->items[i].last_at > newest)
                        newest = v->items[i].last_at;
        age = (double)(sc->in->now - newest);
        if (age < 0)
                age = 0;
        add_term(sc, s, "freshness", exp2(-age / FRESH_HALF_S),
                 arena_printf(sc->a, "the newest report is %.1f h old",
                              age / HOUR_S));
}

static void term_prominence(struct scoring *sc, struct story *s,
                            const struct voices *v)
{
        double sum = 0;
        int64_t best = INT64_MAX;

        for (size_t i = 0; i < v->n; i++) {
                int64_t at = v->items[i].position;
                sum += 1 / (1 + (double)at / 8);
                if (at < best)
                        best = at;
        }
        if (!v->n)
                return;
        add_term(sc, s, "prominence", 0.7 + 0.3 * sum / (double)v->n,
                 arena_printf(sc->a,
                              "how high its publishers placed it; at best "
                              "no. %" PRId64 " of a feed",
                              best + 1));
}

/* --- reach --- */

/* Top level domains of two letters that say nothing of a country. */
static bool is_country(struct str tld)
{
        static const char *const generic[] = { "io", "co", "tv", "me", "ai",
                                               "fm", "ly", "to", "eu", "cc" };

        if (tld.n != 2 || !chr_is_alpha(tld.p[0]) || !chr_is_alpha(tld.p[1]))
                return false;
        for (size_t i = 0; i < sizeof(generic) / sizeof(*generic); i++)
                if (str_eq_nocase(tld, str_c(generic[i])))
                        return false;
        return true;
}

/* Its host's country, or the one its language names; absent: unknown. */
static struct str place_of(const struct article *art)
{
        struct str rest = url_split(art->url).host, tld = STR_NULL;
        size_t hyphen = str_chr(art->language, '-', 0);

        while (str_cut(&rest, '.', &tld))
                ;
        if (is_country(tld))
                return tld;
        if (hyphen != STR_NONE && art->language.n == hyphen + 3)
                return str_sub(art->language, hyphen + 1, 2);
        return STR_NULL;
}

static size_t count_distinct(const struct voices *v,
                             struct str (*of)(const struct article *))
{
        struct str known[REACH_MAX];
        size_t n = 0;

        for (size_t i = 0; i < v->n && n < REACH_MAX; i++) {
                struct str one = of(v->items[i].first);
                bool is_new = one.n > 0;

                for (size_t k = 0; k < n && is_new; k++)
                        is_new = !str_eq_nocase(known[k], one);
                if (is_new)
                        known[n++] = one;
        }
        return n ? n : 1;
}

static struct str desk_of(const struct article *art)
{
        return art->beat;
}

static void term_reach(struct scoring *sc, struct story *s,
                       const struct voices *v)
{
        size_t desks = count_distinct(v, desk_of),
               places = count_distinct(v, place_of);

        if (desks + places <= 2)
                return;
        add_term(sc, s, "reach", 1 + REACH_STEP * (double)(desks + places - 2),
                 arena_printf(sc->a, "carried by feeds of %zu %s and %zu %s",
                              desks, desks == 1 ? "beat" : "beats", places,
                              places == 1 ? "country" : "countries"));
}

/* --- the others --- */

static void term_rarity(struct scoring *sc, struct story *s,
                        const struct voices *v)
{
        double sum = 0;
        size_t rare = 0;

        for (size_t i = 0; i < v->n; i++) {
                size_t n = (size_t)(uintptr_t)map_find(sc->counts,
                                                       v->items[i].source);
                if (n >= RARE_ARTICLES)
                        continue;
                sum += 1 - (double)n / RARE_ARTICLES;
                rare++;
        }
        if (!rare)
                return;
        add_term(sc, s, "rarity", 1 + 0.3 * sum / (double)v->n,
                 arena_printf(sc->a, "%zu of %zu %s little, and chose this",
                              rare, v->n, rare == 1 ? "publishes" : "publish"));
}

static void term_substance(struct scoring *sc, struct story *s)
{
        for (size_t i = 0; i < s->n_articles; i++)
                if (s->articles[i]->length > 0)
                        return;
        add_term(sc, s, "substance", 0.5,
                 STR("no article of it has a text that could be quoted"));
}

static struct str families_of(struct scoring *sc, size_t n)
{
        return arena_printf(sc->a, "%zu %s", n,
                            n == 1 ? "publisher" : "publishers");
}

static void term_novelty(struct scoring *sc, struct story *s,
                         const struct life *life)
{
        const struct past *last = s->printed[0];

        if (s->has_news)
                add_term(sc, s, "novelty", RANK_UPDATE,
                         arena_printf(sc->a,
                                      "printed on " STR_FMT
                                      "; new in what " STR_FMT
                                      " told since: " STR_FMT,
                                      STR_ARG(last->day),
                                      STR_ARG(families_of(sc, life->families)),
                                      STR_ARG(life->shown)));
        else if (!life->families)
                add_term(sc, s, "novelty", RANK_STALE,
                         arena_printf(sc->a,
                                      "printed on " STR_FMT
                                      "; nobody told of it since",
                                      STR_ARG(last->day)));
        else
                add_term(
                        sc, s, "novelty", RANK_STALE,
                        arena_printf(sc->a,
                                     "printed on " STR_FMT "; what " STR_FMT
                                     " told since is the same",
                                     STR_ARG(last->day),
                                     STR_ARG(families_of(sc, life->families))));
}

static void term_interest(struct scoring *sc, struct story *s)
{
        struct str muted, followed;

        if (!sc->follow && !sc->mute)
                return;
        muted = topics_find(sc->mute, sc->words, s->articles, s->n_articles,
                            s->beat);
        followed = topics_find(sc->follow, sc->words, s->articles,
                               s->n_articles, s->beat);
        s->is_followed = followed.n > 0;
        if (muted.n)
                add_term(
                        sc, s, "interest", 0,
                        arena_printf(sc->a, "muted: " STR_FMT, STR_ARG(muted)));
        else if (followed.n)
                add_term(sc, s, "interest", RANK_FOLLOWED,
                         arena_printf(sc->a, "followed: " STR_FMT,
                                      STR_ARG(followed)));
}

static void term_kind(struct scoring *sc, struct story *s)
{
        if (s->is_exclusive)
                add_term(sc, s, "exclusive", 1.3,
                         arena_printf(sc->a, STR_FMT " marks it as its own",
                                      STR_ARG(s->head->source)));
        if (!kind_is_printed(s->kind))
                add_term(sc, s, "kind", 0,
                         arena_printf(sc->a, STR_FMT ": never printed",
                                      STR_ARG(s->kind)));
        else if (!str_eq(s->kind, STR("news")))
                add_term(sc, s, "kind", 0.6,
                         arena_printf(sc->a, STR_FMT ": never leads",
                                      STR_ARG(s->kind)));
}

static void term_language(struct scoring *sc, struct story *s)
{
        enum lang wanted = lang_of_tag(sc->in->language);

        if (!sc->in->language.n || !s->language.n ||
            lang_of_tag(s->language) == wanted)
                return;
        add_term(sc, s, "language", 0.1,
                 arena_printf(sc->a, "it is told in " STR_FMT,
                              STR_ARG(s->language)));
}

/* --- what kind of story it is --- */

/* News when any of it is; what finds no company is what its head is. */
static struct str story_kind(const struct story *s)
{
        for (size_t i = 0; i < s->n_articles; i++)
                if (str_eq(kind_of(s->articles[i]), STR("news")))
                        return STR("news");
        return kind_of(s->head);
}

/* What its head and its voices' articles are about. */
static struct str story_beat(struct scoring *sc, const struct story *s,
                             const struct voices *v)
{
        const struct article *list[BEAT_READ + 1] = { s->head };
        size_t n = 1;

        for (size_t i = 0; i < v->n && n <= BEAT_READ; i++)
                if (v->items[i].last != s->head)
                        list[n++] = v->items[i].last;
        return beat_of(sc->beats, sc->words, list, n);
}

static enum choice_kind choice_of(const struct scoring *sc,
                                  const struct story *s)
{
        const struct choice_list *list = sc->in->choices;

        for (size_t i = 0; list && i < list->n; i++) {
                const struct choice *c = &list->items[i];

                if (c->story_id != s->id)
                        continue;
                if (str_eq(c->choice, STR("kill")))
                        return CHOICE_KILL;
                /* a pin has done its work with the next edition */
                if (s->n_printed && s->printed[0]->at >= c->made_at)
                        return CHOICE_NONE;
                return str_eq(c->choice, STR("lead")) ? CHOICE_LEAD
                                                      : CHOICE_PIN;
        }
        return CHOICE_NONE;
}

/* The entries of a story, the newest first. */
static void find_printed(struct scoring *sc, struct story *s, int64_t id)
{
        const struct rank_input *in = sc->in;
        size_t n = 0;

        s->printed = arena_array(sc->a, in->n_printed + 1, sizeof(*s->printed));
        for (size_t i = 0; i < in->n_printed; i++)
                if (in->printed[i].story_id == id)
                        s->printed[n++] = &in->printed[i];
        s->n_printed = n;
}

static bool is_printed_id(const struct scoring *sc, int64_t id)
{
        char key[32];
        int n = snprintf(key, sizeof(key), "%" PRId64, id);

        return map_find(sc->printed, (struct str) { key, (size_t)n }) != NULL;
}

/* Leave only what the newest of its editions did not know. */
static void leave_known(struct story *s)
{
        size_t i = 0;

        while (i < s->n_articles &&
               s->articles[i]->dated_at <= s->printed[0]->at)
                i++;
        if (i == s->n_articles)
                return;
        s->articles += i;
        s->n_articles -= i;
}

static int64_t later_of(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

static void describe(struct scoring *sc, struct story *s, int64_t since)
{
        s->head = head_choose(sc->a, sc->words, s->articles, s->n_articles,
                              since);
        s->title = s->head->title;
        s->language = s->head->language;
        s->beat = s->head->beat;
        s->kind = story_kind(s);
        s->first_at = s->articles[0]->dated_at;
        s->last_at = s->articles[s->n_articles - 1]->dated_at;
        s->is_exclusive = str_eq_nocase(s->head->mark, STR("exclusive")) &&
                          s->head->dated_at >= since;
}

/* A story that was printed under another number is known by its headline. */
static int64_t printed_as(struct scoring *sc, const struct story *s)
{
        struct story copy = *s;

        if (is_printed_id(sc, s->id))
                return s->id;
        if (!sc->titles)
                return 0;
        describe(sc, &copy, sc->since);
        return life_find(sc->titles, sc->words, copy.head, copy.title);
}

/*
 * What is new is new against what the printed story told. Under another number
 * its articles are not among those of s: they are put in front.
 */
static struct life life_of(struct scoring *sc, const struct story *s,
                           int64_t id)
{
        const struct article_list *list = &sc->in->articles;
        const struct article **all;
        size_t n = 0;

        if (id == s->id)
                return life_since(sc->a, sc->words, s->articles, s->n_all,
                                  s->printed[0]);
        all = arena_array(sc->a, list->n + s->n_all, sizeof(*all));
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].story_id == id &&
                    list->items[i].dated_at <= s->printed[0]->at)
                        all[n++] = &list->items[i];
        for (size_t i = 0; i < s->n_all; i++)
                all[n++] = s->articles[i];
        return life_since(sc->a, sc->words, all, n, s->printed[0]);
}

/* Those of other languages too. */
static struct voices find_voices(struct scoring *sc, const struct story *s,
                                 int64_t since)
{
        size_t n = s->n_articles + s->n_abroad, i = 0, k = 0;
        const struct article **all;

        if (!s->n_abroad)
                return voices_find(sc->a, sc->words, s->articles, n, since,
                                   &sc->in->weights);
        all = arena_array(sc->a, n, sizeof(*all));
        while (i + k < n) {
                bool is_home =
                        k == s->n_abroad ||
                        (i < s->n_articles &&
                         s->articles[i]->dated_at <= s->abroad[k]->dated_at);

                all[i + k] = is_home ? s->articles[i] : s->abroad[k];
                i += is_home;
                k += !is_home;
        }
        return voices_find(sc->a, sc->words, all, n, since, &sc->in->weights);
}

void score_story(struct scoring *sc, struct story *s, bool is_closer)
{
        struct story fresh = { .articles = s->articles,
                               .n_articles = s->n_all,
                               .n_all = s->n_all,
                               .id = s->articles[0]->story_id,
                               .told_as = s->told_as,
                               .abroad = s->abroad,
                               .n_abroad = s->n_abroad,
                               .score = 1 };
        struct life life = { 0 };
        int64_t since = sc->since, id;

        *s = fresh;
        id = is_closer                  ? printed_as(sc, s)
             : is_printed_id(sc, s->id) ? s->id
                                        : 0;
        if (id) {
                find_printed(sc, s, id);
                life = life_of(sc, s, id);
                leave_known(s);
                s->has_news = life.has_news;
                since = later_of(since, s->printed[0]->at + 1);
        }

        struct voices *v = arena_alloc(sc->a, sizeof(*v));

        *v = find_voices(sc, s, since);
        s->voices = v;
        s->ranked_at = sc->in->now;
        describe(sc, s, since);
        if (is_closer)
                s->beat = story_beat(sc, s, v);
        s->choice = choice_of(sc, s);
        term_sources(sc, s, v);
        term_velocity(sc, s, v);
        term_freshness(sc, s, v);
        term_prominence(sc, s, v);
        term_reach(sc, s, v);
        term_rarity(sc, s, v);
        term_substance(sc, s);
        if (s->n_printed)
                term_novelty(sc, s, &life);
        term_interest(sc, s);
        term_kind(sc, s);
        term_language(sc, s);
}

/* --- what would change it ------------------------------------------------ */

double score_term(const struct story *s, const char *name)
{
        for (size_t i = 0; i < s->n_terms; i++)
                if (str_eq(s->terms[i].name, str_c(name)))
                        return s->terms[i].value;
        return 1;
}

double score_without(const struct story *s, const char *const *names, size_t n)
{
        double score = 1;

        for (size_t i = 0; i < s->n_terms; i++) {
                bool is_left_out = false;

                for (size_t k = 0; k < n; k++)
                        is_left_out |=
                                str_eq(s->terms[i].name, str_c(names[k]));
                if (!is_left_out)
                        score *= s->terms[i].value;
        }
        return score;
}

double score_if_told(const struct story *s, size_t more, double novelty)
{
        static const char *const anew[] = {
                "sources", "velocity", "freshness",
                "rarity",  "novelty",  "substance"
        };
        const struct voices *v = s->voices;
        double rarity = (score_term(s, "rarity") - 1) * (double)v->n /
                        (double)(v->n + more);

        return score_without(s, anew, sizeof(anew) / sizeof(*anew)) *
               in_steps(sources_of(v, more)) *
               in_steps(velocity_of(v, more, s->ranked_at)) *
               in_steps(1 + rarity) * in_steps(novelty);
}
