#include "edition/quiz_name.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edition/quiz_tongue.h"
#include "edition/quiz_words.h"

#define WORDS_MOST 6  /* of a name */
#define PLACE_LEAST 2 /* times that "in" stands before a place */
#define AGE_B 6       /* ", 34," */

struct quiz_names {
        struct arena *a;
        struct figure_input in;
        struct map *all;      /* low -> struct quiz_name */
        struct map *surnames; /* those that a style stands before */
};

struct quiz_names *quiz_names_new(struct arena *a,
                                  const struct figure_input *in)
{
        struct quiz_names *n = arena_alloc(a, sizeof(*n));

        *n = (struct quiz_names) { a, *in, map_new(a), map_new(a) };
        return n;
}

/* --- reading ------------------------------------------------------------ */

/* Words that are one name, and what stands around them. */
struct stretch {
        size_t from, to;
        size_t n_words;
        struct str first, last, before;
        bool is_body;
};

static struct str without_s(struct str word)
{
        if (str_ends(word, STR("'s")))
                return str_sub(word, 0, word.n - 2);
        return str_ends(word, STR("\u2019s")) ? str_sub(word, 0, word.n - 4)
                                              : word;
}

/* What may join two capitals: "&"; "of" behind "University". */
static size_t joint(const struct stretch *s, struct str rest)
{
        if (str_starts(rest, STR(" & ")))
                return 2;
        if (s->is_body && str_starts(rest, STR(" of the ")))
                return 7;
        if (s->is_body && str_starts(rest, STR(" of ")))
                return 3;
        return 0;
}

static void add_word(const struct quiz_names *n, struct stretch *s,
                     struct str word, size_t to)
{
        s->last = word;
        s->to = to;
        s->n_words++;
        s->is_body |= tongue_has(n->in.tongue, TONGUE_BODIES, word);
}

/* The capitals that begin at w. */
static struct stretch stretch_at(const struct quiz_names *n, struct str text,
                                 const struct quiz_word *w)
{
        struct stretch s = { .from = w->from,
                             .first = without_s(w->text),
                             .before = quiz_word_before(text, w->from) };
        struct str word = w->text;

        add_word(n, &s, s.first, w->from + s.first.n);
        while (s.n_words < WORDS_MOST && without_s(word).n == word.n) {
                size_t gap = joint(&s, str_sub(text, s.to, text.n));

                word = quiz_word_after(text, s.to + gap);
                if (!quiz_is_capital(word))
                        break;
                add_word(n, &s, without_s(word),
                         s.to + gap + 1 + without_s(word).n);
        }
        return s;
}

/* The same without its first word. */
static struct stretch without_first(const struct quiz_names *n, struct str text,
                                    const struct stretch *s)
{
        struct quiz_word w;

        if (s->n_words < 2 || !quiz_word_next(text, s->from + s->first.n, &w) ||
            w.to > s->to + 4)
                return (struct stretch) { 0 };

        struct stretch rest = stretch_at(n, text, &w);

        if (!quiz_is_capital(w.text))
                return (struct stretch) { 0 };
        rest.before = s->first;
        return rest;
}

static bool is_style(const struct quiz_names *n, struct str word)
{
        if (str_ends(word, STR(".")))
                word.n--;
        return tongue_has(n->in.tongue, TONGUE_STYLES, word);
}

/* "Mr Skene" is Skene with a style before it. */
static struct stretch without_style(const struct quiz_names *n, struct str text,
                                    struct stretch s)
{
        while (s.n_words > 1 && is_style(n, s.first))
                s = without_first(n, text, &s);
        return s;
}

static bool is_small(const struct quiz_names *n, struct str word)
{
        return n->in.is_small &&
               n->in.is_small(tongue_lower(n->a, word), n->in.language);
}

/* --- learning ----------------------------------------------------------- */

static struct quiz_name *name_of(struct quiz_names *n, struct str text)
{
        struct str low = tongue_lower(n->a, text);
        void **place;

        if (map_count(n->all) >= LIMIT_QUIZ_NAMES && !map_find(n->all, low))
                return NULL;
        place = map_at(n->all, low);
        if (!*place) {
                struct quiz_name *name = arena_alloc(n->a, sizeof(*name));

                name->text = arena_str(n->a, text);
                name->low = low;
                *place = name;
        }
        return *place;
}

static void note_story(struct quiz_name *name, int64_t story)
{
        for (size_t i = 0; i < name->n_stories; i++)
                if (name->stories[i] == story)
                        return;
        if (name->n_stories < NAME_STORIES)
                name->stories[name->n_stories++] = story;
}

