#include "story/kind.h"

#include <assert.h>
#include <stdint.h>
#include <threads.h>

#include "base/url.h"

#define LABEL_MAX_B 40 /* a longer front or end of a title is no mark */
#define START_B 160    /* of a summary: its dateline */
#define DIGEST_PARTS 3 /* "A falls; B rises; C dies" */
#define PART_MIN_B 12
#define LIFE_MIN 15 /* years */
#define LIFE_MAX 125

enum kind {
        SPONSORED,
        FILLER,
        RELEASE,
        ROUNDUP,
        OPINION,
        CULTURE,
        MAGAZINE,
        LIVE,
        OBITUARY,
        NEWS,
        KIND_COUNT
};

enum where { LABEL, TITLE, INSIDE, PATH, HOST, START }; /* see kind.def */

static const struct kind_row {
        struct str name;
        bool is_voice, is_printed;
} kinds[KIND_COUNT] = {
        [SPONSORED] = { STR_INIT("sponsored"), false, false },
        [FILLER] = { STR_INIT("filler"), false, false },
        [RELEASE] = { STR_INIT("release"), false, false },
        [ROUNDUP] = { STR_INIT("roundup"), false, false },
        [OPINION] = { STR_INIT("opinion"), false, true },
        [CULTURE] = { STR_INIT("culture"), false, true },
        [MAGAZINE] = { STR_INIT("magazine"), false, true },
        [LIVE] = { STR_INIT("live"), true, true },
        [OBITUARY] = { STR_INIT("obituary"), true, true },
        [NEWS] = { STR_INIT("news"), true, true },
};

static const struct sign {
        enum kind kind;
        enum where where;
        struct str words;
} signs[] = {
#define SIGN(kind, where, words) { kind, where, STR_INIT(words) },
#include "story/kind.def"
#undef SIGN
};

/* What a title is looked at for. */
struct look {
        struct str title, path, host, start;
        struct str labels[4];
        size_t n_labels;
};

static void add_label(struct look *l, struct str s)
{
        s = str_trim(s);
        if (s.n && s.n <= LABEL_MAX_B)
                l->labels[l->n_labels++] = s;
}

static const char *const bars[] = { " | ", " - ", " \u2013 ", " \u2014 " };

#define BARS (sizeof(bars) / sizeof(*bars))

/* "Opinion: ...", "Opinion | ...", "Opinion - ..." */
static void add_front(struct look *l)
{
        size_t end = str_chr(l->title, ':', 0), bar = str_chr(l->title, '|', 0);

        if (bar < end)
                end = bar;
        for (size_t k = 0; k < BARS; k++) {
                bar = str_find(l->title, str_c(bars[k]), 0);
                if (bar < end)
                        end = bar;
        }
        if (end != STR_NONE)
                add_label(l, str_sub(l->title, 0, end));
}

/* "... | Opinion", "... - Opinion": what stands behind the last of them. */
static void add_back(struct look *l)
{
        struct str best = STR_NULL;

        for (size_t k = 0; k < BARS; k++) {
                struct str bar = str_c(bars[k]);

                for (size_t at = str_find(l->title, bar, 0); at != STR_NONE;
                     at = str_find(l->title, bar, at + 1)) {
                        struct str tail =
                                str_sub(l->title, at + bar.n, l->title.n);
                        if (!best.p || tail.n < best.n)
                                best = tail;
                }
        }
        add_label(l, best);
}

static char closing(char open)
{
        return open == '[' ? ']' : open == '(' ? ')' : 0;
}

/* "[Anzeige] ...", "... (Opinion)" */
static void add_brackets(struct look *l)
{
        struct str t = l->title;
        char last = t.n ? t.p[t.n - 1] : 0;

        if (t.n && closing(t.p[0])) {
                size_t end = str_chr(t, closing(t.p[0]), 1);

                if (end != STR_NONE)
                        add_label(l, str_sub(t, 1, end - 1));
        }
        if (last != ']' && last != ')')
                return;
        for (size_t i = t.n - 1; i-- > 0;) {
                if (closing(t.p[i]) == last) {
                        add_label(l, str_sub(t, i + 1, t.n - i - 2));
                        return;
                }
        }
}

