/**
 * @file
 * Grades all submissions of a class, each in a process of its own.
 *
 * What was graded before and did not change is taken from the store.  The
 * outcome depends neither on how many are graded at once nor on how often it
 * was stopped and begun again.
 */
#ifndef PROCLAB_CLASSROOM_CLASS_H
#define PROCLAB_CLASSROOM_CLASS_H

#include <stdint.h>

#include "classroom/mark.h"
#include "classroom/roll.h"
#include "classroom/store.h"

/** How far it is. */
struct class_progress {
    size_t done, total;         /**< submissions */
    size_t fresh;               /**< of `done`: graded by this call */
    const char *file;           /**< filename_of() the one that is done now, or
                                     NULL: a second has passed */
    const struct mark *mark;    /**< its mark, or NULL */
};

struct class_request {
    const struct roll *roll;
    const struct store *store;
    uint64_t seed;
    int schedules; /**< at least 1 */
    int jobs;      /**< submissions graded at once; at least 1 */
    bool again;    /**< also what did not change */
    /** Called for each submission, and about once a second; may be NULL. */
    void (*progress)(void *context, const struct class_progress *progress);
    void *context;
};

struct class_outcome {
    struct mark *marks; /**< owned; one for each entry of the roll */
    size_t fresh, kept; /**< graded now; taken from the store */
    int signal;         /**< what stopped it (SIGINT, ...), or 0 */
};

/**
 * Grades the class and writes results and table into the store.
 *
 * SIGINT, SIGTERM and SIGHUP, unless ignored, end it early: running gradings
 * are killed and nothing of them is left, finished ones are kept, the table is
 * written.  The caller's process must have one thread; while this runs it is
 * the reaper of its descendants (PR_SET_CHILD_SUBREAPER).
 *
 * @param[out] out to be freed with class_outcome_free(); set on success only
 * @param[out] why on failure what could not be done, for people: "write
 *             alice.json"; to be freed with free(); may be set to NULL
 * @return 0, also if stopped or if single submissions could not be graded;
 *         -Exxx a result could not be written, no process, no memory
 */
int class_grade(const struct class_request *request, struct class_outcome *out,
                char **why);
void class_outcome_free(struct class_outcome *outcome, const struct roll *roll);

#endif
