#include "edition/verify.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "conf/phrases.h"
#include "edition/agenda.h"
#include "edition/attrs.h"
#include "edition/near.h"
#include "edition/plan.h"
#include "edition/quiz_read.h"
#include "edition/sentences.h"

#define LINKS_MAX 200 /* looked at in one section */

/* An article that a block links, its texts folded. */
struct origin {
        struct str url, title, summary, text, source, authors;
        bool is_own; /* an edition of ours */
};

struct origins {
        struct origin *items[LINKS_MAX];
        size_t n;
};

struct verifier {
        struct arena *a;
        const struct verify_input *in;
        struct verify_report *report;
        size_t cap;
        struct map *known;     /* url -> struct origin, or NULL: none */
        struct map *composed;  /* pieces that compose wrote; NULL: all */
        struct map *published; /* those that were published; NULL: all */
        struct map *listing;   /* only fill this one of the two; NULL: prove */
        struct map *given;     /* source -> words, a size_t */
        bool is_ours; /* the block says that its words are an editor's */
};

/* The phrases that compose writes, and no others: the press's labels prove
 * nothing. */
static const char *const whole_phrases[] = {
        "section.stories",   "section.stories.1", "section.stories.2",
        "section.stories.3", "section.stories.4", "section.stories.5",
        "section.stories.6", "section.stories.7", "section.stories.8",
        "section.stories.9", "section.top",       "section.magazine",
        "section.reading",   "section.chart",     "section.break",
        "agenda.today",      "agenda.weekend",    "agenda.saturday",
        "agenda.long",       "agenda.days",       "section.corrections",
        "section.quiz",
};
static const char *const beat_phrases[] = {
        "beat.world",      "beat.business", "beat.markets", "beat.politics",
        "beat.technology", "beat.science",  "beat.health",  "beat.climate",
        "beat.education",  "beat.law",      "beat.work",    "beat.transport",
        "beat.culture",    "beat.sport",
};
static const char *const filled_phrases[] = { "byline",      "related",
                                              "lead.more",   "lead.sources",
                                              "lead.single", "so_far" };

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

const char *verify_proof_name(enum proof proof)
{
        static const char *const names[PROOF_N] = { "source", "phrase",
                                                    "editor", "changed",
                                                    "none" };

        return names[proof];
}

/* --- the articles --- */

static struct str folded(struct arena *a, struct str s)
{
        return s.n ? utf8_fold_space(a, s) : STR("");
}

static struct origin *origin_of(struct verifier *v, struct str url)
{
        void **place = map_at(v->known, url);
        const struct article *art;

        if (*place)
                return ((struct origin *)*place)->url.n ? *place : NULL;

        struct origin *o = arena_alloc(v->a, sizeof(*o));

        *place = o;
        art = v->in->find(v->in->user, url);
        if (!art)
                return NULL;
        *o = (struct origin) { .url = url,
                               .title = folded(v->a, art->title),
                               .summary = folded(v->a, art->summary),
                               .text = folded(v->a, art->text),
                               .source = folded(v->a, art->source),
                               .authors = art->authors,
                               .is_own = str_eq(art->kind, STR(VERIFY_OURS)) };
        return o;
}

static void add_origin(struct verifier *v, struct origins *list, struct str url)
{
        if (!url.n || list->n == LINKS_MAX || v->listing)
                return;
        struct origin *o = origin_of(v, url);

        if (o)
                list->items[list->n++] = o;
}

/* Those that a block itself links. */
static void add_links(struct verifier *v, struct origins *list,
                      const struct block *b)
{
        for (size_t i = 0; i < b->n_runs; i++)
                if (!i || !str_eq(b->runs[i].url, b->runs[i - 1].url))
                        add_origin(v, list, b->runs[i].url);
        add_origin(v, list, attrs_get(&b->attrs, "source"));
}

static void add_all_links(struct verifier *v, struct origins *list,
                          const struct block *blocks, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                add_links(v, list, &blocks[i]);
                add_all_links(v, list, blocks[i].children,
                              blocks[i].n_children);
        }
}

