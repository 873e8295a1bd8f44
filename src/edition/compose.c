#include "edition/compose.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "edition/agenda.h"
#include "edition/composer.h"
#include "edition/copy.h"
#include "edition/escape.h"
#include "edition/pick.h"
#include "edition/quiz_draft.h"
#include "edition/slots.h"
#include "edition/slug.h"

#define BLURB_SENTENCES 3
#define PIECE_SENTENCES 2
#define RELATED_MAX 2
#define MORE_MAX 2
#define SO_FAR_MAX 3  /* earlier editions named */
#define QUOTE_AFTER 2 /* paragraphs of the lead */

static struct str headline(const struct composer *c, const struct story *s)
{
        return composer_title(c, s->head, s->title);
}

/*
 * "The story so far: headline (5 March); headline (4 March)": what the earlier
 * editions called it, each linked to its edition.
 */
static void put_so_far(struct composer *c, const struct story *s,
                       const char *before)
{
        struct str links = STR("");
        struct attrs attrs = { 0 };

        if (!composer_is_update(s))
                return;
        for (size_t i = 0; i < s->n_printed && i < SO_FAR_MAX; i++) {
                const struct past *p = s->printed[i];

                struct str day = composer_link(c, p->day, STR(""));

                links = arena_printf(
                        c->a, STR_FMT "%s" STR_FMT, STR_ARG(links),
                        i ? "; " : "",
                        STR_ARG(composer_link(c, p->title.n ? p->title : p->day,
                                              p->url)));
                if (p->title.n)
                        links = arena_printf(c->a, STR_FMT " (" STR_FMT ")",
                                             STR_ARG(links), STR_ARG(day));
        }
        const struct phrase_arg args[] = { { "links", links } };

        attrs_add(c->a, &attrs, "", STR("so-far"));
        buf_puts(c->out, before);
        buf_put(c->out, composer_fill(c, "so_far", args, 1));
        composer_end(c, &attrs);
}

/* --- the lead --- */

static void put_heading(struct composer *c, int level, const char *kind,
                        struct str text, struct attrs attrs)
{
        struct attrs all = { 0 };

        attrs_add(c->a, &all, "", str_c(kind));
        for (size_t i = 0; i < attrs.n; i++)
                attrs_add(c->a, &all, arena_cstr(c->a, attrs.items[i].key),
                          attrs.items[i].value);
        buf_puts(c->out, level == 1 ? "\n# " : "\n## ");
        escape_text(c->out, text);
        composer_end(c, &all);
}

/* The sentences from the first on that their source may still give; how many.
 */
static size_t put_sentences(struct composer *c, const struct sentence *items,
                            size_t n)
{
        size_t i;

        for (i = 0; i < n; i++) {
                if (!composer_takes(c, items[i].from, items[i].text))
                        break;
                if (i) {
                        buf_char(c->out, ' ');
                        escape_text(c->out, items[i].text);
                } else {
                        buf_char(c->out, '\n');
                        escape_start(c->out, items[i].text);
                }
        }
        return i;
}

static void put_paragraph(struct composer *c, const struct paragraph *p)
{
        if (!put_sentences(c, p->items, p->n))
                return;
        composer_credits(c, &p->items[0].from, 1);
        buf_char(c->out, '\n');
}

/* Words that a paragraph prints already are not quoted again. */
static bool is_quotable(const struct story *s)
{
        if (!s->quote || !s->quote->text.n)
                return false;
        for (size_t i = 0; i < s->n_paragraphs; i++)
                for (size_t k = 0; k < s->paragraphs[i].n; k++)
                        if (str_find(s->paragraphs[i].items[k].text,
                                     s->quote->text, 0) != STR_NONE)
                                return false;
        return true;
}

static void put_quote(struct composer *c, const struct quote *q)
{
        struct attrs attrs = { 0 };

        if (!composer_takes(c, q->from, q->text))
                return;
        attrs_add(c->a, &attrs, "source", q->from->url);
        if (q->said_by.n)
                attrs_add(c->a, &attrs, "by", q->said_by);
        if (q->from->source.n)
                attrs_add(c->a, &attrs, "outlet", q->from->source);
        buf_puts(c->out, "\n> ");
        buf_put(c->out, composer_phrase(c, "quote.open"));
        escape_text(c->out, q->text);
        buf_put(c->out, composer_phrase(c, "quote.close"));
        composer_end(c, &attrs);
        composer_note_link(c, q->from);
}

