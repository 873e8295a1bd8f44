#include "wire/extract_words.h"

#include <stddef.h>

#define NOISE_MAX_B 80

/* Parts of names. A blank stands for the edge of a word. */
static const char *const furniture[] = {
        "comment",
        " respond",
        "disqus",
        "footer",
        "sidebar",
        "side-bar",
        "side_bar",
        "widget",
        "related",
        "recommend",
        "newsletter",
        "subscri",
        "signup",
        "sign-up",
        "share",
        "sharing",
        "social",
        "breadcrumb",
        "navigation",
        "navbar",
        "nav-",
        "-nav ",
        " nav ",
        "menu",
        "cookie",
        "consent",
        "gdpr",
        "banner",
        "advert",
        "adsense",
        " ad ",
        " ads ",
        " ad-",
        "-ad ",
        "-ads ",
        " ads-",
        " adslot",
        "sponsor",
        "promo",
        "popup",
        "modal",
        "overlay",
        "login",
        "author-box",
        "authorbox",
        "author-bio",
        "author-info",
        "about-author",
        "author_bio",
        "biography",
        "byline",
        "tag-list",
        "taglist",
        " tags ",
        "post-tags",
        "entry-tags",
        "tagcloud",
        "pagination",
        " pager",
        "paging",
        "prev-next",
        "post-nav",
        "skip-link",
        "print-only",
        "outbrain",
        "taboola",
        "most-read",
        "mostread",
        "popular",
        "trending",
        "toolbar",
        "rating",
        "copyright",
        "gallery",
        "yarpp",
        "wp-caption-text",
        "sharedaddy",
        "addtoany",
        "masthead",
        "topbar",
        "feedback",
        "survey",
        "werbung",
        "anzeige",
        "empfehlung",
        "mehr-zum",
        "shariff",
        "kommentar",
        "post-meta",
        "entry-meta",
        "postmeta",
        "meta-info",
        "article-meta",
        "post-info",
        "postinfo",
        "entry-footer",
        "post-footer",
        "teaser",
        "read-more",
        "readmore",
        "more-link",
        "also-read",
        "hidden",
        "visually-hidden",
        "screen-reader",
        "sr-only",
        "credit",
        "caption",
        "bookmark",
        "trackback",
        "search",
        "dropdown",
        "tooltip",
        "flyout",
        "offcanvas",
        "lightbox",
        "carousel",
        "slider",
        "slideshow",
        "ticker",
        "linklist",
        "link-list",
        "jp-related",
        "crp_related",
        "bio ",
        " toc ",
        "table-of-contents",
        "noprint",
        "no-print",
        "dontprint",
        "vorlesen",
        "print-hide",
        "paywall",
        "piano-",
        "mailing",
        "download-app",
        "zergnet",
        "fb-like",
        "facebook",
        "twitter-",
        "whatsapp",
        "pinterest",
        "plista",
        "ligatus",
        "storylinks",
        "story-links",
        "inline-links",
        "further",
        "weiterlesen",
        "autor-box",
        "autorenbox",
        "abo-",
        "notice",
        "disclaimer",
        "impressum",
        "rss-",
};

static const char *const asides[] = {
        "comments", "comment-list", "respond",    "disqus",
        "cookie",   "consent",      "breadcrumb", "related",
        "navbar",   "newsletter",   "footer",     "sidebar",
};

static const char *const leads[] = {
        " lead",        "-lead ",         "__lead",      "leadtext",
        "lead-text",    " intro",         "-intro",      "_intro",
        "standfirst",   "vorspann",       "excerpt",     "subtitle",
        "sub-title",    "subline",        "subheadline", "subheading",
        " dek ",        "-dek ",          "abstract",    "article-teaser",
        "teaser-text",  "entry-summary",  "perex",       "chapo",
        "chapeau",      "anriss",         "einleitung",  "article-summary",
        "description ", "artikel-teaser",
};

static const char *const walls[] = {
        "paywall", "piano-",          "premium-wall",
        "regwall", "subscriber-only", "subscription-required",
        "meter-",  "paid-content",    "abo-schranke",
};

