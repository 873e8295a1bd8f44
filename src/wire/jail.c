#include "wire/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/proc.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/record.h"
#include "wire/shape.h"

#define KEEP_B ((size_t)2 * 1024 * 1024) /* of each stretch, between calls */
#define LOOK_MS 100                      /* how often the watchdog looks */
#define START_MS 30000
#define SLOW_TIMES 20 /* under a checker */
#define WORDS_B 240   /* of a process's last words */
#define START_TRIES 4

/* A stretch of memory that two processes see. */
struct stretch {
        int fd;
        char *p;
        size_t size_b, used_b;
};

struct jail {
        enum jail_mode mode;
        struct arena *a;
        struct stretch ask, answer;
        pid_t pid; /* 0: there is none */
        int talk_fd, words_fd;
        bool is_ready;
        int level;  /* how many starts have failed: see wanted_bars() */
        int deaths; /* in a row */
        struct sandbox in_force;
        struct err failed; /* why a start did */
};

struct patience {
        int64_t cpu_ms, wall_ms;
};

int jail_mode(struct str word, enum jail_mode *ret, struct err *err)
{
        static const char *const words[] = { "auto", "strict", "off" };

        for (int i = 0; i < 3; i++)
                if (str_eq(word, str_c(words[i]))) {
                        *ret = (enum jail_mode)i;
                        return 0;
                }
        return err_set(err, ERR_INPUT,
                       "wire.jail is auto, strict or off, not \"" STR_FMT "\"",
                       STR_ARG(word));
}

/* --- shared memory ------------------------------------------------------ */

/* Its size is sealed, or the other end could pull it from under our feet. */
static int stretch_make(struct stretch *s, const char *name, size_t size_b,
                        int protection, struct err *err)
{
        int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        void *p = MAP_FAILED;

        if (fd >= 0 && ftruncate(fd, (off_t)size_b) == 0 &&
            fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ==
                    0)
                p = mmap(NULL, size_b, protection, MAP_SHARED, fd, 0);
        if (p == MAP_FAILED) {
                err_sys(err, "memory to share with the parser");
                if (fd >= 0)
                        close(fd);
                return err->code;
        }
        *s = (struct stretch) { .fd = fd, .p = p, .size_b = size_b };
        return 0;
}

static void stretch_done(struct stretch *s)
{
        if (!s->p)
                return;
        munmap(s->p, s->size_b);
        close(s->fd);
}

/* One large document must not cost its memory for ever. */
static void stretch_trim(struct stretch *s)
{
        if (s->used_b > KEEP_B)
                (void)fallocate(s->fd,
                                FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                (off_t)KEEP_B, (off_t)(s->size_b - KEEP_B));
        s->used_b = 0;
}

/* --- a process's life --------------------------------------------------- */

static void shut(int *fd)
{
        if (*fd >= 0)
                close(*fd);
        *fd = -1;
}

/* What it said on standard error: what fits on one line of a terminal. */
static void read_words(struct jail *j, char *ret)
{
        char text[WORDS_B];
        ssize_t n = j->words_fd < 0 ? 0 : read(j->words_fd, text, WORDS_B - 1);
        size_t at = 0;

        for (ssize_t i = 0; i < n; i++) {
                bool is_plain = text[i] > ' ' && text[i] < 0x7f;

                if (is_plain || (at && ret[at - 1] != ' '))
                        ret[at++] = is_plain ? text[i] : ' ';
        }
        while (at && ret[at - 1] == ' ')
                at--;
        ret[at] = '\0';
}

/* Why it ended, as part of a sentence. */
static int say_end(int code, const char *words, struct err *err)
{
        const char *name = code > 128 ? sigabbrev_np(code - 128) : NULL;
        bool has_words = *words != '\0';

        if (code == SANDBOX_EXIT_REFUSED && has_words)
                return err_set(err, ERR_INPUT, "%s", words);
        if (code == EX_OSERR)
                return err_set(err, ERR_LIMIT, "it wanted over %d MB of memory",
                               LIMIT_PARSE_MEMORY_B >> 20);
        if (name)
                return err_set(err, ERR_INPUT, "signal %s%s%s%s", name,
                               has_words ? " (" : "", words,
                               has_words ? ")" : "");
        return err_set(err, ERR_INPUT, "it ended with code %d%s%s%s", code,
                       has_words ? " (" : "", words, has_words ? ")" : "");
}

/* It has ended or is about to: why. */
static int bury(struct jail *j, struct err *err)
{
        char words[WORDS_B];
        int code;

        proc_kill(j->pid); /* it has let go of its socket */
        code = proc_wait(j->pid);
        read_words(j, words);
        j->pid = 0;
        j->is_ready = false;
        shut(&j->talk_fd);
        shut(&j->words_fd);
        return say_end(code, words, err);
}

