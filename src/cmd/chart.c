/*
 * bulldog chart: numbers in, a picture out. What stands in the file decides;
 * what was read in two ways, left out or cut is told on standard error.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "cmd/chart_data.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "conf/phrases.h"
#include "edition/chart_read.h"
#include "press/chart.h"
#include "press/plot.h"
#include "press/press.h"

#define OUTS_MAX 8
#define SCALE 2.0

int cmd_chart(struct env *env, int argc, char **argv);

struct options {
        const char *file;
        const char *outs[OUTS_MAX];
        size_t n_outs;
        struct buf text; /* the keys given as options, as a chart has them */
        double width, height;
        enum scene_theme theme;
        struct str language;
        bool bare, types;
};

/* Options that are keys of a chart. */
static const char *const keys[] = { "type",    "title",     "subtitle",
                                    "unit",    "source",    "note",
                                    "columns", "highlight", "annotation",
                                    "decimal", "dates" };

static bool take_key(struct options *o, const char *name, const char *value)
{
        for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
                if (strcmp(keys[i], name) != 0)
                        continue;
                buf_printf(&o->text, "%s: ", name);
                for (; *value; value++)
                        buf_char(&o->text, *value == '\n' ? ' ' : *value);
                buf_char(&o->text, '\n');
                return true;
        }
        return false;
}

static int take_size(struct env *env, const char *name, const char *value,
                     double max, double *ret)
{
        uint64_t n;

        if (scan_u64(str_c(value), (uint64_t)max, &n) < 0 || !n)
                return err_set(&env->err, ERR_INPUT,
                               "--%s wants pixels, at most %.0f, not %s", name,
                               max, value);
        *ret = (double)n;
        return 0;
}

static int take_theme(struct env *env, struct options *o, const char *value)
{
        static const char *const names[] = { "auto", "light", "dark" };

        for (int i = 0; i < 3; i++)
                if (strcmp(names[i], value) == 0) {
                        o->theme = (enum scene_theme)i;
                        return 0;
                }
        return err_set(&env->err, ERR_INPUT,
                       "--theme is auto, light or dark, not %s", value);
}

static int take_option(struct env *env, struct options *o, const char *name,
                       const char *value)
{
        if (take_key(o, name, value))
                return 0;
        if (strcmp(name, "width") == 0)
                return take_size(env, name, value, PLOT_WIDTH_MAX, &o->width);
        if (strcmp(name, "height") == 0)
                return take_size(env, name, value, PLOT_HEIGHT_MAX, &o->height);
        if (strcmp(name, "theme") == 0)
                return take_theme(env, o, value);
        if (strcmp(name, "language") == 0)
                o->language = str_c(value);
        else if (strcmp(name, "bare") == 0)
                o->bare = true;
        else
                o->types = true;
        return 0;
}

/* The file and each -o, in any order. */
static int take_operands(struct env *env, struct options *o, int argc,
                         char **argv, int i)
{
        for (; i < argc; i++) {
                bool is_out = strncmp(argv[i], "-o", 2) == 0;

                if (!is_out && o->file)
                        return err_set(&env->err, ERR_INPUT,
                                       "one file at a time; what is %s?",
                                       argv[i]);
                if (!is_out) {
                        o->file = argv[i];
                        continue;
                }
                const char *path = argv[i][2] ? argv[i] + 2 : argv[++i];

                if (!path || o->n_outs == OUTS_MAX)
                        return err_set(&env->err, ERR_INPUT,
                                       "-o wants a file, %d of them at most",
                                       OUTS_MAX);
                o->outs[o->n_outs++] = path;
        }
        if (!o->file)
                return err_set(&env->err, ERR_INPUT, "which file? see --help");
        if (!o->n_outs && !o->types)
                return err_set(&env->err, ERR_INPUT,
                               "where to? -o chart.svg or -o chart.png");
        return 0;
}

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i,
                                "type= title= subtitle= unit= source= note= "
                                "columns= highlight= annotation= decimal= "
                                "dates= width= height= theme= language= bare "
                                "types",
                                &name, &value)) > 0) {
                rc = take_option(env, o, name, value);
                if (rc < 0)
                        return rc;
        }
        return rc < 0 ? rc : take_operands(env, o, argc, argv, i);
}

