/*
 * Texts of any origin: bytes in any encoding, under any label, become valid
 * UTF-8; a date is an instant of its time or refused; a title is one line.
 * The input's first line is the label.
 */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/byline.h"
#include "wire/charset.h"
#include "wire/date.h"
#include "wire/headline.h"
#include "wire/language.h"

#define ARENA_MAX ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is tidy stays as it is. */
static void check_tidy(struct arena *a, struct str text)
{
        struct str once = utf8_tidy(a, text), again = utf8_tidy(a, once);

        assert(utf8_is_valid(once) && once.n <= text.n);
        assert(str_eq(once, again));
}

static void check_charset(struct arena *a, struct str bytes)
{
        struct str rest = bytes, label, note, text;

        (void)str_cut(&rest, '\n', &label);
        text = charset_to_utf8(a, rest, label, &note);
        assert(utf8_is_valid(text));
        assert(utf8_is_valid(note));
        for (size_t i = 0; i < text.n; i++)
                assert((unsigned char)text.p[i] >= ' ' ||
                       chr_is_space(text.p[i]));
        text = charset_to_utf8(a, bytes, STR_NULL, NULL);
        assert(utf8_is_valid(text));
}

static void check_date(struct str bytes)
{
        int64_t at = TIME_NONE;
        bool is_day;

        if (date_parse(bytes, &at, &is_day) < 0) {
                assert(at == TIME_NONE);
                return;
        }
        int year = time_to_civil(at).year;

        assert(year >= 1899 && year <= 2201);
}

static void check_line(struct arena *a, struct str text)
{
        struct str names[BYLINE_NAMES_MAX];

        for (int kind = HEADLINE_TEXT; kind <= HEADLINE_GUESS; kind++) {
                struct str line =
                        headline_of(a, text, (enum headline_kind)kind);

                assert(utf8_is_valid(line) && line.n <= LIMIT_TITLE_B);
                assert(str_chr(line, '\n', 0) == STR_NONE);
                assert(byline_split(a, line, names) <= BYLINE_NAMES_MAX);
        }
        (void)language_guess(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct arena *a = arena_new(ARENA_MAX);

        check_charset(a, bytes);
        check_date(bytes);
        check_date(utf8_repair(a, bytes));
        check_line(a, utf8_repair(a, bytes));
        check_tidy(a, utf8_repair(a, bytes));
        arena_free(a);
        return 0;
}
