#ifndef CMD_MANUSCRIPT_H
#define CMD_MANUSCRIPT_H

/*
 * A copy on its way through an editor's hands: what edit and correct share.
 *
 * Nothing typed is ever lost: the text is edited in a file of the press
 * (copy/DATE.rN.md, N the revision it began from), which outlives a crash and
 * is taken up again; a text that can't be saved is kept beside it as
 * copy/DATE.rejected.md, and the message says how to bring it in.
 */

#include "cmd/cmd.h"
#include "store/edition.h"

struct edition;

struct manuscript {
        const char *command; /* "edit", for what is said */
        const char *again;   /* the command that brings a rejected text in: its
                                file's name follows */
        const char *file;    /* taken from there, "-": standard input; NULL:
                                from an editor */
        struct edition_row row;
        struct str before, text; /* the newest copy; what came of it */
        const char *path;        /* being edited; NULL with a file */
};

/* One editor at a time on one edition: held till *ret_fd is closed. ERR_BUSY.
 */
NODISCARD int manuscript_lock(struct env *env, const struct edition_row *row,
                              int *ret_fd);
/* m->before is set: m->text is what the editor, or the file, has. */
NODISCARD int manuscript_take(struct env *env, struct manuscript *m);
/*
 * m->text as a copy, and written as copies are. ERR_INPUT: it is none, with the
 * line; or its front matter speaks of another edition.
 */
NODISCARD int manuscript_read(struct env *env, const struct manuscript *m,
                              struct edition **ret, struct str *ret_text);
/*
 * The copy is the edition's next revision, by whom, with its stories. In a
 * transaction of the caller's, who has seen that m->row is as the store has it.
 */
NODISCARD int manuscript_save(struct env *env, struct manuscript *m,
                              struct str by, const struct edition *copy,
                              struct str text);
/* Keep the text beside; returns rc, the fault in env->err, which then says
 * where. */
NODISCARD int manuscript_reject(struct env *env, const struct manuscript *m,
                                int rc);
/* The text is in the store: nothing is to be gone on with. */
void manuscript_done(const struct manuscript *m);

#endif