/* ", 34," behind a name. */
static bool is_aged(struct str rest)
{
        return rest.n > AGE_B && str_starts(rest, STR(", ")) &&
               chr_is_digit(rest.p[2]) && chr_is_digit(rest.p[3]) &&
               (rest.p[4] == ',' || rest.p[4] == '.');
}

/* "in Meyer's books", "in Week 13": what stands behind shows that it is no
 * place. */
static bool is_no_place(struct str text, size_t at)
{
        struct str rest = str_sub(text, at, text.n);

        return str_starts(rest, STR("'")) || str_starts(rest, STR("\u2019")) ||
               (rest.n > 1 && rest.p[0] == ' ' && chr_is_digit(rest.p[1]));
}

static void learn_one(struct quiz_names *n, struct str text, struct stretch s,
                      int64_t story, bool is_printed)
{
        bool is_styled = is_style(n, s.before);
        struct stretch bare = without_style(n, text, s);
        struct quiz_name *name;

        if (!bare.n_words)
                return;
        is_styled |= bare.from != s.from;
        if (is_styled)
                map_put(n->surnames, tongue_lower(n->a, bare.last), n);
        name = name_of(n, str_sub(text, bare.from, bare.to - bare.from));
        if (!name)
                return;
        name->seen++;
        name->n_words = bare.n_words;
        name->is_body = bare.is_body;
        name->is_printed |= is_printed;
        name->person += is_styled || is_aged(str_sub(text, bare.to, text.n));
        name->place += tongue_has(n->in.tongue, TONGUE_WITHIN, s.before) &&
                       !is_no_place(text, bare.to);
        name->articled += str_eq_nocase(s.before, STR("the"));
        note_story(name, story);
}

void quiz_names_learn(struct quiz_names *n, struct str text, int64_t story,
                      bool is_printed)
{
        struct quiz_word w;

        if (!tongue_knows(n->in.tongue, TONGUE_STYLES))
                return;
        for (size_t at = 0; quiz_word_next(text, at, &w); at = w.to) {
                struct stretch s;

                if (!quiz_is_capital(w.text))
                        continue;
                s = stretch_at(n, text, &w);
                w.to = s.to > w.to ? s.to : w.to;
                /* A sentence's first capital shows nothing. */
                if (quiz_is_opening(text, s.from)) {
                        if (is_small(n, s.first) ||
                            tongue_number(n->in.tongue, s.first))
                                s = without_first(n, text, &s);
                        else if (s.n_words < 2)
                                continue;
                }
                if (s.n_words)
                        learn_one(n, text, s, story, is_printed);
        }
}

void quiz_names_person(struct quiz_names *n, struct str who)
{
        struct str text = str_trim(str_sub(who, 0, str_chr(who, ',', 0)));
        struct quiz_word w;

        if (!tongue_knows(n->in.tongue, TONGUE_STYLES))
                return;
        for (size_t at = 0; quiz_word_next(text, at, &w); at = w.to)
                if (quiz_is_capital(w.text)) {
                        struct stretch s =
                                without_style(n, text, stretch_at(n, text, &w));
                        struct quiz_name *name =
                                s.n_words < 2 || s.to != text.n
                                        ? NULL
                                        : name_of(n, str_sub(text, s.from,
                                                             text.n));
                        if (name) {
                                name->person++;
                                name->n_words = s.n_words;
                        }
                        return;
                }
}

/* --- kinds -------------------------------------------------------------- */

static struct str last_word(struct str text)
{
        size_t at = text.n;

        while (at > 0 && text.p[at - 1] != ' ')
                at--;
        return str_sub(text, at, text.n);
}

enum name_kind quiz_name_kind(const struct quiz_names *n,
                              const struct quiz_name *name)
{
        bool is_styled = map_find(n->surnames, last_word(name->low)) != NULL;

        if (tongue_month(n->in.tongue, name->text) ||
            tongue_has(n->in.tongue, TONGUE_OUTLETS, last_word(name->low)) ||
            is_style(n, last_word(name->text)))
                return NAME_UNKNOWN;
        if (name->is_body)
                return name->n_words > 1 && !name->place ? NAME_BODY
                                                         : NAME_UNKNOWN;
        if (name->n_words > 1 && name->n_words < 4 && !name->place &&
            (name->person || is_styled))
                return NAME_PERSON;
        if (name->place >= PLACE_LEAST && !name->person && !is_styled &&
            name->articled * 2 < name->seen && name->n_words < 3 &&
            name->place * 4 >= name->seen)
                return NAME_PLACE;
        return NAME_UNKNOWN;
}

