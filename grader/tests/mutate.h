/**
 * @file
 * Small mistakes made in a C program: each is a program of its own, a mutant.
 *
 * A program is text formatted as all of ours.  What the table of operators
 * finds in it is replaced, one place at a time; comments, strings and what the
 * preprocessor reads stay as they are.
 */
#ifndef PROCLAB_TESTS_MUTATE_H
#define PROCLAB_TESTS_MUTATE_H

#include <stddef.h>

struct mutation {
    const char *operator; /**< "== to !=" */
    char *text;           /**< the whole program, owned */
    char *name;           /**< owned: function, operator and the changed code,
                               "start: == to !=: if (d->pid != 0) {", then "#2"
                               and so on where that is there before; no line
                               number, so that names outlive other changes */
};

struct mutations {
    size_t n;
    struct mutation *list;
};

/** Makes all mutants of a program.
 * @param[out] out to be freed with mutate_free() */
void mutate(const char *program, struct mutations *out);
void mutate_free(struct mutations *mutations);

/** The nth operator's name, from 0; NULL behind the last one. */
const char *mutate_operator(size_t n);

#endif
