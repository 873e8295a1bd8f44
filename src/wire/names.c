#include "wire/names.h"

#include <string.h>

#include "base/arena.h"

#define WORD_MAX_B 24
#define HEADS (27 * 27)
#define NONE UINT16_MAX

static const struct row {
        uint32_t bit;
        struct str text;
} rows[] = {
#define WORD(group, text) { NAME_IS(group), STR_INIT(text) },
#include "wire/names.def"
#undef WORD
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

/* Rows in chains by their first two letters. */
struct names {
        uint16_t heads[HEADS], next[N_ROWS];
};

static size_t letter(char c)
{
        return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 1 : 0;
}

static size_t head_of(struct str word)
{
        return letter(word.p[0]) * 27 + (word.n > 1 ? letter(word.p[1]) : 0);
}

const struct names *names_new(struct arena *a)
{
        struct names *names = arena_alloc(a, sizeof(*names));

        memset(names->heads, 0xFF, sizeof(names->heads));
        for (size_t i = N_ROWS; i-- > 0;) {
                size_t head = head_of(rows[i].text);

                names->next[i] = names->heads[head];
                names->heads[head] = (uint16_t)i;
        }
        return names;
}

static uint32_t look_up(const struct names *names, struct str word)
{
        uint32_t bits = 0;

        for (uint16_t i = names->heads[head_of(word)]; i != NONE;
             i = names->next[i]) {
                struct str text = rows[i].text;

                if (text.p[text.n - 1] == '*'
                            ? str_starts(word, str_sub(text, 0, text.n - 1))
                            : str_eq(word, text))
                        bits |= rows[i].bit;
        }
        return bits;
}

static bool is_capital(char c)
{
        return c >= 'A' && c <= 'Z';
}

/* Cut one word off the front of *rest, in small letters, into word. */
static struct str cut_word(struct str *rest, char *word)
{
        size_t i = 0, n = 0;
        bool was_small = false;

        while (i < rest->n && !chr_is_alpha(rest->p[i]))
                i++;
        while (i < rest->n && chr_is_alpha(rest->p[i])) {
                char c = rest->p[i];

                if (was_small && is_capital(c))
                        break;
                was_small = !is_capital(c);
                if (n < WORD_MAX_B)
                        word[n++] = chr_lower(c);
                i++;
        }
        *rest = str_sub(*rest, i, rest->n);
        return (struct str) { word, n };
}

uint32_t names_read(const struct names *names, struct str value)
{
        const uint32_t thing = NAME_IS(THING), place = NAME_IS(PLACE);
        uint32_t bits = 0, before = 0;

        for (int i = 0; i < NAME_WORDS_MAX && value.n; i++) {
                char memory[WORD_MAX_B];
                bool is_new = chr_is_space(value.p[0]);
                struct str word = cut_word(&value, memory);
                uint32_t now = word.n ? look_up(names, word) : 0;

                if (is_new)
                        before = 0;
                if ((before & thing && now & place) ||
                    (before & place && now & thing))
                        bits |= NAME_IS(BODY);
                bits |= now;
                before = now;
        }
        return bits;
}
