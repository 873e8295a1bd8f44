#include "post/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/utf8.h"
#include "post/addr.h"
#include "post/mime.h"

#define SMALL_MAX 4096 /* a header, a filled line's own values */

/* A stretch of a part: encoded already, or lines with marks in them. */
struct piece {
        struct str ready, marked;
        bool is_html;
};

struct letter {
        struct str top;    /* Date and From */
        struct str middle; /* Subject */
        struct str bottom; /* what stands after the subscriber's headers */
        struct str url;
        bool is_one_click;
        struct piece *pieces;
        size_t n_pieces, cap_pieces;
};

/* --- preparing --------------------------------------------------------- */

static void add_piece(struct arena *a, struct letter *l, struct piece piece)
{
        ARENA_GROW(a, l->pieces, l->n_pieces, l->cap_pieces);
        l->pieces[l->n_pieces++] = piece;
}

static void add_ready(struct arena *a, struct letter *l, struct buf *b)
{
        if (b->n)
                add_piece(a, l,
                          (struct piece) { .ready = arena_str(a, buf_str(b)) });
        buf_reset(b);
}

static bool has_mark(struct str line)
{
        return str_find(line, STR("{{"), 0) != STR_NONE;
}

/* Cut a part into pieces: lines with a mark apart from those without. b holds
 * what came before the part; it is empty afterwards. */
static void add_part(struct arena *a, struct letter *l, struct buf *b,
                     struct str part, bool is_html)
{
        while (part.n) {
                size_t end = str_chr(part, '\n', 0);
                size_t n = end == STR_NONE ? part.n : end + 1;
                struct str line = str_sub(part, 0, n);

                if (has_mark(line)) {
                        add_ready(a, l, b);
                        add_piece(a, l,
                                  (struct piece) { .marked = line,
                                                   .is_html = is_html });
                } else {
                        mime_put_qp(b, line);
                }
                part = str_sub(part, n, part.n);
        }
}

/* "_" follows "=" here: quoted-printable never writes that, so the boundary
 * can't occur in a part. */
static struct str boundary(struct arena *a, const struct letter_parts *p)
{
        return arena_printf(a, "=_%016llx%016llx",
                            (unsigned long long)hash_stable(p->text),
                            (unsigned long long)hash_stable(p->html));
}

static void put_part_head(struct buf *b, struct str bound, const char *type)
{
        buf_printf(b,
                   "\r\n--" STR_FMT "\r\n"
                   "Content-Type: text/%s; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                   STR_ARG(bound), type);
}

static void prepare_body(struct arena *a, struct letter *l,
                         const struct letter_parts *p, struct buf *b)
{
        struct str bound = boundary(a, p);

        put_part_head(b, bound, "plain");
        add_part(a, l, b, arena_str(a, p->text), false);
        put_part_head(b, bound, "html");
        add_part(a, l, b, arena_str(a, p->html), true);
        buf_printf(b, "\r\n--" STR_FMT "--\r\n", STR_ARG(bound));
        add_ready(a, l, b);
}

static struct str take(struct arena *a, struct buf *b)
{
        struct str s = arena_str(a, buf_str(b));

        buf_reset(b);
        return s;
}

static void prepare_headers(struct arena *a, struct letter *l,
                            const struct letter_parts *p,
                            const struct addr *from, struct buf *b)
{
        struct str list_id =
                arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(p->list_id),
                             STR_ARG(addr_domain(from)));
        struct str archive =
                arena_printf(a, STR_FMT "archive/", STR_ARG(l->url));

        buf_puts(b, "Date: ");
        time_put_rfc5322(b, p->date_at);
        buf_puts(b, "\r\n");
        mime_put_mailbox(b, "From", p->from_name, addr_whole(from));
        l->top = take(a, b);

        mime_put_text(b, "Subject", p->subject);
        l->middle = take(a, b);

        mime_put_mailbox(b, "List-Id", p->list, list_id);
        mime_put_uris(b, "List-Help", &l->url, 1);
        mime_put_uris(b, "List-Archive", &archive, 1);
        buf_puts(b, "Precedence: bulk\r\nMIME-Version: 1.0\r\n");
        buf_printf(b,
                   "Content-Type: multipart/alternative;\r\n"
                   " boundary=\"" STR_FMT "\"\r\n",
                   STR_ARG(boundary(a, p)));
        l->bottom = take(a, b);
}

