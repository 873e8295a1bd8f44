/* The table of settings told: help, manual page, sample file, what is in force.
 */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "conf/conf.h"
#include "conf/table.h"

static const char *const TYPES[] = {
        [SETTING_TEXT] = "text",         [SETTING_INT] = "number",
        [SETTING_FLAG] = "yes or no",    [SETTING_SPAN] = "span",
        [SETTING_SIZE] = "size",         [SETTING_CLOCK] = "time of day",
        [SETTING_ZONE] = "time zone",    [SETTING_LIST] = "list",
        [SETTING_MAIL] = "mail address", [SETTING_URL] = "address",
};

/* What libconfig reads as a bare word; everything else stands in quotes. */
static bool is_bare(const struct setting *st)
{
        return st->type == SETTING_INT;
}

static size_t section_length(const char *name)
{
        return strcspn(name, ".");
}

static bool same_section(const char *a, const char *b)
{
        size_t n = section_length(a);

        return n == section_length(b) && memcmp(a, b, n) == 0;
}

void conf_print_help(FILE *out)
{
        fprintf(out, "Settings of bulldog.conf. Each may be overridden once: "
                     "bulldog -o NAME=VALUE ...\n"
                     "A span is written 30s, 15min, 2h, 3d; a size 64kB, 12MB; "
                     "a time of day 05:30.\n");
        for (size_t i = 0; i < settings_n; i++) {
                const struct setting *st = &settings[i];

                if (i == 0 || !same_section(st->name, settings[i - 1].name))
                        fputc('\n', out);
                fprintf(out, "  %-18s %s\n  %-18s %s, default %s\n", st->name,
                        st->text, "", TYPES[st->type],
                        *st->fallback ? st->fallback : "empty");
        }
}

#define MAN_LINE 72 /* mdoc wants lines of at most 80 */

/* mdoc reads a line that begins with . or ' as a request. */
static void put_man(FILE *out, const char *text)
{
        int column = 0;

        for (; *text; text++) {
                if (column == 0 && (*text == '.' || *text == '\''))
                        fputs("\\&", out);
                if (*text == ' ' &&
                    column >= MAN_LINE - (int)strcspn(text + 1, " ")) {
                        fputc('\n', out);
                        column = 0;
                        continue;
                }
                if (*text == '\\')
                        fputs("\\e", out);
                else
                        fputc(*text, out);
                column++;
        }
        fputc('\n', out);
}

void conf_print_man(FILE *out)
{
        fputs(".Bl -tag -width Ds\n", out);
        for (size_t i = 0; i < settings_n; i++) {
                const struct setting *st = &settings[i];

                fprintf(out, ".It Cm %s\n", st->name);
                put_man(out, st->text);
                fprintf(out, "(%s, default %s)\n", TYPES[st->type],
                        *st->fallback ? st->fallback : "empty");
        }
        fputs(".El\n", out);
}

static void put_value(struct buf *b, const struct setting *st,
                      const struct conf *c)
{
        const void *at = (const char *)c + st->offset;
        int64_t n;

        switch (st->type) {
        case SETTING_FLAG:
                buf_puts(b, *(const bool *)at ? "yes" : "no");
                return;
        case SETTING_LIST:
                for (size_t i = 0; i < ((const struct conf_list *)at)->n; i++) {
                        if (i)
                                buf_puts(b, ", ");
                        buf_put(b, ((const struct conf_list *)at)->items[i]);
                }
                return;
        case SETTING_INT:
        case SETTING_SPAN:
        case SETTING_SIZE:
                memcpy(&n, at, sizeof(n));
                buf_printf(b, "%lld%s", (long long)n, st->unit);
                return;
        case SETTING_CLOCK:
                memcpy(&n, at, sizeof(n));
                buf_printf(b, "%02d:%02d", (int)n / 60, (int)n % 60);
                return;
        default:
                buf_put(b, *(const struct str *)at);
        }
}

void conf_print(FILE *out, const struct conf *c)
{
        struct conf defaults;
        struct buf now, then;
        struct arena *a = arena_new(LIMIT_CONF_B);
        bool has_defaults = conf_load(a, NULL, NULL, 0, &defaults, NULL) == 0;

        buf_init(&now, LIMIT_CONF_B);
        buf_init(&then, LIMIT_CONF_B);
        for (size_t i = 0; has_defaults && i < settings_n; i++) {
                buf_reset(&now);
                buf_reset(&then);
                put_value(&now, &settings[i], c);
                put_value(&then, &settings[i], &defaults);
                fprintf(out, "%c %-18s %s\n",
                        str_eq(buf_str(&now), buf_str(&then)) ? ' ' : '*',
                        settings[i].name, buf_cstr(&now));
        }
        buf_done(&now);
        buf_done(&then);
        arena_free(a);
}

void conf_print_sample(FILE *out)
{
        fputs("# The settings of this press. What is commented out stands at "
              "its default.\n"
              "# 'bulldog help settings' says more; 'bulldog check' reads this "
              "file and tells what is wrong.\n",
              out);
        for (size_t i = 0; i < settings_n; i++) {
                const struct setting *st = &settings[i];
                size_t n = section_length(st->name);
                const char *quote = is_bare(st) ? "" : "\"";

                if (i == 0 || !same_section(st->name, settings[i - 1].name))
                        fprintf(out, "%s\n%.*s: {\n", i ? "};\n" : "", (int)n,
                                st->name);
                fprintf(out, "        # %s\n        # %s = %s%s%s;\n", st->text,
                        st->name + n + 1, quote, st->fallback, quote);
        }
        fputs("};\n", out);
}
