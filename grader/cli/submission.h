/**
 * @file
 * What the words `[DIR] [EXERCISE...]` of a command line mean.
 */
#ifndef PROCLAB_CLI_SUBMISSION_H
#define PROCLAB_CLI_SUBMISSION_H

#include "course/catalog.h"

struct submission {
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
 * @param[out] out to be freed with submission_free(); set on success only
 * @return STATUS_OK, STATUS_USAGE, or STATUS_FAILED when memory ran out
 */
int submission_choose(char *const *words, size_t n, struct submission *out);

/** Keeps only this exercise. */
void submission_narrow(struct submission *submission,
                       const struct exercise *exercise);

void submission_free(struct submission *submission);

#endif