/* --- what we refuse to mail --------------------------------------------- */

static int check_marks(const struct letter_parts *p, struct err *err)
{
        const struct str mark = STR(LETTER_MARK_UNSUBSCRIBE);
        bool in_text = str_find(p->text, mark, 0) != STR_NONE;
        bool in_html = str_find(p->html, mark, 0) != STR_NONE;

        if (in_text && in_html)
                return 0;
        return err_set(err, ERR_INPUT,
                       "the letter's %s part has no " LETTER_MARK_UNSUBSCRIBE
                       ": nobody could unsubscribe; put it into the theme's "
                       "mail template",
                       in_text ? "HTML" : "text");
}

/* The law of several countries wants it in each letter; a press that mails
 * only its own machine needs none. */
static int check_address(struct arena *a, const struct letter_parts *p,
                         const struct addr *from, struct err *err)
{
        struct str address = utf8_fold_space(a, p->address);

        if (!address.n && addr_is_local(from))
                return 0;
        if (!address.n)
                return err_set(err, ERR_INPUT,
                               "press.address is empty: letters from " STR_FMT
                               " need a postal address in them; set it in "
                               "bulldog.conf",
                               STR_ARG(addr_whole(from)));
        if (str_find(utf8_fold_space(a, p->text), address, 0) != STR_NONE)
                return 0;
        return err_set(err, ERR_INPUT,
                       "press.address doesn't stand in the letter's text "
                       "part; put it into the theme's mail template");
}

int letter_prepare(struct arena *a, const struct letter_parts *p,
                   const struct letter **ret, struct err *err)
{
        const struct addr *from;
        int rc = addr_parse(a, p->from, &from, err);

        if (rc < 0)
                return err_add(err, "post.from");
        if ((rc = check_marks(p, err)) < 0 ||
            (rc = check_address(a, p, from, err)) < 0)
                return rc;

        struct letter *l = arena_alloc(a, sizeof(*l));
        struct buf b;
        bool has_slash = str_ends(p->url, STR("/"));

        l->url = arena_printf(a, STR_FMT "%s", STR_ARG(p->url),
                              has_slash ? "" : "/");
        l->is_one_click = str_starts_nocase(l->url, STR("https://"));
        buf_init(&b, LIMIT_LETTER_B);
        prepare_headers(a, l, p, from, &b);
        prepare_body(a, l, p, &b);

        size_t size = l->top.n + l->middle.n + l->bottom.n;
        for (size_t i = 0; i < l->n_pieces; i++)
                size += l->pieces[i].ready.n + l->pieces[i].marked.n;
        bool fits = buf_ok(&b) && size + SMALL_MAX <= LIMIT_LETTER_B;
        buf_done(&b);
        if (!fits)
                return err_set(err, ERR_LIMIT,
                               "the letter is over %d kB; print fewer "
                               "stories or shorter ones",
                               LIMIT_LETTER_B / 1024);
        *ret = l;
        return 0;
}

/* --- filling ------------------------------------------------------------- */

struct values {
        struct str unsubscribe, email, name;
};

static void put_escaped(struct buf *b, struct str s)
{
        static const struct {
                char c;
                const char *as;
        } table[] = { { '&', "&amp;" },
                      { '<', "&lt;" },
                      { '>', "&gt;" },
                      { '"', "&quot;" } };

        for (size_t i = 0; i < s.n; i++) {
                const char *as = NULL;

                for (size_t k = 0; k < sizeof(table) / sizeof(*table); k++)
                        if (table[k].c == s.p[i])
                                as = table[k].as;
                if (as)
                        buf_puts(b, as);
                else
                        buf_char(b, s.p[i]);
        }
}

