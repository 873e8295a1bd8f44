#include "story/blurb.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "story/fitness.h"
#include "story/surname.h"
#include "story/wording.h"
#include "story/words.h"

#define WEIGHED_MAX 100 /* sentences compared with each other */
#define ROUNDS 20
#define DAMPING 0.85
#define LEAD_WEIGHT 0.6   /* of 1 / place beside centrality, 1 at most */
#define TITLE_WEIGHT 0.15 /* of likeness to the headline */
#define SAME 0.55         /* cosine from which two sentences say one thing */
#define SAME_TITLE 0.85   /* from which one says the headline over again */
#define OPENING 6         /* sentences that make an article's opening */
#define FIRST_WEIGHT 0.5  /* of 1 / place beside likeness to the headline */
#define SPEECH_COSTS 0.5
#define STRANGER_COSTS 0.6 /* a surname that nothing printed introduces */
#define OFF_DAY_COSTS 0.8  /* a "today" that has passed */
#define SILENCE_COSTS 0.6  /* "had no comment" */
#define QUESTION_COSTS 0.5
#define CONTAINED 0.5   /* of the shorter's terms: it says the same */
#define CONTAINED_MIN 4 /* terms; fewer tell nothing */
#define SLOTS 8192

struct entry {
        uint32_t term;
        float weight;
};

/* A sentence as a vector of length one, its terms rising. */
struct vector {
        struct entry *items;
        size_t n;
};

struct weighing {
        struct arena *a;
        struct words *words;
        uint64_t *keys; /* term -> its hash; by slot */
        uint32_t *ids, *df;
        uint32_t n_terms;
        struct vector *v;
        size_t n;
};

static uint32_t id_of(struct weighing *g, uint64_t key)
{
        size_t i = (key ^ key >> 32) % SLOTS;

        while (g->ids[i] && g->keys[i] != key)
                i = (i + 1) % SLOTS;
        if (!g->ids[i] && g->n_terms < SLOTS / 2) {
                g->keys[i] = key;
                g->ids[i] = ++g->n_terms;
        }
        return g->ids[i];
}

/* Count id into v, kept in order. */
static void count(struct vector *v, uint32_t id)
{
        size_t i = v->n;

        while (i > 0 && v->items[i - 1].term > id)
                i--;
        if (i > 0 && v->items[i - 1].term == id) {
                v->items[i - 1].weight += 1;
                return;
        }
        memmove(&v->items[i + 1], &v->items[i], (v->n - i) * sizeof(*v->items));
        v->items[i] = (struct entry) { id, 1 };
        v->n++;
}

static struct vector read_vector(struct weighing *g, struct str text,
                                 enum lang lang)
{
        const struct word *words;
        size_t n = words_read(g->words, text, lang, &words);
        struct vector v = { arena_array(g->a, n + 1, sizeof(*v.items)), 0 };

        for (size_t i = 0; i < n; i++) {
                uint32_t id = words[i].is_stop ? 0 : id_of(g, words[i].term);
                if (id)
                        count(&v, id);
        }
        return v;
}

static void weigh(struct weighing *g, struct vector *v)
{
        double sum = 0;

        for (size_t i = 0; i < v->n; i++) {
                double idf =
                        log(1 + (double)g->n / (1 + g->df[v->items[i].term]));
                double x = (double)v->items[i].weight * idf;
                v->items[i].weight = (float)x;
                sum += x * x;
        }
        for (size_t i = 0; sum > 0 && i < v->n; i++)
                v->items[i].weight /= (float)sqrt(sum);
}

static double cosine(const struct vector *a, const struct vector *b)
{
        double sum = 0;

        for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
                if (a->items[i].term < b->items[k].term)
                        i++;
                else if (a->items[i].term > b->items[k].term)
                        k++;
                else
                        sum += (double)a->items[i++].weight *
                               (double)b->items[k++].weight;
        }
        return sum;
}

