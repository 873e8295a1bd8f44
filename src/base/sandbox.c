#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/scan.h"

#define SIZE_UNKNOWN_B ((size_t)1 << 30)
#define LENGTH(list) (sizeof(list) / sizeof(*(list)))

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||     \
        __has_feature(memory_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#endif

const char *sandbox_checker(void)
{
#ifdef HAS_SANITIZER
        return "a sanitizer";
#else
        const char *preload = getenv("LD_PRELOAD");

        return preload && strstr(preload, "vgpreload") ? "valgrind" : NULL;
#endif
}

/* --- limits ------------------------------------------------------------- */

/* What we have mapped, as /proc says. */
static size_t mapped_b(void)
{
        int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
        char line[64];
        int64_t pages;
        ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof(line));
        struct str rest = { line, n < 0 ? 0 : (size_t)n };

        if (fd >= 0)
                close(fd);
        if (scan_digits(&rest, 12, &pages) < 0)
                return SIZE_UNKNOWN_B;
        return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static int set_limits(size_t memory_b, struct err *err)
{
        size_t memory = mapped_b() + memory_b;
        const struct {
                int what;
                rlim_t most;
        } limits[] = {
                { RLIMIT_AS, memory }, { RLIMIT_CORE, 0 },
                { RLIMIT_FSIZE, 0 },   { RLIMIT_NOFILE, 0 },
                { RLIMIT_NPROC, 0 },   { RLIMIT_MEMLOCK, 0 },
        };

        for (size_t i = 0; i < LENGTH(limits); i++) {
                struct rlimit l = { limits[i].most, limits[i].most };

                if (setrlimit((__rlimit_resource_t)limits[i].what, &l) < 0)
                        return err_sys(err, "limits");
        }
        return 0;
}

/* --- Landlock ----------------------------------------------------------- */

/* The kernel's header may be older than the kernel: what we need of it. */
struct landlock_rights {
        uint64_t files, net, scoped;
};

#define LANDLOCK_CREATE 444
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_ASK_VERSION 1u

/* All rights that version abi knows, so that all are taken away; how much of
 * the struct it knows is *ret_size. */
static struct landlock_rights all_rights(int abi, size_t *ret_size)
{
        int n_files = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;

        *ret_size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
        return (struct landlock_rights) {
                .files = ((uint64_t)1 << n_files) - 1,
                .net = abi >= 4 ? 3 : 0,    /* bind and connect over TCP */
                .scoped = abi >= 6 ? 3 : 0, /* abstract sockets, signals */
        };
}

static int set_landlock(int *ret_abi, struct err *err)
{
        long abi = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);

        if (abi < 1)
                return err_sys(err, "Landlock");

        size_t size;
        struct landlock_rights all = all_rights((int)abi, &size);
        long fd = syscall(LANDLOCK_CREATE, &all, size, 0u);

        if (fd < 0)
                return err_sys(err, "Landlock");
        if (syscall(LANDLOCK_RESTRICT, (int)fd, 0u) < 0) {
                err_sys(err, "Landlock");
                close((int)fd);
                return err->code;
        }
        close((int)fd);
        *ret_abi = (int)abi;
        return 0;
}

/* --- seccomp ------------------------------------------------------------ */

/* Allowed whatever their arguments: they reach nothing outside. */
static const int harmless[] = {
        SCMP_SYS(brk),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(clock_gettime64),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(time),
        SCMP_SYS(getrandom),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(sched_yield),
        SCMP_SYS(close),
};

/* What a library may try and go on without: "there is no such file". */
static const int vain[] = {
        SCMP_SYS(open),       SCMP_SYS(openat),
        SCMP_SYS(openat2),    SCMP_SYS(stat),
        SCMP_SYS(lstat),      SCMP_SYS(fstat),
        SCMP_SYS(stat64),     SCMP_SYS(fstat64),
        SCMP_SYS(newfstatat), SCMP_SYS(fstatat64),
        SCMP_SYS(statx),      SCMP_SYS(access),
        SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),
        SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
        SCMP_SYS(getcwd),     SCMP_SYS(ioctl),
        SCMP_SYS(lseek),      SCMP_SYS(sysinfo),
        SCMP_SYS(uname),      SCMP_SYS(prlimit64),
        SCMP_SYS(getrlimit),  SCMP_SYS(ugetrlimit),
        SCMP_SYS(getrusage),  SCMP_SYS(sched_getaffinity),
};

/* The last words of a process that went too far. Only calls that are allowed
 * and safe in a handler. */
static void on_refused(int number, siginfo_t *info, void *context)
{
        char text[] = "it asked for system call 000, which is refused";
        int call = info->si_syscall;

        (void)number;
        (void)context;
        for (char *at = strchr(text, '0') + 2; *at != ' '; at--, call /= 10)
                *at = (char)('0' + call % 10);

        ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

        (void)n;
        _exit(SANDBOX_EXIT_REFUSED);
}

static int allow(scmp_filter_ctx ctx, int call)
{
        int rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 0);

        return rc == -EDOM ? 0 : rc; /* no such call on this machine */
}

