#include "story/speaker.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/usage.h"

#define SPEAKER_MAX_B 190
#define ROLE_MAX 90 /* characters */
#define NAME_WORDS_MAX 8
#define AFTER_MAX_B 300 /* looked through for who said it */
#define BEFORE_MAX_B 400
#define ROLE_WORDS_MAX 7 /* "the union's chief negotiator" before a name */
#define NAME_PARTS_MAX 3 /* capitalised words before a surname */
#define FILLERS_MAX 4
#define TAIL_MAX_B 60 /* between a name and the quotation that follows */
#define SENTENCE_MAX_B 220

static UChar32 peek(struct str s)
{
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

static struct str skip_space(struct str s)
{
        while (s.n && utf8_is_space((uint32_t)peek(s)))
                utf8_next(&s);
        return s;
}

static bool is_dash(UChar32 c)
{
        return c == '-' || c == 0x2013 || c == 0x2014;
}

static bool is_mark(UChar32 c)
{
        return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E ||
               c == 0xAB || c == 0xBB || c == 0x2018;
}

/* Past the commas and dashes that part speech from its speaker. */
static struct str skip_marks(struct str s)
{
        s = skip_space(s);
        while (s.n && (peek(s) == ',' || is_dash(peek(s)))) {
                utf8_next(&s);
                s = skip_space(s);
        }
        return s;
}

/* Behind the word at the front and its blank; absent when no blank follows. */
static struct str next_word(struct str s, struct str word)
{
        s = str_sub(s, word.n, s.n);
        if (s.n && s.p[0] == '.' && utf8_count(word) <= 4)
                s = str_sub(s, 1, s.n);
        return s.n && utf8_is_space((uint32_t)peek(s)) ? skip_space(s)
                                                       : STR_NULL;
}

static bool is_upper(struct str word)
{
        return u_isUUppercase(peek(word));
}

static bool is_day(enum lang lang, struct str word)
{
        return lang == LANG_EN && usage_has(lang, USAGE_FILLERS, word);
}

/* "10:53 AM President Tamm": of the clock, and no name. */
static bool is_half_day(struct str word)
{
        return str_eq(word, STR("AM")) || str_eq(word, STR("PM"));
}

/* The bytes of a name at the front of s (capitalised words); 0: none. */
static size_t name_at(struct str s, enum lang lang)
{
        size_t end = 0;
        struct str rest = s;

        for (int i = 0; i < NAME_WORDS_MAX && rest.n; i++) {
                struct str word = usage_first_word(rest);
                bool is_name = is_upper(word) && !is_day(lang, word) &&
                               !usage_has(lang, USAGE_OPENERS, word);

                if (!word.n || (!end && is_half_day(word)) ||
                    (usage_has(lang, USAGE_VERBS, word) &&
                     !(is_upper(word) && end)))
                        break;
                if (is_name)
                        end = (size_t)(word.p - s.p) + word.n;
                else if (!end || !usage_is_particle(word))
                        break;
                rest = next_word(rest, word);
        }
        return end;
}

/* Words of a name that have capitals; titles such as "Mr" left out. */
static size_t count_names(struct str name)
{
        size_t n = 0;
        struct str word;

        while (str_cut(&name, ' ', &word))
                n += is_upper(word) &&
                     !usage_is_honorific(usage_first_word(word));
        return n;
}

static bool has_mark(struct str s)
{
        while (s.n)
                if (is_mark((UChar32)utf8_next(&s)))
                        return true;
        return false;
}

/* Where a role that begins at from ends: at the next stop of any kind. */
static size_t stop_after(struct str s, size_t from)
{
        struct str rest = str_sub(s, from, s.n);

        while (rest.n) {
                size_t at = s.n - rest.n;
                UChar32 c = (UChar32)utf8_next(&rest);

                if (c == ',' || c == ';' || c == ':' || c == '\n' || c == '(' ||
                    is_mark(c) || c == 0x2013 || c == 0x2014)
                        return at;
                if (c == '.' &&
                    (!rest.n || utf8_is_space((uint32_t)peek(rest))))
                        return at;
        }
        return s.n;
}

/* May a role begin with word, the one after it being next? */
static bool begins_role(struct str word, struct str next, enum lang lang)
{
        if (!word.n || usage_is_honorific(word) || chr_is_digit(word.p[0]))
                return false;
        if (lang == LANG_DE && usage_has(lang, USAGE_ARTICLES, word))
                return is_upper(next); /* "die Sprecherin", or "die am ..." */
        return !usage_has(lang, USAGE_CLAUSES, word) &&
               !usage_has(lang, USAGE_VERBS, word) &&
               !(lang == LANG_EN && str_ends(word, STR("ing")));
}

/* The end of ", role of the port" after a name that ends at end of s. */
static size_t role_end(struct str s, size_t end, enum lang lang)
{
        struct str rest, word;
        size_t at;

        if (end + 2 >= s.n || s.p[end] != ',' || s.p[end + 1] != ' ')
                return end;
        rest = str_sub(s, end + 2, s.n);
        word = usage_first_word(rest);
        at = stop_after(s, end + 2);
        while (at > end && s.p[at - 1] == ' ')
                at--;
        if (at >= s.n || at > SPEAKER_MAX_B ||
            utf8_count(str_sub(s, end, at - end)) > ROLE_MAX ||
            is_mark(peek(str_sub(s, at, s.n))) ||
            !begins_role(word, usage_first_word(next_word(rest, word)), lang))
                return end;

        /* "Ruiz, la ministra dijo": the verb is none of a role */
        for (rest = str_sub(s, end + 2, at - end - 2); rest.n;
             rest = next_word(rest, word)) {
                word = usage_first_word(rest);
                if (!word.n || usage_has(lang, USAGE_VERBS, word))
                        return word.n ? end : at;
        }
        return at;
}

static struct str speaker_at(struct str s, enum lang lang)
{
        size_t end = name_at(s, lang);

        return end ? str_sub(s, 0, role_end(s, end, lang)) : STR_NULL;
}

/* "the finance minister NAME": the role first, in small letters. */
static struct str role_then_name(struct str s, enum lang lang)
{
        struct str rest = s, before = STR_NULL;

        for (int i = 0; i < ROLE_WORDS_MAX && rest.n; i++) {
                struct str word = usage_first_word(rest);
                size_t name = name_at(rest, lang);

                if (name && i &&
                    (!usage_has(lang, USAGE_OFFICES, before) ||
                     (usage_has(lang, USAGE_ARTICLES, before) && i > 1)))
                        return count_names(str_sub(rest, 0, name)) > 1
                                       ? str_sub(s, 0,
                                                 (size_t)(rest.p - s.p) + name)
                                       : STR_NULL;
                if (!word.n ||
                    (name && !usage_has(lang, USAGE_OFFICES, before)) ||
                    (i && usage_has(lang, USAGE_BREAKS, word)) ||
                    usage_has(lang, USAGE_VERBS, word))
                        return STR_NULL;
                if (name) /* of an office: "minister of Justice Rory Tamm" */
                        return STR_NULL;
                before = word;
                rest = next_word(rest, word);
        }
        return STR_NULL;
}

/* "the minister of Justice, NAME": an office, a comma, who holds it. */
static struct str office_then_name(struct str s, enum lang lang)
{
        size_t at = stop_after(s, 0), name;
        struct str rest = str_sub(s, 0, at), word;

        if (at + 2 >= s.n || s.p[at] != ',' || s.p[at + 1] != ' ' ||
            utf8_count(rest) > ROLE_MAX)
                return STR_NULL;
        while (rest.n) {
                word = usage_first_word(rest);
                if (!word.n || usage_has(lang, USAGE_VERBS, word) ||
                    usage_has(lang, USAGE_PRONOUNS, word))
                        return STR_NULL;
                rest = next_word(rest, word);
        }
        name = name_at(str_sub(s, at + 2, s.n), lang);
        return count_names(str_sub(s, at + 2, name)) > 1
                       ? str_sub(s, 0, at + 2 + name)
                       : STR_NULL;
}

/* Whoever is named at s, which stands behind a verb of saying. */
static struct str named_at(struct str s, enum lang lang)
{
        struct str word = usage_first_word(s), who;

        if (!usage_has(lang, USAGE_ARTICLES, word)) {
                who = speaker_at(s, lang);
                return who.p ? who : role_then_name(s, lang);
        }
        /* "der SPD-Politiker Jan Voss", "die Sprecherin der Reederei, ..." */
        if (lang == LANG_DE) {
                who = speaker_at(next_word(s, word), lang);
                return count_names(who) > 2 ? who : STR_NULL;
        }
        who = role_then_name(s, lang);
        return who.p ? who : office_then_name(s, lang);
}

/* "said NAME, ROLE": the verb first, and then small words. */
static struct str verb_then_name(struct str s, enum lang lang)
{
        bool has_verb = false;
        struct str articled = STR_NULL;

        for (int i = 0; i < FILLERS_MAX + 2 && s.n; i++) {
                struct str word = usage_first_word(s);
                bool is_verb = usage_has(lang, USAGE_VERBS, word) ||
                               usage_has(lang, USAGE_CREDITS, word);

                if (!is_verb && !usage_has(lang, USAGE_FILLERS, word)) {
                        /* "el viernes": an article before a day */
                        struct str next = next_word(s, word);

                        if (!usage_has(lang, USAGE_ARTICLES, word) ||
                            !usage_has(lang, USAGE_FILLERS,
                                       usage_first_word(next)))
                                break;
                }
                articled = !is_verb && usage_has(lang, USAGE_ARTICLES, word)
                                   ? s
                                   : STR_NULL;
                has_verb |= is_verb;
                s = next_word(s, word);
        }
        return has_verb ? named_at(articled.p ? articled : s, lang) : STR_NULL;
}

/* Does s begin with a verb of saying, small words before it or none? */
static bool begins_with_verb(struct str s, enum lang lang)
{
        for (int i = 0; i < FILLERS_MAX && s.n; i++) {
                struct str word = usage_first_word(s);

                if (usage_has(lang, USAGE_VERBS, word))
                        return true;
                if (!usage_has(lang, USAGE_FILLERS, word))
                        return false;
                s = next_word(s, word);
        }
        return false;
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
        return begins_with_verb(skip_space(rest), lang) ? who : STR_NULL;
}

/* "harbour master NAME said" */
static struct str role_name_then_verb(struct str s, enum lang lang)
{
        struct str who = role_then_name(s, lang);

        return who.p && begins_with_verb(skip_space(str_sub(s, who.n, s.n)),
                                         lang)
                       ? who
                       : STR_NULL;
}

/* The last max_b bytes or fewer, beginning with a whole character. */
static struct str last_part(struct str s, size_t max_b)
{
        size_t from = s.n > max_b ? s.n - max_b : 0;

        while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
                from++;
        return str_sub(s, from, s.n);
}

/* "Finance minister NAME": may what stands before a name be its role? */
static bool is_role(struct str s, enum lang lang)
{
        int n = 0;

        while (s.n) {
                struct str word = usage_first_word(s);

                if (!word.n || n++ >= ROLE_WORDS_MAX ||
                    usage_has(lang, USAGE_VERBS, word) ||
                    (usage_has(lang, USAGE_BREAKS, word) &&
                     !usage_has(lang, USAGE_OFFICES, word)) ||
                    usage_has(lang, USAGE_OPENERS, word))
                        return false;
                s = next_word(s, word);
        }
        return n > 0;
}

/* The sentence that s ends in, behind the last stop. */
static struct str last_sentence(struct str s)
{
        for (size_t at = s.n; at-- > 0;)
                if ((s.p[at] == '.' || s.p[at] == '!' || s.p[at] == '?') &&
                    at + 1 < s.n && s.p[at + 1] == ' ' && at > 2 &&
                    s.p[at - 2] != ' ' && s.p[at - 2] != '.')
                        return str_sub(s, at + 2, s.n);
        return s;
}

/* "NAME, ROLE, said: " before the quotation. */
static struct str speaker_before(struct str before, enum lang lang)
{
        struct str s = last_sentence(last_part(before, BEFORE_MAX_B));
        struct str rest = s = skip_space(s), word = usage_first_word(s);

        if (usage_has(lang, USAGE_CREDITS, word))
                return verb_then_name(s, lang);
        while (rest.n) {
                struct str who = name_then_verb(rest, lang);
                size_t tail = (size_t)(before.p + before.n - rest.p) - who.n;
                struct str role = str_sub(s, 0, (size_t)(rest.p - s.p));

                if (who.p && tail <= TAIL_MAX_B && !has_mark(role)) {
                        if (role.n && is_role(role, lang))
                                return (struct str) { s.p, role.n + who.n };
                        return who;
                }
                word = usage_first_word(rest);
                if (!word.n)
                        utf8_next(&rest);
                rest = str_sub(rest, word.n, rest.n);
                while (rest.n && !u_isalnum(peek(rest)))
                        utf8_next(&rest);
        }
        return STR_NULL;
}

struct str speaker_of(struct str before, struct str after, enum lang lang)
{
        struct str s = skip_marks(utf8_clip(after, AFTER_MAX_B)), who;

        who = verb_then_name(s, lang);
        if (!who.p)
                who = name_then_verb(s, lang);
        if (!who.p)
                who = role_name_then_verb(s, lang);
        if (!who.p)
                who = speaker_before(before, lang);
        return who;
}

/* "Dunmore", "Mr. Dunmore": the name alone; STR_NULL when there is more. */
static struct str surname_of(struct str who)
{
        struct str first = usage_first_word(who);
        struct str rest = str_sub(who, first.n, who.n);

        if (!rest.n)
                return first;
        if (!usage_is_honorific(first))
                return STR_NULL;
        if (rest.p[0] == '.')
                rest = str_sub(rest, 1, rest.n);
        rest = skip_space(rest);
        first = usage_first_word(rest);
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
                if (word.n == 2 && word.p[1] == '.')
                        word.n--; /* "J. Tamm" */
                if (!is_upper(word) || usage_first_word(word).n != word.n ||
                    is_half_day(word) || usage_has(lang, USAGE_OPENERS, word) ||
                    usage_has(lang, USAGE_BREAKS, word) ||
                    usage_has(lang, USAGE_ARTICLES, word) ||
                    usage_has(lang, USAGE_FILLERS, word) ||
                    usage_is_honorific(word))
                        break;
                at = from;
        }
        return at;
}

struct str speaker_in_full(struct str text, struct str who, enum lang lang)
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
        return STR_NULL;
}

size_t speaker_sentence(struct str after)
{
        size_t at = 0;

        while (at < after.n && at < SENTENCE_MAX_B) {
                size_t stop = str_chr(after, '.', at);

                if (stop == STR_NONE || stop + 1 >= after.n)
                        return 0;
                if (after.p[stop + 1] == ' ' && stop > 1 &&
                    after.p[stop - 2] != ' ' && after.p[stop - 2] != '.')
                        return has_mark(str_sub(after, 0, stop)) ? 0 : stop + 1;
                at = stop + 1;
        }
        return 0;
}
