#include "conf/phrases.h"

#include "base/arena.h"
#include "base/hash.h"

/* A phrase, and from which of the files that were read. */
struct phrase {
        struct str text;
        int layer;
};

struct variant {
        struct str key, base, when;
};

struct phrases {
        struct map *texts; /* key -> struct phrase * */
        struct variant *variants;
        size_t n, cap;
        int layers;
};

static const struct phrase *find(const struct phrases *p, struct str key)
{
        return map_find(p->texts, key);
}

/* --- reading --- */

static const struct str whens[] = {
        STR_INIT("monday"),   STR_INIT("tuesday"), STR_INIT("wednesday"),
        STR_INIT("thursday"), STR_INIT("friday"),  STR_INIT("saturday"),
        STR_INIT("sunday"),   STR_INIT("any"),     STR_INIT("weekend"),
        STR_INIT("spring"),   STR_INIT("summer"),  STR_INIT("autumn"),
        STR_INIT("winter"),   STR_INIT("holiday"),
};

/* "greeting.monday.2" as greeting and monday; false: it is no variant. */
static bool split(struct str key, struct str *ret_base, struct str *ret_when)
{
        if (key.n > 2 && key.p[key.n - 2] == '.' && key.p[key.n - 1] >= '2' &&
            key.p[key.n - 1] <= '9')
                key.n -= 2;
        for (size_t i = 0; i < sizeof(whens) / sizeof(*whens); i++) {
                size_t n = whens[i].n + 1;

                if (key.n <= n || key.p[key.n - n] != '.' ||
                    !str_ends(key, whens[i]))
                        continue;
                *ret_base = str_sub(key, 0, key.n - n);
                *ret_when = whens[i];
                return true;
        }
        return false;
}

struct str phrases_base(struct str key)
{
        struct str base, when;

        return split(key, &base, &when) ? base : STR_NULL;
}

static void put(struct arena *a, struct phrases *p, struct str key,
                struct str text)
{
        struct phrase *phrase = arena_alloc(a, sizeof(*phrase));
        struct variant v = { .key = key };

        if (!find(p, key) && split(key, &v.base, &v.when)) {
                ARENA_GROW(a, p->variants, p->n, p->cap);
                p->variants[p->n++] = v;
        }
        *phrase = (struct phrase) { arena_str(a, text), p->layers };
        map_put(p->texts, key, phrase);
}

static int read_line(struct arena *a, struct phrases *p, struct str line,
                     int number, struct err *err)
{
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
                return 0;

        size_t eq = str_chr(line, '=', 0);

        if (eq == STR_NONE || eq == 0)
                return err_set(
                        err, ERR_INPUT,
                        "line %d of the phrases is no \"key = text\": " STR_FMT,
                        number, STR_ARG(str_sub(line, 0, 80)));

        put(a, p, arena_str(a, str_trim(str_sub(line, 0, eq))),
            str_trim(str_sub(line, eq + 1, line.n)));
        return 0;
}

int phrases_parse(struct arena *a, struct str text, struct phrases **inout,
                  struct err *err)
{
        struct str line;
        int number = 0;

        if (!*inout) {
                *inout = arena_alloc(a, sizeof(**inout));
                (*inout)->texts = map_new(a);
        }
        (*inout)->layers++;
        while (str_cut(&text, '\n', &line)) {
                int rc = read_line(a, *inout, line, ++number, err);
                if (rc < 0)
                        return rc;
        }
        return 0;
}

struct str phrases_get(const struct phrases *p, const char *key)
{
        const struct phrase *phrase = find(p, str_c(key));

        return phrase ? phrase->text : str_c(key);
}

/* --- variants --- */

/* Is it one of key's, in the language that key itself is in? */
static bool is_variant(const struct phrases *p, const struct variant *v,
                       struct str key)
{
        const struct phrase *base = find(p, key);

        return base && str_eq(v->base, key) &&
               find(p, v->key)->layer >= base->layer;
}

bool phrases_each(const struct phrases *p, const char *key, size_t *i,
                  struct str *ret)
{
        if (!(*i)++) {
                *ret = phrases_get(p, key);
                return true;
        }
        for (; *i - 2 < p->n; (*i)++)
                if (is_variant(p, &p->variants[*i - 2], str_c(key))) {
                        *ret = find(p, p->variants[*i - 2].key)->text;
                        return true;
                }
        return false;
}

/* The nth, from 0 on and round, of key's variants for when, or the phrase
 * itself among those for any day. Absent: there is none. */
static struct str pick(const struct phrases *p, struct str key,
                       const char *when, int64_t nth)
{
        bool is_any = str_eq(str_c(when), STR("any"));
        int64_t n = is_any, at;

        for (size_t i = 0; i < p->n; i++)
                n += is_variant(p, &p->variants[i], key) &&
                     str_eq(p->variants[i].when, str_c(when));
        if (!n)
                return STR_NULL;
        at = (nth % n + n) % n;
        if (is_any && at-- == 0)
                return find(p, key)->text;
        for (size_t i = 0; i < p->n; i++)
                if (is_variant(p, &p->variants[i], key) &&
                    str_eq(p->variants[i].when, str_c(when)) && at-- == 0)
                        return find(p, p->variants[i].key)->text;
        return STR_NULL;
}