static void read_all(struct weighing *g, const struct span *spans,
                     enum lang lang)
{
        g->keys = arena_array(g->a, SLOTS, sizeof(*g->keys));
        g->ids = arena_array(g->a, SLOTS, sizeof(*g->ids));
        g->df = arena_array(g->a, SLOTS, sizeof(*g->df));
        g->v = arena_array(g->a, g->n + 1, sizeof(*g->v));
        for (size_t i = 0; i < g->n; i++) {
                g->v[i] = read_vector(g, spans[i].text, lang);
                for (size_t k = 0; k < g->v[i].n; k++)
                        g->df[g->v[i].items[k].term]++;
        }
        for (size_t i = 0; i < g->n; i++)
                weigh(g, &g->v[i]);
}

/* The stationary share of a walk between like sentences; the most is 1. */
static double *centrality(struct weighing *g)
{
        size_t n = g->n;
        double *m = arena_array(g->a, n * n + 1, sizeof(*m));
        double *p = arena_array(g->a, n + 1, sizeof(*p));
        double *q = arena_array(g->a, n + 1, sizeof(*q));
        double most = 0;

        for (size_t i = 0; i < n; i++) {
                double sum = 0;
                p[i] = 1.0 / (double)n;
                for (size_t k = 0; k < n; k++)
                        sum += m[i * n + k] =
                                k == i ? 0 : cosine(&g->v[i], &g->v[k]);
                for (size_t k = 0; sum > 0 && k < n; k++)
                        m[i * n + k] /= sum;
        }
        for (int round = 0; round < ROUNDS; round++) {
                for (size_t k = 0; k < n; k++) {
                        double sum = 0;
                        for (size_t i = 0; i < n; i++)
                                sum += p[i] * m[i * n + k];
                        q[k] = (1 - DAMPING) / (double)n + DAMPING * sum;
                }
                memcpy(p, q, n * sizeof(*p));
        }
        for (size_t i = 0; i < n; i++)
                most = p[i] > most ? p[i] : most;
        for (size_t i = 0; i < n; i++)
                p[i] /= most;
        return p;
}

struct names {
        struct surname items[SURNAMES_MAX];
        size_t n;
};

struct choice {
        const struct span *spans;
        const struct blurb_ask *ask;
        const struct weighing *g;
        const struct vector *title;
        double *worth;
        struct names *names; /* in each sentence; NULL: not looked at */
        bool *is_chosen;
        size_t n_chosen, chosen_b;
        size_t opener; /* none before it is taken */
};

static bool is_contained(const struct vector *a, const struct vector *b)
{
        size_t least = a->n < b->n ? a->n : b->n, n = 0;

        for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
                if (a->items[i].term < b->items[k].term) {
                        i++;
                } else if (a->items[i].term > b->items[k].term) {
                        k++;
                } else {
                        n++;
                        i++;
                        k++;
                }
        }
        return least >= CONTAINED_MIN && (double)n >= CONTAINED * (double)least;
}

static bool repeats(const struct choice *c, size_t i)
{
        for (size_t k = 0; k < c->g->n; k++) {
                const struct vector *a = &c->g->v[i], *b = &c->g->v[k];

                if (c->is_chosen[k] &&
                    (cosine(a, b) >= SAME ||
                     (c->ask->must_open && is_contained(a, b))))
                        return true;
        }
        return false;
}

static bool is_stranger(const struct choice *c, size_t i)
{
        const struct names *names = c->names ? &c->names[i] : NULL;

        for (size_t k = 0; names && k < names->n; k++)
                if (!c->is_chosen[names->items[k].by])
                        return true;
        return false;
}

/* What a printed sentence loses by whom it doesn't introduce, by days that have
 * passed, and by who had nothing to say. */
static double costs(const struct choice *c, size_t i)
{
        double v = 0;

        if (is_stranger(c, i))
                v += STRANGER_COSTS;
        if (c->spans[i].is_off_day)
                v += OFF_DAY_COSTS;
        if (c->ask->must_open &&
            wording_has(c->ask->lang, WORDING_SILENCE, c->spans[i].text))
                v += SILENCE_COSTS;
        return v;
}

