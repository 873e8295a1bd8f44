#include "wire/jail.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "wire/calendar.h"
#include "wire/gauge.h"
#include "wire/shape.h"

#define DIED 0 /* the type of an answer that there is none */
#define BATCH_B ((size_t)1024 * 1024) /* so much makes a batch full */

struct jail {
        struct arena *a;
        struct cell cell;
        struct jailed_batch batch;          /* documents that were added */
        size_t begins[JAILED_BATCH_N], end; /* where they lie */
        struct cell_answer answers[JAILED_BATCH_N];
        size_t answered, taken; /* of the batch's documents */
        size_t room;            /* the end of room that nobody used yet */
        struct err death;       /* of the last document that is answered */
        int deaths;             /* in a row */
};

int jail_mode(struct str word, enum jail_mode *ret, struct err *err)
{
        static const char *const words[] = { "auto", "strict", "off" };

        for (int i = 0; i < 3; i++)
                if (str_eq(word, str_c(words[i]))) {
                        *ret = (enum jail_mode)i;
                        return 0;
                }
        return err_set(err, ERR_INPUT,
                       "wire.jail is auto, strict or off, not \"" STR_FMT "\"",
                       STR_ARG(word));
}

struct jail *jail_new(enum jail_mode mode)
{
        struct arena *a = arena_new(2 * sizeof(struct jail));
        struct jail *j = arena_alloc(a, sizeof(*j));

        j->a = a;
        cell_init(&j->cell, mode);
        return j;
}

void jail_free(struct jail *j)
{
        if (!j)
                return;
        cell_done(&j->cell);
        arena_free(j->a);
}

void jail_set_time(struct jail *j, int64_t cpu_ms, int64_t wall_ms)
{
        j->cell.cpu_ms = cpu_ms;
        j->cell.wall_ms = wall_ms;
}

/* --- documents in ------------------------------------------------------- */

/* Room that was given and not used may have been touched all the same. */
static void note_room(struct jail *j)
{
        if (j->cell.ask.used_b < j->room)
                j->cell.ask.used_b = j->room;
        j->room = 0;
}

static void start_over(struct jail *j)
{
        note_room(j);
        j->batch.n = 0;
        j->end = j->answered = j->taken = 0;
        cell_trim_ask(&j->cell);
}

bool jail_is_full(const struct jail *j)
{
        return j->batch.n == JAILED_BATCH_N || j->end > BATCH_B || j->taken ||
               j->answered;
}

int jail_room(struct jail *j, size_t max_b, char **ret, struct err *err)
{
        struct stretch *ask = &j->cell.ask;
        int rc = cell_ready(&j->cell, err);

        if (rc < 0)
                return rc;
        assert(!jail_is_full(j));
        if (max_b > ask->size_b - j->end - RECORD_FIELD_B)
                return err_set(err, ERR_LIMIT, "a document of %zu bytes",
                               max_b);
        note_room(j);
        j->room = j->end + RECORD_FIELD_B + max_b;
        *ret = ask->p + j->end + RECORD_FIELD_B;
        return 0;
}

static void put_present(struct buf *out, unsigned tag, struct str s)
{
        if (s.p)
                record_put(out, tag, RECORD_BYTES, s);
}

int jail_add(struct jail *j, const struct jail_document *d, struct err *err)
{
        struct stretch *ask = &j->cell.ask;
        struct buf out;
        int rc = cell_ready(&j->cell, err);

        if (rc < 0)
                return rc;
        assert(!jail_is_full(j));
        buf_over(&out, ask->p + j->end, ask->size_b - j->end);

        size_t mark = record_open(&out, JAILED_BYTES, RECORD_BYTES);

        if (d->bytes.p == ask->p + j->end + RECORD_FIELD_B)
                (void)buf_room(&out, d->bytes.n), j->room = 0;
        else
                buf_put(&out, d->bytes);
        record_close(&out, mark);
        put_present(&out, JAILED_URL, d->url);
        put_present(&out, JAILED_TYPE, d->type);
        put_present(&out, JAILED_ID, d->id);
        put_present(&out, JAILED_RULES, d->rules);
        if (!buf_ok(&out))
                return err_set(err, ERR_LIMIT, "the document is over %zu bytes",
                               ask->size_b - j->end);
        j->batch.heads[j->batch.n] =
                (struct record_head) { d->kind, (uint32_t)out.n };
        j->begins[j->batch.n++] = j->end;
        j->end += out.n;
        if (ask->used_b < j->end)
                ask->used_b = j->end;
        return 0;
}