static const struct place {
        int rank;
        const char *part;
} places[] = {
        { 3, "articlebody" },      { 3, "article-body" },
        { 3, "article_body" },     { 3, "article__body" },
        { 3, "article-content" },  { 3, "article_content" },
        { 3, "article__content" }, { 3, "articlecontent" },
        { 3, "article-text" },     { 3, "articletext" },
        { 3, "article__text" },    { 3, "article_text" },
        { 3, "article-main" },     { 3, "entry-content" },
        { 3, "entry_content" },    { 3, "entrycontent" },
        { 3, "entrytext" },        { 3, "entry-text" },
        { 3, "post-content" },     { 3, "post_content" },
        { 3, "postcontent" },      { 3, "post-body" },
        { 3, "postbody" },         { 3, "post-entry" },
        { 3, "postentry" },        { 3, "post-text" },
        { 3, "posttext" },         { 3, "post_text" },
        { 3, "story-body" },       { 3, "storybody" },
        { 3, "story-content" },    { 3, "storycontent" },
        { 3, "story-text" },       { 3, "storytext" },
        { 3, "story_body" },       { 3, "single-content" },
        { 3, "blog-content" },     { 3, "blog-post-content" },
        { 3, "news-body" },        { 3, "news-text" },
        { 3, "newstext" },         { 3, "news-content" },
        { 3, "field-name-body" },  { 3, "field--name-body" },
        { 3, "body-text" },        { 3, "bodytext" },
        { 3, "body-copy" },        { 3, "bodycopy" },
        { 3, "article-copy" },     { 3, "artikeltext" },
        { 3, "artikel-text" },     { 3, "artikelinhalt" },
        { 3, "beitragstext" },     { 3, "td-post-content" },
        { 2, "content-body" },     { 2, "contentbody" },
        { 2, "page-content" },     { 2, "text-content" },
        { 2, " hentry" },          { 2, " story " },
        { 2, " article " },        { 2, " artikel " },
        { 2, " beitrag " },        { 2, " entry " },
        { 2, " post " },           { 2, "blogpost" },
        { 2, "single-post" },      { 1, "main-content" },
        { 1, "maincontent" },      { 1, "content-main" },
        { 1, " content " },        { 1, " main " },
        { 1, " primary " },        { 1, "content_main" },
};

static const char *const noise[] = {
        "advertisement",
        "anzeige",
        "werbung",
        "read more",
        "share this",
        "share on",
        "read also",
        "also read",
        "related:",
        "related articles",
        "lesen sie auch",
        "mehr zum thema",
        "lesen sie mehr",
        "weiterlesen",
        "sign up",
        "subscribe",
        "newsletter",
        "follow us on",
        "click here",
        "loading",
        "continue reading",
        "teilen",
        "drucken",
        "print",
        "leave a comment",
        "kommentare",
        "comments",
        "all rights reserved",
        "alle rechte vorbehalten",
        "photo:",
        "foto:",
        "bild:",
        "image:",
        "(c) 20",
        "\xC2\xA9",
        "tags:",
        "schlagw",
        "filed under",
        "posted in",
        "zur startseite",
        "nach oben",
        "skip to",
        "sponsored",
        "this content requires",
        "please enable",
        "bitte aktivieren",
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool has_any(struct str s, const char *const *parts, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (str_find(s, str_c(parts[i]), 0) != STR_NONE)
                        return true;
        return false;
}

bool extract_is_furniture(struct str names)
{
        return has_any(names, furniture, COUNT(furniture));
}

bool extract_is_aside(struct str names)
{
        return has_any(names, asides, COUNT(asides));
}

bool extract_is_lead(struct str names)
{
        return has_any(names, leads, COUNT(leads));
}

bool extract_is_wall(struct str names)
{
        return has_any(names, walls, COUNT(walls));
}

int extract_body_rank(struct str names)
{
        int rank = 0;

        for (size_t i = 0; i < COUNT(places) && rank < 3; i++)
                if (places[i].rank > rank &&
                    str_find(names, str_c(places[i].part), 0) != STR_NONE)
                        rank = places[i].rank;
        return rank;
}

bool extract_is_noise(struct str line)
{
        if (line.n > NOISE_MAX_B)
                return false;
        for (size_t i = 0; i < COUNT(noise); i++)
                if (str_starts_nocase(line, str_c(noise[i])))
                        return true;
        return false;
}