/* 0 is Monday; the first of January 1970 was a Thursday. */
static int weekday_of(const struct phrase_day *day)
{
        return (int)(((day->day + 3) % 7 + 7) % 7);
}

static int64_t count_of(const struct phrases *p, struct str key,
                        const char *when)
{
        int64_t n = 0;

        for (size_t i = 0; i < p->n; i++)
                n += is_variant(p, &p->variants[i], key) &&
                     str_eq(p->variants[i].when, str_c(when));
        return n;
}

/* A lone variant is not said on both of two days that are alike. */
static struct str pick_turn(const struct phrases *p, struct str key,
                            const char *when, const struct phrase_day *day,
                            bool was_same)
{
        if (was_same && count_of(p, key, when) < 2)
                return STR_NULL;
        return pick(p, key, when, day->day);
}

static struct str choose(const struct phrases *p, struct str key,
                         const struct phrase_day *day)
{
        static const char *const seasons[] = { "", "spring", "summer", "autumn",
                                               "winter" };
        int weekday = weekday_of(day);
        struct str text = STR_NULL;

        if (day->is_holiday)
                text = pick_turn(p, key, "holiday", day, day->was_holiday);
        if (!text.p)
                text = pick(p, key, whens[weekday].p, (day->day + 3) / 7);
        if (!text.p && weekday >= 5)
                text = pick_turn(p, key, "weekend", day, weekday == 6);
        if (!text.p && weekday == 2 && day->season)
                text = pick(p, key, seasons[day->season], (day->day + 3) / 7);
        return text.p ? text : pick(p, key, "any", day->day);
}

const struct phrases *phrases_of_day(struct arena *a, const struct phrases *p,
                                     const struct phrase_day *day)
{
        struct phrases *of = arena_alloc(a, sizeof(*of));
        size_t at = 0;
        struct str key;
        void *value;

        *of = (struct phrases) { .texts = map_new(a) };
        while (map_each(p->texts, &at, &key, &value))
                map_put(of->texts, key, value);
        for (size_t i = 0; i < p->n; i++) {
                struct str base = p->variants[i].base;
                const struct phrase *said = find(p, base);
                struct phrase *phrase;

                if (!said || !is_variant(p, &p->variants[i], base))
                        continue;
                phrase = arena_alloc(a, sizeof(*phrase));
                *phrase = (struct phrase) { choose(p, base, day), said->layer };
                map_put(of->texts, base, phrase);
        }
        return of;
}

/* --- filling --- */

static const struct phrase_arg *find_arg(const struct phrase_arg *args,
                                         size_t n, struct str name)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq(str_c(args[i].name), name))
                        return &args[i];
        return NULL;
}

/*
 * Take a literal stretch, then a {name}, off *rest. Each may be empty; a brace
 * without its fellow is literal. False at the end.
 */
static bool next_part(struct str *rest, struct str *ret_literal,
                      struct str *ret_name)
{
        if (!rest->n)
                return false;

        size_t open = str_chr(*rest, '{', 0);
        size_t close = open == STR_NONE ? STR_NONE : str_chr(*rest, '}', open);

        if (close == STR_NONE) {
                *ret_literal = *rest;
                *ret_name = STR_NULL;
                *rest = str_sub(*rest, rest->n, 0);
                return true;
        }
        *ret_literal = str_sub(*rest, 0, open);
        *ret_name = str_sub(*rest, open + 1, close - open - 1);
        *rest = str_sub(*rest, close + 1, rest->n);
        return true;
}

struct str phrases_fill(struct arena *a, const struct phrases *p,
                        const char *key, const struct phrase_arg *args,
                        size_t n)
{
        struct str rest = phrases_get(p, key), out = STR(""), literal, name;

        while (next_part(&rest, &literal, &name)) {
                const struct phrase_arg *arg = find_arg(args, n, name);

                out = arena_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(out),
                                   STR_ARG(literal),
                                   STR_ARG(arg ? arg->value : STR("")));
        }
        return out;
}

/* Does text read as the pattern, with anything in the {places}? */
static bool match(struct str pattern, struct str text)
{
        struct str literal, name;
        bool open = false; /* a place stands just before */

        while (next_part(&pattern, &literal, &name)) {
                size_t at = open ? str_find(text, literal, 0)
                            : str_starts(text, literal) ? 0
                                                        : STR_NONE;

                if (at == STR_NONE)
                        return false;
                if (open && !pattern.n && !name.p)
                        return str_ends(text, literal);
                text = str_sub(text, at + literal.n, text.n);
                open = name.p != NULL;
        }
        return open || !text.n;
}

bool phrases_match(const struct phrases *p, struct str text)
{
        size_t i = 0;
        struct str key;
        void *value;

        while (map_each(p->texts, &i, &key, &value)) {
                struct str pattern = ((struct phrase *)value)->text;

                /* A phrase that is all place would match everything. */
                if (pattern.n && pattern.p[0] != '{' && match(pattern, text))
                        return true;
        }
        return false;
}
