/* The quiz behind the site's door: tokens, marks, counts. */

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "cmd/quiz.h"
#include "cmd/stories_update.h"
#include "edition/copy.h"
#include "press/quiz.h"
#include "site/quiz.h"
#include "store/quiz.h"
#include "store/store.h"

#define NONCE_B 12
#define MAC_HEX 32
#define TOKEN_LIFE_S (2 * (int64_t)TIME_DAY_S)

struct behind {
        struct env *env;
        struct press press;
        struct str secret;
        int64_t series;
        struct quiz_door door;
};

static int find_row(const struct behind *b, struct arena *a, struct str date,
                    struct edition_row *ret)
{
        struct edition_row row;
        struct err err;
        int rc = edition_by_date(a, b->env->db, b->series, date, &row, &err);

        if (rc == 0 && !str_eq(row.state, STR("published")))
                rc = ERR_ABSENT;
        if (rc == 0)
                *ret = row;
        return rc;
}

static int find_issue(const struct behind *b, struct arena *a, struct str date,
                      struct issue *ret)
{
        struct sql *db = b->env->db;
        struct edition_row row;
        struct revision revision;
        struct edition *e;
        struct err err;
        int rc = find_row(b, a, date, &row);

        if (rc == 0)
                rc = revision_get(a, db, row.id, row.revision, &revision, &err);
        if (rc == 0)
                rc = copy_read(a, revision.copy, &e, &err);
        if (rc == 0)
                *ret = (struct issue) { .row = row, .edition = e };
        return rc;
}

/* --- tokens: WHEN-NONCE-MAC --------------------------------------------- */

static struct str mac_of(const struct behind *b, struct arena *a,
                         struct str date, struct str body)
{
        struct str text = arena_printf(a, "quiz " STR_FMT " " STR_FMT,
                                       STR_ARG(date), STR_ARG(body));

        return str_sub(hash_hmac_hex(a, b->secret, text), 0, MAC_HEX);
}

static struct str token_new(const struct behind *b, struct arena *a,
                            struct str date)
{
        struct str body =
                arena_printf(a, "%lld-" STR_FMT, (long long)time_now(),
                             STR_ARG(hash_random_hex(a, NONCE_B)));

        return arena_printf(a, STR_FMT "-" STR_FMT, STR_ARG(body),
                            STR_ARG(mac_of(b, a, date, body)));
}

/* Equal, in a time that doesn't tell how far. */
static bool is_equal(struct str x, struct str y)
{
        unsigned differ = x.n != y.n;

        for (size_t i = 0; i < x.n && i < y.n; i++)
                differ |= (unsigned char)(x.p[i] ^ y.p[i]);
        return differ == 0;
}

static int token_check(const struct behind *b, struct arena *a, struct str date,
                       struct str token)
{
        struct str body, mac, when;
        int64_t made_at;

        if (token.n <= MAC_HEX + 1)
                return ERR_ABSENT;
        body = str_sub(token, 0, token.n - MAC_HEX - 1);
        mac = str_sub(token, token.n - MAC_HEX, MAC_HEX);
        when = str_sub(body, 0, str_chr(body, '-', 0));
        if (!is_equal(mac, mac_of(b, a, date, body)) ||
            scan_i64(when, 0, INT64_MAX, &made_at) < 0)
                return ERR_ABSENT;
        return time_now() - made_at < TOKEN_LIFE_S ? 0 : ERR_STALE;
}

/* --- the door ------------------------------------------------------------ */

static int give_token(void *self, struct arena *a, struct str date,
                      struct str *ret)
{
        const struct behind *b = self;
        struct issue issue;
        int rc = find_issue(b, a, date, &issue);

        if (rc == 0 && !quiz_asked(a, issue.edition).n)
                rc = ERR_ABSENT;
        if (rc == 0)
                *ret = token_new(b, a, date);
        return rc;
}

static int find_page(void *self, struct arena *a, struct str date,
                     struct str *ret)
{
        const struct behind *b = self;
        struct edition_row row;
        int rc = find_row(b, a, date, &row);

        if (rc == 0)
                *ret = quiz_link(a, press_permalink(a, &b->press, &row));
        return rc;
}

/* What is counted: the questions that were answered. */
static size_t list_answers(const struct quiz_asked *asked,
                           const struct quiz_mark *marks,
                           struct quiz_tally *ret)
{
        size_t n = 0;

        for (size_t i = 0; i < asked->n; i++)
                if (marks[i].verdict != QUIZ_UNANSWERED)
                        ret[n++] = (struct quiz_tally) {
                                .question = asked->items[i]->id,
                                .answered = 1,
                                .correct = marks[i].verdict == QUIZ_RIGHT,
                        };
        return n;
}

/* Who answers nothing looks the answers up, and isn't counted. */
static int count(const struct behind *b, const struct quiz_form_post *post,
                 const struct quiz_tally *answers, size_t n, int64_t edition_id)
{
        const struct quiz_form form = {
                .edition_id = edition_id,
                .token = post->token,
                .answers = answers,
                .n = n,
                .now = time_now(),
                .forget_at = time_now() - TOKEN_LIFE_S,
        };
        struct err err;
        bool is_new;

        return n ? quiz_count(b->env->db, &form, &is_new, &err) : 0;
}

static int mark(void *self, struct arena *a, const struct quiz_form_post *post,
                struct buf *out)
{
        const struct behind *b = self;
        struct quiz_mark marks[LIMIT_QUIZ_QUESTIONS];
        struct quiz_tally answers[LIMIT_QUIZ_QUESTIONS];
        struct quiz_given *given = arena_array(a, post->n + 1, sizeof(*given));
        struct quiz_tallies tallies;
        struct quiz_asked asked;
        struct issue issue;
        struct err err;
        size_t n;
        int rc = token_check(b, a, post->date, post->token);

        if (rc == 0)
                rc = find_issue(b, a, post->date, &issue);
        if (rc < 0)
                return rc;
        for (size_t i = 0; i < post->n; i++)
                given[i] = (struct quiz_given) { post->fields[i].name,
                                                 post->fields[i].value };
        asked = quiz_asked(a, issue.edition);
        if (!asked.n)
                return ERR_ABSENT;
        quiz_marks(a, &asked, given, post->n, marks);
        n = list_answers(&asked, marks, answers);
        rc = count(b, post, answers, n, issue.row.id);
        if (rc == 0)
                rc = quiz_tallies_of(a, b->env->db, issue.row.id, &tallies,
                                     &err);
        if (rc < 0)
                return rc;

        const struct quiz_result result = { &issue, marks, &tallies };

        return quiz_print_result(a, &b->press, &result, out, &err);
}

int quiz_door_open(struct env *env, const struct quiz_door **ret)
{
        struct behind *b = arena_alloc(env->a, sizeof(*b));
        int rc = issue_press(env, &b->press);

        if (rc < 0 || !b->press.marks_quiz)
                return rc;
        b->env = env;
        rc = stories_series(env, &b->series);
        if (rc == 0)
                rc = store_meta_get(env->a, env->db, STR("secret"), &b->secret,
                                    &env->err);
        if (rc == 0 && !b->secret.n)
                rc = err_set(&env->err, ERR_STORE,
                             "the store has no secret to sign the quiz's forms "
                             "with; 'bulldog init' of this folder makes one");
        b->door = (struct quiz_door) { give_token, find_page, mark, b };
        if (rc == 0)
                *ret = &b->door;
        return rc;
}
