/*
 * bulldog verify: every sentence of an edition, proved. What compose wrote and
 * no source said is a fault, as is a source's sentence that an editor changed,
 * or one that its page has no more: they end in exit status 65.
 */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/draft.h"
#include "cmd/findings.h"
#include "cmd/issue.h"
#include "cmd/stories_update.h"
#include "edition/chart_read.h"
#include "edition/edition.h"
#include "edition/plan.h"
#include "edition/verify.h"
#include "press/day.h"
#include "store/article.h"
#include "store/correction.h"
#include "store/event.h"
#include "wire/look.h"

#define SHOWN_B 160
#define OUT_MAX_B ((size_t)64 << 20)

int cmd_verify(struct env *env, int argc, char **argv);

struct options {
        const char *date;
        bool as_json, all, live;
};

/* What came of the pages as they are now. */
struct live {
        struct look *pages;
        size_t n, n_gone, n_unread;
};

/* Looks articles up; remembers the first fault of the store. */
struct finder {
        struct env *env;
        const struct phrases *phrases; /* of the edition ... */
        struct str language;           /* ... and its language */
        int rc;
};

/* The date in ".../2026/03/05/slug/", as 2026-03-05; false: none there. */
static bool date_of(struct env *env, struct str url, struct str *ret)
{
        struct civil c;
        struct str path = url_split(url).path, slug;
        size_t end = path.n;

        if (end < 2 || path.p[--end] != '/')
                return false;
        while (end > 0 && path.p[end - 1] != '/')
                end--;
        slug = str_sub(path, end, path.n - end - 1);
        if (end < 11 || !slug.n)
                return false;
        *ret = arena_printf(env->a, "%.4s-%.2s-%.2s", path.p + end - 11,
                            path.p + end - 6, path.p + end - 3);
        return time_parse_date(*ret, &c, NULL) == 0;
}

/* The day and the notes of what was put right in it, a line each. */
static int notes_of(struct env *env, const struct edition_row *row,
                    struct str day, struct str *ret, struct err *err)
{
        struct correction_list list;
        struct str notes = day;
        int rc = correction_list(env->a, env->db, row->id, &list, err);

        for (size_t i = 0; rc == 0 && i < list.n; i++)
                notes = arena_printf(env->a, STR_FMT "\n" STR_FMT,
                                     STR_ARG(notes),
                                     STR_ARG(list.items[i].note));
        if (rc == 0)
                *ret = notes;
        return rc;
}

/*
 * An edition of ours as verify_input.find wants it. ERR_ABSENT: the address is
 * none. The press may have moved: only the path counts.
 */
static int find_edition(struct env *env, struct str url, struct article *ret,
                        struct err *err)
{
        struct edition_entry *entries = NULL;
        struct edition_row row;
        struct str date, titles, name, notes = STR_NULL;
        struct civil day;
        int64_t series;
        size_t n = 0;
        int rc;

        if (!date_of(env, url, &date))
                return ERR_ABSENT;
        rc = stories_series(env, &series);
        if (rc < 0) {
                *err = env->err;
                return rc;
        }
        rc = edition_by_date(env->a, env->db, series, date, &row, err);
        if (rc == 0)
                rc = edition_headlines(env->a, env->db, row.id, &entries, &n,
                                       err);
        if (rc == 0)
                rc = time_parse_date(date, &day, NULL);
        if (rc < 0)
                return rc;
        if (!str_ends(url, press_path(env->a, &row)))
                return ERR_ABSENT;
        titles = row.title;
        for (size_t i = 0; i < n; i++)
                titles = arena_printf(env->a, STR_FMT "\n" STR_FMT,
                                      STR_ARG(titles),
                                      STR_ARG(entries[i].title));
        name = day_short(env->a, env->conf.press_language, &day);
        rc = notes_of(env, &row, name, &notes, err);
        *ret = (struct article) { .url = url,
                                  .kind = STR(VERIFY_OURS),
                                  .title = titles,
                                  .text = notes,
                                  .source = name };
        return rc;
}

