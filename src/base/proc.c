#include "base/proc.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BACKOFF_MAX_S 60
#define PATH_MAX_B 4096
#define SELF "/proc/self/exe"
#define EXIT_NO_EXEC 127
#define FD_FIRST 3 /* of those that a bare process is given */
#define FDS_MAX 8
#define ENV_MAX 32

static volatile sig_atomic_t stopping, reloading, child_ended;

static void on_stop(int number)
{
        (void)number;
        stopping = 1;
}

static void on_reload(int number)
{
        (void)number;
        reloading = 1;
}

/* It wakes a sleep, this one or the next. */
static void on_child(int number)
{
        (void)number;
        child_ended = 1;
}

void proc_catch_stop(void)
{
        struct sigaction stop = { .sa_handler = on_stop };
        struct sigaction child = { .sa_handler = on_child,
                                   .sa_flags = SA_RESTART | SA_NOCLDSTOP };

        sigaction(SIGTERM, &stop, NULL);
        sigaction(SIGINT, &stop, NULL);
        sigaction(SIGCHLD, &child, NULL);
        signal(SIGPIPE, SIG_IGN);
}

bool proc_is_stopping(void)
{
        return stopping;
}

void proc_catch_reload(void)
{
        struct sigaction reload = { .sa_handler = on_reload }, before;

        if (sigaction(SIGHUP, NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN)
                sigaction(SIGHUP, &reload, NULL);
}

bool proc_take_reload(void)
{
        bool asked = reloading;

        reloading = 0;
        return asked;
}

void proc_sleep_ms(int64_t ms)
{
        struct timespec t = { .tv_sec = ms / 1000,
                              .tv_nsec = ms % 1000 * 1000000 };
        sigset_t held, before;

        /* Held until ppoll lets them in, so that none slips by between the
         * look at the flag and the sleep. */
        sigemptyset(&held);
        sigaddset(&held, SIGTERM);
        sigaddset(&held, SIGINT);
        sigaddset(&held, SIGCHLD);
        sigaddset(&held, SIGHUP);
        sigprocmask(SIG_BLOCK, &held, &before);
        if (!stopping && !reloading && !child_ended)
                (void)ppoll(NULL, 0, &t, &before);
        child_ended = 0; /* the caller looks at its children now */
        sigprocmask(SIG_SETMASK, &before, NULL);
}

void proc_want_files(uint64_t n)
{
        struct rlimit limit;

        if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= n)
                return;
        limit.rlim_cur = n < limit.rlim_max ? n : limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/*
 * Become this program. By its path, since a program that runs under a tool
 * (valgrind) finds the tool behind the link itself; by the link when the file
 * was replaced.
 */
static void become_self(const char *const *argv, const char *const *environment)
{
        char path[PATH_MAX_B];
        char *const *args = (char *const *)(uintptr_t)argv;
        char *const *env = (char *const *)(uintptr_t)environment;
        ssize_t n = readlink(SELF, path, sizeof(path) - 1);

        if (n > 0) {
                path[n] = '\0';
                execve(path, args, env);
        }
        execve(SELF, args, env);
        _exit(EXIT_NO_EXEC);
}

/* In the child, between fork and exec: nothing but calls that are safe there.
 */
static void become(const char *const *argv, pid_t parent, const sigset_t *mask)
{
        signal(SIGTERM, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        signal(SIGPIPE, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) /* it died before we asked */
                _exit(EXIT_NO_EXEC);
        sigprocmask(SIG_SETMASK, mask, NULL);
        become_self(argv, (const char *const *)(uintptr_t)environ);
}

/* fork() with every signal held: none may reach the child while our handlers
 * are its own, as it would be noted in a flag that exec wipes. */
static pid_t fork_held(sigset_t *ret_before)
{
        sigset_t all;

        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, ret_before);
        return fork();
}

static int forked(pid_t pid, const sigset_t *before, pid_t *ret_pid,
                  struct err *err)
{
        int saved = errno;

        sigprocmask(SIG_SETMASK, before, NULL);
        errno = saved;
        if (pid < 0)
                return err_sys(err, "starting a process");
        *ret_pid = pid;
        return 0;
}

int proc_start(const char *const *argv, pid_t *ret_pid, struct err *err)
{
        sigset_t before;
        pid_t parent = getpid(), pid = fork_held(&before);

        if (pid == 0)
                become(argv, parent, &before);
        return forked(pid, &before, ret_pid, err);
}

/* --- a bare process ----------------------------------------------------- */

/* Is the variable one that the loader or a memory checker reads? */
static bool is_for_loader(const char *variable)
{
        static const char *const fronts[] = { "LD_",   "ASAN_",    "UBSAN_",
                                              "LSAN_", "VALGRIND", "MALLOC_",
                                              "GLIBC_" };

        for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++)
                if (strncmp(variable, fronts[i], strlen(fronts[i])) == 0)
                        return true;
        return false;
}

