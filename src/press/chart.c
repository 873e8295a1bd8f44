#include "press/chart.h"

#include "base/arena.h"
#include "press/html.h"
#include "press/value.h"

/* "Exchange https://...": a name, then an address. */
static void put_source(struct arena *a, struct value *v, struct str s)
{
        size_t at = str_find(s, STR("http"), 0);
        struct str url = at == STR_NONE ? STR("") : str_sub(s, at, s.n);

        if (!html_url_ok(url))
                url = STR("");
        value_put_text(a, v, "source",
                       url.n && at ? str_trim(str_sub(s, 0, at)) : s);
        value_put_text(a, v, "source_url", url);
}

static void put_line(struct arena *a, struct value *v, struct str line)
{
        size_t colon = str_chr(line, ':', 0);

        if (colon == STR_NONE)
                return;

        struct str key = str_trim(str_sub(line, 0, colon));
        struct str text = str_trim(str_sub(line, colon + 1, line.n));

        if (str_eq(key, STR("title")))
                value_put_text(a, v, "title", text);
        else if (str_eq(key, STR("unit")))
                value_put_text(a, v, "unit", text);
        else if (str_eq(key, STR("source")))
                put_source(a, v, text);
}

static struct value *cells(struct arena *a, struct str line)
{
        struct value *list = value_list(a);
        struct str cell;

        while (str_cut(&line, ',', &cell)) {
                struct value *v = value_object(a);

                value_put_text(a, v, "cell", str_trim(cell));
                value_put_flag(a, v, "is_first", list->n == 0);
                value_add(a, list, v);
        }
        return list;
}

struct value *chart_value(struct arena *a, struct str text)
{
        struct value *v = value_object(a), *rows = value_list(a);
        struct str line;
        bool in_rows = false;

        value_put_text(a, v, "title", STR(""));
        value_put_text(a, v, "unit", STR(""));
        put_source(a, v, STR(""));
        value_put(a, v, "heads", value_list(a));
        while (str_cut(&text, '\n', &line)) {
                line = str_trim(line);
                if (!line.n) {
                        in_rows = true;
                        continue;
                }
                if (!in_rows) {
                        put_line(a, v, line);
                        continue;
                }
                if (!value_is_true(value_find(v, STR("heads")))) {
                        value_put(a, v, "heads", cells(a, line));
                        continue;
                }
                if (rows->n == CHART_ROWS_MAX)
                        break;

                struct value *row = value_object(a);

                value_put(a, row, "cells", cells(a, line));
                value_add(a, rows, row);
        }
        value_put(a, v, "rows", rows);
        value_put_flag(a, v, "has_rows", rows->n > 0);
        return v;
}
