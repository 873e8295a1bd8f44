#include "wire/robots.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/url.h"

#define RULES_MOST 1000
#define PATTERN_B 256
#define PAUSE "@" /* and the milliseconds between two requests */
#define PAUSE_B 32
#define RULES_B ((size_t)RULES_MOST * (PATTERN_B * 3 + 2) + PAUSE_B)

/* --- paths, in the one spelling (RFC 9309, 2.2.2) ----------------------- */

static int hex_of(char c)
{
        if (chr_is_digit(c))
                return c - '0';
        c = chr_lower(c);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_plain(unsigned char c)
{
        return chr_is_alnum((char)c) || c == '-' || c == '.' || c == '_' ||
               c == '~';
}

static void put_escaped(struct buf *out, unsigned char c)
{
        static const char digits[] = "0123456789ABCDEF";

        buf_char(out, '%');
        buf_char(out, digits[c >> 4]);
        buf_char(out, digits[c & 15]);
}

/* Escapes of what needs none are undone; bytes over 127 are escaped. */
static void put_path(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                bool is_escape = c == '%' && i + 2 < s.n &&
                                 hex_of(s.p[i + 1]) >= 0 &&
                                 hex_of(s.p[i + 2]) >= 0;

                if (is_escape) {
                        c = (unsigned char)(hex_of(s.p[i + 1]) * 16 +
                                            hex_of(s.p[i + 2]));
                        i += 2;
                }
                if (is_escape ? is_plain(c) : c > ' ' && c < 127)
                        buf_char(out, (char)c);
                else
                        put_escaped(out, c);
        }
}

/* --- reading ------------------------------------------------------------ */

enum group { OTHERS, EVERYONE, OURS };

struct reading {
        struct buf rules[3]; /* by group */
        size_t n[3];
        int64_t pause_ms[3];
        enum group group;
        bool in_names; /* the last line named an agent */
        bool has_ours;
};

/* Our name, or longer words that begin with it: "bulldog/1.0". */
static enum group group_of(struct str agent)
{
        struct str name = STR(ROBOTS_NAME);

        if (str_eq(agent, STR("*")))
                return EVERYONE;
        if (!str_starts_nocase(agent, name))
                return OTHERS;
        if (agent.n == name.n)
                return OURS;

        char next = agent.p[name.n];

        return chr_is_alpha(next) || next == '-' || next == '_' ? OTHERS : OURS;
}

static void read_name(struct reading *r, struct str agent)
{
        enum group g = group_of(agent);

        /* Names that follow each other share what comes after them. */
        if (!r->in_names || g > r->group)
                r->group = g;
        r->in_names = true;
        r->has_ours = r->has_ours || g == OURS;
}

static void read_rule(struct reading *r, char sign, struct str path)
{
        struct buf *out = &r->rules[r->group];

        r->in_names = false;
        if (r->group == OTHERS || !path.n || r->n[r->group] == RULES_MOST ||
            path.n > PATTERN_B || (path.p[0] != '/' && path.p[0] != '*'))
                return;
        r->n[r->group]++;
        buf_char(out, sign);
        put_path(out, path);
        buf_char(out, '\n');
}

/* Not of the standard, and yet what hosts say most after paths. Said more than
 * once, the longest counts. It ends no list of names. */
static void read_pause(struct reading *r, struct str value)
{
        int64_t *pause_ms = &r->pause_ms[r->group];
        double s;

        if (scan_double(value, &s) < 0 || !(s > 0))
                return;
        if (s > LIMIT_CRAWL_DELAY_S)
                s = LIMIT_CRAWL_DELAY_S;
        if ((int64_t)(s * 1000) > *pause_ms)
                *pause_ms = (int64_t)(s * 1000);
}

static void read_line(struct reading *r, struct str line)
{
        size_t colon;
        struct str key, value;

        line = str_trim(str_sub(line, 0, str_chr(line, '#', 0)));
        colon = str_chr(line, ':', 0);
        if (colon == STR_NONE)
                return;
        key = str_trim(str_sub(line, 0, colon));
        value = str_trim(str_sub(line, colon + 1, line.n));
        if (str_eq_nocase(key, STR("user-agent")))
                read_name(r, value);
        else if (str_eq_nocase(key, STR("allow")))
                read_rule(r, '+', value);
        else if (str_eq_nocase(key, STR("disallow")))
                read_rule(r, '-', value);
        else if (str_eq_nocase(key, STR("crawl-delay")))
                read_pause(r, value);
}

