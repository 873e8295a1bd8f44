#include "base/proc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define BACKOFF_MAX_S 60
#define PATH_MAX_B 4096
#define SELF "/proc/self/exe"
#define EXIT_NO_EXEC 127

static volatile sig_atomic_t stopping;

static void on_stop(int number)
{
        (void)number;
        stopping = 1;
}

/* It wakes a sleep, no more. */
static void on_child(int number)
{
        (void)number;
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
        sigprocmask(SIG_BLOCK, &held, &before);
        if (!stopping)
                (void)ppoll(NULL, 0, &t, &before);
        sigprocmask(SIG_SETMASK, &before, NULL);
}

/*
 * In the child, between fork and exec: nothing but calls that are safe there.
 * By its path, since a program that runs under a tool (valgrind) finds the
 * tool behind the link itself; by the link when the file was replaced.
 */
static void become(const char *const *argv, pid_t parent, const sigset_t *mask)
{
        char path[PATH_MAX_B];
        char *const *args = (char *const *)(uintptr_t)argv;

        signal(SIGTERM, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        signal(SIGPIPE, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) /* it died before we asked */
                _exit(EXIT_NO_EXEC);
        sigprocmask(SIG_SETMASK, mask, NULL);

        ssize_t n = readlink(SELF, path, sizeof(path) - 1);
        if (n > 0) {
                path[n] = '\0';
                execv(path, args);
        }
        execv(SELF, args);
        _exit(EXIT_NO_EXEC);
}

int proc_start(const char *const *argv, pid_t *ret_pid, struct err *err)
{
        sigset_t all, before;
        pid_t parent = getpid(), pid;

        /* No signal may reach the child while our handlers are its own: it
         * would be noted in a flag that exec wipes. */
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, &before);
        pid = fork();
        if (pid == 0)
                become(argv, parent, &before);

        int saved = errno;
        sigprocmask(SIG_SETMASK, &before, NULL);
        errno = saved;
        if (pid < 0)
                return err_sys(err, "starting a process");
        *ret_pid = pid;
        return 0;
}

bool proc_ended(pid_t pid, int *ret_code)
{
        int status;
        pid_t got = waitpid(pid, &status, WNOHANG);

        if (got == 0 || (got < 0 && errno == EINTR))
                return false;
        *ret_code = got < 0               ? EXIT_NO_EXEC
                    : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                          : WEXITSTATUS(status);
        return true;
}

int64_t proc_backoff_s(int64_t times)
{
        if (times < 1)
                return 0;
        return times > 6 ? BACKOFF_MAX_S : (int64_t)1 << (times - 1);
}
