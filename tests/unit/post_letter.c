#define ARENA_B ((size_t)64 << 20)
#include "arena_fixture.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "post/addr.h"
#include "post/letter.h"
#include "post/mime.h"
#include "post/outbox.h"

/* --- addresses -------------------------------------------------------------
 */

static void addresses_are_checked(void **state)
{
        static const struct {
                const char *in;
                int rc;
                const char *whole;
        } rows[] = {
                { "ada@news.example", 0, "ada@news.example" },
                { "Ada.L+paper@News.Example", 0, "Ada.L+paper@news.example" },
                { "a@localhost.localdomain", 0, "a@localhost.localdomain" },
                { "", ERR_INPUT, NULL },
                { "ada", ERR_INPUT, NULL },
                { "@news.example", ERR_INPUT, NULL },
                { "ada@", ERR_INPUT, NULL },
                { "ada@example", ERR_INPUT, NULL },
                { "a..b@news.example", ERR_INPUT, NULL },
                { ".a@news.example", ERR_INPUT, NULL },
                { "a.@news.example", ERR_INPUT, NULL },
                { "a@b@news.example", ERR_INPUT, NULL },
                { "a b@news.example", ERR_INPUT, NULL },
                { "a@news.example\r\nBcc: x@y.example", ERR_INPUT, NULL },
                { "\"a\"@news.example", ERR_INPUT, NULL },
                { "a@[127.0.0.1]", ERR_INPUT, NULL },
                { "\xC3\xA9@news.example", ERR_INPUT, NULL },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                const struct addr *addr = NULL;
                struct err err = { 0 };
                int rc = addr_parse(a, str_c(rows[i].in), &addr, &err);

                assert_int_equal(rc, rows[i].rc);
                if (rc == 0)
                        assert_str(addr_whole(addr), rows[i].whole);
                else
                        assert_null(addr);
        }
}

static void long_addresses_are_refused(void **state)
{
        char in[ADDR_MAX + 2];
        const struct addr *addr;

        (void)state;
        memset(in, 'a', sizeof(in));
        assert_int_equal(
                addr_parse(a, (struct str) { in, sizeof(in) }, &addr, NULL),
                ERR_LIMIT);
}

/* --- quoted-printable ------------------------------------------------------
 */

