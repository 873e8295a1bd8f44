#include "conf/phrases_lint.h"

#include "base/arena.h"
#include "base/hash.h"
#include "conf/phrases.h"

struct lint {
        struct arena *a;
        struct phrase_fault *items;
        size_t n, cap;
};

const char *phrase_fault_words(enum phrase_fault_kind kind)
{
        static const char *const words[] = {
                [PHRASE_LACKS] = "lacks",
                [PHRASE_LACKS_VARIANT] = "lacks the variant",
                [PHRASE_UNKNOWN] = "English has no",
                [PHRASE_PLACES] = "other places in",
                [PHRASE_TWICE] = "twice",
                [PHRASE_SAME] = "says what another variant says:",
        };

        return words[kind];
}

static void add(struct lint *l, enum phrase_fault_kind kind, struct str key)
{
        ARENA_GROW(l->a, l->items, l->n, l->cap);
        l->items[l->n++] = (struct phrase_fault) { kind, key };
}

/* The next "key = text" of a file; false at its end. */
static bool next_phrase(struct str *rest, struct str *ret_key,
                        struct str *ret_text)
{
        struct str line;

        while (str_cut(rest, '\n', &line)) {
                size_t eq = str_chr(line, '=', 0);

                line = str_trim(line);
                if (!line.n || line.p[0] == '#' || eq == STR_NONE)
                        continue;
                eq = str_chr(line, '=', 0);
                *ret_key = str_trim(str_sub(line, 0, eq));
                *ret_text = str_trim(str_sub(line, eq + 1, line.n));
                return true;
        }
        return false;
}

static struct map *map_of(struct arena *a, struct str file)
{
        struct map *m = map_new(a);
        struct str key, text, *kept;

        while (next_phrase(&file, &key, &text)) {
                kept = arena_alloc(a, sizeof(*kept));
                *kept = text;
                map_put(m, key, kept);
        }
        return m;
}

/* Are the {places} of one also in two? */
static bool has_places(struct str one, struct str two)
{
        size_t at = 0, end;

        while ((at = str_chr(one, '{', at)) != STR_NONE) {
                end = str_chr(one, '}', at);
                if (end == STR_NONE ||
                    str_find(two, str_sub(one, at, end + 1 - at), 0) ==
                            STR_NONE)
                        return false;
                at = end;
        }
        return true;
}

/* "press.sources.few" is a form of "press.sources"; absent: it is none. */
static struct str plural_of(struct str key)
{
        static const struct str forms[] = {
                STR_INIT(".zero"), STR_INIT(".one"),  STR_INIT(".two"),
                STR_INIT(".few"),  STR_INIT(".many"),
        };

        for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
                if (str_ends(key, forms[i]))
                        return str_sub(key, 0, key.n - forms[i].n);
        return STR_NULL;
}

/* Of one thing or two, words may say how many there are: "two sources". */
static bool may_lack_places(struct str key)
{
        return str_eq(key, STR("press.minute")) ||
               str_eq(key, STR("press.source")) || str_ends(key, STR(".two"));
}

static bool fits(struct str key, struct str ours, struct str english)
{
        return ours.n && has_places(ours, english) &&
               (may_lack_places(key) || has_places(english, ours));
}

/* The English phrase that key translates, or is a form or variant of. */
static const struct str *likeness_of(struct map *english, struct str key)
{
        const struct str *like = map_find(english, key);
        struct str base = plural_of(key);

        if (!like && base.n)
                like = map_find(english, base);
        base = phrases_base(key);
        if (!like && base.n)
                like = map_find(english, base);
        return like;
}

/* One of two days in a row may say the same as the other by it. */
static void check_same(struct lint *l, struct map *texts, struct str key,
                       struct str text)
{
        struct str base = phrases_base(key), name;

        name = arena_printf(l->a, STR_FMT "\n" STR_FMT,
                            STR_ARG(base.n ? base : key), STR_ARG(text));
        if (base.n && map_find(texts, name))
                add(l, PHRASE_SAME, key);
        map_put(texts, name, l);
}

size_t phrases_lint(struct arena *a, struct str english, struct str file,
                    struct phrase_fault **ret)
{
        struct lint l = { .a = a };
        struct map *want = map_of(a, english), *is = map_of(a, file);
        struct map *seen = map_new(a), *texts = map_new(a);
        struct str key, text;

        while (next_phrase(&english, &key, &text))
                if (!map_find(is, key))
                        add(&l,
                            phrases_base(key).n ? PHRASE_LACKS_VARIANT
                                                : PHRASE_LACKS,
                            key);
        while (next_phrase(&file, &key, &text)) {
                const struct str *like = likeness_of(want, key);

                if (!like)
                        add(&l, PHRASE_UNKNOWN, key);
                else if (!fits(key, text, *like))
                        add(&l, PHRASE_PLACES, key);
                if (map_find(seen, key))
                        add(&l, PHRASE_TWICE, key);
                else
                        check_same(&l, texts, key, text);
                map_put(seen, key, want);
        }
        *ret = l.items;
        return l.n;
}
