#include "press/theme.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "press/mustache.h"
#include "press/value.h"

extern const struct embedded theme_files[];

struct theme {
        struct arena *a;
        const struct theme_file *overrides;
        size_t n;
        struct map *compiled;
        struct err *err; /* of the rendering under way */
        int rc;
};

struct theme *theme_new(struct arena *a, const struct theme_file *overrides,
                        size_t n)
{
        struct theme *t = arena_alloc(a, sizeof(*t));

        *t = (struct theme) {
                .a = a, .overrides = overrides, .n = n, .compiled = map_new(a)
        };
        return t;
}

bool theme_find(const struct theme *t, struct str name, struct str *ret)
{
        for (size_t i = 0; i < t->n; i++)
                if (str_eq(t->overrides[i].name, name)) {
                        *ret = t->overrides[i].bytes;
                        return true;
                }
        for (const struct embedded *e = theme_files; e->name; e++)
                if (str_eq(str_c(e->name), name)) {
                        *ret = (struct str) { (const char *)e->bytes, e->size };
                        return true;
                }
        return false;
}

bool theme_name(size_t i, struct str *ret)
{
        const struct embedded *e = theme_files;

        while (e->name && i-- > 0)
                e++;
        if (!e->name)
                return false;
        *ret = str_c(e->name);
        return true;
}

static int find_template(struct theme *t, struct str name,
                         const struct mustache **ret, struct err *err)
{
        struct str file =
                arena_printf(t->a, STR_FMT ".mustache", STR_ARG(name));
        struct str text;
        void **at = map_at(t->compiled, file);

        if (*at) {
                *ret = *at;
                return 0;
        }
        if (!theme_find(t, file, &text))
                return err_set(err, ERR_ABSENT,
                               "the theme has no template " STR_FMT,
                               STR_ARG(file));
        if (str_ends(text, STR("\n")))
                text.n--;

        const struct mustache *m;
        int rc = mustache_compile(t->a, file, text, &m, err);

        if (rc < 0)
                return rc;
        map_put(t->compiled, file, (void *)m);
        *ret = m;
        return 0;
}

static const struct mustache *partial(void *ctx, struct str name)
{
        struct theme *t = ctx;
        const struct mustache *m = NULL;
        int rc = find_template(t, name, &m, t->rc < 0 ? NULL : t->err);

        if (rc < 0 && t->rc == 0)
                t->rc = rc;
        return m;
}

int theme_print(struct theme *t, const char *name, const struct value *root,
                struct buf *out, struct err *err)
{
        const struct mustache *m = NULL;
        int rc = find_template(t, str_c(name), &m, err);

        if (rc < 0)
                return rc;
        t->err = err;
        t->rc = 0;
        rc = mustache_render(m, root, partial, t, out, err);
        return t->rc < 0 ? t->rc : rc;
}