static const struct article *find_article(void *user, struct str url)
{
        struct finder *f = user;
        struct article *art = arena_alloc(f->env->a, sizeof(*art));
        struct err err = { 0 };
        int rc = article_by_url(f->env->a, f->env->db, url, art, &err);

        if (rc == ERR_ABSENT)
                rc = find_edition(f->env, url, art, &err);
        if (rc == 0)
                return art;
        env_keep_fault(f->env, &f->rc, rc, &err);
        return NULL;
}

/* The event of an agenda's line, by its number. */
static const struct event *find_event(void *user, int64_t id)
{
        struct finder *f = user;
        struct event *e = arena_alloc(f->env->a, sizeof(*e));
        struct err err = { 0 };
        int rc = event_get(f->env->a, f->env->db, id, e, &err);

        if (rc == 0)
                return e;
        env_keep_fault(f->env, &f->rc, rc, &err);
        return NULL;
}

static const struct chart *find_chart(void *user, const struct chart *chart)
{
        struct finder *f = user;
        struct env *env = f->env;
        const struct finding_words words = { f->phrases, f->language };
        struct str text;
        int rc = findings_again(env, chart, &words, &text);

        if (rc < 0 && f->rc == 0)
                f->rc = rc;
        return rc == 0 && text.n ? chart_read(env->a, text, 1) : NULL;
}

static int read_options(struct env *env, int argc, char **argv,
                        struct options *o)
{
        const char *name, *value;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "date= json all live",
                                &name, &value)) > 0) {
                if (*name == 'd')
                        o->date = value;
                else if (*name == 'j')
                        o->as_json = true;
                else if (*name == 'l')
                        o->live = true;
                else
                        o->all = true;
        }
        if (rc == 0 && i < argc)
                return err_set(&env->err, ERR_INPUT,
                               "verify takes no \"%s\"; see --help", argv[i]);
        return rc;
}

/* As it was published, once it was corrected; *ret stays NULL else. */
static int load_published(struct env *env, const struct edition_row *row,
                          const struct edition **ret)
{
        struct correction_list list;
        struct edition *e;
        int rc = correction_list(env->a, env->db, row->id, &list, &env->err);

        if (rc < 0 || !list.n)
                return rc;
        rc = issue_revision(env, row, list.items[0].revision - 1, &e);
        if (rc == 0)
                *ret = e;
        return rc;
}

static int prove(struct env *env, const struct edition_row *row,
                 struct verify_report *ret)
{
        struct finder finder = { .env = env };
        struct verify_input in = { .find = find_article,
                                   .find_event = find_event,
                                   .find_chart = find_chart,
                                   .user = &finder,
                                   .zone = env->conf.press_zone };
        struct plan plan;
        struct revision newest, composed;
        struct edition *e, *first = NULL;
        int rc = revision_get(env->a, env->db, row->id, row->revision, &newest,
                              &env->err);

        if (rc == 0)
                rc = draft_read(env, "the copy", newest.copy, &e);
        if (rc == 0)
                rc = revision_composed(env->a, env->db, row->id, &composed,
                                       &env->err);
        if (rc == 0 && composed.n != newest.n)
                rc = draft_read(env, "the composed copy", composed.copy,
                                &first);
        if (rc == ERR_ABSENT) { /* all of it is an editor's */
                first = arena_alloc(env->a, sizeof(*first));
                rc = 0;
        }
        if (rc == 0)
                rc = load_published(env, row, &in.published);
        if (rc == 0)
                rc = stories_plan(env, &plan);
        if (rc == 0)
                rc = issue_phrases(env, e->language, &in.phrases);
        if (!str_eq(env->conf.press_greeting, STR("-")))
                in.greeting = env->conf.press_greeting;
        if (rc < 0)
                return rc;
        finder.phrases = in.phrases;
        finder.language = e->language;
        in.edition = e;
        in.plan = &plan;
        in.composed = first;
        in.max_words = (size_t)env->conf.edition_words;
        verify_edition(env->a, &in, ret);
        return finder.rc;
}

