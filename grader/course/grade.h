/**
 * @file
 * Grades a submission: builds, observes each scenario under each schedule,
 * judges each check as a Check test.
 */
#ifndef PROCLAB_COURSE_GRADE_H
#define PROCLAB_COURSE_GRADE_H

#include "course/course.h"
#include "result/result.h"

struct replay;

struct grade_request {
    const char *dir; /**< the submission */
    const struct exercise *const *exercises;
    size_t n_exercises;
    uint64_t seed;
    int schedules;    /**< runs of each scenario: child-first, parent-first,
                           then random; at least 1 */
    int jobs;         /**< exercises graded at once; at least 1 */
    int on_cpu;       /**< see observe_request.on_cpu */
    const char *only; /**< judge this check only (and what it depends on), or
                           NULL */
    /** With `only`: show the run in which it fails again, or, where it says
     * nothing or the program is another one by now, the first that is found;
     * NULL: no trace is wanted. */
    const struct replay *replay;
    bool samples; /**< keep the trace of a run of each exercise, one to look at:
                       the one under the first schedule with the most processes,
                       but not too many */
    /** Called now and then with how much is done; may be NULL. */
    void (*progress)(void *context, int done, int total);
    void *context;
};

/**
 * @param[out] result to be freed with result_free(); set on success only
 * @param[out] why on failure a sentence for people; may be NULL
 * @return 0 (also when points are missing); -ENOENT no such directory; other
 *         -Exxx: the grader could not do its work
 */
int grade(const struct grade_request *request, struct result *result,
          const char **why);

/** The number of schedules of a grading that does not say. */
enum { GRADE_SCHEDULES = 6 };

#endif
