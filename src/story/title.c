#include "story/title.h"

#include <stddef.h>

#include "base/utf8.h"

#define LABEL_MAX_B 28 /* longer than this before a colon is no label */
#define LABELS_MAX 2
#define OUTLET_MAX_B 40
#define STOPPED_MIN_B 20 /* a shorter headline keeps its full stop */
#define WORD_MIN_B 4     /* of a last word that no abbreviation has */

static const char *const opinion_labels[] = {
        "opinion",   "commentary",  "comment",
        "editorial", "op-ed",       "column",
        "viewpoint", "leader",      "the guardian view",
        "letters",   "tribune",     "opinion | ",
        "edito",     "chronique",   "kommentar",
        "meinung",   "leitartikel", "kolumne",
        "glosse",    "opinión",     "opinion\xC3\xB3n",
        "columna",   "tribuna",     "editoriale",
        "commento",  "opinião",     "éditorial",
        "mening",    "мнение",
};

static const char *const labels[] = {
        "live updates",
        "live",
        "live blog",
        "update",
        "updated",
        "watch",
        "video",
        "photos",
        "in pictures",
        "exclusive",
        "breaking",
        "breaking news",
        "analysis",
        "explainer",
        "explained",
        "review",
        "interview",
        "podcast",
        "listen",
        "factbox",
        "feature",
        "profile",
        "direct",
        "en direct",
        "vidéo",
        "exclusif",
        "analyse",
        "entretien",
        "liveblog",
        "eilmeldung",
        "exklusiv",
        "liveticker",
        "+++",
        "en vivo",
        "última hora",
        "directo",
        "exclusiva",
        "vídeo",
        "in diretta",
        "esclusiva",
        "видео",
        "эксклюзив",
        "just in",
        "developing",
        "must watch",
        "must read",
        "gallery",
        "photo gallery",
        "slideshow",
        "news alert",
        "en images",
        "alerte info",
        "dernière minute",
        "mise à jour",
        "infographie",
        "en imágenes",
        "fotos",
        "urgente",
        "actualización",
        "foto",
        "ultima ora",
        "aggiornamento",
        "diretta",
        "ao vivo",
        "atualização",
        "exclusivo",
        "vivo",
        "exclusief",
        "kijk",
        "newsblog",
        "live-ticker",
        "ticker",
        "bilder",
        "fotostrecke",
        "срочно",
        "онлайн",
        "обновлено",
        "молния",
        "фото",
        "прямая трансляция",
};

