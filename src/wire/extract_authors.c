#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/extract_meta.h"
#include "wire/names.h"

#define NAME_MAX_B 80
#define BYLINE_MAX_B 200
#define INLINE_MAX_B 80 /* of a name within a line */
#define PERSON_WORDS_MAX 5
#define PERSON_MAX_B 50

/* "By A. Person" as "A. Person". */
static struct str without_head(struct str s)
{
        static const struct str heads[] = {
                STR_INIT("written by "),
                STR_INIT("article by "),
                STR_INIT("veröffentlicht von "),
                STR_INIT("eingestellt von "),
                STR_INIT("erstellt von "),
                STR_INIT("publiziert von "),
                STR_INIT("publié par "),
                STR_INIT("publicado por "),
                STR_INIT("escrito por "),
                STR_INIT("écrit par "),
                STR_INIT("text & fotos: "),
                STR_INIT("text und fotos: "),
                STR_INIT("über "),
                STR_INIT("Über "),
                STR_INIT("auteur: "),
                STR_INIT("about "),
                STR_INIT("posted by "),
                STR_INIT("reported by "),
                STR_INIT("published by "),
                STR_INIT("geschrieben von "),
                STR_INIT("ein artikel von "),
                STR_INIT("text von "),
                STR_INIT("eine analyse von "),
                STR_INIT("ein kommentar von "),
                STR_INIT("propos recueillis par "),
                STR_INIT("by: "),
                STR_INIT("by "),
                STR_INIT("von: "),
                STR_INIT("von "),
                STR_INIT("par "),
                STR_INIT("por: "),
                STR_INIT("por "),
                STR_INIT("par : "),
                STR_INIT("par: "),
                STR_INIT("di: "),
                STR_INIT("di "),
                STR_INIT("door "),
                STR_INIT("av "),
                STR_INIT("af "),
                STR_INIT("autor: "),
                STR_INIT("autorin: "),
                STR_INIT("author: "),
                STR_INIT("auteur : "),
                STR_INIT("text: "),
                STR_INIT("autore: "),
                STR_INIT("автор: "),
                STR_INIT("Автор: "),
                STR_INIT("текст: "),
                STR_INIT("Текст: "),
                STR_INIT("tekst: "),
                STR_INIT("words by "),
                STR_INIT("story by "),
                STR_INIT("作者："),
                STR_INIT("記者"),
        };

        for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
                if (str_starts_nocase(s, heads[i]))
                        return str_trim(str_sub(s, heads[i].n, s.n));
        return s;
}

/* Like a person's name, as far as signs tell: two to five words, no digits,
 * each with a capital or in a script without them, but for small particles. */
static bool is_name(struct str s)
{
        size_t words = 0;
        struct str word;

        while (str_cut(&s, ' ', &word)) {
                if (!word.n)
                        continue;
                words++;
                if (strchr("0123456789@/:|", word.p[0]))
                        return false;
                if (word.n > 3 && word.p[0] >= 'a' && word.p[0] <= 'z')
                        return false;
        }
        return words >= 2 && words <= PERSON_WORDS_MAX;
}

/* Not people but those who set the page up. */
static bool is_nobody(struct str s)
{
        static const char *const names[] = {
                "admin",     "administrator", "webmaster", "root",      "guest",
                "anonymous", "unknown",       "null",      "undefined", "none"
        };

        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
                if (str_eq_nocase(s, str_c(names[i])))
                        return true;
        return false;
}

/* What stands between a name and a date: "on", "Stand:", a month. */
static bool leads_to_date(struct str word)
{
        static const char *const words[] = { "Stand", "am", "on",  "vor", "le",
                                             "il",    "el", "den", "at",  "-",
                                             "|",     "/",  "–",   "—",   "·" };

        while (word.n && strchr(":,.", word.p[word.n - 1]))
                word.n--;
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
                if (str_eq(word, str_c(words[i])))
                        return true;
        return !word.n || date_may_begin(word);
}

