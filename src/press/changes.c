#include "press/changes.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diff.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "press/runs.h"

#define WORD_MAX 64 /* letters of two words compared */
#define SLIPS_MAX 2 /* letters in which a misprint may differ */
#define ALIKE 3     /* one word in so many is kept: it is the same passage */
#define LOOK_MAX 8  /* passages looked at for it */
#define SCRATCH_B ((size_t)64 << 20)

/* A word: key tells words apart, as by their links. */
struct word {
        struct str key, text, url;
        bool is_fact; /* of an attribute: told when it changes */
};

struct passage {
        struct str where, key;
        struct word *words;
        size_t n, cap;
};

struct passages {
        struct arena *a;
        struct passage *items;
        size_t n, cap;
        struct str where;
};

/* --- an edition as passages --- */

static void add_word(struct arena *a, struct passage *p, struct word w)
{
        w.key = arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(w.text),
                             STR_ARG(w.url));
        ARENA_GROW(a, p->words, p->n, p->cap);
        p->words[p->n++] = w;
}

/* Scripts that part no words: each letter is one. */
static bool is_alone(uint32_t c)
{
        return (c >= 0x3001 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
               (c >= 0xff01 && c <= 0xff60);
}

/* Words of text, each with the white space before it. */
static void add_words(struct arena *a, struct passage *p, struct str text,
                      struct str url)
{
        while (text.n) {
                struct str rest = text;
                bool is_begun = false;
                uint32_t c = 0;

                while (rest.n) {
                        struct str here = rest;

                        c = utf8_next(&rest);
                        if (is_begun && (utf8_is_space(c) || is_alone(c))) {
                                rest = here;
                                break;
                        }
                        is_begun = is_begun || !utf8_is_space(c);
                        if (is_alone(c))
                                break;
                }
                add_word(a, p,
                         (struct word) {
                                 .text = str_sub(text, 0, text.n - rest.n),
                                 .url = url });
                text = rest;
        }
}

static void add_runs(struct arena *a, struct passage *p, const struct run *runs,
                     size_t n)
{
        for (size_t i = 0; i < n; i++)
                add_words(a, p, runs[i].is_break ? STR(" ") : runs[i].text,
                          runs[i].url);
}

/* What readers see of a block's attributes. */
static void add_facts(struct arena *a, struct passage *p,
                      const struct attrs *attrs)
{
        static const char *const seen[] = { "at",       "zone",     "place",
                                            "expected", "previous", "by",
                                            "outlet",   "source" };

        for (size_t i = 0; i < attrs->n; i++)
                for (size_t k = 0; k < sizeof(seen) / sizeof(*seen); k++) {
                        const struct attr *at = &attrs->items[i];

                        if (!str_eq(at->key, str_c(seen[k])))
                                continue;
                        add_word(a, p,
                                 (struct word) {
                                         .text = arena_printf(
                                                 a, " (%s: " STR_FMT ")",
                                                 seen[k], STR_ARG(at->value)),
                                         .is_fact = true });
                }
}

static struct passage *begin(struct passages *list)
{
        ARENA_GROW(list->a, list->items, list->n, list->cap);
        list->items[list->n] = (struct passage) { .where = list->where };
        return &list->items[list->n++];
}

static void finish(struct passages *list)
{
        struct passage *p = &list->items[list->n - 1];
        struct buf key;

        if (!p->n) {
                list->n--;
                return;
        }
        buf_init(&key, LIMIT_COPY_B * 4);
        for (size_t i = 0; i < p->n; i++) {
                buf_put(&key, p->words[i].key);
                buf_char(&key, '\n');
        }
        p->key = arena_str(list->a, buf_str(&key));
        buf_done(&key);
}

static void add_text(struct passages *list, struct str text)
{
        add_words(list->a, begin(list), text, STR_NULL);
        finish(list);
}

/* As the page has it: which answer is right is told to nobody. */
static void add_question(struct passages *list, const struct quiz_question *q)
{
        if (!q->is_asked)
                return;
        add_text(list, q->about);
        add_text(list, q->question);
        for (size_t i = 0; i < q->n_options; i++)
                add_text(list, q->options[i].text);
}

static void add_blocks(struct passages *list, const struct block *blocks,
                       size_t n)
{
        for (size_t i = 0; i < n; i++) {
                const struct block *b = &blocks[i];
                struct str rest = b->quiz ? STR_NULL : b->text, line;

                if (b->quiz)
                        add_question(list, b->quiz);
                while (b->kind == BLOCK_CODE && str_cut(&rest, '\n', &line))
                        add_text(list, line);
                if (b->kind == BLOCK_CODE)
                        continue;

                struct passage *p = begin(list);

                add_runs(list->a, p, b->runs, b->n_runs);
                add_facts(list->a, p, &b->attrs);
                finish(list);
                add_blocks(list, b->children, b->n_children);
        }
}

static void list_passages(struct passages *list, const struct edition *e)
{
        add_text(list, e->title);
        for (size_t i = 0; i < e->n_sections; i++) {
                const struct section *s = &e->sections[i];

                list->where = runs_plain(list->a, s->runs, s->n_runs);
                add_runs(list->a, begin(list), s->runs, s->n_runs);
                finish(list);
                add_blocks(list, s->blocks, s->n_blocks);
        }
        list->where = STR("");
        for (size_t i = 0; i < e->n_contributors; i++)
                add_text(list, e->contributors[i]);
}

/* --- the words of two passages --- */

static const struct str *keys_of(struct arena *a, const struct passage *p)
{
        struct str *keys = arena_array(a, p->n + 1, sizeof(*keys));

        for (size_t i = 0; i < p->n; i++)
                keys[i] = p->words[i].key;
        return keys;
}

static void add_part(struct arena *a, struct change *c, enum part_kind kind,
                     const struct word *words, size_t n)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B * 4);
        for (size_t i = 0; i < n; i++) {
                bool is_last_of_link =
                        words[i].url.n &&
                        (i + 1 == n || !str_eq(words[i].url, words[i + 1].url));

                if (words[i].is_fact && kind == PART_KEPT)
                        continue;
                buf_put(&b, words[i].text);
                if (is_last_of_link && kind != PART_KEPT)
                        buf_printf(&b, " <" STR_FMT ">", STR_ARG(words[i].url));
        }
        if (b.n)
                c->parts[c->n++] =
                        (struct change_part) { kind,
                                               arena_str(a, buf_str(&b)) };
        buf_done(&b);
}

