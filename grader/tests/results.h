/**
 * @file
 * Results written by hand.
 */
#ifndef PROCLAB_TESTS_RESULTS_H
#define PROCLAB_TESTS_RESULTS_H

#include "result/result.h"

/** One exercise of each kind: all well, some failed, not built, a grader error;
 * not to be freed. */
extern const struct result result_mixed;
/** Full marks, one exercise. */
extern const struct result result_full;
/** Its strings hold all that could break a format. */
extern const struct result result_hostile;

/** What a writer wrote, to be freed; ends the test if it failed. */
char *result_written(const struct result *result,
                     int (*write)(const struct result *, FILE *));

#endif
