#include "wire/websub.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/url.h"
#include "conf/conf.h"
#include "store/feed.h"
#include "store/websub.h"
#include "wire/fetch.h"
#include "wire/group.h"
#include "wire/item.h"

#define TOKEN_B 16 /* its name is twice as long: hex */
#define SECRET_B 32
#define LEASE_S (10 * TIME_DAY_S) /* what we ask for */
#define LEASE_LEAST_S 300
#define LEASE_MOST_S (90 * TIME_DAY_S)
#define REPLY_S (15 * 60) /* a hub that said yes asks back within */
#define RETRY_S 3600
#define REFUSED_S (30 * TIME_DAY_S)
#define FAILURES_MOST 6
#define LEAVE_TRIES 3
#define ASKED_MOST 200 /* hubs asked in one gather */
#define HUB_ANSWER_B ((size_t)64 * 1024)
#define FORM_B ((size_t)LIMIT_URL_B * 12)

bool websub_is_on(const struct conf *conf)
{
        struct str host = url_split(conf->press_url).host;

        if (!str_eq_nocase(conf->wire_websub, STR("auto")))
                return str_eq_nocase(conf->wire_websub, STR("yes"));
        return str_starts_nocase(conf->press_url, STR("https://")) &&
               str_chr(host, '.', 0) != STR_NONE &&
               !str_ends(host, STR(".localhost")) &&
               !str_starts(host, STR("127."));
}

/* --- a feed names a hub ------------------------------------------------- */

/* Under a token and a secret of its own. */
static int want(struct websub *ws, struct websub_row *row, struct err *err)
{
        struct arena *a = arena_new((size_t)64 * 1024);
        int rc;

        row->token = hash_random_hex(a, TOKEN_B);
        row->secret = hash_random_hex(a, SECRET_B);
        row->due_at = ws->now;
        rc = websub_want(ws->db, row, err);
        arena_free(a);
        return rc;
}

/* The hub is told that we don't want it any more; the feed is read by the clock
 * from now on. */
static int leave(struct websub *ws, struct websub_row *row, struct feed *f,
                 struct err *err)
{
        row->state = STR("leaving");
        row->due_at = ws->now;
        row->failures = 0;
        f->push_until_at = TIME_NONE;

        int rc = websub_save(ws->db, row, err);

        if (rc < 0)
                return rc;
        return feed_set_push(ws->db, f->id, f->push_until_at, err);
}

static bool is_known_there(const struct websub_row *row)
{
        return str_eq(row->state, STR("asked")) ||
               str_eq(row->state, STR("active"));
}

/* It names what it named before, as far as we know. */
static int keep(struct websub *ws, struct websub_row *old, struct err *err)
{
        if (!str_eq(old->state, STR("leaving")))
                return 0;
        old->state = STR("wanted");
        old->due_at = ws->now;
        old->failures = 0;
        return websub_save(ws->db, old, err);
}

/* A hub is left before another is asked: a feed has one subscription. */
static int change(struct websub *ws, struct websub_row *old,
                  struct websub_row *named, struct feed *f, struct err *err)
{
        if (is_known_there(old))
                return leave(ws, old, f, err);
        if (str_eq(old->state, STR("leaving")))
                return 0;
        return named ? want(ws, named, err) : websub_forget(ws->db, old, err);
}

int websub_note(struct websub *ws, struct feed *f, const struct feed_doc *doc,
                const struct fetch_answer *w, struct err *err)
{
        struct websub_row row = {
                .feed_id = f->id,
                .hub = w->hub.n ? w->hub : doc->hub,
                .topic = w->self.n     ? w->self
                         : doc->self.n ? doc->self
                                       : w->url,
        };
        struct websub_row old;
        bool is_named = url_is_http(row.hub) && url_is_http(row.topic) &&
                        row.hub.n <= LIMIT_URL_B && row.topic.n <= LIMIT_URL_B;
        struct arena *a;
        int rc;

        if (!websub_is_on(ws->conf))
                return 0;
        a = arena_new((size_t)64 * 1024);
        rc = websub_hold(ws->db, f->id, err);
        if (rc == 0)
                rc = websub_of_feed(a, ws->db, f->id, &old, err);
        if (rc == ERR_ABSENT)
                rc = is_named ? want(ws, &row, err) : 0;
        else if (rc == 0 && is_named && str_eq(row.hub, old.hub) &&
                 str_eq(row.topic, old.topic))
                rc = keep(ws, &old, err);
        else if (rc == 0)
                rc = change(ws, &old, is_named ? &row : NULL, f, err);
        arena_free(a);
        return rc;
}

/* --- asking hubs -------------------------------------------------------- */

struct hub_task {
        struct task task; /* TASK_HUB */
        struct websub_row row;
};

