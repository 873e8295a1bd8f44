#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edition/attrs.h"
#include "edition/blocks.h"
#include "edition/copy.h"
#include "edition/front.h"

static const char *const kind_names[] = {
        [SECTION_GREETING] = "greeting",
        [SECTION_LEAD] = "lead",
        [SECTION_AGENDA] = "agenda",
        [SECTION_STORIES] = "stories",
        [SECTION_READING] = "reading",
        [SECTION_MAGAZINE] = "magazine",
        [SECTION_CHART] = "chart",
        [SECTION_QUIZ] = "quiz",
        [SECTION_BREAK] = "break",
        [SECTION_CORRECTIONS] = "corrections",
        [SECTION_OTHER] = "",
};

const char *copy_kind_name(enum section_kind kind)
{
        return kind_names[kind];
}

int reader_fail(struct reader *r, const char *at, enum err_code code,
                const char *fmt, ...)
{
        char msg[ERR_MSG_MAX];
        int line = 1;
        size_t start = 0, end = 0;
        va_list ap;

        if (at >= r->text.p && at <= r->text.p + r->text.n)
                end = (size_t)(at - r->text.p);
        for (size_t i = 0; i < end; i++) {
                if (r->text.p[i] == '\n') {
                        line++;
                        start = i + 1;
                }
        }
        va_start(ap, fmt);
        (void)vsnprintf(msg, sizeof(msg), fmt, ap);
        va_end(ap);
        return err_set(r->err, code, "line %d, column %zu: %s", line,
                       utf8_count(str_sub(r->text, start, end - start)) + 1,
                       msg);
}

/* A copy of text in a whose lines all end in LF, without a byte order mark. */
static struct str take_text(struct arena *a, struct str text)
{
        if (str_starts(text, STR("\xEF\xBB\xBF")))
                text = str_sub(text, 3, text.n);

        char *p = arena_alloc(a, text.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < text.n; i++) {
                bool is_cr = text.p[i] == '\r';

                if (is_cr && i + 1 < text.n && text.p[i + 1] == '\n')
                        continue;
                p[n++] = is_cr ? '\n' : text.p[i];
        }
        return (struct str) { p, n };
}

static int check_bytes(struct reader *r)
{
        struct str rest = r->text;

        while (rest.n) {
                const char *at = rest.p;
                uint32_t c = utf8_next(&rest);
                bool is_bad = c == UTF8_BAD && (size_t)(rest.p - at) < 3;

                if (is_bad)
                        return reader_fail(r, at, ERR_INPUT,
                                           "this is not UTF-8 text");
                if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
                        return reader_fail(r, at, ERR_INPUT,
                                           "the control character U+%04X has "
                                           "no place in a copy",
                                           (unsigned)c);
        }
        return 0;
}

static struct line *cut_lines(struct arena *a, struct str text, size_t *ret_n)
{
        struct str rest = text, s;
        size_t n = 0, max = 1;

        for (size_t i = 0; i < text.n; i++)
                max += text.p[i] == '\n';

        struct line *lines = arena_array(a, max, sizeof(*lines));

        while (str_cut(&rest, '\n', &s)) {
                lines[n] = (struct line) { s, (int)n + 1 };
                n++;
        }
        *ret_n = n;
        return lines;
}

static enum section_kind find_kind(struct str name)
{
        for (size_t k = 0; k < SECTION_OTHER; k++)
                if (str_eq(name, str_c(kind_names[k])))
                        return (enum section_kind)k;
        return SECTION_OTHER;
}

/* The class that names the kind leaves attrs: the first known one, else the
 * first. */
static void take_kind(struct section *s)
{
        size_t found = s->attrs.n;

        s->kind = SECTION_OTHER;
        s->name = STR("");
        for (size_t i = 0; i < s->attrs.n; i++) {
                const struct attr *at = &s->attrs.items[i];

                if (at->key.n)
                        continue;
                if (found == s->attrs.n)
                        found = i;
                if (find_kind(at->value) != SECTION_OTHER) {
                        found = i;
                        break;
                }
        }
        if (found == s->attrs.n)
                return;
        s->name = s->attrs.items[found].value;
        s->kind = find_kind(s->name);
        for (size_t i = found + 1; i < s->attrs.n; i++)
                s->attrs.items[i - 1] = s->attrs.items[i];
        s->attrs.n--;
}

static bool is_section(const struct block *b)
{
        return b->kind == BLOCK_HEADING && b->level <= 2;
}

static void open_section(struct section *s, const struct block *b)
{
        *s = (struct section) { .heading = b->text,
                                .runs = b->runs,
                                .n_runs = b->n_runs,
                                .attrs = b->attrs,
                                .level = b->level,
                                .line = b->line };
        take_kind(s);
}

/* Blocks in one row into sections at each heading of level 1 or 2. */
static void cut_sections(struct arena *a, struct block *blocks, size_t n,
                         struct edition *e)
{
        size_t count = 1;

        for (size_t i = 0; i < n; i++)
                count += is_section(&blocks[i]);
        e->sections = arena_array(a, count, sizeof(*e->sections));
        for (size_t i = 0; i < n;) {
                struct section *s = &e->sections[e->n_sections++];

                if (is_section(&blocks[i]))
                        open_section(s, &blocks[i++]);
                else
                        *s = (struct section) { .kind = SECTION_GREETING,
                                                .name = STR("greeting"),
                                                .line = blocks[i].line };
                s->blocks = blocks + i;
                while (i < n && !is_section(&blocks[i]))
                        i++;
                s->n_blocks = (size_t)(blocks + i - s->blocks);
        }
}

int copy_read(struct arena *a, struct str text, struct edition **ret,
              struct err *err)
{
        struct reader r = { .a = a, .err = err };
        struct edition *e = arena_alloc(a, sizeof(*e));
        struct block *blocks = NULL;
        size_t n, body = 0, n_blocks = 0;

        if (text.n > LIMIT_COPY_B)
                return err_set(err, ERR_LIMIT,
                               "the copy is larger than %d bytes",
                               LIMIT_COPY_B);
        r.text = take_text(a, text);
        int rc = check_bytes(&r);

        if (rc < 0)
                return rc;
        struct line *lines = cut_lines(a, r.text, &n);

        rc = front_read(&r, lines, n, e, &body);
        if (rc == 0)
                rc = blocks_read(&r, lines + body, n - body, 0, &blocks,
                                 &n_blocks);
        if (rc < 0)
                return rc;
        if (!e->language.n)
                e->language = STR("en");
        cut_sections(a, blocks, n_blocks, e);
        *ret = e;
        return 0;
}
