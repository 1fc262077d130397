/**
 * @file
 * A run as the result shows it: transcript and processes, bounded.
 */
#ifndef PROCLAB_COURSE_RECORD_H
#define PROCLAB_COURSE_RECORD_H

#include "course/course.h"
#include "result/result.h"

/** Lines and processes that a run shows at most. */
enum { RECORD_LINES = 200, RECORD_PROCESSES = 64 };

/**
 * @param[out] out everything in it is owned by it; set on success only
 * @return 0 or -ENOMEM
 */
int record_run(const struct run *run, struct run_result *out);

#endif