/* --- answers out -------------------------------------------------------- */

int jail_mistrust(struct jail *j, struct err *err)
{
        cell_mistrust(&j->cell);
        return err_add(err, "the parser's answer makes no sense");
}

/* What the handler said of the document. */
static int read_fault(struct jail *j, struct str bytes, struct err *err)
{
        struct arena *a = arena_new(8 * ERR_MSG_MAX);
        struct str text = STR_NULL;
        struct record r;
        int64_t code = ERR_INPUT;
        int rc;

        record_init(&r, arena_str(a, str_sub(bytes, 0, 4 * ERR_MSG_MAX)));
        record_take_int(&r, JAILED_CODE, ERR_STALE, ERR_INPUT, &code);
        record_take(&r, JAILED_MESSAGE, RECORD_TEXT, ERR_MSG_MAX, &text);
        if (code == ERR_SYS) /* that is ours to say */
                code = ERR_INPUT;
        rc = record_end(&r, err);
        if (rc < 0)
                rc = jail_mistrust(j, err);
        else
                rc = err_set(err, (enum err_code)code, STR_FMT,
                             STR_ARG(utf8_fold_space(a, utf8_repair(a, text))));
        arena_free(a);
        return rc;
}

/* The document killed it. */
static int died(struct jail *j, struct err *err)
{
        if (++j->deaths < LIMIT_PARSE_DEATHS)
                return err_set(err, ERR_INPUT,
                               "the parser died on this document: %s",
                               j->death.msg);
        return err_set(err, ERR_SYS,
                       "the parser died on %d documents in a row, so it may be "
                       "to blame and not they; the last time: %s",
                       j->deaths, j->death.msg);
}

/* The documents that have no answer yet. Afterwards at least one has, or has
 * killed the parser. */
static int run(struct jail *j, struct err *err)
{
        size_t first = j->answered, n;
        struct jailed_batch b = { .from = (uint32_t)j->begins[first],
                                  .n = (uint32_t)(j->batch.n - first) };
        int rc;

        memcpy(b.heads, j->batch.heads + first, b.n * sizeof(*b.heads));
        cell_trim_answer(&j->cell);
        rc = cell_run(&j->cell, &b, j->answers + first, &n, &j->death);
        j->answered += n;
        if (rc == ERR_SYS) {
                *err = j->death;
                return rc;
        }
        if (rc < 0) {
                assert(j->answered < j->batch.n);
                j->answers[j->answered++].type = DIED;
        }
        return 0;
}

int jail_take(struct jail *j, struct str *ret, struct err *err)
{
        size_t at = j->taken;
        int rc = 0;

        assert(at < j->batch.n);
        if (at == j->answered)
                rc = run(j, err);
        j->taken++;
        if (rc == 0 && j->answers[at].type == DIED) {
                rc = died(j, err);
        } else if (rc == 0) {
                j->deaths = 0;
                *ret = j->answers[at].bytes;
                if (j->answers[at].type != JAILED_ANSWER)
                        rc = read_fault(j, *ret, err);
        }
        if (j->taken == j->batch.n || rc == ERR_SYS)
                start_over(j);
        return rc;
}

int jail_ask(struct jail *j, const struct jail_document *d, struct str *ret,
             struct err *err)
{
        int rc = jail_add(j, d, err);

        return rc < 0 ? rc : jail_take(j, ret, err);
}

/* --- feeds and pages ---------------------------------------------------- */

/* Copied before it is read, so that it stays as it was checked. *ret is
 * changed only when all is well. */
static int take(struct jail *j, struct arena *a, const struct jail_document *d,
                const struct shape *shape, void *ret, struct err *err)
{
        void *got = arena_alloc(a, shape->size_b);
        struct str bytes;
        int rc = jail_ask(j, d, &bytes, err);

        if (rc < 0)
                return rc;
        rc = shape_get(a, shape, arena_str(a, bytes), got, err);
        if (rc < 0)
                return jail_mistrust(j, err);
        memcpy(ret, got, shape->size_b);
        return 0;
}

static struct jail_document as_kind(const struct jail_document *d,
                                    uint32_t kind)
{
        struct jail_document copy = *d;

        copy.kind = kind;
        return copy;
}

