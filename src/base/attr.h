#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/* Compiler attributes under names that read. */

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define AUTO(done) __attribute__((cleanup(done)))

#endif
