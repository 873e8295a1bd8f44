/*
 * embed [--root DIR] OUT.c PREFIX FILE...: files as a C source.
 *
 * OUT.c defines PREFIX_files[], a table of struct embedded (base/embedded.h).
 * A file's name in it is its path below DIR, or else the last part of its path.
 * The same files give the same bytes.
 */

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const char *what, const char *path)
{
        fprintf(stderr, "embed: can't %s %s: %s\n", what, path,
                strerror(errno));
        return -1;
}

/* The name under which path goes into the table: borrowed from real. */
static const char *name_of(const char *root, const char *path,
                           char real[PATH_MAX])
{
        size_t n = strlen(root);

        if (!realpath(path, real))
                return NULL;
        if (n && strncmp(real, root, n) == 0 && real[n] == '/')
                return real + n + 1;
        return strrchr(real, '/') + 1;
}

/* Print s as the inside of a C string. */
static void put_quoted(FILE *out, const char *s)
{
        for (; *s; s++) {
                if (*s == '"' || *s == '\\')
                        putc('\\', out);
                putc(*s, out);
        }
}

static int put_bytes(FILE *out, const char *prefix, int index, const char *path)
{
        FILE *in = fopen(path, "rb");
        size_t n = 0;
        int c;

        if (!in)
                return complain("read", path);
        fprintf(out, "static const unsigned char %s_%d[] = {", prefix, index);
        while ((c = getc(in)) != EOF)
                fprintf(out, "%s%d,", n++ % 20 ? "" : "\n", c);
        bool failed = ferror(in);
        fclose(in);
        if (failed)
                return complain("read", path);
        fputs("\n0 };\n\n", out);
        return 0;
}

static int put_table(FILE *out, const char *root, const char *prefix, int n,
                     char **files)
{
        char real[PATH_MAX];

        fprintf(out,
                "extern const struct embedded %s_files[];\n"
                "const struct embedded %s_files[] = {\n",
                prefix, prefix);
        for (int i = 0; i < n; i++) {
                const char *name = name_of(root, files[i], real);

                if (!name)
                        return complain("find", files[i]);
                fputs("{ \"", out);
                put_quoted(out, name);
                fprintf(out, "\", %s_%d, sizeof(%s_%d) - 1 },\n", prefix, i,
                        prefix, i);
        }
        fputs("{ 0, 0, 0 } };\n", out);
        return 0;
}

static int write_all(FILE *out, const char *root, const char *prefix, int n,
                     char **files)
{
        fputs("/* Made by tools/embed. */\n#include \"base/embedded.h\"\n\n",
              out);
        for (int i = 0; i < n; i++)
                if (put_bytes(out, prefix, i, files[i]) < 0)
                        return -1;
        return put_table(out, root, prefix, n, files);
}

int main(int argc, char **argv)
{
        char root[PATH_MAX] = "";
        int i = 1;

        if (argc > 2 && strcmp(argv[1], "--root") == 0) {
                if (!realpath(argv[2], root))
                        return complain("find", argv[2]) < 0;
                i = 3;
        }
        if (argc - i < 2) {
                fputs("usage: embed [--root DIR] OUT.c PREFIX FILE...\n",
                      stderr);
                return 2;
        }

        const char *path = argv[i];
        FILE *out = fopen(path, "wb");
        if (!out)
                return complain("write", path) < 0;
        int rc = write_all(out, root, argv[i + 1], argc - i - 2, argv + i + 2);
        if (fclose(out) != 0 && rc == 0)
                rc = complain("write", path);
        if (rc < 0)
                remove(path);
        return rc < 0;
}
