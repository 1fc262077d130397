/**
 * @file
 * What is wrong with the tables of a course; asked by the tests, so that no
 * grading has to.
 */
#ifndef PROCLAB_COURSE_VALIDATE_H
#define PROCLAB_COURSE_VALIDATE_H

#include <stdio.h>

#include "course/course.h"

/**
 * @param exercises n of them
 * @param lessons whether lessons and starters must be among the embedded files
 * @param out gets a line for each fault
 * @return how many there are
 */
int course_faults(const struct exercise *const *exercises, size_t n,
                  bool lessons, FILE *out);

#endif