static void pick_environment(const char **ret)
{
        size_t n = 0;

        for (char **e = environ; e && *e && n < ENV_MAX - 1; e++)
                if (is_for_loader(*e))
                        ret[n++] = *e;
        ret[n] = NULL;
}

static void shut_from(int first)
{
        if (close_range((unsigned)first, ~0u, 0) == 0)
                return;
        for (int fd = first; fd < 1024; fd++) /* before Linux 5.9 */
                close(fd);
}

/* The descriptors to their places: first all of them out of the way. */
static bool place_fds(const struct proc_bare *p)
{
        int error_fd = p->error_fd < 0 ? STDERR_FILENO : p->error_fd;
        int null = open("/dev/null", O_RDWR);
        int above = FD_FIRST + (int)p->n_fds, aside[FDS_MAX];

        for (size_t i = 0; i < p->n_fds; i++) {
                aside[i] = fcntl(p->fds[i], F_DUPFD, above);
                if (aside[i] < 0)
                        return false;
        }
        if (null < 0 || dup2(error_fd, STDERR_FILENO) < 0 ||
            dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
                return false;
        for (size_t i = 0; i < p->n_fds; i++)
                if (dup2(aside[i], FD_FIRST + (int)i) < 0)
                        return false;
        shut_from(above);
        return true;
}

/* In the child: as become(). */
static void become_bare(const struct proc_bare *p, pid_t parent,
                        const char **environment)
{
        sigset_t none;

        for (int sig = 1; sig < NSIG; sig++)
                if (sig != SIGKILL && sig != SIGSTOP)
                        signal(sig, SIG_DFL);
        signal(SIGINT, SIG_IGN);
        signal(SIGQUIT, SIG_IGN);
        signal(SIGTSTP, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent || !place_fds(p))
                _exit(EXIT_NO_EXEC);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        become_self(p->argv, environment);
}

int proc_start_bare(const struct proc_bare *p, pid_t *ret_pid, struct err *err)
{
        const char *environment[ENV_MAX];
        sigset_t before;

        assert(p->n_fds <= FDS_MAX);
        pick_environment(environment);

        pid_t parent = getpid(), pid = fork_held(&before);

        if (pid == 0)
                become_bare(p, parent, environment);
        return forked(pid, &before, ret_pid, err);
}

/* --- and its end -------------------------------------------------------- */

static int code_of(int status)
{
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                   : WEXITSTATUS(status);
}

bool proc_ended(pid_t pid, int *ret_code)
{
        int status;
        pid_t got = waitpid(pid, &status, WNOHANG);

        if (got == 0 || (got < 0 && errno == EINTR))
                return false;
        *ret_code = got < 0 ? EXIT_NO_EXEC : code_of(status);
        return true;
}

void proc_kill(pid_t pid)
{
        kill(pid, SIGKILL);
}

int proc_wait(pid_t pid)
{
        int status;
        pid_t got;

        while ((got = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
                ;
        return got < 0 ? EXIT_NO_EXEC : code_of(status);
}

int64_t proc_cpu_ms(pid_t pid)
{
        struct timespec t;
        clockid_t clock;

        if (clock_getcpuclockid(pid, &clock) != 0 ||
            clock_gettime(clock, &t) != 0)
                return 0;
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t proc_backoff_s(int64_t times)
{
        if (times < 1)
                return 0;
        return times > 6 ? BACKOFF_MAX_S : (int64_t)1 << (times - 1);
}
