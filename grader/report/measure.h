/**
 * @file
 * Measures in real time how much faster several workers filter an image.
 *
 * The program runs as in a grading, shut in and observed, but without a token:
 * its processes run side by side.  What it prints is read by the observer, at
 * each write; so what is timed ends before main writes the result, when the
 * last worker has been reaped.
 */
#ifndef PROCLAB_REPORT_MEASURE_H
#define PROCLAB_REPORT_MEASURE_H

#include "report/speedup.h"

struct measure_request {
    const char *dir; /**< the submission */
    int workers;     /**< from 1 to so many; at most SPEEDUP_WORKERS */
    int repeats;     /**< runs of each; at most SPEEDUP_REPEATS */
    /** Called with how many runs were made; may be NULL. */
    void (*progress)(void *context, int done, int total);
    void *context;
};

/** How many CPUs we may use. */
int measure_cpus(void);

/**
 * The calling process must have no children; see observe().
 * @param[out] out set on success only
 * @param[out] why on failure a sentence for people, to be freed; NULL when
 *             memory ran out
 * @return 0; -EINVAL the student's program does not do what is measured; other
 *         -Exxx: the grader could not do its work
 */
int measure(const struct measure_request *request, struct speedup *out,
            char **why);

#endif
