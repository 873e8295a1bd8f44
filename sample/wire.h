#ifndef SAMPLE_WIRE_H
#define SAMPLE_WIRE_H

/*
 * The sample wire in memory: outlets and articles read from the .txt files of
 * sample/wire, and the feeds and pages made of them. README.md has the format.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

struct wire_article {
        struct str slug, title, by, mark, kind, beat, date, body;
        int64_t at;   /* moved to the wire's clock */
        int64_t hour; /* of the week, before it was moved */
};

struct wire_outlet {
        struct str name, host, format, language, kind, beat, fault;
        bool is_full;
        int64_t zone_s;
        struct wire_article *articles; /* newest first */
        size_t n, cap;
};

struct wire {
        struct wire_outlet *outlets; /* by host */
        size_t n, cap;
        int64_t shift_s; /* from the written dates to those told */
        double until;    /* hours of the week that have passed */
};

/* Read every .txt of dir. The faults of a file name it and the line. */
NODISCARD int wire_read(struct arena *a, const char *dir, int64_t shift_s,
                        struct wire *ret, struct err *err);

const struct wire_outlet *wire_find(const struct wire *w, struct str host);
const struct wire_article *wire_find_article(const struct wire *w,
                                             const struct wire_outlet *o,
                                             struct str slug);
bool wire_is_out(const struct wire *w, const struct wire_article *art);

/* base is where the outlet lives: "http://HOST/". */
void wire_put_feed(struct buf *out, const struct wire *w,
                   const struct wire_outlet *o, struct str base);
const char *wire_feed_type(const struct wire_outlet *o);
void wire_put_page(struct buf *out, const struct wire *w,
                   const struct wire_outlet *o, const struct wire_article *art,
                   struct str base);
void wire_put_front(struct buf *out, const struct wire *w,
                    const struct wire_outlet *o, struct str base);

/* front: "http://127.0.0.1:8026/", or absent: every outlet by its own host. */
void wire_put_opml(struct buf *out, const struct wire *w, struct str front);

void wire_put_escaped(struct buf *out, struct str s);

#endif