/* The article that has text verbatim. */
static const struct origin *find_verbatim(const struct origins *list,
                                          struct str text)
{
        for (size_t i = 0; i < list->n; i++) {
                const struct origin *o = list->items[i];

                if (str_find(o->text, text, 0) != STR_NONE ||
                    str_find(o->title, text, 0) != STR_NONE ||
                    str_find(o->summary, text, 0) != STR_NONE)
                        return o;
        }
        return NULL;
}

static bool is_author(const struct origin *o, struct str name)
{
        struct str rest = o->authors, line;

        while (str_cut(&rest, '\n', &line))
                if (name.n && str_eq(str_trim(line), name))
                        return true;
        return false;
}

/* A publisher, a reporter or a headline of the articles. */
static bool is_name(const struct origins *list, struct str s)
{
        for (size_t i = 0; i < list->n; i++) {
                const struct origin *o = list->items[i];

                if (str_eq(o->source, s) || is_author(o, s) ||
                    (s.n && str_find(o->title, s, 0) != STR_NONE))
                        return true;
        }
        return false;
}

/* "Ports close (5 March)": both are known. */
static bool is_dated_name(const struct origins *list, struct str s)
{
        size_t open = STR_NONE;

        for (size_t at = str_find(s, STR(" ("), 0); at != STR_NONE;
             at = str_find(s, STR(" ("), at + 1))
                open = at;
        return open != STR_NONE && str_ends(s, STR(")")) &&
               is_name(list, str_sub(s, 0, open)) &&
               is_name(list, str_sub(s, open + 2, s.n - open - 3));
}

/* One name, or several joined by commas or semicolons. */
static bool are_names(const struct origins *list, struct str s)
{
        s = str_trim(s);
        if (is_name(list, s) || is_dated_name(list, s))
                return true;
        for (size_t at = 0; at + 1 < s.n; at++) {
                struct str front = str_sub(s, 0, at);

                if ((s.p[at] != ',' && s.p[at] != ';') || s.p[at + 1] != ' ')
                        continue;
                if (is_name(list, front) || is_dated_name(list, front))
                        return are_names(list, str_sub(s, at + 2, s.n));
        }
        return false;
}

/* --- the phrases --- */

/* Does text read as the pattern, with names of the articles in its places? */
static bool fits(const struct origins *list, struct str pattern,
                 struct str text)
{
        size_t open = str_chr(pattern, '{', 0);

        if (open == STR_NONE)
                return str_eq(pattern, text);
        if (!str_starts(text, str_sub(pattern, 0, open)))
                return false;

        size_t close = str_chr(pattern, '}', open);

        if (close == STR_NONE)
                return false;
        text = str_sub(text, open, text.n);
        pattern = str_sub(pattern, close + 1, pattern.n);

        size_t next = str_chr(pattern, '{', 0);
        struct str literal = str_sub(pattern, 0, next);

        if (!literal.n)
                return are_names(list, text);
        for (size_t at = str_find(text, literal, 0); at != STR_NONE;
             at = str_find(text, literal, at + 1))
                if (are_names(list, str_sub(text, 0, at)) &&
                    fits(list, pattern, str_sub(text, at, text.n)))
                        return true;
        return false;
}

static struct str phrase(const struct verifier *v, const char *key)
{
        return folded(v->a, phrases_get(v->in->phrases, key));
}

/* Which variant a day has is the composer's to choose: any is a phrase. */
static bool is_filled_phrase(const struct verifier *v,
                             const struct origins *list, struct str text)
{
        struct str variant;

        for (size_t i = 0; i < COUNT(filled_phrases); i++)
                for (size_t at = 0; phrases_each(
                             v->in->phrases, filled_phrases[i], &at, &variant);)
                        if (fits(list, folded(v->a, variant), text))
                                return true;
        return false;
}

static bool is_phrase(const struct verifier *v, const char *const *keys,
                      size_t n, struct str text)
{
        struct str variant;

        for (size_t i = 0; i < n; i++)
                for (size_t at = 0;
                     phrases_each(v->in->phrases, keys[i], &at, &variant);)
                        if (str_eq(folded(v->a, variant), text))
                                return true;
        return false;
}

/* What the press calls a section, or says of an empty one. */
static bool is_planned(const struct verifier *v, struct str text)
{
        const struct plan *plan = v->in->plan;

        for (size_t i = 0; plan && text.n && i < plan->n; i++)
                if (str_eq(folded(v->a, plan->items[i].title), text) ||
                    str_eq(folded(v->a, plan->items[i].empty), text))
                        return true;
        return false;
}

