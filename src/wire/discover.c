#include "wire/discover.h"

#include "base/arena.h"
#include "base/url.h"
#include "base/utf8.h"
#include "wire/entity.h"
#include "wire/lexer.h"
#include "wire/sanitize.h"

#define FEEDS_MAX 20
#define HEAD_B (256 * 1024)  /* how far we look for declared ones */
#define TEXT_B (1024 * 1024) /* ... and for links */
#define TITLE_B 100

static bool is_feed_type(struct str type)
{
        return str_find_nocase(type, STR("rss"), 0) != STR_NONE ||
               str_find_nocase(type, STR("atom"), 0) != STR_NONE ||
               str_find_nocase(type, STR("rdf+xml"), 0) != STR_NONE ||
               str_find_nocase(type, STR("feed+json"), 0) != STR_NONE;
}

/* Comments on an article are no news. */
static bool is_aside(struct str url, struct str title)
{
        static const struct str words[] = {
                STR_INIT("comment"),
                STR_INIT("kommentar"),
                STR_INIT("commentaire"),
                STR_INIT("comentario"),
        };

        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
                if (str_find_nocase(url, words[i], 0) != STR_NONE ||
                    str_find_nocase(title, words[i], 0) != STR_NONE)
                        return true;
        return false;
}

static void add(struct arena *a, struct discover_list *list, struct str url,
                struct str title)
{
        if (!url_is_http(url) || list->n == FEEDS_MAX)
                return;
        for (size_t i = 0; i < list->n; i++)
                if (str_eq(list->items[i].url, url))
                        return;
        ARENA_GROW(a, list->items, list->n, list->cap);
        list->items[list->n++] =
                (struct discover_link) { arena_str(a, url), arena_str(a, title),
                                         is_aside(url, title) };
}

static struct str title_of(struct arena *a, struct str raw)
{
        struct str title = utf8_tidy(a, entity_decode(a, raw));

        return title.n ? utf8_clip(title, TITLE_B) : STR_NULL;
}

static void read_link(struct arena *a, const struct lexer *lx, struct str base,
                      struct discover_list *list)
{
        struct str rel = lexer_attr(lx, STR("rel"));
        struct str href = lexer_attr(lx, STR("href"));

        if (str_find_nocase(rel, STR("alternate"), 0) == STR_NONE &&
            !str_eq_nocase(rel, STR("feed")))
                return;
        if (is_feed_type(lexer_attr(lx, STR("type"))) ||
            str_eq_nocase(rel, STR("feed")))
                add(a, list, sanitize_url(a, href, base),
                    title_of(a, lexer_attr(lx, STR("title"))));
}

/* The page's own base for its addresses, where it declares one. */
static struct str base_of(struct arena *a, struct str html, struct str url)
{
        size_t at = str_find_nocase(html, STR("<base"), 0);
        size_t end = at == STR_NONE ? at : str_chr(html, '>', at);
        size_t href;
        struct str tag, value;
        char quote;

        if (end == STR_NONE)
                return url;
        tag = str_sub(html, at, end - at);
        href = str_find_nocase(tag, STR("href="), 0);
        if (href == STR_NONE || href + 6 >= tag.n)
                return url;
        quote = tag.p[href + 5];
        if (quote != '"' && quote != '\'')
                return url;
        value = str_sub(tag, href + 6, tag.n);
        value = str_sub(value, 0, str_chr(value, quote, 0));
        value = sanitize_url(a, value, url);
        return value.n ? value : url;
}

/* One tag a call, from *at on, wherever it stands: the lexer passes over
 * <head>, which is where they are. */
static bool next_tag(struct str html, struct str open, size_t *at,
                     struct lexer *lx)
{
        while ((*at = str_find_nocase(html, open, *at)) != STR_NONE) {
                size_t end = str_chr(html, '>', *at);

                if (end == STR_NONE)
                        return false;
                lexer_init(lx, str_sub(html, *at, end + 1 - *at), false);
                *at = end;
                if (lexer_next(lx) && lx->kind == LEXER_OPEN)
                        return true;
        }
        return false;
}

