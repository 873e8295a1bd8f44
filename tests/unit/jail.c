/*
 * The jail, from both sides: this program is its own parser. What a hostile
 * parser would do is compiled in here and nowhere else.
 */

#include "jail_fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "store/feed.h"
#include "wire/calendar.h"
#include "wire/gauge.h"
#include "wire/feed.h"
#include "wire/jail.h"
#include "wire/shape.h"

enum { ECHO = 100, DIE, TRY, FAULT };

#define RSS                                                                    \
        "<rss version='2.0'><channel><title>Gazette</title><item><title>Ports" \
        " reopen</title><link>https://gazette.example/1</link></item>"         \
        "</channel></rss>"

/* --- behind the bars ---------------------------------------------------- */

static int echo(struct arena *a, const struct jail_document *d, struct buf *out,
                struct err *err)
{
        (void)a;
        (void)err;
        buf_put(out, d->bytes);
        buf_char(out, '|');
        buf_put(out, d->url);
        buf_char(out, '|');
        buf_put(out, d->type);
        buf_char(out, '|');
        buf_put(out, d->id);
        return 0;
}

static void eat(struct arena *a)
{
        for (;;)
                memset(arena_alloc(a, 1024 * 1024), 1, 1024 * 1024);
}

static int recurse(volatile const char *p, int depth)
{
        volatile char here[4096] = { *p };

        return depth < 0 ? here[0] : recurse(here, depth + 1) + here[1];
}

static int die(struct arena *a, const struct jail_document *d, struct buf *out,
               struct err *err)
{
        volatile bool for_ever = true;

        (void)err;
        if (str_eq(d->bytes, STR("abort")))
                abort();
        if (str_eq(d->bytes, STR("segv")))
                raise(SIGSEGV);
        if (str_eq(d->bytes, STR("words"))) {
                fputs("parser.c:1:\n\033[31mit  can't be", stderr);
                abort();
        }
        if (str_eq(d->bytes, STR("exit")))
                _exit(3);
        if (str_eq(d->bytes, STR("eat")))
                eat(a);
        if (str_eq(d->bytes, STR("stack")))
                buf_u64(out, (uint64_t)recurse("", 0));
        while (str_eq(d->bytes, STR("loop")) && for_ever)
                ;
        buf_puts(out, "well");
        return 0;
}

static int try_connect(void)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return connect(fd, (const struct sockaddr *)&to, sizeof(to));
}

static int try_exec(void)
{
        const char *argv[] = { "true", NULL };

        return execv("/bin/true", (char *const *)(uintptr_t)argv);
}

static int try_code(void)
{
        void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        return p == MAP_FAILED ? -1 : 0;
}

/* Each would give something that a parser has no business with. */
static int try(const char *what)
{
        static _Alignas(4096) char page[4096];
        int pair[2];

        if (strcmp(what, "open") == 0)
                return open("/etc/passwd", O_RDONLY);
        if (strcmp(what, "write") == 0)
                return open("/tmp/bulldog-jail", O_WRONLY | O_CREAT, 0600);
        if (strcmp(what, "stat") == 0)
                return access("/etc/passwd", R_OK);
        if (strcmp(what, "socket") == 0)
                return socket(AF_INET, SOCK_STREAM, 0);
        if (strcmp(what, "unix") == 0)
                return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
        if (strcmp(what, "connect") == 0)
                return try_connect();
        if (strcmp(what, "fork") == 0)
                return fork();
        if (strcmp(what, "exec") == 0)
                return try_exec();
        if (strcmp(what, "ptrace") == 0)
                return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
        if (strcmp(what, "kill") == 0)
                return kill(getppid(), 0);
        if (strcmp(what, "code") == 0)
                return try_code();
        if (strcmp(what, "poison") == 0)
                return madvise(page, 4096, 100); /* MADV_HWPOISON */
        if (strcmp(what, "lock") == 0)
                return (int)syscall(SYS_futex, page, FUTEX_LOCK_PI, 0, NULL);
        if (strcmp(what, "unlink") == 0)
                return unlink("/tmp/bulldog-jail");
        return 0;
}

