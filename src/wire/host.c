#include "wire/host.h"

#include <unicode/uidna.h>

#include "base/arena.h"
#include "base/url.h"

#define NAME_B 256 /* RFC 1035, 2.3.4, and a NUL */

static bool is_ascii(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] > 127)
                        return false;
        return true;
}

/* A fullwidth slash becomes one that would end the name: then it is another's.
 */
static bool is_name(const char *p, int32_t n)
{
        for (int32_t i = 0; i < n; i++)
                if (!chr_is_alnum(p[i]) && p[i] != '-' && p[i] != '.' &&
                    p[i] != '_')
                        return false;
        return n > 0 && n < NAME_B;
}

/* How much of out it fills; 0: it is no name. */
static size_t write_ascii(struct str name, char out[NAME_B])
{
        UErrorCode status = U_ZERO_ERROR;
        UIDNAInfo info = UIDNA_INFO_INITIALIZER;
        UIDNA *idna = uidna_openUTS46(
                UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status);
        int32_t n = 0;

        if (U_SUCCESS(status))
                n = uidna_nameToASCII_UTF8(idna, name.p, (int32_t)name.n, out,
                                           NAME_B, &info, &status);
        uidna_close(idna);
        if (U_FAILURE(status) || info.errors || !is_name(out, n))
                return 0;
        return (size_t)n;
}

struct str host_ascii(struct arena *a, struct str url)
{
        struct str host = url_split(url).host;
        char name[NAME_B];
        size_t n, at;

        if (is_ascii(host) || host.n > (size_t)NAME_B * 4)
                return arena_str(a, url);
        n = write_ascii(host, name);
        if (!n)
                return arena_str(a, url);
        at = (size_t)(host.p - url.p);
        return arena_printf(a, STR_FMT "%.*s" STR_FMT,
                            STR_ARG(str_sub(url, 0, at)), (int)n, name,
                            STR_ARG(str_sub(url, at + host.n, url.n)));
}