static void put_form(struct buf *out, const char *name, struct str value)
{
        static const char digits[] = "0123456789ABCDEF";

        if (out->n)
                buf_char(out, '&');
        buf_puts(out, name);
        buf_char(out, '=');
        for (size_t i = 0; i < value.n; i++) {
                unsigned char c = (unsigned char)value.p[i];

                if (chr_is_alnum((char)c) || c == '-' || c == '.' || c == '_') {
                        buf_char(out, (char)c);
                } else {
                        buf_char(out, '%');
                        buf_char(out, digits[c >> 4]);
                        buf_char(out, digits[c & 15]);
                }
        }
}

static bool is_leaving(const struct websub_row *row)
{
        return str_eq(row->state, STR("leaving"));
}

struct str websub_form(struct arena *a, const struct websub_row *row,
                       struct str site)
{
        struct str callback, ret;
        struct buf out;

        if (str_ends(site, STR("/")))
                site.n--;
        callback = arena_printf(a, STR_FMT WEBSUB_PATH STR_FMT, STR_ARG(site),
                                STR_ARG(row->token));
        buf_init(&out, FORM_B);
        put_form(&out, "hub.mode",
                 is_leaving(row) ? STR("unsubscribe") : STR("subscribe"));
        put_form(&out, "hub.topic", row->topic);
        put_form(&out, "hub.callback", callback);
        if (!is_leaving(row)) {
                put_form(&out, "hub.secret", row->secret);
                put_form(&out, "hub.lease_seconds",
                         arena_printf(a, "%lld", (long long)LEASE_S));
        }
        ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

/* At url, which is the hub's, or where that led to. */
static void ask_hub(struct websub *ws, struct hub_task *task, struct str url,
                    const struct fetch_answer *before)
{
        struct fetch_request r = {
                .url = url,
                .accept = STR("*/*"),
                .post = websub_form(ws->a, &task->row, ws->conf->press_url),
                .max_b = HUB_ANSWER_B,
                .owner = task,
                .stay = true,
                .hops = before ? before->hops + 1 : 0,
                .spent_ms = before ? before->spent_ms : 0,
        };

        fetch_add(ws->fetch, &r);
}

int websub_ask(struct websub *ws, struct err *err)
{
        struct websub_list list = { 0 };
        int rc;

        if (!websub_is_on(ws->conf))
                return 0;
        rc = websub_leave_removed(ws->db, ws->now, err);
        if (rc == 0)
                rc = websub_due(ws->a, ws->db, ws->now, ASKED_MOST, &list, err);
        for (size_t i = 0; rc == 0 && i < list.n; i++) {
                struct hub_task *task = arena_alloc(ws->a, sizeof(*task));

                task->task.kind = TASK_HUB;
                task->row = list.items[i];
                ask_hub(ws, task, task->row.hub, NULL);
        }
        return rc;
}

/* Longer from try to try; after some it is left alone for a month. */
static void wait_longer(struct websub *ws, struct websub_row *row,
                        int64_t pause)
{
        row->failures++;
        for (int64_t i = 1; i < row->failures && pause < TIME_DAY_S; i++)
                pause *= 2;
        if (row->failures >= FAILURES_MOST) {
                row->state = STR("refused");
                pause = REFUSED_S;
        }
        row->due_at = ws->now + pause;
}

static void hub_answered(struct websub *ws, const struct fetch_answer *w,
                         struct websub_row *row)
{
        bool is_well = w->rc == 0 && w->status >= 200 && w->status <= 299;

        if (is_well && !is_leaving(row) && !str_eq(row->state, STR("active")))
                row->state = STR("asked");
        wait_longer(ws, row, is_well ? REPLY_S : RETRY_S);
        row->outcome = w->rc < 0 ? str_c(w->err.msg)
                       : is_well ? STR("the hub was asked")
                                 : arena_printf(ws->a, "the hub answered %d",
                                                w->status);
}

/*
 * The hub may have asked back, and the site noted it, before its answer came
 * to us: what stands in the store then is newer than what we asked with.
 */
static int save_answer(struct websub *ws, const struct fetch_answer *w,
                       const struct websub_row *asked, struct err *err)
{
        struct websub_row row = *asked;

        hub_answered(ws, w, &row);
        /* Its lease ends without us, too. */
        if (is_leaving(&row) && row.failures >= LEAVE_TRIES)
                return websub_forget(ws->db, &row, err);
        return websub_save_over(ws->db, &row, asked, err);
}

/* 307 and 308 ask for the same form elsewhere; others would make a GET of it.
 */
static bool is_sent_on(const struct fetch_answer *w)
{
        return w->rc == 0 && w->to.p && w->hops < LIMIT_REDIRECTS &&
               (w->status == 307 || w->status == 308);
}

int websub_take(struct websub *ws, const struct fetch_answer *w,
                struct err *err)
{
        struct hub_task *task = w->owner;
        int rc;

