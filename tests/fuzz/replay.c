/*
 * A fuzzer in a plain build: run it once on each file named, and on each file
 * of a folder named, so that the corpus and every crash of the past are tests
 * in every build.
 */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX ((size_t)1 << 20)
#define PATH_MAX_B 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
        uint8_t *data = malloc(INPUT_MAX);
        FILE *in = fopen(path, "rb");

        if (!data || !in) {
                printf("not ok %s: it can't be opened\n", path);
                free(data);
                return 1;
        }
        size_t n = fread(data, 1, INPUT_MAX, in);
        uint8_t *exact = malloc(n ? n : 1); /* so ASan sees past its end */

        fclose(in);
        /* Said before, so that a crash leaves the name behind. */
        fprintf(stderr, "%s\n", path);
        if (exact) {
                memcpy(exact, data, n);
                LLVMFuzzerTestOneInput(exact, n);
        }
        free(exact);
        free(data);
        return exact ? 0 : 1;
}

static int is_visible(const struct dirent *e)
{
        return e->d_name[0] != '.';
}

/* -1: path is no folder. */
static int replay_folder(const char *path, int *count)
{
        struct dirent **names;
        int n = scandir(path, &names, is_visible, alphasort), bad = 0;

        if (n < 0)
                return -1;
        for (int i = 0; i < n; i++) {
                char file[PATH_MAX_B];

                snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
                bad += replay_file(file);
                free(names[i]);
        }
        free(names);
        *count += n;
        return bad;
}

int main(int argc, char **argv)
{
        int count = 0, bad = 0;

        for (int i = 1; i < argc; i++) {
                int rc = replay_folder(argv[i], &count);

                if (rc < 0) {
                        rc = replay_file(argv[i]);
                        count++;
                }
                bad += rc;
        }
        printf("ok %d inputs\n", count);
        return bad ? 1 : 0;
}
