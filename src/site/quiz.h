#ifndef SITE_QUIZ_H
#define SITE_QUIZ_H

/*
 * The door of the quiz: POST of /quiz/DATE, as the form on the page has it, is
 * sent on (307: with its answers) to /quiz/DATE/TOKEN, and POST there is marked
 * and counted. So the page can be a plain file, and a form that is sent again
 * (a reload, a slow line) has its token already and is not counted twice. GET
 * changes nothing and leads back to the edition.
 *
 * What is behind the door is the caller's: site knows no quiz.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

struct arena;
struct buf;

#define QUIZ_DOOR "/quiz/"
#define QUIZ_BODY_B 8192 /* of a form */
#define QUIZ_FIELDS 64
#define QUIZ_DATE_B 10 /* "2026-03-06" */

/* Forms that are taken: so many at once, then so many a second. */
#define QUIZ_BURST 200
#define QUIZ_A_SECOND 20

struct quiz_field {
        struct str name, value;
};

struct quiz_form_post {
        struct str date, token;
        struct quiz_field *fields;
        size_t n;
};

struct quiz_door {
        /* A new token for the quiz of that day. ERR_ABSENT: there is none. */
        int (*token)(void *self, struct arena *a, struct str date,
                     struct str *ret);
        /* Where the edition of that day is read, as a path. ERR_ABSENT. */
        int (*page)(void *self, struct arena *a, struct str date,
                    struct str *ret);
        /* Mark, count, and print the page that says how it went. ERR_ABSENT:
         * no quiz, or no token of ours; ERR_STALE: the token is too old. */
        int (*mark)(void *self, struct arena *a,
                    const struct quiz_form_post *post, struct buf *out);
        void *self;
};

/* "2026-03-06/TOKEN" or "2026-03-06"; false: neither. Views of path. */
bool quiz_path(struct str path, struct str *ret_date, struct str *ret_token);

/* The fields of a form's body (application/x-www-form-urlencoded), in a; what
 * is over QUIZ_FIELDS is left. Returns how many. */
size_t quiz_fields(struct arena *a, struct str body, struct quiz_field **ret);

/* Is there room for one form more at this time? */
struct quiz_rate {
        double left;
        int64_t at_ms;
        bool is_begun;
};
bool quiz_rate_take(struct quiz_rate *r, int64_t now_ms);

/* A form that is coming in; its memory is its own. */
struct quiz_post;
struct quiz_post *quiz_post_new(void);
void quiz_post_add(struct quiz_post *p, struct str bytes);
/* Borrowed; absent: it was over QUIZ_BODY_B. */
struct str quiz_post_body(const struct quiz_post *p);
void quiz_post_free(struct quiz_post *p); /* NULL is fine */

#endif
