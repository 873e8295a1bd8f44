#include "story/quote.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/tongue.h"

#define TEXT_MIN_B 30
#define TEXT_MAX_B 320
#define TEXT_GOOD_B 40
#define WORDS_MIN 6
#define SPEAKER_MAX_B 110
#define NAME_WORDS_MAX 8
#define AFTER_MAX_B 200 /* looked through for who said it */
#define BEFORE_MAX_B 300
#define ROLE_WORDS_MAX 6 /* "the union's chief negotiator" before a name */
#define NAME_PARTS_MAX 3 /* capitalised words before a surname */

/* A quotation and what stands around it in its paragraph. */
struct quoted {
        struct str text, before, after;
};

static UChar32 closer_of(UChar32 c)
{
        switch (c) {
        case 0x201C:
                return 0x201D;
        case 0xAB:
                return 0xBB;
        case 0x201E:
                return 0x201C;
        case '"':
                return '"';
        default:
                return 0;
        }
}

static UChar32 peek(struct str s)
{
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

/* White space of any kind taken off the front. */
static struct str skip_space(struct str s)
{
        struct str rest = s;

        while (rest.n && utf8_is_space((uint32_t)peek(rest)))
                utf8_next(&rest);
        return rest;
}

static struct str trim_end(struct str s)
{
        for (;;) {
                size_t at = s.n;
                UChar32 c;

                while (at > 0 && ((unsigned char)s.p[--at] & 0xC0) == 0x80)
                        ;
                c = peek(str_sub(s, at, s.n));
                if (!s.n || !(utf8_is_space((uint32_t)c) || c == ','))
                        return s;
                s.n = at;
        }
}

/* Cut the next quotation of paragraph off at *at; false: there is none. */
static bool next_quoted(struct str paragraph, size_t *at, struct quoted *ret)
{
        struct str rest = str_sub(paragraph, *at, paragraph.n);

        while (rest.n) {
                size_t open = paragraph.n - rest.n;
                UChar32 close = closer_of((UChar32)utf8_next(&rest));
                struct str inner = rest;

                while (close && rest.n) {
                        size_t end = paragraph.n - rest.n;
                        UChar32 c = (UChar32)utf8_next(&rest);

                        if (c != close && !(close == 0x201C && c == 0x201D))
                                continue;
                        inner.n = end - (paragraph.n - inner.n);
                        *ret = (struct quoted) { trim_end(skip_space(inner)),
                                                 str_sub(paragraph, 0, open),
                                                 rest };
                        *at = paragraph.n - rest.n;
                        return true;
                }
        }
        return false;
}

static size_t count_words(struct str s)
{
        size_t n = 0;
        struct str word;

        while (str_cut(&s, ' ', &word))
                n += word.n > 0;
        return n;
}

/* "An American Voyage: One Man's Road": most words have capitals. */
static bool is_work(struct str s)
{
        size_t words = 0, capitals = 0;
        struct str word;

        while (str_cut(&s, ' ', &word)) {
                words += word.n > 3;
                capitals += word.n > 3 && u_isUUppercase(peek(word));
        }
        return capitals * 3 > words * 2;
}

static bool is_whole(struct str s)
{
        UChar32 first = peek(s);

        return s.n >= TEXT_MIN_B && s.n <= TEXT_MAX_B &&
               u_isUUppercase(first) && count_words(s) >= WORDS_MIN &&
               !is_work(s) && str_chr(s, '\n', 0) == STR_NONE;
}

/* Small words that stand inside a name: "de", "van", "bin". */
static bool is_particle(struct str w)
{
        static const char *const particles[] = { "de",  "da",  "di",  "del",
                                                 "van", "von", "der", "den",
                                                 "la",  "le",  "bin", "al",
                                                 "el",  "dos", "du",  "ibn" };

        for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
                if (str_eq(w, str_c(particles[i])))
                        return true;
        return false;
}

/* The bytes of a name at the front of s (capitalised words); 0: none. */
static size_t name_at(struct str s, enum lang lang)
{
        size_t end = 0, names = 0;
        struct str rest = s;

        for (int i = 0; i < NAME_WORDS_MAX && rest.n; i++) {
                struct str word = tongue_first_word(rest);
                size_t at = s.n - rest.n;

                if (!word.n || tongue_is_verb(lang, word))
                        break;
                if (u_isUUppercase(peek(word)) &&
                    !tongue_is_opener(lang, word)) {
                        names++;
                        end = at + word.n;
                } else if (!names || !is_particle(word)) {
                        break;
                }
                rest = str_sub(s, at + word.n, s.n);
                if (rest.n && rest.p[0] == '.' && word.n <= 4 && word.n)
                        rest = str_sub(rest, 1, rest.n);
                if (!rest.n || rest.p[0] != ' ')
                        break;
                rest = str_sub(rest, 1, rest.n);
        }
        return names ? end : 0;
}

static bool has_quotation(struct str s)
{
        while (s.n)
                if (closer_of((UChar32)utf8_next(&s)))
                        return true;
        return false;
}

static bool is_honorific(struct str w)
{
        static const char *const titles[] = { "Mr",   "Mrs", "Ms",   "Miss",
                                              "M",    "Mme", "Herr", "Frau",
                                              "Sr",   "Sra", "Dr",   "Sir",
                                              "Lord", "Lady" };

        for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
                if (str_eq(w, str_c(titles[i])))
                        return true;
        return false;
}

/* The end of ", role of the port" after a name at end of s: to the next stop.
 */
static size_t role_end(struct str s, size_t end)
{
        size_t at;

        if (end + 2 >= s.n || s.p[end] != ',' || s.p[end + 1] != ' ')
                return end;
        for (at = end + 2; at < s.n && at < SPEAKER_MAX_B; at++)
                if (s.p[at] == ',' || s.p[at] == ';' || s.p[at] == ':' ||
                    s.p[at] == '\n' || s.p[at] == '"' ||
                    (s.p[at] == '.' &&
                     (at + 1 == s.n || chr_is_space(s.p[at + 1]))))
                        break;
        if (at >= s.n || at >= SPEAKER_MAX_B || s.p[at] == '"' ||
            has_quotation(str_sub(s, end, at - end)))
                return end;

        struct str first = tongue_first_word(str_sub(s, end + 2, s.n));

        /* ", who", ", adding": a clause, no role; ", Mr.": another name */
        if (is_honorific(first) || str_eq(first, STR("who")) ||
            str_eq(first, STR("which")) || str_eq(first, STR("as")) ||
            str_eq(first, STR("when")) || str_eq(first, STR("qui")) ||
            str_eq(first, STR("que")) || str_ends(first, STR("ing")))
                return end;
        return at;
}

static struct str speaker_at(struct str s, enum lang lang)
{
        size_t end = name_at(s, lang);

        return end ? str_sub(s, 0, role_end(s, end)) : STR_NULL;
}

/* Words that may stand between a verb and a name. */
static bool is_filler(struct str w)
{
        static const char *const fillers[] = { "a",         "ha",  "hat", "the",
                                               "reporters", "der", "die", "el",
                                               "la",        "le",  "il",  "o" };

        for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
                if (str_eq(w, str_c(fillers[i])))
                        return true;
        return false;
}

/* Words that no role before a name holds: they begin another thought. */
static bool parts_thoughts(struct str w)
{
        static const char *const words[] = {
                "on",   "in",    "at",   "that", "after", "to",    "during",
                "when", "as",    "he",   "she",  "it",    "they",  "before",
                "with", "while", "and",  "but",  "if",    "in",    "by",
                "dans", "en",    "à",    "qui",  "que",   "après", "lors",
                "am",   "im",    "dass", "nach", "bei",   "als",   "er",
                "sie",  "al",    "tras", "y",    "et",    "und",   "según",
        };

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (str_eq(w, str_c(words[i])))
                        return true;
        return false;
}

/* "minister of Justice", "the Ferry Board": after it stands no person. */
static bool names_office(struct str w)
{
        static const char *const words[] = { "of",  "for", "the", "a",   "de",
                                             "del", "du",  "des", "la",  "le",
                                             "el",  "los", "las", "l",   "der",
                                             "die", "das", "di",  "dos", "da" };

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (str_eq(w, str_c(words[i])))
                        return true;
        return false;
}

/* "the finance minister NAME": the role first, in small letters. */
static struct str role_then_name(struct str s, enum lang lang)
{
        struct str rest = s, before = STR_NULL;

        for (int i = 0; i < ROLE_WORDS_MAX; i++) {
                struct str word = tongue_first_word(rest);
                size_t name = name_at(rest, lang);

                if (name && i && !names_office(before))
                        return str_sub(s, 0, (size_t)(rest.p - s.p) + name);
                before = word;
                if (!word.n || name || parts_thoughts(word) ||
                    tongue_is_verb(lang, word))
                        return STR_NULL;
                rest = str_sub(rest, word.n, rest.n);
                if (!rest.n || rest.p[0] != ' ')
                        return STR_NULL;
                rest = skip_space(rest);
        }
        return STR_NULL;
}

/* "said NAME, ROLE": the verb first. */
static struct str verb_then_name(struct str s, enum lang lang)
{
        bool has_verb = false;
        struct str after_verb = STR_NULL;

        for (int i = 0; i < 4; i++) {
                struct str word = tongue_first_word(s);

                if (!word.n)
                        return STR_NULL;
                if (!tongue_is_verb(lang, word) && !is_filler(word))
                        break;
                s = skip_space(str_sub(s, word.n, s.n));
                if (tongue_is_verb(lang, word)) {
                        has_verb = true;
                        after_verb = s;
                }
        }
        if (!has_verb)
                return STR_NULL;

        struct str who = speaker_at(s, lang);

        return who.p ? who : role_then_name(after_verb, lang);
}

/* "NAME, ROLE, said" or "NAME said". */
static struct str name_then_verb(struct str s, enum lang lang)
{
        struct str who = speaker_at(s, lang), rest;

        if (!who.p)
                return STR_NULL;
        rest = str_sub(s, who.n, s.n);
        if (rest.n && rest.p[0] == ',')
                rest = str_sub(rest, 1, rest.n);
        rest = skip_space(rest);
        return tongue_is_verb(lang, tongue_first_word(rest)) ? who : STR_NULL;
}

/* The last max_b bytes or fewer, beginning with a whole character. */
static struct str last_part(struct str s, size_t max_b)
{
        size_t from = s.n > max_b ? s.n - max_b : 0;

        while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
                from++;
        return str_sub(s, from, s.n);
}

/* "NAME, ROLE, said: " before the quotation, at the start of a sentence. */
static struct str speaker_before(struct str before, enum lang lang)
{
        struct str s = before = last_part(before, BEFORE_MAX_B);
        size_t dot = STR_NONE, at = 0;

        while ((at = str_find(before, STR(". "), at)) != STR_NONE)
                dot = at++;
        if (dot != STR_NONE)
                s = str_sub(before, dot + 2, before.n);

        struct str who = name_then_verb(skip_space(s), lang);
        size_t tail = who.p ? (size_t)(before.p + before.n - who.p) - who.n : 0;

        return who.p && tail <= 30 ? who : STR_NULL;
}

static struct str speaker_of(const struct quoted *q, enum lang lang)
{
        struct str after = skip_space(utf8_clip(q->after, AFTER_MAX_B)), who;

        if (after.n && after.p[0] == ',')
                after = skip_space(str_sub(after, 1, after.n));
        who = verb_then_name(after, lang);
        if (!who.p)
                who = name_then_verb(after, lang);
        if (!who.p)
                who = speaker_before(q->before, lang);
        return who;
}

/* "Dunmore", "Mr. Dunmore": the name alone; STR_NULL when there is more. */
static struct str surname_of(struct str who)
{
        struct str first = tongue_first_word(who);
        struct str rest = str_sub(who, first.n, who.n);

        if (!rest.n)
                return first;
        if (!is_honorific(first))
                return STR_NULL;
        if (rest.p[0] == '.')
                rest = str_sub(rest, 1, rest.n);
        rest = skip_space(rest);
        first = tongue_first_word(rest);
        return first.n == rest.n ? first : STR_NULL;
}

/* Where the capitalised words before the one at `at` begin. */
static size_t name_start(struct str text, size_t at, enum lang lang)
{
        for (int i = 0; i < NAME_PARTS_MAX && at > 1; i++) {
                size_t from = at - 1;
                struct str word;

                if (text.p[from] != ' ')
                        break;
                while (from > 0 && !chr_is_space(text.p[from - 1]))
                        from--;
                word = str_sub(text, from, at - 1 - from);
                if (!u_isUUppercase(peek(word)) ||
                    tongue_first_word(word).n != word.n ||
                    tongue_is_opener(lang, word) || is_honorific(word))
                        break;
                at = from;
        }
        return at;
}

/* Whoever is named in full where the text first speaks of a surname. */
static struct str in_full(struct str text, struct str who, enum lang lang)
{
        struct str surname = surname_of(who);

        if (!surname.n)
                return who;
        for (size_t at = str_find(text, surname, 0); at != STR_NONE;
             at = str_find(text, surname, at + 1)) {
                size_t from = name_start(text, at, lang);
                struct str full;

                if (from == at)
                        continue;
                full = speaker_at(str_sub(text, from, text.n), lang);
                if (full.n >= at - from + surname.n)
                        return full;
        }
        return who;
}

/* "He was the best": of whom does it speak? */
static bool leans(struct str s)
{
        static const char *const words[] = { "he",    "she",  "his",  "her",
                                             "him",   "it",   "that", "this",
                                             "these", "those" };
        struct str word = tongue_first_word(s), rest = s;

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (str_eq_nocase(word, str_c(words[i])))
                        return true;
        while (str_cut(&rest, ' ', &word))
                if (str_eq(word, STR("he")) || str_eq(word, STR("she")) ||
                    str_eq(word, STR("his")) || str_eq(word, STR("her")))
                        return true;
        return false;
}

static double worth_of(const struct quote_found *q, size_t text_b)
{
        double v = 1 - (double)q->offset / (double)(text_b + 1) / 2;

        if (str_chr(q->said_by, ',', 0) != STR_NONE)
                v += 0.5;
        if (str_chr(q->said_by, ' ', 0) == STR_NONE)
                v -= 0.5; /* a surname alone */
        if (leans(q->text))
                v -= 0.4;
        if (q->text.n < TEXT_GOOD_B)
                v -= 0.3;
        if (q->text.n > 220)
                v -= 0.2;
        return v;
}

void quote_each(struct str text, enum lang lang, quote_visit *visit, void *user)
{
        struct str rest = text, paragraph;

        while (str_cut(&rest, '\n', &paragraph)) {
                struct quoted q;
                size_t at = 0;

                while (next_quoted(paragraph, &at, &q)) {
                        struct quote_found f = { .text = q.text };

                        if (!is_whole(q.text))
                                continue;
                        f.said_by = speaker_of(&q, lang);
                        if (!f.said_by.p)
                                continue;
                        f.said_by = in_full(text, f.said_by, lang);
                        f.offset = (size_t)(f.text.p - text.p);
                        f.worth = worth_of(&f, text.n);
                        visit(user, &f);
                }
        }
}

static void keep_best(void *user, const struct quote_found *q)
{
        struct quote_found *best = user;

        if (!best->text.p || q->worth > best->worth)
                *best = *q;
}

bool quote_find(struct str text, enum lang lang, struct quote_found *ret)
{
        struct quote_found best = { 0 };

        quote_each(text, lang, keep_best, &best);
        if (!best.text.p)
                return false;
        *ret = best;
        return true;
}