/* Where a parser can't work behind bars that the kernel has, it works without
 * them, and jail_describe() tells. */
static unsigned wanted_bars(const struct jail *j)
{
        static const unsigned bars[START_TRIES] = {
                SANDBOX_ALL, SANDBOX_ALL, SANDBOX_ALL & ~SANDBOX_SECCOMP, 0
        };

        if (j->mode == JAIL_OFF)
                return 0;
        return j->mode == JAIL_STRICT ? SANDBOX_ALL : bars[j->level];
}

static int start_process(struct jail *j, unsigned bars, int talk_fd,
                         int words_fd, struct err *err)
{
        const char digit[] = { (char)('0' + bars), '\0' };
        const char *argv[] = { "bulldog", "-x", "parse", digit, NULL };
        const int fds[] = { talk_fd, j->ask.fd, j->answer.fd };
        struct proc_bare p = {
                .argv = argv, .fds = fds, .n_fds = 3, .error_fd = words_fd
        };

        return proc_start_bare(&p, &j->pid, err);
}

static int start(struct jail *j, struct err *err)
{
        unsigned bars = wanted_bars(j);
        int talk[2] = { -1, -1 }, words[2] = { -1, -1 }, rc = 0;

        if (!j->ask.p)
                rc = stretch_make(&j->ask, "documents", JAILED_ASK_B,
                                  PROT_READ | PROT_WRITE, err);
        if (rc == 0 && !j->answer.p)
                rc = stretch_make(&j->answer, "answers", JAILED_ANSWER_B,
                                  PROT_READ, err);
        if (rc < 0)
                return rc;
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, talk) < 0 ||
            (bars && !sandbox_checker() &&
             pipe2(words, O_CLOEXEC | O_NONBLOCK) < 0))
                rc = err_sys(err, "a socket to the parser");
        if (rc == 0)
                rc = start_process(j, bars, talk[1], words[1], err);
        shut(&talk[1]);
        shut(&words[1]);
        if (rc < 0) {
                shut(&talk[0]);
                shut(&words[0]);
                return rc;
        }
        j->talk_fd = talk[0];
        j->words_fd = words[0];
        return 0;
}

/* --- talking with it ---------------------------------------------------- */

/* Is something there to read? Waits till then, or till patience ends. */
static bool wait_for_it(struct jail *j, const struct patience *p)
{
        struct pollfd fd = { .fd = j->talk_fd, .events = POLLIN };
        int64_t cpu_ms = proc_cpu_ms(j->pid), began_ms = time_mono_ms();
        int times = sandbox_checker() ? SLOW_TIMES : 1;

        while (poll(&fd, 1, LOOK_MS) <= 0)
                if (proc_cpu_ms(j->pid) - cpu_ms > p->cpu_ms * times ||
                    time_mono_ms() - began_ms > p->wall_ms * times)
                        return false;
        return true;
}

/* What it tells next. Any error: it is dead, and why. */
static int hear(struct jail *j, const struct patience *p,
                struct record_head *ret, struct err *err)
{
        struct record_head head;
        ssize_t n;

        if (!wait_for_it(j, p)) {
                (void)bury(j, err);
                return err_set(err, ERR_LIMIT, "it took over %d s",
                               (int)(p->cpu_ms / 1000));
        }
        while ((n = read(j->talk_fd, &head, sizeof(head))) < 0 &&
               errno == EINTR)
                ;
        if (n != sizeof(head))
                return bury(j, err);
        if (head.length > j->answer.size_b) {
                (void)bury(j, err);
                return err_set(err, ERR_INPUT, "its answer makes no sense");
        }
        j->answer.used_b = head.length;
        *ret = head;
        return 0;
}

static int read_ready(struct jail *j, const struct record_head *head,
                      struct err *err)
{
        struct record r;
        struct str why = STR_NULL;
        int64_t bars = 0, abi = 0;

        record_init(&r, (struct str) { j->answer.p, head->length });
        record_take_int(&r, JAILED_BARS, 0, SANDBOX_ALL, &bars);
        record_take_int(&r, JAILED_ABI, 0, 1000, &abi);
        record_take(&r, JAILED_WHY, RECORD_TEXT, ERR_MSG_MAX, &why);
        j->in_force.bars = (unsigned)bars;
        j->in_force.landlock_abi = (int)abi;
        if (why.n)
                err_set(&j->in_force.why, ERR_SYS, STR_FMT, STR_ARG(why));
        return record_end(&r, err);
}

/* Wait for the word of the process that was started. */
static int hear_ready(struct jail *j, struct err *err)
{
        struct patience p = { START_MS, START_MS };
        struct record_head head;
        int rc = hear(j, &p, &head, err);

        if (rc < 0)
                return rc;
        if (head.type == JAILED_READY && read_ready(j, &head, err) == 0)
                return 0;
        return bury(j, err);
}

