#include "wire/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/time.h"
#include "wire/record.h"

#define KEEP_B ((size_t)2 * 1024 * 1024) /* of each stretch, between calls */
#define LOOK_MS 100                      /* how often the watchdog looks */
#define START_MS 30000
#define SLOW_TIMES 20 /* under a checker */
#define WORDS_B 240   /* of a process's last words */
#define START_TRIES 4
#define READY_B ((size_t)ERR_MSG_MAX + 256) /* what it says at its start */

struct patience {
        int64_t cpu_ms, wall_ms;
};

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

/* The same memory for who may only read it: a mapping of this descriptor can't
 * be made writable. -1 where there is no /proc. */
static int stretch_reader(const struct stretch *s)
{
        char path[40];

        snprintf(path, sizeof(path), "/proc/self/fd/%d", s->fd);
        return open(path, O_RDONLY | O_CLOEXEC);
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
static void read_words(struct cell *c, char *ret)
{
        char text[WORDS_B];
        ssize_t n = c->words_fd < 0 ? 0 : read(c->words_fd, text, WORDS_B - 1);
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
static int bury(struct cell *c, struct err *err)
{
        char words[WORDS_B];
        int code;

        proc_kill(c->pid); /* it has let go of its socket */
        code = proc_wait(c->pid);
        read_words(c, words);
        c->pid = 0;
        c->is_ready = false;
        shut(&c->talk_fd);
        shut(&c->words_fd);
        return say_end(code, words, err);
}

/* Where a parser can't work behind bars that the kernel has, it works without
 * them, and jail_describe() tells. */
static unsigned wanted_bars(const struct cell *c)
{
        static const unsigned bars[START_TRIES] = {
                SANDBOX_ALL, SANDBOX_ALL, SANDBOX_ALL & ~SANDBOX_SECCOMP, 0
        };

        if (c->mode == JAIL_OFF)
                return 0;
        return c->mode == JAIL_STRICT ? SANDBOX_ALL : bars[c->level];
}

static int start_process(struct cell *c, unsigned bars, int talk_fd,
                         int words_fd, struct err *err)
{
        const char digit[] = { (char)('0' + bars), '\0' };
        const char *argv[] = { "bulldog", "-x", "parse", digit, NULL };
        int ask_fd = stretch_reader(&c->ask);
        const int fds[] = { talk_fd, ask_fd < 0 ? c->ask.fd : ask_fd,
                            c->answer.fd };
        struct proc_bare p = {
                .argv = argv, .fds = fds, .n_fds = 3, .error_fd = words_fd
        };
        int rc = proc_start_bare(&p, &c->pid, err);

        if (ask_fd >= 0)
                close(ask_fd);
        return rc;
}

static int start(struct cell *c, struct err *err)
{
        unsigned bars = wanted_bars(c);
        int talk[2] = { -1, -1 }, words[2] = { -1, -1 }, rc = 0;

        if (!c->ask.p)
                rc = stretch_make(&c->ask, "documents", JAILED_ASK_B,
                                  PROT_READ | PROT_WRITE, err);
        if (rc == 0 && !c->answer.p)
                rc = stretch_make(&c->answer, "answers", JAILED_ANSWER_B,
                                  PROT_READ, err);
        if (rc < 0)
                return rc;
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, talk) < 0 ||
            (bars && !sandbox_checker() &&
             pipe2(words, O_CLOEXEC | O_NONBLOCK) < 0))
                rc = err_sys(err, "a socket to the parser");
        if (rc == 0)
                rc = start_process(c, bars, talk[1], words[1], err);
        shut(&talk[1]);
        shut(&words[1]);
        if (rc < 0) {
                shut(&talk[0]);
                shut(&words[0]);
                return rc;
        }
        c->talk_fd = talk[0];
        c->words_fd = words[0];
        return 0;
}

/* --- talking with it ---------------------------------------------------- */

static uint32_t done_of(const struct cell *c)
{
        const struct jailed_progress *p = (const void *)c->answer.p;

        return __atomic_load_n(&p->done, __ATOMIC_ACQUIRE);
}

/*
 * Wait till it has something to say. False: it has come no further for longer
 * than patience. A document is counted by the processor time that it takes, as
 * the machine may have more to do.
 */
