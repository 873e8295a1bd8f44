#ifndef PRESS_BUNDLE_H
#define PRESS_BUNDLE_H

/*
 * Files as one ZIP archive, made in memory as EPUB's container wants it (OCF
 * 3.3, section 4): the first file is stored as it is, no file has extra fields,
 * all bear one fixed date, so that the same files give the same bytes.
 */

#include "press/press.h"

/*
 * In a; names must be ASCII. Pictures (.png) are packed already and stored.
 * ERR_LIMIT: over LIMIT_OUTPUT_B; ERR_SYS: the library can't, and says why.
 */
NODISCARD int bundle_zip(struct arena *a, const struct printed_list *files,
                         struct str *ret, struct err *err);

#endif
