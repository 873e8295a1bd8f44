#include "wire/phrases.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#define HOLDS_MAX_B 200 /* in longer lines a word says nothing */
#define STARTS_MAX_B 250
#define NONE UINT16_MAX

static const struct row {
        unsigned bit;
        bool is_start;
        struct str text;
} rows[] = {
#define STARTS(kind, text) { 1U << PHRASE_##kind, true, STR_INIT(text) },
#define HOLDS(kind, text) { 1U << PHRASE_##kind, false, STR_INIT(text) },
#include "wire/phrases.def"
#undef STARTS
#undef HOLDS
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

/* Rows in chains by their first byte, of each sort their own. */
struct phrases {
        uint16_t starts[256], holds[256], next[N_ROWS];
};

const struct phrases *phrases_new(struct arena *a)
{
        struct phrases *p = arena_alloc(a, sizeof(*p));

        memset(p->starts, 0xFF, sizeof(p->starts));
        memset(p->holds, 0xFF, sizeof(p->holds));
        for (size_t i = N_ROWS; i-- > 0;) {
                unsigned char c = (unsigned char)rows[i].text.p[0];
                uint16_t *head =
                        rows[i].is_start ? &p->starts[c] : &p->holds[c];

                p->next[i] = *head;
                *head = (uint16_t)i;
        }
        return p;
}

/* A beginning ends where a word does, unless it says "*". */
static bool fits(const struct row *row, struct str rest)
{
        struct str text = row->text;

        if (text.p[text.n - 1] == '*')
                return str_starts(rest, str_sub(text, 0, text.n - 1));
        if (!str_starts(rest, text))
                return false;
        return !row->is_start || rest.n == text.n ||
               !chr_is_alpha(text.p[text.n - 1]) ||
               !chr_is_alpha(rest.p[text.n]);
}

static unsigned follow(const struct phrases *p, uint16_t i, struct str rest)
{
        unsigned bits = 0;

        for (; i != NONE; i = p->next[i])
                if (fits(&rows[i], rest))
                        bits |= rows[i].bit;
        return bits;
}

/* The line in small letters, as much of it as there is room for. */
static struct str make_small(char *to, struct str line)
{
        struct buf out;

        buf_over(&out, to, STARTS_MAX_B + 8);
        while (line.n && out.n < STARTS_MAX_B)
                if ((unsigned char)line.p[0] < 0x80) {
                        buf_char(&out, chr_lower(line.p[0]));
                        line = str_sub(line, 1, line.n);
                } else {
                        utf8_put(&out, utf8_small(utf8_next(&line)));
                }
        return buf_str(&out);
}

/* Lines of any length begin with these. */
#define LONG_KINDS (1U << PHRASE_CONSENT | 1U << PHRASE_WALL)

unsigned phrases_read(const struct phrases *p, struct str line)
{
        char small[STARTS_MAX_B + 8];
        struct str s = make_small(small, line);
        unsigned bits;

        if (!s.n)
                return 0;
        bits = follow(p, p->starts[(unsigned char)small[0]], s);
        if (line.n > STARTS_MAX_B)
                return bits & LONG_KINDS;
        for (size_t i = 0; i < s.n && s.n <= HOLDS_MAX_B; i++) {
                uint16_t head = p->holds[(unsigned char)small[i]];

                if (head != NONE)
                        bits |= follow(p, head, str_sub(s, i, s.n));
        }
        return bits;
}
