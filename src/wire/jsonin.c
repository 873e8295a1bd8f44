#include "wire/jsonin.h"

#include <string.h>

#include "base/limits.h"

/* How many values there can be at most: each but the first comes after one of
 * these signs outside a string. */
static size_t count_values(struct str s)
{
        size_t n = 1;
        bool in_string = false;

        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (in_string && c == '\\')
                        i++;
                else if (c == '"')
                        in_string = !in_string;
                else if (!in_string)
                        n += c == ',' || c == '[' || c == '{' || c == ':';
        }
        return n;
}

int jsonin_read(struct str text, json_t **ret, struct err *err)
{
        json_error_t at;

        if (count_values(text) > LIMIT_JSON_VALUES)
                return err_set(err, ERR_LIMIT, "the JSON holds over %d values",
                               LIMIT_JSON_VALUES);
        json_t *root = json_loadb(text.p, text.n,
                                  JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &at);
        if (!root)
                return err_set(err, ERR_INPUT, "line %d of the JSON: %s",
                               at.line, at.text);
        *ret = root;
        return 0;
}
