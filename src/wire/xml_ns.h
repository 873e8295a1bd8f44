#ifndef WIRE_XML_NS_H
#define WIRE_XML_NS_H

/* The namespaces of feeds, by their addresses as they are and as they are
 * misspelt, and by the prefixes that nobody declared. */

#include "wire/xml.h"

enum xml_ns xml_ns_of(struct str uri);
enum xml_ns xml_ns_usual(struct str prefix);

#endif
