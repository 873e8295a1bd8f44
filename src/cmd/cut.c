#include "cmd/cut.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "store/stage.h"

#define SIGNALS_FROM 128 /* an exit code over it: killed */

/* What each role runs, and the file that is locked while it runs. */
static const struct {
        const char *role, *stage, *lock;
} stages[] = {
        { "wire", "gather", "gather.lock" },
        { "clock", "compose", "compose.lock" },
        { "clock", "publish", "publish.lock" },
        { "post", "deliver", "post.lock" },
};

static void stop(struct env *env, const char *stage, struct str state,
                 const char *note)
{
        struct err err;

        if (stage_stop(env->db, str_c(stage), state, str_c(note), time_now(),
                       &err) < 0)
                log_error("%s: %s", stage, err.msg);
}

void cut_notice(struct env *env, const char *role)
{
        for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++) {
                struct err err;
                int fd, rc;

                if (strcmp(stages[i].role, role) != 0)
                        continue;
                rc = file_lock(env_path(env, str_c(stages[i].lock)), &fd, &err);
                if (rc < 0 && rc != ERR_BUSY)
                        log_error("%s: %s", stages[i].stage, err.msg);
                if (rc < 0)
                        continue;
                stop(env, stages[i].stage, STR("cut"),
                     "it was killed, or the machine went down");
                close(fd);
        }
}

void cut_note_killed(struct env *env, const char *stage, int code,
                     bool stopping)
{
        char note[64];

        if (code <= SIGNALS_FROM)
                return;
        snprintf(note, sizeof(note), "it was killed by signal %d",
                 code - SIGNALS_FROM);
        if (stopping)
                stop(env, stage, STR("cut"), "it was told to end");
        else
                stop(env, stage, STR("failed"), note);
}
