#ifndef WIRE_XML_H
#define WIRE_XML_H

/*
 * XML read from front to back, forgiving: for feeds and OPML.
 *
 * It never fails. Stray and missing end tags, bare '&' and '<', a document cut
 * off in the middle: what can be read is read and what was mended is counted.
 * No DTD is loaded, and of a DTD within the document only plain entities count,
 * replaced once and never within each other, so nothing can multiply. Names
 * are known by their namespace, whatever the prefix.
 *
 *   int depth = xml.depth;
 *   while (xml_child(&xml, depth))
 *           if (xml_is(&xml, XML_ATOM, STR("title")))
 *                   xml_leaf(&xml, &leaf);
 *
 * A child that nobody reads is passed over.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/str.h"

struct arena;
struct buf;

enum xml_ns {
        XML_NONE = 1,
        XML_OTHER = 2,
        XML_RSS = 4, /* RSS 0.90, 1.0 and Userland's */
        XML_RDF = 8,
        XML_ATOM = 16, /* 0.3 and 1.0 */
        XML_DC = 32,
        XML_DCTERMS = 64,
        XML_CONTENT = 128,
        XML_MEDIA = 256,
        XML_ITUNES = 512,
        XML_XHTML = 1024,
        XML_SYNDICATION = 2048,
        XML_XML = 4096,
};

#define XML_ATTRS_MAX 32
#define XML_CDATA_B (sizeof("<![CDATA[]]>") - 1)
#define XML_BINDINGS_MAX 64
#define XML_ENTITIES_MAX 64

struct xml_attr {
        struct str prefix, local, raw;
};

struct xml_frame {
        struct str qname, local;
        enum xml_ns ns;
        size_t n_bindings;
        struct str base, lang;
};

struct xml {
        struct arena *a;
        struct buf *scratch;
        struct str in;
        size_t at;
        struct xml_frame frames[LIMIT_XML_DEPTH];
        int depth;     /* open elements */
        bool is_empty; /* the element just opened is "<x/>" */
        struct xml_attr attrs[XML_ATTRS_MAX];
        size_t n_attrs;
        struct {
                struct str prefix;
                enum xml_ns ns;
        } bindings[XML_BINDINGS_MAX];
        size_t n_bindings;
        struct {
                struct str name, value;
        } entities[XML_ENTITIES_MAX];
        size_t n_entities;
        unsigned missing; /* ends of comments ... that come no more */
        int n_mended;     /* tags that didn't fit */
        int n_given_back; /* lines without an end (xml_leaf_line) */
        bool is_cut_off;  /* it ended inside an element */
        bool is_too_deep;
};

struct xml_leaf {
        struct str raw;
        bool has_markup; /* there are elements in it */
        bool has_cdata, has_comment;
        bool is_unended;  /* its end is missing: it is where another's is */
        size_t first_tag; /* in raw, when there is markup */
        struct str cdata; /* the first section's text */
};

/* text is valid UTF-8. base may be absent. scratch is used by xml_text. */
void xml_init(struct xml *x, struct arena *a, struct buf *scratch,
              struct str text, struct str base);

/* To the next element within the one at depth, which is then the current one,
 * open at depth + 1. False: the one at depth has ended. 0: the document. */
bool xml_child(struct xml *x, int depth);

/* The current element's namespace, which nobody knows, counts as none from
 * here on: what matters is that its own children have it, too. */
void xml_adopt(struct xml *x);

/* The current element. */
bool xml_is(const struct xml *x, unsigned ns_mask, struct str local);
enum xml_ns xml_namespace(const struct xml *x);
struct str xml_local(const struct xml *x);
struct str xml_base(const struct xml *x);
struct str xml_lang(const struct xml *x); /* inherited; absent: none */
bool xml_has_lang(const struct xml *x);   /* it isn't inherited */
/* An attribute without namespace, decoded and trimmed; absent: none. */
struct str xml_attr(struct xml *x, struct str local);
struct str xml_attr_ns(struct xml *x, enum xml_ns ns, struct str local);

/* Text with its references replaced, the document's own too. */
struct str xml_decode(struct xml *x, struct str s);

/* All of the current element, to past its end. */
void xml_leaf(struct xml *x, struct xml_leaf *ret);
/* The same for one that should hold no other: where its end is missing, it ends
 * at the first tag within it, which is its neighbour then. */
void xml_leaf_line(struct xml *x, struct xml_leaf *ret);
/* The current element stands in the place of the one around it, as that one's
 * end is missing: an item within an item. */
void xml_supplant(struct xml *x);
/* Its text, decoded, without tags. A view of the input where it can be. */
struct str xml_text(struct xml *x, const struct xml_leaf *leaf);

#endif