/* A .chart holds a chart as the copy has it; anything else is its numbers. */
static int read_chart(struct env *env, struct options *o, struct chart **ret)
{
        struct str bytes, name = str_c(o->file);
        int rc = file_read(env->a, o->file, LIMIT_CHART_B, &bytes, &env->err);

        if (rc < 0)
                return rc;
        bytes = utf8_repair(env->a, bytes);
        if (str_ends(name, STR(".chart"))) {
                /* Options stand before what the file says, so they are put
                 * behind its keys by writing them last. */
                size_t gap = str_find(bytes, STR("\n\n"), 0);
                size_t end = gap == STR_NONE ? bytes.n : gap;
                struct str all =
                        arena_printf(env->a, STR_FMT "\n" STR_FMT STR_FMT,
                                     STR_ARG(str_trim(str_sub(bytes, 0, end))),
                                     STR_ARG(buf_str(&o->text)),
                                     STR_ARG(str_sub(bytes, end, bytes.n)));

                *ret = chart_read(env->a, all, 1);
                return chart_data_load(env, *ret, o->file);
        }
        *ret = chart_read(
                env->a,
                utf8_repair(env->a, arena_str(env->a, buf_str(&o->text))), 1);
        (*ret)->data = name;
        return chart_load(env->a, *ret, bytes, &env->err);
}

/* How each column was read. */
static void print_types(const struct table *t)
{
        static const char *const kinds[] = { "text", "number", "date" };
        static const char *const steps[] = { "years", "quarters", "months",
                                             "weeks", "days",     "times" };

        printf("%zu rows\n", t->n_rows);
        for (size_t i = 0; i < t->n_columns; i++) {
                const struct column *c = &t->columns[i];
                size_t gaps = 0;

                for (size_t k = 0; c->numbers && k < t->n_rows; k++)
                        gaps += isnan(c->numbers[k]);
                printf("%-24.*s %s%s%s", STR_ARG(c->name), kinds[c->kind],
                       c->kind == COLUMN_DATE ? ", " : "",
                       c->kind == COLUMN_DATE ? steps[c->step] : "");
                if (c->decimals)
                        printf(", %d decimals", c->decimals);
                if (gaps)
                        printf(", %zu gaps", gaps);
                putchar('\n');
        }
}

static int write_out(struct env *env, const struct options *o,
                     const struct scene *s, const char *path)
{
        struct str bytes = STR_NULL;
        struct buf b;
        int rc = 0;

        if (str_ends(str_c(path), STR(".png"))) {
                rc = png_write(env->a, s, o->theme, SCALE, &bytes, &env->err);
        } else if (str_ends(str_c(path), STR(".svg"))) {
                buf_init(&b, LIMIT_OUTPUT_B);
                svg_write(&b, s, o->theme, 0);
                bytes = arena_str(env->a, buf_str(&b));
                if (!buf_ok(&b))
                        rc = err_set(&env->err, ERR_LIMIT,
                                     "the picture is over %d bytes",
                                     LIMIT_OUTPUT_B);
                buf_done(&b);
        } else {
                rc = err_set(&env->err, ERR_INPUT,
                             "%s should end in .svg or .png", path);
        }
        return rc < 0 ? rc : file_write(path, bytes, NULL, &env->err);
}

static int draw(struct env *env, const struct options *o,
                const struct chart *chart)
{
        const struct phrases *phrases;
        struct scene scene;
        int rc = issue_phrases(env, o->language, &phrases);

        if (rc < 0)
                return rc;
        struct plot_options p = { .width = o->width,
                                  .height = o->height,
                                  .is_bare = o->bare,
                                  .language = o->language,
                                  .source_word =
                                          phrases_get(phrases, "press.from"),
                                  .alt = chart_alt(env->a, phrases, chart) };

        rc = plot_draw(env->a, chart, &p, &scene, &env->err);
        for (size_t i = 0; i < o->n_outs && rc == 0; i++)
                rc = write_out(env, o, &scene, o->outs[i]);
        return rc < 0 ? err_add(&env->err, "%s", o->file) : 0;
}

int cmd_chart(struct env *env, int argc, char **argv)
{
        struct options o = { .language = STR("en") };
        struct chart *chart;
        int rc;

        buf_init(&o.text, LIMIT_COPY_B);
        rc = read_options(env, argc, argv, &o);
        if (rc == 0)
                rc = read_chart(env, &o, &chart);
        if (rc == 0) {
                chart_data_warn(chart, o.file);
                if (o.types && chart->table)
                        print_types(chart->table);
                if (o.n_outs)
                        rc = draw(env, &o, chart);
        }
        buf_done(&o.text);
        return rc;
}
