#include "cmd/chart_data.h"

#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "edition/chart_read.h"

#define STANDING CHART_FOLDER "/standing.chart"

/* A name in the same folder, or below it. */
static bool is_below(struct str name)
{
        struct str part;

        if (!name.n || name.p[0] == '/')
                return false;
        while (str_cut(&name, '/', &part))
                if (str_eq(part, STR("..")) || !part.n)
                        return false;
        return true;
}

int chart_data_load(struct env *env, struct chart *chart, const char *path)
{
        struct str folder = str_c(path), bytes;
        int rc;

        if (!chart->data.n || chart->table)
                return 0;
        if (!is_below(chart->data))
                return err_set(&env->err, ERR_INPUT,
                               "\"data: " STR_FMT
                               "\" is no name of a file beside the chart",
                               STR_ARG(utf8_clip(chart->data, 200)));
        while (folder.n && folder.p[folder.n - 1] != '/')
                folder.n--;
        rc = file_read(env->a,
                       arena_printf(env->a, STR_FMT STR_FMT, STR_ARG(folder),
                                    STR_ARG(chart->data))
                               .p,
                       LIMIT_CHART_B, &bytes, &env->err);
        return rc < 0 ? rc : chart_load(env->a, chart, bytes, &env->err);
}

void chart_data_warn(const struct chart *chart, const char *name)
{
        const struct table *t = chart->table;

        for (size_t i = 0; i < chart->n_warnings; i++)
                log_warn("%s: " STR_FMT, name, STR_ARG(chart->warnings[i]));
        for (size_t i = 0; t && i < t->n_warnings; i++)
                log_warn(STR_FMT, STR_ARG(t->warnings[i]));
        if (t && t->n_faults > t->n_warnings)
                log_warn("%s: %zu more like these", name,
                         t->n_faults - t->n_warnings);
        for (size_t i = 0; t && i < chart->n_annotations; i++)
                if (chart->annotations[i].row == STR_NONE)
                        log_warn("%s: no row is \"" STR_FMT
                                 "\", so its annotation is left out",
                                 name, STR_ARG(chart->annotations[i].at));
}

static void load_blocks(struct env *env, const struct block *blocks, size_t n,
                        bool tell)
{
        const char *beside = env_path(env, STR(CHART_FOLDER "/"));

        for (size_t i = 0; i < n; i++) {
                struct chart *c = blocks[i].chart;
                struct err before = env->err;

                if (!c)
                        continue;
                if (chart_data_load(env, c, beside) < 0)
                        log_warn("a chart is printed without its picture: %s",
                                 env->err.msg);
                else if (tell)
                        chart_data_warn(c, "the copy");
                env->err = before;
        }
}

void chart_data_edition(struct env *env, const struct edition *e, bool tell)
{
        for (size_t i = 0; i < e->n_sections; i++)
                load_blocks(env, e->sections[i].blocks, e->sections[i].n_blocks,
                            tell);
}

/* --- the day's --- */

static bool is_of_day(struct str name, struct str date)
{
        return str_starts(name, date) && str_ends(name, STR(".chart")) &&
               (name.n == date.n + 6 || name.p[date.n] == '-');
}

/* The first name by letters, so that two runs choose alike. */
static struct str find_of_day(struct env *env, struct str date)
{
        DIR *d = opendir(env_path(env, STR(CHART_FOLDER)));
        struct str best = STR_NULL;
        struct dirent *entry;

        if (!d)
                return best;
        while ((entry = readdir(d))) {
                struct str name = str_c(entry->d_name);

                if (is_of_day(name, date) &&
                    (!best.p || str_cmp(name, best) < 0))
                        best = arena_str(env->a, name);
        }
        closedir(d);
        return best;
}

static int read_text(struct env *env, struct str name, struct str *ret)
{
        const char *path = env_path(env, name);

        *ret = STR("");
        if (!file_exists(path))
                return 0;
        return file_read(env->a, path, LIMIT_COPY_B / 4, ret, &env->err);
}

int chart_data_of_day(struct env *env, struct str date, struct str *ret)
{
        struct str name = find_of_day(env, date);

        *ret = STR("");
        if (!name.n)
                return 0;
        return read_text(
                env,
                arena_printf(env->a, CHART_FOLDER "/" STR_FMT, STR_ARG(name)),
                ret);
}

int chart_data_standing(struct env *env, struct str *ret)
{
        return read_text(env, STR(STANDING), ret);
}
