#ifndef WIRE_ROBOTS_H
#define WIRE_ROBOTS_H

/*
 * robots.txt (RFC 9309): what a host asks of programs like ours, for the pages
 * of articles. A feed is made for programs and is not asked for.
 *
 * The rules that concern us, and only they, are kept as text: a line each, "+"
 * or "-" and the pattern of a path, "@" and a pause (Crawl-delay) in
 * milliseconds; "!" alone shuts everything for a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define ROBOTS_NAME "bulldog"             /* by which a host addresses us */
#define ROBOTS_MAX_B ((size_t)512 * 1024) /* so much of the file is read */
#define ROBOTS_SHUT STR("!\n")

/* Out of the file's bytes, whatever they are. In a. */
struct str robots_read(struct arena *a, struct str bytes);

/* May the page at url be read? */
bool robots_allow(struct str rules, struct arena *a, struct str url);

/* What the host wants to lie between two requests, at most LIMIT_CRAWL_DELAY_S;
 * 0: it does not say. */
int64_t robots_pause_ms(struct str rules);

#endif
