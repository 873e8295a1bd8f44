/*
 * The blocks of a page with their marks, as JSON, for extract_learn.py: one
 * line a page, from JSON Lines {"id","file"} on standard input.
 */

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cmd/lines.h"
#include "wire/charset.h"
#include "wire/extract_body.h"
#include "wire/extract_meta.h"
#include "wire/tree.h"

static void put_block(struct json *j, const struct block *b)
{
        json_open(j, '{');
        json_key(j, "text");
        json_str(j, b->text);
        json_key(j, "marks");
        json_open(j, '[');
        for (unsigned i = 0; i < MARK_COUNT; i++)
                if (block_has(b, i))
                        json_int(j, i);
        json_close(j, ']');
        json_key(j, "first");
        json_double(j, b->first);
        json_key(j, "second");
        json_double(j, b->second);
        json_close(j, '}');
}

static int answer(void *ctx, const json_t *line, struct json *out,
                  struct err *err)
{
        struct arena *a = ctx;
        struct gleaner g;
        struct survey s;
        struct tree t;
        struct str bytes;

        arena_reset(a);
        int rc = file_read(a, arena_cstr(a, lines_str(line, "file")),
                           LIMIT_PAGE_B, &bytes, err);
        if (rc == 0)
                rc = tree_parse(a, charset_to_utf8(a, bytes, STR_NULL, NULL),
                                &t, err);
        if (rc < 0)
                return rc;
        glean(a, &t, lines_str(line, "url"), &g);
        survey_page(a, &t, extract_title(&g), &s);
        extract_judge(&s);
        json_open(out, '{');
        json_key(out, "id");
        json_str(out, lines_str(line, "id"));
        json_key(out, "blocks");
        json_open(out, '[');
        for (size_t i = 0; i < s.n_blocks; i++)
                put_block(out, &s.blocks[i]);
        json_close(out, ']');
        json_close(out, '}');
        return 0;
}

int main(void)
{
        struct arena *a = arena_new((size_t)1 << 30);
        struct err err = { 0 };
        int rc = lines_run(stdout, answer, a, &err);

        if (rc < 0)
                fprintf(stderr, "%s\n", err.msg);
        arena_free(a);
        return rc < 0;
}