/* Each page that something is copied from, once. */
static void list_pages(struct env *env, const struct verify_report *r,
                       struct live *live)
{
        struct map *known = map_new(env->a);

        live->pages = arena_array(env->a, r->n + 1, sizeof(*live->pages));
        for (size_t i = 0; i < r->n; i++) {
                const struct verified *v = &r->items[i];

                if (!v->copied.n || map_find(known, v->url))
                        continue;
                map_put(known, v->url, live);
                live->pages[live->n++] = (struct look) { .url = v->url };
        }
}

static int look_live(struct env *env, struct verify_report *r,
                     struct live *live)
{
        const struct look_setup setup = { .conf = &env->conf,
                                          .spool_dir = env->dir,
                                          .db = env->db,
                                          .now = env->now };
        struct verify_page *read;
        size_t n = 0;
        int rc;

        list_pages(env, r, live);
        rc = look_at(env->a, &setup, live->pages, live->n, &env->err);
        if (rc < 0)
                return rc;
        read = arena_array(env->a, live->n + 1, sizeof(*read));
        for (size_t i = 0; i < live->n; i++) {
                const struct look *p = &live->pages[i];

                if (!p->why.p)
                        read[n++] = (struct verify_page) { p->url, p->title,
                                                           p->text };
        }
        live->n_unread = live->n - n;
        live->n_gone = verify_pages(env->a, r, read, n);
        return 0;
}

static bool is_fault(const struct verified *v)
{
        return v->proof == PROOF_NONE || v->proof == PROOF_CHANGED ||
               v->is_gone;
}

static void print_live(const struct live *live)
{
        if (!live->pages)
                return;
        printf("Of %zu pages as they are now %zu were read; %zu sentences are "
               "on them no more\n",
               live->n, live->n - live->n_unread, live->n_gone);
        for (size_t i = 0; i < live->n; i++)
                if (live->pages[i].why.p)
                        printf("  not read: " STR_FMT ": " STR_FMT "\n",
                               STR_ARG(live->pages[i].url),
                               STR_ARG(live->pages[i].why));
}

static void print_text(const struct edition_row *row,
                       const struct verify_report *r, bool all)
{
        printf("The edition of " STR_FMT ", revision %" PRId64
               ": %zu sentences; %zu from their sources, %zu phrases, %zu an "
               "editor's, %zu changed, %zu without proof\n",
               STR_ARG(row->date), row->revision, r->n, r->counts[PROOF_SOURCE],
               r->counts[PROOF_PHRASE], r->counts[PROOF_EDITOR],
               r->counts[PROOF_CHANGED], r->counts[PROOF_NONE]);
        for (size_t i = 0; i < r->n; i++) {
                const struct verified *v = &r->items[i];
                struct str shown = utf8_clip(v->text, SHOWN_B);

                if (!all && !is_fault(v) && v->proof != PROOF_EDITOR)
                        continue;
                printf("  line %d: %s: " STR_FMT "%s\n", v->line,
                       v->is_gone ? "gone" : verify_proof_name(v->proof),
                       STR_ARG(shown), shown.n < v->text.n ? " ..." : "");
        }
        for (size_t i = 0; i < r->n_over; i++)
                printf("  " STR_FMT ": gives %zu words\n",
                       STR_ARG(r->over[i].source), r->over[i].words);
}

static void put_over(struct json *j, const struct verify_report *r)
{
        json_key(j, "over");
        json_open(j, '[');
        for (size_t i = 0; i < r->n_over; i++) {
                json_open(j, '{');
                json_key(j, "source");
                json_str(j, r->over[i].source);
                json_key(j, "words");
                json_int(j, (int64_t)r->over[i].words);
                json_close(j, '}');
        }
        json_close(j, ']');
}

