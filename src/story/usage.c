#include "story/usage.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

#define WORD_MAX_B 64 /* longer ones are in no list */
#define FRONT_MAX_B 80

static const struct {
        enum lang lang;
        struct str lists[USAGE_LISTS], phrases;
} usages[] = {
#define USAGE(name, titles, counted, units, may_end, openers, pronouns, we,    \
              verbs, credits, fillers, articles, clauses, breaks, offices,     \
              phrases)                                                         \
        { LANG_##name,                                                         \
          { STR_INIT(" " titles " "), STR_INIT(" " counted " "),               \
            STR_INIT(" " units " "), STR_INIT(" " may_end " "),                \
            STR_INIT(" " openers " "), STR_INIT(" " pronouns " "),             \
            STR_INIT(" " we " "), STR_INIT(" " verbs " "),                     \
            STR_INIT(" " credits " "), STR_INIT(" " fillers " "),              \
            STR_INIT(" " articles " "), STR_INIT(" " clauses " "),             \
            STR_INIT(" " breaks " "), STR_INIT(" " offices " ") },             \
          STR_INIT(phrases) },
#include "story/usage.def"
#undef USAGE
};

static const struct str honorifics = STR_INIT(
        " mr mrs ms miss m mme mlle mm herr frau sr sra srta dr dra sir lord "
        "lady don doña sig signor signora dhr mevrouw mevr meneer г-н г-жа ");

static const struct str particles = STR_INIT(
        " de da di del della van von der den la le las los bin al el dos das "
        "du des ibn e y zu ter ten degli ben ");

static const char *const furniture[] = {
        "read more",
        "read also",
        "sign up",
        "subscribe",
        "click here",
        "follow us",
        "all rights reserved",
        "copyright",
        "getty images",
        "image source",
        "image caption",
        "media caption",
        "photograph:",
        "photo:",
        "picture:",
        "contributed to this report",
        "contributed to this story",
        "contributed reporting",
        "additional reporting",
        "reporting by",
        "editing by",
        "updated at",
        "last updated",
        "share this",
        "posted on ",
        "posted by ",
        "updated:",
        "published time",
        "published:",
        "for immediate release",
        "this article",
        "this story was",
        "see also",
        "related:",
        "cookie",
        "newsletter",
        "advertisement",
        "e-mail us",
        "scroll down",
        "(photo",
        "file photo",
        "file picture",
        "stock photo",
        "photo by",
        "photo courtesy",
        "photo credit",
        "ap photo",
        "in this photo",
        "in this image",
        "in this picture",
        "pictured",
        "seen here",
        "image:",
        "images:",
        "photos:",
        "video:",
        "watch:",
        "(l)",
        "(r)",
        "(c)",
        "(left)",
        "(right)",
        "(centre)",
        "(center)",
        "left to right",
        "update:",
        "correction:",
        "editor's note",
        "editors' note",
        "download here",
        "hit the jump",
        "after the jump",
        "watch the video",
        "watch live",
        "see the video",
        "tell us what",
        "let us know",
        "in the comments",
        "like us on",
        "join the conversation",
        "stay tuned",
        "check back",
        "developing story",
        "more to come",
        "more to follow",
        "photo gallery",
        "slideshow",
        "click to",
        "http://",
        "https://",
        "www.",
        "pic.twitter",
        "terms of use",
        "privacy policy",
        "lire aussi",
        "lire la suite",
        "abonnez-vous",
        "tous droits",
        "inscrivez-vous",
        "crédit photo",
        "photo d'archives",
        "photo d'illustration",
        "image d'archives",
        "image d'illustration",
        "sur cette photo",
        "(à gauche)",
        "(à droite)",
        "(au centre)",
        "(crédit",
        "photo :",
        "©",
        "voir aussi",
        "à lire aussi",
        "regardez",
        "mis à jour",
        "publié le",
        "réservé aux abonnés",
        "cet article",
        "mehr zum thema",
        "archivbild",
        "archivfoto",
        "symbolbild",
        "symbolfoto",
        "foto:",
        "bild:",
        "(archiv)",
        "(links)",
        "(rechts)",
        "(l.)",
        "(r.)",
        "(m.)",
        "im bild:",
        "auf dem bild",
        "hier geht es",
        "mehr dazu",
        "bildergalerie",
        "lesen sie",
        "abonnieren",
        "alle rechte",
        "diesen artikel",
        "dieser artikel",
        "jetzt anmelden",
        "lea también",
        "foto de archivo",
        "imagen de archivo",
        "fotografía de archivo",
        "(izq.)",
        "(der.)",
        "(izquierda)",
        "(derecha)",
        "en la foto",
        "en la imagen",
        "imagen:",
        "vea también",
        "mira el video",
        "mira el vídeo",
        "lee también",
        "leer más",
        "suscríbete",
        "suscríbase",
        "derechos reservados",
        "este artículo",
        "leggi anche",
        "foto d'archivio",
        "foto di repertorio",
        "immagine d'archivio",
        "nella foto",
        "(a sinistra)",
        "(a destra)",
        "guarda il video",
        "guarda le foto",
        "leggi tutto",
        "iscriviti",
        "abbonati",
        "riproduzione riservata",
        "questo articolo",
        "leia mais",
        "foto de arquivo",
        "imagem de arquivo",
        "na foto",
        "na imagem",
        "(à esquerda)",
        "(à direita)",
        "veja também",
        "assista ao",
        "imagem:",
        "leia também",
        "assine",
        "direitos reservados",
        "este artigo",
        "lees ook",
        "archieffoto",
        "op de foto",
        "beeld:",
        "bekijk de",
        "bekijk ook",
        "lees meer",
        "meld je aan",
        "alle rechten",
        "dit artikel",
        "читайте также",
        "архивное фото",
        "на фото",
        "На фото",
        "на снимке",
        "На снимке",
        "(слева)",
        "(справа)",
        "смотрите также",
        "Смотрите также",
        "Подробнее",
        "фото:",
        "иллюстративное фото",
        "Читайте также",
        "подписывайтесь",
        "Подписывайтесь",
        "подпишитесь",
        "Подпишитесь",
        "все права",
        "Все права",
        "Фото:",
};