static const char *const opinion_paths[] = {
        "opinion",  "opinions",  "commentary", "commentisfree", "comment",
        "op-ed",    "editorial", "editorials", "columns",       "columnists",
        "meinung",  "kommentar", "kommentare", "leitartikel",   "kolumnen",
        "debats",   "tribune",   "idees",      "editos",        "tribunas",
        "opinioni", "opiniao",   "voices",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool is_same_in_small(struct str a, struct str b)
{
        while (a.n && b.n)
                if (utf8_small(utf8_next(&a)) != utf8_small(utf8_next(&b)))
                        return false;
        return !a.n && !b.n;
}

static bool is_one_of(struct str s, const char *const *list, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (is_same_in_small(s, str_c(list[i])))
                        return true;
        return false;
}

/* The label before ": ", " | " or a dash, or within brackets, and where the
 * headline goes on. */
static struct str label_of(struct str title, size_t *ret_rest)
{
        static const char *const ends[] = { ":", "|", " - ", " \u2013 ",
                                            " \u2014 " };
        size_t end = STR_NONE;

        if (str_starts(title, STR("[")) || str_starts(title, STR("("))) {
                end = str_chr(title, title.p[0] == '[' ? ']' : ')', 0);
                if (end == STR_NONE || end > LABEL_MAX_B)
                        return STR_NULL;
                *ret_rest = end + 1;
                return str_trim(str_sub(title, 1, end - 1));
        }
        for (size_t i = 0; i < COUNT(ends); i++) {
                size_t at = str_find(title, str_c(ends[i]), 0);

                if (at < end) {
                        end = at;
                        *ret_rest = at + str_c(ends[i]).n;
                }
        }
        if (end == STR_NONE || end > LABEL_MAX_B || *ret_rest >= title.n)
                return STR_NULL;
        return str_trim(str_sub(title, 0, end));
}

/* "LIVE: Update: ..." has two. */
static struct str without_label(struct str title)
{
        for (int i = 0; i < LABELS_MAX; i++) {
                size_t rest = 0;
                struct str label = label_of(title, &rest);

                if (!label.p ||
                    (!is_one_of(label, labels, COUNT(labels)) &&
                     !is_one_of(label, opinion_labels, COUNT(opinion_labels))))
                        break;
                title = str_trim(str_sub(title, rest, title.n));
        }
        return title;
}

/* Bars that part a headline from its outlet; those from ODD_BARS on part it
 * from nothing else. */
static const char *const bars[] = { " | ",      " - ",     " \u2013 ",
                                    " \u2014 ", " .:. ",   " \u00ab ",
                                    " \u00bb ", " :: ",    " \u00b7 ",
                                    " \u2022 ", " \u2039 " };
#define ODD_BARS 4

/* Is the guillemet at `at` one of a pair that quotes? */
static bool is_quoting(struct str title, size_t at)
{
        static const struct str open = STR_INIT("\u00ab"),
                                close = STR_INIT("\u00bb");

        return str_find(title, open, 0) != STR_NONE &&
               str_find(title, close, 0) != STR_NONE &&
               (str_starts(str_sub(title, at + 1, title.n), open) ||
                str_starts(str_sub(title, at + 1, title.n), close));
}

/* Where the last bar starts; STR_NONE: there is none. */
static size_t last_bar(struct str title, size_t *ret_after, bool *ret_is_odd)
{
        for (size_t at = title.n; at-- > 1;) {
                for (size_t k = 0; k < COUNT(bars); k++) {
                        struct str bar = str_c(bars[k]);

                        if (!str_starts(str_sub(title, at, title.n), bar) ||
                            is_quoting(title, at))
                                continue;
                        *ret_after = at + bar.n;
                        *ret_is_odd = k >= ODD_BARS;
                        return at;
                }
        }
        return STR_NONE;
}

static struct str last_word(struct str s)
{
        size_t from = s.n;

        while (from > 0 && s.p[from - 1] != ' ')
                from--;
        return str_sub(s, from, s.n);
}

/* "The Ambry Tribune", "Ambry News", "ambry.com": how outlets call themselves,
 * each word with a capital. */
static bool is_outlet_name(struct str s)
{
        static const char *const last[] = {
                "news",     "times",    "tribune",   "post",      "herald",
                "gazette",  "journal",  "chronicle", "telegraph", "observer",
                "courier",  "examiner", "standard",  "bulletin",  "mirror",
                "express",  "magazine", "zeitung",   "anzeiger",  "nachrichten",
                "tagblatt", "kurier",   "rundschau", "online",    "noticias",
                "diario",   "notizie",  "giornale",  "notícias",  "jornal",
                "nieuws",   "dagblad",  "новости",   "газета",    "известия",
        };
        static const char *const ends[] = { ".com", ".org", ".net", ".co.uk",
                                            ".de",  ".fr",  ".es",  ".it",
                                            ".pt",  ".nl",  ".ru",  ".eu" };
        struct str rest = s, word;
        size_t n = 0;

        for (size_t i = 0; i < COUNT(ends); i++)
                if (str_ends(s, str_c(ends[i])) &&
                    str_chr(s, ' ', 0) == STR_NONE)
                        return true;
        for (; str_cut(&rest, ' ', &word); n++) {
                uint32_t first = word.n ? utf8_next(&word) : 0;

                if (utf8_small(first) == first)
                        return false;
        }
        return n > 1 && is_one_of(last_word(s), last, COUNT(last));
}

static struct str without_outlet(struct str title, struct str source)
{
        size_t after = 0;
        bool is_odd = false;
        size_t at = last_bar(title, &after, &is_odd);

        if (at == STR_NONE || title.n - after > OUTLET_MAX_B)
                return title;

        struct str tail = str_trim(str_sub(title, after, title.n));
        bool is_source = source.n && (str_find_nocase(tail, source, 0) == 0 ||
                                      str_find_nocase(source, tail, 0) == 0);
        bool is_bar = title.p[at + 1] == '|';

        return is_source || is_odd || (!source.n && is_bar) ||
                               is_outlet_name(tail)
                       ? str_trim(str_sub(title, 0, at))
                       : title;
}

/* "(UPDATED)", "[Video]" at the end: a word on the page, not on the event. */
static struct str without_remark(struct str title)
{
        char close = title.n ? title.p[title.n - 1] : 0;
        size_t open = STR_NONE;

        if (close != ')' && close != ']')
                return title;
        for (size_t i = title.n; i-- > 0 && open == STR_NONE;)
                if (title.p[i] == (close == ')' ? '(' : '['))
                        open = i;
        if (open == STR_NONE || open == 0 ||
            !is_one_of(str_trim(str_sub(title, open + 1, title.n - open - 2)),
                       labels, COUNT(labels)))
                return title;
        return str_trim(str_sub(title, 0, open));
}

/* The full stop of a headline that is a sentence; "U.S." keeps its own. */
static struct str without_stop(struct str title)
{
        size_t n = title.n, from = n - 1;

        if (n < STOPPED_MIN_B || title.p[n - 1] != '.' || title.p[n - 2] == '.')
                return title;
        while (from > 0 && title.p[from - 1] != ' ' && title.p[from - 1] != '.')
                from--;
        /* the last word: a letter or "Inc" is an abbreviation */
        if (n - 1 - from < WORD_MIN_B || title.p[from ? from - 1 : 0] == '.')
                return title;
        return str_sub(title, 0, n - 1);
}

struct str title_clean(struct str title, struct str source)
{
        struct str t = without_outlet(str_trim(title), source);

        t = without_stop(without_remark(without_label(t)));
        return t.n ? t : title;
}

static bool is_date_word(struct str w)
{
        static const char *const words[] = {
                "january",  "february", "march",    "april",     "may",
                "june",     "july",     "august",   "september", "october",
                "november", "december", "monday",   "tuesday",   "wednesday",
                "thursday", "friday",   "saturday", "sunday",    "article",
                "posted",   "updated",  "on",       "at",        "published",
                "am",       "pm",       "no",       "title",     "untitled",
                "last",     "gmt",      "utc",      "bst",       "est",
                "edt",      "cet",      "cest",
        };

        return is_one_of(w, words, COUNT(words));
}

/* "... reported Dec.", "... began before 9.": an abbreviation or a clock was
 * taken for the end of the sentence. */
static bool is_cut_at_date(struct str title)
{
        static const char *const months[] = { "Jan",  "Feb", "Mar", "Apr",
                                              "Jun",  "Jul", "Aug", "Sep",
                                              "Sept", "Oct", "Nov", "Dec" };
        static const char *const before[] = { " before ", " after ", " at ",
                                              " around ", " about " };
        struct str last, front;

        if (!str_ends(title, STR(".")))
                return false;
        front = str_sub(title, 0, title.n - 1);
        last = last_word(front);
        front.n -= last.n;
        if (!front.n)
                return false;

        for (size_t i = 0; i < COUNT(months); i++)
                if (str_eq(last, str_c(months[i])))
                        return true;
        for (size_t i = 0; i < COUNT(before); i++)
                if (last.n <= 2 && last.n && chr_is_digit(last.p[0]) &&
                    str_ends(front, str_c(before[i])))
                        return true;
        return false;
}

bool title_is_headline(struct str title)
{
        size_t n = 0, i = 0;

        if (str_ends(title, STR("\u2026")) || str_ends(title, STR("...")) ||
            is_cut_at_date(title))
                return false;
        while (i < title.n) {
                size_t from = i;

                while (i < title.n && (chr_is_alnum(title.p[i]) ||
                                       (unsigned char)title.p[i] >= 0x80))
                        i++;
                if (i > from && !chr_is_digit(title.p[from]) &&
                    !is_date_word(str_sub(title, from, i - from)))
                        n++;
                i += i == from;
        }
        return n >= 2 ||
               (n && title.n > 3 && (unsigned char)title.p[0] >= 0x80);
}

bool title_is_opinion(struct str title)
{
        size_t rest = 0;
        struct str label = label_of(title, &rest);

        return label.p &&
               is_one_of(label, opinion_labels, COUNT(opinion_labels));
}

bool title_url_is_opinion(struct str url)
{
        struct str rest = url, part;

        str_cut(&rest, '/', &part); /* the scheme; what stands last names the
                                       page and is no folder */
        while (str_cut(&rest, '/', &part) && rest.p)
                if (part.n &&
                    is_one_of(part, opinion_paths, COUNT(opinion_paths)))
                        return true;
        return false;
}