static int refuse_gently(scmp_filter_ctx ctx, int call)
{
        int rc = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOENT), call, 0);

        return rc == -EDOM ? 0 : rc;
}

/* Memory that holds no code and is no file's. */
static int allow_memory(scmp_filter_ctx ctx, int call, bool is_map)
{
        struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
        struct scmp_arg_cmp no_file =
                SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);

        if (!is_map)
                return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 1, no_code);
        int rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 2, no_code,
                                  no_file);
        return rc == -EDOM ? 0 : rc;
}

/* Where one word says what is to be done, only what allocators and locks do:
 * others reach deep into the kernel, or poison memory that the parent sees. */
static int allow_uses(scmp_filter_ctx ctx)
{
        static const struct {
                int call;
                unsigned word;
                scmp_datum_t mask, value;
        } uses[] = {
                { SCMP_SYS(madvise), 2, ~(scmp_datum_t)0, MADV_DONTNEED },
                { SCMP_SYS(madvise), 2, ~(scmp_datum_t)0, MADV_FREE },
                { SCMP_SYS(madvise), 2, ~(scmp_datum_t)0, MADV_HUGEPAGE },
                { SCMP_SYS(futex), 1, FUTEX_CMD_MASK, FUTEX_WAIT },
                { SCMP_SYS(futex), 1, FUTEX_CMD_MASK, FUTEX_WAKE },
                { SCMP_SYS(futex), 1, FUTEX_CMD_MASK, FUTEX_WAIT_BITSET },
                { SCMP_SYS(futex), 1, FUTEX_CMD_MASK, FUTEX_WAKE_BITSET },
        };
        int rc = 0;

        for (size_t i = 0; rc == 0 && i < LENGTH(uses); i++)
                rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, uses[i].call, 1,
                                      SCMP_CMP(uses[i].word, SCMP_CMP_MASKED_EQ,
                                               uses[i].mask, uses[i].value));
        return rc;
}

static int allow_on(scmp_filter_ctx ctx, int call, int fd)
{
        return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 1,
                                SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd, 0));
}

static int add_rules(scmp_filter_ctx ctx, int talk_fd)
{
        int rc = allow_on(ctx, SCMP_SYS(read), talk_fd);

        if (rc == 0)
                rc = allow_on(ctx, SCMP_SYS(write), talk_fd);
        if (rc == 0)
                rc = allow_on(ctx, SCMP_SYS(write), STDERR_FILENO);
        if (rc == 0) /* for abort() */
                rc = allow_on(ctx, SCMP_SYS(tgkill), getpid());
        if (rc == 0)
                rc = allow_memory(ctx, SCMP_SYS(mmap), true);
        if (rc == 0)
                rc = allow_memory(ctx, SCMP_SYS(mmap2), true);
        if (rc == 0)
                rc = allow_memory(ctx, SCMP_SYS(mprotect), false);
        if (rc == 0)
                rc = allow_uses(ctx);
        for (size_t i = 0; rc == 0 && i < LENGTH(harmless); i++)
                rc = allow(ctx, harmless[i]);
        for (size_t i = 0; rc == 0 && i < LENGTH(vain); i++)
                rc = refuse_gently(ctx, vain[i]);
        return rc;
}

/* A refused call ends the process in its handler: so we learn which it was. */
static int set_seccomp(int talk_fd, struct err *err)
{
        struct sigaction refused = { .sa_sigaction = on_refused,
                                     .sa_flags = SA_SIGINFO };
        scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_TRAP);
        int rc = ctx ? 0 : -ENOMEM;

        sigaction(SIGSYS, &refused, NULL);
        if (rc == 0)
                rc = add_rules(ctx, talk_fd);
        /* Old kernels slow such a process down against Spectre 4, which reads
         * secrets of one's own process: this one has none. */
        if (rc == 0) {
                (void)seccomp_attr_set(ctx, SCMP_FLTATR_CTL_SSB, 1);
                (void)seccomp_attr_set(ctx, SCMP_FLTATR_API_SYSRAWRC, 1);
        }
        if (rc == 0)
                rc = seccomp_load(ctx);
        seccomp_release(ctx);
        if (rc == 0)
                return 0;
        errno = -rc;
        return err_sys(err, "seccomp");
}

/* --- all of them -------------------------------------------------------- */

void sandbox_enter_parse(const struct sandbox_wish *w, struct sandbox *ret)
{
        struct err err = { 0 };

        *ret = (struct sandbox) { 0 };
        if (!w->bars || sandbox_checker())
                return;
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if ((w->bars & SANDBOX_LANDLOCK) &&
            set_landlock(&ret->landlock_abi, &err) == 0)
                ret->bars |= SANDBOX_LANDLOCK;
        if ((w->bars & SANDBOX_LIMITS) && set_limits(w->memory_b, &err) == 0)
                ret->bars |= SANDBOX_LIMITS;
        if ((w->bars & SANDBOX_SECCOMP) && set_seccomp(w->talk_fd, &err) == 0)
                ret->bars |= SANDBOX_SECCOMP;
        ret->why = err;
}
