#include "wire/identity.h"

#include "base/arena.h"
#include "base/url.h"
#include "store/feed.h"

#define MARK_MAX_B 24

/* A part of a page that is an item of its own ("#14-30"), not a parameter in
 * another place ("#xtor=RSS-1"). */
static bool is_part(struct str fragment)
{
        return fragment.n && str_chr(fragment, '=', 0) == STR_NONE;
}

/* More than the front page of a site. */
static bool is_own_page(struct str url)
{
        struct url u = url_split(url);

        if (!url_is_http(url))
                return false;
        return u.path.n > 1 || u.query.n || is_part(u.fragment);
}

struct str identity_of(struct arena *a, const struct feed *f,
                       const struct item *item)
{
        if (is_own_page(item->url)) {
                struct str fragment = url_split(item->url).fragment;
                struct str page = url_identity(a, item->url);

                if (!is_part(fragment))
                        return page;
                return arena_printf(a, STR_FMT "#" STR_FMT, STR_ARG(page),
                                    STR_ARG(fragment));
        }
        struct str feed = url_identity(a, f->url);
        struct str own = item->id.n ? item->id : item->title;

        return arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(feed),
                            STR_ARG(own));
}

static const struct mark {
        struct str word, mark;
} marks[] = {
        { STR_INIT("exclusive"), STR_INIT("exclusive") },
        { STR_INIT("exklusiv"), STR_INIT("exclusive") },
        { STR_INIT("exclusif"), STR_INIT("exclusive") },
        { STR_INIT("exclusiva"), STR_INIT("exclusive") },
        { STR_INIT("esclusiva"), STR_INIT("exclusive") },
        { STR_INIT("esclusivo"), STR_INIT("exclusive") },
        { STR_INIT("exclusivo"), STR_INIT("exclusive") },
        { STR_INIT("exclusief"), STR_INIT("exclusive") },
        { STR_INIT("Эксклюзив"), STR_INIT("exclusive") },
        { STR_INIT("эксклюзив"), STR_INIT("exclusive") },
        { STR_INIT("live"), STR_INIT("live") },
        { STR_INIT("liveblog"), STR_INIT("live") },
        { STR_INIT("live updates"), STR_INIT("live") },
        { STR_INIT("liveticker"), STR_INIT("live") },
        { STR_INIT("en direct"), STR_INIT("live") },
        { STR_INIT("update"), STR_INIT("update") },
        { STR_INIT("updated"), STR_INIT("update") },
        { STR_INIT("breaking"), STR_INIT("breaking") },
        { STR_INIT("breaking news"), STR_INIT("breaking") },
        { STR_INIT("eilmeldung"), STR_INIT("breaking") },
        { STR_INIT("correction"), STR_INIT("correction") },
        { STR_INIT("korrektur"), STR_INIT("correction") },
};

struct str identity_mark(struct arena *a, const struct item *item)
{
        struct str head = str_sub(item->title, 0, MARK_MAX_B);
        size_t end = 0;

        (void)a;
        while (end < head.n && head.p[end] != ':' && head.p[end] != '|')
                end++;
        if (end == head.n)
                return STR_NULL;
        head = str_trim(str_sub(head, 0, end));
        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
                if (str_eq_nocase(head, marks[i].word))
                        return marks[i].mark;
        return STR_NULL;
}
