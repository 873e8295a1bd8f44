#ifndef WIRE_FEED_READER_H
#define WIRE_FEED_READER_H

/*
 * What the readers of a feed's XML share: feed_xml.c walks through it,
 * feed_fields.c reads the fields, feed_media.c the pictures and sounds. Theirs
 * alone.
 */

#include <stdbool.h>
#include <stdint.h>

#include "wire/draft.h"
#include "wire/feed_pace.h"
#include "wire/xml.h"

#define FEED_CORE (XML_NONE | XML_RSS | XML_RDF | XML_ATOM)

/* What an element means (element.def). */
enum meaning {
        NOTHING,
        TITLE,
        TITLE_SPARE,
        LINK,
        ID,
        ID_SPARE,
        SUMMARY,
        SUMMARY_SPARE,
        CONTENT,
        PUBLISHED,
        CREATED,
        UPDATED,
        AUTHOR,
        AUTHOR_SPARE,
        CONTRIBUTOR,
        CATEGORY,
        KEYWORDS,
        ENCLOSURE,
        MEDIA,
        GROUP,
        THUMBNAIL,
        IMAGE,
        LANGUAGE,
        TTL,
        ITEM,
        CHANNEL,
};

/* What the texts of an item or of the feed were found to be; the feed's go
 * over into feed_doc at the end. */
struct entry {
        struct item *it;
        bool has_title, has_summary, has_date, has_self;
        bool has_language; /* its own, and not only what holds around it */
        bool is_permalink; /* the id may serve as the address */
        struct strs spare_authors, contributors;
        struct str spare_link;
        long image_size; /* how good it->image is; 0: there is none */
};

#define FEED_DRAWERS 64
#define FEED_ELEMENTS_MAX 128

struct reader {
        struct draft *d;
        struct xml x;
        /* The elements' table, by name. */
        uint8_t drawer[FEED_DRAWERS], next[FEED_ELEMENTS_MAX];
        bool is_atom, is_old_atom;
        struct item head; /* the feed's own fields, as if it were an item */
        struct entry feed;
        struct feed_pace pace;
};

/* The current element's field into e. */
void feed_read_field(struct reader *r, struct entry *e, enum meaning m);
/* The fields within an element that only holds others together. */
void feed_read_group(struct reader *r, struct entry *e);
enum meaning feed_meaning(const struct reader *r);

/* The current element's text, trimmed. */
struct str feed_plain(struct reader *r);

/* Pictures, sounds, films: to the enclosures; the best picture is the item's.
 */
void feed_read_enclosure(struct reader *r, struct entry *e);
void feed_read_media(struct reader *r, struct entry *e);
void feed_read_image(struct reader *r, struct entry *e, bool is_thumbnail);
/* From <link rel="enclosure">. */
void feed_add_enclosure(struct reader *r, struct entry *e, struct str url,
                        struct str type, struct str length);
/* For want of another: the first picture in the item's own text. */
void feed_find_image(struct reader *r, struct entry *e);

#endif
