/* bulldog subscribers add|list|import|export. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "post/letter.h"
#include "post/subscribe.h"
#include "store/sql.h"
#include "store/subscriber.h"

#define PAGE 500
#define PAGE_ARENA_B ((size_t)16 * 1024 * 1024)
#define ROW_MAX_B 8192
#define CSV_MAX_B ((size_t)256 * 1024 * 1024)
#define FAULTS_SHOWN 10

int cmd_subscribers(struct env *env, int argc, char **argv);

struct args {
        const char *value; /* of the one option that takes one */
        bool flag;
        const char *operand;
};

/* Options and, when wanted, one operand, in any order. */
static int read_args(struct env *env, int argc, char **argv, const char *spec,
                     struct args *ret)
{
        const char *name, *value;
        bool wanted = ret->operand != NULL;
        int i = 0, rc;

        ret->operand = NULL;
        for (;;) {
                rc = cmd_option(env, argc, argv, &i, spec, &name, &value);
                if (rc < 0)
                        return rc;
                if (rc == 0 && (i == argc || ret->operand || !wanted))
                        break;
                if (rc == 0)
                        ret->operand = argv[i++];
                else if (value)
                        ret->value = value;
                else
                        ret->flag = true;
        }
        if (i == argc && wanted == (ret->operand != NULL))
                return 0;
        return err_set(&env->err, ERR_INPUT,
                       "%s wants %s; see bulldog subscribers --help", argv[0],
                       wanted ? "one operand" : "no operand");
}

static int add(struct env *env, int argc, char **argv)
{
        struct subscribe s = { .consent = STR("added by the owner") };
        struct args args = { .operand = "" };
        bool is_new;
        int rc = read_args(env, argc, argv, "name=", &args);

        if (rc < 0)
                return rc;
        s.email = str_c(args.operand);
        s.name = str_c(args.value);
        rc = subscribe_add(env->db, &s, env->now, &is_new, &env->err);
        if (rc < 0)
                return rc;
        printf(is_new ? "%s is a subscriber now.\n"
                      : "%s is there already; nothing was changed.\n",
               args.operand);
        return 0;
}

/* Call put for each subscriber, in order of id. */
static int each(struct env *env, void (*put)(struct env *env, struct buf *out,
                                             const struct subscriber *s))
{
        struct arena *a = arena_new(PAGE_ARENA_B);
        struct subscriber_list list;
        struct buf out;
        int64_t after = 0;
        int rc;

        buf_init(&out, ROW_MAX_B * PAGE);
        do {
                arena_reset(a);
                buf_reset(&out);
                rc = subscriber_page(a, env->db, after, PAGE, &list, &env->err);
                for (size_t i = 0; rc == 0 && i < list.n; i++) {
                        put(env, &out, &list.items[i]);
                        after = list.items[i].id;
                }
                fwrite(out.p, 1, out.n, stdout);
        } while (rc == 0 && list.n);
        buf_done(&out);
        arena_free(a);
        return rc;
}

static void put_line(struct env *env, struct buf *out,
                     const struct subscriber *s)
{
        (void)env;
        buf_printf(out, "%-12.*s " STR_FMT "%s" STR_FMT "\n", STR_ARG(s->state),
                   STR_ARG(s->email), s->name.n ? "  " : "", STR_ARG(s->name));
}

static void put_url(struct json *j, struct str press_url, struct str token)
{
        struct arena *a = arena_new(ROW_MAX_B);

        json_str(j, letter_unsubscribe_url(a, press_url, token));
        arena_free(a);
}

static void put_json(struct env *env, struct buf *out,
                     const struct subscriber *s)
{
        struct json j;

        json_init(&j, out);
        json_open(&j, '{');
        json_key(&j, "id");
        json_int(&j, s->id);
        json_key(&j, "email");
        json_str(&j, s->email);
        json_key(&j, "name");
        json_str(&j, s->name);
        json_key(&j, "state");
        json_str(&j, s->state);
        json_key(&j, "added");
        json_time(&j, s->added_at);
        json_key(&j, "unsubscribe_url");
        put_url(&j, env->conf.press_url, s->token);
        json_close(&j, '}');
        buf_char(out, '\n');
}

static int list(struct env *env, int argc, char **argv)
{
        struct args args = { 0 };
        int rc = read_args(env, argc, argv, "json", &args);

        return rc < 0 ? rc : each(env, args.flag ? put_json : put_line);
}