static bool wait_for_it(struct cell *c, const struct patience *p)
{
        struct pollfd fd = { .fd = c->talk_fd, .events = POLLIN };
        int64_t cpu_ms = proc_cpu_ms(c->pid), began_ms = time_mono_ms();
        int times = sandbox_checker() ? SLOW_TIMES : 1;
        uint32_t done = 0;

        while (poll(&fd, 1, LOOK_MS) <= 0) {
                int64_t cpu_now = proc_cpu_ms(c->pid), now = time_mono_ms();

                uint32_t so_far = done_of(c);

                /* Only forward, and no further than a batch goes: or it could
                 * ask for patience for ever. */
                if (so_far > done && so_far <= JAILED_BATCH_N) {
                        done = so_far;
                        cpu_ms = cpu_now;
                        began_ms = now;
                }
                if (cpu_now - cpu_ms > p->cpu_ms * times ||
                    now - began_ms > p->wall_ms * times)
                        return false;
        }
        return true;
}

/* Till it rings. Any error: it is dead, and why. */
static int hear(struct cell *c, const struct patience *p, struct err *err)
{
        char bell;
        ssize_t n;

        if (!wait_for_it(c, p)) {
                (void)bury(c, err);
                return err_set(err, ERR_LIMIT, "it took over %.3g s",
                               (double)p->cpu_ms / 1000);
        }
        while ((n = read(c->talk_fd, &bell, 1)) < 0 && errno == EINTR)
                ;
        return n == 1 ? 0 : bury(c, err);
}

/* The answers of the batch as they lie in the memory now. */
static int collect(struct cell *c, const struct jailed_batch *b,
                   struct cell_answer *ret, size_t *ret_n, struct err *err)
{
        struct jailed_progress p;
        size_t at = JAILED_PAGE_B;
        uint32_t done = done_of(c);

        memcpy(&p, c->answer.p, sizeof(p));
        __atomic_thread_fence(__ATOMIC_SEQ_CST); /* it is read but once */
        c->answer.used_b = c->answer.size_b;     /* till we know better */
        if (p.serial != b->serial)
                done = 0; /* it died before it began */
        if (done > b->n)
                return err_set(err, ERR_INPUT, "its answer makes no sense");
        for (size_t i = 0; i < done; i++) {
                if (p.heads[i].length > c->answer.size_b - at)
                        return err_set(err, ERR_INPUT,
                                       "its answer makes no sense");
                ret[i].type = p.heads[i].type;
                ret[i].bytes =
                        (struct str) { c->answer.p + at, p.heads[i].length };
                at += p.heads[i].length;
        }
        if (done == b->n)
                c->answer.used_b = at;
        *ret_n = done;
        return 0;
}

static int read_ready(struct cell *c, struct err *err)
{
        struct jailed_batch ready = { .n = 1 };
        char copy[READY_B];
        struct cell_answer answer;
        struct str why = STR_NULL;
        int64_t bars = 0, abi = 0;
        struct record r;
        size_t n;
        int rc = collect(c, &ready, &answer, &n, err);

        if (rc < 0 || n != 1 || answer.type != JAILED_READY ||
            answer.bytes.n > sizeof(copy))
                return ERR_INPUT;
        memcpy(copy, answer.bytes.p, answer.bytes.n);
        record_init(&r, (struct str) { copy, answer.bytes.n });
        record_take_int(&r, JAILED_BARS, 0, SANDBOX_ALL, &bars);
        record_take_int(&r, JAILED_ABI, 0, 1000, &abi);
        record_take(&r, JAILED_WHY, RECORD_TEXT, ERR_MSG_MAX, &why);
        c->in_force = (struct sandbox) { .bars = (unsigned)bars,
                                         .landlock_abi = (int)abi };
        if (why.n)
                err_set(&c->in_force.why, ERR_SYS, STR_FMT, STR_ARG(why));
        return record_end(&r, err);
}

/* Wait for the word of the process that was started. */
static int hear_ready(struct cell *c, struct err *err)
{
        struct patience p = { START_MS, START_MS };
        int rc = hear(c, &p, err);

        if (rc < 0)
                return rc;
        return read_ready(c, err) == 0 ? 0 : bury(c, err);
}

static int check_strict(struct cell *c, struct err *err)
{
        const struct err *why = &c->in_force.why;
        struct err ignored;

        if (c->mode != JAIL_STRICT || c->in_force.bars == SANDBOX_ALL)
                return 0;
        (void)bury(c, &ignored);
        return err_set(err, ERR_SYS,
                       "wire.jail is strict, but not all bars can be had here "
                       "(%s); auto reads without",
                       why->code ? why->msg : sandbox_checker());
}