static struct change change_of(struct arena *a, const struct passage *x,
                               const struct passage *y)
{
        static const struct passage none = { 0 };
        struct diff_run *runs;

        x = x ? x : &none;
        y = y ? y : &none;

        size_t n =
                diff_texts(a, keys_of(a, x), x->n, keys_of(a, y), y->n, &runs);
        struct change c = { .where = y->n ? y->where : x->where,
                            .parts = arena_array(a, n + 1, sizeof(*c.parts)) };

        for (size_t i = 0; i < n; i++) {
                const struct word *from =
                        runs[i].kind == DIFF_NEW ? y->words : x->words;

                add_part(a, &c,
                         runs[i].kind == DIFF_SAME   ? PART_KEPT
                         : runs[i].kind == DIFF_GONE ? PART_GONE
                                                     : PART_NEW,
                         from + runs[i].at, runs[i].n);
        }
        return c;
}

static bool is_alike(struct arena *a, const struct passage *x,
                     const struct passage *y)
{
        struct diff_run *runs;
        size_t n = diff_texts(a, keys_of(a, x), x->n, keys_of(a, y), y->n,
                              &runs),
               kept = 0, most = x->n > y->n ? x->n : y->n;

        for (size_t i = 0; i < n; i++)
                kept += runs[i].kind == DIFF_SAME ? runs[i].n : 0;
        return kept * ALIKE >= most;
}

/* --- two editions --- */

/* The title and the lead's headline are changed alike: told once. */
static bool is_same(const struct change *x, const struct change *y)
{
        if (x->n != y->n)
                return false;
        for (size_t i = 0; i < x->n; i++)
                if (x->parts[i].kind != y->parts[i].kind ||
                    !str_eq(x->parts[i].text, y->parts[i].text))
                        return false;
        return true;
}

static void add_change(struct arena *a, struct changes *c, size_t *cap,
                       const struct passage *x, const struct passage *y)
{
        if (c->n == LIMIT_CHANGES) {
                c->is_cut = true;
                return;
        }
        ARENA_GROW(a, c->items, c->n, *cap);
        c->items[c->n] = change_of(a, x, y);
        if (!c->n || !is_same(&c->items[c->n], &c->items[c->n - 1]))
                c->n++;
}

/*
 * Passages that are gone, and those in their place: one that is much the same,
 * or as many as there were, are taken for the same one, changed.
 */
