#include "edition/sentences.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

/* One run's text onto b, white space folded to single blanks. */
static void put_folded(struct buf *b, struct str s)
{
        while (s.n) {
                const char *at = s.p;
                uint32_t c = utf8_next(&s);

                if (!utf8_is_space(c))
                        buf_put(b, (struct str) { at, (size_t)(s.p - at) });
                else if (b->n && b->p[b->n - 1] != ' ')
                        buf_char(b, ' ');
        }
}

struct prose prose_of(struct arena *a, const struct run *runs, size_t n)
{
        struct prose p = { .spans = arena_array(a, n + 1, sizeof(*p.spans)) };
        struct buf b;
        bool is_lead_in = true;

        buf_init(&b, LIMIT_COPY_B);
        for (size_t i = 0; i < n; i++) {
                size_t from = b.n;

                if (runs[i].is_break)
                        put_folded(&b, STR(" "));
                else
                        put_folded(&b, runs[i].text);
                is_lead_in &= runs[i].is_strong;
                if (is_lead_in)
                        p.body = b.n;
                if (!runs[i].url.n)
                        continue;
                if (p.n_spans &&
                    str_eq(p.spans[p.n_spans - 1].url, runs[i].url) &&
                    p.spans[p.n_spans - 1].to == from)
                        p.spans[p.n_spans - 1].to = b.n;
                else
                        p.spans[p.n_spans++] =
                                (struct span) { from, b.n, runs[i].url };
        }
        p.text = arena_str(a, buf_str(&b));
        if (!p.text.p)
                p.text = STR("");
        while (p.text.n && p.text.p[p.text.n - 1] == ' ')
                p.text.n--;
        buf_done(&b);
        return p;
}

static bool is_stop(uint32_t c)
{
        return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f ||
               c == 0x6d4 || c == 0x964;
}

/* Stops after which no blank stands. */
static bool is_wide_stop(uint32_t c)
{
        return c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

static bool is_closer(uint32_t c)
{
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201c ||
               c == 0x201d || c == 0x2019 || c == 0xbb || c == 0xab ||
               c == 0x203a || c == 0x300d || c == 0x300f;
}

static bool in_link(const struct prose *p, size_t at)
{
        for (size_t i = 0; i < p->n_spans; i++)
                if (at > p->spans[i].from && at < p->spans[i].to)
                        return true;
        return false;
}

size_t prose_skip_space(const struct prose *p, size_t from)
{
        while (from < p->text.n && p->text.p[from] == ' ')
                from++;
        return from;
}

size_t prose_sentence_end(const struct prose *p, size_t from)
{
        struct str rest = str_sub(p->text, from, p->text.n);
        bool is_stopped = false;

        while (rest.n) {
                struct str before = rest;
                uint32_t c = utf8_next(&rest);
                size_t at = p->text.n - before.n;

                if (is_stopped && c == ' ' && !in_link(p, at))
                        return at;
                /* A closing mark after a blank: French guillemets. */
                is_stopped = is_stop(c) || (is_stopped && is_closer(c));
                if (is_wide_stop(c) && !in_link(p, at)) {
                        while (rest.n) {
                                struct str peek = rest;

                                if (!is_closer(utf8_next(&peek)))
                                        break;
                                rest = peek;
                        }
                        return p->text.n - rest.n;
                }
        }
        return p->text.n;
}
