#ifndef CMD_PRINTING_H
#define CMD_PRINTING_H

/*
 * The site printed: what publish and correct share. Everything is made in
 * memory; then each edition's own folder is written, its page last; then what
 * points to it, the front page last. So a kill at any instant leaves readers
 * with whole pages, and doing it again mends the rest.
 *
 * An edition is printed when it is the one asked for, when it was corrected of
 * late (another host with a public folder of its own may have done that), and
 * when it stands next to one that is: it names the one before it.
 */

#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "store/correction.h"

struct printing {
        struct press press;
        int64_t series;
        struct edition_row row; /* is asked for; state and times as printed */
        bool all;
        struct issue *issues;               /* newest first, row among them */
        bool *is_due;                       /* of each: its folder is printed */
        size_t n, at;                       /* where row stands */
        struct correction_list corrections; /* of late, printed or not */
        struct printed_list printed;
        size_t changed; /* files */
};

/* The lock that whoever prints holds. ERR_BUSY: another does. */
NODISCARD int printing_lock(struct env *env, int *ret_fd);

/* p->series, row and all are set. */
NODISCARD int printing_run(struct env *env, struct printing *p);

/*
 * The site has all of p->corrections that it lacked: say so, and queue the
 * letters that tell of them, in one transaction. *inout_letters counts these.
 */
NODISCARD int printing_settle(struct env *env, const struct printing *p,
                              int64_t *inout_letters);

/* The host behind the @ of the press's address, for Message-IDs. */
struct str printing_domain(const struct env *env);

#endif
