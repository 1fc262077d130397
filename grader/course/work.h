/**
 * @file
 * Grades one exercise: build, observe, judge.  Done in a process of its own,
 * see pool.h.
 */
#ifndef PROCLAB_COURSE_WORK_H
#define PROCLAB_COURSE_WORK_H

#include "course/grade.h"

struct work {
    const struct grade_request *request;
    const struct exercise *exercise;
    const char *workdir;
    /** Called after each run. */
    void (*tick)(void *context);
    void *context;
};

/** How many runs the exercise takes. */
int work_runs(const struct grade_request *request,
              const struct exercise *exercise);

/**
 * An exercise's result with its checks, nothing judged yet: all are errors
 * with this reason.
 * @return 0 or -ENOMEM
 */
int work_blank(const struct grade_request *request,
               const struct exercise *exercise, const char *reason,
               struct exercise_result *out);

/** Grades the exercise; whatever goes wrong is a verdict of its checks.
 * @return 0, or -ENOMEM when there is no memory even for that */
int work_do(const struct work *work, struct exercise_result *out);

#endif
