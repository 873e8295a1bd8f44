#include <string.h>

#include "base/arena.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/extract_meta.h"
#include "wire/names.h"
#include "wire/phrases.h"

#define TEXT_MAX_B 300
#define WORDS_MAX 7
#define LINE_MAX_B 250
#define LINES_MAX 2000 /* that are looked at */
#define START_MAX_B 30
/* How well a line must fit to be believed. */
#define SURE 6
#define LIKELY (-4)
#define ANY (-100)
#define ZONED_MIN_B 16 /* "2026-03-06T07:00" */
#define YEAR_MIN 1990  /* older than the web */
#define YEAR_MAX 2100

/* The date of publication, so far as it was found. */
struct found {
        struct date_told told; /* at is TIME_NONE: not yet */
        struct str language;
};

static bool is_token_end(struct str s, size_t i)
{
        return i == s.n || chr_is_space(s.p[i]) || strchr("|()", s.p[i]);
}

static bool is_plausible(int64_t at)
{
        int year = time_to_civil(at).year;

        return year >= YEAR_MIN && year <= YEAR_MAX;
}

/* How many digits, of any script, stand in s. */
static size_t count_digits(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                unsigned char d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

                n += chr_is_digit((char)c) ||
                     (c == 0xD9 && d >= 0xA0 && d <= 0xA9) ||   /* Arabic */
                     (c == 0xDB && d >= 0xB0 && d <= 0xB9) ||   /* Persian */
                     (c == 0xE0 && (d == 0xA5 || d == 0xA7)) || /* Indic */
                     (c == 0xEF && d == 0xBC);                  /* wide */
        }
        return n;
}

/* A date that starts at from: the longest run of words that is one. Most words
 * are none's beginning, and most runs lack the digits of a year. */
static bool date_at(struct str s, size_t from, struct date_told *ret)
{
        size_t ends[WORDS_MAX], n = 0;

        for (size_t i = from + 1; i <= s.n && n < WORDS_MAX; i++)
                if (is_token_end(s, i) && !chr_is_space(s.p[i - 1]))
                        ends[n++] = i;
        if (!n || count_digits(str_sub(s, from, ends[n - 1] - from)) < 3 ||
            !date_may_begin(str_sub(s, from, ends[0] - from)))
                return false;
        while (n > 0) {
                struct str part = str_sub(s, from, ends[--n] - from);

                while (part.n && strchr(",.;:-", part.p[part.n - 1]))
                        part.n--;
                if (part.n >= 8 && date_read(part, ret) == 0 &&
                    is_plausible(ret->at))
                        return true;
        }
        return false;
}

/* "02.12.19", as much of Europe writes it in sight. */
static bool short_date_at(struct str s, size_t from, int64_t *ret_at)
{
        int n[3];

        if (s.n < from + 8 || (s.n > from + 8 && !is_token_end(s, from + 8)))
                return false;
        for (size_t k = 0; k < 3; k++) {
                const char *p = s.p + from + 3 * k;

                if (!chr_is_digit(p[0]) || !chr_is_digit(p[1]) ||
                    (k < 2 && p[2] != '.'))
                        return false;
                n[k] = (p[0] - '0') * 10 + p[1] - '0';
        }
        struct civil c = { .year = 2000 + n[2], .month = n[1], .day = n[0] };
        if (n[0] < 1 || n[0] > 31 || n[1] < 1 || n[1] > 12)
                return false;
        *ret_at = time_from_civil(&c);
        return true;
}

/* The first date of that short sort in a line. */
static bool find_short_date(struct str s, int64_t *ret_at)
{
        for (size_t i = 0; i + 8 <= s.n; i++)
                if ((i == 0 || chr_is_space(s.p[i - 1])) &&
                    short_date_at(s, i, ret_at))
                        return true;
        return false;
}

bool extract_find_date(struct str text, struct date_told *ret)
{
        struct str s = str_sub(text, 0, TEXT_MAX_B);

        if (count_digits(s) < 3)
                return false;
        for (size_t i = 0; i < s.n; i++) {
                bool is_start = i == 0 || chr_is_space(s.p[i - 1]) ||
                                strchr("|(:>,-", s.p[i - 1]);

                if (is_start && !chr_is_space(s.p[i]) && date_at(s, i, ret))
                        return true;
        }
        return false;
}

