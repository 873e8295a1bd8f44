#include "story/quote.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "story/fitness.h"
#include "story/speaker.h"
#include "story/usage.h"
#include "story/wording.h"

#define TEXT_MIN 36 /* characters */
#define TEXT_MAX 300
#define TEXT_GOOD 40
#define TEXT_LONG 200
#define WORDS_MIN 6
#define STRANGER_COSTS 0.8 /* it speaks of who isn't named */
#define STANCE_EARNS 0.25  /* it says what one thinks or will do ... */
#define WITNESS_COSTS 0.5  /* ... or only what one saw ... */
#define ROUTINE_COSTS 0.5  /* ... or nothing */
#define WORTH_MIN 0.45     /* what is worth less is not quoted at all */

/* A quotation and what stands around it in its paragraph. */
struct quoted {
        struct str text, before, after;
        bool is_dialogue; /* begun by a dash, not by a mark */
        bool is_cut;      /* its sentence goes on in the next quotation */
};

static UChar32 peek(struct str s)
{
        return s.n ? (UChar32)utf8_next(&s) : 0;
}

/* White space of any kind taken off the front. */
static struct str skip_space(struct str s)
{
        while (s.n && utf8_is_space((uint32_t)peek(s)))
                utf8_next(&s);
        return s;
}

static struct str trim_end(struct str s)
{
        for (;;) {
                UChar32 c = (UChar32)utf8_last(s);

                if (!s.n || !(utf8_is_space((uint32_t)c) || c == ','))
                        return s;
                s.n--;
                while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
                        s.n--;
        }
}

static bool is_dash(UChar32 c)
{
        return c == 0x2013 || c == 0x2014 || c == 0x2015;
}

/* The mark that ends what c opens; 0: c opens nothing. before stands before
 * it. */
static UChar32 closer_of(UChar32 c, UChar32 before)
{
        bool is_front = !before || utf8_is_space((uint32_t)before) ||
                        before == '(' || is_dash(before) || before == ':';

        switch (c) {
        case 0x201C:
                return 0x201D;
        case 0xAB:
                return is_front ? 0xBB : 0;
        case 0xBB: /* as German books have it */
                return is_front ? 0xAB : 0;
        case 0x201E:
                return 0x201C;
        case 0x2018:
                return is_front ? 0x2019 : 0;
        case '"':
                return '"';
        default:
                return 0;
        }
}

/* Does c, standing between before and after, end what close would end? */
static bool closes(UChar32 c, UChar32 close, UChar32 before, UChar32 after)
{
        if (close == 0x2019) /* it is an apostrophe too */
                return c == close && !u_isalnum(after) &&
                       (before == ',' || before == '.' || before == '?' ||
                        before == '!');
        return c == close || (close == 0x201C && c == 0x201D);
}

/* The bytes of rest up to the mark that ends it; STR_NONE: it is left open. */
static size_t quotation_end(struct str rest, UChar32 close)
{
        UChar32 open = close == 0xBB ? 0xAB : 0, before = 0;
        size_t all = rest.n;
        int depth = 1;

        while (rest.n) {
                size_t at = all - rest.n;
                UChar32 c = (UChar32)utf8_next(&rest);

                if (open && c == open)
                        depth++;
                else if (closes(c, close, before, peek(rest)) && !--depth)
                        return at;
                before = c;
        }
        return STR_NONE;
}

/* Cut the next quotation of paragraph off at *at; false: there is none. */
static bool next_quoted(struct str paragraph, size_t *at, struct quoted *ret)
{
        struct str rest = str_sub(paragraph, *at, paragraph.n);
        UChar32 before = 0;

        while (rest.n) {
                size_t open = paragraph.n - rest.n, end;
                UChar32 c = (UChar32)utf8_next(&rest);
                UChar32 close = closer_of(c, before);

                before = c;
                if (!close)
                        continue;
                end = quotation_end(rest, close);
                if (end == STR_NONE)
                        continue;

                struct str inner = str_sub(rest, 0, end);

                rest = str_sub(rest, end, rest.n);
                utf8_next(&rest);
                *ret = (struct quoted) {
                        .text = trim_end(skip_space(inner)),
                        .before = str_sub(paragraph, 0, open),
                        .after = rest,
                };
                *at = paragraph.n - rest.n;
                return true;
        }
        return false;
}

/*
 * "— We can plan again, — said NAME.": speech that a dash begins. It ends at
 * the next dash that a verb of saying follows, or at such a comma in French.
 */
static bool dialogue_of(struct str paragraph, enum lang lang,
                        struct quoted *ret)
{
        struct str rest = paragraph, start;