static int check_strict(struct jail *j, struct err *err)
{
        const struct err *why = &j->in_force.why;
        struct err ignored;

        if (j->mode != JAIL_STRICT || j->in_force.bars == SANDBOX_ALL)
                return 0;
        (void)bury(j, &ignored);
        return err_set(err, ERR_SYS,
                       "wire.jail is strict, but not all bars can be had here "
                       "(%s); auto reads without",
                       why->code ? why->msg : sandbox_checker());
}

/* A parser that has shown that it works, with as many bars as will do. */
static int get_ready(struct jail *j, struct err *err)
{
        int rc = 0;

        if (j->is_ready)
                return 0;
        for (; j->level < START_TRIES; j->level++) {
                rc = j->pid ? 0 : start(j, err);
                if (rc == 0)
                        rc = hear_ready(j, err);
                if (rc == 0)
                        break;
                j->failed = *err;
        }
        if (j->level == START_TRIES) {
                j->level = 0;
                return err_set(err, ERR_SYS, "the parser can't be started: %s",
                               j->failed.msg);
        }
        rc = check_strict(j, err);
        j->is_ready = rc == 0;
        return rc;
}

struct jail *jail_new(enum jail_mode mode)
{
        struct arena *a = arena_new(sizeof(struct jail) * 2);
        struct jail *j = arena_alloc(a, sizeof(*j));
        struct err later;

        j->a = a;
        j->mode = mode;
        j->talk_fd = j->words_fd = -1;
        (void)start(j, &later); /* or at first need */
        return j;
}

void jail_free(struct jail *j)
{
        if (!j)
                return;
        shut(&j->talk_fd);
        /* A checker wants to see how it ends. */
        if (j->pid && !sandbox_checker())
                proc_kill(j->pid);
        if (j->pid)
                (void)proc_wait(j->pid);
        shut(&j->words_fd);
        stretch_done(&j->ask);
        stretch_done(&j->answer);
        arena_free(j->a);
}

/* --- one document ------------------------------------------------------- */

int jail_room(struct jail *j, size_t max_b, char **ret, struct err *err)
{
        int rc = get_ready(j, err);

        if (rc < 0)
                return rc;
        if (max_b > j->ask.size_b - RECORD_FIELD_B)
                return err_set(err, ERR_LIMIT, "a document of %zu bytes",
                               max_b);
        /* Whoever fills it may stop halfway: then this much was touched. */
        j->ask.used_b = max_b;
        *ret = j->ask.p + RECORD_FIELD_B;
        return 0;
}

static void put_present(struct buf *out, unsigned tag, struct str s)
{
        if (s.p)
                record_put(out, tag, RECORD_BYTES, s);
}

/* The request into the memory; bytes in jail_room() are there already. */
static int put_request(struct jail *j, const struct jail_document *d,
                       struct err *err)
{
        struct buf out;
        bool is_there = d->bytes.p == j->ask.p + RECORD_FIELD_B;

        buf_over(&out, j->ask.p, j->ask.size_b);

        size_t mark = record_open(&out, JAILED_BYTES, RECORD_BYTES);

        if (is_there)
                (void)buf_room(&out, d->bytes.n);
        else
                buf_put(&out, d->bytes);
        record_close(&out, mark);
        put_present(&out, JAILED_URL, d->url);
        put_present(&out, JAILED_TYPE, d->type);
        put_present(&out, JAILED_ID, d->id);
        j->ask.used_b = out.n;
        if (!buf_ok(&out))
                return err_set(err, ERR_LIMIT, "the document is over %zu bytes",
                               j->ask.size_b);
        return 0;
}

static bool send_head(struct jail *j, uint32_t kind)
{
        struct record_head head = { kind, (uint32_t)j->ask.used_b };
        ssize_t n;

        while ((n = send(j->talk_fd, &head, sizeof(head), MSG_NOSIGNAL)) < 0 &&
               errno == EINTR)
                ;
        return n == sizeof(head);
}

/* What the handler said of the document. */
static int read_fault(struct jail *j, const struct record_head *head,
                      struct err *err)
{
        struct arena *a = arena_new(4 * ERR_MSG_MAX);
        struct str text = STR_NULL, copy;
        struct record r;
        int64_t code = ERR_INPUT;
        int rc;

        copy = arena_str(
                a, (struct str) { j->answer.p, head->length > 2 * ERR_MSG_MAX
                                                       ? 0
                                                       : head->length });
        record_init(&r, copy);
        record_take_int(&r, JAILED_CODE, ERR_STALE, ERR_INPUT, &code);
        record_take(&r, JAILED_MESSAGE, RECORD_TEXT, ERR_MSG_MAX, &text);
        if (code == ERR_SYS) /* that is ours to say */
                code = ERR_INPUT;
        rc = record_end(&r, err);
        if (rc == 0)
                rc = err_set(err, (enum err_code)code, STR_FMT,
                             STR_ARG(utf8_fold_space(a, utf8_repair(a, text))));
        arena_free(a);
        return rc;
}

