#ifndef UNIT_H
#define UNIT_H

/* What each unit test includes: cmocka and its needs, and a few words more. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define assert_str(s, want)                                                    \
        do {                                                                   \
                struct str s_ = (s);                                           \
                const char *want_ = (want);                                    \
                if (s_.n != strlen(want_) ||                                   \
                    (s_.n && memcmp(s_.p, want_, s_.n) != 0))                  \
                        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(s_),        \
                                 want_);                                       \
        } while (0)

#define assert_ok(call, err)                                                   \
        do {                                                                   \
                if ((call) != 0)                                               \
                        fail_msg("%s: %s", #call, (err).msg);                  \
        } while (0)

#define UNIT_MAIN(...)                                                         \
        int main(void)                                                         \
        {                                                                      \
                const struct CMUnitTest tests[] = { __VA_ARGS__ };             \
                return cmocka_run_group_tests(tests, NULL, NULL);              \
        }

#endif
