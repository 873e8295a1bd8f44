#include "edition/pick.h"

#include "base/arena.h"

#define FAMILY_MAX 2 /* of one publisher in the list */
#define BEATS_MIN 3
#define LEAD_PARAGRAPHS 2 /* of a lead that is worth the place */
#define LONG_READ_B 2500  /* some 400 words: what deserves the name */

const char *pick_slot_name(enum slot slot)
{
        static const char *const names[SLOT_N] = { "lead", "stories",
                                                   "magazine", "reading",
                                                   "break" };

        return names[slot];
}

enum slot pick_slot_of(const struct story *s)
{
        if (str_eq(s->kind, STR("opinion")))
                return SLOT_READING;
        if (str_eq(s->kind, STR("magazine")))
                return SLOT_MAGAZINE;
        if (str_eq(s->kind, STR("culture")))
                return SLOT_BREAK;
        return SLOT_STORIES;
}

/* "en" of "en-GB". */
static struct str primary(struct str tag)
{
        size_t n = 0;

        while (n < tag.n && chr_is_alpha(tag.p[n]))
                n++;
        return str_sub(tag, 0, n);
}

static bool is_recent(const struct compose_input *in, int64_t id)
{
        for (size_t i = 0; i < in->n_recent; i++)
                if (in->recent[i] == id)
                        return true;
        return false;
}

/*
 * Printed before: it comes again only when two publishers tell more than
 * that edition knew (one is enough for a story of one), and the headline is
 * one of theirs.
 */
static bool has_news(const struct compose_input *in, const struct story *s)
{
        const struct article *first = NULL;

        if (in->recent_at == TIME_NONE)
                return true;
        if (s->head->dated_at <= in->recent_at)
                return false;
        for (size_t i = 0; i < s->n_articles; i++) {
                const struct article *art = s->articles[i];

                if (art->dated_at <= in->recent_at)
                        continue;
                if (s->n_sources < 2 ||
                    (first && !str_eq_nocase(first->source, art->source)))
                        return true;
                first = art;
        }
        return false;
}

bool pick_is_usable(const struct compose_input *in, const struct story *s)
{
        if (!s->place || !s->title.n || !s->head || !s->head->url.n)
                return false;
        if (s->language.n &&
            !str_eq_nocase(primary(s->language), primary(in->language)))
                return false;
        if (!is_recent(in, s->id))
                return true;
        return s->is_update && has_news(in, s);
}

static bool is_told(const struct story *s)
{
        return s->n_blurb > 0 || s->n_paragraphs > 0;
}

static bool is_picked(const struct picks *p, const struct story *s)
{
        for (size_t slot = 0; slot < SLOT_N; slot++)
                for (size_t i = 0; i < p->n[slot]; i++)
                        if (p->items[slot][i]->id == s->id ||
                            str_eq_nocase(p->items[slot][i]->title, s->title))
                                return true;
        return false;
}

static void add(struct arena *a, struct picks *p, enum slot slot,
                const struct story *s)
{
        const struct story **items =
                arena_array(a, p->n[slot] + 1, sizeof(*items));

        for (size_t i = 0; i < p->n[slot]; i++)
                items[i] = p->items[slot][i];
        items[p->n[slot]++] = s;
        p->items[slot] = items;
}

/* How well a story could lead, 0: not at all. */
static int lead_worth(const struct story *s)
{
        bool has_paragraphs = s->n_paragraphs >= LEAD_PARAGRAPHS;

        if (pick_slot_of(s) != SLOT_STORIES || !is_told(s))
                return 0;
        if (s->n_sources >= 2)
                return has_paragraphs ? 4 : 3;
        return has_paragraphs ? 2 : 1;
}

/* The best ranked of those that are worth the most as a lead. */
static void pick_lead(struct arena *a, const struct compose_input *in,
                      struct picks *p)
{
        const struct story *best = NULL;

        for (size_t i = 0; i < in->n_stories; i++) {
                const struct story *s = &in->stories[i];

                if (pick_is_usable(in, s) &&
                    lead_worth(s) > (best ? lead_worth(best) : 0))
                        best = s;
        }
        if (best)
                add(a, p, SLOT_LEAD, best);
}

static size_t count_family(const struct picks *p, enum slot slot,
                           struct str source)
{
        size_t n = 0;

        for (size_t i = 0; i < p->n[slot]; i++)
                n += str_eq_nocase(p->items[slot][i]->head->source, source);
        return n;
}

static bool has_beat(const struct picks *p, struct str beat)
{
        for (size_t i = 0; i < p->n[SLOT_STORIES]; i++)
                if (str_eq(p->items[SLOT_STORIES][i]->beat, beat))
                        return true;
        return false;
}

