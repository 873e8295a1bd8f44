#include "base/arena.h"
#include "base/scan.h"
#include "wire/feed_reader.h"
#include "wire/sanitize.h"
#include "wire/tracker.h"

/*
 * Which picture is the item's: the widest that the feed names, as far as it
 * says; one that says nothing counts for what its element is used for.
 */
#define WIDTH_MAX 10000
#define SIZE_MAX_USEFUL 1600 /* a wider one only costs time */
#define SIZE_MEDIA 640
#define SIZE_ENCLOSURE 600
#define SIZE_IMAGE 480
#define SIZE_THUMBNAIL 150
#define SIZE_LEAST 2 /* one of a single point only counts readers */

static long size_of(struct reader *r, long otherwise)
{
        uint64_t width, height;
        struct str w = xml_attr(&r->x, STR("width"));
        struct str h = xml_attr(&r->x, STR("height"));
        bool has_width = scan_u64(w, WIDTH_MAX, &width) == 0 && width;

        if (scan_u64(h, WIDTH_MAX, &height) == 0 && height && !has_width)
                return (long)height;
        if (!has_width)
                return otherwise;
        return width > SIZE_MAX_USEFUL
                       ? SIZE_MAX_USEFUL - (long)width / SIZE_MAX_USEFUL
                       : (long)width;
}

static void offer(struct entry *e, struct str url, long size)
{
        if (!url.n || size < SIZE_LEAST || size <= e->image_size)
                return;
        if (!str_starts_nocase(url, STR("http")) &&
            str_chr(url, ':', 0) != STR_NONE)
                return;
        if (tracker_is_picture(url))
                return;
        e->it->image = url;
        e->image_size = size;
}

static bool has_picture_ending(struct str url)
{
        static const struct str endings[] = {
                STR_INIT(".jpg"),  STR_INIT(".jpeg"), STR_INIT(".png"),
                STR_INIT(".webp"), STR_INIT(".gif"),  STR_INIT(".avif"),
        };
        size_t query = str_chr(url, '?', 0);

        url = str_sub(url, 0, query);
        for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
                struct str end = endings[i];

                if (url.n > end.n &&
                    str_eq_nocase(str_sub(url, url.n - end.n, end.n), end))
                        return true;
        }
        return false;
}

static bool is_picture(struct str type, struct str medium, struct str url)
{
        return str_starts_nocase(type, STR("image")) ||
               str_eq_nocase(medium, STR("image")) ||
               (!type.n && !medium.n && has_picture_ending(url));
}

void feed_add_enclosure(struct reader *r, struct entry *e, struct str url,
                        struct str type, struct str length)
{
        draft_enclosure(r->d, e->it, url, type, length);
        if (is_picture(type, STR_NULL, url))
                offer(e, url, SIZE_ENCLOSURE);
}

static void read_attrs(struct reader *r, struct entry *e, long otherwise)
{
        struct xml *x = &r->x;
        struct str url = draft_url(r->d, xml_attr(x, STR("url")), xml_base(x));
        struct str type = xml_attr(x, STR("type"));
        struct str medium = xml_attr(x, STR("medium"));
        struct str length = xml_attr(x, STR("length"));

        if (!length.p)
                length = xml_attr(x, STR("fileSize"));
        draft_enclosure(r->d, e->it, url, type, length);
        if (is_picture(type, medium, url))
                offer(e, url, size_of(r, otherwise));
}

void feed_read_enclosure(struct reader *r, struct entry *e)
{
        read_attrs(r, e, SIZE_ENCLOSURE);
}

/* <media:content>: a file, and elements about it within. Its title and words
 * are the file's, a caption perhaps, and not the item's. */
void feed_read_media(struct reader *r, struct entry *e)
{
        int depth = r->x.depth;

        read_attrs(r, e, SIZE_MEDIA);
        while (xml_child(&r->x, depth)) {
                enum meaning m = feed_meaning(r);

                if (m != TITLE_SPARE && m != SUMMARY_SPARE)
                        feed_read_field(r, e, m);
        }
}

/* The address in <image><url>, or as its text. */
static struct str address_within(struct reader *r)
{
        struct xml *x = &r->x, before = *x;
        struct str raw = STR_NULL;
        int depth = x->depth;

        while (xml_child(x, depth))
                if (xml_is(x, FEED_CORE, STR("url")))
                        raw = feed_plain(r);
        if (raw.n)
                return raw;
        *x = before;
        return feed_plain(r);
}

void feed_read_image(struct reader *r, struct entry *e, bool is_thumbnail)
{
        struct xml *x = &r->x;
        struct str base = xml_base(x), raw = xml_attr(x, STR("href"));
        long size = size_of(r, is_thumbnail ? SIZE_THUMBNAIL : SIZE_IMAGE);

        if (!raw.n)
                raw = xml_attr(x, STR("url"));
        if (raw.n || x->is_empty) {
                struct xml_leaf leaf;
                xml_leaf(x, &leaf);
        } else {
                raw = address_within(r);
        }
        offer(e, draft_url(r->d, raw, base), size);
}

void feed_find_image(struct reader *r, struct entry *e)
{
        struct str url;

        if (e->it->image.n)
                return;
        url = sanitize_first_picture(r->d->a, e->it->content);
        if (!url.n)
                url = sanitize_first_picture(r->d->a, e->it->summary);
        if (str_starts_nocase(url, STR("http")))
                e->it->image = url;
}