/* "More from The Ledger: [headline](url)" */
static void put_more(struct composer *c, const struct article *art)
{
        const struct phrase_arg args[] = {
                { "source", composer_link(c, art->source, STR("")) },
                { "title", composer_link(c, composer_title(c, art, art->title),
                                         art->url) },
        };
        struct attrs attrs = { 0 };

        attrs_add(c->a, &attrs, "", STR("more"));
        composer_foreign(c, art, &attrs);
        buf_char(c->out, '\n');
        buf_put(c->out, composer_fill(c, "lead.more", args, 2));
        composer_end(c, &attrs);
        composer_note_link(c, art);
}

/*
 * One line with a link to each publisher that tells the story. The lead comes
 * first in the copy, so all that is linked so far is the story's.
 */
static void put_sources(struct composer *c, const struct story *s)
{
        struct str links = STR("");
        struct attrs attrs = { 0 };
        const struct article **list = arena_array(
                c->a, s->n_articles + s->n_abroad + map_count(c->linked) + 1,
                sizeof(*list));
        size_t n = 0, at = 0;
        struct str key;
        void *value;

        /* Whose headline it is; those that the text links; the others. */
        if (!composer_is_linked(c, s->head) && s->head->source.n)
                list[n++] = s->head;
        while (map_each(c->linked, &at, &key, &value)) {
                const struct article *art = value;

                if (art->source.n && !composer_has_family(list, n, art->source))
                        list[n++] = art;
        }
        for (size_t i = 0; i < s->n_articles; i++)
                if (s->articles[i]->source.n &&
                    !composer_has_family(list, n, s->articles[i]->source))
                        list[n++] = s->articles[i];
        for (size_t i = 0; i < s->n_abroad; i++)
                if (s->abroad[i]->source.n &&
                    !composer_has_family(list, n, s->abroad[i]->source))
                        list[n++] = s->abroad[i];
        for (size_t i = 0; i < n; i++) {
                links = arena_printf(c->a, STR_FMT "%s" STR_FMT, STR_ARG(links),
                                     i ? ", " : "",
                                     STR_ARG(composer_link(c, list[i]->source,
                                                           list[i]->url)));
                composer_note_link(c, list[i]);
        }
        const struct phrase_arg args[] = { { "links", links } };

        attrs_add(c->a, &attrs, "", STR("sources"));
        buf_char(c->out, '\n');
        buf_put(c->out, composer_fill(c, n > 1 ? "lead.sources" : "lead.single",
                                      args, 1));
        composer_end(c, &attrs);
}

static void put_lead(struct composer *c, const struct story *s)
{
        const struct article *more[MORE_MAX];
        struct paragraph blurb = { s->blurb, s->n_blurb };
        size_t n_paragraphs = s->n_paragraphs ? s->n_paragraphs : 1;
        const struct paragraph *list = s->n_paragraphs ? s->paragraphs : &blurb;

        put_heading(c, 1, "lead", headline(c, s), composer_story(c, s));
        composer_note_title(c, headline(c, s));
        for (size_t i = 0; i < n_paragraphs; i++) {
                put_paragraph(c, &list[i]);
                if (is_quotable(s) &&
                    (i + 1 == QUOTE_AFTER ||
                     (i + 1 == n_paragraphs && n_paragraphs < QUOTE_AFTER)))
                        put_quote(c, s->quote);
        }
        size_t n = composer_others(c, s, more, MORE_MAX);

        for (size_t i = 0; i < n; i++)
                put_more(c, more[i]);
        put_so_far(c, s, "\n");
        put_sources(c, s);
}

/* --- the list --- */

/* "**Exclusive: headline.**", "**Update: headline.**" */
static void put_lead_in(struct composer *c, const struct story *s)
{
        struct str title = headline(c, s);
        const char *mark = composer_mark(s);

        buf_puts(c->out, "**");
        if (mark) {
                buf_put(c->out, composer_phrase(c, mark));
                buf_char(c->out, ' ');
        }
        escape_text(c->out, title);
        if (!composer_is_stopped(title))
                buf_put(c->out, composer_phrase(c, "stop"));
        buf_puts(c->out, "**");
        composer_note_title(c, title);
}

/* Up to max sentences of the blurb that don't repeat the headline; then links.
 */