static void put_live(struct json *j, const struct live *live)
{
        if (!live->pages)
                return;
        json_key(j, "live");
        json_open(j, '{');
        json_key(j, "pages");
        json_int(j, (int64_t)live->n);
        json_key(j, "read");
        json_int(j, (int64_t)(live->n - live->n_unread));
        json_key(j, "gone");
        json_int(j, (int64_t)live->n_gone);
        json_close(j, '}');
}

static void print_json(const struct edition_row *row,
                       const struct verify_report *r, const struct live *live)
{
        struct buf b;
        struct json j;

        buf_init(&b, OUT_MAX_B);
        json_init(&j, &b);
        json_open(&j, '{');
        json_key(&j, "date");
        json_str(&j, row->date);
        json_key(&j, "revision");
        json_int(&j, row->revision);
        json_key(&j, "sentences");
        json_int(&j, (int64_t)r->n);
        for (int p = 0; p < PROOF_N; p++) {
                json_key(&j, verify_proof_name((enum proof)p));
                json_int(&j, (int64_t)r->counts[p]);
        }
        json_key(&j, "items");
        json_open(&j, '[');
        for (size_t i = 0; i < r->n; i++) {
                const struct verified *v = &r->items[i];

                json_open(&j, '{');
                json_key(&j, "line");
                json_int(&j, v->line);
                json_key(&j, "proof");
                json_str(&j, str_c(verify_proof_name(v->proof)));
                json_key(&j, "text");
                json_str(&j, v->text);
                json_key(&j, "url");
                json_str(&j, v->url);
                if (v->is_gone) {
                        json_key(&j, "gone");
                        json_bool(&j, true);
                }
                json_close(&j, '}');
        }
        json_close(&j, ']');
        put_over(&j, r);
        put_live(&j, live);
        json_close(&j, '}');
        buf_char(&b, '\n');
        fwrite(b.p, 1, b.n, stdout);
        buf_done(&b);
}

/* What is wrong with it, the worst first; 0: nothing. */
static int judge(struct env *env, const struct edition_row *row,
                 const struct verify_report *r, const struct live *live)
{
        if (r->counts[PROOF_NONE])
                return err_set(&env->err, ERR_INPUT,
                               "%zu sentences of the draft can't be proved "
                               "from what they link",
                               r->counts[PROOF_NONE]);
        if (r->counts[PROOF_CHANGED])
                return err_set(&env->err, ERR_INPUT,
                               "%zu sentences are nearly a source's and stand "
                               "under its name: restore its words, or mark the "
                               "paragraph or item {.ours}",
                               r->counts[PROOF_CHANGED]);
        if (live->n_gone)
                return err_set(&env->err, ERR_INPUT,
                               "%zu sentences are no more on the pages that "
                               "they link",
                               live->n_gone);
        if (r->n_over && !draft_is_published(row))
                return err_set(&env->err, ERR_INPUT,
                               "%zu sources give more than the %" PRId64
                               " words of edition.words",
                               r->n_over, env->conf.edition_words);
        if (live->n_unread)
                return err_set(&env->err, ERR_NET,
                               "%zu of %zu pages could not be read, so what "
                               "they say now is not known",
                               live->n_unread, live->n);
        return 0;
}

int cmd_verify(struct env *env, int argc, char **argv)
{
        struct options o = { 0 };
        struct edition_row row;
        struct verify_report report;
        struct live live = { 0 };
        int rc = read_options(env, argc, argv, &o);

        if (rc == 0)
                rc = draft_find(env, o.date, &row);
        if (rc == 0)
                rc = prove(env, &row, &report);
        if (rc == 0 && o.live)
                rc = look_live(env, &report, &live);
        if (rc < 0)
                return rc;
        if (o.as_json)
                print_json(&row, &report, &live);
        else
                print_text(&row, &report, o.all);
        if (!o.as_json)
                print_live(&live);
        if (fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return judge(env, &row, &report, &live);
}
