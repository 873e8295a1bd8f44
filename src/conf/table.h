#ifndef CONF_TABLE_H
#define CONF_TABLE_H

/* The table of settings as data, for the parser and the help; conf/ only. */

#include <stddef.h>
#include <stdint.h>

enum setting_type {
        SETTING_TEXT,
        SETTING_INT,
        SETTING_FLAG,
        SETTING_SPAN,
        SETTING_SIZE,
        SETTING_CLOCK,
        SETTING_ZONE,
        SETTING_LIST,
        SETTING_MAIL,
        SETTING_URL,
};

struct setting {
        const char *name; /* "wire.every" */
        enum setting_type type;
        size_t offset; /* in struct conf */
        const char *fallback;
        int64_t min, max;
        const char *unit, *text;
};

extern const struct setting settings[];
extern const size_t settings_n;

#endif