static void put_blurb(struct composer *c, const struct story *s, size_t max)
{
        const struct article *from[BLURB_SENTENCES + 1];
        size_t n = 0;
        bool has_head = false;

        for (size_t i = 0; i < s->n_blurb && n < max; i++) {
                if (str_eq_nocase(s->blurb[i].text, headline(c, s)))
                        continue;
                if (!composer_takes(c, s->blurb[i].from, s->blurb[i].text))
                        break;
                buf_char(c->out, ' ');
                escape_text(c->out, s->blurb[i].text);
                has_head |= s->blurb[i].from == s->head ||
                            s->blurb[i].from->id == s->head->id;
                from[n++] = s->blurb[i].from;
        }
        if (!has_head) /* whose headline it is */
                from[n++] = s->head;
        composer_credits(c, from, n);
}

static void put_related(struct composer *c, const struct article *art)
{
        const struct phrase_arg args[] = {
                { "title", composer_link(c, composer_title(c, art, art->title),
                                         art->url) },
        };
        struct attrs attrs = { 0 };

        composer_foreign(c, art, &attrs);
        buf_puts(c->out, "    - ");
        buf_put(c->out, composer_fill(c, "related", args, 1));
        composer_end(c, &attrs);
        composer_note_link(c, art);
}

static void put_story(struct composer *c, const struct story *s, size_t number)
{
        const struct article *related[RELATED_MAX];
        struct attrs attrs = composer_story(c, s);

        buf_printf(c->out, "%zu. ", number);
        put_lead_in(c, s);
        put_blurb(c, s, BLURB_SENTENCES);
        composer_end(c, &attrs);

        size_t n = composer_others(c, s, related, RELATED_MAX);

        for (size_t i = 0; i < n; i++)
                put_related(c, related[i]);
        put_so_far(c, s, "    - ");
}

/* "Five more top stories", or a heading without a number. */
static struct str stories_heading(struct composer *c, size_t n, bool has_lead)
{
        const char *key = has_lead ? "section.stories" : "section.top";
        const char *exact = arena_printf(c->a, "%s.%zu", key, n).p;
        struct str text = composer_phrase(c, exact);

        return str_eq(text, str_c(exact)) ? composer_phrase(c, key) : text;
}

/* Its own title, or what its kind is called. */
static struct str section_heading(struct composer *c, const struct picks *p,
                                  size_t at)
{
        const struct plan_section *s = &p->plan.items[at];
        const char *kind = plan_kind_name(s->kind);
        bool has_lead = p->lead < p->plan.n && p->n[p->lead];

        if (s->title.n)
                return s->title;
        if (s->kind == PLAN_STORIES)
                return stories_heading(c, p->n[at], has_lead);
        return composer_phrase(c, arena_printf(c->a, "section.%s", kind).p);
}

/* --- opinion, long reads, culture --- */

/* What a piece is about: its beat where that says something, else its title. */
static struct str topic(struct composer *c, const struct story *s)
{
        const char *key =
                arena_printf(c->a, "beat." STR_FMT, STR_ARG(s->beat)).p;
        struct str text = composer_phrase(c, key);

        return str_eq(text, str_c(key)) ? headline(c, s) : text;
}

/* " — Ines Quayle, [Observer](url)" */
static void put_byline(struct composer *c, const struct story *s)
{
        const struct article *art = s->n_blurb ? s->blurb[0].from : s->head;
        struct str by = composer_reporters(c, art);

        if (!by.n) {
                composer_credits(c, &art, 1);
                return;
        }
        const struct phrase_arg args[] = {
                { "author", composer_link(c, by, STR("")) },
                { "source", composer_link(c, art->source, art->url) },
        };

        buf_char(c->out, ' ');
        buf_put(c->out, composer_fill(c, "byline", args, 2));
        composer_note_link(c, art);
}

/* "**Topic**: sentence. — author, [Source](url)" */
static void put_reading(struct composer *c, const struct story *s)
{
        struct attrs attrs = { 0 };
        struct str about = topic(c, s);

        buf_puts(c->out, "- **");
        escape_text(c->out, about);
        buf_puts(c->out, "**");
        buf_put(c->out, composer_phrase(c, "topic.colon"));
        for (size_t i = 0; i < s->n_blurb && i < 1; i++) {
                if (!composer_takes(c, s->blurb[i].from, s->blurb[i].text))
                        break;
                buf_char(c->out, ' ');
                escape_text(c->out, s->blurb[i].text);
        }
        put_byline(c, s);
        composer_note_title(c, headline(c, s));
        attrs_add(c->a, &attrs, "story",
                  arena_printf(c->a, "%lld", (long long)s->id));
        if (composer_is_update(s))
                attrs_add(c->a, &attrs, "update", s->printed[0]->date);
        composer_end(c, &attrs);
}