static size_t count_beats(const struct picks *p)
{
        size_t n = 0;

        for (size_t i = 0; i < p->n[SLOT_STORIES]; i++) {
                bool is_new = true;

                for (size_t k = 0; k < i; k++)
                        is_new &= !str_eq(p->items[SLOT_STORIES][i]->beat,
                                          p->items[SLOT_STORIES][k]->beat);
                n += is_new;
        }
        return n;
}

/* Keep the last places for beats that are not there yet. */
static bool must_wait(const struct picks *p, const struct story *s, size_t max)
{
        size_t beats = count_beats(p), left = max - p->n[SLOT_STORIES];

        return beats < BEATS_MIN && left <= BEATS_MIN - beats &&
               has_beat(p, s->beat);
}

/* Which stories a pass of fill() takes. */
struct rule {
        enum slot slot;
        size_t max;
        size_t family_max; /* pieces of one publisher; 0: any */
        int64_t least_b;   /* of text */
        bool by_beat;      /* keep places for beats not there yet */
};

/* Fill a slot in order of rank; what is there already is not taken again. */
static void fill(struct arena *a, const struct compose_input *in,
                 struct picks *p, const struct rule *r)
{
        for (size_t i = 0; i < in->n_stories && p->n[r->slot] < r->max; i++) {
                const struct story *s = &in->stories[i];

                if (pick_slot_of(s) != r->slot || !is_told(s) ||
                    !pick_is_usable(in, s) || is_picked(p, s) ||
                    s->head->length < r->least_b)
                        continue;
                if (r->family_max &&
                    count_family(p, r->slot, s->head->source) >= r->family_max)
                        continue;
                if (r->by_beat && must_wait(p, s, r->max))
                        continue;
                add(a, p, r->slot, s);
        }
}

/* By rank: the second pass of fill() may have added a better one last. */
static void sort_slot(struct picks *p, enum slot slot)
{
        const struct story **s = p->items[slot];

        for (size_t i = 1; i < p->n[slot]; i++) {
                for (size_t k = i; k > 0 && s[k - 1]->place > s[k]->place;
                     k--) {
                        const struct story *t = s[k];

                        s[k] = s[k - 1];
                        s[k - 1] = t;
                }
        }
}

struct picks pick_stories(struct arena *a, const struct compose_input *in)
{
        const struct rule rules[] = {
                { SLOT_STORIES, in->max_stories, FAMILY_MAX, 0, true },
                { SLOT_STORIES, in->max_stories, FAMILY_MAX, 0, false },
                { SLOT_MAGAZINE, in->max_magazine, 1, LONG_READ_B, false },
                { SLOT_MAGAZINE, in->max_magazine, 0, LONG_READ_B, false },
                { SLOT_MAGAZINE, in->max_magazine, 0, 0, false },
                { SLOT_READING, in->max_reading, 1, 0, false },
                { SLOT_READING, in->max_reading, 0, 0, false },
                { SLOT_BREAK, in->max_break, 1, 0, false },
                { SLOT_BREAK, in->max_break, 0, 0, false },
        };
        struct picks p = { 0 };

        pick_lead(a, in, &p);
        for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
                fill(a, in, &p, &rules[i]);
        for (size_t slot = 0; slot < SLOT_N; slot++)
                sort_slot(&p, (enum slot)slot);
        return p;
}

/* How many to tell for each place: some turn out to have nothing to quote. */
static size_t wanted(const struct compose_input *in, enum slot slot)
{
        switch (slot) {
        case SLOT_STORIES:
                return in->max_stories * 3 + 6;
        case SLOT_MAGAZINE:
                return in->max_magazine * 3;
        case SLOT_READING:
                return in->max_reading * 2 + 2;
        default:
                return in->max_break * 3;
        }
}

#define LEADS_TOLD 5

size_t compose_candidates(struct arena *a, const struct compose_input *in,
                          struct compose_candidate **ret)
{
        size_t n[SLOT_N] = { 0 }, total = 0, leads = 0, cap = 0;
        struct compose_candidate *list = NULL;
        bool has_many = false;

        for (size_t i = 0; i < in->n_stories && !has_many; i++)
                has_many = pick_is_usable(in, &in->stories[i]) &&
                           pick_slot_of(&in->stories[i]) == SLOT_STORIES &&
                           in->stories[i].n_sources >= 2;
        for (size_t i = 0; i < in->n_stories; i++) {
                const struct story *s = &in->stories[i];
                enum slot slot = pick_slot_of(s);
                bool may_lead = slot == SLOT_STORIES && leads < LEADS_TOLD &&
                                (s->n_sources >= 2 || !has_many);

                if (!pick_is_usable(in, s) ||
                    (n[slot] >= wanted(in, slot) && !may_lead))
                        continue;
                n[slot]++;
                leads += may_lead;
                ARENA_GROW(a, list, total, cap);
                list[total++] = (struct compose_candidate) { i, may_lead };
        }
        *ret = list;
        return total;
}
