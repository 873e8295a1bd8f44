#include "wire/extract_body.h"

#include <math.h>

#include "base/arena.h"
#include "base/limits.h"

#define LEN_MAX 1500 /* a longer block tells no more of where the text is */
#define GOOD_LEN 60
#define CELL_MAX 60 /* a longer cell speaks for itself */
#define CELLS_MIN 4
#define GOOD 1.5
#define KEPT_MIN 250 /* less is hardly an article */
#define SURE_MIN (-2.5)
#define BAR_MIN (-2.0)

static const struct {
        double first, second;
} weights[MARK_COUNT] = {
#define MARK(name, first, second) { first, second },
#include "wire/extract_weights.def"
#undef MARK
};

static double sum(const struct block *b, bool is_second)
{
        double sum = 0;

        for (unsigned k = 0; k < MARK_WORDS; k++)
                for (uint64_t bits = b->marks[k]; bits; bits &= bits - 1) {
                        unsigned i = k * 64 + (unsigned)__builtin_ctzll(bits);

                        sum += is_second ? weights[i].second : weights[i].first;
                }
        return sum;
}

/* What a block adds to a place: its size, for or against. */
static double gain(const struct block *b, double kindness)
{
        double len = b->len < LEN_MAX ? b->len : LEN_MAX;

        return len * tanh((b->first + kindness) / 2);
}

/* The node with the largest sum of gains; of equal ones the innermost. sums
 * has gains before each block. */
static size_t find_place(const struct survey *s, const double *sums)
{
        const struct tree *t = s->tree;
        size_t best = STR_NONE, from = 0;
        double most = -INFINITY;

        for (size_t i = 0; i < t->n; i++) {
                size_t lo, hi = s->n_blocks;
                double gains;

                bool is_inline =
                        !(tag_flags(t->nodes[i].tag) & (TAG_BLOCK | TAG_PART));

                if (t->nodes[i].is_text)
                        continue;
                while (from < s->n_blocks && s->blocks[from].from < i)
                        from++;
                for (lo = from; lo < hi;) {
                        size_t mid = lo + (hi - lo) / 2;

                        if (s->blocks[mid].from < t->nodes[i].end)
                                lo = mid + 1;
                        else
                                hi = mid;
                }
                gains = sums[hi] - sums[from];
                /* What is inline may stand around blocks all the same. */
                if (hi > from + is_inline && gains >= most) {
                        most = gains;
                        best = i;
                }
        }
        return best == STR_NONE ? 0 : best;
}

/* A paragraph alone is not the place but in it. */
static size_t around(const struct tree *t, size_t i)
{
        while (t->nodes[i].parent != TREE_TOP &&
               (t->nodes[i].tag == TAG_p || t->nodes[i].tag == TAG_li ||
                t->nodes[i].tag == TAG_blockquote ||
                tag_flags(t->nodes[i].tag) & TAG_HEADING))
                i = t->nodes[i].parent;
        return i;
}

static bool is_good(const struct block *b)
{
        return b->first > 0 && b->len >= GOOD_LEN;
}

/* The node some levels up, as far as there is one. */
static size_t above(const struct tree *t, size_t i, int levels)
{
        while (levels-- && t->nodes[i].parent != TREE_TOP)
                i = t->nodes[i].parent;
        return i;
}

static bool is_within(const struct tree *t, const struct block *b, size_t i)
{
        return b->from >= i && b->from < t->nodes[i].end;
}

static void mark_neighbours(struct survey *s, size_t i)
{
        struct block *b = &s->blocks[i];

        if (i && b[-1].first > GOOD)
                block_mark(b, MARK_prev_good);
        if (i && b[-1].first < -GOOD)
                block_mark(b, MARK_prev_bad);
        if (i + 1 < s->n_blocks && b[1].first > GOOD)
                block_mark(b, MARK_next_good);
        if (i + 1 < s->n_blocks && b[1].first < -GOOD)
                block_mark(b, MARK_next_bad);
}

static void mark_place(struct survey *s, size_t place)
{
        const struct tree *t = s->tree;
        size_t near = above(t, place, 2), n_good = 0, seen = 0;

        for (size_t i = 0; i < s->n_blocks; i++)
                n_good += is_within(t, &s->blocks[i], place) &&
                          is_good(&s->blocks[i]);
        for (size_t i = 0; i < s->n_blocks; i++) {
                struct block *b = &s->blocks[i];
                bool is_in = is_within(t, b, place);

                mark_neighbours(s, i);
                if (is_in && !seen && !is_good(b))
                        block_mark(b, MARK_body_first);
                else if (is_in && seen == n_good)
                        block_mark(b, MARK_body_last);
                if (is_in)
                        block_mark(b, MARK_body_in);
                else if (is_within(t, b, near))
                        block_mark(b, MARK_body_near);
                if (!is_in && (block_has(b, MARK_near_odd) ||
                               block_has(b, MARK_in_aside) ||
                               block_has(b, MARK_in_footer)))
                        block_mark(b, MARK_out_odd);
                if (!is_within(t, b, near))
                        block_mark(b, MARK_out_far);
                if (!is_in)
                        block_mark(b, b->from < place ? MARK_body_before
                                                      : MARK_body_after);
                seen += is_in && is_good(b);
        }
}

