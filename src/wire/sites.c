#include "wire/sites.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"

#define NAME_MAX_B 200

static struct str next_word(struct str *rest)
{
        struct str s = str_trim(*rest);
        size_t n = 0;

        while (n < s.n && !chr_is_space(s.p[n]))
                n++;
        *rest = str_sub(s, n, s.n);
        return str_sub(s, 0, n);
}

/* "div.story-text", "#main", "article". */
static bool read_selector(struct str s, struct site_rule *rule)
{
        size_t n = 0;

        while (n < s.n && chr_is_alnum(s.p[n]))
                n++;
        rule->tag = tag_find(str_sub(s, 0, n));
        if (n && rule->tag == TAG_UNKNOWN)
                return false;
        rule->sign = n < s.n ? s.p[n] : '\0';
        rule->name = str_sub(s, n + 1, s.n);
        if (!rule->sign)
                return n > 0;
        if (rule->name.n > NAME_MAX_B)
                return false;
        for (size_t i = 0; i < rule->name.n; i++)
                if (rule->name.p[i] == '.' || rule->name.p[i] == '#')
                        return false;
        return (rule->sign == '.' || rule->sign == '#') && rule->name.n;
}

static int read_rule(struct arena *a, struct str line, struct site_rule *ret,
                     struct err *err)
{
        struct site_rule rule = { 0 };
        struct str rest = line, what;

        rule.host = arena_lower(a, next_word(&rest));
        what = next_word(&rest);
        rule.is_take = str_eq(what, STR("take"));
        if (!rule.is_take && !str_eq(what, STR("drop")))
                return err_set(err, ERR_INPUT,
                               "after the host stands take or drop, not "
                               "\"" STR_FMT "\"",
                               STR_ARG(str_sub(what, 0, 40)));
        if (!read_selector(next_word(&rest), &rule) || str_trim(rest).n)
                return err_set(err, ERR_INPUT,
                               "name one element: tag, .class, #id, tag.class "
                               "or tag#id");
        *ret = rule;
        return 0;
}

int sites_parse(struct arena *a, struct str text, struct sites *ret,
                struct err *err)
{
        struct sites sites = { 0 };
        struct str line;
        int n = 0, rc;

        while (str_cut(&text, '\n', &line)) {
                struct site_rule rule;

                n++;
                line = str_trim(line);
                if (!line.n || line.p[0] == '#')
                        continue;
                if (sites.n == LIMIT_SITES)
                        return err_set(err, ERR_LIMIT, "over %d rules",
                                       LIMIT_SITES);
                rc = read_rule(a, line, &rule, err);
                if (rc < 0)
                        return err_add(err, "line %d", n), rc;
                ARENA_GROW(a, sites.rules, sites.n, sites.cap);
                rule.line = line;
                sites.rules[sites.n++] = rule;
        }
        *ret = sites;
        return 0;
}

static bool is_of_host(const struct site_rule *r, struct str host)
{
        return str_ends(host, r->host) &&
               (host.n == r->host.n || host.p[host.n - r->host.n - 1] == '.');
}

static bool has_class(struct str list, struct str name)
{
        while (list.n)
                if (str_eq(next_word(&list), name))
                        return true;
        return false;
}

static bool is_meant(const struct site_rule *r, const struct tree_node *n)
{
        if (n->is_text || (r->tag != TAG_UNKNOWN && n->tag != r->tag))
                return false;
        if (r->sign == '#')
                return str_eq(tree_attr(n, TREE_id), r->name);
        return !r->sign || has_class(tree_attr(n, TREE_class), r->name);
}

static void each_block(struct survey *s, size_t node, bool is_kept)
{
        size_t end = s->tree->nodes[node].end;

        for (size_t i = 0; i < s->n_blocks; i++) {
                struct block *b = &s->blocks[i];

                if (b->from >= node && b->from < end)
                        b->is_kept = is_kept && b->tag != TAG_h1 &&
                                     !(s->parts[b->holder].in & IN_CAPTION);
        }
}

/* What is taken is all there is; STR_NONE: the rules take nothing here. */
static size_t take(const struct sites *sites, struct survey *s)
{
        size_t place = STR_NONE;

        for (size_t i = 0; i < s->tree->n; i++)
                for (size_t k = 0; k < sites->n; k++) {
                        const struct site_rule *r = &sites->rules[k];

                        if (!r->is_take || !is_meant(r, &s->tree->nodes[i]))
                                continue;
                        if (place == STR_NONE)
                                for (size_t b = 0; b < s->n_blocks; b++)
                                        s->blocks[b].is_kept = false;
                        place = place == STR_NONE ? i : place;
                        each_block(s, i, true);
                        i = s->tree->nodes[i].end - 1;
                        break;
                }
        return place;
}

static void drop(const struct sites *sites, struct survey *s)
{
        for (size_t i = 0; i < s->tree->n; i++)
                for (size_t k = 0; k < sites->n; k++) {
                        const struct site_rule *r = &sites->rules[k];

                        if (r->is_take || !is_meant(r, &s->tree->nodes[i]))
                                continue;
                        each_block(s, i, false);
                        i = s->tree->nodes[i].end - 1;
                        break;
                }
}

/* Those of a host only, so that a page pays for its own. */
static struct sites of_host(struct arena *a, const struct sites *sites,
                            struct str host)
{
        struct sites own = { 0 };

        for (size_t k = 0; k < sites->n; k++) {
                if (!is_of_host(&sites->rules[k], host))
                        continue;
                ARENA_GROW(a, own.rules, own.n, own.cap);
                own.rules[own.n++] = sites->rules[k];
        }
        return own;
}

struct str sites_lines(struct arena *a, const struct sites *sites,
                       struct str url)
{
        struct sites own = of_host(a, sites, url_host(a, url));
        struct buf out;

        if (!own.n)
                return STR_NULL;
        buf_init(&out, LIMIT_SITES_B);
        for (size_t i = 0; i < own.n; i++) {
                buf_put(&out, own.rules[i].line);
                buf_char(&out, '\n');
        }
        struct str ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

size_t sites_apply(struct arena *a, const struct sites *sites, struct str url,
                   struct survey *s, size_t place)
{
        struct str host = url_host(a, url);
        size_t taken;

        if (!sites->n || !host.n || !s->tree->n)
                return place;
        struct sites own = of_host(a, sites, host);
        if (!own.n)
                return place;
        taken = take(&own, s);
        drop(&own, s);
        return taken == STR_NONE ? place : taken;
}