static bool take(struct found *f, struct str text)
{
        if (f->told.at != TIME_NONE || !text.n)
                return false;
        return extract_find_date(text, &f->told);
}

/* "/2026/03/06/" in an address. */
static bool date_of_url(struct found *f, struct str url)
{
        for (size_t i = 0; i + 9 < url.n; i++) {
                struct civil c = { 0 };
                struct str s = str_sub(url, i, 12);
                int64_t y, m, d;
                char sep;

                if (!strchr("/-_=", s.p[0]))
                        continue;
                s = str_sub(s, 1, s.n);
                size_t before = s.n;
                if (scan_digits(&s, 4, &y) < 0 || before - s.n != 4 || !s.n)
                        continue;
                sep = s.p[0];
                if (!strchr("/-_", sep))
                        continue;
                s = str_sub(s, 1, s.n);
                if (scan_digits(&s, 2, &m) < 0 || !s.n || s.p[0] != sep)
                        continue;
                s = str_sub(s, 1, s.n);
                if (scan_digits(&s, 2, &d) < 0)
                        continue;
                c.year = (int)y;
                c.month = (int)m;
                c.day = (int)d;
                if (y < YEAR_MIN || y > YEAR_MAX || m < 1 || m > 12 || d < 1 ||
                    d > 31)
                        continue;
                f->told = (struct date_told) { .at = time_from_civil(&c),
                                               .is_day = true };
                return true;
        }
        return false;
}

static bool has_word(struct str s, const char *word)
{
        return str_find_nocase(s, str_c(word), 0) != STR_NONE;
}

#define ODD_PLACES                                                             \
        (IN_NAV | IN_ASIDE | IN_FOOTER | IN_DROP | IN_FORM | IN_HIDDEN)
#define ODD_NAMES                                                              \
        (NAME_IS(COMMENT) | NAME_IS(RELATED) | NAME_IS(TEASER) |               \
         NAME_IS(SIDE) | NAME_IS(FOOT) | NAME_IS(NAV) | NAME_IS(SHOP))

static bool is_odd(const struct survey *s, size_t i)
{
        return s->parts[i].in & ODD_PLACES || s->parts[i].all & ODD_NAMES;
}

static bool take_part(const struct gleaner *g, struct found *f, size_t i)
{
        const struct tree_node *n = &g->tree->nodes[i];

        return take(f, tree_attr(n, TREE_content)) ||
               take(f, tree_attr(n, TREE_datetime)) ||
               (n->tag == TAG_abbr && take(f, tree_attr(n, TREE_title))) ||
               take(f, tree_text(g->a, g->tree, i, TEXT_MAX_B));
}

/* Microdata, then the class that hAtom has for it. */
static void date_of_props(const struct gleaner *g, struct found *f)
{
        static const char *const props[] = { "datePublished", "dateCreated",
                                             "uploadDate" };

        for (size_t k = 0; k < sizeof(props) / sizeof(*props); k++)
                for (size_t i = 0; i < g->tree->n; i++) {
                        const struct tree_node *n = &g->tree->nodes[i];

                        if (n->n_attrs &&
                            (has_word(tree_attr(n, TREE_itemprop), props[k]) ||
                             has_word(tree_attr(n, TREE_property), props[k])) &&
                            take_part(g, f, i))
                                return;
                }
}

/* Time elements: the one called publication's, the first outside of boxes;
 * from round 2: the first of all. */
static void date_of_times(const struct gleaner *g, const struct survey *s,
                          struct found *f, int round)
{
        for (int last = round ? round : 1; round <= last; round++)
                for (size_t i = 0, n_times = 0;
                     i < g->tree->n && n_times < LINES_MAX; i++) {
                        const struct tree_node *n = &g->tree->nodes[i];
                        struct str names;

                        if (n->tag != TAG_time)
                                continue;
                        n_times++;
                        names = tree_attr(n, TREE_class);
                        if (round == 0 && !has_word(names, "publish") &&
                            !has_word(names, "entry-date"))
                                continue;
                        if (round < 2 &&
                            (is_odd(s, i) || has_word(names, "updated") ||
                             has_word(names, "modified")))
                                continue;
                        if (take_part(g, f, i))
                                return;
                }
}

