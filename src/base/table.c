#include "base/table.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/cell.h"
#include "base/table_json.h"

#define SHOWN_B 40
#define WARNING_B 400
#define YEAR_FROM 1000
#define YEAR_TO 2200
/* A column in which fewer than this part of its cells are numbers is text. */
#define NUMBERS_OF_TEN 5

/* How many cells of a column tell which sign is the decimal one. */
struct marks {
        size_t point, comma, one_point, one_comma, example;
};

struct reading {
        struct arena *a;
        const struct table_input *in;
        struct table *table;
        struct grid grid;
        char decimal; /* what the whole table tells; 0: nothing */
        char usual;   /* what its sort usually has */
        struct marks marks[CSV_FIELDS_MAX];
};

static void put_warning(struct reading *r, struct str text)
{
        struct table *t = r->table;

        t->n_faults++;
        if (t->n_warnings == TABLE_WARNINGS_MAX)
                return;
        if (!t->warnings)
                t->warnings = arena_array(r->a, TABLE_WARNINGS_MAX,
                                          sizeof(*t->warnings));
        t->warnings[t->n_warnings++] = text;
}

static const char *shown(struct reading *r, struct str cell)
{
        struct str clip = utf8_clip(cell, SHOWN_B);

        return arena_printf(r->a, STR_FMT "%s", STR_ARG(clip),
                            clip.n < cell.n ? "\u2026" : "")
                .p;
}

/* row: STR_NONE for the whole column. */
static void warn(struct reading *r, size_t row, size_t column, const char *fmt,
                 ...) PRINTF(4, 5);

static void warn(struct reading *r, size_t row, size_t column, const char *fmt,
                 ...)
{
        char text[WARNING_B];
        struct str where = r->in->name.n ? arena_printf(r->a, STR_FMT ": ",
                                                        STR_ARG(r->in->name))
                                         : STR("");
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        if (row != STR_NONE)
                where = arena_printf(r->a, STR_FMT "line %d, ", STR_ARG(where),
                                     r->grid.lines[row]);
        put_warning(r, arena_printf(r->a, STR_FMT "column %zu: %s",
                                    STR_ARG(where), column + 1, text));
}

/* --- the grid --- */

static int add_row(struct reading *r, const struct csv_row *row,
                   struct err *err)
{
        struct grid *g = &r->grid;

        if (!g->n_columns)
                g->n_columns = row->n;
        if (g->n_rows > LIMIT_CHART_ROWS)
                return err_set(err, ERR_LIMIT,
                               "line %d: over %d rows; sum them up by day, "
                               "month or year",
                               row->line, LIMIT_CHART_ROWS);
        if (row->n > g->n_columns)
                put_warning(r,
                            arena_printf(
                                    r->a,
                                    "%sline %d: it has %zu fields where the "
                                    "first line has %zu; the others are "
                                    "left out",
                                    r->in->name.n
                                            ? arena_printf(r->a, STR_FMT ": ",
                                                           STR_ARG(r->in->name))
                                                      .p
                                            : "",
                                    row->line, row->n, g->n_columns));
        ARENA_GROW(r->a, g->rows, g->n_rows, g->cap);
        ARENA_GROW(r->a, g->lines, g->n_rows, g->cap_lines);
        struct str *cells = arena_array(r->a, g->n_columns, sizeof(*cells));

        for (size_t i = 0; i < g->n_columns; i++)
                cells[i] = i < row->n ? str_trim(row->fields[i]) : STR("");
        g->rows[g->n_rows] = cells;
        g->lines[g->n_rows++] = row->line;
        if (g->n_rows * g->n_columns > LIMIT_CHART_CELLS)
                return err_set(err, ERR_LIMIT, "line %d: over %d cells",
                               row->line, LIMIT_CHART_CELLS);
        return 0;
}

static int read_csv(struct reading *r, struct str text, struct err *err)
{
        struct csv csv = csv_open(text, 0);
        struct csv_row row;
        int rc;

        if (r->in->line)
                csv.line = r->in->line;
        r->usual = csv.sep == ';' ? ',' : '.';
        while ((rc = csv_next(r->a, &csv, &row, err)) > 0) {
                rc = add_row(r, &row, err);
                if (rc < 0)
                        break;
        }
        return rc;
}

