/* Texts of a flat JSON object: the short way says what jansson says. */

#include "unit.h"

#include <jansson.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/flat.h"

#define ROOM_B 4096
#define RANDOM_LINES 20000
#define LONGEST_B 96

static struct flat asked[] = { { STR_INIT("id"), { NULL, 0 } },
                               { STR_INIT("a\"b"), { NULL, 0 } } };
#define ASKED (sizeof(asked) / sizeof(*asked))

/* Was it read, and is it then what jansson reads? */
static bool read_as_jansson(struct str line, struct buf *room)
{
        json_t *tree;
        json_error_t fault;

        if (!flat_read(line, room, asked, ASKED))
                return false;
        tree = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &fault);
        if (!json_is_object(tree))
                fail_msg("%s: " STR_FMT, fault.text, STR_ARG(line));
        for (size_t i = 0; i < ASKED; i++) {
                const json_t *v = json_object_get(tree, asked[i].key.p);
                struct str want = { json_string_value(v),
                                    json_string_length(v) };

                assert_int_equal(want.p != NULL, asked[i].text.p != NULL);
                assert_true(str_eq(want, asked[i].text));
        }
        json_decref(tree);
        return true;
}

static void plain_lines_are_read(void **state)
{
        static const struct {
                const char *line, *id, *other;
        } rows[] = {
                { "{}", NULL, NULL },
                { " { } \r", NULL, NULL },
                { "{\"id\":\"x\"}", "x", NULL },
                { "{ \"n\" : -12 , \"id\" : \"x\" }", "x", NULL },
                { "{\"id\":\"\",\"a\\\"b\":\"y\"}", "", "y" },
                { "{\"id\":null,\"a\\u0022b\":true,\"c\":false}", NULL, NULL },
                { "{\"id\":\"first\",\"id\":\"last\"}", "last", NULL },
                { "{\"id\":\"x\",\"id\":0}", NULL, NULL },
                { "{\"id\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"}",
                  "a\"\\/\b\f\n\r\tz", NULL },
                { "{\"id\":\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"}",
                  "A\u00e9\u20ac\U0001F600", NULL },
                { "{\"id\":\"a text of more than sixteen bytes \\u0021 and of "
                  "sixteen more\"}",
                  "a text of more than sixteen bytes ! and of sixteen more",
                  NULL },
        };
        struct buf room;

        (void)state;
        buf_init(&room, ROOM_B);
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                if (!read_as_jansson(str_c(rows[i].line), &room))
                        fail_msg("not read: %s", rows[i].line);
                if (rows[i].id)
                        assert_str(asked[0].text, rows[i].id);
                else
                        assert_null(asked[0].text.p);
                if (rows[i].other)
                        assert_str(asked[1].text, rows[i].other);
                else
                        assert_null(asked[1].text.p);
        }
        assert_true(read_as_jansson(STR("{\"id\":\"a\\u0000b\"}"), &room));
        assert_int_equal(asked[0].text.n, 3);
        buf_done(&room);
}

static void all_else_is_left_to_jansson(void **state)
{
        static const char *const lines[] = {
                "",
                "{",
                "[]",
                "\"id\"",
                "{\"id\"}",
                "{\"id\":}",
                "{\"id\":\"x\"",
                "{\"id\":\"x}",
                "{\"id\":\"x\",}",
                "{\"id\":\"x\"} {}",
                "{\"id\":\"x\"}}",
                "{id:\"x\"}",
                "{\"id\":'x'}",
                "{\"id\":\"\\x\"}",
                "{\"id\":\"\\u12\"}",
                "{\"id\":\"\\ud83d\"}",
                "{\"id\":\"\\ude00\\ud83d\"}",
                "{\"id\":\"\\ud83dx\"}",
                "{\"a\\u0000b\":1}",
                "{\"id\":\"tab\there\"}",
                "{\"id\":\"\xC3\"}",
                "{\"id\":\"\xED\xA0\x80\"}",
                "{\"id\":01}",
                "{\"id\":-}",
                "{\"id\":1.5}",
                "{\"id\":1e3}",
                "{\"id\":1234567890123456789}",
                "{\"id\":nul}",
                "{\"id\":truex}",
                "{\"id\":{}}",
                "{\"id\":[\"x\"]}",
        };
        struct buf room;

        (void)state;
        buf_init(&room, ROOM_B);
        for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
                if (flat_read(str_c(lines[i]), &room, asked, ASKED))
                        fail_msg("read: %s", lines[i]);
        assert_false(flat_read(STR("{}\0"), &room, asked, ASKED));
        buf_done(&room);
        buf_init(&room, FLAT_ROOM_B + 1);
        assert_false(flat_read(STR("{}"), &room, asked, ASKED));
        buf_done(&room);
}

/* The same numbers on each run. */
static uint32_t draw(uint32_t below)
{
        static uint64_t seed = 7;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        return (uint32_t)(seed >> 33) % below;
}

static void random_lines_are_read_as_jansson_reads_them(void **state)
{
        static const char *const parts[] = {
                "{",
                "}",
                ",",
                ":",
                "\"",
                "\"id\":",
                "\"a\\\"b\":",
                "\"x\"",
                "\\",
                "\\n",
                "\\u00e9",
                "\\ud83d",
                "\\ude00",
                "\u00e9",
                "\xC3",
                "0",
                "-7",
                "12.5",
                "null",
                "true",
                " ",
                "\t",
                "long enough words",
        };
        char line[LONGEST_B + 32];
        size_t read = 0;
        struct buf room;

        (void)state;
        buf_init(&room, ROOM_B);
        for (int i = 0; i < RANDOM_LINES; i++) {
                size_t n = (size_t)snprintf(line, sizeof(line), "{\"id\":");

                for (uint32_t k = draw(8); k && n < LONGEST_B; k--) {
                        const char *part =
                                parts[draw(sizeof(parts) / sizeof(*parts))];
                        size_t m = strlen(part);

                        memcpy(line + n, part, m);
                        n += m;
                }
                line[n++] = '}';
                read += read_as_jansson((struct str) { line, n }, &room);
        }
        assert_true(read > RANDOM_LINES / 100);
        buf_done(&room);
}

UNIT_MAIN(cmocka_unit_test(plain_lines_are_read),
          cmocka_unit_test(all_else_is_left_to_jansson),
          cmocka_unit_test(random_lines_are_read_as_jansson_reads_them))
