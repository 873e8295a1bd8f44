#include "conf/phrases.h"

#include "base/arena.h"
#include "base/hash.h"

struct phrases {
        struct map *texts; /* key -> struct str * */
};

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

        struct str *text = arena_alloc(a, sizeof(*text));

        *text = arena_str(a, str_trim(str_sub(line, eq + 1, line.n)));
        map_put(p->texts, str_trim(str_sub(line, 0, eq)), text);
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
        while (str_cut(&text, '\n', &line)) {
                int rc = read_line(a, *inout, line, ++number, err);
                if (rc < 0)
                        return rc;
        }
        return 0;
}

struct str phrases_get(const struct phrases *p, const char *key)
{
        const struct str *text = map_find(p->texts, str_c(key));

        return text ? *text : str_c(key);
}

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
                struct str pattern = *(struct str *)value;

                /* A phrase that is all place would match everything. */
                if (pattern.n && pattern.p[0] != '{' && match(pattern, text))
                        return true;
        }
        return false;
}