static int answer_try(struct arena *a, const struct jail_document *d,
                      struct buf *out, struct err *err)
{
        (void)err;
        if (try(arena_cstr(a, d->bytes)) < 0)
                buf_printf(out, "no: %s",
                           errno == ENOENT   ? "ENOENT"
                           : errno == EACCES ? "EACCES"
                                             : "other");
        else
                buf_puts(out, "done");
        return 0;
}

static int fault(struct arena *a, const struct jail_document *d,
                 struct buf *out, struct err *err)
{
        (void)a;
        buf_puts(out, "half an answer");
        return err_set(err, str_eq(d->bytes, STR("sys")) ? ERR_SYS : ERR_LIMIT,
                       "too\n\033[1mmuch\xff of it");
}

/* Its sample can't be answered behind seccomp, only without. */
static int need_socket(struct arena *a, const struct jail_document *d,
                       struct buf *out, struct err *err)
{
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);

        (void)a;
        (void)d;
        (void)out;
        (void)err;
        return fd < 0 && errno == ENOSYS ? ERR_SYS : 0;
}

static int refuse(struct arena *a, const struct jail_document *d,
                  struct buf *out, struct err *err)
{
        (void)a;
        (void)d;
        (void)out;
        return err_set(err, ERR_INPUT, "never");
}

static int be_parser(unsigned bars)
{
        static const struct jailed_handler handlers[] = {
                { ECHO, 1 << 20, echo, STR_INIT("sample") },
                { DIE, (size_t)1 << 40, die, STR_INIT("") },
                { TRY, 1 << 20, answer_try, { NULL, 0 } },
                { FAULT, 1 << 20, fault, { NULL, 0 } },
        };
        static const struct jailed_handler needy = { 1, 1, need_socket,
                                                     STR_INIT("") };
        static const struct jailed_handler broken = { 1, 1, refuse,
                                                      STR_INIT("") };
        const struct jailed_handler *all[] = { &handlers[0], &handlers[1],
                                               &handlers[2], &handlers[3],
                                               NULL,         NULL };

        if (getenv("LD_TEST_NEEDY"))
                all[4] = &needy;
        if (getenv("LD_TEST_BROKEN"))
                all[4] = &broken;
        return jailed_run(all, bars);
}

/* --- and before them ---------------------------------------------------- */

static void still_works(struct fixture *f)
{
        struct str answer;

        assert_ok(ask(f, ECHO, STR("next"), &answer), f->err);
        assert_str(answer, "next|||");
}

static void test_documents(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = { .kind = ECHO,
                                   .bytes = STR("a\0b"),
                                   .url = STR("https://x.example/"),
                                   .type = STR(""),
                                   .id = STR("7") };
        struct str answer;

        assert_ok(jail_ask(f->j, &d, &answer, &f->err), f->err);
        assert_int_equal(answer.n, 3 + 1 + 18 + 1 + 0 + 1 + 1);
        assert_memory_equal(answer.p, "a\0b|https://x.example/||7", answer.n);
        assert_int_equal(ask(f, FAULT, STR(""), &answer), ERR_LIMIT);
        assert_string_equal(f->err.msg, "too [1mmuch\xEF\xBF\xBD of it");
        /* That there's no use in going on, only our side says. */
        assert_int_equal(ask(f, FAULT, STR("sys"), &answer), ERR_INPUT);
        still_works(f);
}