/* What the press greets with, or the language does. */
static bool is_greeting(const struct verifier *v, struct str text)
{
        static const char *const key[] = { "greeting" };

        if (v->in->greeting.n)
                return str_eq(text, folded(v->a, v->in->greeting));
        return is_phrase(v, key, 1, text);
}

/* --- what an editor changed --- */

/* Did an editor change what the articles linked say? */
static bool is_changed(const struct origins *list, struct str text)
{
        for (size_t i = 0; i < list->n; i++)
                if (near_any(text, list->items[i]->text) ||
                    near_any(text, list->items[i]->summary))
                        return true;
        return false;
}

/* --- the pieces --- */

static enum proof unproved(const struct verifier *v, const struct origins *list,
                           struct str text, bool is_copied)
{
        if (v->published && !map_find(v->published, text))
                return PROOF_EDITOR;
        if (!v->composed || map_find(v->composed, text))
                return PROOF_NONE;
        return is_copied && !v->is_ours && is_changed(list, text)
                       ? PROOF_CHANGED
                       : PROOF_EDITOR;
}

/* A piece of the edition. */
struct piece {
        struct str text;
        struct str copied; /* what of it stands for a source's own words */
        int line;
        bool is_proved;
        const struct origin *o; /* by which */
        bool is_again;          /* readers had it before: it counts no words */
};

static void count_words(struct verifier *v, const struct piece *p)
{
        void **place = map_at(v->given, arena_lower(v->a, p->o->source));

        if (!*place)
                *place = arena_alloc(v->a, sizeof(size_t));
        *(size_t *)*place += utf8_words(p->copied);
}

/* Note a piece: proved by its origin or as a phrase, else the editor's or
 * nobody's. */
static void note_piece(struct verifier *v, const struct origins *list,
                       const struct piece *p)
{
        enum proof proof = p->o ? PROOF_SOURCE : PROOF_PHRASE;

        if (v->listing) {
                map_put(v->listing, p->text, v);
                return;
        }
        if (!p->is_proved)
                proof = unproved(v, list, p->text, p->copied.n > 0);
        if (p->o && p->copied.n && !p->is_again)
                count_words(v, p);
        struct verify_report *r = v->report;

        ARENA_GROW(v->a, r->items, r->n, v->cap);
        r->items[r->n++] =
                (struct verified) { .text = p->text,
                                    .copied = p->o ? p->copied : STR_NULL,
                                    .url = p->o ? p->o->url : STR_NULL,
                                    .proof = proof,
                                    .line = p->line };
        r->counts[proof]++;
}

/* One that is no sentence of a source: a heading, a name, a phrase. */
static void note(struct verifier *v, struct str text, int line, bool is_proved,
                 const struct origin *o)
{
        const struct origins none = { 0 };

        note_piece(v, &none,
                   &(struct piece) { .text = text,
                                     .line = line,
                                     .is_proved = is_proved,
                                     .o = o });
}

/* The bold front of a story: "Exclusive: headline.", "Update: headline." or a
 * topic. */
static void check_lead_in(struct verifier *v, const struct origins *list,
                          struct str text, int line)
{
        struct str marks[] = { phrase(v, "exclusive"), phrase(v, "update") },
                   stop = phrase(v, "stop");
        struct str s = str_trim(text);
        const struct origin *o;

        for (size_t i = 0; i < COUNT(marks); i++)
                if (str_starts(s, marks[i]))
                        s = str_trim(str_sub(s, marks[i].n, s.n));
        o = find_verbatim(list, s);
        if (!o && str_ends(s, stop))
                o = find_verbatim(list, str_sub(s, 0, s.n - stop.n));
        note(v, str_trim(text), line,
             o || is_phrase(v, beat_phrases, COUNT(beat_phrases), s), o);
}

static bool is_between_links(struct str s)
{
        while (s.n) {
                uint32_t c = utf8_next(&s);

                if (c != ',' && c != ';' && c != 0xb7 && c != 0x60c &&
                    c != 0x3001 && c != '|' && !utf8_is_space(c))
                        return false;
        }
        return true;
}

/* Where the links begin that close the text up to end and name their articles.
 */
