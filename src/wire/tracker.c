#include "wire/tracker.h"

#include "base/url.h"

/*
 * A host, with all below it, and how the path begins there (empty: any path).
 * Only those that serve nothing that a reader wants to see.
 */
static const struct counter {
        struct str host, path;
} counters[] = {
#define COUNTER(host, path) { STR_INIT(host), STR_INIT(path) },
#include "wire/tracker.def"
#undef COUNTER
};

/* What a host that only counts has before its first dot, if it has two. */
static const struct str labels[] = { STR_INIT("pixel"), STR_INIT("pixels"),
                                     STR_INIT("tracking") };

/* Files that hold a single point. */
static const struct str files[] = {
        STR_INIT("1x1.gif"),    STR_INIT("1x1.png"),    STR_INIT("pixel.gif"),
        STR_INIT("pixel.png"),  STR_INIT("pixel.php"),  STR_INIT("blank.gif"),
        STR_INIT("clear.gif"),  STR_INIT("spacer.gif"), STR_INIT("piwik.php"),
        STR_INIT("matomo.php"),
};

static bool is_of_host(struct str host, struct str of)
{
        struct str tail;

        if (host.n < of.n)
                return false;
        tail = str_sub(host, host.n - of.n, host.n);
        return str_eq_nocase(tail, of) &&
               (host.n == of.n || host.p[host.n - of.n - 1] == '.');
}

static bool is_one_of(struct str s, const struct str *list, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq_nocase(s, list[i]))
                        return true;
        return false;
}

#define IS_ONE_OF(s, list)                                                     \
        is_one_of((s), (list), sizeof(list) / sizeof(*(list)))

static struct str file_of(struct str path)
{
        size_t at = path.n;

        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return str_sub(path, at, path.n);
}

static bool has_label(struct str host)
{
        size_t dot = str_chr(host, '.', 0);

        return dot != STR_NONE && str_chr(host, '.', dot + 1) != STR_NONE &&
               IS_ONE_OF(str_sub(host, 0, dot), labels);
}

bool tracker_is_picture(struct str url)
{
        struct url u = url_split(url);

        for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
                if (is_of_host(u.host, counters[i].host) &&
                    str_starts(u.path, counters[i].path))
                        return true;
        return has_label(u.host) || IS_ONE_OF(file_of(u.path), files);
}