static void test_large(void **state)
{
        struct fixture *f = *state;
        size_t n = 12 << 20;
        char *bytes = arena_alloc(f->a, n);
        struct jail_document d = { .kind = ECHO, .bytes = { bytes, n } };
        struct str answer;
        char *room;

        memset(bytes, 'x', n);
        assert_ok(jail_ask(f->j, &d, &answer, &f->err), f->err);
        assert_int_equal(answer.n, n + 3);
        assert_memory_equal(answer.p, bytes, n);
        still_works(f);
        d.bytes.n = JAILED_ASK_B;
        d.bytes.p = mmap(NULL, d.bytes.n, PROT_READ,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_int_equal(jail_ask(f->j, &d, &answer, &f->err), ERR_LIMIT);
        assert_int_equal(jail_room(f->j, JAILED_ASK_B, &room, &f->err),
                         ERR_LIMIT);
        munmap((void *)(uintptr_t)d.bytes.p, d.bytes.n);
        still_works(f);
}

/* A batch with deaths in it: each answer is its own document's. */
static void test_batch(void **state)
{
        static const struct {
                uint32_t kind;
                const char *bytes, *want;
        } cases[] = {
                { ECHO, "1", "1|||" },      { ECHO, "2", "2|||" },
                { DIE, "abort", NULL },     { ECHO, "3", "3|||" },
                { FAULT, "", NULL },        { DIE, "exit", NULL },
                { DIE, "abort", NULL },     { ECHO, "4", "4|||" },
                { DIE, "nothing", "well" }, { DIE, "abort", NULL },
        };
        size_t n = sizeof(cases) / sizeof(*cases);
        struct fixture *f = *state;

        for (int round = 0; round < 3; round++) {
                for (size_t i = 0; i < n; i++) {
                        struct jail_document d = { .kind = cases[i].kind,
                                                   .bytes = str_c(
                                                           cases[i].bytes) };

                        assert_false(jail_is_full(f->j));
                        assert_ok(jail_add(f->j, &d, &f->err), f->err);
                }
                for (size_t i = 0; i < n; i++) {
                        struct str answer;
                        int rc = jail_take(f->j, &answer, &f->err);

                        assert_true((rc == 0) == (cases[i].want != NULL));
                        if (rc == 0)
                                assert_str(answer, cases[i].want);
                }
                assert_false(jail_is_full(f->j));
        }
        still_works(f);
}

/* Answers that don't fit in together are given in turns. */
static void test_batch_of_large(void **state)
{
        struct fixture *f = *state;
        size_t n = 700 << 10, count = 0;
        char *room;

        while (!jail_is_full(f->j)) {
                struct jail_document d = { .kind = ECHO };

                assert_ok(jail_room(f->j, n + count, &room, &f->err), f->err);
                memset(room, 'a' + (int)count, n + count);
                d.bytes = (struct str) { room, n + count++ };
                assert_ok(jail_add(f->j, &d, &f->err), f->err);
        }
        assert_int_equal(count, 2);
        for (size_t i = 0; i < count; i++) {
                struct str answer;

                assert_ok(jail_take(f->j, &answer, &f->err), f->err);
                assert_int_equal(answer.n, n + i + 3);
                assert_int_equal(answer.p[n], i ? 'a' + (int)i : '|');
        }
        still_works(f);
}

static void test_deaths(void **state)
{
        static const struct {
                const char *how, *want;
        } cases[] = {
                { "abort", "signal ABRT" },
                { "segv", "signal SEGV" },
                { "words", "signal ABRT (parser.c:1: [31mit can't be)" },
                { "exit", "it ended with code 3" },
                { "eat", "it wanted over 256 MB of memory" },
                { "stack", "signal SEGV" },
        };
        struct fixture *f = *state;

        if (sandbox_checker()) /* it has last words of its own */
                skip();
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                struct str answer,
                        want = arena_printf(
                                f->a, "the parser died on this document: %s",
                                cases[i].want);

                assert_int_equal(ask(f, DIE, str_c(cases[i].how), &answer),
                                 ERR_INPUT);
                assert_str(str_c(f->err.msg), want.p);
                still_works(f);
        }
}

static void test_too_slow(void **state)
{
        struct fixture *f = *state;
        struct str answer;

        still_works(f);
        jail_set_time(f->j, 300, 60000);

        int64_t began = time_mono_ms();

        assert_int_equal(ask(f, DIE, STR("loop"), &answer), ERR_INPUT);
        assert_true(time_mono_ms() - began >= 300);
        assert_string_equal(f->err.msg, "the parser died on this document: it "
                                        "took over 0.3 s");
        jail_set_time(f->j, LIMIT_PARSE_CPU_MS, LIMIT_PARSE_WALL_MS);
        still_works(f);
}

/* When every document kills it, it is to blame. */
static void test_too_often(void **state)
{
        struct fixture *f = *state;
        struct str answer;

        if (sandbox_checker())
                skip();
        for (int i = 1; i < LIMIT_PARSE_DEATHS; i++)
                assert_int_equal(ask(f, DIE, STR("abort"), &answer), ERR_INPUT);
        still_works(f); /* which begins the row anew */
        for (int i = 1; i < LIMIT_PARSE_DEATHS; i++)
                assert_int_equal(ask(f, DIE, STR("abort"), &answer), ERR_INPUT);
        assert_int_equal(ask(f, DIE, STR("abort"), &answer), ERR_SYS);
        assert_non_null(strstr(f->err.msg, "32 documents in a row"));
}

