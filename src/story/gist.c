#include "story/gist.h"

#include <string.h>

#include "story/words.h"

#define WORDS_READ 300   /* of the text: news stands at its front */
#define TEXT_READ_B 4000 /* no more bytes are looked at for them */
#define TITLE_READ 100
#define LEAD_WORDS 80
#define TEXT_MIN 12 /* words; with less it is no more than a headline */
#define SHOUTED_MIN 4
#define SHOUTED 0.8 /* the share of capitals from which they mean nothing */

static void add(struct gist_bag *b, uint64_t key, uint32_t count,
                uint32_t marks)
{
        size_t i = (size_t)((key ^ key >> 32) % GIST_SLOTS);

        while (b->slots[i]) {
                struct gist_term *known = &b->items[b->slots[i] - 1];
                if (known->key == key) {
                        known->count += count;
                        known->marks |= marks;
                        return;
                }
                i = (i + 1) % GIST_SLOTS;
        }
        if (b->n == GIST_MAX)
                return;
        b->items[b->n++] = (struct gist_term) { key, count, marks };
        b->slots[i] = (uint16_t)b->n;
}

static bool is_content(const struct word *w)
{
        return !w->is_stop && (w->length > 1 || w->is_number);
}

static uint64_t pair_key(uint64_t a, uint64_t b)
{
        uint64_t h = ((a << 7 | a >> 57) ^ b) * 0xFF51AFD7ED558CCDu;

        return h ^ h >> 32;
}

/* Marks of words[i] by its place; names are told by marks_name or not. */
struct place {
        uint32_t marks, lead_marks, name_marks;
        bool is_title;
};

static void add_words(struct gist *f, const struct word *words, size_t n,
                      const struct place *p)
{
        const struct word *before = NULL;

        for (size_t i = 0; i < n; i++) {
                const struct word *w = &words[i];
                uint32_t marks = p->marks;

                if (w->is_apart)
                        before = NULL;
                if (!is_content(w))
                        continue;
                if (i < LEAD_WORDS) {
                        marks |= p->lead_marks;
                        /* a sentence begins with a capital, name or not */
                        if (w->is_name && (p->is_title || !w->is_apart))
                                marks |= p->name_marks;
                        if (w->is_number)
                                marks |= GIST_FIGURE;
                }
                add(&f->words, w->term, w->is_name || w->is_number ? 2 : 1,
                    marks);
                if (before)
                        add(&f->pairs, pair_key(before->term, w->term), 1, 0);
                before = w;
        }
}

/* Headlines In Capitals don't say which of their words are names. */
static bool is_shouted(const struct word *words, size_t n)
{
        size_t content = 0, names = 0;

        for (size_t i = 0; i < n; i++) {
                content += is_content(&words[i]);
                names += is_content(&words[i]) && words[i].is_name;
        }
        return content >= SHOUTED_MIN &&
               (double)names >= SHOUTED * (double)content;
}

static void clear(struct gist_bag *b)
{
        b->n = 0;
        memset(b->slots, 0, sizeof(b->slots));
}

void gist_take_apart(struct words *w, struct str title, struct str text,
                     struct words_text *ret_title, struct words_text *ret_text)
{
        words_take_apart(w, str_sub(title, 0, TEXT_READ_B), TITLE_READ,
                         ret_title);
        words_take_apart(w, str_sub(text, 0, TEXT_READ_B), WORDS_READ,
                         ret_text);
}

void gist_read(struct gist *f, struct words *w, const struct words_text *title,
               const struct words_text *text, enum lang lang)
{
        struct place in_title = { GIST_TITLE | GIST_LEAD, 0, GIST_NAME, true };
        struct place in_text = { 0, GIST_LEAD, GIST_NAME, false };
        const struct word *words;
        size_t n;

        clear(&f->words);
        clear(&f->pairs);
        n = words_stem(w, title, lang, &words);
        if (is_shouted(words, n))
                in_title.name_marks = 0;
        add_words(f, words, n, &in_title);

        n = words_stem(w, text, lang, &words);
        f->is_headline = n < TEXT_MIN;
        add_words(f, words, n, &in_text);
}
