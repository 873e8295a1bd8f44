#ifndef WIRE_HOST_H
#define WIRE_HOST_H

/*
 * Names of hosts in other letters than those of DNS.
 *
 * What the resolver is asked for must be what the guard has judged: digits in
 * circles are an address, too, once they are written as DNS has them.
 */

#include "base/str.h"

struct arena;

/* The address with its host as DNS has it (UTS 46): xn--... In a; as it is
 * where the host is ASCII already, or no name that can be written so. */
struct str host_ascii(struct arena *a, struct str url);

#endif