/* The heart of it: what is tried inside fails, each in its own way. */
static void test_bars(void **state)
{
        static const struct {
                const char *what;
                bool ends_it; /* else it just fails */
        } cases[] = {
                { "open", false },  { "write", false }, { "stat", false },
                { "socket", true }, { "unix", true },   { "connect", true },
                { "fork", true },   { "exec", true },   { "ptrace", true },
                { "kill", true },   { "code", true },   { "unlink", true },
                { "poison", true }, { "lock", true },
        };
        struct fixture *f = *state;
        struct str answer;

        assert_ok(jail_describe(f->j, f->a, &answer, &f->err), f->err);
        if (str_find(answer, STR("seccomp"), 0) == STR_NONE ||
            str_find(answer, STR("not all"), 0) != STR_NONE) {
                print_message("%.*s\n", STR_ARG(answer));
                skip();
        }
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                int rc = ask(f, TRY, str_c(cases[i].what), &answer);

                if (!cases[i].ends_it) {
                        assert_ok(rc, f->err);
                        assert_str(answer, "no: ENOENT");
                        continue;
                }
                assert_int_equal(rc, ERR_INPUT);
                if (!strstr(f->err.msg, "it asked for system call ") ||
                    !strstr(f->err.msg, ", which is refused"))
                        fail_msg("%s: %s", cases[i].what, f->err.msg);
        }
        assert_int_equal(access("/tmp/bulldog-jail", F_OK), -1);
        still_works(f);
}

