#include "story/gist.h"

#include <string.h>

#include "story/words.h"

#define WORDS_READ 300   /* of the text: news stands at its front */
#define TEXT_READ_B 4000 /* no more bytes are looked at for them */
#define TITLE_COUNTS 1   /* a word of the title: as one of the text ... */
#define NAME_COUNTS 1    /* ... and one that begins with a capital: more */
#define SLOTS (GIST_MAX * 2)

static void add(struct gist *f, uint64_t term, uint32_t count)
{
        size_t i = (term ^ term >> 32) % SLOTS;

        while (f->slots[i]) {
                struct gist_term *known = &f->items[f->slots[i] - 1];
                if (known->term == term) {
                        known->count += count;
                        return;
                }
                i = (i + 1) % SLOTS;
        }
        if (f->n == GIST_MAX)
                return;
        f->items[f->n++] = (struct gist_term) { term, count };
        f->slots[i] = (uint16_t)f->n;
}

static void add_words(struct gist *f, const struct word *words, size_t n,
                      uint32_t count)
{
        for (size_t i = 0; i < n && i < WORDS_READ; i++)
                if (!words[i].is_stop &&
                    (words[i].length > 1 || words[i].is_number))
                        add(f, words[i].term,
                            count + (words[i].is_name ? NAME_COUNTS : 0));
}

void gist_read(struct gist *f, struct words *w, struct str title,
               struct str text, enum lang lang)
{
        const struct word *words;
        size_t n;

        f->n = 0;
        memset(f->slots, 0, sizeof(f->slots));
        n = words_read(w, str_sub(title, 0, TEXT_READ_B), lang, &words);
        add_words(f, words, n, TITLE_COUNTS);
        n = words_read(w, str_sub(text, 0, TEXT_READ_B), lang, &words);
        add_words(f, words, n, 1);
}
