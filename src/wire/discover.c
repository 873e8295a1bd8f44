#include "wire/discover.h"

#include "base/arena.h"
#include "wire/entity.h"
#include "wire/lexer.h"
#include "wire/sanitize.h"

#define FEEDS_MAX 20
#define HEAD_B (256 * 1024) /* how far we look */

static bool is_feed_type(struct str type)
{
        return str_find_nocase(type, STR("rss"), 0) != STR_NONE ||
               str_find_nocase(type, STR("atom"), 0) != STR_NONE ||
               str_find_nocase(type, STR("rdf+xml"), 0) != STR_NONE ||
               str_find_nocase(type, STR("feed+json"), 0) != STR_NONE;
}

struct strs discover_feeds(struct arena *a, struct str html, struct str url)
{
        struct strs ret = { 0 };
        struct str rest = str_sub(html, 0, HEAD_B);
        size_t at = 0;

        /* The lexer passes over <head>, which is where they are. */
        while ((at = str_find_nocase(rest, STR("<link"), at)) != STR_NONE &&
               ret.n < FEEDS_MAX) {
                size_t end = str_chr(rest, '>', at);
                struct lexer lx;

                if (end == STR_NONE)
                        break;
                lexer_init(&lx, str_sub(rest, at, end + 1 - at), false);
                at = end;
                if (!lexer_next(&lx) || lx.tag != TAG_link)
                        continue;
                struct str rel = lexer_attr(&lx, STR("rel"));
                struct str href = lexer_attr(&lx, STR("href"));
                if (str_find_nocase(rel, STR("alternate"), 0) == STR_NONE ||
                    !is_feed_type(lexer_attr(&lx, STR("type"))))
                        continue;
                href = sanitize_url(a, href, url);
                if (!href.n)
                        continue;
                ARENA_GROW(a, ret.items, ret.n, ret.cap);
                ret.items[ret.n++] = href;
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
