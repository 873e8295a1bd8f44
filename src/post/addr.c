#include "post/addr.h"

#include <string.h>

#include "base/arena.h"

#define ALNUM "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

struct addr {
        struct str local, domain, whole;
};

/* Atoms joined by single dots: no quoting, no comments, no controls. */
static bool is_dotted(struct str s, const char *alphabet)
{
        char before = '.';

        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (c == '.' ? before == '.' : !c || !strchr(alphabet, c))
                        return false;
                before = c;
        }
        return before != '.';
}

int addr_parse(struct arena *a, struct str in, const struct addr **ret_addr,
               struct err *err)
{
        if (in.n > ADDR_MAX)
                return err_set(err, ERR_LIMIT,
                               "the address is over %d characters", ADDR_MAX);

        size_t at = str_chr(in, '@', 0);
        if (at == STR_NONE)
                return err_set(err, ERR_INPUT,
                               "there is no @ in \"" STR_FMT "\"", STR_ARG(in));

        struct str local = str_sub(in, 0, at);
        struct str domain = str_sub(in, at + 1, in.n);
        if (!is_dotted(local, ALNUM "!#$%&'*+-/=?^_`{|}~") ||
            !is_dotted(domain, ALNUM "-") ||
            str_chr(domain, '.', 0) == STR_NONE)
                return err_set(err, ERR_INPUT,
                               "we can't mail the address \"" STR_FMT "\"",
                               STR_ARG(in));

        struct addr *addr = arena_alloc(a, sizeof(*addr));
        addr->local = arena_str(a, local);
        addr->domain = arena_lower(a, domain);
        addr->whole = arena_printf(a, STR_FMT "@" STR_FMT, STR_ARG(addr->local),
                                   STR_ARG(addr->domain));
        *ret_addr = addr;
        return 0;
}

struct str addr_local(const struct addr *addr)
{
        return addr->local;
}
struct str addr_domain(const struct addr *addr)
{
        return addr->domain;
}
struct str addr_whole(const struct addr *addr)
{
        return addr->whole;
}

bool addr_is_local(const struct addr *addr)
{
        return str_eq(addr->domain, STR("localhost")) ||
               str_ends(addr->domain, STR(".localhost")) ||
               str_ends(addr->domain, STR(".localdomain")) ||
               str_ends(addr->domain, STR(".local"));
}
