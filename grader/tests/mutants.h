/**
 * @file
 * Mutants of the reference solutions, graded: the checks are good enough if
 * none survives but those that are listed with a reason.
 *
 * The list, grader/tests/mutants.txt: a line that begins with `# ` is a reason,
 * each line below it is a mutant's name, blank lines separate.
 */
#ifndef PROCLAB_TESTS_MUTANTS_H
#define PROCLAB_TESTS_MUTANTS_H

#include <stdio.h>

#include "tests/matrix.h"
#include "tests/mutate.h"

enum fate { FATE_UNKNOWN, FATE_NO_PROGRAM, FATE_SAME, FATE_KILLED,
            FATE_SURVIVED, FATE_ERROR, FATES };

struct mutant {
    char *name;            /**< "downloads/start: == to !=: ...", owned */
    const char *operator;
    const struct exercise *exercise;
    char path[96];         /**< its source */
    bool chosen;           /**< to be tried */
    enum fate fate;
    const char *check;     /**< the first one that it failed, or NULL */
    const char *reason;    /**< why it may survive, as listed, or NULL */
};

struct mutants {
    char directory[64];
    size_t n, n_reasons, n_unknown;
    struct mutant *list;
    char **reasons; /**< as they come in the list */
    char **unknown; /**< names in the list that no mutant has */
};

/** Makes all mutants of the solutions that take part, in the order of
 * exercises and operators, and reads the list. */
void mutants_make(struct mutants *mutants);

/** Chooses every step-th mutant, from the first, of those whose names hold
 * these words. */
void mutants_choose(struct mutants *mutants, size_t step, const char *words);

/** Finds out the fate of those that are chosen. */
void mutants_grade(struct mutants *mutants, long seed);

/** Writes how many were killed, by operator and by exercise, and who survived
 * for which reason. */
void mutants_write(const struct mutants *mutants, FILE *out);

/** What is wrong with a mutant's fate, as a line; NULL: nothing. */
const char *mutant_problem(const struct mutant *mutant);

/** Removes the mutants' files. */
void mutants_remove(struct mutants *mutants);

#endif
