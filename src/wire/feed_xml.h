#ifndef WIRE_FEED_XML_H
#define WIRE_FEED_XML_H

/* RSS, RDF and Atom into a draft. */

#include "base/err.h"
#include "base/str.h"

struct draft;

/* text is valid UTF-8. ERR_INPUT: no feed begins in it. */
NODISCARD int feed_xml_read(struct draft *d, struct str text, struct err *err);

#endif
