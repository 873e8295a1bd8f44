#include "post/subscribe.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/time.h"
#include "base/utf8.h"
#include "post/addr.h"
#include "store/subscriber.h"

#define NAME_MAX_B 200
#define LANGUAGE_MAX_B 35
#define CONSENT_MAX_B 1000
#define TOKEN_BYTES 16

static int check_state(struct str state, struct err *err)
{
        static const char *const states[] = { "pending",  "active",
                                              "paused",   "unsubscribed",
                                              "bounced",  "complained",
                                              "forgotten" };

        for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
                if (str_eq(state, str_c(states[i])))
                        return 0;
        return err_set(err, ERR_INPUT,
                       "\"" STR_FMT "\" is no state of a subscriber: pending, "
                       "active, paused, unsubscribed, bounced, complained or "
                       "forgotten",
                       STR_ARG(state));
}

static int check(const struct subscribe *s, struct str state, struct err *err)
{
        int rc = check_state(state, err);

        if (rc < 0)
                return rc;
        if (s->name.n > NAME_MAX_B || !utf8_is_valid(s->name))
                return err_set(err, ERR_INPUT,
                               "the name of " STR_FMT
                               " is over %d bytes or not UTF-8",
                               STR_ARG(s->email), NAME_MAX_B);
        if (s->language.n > LANGUAGE_MAX_B || !utf8_is_valid(s->language) ||
            s->consent.n > CONSENT_MAX_B || !utf8_is_valid(s->consent))
                return err_set(err, ERR_INPUT,
                               "the language or the consent of " STR_FMT
                               " is too long or not UTF-8: save the file as "
                               "UTF-8",
                               STR_ARG(s->email));
        return s->zone.n ? time_zone_check(s->zone, err) : 0;
}

int subscribe_add(struct sql *db, const struct subscribe *s, int64_t now,
                  bool *ret_new, struct err *err)
{
        struct arena *a = arena_new(65536);
        struct str state = s->state.n ? s->state : STR("active");
        const struct addr *addr;
        int rc = addr_parse(a, str_trim(s->email), &addr, err);

        if (rc == 0)
                rc = check(s, state, err);
        if (rc == 0) {
                struct subscriber row = {
                        .email = addr_whole(addr),
                        .name = utf8_fold_space(a, s->name),
                        .language = s->language,
                        .zone = s->zone,
                        .state = state,
                        .token = hash_random_hex(a, TOKEN_BYTES),
                        .added_at = now,
                        .changed_at = now,
                        .consent = s->consent,
                };

                rc = subscriber_add(db, &row, ret_new, err);
        }
        arena_free(a);
        return rc;
}
