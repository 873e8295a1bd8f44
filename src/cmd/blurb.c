/*
 * bulldog blurb: the sentences of each article that tell it, with their
 * offsets.
 */

#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/scan.h"
#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "story/blurb.h"
#include "story/lang.h"
#include "story/sentence.h"
#include "story/words.h"

#define SENTENCES 3
#define WORK_MAX_B ((size_t)64 << 20)

int cmd_blurb(struct env *env, int argc, char **argv);

struct blurber {
        struct words *words;
        struct arena *a; /* for one line */
        size_t sentences;
};

static void put_sentences(struct json *out, const struct span *spans,
                          const size_t *chosen, size_t n)
{
        json_key(out, "sentences");
        json_open(out, '[');
        for (size_t i = 0; i < n; i++) {
                json_open(out, '{');
                json_key(out, "text");
                json_str(out, spans[chosen[i]].text);
                json_key(out, "offset");
                json_int(out, (int64_t)spans[chosen[i]].offset);
                json_close(out, '}');
        }
        json_close(out, ']');
}

static struct str join(struct buf *b, const struct span *spans,
                       const size_t *chosen, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                if (i)
                        buf_char(b, ' ');
                buf_put(b, spans[chosen[i]].text);
        }
        return b->n ? buf_str(b) : STR("");
}

static int answer(void *ctx, const json_t *line, struct json *out,
                  struct err *err)
{
        struct blurber *m = ctx;
        struct str text = lines_str(line, "text");
        struct str tag = lines_str(line, "language");
        struct blurb_ask ask = { .title = lines_str(line, "title"),
                                 .sentences = m->sentences };
        struct span *spans;
        size_t *chosen, n;
        struct buf b;

        (void)err;
        arena_reset(m->a);
        buf_init(&b, LIMIT_LINE_B);
        ask.lang = tag.n ? lang_of_tag(tag) : words_guess(m->words, text);
        n = sentence_split(m->a, text, ask.lang, &spans);
        n = blurb_choose(m->a, m->words, spans, n, &ask, &chosen);
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, lines_str(line, "id"));
        json_key(out, "blurb");
        json_str(out, join(&b, spans, chosen, n));
        put_sentences(out, spans, chosen, n);
        json_close(out, '}');
        buf_done(&b);
        return 0;
}

int cmd_blurb(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        uint64_t n = SENTENCES;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "sentences=", &name,
                                &value)) > 0)
                if (scan_u64(str_c(value), SENTENCES_MAX, &n) < 0 || !n)
                        return err_set(&env->err, ERR_INPUT,
                                       "--sentences wants 1 to %d, not %s",
                                       SENTENCES_MAX, value);
        if (rc < 0)
                return rc;
        if (i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "reads standard input and takes no file (%s)",
                               argv[i]);

        struct blurber m = { words_new(), arena_new(WORK_MAX_B), n };

        rc = lines_run(stdout, answer, &m, &env->err);
        words_free(m.words);
        arena_free(m.a);
        return rc;
}
