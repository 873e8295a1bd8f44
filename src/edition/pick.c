#include "edition/pick.h"

#include "base/arena.h"

#define FAMILY_MAX 2 /* of one publisher in the list */
#define BEATS_MIN 3
#define LEAD_PARAGRAPHS 2 /* of a lead that is worth the place */
#define LEAD_SOURCES 2
#define LONG_READ_B 2500 /* some 400 words: what deserves the name */

struct picking {
        struct arena *a;
        const struct compose_input *in;
        struct picks p;
        bool is_single;  /* the press reads one publisher only */
        bool *is_barred; /* by story: nothing can bring it in */
};

struct plan pick_plan(struct arena *a, const struct compose_input *in)
{
        const struct plan_rooms rooms = { { [PLAN_STORIES] = in->max_stories,
                                            [PLAN_MAGAZINE] = in->max_magazine,
                                            [PLAN_READING] = in->max_reading,
                                            [PLAN_BREAK] = in->max_break } };
        struct plan plan = { 0 };
        struct err err;

        if (in->plan)
                return *in->plan;
        /* No lines: nothing in them can be wrong. */
        if (plan_parse(a, NULL, 0, &rooms, &plan, &err) < 0)
                return (struct plan) { 0 };
        return plan;
}

static const struct plan_section *section(const struct picks *p, size_t at)
{
        return &p->plan.items[at];
}

static bool has_lead(const struct picks *p)
{
        return p->lead < p->plan.n && p->n[p->lead];
}

/* "en" of "en-GB". */
static struct str primary(struct str tag)
{
        size_t n = 0;

        while (n < tag.n && chr_is_alpha(tag.p[n]))
                n++;
        return str_sub(tag, 0, n);
}

static bool is_pinned(const struct story *s)
{
        return s->choice == CHOICE_LEAD || s->choice == CHOICE_PIN;
}

static double value_of(const struct story *s, const char *name)
{
        for (size_t i = 0; i < s->n_terms; i++)
                if (str_eq(s->terms[i].name, str_c(name)))
                        return s->terms[i].value;
        return 1;
}

static struct str why_no_place(struct arena *a, const struct story *s)
{
        if (value_of(s, "kind") <= 0)
                return arena_printf(a, "left out: " STR_FMT " is never printed",
                                    STR_ARG(s->kind));
        if (value_of(s, "interest") <= 0)
                return STR("left out: its topic is muted");
        return STR("left out: its score is under the floor");
}

/* The rule that keeps a story out whatever else there is; absent: none. */
static struct str barred(struct arena *a, const struct compose_input *in,
                         const struct story *s)
{
        if (s->choice == CHOICE_KILL)
                return STR("left out: the editor killed it");
        if (!s->title.n || !s->head || !s->head->url.n)
                return STR("left out: it has no headline that can be linked");
        if (is_pinned(s))
                return STR_NULL;
        if (s->told_as)
                return arena_printf(a,
                                    "left out: story %lld tells it in the "
                                    "edition's language",
                                    (long long)s->told_as);
        if (!s->place)
                return why_no_place(a, s);
        if (s->language.n &&
            !str_eq_nocase(primary(s->language), primary(in->language)))
                return arena_printf(a,
                                    "left out: it is told in " STR_FMT
                                    ", the edition is in " STR_FMT,
                                    STR_ARG(primary(s->language)),
                                    STR_ARG(primary(in->language)));
        if (s->n_printed && !s->has_news)
                return arena_printf(a,
                                    "left out: the edition of " STR_FMT
                                    " carried it, and nothing new is told "
                                    "since",
                                    STR_ARG(s->printed[0]->day));
        if (s->same_as)
                return arena_printf(a,
                                    "left out: story %lld ranks higher and "
                                    "says the same",
                                    (long long)s->same_as);
        return STR_NULL;
}

/* May it stand in a slot? What is pinned may without a sentence. */
static bool is_ready(const struct picking *k, const struct story *s)
{
        return k->in->is_preview || is_pinned(s) || s->n_blurb > 0 ||
               s->n_paragraphs > 0;
}

static bool is_picked(const struct picks *p, const struct story *s)
{
        for (size_t slot = 0; slot < p->plan.n; slot++)
                for (size_t i = 0; i < p->n[slot]; i++)
                        if (p->items[slot][i]->id == s->id ||
                            str_eq_nocase(p->items[slot][i]->title, s->title))
                                return true;
        return false;
}

static void add(struct picking *k, size_t slot, struct story *s,
                struct str rule)
{
        struct picks *p = &k->p;
        const struct story **items =
                arena_array(k->a, p->n[slot] + 1, sizeof(*items));

