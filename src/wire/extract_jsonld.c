#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "base/utf8.h"
#include "wire/extract_meta.h"
#include "wire/jsonin.h"
#include "wire/text.h"
#include "wire/tree.h"

#define DEPTH_MAX 6
#define IMAGE_SIDE_MAX 20000

static struct str text_of(struct arena *a, const json_t *v)
{
        if (json_is_array(v))
                v = json_array_get(v, 0);
        if (json_is_object(v)) {
                const json_t *inner = json_object_get(v, "name");

                v = inner ? inner : json_object_get(v, "url");
        }
        if (!json_is_string(v))
                return STR_NULL;
        struct str s = { json_string_value(v), json_string_length(v) };
        s = text_from_html(a, utf8_repair(a, s));
        return s.n ? s : STR_NULL;
}

/* An article's text: its lines are its paragraphs, unless it has markup. */
static struct str body_of(struct arena *a, const json_t *v)
{
        struct str s = STR_NULL, line;
        struct buf out;

        if (json_is_string(v))
                s = (struct str) { json_string_value(v),
                                   json_string_length(v) };
        if (str_chr(s, '<', 0) != STR_NONE || str_chr(s, '\n', 0) == STR_NONE)
                return text_of(a, v);
        s = utf8_repair(a, s);
        buf_init(&out, LIMIT_TEXT_B);
        while (s.n && str_cut(&s, '\n', &line)) {
                line = text_line_from_html(a, line);
                if (line.n && out.n)
                        buf_puts(&out, "\n\n");
                buf_put(&out, line);
        }
        s = arena_str(a, buf_str(&out));
        buf_done(&out);
        return s;
}

static bool is_type(const json_t *object, struct str part)
{
        const json_t *type = json_object_get(object, "@type");
        const json_t *one;
        size_t i;

        if (json_is_string(type))
                return str_find(str_c(json_string_value(type)), part, 0) !=
                       STR_NONE;
        json_array_foreach(type, i,
                           one) if (json_is_string(one) &&
                                    str_find(str_c(json_string_value(one)),
                                             part, 0) != STR_NONE) return true;
        return false;
}

static void add_author(struct arena *a, struct strs *list, const json_t *v)
{
        const json_t *one;
        size_t i;

        if (json_is_array(v)) {
                json_array_foreach(v, i, one) if (!json_is_array(one))
                        add_author(a, list, one);
                return;
        }
        if (json_is_object(v) && !json_object_get(v, "name"))
                return;
        struct str name = text_of(a, v);
        if (!name.n || name.n > LIMIT_TITLE_B || list->n == LIMIT_AUTHORS ||
            str_starts(name, STR("http")))
                return;
        ARENA_GROW(a, list->items, list->n, list->cap);
        list->items[list->n++] = name;
}

static int64_t number_of(const json_t *v)
{
        int64_t n = 0;

        if (json_is_integer(v))
                n = json_integer_value(v);
        else if (json_is_string(v) &&
                 scan_i64(str_trim(str_c(json_string_value(v))), 0,
                          IMAGE_SIDE_MAX, &n) < 0)
                n = 0;
        return n > 0 && n <= IMAGE_SIDE_MAX ? n : 0;
}

static void read_image(struct arena *a, const json_t *v, struct jsonld *ret)
{
        if (json_is_array(v))
                v = json_array_get(v, 0);
        if (json_is_object(v)) {
                const json_t *url = json_object_get(v, "url");

                ret->image_width = number_of(json_object_get(v, "width"));
                ret->image_height = number_of(json_object_get(v, "height"));
                ret->image_alt = text_of(a, json_object_get(v, "caption"));
                v = url ? url : json_object_get(v, "contentUrl");
        }
        if (json_is_string(v))
                ret->image = arena_str(a, str_c(json_string_value(v)));
}

static void read_date(struct arena *a, const json_t *v, struct jsonld *ret)
{
        struct date_told told;

        if (ret->published != TIME_NONE ||
            !extract_find_date(text_of(a, v), &told))
                return;
        ret->published = told.at;
        ret->is_day = told.is_day;
        ret->is_local = !told.is_day && !told.has_zone;
        ret->offset_s = told.offset_s;
}

static void read_change(struct arena *a, const json_t *v, struct jsonld *ret)
{
        struct date_told told;

        if (ret->updated != TIME_NONE ||
            !extract_find_date(text_of(a, v), &told))
                return;
        ret->updated = told.at;
        ret->change_offset_s = told.offset_s;
}

static void read_article(struct arena *a, const json_t *o, struct jsonld *ret)
{
        const json_t *free = json_object_get(o, "isAccessibleForFree");

        if (!ret->headline.n)
                ret->headline = text_of(a, json_object_get(o, "headline"));
        if (!ret->body.n)
                ret->body = body_of(a, json_object_get(o, "articleBody"));
        if (!ret->image.n)
                read_image(a, json_object_get(o, "image"), ret);
        if (!ret->site.n)
                ret->site = text_of(a, json_object_get(o, "publisher"));
        if (!ret->language.n)
                ret->language = text_of(a, json_object_get(o, "inLanguage"));
        if (!ret->authors.n)
                add_author(a, &ret->authors, json_object_get(o, "author"));
        read_date(a, json_object_get(o, "datePublished"), ret);
        read_change(a, json_object_get(o, "dateModified"), ret);
        if (json_is_false(free) ||
            (json_is_string(free) &&
             str_eq_nocase(str_c(json_string_value(free)), STR("false"))))
                ret->is_paid = true;
}

static void read_value(struct arena *a, const json_t *v, struct jsonld *ret,
                       int depth)
{
        const json_t *one;
        size_t i;

        if (depth == DEPTH_MAX)
                return;
        json_array_foreach(v, i, one) read_value(a, one, ret, depth + 1);
        if (!json_is_object(v))
                return;
        if (is_type(v, STR("Article")) || is_type(v, STR("BlogPosting")) ||
            is_type(v, STR("Report")) || is_type(v, STR("NewsArticle")))
                read_article(a, v, ret);
        else if (is_type(v, STR("WebPage")) || is_type(v, STR("Recipe")) ||
                 is_type(v, STR("HowTo")) || is_type(v, STR("VideoObject")))
                read_date(a, json_object_get(v, "datePublished"), ret);
        read_value(a, json_object_get(v, "@graph"), ret, depth + 1);
        read_value(a, json_object_get(v, "mainEntity"), ret, depth + 1);
}

void jsonld_read(struct arena *a, const struct tree *t, struct jsonld *ret)
{
        *ret = (struct jsonld) { .published = TIME_NONE, .updated = TIME_NONE };
        for (size_t i = 0; i + 1 < t->n; i++) {
                const struct tree_node *n = &t->nodes[i];
                json_t *v;

                if (n->tag != TAG_script || !n[1].is_text ||
                    str_find_nocase(tree_attr(n, TREE_type), STR("ld+json"),
                                    0) == STR_NONE)
                        continue;
                if (jsonin_read(n[1].text, &v, NULL) < 0)
                        continue;
                read_value(a, v, ret, 0);
                json_decref(v);
        }
}
