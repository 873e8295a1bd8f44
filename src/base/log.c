#include "base/log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/time.h"

#define LINE_MAX_B 4096

static const char *const NAMES[] = { "error", "warn", "info", "debug" };
static const char *const JOURNAL[] = { "<3>", "<4>", "<6>", "<7>" };

static const char *role = "bulldog";
static enum log_level most = LOG_INFO;
static bool to_journal;
static void (*hook)(enum log_level level, const char *line);

void log_init(const char *role_, enum log_level most_, bool to_journal_)
{
        role = role_;
        most = most_;
        to_journal = to_journal_;
}

bool log_is_journal(const char *stream)
{
        char own[64];
        struct stat st;

        if (!stream || fstat(STDERR_FILENO, &st) < 0)
                return false;
        snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)st.st_dev,
                 (uintmax_t)st.st_ino);
        return strcmp(own, stream) == 0;
}

void log_hook(void (*hook_)(enum log_level level, const char *line))
{
        hook = hook_;
}

/* Foreign text may be in a message: no line ends, no escapes for a terminal. */
static void flatten(char *line)
{
        for (; *line; line++)
                if ((unsigned char)*line < 0x20 || *line == 0x7F)
                        *line = ' ';
}

static void put_line(enum log_level level, const char *message)
{
        if (hook) {
                hook(level, message);
                return;
        }
        if (to_journal) {
                fprintf(stderr, "%s%s: %s\n", JOURNAL[level], role, message);
                return;
        }

        struct buf when;

        buf_init(&when, 64);
        time_put_rfc3339(&when, time_now());
        fprintf(stderr, "%s %s %s: %s\n", buf_cstr(&when), NAMES[level], role,
                message);
        buf_done(&when);
}

static void PRINTF(2, 0)
        log_put(enum log_level level, const char *fmt, va_list args)
{
        char message[LINE_MAX_B];

        if (level > most)
                return;
        vsnprintf(message, sizeof(message), fmt, args);
        flatten(message);
        put_line(level, message);
}

#define LOG_FUNCTION(name, level)                                              \
        void name(const char *fmt, ...)                                        \
        {                                                                      \
                va_list args;                                                  \
                va_start(args, fmt);                                           \
                log_put(level, fmt, args);                                     \
                va_end(args);                                                  \
        }

LOG_FUNCTION(log_error, LOG_ERROR)
LOG_FUNCTION(log_warn, LOG_WARN)
LOG_FUNCTION(log_info, LOG_INFO)
LOG_FUNCTION(log_debug, LOG_DEBUG)