static struct discover_list asides_last(struct arena *a,
                                        struct discover_list list)
{
        struct discover_list ret = { 0 };

        for (int turn = 0; turn < 2; turn++)
                for (size_t i = 0; i < list.n; i++) {
                        if (list.items[i].is_aside != (turn == 1))
                                continue;
                        ARENA_GROW(a, ret.items, ret.n, ret.cap);
                        ret.items[ret.n++] = list.items[i];
                }
        return ret;
}

struct discover_list discover_links(struct arena *a, struct str html,
                                    struct str url)
{
        struct discover_list list = { 0 };
        struct str head = str_sub(html, 0, HEAD_B);
        struct str base = base_of(a, head, url);
        struct lexer lx;

        for (size_t at = 0; next_tag(head, STR("<link"), &at, &lx);)
                if (lx.tag == TAG_link)
                        read_link(a, &lx, base, &list);
        return asides_last(a, list);
}

static bool looks_like_feed(struct str url)
{
        static const struct str ends[] = {
                STR_INIT("/feed"),      STR_INIT("/feed/"),
                STR_INIT("/rss"),       STR_INIT("/rss/"),
                STR_INIT("/atom"),      STR_INIT(".rss"),
                STR_INIT(".rdf"),       STR_INIT(".atom"),
                STR_INIT("/feed.xml"),  STR_INIT("/rss.xml"),
                STR_INIT("/atom.xml"),  STR_INIT("/index.xml"),
                STR_INIT("/feed.json"),
        };
        struct str path = url_split(url).path;

        for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
                if (path.n >= ends[i].n &&
                    str_eq_nocase(str_sub(path, path.n - ends[i].n, path.n),
                                  ends[i]))
                        return true;
        return false;
}

struct discover_list discover_anchors(struct arena *a, struct str html,
                                      struct str url)
{
        struct discover_list list = { 0 };
        struct str text = str_sub(html, 0, TEXT_B);
        struct str base = base_of(a, text, url);
        struct lexer lx;

        for (size_t at = 0; next_tag(text, STR("<a"), &at, &lx);) {
                struct str href;

                if (lx.tag != TAG_a)
                        continue;
                href = lexer_attr(&lx, STR("href"));
                if (!href.n || !looks_like_feed(href))
                        continue;
                add(a, &list, sanitize_url(a, href, base),
                    title_of(a, lexer_attr(&lx, STR("title"))));
        }
        return asides_last(a, list);
}

struct discover_list discover_guesses(struct arena *a, struct str url)
{
        static const struct str paths[] = {
                STR_INIT("/feed"),     STR_INIT("/rss"),
                STR_INIT("/feed.xml"), STR_INIT("/rss.xml"),
                STR_INIT("/atom.xml"), STR_INIT("/index.xml"),
        };
        struct discover_list list = { 0 };

        for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
                add(a, &list, url_resolve(a, url, paths[i]), STR_NULL);
        return list;
}

struct strs discover_feeds(struct arena *a, struct str html, struct str url)
{
        struct discover_list list = discover_links(a, html, url);
        struct strs ret = { 0 };

        for (size_t i = 0; i < list.n; i++) {
                ARENA_GROW(a, ret.items, ret.n, ret.cap);
                ret.items[ret.n++] = list.items[i].url;
        }
        return ret;
}

bool discover_is_html(struct str text)
{
        struct str head = str_sub(text, 0, 4096);

        return str_find_nocase(head, STR("<html"), 0) != STR_NONE ||
               str_find_nocase(head, STR("<!doctype html"), 0) != STR_NONE ||
               str_find_nocase(head, STR("<head>"), 0) != STR_NONE ||
               str_find_nocase(head, STR("<body"), 0) != STR_NONE;
}