static size_t credits_start(const struct prose *p, const struct origins *list,
                            size_t from, size_t end)
{
        for (size_t i = p->n_spans; i-- > 0;) {
                const struct span *sp = &p->spans[i];

                if (sp->to > end)
                        continue;
                if (sp->from < from ||
                    !is_between_links(str_sub(p->text, sp->to, end - sp->to)) ||
                    !are_names(list,
                               str_sub(p->text, sp->from, sp->to - sp->from)))
                        break;
                end = sp->from;
        }
        return end;
}

/* One sentence from..end; returns where the next begins. */
static size_t check_sentence(struct verifier *v, const struct origins *list,
                             const struct prose *p, size_t from, int line)
{
        size_t end = prose_sentence_end(p, from), stop;
        struct str rest = str_trim(str_sub(p->text, from, p->text.n));
        struct str text = str_trim(str_sub(p->text, from, end - from));
        const struct origin *o;

        if (v->listing) {
                note(v, text, line, true, NULL);
                return end;
        }
        if (is_filled_phrase(v, list, rest)) {
                note(v, rest, line, true, NULL);
                return p->text.n;
        }
        o = find_verbatim(list, text);
        if (o && o->is_own) {
                note(v, text, line, true, o);
                return end;
        }
        if (o || is_filled_phrase(v, list, text)) {
                note_piece(v, list,
                           &(struct piece) { .text = text,
                                             .copied = o ? text : STR_NULL,
                                             .line = line,
                                             .is_proved = true,
                                             .o = o });
                return end;
        }
        stop = credits_start(p, list, from, end);

        struct str words = str_trim(str_sub(p->text, from, stop - from));

        if (!is_between_links(words)) {
                o = find_verbatim(list, words);
                note_piece(v, list,
                           &(struct piece) { .text = o ? words : text,
                                             .copied = o && o->is_own ? STR_NULL
                                                                      : words,
                                             .line = line,
                                             .is_proved = o != NULL,
                                             .o = o });
        }
        return end;
}

static void check_prose(struct verifier *v, const struct origins *list,
                        const struct block *b)
{
        struct prose p = prose_of(v->a, b->runs, b->n_runs);
        struct str colon = phrase(v, "topic.colon");
        size_t at = p.body;

        if (is_greeting(v, p.text) || is_planned(v, p.text)) {
                note(v, p.text, b->line, true, NULL);
                return;
        }
        if (at) {
                check_lead_in(v, list, str_sub(p.text, 0, at), b->line);
                if (str_starts(str_trim(str_sub(p.text, at, p.text.n)), colon))
                        at = prose_skip_space(&p, at) + colon.n;
        }
        for (at = prose_skip_space(&p, at); at < p.text.n;
             at = prose_skip_space(&p, at))
                at = check_sentence(v, list, &p, at, b->line);
}

/* The words between the marks, and who said them. */
static void check_quote(struct verifier *v, const struct origins *list,
                        const struct block *b)
{
        struct str s = prose_of(v->a, b->runs, b->n_runs).text;
        struct str open = phrase(v, "quote.open"),
                   close = phrase(v, "quote.close"),
                   by = folded(v->a, attrs_get(&b->attrs, "by"));
        struct str words = s;
        const struct origin *o;

        if (str_starts(words, open))
                words = str_sub(words, open.n, words.n);
        if (str_ends(words, close))
                words.n -= close.n;
        words = str_trim(words);
        o = find_verbatim(list, words);
        if (s.n)
                note_piece(v, list,
                           &(struct piece) { .text = s,
                                             .copied = words,
                                             .line = b->line,
                                             .is_proved = o != NULL,
                                             .o = o });
        o = find_verbatim(list, by);
        if (by.n)
                note(v, by, b->line, o || are_names(list, by), o);
}

static void note_chart(struct verifier *v, const struct block *b)
{
        struct verify_report *r = v->report;
        enum proof proof;

        if (!b->chart || !b->chart->title.n || v->listing)
                return;
        proof = verify_chart(v->in, b->chart);
        ARENA_GROW(v->a, r->items, r->n, v->cap);
        r->items[r->n++] = (struct verified) { .text = b->chart->title,
                                               .url = b->chart->source_url,
                                               .proof = proof,
                                               .line = b->line + 1 };
        r->counts[proof]++;
}

