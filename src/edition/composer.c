#include "edition/composer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "edition/escape.h"

struct str composer_phrase(struct composer *c, const char *key)
{
        return phrases_get(c->in->phrases, key);
}

struct str composer_fill(struct composer *c, const char *key,
                         const struct phrase_arg *args, size_t n)
{
        return phrases_fill(c->a, c->in->phrases, key, args, n);
}

struct str composer_title(const struct composer *c, const struct article *art,
                          struct str title)
{
        return c->in->clean_title ? c->in->clean_title(title, art->source)
                                  : str_trim(title);
}

bool composer_takes(struct composer *c, const struct article *art,
                    struct str text)
{
        void **place = map_at(c->given, arena_lower(c->a, art->source));
        size_t n = utf8_words(text), *given;

        if (!*place)
                *place = arena_alloc(c->a, sizeof(*given));
        given = *place;
        if (c->in->max_words && *given + n > c->in->max_words)
                return false;
        *given += n;
        return true;
}

/* Does a headline end as a sentence does, so that no stop is wanted? */
bool composer_is_stopped(struct str s)
{
        static const char *const ends[] = { ".",
                                            "!",
                                            "?",
                                            "\u2026",
                                            "\u061f", /* Arabic */
                                            "\u3002", /* Chinese, Japanese */
                                            "\uff01",
                                            "\uff1f",
                                            "\u3002\u300d",
                                            "\uff01\u300d",
                                            "\uff1f\u300d",
                                            ".\u201d",
                                            "?\u201d",
                                            "!\u201d",
                                            ".\"",
                                            "?\"",
                                            "!\"",
                                            "?\u00a0\u00bb",
                                            "!\u00a0\u00bb" };

        for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
                if (str_ends(s, str_c(ends[i])))
                        return true;
        return false;
}

static struct str identity(const struct article *art)
{
        return art->identity.n ? art->identity : art->url;
}

bool composer_is_linked(const struct composer *c, const struct article *art)
{
        return map_find(c->linked, identity(art)) != NULL;
}

void composer_note_link(struct composer *c, const struct article *art)
{
        map_put(c->linked, identity(art), (void *)art);
}

static bool is_titled(struct composer *c, struct str title)
{
        return map_find(c->titles, arena_lower(c->a, title)) != NULL;
}

void composer_note_title(struct composer *c, struct str title)
{
        map_put(c->titles, arena_lower(c->a, title), c);
}

/* {.class key=value ...} behind a blank, then the end of the line. */
void composer_end(struct composer *c, const struct attrs *attrs)
{
        if (attrs->n)
                buf_char(c->out, ' ');
        attrs_put(c->out, attrs);
        buf_char(c->out, '\n');
}

static void put_link(struct composer *c, const struct article *art)
{
        escape_link(c->out, art->source.n ? art->source : art->url, art->url);
        composer_note_link(c, art);
}

/* Links to the articles that list holds, each publisher once. */
void composer_credits(struct composer *c, const struct article *const *list,
                      size_t n)
{
        size_t printed = 0;

        for (size_t i = 0; i < n; i++) {
                bool is_first = true;

                for (size_t k = 0; k < i; k++)
                        is_first &= list[k] != list[i];
                if (!is_first)
                        continue;
                buf_puts(c->out, printed++ ? ", " : " ");
                put_link(c, list[i]);
        }
}

/* Names of reporters, a line each, as one line. */
struct str composer_reporters(struct composer *c, const struct article *art)
{
        struct str rest = art->authors, line, out = STR("");

        while (str_cut(&rest, '\n', &line)) {
                line = str_trim(line);
                if (!line.n)
                        continue;
                out = arena_printf(c->a, STR_FMT "%s" STR_FMT, STR_ARG(out),
                                   out.n ? ", " : "", STR_ARG(line));
        }
        return out;
}

static void add_number(struct composer *c, struct attrs *attrs, const char *key,
                       int64_t n)
{
        attrs_add(c->a, attrs, key, arena_printf(c->a, "%lld", (long long)n));
}

bool composer_is_update(const struct story *s)
{
        return s->n_printed > 0;
}

/* Is its head marked as its publisher's alone, and it is told first? */
static bool is_exclusive(const struct story *s)
{
        return s->is_exclusive && !composer_is_update(s);
}

const char *composer_mark(const struct story *s)
{
        if (composer_is_update(s))
                return "update";
        return is_exclusive(s) ? "exclusive" : NULL;
}

struct attrs composer_story(struct composer *c, const struct story *s)
{
        struct attrs attrs = { 0 };
        struct str by = composer_reporters(c, s->head);

        add_number(c, &attrs, "story", s->id);
        if (s->n_sources > 1)
                add_number(c, &attrs, "sources", (int64_t)s->n_sources);
        if (by.n)
                attrs_add(c->a, &attrs, "by", by);
        if (is_exclusive(s) && s->head->source.n)
                attrs_add(c->a, &attrs, "exclusive", s->head->source);
        if (composer_is_update(s))
                attrs_add(c->a, &attrs, "update", s->printed[0]->date);
        return attrs;
}

/* Is there something of this publisher in list? */
bool composer_has_family(const struct article *const *list, size_t n,
                         struct str source)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq_nocase(list[i]->source, source))
                        return true;
        return false;
}

static bool is_foreign(const struct composer *c, const struct article *art)
{
        return art->language.n && c->in->language.n &&
               !str_eq_nocase(str_sub(art->language, 0, 2),
                              str_sub(c->in->language, 0, 2));
}

/*
 * Up to max other articles of the story, of publishers not in known (then of
 * any), with headlines of their own; the newest first.
 */
size_t composer_others(struct composer *c, const struct story *s,
                       const struct article **ret, size_t max)
{
        size_t n = 0;

        for (int pass = 0; pass < 2; pass++) {
                for (size_t i = s->n_articles; i-- > 0 && n < max;) {
                        const struct article *art = s->articles[i];
                        struct str title = composer_title(c, art, art->title);

                        if (composer_is_linked(c, art) || !title.n ||
                            !art->url.n || is_titled(c, title) ||
                            (c->in->is_headline &&
                             !c->in->is_headline(title)) ||
                            composer_has_family(ret, n, art->source) ||
                            (pass == 0 && is_foreign(c, art)))
                                continue;
                        ret[n++] = art;
                        composer_note_title(c, title);
                }
        }
        return n;
}

struct str composer_link(struct composer *c, struct str text, struct str url)
{
        struct buf b;

        buf_init(&b, LIMIT_COPY_B);
        escape_link(&b, text, url);
        struct str s = arena_str(c->a, buf_str(&b));

        buf_done(&b);
        return s;
}

void composer_foreign(struct composer *c, const struct article *art,
                      struct attrs *attrs)
{
        if (is_foreign(c, art))
                attrs_add(c->a, attrs, "lang", art->language);
}
