#include "site/patience.h"

#include <sys/socket.h>

#include "base/arena.h"
#include "base/time.h"

struct visit {
        struct visit *next, *before;
        int fd;
        bool has_asked;
        int64_t since_ms;
};

struct patience {
        struct arena *a;
        struct visit *here, *free;
        size_t n, places;
};

struct patience *patience_new(struct arena *a, size_t places)
{
        struct patience *p = arena_alloc(a, sizeof(*p));

        p->a = a;
        p->places = places;
        return p;
}

static struct visit *begin(struct patience *p, int fd)
{
        struct visit *v = p->free;

        if (v)
                p->free = v->next;
        else
                v = arena_alloc(p->a, sizeof(*v));
        *v = (struct visit) { .next = p->here,
                              .fd = fd,
                              .since_ms = time_mono_ms() };
        if (p->here)
                p->here->before = v;
        p->here = v;
        p->n++;
        return v;
}

static void end(struct patience *p, struct visit *v)
{
        if (v->before)
                v->before->next = v->next;
        else
                p->here = v->next;
        if (v->next)
                v->next->before = v->before;
        v->next = p->free;
        p->free = v;
        p->n--;
}

void patience_note(void *self, struct MHD_Connection *c, void **context,
                   enum MHD_ConnectionNotificationCode what)
{
        if (what == MHD_CONNECTION_NOTIFY_STARTED) {
                const union MHD_ConnectionInfo *info = MHD_get_connection_info(
                        c, MHD_CONNECTION_INFO_CONNECTION_FD);

                *context = begin(self, info ? info->connect_fd : -1);
        } else if (*context) {
                end(self, *context);
                *context = NULL;
        }
}

static struct visit *visit_of(struct MHD_Connection *c)
{
        const union MHD_ConnectionInfo *info =
                MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

        return info ? info->socket_context : NULL;
}

static void turn(struct visit *v, bool has_asked)
{
        if (!v)
                return;
        v->has_asked = has_asked;
        v->since_ms = time_mono_ms();
}

void patience_asked(struct MHD_Connection *c)
{
        turn(visit_of(c), true);
}

void patience_answered(struct MHD_Connection *c)
{
        turn(visit_of(c), false);
}

void patience_sweep(struct patience *p, int64_t now_ms)
{
        bool is_crowded = p->n * 4 >= p->places * 3;
        int64_t ask_ms = is_crowded ? PATIENCE_CROWDED_MS : PATIENCE_ASK_MS;

        for (const struct visit *v = p->here; v; v = v->next)
                if (now_ms - v->since_ms >
                    (v->has_asked ? PATIENCE_ANSWER_MS : ask_ms))
                        (void)shutdown(v->fd, SHUT_RDWR);
}