static void add_gap(struct arena *a, struct changes *c, size_t *cap,
                    const struct passage *x, size_t nx, const struct passage *y,
                    size_t ny)
{
        struct arena *scratch = arena_new(SCRATCH_B);
        size_t k = 0;

        for (size_t i = 0; i < nx; i++) {
                size_t found = k, end = k + LOOK_MAX < ny ? k + LOOK_MAX : ny;

                while (nx != ny && found < end && !c->is_cut &&
                       !is_alike(scratch, &x[i], &y[found]))
                        found++;
                arena_reset(scratch);
                if (found == end || c->is_cut) {
                        add_change(a, c, cap, &x[i], NULL);
                        continue;
                }
                while (k < found)
                        add_change(a, c, cap, NULL, &y[k++]);
                add_change(a, c, cap, &x[i], &y[k++]);
        }
        while (k < ny)
                add_change(a, c, cap, NULL, &y[k++]);
        arena_free(scratch);
}

static const struct str *passage_keys(const struct passages *list)
{
        struct str *keys = arena_array(list->a, list->n + 1, sizeof(*keys));

        for (size_t i = 0; i < list->n; i++)
                keys[i] = list->items[i].key;
        return keys;
}

void changes_between(struct arena *a, const struct edition *from,
                     const struct edition *to, struct changes *ret)
{
        struct passages x = { .a = a }, y = { .a = a };
        struct diff_run *runs;
        size_t cap = 0;

        *ret = (struct changes) { 0 };
        list_passages(&x, from);
        list_passages(&y, to);

        size_t n = diff_texts(a, passage_keys(&x), x.n, passage_keys(&y), y.n,
                              &runs);

        for (size_t i = 0; i < n; i++) {
                const struct diff_run *r = &runs[i], *next = r + 1;
                bool has_new = i + 1 < n && next->kind == DIFF_NEW;

                if (r->kind == DIFF_NEW)
                        add_gap(a, ret, &cap, NULL, 0, y.items + r->at, r->n);
                if (r->kind != DIFF_GONE)
                        continue;
                add_gap(a, ret, &cap, x.items + r->at, r->n,
                        has_new ? y.items + next->at : NULL,
                        has_new ? next->n : 0);
                i += has_new;
        }
}

/* --- misprints --- */

/* Letters of s in small ones; 0 when a figure or an address is among them, or
 * too many. */
static bool read_letters(struct str s, uint32_t letters[WORD_MAX],
                         size_t *ret_n)
{
        size_t n = 0;

        while (s.n) {
                uint32_t c = utf8_next(&s);

                if ((c >= '0' && c <= '9') || c == '<' || c == '(' ||
                    n == WORD_MAX)
                        return false;
                if (!utf8_is_space(c))
                        letters[n++] = utf8_small(c);
        }
        *ret_n = n;
        return true;
}

/* How many letters must be put in, left out or changed. */
static size_t slips(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny)
{
        size_t row[WORD_MAX + 1];

        for (size_t k = 0; k <= ny; k++)
                row[k] = k;
        for (size_t i = 1; i <= nx; i++) {
                size_t corner = row[0];

                row[0] = i;
                for (size_t k = 1; k <= ny; k++) {
                        size_t best = corner + (x[i - 1] != y[k - 1]);

                        best = row[k] + 1 < best ? row[k] + 1 : best;
                        best = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
                        corner = row[k];
                        row[k] = best;
                }
        }
        return row[ny];
}

/* Does the text end, or begin, with these very words? */
static bool stands_beside(struct str words, struct str before, struct str after)
{
        words = str_trim(words);
        return str_ends(str_trim(before), words) ||
               str_starts(str_trim(after), words);
}

static bool is_misprint(struct str gone, struct str put, struct str before,
                        struct str after)
{
        uint32_t x[WORD_MAX], y[WORD_MAX];
        size_t nx, ny;

        if (!read_letters(gone, x, &nx) || !read_letters(put, y, &ny))
                return false;
        if (!str_trim(put).n)
                return stands_beside(gone, before, after);
        if (!str_trim(gone).n)
                return false;
        return slips(x, nx, y, ny) <= SLIPS_MAX;
}

bool changes_are_misprints(const struct changes *c)
{
        for (size_t i = 0; i < c->n; i++) {
                const struct change *ch = &c->items[i];
                struct str before = STR("");

                for (size_t k = 0; k < ch->n; k++) {
                        const struct change_part *p = &ch->parts[k];
                        struct str gone = STR(""), put = STR("");

                        if (p->kind == PART_KEPT) {
                                before = p->text;
                                continue;
                        }
                        if (p->kind == PART_GONE)
                                gone = p->text;
                        if (p->kind == PART_NEW)
                                put = p->text;
                        if (p->kind == PART_GONE && k + 1 < ch->n &&
                            p[1].kind == PART_NEW)
                                put = ch->parts[++k].text;
                        if (!is_misprint(gone, put, before,
                                         k + 1 < ch->n ? ch->parts[k + 1].text
                                                       : STR("")))
                                return false;
                }
        }
        return !c->is_cut;
}
