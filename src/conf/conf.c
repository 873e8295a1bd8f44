#include "conf/conf.h"

#include <string.h>

#include <libconfig.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "conf/table.h"

#define SUGGEST_MAX 3 /* letters that may differ from what was meant */

const struct setting settings[] = {
#define SETTING(section, name, type, fallback, min, max, unit, text)           \
        { #section "." #name,                                                  \
          SETTING_##type,                                                      \
          offsetof(struct conf, section##_##name),                             \
          fallback,                                                            \
          min,                                                                 \
          max,                                                                 \
          unit,                                                                \
          text },
#include "conf/settings.def"
#undef SETTING
};

const size_t settings_n = sizeof(settings) / sizeof(*settings);

struct unit {
        const char *name;
        int64_t factor;
};

static const struct unit SPANS[] = {
        { "s", 1 },     { "sec", 1 },    { "min", 60 }, { "h", 3600 },
        { "d", 86400 }, { "w", 604800 }, { "", 1 },     { NULL, 0 },
};
static const struct unit SIZES[] = {
        { "B", 1 },
        { "", 1 },
        { "kB", 1024 },
        { "MB", 1024 * 1024 },
        { "GB", 1024 * 1024 * 1024 },
        { NULL, 0 },
};

static int parse_with_unit(struct str s, const struct unit *units, int64_t *ret)
{
        int64_t n;

        if (scan_digits(&s, 15, &n) < 0)
                return ERR_INPUT;
        s = str_trim(s);
        for (const struct unit *u = units; u->name; u++) {
                if (!str_eq_nocase(s, str_c(u->name)))
                        continue;
                if (__builtin_mul_overflow(n, u->factor, ret))
                        return ERR_LIMIT;
                return 0;
        }
        return ERR_INPUT;
}

static int parse_clock(struct str s, int64_t *ret)
{
        struct str minutes = s, hours;
        uint64_t h, m;

        if (!str_cut(&minutes, ':', &hours) || hours.n > 2 || minutes.n != 2 ||
            scan_u64(hours, 23, &h) < 0 || scan_u64(minutes, 59, &m) < 0)
                return ERR_INPUT;
        *ret = (int64_t)(h * 60 + m);
        return 0;
}

static int parse_flag(struct str s, bool *ret)
{
        static const char *const words[] = { "no",  "yes", "false", "true",
                                             "off", "on",  "0",     "1" };

        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
                if (str_eq_nocase(s, str_c(words[i]))) {
                        *ret = i % 2;
                        return 0;
                }
        }
        return ERR_INPUT;
}

/* Number types into *ret. */
static int parse_number(const struct setting *st, struct str s, int64_t *ret)
{
        switch (st->type) {
        case SETTING_SPAN:
                return parse_with_unit(s, SPANS, ret);
        case SETTING_SIZE:
                return parse_with_unit(s, SIZES, ret);
        case SETTING_CLOCK:
                return parse_clock(s, ret);
        default:
                return scan_i64(s, INT64_MIN, INT64_MAX, ret);
        }
}

static const char *wanted(const struct setting *st)
{
        switch (st->type) {
        case SETTING_INT:
                return "a whole number";
        case SETTING_FLAG:
                return "yes or no";
        case SETTING_SPAN:
                return "a span such as 30s, 15min, 2h or 3d";
        case SETTING_SIZE:
                return "a size such as 64kB or 12MB";
        case SETTING_CLOCK:
                return "a time of day such as 05:30";
        case SETTING_MAIL:
                return "a mail address";
        case SETTING_URL:
                return "an address that begins with http:// or https:// and "
                       "ends in /";
        default:
                return "a text";
        }
}

static int wrong(const struct setting *st, struct str value, struct err *err)
{
        return err_set(err, ERR_INPUT, "%s wants %s, not \"" STR_FMT "\" (%s)",
                       st->name, wanted(st), STR_ARG(str_sub(value, 0, 80)),
                       st->text);
}

static int set_number(const struct setting *st, struct str value, void *at,
                      struct err *err)
{
        int64_t n;

        if (parse_number(st, value, &n) < 0)
                return wrong(st, value, err);
        if (n < st->min || (st->max && n > st->max))
                return err_set(
                        err, ERR_INPUT,
                        "%s is %lld%s%s; it may be from %lld to %lld%s%s",
                        st->name, (long long)n, *st->unit ? " " : "", st->unit,
                        (long long)st->min,
                        (long long)(st->max ? st->max : INT64_MAX),
                        *st->unit ? " " : "", st->unit);
        memcpy(at, &n, sizeof(n));
        return 0;
}

static bool is_mail(struct str s)
{
        size_t at = str_chr(s, '@', 0);

        if (at == STR_NONE || at == 0 || at + 1 == s.n)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] <= ' ' || strchr("<>,;\"", s.p[i]))
                        return false;
        return str_chr(s, '@', at + 1) == STR_NONE;
}