static void put_csv(struct env *env, struct buf *out,
                    const struct subscriber *s)
{
        const struct str fields[] = { s->email, s->name,  s->language,
                                      s->zone,  s->state, s->consent };
        struct buf date;

        (void)env;
        for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
                csv_put(out, fields[i], i == 0);
        buf_init(&date, 64);
        time_put_rfc3339(&date, s->added_at);
        csv_put(out, buf_str(&date), false);
        buf_done(&date);
        buf_puts(out, "\r\n");
}

static int export(struct env *env, int argc, char **argv)
{
        struct args args = { 0 };
        int rc = read_args(env, argc, argv, "", &args);

        if (rc < 0)
                return rc;
        printf("email,name,language,zone,state,consent,added\r\n");
        return each(env, put_csv);
}

/* --- import ----------------------------------------------------------------
 */

enum column { EMAIL, NAME, LANGUAGE, ZONE, STATE, CONSENT, COLUMNS };

static const char *const column_names[COLUMNS] = {
        "email", "name", "language", "zone", "state", "consent"
};

struct import {
        int64_t added, known, wrong, line;
        size_t at[COLUMNS]; /* STR_NONE: the file hasn't it */
};

/* A first line that names its columns; without one the address stands first
 * and the name second. */
static bool read_header(const struct csv_row *row, struct import *im)
{
        bool has_email = false;

        for (int c = 0; c < COLUMNS; c++) {
                im->at[c] = STR_NONE;
                for (size_t i = 0; i < row->n; i++)
                        if (str_eq_nocase(str_trim(row->fields[i]),
                                          str_c(column_names[c])))
                                im->at[c] = i;
        }
        has_email = im->at[EMAIL] != STR_NONE;
        if (!has_email) {
                im->at[EMAIL] = 0;
                im->at[NAME] = 1;
        }
        return has_email;
}

static struct str field(const struct csv_row *row, const struct import *im,
                        enum column c)
{
        size_t i = im->at[c];

        return i < row->n ? str_trim(row->fields[i]) : STR_NULL;
}

/* A wrong line is told and passed over; only the store's faults end it. */
static int import_row(struct env *env, const struct csv_row *row,
                      struct import *im)
{
        struct subscribe s = { .email = field(row, im, EMAIL),
                               .name = field(row, im, NAME),
                               .language = field(row, im, LANGUAGE),
                               .zone = field(row, im, ZONE),
                               .state = field(row, im, STATE),
                               .consent = field(row, im, CONSENT) };
        bool is_new;

        if (!s.consent.n)
                s.consent = STR("imported by the owner");
        int rc = subscribe_add(env->db, &s, env->now, &is_new, &env->err);
        if (rc == ERR_INPUT || rc == ERR_LIMIT) {
                if (im->wrong++ < FAULTS_SHOWN)
                        fprintf(stderr, "row %lld: %s\n", (long long)im->line,
                                env->err.msg);
                return 0;
        }
        if (rc == 0 && is_new)
                im->added++;
        else if (rc == 0)
                im->known++;
        return rc;
}

static int import_rows(struct env *env, struct str text, struct import *im)
{
        struct csv csv = csv_open(text, ',');
        struct csv_row row;
        int rc;

        while ((rc = csv_next(env->a, &csv, &row, &env->err)) > 0) {
                if (im->line++ == 0 && read_header(&row, im))
                        continue;
                rc = import_row(env, &row, im);
                if (rc < 0)
                        break;
        }
        return rc;
}

static int import(struct env *env, int argc, char **argv)
{
        struct import im = { 0 };
        struct args args = { .operand = "" };
        struct str text;
        int rc = read_args(env, argc, argv, "", &args);

        if (rc == 0)
                rc = file_read(env->a, args.operand, CSV_MAX_B, &text,
                               &env->err);
        if (rc == 0)
                rc = sql_begin(env->db, &env->err);
        if (rc < 0)
                return rc;
        rc = import_rows(env, text, &im);
        if (rc == 0)
                rc = sql_commit(env->db, &env->err);
        if (rc < 0) {
                sql_rollback(env->db);
                return rc;
        }
        printf("%lld added, %lld there already, %lld wrong.\n",
               (long long)im.added, (long long)im.known, (long long)im.wrong);
        return 0;
}

int cmd_subscribers(struct env *env, int argc, char **argv)
{
        static const struct {
                const char *name;
                int (*run)(struct env *, int, char **);
        } subs[] = { { "add", add },
                     { "list", list },
                     { "import", import },
                     { "export", export } };

        for (size_t i = 0; argc > 1 && i < sizeof(subs) / sizeof(*subs); i++)
                if (strcmp(argv[1], subs[i].name) == 0)
                        return subs[i].run(env, argc - 1, argv + 1);
        return err_set(&env->err, ERR_INPUT,
                       "say what to do: subscribers add ADDRESS, list, import "
                       "FILE, export");
}
