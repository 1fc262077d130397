/**
 * @file
 * What the words `[DIR] [EXERCISE...]` of a command line mean.
 */
#ifndef PROCLAB_CLI_SELECTION_H
#define PROCLAB_CLI_SELECTION_H

#include "course/catalog.h"

struct selection {
    char *dir;                         /**< owned; the submission */
    const struct exercise **exercises; /**< owned, sorted, none twice */
    size_t n;
};

/**
 * The first word is the directory if it is one.  A chapter's directory within
 * a submission stands for that submission and that chapter.  No exercise named
 * means all of them.  Says what is wrong, with what to do about it.
 *
 * @param words n of them
 * @param[out] out to be freed with selection_free(); set on success only
 * @return STATUS_OK, STATUS_USAGE, or STATUS_FAILED when memory ran out
 */
int selection_make(char *const *words, size_t n, struct selection *out);

/** Keeps only this exercise. */
void selection_narrow(struct selection *selection,
                      const struct exercise *exercise);

void selection_free(struct selection *selection);

#endif