/* How well a line that holds a date tells the article's own. */
static int fitness(const struct gleaner *g, const struct block *b)
{
        unsigned says = b->says;
        int n = 0;

        if (block_has(b, MARK_name_DATE))
                n += 3;
        if (block_has(b, MARK_name_META) || block_has(b, MARK_name_AUTHOR))
                n += 2;
        if (says & 1U << PHRASE_META)
                n += 2;
        if (says & 1U << PHRASE_AUTHOR)
                n += 1;
        if (block_has(b, MARK_text_date))
                n += 2;
        if (b->len < 60)
                n += 1;
        if (g->h1 != STR_NONE && b->from > g->h1)
                n += 1;
        if (block_has(b, MARK_body_in) || block_has(b, MARK_body_near))
                n += 1;
        if (has_word(b->text, "updated") || has_word(b->text, "modified") ||
            has_word(b->text, "aktualisiert") || has_word(b->text, "nderung"))
                n -= 2;
        if (says & 1U << PHRASE_LEGAL || has_word(b->text, "\xC2\xA9"))
                n -= 3;
        if (b->link_n * 2 > b->len)
                n -= 2;
        if (block_has(b, MARK_body_in) && !block_has(b, MARK_body_first) &&
            !block_has(b, MARK_body_last))
                n -= 3; /* in the midst of the text */
        return n;
}

/* In Chinese, Korean, Japanese and Hungarian the year stands first. */
static bool has_yy_first(struct str language)
{
        struct str s = str_sub(language, 0, 2);

        return str_eq_nocase(s, STR("zh")) || str_eq_nocase(s, STR("ko")) ||
               str_eq_nocase(s, STR("ja")) || str_eq_nocase(s, STR("hu"));
}

/* The line in sight that fits best; of equal ones the first. */
static void date_of_lines(const struct gleaner *g, const struct survey *s,
                          struct found *f, int least)
{
        bool is_strict = least > ANY;
        int best = least, tries = 0;

        for (size_t i = 0; i < s->n_blocks; i++) {
                const struct block *b = &s->blocks[i];
                struct str line = b->text;
                struct date_told told;
                int fits;

                if (line.n > LINE_MAX_B) /* "01.02.2022 In the port ..." */
                        line = utf8_clip(line, START_MAX_B);
                if (count_digits(line) < 3 ||
                    (is_strict && is_odd(s, b->holder)))
                        continue;
                fits = fitness(g, b);
                if (fits <= best || tries++ >= LINES_MAX)
                        continue;
                if (!extract_find_date(line, &told)) {
                        told = (struct date_told) { .is_day = true };
                        if (has_yy_first(f->language) ||
                            !find_short_date(line, &told.at))
                                continue;
                }
                best = fits;
                f->told = told;
        }
}

/* Pages that scripts write keep their facts in a script's JSON. */
static void date_of_scripts(const struct gleaner *g, struct found *f)
{
        static const char *const keys[] = {
                "\"datePublished\":\"",   "\"publishedDate\":\"",
                "\"published_at\":\"",    "\"publishedAt\":\"",
                "\"publishDate\":\"",     "\"publish_date\":\"",
                "\"publicationDate\":\"",
        };

        for (size_t i = 0; i + 1 < g->tree->n; i++) {
                const struct tree_node *n = &g->tree->nodes[i];

                if (n->tag != TAG_script || !n[1].is_text)
                        continue;
                for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
                        struct str text = n[1].text;
                        size_t at = str_find(text, str_c(keys[k]), 0);

                        if (at == STR_NONE)
                                continue;
                        text = str_sub(text, at + str_c(keys[k]).n, 40);
                        if (take(f, str_sub(text, 0, str_chr(text, '"', 0))))
                                return;
                }
        }
}

/* A day from the address: its hour, from a time element of that day. */
static void hour_of_day(const struct gleaner *g, const struct survey *s,
                        struct found *f)
{
        struct found seen = { .told.at = TIME_NONE };

        date_of_times(g, s, &seen, 0);
        if (seen.told.at == TIME_NONE)
                date_of_times(g, s, &seen, 2);
        if (seen.told.at == TIME_NONE || seen.told.is_day ||
            seen.told.at < f->told.at - TIME_DAY_S / 2 ||
            seen.told.at >= f->told.at + TIME_DAY_S * 3 / 2)
                return;
        f->told = seen.told;
}

