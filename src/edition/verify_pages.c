/* What was proved, looked for on the pages as they are now. */

#include "base/utf8.h"
#include "edition/verify.h"

size_t verify_pages(struct arena *a, struct verify_report *report,
                    const struct verify_page *pages, size_t n)
{
        size_t gone = 0;

        for (size_t k = 0; k < n; k++) {
                struct str title = utf8_tidy(a, pages[k].title);
                struct str text = utf8_tidy(a, pages[k].text);

                for (size_t i = 0; i < report->n; i++) {
                        struct verified *v = &report->items[i];
                        struct str copied = utf8_tidy(a, v->copied);

                        if (!v->copied.n || !str_eq(v->url, pages[k].url))
                                continue;
                        v->is_gone = str_find(text, copied, 0) == STR_NONE &&
                                     str_find(title, copied, 0) == STR_NONE;
                        gone += v->is_gone;
                }
        }
        return gone;
}