/* "**Headline.** Two sentences. — author, [Source](url)" */
static void put_piece(struct composer *c, const struct story *s)
{
        struct attrs attrs = { 0 };

        buf_char(c->out, '\n');
        put_lead_in(c, s);
        for (size_t i = 0; i < s->n_blurb && i < PIECE_SENTENCES; i++) {
                if (!composer_takes(c, s->blurb[i].from, s->blurb[i].text))
                        break;
                buf_char(c->out, ' ');
                escape_text(c->out, s->blurb[i].text);
        }
        put_byline(c, s);
        attrs_add(c->a, &attrs, "story",
                  arena_printf(c->a, "%lld", (long long)s->id));
        if (composer_is_update(s))
                attrs_add(c->a, &attrs, "update", s->printed[0]->date);
        composer_end(c, &attrs);
}

/* What it says on a day without anything, if it says something. */
static void put_empty(struct composer *c, const struct plan_section *s)
{
        buf_char(c->out, '\n');
        escape_start(c->out, s->empty);
        buf_char(c->out, '\n');
}

static void put_pieces(struct composer *c, const struct picks *p, size_t at)
{
        const struct plan_section *s = &p->plan.items[at];
        struct attrs attrs = { 0 };

        if (!p->n[at] && !s->empty.n)
                return;
        if (!str_eq(s->name, str_c(plan_kind_name(s->kind))))
                attrs_add(c->a, &attrs, "", s->name);
        put_heading(c, 2, plan_kind_name(s->kind), section_heading(c, p, at),
                    attrs);
        if (!p->n[at])
                put_empty(c, s);
        else if (s->kind == PLAN_STORIES || s->kind == PLAN_READING)
                buf_char(c->out, '\n');
        for (size_t i = 0; i < p->n[at]; i++) {
                if (s->kind == PLAN_STORIES)
                        put_story(c, p->items[at][i], i + 1);
                else if (s->kind == PLAN_READING)
                        put_reading(c, p->items[at][i]);
                else
                        put_piece(c, p->items[at][i]);
        }
}

/* --- the whole --- */

static struct str edition_title(const struct composer *c, const struct picks *p)
{
        if (p->lead < p->plan.n && p->n[p->lead])
                return headline(c, p->items[p->lead][0]);
        for (size_t i = 0; i < p->plan.n; i++)
                if (p->n[i])
                        return headline(c, p->items[i][0]);
        return STR_NULL;
}

static void put_front(struct composer *c, struct str title)
{
        const struct compose_input *in = c->in;
        struct edition front = { .series = in->series,
                                 .number = in->number,
                                 .date = in->date,
                                 .title = title,
                                 .language = in->language,
                                 .contributors = (struct str *)in->contributors,
                                 .n_contributors = in->n_contributors };

        copy_write(c->out, &front);
        if (!in->greeting.n)
                return;
        escape_start(c->out, in->greeting);
        buf_puts(c->out, " {.greeting}\n");
}

/* The day's chart, as its owner wrote it, in a fence that it can't close. */
static void put_chart(struct composer *c, struct str text, struct str heading)
{
        size_t fence = 3, run = 0;

        if (!str_trim(text).n)
                return;
        for (size_t i = 0; i < text.n; i++) {
                run = text.p[i] == '`' ? run + 1 : 0;
                fence = run >= fence ? run + 1 : fence;
        }
        put_heading(c, 2, "chart", heading, (struct attrs) { 0 });
        buf_char(c->out, '\n');
        for (size_t i = 0; i < fence; i++)
                buf_char(c->out, '`');
        buf_puts(c->out, "chart\n");
        buf_put(c->out, text);
        if (!str_ends(text, STR("\n")))
                buf_char(c->out, '\n');
        for (size_t i = 0; i < fence; i++)
                buf_char(c->out, '`');
        buf_char(c->out, '\n');
}

/* Of all that happens, what is near to the edition's own stories counts more.
 */
static void put_agenda(struct composer *c, const struct picks *p,
                       struct str title)
{
        const struct agenda_input *in = c->in->agenda;
        struct agenda_choice chosen;
        struct str *words;
        size_t n = 0;

        if (!in)
                return;
        for (size_t slot = 0; slot < p->plan.n; slot++)
                n += p->n[slot];
        words = arena_array(c->a, n + 1, sizeof(*words));
        n = 0;
        for (size_t slot = 0; slot < p->plan.n; slot++)
                for (size_t i = 0; i < p->n[slot]; i++)
                        words[n++] = headline(c, p->items[slot][i]);
        chosen = agenda_choose(c->a, in, words, n);
        agenda_put(c, in, &chosen, title);
}

