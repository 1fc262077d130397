/**
 * @file
 * A made-up class whose marks are known: its students hand in starters,
 * solutions, right and wrong programs, and all that goes wrong in practice.
 */
#ifndef PROCLAB_TESTS_CLASSMATES_H
#define PROCLAB_TESTS_CLASSMATES_H

#include <limits.h>
#include <stdbool.h>

#include "tests/matrix.h"

enum { CLASSMATE_EXERCISES = 64 };

struct classmate {
    char name[NAME_MAX + 1]; /**< of the directory: any bytes */
    bool nothing;            /**< has handed in nothing that can be graded */
    int points[CLASSMATE_EXERCISES]; /**< of each exercise of the catalog */
    int total;
};

struct classmates {
    size_t n;
    struct classmate *all; /**< in no order */
};

/**
 * Makes a directory with so many students; the same number and seed make the
 * same class.
 * @param path made by this call
 * @param[out] out its `all` is to be freed
 */
void classmates_make(const char *path, size_t n, long seed,
                     const struct matrix *matrix, struct classmates *out);

#endif