static const struct quiz_name *find(const struct quiz_names *n, struct str text,
                                    const struct stretch *s)
{
        return s->n_words
                       ? map_find(n->all,
                                  tongue_lower(n->a, str_sub(text, s->from,
                                                             s->to - s->from)))
                       : NULL;
}

size_t quiz_names_in(struct arena *a, const struct quiz_names *n,
                     struct str text, struct name_gap **ret)
{
        struct name_gap *list = NULL;
        struct quiz_word w;
        size_t count = 0, cap = 0;

        for (size_t at = 0; quiz_word_next(text, at, &w); at = w.to) {
                const struct quiz_name *name;
                struct stretch s;

                if (!quiz_is_capital(w.text))
                        continue;
                s = stretch_at(n, text, &w);
                if (s.n_words > 1 && quiz_is_opening(text, w.from) &&
                    is_small(n, s.first))
                        s = without_first(n, text, &s);
                s = without_style(n, text, s);
                name = find(n, text, &s);
                if (!name && quiz_is_opening(text, w.from)) {
                        s = without_first(n, text, &s);
                        name = find(n, text, &s);
                }
                w.to = s.to > w.to ? s.to : w.to;
                if (!name || quiz_name_kind(n, name) == NAME_UNKNOWN)
                        continue;
                ARENA_GROW(a, list, count, cap);
                list[count++] = (struct name_gap) { s.from, s.to, name,
                                                    quiz_name_kind(n, name) };
        }
        *ret = list;
        return count;
}

/* --- others ------------------------------------------------------------- */

static bool is_in_story(const struct quiz_name *name, int64_t story)
{
        for (size_t i = 0; i < name->n_stories; i++)
                if (name->stories[i] == story)
                        return true;
        return name->n_stories == NAME_STORIES;
}

/* Does any word of low, an article's apart, stand in text too? */
static bool shares_word(struct str low, struct str text)
{
        struct str word;

        while (str_cut(&low, ' ', &word))
                if (utf8_count(word) > 2 && quiz_has_words(text, word))
                        return true;
        return false;
}

static bool is_articled(const struct quiz_name *name)
{
        return name->articled * 2 > name->seen;
}

struct rival {
        const struct quiz_name *name;
        bool is_alike; /* about as well known that week */
        uint64_t order;
};

static int by_order(const void *x, const void *y)
{
        const struct rival *p = x, *q = y;

        if (p->name->is_printed != q->name->is_printed)
                return p->name->is_printed ? -1 : 1;
        if (p->is_alike != q->is_alike)
                return p->is_alike ? -1 : 1;
        return p->order < q->order ? -1 : p->order > q->order;
}

static int by_text(const void *x, const void *y)
{
        return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static size_t list_rivals(const struct quiz_names *n,
                          const struct name_question *q, struct rival *list)
{
        enum name_kind kind = quiz_name_kind(n, q->name);
        size_t at = 0, count = 0;
        struct str key;
        void *value;

        while (map_each(n->all, &at, &key, &value)) {
                const struct quiz_name *name = value;

                if (name == q->name || !name->n_stories ||
                    quiz_name_kind(n, name) != kind ||
                    is_in_story(name, q->story) ||
                    is_articled(name) != is_articled(q->name) ||
                    shares_word(name->low, q->around) ||
                    shares_word(name->low, q->name->low))
                        continue;
                list[count++] = (struct rival) {
                        .name = name,
                        .is_alike = name->seen <= q->name->seen * 3 &&
                                    q->name->seen <= name->seen * 3,
                        .order = hash_stable(name->low) ^ q->seed,
                };
        }
        return count;
}

size_t quiz_names_others(struct arena *a, const struct quiz_names *n,
                         const struct name_question *q, struct str *ret,
                         size_t max)
{
        struct rival *list =
                arena_array(a, map_count(n->all) + 1, sizeof(*list));
        size_t count = list_rivals(n, q, list), kept = 0;

        qsort(list, count, sizeof(*list), by_order);
        for (size_t i = 0; i < count && kept < max; i++) {
                bool may = true;

                for (size_t k = 0; k < kept && may; k++)
                        may = !shares_word(list[i].name->low,
                                           tongue_lower(a, ret[k]));
                if (may)
                        ret[kept++] = list[i].name->text;
        }
        qsort(ret, kept, sizeof(*ret), by_text);
        return kept;
}