/* "- **6 March**: What was wrong. [Headline](url) {correction=2026-03-06.1}" */
static void put_corrections(struct composer *c, struct str heading)
{
        const struct compose_input *in = c->in;

        if (!in->n_corrections)
                return;
        put_heading(c, 2, "corrections", heading, (struct attrs) { 0 });
        buf_char(c->out, '\n');
        for (size_t i = 0; i < in->n_corrections; i++) {
                const struct compose_correction *k = &in->corrections[i];
                struct attrs attrs = { 0 };

                attrs_add(c->a, &attrs, "correction", k->id);
                buf_puts(c->out, "- **");
                escape_text(c->out, k->day);
                buf_puts(c->out, "**");
                buf_put(c->out, composer_phrase(c, "topic.colon"));
                buf_char(c->out, ' ');
                escape_text(c->out, k->note);
                buf_char(c->out, ' ');
                buf_put(c->out, composer_link(c, k->title, k->url));
                composer_end(c, &attrs);
        }
}

/* What the edition itself tells is not asked of those who read it. */
static void put_quiz(struct composer *c, const struct picks *p,
                     struct str heading, struct composed *ret)
{
        struct quiz_choice chosen;
        int64_t *today;
        size_t n = 0;

        if (!c->in->quiz)
                return;
        for (size_t at = 0; at < p->plan.n; at++)
                n += p->n[at];
        today = arena_array(c->a, n + 1, sizeof(*today));
        n = 0;
        for (size_t at = 0; at < p->plan.n; at++)
                for (size_t i = 0; i < p->n[at]; i++)
                        today[n++] = p->items[at][i]->id;
        chosen = quiz_choose(c->a, c->in->quiz, today, n);
        quiz_put(c, heading, &chosen);
        ret->n_quiz = chosen.n_kept;
        ret->quiz_note = chosen.note;
}

static void put_section(struct composer *c, const struct picks *p, size_t at,
                        struct composed *ret)
{
        const struct plan_section *s = &p->plan.items[at];

        switch (s->kind) {
        case PLAN_LEAD:
                if (p->n[at])
                        put_lead(c, p->items[at][0]);
                break;
        case PLAN_AGENDA:
                put_agenda(c, p, s->title);
                break;
        case PLAN_CHART:
                put_chart(c, c->in->chart, section_heading(c, p, at));
                break;
        case PLAN_CORRECTIONS:
                put_corrections(c, section_heading(c, p, at));
                break;
        case PLAN_QUIZ:
                put_quiz(c, p, section_heading(c, p, at), ret);
                break;
        default:
                put_pieces(c, p, at);
        }
}

static void put_all(struct composer *c, const struct picks *p,
                    struct composed *ret)
{
        put_front(c, edition_title(c, p));
        for (size_t i = 0; i < p->plan.n; i++)
                put_section(c, p, i, ret);
}

/* Read back what was written: the edition is what its copy says, no more. */
static int finish(struct arena *a, const struct phrases *phrases,
                  struct buf *out, struct composed *ret, struct err *err)
{
        struct edition *e;
        int rc;

        if (!buf_ok(out))
                return err_set(err, ERR_LIMIT, "the copy gets too long");
        rc = copy_read(a, buf_str(out), &e, err);
        if (rc < 0) {
                (void)err_add(err, "reading the draft again");
                return rc;
        }
        buf_reset(out);
        copy_write(out, e);
        ret->copy = arena_str(a, buf_str(out));
        ret->edition = e;
        ret->slug = slug_of(a, e->title);
        slots_of(a, e, phrases, &ret->slots, &ret->n_slots);
        return 0;
}

int edition_compose(struct arena *a, const struct compose_input *in,
                    struct composed *ret, struct err *err)
{
        struct buf out;
        struct composer c = { .a = a,
                              .in = in,
                              .out = &out,
                              .linked = map_new(a),
                              .given = map_new(a),
                              .titles = map_new(a) };
        struct picks p = pick_stories(a, in);
        struct composed made = { 0 };

        if (!edition_title(&c, &p).n)
                return err_set(err, ERR_ABSENT,
                               "there is nothing to print: of %zu stories none "
                               "is both fresh and worth a place; gather first, "
                               "or look at 'bulldog stories'",
                               in->n_stories);
        buf_init(&out, LIMIT_COPY_B);
        put_all(&c, &p, &made);

        int rc = finish(a, in->phrases, &out, &made, err);

        buf_done(&out);
        if (rc == 0)
                *ret = made;
        return rc;
}