/* A question is a sentence that was printed before, with a gap; its wrong
 * answers say nothing. */
static void check_quiz(struct verifier *v, const struct block *b)
{
        const struct quiz_question *q = b->quiz;
        struct origins list = { 0 }, printed = { 0 };
        const struct origin *o;

        if (!q || !q->question.n)
                return;
        add_origin(v, &list, q->source_url);
        add_origin(v, &printed, q->about_url);
        o = find_verbatim(&list, folded(v->a, q->because));
        note_piece(v, &list,
                   &(struct piece) { .text = q->because,
                                     .copied = folded(v->a, q->because),
                                     .line = b->line,
                                     .is_proved = o != NULL,
                                     .is_again = true,
                                     .o = o });
        note(v, q->question, b->line, o && quiz_is_gapped(v->a, q), o);
        note(v, q->source, b->line, are_names(&list, q->source), o);
        o = find_verbatim(&printed, folded(v->a, q->about));
        note(v, q->about, b->line, o != NULL, o);
}

static void check_blocks(struct verifier *v, const struct origins *around,
                         const struct block *blocks, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                const struct block *b = &blocks[i];
                struct origins list = *around;

                note_chart(v, b);
                check_quiz(v, b);
                if (b->kind == BLOCK_CODE || b->kind == BLOCK_RULE)
                        continue;
                bool was_ours = v->is_ours;

                v->is_ours |= attrs_has_class(&b->attrs, "ours");
                add_links(v, &list, b);
                if (b->kind == BLOCK_QUOTE)
                        check_quote(v, &list, b);
                else
                        check_prose(v, &list, b);
                check_blocks(v, &list, b->children, b->n_children);
                v->is_ours = was_ours;
        }
}

/* --- the agenda --- */

static const struct event *event_of(struct verifier *v, const struct block *b)
{
        int64_t id;

        if (v->listing || !v->in->find_event ||
            scan_i64(attrs_get(&b->attrs, "event"), 1, INT64_MAX, &id) < 0)
                return NULL;
        return v->in->find_event(v->in->user, id);
}

/* Its title, with the stop that compose puts behind it. */
static bool is_title(const struct verifier *v, const struct event *e,
                     struct str text)
{
        struct str title = folded(v->a, e->title), stop = phrase(v, "stop");

        return str_eq(text, title) ||
               (str_ends(text, stop) &&
                str_eq(str_sub(text, 0, text.n - stop.n), title));
}

/* A fact that stands in an attribute: it is the event's, or the editor's. */
static void check_fact(struct verifier *v, const struct block *b,
                       const char *key, struct str want, const struct origin *o)
{
        struct str is = attrs_get(&b->attrs, key);

        if (is.n)
                note(v, arena_printf(v->a, "%s=" STR_FMT, key, STR_ARG(is)),
                     b->line, o && str_eq(is, want), o);
}

static void check_facts(struct verifier *v, const struct block *b,
                        const struct event *e, const struct origin *o)
{
        static const struct event none = { 0 };
        bool is_tentative = attrs_has_class(&b->attrs, "tentative");
        struct str zone, at = STR(""), said = attrs_get(&b->attrs, "zone");

        if (!e)
                e = &none;
        zone = agenda_zone(e, v->in->zone);
        if (o)
                at = agenda_at(v->a, e, e->start_at, zone);
        check_fact(v, b, "at", at, o);
        if (said.n)
                check_fact(v, b, "zone", zone, o);
        check_fact(v, b, "place", e->place, o);
        check_fact(v, b, "expected", e->expected, o);
        check_fact(v, b, "previous", e->previous, o);
        if (is_tentative || e->is_tentative)
                note(v, STR(".tentative"), b->line,
                     o && is_tentative == e->is_tentative, o);
}

