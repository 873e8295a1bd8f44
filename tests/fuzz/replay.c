/*
 * A fuzzer in a plain build: run it once on each file named, so that the
 * corpus and every crash of the past are tests in every build.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
        uint8_t *data = malloc(INPUT_MAX);

        if (!data)
                return 1;
        for (int i = 1; i < argc; i++) {
                FILE *in = fopen(argv[i], "rb");

                if (!in) {
                        printf("not ok %s: it can't be opened\n", argv[i]);
                        continue;
                }
                size_t n = fread(data, 1, INPUT_MAX, in);

                fclose(in);
                /* Said before, so that a crash leaves the name behind. */
                fprintf(stderr, "%s\n", argv[i]);
                LLVMFuzzerTestOneInput(data, n);
        }
        free(data);
        printf("ok %d inputs\n", argc - 1);
        return 0;
}
