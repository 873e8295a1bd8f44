#ifndef CONF_CONF_H
#define CONF_CONF_H

/*
 * The settings of a press: bulldog.conf, read by libconfig and checked against
 * the one table in settings.def. A fault names the file, the line and what was
 * meant.
 */

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

struct conf_list {
        const struct str *items;
        size_t n;
};

#define CONF_TEXT struct str
#define CONF_INT int64_t
#define CONF_FLAG bool
#define CONF_SPAN int64_t
#define CONF_SIZE int64_t
#define CONF_CLOCK int64_t
#define CONF_ZONE struct str
#define CONF_LIST struct conf_list
#define CONF_MAIL struct str
#define CONF_URL struct str

struct conf {
#define SETTING(section, name, type, ...) CONF_##type section##_##name;
#include "conf/settings.def"
#undef SETTING
};

/* Override "section.name=value" from -o. */
struct conf_override {
        const char *text;
};

/*
 * Read path (NULL: defaults only), then lay the overrides over it. The texts
 * live in a. ERR_INPUT: a setting is unknown or wrong; ERR_ABSENT: no such
 * file.
 */
NODISCARD int conf_load(struct arena *a, const char *path,
                        const struct conf_override *overrides, size_t n,
                        struct conf *ret, struct err *err);

/* One setting by its full name, as "section.name"; used by tests and check. */
NODISCARD int conf_set(struct arena *a, struct conf *c, struct str name,
                       struct str value, struct err *err);

/* All settings with type, default, unit and text: for --help. */
void conf_print_help(FILE *out);
/* The same as mdoc for the manual page. */
void conf_print_man(FILE *out);
/* Each setting with its value in force, marked where it is not the default. */
void conf_print(FILE *out, const struct conf *c);
/* A commented bulldog.conf with the defaults, for init. */
void conf_print_sample(FILE *out);

#endif
