/**
 * @file
 * Grading as several commands do it: usual values, a bar while it lasts, a
 * message when it cannot be done, nothing left behind by Ctrl-C.
 */
#ifndef PROCLAB_CLI_GRADING_H
#define PROCLAB_CLI_GRADING_H

#include "cli/submission.h"
#include "course/grade.h"

enum {
    GRADING_SEED = 1,
    GRADING_JOBS_MAX = 256,
    GRADING_SCHEDULES_MAX = 10000,
};

/** How many CPUs we may use: what is usual for -j. */
int grading_cpus(void);

/** All that a command line need not say. @param submission must outlive it */
struct grade_request grading_request(const struct submission *submission);

/**
 * grade() with a bar; says what went wrong.
 * @param[out] result to be freed with result_free(); set on success only
 * @return STATUS_OK or STATUS_FAILED
 */
int grading_run(struct grade_request *request, struct result *result);

#endif
