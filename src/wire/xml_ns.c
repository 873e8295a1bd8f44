#include "wire/xml_ns.h"

#include <string.h>

#define URI_MAX_B 100 /* known ones are shorter */

static const struct known {
        enum xml_ns ns;
        struct str uri;
} known[] = {
        { XML_ATOM, STR_INIT("http://www.w3.org/2005/atom") },
        { XML_ATOM, STR_INIT("http://purl.org/atom/ns#") },
        { XML_ATOM, STR_INIT("http://example.com/newformat#") },
        { XML_ATOM, STR_INIT("http://example.com/necho") },
        { XML_ATOM, STR_INIT("http://purl.org/echo") },
        { XML_ATOM, STR_INIT("uri/of/echo/namespace#") },
        { XML_ATOM, STR_INIT("http://purl.org/pie") },
        { XML_RDF, STR_INIT("http://www.w3.org/1999/02/22-rdf-syntax-ns#") },
        { XML_RSS, STR_INIT("http://purl.org/rss/1.0") },
        { XML_RSS, STR_INIT("http://purl.org/net/rss1.1#") },
        { XML_RSS, STR_INIT("http://my.netscape.com/rdf/simple/0.9") },
        { XML_RSS, STR_INIT("http://my.netscape.com/publish/formats/rss-0.9") },
        { XML_RSS, STR_INIT("http://channel.netscape.com/rdf/simple/0.9") },
        { XML_RSS, STR_INIT("http://backend.userland.com/rss") },
        { XML_RSS, STR_INIT("http://blogs.law.harvard.edu/tech/rss") },
        { XML_RSS, STR_INIT("http://cyber.law.harvard.edu/rss") },
        { XML_CONTENT, STR_INIT("http://purl.org/rss/1.0/modules/content") },
        { XML_SYNDICATION,
          STR_INIT("http://purl.org/rss/1.0/modules/syndication") },
        { XML_DC, STR_INIT("http://purl.org/dc/elements/1.") },
        { XML_DC, STR_INIT("http://purl.org/rss/1.0/modules/dc") },
        { XML_DCTERMS, STR_INIT("http://purl.org/dc/terms") },
        { XML_DCTERMS, STR_INIT("http://purl.org/rss/1.0/modules/dcterms") },
        { XML_MEDIA, STR_INIT("http://search.yahoo.com/mrss") },
        { XML_MEDIA, STR_INIT("http://www.rssboard.org/media-rss") },
        { XML_ITUNES, STR_INIT("http://www.itunes.com/dtds/podcast-1.0.dtd") },
        { XML_ITUNES, STR_INIT("http://example.com/dtds/podcast-1.0.dtd") },
        { XML_XHTML, STR_INIT("http://www.w3.org/1999/xhtml") },
        { XML_XML, STR_INIT("http://www.w3.org/xml/1998/namespace") },
};

/* What a prefix means that nobody declared. */
static const struct known usual[] = {
        { XML_XML, STR_INIT("xml") },
        { XML_DC, STR_INIT("dc") },
        { XML_CONTENT, STR_INIT("content") },
        { XML_MEDIA, STR_INIT("media") },
        { XML_ITUNES, STR_INIT("itunes") },
        { XML_ATOM, STR_INIT("atom") },
        { XML_ATOM, STR_INIT("atom10") },
        { XML_RDF, STR_INIT("rdf") },
        { XML_DCTERMS, STR_INIT("dcterms") },
        { XML_SYNDICATION, STR_INIT("sy") },
        { XML_XHTML, STR_INIT("xhtml") },
        { XML_RSS, STR_INIT("rss") },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool is_all(struct str s, char c)
{
        return s.n == 1 && s.p[0] == c;
}

/* Some write https where the name says http. */
static struct str as_http(struct str uri, char *room, size_t size)
{
        struct str rest = str_sub(uri, 8, size - 7);

        if (!str_starts_nocase(uri, STR("https://")))
                return uri;
        memcpy(room, "http://", 7);
        memcpy(room + 7, rest.p, rest.n);
        return (struct str) { room, 7 + rest.n };
}

/* The longest known beginning counts; what follows it must be an ending that
 * makes no difference ("/", a version). */
enum xml_ns xml_ns_of(struct str uri)
{
        enum xml_ns ns = uri.n ? XML_OTHER : XML_NONE;
        char room[URI_MAX_B];
        size_t best = 0;

        uri = as_http(uri, room, sizeof(room));

        for (size_t i = 0; i < COUNT(known); i++) {
                struct str k = known[i].uri;
                struct str rest = str_sub(uri, k.n, uri.n);

                if (k.n <= best || !str_starts_nocase(uri, k))
                        continue;
                if (rest.n && !is_all(rest, '/') && !is_all(rest, '#') &&
                    known[i].ns != XML_DC &&
                    str_chr(rest, '/', 1) != STR_NONE && known[i].ns != XML_RSS)
                        continue;
                if (known[i].ns == XML_RSS &&
                    str_starts_nocase(rest, STR("/modules")))
                        continue;
                ns = known[i].ns;
                best = k.n;
        }
        return ns;
}

enum xml_ns xml_ns_usual(struct str prefix)
{
        if (!prefix.n)
                return XML_NONE;
        for (size_t i = 0; i < COUNT(usual); i++)
                if (str_eq_nocase(usual[i].uri, prefix))
                        return usual[i].ns;
        return XML_OTHER;
}
