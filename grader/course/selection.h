/**
 * @file
 * Which checks of an exercise are judged, and which scenarios they need.
 */
#ifndef PROCLAB_COURSE_SELECTION_H
#define PROCLAB_COURSE_SELECTION_H

#include "course/course.h"

/** Checks that an exercise has at most. */
enum { SELECTION_MOST = 64 };

/**
 * @param only id of a check: it and what it depends on; NULL: all
 * @param[out] checks in the order of the table
 * @return how many; 0 if `only` is none of the exercise's
 */
size_t selection_checks(const struct exercise *exercise, const char *only,
                        const struct check *checks[static SELECTION_MOST]);

/** Whether one of the checks is judged on this scenario. */
bool selection_needs(const struct check *const *checks, size_t n,
                     const char *scenario);

/** Whether each check that is judged on this scenario needs an honest clock. */
bool selection_honest(const struct check *const *checks, size_t n,
                      const char *scenario);

#endif
