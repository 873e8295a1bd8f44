#include "site/path.h"

#include "base/arena.h"
#include "base/limits.h"

struct type {
        const char *ending, *type, *cache;
        bool packs;
};

/* Pages and feeds are looked at again each minute or so, since an edition may
 * be corrected; what an edition's page refers to changes seldom. */
#define CACHE_PAGE "public, max-age=60"
#define CACHE_FEED "public, max-age=300"
#define CACHE_PART "public, max-age=3600"
#define CACHE_LONG "public, max-age=86400"

static const struct type types[] = {
        { ".html", "text/html; charset=utf-8", CACHE_PAGE, true },
        { ".txt", "text/plain; charset=utf-8", CACHE_PAGE, true },
        { "feed.xml", "application/rss+xml; charset=utf-8", CACHE_FEED, true },
        { "atom.xml", "application/atom+xml; charset=utf-8", CACHE_FEED, true },
        { "feed.json", "application/feed+json", CACHE_FEED, true },
        { ".xml", "application/xml", CACHE_FEED, true },
        { ".json", "application/json", CACHE_FEED, true },
        { ".webmanifest", "application/manifest+json", CACHE_LONG, true },
        { ".css", "text/css; charset=utf-8", CACHE_PART, true },
        { ".js", "text/javascript; charset=utf-8", CACHE_PART, true },
        { ".svg", "image/svg+xml", CACHE_PART, true },
        { ".csv", "text/csv; charset=utf-8", CACHE_PART, true },
        { ".ics", "text/calendar; charset=utf-8", CACHE_FEED, true },
        { ".png", "image/png", CACHE_LONG, false },
        { ".jpg", "image/jpeg", CACHE_LONG, false },
        { ".jpeg", "image/jpeg", CACHE_LONG, false },
        { ".gif", "image/gif", CACHE_LONG, false },
        { ".webp", "image/webp", CACHE_LONG, false },
        { ".avif", "image/avif", CACHE_LONG, false },
        { ".ico", "image/vnd.microsoft.icon", CACHE_LONG, false },
        { ".woff2", "font/woff2", CACHE_LONG, false },
        { ".epub", "application/epub+zip", CACHE_PART, false },
        { ".pdf", "application/pdf", CACHE_PART, false },
        { ".gz", "application/gzip", CACHE_PART, false },
        { "", "application/octet-stream", CACHE_PART, false },
};

static int hex_value(char c)
{
        if (chr_is_digit(c))
                return c - '0';
        c = chr_lower(c);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decoding; bytes that would change the path's shape are refused. */
static int decode(struct arena *a, struct str raw, struct str *ret)
{
        char *out = arena_alloc(a, raw.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < raw.n; i++, n++) {
                out[n] = raw.p[i];
                if (raw.p[i] != '%')
                        continue;
                int hi = i + 2 < raw.n ? hex_value(raw.p[i + 1]) : -1;
                int lo = i + 2 < raw.n ? hex_value(raw.p[i + 2]) : -1;

                if (hi < 0 || lo < 0)
                        return ERR_INPUT;
                out[n] = (char)(hi << 4 | lo);
                if (out[n] == '/')
                        return ERR_ABSENT;
                i += 2;
        }
        *ret = (struct str) { out, n };
        return 0;
}

/* A part of the path that may name something: not empty, not hidden. */
static bool is_open(struct str part, bool is_first)
{
        if (is_first && str_eq(part, STR(".well-known")))
                return true;
        if (!part.n || part.p[0] == '.')
                return false;
        for (size_t i = 0; i < part.n; i++)
                if ((unsigned char)part.p[i] < 32 || part.p[i] == 127 ||
                    part.p[i] == '\\')
                        return false;
        return true;
}

int path_map(struct arena *a, struct str raw, struct path *ret)
{
        struct str rest, part;

        if (!str_starts(raw, STR("/")) || raw.n > LIMIT_URL_B)
                return ERR_INPUT;
        int rc = decode(a, str_sub(raw, 1, raw.n), &rest);
        if (rc < 0)
                return rc;

        struct path path = { .is_folder = !rest.n || str_ends(rest, STR("/")) };
        bool is_root = !rest.n, is_first = true;
        if (path.is_folder && !is_root)
                rest.n--;
        path.file = rest;
        for (; !is_root && str_cut(&rest, '/', &part); is_first = false)
                if (!is_open(part, is_first))
                        return ERR_ABSENT;
        *ret = path;
        return 0;
}

static const struct type *find_type(struct str file)
{
        const struct type *t = types;

        while (!str_ends(file, str_c(t->ending)))
                t++;
        return t;
}

const char *path_type(struct str file)
{
        return find_type(file)->type;
}
const char *path_cache_control(struct str file)
{
        return find_type(file)->cache;
}
bool path_is_packable(struct str file)
{
        return find_type(file)->packs;
}