        if (!is_dash(peek(rest)))
                return false;
        utf8_next(&rest);
        start = rest = skip_space(rest);
        while (rest.n) {
                size_t at = (size_t)(rest.p - start.p);
                UChar32 c = (UChar32)utf8_next(&rest);
                struct str after = rest;

                if (!is_dash(c) && !(c == ',' && lang == LANG_FR))
                        continue;
                while (after.n && (utf8_is_space((uint32_t)peek(after)) ||
                                   is_dash(peek(after))))
                        utf8_next(&after);
                *ret = (struct quoted) {
                        .text = trim_end(str_sub(start, 0, at)),
                        .before = STR_NULL,
                        .after = after,
                        .is_dialogue = true,
                };
                if (speaker_of(STR_NULL, after, lang).p)
                        return true;
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

static bool is_whole(struct str s, enum lang lang)
{
        UChar32 first = peek(s);

        size_t n = utf8_count(s);

        return n >= TEXT_MIN && n <= TEXT_MAX &&
               (u_isUUppercase(first) || first == 0xBF || first == 0xA1) &&
               count_words(s) >= WORDS_MIN && (lang == LANG_DE || !is_work(s));
}

/* Of whom does it speak: "He was the best"? */
static bool speaks_of_strangers(struct str s, enum lang lang)
{
        static const struct {
                enum lang lang;
                struct str words;
        } known[] = {
                { LANG_EN, STR_INIT("he she his her him") },
                { LANG_DE, STR_INIT("er ihn ihm") },
                { LANG_FR, STR_INIT("elle lui") },
                { LANG_ES, STR_INIT("él ella") },
                { LANG_IT, STR_INIT("lui lei") },
                { LANG_PT, STR_INIT("ele ela dele dela") },
                { LANG_NL, STR_INIT("hij hem") },
                { LANG_RU, STR_INIT("он она его её ему ей") },
        };
        struct str word = usage_first_word(s), rest, one;

        if (usage_has(lang, USAGE_PRONOUNS, word))
                return true;
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
                struct str all = known[i].words;

                while (lang == known[i].lang && str_cut(&all, ' ', &one))
                        for (rest = s; str_cut(&rest, ' ', &word);)
                                if (str_eq(usage_first_word(word), one))
                                        return true;
        }
        return false;
}

/* Does it claim, decide or judge, or tell what one saw, or that one can't tell
 * yet? */
static double stance_of(struct str s, enum lang lang)
{
        double v = 0;

        if (wording_has(lang, WORDING_STANCE, s))
                v += STANCE_EARNS;
        if (wording_has(lang, WORDING_WITNESS, s))
                v -= WITNESS_COSTS;
        if (wording_has(lang, WORDING_ROUTINE, s))
                v -= ROUTINE_COSTS;
        return v;
}

static double worth_of(const struct quote_found *q, size_t text_b,
                       const struct quoted *around, enum lang lang)
{
        size_t n = utf8_count(q->text);
        double v = 1 - (double)q->offset / (double)(text_b + 1) / 2 +
                   stance_of(q->text, lang);

        if (str_chr(q->said_by, ',', 0) != STR_NONE ||
            !u_isUUppercase(peek(q->said_by)))
                v += 0.5; /* the role is named */
        if (speaks_of_strangers(q->text, lang))
                v -= STRANGER_COSTS;
        else if (fitness_is_leaning(q->text, lang))
                v -= 0.3;
        if (n < TEXT_GOOD)
                v -= 0.3;
        if (n > TEXT_LONG)
                v -= 0.3;
        if (around->is_cut)
                v -= 0.4;
        if (str_ends(q->text, STR("?")))
                v -= 0.2;
        return v;
}

/* A walk through a text's quotations. */
struct walk {
        struct str text;
        enum lang lang;
        quote_visit *visit;
        void *user;
};

/* Does the sentence of q go on after "said NAME,"? */
static bool goes_on(const struct quoted *q)
{
        size_t mark = STR_NONE;
        struct str rest = q->after;

        while (rest.n && mark == STR_NONE) {
                size_t at = q->after.n - rest.n;
                UChar32 c = (UChar32)utf8_next(&rest);

                if (closer_of(c, ' '))
                        mark = at;
                else if (c == '.' && (!rest.n || rest.p[0] == ' '))
                        return false;
        }
        return mark != STR_NONE && u_isULowercase(peek(skip_space(rest)));
}

static void visit_one(const struct walk *w, const struct quoted *q,
                      struct str who)
{
        struct quote_found f = { .text = q->text };

        if (!who.p || !is_whole(q->text, w->lang))
                return;
        f.said_by = speaker_in_full(w->text, who, w->lang);
        if (!f.said_by.p)
                return;
        f.offset = (size_t)(f.text.p - w->text.p);
        f.worth = worth_of(&f, w->text.n, q, w->lang);
        if (f.worth >= WORTH_MIN)
                w->visit(w->user, &f);
}

/* “A,” said NAME. “B.”: nothing but the speaker stands between the two. */
static bool follows_on(const struct quoted *before, const struct quoted *q)
{
        size_t n = speaker_sentence(before->after);
        const char *end = before->after.p + n;

        return n &&
               skip_space((struct str) { end, (size_t)(q->before.p +
                                                       q->before.n - end) })
                               .n == 0;
}

static void walk_paragraph(const struct walk *w, struct str paragraph)
{
        struct quoted q, before = { 0 };
        struct str who = STR_NULL;
        size_t at = 0;

        if (dialogue_of(paragraph, w->lang, &q)) {
                visit_one(w, &q, speaker_of(STR_NULL, q.after, w->lang));
                return;
        }
        while (next_quoted(paragraph, &at, &q)) {
                struct str last = who;
                bool is_second =
                        last.p && before.text.p &&
                        q.before.n >= (size_t)(before.after.p - paragraph.p) &&
                        follows_on(&before, &q);

                q.is_cut = goes_on(&q);
                who = speaker_of(q.before, q.after, w->lang);
                if (!who.p && is_second)
                        who = last;
                visit_one(w, &q, who);
                before = q;
        }
}

void quote_each(struct str text, enum lang lang, quote_visit *visit, void *user)
{
        const struct walk w = { text, lang, visit, user };
        struct str rest = text, paragraph;

        while (str_cut(&rest, '\n', &paragraph))
                walk_paragraph(&w, skip_space(paragraph));
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
