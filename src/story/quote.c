#include "story/quote.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/tongue.h"

#define TEXT_MIN_B 35
#define TEXT_MAX_B 320
#define TEXT_GOOD_B 60
#define WORDS_MIN 6
#define SPEAKER_MAX_B 110
#define NAME_WORDS_MAX 8
#define AFTER_MAX_B 200 /* looked through for who said it */
#define BEFORE_MAX_B 300

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

static bool is_whole(struct str s)
{
        UChar32 first = peek(s);

        return s.n >= TEXT_MIN_B && s.n <= TEXT_MAX_B &&
               u_isUUppercase(first) && count_words(s) >= WORDS_MIN &&
               str_chr(s, '\n', 0) == STR_NONE;
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

        /* ", who", ", adding": a clause, no role */
        if (str_eq(first, STR("who")) || str_eq(first, STR("which")) ||
            str_eq(first, STR("as")) || str_eq(first, STR("when")) ||
            str_eq(first, STR("qui")) || str_eq(first, STR("que")) ||
            str_ends(first, STR("ing")))
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

/* "said NAME, ROLE": the verb first. */
static struct str verb_then_name(struct str s, enum lang lang)
{
        bool has_verb = false;

        for (int i = 0; i < 4; i++) {
                struct str word = tongue_first_word(s);

                if (!word.n)
                        return STR_NULL;
                if (tongue_is_verb(lang, word))
                        has_verb = true;
                else if (!is_filler(word))
                        break;
                s = skip_space(str_sub(s, word.n, s.n));
        }
        return has_verb ? speaker_at(s, lang) : STR_NULL;
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

static double worth_of(const struct quote_found *q, size_t text_b)
{
        double v = 1 - (double)q->offset / (double)(text_b + 1) / 2;

        if (str_chr(q->said_by, ',', 0) != STR_NONE)
                v += 0.5;
        if (str_chr(q->said_by, ' ', 0) == STR_NONE)
                v -= 0.5; /* a surname alone */
        if (q->text.n < TEXT_GOOD_B)
                v -= 0.3;
        if (q->text.n > 220)
                v -= 0.2;
        return v;
}

static void look_in(struct str text, struct str paragraph, enum lang lang,
                    struct quote_found *best)
{
        struct quoted q;
        size_t at = 0;

        while (next_quoted(paragraph, &at, &q)) {
                struct quote_found f = { .text = q.text };

                if (!is_whole(q.text))
                        continue;
                f.said_by = speaker_of(&q, lang);
                if (!f.said_by.p)
                        continue;
                f.offset = (size_t)(f.text.p - text.p);
                f.worth = worth_of(&f, text.n);
                if (!best->text.p || f.worth > best->worth)
                        *best = f;
        }
}

bool quote_find(struct str text, enum lang lang, struct quote_found *ret)
{
        struct quote_found best = { 0 };
        struct str rest = text, paragraph;

        while (str_cut(&rest, '\n', &paragraph))
                look_in(text, paragraph, lang, &best);
        if (!best.text.p)
                return false;
        *ret = best;
        return true;
}
