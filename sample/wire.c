#include "wire.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/scan.h"
#include "base/time.h"

#define FILE_B ((size_t)4 * 1024 * 1024)
#define EDITION_DAY 20518 /* 2026-03-06, in days since 1970 */

/* --- reading ------------------------------------------------------------ */

/* "+0530" in seconds. */
static int64_t zone_of(struct str s)
{
        int64_t hours = 0, minutes = 0;
        bool west = str_starts(s, STR("-"));

        s = str_sub(s, 1, s.n);
        if (scan_digits(&s, 2, &hours) < 0 || scan_digits(&s, 2, &minutes) < 0)
                return 0;
        return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

static bool field(struct str line, const char *name, struct str *ret)
{
        struct str want = str_c(name);

        if (!str_starts(line, want) || line.n <= want.n ||
            line.p[want.n] != ':')
                return false;
        *ret = str_trim(str_sub(line, want.n + 1, line.n));
        return true;
}

/* "-1 22:50" */
static int read_at(struct str s, int64_t shift_s, struct wire_article *art)
{
        struct str day;
        int64_t d, h, m;

        if (!str_cut(&s, ' ', &day) || scan_i64(day, -400, 400, &d) < 0)
                return ERR_INPUT;
        s = str_trim(s);
        if (scan_digits(&s, 2, &h) < 0 || !str_starts(s, STR(":")))
                return ERR_INPUT;
        s = str_sub(s, 1, s.n);
        if (scan_digits(&s, 2, &m) < 0 || s.n)
                return ERR_INPUT;
        art->at = (EDITION_DAY + d) * TIME_DAY_S + h * 3600 + m * 60 + shift_s;
        art->hour = (d + 6) * 24 + h;
        return 0;
}

static void outlet_field(struct wire_outlet *o, struct str line)
{
        struct str v;

        if (field(line, "outlet", &v))
                o->name = v;
        else if (field(line, "host", &v))
                o->host = v;
        else if (field(line, "format", &v))
                o->format = v;
        else if (field(line, "language", &v))
                o->language = v;
        else if (field(line, "kind", &v))
                o->kind = v;
        else if (field(line, "beat", &v))
                o->beat = v;
        else if (field(line, "fault", &v))
                o->fault = v;
        else if (field(line, "full", &v))
                o->is_full = str_eq(v, STR("yes"));
        else if (field(line, "zone", &v))
                o->zone_s = zone_of(v);
}

static int article_field(struct wire_article *art, struct str line,
                         int64_t shift_s)
{
        struct str v;

        if (field(line, "title", &v))
                art->title = v;
        else if (field(line, "by", &v))
                art->by = v;
        else if (field(line, "mark", &v))
                art->mark = v;
        else if (field(line, "kind", &v))
                art->kind = v;
        else if (field(line, "beat", &v))
                art->beat = v;
        else if (field(line, "date", &v))
                art->date = v;
        else if (field(line, "at", &v))
                return read_at(v, shift_s, art);
        return 0;
}

/* From behind a "=== slug" line up to the next one or the end. */
static int read_article(struct arena *a, struct wire_outlet *o,
                        struct str *rest, struct str slug, int64_t shift_s)
{
        struct wire_article art = {
                .slug = slug, .at = TIME_NONE, .kind = o->kind, .beat = o->beat
        };
        struct str line;

        while (str_cut(rest, '\n', &line) && str_trim(line).n)
                if (article_field(&art, str_trim(line), shift_s) < 0)
                        return ERR_INPUT;
        if (art.at == TIME_NONE || !art.title.n)
                return ERR_INPUT;

        size_t end = rest->p ? str_find(*rest, STR("\n=== "), 0) : 0;

        art.body = str_trim(rest->p ? str_sub(*rest, 0, end) : STR(""));
        *rest = !rest->p || end == STR_NONE ? STR_NULL
                                            : str_sub(*rest, end + 1, rest->n);
        ARENA_GROW(a, o->articles, o->n, o->cap);
        o->articles[o->n++] = art;
        return 0;
}

static int by_time(const void *x, const void *y)
{
        const struct wire_article *p = x, *q = y;

        if (p->at != q->at)
                return p->at < q->at ? 1 : -1;
        return str_cmp(p->slug, q->slug);
}

static int read_outlet(struct arena *a, struct str text, int64_t shift_s,
                       struct wire_outlet *o, const char *path, struct err *err)
{
        struct str rest = text, line;

        while (str_cut(&rest, '\n', &line)) {
                if (!str_starts(line, STR("=== "))) {
                        outlet_field(o, str_trim(line));
                        continue;
                }

                struct str slug = str_trim(str_sub(line, 4, line.n));

                if (read_article(a, o, &rest, slug, shift_s) < 0)
                        return err_set(err, ERR_INPUT,
                                       "%s: article " STR_FMT
                                       " wants a title and a time such as 'at: "
                                       "-1 22:50'",
                                       path, STR_ARG(slug));
        }
        if (!o->name.n || !o->host.n || !o->format.n)
                return err_set(err, ERR_INPUT,
                               "%s: outlet, host or format is missing", path);
        qsort(o->articles, o->n, sizeof(*o->articles), by_time);
        return 0;
}

static int by_host(const void *x, const void *y)
{
        return str_cmp(((const struct wire_outlet *)x)->host,
                       ((const struct wire_outlet *)y)->host);
}

static int read_file(struct arena *a, struct wire *w, const char *path,
                     struct err *err)
{
        struct wire_outlet o = { .kind = STR("news"),
                                 .beat = STR("world"),
                                 .language = STR("en") };
        struct str text;
        int rc = file_read(a, path, FILE_B, &text, err);

        if (rc == 0)
                rc = read_outlet(a, text, w->shift_s, &o, path, err);
        if (rc < 0)
                return rc;
        ARENA_GROW(a, w->outlets, w->n, w->cap);
        w->outlets[w->n++] = o;
        return 0;
}

int wire_read(struct arena *a, const char *dir, int64_t shift_s,
              struct wire *ret, struct err *err)
{
        DIR *d = opendir(dir);
        struct dirent *e;
        int rc = 0;

        if (!d)
                return err_sys(err, "opening %s", dir);
        *ret = (struct wire) { .shift_s = shift_s, .until = 1e9 };
        while (rc == 0 && (e = readdir(d)))
                if (str_ends(str_c(e->d_name), STR(".txt")))
                        rc = read_file(
                                a, ret,
                                arena_printf(a, "%s/%s", dir, e->d_name).p,
                                err);
        closedir(d);
        if (rc == 0 && !ret->n)
                rc = err_set(err, ERR_ABSENT, "no outlets in %s", dir);
        if (rc == 0)
                qsort(ret->outlets, ret->n, sizeof(*ret->outlets), by_host);
        return rc;
}

/* --- finding ------------------------------------------------------------ */

bool wire_is_out(const struct wire *w, const struct wire_article *art)
{
        return (double)art->hour <= w->until;
}

const struct wire_outlet *wire_find(const struct wire *w, struct str host)
{
        for (size_t i = 0; i < w->n; i++)
                if (str_eq(w->outlets[i].host, host))
                        return &w->outlets[i];
        return NULL;
}

const struct wire_article *wire_find_article(const struct wire *w,
                                             const struct wire_outlet *o,
                                             struct str slug)
{
        for (size_t i = 0; i < o->n; i++)
                if (str_eq(o->articles[i].slug, slug) &&
                    wire_is_out(w, &o->articles[i]))
                        return &o->articles[i];
        return NULL;
}