/* Does the first row hold values, and no names? */
static bool is_headless(const struct grid *g, char decimal)
{
        for (size_t i = 0; i < g->n_columns; i++) {
                double v;
                int decimals;
                enum date_step step;

                if (i && cell_number(g->rows[0][i], decimal, &v, &decimals) &&
                    !cell_date(g->rows[0][i], ORDER_DMY, &v, &step))
                        return true;
        }
        return false;
}

/* Names off the first row. */
static void take_names(struct reading *r)
{
        struct grid *g = &r->grid;
        bool headless = g->n_rows && is_headless(g, r->usual);

        r->table->columns =
                arena_array(r->a, g->n_columns, sizeof(*r->table->columns));
        r->table->n_columns = g->n_columns;
        for (size_t i = 0; i < g->n_columns; i++)
                r->table->columns[i].name =
                        headless ? arena_printf(r->a, "%zu", i + 1)
                                 : utf8_fold_space(r->a, g->rows[0][i]);
        if (headless)
                warn(r, 0, 0,
                     "the first line holds numbers and no names; columns are "
                     "named 1, 2, 3");
        g->first = headless ? 0 : g->n_rows > 0;
        r->table->n_rows = g->n_rows - g->first;
}

/* --- what a column is --- */

static struct str cell_at(const struct reading *r, size_t row, size_t column)
{
        return r->grid.rows[r->grid.first + row][column];
}

static struct marks count_marks(const struct reading *r, size_t column)
{
        struct marks m = { 0 };

        for (size_t i = 0; i < r->table->n_rows; i++) {
                enum cell_mark mark = cell_mark(cell_at(r, i, column));

                m.point += mark == MARK_POINT;
                m.comma += mark == MARK_COMMA;
                if (mark == MARK_ONE_POINT && !m.one_point++ && !m.one_comma)
                        m.example = i;
                if (mark == MARK_ONE_COMMA && !m.one_comma++ &&
                    m.one_point <= 1)
                        m.example = i;
        }
        return m;
}

/* What the columns that tell tell of the others. */
static char table_decimal(struct reading *r)
{
        size_t point = 0, comma = 0;

        for (size_t c = 0; c < r->table->n_columns; c++) {
                r->marks[c] = count_marks(r, c);
                point += r->marks[c].point;
                comma += r->marks[c].comma;
        }
        if (r->in->decimal)
                return r->in->decimal;
        if (point == comma)
                return 0;
        return point > comma ? '.' : ',';
}

static char column_decimal(struct reading *r, size_t c)
{
        struct marks m = r->marks[c];
        char decimal;

        if (r->in->decimal)
                return r->in->decimal;
        if (m.point != m.comma)
                return m.point > m.comma ? '.' : ',';
        if (!m.one_point && !m.one_comma)
                return r->decimal ? r->decimal : r->usual;
        if (r->decimal)
                return r->decimal;
        decimal = r->usual;
        warn(r, r->grid.first + m.example, c,
             "\"%s\" can be read in two ways; the decimal sign is taken to be "
             "\"%c\" (say \"decimal: %c\" if it is the other)",
             shown(r, cell_at(r, m.example, c)), decimal,
             decimal == ',' ? '.' : ',');
        return decimal;
}

static enum cell_order column_order(struct reading *r, size_t c)
{
        size_t either = 0, dmy = 0, mdy = 0, example = 0;

        for (size_t i = 0; i < r->table->n_rows; i++) {
                enum cell_order order = cell_order(cell_at(r, i, c));

                dmy += order == ORDER_DMY;
                mdy += order == ORDER_MDY;
                if (order == ORDER_EITHER && !either++)
                        example = i;
        }
        if (r->in->order)
                return r->in->order == 'm' ? ORDER_MDY : ORDER_DMY;
        if (dmy || mdy)
                return mdy > dmy ? ORDER_MDY : ORDER_DMY;
        if (either)
                warn(r, r->grid.first + example, c,
                     "\"%s\" can be read in two ways; the day is taken to "
                     "stand before the month (say \"dates: mdy\" if it is the "
                     "other)",
                     shown(r, cell_at(r, example, c)));
        return ORDER_DMY;
}

/* Whole years may be numbers; a column of nothing else, in front, is years. */
static bool is_date_cell(const struct reading *r, struct str s,
                         enum cell_order order, bool years, double *at,
                         enum date_step *step)
{
        if (!cell_date(s, order, at, step))
                return false;
        if (*step == DATE_YEAR || s.n == 8)
                return years && !r->in->no_years;
        return true;
}

struct tally {
        size_t missing, numbers, dates;
        enum date_step step;
};

