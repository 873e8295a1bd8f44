#ifndef BASE_SCAN_H
#define BASE_SCAN_H

/*
 * Numbers from text. A whole string or nothing: "12x" and " 12" are errors.
 * ERR_INPUT: not a number; ERR_LIMIT: too large. *ret is untouched on failure.
 */

#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

NODISCARD int scan_u64(struct str s, uint64_t max, uint64_t *ret);
NODISCARD int scan_i64(struct str s, int64_t min, int64_t max, int64_t *ret);
NODISCARD int scan_hex(struct str s, uint64_t max, uint64_t *ret);
/* Decimal point only; no hex, no inf, no nan; locale plays no part. */
NODISCARD int scan_double(struct str s, double *ret);

/* Take the digits at the front of *s (1 to max_digits of them). ERR_INPUT:
 * none. */
NODISCARD int scan_digits(struct str *s, int max_digits, int64_t *ret);

#endif