        for (size_t i = 0; i < p->n[slot]; i++)
                items[i] = p->items[slot][i];
        items[p->n[slot]++] = s;
        p->items[slot] = items;
        s->slot = section(p, slot)->name;
        s->rule = rule;
}

/* --- the lead --- */

/* How well a story could lead, 0: not at all. */
static int lead_worth(const struct picking *k, const struct story *s)
{
        if (s->choice == CHOICE_LEAD)
                return 3;
        if (!str_eq(s->kind, STR("news")) || !is_ready(k, s) ||
            (s->n_sources < LEAD_SOURCES && !k->is_single))
                return 0;
        return s->n_paragraphs >= LEAD_PARAGRAPHS || k->in->is_preview ? 2 : 1;
}

static struct str lead_rule(const struct picking *k, const struct story *s)
{
        if (s->choice == CHOICE_LEAD)
                return STR("leads: the editor pinned it there");
        if (s->n_sources < LEAD_SOURCES)
                return STR("leads: it ranks first, and the press reads one "
                           "publisher only");
        if (lead_worth(k, s) < 2)
                return STR("leads: two publishers or more tell it, though "
                           "none at length");
        return s->place == 1
                       ? STR("leads: it ranks first, and two publishers or "
                             "more tell it")
                       : STR("leads: the first in rank that two publishers "
                             "or more tell and that fills the place");
}

/* A lead may be of certain beats only; what the editor pinned there, of any. */
static bool may_lead(const struct picking *k, const struct story *s)
{
        return s->choice == CHOICE_LEAD ||
               plan_takes(section(&k->p, k->p.lead), s);
}

/* The best ranked of those that are worth the most as a lead. */
static void pick_lead(struct picking *k)
{
        struct story *best = NULL;

        if (k->p.lead == k->p.plan.n)
                return;

        for (size_t i = 0; i < k->in->n_stories; i++) {
                struct story *s = &k->in->stories[i];

                if (!k->is_barred[i] &&
                    lead_worth(k, s) > (best ? lead_worth(k, best) : 0) &&
                    may_lead(k, s))
                        best = s;
        }
        if (best)
                add(k, k->p.lead, best, lead_rule(k, best));
}

/* --- the lists --- */

static size_t count_family(const struct picks *p, size_t slot,
                           struct str source)
{
        size_t n = 0;

        for (size_t i = 0; i < p->n[slot]; i++)
                n += str_eq_nocase(p->items[slot][i]->head->source, source);
        return n;
}

static bool has_beat(const struct picks *p, size_t slot, struct str beat)
{
        for (size_t i = 0; i < p->n[slot]; i++)
                if (str_eq(p->items[slot][i]->beat, beat))
                        return true;
        return false;
}

static size_t count_beats(const struct picks *p, size_t slot)
{
        size_t n = 0;

        for (size_t i = 0; i < p->n[slot]; i++) {
                bool is_new = true;

                for (size_t k = 0; k < i; k++)
                        is_new &= !str_eq(p->items[slot][i]->beat,
                                          p->items[slot][k]->beat);
                n += is_new;
        }
        return n;
}

/* Keep the last places for beats that are not there yet. */
static bool must_wait(const struct picks *p, const struct story *s, size_t slot,
                      size_t max)
{
        size_t beats = count_beats(p, slot), left = max - p->n[slot];

        return beats < BEATS_MIN && left <= BEATS_MIN - beats &&
               has_beat(p, slot, s->beat);
}

/* Which stories a pass of fill() takes. */
struct rule {
        size_t slot;
        size_t max;
        size_t family_max; /* pieces of one publisher; 0: any */
        int64_t least_b;   /* of text */
        bool by_beat;      /* keep places for beats not there yet */
        bool pinned;       /* only those, all of them */
};

/* Why a pass does not take it; absent: it does. */
static struct str passed_over(const struct picking *k, const struct rule *r,
                              const struct story *s)
{
        if (r->pinned)
                return STR_NULL;
        if (!is_ready(k, s))
                return STR("left out: no sentence of it can be quoted");
        if (s->head->length < r->least_b)
                return STR("left out: it is too short for a long read");
        if (r->family_max &&
            count_family(&k->p, r->slot, s->head->source) >= r->family_max)
                return arena_printf(k->a,
                                    "left out: %zu of " STR_FMT
                                    " stand there already, the most of one "
                                    "publisher",
                                    r->family_max, STR_ARG(s->head->source));
        if (r->by_beat && must_wait(&k->p, s, r->slot, r->max))
                return arena_printf(k->a,
                                    "left out: the last places are kept for "
                                    "other beats, and " STR_FMT
                                    " is there already",
                                    STR_ARG(s->beat));
        return STR_NULL;
}

