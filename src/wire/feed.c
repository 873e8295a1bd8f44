#include "wire/feed.h"

#include "base/arena.h"
#include "base/limits.h"
#include "wire/charset.h"
#include "wire/discover.h"
#include "wire/draft.h"
#include "wire/feed_json.h"
#include "wire/feed_xml.h"
#include "wire/unpack.h"

const char *feed_format_name(enum feed_format format)
{
        static const char *const names[] = { NULL, "rss", "rdf", "atom",
                                             "json" };

        return names[format];
}

/* Why a page is no feed, and where its feed is. */
static int refuse_page(struct arena *a, struct str text, struct str url,
                       struct err *err)
{
        struct strs feeds = discover_feeds(a, text, url);

        if (feeds.n)
                return err_set(
                        err, ERR_INPUT,
                        "this is a web page, not a feed; its feed is " STR_FMT,
                        STR_ARG(feeds.items[0]));
        return err_set(err, ERR_INPUT,
                       "this is a web page, not a feed, and it names none");
}

static int read_text(struct draft *d, struct str text, struct str url,
                     struct err *err)
{
        struct str start = str_trim(str_sub(text, 0, 1024));

        if (!start.n)
                return err_set(err, ERR_INPUT, "there is nothing in it");
        if (start.p[0] == '{' || start.p[0] == '[')
                return feed_json_read(d, text, err);
        int rc = feed_xml_read(d, text, err);
        if (rc == ERR_INPUT && discover_is_html(text))
                return refuse_page(d->a, text, url, err);
        return rc;
}

int feed_parse(struct arena *a, struct str bytes, struct str url,
               struct str content_type, const struct feed_doc **ret,
               struct err *err)
{
        bool is_packed = unpack_is_packed(bytes);
        struct draft d;
        struct str note;

        if (bytes.n > LIMIT_FEED_B)
                return err_set(err, ERR_LIMIT, "the feed is over %d bytes",
                               LIMIT_FEED_B);
        int rc = is_packed ? unpack(a, bytes, LIMIT_FEED_B, &bytes, err) : 0;

        if (rc < 0)
                return rc;
        struct str text = charset_to_utf8(a, bytes, content_type, &note);
        draft_init(&d, a, url);
        if (is_packed)
                draft_warn(&d, "it was packed (gzip), and its host didn't say "
                               "so");
        if (note.p)
                draft_warn(&d, STR_FMT, STR_ARG(note));
        rc = read_text(&d, text, url, err);
        draft_done(&d);
        if (rc == 0)
                *ret = d.doc;
        return rc;
}