/* Without "(Wire Service)" and "on 6 March 2026, 10:00" behind it. */
static struct str without_tail(struct str s)
{
        size_t end = 1, from;

        while (end < s.n && !(s.p[end - 1] == ' ' && (strchr("(<[", s.p[end]) ||
                                                      chr_is_digit(s.p[end]))))
                end++;
        if (end >= s.n)
                return s;
        s = str_trim(str_sub(s, 0, end));
        for (; s.n; s = str_trim(str_sub(s, 0, from))) {
                for (from = s.n; from && s.p[from - 1] != ' ';)
                        from--;
                if (!leads_to_date(str_sub(s, from, s.n)))
                        break;
        }
        return s;
}

static void add_name(struct arena *a, struct strs *list, struct str name)
{
        name = without_tail(str_trim(name));
        while (name.n && strchr(",;:|.-", name.p[name.n - 1]) &&
               !(name.p[name.n - 1] == '.' && name.n > 2 &&
                 name.p[name.n - 2] <= 'Z'))
                name = str_trim(str_sub(name, 0, name.n - 1));
        if (!name.n || name.n > NAME_MAX_B || list->n == LIMIT_AUTHORS ||
            str_starts_nocase(name, STR("http")) || name.p[0] == '@' ||
            str_starts(name, STR("www.")) || chr_is_digit(name.p[0]) ||
            is_nobody(name))
                return;
        for (size_t i = 0; i < list->n; i++)
                if (str_eq_nocase(list->items[i], name))
                        return;
        ARENA_GROW(a, list->items, list->n, list->cap);
        list->items[list->n++] = name;
}

/* Where the next joint of names is from at, how long it is; STR_NONE: none. */
static size_t find_joint(struct str s, size_t *ret_n)
{
        static const struct str joints[] = {
                STR_INIT(", "),    STR_INIT("; "),   STR_INIT(" and "),
                STR_INIT(" und "), STR_INIT(" et "), STR_INIT(" y "),
                STR_INIT(" e "),   STR_INIT(" en "), STR_INIT(" og "),
                STR_INIT(" och "), STR_INIT(" & "),  STR_INIT(" / "),
                STR_INIT(" | "),   STR_INIT(" i "),  STR_INIT(" и "),
                STR_INIT(" · "),   STR_INIT(" • "),  STR_INIT(" – "),
                STR_INIT(" — "),   STR_INIT(" ve "), STR_INIT("、"),
        };
        size_t first = STR_NONE;

        for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
                size_t at = str_find(s, joints[i], 0);

                if (at < first) {
                        first = at;
                        *ret_n = joints[i].n;
                }
        }
        return first;
}

static bool has_capital(struct str word)
{
        return word.n &&
               (word.p[0] < 0 || (word.p[0] >= 'A' && word.p[0] <= 'Z'));
}

bool authors_is_person(struct str name)
{
        static const char *const others[] = {
                "Posted",  "Published", "Profil", "Profile", "Login",
                "Support", "Redaktion", "Editor", "Team"
        };
        struct str rest = name, word, last = STR_NULL;

        if (!is_name(name) || !has_capital(name) || name.n > PERSON_MAX_B)
                return false;
        while (str_cut(&rest, ' ', &word)) {
                for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
                        if (str_eq_nocase(word, str_c(others[i])))
                                return false;
                if (word.n > 1 && strchr(":&#", word.p[word.n - 1]))
                        return false;
                last = word;
        }
        return has_capital(last);
}

void authors_read(struct arena *a, struct str line, struct strs *list)
{
        struct str s = without_head(utf8_fold_space(a, line)), part = s;
        struct str names[LIMIT_AUTHORS];
        size_t n = 0, joint, len = 0;
        bool all = true;

        while (part.n && n < LIMIT_AUTHORS) {
                joint = find_joint(part, &len);
                names[n] = without_head(str_trim(str_sub(part, 0, joint)));
                part = joint == STR_NONE ? STR_NULL
                                         : str_sub(part, joint + len, part.n);
                if (!names[n].n)
                        continue;
                all = all && is_name(names[n]);
                n++;
        }
        if (n > 1 && all) {
                for (size_t i = 0; i < n; i++)
                        add_name(a, list, names[i]);
        } else if (n > 1 && is_name(names[0])) {
                add_name(a, list, names[0]); /* and what they are */
        } else {
                add_name(a, list, s);
        }
}