static const char *const early[] = {
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "datePublished",
        "article:published",
        "article.published",
        "published_time",
        "published",
        "dc.date.issued",
        "dc.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.created",
        "dc.date.created",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publication-date",
        "publicationdate",
        "date_published",
        "article_date_original",
        "article.created",
        "sailthru.date",
        "parsely-pub-date",
        "cXenseParse:recs:publishtime",
        "cxenseparse:publishtime",
        "OriginalPublicationDate",
        "displaydate",
        "release_date",
        "rnews:datePublished",
        "citation_date",
        "citation_publication_date",
        "citation_online_date",
        "bt:pubDate",
        "dateCreated",
        "created",
        "timestamp",
        "last-modified-original",
        "video:release_date",
        NULL,
};

/* By these some mean the day on which the page was last made. */
static const char *const vague[] = { "date", "dc.date", "dcterms.date", NULL };

static const char *const late[] = {
        "article:modified_time",
        "og:updated_time",
        "og:modified_time",
        "dateModified",
        "last-modified",
        "dcterms.modified",
        "dc.date.modified",
        "dc.modified",
        "lastmod",
        "revised",
        NULL,
};

/* Where the page's other dates say in which zone its clocks run: that of the
 * first one which isn't told in UTC. */
static int64_t zone_of_page(const struct gleaner *g)
{
        struct date_told told;

        if (g->ld.change_offset_s)
                return g->ld.change_offset_s;
        for (size_t i = 0; i < g->n_metas; i++)
                if (g->metas[i].text.n >= ZONED_MIN_B &&
                    date_read(g->metas[i].text, &told) == 0 && told.offset_s)
                        return told.offset_s;
        for (size_t i = 0; i < g->tree->n; i++)
                if (g->tree->nodes[i].tag == TAG_time &&
                    date_read(tree_attr(&g->tree->nodes[i], TREE_datetime),
                              &told) == 0 &&
                    told.offset_s)
                        return told.offset_s;
        return 0;
}

static void look(const struct gleaner *g, const struct survey *s,
                 struct str canonical, struct found *f)
{
        for (size_t i = 0; early[i] && f->told.at == TIME_NONE; i++)
                take(f, glean_meta(g, early[i]));
        if (f->told.at == TIME_NONE)
                date_of_props(g, f);
        if (f->told.at == TIME_NONE &&
            (date_of_url(f, g->url) || date_of_url(f, canonical)))
                hour_of_day(g, s, f);
        if (f->told.at == TIME_NONE && glean_first(g, vague).n)
                date_of_lines(g, s, f, SURE);
        for (size_t i = 0; vague[i] && f->told.at == TIME_NONE; i++)
                take(f, glean_meta(g, vague[i]));
        if (f->told.at == TIME_NONE)
                date_of_times(g, s, f, 0);
        if (f->told.at == TIME_NONE)
                date_of_lines(g, s, f, SURE);
        if (f->told.at == TIME_NONE)
                date_of_times(g, s, f, 2);
        if (f->told.at == TIME_NONE)
                date_of_lines(g, s, f, LIKELY);
        if (f->told.at == TIME_NONE)
                date_of_scripts(g, f);
        if (f->told.at == TIME_NONE)
                date_of_lines(g, s, f, ANY);
}

void extract_dates(const struct gleaner *g, const struct survey *s,
                   struct page *p)
{
        struct found f = { .told = { .at = g->ld.published,
                                     .offset_s = g->ld.offset_s,
                                     .is_day = g->ld.is_day,
                                     .has_zone = !g->ld.is_local },
                           .language = p->language };
        struct date_told told;

        p->updated = g->ld.updated;
        if (p->updated == TIME_NONE &&
            extract_find_date(glean_first(g, late), &told))
                p->updated = told.at;
        look(g, s, p->canonical, &f);
        if (f.told.at != TIME_NONE && !f.told.is_day && !f.told.has_zone) {
                f.told.offset_s = zone_of_page(g);
                f.told.at -= f.told.offset_s;
        }
        p->published = f.told.at;
        p->offset_s = f.told.offset_s;
        p->is_day = f.told.is_day;
        if (p->published == TIME_NONE && p->updated != TIME_NONE)
                p->published = p->updated;
        /* Nothing is changed before it is there. */
        if (p->updated != TIME_NONE && p->updated < p->published)
                p->updated = TIME_NONE;
}