/* --- the words of kind.def, where they are found at once --- */

#define SLOTS 4096 /* a power of two, far more than there are words */

static struct entry {
        struct str word;
        enum kind kind;
        enum where where;
        uint16_t next; /* of the same slot, index + 1 */
} entries[SLOTS / 2];
static uint16_t slots[SLOTS];
static uint64_t pairs[(1 << 16) / 64]; /* how INSIDE words begin */
static size_t n_entries;
static once_flag once = ONCE_FLAG_INIT;

/* FNV-1a of a word without regard to case, so much of it as is looked up by. */
static size_t slot_of(enum where where, struct str word)
{
        uint32_t h = 2166136261u ^ where;

        for (size_t i = 0; i < word.n; i++)
                h = (h ^ (unsigned char)chr_lower(word.p[i])) * 16777619u;
        return (h ^ h >> 15) & (SLOTS - 1);
}

/* TITLE and INSIDE words are looked up by their first two bytes. */
static struct str key_of(enum where where, struct str word)
{
        return where == TITLE || where == INSIDE ? str_sub(word, 0, 2) : word;
}

static size_t pair_of(struct str s)
{
        return (size_t)(unsigned char)chr_lower(s.p[0]) << 8 |
               (unsigned char)chr_lower(s.p[1]);
}

static void add_entry(const struct sign *s, struct str word)
{
        size_t slot = slot_of(s->where, key_of(s->where, word));
        struct entry *e = &entries[n_entries++];

        assert(n_entries < SLOTS / 2 && word.n > 1);
        *e = (struct entry) { word, s->kind, s->where, slots[slot] };
        slots[slot] = (uint16_t)n_entries;
        if (s->where == INSIDE)
                pairs[pair_of(word) / 64] |= 1ull << pair_of(word) % 64;
}

static void fill_entries(void)
{
        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
                struct str rest = signs[i].words, word;

                while (str_cut(&rest, '|', &word))
                        add_entry(&signs[i], word);
        }
}

/* Begins with these words, and not with longer ones ("Lottozahlenstreit"). */
static bool begins(struct str text, struct str words)
{
        char next = text.n > words.n ? text.p[words.n] : ' ';

        return str_starts_nocase(text, words) &&
               (!chr_is_alnum(words.p[words.n - 1]) || !chr_is_alnum(next));
}

static bool is_at(const struct entry *e, struct str text)
{
        if (e->where == TITLE)
                return begins(text, e->word);
        if (e->where == INSIDE)
                return str_starts_nocase(text, e->word);
        return str_eq_nocase(text, e->word);
}

/* The first kind that has a word at the start of text, or best. */
static enum kind at(enum where where, struct str text, enum kind best)
{
        uint16_t i = slots[slot_of(where, key_of(where, text))];

        for (; i; i = entries[i - 1].next)
                if (entries[i - 1].where == where &&
                    entries[i - 1].kind < best && is_at(&entries[i - 1], text))
                        best = entries[i - 1].kind;
        return best;
}

static enum kind inside(struct str title, enum kind best)
{
        for (; title.n > 1; title = str_sub(title, 1, title.n)) {
                size_t pair = pair_of(title);

                if (pairs[pair / 64] >> pair % 64 & 1)
                        best = at(INSIDE, title, best);
        }
        return best;
}

static enum kind in_path(struct str path, enum kind best)
{
        struct str part;

        /* what stands last names the page and is no folder */
        while (str_cut(&path, '/', &part) && path.p)
                if (part.n)
                        best = at(PATH, part, best);
        return best;
}

static bool is_host(struct str host, struct str name)
{
        size_t n = host.n - name.n;

        return host.n >= name.n &&
               str_eq_nocase(str_sub(host, n, name.n), name) &&
               (!n || host.p[n - 1] == '.');
}