/* A parser that has shown that it works, with as many bars as will do. */
int cell_ready(struct cell *c, struct err *err)
{
        int rc = 0;

        if (c->is_ready)
                return 0;
        for (; c->level < START_TRIES; c->level++) {
                rc = c->pid ? 0 : start(c, err);
                if (rc == 0)
                        rc = hear_ready(c, err);
                if (rc == 0)
                        break;
                c->failed = *err;
        }
        if (c->level == START_TRIES) {
                c->level = 0;
                return err_set(err, ERR_SYS, "the parser can't be started: %s",
                               c->failed.msg);
        }
        rc = check_strict(c, err);
        c->is_ready = rc == 0;
        return rc;
}

void cell_init(struct cell *c, enum jail_mode mode)
{
        struct err later; /* it is told at the first need */

        *c = (struct cell) { .mode = mode,
                             .talk_fd = -1,
                             .words_fd = -1,
                             .cpu_ms = LIMIT_PARSE_CPU_MS,
                             .wall_ms = LIMIT_PARSE_WALL_MS };
        (void)start(c, &later);
}

void cell_done(struct cell *c)
{
        shut(&c->talk_fd);
        /* A checker wants to see how it ends. */
        if (c->pid && !sandbox_checker())
                proc_kill(c->pid);
        if (c->pid)
                (void)proc_wait(c->pid);
        shut(&c->words_fd);
        stretch_done(&c->ask);
        stretch_done(&c->answer);
}

static bool send_batch(struct cell *c, const struct jailed_batch *b)
{
        ssize_t n;

        /* It takes one before it gets another; if it doesn't, it is no parser
         * that we could wait for. */
        while ((n = send(c->talk_fd, b, sizeof(*b),
                         MSG_NOSIGNAL | MSG_DONTWAIT)) < 0 &&
               errno == EINTR)
                ;
        return n == sizeof(*b);
}

static bool has_begun(const struct cell *c, uint32_t serial)
{
        const struct jailed_progress *p = (const void *)c->answer.p;

        return __atomic_load_n(&p->serial, __ATOMIC_ACQUIRE) == serial;
}

static int run_once(struct cell *c, const struct jailed_batch *b,
                    struct cell_answer *ret_answers, size_t *ret_n,
                    struct err *err)
{
        struct patience p = { c->cpu_ms, c->wall_ms };
        struct err ignored;
        int rc;

        if (!send_batch(c, b))
                return bury(c, err);
        rc = hear(c, &p, err);
        if (rc < 0) {
                if (collect(c, b, ret_answers, ret_n, &ignored) < 0)
                        *ret_n = 0;
                /* It had answered all, so there is none that it died on. */
                return *ret_n == b->n ? 0 : rc;
        }
        rc = collect(c, b, ret_answers, ret_n, err);
        if (rc == 0 && !*ret_n)
                rc = err_set(err, ERR_INPUT, "it gave no answer");
        if (rc < 0)
                (void)bury(c, &ignored);
        return rc;
}

int cell_run(struct cell *c, struct jailed_batch *b,
             struct cell_answer *ret_answers, size_t *ret_n, struct err *err)
{
        struct err later;
        int rc;

        *ret_n = 0;
        b->serial = ++c->serial ? c->serial : ++c->serial;
        for (int tries = 0; tries < 2; tries++) {
                rc = cell_ready(c, err);
                if (rc < 0)
                        return rc;
                rc = run_once(c, b, ret_answers, ret_n, err);
                /* It had ended before it saw the documents: once more. */
                if (rc == 0 || has_begun(c, b->serial))
                        break;
        }
        /* A new one writes where answers lie that nobody has taken yet. */
        if (rc < 0 && !*ret_n)
                (void)start(c, &later);
        return rc;
}

void cell_mistrust(struct cell *c)
{
        struct err ignored;

        if (c->pid)
                (void)bury(c, &ignored);
}

void cell_trim_ask(struct cell *c)
{
        if (c->ask.p)
                stretch_trim(&c->ask);
}

void cell_trim_answer(struct cell *c)
{
        if (c->answer.p)
                stretch_trim(&c->answer);
}
