#include "wire/feed_json.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "wire/date.h"
#include "wire/draft.h"
#include "wire/jsonin.h"
#include "wire/sanitize.h"

/* A string member; absent when it's none. An id may be a number. */
static struct str text_in(struct draft *d, const json_t *v)
{
        if (json_is_string(v)) {
                struct str s = { json_string_value(v), json_string_length(v) };
                return utf8_repair(d->a, arena_str(d->a, s));
        }
        if (json_is_integer(v))
                return arena_printf(d->a, "%lld",
                                    (long long)json_integer_value(v));
        return STR_NULL;
}

static struct str text_of(struct draft *d, const json_t *object,
                          const char *key)
{
        return text_in(d, json_object_get(object, key));
}

static struct str line_of(struct draft *d, const json_t *object,
                          const char *key)
{
        return draft_line(d, text_of(d, object, key), HEADLINE_GUESS);
}

static struct str url_of(struct draft *d, const json_t *object, const char *key)
{
        return draft_url(d, text_of(d, object, key), d->base);
}

/* {"name": ...}, or the name itself. */
static void read_author(struct draft *d, const json_t *author,
                        struct strs *list)
{
        draft_author(d, list,
                     json_is_object(author) ? text_of(d, author, "name")
                                            : text_in(d, author));
}

static void read_authors(struct draft *d, const json_t *object,
                         struct strs *list)
{
        const json_t *authors = json_object_get(object, "authors"), *author;
        size_t i;

        json_array_foreach(authors, i, author) read_author(d, author, list);
        if (!json_is_array(authors))
                read_author(d, authors, list);
        read_author(d, json_object_get(object, "author"), list);
}

static void read_tags(struct draft *d, const json_t *object, struct strs *list)
{
        const json_t *tags = json_object_get(object, "tags"), *tag;
        size_t i;

        json_array_foreach(tags, i, tag) draft_add(
                d, list, draft_line(d, text_in(d, tag), HEADLINE_TEXT),
                LIMIT_CATEGORIES);
}

static void read_time(int64_t *at, struct str text)
{
        int64_t seen;

        if (date_parse(text, &seen, NULL) == 0)
                *at = seen;
}

static void read_attachments(struct draft *d, const json_t *object,
                             struct item *it)
{
        const json_t *list = json_object_get(object, "attachments"), *one;
        size_t i;

        json_array_foreach(list, i, one) draft_enclosure(
                d, it, url_of(d, one, "url"), text_of(d, one, "mime_type"),
                text_of(d, one, "size_in_bytes"));
}

static void read_item(struct draft *d, const json_t *object)
{
        struct item *it = draft_item(d);

        if (!it)
                return;
        it->id = text_of(d, object, "id");
        it->url = url_of(d, object, "url");
        if (!it->url.n)
                it->url = url_of(d, object, "external_url");
        it->title = line_of(d, object, "title");
        it->summary = sanitize_text(d->a, text_of(d, object, "summary"));
        it->content = draft_html(d, text_of(d, object, "content_html"),
                                 it->url.n ? it->url : d->base, false);
        if (!it->content.n)
                it->content =
                        sanitize_text(d->a, text_of(d, object, "content_text"));
        it->image = url_of(d, object, "image");
        if (!it->image.n)
                it->image = url_of(d, object, "banner_image");
        it->language = draft_language(d, text_of(d, object, "language"));
        read_time(&it->published, text_of(d, object, "date_published"));
        read_time(&it->updated, text_of(d, object, "date_modified"));
        read_authors(d, object, &it->authors);
        read_tags(d, object, &it->categories);
        read_attachments(d, object, it);
}

static void read_hubs(struct draft *d, const json_t *root)
{
        const json_t *hub = json_array_get(json_object_get(root, "hubs"), 0);

        if (hub)
                d->doc->hub = url_of(d, hub, "url");
}

/* A feed's authors and language hold for items that say nothing. */
static void hand_down(struct feed_doc *doc, const struct strs *authors)
{
        for (size_t i = 0; i < doc->n_items; i++) {
                if (!doc->items[i].authors.n)
                        doc->items[i].authors = *authors;
                if (!doc->items[i].language.n)
                        doc->items[i].language = doc->language;
        }
}

int feed_json_read(struct draft *d, struct str text, struct err *err)
{
        json_t *root = NULL;
        const json_t *items, *item;
        struct feed_doc *doc = d->doc;
        struct strs authors = { 0 };
        size_t i;
        int rc = jsonin_read(text, &root, err);

        if (rc < 0)
                return rc;
        items = json_object_get(root, "items");
        if (!json_is_array(items)) {
                json_decref(root);
                return err_set(
                        err, ERR_INPUT,
                        "this JSON is no JSON Feed: it has no \"items\"");
        }
        struct str version = text_of(d, root, "version");
        doc->format = FEED_JSON;
        doc->version = str_find(version, STR("1.1"), 0) == STR_NONE
                               ? STR("json 1.0")
                               : STR("json 1.1");
        doc->title = line_of(d, root, "title");
        doc->link = url_of(d, root, "home_page_url");
        doc->self = url_of(d, root, "feed_url");
        doc->next = url_of(d, root, "next_url");
        doc->language = draft_language(d, text_of(d, root, "language"));
        doc->description = sanitize_text(d->a, text_of(d, root, "description"));
        read_hubs(d, root);
        read_authors(d, root, &authors);
        if (!d->base.n)
                d->base = doc->self.n ? doc->self : doc->link;
        json_array_foreach(items, i, item)
        {
                if (json_is_object(item))
                        read_item(d, item);
                if (arena_is_full(d->a))
                        break;
        }
        hand_down(doc, &authors);
        json_decref(root);
        if (arena_is_full(d->a))
                return err_set(err, ERR_LIMIT,
                               "the feed takes more memory than we give it");
        return 0;
}
