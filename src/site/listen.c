#include "site/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

#define BACKLOG 512
#define PORT_DIGITS 5

/* "[::1]:80" and "host:80" cut in two; no host means every address. */
static int split(struct str text, struct str *host, struct str *port)
{
        size_t colon = STR_NONE;

        for (size_t i = 0; i < text.n; i++)
                if (text.p[i] == ':')
                        colon = i;
        if (colon == STR_NONE)
                return ERR_INPUT;
        *host = str_sub(text, 0, colon);
        *port = str_sub(text, colon + 1, text.n);
        if (str_starts(*host, STR("[")) && str_ends(*host, STR("]")))
                *host = str_sub(*host, 1, host->n - 2);
        for (size_t i = 0; i < port->n; i++)
                if (!chr_is_digit(port->p[i]))
                        return ERR_INPUT;
        return port->n && port->n <= PORT_DIGITS ? 0 : ERR_INPUT;
}

static int bind_to(const struct addrinfo *ai)
{
        int yes = 1, fd = socket(ai->ai_family,
                                 SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

        if (fd < 0)
                return -1;
        (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
        if (bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 &&
            listen(fd, BACKLOG) == 0)
                return fd;

        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
}

static struct str name_of(struct arena *a, int fd)
{
        struct sockaddr_storage sa;
        socklen_t n = sizeof(sa);
        char host[64] = "", port[PORT_DIGITS + 1] = "";

        if (getsockname(fd, (struct sockaddr *)&sa, &n) == 0)
                (void)getnameinfo((struct sockaddr *)&sa, n, host, sizeof(host),
                                  port, sizeof(port),
                                  NI_NUMERICHOST | NI_NUMERICSERV);
        return arena_printf(a, sa.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s",
                            host, port);
}

int listen_open(struct arena *a, struct str text, int *ret_fd,
                struct str *ret_address, struct err *err)
{
        struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICHOST,
                                  .ai_socktype = SOCK_STREAM },
                        *ai = NULL;
        struct str host, port;

        if (split(text, &host, &port) < 0 ||
            getaddrinfo(host.n ? arena_cstr(a, host) : NULL,
                        arena_cstr(a, port), &hints, &ai) != 0)
                return err_set(err, ERR_INPUT,
                               "site.listen: \"" STR_FMT
                               "\" is no address and port such as "
                               "127.0.0.1:8025 or [::]:80",
                               STR_ARG(text));

        int fd = bind_to(ai), saved = errno;
        freeaddrinfo(ai);
        errno = saved;
        if (fd < 0 && errno == EADDRINUSE)
                return err_set(err, ERR_BUSY,
                               STR_FMT " is in use: another program, or "
                                       "another bulldog, listens there; set "
                                       "site.listen to a free port",
                               STR_ARG(text));
        if (fd < 0)
                return err_sys(err, "listening on " STR_FMT, STR_ARG(text));
        *ret_fd = fd;
        *ret_address = name_of(a, fd);
        return 0;
}
