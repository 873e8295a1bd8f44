#ifndef EDITION_QUIZ_NAME_H
#define EDITION_QUIZ_NAME_H

/*
 * The names of a week, and of what kind each is, as far as the texts show it:
 * "Mr Skene" and "minister Barnaby Skene" is a person, "in Eddenford" a place,
 * "University of Northmoor" a body. What no text shows is no name to ask for.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "edition/quiz_figure.h"

struct arena;
struct quiz_names;

enum name_kind { NAME_UNKNOWN, NAME_PERSON, NAME_PLACE, NAME_BODY };

#define NAME_STORIES 8 /* kept of one name; in more it is everywhere */

struct quiz_name {
        struct str text, low;
        unsigned person, place, articled, seen; /* how often shown, or seen */
        bool is_body, is_printed;
        int64_t stories[NAME_STORIES];
        size_t n_stories, n_words;
};

/* A name in a sentence. */
struct name_gap {
        size_t from, to;
        const struct quiz_name *name;
        enum name_kind kind;
};

struct quiz_names *quiz_names_new(struct arena *a,
                                  const struct figure_input *in);
/* What text shows of names; is_printed: readers saw it. */
void quiz_names_learn(struct quiz_names *names, struct str text, int64_t story,
                      bool is_printed);
/* name is somebody who was quoted, his office perhaps behind a comma. */
void quiz_names_person(struct quiz_names *names, struct str name);

enum name_kind quiz_name_kind(const struct quiz_names *names,
                              const struct quiz_name *name);

/* The names of known kind in a sentence, in a. */
size_t quiz_names_in(struct arena *a, const struct quiz_names *names,
                     struct str text, struct name_gap **ret);

/*
 * Up to max names of the same kind and shape from other stories, none of which
 * stands in around (in small letters): those that readers saw first, else by
 * seed. Sorted.
 */
struct name_question {
        const struct quiz_name *name;
        int64_t story;
        struct str around;
        uint64_t seed;
};
size_t quiz_names_others(struct arena *a, const struct quiz_names *names,
                         const struct name_question *q, struct str *ret,
                         size_t max);

#endif