static struct str taken_rule(const struct picking *k, const struct story *s,
                             size_t slot)
{
        const struct plan_section *in = section(&k->p, slot);

        if (is_pinned(s))
                return STR("in: the editor pinned it");
        if (in->kind != PLAN_STORIES)
                return arena_printf(k->a, "in: one of the best of " STR_FMT,
                                    STR_ARG(s->kind));
        if (in->beats.n)
                return arena_printf(k->a, "in: one of the best of " STR_FMT,
                                    STR_ARG(s->beat));
        if (s->rule.p)
                return STR("in: no story of another beat was left for the "
                           "place");
        if (has_lead(&k->p) && s->place < k->p.items[k->p.lead][0]->place)
                return str_eq(s->kind, STR("news"))
                               ? (s->n_sources < LEAD_SOURCES
                                          ? STR("in: it ranks above the lead, "
                                                "but one publisher alone "
                                                "tells it")
                                          : STR("in: it ranks above the lead, "
                                                "but has less to tell"))
                               : arena_printf(k->a,
                                              "in: it ranks above the lead, "
                                              "but " STR_FMT " never leads",
                                              STR_ARG(s->kind));
        return STR("in: by its rank");
}

/* Fill a slot in order of rank; what is there already is not taken again. */
static void fill(struct picking *k, const struct rule *r)
{
        for (size_t i = 0; i < k->in->n_stories; i++) {
                struct story *s = &k->in->stories[i];
                struct str reason;

                if (!plan_takes(section(&k->p, r->slot), s) || s->slot.p ||
                    (r->pinned && !is_pinned(s)) || k->is_barred[i])
                        continue;
                if (!r->pinned && k->p.n[r->slot] >= r->max)
                        return;
                if (is_picked(&k->p, s)) {
                        s->rule = STR("left out: its headline is printed "
                                      "already");
                        continue;
                }
                reason = passed_over(k, r, s);
                if (reason.p)
                        s->rule = reason;
                else
                        add(k, r->slot, s, taken_rule(k, s, r->slot));
        }
}

/* By rank: the second pass of fill() may have added a better one last. What
 * is pinned stands first. */
static bool stands_before(const struct story *a, const struct story *b)
{
        if (is_pinned(a) != is_pinned(b))
                return is_pinned(a);
        return a->place < b->place;
}

static void sort_slot(struct picks *p, size_t slot)
{
        const struct story **s = p->items[slot];

        for (size_t i = 1; i < p->n[slot]; i++) {
                for (size_t k = i; k > 0 && stands_before(s[k], s[k - 1]);
                     k--) {
                        const struct story *t = s[k];

                        s[k] = s[k - 1];
                        s[k - 1] = t;
                }
        }
}

/* Where each stands; what no rule spoke of found its slot full. */
static void number_all(struct picking *k)
{
        for (size_t slot = 0; slot < k->p.plan.n; slot++)
                for (size_t i = 0; i < k->p.n[slot]; i++)
                        for (size_t m = 0; m < k->in->n_stories; m++)
                                if (&k->in->stories[m] == k->p.items[slot][i])
                                        k->in->stories[m].slot_at =
                                                (int64_t)i + 1;
        for (size_t i = 0; i < k->in->n_stories; i++)
                if (!k->in->stories[i].rule.p)
                        k->in->stories[i].rule =
                                STR("left out: what ranks higher fills the "
                                    "places");
}

static bool is_single_press(const struct compose_input *in)
{
        struct str only = STR_NULL;

        for (size_t i = 0; i < in->n_stories; i++) {
                const struct story *s = &in->stories[i];

                if (plan_kind_of(s) != PLAN_STORIES || !s->head)
                        continue;
                if (s->n_sources >= LEAD_SOURCES ||
                    (only.p && !str_eq_nocase(only, s->head->source)))
                        return false;
                only = s->head->source;
        }
        return true;
}

/* The passes that fill a section: what is pinned, then by the strictest rule.
 */
