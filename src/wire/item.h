#ifndef WIRE_ITEM_H
#define WIRE_ITEM_H

/*
 * What a feed and a page are once they are read: types only.
 *
 * Everything here lives in the arena that the parser was given. Texts are
 * valid UTF-8. An absent string has p == NULL, an unknown instant is TIME_NONE.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum feed_format {
        FEED_UNKNOWN,
        FEED_RSS,  /* 0.90 to 2.0, without RDF */
        FEED_RDF,  /* RSS 0.90 and 1.0 */
        FEED_ATOM, /* 0.3 and 1.0 */
        FEED_JSON, /* JSON Feed 1.0 and 1.1 */
};

struct strs {
        struct str *items;
        size_t n, cap;
};

struct enclosure {
        struct str url, type;
        int64_t length; /* -1: not said */
};

struct item {
        struct str id;              /* guid, atom:id, rdf:about, or absent */
        struct str url;             /* the page; absolute; may be absent */
        struct str title;           /* plain text, blanks folded */
        struct strs authors;        /* names without mail addresses */
        int64_t published, updated; /* TIME_NONE: not said, or not readable */
        struct str summary;         /* sanitised HTML */
        struct str content; /* sanitised HTML; the item's own full text */
        struct strs categories;
        struct enclosure *enclosures;
        size_t n_enclosures, cap_enclosures;
        struct str image;    /* absolute address */
        struct str language; /* "en", "pt-BR"; else the feed's */
        int64_t position;    /* 1 is the feed's first */
};

struct feed_doc {
        enum feed_format format;
        struct str version; /* as in "rss 2.0", "atom 1.0", "json 1.1" */
        struct str title;   /* plain text */
        struct str link;    /* the site's page */
        struct str self;    /* the feed's own address, as it says */
        struct str next;    /* the next page of the feed (RFC 5005) */
        struct str hub;     /* WebSub hub */
        struct str language, description;
        int64_t updated;
        int64_t ttl_s;       /* how often it changes; 0: not said */
        uint32_t skip_hours; /* bit n: not to be read at n o'clock UTC */
        uint32_t skip_days;  /* bit n: not on that day, 0 is Monday */
        struct item *items;
        size_t n_items, cap_items;
        struct strs warnings; /* what was lost or mended, a sentence each */
};

enum page_status {
        PAGE_OK,
        PAGE_PAYWALLED, /* there is more, for those who pay */
        PAGE_EMPTY,     /* no article was found in it */
};

/* An article's page. */
struct page {
        struct str title; /* without the site's name */
        struct strs authors;
        int64_t published, updated;
        int64_t offset_s; /* of the zone in which published was told */
        bool is_day;      /* it names a day only: midnight UTC stands for it */
        struct str image, site, language;
        struct str image_alt;
        int64_t image_width, image_height; /* 0: not said */
        struct str canonical;  /* the page's own address for itself */
        struct str amp, print; /* its other forms */
        struct str next;       /* the next page of the same article */
        struct str text;       /* plain; paragraphs parted by an empty line */
        struct str html;       /* the same, sanitised HTML */
        enum page_status status;
};

#endif