static int take_feed(struct jail *j, struct arena *a,
                     const struct jail_document *d, const struct feed_doc **ret,
                     struct err *err)
{
        struct feed_doc *doc = arena_alloc(a, sizeof(*doc));
        int rc = take(j, a, d, &shape_feed, doc, err);

        if (rc == 0)
                *ret = doc;
        return rc;
}

int jail_feed(struct jail *j, struct arena *a, const struct jail_document *d,
              const struct feed_doc **ret, struct err *err)
{
        struct jail_document feed = as_kind(d, JAIL_FEED);

        return take_feed(j, a, &feed, ret, err);
}

int jail_texts(struct jail *j, struct arena *a, const struct jail_document *d,
               const struct feed_doc **ret, struct err *err)
{
        struct jail_document feed = as_kind(d, JAIL_TEXTS);

        return take_feed(j, a, &feed, ret, err);
}

int jail_page(struct jail *j, struct arena *a, const struct jail_document *d,
              struct page *ret, struct err *err)
{
        struct jail_document page = as_kind(d, JAIL_PAGE);

        return take(j, a, &page, &shape_page, ret, err);
}

int jail_list(struct jail *j, struct arena *a, const struct jail_document *d,
              struct feed_list *ret, struct err *err)
{
        struct jail_document list = as_kind(d, JAIL_LIST);

        return take(j, a, &list, &shape_list, ret, err);
}

int jail_links(struct jail *j, struct arena *a, const struct jail_document *d,
               struct shape_links *ret, struct err *err)
{
        struct jail_document page = as_kind(d, JAIL_LINKS);

        return take(j, a, &page, &shape_links, ret, err);
}

int jail_calendar(struct jail *j, struct arena *a,
                  const struct jail_calendar *c, struct calendar *ret,
                  struct err *err)
{
        struct jail_document d = as_kind(&c->d, JAIL_CALENDAR);

        d.rules = calendar_wish_put(a, c->wish);
        return take(j, a, &d, &shape_calendar, ret, err);
}

int jail_gauge(struct jail *j, struct arena *a, const struct jail_gauge *g,
               struct gauge_doc *ret, struct err *err)
{
        struct jail_document d = as_kind(&g->d, JAIL_GAUGE);
        struct str bytes;
        int rc;

        d.rules = gauge_wish_put(a, g->wish);
        rc = jail_ask(j, &d, &bytes, err);
        if (rc < 0)
                return rc;
        rc = gauge_doc_get(a, arena_str(a, bytes), ret, err);
        return rc < 0 ? jail_mistrust(j, err) : 0;
}

/* --- what stands around it ---------------------------------------------- */

/* What stands, and what doesn't and why. */
static struct str list_bars(struct arena *a, const struct cell *c)
{
        const struct sandbox *s = &c->in_force;
        const struct err *why = s->why.code ? &s->why : &c->failed;
        struct buf out;
        struct str ret;

        buf_init(&out, 4 * ERR_MSG_MAX);
        if (s->bars & SANDBOX_SECCOMP)
                buf_puts(&out, ", few system calls (seccomp)");
        if (s->bars & SANDBOX_LANDLOCK)
                buf_printf(&out, ", no files (Landlock %d)", s->landlock_abi);
        if (s->bars & SANDBOX_LIMITS)
                buf_puts(&out, ", bounded memory");
        if (!s->bars)
                buf_puts(&out, ", no bars");
        if (s->bars != SANDBOX_ALL)
                buf_printf(&out, "; not all that bulldog knows: %s", why->msg);
        ret = arena_printf(a, "jailed: " STR_FMT,
                           STR_ARG(str_sub(buf_str(&out), 2, out.n)));
        buf_done(&out);
        return ret;
}

int jail_describe(struct jail *j, struct arena *a, struct str *ret,
                  struct err *err)
{
        const char *checker = sandbox_checker();
        int rc = cell_ready(&j->cell, err);

        if (rc < 0)
                return rc;
        if (j->cell.mode == JAIL_OFF)
                *ret = STR("a process of its own, without bars: wire.jail is "
                           "off");
        else if (checker)
                *ret = arena_printf(a,
                                    "a process of its own, without bars: they "
                                    "don't go with %s",
                                    checker);
        else
                *ret = list_bars(a, &j->cell);
        return 0;
}
