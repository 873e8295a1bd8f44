#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/utf8.h"

/* vsnprintf, cut at a whole character: some messages quote foreign text. */
PRINTF(2, 0)
static void put_message(char *out, const char *fmt, va_list args)
{
        int n = vsnprintf(out, ERR_MSG_MAX, fmt, args);

        if (n >= ERR_MSG_MAX) {
                struct str s = { out, ERR_MSG_MAX - 1 };
                memcpy(out + utf8_clip(s, ERR_MSG_MAX - 4).n, "...", 4);
        }
}

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
        if (!err)
                return code;

        char msg[ERR_MSG_MAX]; /* an argument may be err->msg itself */
        va_list args;

        va_start(args, fmt);
        put_message(msg, fmt, args);
        va_end(args);
        err->code = code;
        memcpy(err->msg, msg, sizeof(msg));
        return code;
}

static enum err_code code_of_errno(int e)
{
        switch (e) {
        case ENOENT:
                return ERR_ABSENT;
        case EACCES:
        case EPERM:
        case EROFS:
                return ERR_DENIED;
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
                return ERR_LIMIT;
        default:
                return ERR_SYS;
        }
}

int err_sys(struct err *err, const char *fmt, ...)
{
        int e = errno;
        char msg[ERR_MSG_MAX];
        va_list args;

        va_start(args, fmt);
        put_message(msg, fmt, args);
        va_end(args);
        return err_set(err, code_of_errno(e), "%s: %s", msg, strerror(e));
}

int err_add(struct err *err, const char *fmt, ...)
{
        if (!err)
                return ERR_SYS;

        char context[ERR_MSG_MAX];
        va_list args;

        va_start(args, fmt);
        put_message(context, fmt, args);
        va_end(args);
        return err_set(err, (enum err_code)err->code, "%s: %s", context,
                       err->msg);
}

int err_exit_code(int code)
{
        switch (code) {
        case 0:
                return EX_OK;
        case ERR_INPUT:
        case ERR_LIMIT:
                return EX_DATAERR;
        case ERR_ABSENT:
                return EX_NOINPUT;
        case ERR_BUSY:
                return EX_TEMPFAIL;
        case ERR_DENIED:
                return EX_NOPERM;
        case ERR_NET:
                return EX_UNAVAILABLE;
        case ERR_STORE:
                return EX_IOERR;
        case ERR_STALE:
                return EX_CONFIG;
        default:
                return EX_OSERR;
        }
}
