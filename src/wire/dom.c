#include "wire/dom.h"

#include <libxml/HTMLparser.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

xmlDoc *dom_parse(struct str html)
{
        if (!html.n || html.n > LIMIT_PAGE_B)
                return NULL;
        return htmlReadMemory(html.p, (int)html.n, NULL, "UTF-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                      HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      HTML_PARSE_COMPACT);
}

bool dom_is_element(const xmlNode *n)
{
        return n->type == XML_ELEMENT_NODE;
}

enum tag dom_tag(const xmlNode *n)
{
        return n->type == XML_ELEMENT_NODE
                       ? tag_find(str_c((const char *)n->name))
                       : TAG_UNKNOWN;
}

struct str dom_attr(const xmlNode *n, const char *name)
{
        struct str key = str_c(name);

        for (const xmlAttr *at = n->properties; at; at = at->next)
                if (str_eq_nocase(str_c((const char *)at->name), key))
                        return at->children
                                       ? str_c((const char *)
                                                       at->children->content)
                                       : STR("");
        return STR_NULL;
}

xmlNode *dom_next_outside(const xmlNode *n, const xmlNode *top)
{
        while (n && n != top) {
                if (n->next)
                        return n->next;
                n = n->parent;
        }
        return NULL;
}

xmlNode *dom_next(const xmlNode *n, const xmlNode *top)
{
        if (n->type == XML_ELEMENT_NODE && n->children)
                return n->children;
        return dom_next_outside(n, top);
}

struct str dom_text(struct arena *a, const xmlNode *top)
{
        struct buf out;

        buf_init(&out, LIMIT_TEXT_B);
        for (const xmlNode *n = dom_next(top, top); n;) {
                bool is_hidden = tag_flags(dom_tag(n)) & TAG_DROP;

                if (n->type == XML_TEXT_NODE)
                        buf_puts(&out, (const char *)n->content);
                else if (dom_is_element(n))
                        buf_char(&out, ' ');
                n = is_hidden ? dom_next_outside(n, top) : dom_next(n, top);
        }
        struct str ret = utf8_fold_space(a, buf_str(&out));
        buf_done(&out);
        return ret;
}
