#include "site/http.h"

#include "base/arena.h"
#include "base/scan.h"
#include "base/time.h"

static struct str without_weak(struct str tag)
{
        return str_starts(tag, STR("W/")) ? str_sub(tag, 2, tag.n) : tag;
}

bool http_none_match(struct str header, struct str etag)
{
        struct str part;

        while (str_cut(&header, ',', &part)) {
                part = str_trim(part);
                if (str_eq(part, STR("*")) || str_eq(without_weak(part), etag))
                        return true;
        }
        return false;
}

bool http_unchanged_since(struct str header, int64_t mtime_at)
{
        int64_t at;

        return header.p && time_parse_http(str_trim(header), &at) == 0 &&
               mtime_at <= at;
}

/* ";q=0.5" among the parameters; 1 when there is none. */
static double weight(struct str params)
{
        struct str param;
        double q;

        while (str_cut(&params, ';', &param)) {
                param = str_trim(param);
                if (!str_starts_nocase(param, STR("q=")))
                        continue;
                return scan_double(str_sub(param, 2, param.n), &q) == 0 ? q : 0;
        }
        return 1;
}

bool http_accepts_gzip(struct str header)
{
        struct str part, name;
        double star = 0;

        while (str_cut(&header, ',', &part)) {
                str_cut(&part, ';', &name);
                name = str_trim(name);
                if (str_eq_nocase(name, STR("gzip")) ||
                    str_eq_nocase(name, STR("x-gzip")))
                        return weight(part) > 0;
                if (str_eq(name, STR("*")))
                        star = weight(part);
        }
        return star > 0;
}

struct str http_decoded(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                uint64_t c;

                if (s.p[i] == '%' && i + 2 < s.n &&
                    scan_hex(str_sub(s, i + 1, 2), 255, &c) == 0) {
                        out[n++] = (char)c;
                        i += 2;
                } else {
                        out[n++] = s.p[i] == '+' ? ' ' : s.p[i];
                }
        }
        return (struct str) { out, n };
}