static void fill_section(struct picking *k, size_t at)
{
        const struct plan_section *in = section(&k->p, at);
        bool is_mixed = !in->beats.n; /* of one beat, none can wait */
        size_t max = in->max;
        const struct rule list[] = {
                { at, max, 0, 0, false, true },
                { at, max, FAMILY_MAX, 0, is_mixed, false },
                { at, max, FAMILY_MAX, 0, false, false },
        };
        const struct rule pieces[] = {
                { at, max, 0, 0, false, true },
                { at, max, 1, 0, false, false },
                { at, max, 0, 0, false, false },
        };
        const struct rule long_reads[] = {
                { at, max, 0, 0, false, true },
                { at, max, 1, LONG_READ_B, false, false },
                { at, max, 0, LONG_READ_B, false, false },
                { at, max, 0, 0, false, false },
        };
        const struct rule *rules = in->kind == PLAN_STORIES    ? list
                                   : in->kind == PLAN_MAGAZINE ? long_reads
                                                               : pieces;

        for (size_t i = 0; i < (in->kind == PLAN_MAGAZINE ? 4 : 3); i++)
                fill(k, &rules[i]);
}

/* Nothing picked, each story judged by what keeps it out whatever there is. */
static void begin(struct picking *k)
{
        const struct compose_input *in = k->in;

        k->p.plan = pick_plan(k->a, in);
        k->p.items = arena_array(k->a, k->p.plan.n + 1, sizeof(*k->p.items));
        k->p.n = arena_array(k->a, k->p.plan.n + 1, sizeof(*k->p.n));
        k->p.lead = 0;
        while (k->p.lead < k->p.plan.n &&
               section(&k->p, k->p.lead)->kind != PLAN_LEAD)
                k->p.lead++;
        k->is_barred = arena_array(k->a, in->n_stories + 1, sizeof(bool));
        for (size_t i = 0; i < in->n_stories; i++) {
                in->stories[i].slot = STR_NULL;
                in->stories[i].slot_at = 0;
                in->stories[i].rule = barred(k->a, in, &in->stories[i]);
                k->is_barred[i] = in->stories[i].rule.p != NULL;
        }
}

struct picks pick_stories(struct arena *a, const struct compose_input *in)
{
        struct picking k = { .a = a,
                             .in = in,
                             .is_single = is_single_press(in) };

        begin(&k);
        pick_lead(&k);
        for (size_t i = 0; i < k.p.plan.n; i++) {
                enum plan_kind kind = section(&k.p, i)->kind;

                if (kind != PLAN_LEAD && kind < PLAN_PICKED)
                        fill_section(&k, i);
                sort_slot(&k.p, i);
        }
        number_all(&k);
        return k.p;
}

void compose_preview(struct arena *a, struct compose_input *in)
{
        in->is_preview = true;
        (void)pick_stories(a, in);
}

/* --- what to tell --- */

/* How many to tell for each place: some turn out to have nothing to quote. */
static size_t wanted(const struct plan_section *s)
{
        switch (s->kind) {
        case PLAN_LEAD:
                return 0; /* leads are counted apart */
        case PLAN_STORIES:
                return s->max * 3 + 6;
        case PLAN_READING:
                return s->max * 2 + 2;
        default:
                return s->max * 3;
        }
}

/* Is one of the sections that would take it short of candidates? Counts it. */
static bool is_wanted(const struct plan *plan, size_t *told,
                      const struct story *s)
{
        bool is_short = false;

        for (size_t i = 0; i < plan->n; i++)
                if (plan_takes(&plan->items[i], s))
                        is_short |= told[i] < wanted(&plan->items[i]);
        return is_short;
}

static void count_told(const struct plan *plan, size_t *told,
                       const struct story *s)
{
        for (size_t i = 0; i < plan->n; i++)
                told[i] += plan_takes(&plan->items[i], s);
}

#define LEADS_TOLD 5

size_t compose_candidates(struct arena *a, const struct compose_input *in,
                          struct compose_candidate **ret)
{
        struct plan plan = pick_plan(a, in);
        size_t total = 0, leads = 0, cap = 0,
               *told = arena_array(a, plan.n + 1, sizeof(*told));
        struct compose_candidate *list = NULL;
        bool is_single = is_single_press(in);

        for (size_t i = 0; i < in->n_stories; i++) {
                const struct story *s = &in->stories[i];
                bool may_lead =
                        (str_eq(s->kind, STR("news")) && leads < LEADS_TOLD &&
                         (s->n_sources >= LEAD_SOURCES || is_single)) ||
                        s->choice == CHOICE_LEAD;

                if ((!is_wanted(&plan, told, s) && !may_lead &&
                     !is_pinned(s)) ||
                    barred(a, in, s).p)
                        continue;
                count_told(&plan, told, s);
                leads += may_lead;
                ARENA_GROW(a, list, total, cap);
                list[total++] = (struct compose_candidate) { i, may_lead };
        }
        *ret = list;
        return total;
}