static size_t usage_of(enum lang lang)
{
        for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++)
                if (usages[i].lang == lang)
                        return i;
        return 0;
}

static size_t put(char *out, size_t at, UChar32 c)
{
        if (c < 0x80) {
                out[at++] = (char)c;
        } else if (c < 0x800) {
                out[at++] = (char)(0xC0 | c >> 6);
                out[at++] = (char)(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
                out[at++] = (char)(0xE0 | c >> 12);
                out[at++] = (char)(0x80 | (c >> 6 & 0x3F));
                out[at++] = (char)(0x80 | (c & 0x3F));
        } else {
                out[at++] = '?';
        }
        return at;
}

struct str usage_fold(struct str s, char *out, size_t max_b)
{
        size_t n = 0;

        while (s.n && n + 4 <= max_b) {
                UChar32 c = (UChar32)utf8_next(&s);
                n = put(out, n, c == 0x2019 ? '\'' : u_tolower(c));
        }
        return (struct str) { out, n };
}

/* list begins, ends and is parted by blanks. */
static bool is_in(struct str list, struct str word)
{
        char padded[WORD_MAX_B + 2] = " ";

        if (!word.n || word.n >= WORD_MAX_B - 8)
                return false;

        struct str folded = usage_fold(word, padded + 1, WORD_MAX_B - 4);

        if (str_chr(folded, ' ', 0) != STR_NONE)
                return false;
        padded[folded.n + 1] = ' ';
        return str_find(list, (struct str) { padded, folded.n + 2 }, 0) !=
               STR_NONE;
}

bool usage_has(enum lang lang, enum usage_list list, struct str word)
{
        return is_in(usages[usage_of(lang)].lists[list], word);
}

bool usage_leans(enum lang lang, struct str s)
{
        char front[FRONT_MAX_B];
        struct str folded = usage_fold(s, front, sizeof(front));
        struct str rest = usages[usage_of(lang)].phrases, phrase;

        while (str_cut(&rest, '|', &phrase)) {
                struct str after = str_sub(folded, phrase.n, folded.n);
                char end = phrase.n ? phrase.p[phrase.n - 1] : 0;

                if (!phrase.n || !str_starts(folded, phrase))
                        continue;
                if (!after.n || end == ' ' || end == ',' ||
                    !u_isalnum((UChar32)utf8_next(&after)))
                        return true;
        }
        return false;
}

/* Does one of the furniture's phrases stand at the front of s? */
static bool begins_as_furniture(struct str s)
{
        for (size_t i = 0; i < sizeof(furniture) / sizeof(furniture[0]); i++)
                if (furniture[i][0] == chr_lower(s.p[0]) &&
                    str_starts_nocase(s, str_c(furniture[i])))
                        return true;
        return false;
}

bool usage_is_furniture(struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                bool is_start = !i || !(chr_is_alnum(s.p[i - 1]) ||
                                        (unsigned char)s.p[i - 1] >= 0x80);

                if (is_start && begins_as_furniture(str_sub(s, i, s.n)))
                        return true;
        }
        return false;
}

bool usage_is_honorific(struct str word)
{
        return is_in(honorifics, word);
}

bool usage_is_particle(struct str word)
{
        return is_in(particles, word);
}

struct str usage_first_word(struct str s)
{
        struct str rest = s;
        size_t n = 0;

        while (rest.n) {
                UChar32 c = (UChar32)utf8_next(&rest);
                bool inside = n && (c == '-' || c == '\'' || c == 0x2019);

                if (!u_isalnum(c) && !inside)
                        break;
                n = s.n - rest.n;
        }
        return str_sub(s, 0, n);
}
