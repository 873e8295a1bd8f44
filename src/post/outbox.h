#ifndef POST_OUTBOX_H
#define POST_OUTBOX_H

/*
 * The carrier that needs no relay: a folder that takes one .eml a subscriber.
 *
 * The file's name comes from the Message-ID, which is the same whenever the
 * same edition goes to the same subscriber; so a letter that is written again
 * after a power cut replaces itself, and there are never two of it.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct outbox;

/* Open the folder, making it as needed, and sweep out what a killed process
 * left half-written; lives in a. One process may have it open. */
NODISCARD int outbox_open(struct arena *a, const char *path,
                          struct outbox **ret, struct err *err);
void outbox_close(struct outbox *box); /* NULL is fine */

/* Write one letter aside. */
NODISCARD int outbox_put(struct outbox *box, struct str message_id,
                         struct str letter, struct err *err);
/* Bring all letters that were put since to the disk, give them their names, and
 * bring those to the disk: they are there for good. */
NODISCARD int outbox_settle(struct outbox *box, struct err *err);

/* "<2026.ab@news.example>" gives "2026.ab@news.example.eml"; bytes that could
 * mean something to a file system become "_". In a. */
struct str outbox_name(struct arena *a, struct str message_id);

#endif