static void text_becomes_quoted_printable(void **state)
{
        static const struct {
                const char *in, *out;
        } rows[] = {
                { "", "" },
                { "plain", "plain" },
                { "two\nlines\n", "two\r\nlines\r\n" },
                { "dos\r\nlines\r\n", "dos\r\nlines\r\n" },
                { "a=b", "a=3Db" },
                { "caf\xC3\xA9", "caf=C3=A9" },
                { "ends in blank \n", "ends in blank=20\r\n" },
                { "ends in tab\t", "ends in tab=09" },
                { "From here\nFrom there", "=46rom here\r\n=46rom there" },
                { "bare\rreturn", "bare=0Dreturn" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct buf b;

                buf_init(&b, 1000);
                mime_put_qp(&b, str_c(rows[i].in));
                assert_str(buf_str(&b), rows[i].out);
                buf_done(&b);
        }
}

/* Undo quoted-printable, checking its form on the way. */
static void unpack(struct str qp, struct buf *out)
{
        struct str line;

        while (str_cut(&qp, '\n', &line)) {
                bool is_soft = false;

                if (str_ends(line, STR("\r")))
                        line.n--;
                assert_true(line.n <= MIME_LINE_MAX);
                for (size_t i = 0; i < line.n; i++) {
                        if (line.p[i] != '=') {
                                buf_char(out, line.p[i]);
                        } else if (i + 1 == line.n) {
                                is_soft = true;
                        } else {
                                uint64_t byte;

                                assert_int_equal(
                                        scan_hex(str_sub(line, i + 1, 2), 255,
                                                 &byte),
                                        0);
                                buf_char(out, (char)byte);
                                i += 2;
                        }
                }
                if (!is_soft && qp.p)
                        buf_char(out, '\n');
        }
}

static void long_lines_come_back_whole(void **state)
{
        (void)state;
        for (size_t n = 60; n < 240; n++) {
                struct buf in, qp, out;

                buf_init(&in, 4096);
                buf_init(&qp, 4096);
                buf_init(&out, 4096);
                for (size_t i = 0; i < n; i++)
                        buf_puts(&in, i % 7 == 3    ? "\xC3\xA9"
                                      : i % 11 == 5 ? " "
                                                    : "x");
                buf_puts(&in, n % 2 ? " \n" : "=");
                mime_put_qp(&qp, buf_str(&in));
                unpack(buf_str(&qp), &out);
                assert_str(buf_str(&out), buf_cstr(&in));
                buf_done(&in);
                buf_done(&qp);
                buf_done(&out);
        }
}

/* --- headers ---------------------------------------------------------------
 */

static void headers_are_folded_and_encoded(void **state)
{
        static const struct {
                const char *in, *out;
        } rows[] = {
                { "Ports reopen", "Subject: Ports reopen\r\n" },
                { "", "Subject: \r\n" },
                { "a\r\nBcc: x@y.example", "Subject: a Bcc: x@y.example\r\n" },
                { "Caf\xC3\xA9", "Subject: =?UTF-8?B?Q2Fmw6k=?=\r\n" },
                { "=?UTF-8?Q?x?=", "Subject: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?="
                                   "\r\n" },
                { "Dockworkers return to the quays after a strike of seven "
                  "days and the first ships are unloaded",
                  "Subject: Dockworkers return to the quays after a strike of "
                  "seven days and\r\n the first ships are unloaded\r\n" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct buf b;

                buf_init(&b, 1000);
                mime_put_text(&b, "Subject", str_c(rows[i].in));
                assert_str(buf_str(&b), rows[i].out);
                buf_done(&b);
        }
}

static void encoded_words_are_short_and_whole(void **state)
{
        struct buf b, in;
        struct str rest, line;

        (void)state;
        buf_init(&b, 8192);
        buf_init(&in, 8192);
        for (int i = 0; i < 90; i++)
                buf_puts(&in, i % 3 ? "\xE2\x82\xAC" : "\xF0\x9F\x97\x9E");
        mime_put_text(&b, "Subject", buf_str(&in));
        rest = buf_str(&b);
        while (str_cut(&rest, '\n', &line) && line.n) {
                size_t from = str_find(line, STR("=?UTF-8?B?"), 0);
                size_t to = str_find(line, STR("?="), from + 10);

                assert_true(line.n <= MIME_LINE_MAX + 1);
                assert_true(to + 2 - from <= 75);
                /* Whole characters: 3 or 4 bytes each, so never a lone one. */
                assert_true((to - from - 10) % 4 == 0);
        }
        buf_done(&b);
        buf_done(&in);
}

static void mailboxes_are_quoted(void **state)
{
        static const struct {
                const char *words, *out;
        } rows[] = {
                { "", "To: <a@b.example>\r\n" },
                { "Ada Lovelock", "To: Ada Lovelock <a@b.example>\r\n" },
                { "Lovelock, Ada", "To: \"Lovelock, Ada\" <a@b.example>\r\n" },
                { "The \"Desk\"",
                  "To: \"The \\\"Desk\\\"\" <a@b.example>\r\n" },
                { "x\r\nBcc: y", "To: \"x  Bcc: y\" <a@b.example>\r\n" },
                { "\xC3\x89va", "To: =?UTF-8?B?w4l2YQ==?= <a@b.example>\r\n" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct buf b;

                buf_init(&b, 1000);
                mime_put_mailbox(&b, "To", str_c(rows[i].words),
                                 STR("a@b.example"));
                if (i == 4) /* blanks fold to one */
                        assert_str(buf_str(&b),
                                   "To: \"x Bcc: y\" <a@b.example>\r\n");
                else
                        assert_str(buf_str(&b), rows[i].out);
                buf_done(&b);
        }
}

/* --- the letter ------------------------------------------------------------
 */

#define TEXT "Good morning.\n\nBye: {{unsubscribe_url}}\nHarbour St 1\n"
#define HTML                                                                   \
        "<p>Good morning, {{subscriber_name}}.</p>\n"                          \
        "<p><a href=\"{{unsubscribe_url}}\">Bye</a> "                          \
        "{{subscriber_email}}</p>\n"

static struct letter_parts sample_parts(void)
{
        return (struct letter_parts) {
                .from = STR("edition@news.example"),
                .from_name = STR("The Morning Edition"),
                .list = STR("The Morning Edition"),
                .list_id = STR("morning"),
                .url = STR("https://news.example/"),
                .address = STR("Harbour  St 1"),
                .subject = STR("Ports reopen"),
                .text = STR(TEXT),
                .html = STR(HTML),
                .date_at = 1772776800,
        };
}

static const struct letter_to sample_to = {
        .email = { "ada@home.example", 16 },
        .name = { "Ada <b>", 7 },
        .token = { "tok123", 6 },
        .message_id = { "1.tok123@news.example", 21 },
};

static struct str fill(const struct letter_parts *p)
{
        const struct letter *l;
        struct err err = { 0 };
        struct buf b;

        assert_ok(letter_prepare(a, p, &l, &err), err);
        buf_init(&b, LIMIT_LETTER_B);
        assert_ok(letter_fill(l, &sample_to, &b, &err), err);
        struct str s = arena_str(a, buf_str(&b));
        buf_done(&b);
        return s;
}

static void has(struct str letter, const char *what)
{
        if (str_find(letter, str_c(what), 0) == STR_NONE)
                fail_msg("no \"%s\" in:\n%.*s", what, STR_ARG(letter));
}

static void a_letter_is_whole(void **state)
{
        struct letter_parts p = sample_parts();
        struct str s = fill(&p);

        (void)state;
        has(s, "Date: Fri, 06 Mar 2026 06:00:00 +0000\r\n");
        has(s, "\r\nFrom: The Morning Edition <edition@news.example>\r\n");
        has(s, "\r\nTo: \"Ada <b>\" <ada@home.example>\r\n");
        has(s, "\r\nSubject: Ports reopen\r\n");
        has(s, "\r\nMessage-ID: <1.tok123@news.example>\r\n");
        has(s, "\r\nList-Id: The Morning Edition <morning.news.example>\r\n");
        has(s, "\r\nList-Unsubscribe: <https://news.example/u/tok123>\r\n");
        has(s, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        has(s, "\r\nMIME-Version: 1.0\r\n");
        has(s, "Content-Type: multipart/alternative;\r\n boundary=\"=_");
        has(s, "\r\nBye: https://news.example/u/tok123\r\n");
        has(s, "Good morning, Ada &lt;b&gt;.");
        has(s, "ada@home.example</p>");
        assert_true(str_find(s, STR("text/plain"), 0) <
                    str_find(s, STR("text/html"), 0));
        for (size_t i = 0; i < s.n; i++)
                assert_int_equal(s.p[i] == '\n', i && s.p[i - 1] == '\r');
        assert_true(str_ends(s, STR("--\r\n")));
}

static void the_same_gives_the_same_bytes(void **state)
{
        struct letter_parts p = sample_parts();

        (void)state;
        assert_str(fill(&p), fill(&p).p);
}

static void one_click_needs_https(void **state)
{
        struct letter_parts p = sample_parts();
        struct str s;

        (void)state;
        p.url = STR("http://127.0.0.1:8025");
        s = fill(&p);
        has(s, "List-Unsubscribe: <http://127.0.0.1:8025/u/tok123>\r\n");
        assert_int_equal(str_find(s, STR("List-Unsubscribe-Post"), 0),
                         STR_NONE);
}

static void what_must_not_be_mailed_is_refused(void **state)
{
        enum {
                NO_MARK_TEXT,
                NO_MARK_HTML,
                NO_ADDRESS,
                LOST_ADDRESS,
                BAD_FROM,
                TOO_LARGE,
                N
        };
        static const struct {
                int rc;
                const char *says;
        } want[N] = { { ERR_INPUT, "text part has no" },
                      { ERR_INPUT, "HTML part has no" },
                      { ERR_INPUT, "press.address is empty" },
                      { ERR_INPUT, "doesn't stand in the letter" },
                      { ERR_INPUT, "post.from" },
                      { ERR_LIMIT, "512 kB" } };

        (void)state;
        for (int i = 0; i < N; i++) {
                struct letter_parts p = sample_parts();
                const struct letter *l = NULL;
                struct err err = { 0 };
                struct buf big;

                buf_init(&big, (size_t)2 << 20);
                switch (i) {
                case NO_MARK_TEXT:
                        p.text = STR("Harbour St 1");
                        break;
                case NO_MARK_HTML:
                        p.html = STR("<p>");
                        break;
                case NO_ADDRESS:
                        p.address = STR_NULL;
                        break;
                case LOST_ADDRESS:
                        p.address = STR("Elsewhere 2");
                        break;
                case BAD_FROM:
                        p.from = STR("nobody");
                        break;
                default:
                        while (big.n < LIMIT_LETTER_B)
                                buf_puts(&big, "many words and no end\n");
                        buf_puts(&big, HTML);
                        p.html = buf_str(&big);
                }
                assert_int_equal(letter_prepare(a, &p, &l, &err), want[i].rc);
                assert_non_null(strstr(err.msg, want[i].says));
                assert_null(l);
                buf_done(&big);
        }
}

static void a_press_at_home_needs_no_address(void **state)
{
        struct letter_parts p = sample_parts();

        (void)state;
        p.address = STR("");
        p.from = STR("edition@localhost.localdomain");
        has(fill(&p), "List-Id: The Morning Edition "
                      "<morning.localhost.localdomain>\r\n");
}

static void a_bad_address_gets_no_letter(void **state)
{
        struct letter_parts p = sample_parts();
        struct letter_to to = sample_to;
        const struct letter *l;
        struct err err = { 0 };
        struct buf b;

        (void)state;
        to.email = STR("a\r\nb@home.example");
        assert_ok(letter_prepare(a, &p, &l, &err), err);
        buf_init(&b, LIMIT_LETTER_B);
        assert_int_equal(letter_fill(l, &to, &b, &err), ERR_INPUT);
        assert_int_equal(b.n, 0);
        buf_done(&b);
}

static void names_of_letters_are_safe(void **state)
{
        static const struct {
                const char *id, *name;
        } rows[] = {
                { "<1.ab@news.example>", "1.ab@news.example.eml" },
                { "1.ab@news.example", "1.ab@news.example.eml" },
                { "../../etc/x", "_._.._etc_x.eml" },
                { ".hidden", "_hidden.eml" },
                { "a b\n/c", "a_b__c.eml" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                struct str name = outbox_name(a, str_c(rows[i].id));

                if (i == 2) /* dots inside a name mean nothing */
                        assert_int_equal(str_chr(name, '/', 0), STR_NONE);
                else
                        assert_str(name, rows[i].name);
        }
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
UNIT_MAIN(T(addresses_are_checked), T(long_addresses_are_refused),
          T(text_becomes_quoted_printable), T(long_lines_come_back_whole),
          T(headers_are_folded_and_encoded),
          T(encoded_words_are_short_and_whole), T(mailboxes_are_quoted),
          T(a_letter_is_whole), T(the_same_gives_the_same_bytes),
          T(one_click_needs_https), T(what_must_not_be_mailed_is_refused),
          T(a_press_at_home_needs_no_address), T(a_bad_address_gets_no_letter),
          T(names_of_letters_are_safe))
