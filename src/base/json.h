#ifndef BASE_JSON_H
#define BASE_JSON_H

/*
 * JSON written straight into a buffer, commas minded. (Reading is jansson's.)
 *
 *   json_open(&j, '{'); json_key(&j, "title"); json_str(&j, title);
 *   json_close(&j, '}');
 */

#include <stdint.h>

#include "base/str.h"

struct buf;

#define JSON_DEPTH_MAX 32

struct json {
        struct buf *out;
        int depth;
        bool comma[JSON_DEPTH_MAX];
};

void json_init(struct json *j, struct buf *out);
void json_open(struct json *j, char bracket);  /* { or [ */
void json_close(struct json *j, char bracket); /* } or ] */
void json_key(struct json *j, const char *key);
void json_str(struct json *j,
              struct str s); /* absent gives null; must be UTF-8 */
void json_int(struct json *j, int64_t n);
void json_double(struct json *j, double d); /* %.6g */
void json_bool(struct json *j, bool b);
void json_nil(struct json *j);
/* RFC 3339 in UTC; TIME_NONE gives null. */
void json_time(struct json *j, int64_t at);

#endif