struct str robots_read(struct arena *a, struct str bytes)
{
        struct reading r = { .group = OTHERS };
        struct str rest = str_sub(bytes, 0, ROBOTS_MAX_B), line, ret;
        enum group g;

        if (str_starts(rest, STR("\xef\xbb\xbf")))
                rest = str_sub(rest, 3, rest.n);
        for (g = OTHERS; g <= OURS; g++)
                buf_init(&r.rules[g], RULES_B);
        while (str_cut(&rest, '\n', &line)) {
                struct str part; /* old Macs end lines with CR alone */

                while (str_cut(&line, '\r', &part))
                        read_line(&r, part);
        }
        g = r.has_ours ? OURS : EVERYONE;
        if (r.pause_ms[g])
                buf_printf(&r.rules[g], PAUSE "%lld\n",
                           (long long)r.pause_ms[g]);
        ret = arena_str(a, buf_str(&r.rules[g]));
        for (g = OTHERS; g <= OURS; g++)
                buf_done(&r.rules[g]);
        return ret.p ? ret : STR("");
}

/* --- judging ------------------------------------------------------------ */

/* Does pattern, with * for anything and $ for the end, fit the path's start? */
static bool fits(struct str pattern, struct str path)
{
        bool to_end = str_ends(pattern, STR("$"));
        size_t p = 0, i = 0, star = STR_NONE, from = 0;

        if (to_end)
                pattern.n--;
        while (i < path.n || p < pattern.n) {
                if (p == pattern.n && !to_end)
                        return true;
                if (p < pattern.n && pattern.p[p] == '*') {
                        star = p++;
                        from = i;
                } else if (p < pattern.n && i < path.n &&
                           pattern.p[p] == path.p[i]) {
                        p++;
                        i++;
                } else if (star != STR_NONE && from < path.n) {
                        p = star + 1;
                        i = ++from;
                } else {
                        return false;
                }
        }
        return true;
}

/* The path with its query, as patterns are written. */
static struct str path_of(struct arena *a, struct str url)
{
        struct url u = url_split(url);
        struct str ret;
        struct buf out;

        buf_init(&out, (size_t)LIMIT_URL_B * 3 + 2);
        if (!u.path.n)
                buf_char(&out, '/');
        put_path(&out, u.path);
        if (u.query.p) {
                buf_char(&out, '?');
                put_path(&out, u.query);
        }
        ret = arena_str(a, buf_str(&out));
        buf_done(&out);
        return ret;
}

/* The longest pattern that fits decides; between two as long, the kind one. */
bool robots_allow(struct str rules, struct arena *a, struct str url)
{
        struct str rest = rules, line, path;
        size_t longest = 0;
        bool allowed = true;

        if (!rules.n)
                return true;
        if (str_eq(rules, ROBOTS_SHUT))
                return false;
        path = path_of(a, url);
        if (str_eq(path, STR("/robots.txt")))
                return true;
        while (str_cut(&rest, '\n', &line)) {
                struct str pattern = str_sub(line, 1, line.n);
                bool is_kind = str_starts(line, STR("+"));

                if (str_starts(line, STR(PAUSE)) || !pattern.n ||
                    pattern.n < longest || (pattern.n == longest && allowed) ||
                    !fits(pattern, path))
                        continue;
                longest = pattern.n;
                allowed = is_kind;
        }
        return allowed;
}

int64_t robots_pause_ms(struct str rules)
{
        const int64_t most_ms = (int64_t)LIMIT_CRAWL_DELAY_S * 1000;
        struct str line;
        int64_t ms;

        while (str_cut(&rules, '\n', &line))
                if (str_starts(line, STR(PAUSE)) &&
                    scan_i64(str_sub(line, 1, line.n), 0, most_ms, &ms) == 0)
                        return ms;
        return 0;
}
