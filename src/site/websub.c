#include "site/websub.h"

#include <string.h>

#include "base/arena.h"
#include "base/scan.h"
#include "site/http.h"

#define CHALLENGE_B 4096
#define REASON_B 300
#define LEASE_MOST ((uint64_t)1 << 40)
#define POST_ARENA_B 4096

static struct str query(struct MHD_Connection *c, const char *name)
{
        return str_c(
                MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name));
}

static struct MHD_Response *words(struct str s)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                s.n, (void *)(uintptr_t)s.p, MHD_RESPMEM_MUST_COPY);

        if (r) {
                MHD_add_response_header(r, "Content-Type",
                                        "text/plain; charset=utf-8");
                MHD_add_response_header(r, "Cache-Control", "no-store");
        }
        return r;
}

struct MHD_Response *websub_answer(const struct websub_door *door,
                                   struct arena *a, struct MHD_Connection *c,
                                   struct str token, unsigned *ret_code)
{
        struct websub_ask ask = {
                .token = token,
                .mode = http_decoded(a, query(c, "hub.mode")),
                .topic = http_decoded(a, query(c, "hub.topic")),
                .challenge = http_decoded(a, query(c, "hub.challenge")),
                .reason = str_sub(http_decoded(a, query(c, "hub.reason")), 0,
                                  REASON_B),
        };
        uint64_t lease = 0;

        if (scan_u64(query(c, "hub.lease_seconds"), LEASE_MOST, &lease) == 0)
                ask.lease_s = (int64_t)lease;
        if (ask.challenge.n <= CHALLENGE_B && door->verify(door->self, &ask)) {
                *ret_code = MHD_HTTP_OK;
                return words(ask.challenge);
        }
        *ret_code = MHD_HTTP_NOT_FOUND;
        return words(STR("That was not asked for.\n"));
}

struct websub_post {
        const struct websub_door *door;
        struct arena *a;
        void *delivery;
        size_t n;
        bool is_over;
};

struct websub_post *websub_post_new(const struct websub_door *door,
                                    struct MHD_Connection *c, struct str token)
{
        struct str signature = str_c(MHD_lookup_connection_value(
                c, MHD_HEADER_KIND, "X-Hub-Signature"));
        void *delivery = door->begin(door->self, token, signature);
        struct arena *a;
        struct websub_post *p;

        if (!delivery)
                return NULL;
        a = arena_new(POST_ARENA_B);
        p = arena_alloc(a, sizeof(*p));
        *p = (struct websub_post) { .door = door,
                                    .a = a,
                                    .delivery = delivery };
        return p;
}

void websub_post_add(struct websub_post *p, struct str bytes)
{
        p->n += bytes.n;
        p->is_over = p->n > p->door->max_b;
        if (!p->is_over)
                p->door->add(p->delivery, bytes);
}

void websub_post_end(struct websub_post *p, bool is_whole)
{
        p->door->end(p->door->self, p->delivery, is_whole && !p->is_over);
        arena_free(p->a);
}
