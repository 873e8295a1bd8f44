#ifndef BASE_URL_H
#define BASE_URL_H

/*
 * URLs by RFC 3986: taken apart, resolved against a base, and folded to the
 * form by which we know that two of them mean one page.
 */

#include "base/str.h"

struct arena;

struct url {
        struct str scheme, userinfo, host, port, path, query, fragment;
        bool has_authority;
};

/* Views into s. Never fails: a string without scheme is a relative path. */
struct url url_split(struct str s);

/* ref against base (RFC 3986, 5.2), with blanks and controls escaped. A ref
 * that has a scheme stands as it is. */
struct str url_resolve(struct arena *a, struct str base, struct str ref);

/* http or https with a host. */
bool url_is_http(struct str s);
/* The host in lower case without port, in a; empty when there is none. */
struct str url_host(struct arena *a, struct str s);

/*
 * The identity of a page: scheme folded to https, host in lower case without
 * "www." and default port, no fragment, no tracking parameters (utm_*, fbclid,
 * gclid, mc_cid ...), no trailing slash. For comparing only, never for
 * fetching.
 */
struct str url_identity(struct arena *a, struct str s);
/* s itself without tracking parameters: what we print and fetch. */
struct str url_clean(struct arena *a, struct str s);

#endif
