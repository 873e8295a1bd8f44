#include "base/table_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"

#define SHOWN_B 80

static struct str cell_of(struct arena *a, const json_t *v)
{
        if (json_is_string(v))
                return str_trim(
                        arena_str(a, (struct str) { json_string_value(v),
                                                    json_string_length(v) }));
        if (json_is_integer(v))
                return arena_printf(a, "%lld",
                                    (long long)json_integer_value(v));
        if (json_is_real(v)) /* the shortest that reads the same */
                for (int digits = 6;; digits++) {
                        struct str s = arena_printf(a, "%.*g", digits,
                                                    json_real_value(v));
                        if (digits >= 17 ||
                            strtod(s.p, NULL) == json_real_value(v))
                                return s;
                }
        return STR("");
}

static struct str *add_row(struct arena *a, struct grid *g, size_t number)
{
        struct str *cells = arena_array(a, g->n_columns, sizeof(*cells));

        ARENA_GROW(a, g->rows, g->n_rows, g->cap);
        ARENA_GROW(a, g->lines, g->n_rows, g->cap_lines);
        for (size_t i = 0; i < g->n_columns; i++)
                cells[i] = STR("");
        g->lines[g->n_rows] = (int)number;
        g->rows[g->n_rows++] = cells;
        return cells;
}

/* All keys, as they come. */
static int collect_keys(struct arena *a, json_t *root, struct str *keys,
                        size_t *n, struct err *err)
{
        size_t i;
        json_t *row, *v;
        const char *key;

        json_array_foreach(root, i, row)
        {
                if (!json_is_object(row))
                        return err_set(err, ERR_INPUT,
                                       "row %zu of the JSON is no object as "
                                       "the first is",
                                       i + 1);
                json_object_foreach(row, key, v)
                {
                        size_t k = 0;

                        while (k < *n && !str_eq(keys[k], str_c(key)))
                                k++;
                        if (k < *n)
                                continue;
                        if (*n == CSV_FIELDS_MAX)
                                return err_set(err, ERR_LIMIT,
                                               "the JSON has over %d columns",
                                               CSV_FIELDS_MAX);
                        keys[(*n)++] = arena_str(a, str_c(key));
                }
        }
        return 0;
}

static int read_objects(struct arena *a, json_t *root, struct grid *g,
                        struct err *err)
{
        struct str keys[CSV_FIELDS_MAX];
        size_t i;
        json_t *row;
        int rc = collect_keys(a, root, keys, &g->n_columns, err);

        if (rc < 0)
                return rc;
        struct str *names = add_row(a, g, 1);

        for (size_t k = 0; k < g->n_columns; k++)
                names[k] = keys[k];
        json_array_foreach(root, i, row)
        {
                struct str *cells = add_row(a, g, i + 1);

                for (size_t k = 0; k < g->n_columns; k++)
                        cells[k] = cell_of(a, json_object_get(row, keys[k].p));
        }
        return 0;
}

static int read_lists(struct arena *a, json_t *root, struct grid *g,
                      struct err *err)
{
        size_t i;
        json_t *row;

        g->n_columns = json_array_size(json_array_get(root, 0));
        if (g->n_columns > CSV_FIELDS_MAX)
                return err_set(err, ERR_LIMIT, "the JSON has over %d columns",
                               CSV_FIELDS_MAX);
        json_array_foreach(root, i, row)
        {
                struct str *cells = add_row(a, g, i + 1);

                for (size_t k = 0; k < g->n_columns; k++)
                        cells[k] = cell_of(a, json_array_get(row, k));
        }
        return 0;
}

/* "data.0.rows": a key or a number a step; NULL: there is no such place. */
static json_t *walk(struct arena *a, json_t *at, struct str path)
{
        struct str key;
        uint64_t i;

        while (at && str_cut(&path, '.', &key))
                if (!json_is_array(at))
                        at = json_object_get(at, arena_cstr(a, key));
                else if (scan_u64(key, SIZE_MAX / 2, &i) == 0)
                        at = json_array_get(at, (size_t)i);
                else
                        at = NULL;
        return at;
}

static int read_rows(struct arena *a, json_t *rows, struct grid *g,
                     struct err *err)
{
        if (!json_array_size(rows))
                return err_set(err, ERR_INPUT, "there are no rows in it");
        if (json_array_size(rows) > LIMIT_CHART_ROWS)
                return err_set(err, ERR_LIMIT, "over %d rows",
                               LIMIT_CHART_ROWS);
        if (json_is_object(json_array_get(rows, 0)))
                return read_objects(a, rows, g, err);
        if (json_is_array(json_array_get(rows, 0)))
                return read_lists(a, rows, g, err);
        return err_set(err, ERR_INPUT,
                       "the JSON is a list of neither objects nor lists");
}

int table_json(struct arena *a, struct str text, struct str path,
               struct grid *ret, struct err *err)
{
        json_error_t at;
        struct grid g = { 0 };
        int rc;

        if (text.n > LIMIT_CHART_JSON_B)
                return err_set(err, ERR_LIMIT, "JSON of over %d bytes",
                               LIMIT_CHART_JSON_B);
        json_t *root = json_loadb(text.p, text.n, 0, &at);

        if (!root)
                return err_set(err, ERR_INPUT, "line %d, column %d: %s",
                               at.line, at.column, at.text);
        json_t *rows = walk(a, root, path);

        if (rows)
                rc = read_rows(a, rows, &g, err);
        else
                rc = err_set(err, ERR_INPUT, "the JSON has nothing at \"%s\"",
                             arena_cstr(a, utf8_clip(path, SHOWN_B)));
        json_decref(root);
        if (rc == 0)
                *ret = g;
        return rc;
}
