#include "base/url.h"

#include <string.h>

#include "base/arena.h"

/* "scheme:" at the front (RFC 3986, 3.1), or STR_NONE. */
static size_t scheme_end(struct str s)
{
        if (!s.n || !chr_is_alpha(s.p[0]))
                return STR_NONE;
        for (size_t i = 1; i < s.n; i++) {
                char c = s.p[i];

                if (c == ':')
                        return i;
                if (!chr_is_alnum(c) && c != '+' && c != '-' && c != '.')
                        return STR_NONE;
        }
        return STR_NONE;
}

/* Cut s at the first c: the part after it, absent when there is no c. */
static struct str cut_at(struct str *s, char c)
{
        size_t at = str_chr(*s, c, 0);

        if (at == STR_NONE)
                return STR_NULL;

        struct str after = str_sub(*s, at + 1, s->n);

        *s = str_sub(*s, 0, at);
        return after;
}

static void split_authority(struct str authority, struct url *u)
{
        size_t at = str_chr(authority, '@', 0), colon = STR_NONE;

        u->has_authority = true;
        if (at != STR_NONE) {
                u->userinfo = str_sub(authority, 0, at);
                authority = str_sub(authority, at + 1, authority.n);
        }
        for (size_t i = authority.n; i-- > 0 && authority.p[i] != ']';)
                if (authority.p[i] == ':')
                        colon = i;
        u->host = authority;
        if (colon != STR_NONE) {
                u->host = str_sub(authority, 0, colon);
                u->port = str_sub(authority, colon + 1, authority.n);
        }
}

struct url url_split(struct str s)
{
        struct url u = { 0 };
        size_t colon = scheme_end(s);

        if (colon != STR_NONE) {
                u.scheme = str_sub(s, 0, colon);
                s = str_sub(s, colon + 1, s.n);
        }
        u.fragment = cut_at(&s, '#');
        u.query = cut_at(&s, '?');
        if (str_starts(s, STR("//"))) {
                size_t slash = str_chr(s, '/', 2);
                size_t end = slash == STR_NONE ? s.n : slash;

                split_authority(str_sub(s, 2, end - 2), &u);
                s = str_sub(s, end, s.n);
        }
        u.path = s;
        return u;
}

/* Blanks and controls percent-encoded; ends trimmed, line ends and tabs
 * dropped, as browsers do. */
static struct str escape(struct arena *a, struct str s)
{
        static const char HEX[] = "0123456789ABCDEF";
        size_t bad = 0;

        while (s.n && (unsigned char)s.p[0] <= ' ')
                s = str_sub(s, 1, s.n);
        while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
                s.n--;
        for (size_t i = 0; i < s.n; i++)
                bad += (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F ||
                       memchr("\"<>\\^`{|}", s.p[i], 9) != NULL;
        if (!bad)
                return s;

        char *out = arena_alloc(a, s.n + 2 * bad + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];

                if (c == '\t' || c == '\n' || c == '\r')
                        continue;
                if (c > ' ' && c != 0x7F && !memchr("\"<>\\^`{|}", c, 9)) {
                        out[n++] = (char)c;
                        continue;
                }
                out[n++] = '%';
                out[n++] = HEX[c >> 4];
                out[n++] = HEX[c & 15];
        }
        return (struct str) { out, n };
}

/* RFC 3986, 5.2.4, in place. */
static size_t remove_dots(char *p, size_t n)
{
        size_t in = 0, out = 0;

        while (in < n) {
                size_t end = in + 1;

                while (end < n && p[end] != '/')
                        end++;

                size_t len = end - in; /* "/segment" */
                bool last = end == n;

                if (len == 2 && p[in + 1] == '.') {
                        if (last)
                                p[out++] = '/';
                } else if (len == 3 && p[in + 1] == '.' && p[in + 2] == '.') {
                        while (out && p[--out] != '/')
                                ;
                        if (last)
                                p[out++] = '/';
                } else {
                        memmove(p + out, p + in, len);
                        out += len;
                }
                in = end;
        }
        return out;
}

static struct str merge_path(struct arena *a, const struct url *base,
                             struct str path)
{
        size_t keep = 0;

        if (path.n && path.p[0] == '/')
                return path;
        for (size_t i = 0; i < base->path.n; i++)
                if (base->path.p[i] == '/')
                        keep = i + 1;
        if (keep == 0)
                return arena_printf(a, "/" STR_FMT, STR_ARG(path));
        return arena_printf(a, STR_FMT STR_FMT,
                            STR_ARG(str_sub(base->path, 0, keep)),
                            STR_ARG(path));
}

static struct str normal_path(struct arena *a, struct str path)
{
        if (str_find(path, STR("/."), 0) == STR_NONE)
                return path;

        struct str copy = arena_str(a, path);
        char *p = arena_alloc(a, copy.n + 1);

        memcpy(p, copy.p, copy.n);
        return (struct str) { p, remove_dots(p, copy.n) };
}

static struct str with(struct arena *a, const char *mark, struct str part)
{
        return part.p ? arena_printf(a, "%s" STR_FMT, mark, STR_ARG(part))
                      : STR("");
}

struct str url_resolve(struct arena *a, struct str base, struct str ref)
{
        ref = escape(a, ref);

