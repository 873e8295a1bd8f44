/* bulldog phrases: what a language's phrases lack or have wrong. */

#include <stdio.h>

#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/issue.h"
#include "cmd/phrases.h"
#include "conf/phrases.h"

int cmd_phrases(struct env *env, int argc, char **argv);

/* The phrases of a language, over those that it builds on; absent: none. */
static int read_language(struct env *env, struct str language, struct str *ret,
                         bool *ret_two)
{
        struct str names[] = { str_sub(language, 0, str_chr(language, '-', 0)),
                               language };
        struct str all = STR_NULL;

        *ret_two = false;
        for (size_t i = 0; i < 2; i++) {
                struct str text;
                bool is_there;
                int rc;

                if (i && str_eq(names[i], names[0]))
                        break;
                rc = issue_phrase_file(env, names[i], &text, &is_there);
                if (rc < 0)
                        return rc;
                if (!is_there)
                        continue;
                *ret_two = all.p != NULL;
                all = all.p ? arena_printf(env->a, STR_FMT "\n" STR_FMT,
                                           STR_ARG(all), STR_ARG(text))
                            : text;
        }
        *ret = all;
        return 0;
}

int phrases_look(struct env *env, struct str language,
                 struct phrase_fault **ret, size_t *ret_n)
{
        struct str english = STR(""), own;
        struct phrase_fault *all;
        bool is_there, has_two;
        size_t n = 0;
        int rc = issue_phrase_file(env, STR("en"), &english, &is_there);

        if (rc == 0)
                rc = read_language(env, language, &own, &has_two);
        if (rc < 0)
                return rc;

        size_t found = phrases_lint(env->a, english, own, &all);

        /* A file over another says some things for the second time. */
        for (size_t i = 0; i < found; i++)
                if (!has_two ||
                    (all[i].kind != PHRASE_TWICE && all[i].kind != PHRASE_SAME))
                        all[n++] = all[i];
        *ret = all;
        *ret_n = n;
        return 0;
}

static int print_file(struct env *env, struct str language)
{
        struct str text;
        bool has_two;
        int rc = read_language(env, language, &text, &has_two);

        if (rc < 0)
                return rc;
        if (!text.p)
                return err_set(&env->err, ERR_ABSENT,
                               "there are no phrases in \"" STR_FMT
                               "\"; those in English are a beginning: bulldog "
                               "phrases en --print > theme/phrases/" STR_FMT
                               ".txt",
                               STR_ARG(language), STR_ARG(language));
        fwrite(text.p, 1, text.n, stdout);
        return 0;
}

static int report(struct env *env, struct str language)
{
        struct phrase_fault *faults;
        size_t n, n_faults = 0;
        int rc = phrases_look(env, language, &faults, &n);

        if (rc < 0)
                return rc;
        for (size_t i = 0; i < n; i++) {
                printf(STR_FMT ": %s " STR_FMT "\n", STR_ARG(language),
                       phrase_fault_words(faults[i].kind),
                       STR_ARG(faults[i].key));
                n_faults += faults[i].kind != PHRASE_LACKS_VARIANT;
        }
        if (n_faults)
                return err_set(&env->err, ERR_INPUT,
                               "%zu things are to be mended in "
                               "theme/phrases/" STR_FMT
                               ".txt; English stands in for what it lacks",
                               n_faults, STR_ARG(language));
        printf(STR_FMT ": nothing is missing\n", STR_ARG(language));
        return 0;
}

int cmd_phrases(struct env *env, int argc, char **argv)
{
        const char *name, *value;
        struct str language = env->conf.press_language;
        bool is_print = false;
        int i = 0, rc;

        while ((rc = cmd_option(env, argc, argv, &i, "print", &name, &value)) >
               0)
                is_print = true;
        if (rc < 0)
                return rc;
        if (argc - i > 1)
                return err_set(&env->err, ERR_INPUT,
                               "phrases takes one language, such as de");
        if (i < argc)
                language = str_c(argv[i]);
        for (size_t k = 0; k < language.n; k++)
                if (!chr_is_alnum(language.p[k]) && language.p[k] != '-')
                        return err_set(&env->err, ERR_INPUT,
                                       "\"" STR_FMT
                                       "\" is no language: say de, "
                                       "or pt-BR",
                                       STR_ARG(language));
        rc = is_print ? print_file(env, language) : report(env, language);
        if (rc == 0 && fflush(stdout) != 0)
                return err_sys(&env->err, "writing to standard output");
        return rc;
}
