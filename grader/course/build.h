/**
 * @file
 * Builds one exercise of a submission: takes the source in, compiles a copy of
 * it under limits, and puts what the compiler says into words.
 */
#ifndef PROCLAB_COURSE_BUILD_H
#define PROCLAB_COURSE_BUILD_H

#include "course/hash.h"
#include "result/result.h"

struct build {
    char *binary;              /**< owned; the program's file */
    char program[HASH_TEXT];   /**< hash of the source */
};

/**
 * Whether there is a compiler that can be run here.
 * @param[out] why on failure a sentence with the remedy
 * @return 0 or -Exxx
 */
int build_ready(const char **why);

/**
 * @param submission, exercise as for intake_source()
 * @param workdir where a directory for the exercise is made
 * @param[out] result gets `built`, `build_problem` and the diagnostics
 * @param[out] out set if result->built; binary to be freed
 * @param[out] why on failure a sentence for people
 * @return 0, also when the student's program does not build; -Exxx: the grader
 *         could not do its work
 */
int build_exercise(const char *submission, const char *exercise,
                   const char *workdir, struct exercise_result *result,
                   struct build *out, const char **why);

#endif