/* The length of the mark at the front of s and its value, or 0. */
static size_t mark_at(struct str s, const struct values *v, struct str *ret)
{
        const struct {
                struct str mark, value;
        } table[] = { { STR(LETTER_MARK_UNSUBSCRIBE), v->unsubscribe },
                      { STR(LETTER_MARK_EMAIL), v->email },
                      { STR(LETTER_MARK_NAME), v->name } };

        for (size_t k = 0; k < sizeof(table) / sizeof(*table); k++)
                if (str_starts(s, table[k].mark)) {
                        *ret = table[k].value;
                        return table[k].mark.n;
                }
        return 0;
}

static void put_marked(struct buf *out, const struct piece *piece,
                       const struct values *v, struct buf *scratch)
{
        struct str s = piece->marked, value;

        buf_reset(scratch);
        while (s.n) {
                size_t n = mark_at(s, v, &value);

                if (n && piece->is_html)
                        put_escaped(scratch, value);
                else if (n)
                        buf_put(scratch, value);
                else
                        buf_char(scratch, s.p[0]);
                s = str_sub(s, n ? n : 1, s.n);
        }
        if (!buf_ok(scratch))
                out->failed = true;
        mime_put_qp(out, buf_str(scratch));
}

static void put_body(const struct letter *l, const struct values *v,
                     struct buf *out)
{
        struct buf scratch;

        buf_init(&scratch, LIMIT_LETTER_B);
        for (size_t i = 0; i < l->n_pieces; i++) {
                if (l->pieces[i].marked.n)
                        put_marked(out, &l->pieces[i], v, &scratch);
                else
                        buf_put(out, l->pieces[i].ready);
        }
        buf_done(&scratch);
}

static void put_message_id(struct buf *out, struct str id)
{
        bool has_brackets = str_starts(id, STR("<"));

        buf_printf(out, "Message-ID: %s" STR_FMT "%s\r\n",
                   has_brackets ? "" : "<", STR_ARG(id),
                   has_brackets ? "" : ">");
}

int letter_fill(const struct letter *l, const struct letter_to *to,
                struct buf *out, struct err *err)
{
        struct arena *a = arena_new(16 * SMALL_MAX);
        const struct addr *addr;
        int rc = addr_parse(a, to->email, &addr, err);

        if (rc < 0)
                goto done;

        struct values v = {
                .unsubscribe = letter_unsubscribe_url(a, l->url, to->token),
                .email = addr_whole(addr),
                .name = to->name,
        };
        buf_put(out, l->top);
        mime_put_mailbox(out, "To", to->name, addr_whole(addr));
        buf_put(out, l->middle);
        put_message_id(out, to->message_id);
        mime_put_uris(out, "List-Unsubscribe", &v.unsubscribe, 1);
        if (l->is_one_click)
                buf_puts(out, "List-Unsubscribe-Post: "
                              "List-Unsubscribe=One-Click\r\n");
        buf_put(out, l->bottom);
        put_body(l, &v, out);
        if (!buf_ok(out))
                rc = err_set(err, ERR_LIMIT,
                             "the letter to " STR_FMT " is over %d kB",
                             STR_ARG(addr_whole(addr)), LIMIT_LETTER_B / 1024);
done:
        arena_free(a);
        return rc;
}

struct str letter_unsubscribe_url(struct arena *a, struct str press_url,
                                  struct str token)
{
        bool has_slash = str_ends(press_url, STR("/"));

        return arena_printf(a, STR_FMT "%su/" STR_FMT, STR_ARG(press_url),
                            has_slash ? "" : "/", STR_ARG(token));
}