/* Each bar by itself, in a process that is ours. */
static int behind(unsigned bars, const char *what)
{
        pid_t pid = fork();
        int status;

        if (pid == 0) {
                struct sandbox_wish w = { bars, 3, 64 << 20 };
                struct sandbox s;

                sandbox_enter_parse(&w, &s);
                if (s.bars != bars)
                        _exit(77);
                _exit(try(what) < 0 ? 1 : 0);
        }
        waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void test_each_bar(void **state)
{
        (void)state;
        if (sandbox_checker() || behind(SANDBOX_LANDLOCK, "") == 77)
                skip();
        assert_int_equal(behind(SANDBOX_LANDLOCK, "open"), 1);
        assert_int_equal(behind(SANDBOX_LANDLOCK, "write"), 1);
        assert_int_equal(behind(SANDBOX_LANDLOCK, "exec"), 1);
        assert_int_equal(behind(SANDBOX_LIMITS, "open"), 1);
        assert_int_equal(behind(SANDBOX_LIMITS, "socket"), 1);
}

/* --- machines that have less -------------------------------------------- */

enum { NO_LANDLOCK = 1, NO_SECCOMP = 2 };

/* In a process whose kernel refuses these. */
static int without(int what, int (*f)(void))
{
        scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
        uint32_t no = SCMP_ACT_ERRNO(EPERM);
        pid_t pid = fork();
        int status;

        if (pid == 0) {
                if (what & NO_LANDLOCK)
                        seccomp_rule_add(ctx, no,
                                         SCMP_SYS(landlock_create_ruleset), 0);
                if (what & NO_SECCOMP) {
                        seccomp_rule_add(ctx, no, SCMP_SYS(seccomp), 0);
                        seccomp_rule_add(
                                ctx, no, SCMP_SYS(prctl), 1,
                                SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP, 0));
                }
                _exit(seccomp_load(ctx) < 0 ? 77 : f());
        }
        seccomp_release(ctx);
        waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int check_words(enum jail_mode mode, const char *part)
{
        struct arena *a = arena_new(1 << 20);
        struct jail *j = jail_new(mode);
        struct jail_document d = { .kind = ECHO, .bytes = STR("x") };
        struct str words = STR_NULL, answer;
        struct err err = { 0 };
        int rc = jail_describe(j, a, &words, &err);

        if (rc < 0)
                words = str_c(err.msg);
        if (str_find(words, str_c(part), 0) == STR_NONE) {
                print_message("no \"%s\" in: %.*s\n", part, STR_ARG(words));
                return 1;
        }
        if (jail_ask(j, &d, &answer, &err) != rc)
                return 2;
        jail_free(j);
        arena_free(a);
        return 0;
}

static int poor(void)
{
        return check_words(
                JAIL_AUTO,
                "jailed: bounded memory; not all that bulldog knows: ");
}

static int no_landlock(void)
{
        return check_words(JAIL_AUTO, "not all that bulldog knows: Landlock: ");
}

static int poor_and_strict(void)
{
        return check_words(JAIL_STRICT,
                           "wire.jail is strict, but not all bars");
}

static void test_less(void **state)
{
        (void)state;
        if (sandbox_checker())
                skip();
        assert_int_equal(without(NO_LANDLOCK, no_landlock), 0);
        assert_int_equal(without(NO_LANDLOCK | NO_SECCOMP, poor), 0);
        assert_int_equal(without(NO_SECCOMP, poor_and_strict), 0);
}

/* Where a sample can't be answered behind seccomp, it is left away. */
static void test_fallback(void **state)
{
        (void)state;
        if (sandbox_checker())
                skip();
        setenv("LD_TEST_NEEDY", "1", 1);
        assert_int_equal(check_words(JAIL_AUTO, "system call 041"), 0);
        unsetenv("LD_TEST_NEEDY");
        setenv("LD_TEST_BROKEN", "1", 1);
        assert_int_equal(check_words(JAIL_AUTO, "the parser can't be started"),
                         0);
        unsetenv("LD_TEST_BROKEN");
}

static void test_modes(void **state)
{
        enum jail_mode mode = JAIL_AUTO;
        struct err err;

        (void)state;
        assert_ok(jail_mode(STR("strict"), &mode, &err), err);
        assert_int_equal(mode, JAIL_STRICT);
        assert_int_equal(jail_mode(STR("on"), &mode, &err), ERR_INPUT);
        assert_int_equal(mode, JAIL_STRICT);
        assert_int_equal(check_words(JAIL_OFF, "wire.jail is off"), 0);
}

/* --- feeds and pages ---------------------------------------------------- */

static void test_feed(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = { .bytes = STR(RSS) };
        const struct feed_doc *doc;

        assert_ok(jail_feed(f->j, f->a, &d, &doc, &f->err), f->err);
        assert_int_equal(doc->format, FEED_RSS);
        assert_str(doc->title, "Gazette");
        assert_int_equal(doc->n_items, 1);
        assert_str(doc->items[0].title, "Ports reopen");
        assert_str(doc->items[0].url, "https://gazette.example/1");
        assert_true(doc->items[0].published == TIME_NONE);
        assert_null(doc->items[0].summary.p);
        d.bytes = STR("<rss><channel><item><title>Ports</title><description>"
                      "&lt;p&gt;Back&lt;br&gt;at &lt;b&gt;work&lt;/b&gt;"
                      "</description></item></channel></rss>");
        assert_ok(jail_feed(f->j, f->a, &d, &doc, &f->err), f->err);
        assert_str(doc->items[0].summary, "<p>Back<br>at <b>work</b></p>");
        assert_ok(jail_texts(f->j, f->a, &d, &doc, &f->err), f->err);
        assert_str(doc->items[0].summary, "Back\nat work");
        d.bytes = STR("<html><body>no feed</body></html>");
        assert_int_equal(jail_feed(f->j, f->a, &d, &doc, &f->err), ERR_INPUT);
        assert_string_equal(f->err.msg,
                            "this is a web page, not a feed, and it names "
                            "none");
}

static void test_list(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = {
                .bytes = STR("<opml><body><outline text='World'><outline "
                             "text='Gazette' xmlUrl='/feed'/></outline></body>"
                             "</opml>"),
                .url = STR("https://gazette.example/list")
        };
        struct feed_list list = { 0 };

        assert_ok(jail_list(f->j, f->a, &d, &list, &f->err), f->err);
        assert_int_equal(list.n, 1);
        assert_str(list.items[0].url, "https://gazette.example/feed");
        assert_str(list.items[0].beat, "world");
        d.bytes = STR("nothing of the kind");
        assert_int_equal(jail_list(f->j, f->a, &d, &list, &f->err), ERR_INPUT);
        assert_int_equal(list.n, 1);
}

static void test_calendar(void **state)
{
        const struct calendar_wish wish = { STR("Europe/Berlin"), 0, 172800 };
        struct fixture *f = *state;
        struct jail_calendar ask = {
                .d = { .bytes = STR("BEGIN:VCALENDAR\nNAME:Rates\n"
                                    "BEGIN:VEVENT\nUID:u\nSUMMARY:Caf\xE9\n"
                                    "DTSTART:19700101T140000\n"
                                    "RRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n"
                                    "END:VCALENDAR\n") },
                .wish = &wish,
        };
        struct calendar cal = { 0 };

        assert_ok(jail_calendar(f->j, f->a, &ask, &cal, &f->err), f->err);
        assert_str(cal.title, "Rates");
        assert_int_equal(cal.n_items, 2);
        assert_str(cal.items[0].title, "Caf\xC3\xA9");
        assert_true(cal.items[0].start_at == 13 * 3600);
        ask.d.bytes = STR("nothing of the kind");
        assert_int_equal(jail_calendar(f->j, f->a, &ask, &cal, &f->err),
                         ERR_INPUT);
}

static void test_gauge(void **state)
{
        const struct gauge_wish wish = { .name = STR("x.csv"),
                                         .value_column = STR("Caf\xC3\xA9") };
        struct fixture *f = *state;
        struct jail_gauge ask = {
                .d = { .bytes = STR("Day;Tea;Caf\xE9\n1.2.2026;1;1,5\n"
                                    "2.2.2026;2;x\n3.2.2026;3;2,5\n") },
                .wish = &wish,
        };
        struct gauge_doc doc = { 0 };

        assert_ok(jail_gauge(f->j, f->a, &ask, &doc, &f->err), f->err);
        assert_int_equal(doc.n, 2);
        assert_true(doc.items[1].value > 2.4 && doc.items[1].value < 2.6);
        assert_str(doc.warnings.items[0],
                   "x.csv: line 3, column 3: \"x\" is no "
                   "number; it is left out");
        ask.d.bytes = STR("nothing of the kind");
        assert_int_equal(jail_gauge(f->j, f->a, &ask, &doc, &f->err),
                         ERR_INPUT);
        assert_int_equal(doc.n, 2);
}

static void test_links(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = {
                .bytes = STR("<html><link rel=alternate type="
                             "application/rss+xml href=/feed title=News>"
                             "<a href=/other/rss.xml>RSS</a></html>"),
                .url = STR("https://gazette.example/")
        };
        struct shape_links l = { 0 };

        assert_ok(jail_links(f->j, f->a, &d, &l, &f->err), f->err);
        assert_true(l.is_html);
        assert_int_equal(l.links.n, 1);
        assert_str(l.links.items[0].url, "https://gazette.example/feed");
        assert_str(l.links.items[0].title, "News");
        assert_int_equal(l.anchors.n, 1);
        d.bytes = STR("{}");
        assert_ok(jail_links(f->j, f->a, &d, &l, &f->err), f->err);
        assert_false(l.is_html);
        assert_int_equal(l.links.n, 0);
}

static void test_page(void **state)
{
        struct fixture *f = *state;
        struct jail_document d = {
                .bytes = STR("<title>Ports reopen</title><p>Short.")
        };
        struct page page;

        assert_ok(jail_page(f->j, f->a, &d, &page, &f->err), f->err);
        assert_str(page.title, "Ports reopen");
        assert_int_equal(page.status, PAGE_EMPTY);
        assert_true(page.published == TIME_NONE);
}

int main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        const struct CMUnitTest tests[] = {
                TEST(test_documents),
                TEST(test_large),
                TEST(test_batch),
                TEST(test_batch_of_large),
                TEST(test_deaths),
                TEST(test_too_slow),
                TEST(test_too_often),
                TEST(test_bars),
                cmocka_unit_test(test_each_bar),
                cmocka_unit_test(test_less),
                cmocka_unit_test(test_fallback),
                cmocka_unit_test(test_modes),
                TEST(test_feed),
                TEST(test_page),
                TEST(test_list),
                TEST(test_links),
                TEST(test_calendar),
                TEST(test_gauge),
        };

        if (argc == 4 && strcmp(argv[1], "-x") == 0)
                return be_parser((unsigned)(argv[3][0] - '0'));
        return cmocka_run_group_tests(tests, NULL, NULL);
}
