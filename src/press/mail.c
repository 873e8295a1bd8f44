#include "press/mail.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "conf/phrases.h"
#include "press/day.h"
#include "press/html.h"
#include "press/model.h"
#include "press/text.h"
#include "press/theme.h"
#include "press/value.h"

#define UNSUBSCRIBE STR("{{unsubscribe_url}}")
#define PREHEADER_B 110

/* Why it came, how to leave, and where we live. */
static struct str text_foot(struct arena *a, const struct press *press,
                            struct str reason)
{
        struct str address =
                press->address.n
                        ? arena_printf(a, STR_FMT "\n", STR_ARG(press->address))
                        : STR("");

        return arena_printf(
                a, "\n" STR_FMT "\n" STR_FMT ": <" STR_FMT ">\n" STR_FMT,
                STR_ARG(reason),
                STR_ARG(phrases_get(press->phrases, "press.unsubscribe")),
                STR_ARG(UNSUBSCRIBE), STR_ARG(address));
}

/* Blanks behind the preheader, so that an inbox shows nothing else there. */
static struct str filler(struct arena *a)
{
        struct buf b;

        buf_init(&b, 4096);
        for (int i = 0; i < 60; i++)
                html_lit(&b, "&#847;&zwnj;&nbsp;");

        struct str s = arena_str(a, buf_str(&b));

        buf_done(&b);
        return s;
}

static int print_html(struct arena *a, const struct press *press,
                      const struct issue *issue, struct str reason,
                      struct letter_body *body, struct err *err)
{
        struct value *v = model_issue(a, press, issue, false);
        bool rtl = language_is_rtl(a, issue->edition->language);
        struct buf b;

        value_put_text(a, v, "preheader", body->preheader);
        value_put_text(a, v, "filler", filler(a));
        value_put_text(a, v, "start", rtl ? STR("right") : STR("left"));
        value_put_text(a, v, "end", rtl ? STR("left") : STR("right"));
        value_put_text(a, v, "reason", reason);
        value_put_text(a, v, "unsubscribe_url", UNSUBSCRIBE);
        value_put_text(
                a, v, "privacy_url",
                arena_printf(a, STR_FMT "privacy/", STR_ARG(press->url)));
        buf_init(&b, MAIL_HTML_MAX_B);

        int rc = theme_print(press->theme, "mail", v, &b, err);

        if (rc == 0)
                buf_char(&b, '\n');
        body->html = arena_str(a, buf_str(&b));
        buf_done(&b);
        if (rc == ERR_LIMIT)
                return err_set(err, ERR_LIMIT,
                               "the letter is over %d bytes, at which mail "
                               "programs cut it off: shorten the edition",
                               MAIL_HTML_MAX_B);
        return rc;
}

int mail_print(struct arena *a, const struct press *press,
               const struct issue *issue, struct letter_body *ret,
               struct err *err)
{
        struct phrase_arg name = { "name", press->name };
        struct str reason =
                phrases_fill(a, press->phrases, "press.reason", &name, 1);
        struct str foot = text_foot(a, press, reason);
        struct letter_body body = {
                .subject = issue->edition->title.n ? issue->edition->title
                                                   : press->name,
                .preheader = model_opening(a, issue->edition, PREHEADER_B),
        };
        int rc = text_print(a, press, issue, &foot, &body.text, err);

        if (rc == 0)
                rc = print_html(a, press, issue, reason, &body, err);
        if (rc == 0)
                *ret = body;
        return rc;
}