static bool may_take(const struct choice *c, size_t i)
{
        const struct span *s = &c->spans[i];

        if (i < c->opener || c->is_chosen[i] || !s->is_fit)
                return false;
        if ((s->is_leaning ||
             (c->ask->must_open && fitness_says_he(s->text, c->ask->lang))) &&
            (i == 0 || !c->is_chosen[i - 1]))
                return false;
        if (c->ask->max_b && c->n_chosen &&
            c->chosen_b + s->text.n > c->ask->max_b)
                return false;
        if (c->n_chosen > 1 && c->ask->must_open && costs(c, i) > 0)
                return false; /* two are a blurb; the third must be a gain */
        if (c->ask->must_open && cosine(c->title, &c->g->v[i]) >= SAME_TITLE)
                return false;
        return !repeats(c, i);
}

static void take(struct choice *c, size_t i)
{
        c->is_chosen[i] = true;
        c->n_chosen++;
        c->chosen_b += c->spans[i].text.n;
}

/* Take the worthiest of all that may be taken. */
static bool take_one(struct choice *c)
{
        size_t limit = c->g->n, best = limit;
        double most = 0;

        for (size_t i = 0; i < limit; i++) {
                double v = c->worth[i] - costs(c, i);

                if ((best == limit || v > most) && may_take(c, i)) {
                        best = i;
                        most = v;
                }
        }
        if (best == limit)
                return false;
        take(c, best);
        return true;
}

/* It begins with what somebody said: colour, where a few sentences must do. */
bool blurb_is_speech(struct str s)
{
        static const char *const marks[] = { "\"",     "\u201c", "\u201e",
                                             "\u00ab", "\u2018", "\u00bb" };

        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
                if (str_starts(s, str_c(marks[i])))
                        return true;
        /* 'The port is open', and no '90s */
        return s.n > 1 && s.p[0] == '\'' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

/* The sentence near the start that tells what the headline says: the event. */
static void take_opener(struct choice *c)
{
        size_t n = c->g->n, best = n;
        double most = 0;

        for (size_t i = 0; i < n && (i < OPENING || best == n); i++) {
                double v = 1 + cosine(c->title, &c->g->v[i]) +
                           FIRST_WEIGHT / (double)(i + 1) - costs(c, i);

                if (blurb_is_speech(c->spans[i].text))
                        v -= SPEECH_COSTS;
                if (str_ends(c->spans[i].text, STR("?")))
                        v -= QUESTION_COSTS;
                if (v > most && may_take(c, i)) {
                        most = v;
                        best = i;
                }
        }
        if (best == n)
                return;
        take(c, best);
        c->opener = best;
}

static void choose(struct choice *c)
{
        if (c->ask->must_open)
                take_opener(c);
        while (c->n_chosen < c->ask->sentences && take_one(c))
                ;
}

size_t blurb_choose(struct arena *a, struct words *w, const struct span *spans,
                    size_t n, const struct blurb_ask *ask, size_t **ret)
{
        struct weighing g = { .a = a,
                              .words = w,
                              .n = n < WEIGHED_MAX ? n : WEIGHED_MAX };
        struct vector title;
        struct choice c = {
                .spans = spans, .ask = ask, .g = &g, .title = &title
        };
        size_t *out = arena_array(a, g.n + 1, sizeof(*out)), n_out = 0;

        *ret = out;
        if (!n)
                return 0;
        read_all(&g, spans, ask->lang);
        title = read_vector(&g, ask->title, ask->lang);
        weigh(&g, &title);
        c.worth = centrality(&g);
        c.is_chosen = arena_array(a, g.n, sizeof(bool));
        for (size_t i = 0; i < g.n; i++)
                c.worth[i] += LEAD_WEIGHT / (double)(i + 1) +
                              TITLE_WEIGHT * cosine(&title, &g.v[i]);
        for (size_t i = 0; i < g.n && ask->must_open; i++)
                if (blurb_is_speech(spans[i].text) ||
                    str_ends(spans[i].text, STR("?")))
                        c.worth[i] -= SPEECH_COSTS;
        if (ask->must_open) {
                c.names = arena_array(a, g.n, sizeof(*c.names));
                for (size_t i = 0; i < g.n; i++)
                        c.names[i].n =
                                surname_find(spans, i, ask->title, ask->lang,
                                             c.names[i].items);
        }
        choose(&c);
        for (size_t i = 0; i < g.n; i++)
                if (c.is_chosen[i])
                        out[n_out++] = i;
        return n_out;
}
