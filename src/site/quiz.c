#include "site/quiz.h"

#include "base/arena.h"
#include "base/buf.h"
#include "site/http.h"

#define POST_ARENA_B 4096
#define TOKEN_MAX_B 200

bool quiz_path(struct str path, struct str *ret_date, struct str *ret_token)
{
        struct str date = str_sub(path, 0, QUIZ_DATE_B),
                   token = str_sub(path, QUIZ_DATE_B, path.n);

        if (date.n != QUIZ_DATE_B || token.n > TOKEN_MAX_B)
                return false;
        for (size_t i = 0; i < date.n; i++)
                if (i == 4 || i == 7 ? date.p[i] != '-'
                                     : !chr_is_digit(date.p[i]))
                        return false;
        if (token.n && token.p[0] != '/')
                return false;
        token = str_sub(token, 1, token.n);
        for (size_t i = 0; i < token.n; i++)
                if (!chr_is_alnum(token.p[i]) && token.p[i] != '-')
                        return false;
        *ret_date = date;
        *ret_token = token;
        return true;
}

size_t quiz_fields(struct arena *a, struct str body, struct quiz_field **ret)
{
        struct quiz_field *list = arena_array(a, QUIZ_FIELDS, sizeof(*list));
        struct str one;
        size_t n = 0;

        while (n < QUIZ_FIELDS && str_cut(&body, '&', &one)) {
                size_t eq = str_chr(one, '=', 0);

                if (eq == STR_NONE)
                        continue;
                list[n++] = (struct quiz_field) {
                        http_decoded(a, str_sub(one, 0, eq)),
                        http_decoded(a, str_sub(one, eq + 1, one.n)),
                };
        }
        *ret = list;
        return n;
}

bool quiz_rate_take(struct quiz_rate *r, int64_t now_ms)
{
        if (!r->is_begun)
                *r = (struct quiz_rate) { QUIZ_BURST, now_ms, true };
        r->left += (double)(now_ms - r->at_ms) * QUIZ_A_SECOND / 1000;
        r->at_ms = now_ms;
        if (r->left > QUIZ_BURST)
                r->left = QUIZ_BURST;
        if (r->left < 1)
                return false;
        r->left -= 1;
        return true;
}

struct quiz_post {
        struct arena *a;
        struct buf body;
};

struct quiz_post *quiz_post_new(void)
{
        struct arena *a = arena_new(POST_ARENA_B);
        struct quiz_post *p = arena_alloc(a, sizeof(*p));

        p->a = a;
        buf_init(&p->body, QUIZ_BODY_B);
        return p;
}

void quiz_post_add(struct quiz_post *p, struct str bytes)
{
        buf_put(&p->body, bytes);
}

struct str quiz_post_body(const struct quiz_post *p)
{
        if (!buf_ok(&p->body))
                return STR_NULL;
        return p->body.n ? buf_str(&p->body) : STR("");
}

void quiz_post_free(struct quiz_post *p)
{
        struct arena *a;

        if (!p)
                return;
        a = p->a;
        buf_done(&p->body);
        arena_free(a);
}
