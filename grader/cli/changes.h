/**
 * @file
 * What a new grading of an exercise says that the last one did not.
 */
#ifndef PROCLAB_CLI_CHANGES_H
#define PROCLAB_CLI_CHANGES_H

#include "result/page.h"

/**
 * Writes the exercise's points before and now, and a line for each check whose
 * verdict is another one.
 * @param before the last result of the exercise
 */
void changes_write(const struct page *page,
                   const struct exercise_result *before,
                   const struct exercise_result *now);

#endif