static struct tally count_kinds(const struct reading *r, size_t c, char decimal,
                                enum cell_order order)
{
        struct tally t = { .step = DATE_YEAR };

        for (size_t i = 0; i < r->table->n_rows; i++) {
                struct str s = cell_at(r, i, c);
                double v;
                int decimals;
                enum date_step step;

                if (cell_is_missing(s)) {
                        t.missing++;
                        continue;
                }
                t.numbers += cell_number(s, decimal, &v, &decimals);
                if (!is_date_cell(r, s, order, c == 0, &v, &step))
                        continue;
                t.dates++;
                if (step > t.step)
                        t.step = step;
        }
        return t;
}

static enum column_kind kind_of(const struct reading *r, const struct tally *t)
{
        size_t there = r->table->n_rows - t->missing;

        if (!there)
                return COLUMN_TEXT;
        if (t->dates == there || t->dates * 10 > there * 9)
                return COLUMN_DATE;
        if (t->numbers * 10 > there * NUMBERS_OF_TEN)
                return COLUMN_NUMBER;
        return COLUMN_TEXT;
}

static void fill_column(struct reading *r, size_t c, char decimal,
                        enum cell_order order)
{
        struct column *col = &r->table->columns[c];

        for (size_t i = 0; i < r->table->n_rows; i++) {
                struct str s = cell_at(r, i, c);
                enum date_step step;
                int decimals = 0;
                bool ok;

                col->numbers[i] = NAN;
                if (cell_is_missing(s))
                        continue;
                ok = col->kind == COLUMN_DATE
                             ? is_date_cell(r, s, order, c == 0,
                                            &col->numbers[i], &step)
                             : cell_number(s, decimal, &col->numbers[i],
                                           &decimals);
                if (!ok) {
                        col->numbers[i] = NAN;
                        warn(r, r->grid.first + i, c,
                             "\"%s\" is no %s; it is left out", shown(r, s),
                             col->kind == COLUMN_DATE ? "date" : "number");
                }
                if (decimals > col->decimals)
                        col->decimals = decimals;
        }
}

static void read_column(struct reading *r, size_t c)
{
        struct column *col = &r->table->columns[c];
        size_t n = r->table->n_rows;
        enum cell_order order = column_order(r, c);
        char usual = r->decimal ? r->decimal : r->usual;
        struct tally t = count_kinds(r, c, usual, order);

        col->texts = arena_array(r->a, n, sizeof(*col->texts));
        for (size_t i = 0; i < n; i++)
                col->texts[i] = cell_at(r, i, c);
        if (kind_of(r, &t) == COLUMN_DATE) {
                col->kind = COLUMN_DATE;
                col->step = t.step;
                col->numbers = arena_array(r->a, n, sizeof(*col->numbers));
                fill_column(r, c, '.', order);
                return;
        }
        char decimal = column_decimal(r, c);

        if (decimal != usual)
                t = count_kinds(r, c, decimal, order);
        col->kind = kind_of(r, &t);
        if (col->kind != COLUMN_NUMBER)
                return;
        col->numbers = arena_array(r->a, n, sizeof(*col->numbers));
        fill_column(r, c, decimal, order);
}

int table_read(struct arena *a, const struct table_input *in,
               const struct table **ret, struct err *err)
{
        struct reading r = { .a = a, .in = in, .usual = '.' };
        struct str text = in->text, front;
        int rc;

        r.table = arena_alloc(a, sizeof(*r.table));
        if (text.n > LIMIT_CHART_B)
                return err_set(err, ERR_LIMIT, "over %d bytes", LIMIT_CHART_B);
        text = utf8_repair(a, text);
        front = str_trim(str_starts(text, STR("\xEF\xBB\xBF"))
                                 ? str_sub(text, 3, text.n)
                                 : text);
        bool is_json = front.n &&
                       (front.p[0] == '[' || (front.p[0] == '{' && in->path.n));

        if (is_json)
                rc = table_json(a, front, in->path, &r.grid, err);
        else
                rc = read_csv(&r, text, err);
        if (rc < 0)
                return rc;
        if (!r.grid.n_columns)
                return err_set(err, ERR_INPUT, "there are no rows in it");
        take_names(&r);
        r.decimal = table_decimal(&r);
        if (!r.decimal && is_json)
                r.decimal = '.'; /* JSON has no other */
        for (size_t c = 0; c < r.table->n_columns; c++)
                read_column(&r, c);
        *ret = r.table;
        return 0;
}