/* The document killed it. The next one needs another, which starts already. */
static int died(struct jail *j, struct err *err)
{
        struct err why = *err, later;

        (void)start(j, &later);
        if (++j->deaths < LIMIT_PARSE_DEATHS)
                return err_set(err, (enum err_code)why.code,
                               "the parser died on this document: %s", why.msg);
        return err_set(err, ERR_SYS,
                       "the parser died on %d documents in a row, so it may be "
                       "to blame and not they; the last time: %s",
                       j->deaths, why.msg);
}

static int ask_ready(struct jail *j, const struct jail_document *d,
                     struct record_head *ret, struct err *err)
{
        struct patience p = { LIMIT_PARSE_CPU_MS, LIMIT_PARSE_WALL_MS };

        /* One that died of itself since the last document: a new one, once. */
        if (!send_head(j, d->kind)) {
                (void)bury(j, err);
                if (get_ready(j, err) < 0)
                        return err->code;
                if (!send_head(j, d->kind))
                        return err_set(err, ERR_SYS, "the parser is gone");
        }

        int rc = hear(j, &p, ret, err);

        return rc < 0 ? died(j, err) : 0;
}

int jail_ask(struct jail *j, const struct jail_document *d, struct str *ret,
             struct err *err)
{
        struct record_head head;
        struct err mine;
        int rc;

        err = err ? err : &mine;
        *err = (struct err) { 0 };
        stretch_trim(&j->answer);
        rc = get_ready(j, err);
        if (rc == 0)
                rc = put_request(j, d, err);
        if (rc == 0)
                rc = ask_ready(j, d, &head, err);
        if (j->ask.p)
                stretch_trim(&j->ask);
        if (rc < 0)
                return rc;
        j->deaths = 0;
        if (head.type == JAILED_FAULT)
                return read_fault(j, &head, err);
        *ret = (struct str) { j->answer.p, head.length };
        return 0;
}

/* --- feeds and pages ---------------------------------------------------- */

/* Copied before it is read, so that it stays as it was checked. */
static int take(struct jail *j, struct arena *a, const struct jail_document *d,
                const struct shape *shape, void *ret, struct err *err)
{
        struct str bytes;
        int rc = jail_ask(j, d, &bytes, err);

        if (rc < 0)
                return rc;
        rc = shape_get(a, shape, arena_str(a, bytes), ret, err);
        return rc < 0 ? err_add(err, "the parser's answer makes no sense") : 0;
}

int jail_feed(struct jail *j, struct arena *a, const struct jail_document *d,
              const struct feed_doc **ret, struct err *err)
{
        struct feed_doc *doc = arena_alloc(a, sizeof(*doc));
        int rc = take(j, a, d, &shape_feed, doc, err);

        if (rc == 0)
                *ret = doc;
        return rc;
}

int jail_page(struct jail *j, struct arena *a, const struct jail_document *d,
              struct page *ret, struct err *err)
{
        struct page page = { 0 };
        int rc = take(j, a, d, &shape_page, &page, err);

        if (rc == 0)
                *ret = page;
        return rc;
}

/* --- what stands around it ---------------------------------------------- */

int jail_describe(struct jail *j, struct arena *a, struct str *ret,
                  struct err *err)
{
        int rc = get_ready(j, err);
        unsigned bars = j->in_force.bars;
        struct str landlock;

        if (rc < 0)
                return rc;
        *ret = STR_NULL;
        if (j->mode == JAIL_OFF)
                *ret = STR("a process of its own, without bars: wire.jail is "
                           "off");
        else if (sandbox_checker())
                *ret = arena_printf(a,
                                    "a process of its own, without bars: they "
                                    "don't go with %s",
                                    sandbox_checker());
        if (ret->p)
                return 0;
        landlock = bars & SANDBOX_LANDLOCK
                           ? arena_printf(a, ", no files (Landlock %d)",
                                          j->in_force.landlock_abi)
                           : STR("");
        *ret = arena_printf(
                a, "jailed%s" STR_FMT "%s%s%s",
                bars & SANDBOX_SECCOMP ? ": few system calls (seccomp)" : ":",
                STR_ARG(landlock),
                bars & SANDBOX_LIMITS ? ", bounded memory" : "",
                bars == SANDBOX_ALL ? "" : "; missing here: ",
                bars == SANDBOX_ALL    ? ""
                : j->in_force.why.code ? j->in_force.why.msg
                                       : j->failed.msg);
        return 0;
}