        if (is_sent_on(w)) {
                ask_hub(ws, task, w->to, w);
                return 0;
        }
        rc = group_enter(ws->group, err);
        if (rc < 0)
                return rc;
        return group_leave(ws->group, save_answer(ws, w, &task->row, err), err);
}

/* --- the hub asks back -------------------------------------------------- */

static int64_t lease_of(int64_t s)
{
        if (s <= 0)
                return LEASE_S;
        return s < LEASE_LEAST_S  ? LEASE_LEAST_S
               : s > LEASE_MOST_S ? LEASE_MOST_S
                                  : s;
}

static enum websub_word refused(struct arena *a, struct websub_row *row,
                                struct str reason, int64_t now)
{
        row->state = is_leaving(row) ? STR("left") : STR("refused");
        row->lease_until_at = TIME_NONE;
        row->due_at = now + REFUSED_S;
        row->outcome = arena_printf(a, "the hub refused: " STR_FMT,
                                    STR_ARG(str_sub(reason, 0, 200)));
        return WEBSUB_NOTED;
}

enum websub_word websub_verify(struct arena *a, struct websub_row *row,
                               const struct websub_query *q, int64_t now)
{
        int64_t lease = lease_of(q->lease_s);

        if (!str_eq(q->topic, row->topic))
                return WEBSUB_NO;
        if (str_eq(q->mode, STR("denied")))
                return refused(a, row, q->reason, now);
        if (str_eq(q->mode, STR("unsubscribe")) && is_leaving(row)) {
                row->state = STR("left");
                return WEBSUB_YES;
        }
        if (!str_eq(q->mode, STR("subscribe")) || is_leaving(row) ||
            str_eq(row->state, STR("refused")))
                return WEBSUB_NO;
        row->state = STR("active");
        row->lease_until_at = now + lease;
        row->due_at = now + lease - lease / 10; /* renewed before its end */
        row->failures = 0;
        row->outcome = STR("subscribed");
        return WEBSUB_YES;
}

bool websub_is_token(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!chr_is_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
                        return false;
        return s.n == (size_t)TOKEN_B * 2;
}

/* --- its signature ------------------------------------------------------ */

struct websub_sign {
        EVP_MAC_CTX *mac;
        char want[EVP_MAX_MD_SIZE * 2];
        size_t want_n;
        struct arena *a;
};

struct websub_sign *websub_sign_new(struct str header, struct str secret)
{
        static const char *const methods[] = { "sha1", "sha256", "sha384",
                                               "sha512" };
        struct str rest = str_trim(header), method;
        const char *name = NULL;

        if (!str_cut(&rest, '=', &method) || !rest.p)
                return NULL;
        for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
                if (str_eq_nocase(method, str_c(methods[i])))
                        name = methods[i];
        if (!name || rest.n > EVP_MAX_MD_SIZE * 2ul)
                return NULL;

        EVP_MAC *kind = EVP_MAC_fetch(NULL, "HMAC", NULL);
        EVP_MAC_CTX *mac = kind ? EVP_MAC_CTX_new(kind) : NULL;
        OSSL_PARAM params[] = {
                OSSL_PARAM_construct_utf8_string("digest",
                                                 (char *)(uintptr_t)name, 0),
                OSSL_PARAM_construct_end(),
        };

        EVP_MAC_free(kind);
        if (!mac || !EVP_MAC_init(mac, (const unsigned char *)secret.p,
                                  secret.n, params)) {
                EVP_MAC_CTX_free(mac);
                return NULL;
        }

        struct arena *a = arena_new(4096);
        struct websub_sign *s = arena_alloc(a, sizeof(*s));

        s->a = a;
        s->mac = mac;
        s->want_n = rest.n;
        for (size_t i = 0; i < rest.n; i++)
                s->want[i] = chr_lower(rest.p[i]);
        return s;
}

void websub_sign_add(struct websub_sign *s, struct str bytes)
{
        EVP_MAC_update(s->mac, (const unsigned char *)bytes.p, bytes.n);
}

bool websub_sign_fits(struct websub_sign *s)
{
        static const char digits[] = "0123456789abcdef";
        unsigned char sum[EVP_MAX_MD_SIZE];
        char hex[EVP_MAX_MD_SIZE * 2];
        size_t n = 0;

        if (!EVP_MAC_final(s->mac, sum, &n, sizeof(sum)))
                return false;
        for (size_t i = 0; i < n; i++) {
                hex[2 * i] = digits[sum[i] >> 4];
                hex[2 * i + 1] = digits[sum[i] & 15];
        }
        return 2 * n == s->want_n && CRYPTO_memcmp(hex, s->want, 2 * n) == 0;
}

void websub_sign_free(struct websub_sign *s)
{
        if (!s)
                return;
        EVP_MAC_CTX_free(s->mac);
        arena_free(s->a);
}