        struct url r = url_split(ref), b = url_split(base);

        if (r.scheme.p || !b.scheme.p)
                return ref;
        if (r.has_authority)
                return arena_printf(a, STR_FMT ":" STR_FMT, STR_ARG(b.scheme),
                                    STR_ARG(ref));

        size_t colon = scheme_end(base);
        size_t front = colon + 1;

        if (b.has_authority) {
                front = b.path.p ? (size_t)(b.path.p - base.p) : base.n;
        } else if (b.path.n && b.path.p[0] != '/') {
                return ref; /* mailto: and its like have no paths */
        }

        struct str path = b.path, query = b.query;

        if (ref.n == 0)
                return str_sub(base, 0,
                               b.fragment.p
                                       ? (size_t)(b.fragment.p - base.p) - 1
                                       : base.n);
        if (r.path.n) {
                path = normal_path(a, merge_path(a, &b, r.path));
                query = r.query;
        } else if (r.query.p) {
                query = r.query;
        }
        return arena_printf(a, STR_FMT STR_FMT STR_FMT STR_FMT,
                            STR_ARG(str_sub(base, 0, front)), STR_ARG(path),
                            STR_ARG(with(a, "?", query)),
                            STR_ARG(with(a, "#", r.fragment)));
}

bool url_is_http(struct str s)
{
        struct url u = url_split(s);

        return (str_eq_nocase(u.scheme, STR("http")) ||
                str_eq_nocase(u.scheme, STR("https"))) &&
               u.host.n > 0;
}

struct str url_host(struct arena *a, struct str s)
{
        struct str host = url_split(s).host;

        return host.n ? arena_lower(a, host) : STR("");
}

static bool is_tracking(struct str parameter)
{
        static const char *const names[] = {
                "fbclid",      "gclid",          "dclid",
                "msclkid",     "yclid",          "igshid",
                "mc_cid",      "mc_eid",         "cmpid",
                "ocid",        "ns_mchannel",    "ns_source",
                "ns_campaign", "ns_linkname",    "at_medium",
                "at_campaign", "wt_mc",          "xtor",
                "ftag",        "smid",           "sr_share",
                "icid",        "_hsenc",         "_hsmi",
                "mkt_tok",     "vero_id",        "oly_enc_id",
                "oly_anon_id", "traffic_source", "feature_source",
        };
        size_t eq = str_chr(parameter, '=', 0);
        struct str name =
                str_sub(parameter, 0, eq == STR_NONE ? parameter.n : eq);

        if (str_starts_nocase(name, STR("utm_")) ||
            str_starts_nocase(name, STR("pk_")) ||
            str_starts_nocase(name, STR("mtm_")))
                return true;
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
                if (str_eq_nocase(name, str_c(names[i])))
                        return true;
        return false;
}

/* The query without tracking parameters; absent when nothing is left. */
static struct str clean_query(struct arena *a, struct str query)
{
        struct str rest = query, part;
        char *out = arena_alloc(a, query.n + 2);
        size_t n = 0;

        while (str_cut(&rest, '&', &part)) {
                if (!part.n || is_tracking(part))
                        continue;
                if (n)
                        out[n++] = '&';
                memcpy(out + n, part.p, part.n);
                n += part.n;
        }
        return n ? (struct str) { out, n } : STR_NULL;
}

struct str url_clean(struct arena *a, struct str s)
{
        struct url u = url_split(s);

        if (!u.query.p)
                return s;

        struct str query = clean_query(a, u.query);

        if (query.n == u.query.n)
                return s;
        return arena_printf(
                a, STR_FMT STR_FMT STR_FMT,
                STR_ARG(str_sub(s, 0, (size_t)(u.query.p - s.p) - 1)),
                STR_ARG(with(a, "?", query)),
                STR_ARG(with(a, "#", u.fragment)));
}

static bool is_default_port(struct str scheme, struct str port)
{
        return port.n == 0 ||
               (str_eq_nocase(scheme, STR("http")) &&
                str_eq(port, STR("80"))) ||
               (str_eq_nocase(scheme, STR("https")) &&
                str_eq(port, STR("443")));
}

struct str url_identity(struct arena *a, struct str s)
{
        struct url u = url_split(str_trim(s));

        if (!u.has_authority)
                return arena_str(a, s);

        struct str scheme = arena_lower(a, u.scheme);
        struct str host = arena_lower(a, u.host);
        struct str query = u.query.p ? clean_query(a, u.query) : STR_NULL;

        if (str_eq(scheme, STR("http")))
                scheme = STR("https");
        if (str_starts(host, STR("www.")))
                host = str_sub(host, 4, host.n);
        while (u.path.n && u.path.p[u.path.n - 1] == '/')
                u.path.n--;
        return arena_printf(
                a, STR_FMT "://" STR_FMT "%s" STR_FMT STR_FMT STR_FMT,
                STR_ARG(scheme), STR_ARG(host),
                is_default_port(u.scheme, u.port) ? "" : ":",
                STR_ARG(is_default_port(u.scheme, u.port) ? STR("") : u.port),
                STR_ARG(u.path), STR_ARG(with(a, "?", query)));
}