/* "**Category**: Title. [Source](url)": all of it is the event's. */
static void check_event(struct verifier *v, const struct block *b)
{
        struct prose p = prose_of(v->a, b->runs, b->n_runs);
        const struct event *e = event_of(v, b);
        struct str colon = phrase(v, "topic.colon"), lead, text, link;
        struct origin origin = { .url = e ? e->url : STR_NULL };
        const struct origin *o = e ? &origin : NULL;
        size_t at = p.body, end = p.text.n;

        if (p.n_spans && p.spans[p.n_spans - 1].to == end)
                end = p.spans[p.n_spans - 1].from;
        link = str_sub(p.text, end, p.text.n - end);
        lead = str_trim(str_sub(p.text, 0, at));
        if (at && str_starts(str_trim(str_sub(p.text, at, p.text.n)), colon))
                at = prose_skip_space(&p, at) + colon.n;
        text = at < end ? str_trim(str_sub(p.text, at, end - at)) : STR("");
        if (lead.n)
                note(v, lead, b->line,
                     e && str_eq(lead, folded(v->a, e->category)), o);
        if (text.n)
                note(v, text, b->line, e && is_title(v, e, text), o);
        if (link.n)
                note(v, link, b->line,
                     e && str_eq(p.spans[p.n_spans - 1].url, e->url) &&
                             str_eq(link, folded(v->a, agenda_source(v->a, e))),
                     o);
        check_facts(v, b, e, o);
}

/* Lists of events; what else stands there is prose as anywhere. */
static void check_agenda(struct verifier *v, const struct section *s)
{
        const struct origins none = { 0 };

        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];

                if (b->kind != BLOCK_LIST)
                        check_blocks(v, &none, b, 1);
                for (size_t k = 0; b->kind == BLOCK_LIST && k < b->n_children;
                     k++) {
                        check_event(v, &b->children[k]);
                        check_blocks(v, &none, b->children[k].children,
                                     b->children[k].n_children);
                }
        }
}

static void check_heading(struct verifier *v, const struct section *s)
{
        struct str text = prose_of(v->a, s->runs, s->n_runs).text;
        struct origins list = { 0 };
        const struct origin *o;

        if (!text.n)
                return;
        add_all_links(v, &list, s->blocks, s->n_blocks);
        o = find_verbatim(&list, text);
        note(v, text, s->line,
             o || is_planned(v, text) ||
                     is_phrase(v, whole_phrases, COUNT(whole_phrases), text),
             o);
}

/* The title is a headline of any article that the edition links. */
static void check_title(struct verifier *v, const struct edition *e)
{
        struct str text = folded(v->a, e->title);
        const struct origin *o = NULL;

        for (size_t i = 0; i < e->n_sections && !o; i++) {
                struct origins list = { 0 };

                add_all_links(v, &list, e->sections[i].blocks,
                              e->sections[i].n_blocks);
                o = find_verbatim(&list, text);
        }
        note(v, text, 1, o != NULL, o);
}

static void check_all(struct verifier *v, const struct edition *e)
{
        const struct origins none = { 0 };

        check_title(v, e);
        for (size_t i = 0; i < e->n_sections; i++) {
                check_heading(v, &e->sections[i]);
                if (e->sections[i].kind == SECTION_AGENDA) {
                        check_agenda(v, &e->sections[i]);
                        continue;
                }
                check_blocks(v, &none, e->sections[i].blocks,
                             e->sections[i].n_blocks);
        }
}

/* Which sources give more than they may. */
static void find_excess(struct verifier *v)
{
        struct verify_report *r = v->report;
        size_t at = 0, cap = 0;
        struct str key;
        void *value;

        while (v->in->max_words && map_each(v->given, &at, &key, &value)) {
                size_t n = *(const size_t *)value;

                if (n <= v->in->max_words)
                        continue;
                ARENA_GROW(v->a, r->over, r->n_over, cap);
                r->over[r->n_over++] = (struct verify_excess) { key, n };
        }
}

/* The pieces of another version; NULL: there is none. */
static struct map *list_pieces(struct verifier *v, const struct edition *e)
{
        struct map *pieces;

        if (!e)
                return NULL;
        pieces = map_new(v->a);
        v->listing = pieces;
        check_all(v, e);
        v->listing = NULL;
        return pieces;
}

void verify_edition(struct arena *a, const struct verify_input *in,
                    struct verify_report *ret)
{
        struct verifier v = {
                .a = a,
                .in = in,
                .report = ret,
                .known = map_new(a),
                .given = map_new(a),
        };

        *ret = (struct verify_report) { 0 };
        v.composed = list_pieces(&v, in->composed);
        v.published = list_pieces(&v, in->published);
        check_all(&v, in->edition);
        find_excess(&v);
}
