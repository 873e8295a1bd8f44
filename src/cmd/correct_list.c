/* bulldog correct --list: all versions of an edition. */

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/correct.h"
#include "store/correction.h"

#define OUT_MAX_B ((size_t)4 << 20)

static void put_version(struct env *env, struct buf *b, int64_t n, int64_t at,
                        struct str words)
{
        struct civil c = time_in_zone(at, env->conf.press_zone);

        buf_printf(b, "version %lld  %04d-%02d-%02d %02d:%02d  " STR_FMT "\n",
                   (long long)n, c.year, c.month, c.day, c.hour, c.minute,
                   STR_ARG(words));
}

static void put_text(struct env *env, struct buf *b,
                     const struct edition_row *row,
                     const struct correction_list *list)
{
        put_version(env, b, 1, row->published_at, STR("as published"));
        for (size_t i = 0; i < list->n; i++) {
                const struct correction *c = &list->items[i];

                put_version(env, b, c->n + 1, c->made_at,
                            arena_printf(env->a, STR_FMT "%s%s",
                                         STR_ARG(c->note.n ? c->note
                                                           : STR("a misprint")),
                                         c->has_letter ? "; with a letter" : "",
                                         c->printed_at == TIME_NONE
                                                 ? "; NOT PRINTED YET"
                                                 : ""));
        }
}

static void put_json(struct buf *b, const struct edition_row *row,
                     const struct correction_list *list)
{
        struct json j;

        json_init(&j, b);
        json_open(&j, '[');
        for (size_t i = 0; i <= list->n; i++) {
                const struct correction *c = i ? &list->items[i - 1] : NULL;

                json_open(&j, '{');
                json_key(&j, "version");
                json_int(&j, (int64_t)i + 1);
                json_key(&j, "at");
                json_time(&j, c ? c->made_at : row->published_at);
                json_key(&j, "revision");
                json_int(&j, c         ? c->revision
                             : list->n ? list->items[0].revision - 1
                                       : row->revision);
                json_key(&j, "note");
                json_str(&j, c ? c->note : STR_NULL);
                json_key(&j, "mail");
                json_bool(&j, c && c->has_letter);
                json_key(&j, "printed");
                json_bool(&j, !c || c->printed_at != TIME_NONE);
                json_close(&j, '}');
        }
        json_close(&j, ']');
        buf_char(b, '\n');
}

int correct_list(struct env *env, const struct edition_row *row, bool as_json)
{
        struct correction_list list;
        struct buf b;
        int rc = correction_list(env->a, env->db, row->id, &list, &env->err);

        if (rc < 0)
                return rc;
        buf_init(&b, OUT_MAX_B);
        if (as_json)
                put_json(&b, row, &list);
        else
                put_text(env, &b, row, &list);
        fwrite(b.p, 1, b.n, stdout);
        buf_done(&b);
        if (fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return 0;
}