/* Few words, which may stand anywhere in a host or a dateline. */
static enum kind in_few(enum where where, struct str text, enum kind best)
{
        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
                struct str rest = signs[i].words, word;

                if (signs[i].where != where || signs[i].kind >= best)
                        continue;
                while (str_cut(&rest, '|', &word))
                        if (where == HOST ? is_host(text, word)
                                          : str_find(text, word, 0) != STR_NONE)
                                return signs[i].kind;
        }
        return best;
}

/* Several headlines in one: "Minister resigns; ports reopen; whale sings". */
static bool is_digest(struct str title)
{
        struct str part;
        size_t n = 0;

        while (str_cut(&title, ';', &part))
                n += str_trim(part).n >= PART_MIN_B;
        return n >= DIGEST_PARTS;
}

/* The year that four bytes are; 0: none. */
static int year_of(struct str s)
{
        int year = 0;

        for (size_t i = 0; i < 4; i++) {
                if (i >= s.n || !chr_is_digit(s.p[i]))
                        return 0;
                year = year * 10 + (s.p[i] - '0');
        }
        return year;
}

/* "Marta Dunmore, 1937-2026": two years as far apart as a life is long. */
static bool is_life(struct str title)
{
        struct str t = title;

        while (t.n && (t.p[t.n - 1] == ')' || t.p[t.n - 1] == '.'))
                t.n--;
        for (size_t gap = 1; gap <= 3; gap += 2) { /* a hyphen or a dash */
                if (t.n < 8 + gap)
                        continue;

                struct str mark = str_sub(t, t.n - 4 - gap, gap);
                int to = year_of(str_sub(t, t.n - 4, 4)),
                    from = year_of(str_sub(t, t.n - 8 - gap, 4));

                if (from && to - from >= LIFE_MIN && to - from <= LIFE_MAX &&
                    (str_eq(mark, STR("-")) || str_eq(mark, STR("\u2013"))))
                        return true;
        }
        return false;
}

static enum kind of_feed(struct str kind)
{
        for (enum kind k = 0; k < KIND_COUNT; k++)
                if (str_eq(kind, kinds[k].name))
                        return k;
        return NEWS;
}

static enum kind of_signs(const struct look *l, enum kind best)
{
        call_once(&once, fill_entries);
        for (size_t i = 0; i < l->n_labels; i++)
                best = at(LABEL, l->labels[i], best);
        best = at(TITLE, l->title, best);
        best = inside(l->title, best);
        best = in_path(l->path, best);
        best = in_few(HOST, l->host, best);
        return in_few(START, l->start, best);
}

static enum kind judge(const struct article *art)
{
        struct url url = url_split(art->url);
        struct look l = { .title = str_trim(art->title),
                          .path = url.path,
                          .host = url.host,
                          .start = str_sub(art->summary, 0, START_B) };
        enum kind feed = of_feed(art->kind), kind;

        add_front(&l);
        add_back(&l);
        add_brackets(&l);
        /* What its feed says is outdone only by what is never printed. */
        kind = of_signs(&l, feed < NEWS ? OPINION : NEWS);
        if (kind < OPINION)
                return kind;
        if (feed < NEWS)
                return feed;
        if (str_eq(art->mark, STR("opinion")))
                return OPINION;
        if (kind > ROUNDUP && is_digest(l.title))
                return ROUNDUP;
        if (kind == NEWS && str_eq(art->mark, STR("live")))
                return LIVE;
        return kind == NEWS && is_life(l.title) ? OBITUARY : kind;
}

struct str kind_of(const struct article *art)
{
        return kinds[judge(art)].name;
}

bool kind_is_news(const struct article *art)
{
        return kinds[judge(art)].is_voice;
}

bool kind_is_voice(struct str kind)
{
        return kinds[of_feed(kind)].is_voice;
}

bool kind_is_printed(struct str kind)
{
        return kinds[of_feed(kind)].is_printed;
}
