/**
 * @file
 * Grades exercises side by side, each in a process of its own.
 *
 * Also a single exercise is graded that way: the observer needs a process with
 * one thread and no other children, and whatever kills it costs its exercise's
 * verdicts only.  The outcome does not depend on how many there are at once.
 */
#ifndef PROCLAB_COURSE_POOL_H
#define PROCLAB_COURSE_POOL_H

#include "course/grade.h"

/**
 * @param request its jobs say how many at once
 * @param exercises n of them
 * @param[out] results n of them, in the same order; set on success only
 * @param[out] documents what the results' strings point into where these are
 *             "owned by the course": a new reference to a JSON array, to be
 *             kept as long as the results; set on success only
 * @return 0; -Exxx no process could be made, no memory
 */
int pool_grade(const struct grade_request *request, const char *workdir,
               const struct exercise *const *exercises, size_t n,
               struct exercise_result *results, json_t **documents);

#endif