static bool is_site_url(struct str s)
{
        return (str_starts(s, STR("http://")) ||
                str_starts(s, STR("https://"))) &&
               str_ends(s, STR("/")) && str_find(s, STR("/"), 8) != STR_NONE &&
               str_chr(s, '"', 0) == STR_NONE && str_chr(s, ' ', 0) == STR_NONE;
}

static int set_text(struct arena *a, const struct setting *st, struct str value,
                    void *at, struct err *err)
{
        if (st->max && value.n > (size_t)st->max)
                return err_set(err, ERR_INPUT, "%s is over %lld bytes long",
                               st->name, (long long)st->max);
        if (str_chr(value, '\n', 0) != STR_NONE ||
            str_chr(value, '\r', 0) != STR_NONE)
                return err_set(err, ERR_INPUT, "%s must stand on one line",
                               st->name);
        if ((st->type == SETTING_MAIL && !is_mail(value)) ||
            (st->type == SETTING_URL && !is_site_url(value)))
                return wrong(st, value, err);
        if (st->type == SETTING_ZONE && time_zone_check(value, err) < 0)
                return err_add(err, "%s", st->name);
        *(struct str *)at = arena_str(a, value);
        return 0;
}

/* The item before the next comma that has no backslash before it, without these
 * backslashes; false at the end. */
static bool cut_item(struct arena *a, struct str *rest, struct str *ret)
{
        char *item = arena_alloc(a, rest->n + 1);
        size_t n = 0, i = 0;

        if (!rest->p)
                return false;
        for (; i < rest->n && rest->p[i] != ','; i++) {
                if (rest->p[i] == '\\' && i + 1 < rest->n &&
                    rest->p[i + 1] == ',')
                        i++;
                item[n++] = rest->p[i];
        }
        *ret = str_trim((struct str) { item, n });
        *rest = i < rest->n ? str_sub(*rest, i + 1, rest->n) : STR_NULL;
        return true;
}

/* "a, b" -> a list of two. */
static void set_list(struct arena *a, struct str value, struct conf_list *list)
{
        struct str *items = NULL, part, rest = value;
        size_t n = 0, cap = 0;

        while (cut_item(a, &rest, &part)) {
                if (!part.n)
                        continue;
                ARENA_GROW(a, items, n, cap);
                items[n++] = part;
        }
        *list = (struct conf_list) { items, n };
}

static int set_value(struct arena *a, struct conf *c, const struct setting *st,
                     struct str value, struct err *err)
{
        void *at = (char *)c + st->offset;

        switch (st->type) {
        case SETTING_FLAG:
                return parse_flag(value, at) < 0 ? wrong(st, value, err) : 0;
        case SETTING_LIST:
                if (st->max && value.n > (size_t)st->max)
                        return err_set(err, ERR_INPUT,
                                       "%s is over %lld bytes long", st->name,
                                       (long long)st->max);
                set_list(a, value, at);
                return 0;
        case SETTING_INT:
        case SETTING_SPAN:
        case SETTING_SIZE:
        case SETTING_CLOCK:
                return set_number(st, value, at, err);
        default:
                return set_text(a, st, value, at, err);
        }
}

static size_t min3(size_t a, size_t b, size_t c)
{
        size_t ab = a < b ? a : b;

        return ab < c ? ab : c;
}

/* Letters to change, add or drop to make b of a (Levenshtein). */
static size_t distance(struct str a, struct str b)
{
        size_t row[64];

        if (a.n >= 64 || b.n >= 64)
                return 64;
        for (size_t j = 0; j <= b.n; j++)
                row[j] = j;
        for (size_t i = 1; i <= a.n; i++) {
                size_t diagonal = row[0];

                row[0] = i;
                for (size_t j = 1; j <= b.n; j++) {
                        size_t up = row[j];
                        size_t same = a.p[i - 1] == b.p[j - 1] ? 0 : 1;

                        row[j] = min3(up + 1, row[j - 1] + 1, diagonal + same);
                        diagonal = up;
                }
        }
        return row[b.n];
}

static int unknown(struct str name, struct err *err)
{
        const struct setting *nearest = NULL;
        size_t best = SUGGEST_MAX + 1;

        for (size_t i = 0; i < settings_n; i++) {
                size_t d = distance(name, str_c(settings[i].name));

                if (d < best) {
                        best = d;
                        nearest = &settings[i];
                }
        }
        if (nearest)
                return err_set(err, ERR_INPUT,
                               "there is no setting \"" STR_FMT
                               "\"; did you mean %s (%s)?",
                               STR_ARG(str_sub(name, 0, 80)), nearest->name,
                               nearest->text);
        return err_set(err, ERR_INPUT,
                       "there is no setting \"" STR_FMT
                       "\"; 'bulldog help settings' lists them",
                       STR_ARG(str_sub(name, 0, 80)));
}