/* What is never of the text: the title, which is told apart from it, and what
 * stands under pictures. */
static bool is_apart(const struct block *b)
{
        return b->is_others ||
               (block_has(b, MARK_text_title) &&
                (tag_flags(b->tag) & TAG_HEADING ||
                 !block_has(b, MARK_tag_p))) ||
               (block_has(b, MARK_in_figure) && block_has(b, MARK_in_caption));
}

/* Is it one of a run of plain paragraphs in the article's place? Such a run is
 * the article, whatever one of them says. */
static bool is_sure(const struct block *b)
{
        return b->second > SURE_MIN && block_has(b, MARK_run_plain) &&
               block_has(b, MARK_body_in);
}

static bool may_be_kind(const struct block *b)
{
        return block_has(b, MARK_body_in) && !block_has(b, MARK_text_date) &&
               !block_has(b, MARK_name_COMMENT) &&
               !block_has(b, MARK_near_odd) && !block_has(b, MARK_link_all) &&
               !block_has(b, MARK_link_most);
}

/* Keep what is above the bar; its size. */
static size_t keep_above(struct survey *s, double bar)
{
        size_t len = 0;

        for (size_t i = 0; i < s->n_blocks; i++) {
                struct block *b = &s->blocks[i];

                b->is_kept = (b->second > 0 || is_sure(b) ||
                              (b->second > bar && may_be_kind(b))) &&
                             !is_apart(b);
                len += b->is_kept ? b->len : 0;
        }
        return len;
}

static bool is_cell(const struct block *b)
{
        return (b->tag == TAG_td || b->tag == TAG_th) && b->len <= CELL_MAX &&
               block_has(b, MARK_body_in) && !block_has(b, MARK_link_all);
}

/* Find the place, each block judged better than it is by as much, and judge
 * again. */
static size_t judge(struct survey *s, double kindness)
{
        static const enum mark of_place[] = { MARK_body_in,     MARK_body_near,
                                              MARK_body_before, MARK_body_after,
                                              MARK_body_first,  MARK_body_last,
                                              MARK_out_odd,     MARK_out_far };
        struct block *b = s->blocks;
        double *sums = arena_array(s->a, s->n_blocks + 1, sizeof(*sums));

        for (size_t i = 0; i < s->n_blocks; i++) {
                for (size_t k = 0; k < sizeof(of_place) / sizeof(*of_place);
                     k++)
                        block_unmark(&b[i], of_place[k]);
                sums[i + 1] = sums[i] + gain(&b[i], kindness);
        }
        size_t place = around(s->tree, find_place(s, sums));
        mark_place(s, place);
        for (size_t i = 0; i < s->n_blocks; i++)
                b[i].second = sum(&b[i], true);
        return place;
}

/* Cells tell nothing one by one: a table of which half is kept is kept. Runs
 * of cells without a longer block between stand for tables. */
static void complete_tables(struct survey *s)
{
        for (size_t i = 0, end; i < s->n_blocks; i = end + 1) {
                size_t kept = 0;

                for (end = i; end < s->n_blocks && is_cell(&s->blocks[end]);
                     end++)
                        kept += s->blocks[end].is_kept;
                if (end - i < CELLS_MIN || kept * 2 < end - i)
                        continue;
                for (size_t k = i; k < end; k++)
                        s->blocks[k].is_kept = true;
        }
}

size_t extract_judge(struct survey *s)
{
        double bar = 0;
        size_t place;

        if (!s->n_blocks)
                return STR_NONE;
        for (size_t i = 0; i < s->n_blocks; i++) {
                s->blocks[i].first = sum(&s->blocks[i], false);
                s->all_n += s->blocks[i].len;
        }
        place = judge(s, 0);
        /* A page of which nearly nothing is kept is judged more kindly. */
        while (keep_above(s, bar) < KEPT_MIN && bar > BAR_MIN &&
               s->all_n > KEPT_MIN) {
                bar -= 0.5;
                place = judge(s, -bar);
        }
        complete_tables(s);
        return place;
}
