#include "edition/table_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/limits.h"

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

int table_json(struct arena *a, struct str text, struct grid *ret,
               struct err *err)
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
        if (!json_array_size(root))
                rc = err_set(err, ERR_INPUT, "there are no rows in it");
        else if (json_array_size(root) > LIMIT_CHART_ROWS)
                rc = err_set(err, ERR_LIMIT, "over %d rows", LIMIT_CHART_ROWS);
        else if (json_is_object(json_array_get(root, 0)))
                rc = read_objects(a, root, &g, err);
        else if (json_is_array(json_array_get(root, 0)))
                rc = read_lists(a, root, &g, err);
        else
                rc = err_set(err, ERR_INPUT,
                             "the JSON is a list of neither objects nor "
                             "lists");
        json_decref(root);
        if (rc == 0)
                *ret = g;
        return rc;
}