/* --- those of a page ------------------------------------------------------ */

/* What stands in sight may be anything: only what looks like a name. */
static void read_persons(const struct gleaner *g, struct str line,
                         struct strs *list)
{
        static const char *const joints[] = { " by ",  " By ",  " von ",
                                              " par ", " por ", " door " };
        struct strs seen = { 0 };

        /* "Posted on 6 March by A. Person" */
        for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
                size_t at = str_find(line, str_c(joints[i]), 0);

                if (at == STR_NONE)
                        continue;
                line = str_sub(line, at + strlen(joints[i]), line.n);
                break;
        }
        authors_read(g->a, line, &seen);
        for (size_t i = 0; i < seen.n; i++)
                if (authors_is_person(seen.items[i]))
                        authors_read(g->a, seen.items[i], list);
}

/* Names in sight, near the head of the article. */
static void authors_in_sight(const struct gleaner *g, const struct survey *s,
                             struct strs *list)
{
        const struct tree *t = g->tree;

        for (size_t i = 0; i < g->n_links && !list->n; i++)
                if (t->nodes[g->links[i]].tag == TAG_a &&
                    glean_has_word(tree_attr(&t->nodes[g->links[i]], TREE_rel),
                                   STR("author")))
                        authors_read(
                                g->a,
                                tree_text(g->a, t, g->links[i], BYLINE_MAX_B),
                                list);
        for (size_t i = 0; i < s->n_blocks && !list->n; i++) {
                const struct block *b = &s->blocks[i];

                if (b->text.n <= BYLINE_MAX_B &&
                    block_has(b, MARK_name_AUTHOR) &&
                    !block_has(b, MARK_name_COMMENT) &&
                    !block_has(b, MARK_in_footer))
                        read_persons(g, b->text, list);
        }
        /* Within a line with other things: "3 March, by A. Person". */
        for (size_t i = 0; i < t->n && !list->n; i++) {
                const struct part *p = &s->parts[i];

                if (!t->nodes[i].is_text && p->names & NAME_IS(AUTHOR) &&
                    p->text_n && p->text_n <= INLINE_MAX_B &&
                    !(p->all & NAME_IS(COMMENT)) &&
                    !(p->in & (IN_FOOTER | IN_DROP)))
                        read_persons(g, tree_text(g->a, t, i, BYLINE_MAX_B),
                                     list);
        }
}

/* A house is not who wrote it. */
static void drop_site(const struct gleaner *g, struct strs *list)
{
        struct str site = glean_site(g);
        size_t n = 0;

        for (size_t i = 0; i < list->n; i++)
                if (!str_eq_nocase(list->items[i], site) &&
                    !glean_is_in_host(g, list->items[i]))
                        list->items[n++] = list->items[i];
        list->n = n;
}

void extract_authors(const struct gleaner *g, const struct survey *s,
                     struct strs *list)
{
        static const char *const names[] = {
                "author",          "article:author",
                "dc.creator",      "dcterms.creator",
                "parsely-author",  "byl",
                "sailthru.author", "article.author",
                "citation_author", NULL
        };

        struct strs house;

        for (size_t i = 0; i < g->ld.authors.n; i++)
                authors_read(g->a, g->ld.authors.items[i], list);
        for (size_t i = 0; names[i] && !list->n; i++)
                authors_read(g->a, glean_meta(g, names[i]), list);
        house = *list;
        house.items = arena_array(g->a, list->n + 1, sizeof(*house.items));
        for (size_t i = 0; i < list->n; i++)
                house.items[i] = list->items[i];
        drop_site(g, list);
        if (!list->n)
                authors_in_sight(g, s, list);
        /* Some are their own house. */
        if (!list->n)
                *list = house;
}