int conf_set(struct arena *a, struct conf *c, struct str name, struct str value,
             struct err *err)
{
        for (size_t i = 0; i < settings_n; i++)
                if (str_eq(name, str_c(settings[i].name)))
                        return set_value(a, c, &settings[i], value, err);
        return unknown(name, err);
}

static int set_defaults(struct arena *a, struct conf *c, struct err *err)
{
        for (size_t i = 0; i < settings_n; i++) {
                int rc = set_value(a, c, &settings[i],
                                   str_c(settings[i].fallback), err);
                if (rc < 0)
                        return rc;
        }
        return 0;
}

/* A comma within an item of an array parts nothing. */
static struct str with_backslashes(struct arena *a, struct str s)
{
        char *p = arena_alloc(a, 2 * s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == ',')
                        p[n++] = '\\';
                p[n++] = s.p[i];
        }
        return (struct str) { p, n };
}

/* A value as the owner would write it; arrays and lists as "a, b". */
static struct str value_text(struct arena *a, const config_setting_t *o)
{
        struct str all = STR("");

        switch (config_setting_type(o)) {
        case CONFIG_TYPE_ARRAY:
        case CONFIG_TYPE_LIST:
                for (int i = 0; i < config_setting_length(o); i++)
                        all = arena_printf(
                                a, STR_FMT "%s" STR_FMT, STR_ARG(all),
                                all.n ? ", " : "",
                                STR_ARG(with_backslashes(
                                        a,
                                        value_text(a,
                                                   config_setting_get_elem(
                                                           o, (unsigned)i)))));
                return all;
        case CONFIG_TYPE_BOOL:
                return config_setting_get_bool(o) ? STR("yes") : STR("no");
        case CONFIG_TYPE_INT:
        case CONFIG_TYPE_INT64:
                return arena_printf(a, "%lld", config_setting_get_int64(o));
        case CONFIG_TYPE_FLOAT:
                return arena_printf(a, "%g", config_setting_get_float(o));
        case CONFIG_TYPE_STRING:
                return str_c(config_setting_get_string(o));
        default:
                return STR("a group");
        }
}

struct reading {
        struct arena *a;
        struct conf *conf;
        const char *path;
};

static int at_line(const struct reading *r, const config_setting_t *o,
                   struct err *err)
{
        return err_add(err, "%s, line %u", r->path,
                       config_setting_source_line(o));
}

static int read_section(const struct reading *r,
                        const config_setting_t *section, struct err *err)
{
        const char *name = config_setting_name(section);

        if (!config_setting_is_group(section)) {
                err_set(err, ERR_INPUT,
                        "\"%s\" stands outside a section; settings look like  "
                        "press: { name = \"...\"; }",
                        name);
                return at_line(r, section, err);
        }
        for (int i = 0; i < config_setting_length(section); i++) {
                const config_setting_t *o =
                        config_setting_get_elem(section, (unsigned)i);
                struct str full = arena_printf(r->a, "%s.%s", name,
                                               config_setting_name(o));

                if (conf_set(r->a, r->conf, full, value_text(r->a, o), err) < 0)
                        return at_line(r, o, err);
        }
        return 0;
}

static int read_text(const struct reading *r, struct str text, struct err *err)
{
        config_t config;
        int rc = 0;

        config_init(&config);
        if (!config_read_string(&config, text.p))
                rc = err_set(err, ERR_INPUT, "%s, line %d: %s", r->path,
                             config_error_line(&config),
                             config_error_text(&config));

        const config_setting_t *top = config_root_setting(&config);

        for (int i = 0; rc == 0 && i < config_setting_length(top); i++)
                rc = read_section(r, config_setting_get_elem(top, (unsigned)i),
                                  err);
        config_destroy(&config);
        return rc;
}

int conf_load(struct arena *a, const char *path,
              const struct conf_override *overrides, size_t n, struct conf *ret,
              struct err *err)
{
        struct conf c = { 0 };
        struct reading r = { .a = a, .conf = &c, .path = path };
        int rc = set_defaults(a, &c, err);

        if (rc == 0 && path) {
                struct str text;

                rc = file_read(a, path, LIMIT_CONF_B, &text, err);
                if (rc == 0)
                        rc = read_text(&r, text, err);
        }
        for (size_t i = 0; rc == 0 && i < n; i++) {
                struct str value = str_c(overrides[i].text), name;

                (void)str_cut(&value, '=', &name);
                if (!value.p)
                        return err_set(
                                err, ERR_INPUT,
                                "-o wants section.name=value, not \"%s\"",
                                overrides[i].text);
                rc = conf_set(a, &c, str_trim(name), str_trim(value), err);
                if (rc < 0)
                        err_add(err, "-o %s", overrides[i].text);
        }
        if (rc == 0)
                *ret = c;
        return rc;
}
