#include "story/kind.h"

#include "story/title.h"

struct str kind_of(const struct article *art)
{
        if (str_eq(art->kind, STR("magazine")) ||
            str_eq(art->kind, STR("culture")))
                return art->kind;
        if (str_eq(art->kind, STR("opinion")) ||
            str_eq(art->mark, STR("opinion")) || title_is_opinion(art->title) ||
            title_url_is_opinion(art->url))
                return STR("opinion");
        return STR("news");
}

bool kind_is_news(const struct article *art)
{
        return str_eq(kind_of(art), STR("news"));
}
